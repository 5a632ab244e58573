//! How well segments of one text explain segments of the other by their words (after Moore 2002).

use super::table::Table;
use super::units::{Side, Unit};
use crate::deadline::Deadline;
use crate::error::Error;
use std::ops::Range;

/// Chance of a unit that nothing explains, beside its chance in any text, when all is known of the other side.
const UNEXPLAINED: f32 = 0.3;
/// What the chance of one unit is at most, beside that in any text: it says five nats.
const MOST: f32 = 148.4;
/// Chances that are multiplied before the logarithm is taken: so many of the largest and of the smallest are a number yet.
const TOGETHER: usize = 16;

/// Tells `store` how well the runs of segments of `given` that end at a node, the shortest first, explain a segment of `other`
/// that ends at another. `band` has the nodes of `other` for each node of `given`; a run explains the segments between those
/// where it begins and those where it ends.
pub fn explain<const RUNS: usize>(
    given: &Side,
    other: &Side,
    (table, deadline): (&Table, &Deadline),
    band: &[Range<usize>],
    mut store: impl FnMut(usize, usize, [f32; RUNS]),
) -> Result<(), Error> {
    let mut explainer = Explainer::<RUNS>::new(table, other);
    for end in 1..=given.len() {
        deadline.look()?;
        let (first, last) = (end.saturating_sub(RUNS), (end - 1 + RUNS).min(given.len()));
        explainer.add(given.units(end - 1, end), &(band[first].start..band[last].end - 1));
        for segment in band[first].start..band[end].end - 1 {
            store(end, segment + 1, explainer.explains(segment));
        }
    }
    Ok(())
}

/// How well the runs of the last segments of one text, up to so many long, explain segments of the other.
pub struct Explainer<'a, const RUNS: usize> {
    table: &'a Table,
    other: &'a Side,
    /// The units of the other text that the table has, those of one segment after another, and where each segment begins.
    known: Vec<Unit>,
    starts: Vec<usize>,
    /// How many segments of the other text have come within reach, and behind which of them each unit stood last.
    reached: usize,
    last: Vec<u32>,
    /// How many segments were added. A run keeps its column below from its first segment to its last.
    added: usize,
    /// One by the chance of each unit of the other text in any text.
    rarity: Vec<f32>,
    /// How likely each unit of the other text translates one of the run, beside its chance in any text.
    chances: Vec<[f32; RUNS]>,
    /// The units to which each of the last segments gave a chance.
    touched: [Vec<Unit>; RUNS],
    /// How many units the run has, and how many of them the table does not know.
    units: [f32; RUNS],
    unknown: [f32; RUNS],
    /// The chance of a unit that the run does not explain, its logarithm, and what the chances above count for.
    floors: [f32; RUNS],
    low: [f32; RUNS],
    weights: [f32; RUNS],
}

impl<'a, const RUNS: usize> Explainer<'a, RUNS> {
    /// No run yet.
    pub fn new(table: &'a Table, other: &'a Side) -> Explainer<'a, RUNS> {
        let mut has = vec![false; other.entries.len()];
        table.all().for_each(|(unit, _)| has[unit as usize] = true);
        let mut known = Vec::with_capacity(other.size());
        let mut starts = Vec::with_capacity(other.len() + 1);
        starts.push(0);
        for segment in 0..other.len() {
            known.extend(other.units(segment, segment + 1).iter().filter(|unit| has[**unit as usize]));
            starts.push(known.len());
        }
        Explainer {
            table,
            other,
            known,
            starts,
            reached: 0,
            last: vec![0; other.entries.len()],
            added: 0,
            rarity: (0..other.entries.len() as Unit).map(|unit| 1.0 / other.chance(unit)).collect(),
            chances: vec![[0.0; RUNS]; other.entries.len()],
            touched: std::array::from_fn(|_| Vec::new()),
            units: [0.0; RUNS],
            unknown: [0.0; RUNS],
            floors: [1.0; RUNS],
            low: [0.0; RUNS],
            weights: [0.0; RUNS],
        }
    }

    /// Adds the units of the next segment to all runs; the longest of them is over, and a new one begins. `reach` are the
    /// segments of the other text that will be asked about while this one is in a run; its ends never move back.
    pub fn add(&mut self, units: &[Unit], reach: &Range<usize>) {
        let new = self.added % RUNS;
        self.added += 1;
        for touched in &self.touched {
            for unit in touched {
                self.chances[*unit as usize][new] = 0.0;
            }
        }
        self.touched[new].clear();
        (self.units[new], self.unknown[new]) = (0.0, 0.0);
        while self.reached < reach.end {
            let segment = &self.known[self.starts[self.reached]..self.starts[self.reached + 1]];
            self.reached += 1;
            for unit in segment {
                self.last[*unit as usize] = self.reached as u32;
            }
        }
        let mut unknown = 0.0;
        for unit in units {
            let (row, unlisted) = self.table.row_and_unknown(*unit);
            unknown += unlisted;
            for (to, likely) in row {
                // What stands nowhere within reach explains nothing.
                if self.last[*to as usize] as usize > reach.start {
                    let chance = likely * self.rarity[*to as usize];
                    self.chances[*to as usize].iter_mut().for_each(|run| *run += chance);
                    self.touched[new].push(*to);
                }
            }
        }
        for run in 0..RUNS {
            self.units[run] += units.len() as f32;
            self.unknown[run] += unknown;
            let length = self.units[run].max(1.0);
            self.floors[run] = UNEXPLAINED + (1.0 - UNEXPLAINED) * self.unknown[run] / length;
            self.low[run] = self.floors[run].ln();
            self.weights[run] = (1.0 - UNEXPLAINED) / length;
        }
    }

    /// How well each run, the shortest first, explains a segment, in nats.
    pub fn explains(&self, segment: usize) -> [f32; RUNS] {
        let Explainer { chances, floors, low, weights, .. } = self;
        let known = &self.known[self.starts[segment]..self.starts[segment + 1]];
        let others = self.other.units(segment, segment + 1).len() - known.len();
        let mut sums = low.map(|low| low * others as f32);
        for units in known.chunks(TOGETHER) {
            let mut product = [1.0; RUNS];
            for unit in units {
                let chances = &chances[*unit as usize];
                for run in 0..RUNS {
                    let chance = floors[run] + weights[run] * chances[run];
                    product[run] *= if chance < MOST { chance } else { MOST };
                }
            }
            sums.iter_mut().zip(product).for_each(|(sum, product)| *sum += product.ln());
        }
        std::array::from_fn(|shorter| sums[(self.added + RUNS - 1 - shorter) % RUNS])
    }
}

impl Explainer<'_, 1> {
    /// How well some units explain some segments together, in nats.
    pub fn sum(&mut self, units: &[Unit], segments: Range<usize>) -> f32 {
        self.add(units, &(0..self.other.len()));
        segments.map(|segment| self.explains(segment)[0]).sum()
    }
}
