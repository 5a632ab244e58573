//! Which segments of the source a segment of the target translates: beads in order, each with a confidence.
//!
//! Both texts become units (words, numbers by value, names, concepts, marks); links say which units of the two mean the
//! same; anchors give a corridor; dynamic programming finds the cheapest beads in it; then words are learnt from these
//! beads and the texts are aligned again. Nothing but the two texts and the corpus is needed.

mod anchors;
mod band;
mod coarse;
mod cost;
mod explainer;
mod groups;
mod learn;
mod links;
mod meaning;
mod moved;
mod paired;
mod path;
mod table;
mod units;
mod words;

use crate::article::Analysis;
use crate::corpus::Corpus;
use crate::deadline::Deadline;
use crate::error::Error;
use anchors::corridor;
use band::Band;
use cost::{Costs, Lengths, Types};
use learn::learn;
use links::{Link, links};
use moved::{Placed, with_moved};
pub use paired::paired_within;
use path::{Step, Ways};
use std::ops::Range;
use table::Table;
use units::Side;
use words::Known;
pub use words::Words;

/// A group of source segments and the target segments that translate them; one side is empty in a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    pub source: Range<usize>,
    pub target: Range<usize>,
    /// 0 to 1: how sure it is that the two sides translate each other, or that a gap is one.
    pub confidence: f32,
    /// It stands elsewhere in the source than the beads around it.
    pub moved: bool,
}

