//! Words and signs found at a place of a text, the longest first. A spaced language is looked up by the hash of the token that
//! stands there, a sign or an unspaced script by its first character; the rest of an entry is compared as text.

use crate::token::{Token, WordHash, folded, hash, is_apostrophe, is_letter, is_unspaced};
use rustc_hash::FxHashMap;
use std::cell::LazyCell;

/// When capitals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casing {
    Any,
    /// The whole entry stands as written.
    Exact,
    /// The text has a capital, as the entry does.
    Capital,
}

struct Entry<T> {
    written: Box<str>,
    /// Where in `written` the part begins that the key does not cover.
    rest: usize,
    /// The first letter or sign of that part.
    next: Option<char>,
    casing: Casing,
    value: T,
}

/// A table of words and signs.
pub struct Lexicon<T> {
    words: FxHashMap<WordHash, Vec<Entry<T>>>,
    signs: FxHashMap<char, Vec<Entry<T>>>,
    /// A bit for the end of the hash of each word: most words of a text are told by it to be none of them.
    bits: [u64; BITS / 64],
}

const BITS: usize = 8192;

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon { words: FxHashMap::default(), signs: FxHashMap::default(), bits: [0; BITS / 64] }
    }
}

impl<T: Copy> Lexicon<T> {
    pub fn add(&mut self, written: &str, casing: Casing, value: T) {
        let Some(first) = written.chars().next() else { return };
        let next = |rest: usize| written[rest..].chars().find(|c| !is_joint(*c));
        let entry = |rest| Entry { written: written.into(), rest, next: next(rest), casing, value };
        if !is_letter(first) {
            self.signs.entry(first).or_default().push(entry(first.len_utf8()));
            return;
        }
        // A tokenizer may cut a word at its apostrophe (jusqu'à) or not (aujourd'hui).
        let short = end_of_word(written, false);
        let long = end_of_word(written, true);
        self.add_word(hash(&folded(&written[..short])), entry(short));
        if long != short {
            self.add_word(hash(&folded(&written[..long])), entry(long));
        }
    }

    fn add_word(&mut self, form: WordHash, entry: Entry<T>) {
        let bit = form as usize % BITS;
        self.bits[bit / 64] |= 1 << (bit % 64);
        self.words.entry(form).or_default().push(entry);
    }

    fn entries(&self, token: &Token) -> Option<&Vec<Entry<T>>> {
        let bit = token.form as usize % BITS;
        if self.bits[bit / 64] >> (bit % 64) & 1 == 0 { None } else { self.words.get(&token.form) }
    }

    /// Puts the longest entry of each key first, and what was added last before its equals: a language's own reading of a
    /// sign comes before the shared one. To be called once, after the last [`Lexicon::add`].
    pub fn sort(&mut self) {
        for entries in self.words.values_mut().chain(self.signs.values_mut()) {
            entries.reverse();
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.written.len() - entry.rest));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.signs.is_empty()
    }

    /// No entry begins with this token.
    pub fn lacks(&self, token: &Token) -> bool {
        self.entries(token).is_none()
    }

    /// The longest entry wanted that begins with this token, and its end in the text.
    pub fn at_token(&self, text: &str, token: &Token, wanted: impl Fn(&T) -> bool) -> Option<(T, usize)> {
        let entries = self.entries(token)?;
        fitting(entries, text, token.span.start, token.span.end, wanted)
    }

    /// The longest entry wanted that begins with the character at `start`, which is no letter of a spaced script.
    pub fn at_sign(&self, text: &str, start: usize, wanted: impl Fn(&T) -> bool) -> Option<(T, usize)> {
        let first = text[start..].chars().next()?;
        fitting(self.signs.get(&first)?, text, start, start + first.len_utf8(), wanted)
    }
}

