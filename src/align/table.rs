//! How the units of one text are translated in the other: from links at first, then learnt from the beads of the
//! article itself (IBM Model 1, Brown et al. 1993, with the links as a prior and a discount against hapaxes).

use super::links::Link;
use super::units::{Side, Unit};
use std::ops::Range;

/// For each unit of the given text the units of the other that translate it, with their probabilities.
pub struct Table {
    rows: Vec<(Unit, f32)>,
    /// Where the row of each unit begins, and the end of the last.
    starts: Vec<u32>,
    /// How likely each unit is translated by something the table does not have.
    unknown: Vec<f32>,
}

impl Table {
    /// A table of links alone. `given` is the size of the vocabulary of the first side of the links.
    pub fn of_links(mut links: Vec<Link>, given: usize) -> Table {
        // The likelier of two links of the same units stays.
        links.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        links.dedup_by_key(|(unit, other, _)| (*unit, *other));
        let mut table = Table::with_capacity(given, links.len());
        let mut rest = links.as_slice();
        for unit in 0..given as Unit {
            let row = next_of(unit, &mut rest);
            let total = row.iter().map(|(.., likely)| likely).sum::<f32>().max(1.0);
            table.push(row.iter().map(|(_, other, likely)| (*other, likely / total)));
        }
        table
    }

    fn with_capacity(units: usize, entries: usize) -> Table {
        let mut starts = Vec::with_capacity(units + 1);
        starts.push(0);
        Table { rows: Vec::with_capacity(entries), starts, unknown: Vec::with_capacity(units) }
    }

    /// Adds the row of the next unit.
    #[inline]
    fn push(&mut self, row: impl IntoIterator<Item = (Unit, f32)>) {
        let first = self.rows.len();
        self.rows.extend(row);
        let known: f32 = self.rows[first..].iter().map(|(_, likely)| likely).sum();
        self.unknown.push((1.0 - known).max(0.0));
        self.starts.push(self.rows.len() as u32);
    }

    fn without_the_unlikely(self) -> Table {
        let mut kept = Table::with_capacity(self.units(), self.rows.len());
        for unit in 0..self.units() {
            kept.push(self.row(unit as Unit).iter().copied().filter(|(_, likely)| *likely > 0.001));
        }
        kept
    }

    /// How likely a unit is translated by something the table does not have.
    pub fn unknown(&self, unit: Unit) -> f32 {
        self.unknown[unit as usize]
    }

    pub fn row(&self, unit: Unit) -> &[(Unit, f32)] {
        &self.rows[self.range(unit)]
    }

    /// The units of all rows.
    pub fn translations(&self) -> impl Iterator<Item = Unit> {
        self.rows.iter().map(|(unit, _)| *unit)
    }

    /// Where the row of a unit lies among all.
    fn range(&self, unit: Unit) -> Range<usize> {
        self.starts[unit as usize] as usize..self.starts[unit as usize + 1] as usize
    }

    /// How many units have a row.
    fn units(&self) -> usize {
        self.unknown.len()
    }
}

/// Takes the pairs of a unit from the beginning of the rest of a list, which is in the order of the units.
fn next_of<'l>(unit: Unit, rest: &mut &'l [Link]) -> &'l [Link] {
    let (own, after) = rest.split_at(rest.iter().take_while(|(given, ..)| *given == unit).count());
    *rest = after;
    own
}

