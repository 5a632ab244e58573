//! Expressions of a script without spaces: pieces of text with gaps or slots between, before and after them.

use super::expression::encode_text;
use super::pattern::{half, text};
use crate::document::Span;
use crate::token::divides;

/// Characters that may stand between two pieces.
const GAP_CHARACTERS: usize = 8;
/// Characters that a slot between two pieces may hold.
const SLOT_CHARACTERS: usize = 30;

/// An expression as written in the corpus.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub pieces: Vec<String>,
    /// A slot's name and the number of pieces before it.
    slots: Vec<(char, u8)>,
}

impl Written {
    /// Reads an expression. The error says what is wrong with it.
    pub fn read(written: &str) -> Result<Written, String> {
        let mut read = Written::default();
        let mut rest = written;
        while !rest.is_empty() {
            let next = ["..", "{A}", "{B}"].iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min();
            let (at, mark) = next.unwrap_or((rest.len(), ""));
            if !rest[..at].trim().is_empty() {
                read.pieces.push(rest[..at].trim().to_owned());
            }
            if let Some(name) = mark.chars().nth(1).filter(|name| *name != '.') {
                read.slots.push((name, read.pieces.len() as u8));
            }
            rest = &rest[at + mark.len()..];
        }
        if read.pieces.is_empty() || read.pieces.len() > 255 { Err(format!("words in {written:?}")) } else { Ok(read) }
    }

    /// Writes the expression as [`Pieces`] reads it.
    pub fn encode(&self, value: u32, code: &mut Vec<u8>) -> Result<(), String> {
        code.extend(value.to_le_bytes());
        code.extend([self.pieces.len() as u8, self.slots.len() as u8]);
        for (name, before) in &self.slots {
            code.extend([*name as u8, *before]);
        }
        for piece in &self.pieces {
            encode_text(piece, code)?;
        }
        Ok(())
    }
}

/// An expression as bytes.
#[derive(Clone, Copy)]
pub struct Pieces<'p> {
    code: &'p [u8],
}

impl<'p> Pieces<'p> {
    /// The expression that begins with the first byte.
    pub fn new(code: &'p [u8]) -> Pieces<'p> {
        Pieces { code }
    }

    pub fn value(self) -> usize {
        half(self.code) as usize
    }

    /// The piece that the expression begins with.
    pub fn first(self) -> &'p str {
        self.pieces().next().unwrap_or_default()
    }

    fn pieces(self) -> impl Iterator<Item = &'p str> {
        let mut rest = &self.code[6 + 2 * usize::from(self.code[5])..];
        (0..self.code[4]).map(move |_| {
            let piece = text(rest);
            rest = &rest[1 + piece.len()..];
            piece
        })
    }

    fn slots(self) -> impl Iterator<Item = (char, usize)> {
        self.code[6..].chunks_exact(2).take(usize::from(self.code[5])).map(|slot| (char::from(slot[0]), usize::from(slot[1])))
    }

    /// The span of the expression whose first piece stands at `first`, and what its slots hold.
    pub fn fit(self, text: &str, stretch: Span, first: Span) -> Option<(Span, Vec<(char, Span)>)> {
        let mut ends = vec![first];
        for (number, piece) in self.pieces().enumerate().skip(1) {
            let last = ends[number - 1].end;
            let window = &text[last..stretch.end];
            let limit = if self.slots().any(|(_, before)| before == number) { SLOT_CHARACTERS } else { GAP_CHARACTERS };
            let reach = window.char_indices().nth(limit).map_or(window.len(), |(offset, _)| offset);
            let at = window.find(piece).filter(|at| *at <= reach && !window[..*at].contains(divides))?;
            ends.push(Span::new(last + at, last + at + piece.len()));
        }
        let whole = first.join(ends[ends.len() - 1]);
        let slots = self.slots().map(|(name, before)| {
            let span = match (before.checked_sub(1).map(|piece| ends[piece]), ends.get(before)) {
                (Some(left), Some(right)) => Span::new(left.end, right.start),
                (None, _) => clause_before(text, stretch, whole.start),
                (_, None) => clause_after(text, stretch, whole.end),
            };
            (name, span)
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
