//! A mark of the text with its neighbours, for rules that look at a few signs at a time.

use super::Context;
use crate::document::Span;
use crate::token::is_letter;
use std::cell::LazyCell;

/// A character of the text with its neighbours, for rules that look at three signs at a time.
pub struct Place<'t> {
    pub text: &'t str,
    pub at: usize,
    pub mark: char,
}

impl Place<'_> {
    pub fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    pub fn after(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn rest(&self) -> &str {
        &self.text[self.at + self.mark.len_utf8()..]
    }

    pub fn word_before(&self) -> &str {
        let head = &self.text[..self.at];
        let start = head.char_indices().rev().take_while(|(_, c)| is_letter(*c)).last().map_or(head.len(), |(at, _)| at);
        &head[start..]
    }

    pub fn word_after(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())]
    }

    /// The stretch without white space around the mark: an address shows itself by a dot, a slash or an at sign elsewhere.
    pub fn is_address(&self) -> bool {
        let rest = self.rest();
        let rest = &rest[..rest.floor_char_boundary(ADDRESS)];
        let start = self.at - last_word(&self.text[..self.at]).len();
        let end = self.at + self.mark.len_utf8() + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &self.text[start..end];
        word.contains(['/', '@', '_', '=']) || word.contains("www.")
    }

    /// From the letter before the mark to the letter after it.
    pub fn joint(&self) -> Span {
        let start = self.at - self.word_before().len();
        Span::new(start, self.at + self.mark.len_utf8() + self.word_after().len())
    }
}

/// Bytes on each side of a mark in which an address shows itself.
const ADDRESS: usize = 200;

/// What stands behind the last white space of a text, as far as an address is looked for.
pub fn last_word(text: &str) -> &str {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(ADDRESS))..];
    near.rsplit(char::is_whitespace).next().unwrap_or(near)
}

/// Every place of the target where one of the marks stands.
pub fn places<'c>(context: &'c Context, marks: &'c [char]) -> impl Iterator<Item = Place<'c>> {
    let text = context.text();
    marked(context, |c| marks.contains(&c)).map(move |(at, mark)| Place { text, at, mark })
}

/// The characters of the target that are neither letters nor digits, of those that are wanted.
pub fn marked(context: &Context, wanted: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, char)> {
    context.marks().iter().copied().filter(move |(_, c)| wanted(*c))
}

pub fn after_apostrophe(place: &Place, word: &str) -> bool {
    place.rest()[word.len()..].chars().next().is_some_and(crate::token::is_apostrophe)
}

/// The span's text with a space after the mark.
pub fn spaced(place: &Place, span: Span) -> String {
    let cut = place.at + place.mark.len_utf8();
    format!("{} {}", &place.text[span.start..cut], &place.text[cut..span.end])
}

/// The semicolon of `&nbsp;`.
pub fn is_entity(place: &Place) -> bool {
    place.text.as_bytes()[place.at.saturating_sub(9)..place.at].contains(&b'&')
}

/// German `Bürger:innen`.
pub fn is_gendered(place: &Place) -> bool {
    place.before().is_some_and(is_letter) && place.after().is_some_and(char::is_lowercase)
}

/// A form of the tables with the capital of what it replaces, and with the apostrophe that is usual in the text.
pub fn written_like(wrong: &str, right: &str, usual: &str) -> String {
    let right = right.replace('\'', usual);
    let mut letters = right.chars();
    match letters.next() {
        Some(first) if wrong.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => right,
    }
}

/// The apostrophe that a text uses, counted when it is first asked for.
pub fn usual_apostrophe(text: &str) -> LazyCell<&'static str, impl FnOnce() -> &'static str> {
    LazyCell::new(|| if text.matches('’').count() > text.matches('\'').count() { "’" } else { "'" })
}
