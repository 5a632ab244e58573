//! Learns from the beads of two texts how the units of one are translated in the other (IBM Model 1, Brown et al. 1993, with
//! the links as a prior and a discount against hapaxes).

use super::table::Table;
use super::units::{Side, Unit};
use std::ops::Range;

/// Beads taken for granted while learning: the segments of the source, those of the target.
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
const ASSOCIATED: f64 = 6.0;

/// Learns from beads how the units of each side are translated in the other; `links` are the tables of links alone.
pub fn learn((source, target): (&Side, &Side), beads: &Sure, links: (&Table, &Table)) -> (Table, Table) {
    let sides = (beads_of(source, beads.iter().map(|bead| &bead.0)), beads_of(target, beads.iter().map(|bead| &bead.1)));
    let met = associated(&sides.0, &sides.1, beads.len());
    let back = Groups::new(target.entries.len(), || met.iter().map(|&(unit, other, score)| (other, (unit, score))));
    // In the order of both units.
    let met = || back.all().map(|(unit, (other, score))| (other, (unit, score)));
    let forth = Groups::new(source.entries.len(), met);
    let forth = expected(&sides.0, (target, &sides.1), candidates(&forth, links.0), beads.len());
    (forth, expected(&sides.1, (source, &sides.0), candidates(&back, links.1), beads.len()))
}

/// Values by the group that each is in, in the order in which they came.
struct Groups<T> {
    /// Where each group begins, and the end.
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// So many groups of what is told twice: once to count, once to be put in its place.
    fn new<I: Iterator<Item = (u32, T)>>(groups: usize, told: impl Fn() -> I) -> Groups<T> {
        // The place of the next of each group stands one further, so that all are where they belong in the end.
        let mut starts = vec![0; groups + 2];
        told().for_each(|(group, _)| starts[group as usize + 2] += 1);
        for group in 2..starts.len() {
            starts[group] += starts[group - 1];
        }
        let mut values = vec![T::default(); starts[groups + 1] as usize];
        for (group, value) in told() {
            let next = &mut starts[group as usize + 1];
            values[*next as usize] = value;
            *next += 1;
        }
        starts.pop();
        Groups { starts, values }
    }

    fn range(&self, group: u32) -> Range<usize> {
        self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize
    }

    fn of(&self, group: u32) -> &[T] {
        &self.values[self.range(group)]
    }

    fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// All values with their groups, in the order of the groups.
    fn all(&self) -> impl Iterator<Item = (u32, T)> {
        (0..self.len()).flat_map(|group| self.of(group).iter().map(move |value| (group, *value)))
    }
}

/// For each unit the beads in which it stands, in order, and how often it does in each.
type Stands = Groups<(u32, f32)>;

/// The beads of the units of a text.
fn beads_of<'b>(side: &Side, beads: impl Iterator<Item = &'b Range<usize>>) -> Stands {
    let mut numbers = vec![None; side.len()];
    for (number, own) in beads.enumerate() {
        numbers[own.clone()].fill(Some(number as u32));
    }
    let (mut starts, mut values) = (Vec::with_capacity(side.entries.len() + 1), Vec::with_capacity(side.size()));
    starts.push(0);
    for unit in 0..side.entries.len() as Unit {
        let mut last = None;
        for (segment, count) in side.places(unit) {
            let Some(bead) = numbers[*segment as usize] else { continue };
            if last.replace(bead) == Some(bead) {
                values.last_mut().into_iter().for_each(|(_, times)| *times += count);
            } else {
                values.push((bead, *count));
            }
        }
        starts.push(values.len() as u32);
    }
    Groups { starts, values }
}

/// Units of the two sides that stand in beads together more often than by chance, with how much more, in the order of the first.
fn associated(given: &Stands, other: &Stands, beads: usize) -> Vec<(Unit, Unit, f32)> {
    // What stands once has met everything once, and what stands everywhere meets nothing more often than by chance.
    let telling = |places: usize| places > 1 && places < beads;
    let others = || (0..other.len()).filter(|unit| telling(other.range(*unit).len()));
    let met = Groups::new(beads, || others().flat_map(|unit| other.of(unit).iter().map(move |(bead, _)| (*bead, unit))));
    let ratio = Ratio::new(beads);
    let mut together = vec![0u32; other.len() as usize];
    let (mut some, mut found) = (Vec::new(), Vec::with_capacity(met.values.len()));
    for unit in (0..given.len()).filter(|unit| telling(given.range(*unit).len())) {
        let places = given.of(unit);
        for (bead, _) in places {
            for other in met.of(*bead) {
                let count = &mut together[*other as usize];
                *count += 1;
                if *count == 2 {
                    some.push(*other);
                }
            }
        }
        for other_unit in some.drain(..) {
            let score = ratio.of(together[other_unit as usize] as usize, places.len(), other.range(other_unit).len());
            if score > ASSOCIATED {
                found.push((unit, other_unit, score as f32));
            }
        }
        for (bead, _) in places {
            met.of(*bead).iter().for_each(|other| together[*other as usize] = 0);
        }
    }
    found
}

/// Dunning's log-likelihood ratio of two units by the beads in which they stand.
struct Ratio {
    /// Each number up to that of all beads, times its logarithm.
    logs: Vec<f64>,
}

impl Ratio {
    fn new(beads: usize) -> Ratio {
        Ratio { logs: (0..=beads).map(|count| count as f64 * (count.max(1) as f64).ln()).collect() }
    }

    /// The ratio of two units that meet in `both` of all beads; 0 when they avoid each other.
    fn of(&self, both: usize, here: usize, there: usize) -> f64 {
        let all = self.logs.len() - 1;
        if both * all <= here * there {
            return 0.0;
        }
        let log = |count: usize| self.logs[count];
        let cells = log(both) + log(here - both) + log(there - both) + log(all + both - here - there);
        2.0 * (cells + log(all) - log(here) - log(all - here) - log(there) - log(all - there))
    }
}