impl Bead {
    pub fn is_gap(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// The beads of two texts, every segment in exactly one, in the order of the target: that of the source but for moved beads.
#[derive(Debug, Default)]
pub struct Alignment {
    pub beads: Vec<Bead>,
    /// 0 to 1: the share of the text that stands in beads with both sides, weighted by their confidence, times how likely
    /// the two texts translate each other at all.
    pub quality: f32,
    /// 0 to 1: how likely the two texts translate each other at all.
    pub related: f32,
    /// The words that translate each other here.
    pub words: Words,
}

/// Below this confidence a bead carries no bilingual finding.
pub const TRUSTED: f32 = 0.5;
/// Below this likelihood two texts are taken for unrelated, and nothing bilingual is said.
pub const RELATED: f32 = 0.25;

impl Alignment {
    /// The bead that holds a target segment.
    pub fn of_target(&self, segment: usize) -> Option<&Bead> {
        let after = self.beads.partition_point(|bead| bead.target.start <= segment);
        self.beads[..after].iter().rev().find(|bead| bead.target.contains(&segment))
    }
}

/// Temperature of the costs when the chance of a bead among all ways through the texts is taken: the words of a bead speak
/// for it less independently than the costs assume.
const TEMPERATURE: f32 = 1.5;
/// How often words are learnt from the beads and the texts aligned anew. A third time changes nothing.
const PASSES: usize = 2;
/// Beads from this confidence on are learnt from.
const LEARNT_FROM: f32 = 0.5;
/// Texts whose segments are all that sure to answer each other are not aligned anew: of 2,362 such pairs of news, whole and
/// spoilt, one is aligned otherwise the next time.
const PLAIN: f32 = 0.7;
/// Only texts that translate each other at least so likely: strangers of the same length answer each other by their lengths alone.
const PLAINLY_RELATED: f32 = 0.9;
/// What aligning them anew would leave of the doubt about a bead, over 41,000 beads of these: the same for small doubts and great
/// ones.
const DOUBT_LEFT: f32 = 0.16;
/// The next pass looks where some way costs at most so many nats more than the cheapest.
const SLACK: f32 = 12.0;

/// Aligns two analysed texts: first by what they share, then by the words learnt from that alignment.
pub fn align(source: &Analysis, target: &Analysis, corpus: &Corpus) -> Alignment {
    // Nothing but a deadline ends it early.
    align_within(source, target, corpus, &Deadline::never()).unwrap_or_default()
}

/// The same, given up when its time is over.
pub fn align_within(source: &Analysis, target: &Analysis, corpus: &Corpus, deadline: &Deadline) -> Result<Alignment, Error> {
    align_part((source, 0..source.segments.len()), (target, 0..target.segments.len()), corpus, deadline)
}

/// Aligns a run of segments of each of two texts, counted from the first of the run.
fn align_part(
    source: (&Analysis, Range<usize>),
    target: (&Analysis, Range<usize>),
    corpus: &Corpus,
    deadline: &Deadline,
) -> Result<Alignment, Error> {
    let listed = corpus.lexicons().between(source.0.language(), target.0.language());
    let (source, target) = (Side::new(source.0, source.1, corpus), Side::new(target.0, target.1, corpus));
    if source.len() == 0 || target.len() == 0 {
        return Ok(Alignment { beads: gaps(&source, &target), ..Alignment::default() });
    }
    let sides = (&source, &target);
    let links = links(&source, &target, listed.as_deref());
    let corridor = Band::new(corridor(&source, &target, &links), target.len());
    let links = tables(&links, sides);
    let priors = (&links.0, &links.1);
    let lengths = Lengths::of_texts(&source, &target);
    let usual = Types::new(&source, &target);
    let near = coarse::near(corridor, sides, priors.0, &lengths, &usual, deadline)?;
    let costs = Costs::new(sides, &near, priors, &lengths, &usual, deadline)?;
    let (mut path, mut sure, mut near) = likeliest(&costs)?;
    let related = related(&costs, &path, &sure);
    let mut beads = learnt_from(&path, &sure);
    let (mut moved, mut learnt) = (None, None);
    let mut passes = PASSES;
    if related >= PLAINLY_RELATED && is_plain(&path, &sure) {
        passes = 0;
        for chance in &mut sure {
            *chance = 1.0 - DOUBT_LEFT * (1.0 - *chance);
        }
    }
    for pass in 1..=passes {
        deadline.look()?;
        let (forth, back) = learn(sides, &beads, priors);
        let types = usual.learnt(path.iter().map(|(source, target)| (source.len(), target.len())));
        let costs = Costs::new(sides, &near, (&forth, &back), &lengths, &types, deadline)?;
        let before = (path, beads);
        let after;
        (path, sure, after) = likeliest(&costs)?;
        beads = learnt_from(&path, &sure);
        // From the same beads the same would be learnt again.
        let last = pass == PASSES || before == (path.clone(), beads.clone());
        if last && related >= RELATED {
            moved = with_moved(&costs, &path)?;
        }
        if last {
            learnt = Some(Known::Learnt(forth, back));
            break;
        }
        near = after;
    }
    let unmoved = || path.into_iter().zip(sure).map(|(step, chance)| Placed { step, chance, moved: false }).collect();
    let placed: Vec<Placed> = moved.unwrap_or_else(unmoved);
    let placed: Vec<Bead> = placed.into_iter().map(bead).collect();
    let quality = related * covered(sides, &lengths, &placed);
    let words = Words::new((source, target), learnt.unwrap_or(Known::Links(links, beads)));
    Ok(Alignment { beads: placed, quality, related, words })
}

/// The cheapest path, the chance of each of its beads, and the band in which the next pass looks.
fn likeliest(costs: &Costs) -> Result<(Vec<Step>, Vec<f32>, Band), Error> {
    let (ways, path) = Ways::new(costs)?;
    let sure = ways.posteriors(&path, TEMPERATURE);
    let near = ways.near_cheapest(SLACK);
    Ok((path, sure, near))
}

/// Whether all segments answer each other with little doubt, and none can have moved: what is learnt from such a path finds it
/// again.
fn is_plain(path: &[Step], sure: &[f32]) -> bool {
    path.iter().all(|(source, target)| source.len().min(target.len()) == 1) && sure.iter().all(|chance| *chance >= PLAIN)
}

/// The beads of a path that are sure enough to learn from.
fn learnt_from(path: &[Step], sure: &[f32]) -> Vec<Step> {
    let both = path.iter().zip(sure).filter(|(step, sure)| **sure >= LEARNT_FROM && !is_gap(step));
    both.map(|(step, _)| step.clone()).collect()
}

fn bead(placed: Placed) -> Bead {
    let Placed { step: (source, target), chance, moved } = placed;
    Bead { source, target, confidence: calibrated(chance), moved }
}

/// Slope and shift of the log-odds (Platt 1999) by which the chance of a bead becomes how often such a bead is right, and
/// the most that is ever claimed. Read off `scripts/reliability.py` over news and literature, each counted the same: beads
/// of literature are right less often than they seem to be, those of news about as often.
const PLATT: (f32, f32) = (0.65, 0.2);
const SUREST: f32 = 0.985;

fn calibrated(chance: f32) -> f32 {
    let chance = chance.clamp(1e-6, 1.0 - 1e-6);
    let odds = PLATT.0 * (chance / (1.0 - chance)).ln() + PLATT.1;
    (1.0 / (1.0 + (-odds).exp())).min(SUREST)
}

fn is_gap((source, target): &Step) -> bool {
    source.is_empty() || target.is_empty()
}

fn unmatched(source: Range<usize>, target: Range<usize>) -> Bead {
    Bead { source, target, confidence: 1.0, moved: false }
}

/// All segments as gaps.
fn gaps(source: &Side, target: &Side) -> Vec<Bead> {
    let left = (0..source.len()).map(|row| unmatched(row..row + 1, 0..0));
    let right = (0..target.len()).map(|column| unmatched(source.len()..source.len(), column..column + 1));
    left.chain(right).collect()
}

/// The tables of the links in both directions.
fn tables(links: &[Link], (source, target): (&Side, &Side)) -> (Table, Table) {
    let turned = || links.iter().map(|&(unit, other, likely)| (other, unit, likely));
    (Table::of_links(source.entries.len(), || links.iter().copied()), Table::of_links(target.entries.len(), turned))
}

/// Weights of the logistic regression below: a constant, the log-odds of the mean confidence, the logarithm of what a unit
/// of text says for its bead on average, and the logarithm of the number of beads, for little evidence is easily found in a
/// short text. Fitted to 852 pairs of articles of twelve pairs of languages, whole and cut to three and five paragraphs,
/// and as many of an article with the translation of another (`scripts/measure_unrelated.py` measures them).
const RELATED_WEIGHTS: [f32; 4] = [2.2, 2.4, 3.9, 3.6];

/// How likely two texts translate each other, from their first alignment: nothing has been learnt from it yet, so that
/// strangers have not been made to fit.
fn related(costs: &Costs, path: &[Step], sure: &[f32]) -> f32 {
    let beads = path.len().max(1) as f32;
    let mean = (sure.iter().sum::<f32>() / beads).clamp(0.001, 0.999);
    let said = path.iter().filter(|step| !is_gap(step)).map(|(source, target)| costs.explained(source, target)).sum::<f32>();
    let units = ((costs.source.size() + costs.target.size()) as f32 / 2.0).max(1.0);
    let [constant, of_mean, of_words, of_size] = RELATED_WEIGHTS;
    let odds = constant + of_mean * (mean / (1.0 - mean)).ln() + of_words * (said / units).max(0.003).ln() + of_size * beads.ln();
    1.0 / (1.0 + (-odds).exp())
}

/// The share of both texts that stands in beads with two sides, weighted by confidence.
fn covered((source, target): (&Side, &Side), lengths: &Lengths, beads: &[Bead]) -> f32 {
    let length = |bead: &Bead| {
        target.length(bead.target.start, bead.target.end) + source.length(bead.source.start, bead.source.end) * lengths.ratio
    };
    let total: f32 = beads.iter().map(length).sum();
    let sure: f32 = beads.iter().filter(|bead| !bead.is_gap()).map(|bead| length(bead) * bead.confidence).sum();
    if total > 0.0 { sure / total } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_the_chance_and_never_says_all() {
        let chances: Vec<f32> = (0..=20).map(|twentieth| calibrated(twentieth as f32 / 20.0)).collect();
        assert!(chances.is_sorted() && chances[0] > 0.0 && chances[20] == SUREST);
        assert!((calibrated(0.93) - 0.87).abs() < 0.01, "{}", calibrated(0.93));
    }
}
