//! A document as the program sees it: the readable text, its blocks, and the way back to the bytes of the file.
//! Spans are byte ranges of the readable text; only the report turns them into places of the file.

use std::ops::Range;

/// A byte range of a document's text. Always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start, end }
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// What a block is in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    Heading,
    Paragraph,
    ListItem,
    Quotation,
}

/// A heading, a paragraph, a list item or a block quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
}

/// An article or one side of it, decoded, without markup.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The readable text: the file without its markup.
    pub text: String,
    pub blocks: Vec<Block>,
    /// Language tag that the file itself declares (front matter).
    pub declared: Option<String>,
    /// What a reader of the report should know about how the file was read, such as a legacy encoding.
    pub notes: Vec<String>,
    /// The file as decoded, when it differs from `text`.
    raw: Option<String>,
    /// Pieces of `text` copied verbatim: (offset in `text`, offset in `raw`), ascending.
    pieces: Vec<(usize, usize)>,
}

impl Document {
    /// A document whose text is the file itself.
    pub fn plain(text: String, blocks: Vec<Block>) -> Document {
        Document { text, blocks, ..Document::default() }
    }

    /// A document whose text was cut out of `raw`, piece by piece.
    pub fn cut(text: String, blocks: Vec<Block>, raw: String, pieces: Vec<(usize, usize)>) -> Document {
        Document { text, blocks, raw: Some(raw), pieces, ..Document::default() }
    }

    /// The file as decoded: what the places of a report count in.
    pub fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or(&self.text)
    }

    /// The place in the file of a span of the text.
    pub fn place(&self, span: Span) -> Span {
        let Some(raw) = &self.raw else { return span };
        let start = raw.floor_char_boundary(self.place_of(span.start, raw));
        // An end belongs to the piece of the character before it.
        let end = if span.is_empty() { start } else { raw.ceil_char_boundary(self.place_of(span.end - 1, raw) + 1) };
        Span::new(start, end.max(start))
    }

    /// The place of a byte of the text. Where a piece is not the file's own words (an entity), it ends with its place there.
    fn place_of(&self, offset: usize, raw: &str) -> usize {
        let next = self.pieces.partition_point(|&(text, _)| text <= offset);
        let limit = self.pieces.get(next).map_or(raw.len(), |&(_, start)| start);
        match next.checked_sub(1).map(|index| self.pieces[index]) {
            Some((text, start)) => (start + (offset - text)).min(limit.max(start)),
            None => offset.min(raw.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_file() {
        let raw = "**ab** c".to_owned();
        let document = Document::cut("ab c".to_owned(), Vec::new(), raw, vec![(0, 2), (2, 6)]);
        assert_eq!(document.place(Span::new(0, 2)), Span::new(2, 4));
        assert_eq!(document.place(Span::new(0, 4)), Span::new(2, 8));
        assert_eq!(document.place(Span::new(3, 4)), Span::new(7, 8));
    }
}
