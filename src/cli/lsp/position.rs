//! Positions of the protocol: lines end in `\n`, `\r\n` or `\r`, and a column counts UTF-16 code units, both from 0.

use crate::document::Span;
use lsp_types::{Position, Range};

pub struct Positions<'t> {
    text: &'t str,
    /// Where lines begin.
    starts: Vec<usize>,
}

impl<'t> Positions<'t> {
    pub fn new(text: &'t str) -> Positions<'t> {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|at| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        Positions { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect() }
    }

    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let units = self.text[self.starts[line]..offset].encode_utf16().count();
        Position { line: line as u32, character: units as u32 }
    }

    /// The byte of a position; one behind the end of its line or of the text is the end.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else { return self.text.len() };
        let rest = &self.text[*start..self.starts.get(line + 1).map_or(self.text.len(), |next| *next)];
        let rest = rest.trim_end_matches(['\r', '\n']);
        let mut units = 0;
        let inside = rest.char_indices().find(|(_, c)| {
            let reached = units >= position.character as usize;
            units += c.len_utf16();
            reached
        });
        start + inside.map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_lines_end_in_three_ways() {
        let text = "a😀b\r\n市长说\rc\nd";
        let positions = Positions::new(text);
        for (needle, line, character) in [("b", 0, 3), ("长", 1, 1), ("c", 2, 0), ("d", 3, 0)] {
            let at = text.find(needle).unwrap();
            let position = Position { line, character };
            assert_eq!(positions.position(at), position, "{needle}");
            assert_eq!(positions.offset(position), at, "{needle}");
        }
        assert_eq!(positions.offset(Position { line: 0, character: 99 }), "a😀b".len());
        assert_eq!(positions.offset(Position { line: 9, character: 0 }), text.len());
    }
}
