//! How the units of one text are translated in the other: from links at first, then learnt from the beads of the
//! article itself (IBM Model 1, Brown et al. 1993, with the links as a prior and a discount against hapaxes).

use super::links::Link;
use super::units::{Side, Unit};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// For each unit of the given text the units of the other that translate it, with their probabilities.
pub struct Table {
    starts: Vec<u32>,
    rows: Vec<(Unit, f32)>,
}

impl Table {
    /// A table of links alone. `given` is the size of the vocabulary of the first side of the links.
    pub fn of_links(links: &[Link], given: usize) -> Table {
        let mut rows: Vec<Vec<(Unit, f32)>> = vec![Vec::new(); given];
        for &(unit, other, likely) in links {
            rows[unit as usize].push((other, likely));
        }
        for row in &mut rows {
            merge(row);
            let total = row.iter().map(|(_, likely)| likely).sum::<f32>().max(1.0);
            for (_, likely) in row {
                *likely /= total;
            }
        }
        Table::of_rows(&rows)
    }

    fn of_rows(rows: &[Vec<(Unit, f32)>]) -> Table {
        let mut starts = vec![0];
        for row in rows {
            starts.push(starts.last().copied().unwrap_or(0) + row.len() as u32);
        }
        Table { starts, rows: rows.concat() }
    }

    /// How likely a unit is translated by something the table does not have.
    pub fn unknown(&self, unit: Unit) -> f32 {
        (1.0 - self.row(unit).iter().map(|(_, likely)| likely).sum::<f32>()).max(0.0)
    }

    pub fn row(&self, unit: Unit) -> &[(Unit, f32)] {
        &self.rows[self.starts[unit as usize] as usize..self.starts[unit as usize + 1] as usize]
    }
}

/// Sorts a row; the likelier of two links to the same unit stays.
fn merge(row: &mut Vec<(Unit, f32)>) {
    row.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    row.dedup_by_key(|(unit, _)| *unit);
}

/// Beads taken for granted while learning: the segments of the given side, those of the other.
pub type Sure = [(Range<usize>, Range<usize>)];

/// Translations of a unit that are kept while learning.
const CANDIDATES: usize = 16;
/// Rounds of expectation maximisation.
const ROUNDS: usize = 4;
/// Taken off every count: what was seen together once explains only itself.
const DISCOUNT: f32 = 0.8;
/// What the prior of the links weighs beside the counts.
const PRIOR: f32 = 1.5;
/// Log-likelihood ratio (Dunning 1993) below which two units are together by chance.
const ASSOCIATED: f32 = 6.0;

/// Learns how units are translated from beads; `prior` is the table of links in the same direction.
pub fn learn(given: &Side, other: &Side, beads: &Sure, prior: &Table) -> Table {
    let mut rows = candidates(given, other, beads, prior);
    let mut totals = vec![0.0f32; given.entries.len()];
    for (from, _) in beads {
        for unit in given.units(from.start, from.end) {
            totals[*unit as usize] += 1.0;
        }
    }
    for _ in 0..ROUNDS {
        let counts = expect(given, other, beads, &Table::of_rows(&rows));
        for (unit, row) in rows.iter_mut().enumerate() {
            let linked = prior.row(unit as Unit);
            for (at, (to, likely)) in row.iter_mut().enumerate() {
                let prior = linked.iter().find(|(linked, _)| linked == to).map_or(0.0, |(_, likely)| *likely);
                let count = (counts[unit][at] - DISCOUNT).max(0.0);
                *likely = (count + PRIOR * prior) / (totals[unit] + PRIOR);
            }
        }
    }
    for row in &mut rows {
        row.retain(|(_, likely)| *likely > 0.001);
    }
    Table::of_rows(&rows)
}

