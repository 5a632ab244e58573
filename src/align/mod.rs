//! Which segments of the source a segment of the target translates: beads in order, each with a confidence.

mod cost;
mod evidence;
mod path;

use crate::article::Analysis;
use crate::corpus::Corpus;
use evidence::Evidence;
use std::ops::Range;

/// A group of source segments and the target segments that translate them; one side is empty in a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    pub source: Range<usize>,
    pub target: Range<usize>,
    /// 0 to 1: how sure it is that the two sides translate each other, or that a gap is one.
    pub confidence: f32,
}

impl Bead {
    pub fn is_gap(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// The beads of two texts, every segment in exactly one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    pub beads: Vec<Bead>,
    /// 0 to 1: the share of the text that stands in beads with both sides, weighted by their confidence.
    pub quality: f32,
}

/// Below this confidence a bead carries no bilingual finding.
pub const TRUSTED: f32 = 0.5;
/// Below this quality two texts are taken for unrelated, and nothing bilingual is said.
pub const RELATED: f32 = 0.25;

impl Alignment {
    /// The bead that holds a target segment.
    pub fn of_target(&self, segment: usize) -> Option<&Bead> {
        let after = self.beads.partition_point(|bead| bead.target.start <= segment);
        self.beads[..after].iter().rev().find(|bead| bead.target.contains(&segment))
    }
}

/// Aligns two analysed texts.
pub fn align(source: &Analysis, target: &Analysis, corpus: &Corpus) -> Alignment {
    let evidence = Evidence::new(source, target, corpus);
    let mut beads = path::best(&evidence);
    for bead in &mut beads {
        bead.confidence = cost::confidence(&evidence, bead);
    }
    smooth(&mut beads);
    let quality = quality(&evidence, &beads);
    Alignment { beads, quality }
}

/// A bead between two sure ones is surer, one between two doubtful ones less so.
fn smooth(beads: &mut [Bead]) {
    let own: Vec<f32> = beads.iter().map(|bead| bead.confidence).collect();
    for (at, bead) in beads.iter_mut().enumerate() {
        let before = at.checked_sub(1).map_or(own[at], |before| own[before]);
        let after = own.get(at + 1).copied().unwrap_or(own[at]);
        bead.confidence = 0.6 * own[at] + 0.2 * before + 0.2 * after;
    }
}

fn quality(evidence: &Evidence, beads: &[Bead]) -> f32 {
    let (mut sure, mut total) = (0.0, 0.0);
    for bead in beads {
        let length = evidence.target_length(&bead.target) + evidence.source_length(&bead.source) * evidence.ratio;
        total += length;
        if !bead.is_gap() {
            sure += length * bead.confidence;
        }
    }
    if total > 0.0 { sure / total } else { 0.0 }
}
