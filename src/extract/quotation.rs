//! Quotations of a whole document: a stack over all blocks, for a quotation may run over sentences and paragraphs.

use super::Quotation;
use crate::corpus::Profile;
use crate::document::{Block, Span};
use crate::token::is_letter;

/// The quotations of a document, and the marks that belong to none.
#[derive(Debug, Default)]
pub struct Quotations {
    pub all: Vec<Quotation>,
    /// Marks that close nothing.
    pub unopened: Vec<Span>,
    /// Marks that nothing closes.
    pub unclosed: Vec<Span>,
    /// Every mark met.
    pub marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Open,
    Close,
}

/// A quotation mark: where, which style (a row of the profile's pairs), and whether it opens or closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub style: usize,
    pub side: Side,
    pub block: usize,
}

/// Finds the quotations of a document by the marks of its language.
pub fn quotations(text: &str, blocks: &[Block], profile: &Profile) -> Quotations {
    let mut quotations = Quotations { marks: marks(text, blocks, profile), ..Quotations::default() };
    let mut open: Vec<Mark> = Vec::new();
    let marks = std::mem::take(&mut quotations.marks);
    for mark in &marks {
        let continues = open.last().is_some_and(|last| last.block != mark.block);
        match mark.side {
            Side::Open if continues && reopens(text, blocks, mark) => {
                // The paragraph opens the same quotation again.
                let last = open.pop().unwrap_or(*mark);
                quotations.push(last, blocks[last.block].span.end, false);
                open.push(*mark);
            }
            Side::Open => {
                while let Some(last) = open.pop_if(|last| last.block != mark.block || last.style == mark.style) {
                    quotations.unclosed.push(last.span);
                }
                open.push(*mark);
            }
            Side::Close => match open.iter().rposition(|last| last.style == mark.style) {
                Some(place) => {
                    quotations.unclosed.extend(open.drain(place + 1..).map(|inner| inner.span));
                    if let Some(first) = open.pop() {
                        quotations.push(first, mark.span.end, true);
                    }
                }
                None => quotations.unopened.push(mark.span),
            },
        }
    }
    quotations.unclosed.extend(open.iter().map(|mark| mark.span));
    quotations.unclosed.sort();
    quotations.all.sort_by_key(|quotation| quotation.span);
    quotations.marks = marks;
    quotations
}

impl Quotations {
    fn push(&mut self, open: Mark, end: usize, closed: bool) {
        let span = Span::new(open.span.start, end.max(open.span.end));
        let inner = Span::new(open.span.end, if closed { end - open.span.len().min(end - open.span.end) } else { span.end });
        self.all.push(Quotation { span, inner: Span::new(inner.start, inner.end.max(inner.start)), closed });
    }

    /// Whether a span lies inside a quotation.
    pub fn quoted(&self, span: Span) -> bool {
        let before = self.all.partition_point(|quotation| quotation.span.start <= span.start);
        self.all[..before].iter().rev().take(4).any(|quotation| quotation.span.contains(span))
    }
}

fn reopens(text: &str, blocks: &[Block], mark: &Mark) -> bool {
    text[blocks[mark.block].span.start..mark.span.start].trim().is_empty()
}

/// Every quotation mark of the language's styles, with the side it shows.
fn marks(text: &str, blocks: &[Block], profile: &Profile) -> Vec<Mark> {
    let styles: Vec<(char, char)> = profile
        .quotes
        .pairs
        .iter()
        .filter_map(|(open, close)| Some((open.chars().next()?, close.chars().next()?)))
        .filter(|(open, _)| !crate::token::is_apostrophe(*open) && *open != '‘')
        .collect();
    let mut marks = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        for (offset, c) in block.span.of(text).char_indices().filter(|(_, c)| !c.is_alphanumeric() && *c != ' ') {
            let at = block.span.start + offset;
            let span = Span::new(at, at + c.len_utf8());
            let Some((style, side)) = side(text, span, c, &styles, &marks, number) else { continue };
            marks.push(Mark { span, style, side, block: number });
        }
    }
    marks
}

fn side(text: &str, span: Span, c: char, styles: &[(char, char)], before: &[Mark], block: usize) -> Option<(usize, Side)> {
    let open_now = |style: usize| {
        before.iter().rev().find(|mark| mark.style == style && mark.block == block).is_some_and(|mark| mark.side == Side::Open)
    };
    for (style, (open, close)) in styles.iter().enumerate() {
        if c == *open && c == *close {
            let left = text[..span.start].chars().next_back();
            let right = text[span.end..].chars().next();
            let after_space = left.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '—' | '–'));
            let before_word = right.is_some_and(|c| is_letter(c) || c.is_numeric());
            let after_word = left.is_some_and(|c| !c.is_whitespace());
            let before_space = right.is_none_or(|c| !is_letter(c) && !c.is_numeric());
            let side = match (after_space && before_word, after_word && before_space) {
                // `a 6" screen`: inches.
                (false, true) if left.is_some_and(char::is_numeric) && !open_now(style) => return None,
                (true, false) if !open_now(style) => Side::Open,
                (false, true) => Side::Close,
                _ if open_now(style) => Side::Close,
                _ => Side::Open,
            };
            return Some((style, side));
        }
        // A mark that closes one style may open another (German “ and English “): the open one wins.
        if c == *close && (open_now(style) || !styles.iter().any(|(other, _)| *other == c)) {
            return Some((style, Side::Close));
        }
        if c == *open && !(styles.iter().enumerate().any(|(other, (_, close))| other != style && *close == c && open_now(other)))
        {
            return Some((style, Side::Open));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn read(text: &str) -> (Vec<String>, Vec<usize>, Vec<usize>) {
        let pairs = [("«", "»"), ("“", "”"), ("\"", "\"")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let mut profile = Profile::default();
        profile.quotes.pairs = pairs.to_vec();
        let mut start = 0;
        let blocks: Vec<Block> = text
            .split_inclusive('\n')
            .map(|line| {
                let span = Span::new(start, start + line.trim_end().len());
                start += line.len();
                Block { kind: BlockKind::Paragraph, span }
            })
            .collect();
        let found = quotations(text, &blocks, &profile);
        (
            found.all.iter().map(|quotation| quotation.inner.of(text).trim().to_owned()).collect(),
            found.unopened.iter().map(|span| span.start).collect(),
            found.unclosed.iter().map(|span| span.start).collect(),
        )
    }

    #[test]
    fn quotations_run_over_sentences_and_paragraphs() {
        assert_eq!(read("« Un. Deux », dit-il."), (vec!["Un. Deux".to_owned()], vec![], vec![]));
        assert_eq!(read("« Un.\nDeux.\nTrois », dit-il.").1, Vec::<usize>::new());
        let (all, unopened, unclosed) = read("« Un.\n« Deux », dit-il.");
        assert_eq!((all.len(), unopened.len(), unclosed.len()), (2, 0, 0));
    }

    #[test]
    fn orphans_are_found() {
        assert_eq!(read("Il a dit « non.\nElle a dit « oui ».").2, [9]);
        assert_eq!(read("Il a dit non ».").1, [13]);
        assert_eq!(read("Il a dit \"non\", puis \"oui.").2, [21]);
    }

    #[test]
    fn inches_and_nested_styles_are_no_orphans() {
        assert_eq!(read("Un écran de 6\" et \"rien\"."), (vec!["rien".to_owned()], vec![], vec![]));
        assert_eq!(read("« Il a dit “non” hier »."), (vec!["Il a dit “non” hier".to_owned(), "non".to_owned()], vec![], vec![]));
    }
}
