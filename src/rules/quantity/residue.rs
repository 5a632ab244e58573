//! Which values of a bead nothing answers. Values answer each other one to one, the best agreement first; what is said again
//! is no new value, and what the neighbouring beads say is none either.

use super::agreement::{Agreement, agreement, equal};
use super::point::{Kind, Point, points};
use crate::align::{Alignment, TRUSTED};
use crate::article::Analysis;
use crate::document::Span;

/// What is left of a bead.
pub struct Residue<'a> {
    pub source: Span,
    pub target: Span,
    pub trusted: bool,
    /// All that the two sides say.
    pub said: Vec<Point<'a>>,
    pub says: Vec<Point<'a>>,
    /// Values of the source that nothing answers.
    pub lost: Vec<Point<'a>>,
    /// Values of the source that the target has, but not as often, or that only a value answers which answers another.
    pub repeated: Vec<Point<'a>>,
    /// Values of the target that nothing answers.
    pub new: Vec<Point<'a>>,
    /// Values of the target that the source has, but not as often.
    pub doubled: Vec<Point<'a>>,
}

/// The residues of all beads, in order.
pub fn residues<'a>(source: &'a Analysis, target: &'a Analysis, alignment: &Alignment) -> Vec<Residue<'a>> {
    let mut all: Vec<Residue> = alignment
        .beads
        .iter()
        .map(|bead| {
            let spans = (source.span_of(bead.source.clone()), target.span_of(bead.target.clone()));
            let mut residue = residue(points(source, spans.0), points(target, spans.1));
            (residue.source, residue.target) = spans;
            residue.trusted = !bead.is_gap() && bead.confidence >= TRUSTED;
            residue
        })
        .collect();
    forgive_neighbours(&mut all);
    all
}

fn residue<'a>(said: Vec<Point<'a>>, says: Vec<Point<'a>>) -> Residue<'a> {
    let (mut answered, mut bound) = (vec![false; said.len()], vec![false; says.len()]);
    let levels: Vec<Vec<_>> = says.iter().map(|point| said.iter().map(|other| agreement(other, point)).collect()).collect();
    for level in [Agreement::Same, Agreement::Value, Agreement::Near, Agreement::Coincidence] {
        for place in 0..says.len() {
            if bound[place] {
                continue;
            }
            let free = (0..said.len()).find(|&other| !answered[other] && levels[place][other] == Some(level));
            if let Some(other) = free {
                (answered[other], bound[place]) = (true, true);
            }
        }
    }
    answer_clocks(&said, &mut answered, &says, &mut bound);
    answer_clocks(&says, &mut bound, &said, &mut answered);
    let free = |points: &[Point<'a>], taken: &[bool]| -> Vec<Point<'a>> {
        let asked = points.iter().zip(taken).filter(|(point, taken)| !**taken && point.kind != Kind::Month);
        asked.map(|(point, _)| *point).collect()
    };
    let again = |point: &Point, others: &[Point]| others.iter().any(|other| agreement(point, other).is_some());
    let (repeated, lost) = free(&said, &answered).into_iter().partition(|point| again(point, &says));
    let (doubled, new) = free(&says, &bound).into_iter().partition(|point| again(point, &said));
    let empty = Span::new(0, 0);
    Residue { source: empty, target: empty, trusted: false, said, says, lost, repeated, new, doubled }
}

/// `7.55` and `7:55`: the hour of one side is written like a number with decimals.
fn answer_clocks(written: &[Point], taken: &mut [bool], hours: &[Point], answered: &mut [bool]) {
    for (place, point) in written.iter().enumerate() {
        let minutes = (point.value.fract() * 100.0).round();
        if taken[place] || point.kind != Kind::Count || minutes == 0.0 || minutes >= 60.0 || point.value >= 24.0 {
            continue;
        }
        let hour = |value: f64| hours.iter().position(|other| other.kind == Kind::Label && equal(other.value, value));
        if let Some((one, other)) = hour(point.value.floor()).zip(hour(minutes)) {
            (taken[place], answered[one], answered[other]) = (true, true, true);
        }
    }
}

/// A value that one bead lacks and its neighbour has too many of has only moved.
fn forgive_neighbours(all: &mut [Residue]) {
    let moved: Vec<(Vec<bool>, Vec<bool>)> = (0..all.len())
        .map(|place| {
            let near = || (place.saturating_sub(1)..(place + 2).min(all.len())).filter(move |other| *other != place);
            // What is anything from hundreds to a thousand would answer too much from afar.
            let exact = |point: &Point| point.upper.is_none();
            let meets = |point: &Point, others: &[Point]| {
                exact(point) && others.iter().any(|other| exact(other) && agreement(point, other).is_some())
            };
            let lost = all[place].lost.iter().map(|point| near().any(|other| meets(point, &all[other].new)));
            let new = all[place].new.iter().map(|point| near().any(|other| meets(point, &all[other].lost)));
            (lost.collect(), new.collect())
        })
        .collect();
    for (residue, (lost, new)) in all.iter_mut().zip(moved) {
        let (mut lost, mut new) = (lost.into_iter(), new.into_iter());
        residue.lost.retain(|_| !lost.next().unwrap_or(false));
        residue.new.retain(|_| !new.next().unwrap_or(false));
    }
}
