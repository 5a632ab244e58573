//! Quotations of a whole document: a stack over all blocks, for a quotation may run over sentences and paragraphs.

use super::Quotation;
use crate::corpus::Profile;
use crate::document::{Block, Span};
use crate::token::{self, is_letter};

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
    /// The quotations in the order of their ends.
    ends: Vec<usize>,
    /// How far each quotation and those before it reach.
    reach: Vec<usize>,
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

/// How many blocks further a quotation may still be closed: a long speech, and not two slips that happen to fit.
const FAR: usize = 12;

/// Marks that may wait for their partners at a time: no one quotes as deep.
const DEEPEST: usize = 64;

/// Finds the quotations of a document by the quotation marks of its language; `marks` are all marks of the text.
pub fn quotations(text: &str, blocks: &[Block], marks: &[(usize, char)], profile: &Profile) -> Quotations {
    let marks = quotation_marks(text, blocks, marks, profile);
    let mut quotations = Quotations::default();
    let mut open: Vec<Mark> = Vec::new();
    // Up to where the text has been read, and where the last sentence before that ended.
    let (mut read, mut ended) = (0, None);
    for (number, mark) in marks.iter().enumerate() {
        ended = sentence_end(&text[read..mark.span.start]).map(|at| read + at).or(ended);
        read = mark.span.end;
        let expired = open.iter().take_while(|last| last.block + FAR < mark.block).count();
        let expired = expired.max((open.len() + 1).saturating_sub(DEEPEST));
        quotations.unclosed.extend(open.drain(..expired).map(|mark| mark.span));
        match mark.side {
            Side::Open => {
                if let Some(last) = open.last().copied() {
                    let continues = last.block != mark.block && number > 0 && marks[number - 1] == last;
                    if continues && reopens(text, blocks, mark) {
                        // The paragraph opens the same quotation again.
                        open.pop();
                        quotations.push(last, Err(blocks[last.block].span.end));
                    } else if last.block == mark.block && last.style == mark.style && ended >= Some(last.span.end) {
                        open.pop();
                        quotations.unclosed.push(last.span);
                    }
                }
                open.push(*mark);
            }
            Side::Close => {
                let own = open.iter().rposition(|last| last.style == mark.style);
                // `"so”`: the two marks of a pair may come from two styles.
                match own.or_else(|| open.iter().rposition(|last| last.block == mark.block)) {
                    Some(place) => {
                        quotations.unclosed.extend(open.drain(place + 1..).map(|inner| inner.span));
                        let first = open.pop().unwrap_or(*mark);
                        quotations.push(first, Ok(mark.span));
                        // `« comme des « vaches ».`: one mark closes both where no other follows.
                        let more = marks[number + 1..].iter().take_while(|next| next.block == mark.block);
                        if first.block == mark.block && !more.clone().any(|next| next.side == Side::Close) {
                            while let Some(outer) = open.pop_if(|outer| outer.block == mark.block && outer.style == first.style) {
                                quotations.push(outer, Ok(mark.span));
                            }
                        }
                    }
                    None if is_single(text, mark.span) => {}
                    None => quotations.unopened.push(mark.span),
                }
            }
        }
    }
    quotations.unclosed.extend(open.iter().map(|mark| mark.span));
    quotations.order();
    quotations.marks = marks;
    quotations
}

/// Where the last stop before a new sentence stands: between two opening marks it says that the second opens no quotation
/// inside the first.
fn sentence_end(between: &str) -> Option<usize> {
    let stops = between.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？'));
    let begins = |next: char| next.is_uppercase() || crate::token::is_unspaced(next);
    stops
        .map(|(at, c)| (at, &between[at + c.len_utf8()..]))
        .find(|(_, after)| after.trim_start().starts_with(begins))
        .map(|(at, _)| at)
}

/// A mark that is an apostrophe as well, and so may close nothing.
fn is_single(text: &str, mark: Span) -> bool {
    mark.of(text).chars().all(|c| crate::token::is_apostrophe(c) || c == '‘')
}

/// Whether a mark stands between letters.
fn is_inside(text: &str, mark: Span) -> bool {
    text[..mark.start].ends_with(is_letter) && text[mark.end..].starts_with(is_letter)
}

