//! The cost of a bead: its length (after Gale and Church 1993), the anchors its sides share, its type, its form.

use super::Bead;
use super::evidence::{Evidence, Mark};
use std::ops::Range;

/// Variance of the length of a translation for one character of source, after Gale and Church.
const VARIANCE: f32 = 6.8;
/// What full agreement of anchors takes off the cost, in nats.
const AGREEMENT: f32 = 9.0;
/// Cost of a segment that nothing translates, in nats, beside a part for its length.
const GAP: f32 = 4.2;
const GAP_LENGTH: f32 = 0.012;

/// Bead types and their costs in nats: minus the logarithm of how often news has them.
pub const TYPES: &[(usize, usize, f32)] =
    &[(1, 1, 0.1), (1, 0, GAP), (0, 1, GAP), (1, 2, 2.6), (2, 1, 2.6), (2, 2, 4.6), (1, 3, 4.4), (3, 1, 4.4)];

/// What it costs to take these segments for one another, in nats.
pub fn cost(evidence: &Evidence, source: &Range<usize>, target: &Range<usize>, kind: f32) -> f32 {
    if source.is_empty() || target.is_empty() {
        let length = evidence.source_length(source) * evidence.ratio + evidence.target_length(target);
        return kind + GAP_LENGTH * length.min(150.0);
    }
    let similarity = evidence.overlap(source, target).similarity();
    kind + length_cost(evidence, source, target) + form_cost(evidence, source, target) - AGREEMENT * similarity
}

/// Minus the logarithm of the chance that lengths differ so much by accident.
fn length_cost(evidence: &Evidence, source: &Range<usize>, target: &Range<usize>) -> f32 {
    let expected = evidence.source_length(source) * evidence.ratio;
    let found = evidence.target_length(target);
    let delta = (found - expected) / (VARIANCE * ((expected + found) / 2.0).max(1.0)).sqrt();
    // Two-sided tail of the normal distribution, in its plain upper bound.
    (0.5 * delta * delta).min(18.0)
}

fn form_cost(evidence: &Evidence, source: &Range<usize>, target: &Range<usize>) -> f32 {
    let (Some(a), Some(b)) = (evidence.source[source.clone()].last(), evidence.target[target.clone()].last()) else { return 0.0 };
    let question = (a.last_mark == Mark::Question) != (b.last_mark == Mark::Question);
    let heading = a.heading != b.heading;
    f32::from(u8::from(question)) * 1.0 + f32::from(u8::from(heading)) * 0.5
}

/// How sure a bead is, from its own evidence.
pub fn confidence(evidence: &Evidence, bead: &Bead) -> f32 {
    if bead.is_gap() {
        return 0.5;
    }
    let overlap = evidence.overlap(&bead.source, &bead.target);
    let length = length_cost(evidence, &bead.source, &bead.target);
    let score = 0.4 + 5.0 * overlap.similarity() + 0.15 * overlap.shared.min(8.0) - 0.35 * length;
    1.0 / (1.0 + (-score).exp())
}
