//! Learns from the beads of two texts how the units of one are translated in the other (IBM Model 1, Brown et al. 1993, with
//! the links as a prior and a discount against hapaxes).

use super::groups::Groups;
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
/// Likelihood from which a translation is kept.
const LEAST: f32 = 0.001;
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
    let forth = Pairs::new(&sides.0, &sides.1, &forth, links.0, beads.len()).likely(&sides.1, target);
    (forth, Pairs::new(&sides.1, &sides.0, &back, links.1, beads.len()).likely(&sides.0, source))
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
        for segment in side.places(unit) {
            let Some(bead) = numbers[*segment as usize] else { continue };
            if last.replace(bead) == Some(bead) {
                values.last_mut().into_iter().for_each(|(_, times)| *times += 1.0);
            } else {
                values.push((bead, 1.0));
            }
        }
        starts.push(values.len() as u32);
    }
    Groups { starts, values }
}

/// Units of the two sides that stand in beads together more often than by chance, with how much more, in the order of the first.
fn associated(given: &Stands, other: &Stands, beads: usize) -> Vec<(Unit, Unit, f32)> {
    let ratio = Ratio::new(beads);
    let spread = |side: &Stands, unit: Unit| side.range(unit).len();
    // The other units of each bead, those first that stand in few.
    let by_spread = Groups::new(beads + 1, || (0..other.len()).map(|unit| (spread(other, unit) as u32, unit)));
    let in_beads = |(spread, unit): (u32, Unit)| other.of(unit).iter().map(move |(bead, _)| (*bead, (spread, unit)));
    let told = || by_spread.all().filter(|(spread, _)| ratio.may_tell(*spread as usize)).flat_map(in_beads);
    let met = Groups::new(beads, told);
    let mut together = vec![0u32; other.len() as usize];
    let (mut some, mut found) = (Vec::new(), Vec::with_capacity(met.values.len()));
    for unit in (0..given.len()).filter(|unit| ratio.may_tell(spread(given, *unit))) {
        let places = given.of(unit);
        let fitting = &ratio.fitting[places.len()];
        for (bead, _) in places {
            let all = met.of(*bead);
            let all = &all[all.partition_point(|(spread, _)| *spread < fitting.start)..];
            for (_, other) in all.iter().take_while(|(spread, _)| *spread < fitting.end) {
                let count = &mut together[*other as usize];
                if *count == 0 {
                    some.push(*other);
                }
                *count += 1;
            }
        }
        for met in some.drain(..) {
            let both = std::mem::take(&mut together[met as usize]) as usize;
            if both > 1 {
                let score = ratio.of(both, places.len(), spread(other, met));
                if score > ASSOCIATED {
                    found.push((unit, met, score as f32));
                }
            }
        }
    }
    found
}

/// Dunning's log-likelihood ratio of two units by the beads in which they stand.
struct Ratio {
    /// Each number up to that of all beads, times its logarithm.
    logs: Vec<f64>,
    /// For each number of beads in which a unit may stand, in how many another may that goes with it more often than by chance.
    fitting: Vec<Range<u32>>,
}

impl Ratio {
    fn new(beads: usize) -> Ratio {
        let logs = (0..=beads).map(|count| count as f64 * (count.max(1) as f64).ln()).collect();
        let mut ratio = Ratio { logs, fitting: Vec::new() };
        // The nearer two numbers are, the higher is the ratio of units that meet wherever they can: both ends only rise.
        let fits = |here: usize, there: usize| ratio.of(here.min(there), here, there) > ASSOCIATED;
        let (mut least, mut end) = (0, 0);
        let fitting = (0..=beads).map(|here| {
            if !ratio.may_tell(here) {
                return 0..0;
            }
            while least <= here && !(ratio.may_tell(least) && fits(here, least)) {
                least += 1;
            }
            end = end.max(here);
            while ratio.may_tell(end) && fits(here, end) {
                end += 1;
            }
            least as u32..end as u32
        });
        ratio.fitting = fitting.collect();
        ratio
    }

