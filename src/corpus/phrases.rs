//! A table of expressions that is looked up in one pass over a text.

use super::expression::{Expression, Fit, Key, prefix_key, variants};
use crate::document::Span;
use crate::token::{Kind, Token, Tokenizer, divides, folded, is_unspaced};
use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

/// Characters that may stand between two pieces of an expression of an unspaced language.
const GAP_CHARACTERS: usize = 8;
/// Characters that a slot between two pieces may hold.
const SLOT_CHARACTERS: usize = 30;

/// Expressions of one language, each with what it stands for.
#[derive(Debug)]
pub struct Phrases<T> {
    values: Vec<T>,
    spaced: Vec<(Expression, usize)>,
    index: FxHashMap<Key, Vec<(u32, u32)>>,
    has_prefixes: bool,
    unspaced: Option<Unspaced>,
}

#[derive(Debug)]
struct Unspaced {
    automaton: AhoCorasick,
    /// What follows the first piece, for each pattern of the automaton.
    patterns: Vec<Vec<(Pieces, usize)>>,
}

/// An expression of an unspaced language: pieces with gaps or slots between, before and after them.
#[derive(Clone, Debug, Default)]
struct Pieces {
    pieces: Vec<String>,
    /// A slot's name and the number of pieces before it.
    slots: Vec<(char, usize)>,
}

impl Pieces {
    fn read(written: &str) -> Result<Pieces, String> {
        let mut read = Pieces::default();
        let mut rest = written;
        while !rest.is_empty() {
            let next = ["..", "{A}", "{B}"].iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min();
            let (at, mark) = next.unwrap_or((rest.len(), ""));
            if !rest[..at].trim().is_empty() {
                read.pieces.push(rest[..at].trim().to_owned());
            }
            if let Some(name) = mark.chars().nth(1).filter(|name| *name != '.') {
                read.slots.push((name, read.pieces.len()));
            }
            rest = &rest[at + mark.len()..];
        }
        if read.pieces.is_empty() { Err(format!("words in {written:?}")) } else { Ok(read) }
    }

    /// The span of the expression whose first piece ends at `end`, and what its slots hold.
    fn fit(&self, text: &str, stretch: Span, first: Span) -> Option<(Span, Vec<(char, Span)>)> {
        let mut ends = vec![first];
        for (number, piece) in self.pieces.iter().enumerate().skip(1) {
            let last = ends[number - 1].end;
            let window = &text[last..stretch.end];
            let limit = if self.slots.iter().any(|(_, before)| *before == number) { SLOT_CHARACTERS } else { GAP_CHARACTERS };
            let reach = window.char_indices().nth(limit).map_or(window.len(), |(offset, _)| offset);
            let at = window.find(piece.as_str()).filter(|at| *at <= reach && !window[..*at].contains(divides))?;
            ends.push(Span::new(last + at, last + at + piece.len()));
        }
        let whole = first.join(ends[ends.len() - 1]);
        let slots = self.slots.iter().map(|(name, before)| {
            let span = match (before.checked_sub(1).map(|piece| ends[piece]), ends.get(*before)) {
                (Some(left), Some(right)) => Span::new(left.end, right.start),
                (None, _) => clause_before(text, stretch, whole.start),
                (_, None) => clause_after(text, stretch, whole.end),
            };
            (*name, span)
        });
        Some((whole, slots.collect()))
    }
}

fn clause_before(text: &str, stretch: Span, end: usize) -> Span {
    let before = &text[stretch.start..end];
    let start = before.char_indices().rev().find(|(_, c)| divides(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(stretch.start + start, end)
}

fn clause_after(text: &str, stretch: Span, start: usize) -> Span {
    let after = &text[start..stretch.end];
    Span::new(start, start + after.find(divides).unwrap_or(after.len()))
}

/// An expression found in a text.
#[derive(Clone, Debug)]
pub struct Found<'p, T> {
    pub value: &'p T,
    pub span: Span,
    /// What the slots `{A}` and `{B}` hold.
    pub slots: Vec<(char, Span)>,
}

/// Collects expressions for a table of phrases.
pub struct Builder<'l, T> {
    spaced_language: bool,
    tokenizer: Tokenizer<'l>,
    values: Vec<T>,
    spaced: Vec<(Expression, usize)>,
    unspaced: Vec<(Pieces, usize)>,
}

