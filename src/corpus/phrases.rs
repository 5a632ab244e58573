//! A table of expressions that is looked up in one pass over a text.

use super::expression::{Expression, Key, variants};
use super::index::{self, Around, Index, Keys, Kind, Letter, Near, Posting};
use super::pattern::{Fit, Pattern, Words};
use super::pieces::{Pieces, Written};
use crate::document::Span;
use crate::token::{self, Token, Tokenizer, hash, is_unspaced};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::num::NonZeroU16;

/// Expressions of one language, each with what it stands for.
pub struct Phrases<T> {
    values: Vec<T>,
    index: Index,
}

/// An expression found in a text.
#[derive(Clone, Debug)]
pub struct Found<'p, T> {
    pub value: &'p T,
    pub span: Span,
    /// What the slots `{A}` and `{B}` hold.
    pub slots: Vec<(char, Span)>,
}

impl<T> Phrases<T> {
    /// A table whose expressions were collected by a [`Builder`]; they are numbered as the values are.
    pub fn new(index: Cow<'static, [u8]>, values: Vec<T>) -> Phrases<T> {
        Phrases { values, index: Index::new(index) }
    }

    pub fn values(&self) -> &[T] {
        &self.values
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every expression that stands in a stretch of text; `tokens` are those of the stretch.
    pub fn find<'p>(&'p self, text: &str, stretch: Span, tokens: &[Token]) -> Vec<Found<'p, T>> {
        let mut found = Vec::new();
        self.each(text, stretch, tokens, |one| found.push(one));
        found
    }

    /// The same, told one by one.
    pub fn each<'p>(&'p self, text: &str, stretch: Span, tokens: &[Token], mut told: impl FnMut(Found<'p, T>)) {
        let Some(keys) = self.index.keys() else { return };
        let words = Words { text, tokens };
        for (at, token) in tokens.iter().enumerate() {
            let mut look_up = |kind, key| {
                let postings = if keys.has(kind) { keys.find(kind, key) } else { &[] };
                if !postings.is_empty() {
                    self.find_at(kind, postings, words, at, &mut told);
                }
            };
            look_up(Kind::Stem, token.stem);
            look_up(Kind::Form, token.form);
            look_up(Kind::Opening, token.opening);
        }
        if keys.has(Kind::Pair) || keys.has(Kind::Character) {
            self.find_unspaced(keys, text, stretch, &mut told);
        }
    }

    /// The expressions that stand around the token number `at`, by the postings under one of its keys.
    #[inline(never)]
    fn find_at<'p>(
        &'p self,
        kind: Kind,
        postings: &[index::Entry],
        words: Words,
        at: usize,
        told: &mut impl FnMut(Found<'p, T>),
    ) {
        // What is found by a whole word has no letter behind it.
        let letter = if kind == Kind::Opening { Letter::of_word(words.tokens[at].text(words.text)) } else { Letter::default() };
        let around = Around::new(words.tokens, at, letter);
        for posting in postings.iter().map(Posting) {
            if !posting.may_stand(&around) {
                continue;
            }
            if let Some(value) = posting.value() {
                told(Found { value: &self.values[value], span: words.tokens[at].span, slots: Vec::new() });
                continue;
            }
            let pattern = Pattern::new(self.index.code(posting));
            if let Some(fit) = pattern.fit(words, posting.part(), at, posting.alternative()) {
                let value = &self.values[pattern.value()];
                told(Found { value, span: span(words.tokens, &fit), slots: slots(words.tokens, &fit) });
            }
        }
    }

    /// First pieces do not overlap: the leftmost counts, and of those the longest.
    fn find_unspaced<'p>(&'p self, keys: Keys, text: &str, stretch: Span, told: &mut impl FnMut(Found<'p, T>)) {
        let mut at = stretch.start;
        while let Some(first) = text[at..stretch.end].chars().next() {
            let mut longest = 0;
            for posting in opening_at(keys, &text[at..stretch.end], first.len_utf8()) {
                let pieces = Pieces::new(self.index.code(posting));
                let piece = pieces.first();
                if piece.len() < longest {
                    break;
                }
                if text[at..stretch.end].starts_with(piece) {
                    longest = piece.len();
                    let first = Span::new(at, at + longest);
                    if let Some((span, slots)) = pieces.fit(text, stretch, first) {
                        told(Found { value: &self.values[pieces.value()], span, slots });
                    }
                }
            }
            at += longest.max(first.len_utf8());
        }
    }
}

