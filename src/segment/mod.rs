//! Cuts a block into sentence-like segments. Nothing is lost: the segments concatenate to the block.
//! Bias: rather one segment too long than one cut in two; an aligner mends the first, nothing mends the second.

mod boundary;
mod cluster;
mod list;
mod soft;

use crate::corpus::Language;
use crate::document::Span;
use crate::token::marks;
use boundary::Sentence;
use cluster::{Cluster, ends};
use list::markers;
use soft::{Break, breaks};
use std::iter::Peekable;
use std::vec::IntoIter;

/// Bytes of the longest segment. No sentence of the news has as many; what has them is no sentence, and all that compares
/// the words of one with each other would take for ever over it.
const LONGEST: usize = 4_000;

/// The segments of a block of `text`, each with the white space that follows it.
pub fn segments(text: &str, block: Span, language: &Language) -> Vec<Span> {
    let marks: Vec<(usize, char)> = marks(block.of(text)).map(|(at, c)| (block.start + at, c)).collect();
    segments_between(text, block, &marks, language)
}

/// The same by the marks of the block, which are known.
pub fn segments_between(text: &str, block: Span, marks: &[(usize, char)], language: &Language) -> Vec<Span> {
    let mut cutter = Cutter {
        text,
        language,
        segments: Vec::new(),
        sentence: Sentence::new(text, block, language),
        items: markers(text, block, marks, language.profile().stops.ordinal).into_iter().peekable(),
        breaks: breaks(text, block, language).into_iter().peekable(),
    };
    let mut at = block.start;
    let mut quoted = false;
    for &(stop, c) in marks {
        quoted ^= c == '"';
        if stop < at || !ends(c, language) {
            continue;
        }
        let cluster = Cluster::read(text, block, stop, quoted, language);
        at = cluster.end;
        let marked = cutter.cut_before(stop);
        at = at.max(marked);
        if stop >= marked && cluster.next < block.end && cutter.sentence.ends_at(&cluster) {
            cutter.cut(cluster.next);
        }
    }
    cutter.cut_before(block.end);
    cutter.cut(block.end);
    cutter.segments
}

/// What has been cut, and the places still to come where no stop shows a sentence.
struct Cutter<'t> {
    text: &'t str,
    language: &'t Language,
    segments: Vec<Span>,
    sentence: Sentence<'t>,
    items: Peekable<IntoIter<Span>>,
    breaks: Peekable<IntoIter<Break>>,
}

impl Cutter<'_> {
    /// Cuts where items of a list and sentences without a stop before them begin, up to `stop`. Gives the end of the last
    /// item's mark: its stops end nothing.
    fn cut_before(&mut self, stop: usize) -> usize {
        let mut marked = 0;
        loop {
            let item = self.items.peek().map_or(usize::MAX, |item| item.start);
            let soft = self.breaks.peek().map_or(usize::MAX, |soft| soft.at);
            if item.min(soft) > stop {
                return marked;
            }
            if item <= soft {
                marked = self.items.next().map_or(marked, |item| item.end);
                self.cut(item);
            } else if self.breaks.next().is_some_and(|soft| soft.ends(self.text, self.sentence.start, self.language)) {
                self.cut(soft);
            }
        }
    }

    fn cut(&mut self, end: usize) {
        if self.sentence.start < end {
            let mut start = self.sentence.start;
            while end - start > LONGEST {
                let next = break_in(self.text, start);
                self.segments.push(Span::new(start, next));
                start = next;
            }
            self.segments.push(Span::new(start, end));
            self.sentence.restart(end);
        }
    }
}

/// Where what is too long for a sentence is cut: behind the last space, or else before a letter with its marks.
fn break_in(text: &str, start: usize) -> usize {
    let end = text.floor_char_boundary(start + LONGEST);
    let half = text.floor_char_boundary(start + LONGEST / 2);
    let near = &text[half..end];
    let space = near.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, c)| half + at + c.len_utf8());
    let letter = || near.char_indices().rev().map(|(at, _)| half + at).find(|at| !is_combining(text, *at));
    space.or_else(letter).unwrap_or(end)
}

/// Whether a character belongs to the letter before it.
fn is_combining(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'))
}

/// A segment without the white space around it.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let lead = inner.len() - inner.trim_start().len();
    let kept = inner.trim().len();
    if kept == 0 { Span::new(span.start, span.start) } else { Span::new(span.start + lead, span.start + lead + kept) }
}
