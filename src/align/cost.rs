//! What a bead costs, in nats: its type, its lengths (Gale and Church 1993), and the words of each side that the other
//! does not explain (after Moore 2002).

use super::band::Band;
use super::explainer::explain;
use super::meaning::Nearness;
use super::table::Table;
use super::units::Side;
use crate::deadline::Deadline;
use crate::error::Error;
use std::ops::Range;

/// The most segments on one side of a bead.
pub const WIDEST: usize = 4;

/// Words of a text depend on one another, and both directions say the same: this share of their evidence counts.
const DEPENDENT: f32 = 0.5;
/// Nats above the cost of its segments as gaps from which a bead is not looked at.
const HOPELESS: f32 = 20.0;

/// Cost of a bead whose one side is a heading and the other is not.
const HEADING: f32 = 0.5;
/// Cost of a bead that runs over the end of a paragraph on one side only.
const BLOCK: f32 = 1.5;

/// The costs of all beads inside a band.
pub struct Costs<'a> {
    pub source: &'a Side,
    pub target: &'a Side,
    pub band: &'a Band,
    /// The translations of source units, and those of target units.
    pub tables: (&'a Table, &'a Table),
    pub lengths: &'a Lengths,
    pub types: &'a Types,
    /// When the search is given up.
    pub deadline: &'a Deadline,
    /// For each height of a bead, how well the source rows above a cell explain the target segment left of it.
    target_explained: Explained,
    /// For each width of a bead, how well the target columns left of a cell explain the source segment above it.
    source_explained: Explained,
    /// What the vectors of a user's model say; None without one.
    nearness: Option<Nearness<'a>>,
}

impl<'a> Costs<'a> {
    pub fn new(
        sides: (&'a Side, &'a Side),
        band: &'a Band,
        tables: (&'a Table, &'a Table),
        lengths: &'a Lengths,
        types: &'a Types,
        deadline: &'a Deadline,
    ) -> Result<Costs<'a>, Error> {
        let (source, target) = sides;
        // A bead that begins and ends in the band asks of its target segments in its last row, and of its source segments in
        // its last column.
        let mut target_explained = Explained::new(band.widened(WIDEST, 0));
        let tell = |row, column, values: [f32; WIDEST]| target_explained.tell(row, column, values);
        explain(source, target, (tables.0, deadline), &band.ranges(), tell)?;
        let mut source_explained = Explained::new(band.widened(0, WIDEST - 1));
        let tell = |column, row, values: [f32; WIDEST]| source_explained.tell(row, column, values);
        explain(target, source, (tables.1, deadline), &band.rows(target.len()), tell)?;
        let nearness = Nearness::new(source, target, band, WIDEST);
        Ok(Costs { source, target, band, tables, lengths, types, deadline, target_explained, source_explained, nearness })
    }

    /// The cost of a bead; that of one with two sides must begin and end in the band.
    pub fn of(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        self.with(source, target, || self.explained(source, target))
    }

    /// The cost of a bead by how well its two sides explain each other.
    pub fn with(&self, source: &Range<usize>, target: &Range<usize>, explained: impl FnOnce() -> f32) -> f32 {
        let kind = self.types.cost(source.len(), target.len());
        if source.is_empty() || target.is_empty() {
            return kind;
        }
        if !self.target.is_run(target) {
            return f32::INFINITY;
        }
        kind + shape((self.source, self.target), self.lengths, self.types, source, target) - explained()
    }

    /// Calls `visit` for the beads that begin in the band and end at a cell of it, with the cell where each begins, its height
    /// and width, and its cost. A bead with two sides that costs far more than its segments do as gaps is left out: it is in no
    /// path, and adds nothing to the sum of all.
    pub fn ending_at(&self, row: usize, column: usize, mut visit: impl FnMut(usize, (usize, usize), f32)) {
        let sides = (self.source, self.target);
        let gaps = (self.types.cost(1, 0), self.types.cost(0, 1));
        if let Some(from) = row.checked_sub(1).and_then(|above| self.band.at(above, column)) {
            visit(from, (1, 0), gaps.0);
        }
        if let Some(from) = column.checked_sub(1).and_then(|left| self.band.at(row, left)) {
            visit(from, (0, 1), gaps.1);
        }
        // How well the rows of each height explain each of the columns down to this one, and the columns of each width the rows.
        let mut columns = [&[][..]; WIDEST];
        for width in 1..=WIDEST.min(column) {
            columns[width - 1] = self.target_explained.of(row, column + 1 - width);
        }
        let mut back = [0.0; WIDEST];
        for height in 1..=WIDEST.min(row) {
            let explained = self.source_explained.of(row + 1 - height, column);
            back.iter_mut().zip(explained).for_each(|(sum, value)| *sum += value);
            let (starts, first) = self.band.row(row - height);
            let mut forth = 0.0;
            for width in 1..=WIDEST.min(column.saturating_sub(starts.start)) {
                forth += columns[width - 1].get(height - 1).unwrap_or(&0.0);
                let start = column - width;
                if start >= starts.end {
                    continue;
                }
                let from = first + start - starts.start;
                let (source, target) = (row - height..row, column - width..column);
                let least =
                    self.types.cost(height, width) - Costs::both(forth, back[width - 1]) - self.nearness(&source, &target);
                let most = height as f32 * gaps.0 + width as f32 * gaps.1 + HOPELESS;
                if least < most && self.target.is_run(&target) {
                    visit(from, (height, width), least + shape(sides, self.lengths, self.types, &source, &target));
                }
            }
        }
    }

    /// How well both sides of a bead that begins and ends in the band explain each other, by their words and by vectors, in
    /// nats; below nothing for strangers.
    pub fn explained(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let forth = target.clone().filter_map(|column| self.target_explained.of(source.end, column + 1).get(source.len() - 1));
        let back = source.clone().filter_map(|row| self.source_explained.of(row + 1, target.end).get(target.len() - 1));
        Costs::both(forth.sum(), back.sum()) + self.nearness(source, target)
    }

    /// What vectors say of two sides.
    pub fn nearness(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        self.nearness.as_ref().map_or(0.0, |nearness| nearness.of(source, target))
    }

    /// What the words of two sides say, from how well each explains the other.
    pub fn both(forth: f32, back: f32) -> f32 {
        DEPENDENT * (forth + back)
    }
}

