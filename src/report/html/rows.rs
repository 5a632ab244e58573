//! Which stretches of the two texts stand side by side, and which are shown of a long article.

use crate::document::{Document, Span};
use crate::report::Checked;

/// A row: stretches that together leave out nothing of either text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    pub source: Option<Span>,
    pub target: Option<Span>,
    pub confidence: f32,
}

/// The rows of an article: its beads; its blocks when there is no source; one row when the two could not be aligned.
pub fn rows(checked: &Checked) -> Vec<Row> {
    let whole = |document: &Document| (!document.text.trim().is_empty()).then(|| Span::new(0, document.text.len()));
    let target = &checked.target;
    if !checked.report.beads.is_empty() {
        let beads = &checked.report.beads;
        let sources = extents(beads.iter().map(|bead| bead.source), checked.source.as_ref().map_or(0, |one| one.text.len()));
        let targets = extents(beads.iter().map(|bead| bead.target), target.text.len());
        let sides = sources.into_iter().zip(targets).zip(beads);
        return sides.map(|((source, target), bead)| Row { source, target, confidence: bead.confidence }).collect();
    }
    if let Some(source) = checked.source.as_ref().and_then(whole) {
        return vec![Row { source: Some(source), target: whole(target), confidence: 0.0 }];
    }
    let blocks = extents(target.blocks.iter().map(|block| Some(block.span)), target.text.len());
    blocks.into_iter().map(|target| Row { source: None, target, confidence: 1.0 }).collect()
}

/// Stretches that each reach to the beginning of the next: white space between two sentences belongs to the first.
fn extents(spans: impl Iterator<Item = Option<Span>>, end: usize) -> Vec<Option<Span>> {
    let mut extents: Vec<Option<Span>> = spans.collect();
    // A moved passage stands among the rows of its translation.
    let mut ordered: Vec<&mut Span> = extents.iter_mut().flatten().collect();
    ordered.sort_by_key(|span| span.start);
    let mut until = end;
    for span in ordered.iter_mut().rev() {
        **span = Span::new(span.start.min(until), until);
        until = span.start;
    }
    if let Some(first) = ordered.first_mut() {
        first.start = 0;
    }
    extents
}

/// Rows shown on each side of one that holds a finding, where the others are left out.
const AROUND: usize = 2;

/// The rows that are shown of a long article: those that are asked for, and their neighbours.
pub fn near(wanted: &[bool]) -> Vec<bool> {
    let mut shown = vec![false; wanted.len()];
    for at in (0..wanted.len()).filter(|at| wanted[*at]) {
        shown[at.saturating_sub(AROUND)..(at + AROUND + 1).min(wanted.len())].fill(true);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_leave_nothing_out() {
        let span = |start, end| Some(Span::new(start, end));
        let found = extents([span(2, 5), None, span(6, 9), span(9, 10)].into_iter(), 12);
        assert_eq!(found, [span(0, 6), None, span(6, 9), span(9, 12)]);
        assert_eq!(extents([None].into_iter(), 0), [None]);
        assert_eq!(extents([span(6, 9), span(2, 5)].into_iter(), 12), [span(6, 12), span(0, 6)]);
    }

    #[test]
    fn neighbours_are_shown() {
        let mut wanted = vec![false; 9];
        wanted[1] = true;
        wanted[8] = true;
        assert_eq!(near(&wanted), [true, true, true, true, false, false, true, true, true]);
    }
}
