//! How well segments of one text explain segments of the other by their words (after Moore 2002).

use super::table::{Background, Table};
use super::units::{Places, Side, Unit, narrowed};
use crate::deadline::Deadline;
use crate::error::Error;
use std::ops::Range;

/// Chance of a unit that nothing explains, beside its chance in any text, when all is known of the other side.
const UNEXPLAINED: f32 = 0.3;
/// What one unit may say at most, in nats.
const MOST: f32 = 5.0;

/// Finding the segments of a unit costs about as much as looking at so many units.
const LOOK_UP: usize = 3;

/// Tells `store` how well every run of up to `widest` segments of `given` explains each segment of `other` beside it: those
/// between the nodes of the band where the run begins and where it ends. `band` has the nodes of each node of `given`.
pub fn explain(
    given: &Side,
    other: &Side,
    (table, widest, deadline): (&Table, usize, &Deadline),
    band: &[Range<usize>],
    mut store: impl FnMut(usize, usize, usize, f32),
) -> Result<(), Error> {
    let mut explainer = Explainer::new(other);
    // Each segment is in runs of all lengths.
    let told: Vec<Told> = (0..given.len())
        .map(|at| {
            let (first, last) = ((at + 1).saturating_sub(widest), (at + widest).min(given.len()));
            let reach = band[first].start..band[last].end.saturating_sub(1);
            Told::new(given.units(at, at + 1), table, other, &reach)
        })
        .collect();
    for end in 1..=given.len() {
        deadline.look()?;
        let longest = widest.min(end);
        let last = band[end].end.saturating_sub(1);
        for run in 0..longest {
            let start = end - run - 1;
            explainer.add(&told[start], &(band[end - longest].start..last));
            let segments = band[start].start..last;
            for (segment, value) in segments.clone().zip(explainer.explains(segments.clone())) {
                store(run, end, segment + 1, *value);
            }
        }
        explainer.clear();
    }
    Ok(())
}

/// What the units of a segment are translated by.
pub struct Told<'a> {
    /// Units of the other text, how likely each translates one of the segment, and where they stand within reach.
    translations: Vec<(Unit, f32, Places<'a>)>,
    /// How many units the segment has, and how many of them the table does not know.
    units: usize,
    unknown: f32,
}

impl<'a> Told<'a> {
    /// `table` gives the translations of the units; `reach` are the segments of the other text that will be asked about.
    pub fn new(units: &[Unit], table: &Table, other: &'a Side, reach: &Range<usize>) -> Told<'a> {
        let mut translations = Vec::with_capacity(units.iter().map(|unit| table.row(*unit).len()).sum());
        for unit in units {
            for (to, likely) in table.row(*unit) {
                translations.push((*to, *likely, narrowed(other.places(*to), reach)));
            }
        }
        Told { translations, units: units.len(), unknown: units.iter().map(|unit| table.unknown(*unit)).sum() }
    }
}

/// How well a run of segments of one text explains segments of the other.
pub struct Explainer<'a> {
    other: &'a Side,
    background: Background,
    /// How likely each unit of the other text translates one of the run.
    chances: Vec<f32>,
    /// The units that have a chance, and those of them that stand within reach.
    touched: Vec<Unit>,
    met: Vec<(Unit, Places<'a>)>,
    /// How many units the run has, and how many of them the table does not know.
    units: usize,
    unknown: f32,
    explained: Vec<f32>,
}

impl<'a> Explainer<'a> {
    /// An empty run.
    pub fn new(other: &'a Side) -> Explainer<'a> {
        let chances = vec![0.0; other.entries.len()];
        Explainer {
            other,
            background: Background::new(other),
            chances,
            touched: Vec::new(),
            met: Vec::new(),
            units: 0,
            unknown: 0.0,
            explained: Vec::new(),
        }
    }

    /// Adds a segment to the run; `reach` are the segments that will be asked about before the run is emptied.
    pub fn add(&mut self, told: &Told<'a>, reach: &Range<usize>) {
        self.units += told.units;
        self.unknown += told.unknown;
        for (unit, likely, places) in &told.translations {
            let chance = &mut self.chances[*unit as usize];
            if *chance == 0.0 {
                self.touched.push(*unit);
                let places = narrowed(places, reach);
                if !places.is_empty() {
                    self.met.push((*unit, places));
                }
            }
            *chance += likely;
        }
    }

    /// Empties the run.
    pub fn clear(&mut self) {
        self.touched.drain(..).for_each(|unit| self.chances[unit as usize] = 0.0);
        self.met.clear();
        (self.units, self.unknown) = (0, 0.0);
    }

    /// How well a segment explains some segments together, in nats.
    pub fn sum(&mut self, told: &Told<'a>, segments: Range<usize>) -> f32 {
        self.add(told, &segments);
        let sum = self.explains(segments).iter().sum();
        self.clear();
        sum
    }

    /// How well the run explains each of some segments, in nats.
    pub fn explains(&mut self, segments: Range<usize>) -> &[f32] {
        let Explainer { other, background, chances, touched, met, explained, .. } = self;
        let length = self.units.max(1) as f32;
        let floor = UNEXPLAINED + (1.0 - UNEXPLAINED) * self.unknown / length;
        let low = floor.ln();
        explained.clear();
        explained.extend(segments.clone().map(|at| low * other.units(at, at + 1).len() as f32));
        let more = |unit: Unit| {
            let chance = (1.0 - UNEXPLAINED) * chances[unit as usize] / (length * background.chance(unit));
            (floor + chance).ln().min(MOST) - low
        };
        // In a long text units stand in many segments: those of a few segments are looked at themselves.
        if other.units(segments.start, segments.end).len() < LOOK_UP * touched.len() {
            for (sum, at) in explained.iter_mut().zip(segments) {
                let known = other.units(at, at + 1).iter().filter(|unit| chances[**unit as usize] != 0.0);
                *sum += known.map(|unit| more(*unit)).sum::<f32>();
            }
            return explained;
        }
        for (unit, places) in &*met {
            let places = narrowed(places, &segments);
            if !places.is_empty() {
                let more = more(*unit);
                for (segment, count) in places {
                    explained[*segment as usize - segments.start] += count * more;
                }
            }
        }
        explained
    }
}
