//! Reports: one file a format. All formats say the same, from the same finding model.

pub mod checkstyle;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod item;
pub mod json;
pub mod junit;
pub mod rdjson;
pub mod rules;
pub mod sarif;
pub mod text;
pub mod uri;
pub mod xml;

use crate::checker::Report;
use crate::document::{Document, Span};
use crate::error::Error;
use std::path::Path;

/// An article that was checked, with the files its report points into.
pub struct Checked {
    pub path: String,
    pub source_path: Option<String>,
    pub target: Document,
    pub source: Option<Document>,
    pub report: Report,
}

/// An article that was not checked, or not wholly: of it nothing is known, and it must not be taken for a clean one.
pub struct Unchecked {
    pub path: String,
    /// Why, with the file and the line.
    pub reason: String,
}

impl Unchecked {
    pub fn new(path: &Path, error: &Error) -> Unchecked {
        let path = path.display().to_string();
        let reason = error.to_string();
        let reason = if reason.starts_with(&path) { reason } else { format!("{path}: {reason}") };
        Unchecked { path, reason }
    }
}

/// Where lines begin in a file, to turn offsets into lines and columns. Made once; each question is answered in constant
/// time, for an article may be one line of many megabytes.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before every [`STRIDE`]th byte.
    counts: Vec<usize>,
}

/// Bytes between two known counts of characters.
const STRIDE: usize = 1024;

/// A place in a file; line and column count from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut counts = vec![0];
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(counts[counts.len() - 1] + characters(chunk));
        }
        Lines { text, starts, counts }
    }

    /// Characters before a byte of the text.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        self.counts[block] + characters(&self.text.as_bytes()[block * STRIDE..offset])
    }

    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.characters_before(offset) - self.characters_before(start) + 1 }
    }

    /// The line that holds an offset, without its end.
    pub fn line_at(&self, offset: usize) -> Span {
        let line = self.starts.partition_point(|start| *start <= offset);
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let start = self.starts[line - 1];
        Span::new(start, end.max(start))
    }
}

/// Characters that begin in a stretch of UTF-8: bytes that continue none.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_one_in_characters() {
        let lines = Lines::new("été\nà b\n");
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(6), Position { line: 2, column: 1 });
        assert_eq!(lines.position(9), Position { line: 2, column: 3 });
        assert_eq!(lines.line_at(8), Span::new(6, 10));
        let long = "é".repeat(5000);
        assert_eq!(Lines::new(&long).position(9000), Position { line: 1, column: 4501 });
        assert_eq!(Lines::new("").position(0), Position { line: 1, column: 1 });
    }
}