/// The links of every unit and the units that it was met with more often than by chance; what the links say of each of them.
fn candidates(met: &Groups<(Unit, f32)>, links: &Table) -> (Table, Vec<f32>) {
    let size = links.size() + met.values.len();
    let (mut table, mut priors) = (Table::with_capacity(links.units(), size), Vec::with_capacity(size));
    let (mut best, mut row) = (Vec::new(), Vec::new());
    for unit in 0..links.units() as Unit {
        let mut own = met.of(unit);
        if own.len() > CANDIDATES {
            best.clear();
            best.extend(own);
            best.sort_unstable_by(|a: &(Unit, f32), b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            best.truncate(CANDIDATES);
            best.sort_unstable_by_key(|(other, _)| *other);
            own = &best;
        }
        let share = 1.0 / own.len().max(1) as f32;
        row.clear();
        for (other, likely) in links.row(unit) {
            let before = own.iter().take_while(|(met, _)| met < other).count();
            row.extend(own[..before].iter().map(|(met, _)| (*met, share)));
            priors.extend(std::iter::repeat_n(0.0, before));
            own = &own[before..];
            let is_met = own.first().is_some_and(|(met, _)| met == other);
            own = &own[usize::from(is_met)..];
            row.push((*other, if is_met { likely.max(share) } else { *likely }));
            priors.push(*likely);
        }
        row.extend(own.iter().map(|(met, _)| (*met, share)));
        priors.extend(std::iter::repeat_n(0.0, own.len()));
        table.push(row.iter().copied());
    }
    (table, priors)
}

/// The table of candidates with the likelihoods that the beads give them, from what the links say of each.
fn expected(given: &Stands, (side, other): (&Side, &Stands), (table, priors): (Table, Vec<f32>), beads: usize) -> Table {
    let meetings = Meetings::new(given, other, &table, beads);
    // How often each unit of the other side stands in each of its beads, and how likely it is in any text.
    let counts: Vec<f32> = other.values.iter().map(|(_, count)| *count).collect();
    let chances: Vec<f32> = other.all().map(|(unit, _)| side.chance(unit)).collect();
    let mut likely: Vec<f32> = table.all().map(|(_, likely)| likely).collect();
    let mut shares = Vec::with_capacity(chances.len());
    for _ in 0..ROUNDS {
        // How likely each unit is in its bead, and so what share of it goes to one of the same likelihood.
        shares.clone_from(&chances);
        for (entry, likely) in likely.iter().enumerate().filter(|(_, likely)| **likely > 0.0) {
            meetings.of(entry).iter().for_each(|(place, times)| shares[*place as usize] += times * likely);
        }
        shares.iter_mut().zip(&counts).for_each(|(share, count)| *share = count / *share);
        for unit in 0..given.len() {
            let total: f32 = given.of(unit).iter().map(|(_, count)| count).sum();
            for entry in table.range(unit) {
                let seen = meetings.of(entry).iter().map(|(place, times)| times * shares[*place as usize]);
                let count = if likely[entry] > 0.0 { likely[entry] * seen.sum::<f32>() } else { 0.0 };
                likely[entry] = ((count - DISCOUNT).max(0.0) + PRIOR * priors[entry]) / (total + PRIOR);
            }
        }
    }
    table.with(&likely)
}

/// Where two units that a table pairs stand in one bead. All rounds of learning look at these places alone.
struct Meetings {
    /// Where those of each entry of the table begin, and the end.
    starts: Vec<u32>,
    /// For each: the place of the other unit among those of all, and how often the given one stands there.
    all: Vec<(u32, f32)>,
}

impl Meetings {
    fn new(given: &Stands, other: &Stands, table: &Table, beads: usize) -> Meetings {
        let (mut starts, mut all) = (Vec::with_capacity(table.size() + 1), Vec::with_capacity(2 * table.size()));
        starts.push(0);
        // How often the unit stands in each bead.
        let mut times = vec![0.0; beads];
        for unit in (0..given.len()).filter(|unit| !table.range(*unit).is_empty()) {
            given.of(unit).iter().for_each(|(bead, count)| times[*bead as usize] = *count);
            for (to, _) in table.row(unit) {
                let places = other.range(*to);
                let there =
                    places.clone().zip(&other.values[places]).map(|(place, (bead, _))| (place as u32, times[*bead as usize]));
                all.extend(there.filter(|(_, times)| *times > 0.0));
                starts.push(all.len() as u32);
            }
            given.of(unit).iter().for_each(|(bead, _)| times[*bead as usize] = 0.0);
        }
        Meetings { starts, all }
    }

    fn of(&self, entry: usize) -> &[(u32, f32)] {
        &self.all[self.starts[entry] as usize..self.starts[entry + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_grouped_in_the_order_in_which_they_come() {
        let told = [(2, 'a'), (0, 'b'), (2, 'c')];
        let groups = Groups::new(4, || told.into_iter());
        assert_eq!((groups.of(0), groups.of(1), groups.of(2), groups.of(3)), (&['b'][..], &[][..], &['a', 'c'][..], &[][..]));
        assert_eq!(groups.all().collect::<Vec<_>>(), [(0, 'b'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn units_that_avoid_each_other_or_meet_by_chance_are_not_associated() {
        let ratio = Ratio::new(16);
        assert!(ratio.of(4, 4, 4) > 17.0 && ratio.of(2, 2, 2) > ASSOCIATED);
        assert!(ratio.of(4, 8, 8) < 1e-9 && ratio.of(1, 8, 8) == 0.0);
    }
}