/// Sorts a row; the likelier of two links to the same unit stays.
fn merge(row: &mut Vec<(Unit, f32)>) {
    row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
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

/// Learns from beads how the units of each side are translated in the other; `links` are the tables of links alone.
pub fn learn((source, target): (&Side, &Side), beads: &Sure, links: (&Table, &Table)) -> (Table, Table) {
    let turned: Vec<_> = beads.iter().map(|(source, target)| (target.clone(), source.clone())).collect();
    let numbers = (Numbers::new(source.len(), beads), Numbers::new(target.len(), &turned));
    let mut met = associated((source, &numbers.0), (target, &numbers.1), beads.len());
    let forth = candidates(&met, links.0);
    for (unit, other, _) in &mut met {
        std::mem::swap(unit, other);
    }
    met.sort_by_key(|(unit, ..)| *unit);
    let back = candidates(&met, links.1);
    let forth = expected((source, &numbers.0), target, beads, (forth, links.0));
    (forth, expected((target, &numbers.1), source, &turned, (back, links.1)))
}

/// The table of candidates with the likelihoods that the beads give them, from those of the links.
fn expected((given, numbers): (&Side, &Numbers), other: &Side, beads: &Sure, (mut table, links): (Table, &Table)) -> Table {
    let priors = priors(&table, links);
    // How often the unit of each entry stands in the beads.
    let mut totals: Vec<f32> = Vec::with_capacity(priors.len());
    for unit in 0..given.entries.len() as Unit {
        let row = table.range(unit);
        if !row.is_empty() {
            totals.resize(row.end, numbers.of(given, unit).map(|(_, count)| count).sum());
        }
    }
    let meetings = Meetings::new(given, other, beads, &table);
    let mut likely: Vec<f32> = table.rows.iter().map(|(_, likely)| *likely).collect();
    let mut counts = vec![0.0; likely.len()];
    for _ in 0..ROUNDS {
        meetings.expect(&likely, &mut counts);
        for (((likely, count), prior), total) in likely.iter_mut().zip(&counts).zip(&priors).zip(&totals) {
            *likely = ((count - DISCOUNT).max(0.0) + PRIOR * prior) / (total + PRIOR);
        }
    }
    for (entry, likely) in table.rows.iter_mut().zip(likely) {
        entry.1 = likely;
    }
    table.without_the_unlikely()
}

/// The number of the bead that each segment of a text is in.
struct Numbers(Vec<Option<u32>>);

impl Numbers {
    fn new(segments: usize, beads: &Sure) -> Numbers {
        let mut numbers = vec![None; segments];
        for (number, (own, _)) in beads.iter().enumerate() {
            numbers[own.clone()].fill(Some(number as u32));
        }
        Numbers(numbers)
    }

    /// The beads of a unit in order, one for each of its segments, and how often it stands in that.
    fn of(&self, side: &Side, unit: Unit) -> impl Iterator<Item = (u32, f32)> {
        side.places(unit).iter().filter_map(|(segment, count)| Some((self.0[*segment as usize]?, *count)))
    }

    /// The same, each bead once.
    fn once(&self, side: &Side, unit: Unit) -> impl Iterator<Item = u32> {
        let mut last = None;
        self.of(side, unit).map(|(bead, _)| bead).filter(move |bead| last.replace(*bead) != Some(*bead))
    }
}

/// What the links say of each entry of a table.
fn priors(table: &Table, links: &Table) -> Vec<f32> {
    let mut priors = Vec::with_capacity(table.rows.len());
    for unit in 0..table.units() as Unit {
        let linked = links.row(unit);
        let prior = |to: Unit| linked.iter().find(|(linked, _)| *linked == to).map_or(0.0, |(_, likely)| *likely);
        priors.extend(table.row(unit).iter().map(|(to, _)| prior(*to)));
    }
    priors
}

/// Units of the two sides that stand in beads together more often than by chance, with how much more, in the order of the first.
fn associated(given: (&Side, &Numbers), other: (&Side, &Numbers), beads: usize) -> Vec<Link> {
    // What stands once has met everything once, and what stands everywhere meets nothing more often than by chance.
    let telling = |places: usize| places > 1 && places < beads;
    let spread: Vec<u32> = (0..other.0.entries.len() as Unit).map(|unit| other.1.once(other.0, unit).count() as u32).collect();
    let mut told: Vec<Vec<Unit>> = vec![Vec::new(); beads];
    for unit in (0..spread.len()).filter(|unit| telling(spread[*unit] as usize)) {
        other.1.once(other.0, unit as Unit).for_each(|bead| told[bead as usize].push(unit as Unit));
    }
    let mut together = vec![0u32; spread.len()];
    let (mut places, mut met, mut found): (Vec<u32>, Vec<Unit>, Vec<Link>) = (Vec::new(), Vec::new(), Vec::new());
    for unit in 0..given.0.entries.len() as Unit {
        places.clear();
        places.extend(given.1.once(given.0, unit));
        if !telling(places.len()) {
            continue;
        }
        for bead in &places {
            for other in &told[*bead as usize] {
                let count = &mut together[*other as usize];
                if *count == 0 {
                    met.push(*other);
                }
                *count += 1;
            }
        }
        for other in met.drain(..) {
            let (both, there) = (std::mem::take(&mut together[other as usize]), spread[other as usize]);
            if both > 1 {
                let score = association(both, places.len() as u32, there, beads as u32);
                if score > ASSOCIATED {
                    found.push((unit, other, score));
                }
            }
        }
    }
    found
}

/// The links of every unit, and the units that it was met with more often than by chance.
fn candidates(met: &[Link], links: &Table) -> Table {
    let mut table = Table::with_capacity(links.units(), links.rows.len() + met.len());
    let mut rest = met;
    let mut found: Vec<(Unit, f32)> = Vec::new();
    let mut row: Vec<(Unit, f32)> = Vec::new();
    for unit in 0..links.units() as Unit {
        let own = next_of(unit, &mut rest);
        if own.is_empty() {
            table.push(links.row(unit).iter().copied());
        } else {
            row.clear();
            row.extend(links.row(unit));
            found.clear();
            found.extend(own.iter().map(|(_, other, score)| (*other, *score)));
            found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(CANDIDATES);
            let share = 1.0 / found.len() as f32;
            row.extend(found.iter().map(|(other, _)| (*other, share)));
            merge(&mut row);
            table.push(row.iter().copied());
        }
    }
    table
}

/// Dunning's log-likelihood ratio of two units that meet in `both` of all beads; 0 when they avoid each other, or are surely
/// together by chance.
fn association(both: u32, here: u32, there: u32, all: u32) -> f32 {
    let (both, here, there, all) = (both as f32, here as f32, there as f32, all as f32);
    let excess = both * all - here * there;
    // The ratio is at most twice Pearson's chi-square, which needs no logarithm; the rest is room for rounding.
    let square = all * excess * excess / (here * there * (all - here) * (all - there));
    if excess <= 0.0 || 2.0 * square < 0.99 * ASSOCIATED {
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

/// Where two units that a table pairs stand in one bead. All rounds of learning look at these places alone.
struct Meetings {
    /// For each: the entry of the table, and the place of the other unit in the lists below.
    all: Vec<(u32, u32)>,
    /// The units of the other side of all beads, each once a bead: how often each stands in it.
    counts: Vec<f32>,
    /// How likely it is in any text.
    chances: Vec<f32>,
}

impl Meetings {
    fn new(given: &Side, other: &Side, beads: &Sure, table: &Table) -> Meetings {
        let room = || Vec::with_capacity(other.size());
        let mut meetings = Meetings { all: Vec::with_capacity(2 * given.size()), counts: room(), chances: room() };
        // The place of each unit in the last bead that has it.
        let mut places: Vec<Option<u32>> = vec![None; other.entries.len()];
        for (from, to) in beads {
            let first = meetings.counts.len() as u32;
            for unit in other.units(to.start, to.end) {
                if let Some(place) = places[*unit as usize].filter(|place| *place >= first) {
                    meetings.counts[place as usize] += 1.0;
                } else {
                    places[*unit as usize] = Some(meetings.counts.len() as u32);
                    meetings.counts.push(1.0);
                    meetings.chances.push(other.chance(*unit));
                }
            }
            for unit in given.units(from.start, from.end) {
                let row = table.range(*unit);
                for (at, (to, _)) in row.clone().zip(&table.rows[row]) {
                    if let Some(place) = places[*to as usize].filter(|place| *place >= first) {
                        meetings.all.push((at as u32, place));
                    }
                }
            }
        }
        meetings
    }

    /// Counts how often each unit is translated by each of its candidates, which are as likely as is told.
    fn expect(&self, likely: &[f32], counts: &mut [f32]) {
        counts.fill(0.0);
        // How often each unit stands in its bead, and how likely it is there.
        let mut places: Vec<(f32, f32)> = self.counts.iter().copied().zip(self.chances.iter().copied()).collect();
        for (at, place) in &self.all {
            places[*place as usize].1 += likely[*at as usize];
        }
        for (at, place) in &self.all {
            let (count, total) = places[*place as usize];
            counts[*at as usize] += count * likely[*at as usize] / total;
        }
    }
}
