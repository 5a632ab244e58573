//! What a bead costs, in nats: its type, its lengths (Gale and Church 1993), and the words of each side that the other
//! does not explain (after Moore 2002).

use super::band::Band;
use super::meaning::Nearness;
use super::table::{Background, Table};
use super::units::{Side, Unit};
use crate::deadline::Deadline;
use crate::error::Error;
use std::ops::Range;

/// The most segments on one side of a bead.
pub const WIDEST: usize = 4;

/// Words of a text depend on one another, and both directions say the same: this share of their evidence counts.
const DEPENDENT: f32 = 0.5;
/// Chance of a unit that nothing explains, beside its chance in any text, when all is known of the other side.
const UNEXPLAINED: f32 = 0.3;
/// What one unit may say at most, in nats.
const MOST: f32 = 5.0;

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
    /// The most segments on one side of the beads that have a cost.
    pub widest: usize,
    /// When the search is given up.
    pub deadline: &'a Deadline,
    /// For each height of a bead and each cell: how well the source rows above the cell explain the target segment left of it.
    target_explained: Vec<Vec<f32>>,
    /// For each width of a bead and each cell: how well the target columns left of the cell explain the source segment above it.
    source_explained: Vec<Vec<f32>>,
    /// What the vectors of a user's model say; None without one.
    nearness: Option<Nearness<'a>>,
}

impl<'a> Costs<'a> {
    /// Beads are up to `widest` segments wide.
    pub fn new(
        sides: (&'a Side, &'a Side),
        band: &'a Band,
        tables: (&'a Table, &'a Table),
        lengths: &'a Lengths,
        types: &'a Types,
        widest: usize,
        deadline: &'a Deadline,
    ) -> Result<Costs<'a>, Error> {
        let (source, target) = sides;
        let mut target_explained = vec![vec![0.0; band.size()]; widest];
        explain(
            source,
            target,
            (tables.0, widest, deadline),
            |row| band.columns(row),
            |height, row, column, value| {
                if let Some(cell) = band.at(row, column) {
                    target_explained[height][cell] = value;
                }
            },
        )?;
        let rows = band.rows(target.len());
        let mut source_explained = vec![vec![0.0; band.size()]; widest];
        explain(
            target,
            source,
            (tables.1, widest, deadline),
            |column| rows[column].clone(),
            |width, column, row, value| {
                if let Some(cell) = band.at(row, column) {
                    source_explained[width][cell] = value;
                }
            },
        )?;
        let nearness = Nearness::new(source, target, band, widest);
        Ok(Costs { source, target, band, tables, lengths, types, widest, deadline, target_explained, source_explained, nearness })
    }

    /// The cost of the bead with these segments; its end must be in the band.
    pub fn of(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let kind = self.types.cost(source.len(), target.len());
        if source.is_empty() || target.is_empty() {
            return kind;
        }
        if !self.target.is_run(&target) {
            return f32::INFINITY;
        }
        let form = self.form(&source, &target);
        let words = self.explained(&source, &target);
        let length =
            self.lengths.cost(self.source.length(source.start, source.end), self.target.length(target.start, target.end));
        kind + length + form - words
    }

    /// How well both sides of a bead explain each other, by their words and by vectors, in nats; below nothing for strangers.
    pub fn explained(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let cell = |row, column| self.band.at(row, column);
        let forth = (target.start..target.end)
            .filter_map(|column| Some(self.target_explained[source.len() - 1][cell(source.end, column + 1)?]));
        let back = (source.start..source.end)
            .filter_map(|row| Some(self.source_explained[target.len() - 1][cell(row + 1, target.end)?]));
        let nearness = self.nearness.as_ref().map_or(0.0, |nearness| nearness.of(source, target));
        Costs::both(forth.sum(), back.sum()) + nearness
    }

    /// What the words of two sides say, from how well each explains the other.
    pub fn both(forth: f32, back: f32) -> f32 {
        DEPENDENT * (forth + back)
    }

    fn form(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let inside = |blocks: &[usize], range: &Range<usize>| blocks[range.start] != blocks[range.end - 1];
        let block = inside(&self.source.blocks, source) != inside(&self.target.blocks, target) && self.types.blocks;
        let heading = self.source.headings[source.start] != self.target.headings[target.start];
        f32::from(u8::from(block)) * BLOCK + f32::from(u8::from(heading)) * HEADING
    }
}

/// Tells `store` how well every run of up to `widest` segments of `given` explains each segment of `other` beside it.
/// `near` gives for the end of a run the ends of the segments to look at.
fn explain(
    given: &Side,
    other: &Side,
    (table, widest, deadline): (&Table, usize, &Deadline),
    near: impl Fn(usize) -> Range<usize>,
    mut store: impl FnMut(usize, usize, usize, f32),
) -> Result<(), Error> {
    let mut explainer = Explainer::new(other, table);
    for end in 1..=given.len() {
        deadline.look()?;
        for run in 0..widest.min(end) {
            explainer.add(given.units(end - run - 1, end - run));
            for segment in near(end).filter_map(|column| column.checked_sub(1)) {
                store(run, end, segment + 1, explainer.explains(segment));
            }
        }
        explainer.clear();
    }
    Ok(())
}

/// How well a run of segments of one text explains segments of the other.
pub struct Explainer<'a> {
    other: &'a Side,
    table: &'a Table,
    background: Background,
    /// How likely each unit of the other text translates one of the run.
    chances: Vec<f32>,
    touched: Vec<Unit>,
    /// How many units the run has, and how many of them the table does not know.
    units: usize,
    unknown: f32,
}

impl<'a> Explainer<'a> {
    /// An empty run; `table` gives the translations of its units.
    pub fn new(other: &'a Side, table: &'a Table) -> Explainer<'a> {
        let chances = vec![0.0; other.entries.len()];
        Explainer { other, table, background: Background::new(other), chances, touched: Vec::new(), units: 0, unknown: 0.0 }
    }

    /// Adds the units of a segment to the run.
    pub fn add(&mut self, units: &[Unit]) {
        self.units += units.len();
        self.unknown += units.iter().map(|unit| self.table.unknown(*unit)).sum::<f32>();
        for (unit, likely) in units.iter().flat_map(|unit| self.table.row(*unit)) {
            self.chances[*unit as usize] += likely;
            self.touched.push(*unit);
        }
    }

    /// Empties the run.
    pub fn clear(&mut self) {
        self.touched.drain(..).for_each(|unit| self.chances[unit as usize] = 0.0);
        (self.units, self.unknown) = (0, 0.0);
    }

    /// How well the run explains a segment, in nats.
    pub fn explains(&self, segment: usize) -> f32 {
        let length = self.units.max(1) as f32;
        let floor = UNEXPLAINED + (1.0 - UNEXPLAINED) * self.unknown / length;
        let low = floor.ln();
        let value = self.other.units(segment, segment + 1).iter().map(|unit| {
            let chance = self.chances[*unit as usize];
            if chance == 0.0 {
                return low;
            }
            (floor + (1.0 - UNEXPLAINED) * chance / (length * self.background.chance(*unit))).ln().min(MOST)
        });
        value.sum()
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