impl<'l, T> Builder<'l, T> {
    pub fn new(spaced_language: bool, tokenizer: Tokenizer<'l>) -> Builder<'l, T> {
        Builder { spaced_language, tokenizer, values: Vec::new(), spaced: Vec::new(), unspaced: Vec::new() }
    }

    /// Adds several expressions that stand for one value. The error says what is wrong with one of them.
    pub fn add<'e>(&mut self, expressions: impl Iterator<Item = &'e str>, value: T) -> Result<(), String> {
        let number = self.values.len();
        for written in expressions {
            if self.spaced_language || !written.chars().any(is_unspaced) {
                if written.contains('|') {
                    for variant in variants(written) {
                        self.spaced.push((Expression::read(&variant, &mut self.tokenizer)?, number));
                    }
                } else {
                    self.spaced.push((Expression::read(written, &mut self.tokenizer)?, number));
                }
            } else {
                self.unspaced.push((Pieces::read(written)?, number));
            }
        }
        self.values.push(value);
        Ok(())
    }

    pub fn build(self) -> Phrases<T> {
        let mut index: FxHashMap<Key, Vec<(u32, u32)>> = FxHashMap::default();
        for (number, (expression, _)) in self.spaced.iter().enumerate() {
            let (part, keys) = expression.keys();
            for key in keys {
                index.entry(key).or_default().push((number as u32, part as u32));
            }
        }
        let has_prefixes = index.keys().any(|key| matches!(key, Key::Prefix(_)));
        let unspaced = (!self.unspaced.is_empty()).then(|| Unspaced::new(self.unspaced)).flatten();
        Phrases { values: self.values, spaced: self.spaced, index, has_prefixes, unspaced }
    }
}

impl Unspaced {
    fn new(expressions: Vec<(Pieces, usize)>) -> Option<Unspaced> {
        let mut firsts: Vec<String> = Vec::new();
        let mut patterns: Vec<Vec<(Pieces, usize)>> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for (pieces, value) in expressions {
            let number = *known.entry(pieces.pieces[0].clone()).or_insert_with(|| {
                firsts.push(pieces.pieces[0].clone());
                patterns.push(Vec::new());
                patterns.len() - 1
            });
            patterns[number].push((pieces, value));
        }
        // Building fails only on more than 2^31 patterns.
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&firsts).ok()?;
        Some(Unspaced { automaton, patterns })
    }
}

impl<T> Phrases<T> {
    pub fn values(&self) -> &[T] {
        &self.values
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every expression that stands in a stretch of text; `tokens` are those of the stretch.
    pub fn find<'p>(&'p self, text: &str, stretch: Span, tokens: &[Token]) -> Vec<Found<'p, T>> {
        let mut found = Vec::new();
        let tokens = if self.index.is_empty() { &[] } else { tokens };
        for (at, token) in tokens.iter().enumerate() {
            self.find_at(text, tokens, at, &Key::Stem(token.stem), &mut found);
            self.find_at(text, tokens, at, &Key::Form(token.form), &mut found);
            if self.has_prefixes && token.kind == Kind::Word {
                let key = Key::Prefix(prefix_key(&folded(token.text(text))));
                self.find_at(text, tokens, at, &key, &mut found);
            }
        }
        if let Some(unspaced) = &self.unspaced {
            self.find_unspaced(unspaced, text, stretch, &mut found);
        }
        found
    }

    fn find_at<'p>(&'p self, text: &str, tokens: &[Token], at: usize, key: &Key, found: &mut Vec<Found<'p, T>>) {
        for &(number, part) in self.index.get(key).map_or(&[][..], Vec::as_slice) {
            let (expression, value) = &self.spaced[number as usize];
            if let Some(fit) = expression.fit(text, tokens, part as usize, at) {
                found.push(Found { value: &self.values[*value], span: span(tokens, &fit), slots: slots(tokens, &fit) });
            }
        }
    }

    fn find_unspaced<'p>(&'p self, unspaced: &Unspaced, text: &str, stretch: Span, found: &mut Vec<Found<'p, T>>) {
        for hit in unspaced.automaton.find_iter(&text[stretch.range()]) {
            let first = Span::new(stretch.start + hit.start(), stretch.start + hit.end());
            for (pieces, value) in &unspaced.patterns[hit.pattern().as_usize()] {
                if let Some((span, slots)) = pieces.fit(text, stretch, first) {
                    found.push(Found { value: &self.values[*value], span, slots });
                }
            }
        }
    }
}

fn span(tokens: &[Token], fit: &Fit) -> Span {
    tokens[fit.first].span.join(tokens[fit.last].span)
}

fn slots(tokens: &[Token], fit: &Fit) -> Vec<(char, Span)> {
    let of = |range: &std::ops::Range<usize>| tokens[range.start].span.join(tokens[range.end - 1].span);
    fit.slots.iter().map(|(name, range)| (*name, of(range))).collect()
}