/// The links of every unit, and the units that stand in the beads of a unit more often than by chance.
fn candidates(given: &Side, other: &Side, beads: &Sure, prior: &Table) -> Vec<Vec<(Unit, f32)>> {
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); given.entries.len()];
    let mut spread = vec![0u32; other.entries.len()];
    let mut last = vec![u32::MAX; other.entries.len()];
    for (bead, (from, to)) in beads.iter().enumerate() {
        for unit in given.units(from.start, from.end) {
            let places = &mut places[*unit as usize];
            if places.last() != Some(&(bead as u32)) {
                places.push(bead as u32);
            }
        }
        for unit in other.units(to.start, to.end) {
            if std::mem::replace(&mut last[*unit as usize], bead as u32) != bead as u32 {
                spread[*unit as usize] += 1;
            }
        }
    }
    let mut together = vec![0u32; other.entries.len()];
    last.fill(u32::MAX);
    let mut rows = Vec::with_capacity(places.len());
    for (unit, places) in places.iter().enumerate() {
        let mut row: Vec<(Unit, f32)> = prior.row(unit as Unit).to_vec();
        if places.len() > 1 {
            let mut met = Vec::new();
            for bead in places {
                let to = &beads[*bead as usize].1;
                for unit in other.units(to.start, to.end) {
                    if std::mem::replace(&mut last[*unit as usize], *bead) != *bead {
                        if together[*unit as usize] == 0 {
                            met.push(*unit);
                        }
                        together[*unit as usize] += 1;
                    }
                }
            }
            let mut found: Vec<(Unit, f32)> = Vec::new();
            for unit in met {
                let (both, there) = (std::mem::take(&mut together[unit as usize]), spread[unit as usize]);
                last[unit as usize] = u32::MAX;
                let score = association(both, places.len() as u32, there, beads.len() as u32);
                if both > 1 && score > ASSOCIATED {
                    found.push((unit, score));
                }
            }
            found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(CANDIDATES);
            let share = 1.0 / found.len().max(1) as f32;
            row.extend(found.iter().map(|(unit, _)| (*unit, share)));
        }
        merge(&mut row);
        rows.push(row);
    }
    rows
}

/// Dunning's log-likelihood ratio of two units that meet in `both` of all beads; 0 when they avoid each other.
fn association(both: u32, here: u32, there: u32, all: u32) -> f32 {
    let (both, here, there, all) = (both as f32, here as f32, there as f32, all as f32);
    if both * all <= here * there {
        return 0.0;
    }
    let part = |count: f32, expected: f32| if count > 0.0 { count * (count / expected).ln() } else { 0.0 };
    let (only_here, only_there) = (here - both, there - both);
    let neither = (all - here - there + both).max(0.0);
    2.0 * (part(both, here * there / all)
        + part(only_here, here * (all - there) / all)
        + part(only_there, there * (all - here) / all)
        + part(neither, (all - here) * (all - there) / all))
}

/// How often each unit is translated by each of its candidates in the beads, by the table as it is.
fn expect(given: &Side, other: &Side, beads: &Sure, table: &Table) -> Vec<Vec<f32>> {
    let mut counts: Vec<Vec<f32>> = (0..given.entries.len()).map(|unit| vec![0.0; table.row(unit as Unit).len()]).collect();
    let background = Background::new(other);
    let mut needed: FxHashMap<Unit, (f32, f32)> = FxHashMap::default();
    for (from, to) in beads {
        needed.clear();
        for unit in other.units(to.start, to.end) {
            let chance = background.chance(*unit);
            needed.entry(*unit).or_insert((0.0, chance)).0 += 1.0;
        }
        let units = given.units(from.start, from.end);
        for unit in units {
            for (to, likely) in table.row(*unit) {
                if let Some((_, total)) = needed.get_mut(to) {
                    *total += likely;
                }
            }
        }
        for unit in units {
            for (at, (to, likely)) in table.row(*unit).iter().enumerate() {
                if let Some((count, total)) = needed.get(to) {
                    counts[*unit as usize][at] += count * likely / total;
                }
            }
        }
    }
    counts
}

/// How likely a unit is in a text whatever the other says.
pub struct Background {
    chances: Vec<f32>,
}

/// Units of running text that are thought to surround a short one, so that its rare words count as rare.
const SURROUNDING: f32 = 500.0;

impl Background {
    pub fn new(side: &Side) -> Background {
        let total = side.size() as f32 + SURROUNDING;
        Background { chances: side.entries.iter().map(|entry| entry.count as f32 / total).collect() }
    }

    pub fn chance(&self, unit: Unit) -> f32 {
        self.chances[unit as usize]
    }
}
