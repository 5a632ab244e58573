//! How the units of one text are translated in the other: from links at first, then learnt from the beads of the
//! article itself (IBM Model 1, Brown et al. 1993, with the links as a prior and a discount against hapaxes).

use super::links::Link;
use super::units::{Side, Unit};
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
        let mut table = Table { starts: vec![0], rows: Vec::with_capacity(links.len()) };
        for row in &rows {
            table.push(row);
        }
        table
    }

    /// Adds the row of the next unit.
    fn push(&mut self, row: &[(Unit, f32)]) {
        self.rows.extend_from_slice(row);
        self.starts.push(self.rows.len() as u32);
    }

    fn without_the_unlikely(self) -> Table {
        let mut kept = Table { starts: vec![0], rows: Vec::with_capacity(self.rows.len()) };
        for unit in 0..self.starts.len() as Unit - 1 {
            kept.rows.extend(self.row(unit).iter().filter(|(_, likely)| *likely > 0.001));
            kept.starts.push(kept.rows.len() as u32);
        }
        kept
    }

    /// How likely a unit is translated by something the table does not have.
    pub fn unknown(&self, unit: Unit) -> f32 {
        (1.0 - self.row(unit).iter().map(|(_, likely)| likely).sum::<f32>()).max(0.0)
    }

    pub fn row(&self, unit: Unit) -> &[(Unit, f32)] {
        &self.rows[self.range(unit)]
    }

    /// Where the row of a unit lies among all.
    fn range(&self, unit: Unit) -> Range<usize> {
        self.starts[unit as usize] as usize..self.starts[unit as usize + 1] as usize
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
    let numbers = (Numbers::new(given.len(), beads, |bead| &bead.0), Numbers::new(other.len(), beads, |bead| &bead.1));
    let mut table = candidates((given, &numbers.0), (other, &numbers.1), beads, prior);
    let priors = priors(&table, prior);
    let units = 0..given.entries.len() as Unit;
    let totals: Vec<f32> = units.map(|unit| numbers.0.of(given, unit).map(|(_, count)| count).sum()).collect();
    let meetings = Meetings::new(given, other, beads, &table);
    let mut counts = vec![0.0; table.rows.len()];
    for _ in 0..ROUNDS {
        meetings.expect(&table, &mut counts);
        for (unit, total) in totals.iter().enumerate() {
            for at in table.range(unit as Unit) {
                let count = (counts[at] - DISCOUNT).max(0.0);
                table.rows[at].1 = (count + PRIOR * priors[at]) / (total + PRIOR);
            }
        }
    }
    table.without_the_unlikely()
}

/// The number of the bead that each segment of a text is in.
struct Numbers(Vec<Option<u32>>);

impl Numbers {
    fn new(segments: usize, beads: &Sure, side: impl Fn(&(Range<usize>, Range<usize>)) -> &Range<usize>) -> Numbers {
        let mut numbers = vec![None; segments];
        for (number, bead) in beads.iter().enumerate() {
            numbers[side(bead).clone()].fill(Some(number as u32));
        }
        Numbers(numbers)
    }

    /// The beads of a unit in order, one for each of its segments, and how often it stands in that.
    fn of(&self, side: &Side, unit: Unit) -> impl Iterator<Item = (u32, f32)> {
        side.postings(unit, 0..self.0.len()).filter_map(|(segment, count)| Some((self.0[segment]?, count)))
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
    for unit in 0..table.starts.len() as Unit - 1 {
        let linked = links.row(unit);
        let prior = |to: Unit| linked.iter().find(|(linked, _)| *linked == to).map_or(0.0, |(_, likely)| *likely);
        priors.extend(table.row(unit).iter().map(|(to, _)| prior(*to)));
    }
    priors
}

/// The links of every unit, and the units that stand in the beads of a unit more often than by chance.
fn candidates(given: (&Side, &Numbers), other: (&Side, &Numbers), beads: &Sure, prior: &Table) -> Table {
    // What stands once has met everything once, and what stands everywhere meets nothing more often than by chance.
    let telling = |places: usize| places > 1 && places < beads.len();
    let spread: Vec<u32> = (0..other.0.entries.len() as Unit).map(|unit| other.1.once(other.0, unit).count() as u32).collect();
    let mut told: Vec<Vec<Unit>> = vec![Vec::new(); beads.len()];
    for unit in (0..spread.len()).filter(|unit| telling(spread[*unit] as usize)) {
        other.1.once(other.0, unit as Unit).for_each(|bead| told[bead as usize].push(unit as Unit));
    }
    let mut together = vec![0u32; spread.len()];
    let (mut places, mut met, mut found): (Vec<u32>, Vec<Unit>, Vec<(Unit, f32)>) = (Vec::new(), Vec::new(), Vec::new());
    let mut table = Table { starts: vec![0], rows: Vec::with_capacity(prior.rows.len()) };
    for unit in 0..given.0.entries.len() as Unit {
        places.clear();
        places.extend(given.1.once(given.0, unit));
        if telling(places.len()) {
            for unit in places.iter().flat_map(|bead| &told[*bead as usize]) {
                let count = &mut together[*unit as usize];
                if *count == 0 {
                    met.push(*unit);
                }
                *count += 1;
            }
            for unit in met.drain(..) {
                let (both, there) = (std::mem::take(&mut together[unit as usize]), spread[unit as usize]);
                if both > 1 {
                    found.push((unit, association(both, places.len() as u32, there, beads.len() as u32)));
                }
            }
            found.retain(|(_, score)| *score > ASSOCIATED);
        }
        if found.is_empty() {
            table.push(prior.row(unit));
            continue;
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(CANDIDATES);
        let share = 1.0 / found.len() as f32;
        let mut row: Vec<(Unit, f32)> = prior.row(unit).to_vec();
        row.extend(found.drain(..).map(|(unit, _)| (unit, share)));
        merge(&mut row);
        table.push(&row);
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
        let background = Background::new(other);
        let mut meetings = Meetings { all: Vec::new(), counts: Vec::new(), chances: Vec::new() };
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
                    meetings.chances.push(background.chance(*unit));
                }
            }
            for at in given.units(from.start, from.end).iter().flat_map(|unit| table.range(*unit)) {
                if let Some(place) = places[table.rows[at].0 as usize].filter(|place| *place >= first) {
                    meetings.all.push((at as u32, place));
                }
            }
        }
        meetings
    }

    /// Counts how often each unit is translated by each of its candidates, by the table as it is.
    fn expect(&self, table: &Table, counts: &mut [f32]) {
        counts.fill(0.0);
        let mut totals = self.chances.clone();
        for (at, place) in &self.all {
            totals[*place as usize] += table.rows[*at as usize].1;
        }
        for (at, place) in &self.all {
            let (at, place) = (*at as usize, *place as usize);
            counts[at] += self.counts[place] * table.rows[at].1 / totals[place];
        }
    }
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
