//! Texts that come in units (XLIFF, PO ...): which unit translates which is known, and only the sentences in one are aligned.

use super::cost::WIDEST;
use super::{Alignment, Bead, TRUSTED, Words, align_part};
use crate::article::Analysis;
use crate::corpus::Corpus;
use crate::deadline::Deadline;
use crate::error::Error;
use std::ops::Range;

/// The beads of two texts of which it is known what blocks of the one translate what blocks of the other.
pub fn paired_within(
    source: &Analysis,
    target: &Analysis,
    units: &[(Range<usize>, Range<usize>)],
    corpus: &Corpus,
    deadline: &Deadline,
) -> Result<Alignment, Error> {
    let mut beads = Vec::new();
    for (left, right) in units {
        let sides = ((source, segments(source, left)), (target, segments(target, right)));
        deadline.look()?;
        beads.extend(unit(sides, corpus, deadline)?);
    }
    let length = |analysis: &Analysis, range: &Range<usize>| {
        let segments = &analysis.segments[range.clone()];
        segments.iter().map(|segment| segment.span.len()).sum::<usize>() as f32
    };
    let (mut all, mut sure) = (0.0, 0.0);
    for bead in &beads {
        let both = length(source, &bead.source) + length(target, &bead.target);
        all += both;
        sure += if bead.is_gap() { 0.0 } else { both * bead.confidence };
    }
    let quality = if all > 0.0 { sure / all } else { 0.0 };
    Ok(Alignment { beads, quality, related: 1.0, words: Words::default() })
}

/// The segments of a run of blocks.
fn segments(analysis: &Analysis, blocks: &Range<usize>) -> Range<usize> {
    let first = |block: usize| analysis.segments.partition_point(|segment| segment.block < block);
    first(blocks.start)..first(blocks.end)
}

/// A run of segments of a text.
type Part<'a> = (&'a Analysis<'a>, Range<usize>);

/// The beads of one unit.
fn unit((source, target): (Part, Part), corpus: &Corpus, deadline: &Deadline) -> Result<Vec<Bead>, Error> {
    let whole = Bead { source: source.1.clone(), target: target.1.clone(), confidence: 1.0, moved: false };
    if whole.is_gap() {
        return Ok(gaps(&source.1, &target.1));
    }
    if whole.source.len() == 1 || whole.target.len() == 1 {
        return Ok(vec![whole]);
    }
    let inner = align_part(source, target, corpus, deadline)?.beads;
    let short = whole.source.len() <= WIDEST && whole.target.len() <= WIDEST;
    // That the unit is a translation is known; what is less sure about its sentences is not said.
    if short && inner.iter().any(|bead| bead.is_gap() || bead.confidence < TRUSTED) {
        return Ok(vec![whole]);
    }
    let moved = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
    let placed = |bead: Bead| Bead {
        source: moved(&bead.source, whole.source.start),
        target: moved(&bead.target, whole.target.start),
        ..bead
    };
    Ok(inner.into_iter().map(placed).collect())
}

/// A unit without the one side: what it translates is not known, which is no omission and no addition.
fn gaps(source: &Range<usize>, target: &Range<usize>) -> Vec<Bead> {
    let unknown = |source: Range<usize>, target: Range<usize>| Bead { source, target, confidence: 0.0, moved: false };
    let left = source.clone().map(|row| unknown(row..row + 1, target.start..target.start));
    let right = target.clone().map(|column| unknown(source.end..source.end, column..column + 1));
    left.chain(right).collect()
}