impl Quotations {
    /// A quotation from its opening mark to its closing one, or to a place where it goes on.
    fn push(&mut self, open: Mark, close: Result<Span, usize>) {
        let (end, inner) = close.map_or_else(|end| (end, end), |mark| (mark.end, mark.start));
        let span = Span::new(open.span.start, end.max(open.span.end));
        let inner = Span::new(open.span.end, inner.max(open.span.end));
        self.all.push(Quotation { span, inner, closed: close.is_ok() });
    }

    /// Whether a span lies inside a quotation.
    pub fn quoted(&self, span: Span) -> bool {
        self.around(span).next().is_some()
    }

    /// The quotations that hold a span, of the nearest that begin before it.
    pub fn around(&self, span: Span) -> impl Iterator<Item = &Quotation> {
        const NEAR: usize = 4;
        let before = self.all.partition_point(|quotation| quotation.span.start <= span.start);
        self.all[..before].iter().rev().take(NEAR).filter(move |quotation| quotation.span.contains(span))
    }

    /// The quotations that begin in a span.
    pub fn begun_in(&self, span: Span) -> &[Quotation] {
        let first = self.all.partition_point(|quotation| quotation.span.start < span.start);
        let last = self.all.partition_point(|quotation| quotation.span.start < span.end);
        &self.all[first..last.max(first)]
    }

    /// The first quotation that stands in a span with one of its marks, of those that pass a test.
    pub fn first_in(&self, span: Span, wanted: impl Fn(&Quotation) -> bool) -> Option<&Quotation> {
        let first = self.ends.partition_point(|at| self.all[*at].span.end <= span.start);
        let ending = self.ends[first..].iter().map(|at| &self.all[*at]).take_while(|one| one.span.end <= span.end);
        ending.chain(self.begun_in(span)).filter(|one| wanted(one)).min_by_key(|one| one.span)
    }

    /// Whether a quotation has a part of a span.
    pub fn touches(&self, span: Span) -> bool {
        let before = self.all.partition_point(|quotation| quotation.span.start < span.end);
        before.checked_sub(1).is_some_and(|last| self.reach[last] > span.start)
    }

    /// The marks in a span.
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let first = self.marks.partition_point(|mark| mark.span.start < span.start);
        let last = self.marks.partition_point(|mark| mark.span.end <= span.end);
        &self.marks[first..last.max(first)]
    }

    /// The marks without a partner in a span, those that close before those that open.
    pub fn orphans_in(&self, span: Span) -> impl Iterator<Item = &Span> {
        let within = move |marks: &'_ [Span]| {
            let first = marks.partition_point(|mark| mark.start < span.start);
            first..marks.partition_point(|mark| mark.end <= span.end).max(first)
        };
        self.unopened[within(&self.unopened)].iter().chain(&self.unclosed[within(&self.unclosed)])
    }

    /// Which quotations lie inside others.
    pub fn nested(&self) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|at| (self.all[*at].span.start, std::cmp::Reverse(self.all[*at].span.end)));
        let mut nested = vec![false; self.all.len()];
        let mut outer: Option<Span> = None;
        for at in order {
            let span = self.all[at].span;
            nested[at] = outer.is_some_and(|outer| outer != span && outer.contains(span));
            if outer.is_none_or(|outer| span.end > outer.end) {
                outer = Some(span);
            }
        }
        nested
    }

    /// Orders what was found, so that it can be asked for by its place.
    fn order(&mut self) {
        self.unopened.sort();
        self.unclosed.sort();
        self.all.sort_by_key(|quotation| quotation.span);
        self.ends = (0..self.all.len()).collect();
        self.ends.sort_by_key(|at| self.all[*at].span.end);
        let mut far = 0;
        let reach = self.all.iter().map(|quotation| {
            far = far.max(quotation.span.end);
            far
        });
        self.reach = reach.collect();
    }
}

fn reopens(text: &str, blocks: &[Block], mark: &Mark) -> bool {
    text[blocks[mark.block].span.start..mark.span.start].trim().is_empty()
}

