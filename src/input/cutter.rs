//! Makes a document out of pieces of a file, each of which remembers its place.

use super::plain;
use crate::document::{Block, BlockKind, Comment, Document, Piece, Span};
use std::ops::Range;
use std::sync::Arc;

/// The text that has been read, and the block that is being read.
#[derive(Default)]
pub struct Cutter {
    text: String,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    comments: Vec<Comment>,
    literals: Vec<Span>,
    /// Where the literal text begins that is being read.
    literal: Option<usize>,
    /// Where the block that is being read begins in the text, and the pieces before it.
    open: usize,
    closed_pieces: usize,
}

impl Cutter {
    /// Appends bytes of the file.
    pub fn copy(&mut self, raw: &str, place: Span) {
        if place.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(place.of(raw));
        let text = Span::new(at, self.text.len());
        match self.pieces.last_mut() {
            Some(last) if last.copied && last.place.end == place.start && last.text.end == at => {
                last.place.end = place.end;
                last.text.end = text.end;
            }
            _ => self.pieces.push(Piece { text, place, copied: true }),
        }
    }

    /// Appends what bytes of the file stand for.
    pub fn put(&mut self, text: &str, place: Span) {
        if !text.is_empty() {
            let at = self.text.len();
            self.text.push_str(text);
            self.pieces.push(Piece { text: Span::new(at, self.text.len()), place, copied: false });
        }
    }

    /// Appends a space for a place, unless one stands there or the block has not begun.
    pub fn space(&mut self, place: Span) {
        if !self.pending().is_empty() && !self.text.ends_with(is_space) {
            self.put(" ", place);
        }
    }

    /// Appends bytes of the file in which white space is as good as one space. Where only `breaks` are, runs without the end
    /// of a line stay as they are.
    pub fn flow(&mut self, raw: &str, place: Span, only_breaks: bool) {
        let text = place.of(raw);
        let mut at = 0;
        while let Some(found) = text[at..].find(is_space) {
            let start = at + found;
            let end = text[start..].find(|c| !is_space(c)).map_or(text.len(), |length| start + length);
            let run = &text[start..end];
            self.copy(raw, Span::new(place.start + at, place.start + start));
            let space = Span::new(place.start + start, place.start + end);
            if only_breaks && !run.contains(['\n', '\r']) {
                self.copy(raw, space);
            } else {
                self.space(space);
            }
            at = end;
        }
        self.copy(raw, Span::new(place.start + at, place.end));
    }

    /// What is appended from here on belongs to no language, until [`Cutter::end_literal`].
    pub fn begin_literal(&mut self) {
        self.literal = Some(self.text.len());
    }

    pub fn end_literal(&mut self) {
        let start = self.literal.take().unwrap_or(usize::MAX);
        if start < self.text.len() {
            self.literals.push(Span::new(start, self.text.len()));
        }
    }

    /// The text of the block that is being read.
    pub fn pending(&self) -> &str {
        &self.text[self.open..]
    }

    /// Ends a block, unless it is blank.
    pub fn close(&mut self, kind: BlockKind) {
        let inner = self.pending();
        let lead = inner.len() - inner.trim_start().len();
        let kept = inner.trim().len();
        if kept == 0 {
            self.discard();
            return;
        }
        let start = self.open + lead;
        self.blocks.push(Block { kind, span: Span::new(start, start + kept) });
        self.end();
    }

    /// Ends a stretch of text whose lines are blocks as those of plain text. Gives their numbers.
    pub fn close_lines(&mut self) -> Range<usize> {
        let first = self.blocks.len();
        let open = self.open;
        let moved = |block: Block| Block { span: Span::new(open + block.span.start, open + block.span.end), ..block };
        let lines = plain::blocks(self.pending());
        self.blocks.extend(lines.into_iter().filter(|block| !block.span.is_empty()).map(moved));
        self.end();
        first..self.blocks.len()
    }

    /// How many blocks have ended.
    pub fn count(&self) -> usize {
        self.blocks.len()
    }

    /// Keeps a comment at some blocks, if it speaks to this program.
    pub fn remark(&mut self, raw: &str, place: Span, blocks: Range<usize>) {
        if place.of(raw).contains(Comment::MARK) {
            self.comments.push(Comment { place, blocks });
        }
    }

    /// Keeps a comment at the block that is being read, or at the next one where none has begun.
    pub fn remark_here(&mut self, raw: &str, place: Span) {
        self.remark(raw, place, self.blocks.len()..self.blocks.len() + 1);
    }

    /// Forgets the block that is being read.
    pub fn discard(&mut self) {
        self.text.truncate(self.open);
        self.pieces.truncate(self.closed_pieces);
        self.literal = self.literal.map(|start| start.min(self.open));
        while let Some(last) = self.literals.pop_if(|last| last.end > self.open) {
            self.literals.extend((last.start < self.open).then_some(Span::new(last.start, self.open)));
        }
    }

    fn end(&mut self) {
        self.text.push('\n');
        self.open = self.text.len();
        self.closed_pieces = self.pieces.len();
    }

    /// The document, cut out of `raw`.
    pub fn finish(self, raw: Arc<str>) -> Document {
        let count = self.blocks.len();
        let mut document = Document::cut(self.text, self.blocks, raw, self.pieces);
        document.comments = self.comments;
        document.literals = self.literals;
        // Behind the last block a comment stands at none.
        for comment in &mut document.comments {
            comment.blocks = comment.blocks.start.min(count)..comment.blocks.end.min(count);
        }
        document
    }
}

/// White space of markup; a space that does not break is none.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_markup_is_one_space() {
        let raw = "  ab \n  c  d ";
        let cut = |only_breaks| {
            let mut cutter = Cutter::default();
            cutter.flow(raw, Span::new(0, raw.len()), only_breaks);
            cutter.close(BlockKind::Paragraph);
            cutter.finish(raw.into())
        };
        assert_eq!(cut(false).text, "ab c d \n");
        assert_eq!(cut(true).text, "  ab c  d \n");
        let document = cut(false);
        assert_eq!(document.place(Span::new(1, 4)).of(raw), "b \n  c");
        assert_eq!(document.blocks[0].span, Span::new(0, 6));
    }

    #[test]
    fn a_discarded_block_leaves_nothing() {
        let mut cutter = Cutter::default();
        cutter.copy("ab", Span::new(0, 1));
        cutter.close(BlockKind::Heading);
        cutter.copy("ab", Span::new(1, 2));
        cutter.discard();
        let document = cutter.finish("ab".into());
        assert_eq!((document.text.as_str(), document.blocks.len()), ("a\n", 1));
        assert_eq!(document.place(Span::new(0, 2)), Span::new(0, 1));
    }
}