fn fitting<T: Copy>(
    entries: &[Entry<T>],
    text: &str,
    start: usize,
    after: usize,
    wanted: impl Fn(&T) -> bool,
) -> Option<(T, usize)> {
    // Most entries are told by the letter behind the key to be others.
    let next = LazyCell::new(|| text[after..].chars().find(|c| !is_joint(*c)));
    let may_fit = |entry: &&Entry<T>| entry.next.is_none_or(|wanted| next.is_some_and(|found| same(found, wanted)));
    entries.iter().filter(|entry| wanted(&entry.value)).filter(may_fit).find_map(|entry| {
        let end = match_rest(text, after, &entry.written[entry.rest..])?;
        let cased = match entry.casing {
            Casing::Any => true,
            Casing::Exact => text[start..end] == *entry.written,
            Casing::Capital => text[start..].starts_with(char::is_uppercase),
        };
        cased.then_some((entry.value, end))
    })
}

fn end_of_word(written: &str, over_apostrophes: bool) -> usize {
    let inside = |c: char| is_letter(c) || c.is_numeric() || over_apostrophes && is_apostrophe(c);
    written.find(|c| !inside(c)).unwrap_or(written.len())
}

/// The end of `rest` in the text at `at`; a hyphen or a space of `rest` stands for hyphens and spaces.
fn match_rest(text: &str, at: usize, rest: &str) -> Option<usize> {
    if rest.is_empty() {
        return Some(at);
    }
    let mut end = at;
    let mut last = ' ';
    for wanted in rest.chars() {
        if is_joint(wanted) {
            let length = text[end..].find(|c| !is_joint(c)).unwrap_or(text.len() - end);
            if length == 0 {
                return None;
            }
            end += length;
        } else {
            let found = text[end..].chars().next()?;
            if !same(found, wanted) {
                return None;
            }
            end += found.len_utf8();
        }
        last = wanted;
    }
    let cut = |c: char| (is_letter(c) || c.is_numeric()) && !is_unspaced(c);
    (!cut(last) || !text[end..].starts_with(cut)).then_some(end)
}

/// What may stand between two words of one number: a space that breaks no line, or a hyphen.
pub fn is_joint(c: char) -> bool {
    is_space(c) || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{AD}')
}

/// A space inside a line.
pub fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{A0}' || c == '\u{3000}' || ('\u{2000}'..='\u{200A}').contains(&c) || c == '\u{202F}' || c == '\t'
}

#[inline]
fn same(found: char, wanted: char) -> bool {
    if found.is_ascii() && wanted.is_ascii() {
        return found.eq_ignore_ascii_case(&wanted);
    }
    found == wanted || !is_unspaced(found) && !is_unspaced(wanted) && same_letter(found, wanted)
}

fn same_letter(found: char, wanted: char) -> bool {
    is_apostrophe(found) && is_apostrophe(wanted) || found.to_lowercase().eq(wanted.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::token::Tokenizer;

    fn found(entries: &[(&str, Casing)], text: &str) -> Option<(usize, usize)> {
        let mut lexicon = Lexicon::default();
        for (number, (written, casing)) in entries.iter().enumerate() {
            lexicon.add(written, *casing, number);
        }
        lexicon.sort();
        let mut tokens = Vec::new();
        Tokenizer::new(None, &["jusqu".to_owned()], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
        match tokens.first().filter(|token| token.span.start == 0 && text.starts_with(is_letter)) {
            Some(token) => lexicon.at_token(text, token, |_| true),
            None => lexicon.at_sign(text, 0, |_| true),
        }
    }

    #[test]
    fn the_longest_entry_wins() {
        let any = |word| (word, Casing::Any);
        assert_eq!(found(&[any("mille"), any("mille marin")], "Mille marins"), Some((0, 5)));
        assert_eq!(found(&[any("mille"), any("mille marin")], "mille-marin"), Some((1, 11)));
        assert_eq!(found(&[any("jusqu'à")], "jusqu’à 5"), Some((0, "jusqu’à".len())));
        assert_eq!(found(&[any("aujourd'hui")], "Aujourd’hui"), Some((0, "Aujourd’hui".len())));
        assert_eq!(found(&[any("亿"), any("亿元")], "亿元"), Some((1, 6)));
    }

    #[test]
    fn capitals_count_where_they_tell_words_apart() {
        assert_eq!(found(&[("To", Casing::Exact)], "to"), None);
        assert_eq!(found(&[("May", Casing::Capital)], "may"), None);
        assert_eq!(found(&[("May", Casing::Capital)], "MAY"), Some((0, 3)));
    }
}
