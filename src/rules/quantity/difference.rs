//! Which value of the source a new value of the target stands for.

use super::agreement::{equal, ratio, significant};
use super::point::{Kind, Point};
use super::residue::Residue;

/// A value of the source, and the one that the translation has in its place.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    pub source: Point<'a>,
    pub target: Point<'a>,
}

/// How a value was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// By a power of ten alone.
    Magnitude,
    Value,
    /// A small number in words stands in the target, which may also be told otherwise: four arrested, of whom two are eighteen.
    Count,
}

impl Difference<'_> {
    pub fn change(&self) -> Change {
        if slips(&self.source, &self.target) {
            Change::Magnitude
        } else if self.target.is_loose() {
            Change::Count
        } else {
            Change::Value
        }
    }
}

/// From this likeness on two values are told as one changed.
const LIKE: i32 = 2;

/// The differences of a bead, the likest first; every value stands in one.
pub fn differences<'a>(residue: &Residue<'a>) -> Vec<Difference<'a>> {
    let lost = residue.lost.iter().map(|point| (point, false));
    let lost: Vec<(&Point, bool)> = lost.chain(residue.repeated.iter().map(|point| (point, true))).collect();
    // A number said twice may be another one that was changed into it, when that one is missing.
    let written: Vec<Point> = residue.doubled.iter().filter(|point| !point.words).copied().collect();
    let (new, doubled) = if residue.new.is_empty() { (&written, true) } else { (&residue.new, false) };
    let even = residue.lost.len() == new.len();
    let alone = new.len() == 1 && (residue.lost.len() == 1 || residue.lost.is_empty() && residue.repeated.len() == 1);
    let mut ranked = Vec::new();
    for (row, (source, repeated)) in lost.iter().enumerate() {
        for (column, target) in new.iter().enumerate() {
            // Two dates are compared by the rules of dates.
            if source.dated && target.dated {
                continue;
            }
            let bonus = if alone { 2 } else { i32::from(even) } - i32::from(*repeated) - 2 * i32::from(doubled);
            // A day of the month is hardly meant to be a count.
            let dated = -i32::from(source.dated != target.dated);
            let likeness = likeness(source, target) + bonus + dated;
            if likeness >= LIKE {
                ranked.push((-likeness, row.abs_diff(column), row, column));
            }
        }
    }
    ranked.sort_unstable();
    let (mut rows, mut columns) = (vec![false; lost.len()], vec![false; new.len()]);
    let mut found = Vec::new();
    for (_, _, row, column) in ranked {
        if !rows[row] && !columns[column] {
            (rows[row], columns[column]) = (true, true);
            found.push(Difference { source: *lost[row].0, target: new[column] });
        }
    }
    found
}

/// How likely it is that one value was meant to be the other.
fn likeness(source: &Point, target: &Point) -> i32 {
    let plain = |point: &Point| point.kind == Kind::Count && point.unit.is_none() && point.value > 1.0;
    let loose = match (source.is_loose(), target.is_loose()) {
        (_, true) if plain(source) && plain(target) => -1,
        (_, true) => -3,
        (true, false) => -1,
        (false, false) => 0,
    };
    // One of something need not be said as a number.
    let one = if source.unit.is_none() && equal(source.value, 1.0) && source.kind != Kind::Label { -2 } else { 0 };
    let vague = if target.upper.is_some() && source.is_loose() { -3 } else { 0 };
    units(source, target) + shape(source, target) + kinds(source.kind, target.kind) + loose + one + vague
}

fn units(source: &Point, target: &Point) -> i32 {
    match (source.unit, target.unit) {
        (Some(one), Some(other)) if one.id == other.id => 3,
        // 140 % for 140 million, 0.8 points for 0.8 million euros.
        (Some(one), Some(other))
            if slips(source, target) && [one, other].iter().any(|unit| matches!(unit.id.as_str(), "percent" | "point")) =>
        {
            0
        }
        (Some(one), Some(other)) if one.is_kin(other) => 2,
        // Money is converted at any rate.
        (Some(one), Some(other)) if one.dimension == other.dimension && one.factor.is_some() => 1,
        (Some(one), Some(other)) if ratio(one, other).is_some() => 1,
        (Some(_), Some(_)) => -4,
        (None, None) => 1,
        _ => 0,
    }
}

fn shape(source: &Point, target: &Point) -> i32 {
    if slips(source, target) {
        return 3;
    }
    let (one, other) = (significant(source.value), significant(target.value));
    let distance = strsim::osa_distance(&one, &other);
    match one.len().max(other.len()) {
        1 => i32::from(source.value < 10.0 && target.value < 10.0),
        _ if distance == 1 => 2,
        _ => 0,
    }
}

fn kinds(source: Kind, target: Kind) -> i32 {
    match (source, target) {
        (Kind::Label, Kind::Label) => 2,
        // The number of a product or a disease is never meant to be a year.
        (Kind::Label, Kind::Year) | (Kind::Year, Kind::Label) => -4,
        (Kind::Label, _) | (_, Kind::Label) => -1,
        (Kind::Ordinal, other) | (other, Kind::Ordinal) if other != Kind::Ordinal => 0,
        (one, other) => i32::from(one == other && one != Kind::Count),
    }
}

/// A power of ten lies between the values, in one unit.
fn slips(source: &Point, target: &Point) -> bool {
    /// A converted value is rounded.
    const ROUNDED: f64 = 0.045;
    let (factor, tolerance) = match (source.unit, target.unit) {
        (Some(one), Some(other)) if one.id != other.id => match ratio(one, other) {
            Some(factor) => (factor, ROUNDED),
            None => (1.0, 1e-6),
        },
        _ => (1.0, 1e-6),
    };
    let quotient = source.value * factor / target.value;
    let exponent = quotient.abs().log10();
    let whole = exponent.is_finite() && exponent.abs() > 0.5 && (exponent - exponent.round()).abs() < tolerance;
    let inside = |interval: &Point, point: &Point| interval.upper.is_some() && !point.is_loose();
    !source.is_loose()
        && !target.is_loose()
        && (whole || (inside(source, target) || inside(target, source)) && exponent.abs() > 2.0)
}
