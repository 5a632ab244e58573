//! Cuts a block into sentence-like segments. Nothing is lost: the segments concatenate to the block.
//! Bias: rather one segment too long than one cut in two; an aligner mends the first, nothing mends the second.

mod boundary;
mod cluster;
mod list;

use crate::corpus::Language;
use crate::document::Span;
use boundary::Sentence;
use cluster::{Cluster, ends};
use list::markers;

/// The segments of a block of `text`, each with the white space that follows it.
pub fn segments(text: &str, block: Span, language: &Language) -> Vec<Span> {
    let mut segments = Vec::new();
    let mut items = markers(text, block, language.profile().stops.ordinal).into_iter().peekable();
    let mut sentence = Sentence::new(text, block, language);
    let mut at = block.start;
    let (mut quoted, mut counted) = (false, block.start);
    while let Some((offset, _)) = text[at..block.end].char_indices().find(|(_, c)| ends(*c, language)) {
        let stop = at + offset;
        quoted ^= text[counted..stop].matches('"').count() % 2 == 1;
        counted = stop;
        let cluster = Cluster::read(text, block, stop, quoted, language);
        at = cluster.end;
        let mut marked = false;
        // The items of a list that begin up to here are segments of their own, and their marks end nothing.
        while let Some(item) = items.next_if(|item| item.start <= stop) {
            push(&mut segments, &mut sentence, item.start);
            marked = stop < item.end;
            at = at.max(item.end);
        }
        if !marked && cluster.next < block.end && sentence.ends_at(&cluster) {
            push(&mut segments, &mut sentence, cluster.next);
        }
    }
    for item in items {
        push(&mut segments, &mut sentence, item.start);
    }
    push(&mut segments, &mut sentence, block.end);
    segments
}

fn push(segments: &mut Vec<Span>, sentence: &mut Sentence, end: usize) {
    if sentence.start < end {
        segments.push(Span::new(sentence.start, end));
        sentence.restart(end);
    }
}

/// A segment without the white space around it.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let lead = inner.len() - inner.trim_start().len();
    let kept = inner.trim().len();
    if kept == 0 { Span::new(span.start, span.start) } else { Span::new(span.start + lead, span.start + lead + kept) }
}