/// What the lengths, the paragraphs and the headings of a bead with two sides cost.
pub fn shape(sides: (&Side, &Side), lengths: &Lengths, types: &Types, source: &Range<usize>, target: &Range<usize>) -> f32 {
    let inside = |blocks: &[usize], range: &Range<usize>| blocks[range.start] != blocks[range.end - 1];
    let block = types.blocks && inside(&sides.0.blocks, source) != inside(&sides.1.blocks, target);
    let heading = sides.0.headings[source.start] != sides.1.headings[target.start];
    let form = f32::from(u8::from(block)) * BLOCK + f32::from(u8::from(heading)) * HEADING;
    lengths.cost(sides.0.length(source.start, source.end), sides.1.length(target.start, target.end)) + form
}

/// How well runs of segments explain the segments beside them, for the cells of a band.
struct Explained {
    band: Band,
    /// For each cell one value a length.
    values: Vec<[f32; WIDEST]>,
}

impl Explained {
    fn new(band: Band) -> Explained {
        let values = vec![[0.0; WIDEST]; band.size()];
        Explained { band, values }
    }

    fn tell(&mut self, row: usize, column: usize, values: [f32; WIDEST]) {
        if let Some(cell) = self.band.at(row, column) {
            self.values[cell] = values;
        }
    }

    /// The values at a cell, the shortest run first; none outside the band.
    fn of(&self, row: usize, column: usize) -> &[f32] {
        self.band.at(row, column).map_or(&[], |cell| &self.values[cell])
    }
}

/// How long a translation is.
#[derive(Clone, Copy, Debug)]
pub struct Lengths {
    /// Target length for one character of source.
    pub ratio: f32,
    /// Variance of the target for one character.
    pub variance: f32,
}

/// Variance of the length of a translation for one character of source. Gale and Church have 6.8; beside the evidence of
/// words the best alignments come with a narrower one.
const VARIANCE: f32 = 4.9;
/// What lengths say at most against a bead.
const LENGTH_MOST: f32 = 25.0;

impl Lengths {
    /// The lengths of two whole texts.
    pub fn of_texts(source: &Side, target: &Side) -> Lengths {
        Lengths { ratio: target.length(0, target.len()).max(1.0) / source.length(0, source.len()).max(1.0), variance: VARIANCE }
    }

    /// Minus the logarithm of the chance that lengths differ so much by accident.
    pub fn cost(&self, source: f32, target: f32) -> f32 {
        let expected = source * self.ratio;
        let delta = (target - expected) / (self.variance * f32::midpoint(expected, target).max(1.0)).sqrt();
        (0.5 * delta * delta).min(LENGTH_MOST)
    }
}

/// How often beads of each type are, in nats.
#[derive(Clone, Debug)]
pub struct Types {
    costs: [[f32; WIDEST + 1]; WIDEST + 1],
    /// Both texts have paragraphs of several segments.
    pub blocks: bool,
}

/// Chance of each type by its smaller and larger side, before anything is known of the texts.
const CHANCES: &[(usize, usize, f32)] = &[
    (1, 1, 0.80),
    (0, 1, 0.06),
    (1, 2, 0.06),
    (2, 2, 0.01),
    (1, 3, 0.01),
    (2, 3, 0.003),
    (1, 4, 0.003),
    (3, 3, 0.001),
    (2, 4, 0.001),
    (3, 4, 0.0005),
    (4, 4, 0.0005),
];
/// Beads for which the chances above count beside those of the texts.
const BELIEF: f32 = 60.0;

impl Types {
    pub fn new(source: &Side, target: &Side) -> Types {
        let mut costs = [[f32::INFINITY; WIDEST + 1]; WIDEST + 1];
        for &(small, large, chance) in CHANCES {
            costs[small][large] = -chance.ln();
            costs[large][small] = -chance.ln();
        }
        let several = |side: &Side| side.blocks.last().is_some_and(|last| (last + 1) * 4 < side.len() * 3);
        Types { costs, blocks: several(source) && several(target) }
    }

    pub fn cost(&self, height: usize, width: usize) -> f32 {
        self.costs[height][width]
    }

    /// The types as a first alignment has them.
    pub fn learnt(&self, beads: impl Iterator<Item = (usize, usize)> + Clone) -> Types {
        let all = beads.clone().count() as f32 + BELIEF;
        let mut learnt = self.clone();
        let mut counts = [[0.0f32; WIDEST + 1]; WIDEST + 1];
        beads.for_each(|(height, width)| counts[height][width] += 1.0);
        for height in 0..=WIDEST {
            for width in 0..=WIDEST {
                let before = (-self.costs[height][width]).exp() * BELIEF;
                // The two directions of a type help each other.
                let count = (counts[height][width] * 0.75 + counts[width][height] * 0.25 + before) / all;
                learnt.costs[height][width] = -count.ln();
            }
        }
        learnt
    }
}
