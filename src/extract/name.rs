//! Names: entries of `corpus/names`, runs of capitalised words, and Latin runs in texts of unspaced scripts.

use super::Name;
use crate::corpus::{Id, Language, Phrases};
use crate::document::Span;
use crate::token::{Kind, Token};

/// The names of one segment, in order. Overlapping ones are kept to the longest.
pub fn names(text: &str, stretch: Span, tokens: &[Token], language: &Language, known: &Phrases<Id>) -> Vec<Name> {
    let mut names: Vec<Name> = known
        .find(text, stretch, tokens)
        .into_iter()
        .map(|found| Name { span: found.span, entry: Some(*found.value), initial: false })
        .collect();
    names.extend(runs(text, tokens, language));
    names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end), name.entry.is_none()));
    names.dedup_by(|next, kept| kept.span.overlaps(next.span));
    names
}

/// Runs of capitalised words with nothing but a space, a hyphen or an initial's stop between them.
fn runs(text: &str, tokens: &[Token], language: &Language) -> Vec<Name> {
    let mut runs: Vec<Name> = Vec::new();
    let mut previous: Option<usize> = None;
    for (number, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || !is_name_like(token, text, language) {
            continue;
        }
        // `In Paris`, `Les États-Unis`: at the beginning a word of grammar has its capital from there.
        let begins = begins_sentence(text, tokens, number);
        if begins && language.function_words.contains(&token.form) && !is_short(token.text(text)) {
            continue;
        }
        let joined = previous.is_some_and(|last| last + 1 == number && joins(text, &tokens[last], token));
        match runs.last_mut().filter(|_| joined) {
            Some(run) => {
                run.span = run.span.join(token.span);
                run.initial = false;
            }
            None => runs.push(Name { span: token.span, entry: None, initial: begins || language.profile().casing.nouns }),
        }
        previous = Some(number);
    }
    runs
}

/// All in capitals, as `IT` and `US` are: as likely a name as a word. A single letter is the word: `A White House spokesman`.
fn is_short(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase)
}

/// Capitalised, or any Latin word among unspaced script.
fn is_name_like(token: &Token, text: &str, language: &Language) -> bool {
    if !language.profile().spaced {
        return token.span.len() > 1 && token.text(text).starts_with(|c: char| c.is_ascii_alphabetic());
    }
    // `iPhone`, `xAI`: a capital inside is a name as well.
    token.shape.is_large() || token.shape.is_large_inside()
}

fn joins(text: &str, left: &Token, right: &Token) -> bool {
    let between = &text[left.span.end..right.span.start];
    match between {
        " " | "-" | "\u{a0}" | "\u{202f}" | "" => true,
        ". " | "." => left.text(text).chars().count() <= 2,
        _ => false,
    }
}

/// Whether a capital is owed to the place: nothing stands before the word in its sentence but marks.
fn begins_sentence(text: &str, tokens: &[Token], number: usize) -> bool {
    let Some(before) = number.checked_sub(1).map(|before| &tokens[before]) else { return true };
    let between = &text[before.span.end..tokens[number].span.start];
    between.contains(['.', '!', '?', '…', ':', '«', '“', '"', '(', '[', '—', '–', '•', '\n'])
}