/// Every quotation mark of the language's styles, with the side it shows.
fn quotation_marks(text: &str, blocks: &[Block], all: &[(usize, char)], profile: &Profile) -> Vec<Mark> {
    let styles: Vec<(char, char)> = profile
        .quotes
        .pairs
        .iter()
        .filter_map(|(open, close)| Some((open.chars().next()?, close.chars().next()?)))
        .filter(|(open, _)| !crate::token::is_apostrophe(*open) && *open != '‘')
        .collect();
    let mut marks = Vec::new();
    let mut last = vec![None; styles.len()];
    for (number, block) in blocks.iter().enumerate() {
        for &(at, c) in token::marks_in(all, block.span) {
            let span = Span::new(at, at + c.len_utf8());
            let Some((style, side)) = side(text, span, c, &styles, &last, number) else { continue };
            let opened = last[style].is_some_and(|(block, _)| block == number);
            if side == Side::Close && !opened && is_possessive(text, span, &profile.apostrophe.tails) {
                continue;
            }
            // `Brink‘s`, `die Dragons‘ Fans`: an apostrophe, unless it closes what such a mark has opened.
            if side == Side::Close
                && is_single(text, span)
                && (last[style].is_none_or(|(_, side)| side == Side::Close) || is_inside(text, span))
            {
                continue;
            }
            last[style] = Some((number, side));
            marks.push(Mark { span, style, side, block: number });
        }
    }
    marks
}

/// `the teachers" union`: an apostrophe that somebody's software took for a quotation mark.
fn is_possessive(text: &str, mark: Span, tails: &[String]) -> bool {
    let after = text[mark.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    after && tails.iter().any(|tail| text[..mark.start].ends_with(tail.as_str()))
}

/// The side that a mark shows; `before` has the block and the side of the last mark of each style.
fn side(
    text: &str,
    span: Span,
    c: char,
    styles: &[(char, char)],
    before: &[Option<(usize, Side)>],
    block: usize,
) -> Option<(usize, Side)> {
    let open_now = |style: usize| before[style].is_some_and(|(last, side)| last == block && side == Side::Open);
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
                (true, false) => Side::Open,
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
        let found = quotations(text, &blocks, &token::marks(text).collect::<Vec<_>>(), &profile);
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
    fn quotations_inside_quotations_are_no_orphans() {
        let silent = |text: &str| {
            let (_, unopened, unclosed) = read(text);
            assert_eq!((unopened, unclosed), (vec![], vec![]), "{text}");
        };
        silent("« Ils nous traitent comme des « vaches ».");
        silent("\"They treat us like \"cows.\"");
        silent("\"Nous partons”, dit-il.");
        silent("« Un.\nElle a dit « deux » hier.\nTrois. »");
        assert_eq!(read("« Nous partons. Il répond « non ».").2, [0]);
        assert_eq!(read("« Un.\nElle a dit « deux » hier.\nTrois.").2, [0]);
    }

    #[test]
    fn an_apostrophe_closes_nothing() {
        let pairs = [("„", "“"), ("‚", "‘")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let mut profile = Profile::default();
        profile.quotes.pairs = pairs.to_vec();
        let inner = |text: &str| {
            let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
            let found = quotations(text, &[block], &token::marks(text).collect::<Vec<_>>(), &profile);
            found.all.iter().map(|quotation| quotation.inner.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(inner("Er sagte: „Brink‘s und die Dragons‘ Fans kommen.“"), ["Brink‘s und die Dragons‘ Fans kommen."]);
        assert_eq!(inner("Er sagte: „Das ‚neue‘ Haus.“"), ["Das ‚neue‘ Haus.", "neue"]);
    }

    #[test]
    fn inches_and_nested_styles_are_no_orphans() {
        assert_eq!(read("Un écran de 6\" et \"rien\"."), (vec!["rien".to_owned()], vec![], vec![]));
        assert_eq!(read("« Il a dit « non » hier », dit-elle.").0.len(), 2);
        assert_eq!(read("« Il a dit “non” hier »."), (vec!["Il a dit “non” hier".to_owned(), "non".to_owned()], vec![], vec![]));
    }
}
