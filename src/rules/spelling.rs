//! Words that no dictionary has: only with dictionaries that the user brings.

use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, WordHash};
use rustc_hash::{FxHashMap, FxHashSet};

pub const RULES: &[Rule] = &[UNKNOWN_WORD];

/// The dictionary that holds for the example of [`UNKNOWN_WORD`], in its language: its rules and its words.
pub const DICTIONARY: (&str, &str) = ("SET UTF-8\n", "5\nde/\nregering\nverhoogt/\nbelasting\nvolgend\njaar\n");

pub const UNKNOWN_WORD: Rule = Rule {
    id: "garble/unknown-word",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A word is in no dictionary and not in the source",
    why: "A slip, or a word that the machine made up. Only with `--dictionary`; a dictionary of the source language beside it lets loans pass. Words with capitals are not looked up.",
    examples: &[Example {
        langs: "nl",
        source: "",
        bad: "De regering verhoogt volgend jaar de [[belastign]].",
        good: "De regering verhoogt volgend jaar de belasting.",
    }],
    check: unknown_word,
};

/// Letters of the shortest word that is looked up: shorter ones are units, symbols and sounds.
const SHORTEST: usize = 4;
/// A word that stands as often in the article is a term of its subject.
const TERM: usize = 3;
/// Joins the parts of a compound, each of which may be a word.
const JOINTS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

fn unknown_word(context: &Context) -> Vec<Finding> {
    let dictionaries = context.corpus.dictionaries();
    let tag = context.target.tag();
    if !dictionaries.has(tag) {
        return Vec::new();
    }
    let text = context.text();
    let mut counts: FxHashMap<WordHash, usize> = FxHashMap::default();
    context.target.tokens.iter().for_each(|token| *counts.entry(token.form).or_default() += 1);
    let source = context.source.as_ref();
    let original: FxHashSet<WordHash> =
        source.map(|source| source.tokens.iter().map(|token| token.form).collect()).unwrap_or_default();
    let candidates = context.target.tokens.iter().filter(|token| {
        let word = token.text(text);
        token.kind == Kind::Word
            && word.chars().count() >= SHORTEST
            && word.chars().all(|c| c.is_lowercase() || JOINTS.contains(&c))
            && counts[&token.form] < TERM
            && !original.contains(&token.form)
            && !is_joined(text, token.span)
            && !context.target.quotations.quoted(token.span)
    });
    let unknown = candidates.filter(|token| {
        let word = token.text(text);
        !dictionaries.any_knows(word) && !word.split(JOINTS).all(|part| part.is_empty() || dictionaries.any_knows(part))
    });
    let findings = unknown.map(|token| {
        let word = token.text(text);
        let finding = Finding::new(token.span, format!("{word:?} is in no dictionary"));
        match only_neighbour(word, context, |word| dictionaries.knows(tag, word)) {
            Some(right) => finding.instead(right),
            None => finding,
        }
    });
    findings.collect()
}

/// `week-end`, `example.org`, `nom@maison`, `fichier_joint`: part of a compound, which may be coined, or no word of the language.
fn is_joined(text: &str, span: Span) -> bool {
    let glue = |c: char| JOINTS.contains(&c) || matches!(c, '@' | '/' | '_');
    let before = text[..span.start].chars().next_back();
    let mut after = text[span.end..].chars();
    let next = after.next();
    let dotted = next == Some('.') && after.next().is_some_and(char::is_alphanumeric);
    before.is_some_and(|c| glue(c) || matches!(c, '.' | '#' | ':') || c.is_ascii_digit()) || next.is_some_and(glue) || dotted
}

/// The one word of the dictionary that is one slip away: a letter too many, too few, wrong, or two in the wrong order. None
/// where several are.
fn only_neighbour(word: &str, context: &Context, known: impl Fn(&str) -> bool) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let alphabet: Vec<char> = ('a'..='z').chain(context.target.language().profile().letters.chars()).collect();
    let mut found: Option<String> = None;
    let mut try_one = |candidate: Vec<char>| {
        let candidate: String = candidate.into_iter().collect();
        let new = candidate != word && found.as_ref() != Some(&candidate) && known(&candidate);
        new && found.replace(candidate).is_some()
    };
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        let mut variants: Vec<Vec<char>> = Vec::new();
        if let [first, rest @ ..] = tail {
            variants.push([head, rest].concat());
            if let [second, rest @ ..] = rest {
                variants.push([head, &[*second, *first], rest].concat());
            }
            variants.extend(alphabet.iter().map(|letter| [head, &[*letter], rest].concat()));
        }
        variants.extend(alphabet.iter().map(|letter| [head, &[*letter], tail].concat()));
        if variants.into_iter().any(&mut try_one) {
            return None;
        }
    }
    found
}