/// The expressions that may begin a text, the longest first piece first; the text's first character has `first` bytes.
fn opening_at<'i>(keys: Keys<'i>, text: &str, first: usize) -> impl Iterator<Item = Posting<'i>> + use<'i> {
    let pair = text[first..].chars().next().map_or(first, |second| first + second.len_utf8());
    let pairs = keys.find(Kind::Pair, hash(&text[..pair]));
    pairs.iter().chain(keys.find(Kind::Character, hash(&text[..first]))).map(Posting)
}

fn span(tokens: &[Token], fit: &Fit) -> Span {
    tokens[fit.first].span.join(tokens[fit.last].span)
}

fn slots(tokens: &[Token], fit: &Fit) -> Vec<(char, Span)> {
    let of = |range: &std::ops::Range<usize>| tokens[range.start].span.join(tokens[range.end - 1].span);
    if fit.slots.is_empty() {
        return Vec::new();
    }
    fit.slots.iter().map(|(name, range)| (*name, of(range))).collect()
}

/// Collects expressions for a table of phrases.
pub struct Builder<'l> {
    spaced_language: bool,
    tokenizer: Tokenizer<'l>,
    values: u32,
    index: index::Builder,
    code: Vec<u8>,
    /// Unspaced expressions by their first piece, with their place in the code.
    unspaced: Vec<(String, u32)>,
}

impl<'l> Builder<'l> {
    pub fn new(spaced_language: bool, tokenizer: Tokenizer<'l>) -> Builder<'l> {
        let index = index::Builder::default();
        Builder { spaced_language, tokenizer, values: 0, index, code: Vec::new(), unspaced: Vec::new() }
    }

    /// Adds the expressions that stand for the next value. The error says what is wrong with one of them.
    pub fn add<'e>(&mut self, expressions: impl Iterator<Item = &'e str>) -> Result<(), String> {
        for written in expressions {
            if self.spaced_language || !written.chars().any(is_unspaced) {
                for variant in variants(written) {
                    self.add_spaced(&variant)?;
                }
            } else {
                let written = Written::read(written)?;
                let place = self.code.len() as u32;
                written.encode(self.values, &mut self.code)?;
                self.unspaced.push((written.pieces[0].clone(), place));
            }
        }
        self.values += 1;
        Ok(())
    }

    fn add_spaced(&mut self, written: &str) -> Result<(), String> {
        let expression = Expression::read(written, &mut self.tokenizer)?;
        let code = self.code.len() as u32;
        expression.encode(self.values, &mut self.code)?;
        let (part, keys) = expression.keys();
        let place = u8::try_from(part).map_err(|_| format!("fewer words than in {written:?}"))?;
        let near = expression.near(part);
        // The code of one word that is known to fit is never read.
        let mut is_read = false;
        for (key, at) in keys {
            let at = u16::try_from(at).ok().and_then(NonZeroU16::new);
            let any = Letter::default();
            let (kind, hash, alternative, letter) = match key {
                Key::Stem(stem) => (Kind::Stem, stem, None, any),
                Key::Form(form) => (Kind::Form, form, None, any),
                Key::Cased(form) => (Kind::Form, form, at, any),
                Key::Opening(opening, letter) => (Kind::Opening, opening, at, letter),
            };
            let known = near == Near::Alone && alternative.is_none();
            is_read |= !known;
            let code = if known { self.values } else { code };
            self.index.add(kind, hash, Posting::write(code, place, alternative, near, letter));
        }
        if !is_read {
            self.code.truncate(code as usize);
        }
        Ok(())
    }

    /// The table as bytes, for [`Phrases::new`].
    pub fn finish(mut self) -> Vec<u8> {
        self.unspaced.sort_by_key(|(piece, place)| (Reverse(piece.len()), *place));
        for (piece, code) in &self.unspaced {
            let end = |count| piece.char_indices().nth(count).map_or(piece.len(), |(at, _)| at);
            let kind = if end(1) == piece.len() { Kind::Character } else { Kind::Pair };
            let posting = Posting::write(*code, 0, None, Near::Anything, Letter::default());
            self.index.add(kind, token::hash(&piece[..end(2)]), posting);
        }
        self.index.finish(&self.code)
    }
}