    /// What stands once has met everything once, and what stands everywhere meets nothing more often than by chance.
    fn may_tell(&self, places: usize) -> bool {
        places > 1 && places < self.logs.len() - 1
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

/// A unit of the given text, and one of the other that may translate it.
struct Pair {
    unit: Unit,
    to: Unit,
    likely: f32,
    /// What the links say.
    prior: f32,
    /// How often the unit stands in the beads.
    total: f32,
    /// Where the two meet, among all meetings.
    meetings: Range<u32>,
}

impl Pair {
    /// The unit was so often translated by the other.
    fn seen(&mut self, count: f32) {
        self.likely = ((count - DISCOUNT).max(0.0) + PRIOR * self.prior) / (self.total + PRIOR);
    }
}

/// The pairs that are looked at while learning, in the order of both units.
struct Pairs {
    units: Unit,
    all: Vec<Pair>,
    /// Where two units of a pair stand in one bead: the place of the other among those of all, and how often the unit stands
    /// there. All rounds look at these places alone.
    meetings: Vec<(u32, f32)>,
}

impl Pairs {
    /// The links of every unit and the units that it was met with more often than by chance.
    fn new(given: &Stands, other: &Stands, met: &Groups<(Unit, f32)>, links: &Table, beads: usize) -> Pairs {
        let size = links.size() + met.values.len();
        let mut pairs = Pairs { units: given.len(), all: Vec::with_capacity(size), meetings: Vec::with_capacity(2 * size) };
        let mut best = Vec::new();
        // How often the unit stands in each bead.
        let mut times = vec![0.0; beads];
        for unit in 0..given.len() {
            let (links, mut own) = (links.row(unit), met.of(unit));
            if links.is_empty() && own.is_empty() {
                continue;
            }
            if own.len() > CANDIDATES {
                best.clear();
                best.extend(own);
                best.sort_unstable_by(|a: &(Unit, f32), b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                best.truncate(CANDIDATES);
                best.sort_unstable_by_key(|(other, _)| *other);
                own = &best;
            }
            let share = 1.0 / own.len().max(1) as f32;
            let total = given.of(unit).iter().map(|(_, count)| count).sum();
            for (bead, count) in given.of(unit) {
                times[*bead as usize] = *count;
            }
            let mut pair = |to, likely, prior| pairs.add(other, &times, Pair { unit, to, likely, prior, total, meetings: 0..0 });
            for (to, linked) in links {
                while let [(met, _), rest @ ..] = own
                    && met < to
                {
                    pair(*met, share, 0.0);
                    own = rest;
                }
                let is_met = own.first().is_some_and(|(met, _)| met == to);
                own = &own[usize::from(is_met)..];
                pair(*to, if is_met { linked.max(share) } else { *linked }, *linked);
            }
            for (met, _) in own {
                pair(*met, share, 0.0);
            }
            for (bead, _) in given.of(unit) {
                times[*bead as usize] = 0.0;
            }
        }
        pairs
    }

    /// Adds a pair whose unit stands so often in each bead.
    fn add(&mut self, other: &Stands, times: &[f32], mut pair: Pair) {
        let first = self.meetings.len() as u32;
        for (place, (bead, _)) in (other.starts[pair.to as usize]..).zip(other.of(pair.to)) {
            let times = times[*bead as usize];
            if times > 0.0 {
                self.meetings.push((place, times));
            }
        }
        pair.meetings = first..self.meetings.len() as u32;
        self.all.push(pair);
    }

    /// How likely the beads make each pair.
    fn likely(mut self, other: &Stands, side: &Side) -> Table {
        // How often each unit of the other side stands in each of its beads, and how likely it is in any text.
        let counts: Vec<f32> = other.values.iter().map(|(_, count)| *count).collect();
        let mut chances = Vec::with_capacity(counts.len());
        for unit in 0..other.len() {
            chances.resize(other.range(unit).end, side.chance(unit));
        }
        let mut shares = Vec::with_capacity(chances.len());
        let meetings = |pair: &Pair| &self.meetings[pair.meetings.start as usize..pair.meetings.end as usize];
        // What never meets is never seen, and what is unlikely for once remains so.
        self.all.iter_mut().filter(|pair| pair.meetings.is_empty()).for_each(|pair| pair.seen(0.0));
        let mut open: Vec<&mut Pair> = self.all.iter_mut().filter(|pair| !pair.meetings.is_empty()).collect();
        for _ in 0..ROUNDS {
            // How likely each unit is in its bead, and so what share of it goes to one of the same likelihood.
            shares.clone_from(&chances);
            for pair in &open {
                for (place, times) in meetings(pair) {
                    shares[*place as usize] += times * pair.likely;
                }
            }
            shares.iter_mut().zip(&counts).for_each(|(share, count)| *share = count / *share);
            open.retain_mut(|pair| {
                let count: f32 = meetings(pair).iter().map(|(place, times)| times * shares[*place as usize]).sum();
                pair.seen(pair.likely * count);
                pair.likely > 0.0
            });
        }
        self.table()
    }

    /// The table of the likely pairs.
    fn table(&self) -> Table {
        let mut table = Table::with_capacity(self.units as usize, self.all.len());
        let mut rest = self.all.as_slice();
        for unit in 0..self.units {
            let own;
            (own, rest) = rest.split_at(rest.iter().take_while(|pair| pair.unit == unit).count());
            table.push(own.iter().filter(|pair| pair.likely > LEAST).map(|pair| (pair.to, pair.likely)));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_avoid_each_other_or_meet_by_chance_are_not_associated() {
        let ratio = Ratio::new(16);
        assert!(ratio.of(4, 4, 4) > 17.0 && ratio.of(2, 2, 2) > ASSOCIATED);
        assert!(ratio.of(4, 8, 8) < 1e-9 && ratio.of(1, 8, 8) == 0.0);
        for here in 0..=16 {
            let fits = |there: &usize| {
                ratio.may_tell(here) && ratio.may_tell(*there) && ratio.of(here.min(*there), here, *there) > ASSOCIATED
            };
            let fitting: Vec<usize> = (0..=16).filter(fits).collect();
            assert_eq!(fitting, ratio.fitting[here].clone().map(|there| there as usize).collect::<Vec<_>>());
        }
    }
}
