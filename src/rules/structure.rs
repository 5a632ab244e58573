//! What stands in another place than in the source.

use super::completeness::{SHORTEST, weight};
use super::{Context, Example, Finding, Rule, shortened};
use crate::align::{Bead, TRUSTED};
use crate::article::Analysis;
use crate::mqm::{Category, Severity, Tier};
use std::ops::Range;

pub const RULES: &[Rule] = &[BLOCK_MOVED];

const BLOCK_MOVED: Rule = Rule {
    id: "structure/block-moved",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A passage stands elsewhere than in the source",
    why: "What it refers to may no longer stand before it. Put it back, or make sure that it was moved on purpose.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister arrived in Lisbon on 3 March.\n[[He met 45 farmers near Porto and promised them new subsidies.]]\nThe talks will end on 9 March.\nThe president of Brazil sent 12 experts to the port of Sines.\nThe hospital in Faro has 300 beds.",
        bad: "Le ministre est arrivé à Lisbonne le 3 mars.\nLes discussions prendront fin le 9 mars.\nLe président du Brésil a envoyé 12 experts au port de Sines.\nL'hôpital de Faro a 300 lits.\n[[Il a rencontré 45 agriculteurs près de Porto et leur a promis de nouvelles subventions.]]",
        good: "Le ministre est arrivé à Lisbonne le 3 mars.\nIl a rencontré 45 agriculteurs près de Porto et leur a promis de nouvelles subventions.\nLes discussions prendront fin le 9 mars.\nLe président du Brésil a envoyé 12 experts au port de Sines.\nL'hôpital de Faro a 300 lits.",
    }],
    check: block_moved,
};

fn block_moved(context: &Context) -> Vec<Finding> {
    let (Some(source), Some(alignment)) = (&context.source, &context.alignment) else { return Vec::new() };
    let mut findings = Vec::new();
    // Beads that stand together in both texts moved together.
    let together = |a: &Bead, b: &Bead| a.moved && b.moved && a.source.end == b.source.start && a.target.end == b.target.start;
    for block in alignment.beads.chunk_by(together).filter(|block| block[0].moved) {
        let sides =
            (block[0].source.start..block[block.len() - 1].source.end, block[0].target.start..block[block.len() - 1].target.end);
        let (from, to) = (source.span_of(sides.0.clone()), context.target.span_of(sides.1.clone()));
        if block.iter().any(|bead| bead.confidence < TRUSTED) || weight(&context.target, to) < SHORTEST {
            continue;
        }
        let (there, here) = (neighbour(source, &sides.0), neighbour(&context.target, &sides.1));
        let message = format!("this stands {here}; in the source it stands {there}");
        findings.push(Finding::new(to, message).from_source(from));
    }
    findings
}

/// Where a run of segments stands in its text.
fn neighbour(analysis: &Analysis, run: &Range<usize>) -> String {
    let words = |segment: usize| shortened(analysis.segments[segment].span.of(analysis.text()));
    match run.start.checked_sub(1) {
        Some(before) => format!("after {:?}", words(before)),
        None if run.end < analysis.segments.len() => format!("before {:?}", words(run.end)),
        None => "alone".to_owned(),
    }
}
