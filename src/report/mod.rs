//! Reports: one file a format. All formats say the same, from the same finding model.

pub mod json;
pub mod rules;
pub mod text;

use crate::checker::Report;
use crate::document::{Document, Span};

/// An article that was checked, with the files its report points into.
pub struct Checked {
    pub path: String,
    pub source_path: Option<String>,
    pub target: Document,
    pub source: Option<Document>,
    pub report: Report,
}

/// Where lines begin in a file, to turn offsets into lines and columns.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// A place in a file; line and column count from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl<'t> Lines<'t> {
    pub fn new(text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// The line that holds an offset, without its end.
    pub fn line_at(&self, offset: usize) -> Span {
        let line = self.starts.partition_point(|start| *start <= offset);
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let start = self.starts[line - 1];
        Span::new(start, end.max(start))
    }
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
    }
}
