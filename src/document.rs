//! A document as the program sees it: the readable text, its blocks, and the way back to the bytes of the file.
//! Spans are byte ranges of the readable text; only the report turns them into places of the file.

use std::ops::Range;
use std::sync::Arc;

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
    /// Language tag that the file itself declares (front matter, an attribute).
    pub declared: Option<String>,
    /// The file that this one says it translates (front matter), as written there.
    pub source_path: Option<String>,
    /// What a reader of the report should know about how the file was read, such as a legacy encoding.
    pub notes: Vec<String>,
    /// The source, when the file holds both sides.
    pub paired: Option<Box<Paired>>,
    /// The comments of the file that speak to this program.
    pub comments: Vec<Comment>,
    /// What belongs to no language: code, and what the file says is not to be translated. In order.
    pub literals: Vec<Span>,
    /// The file as decoded, when it differs from `text`.
    raw: Option<Arc<str>>,
    /// The pieces of the file that `text` was made of, in the order of the text; what is between them is not the file's.
    pieces: Vec<Piece>,
}

/// A comment of a file that speaks to this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where its words stand in the file.
    pub place: Span,
    /// The numbers of the blocks that it stands at; none where it stands outside the article.
    pub blocks: Range<usize>,
}

impl Comment {
    /// How words begin that are for this program; other comments are not kept.
    pub const MARK: &str = "contresens-";
    /// How a comment begins that speaks of the whole file, wherever it stands.
    pub const OF_THE_FILE: &str = "contresens-ignore-file:";
}

/// The other side of a file of translated units (XLIFF, PO ...), of which nothing needs to be aligned.
#[derive(Clone, Debug)]
pub struct Paired {
    pub source: Document,
    /// The blocks of the source and those of the target that make a unit, in order; every block is in one.
    pub units: Vec<(Range<usize>, Range<usize>)>,
}

/// A piece of a text and its place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: Span,
    pub place: Span,
    /// The file's own bytes; otherwise they were decoded (an entity, an escape), and only the whole has a place.
    pub copied: bool,
}

impl Document {
    /// A document whose text is the file itself.
    pub fn plain(text: String, blocks: Vec<Block>) -> Document {
        Document { text, blocks, ..Document::default() }
    }

    /// Whether a stretch holds no letter or digit but literal ones.
    pub fn is_literal(&self, span: Span) -> bool {
        let silent = |start: usize, end: usize| !self.text[start..end.max(start)].contains(char::is_alphanumeric);
        let mut told = None;
        for literal in self.literals_in(span) {
            if !silent(told.unwrap_or(span.start), literal.start) {
                return false;
            }
            told = Some(literal.end.min(span.end));
        }
        told.is_some_and(|end| silent(end, span.end))
    }

    /// The literals that reach into a stretch.
    fn literals_in(&self, span: Span) -> impl Iterator<Item = &Span> {
        let first = self.literals.partition_point(|literal| literal.end <= span.start);
        self.literals[first..].iter().take_while(move |literal| literal.start < span.end)
    }

    /// Whether most of a stretch is literal.
    pub fn is_mostly_literal(&self, span: Span) -> bool {
        let inside = |literal: &Span| literal.end.min(span.end) - literal.start.max(span.start);
        let literal: usize = self.literals_in(span).map(inside).sum();
        literal * 2 > span.len()
    }

    /// A document whose text was cut out of `raw`, piece by piece.
    pub fn cut(text: String, blocks: Vec<Block>, raw: Arc<str>, pieces: Vec<Piece>) -> Document {
        Document { text, blocks, raw: Some(raw), pieces, ..Document::default() }
    }

    /// The file as decoded: what the places of a report count in.
    pub fn raw(&self) -> &str {
        self.raw.as_deref().unwrap_or(&self.text)
    }

    /// The source that the file itself holds beside its translation.
    pub fn own_source(&self) -> Option<&Document> {
        self.paired.as_deref().map(|paired| &paired.source)
    }

    /// The place in the file of a span of the text.
    pub fn place(&self, span: Span) -> Span {
        let Some(raw) = &self.raw else { return span };
        let start = self.start_of(span.start).min(raw.len());
        // An end belongs to the piece of the character before it.
        let end = if span.is_empty() { start } else { self.end_of(span.end - 1).clamp(start, raw.len()) };
        Span::new(raw.floor_char_boundary(start), raw.ceil_char_boundary(end))
    }

    /// The place of a byte of the text: between two pieces, where the next begins.
    fn start_of(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.text.end <= offset);
        match self.pieces.get(next) {
            Some(piece) if piece.copied => piece.place.start + offset.saturating_sub(piece.text.start),
            Some(piece) => piece.place.start,
            None => self.pieces.last().map_or(0, |piece| piece.place.end),
        }
    }

    /// The place behind a byte of the text: between two pieces, where the last ended.
    fn end_of(&self, offset: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.text.start <= offset);
        match next.checked_sub(1).map(|last| self.pieces[last]) {
            Some(piece) if piece.copied => (piece.place.start + offset - piece.text.start + 1).min(piece.place.end),
            Some(piece) => piece.place.end,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_literal_where_nothing_else_has_letters() {
        let text = "Lancez «apt, git» hier";
        let at = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
        let document = Document { text: text.to_owned(), literals: vec![at("apt"), at("git")], ..Document::default() };
        assert!(["apt", "git", "«apt, git»", "p", "«apt"].map(at).into_iter().all(|span| document.is_literal(span)));
        assert!(
            !["Lancez «apt", "git» hier", "hier", "»", "Lancez «apt, git»"]
                .map(at)
                .into_iter()
                .any(|span| document.is_literal(span))
        );
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let piece = |text: (usize, usize), place: (usize, usize), copied| {
            let (text, place) = (Span::new(text.0, text.1), Span::new(place.0, place.1));
            Piece { text, place, copied }
        };
        let pieces = vec![piece((0, 2), (2, 4), true), piece((2, 4), (6, 8), true), piece((4, 6), (8, 16), false)];
        let document = Document::cut("ab cé".to_owned(), Vec::new(), "**ab** c&eacute;".into(), pieces);
        assert_eq!(document.place(Span::new(0, 2)), Span::new(2, 4));
        assert_eq!(document.place(Span::new(0, 4)), Span::new(2, 8));
        assert_eq!(document.place(Span::new(3, 4)), Span::new(7, 8));
        assert_eq!(document.place(Span::new(3, 6)), Span::new(7, 16));
        assert_eq!(document.place(Span::new(6, 6)), Span::new(16, 16));
    }
}
