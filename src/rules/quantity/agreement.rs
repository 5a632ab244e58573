//! Whether two values say the same: exactly, rounded, converted, as a share or as an hour of the other clock.

use super::point::{Kind, Point, Precision};
use crate::corpus::quantities::Unit;

/// How well two points agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// One value of one thing.
    Same,
    /// One value.
    Value,
    /// Values that a translator may write for one another.
    Near,
    /// One value in two units of one kind, of which one must be wrong.
    Coincidence,
}

/// How far a conversion may be from the exact value: newsrooms round 30 yards to 25 or 30 metres.
const CONVERSION: f64 = 0.1;
/// How far a rough number may be from another: a dozen and a ten.
const ROUGH: f64 = 0.17;
/// How far two measures may be apart of which one is said to be about: both may be converted from a third.
const ABOUT: f64 = 0.1;
/// One measure converted twice comes out a little different.
const TWICE: f64 = 0.02;
/// A rounding moves a value no further.
const ROUNDING: f64 = 0.05;
/// A third is 33 percent.
const SHARE: f64 = 0.02;

pub fn equal(one: f64, other: f64) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * 1e-6
}

fn close(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * tolerance
}

pub fn agreement(one: &Point, other: &Point) -> Option<Agreement> {
    // A month stands for digits only.
    let month = |point: &Point, other: &Point| point.kind == Kind::Month && (other.words || other.unit.is_some());
    if month(one, other) || month(other, one) {
        return None;
    }
    let read_otherwise = |one: &Point, other: &Point| one.otherwise.is_some_and(|value| equal(value, other.value));
    let equal = equal(one.value, other.value) || read_otherwise(one, other) || read_otherwise(other, one);
    if one.upper.is_none() && other.upper.is_none() && equal {
        let same = one.kind == other.kind && one.unit_id() == other.unit_id();
        let convertible = one.unit.zip(other.unit).is_some_and(|(one, other)| one.id != other.id && ratio(one, other).is_some());
        return Some(match (same, convertible) {
            (true, _) => Agreement::Same,
            (false, false) => Agreement::Value,
            (false, true) if converts(one, other) => Agreement::Near,
            (false, true) => Agreement::Coincidence,
        });
    }
    let near = |one: &Point, other: &Point| {
        within(one, other) || is_short_year(one, other) || is_share(one, other) || is_rounded(one, other) || is_hour(one, other)
    };
    let near = near(one, other) || near(other, one) || is_rough(one, other) || converts(one, other);
    near.then_some(Agreement::Near)
}

/// The value lies in the interval that the other names.
fn within(interval: &Point, point: &Point) -> bool {
    let Some(upper) = interval.upper else { return false };
    let factor = point.unit.zip(interval.unit).and_then(|(one, other)| ratio(one, other)).unwrap_or(1.0);
    let (start, end) = (point.value * factor, point.upper.unwrap_or(point.value) * factor);
    // Two intervals must share more than their edge: millions are no billions.
    let low = if point.upper.is_some() { interval.value } else { interval.value * (1.0 - ROUGH) };
    end >= low && start <= upper
}

/// `2018` and `'18`.
fn is_short_year(year: &Point, short: &Point) -> bool {
    year.kind == Kind::Year
        && short.unit.is_none()
        && short.value >= 1.0
        && (1900.0..2100.0).contains(&year.value)
        && equal(year.value % 100.0, short.value)
}

/// A fifth and 20 %.
fn is_share(percent: &Point, share: &Point) -> bool {
    let part = share.unit.is_none() && share.value > 0.0 && share.value < 1.0;
    percent.is_of("percent") && part && close(percent.value, share.value * 100.0, SHARE)
}

/// 4 321 rounded to 4 300.
fn is_rounded(round: &Point, exact: &Point) -> bool {
    const FEWEST: usize = 2;
    let counts = |point: &Point| point.kind == Kind::Count;
    let comparable = counts(round) && counts(exact) && round.unit_id() == exact.unit_id();
    if !comparable || !close(round.value, exact.value, ROUNDING) {
        return false;
    }
    let (few, many) = (significant(round.value), significant(exact.value));
    if few.len() < FEWEST || few.len() >= many.len() {
        return false;
    }
    let scale = 10f64.powi(few.len() as i32 - 1 - exact.value.abs().log10().floor() as i32);
    close((exact.value * scale).round() / scale, round.value, 1e-9)
        || close((exact.value * scale).floor() / scale, round.value, 1e-9)
}

/// The digits of a value from the first to the last that is no zero.
pub fn significant(value: f64) -> String {
    let written = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.6}") };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// 3 p.m. and 15:00.
fn is_hour(late: &Point, early: &Point) -> bool {
    let hour = |point: &Point| !point.dated && (point.unit.is_none() || point.is_of("hour"));
    let label = [late, early].iter().any(|point| point.kind == Kind::Label || point.is_of("hour"));
    label && hour(late) && hour(early) && late.value <= 24.0 && early.value <= 12.0 && equal(late.value - early.value, 12.0)
}

fn is_rough(one: &Point, other: &Point) -> bool {
    let loose = [one, other].iter().any(|point| point.precision == Precision::Rough);
    let measured = |point: &Point| point.unit.is_some_and(is_physical);
    let both = measured(one) && measured(other);
    // 320 km may be told as 300.
    let rounder = || significant(one.value).len() != significant(other.value).len();
    let about = || [one, other].iter().any(|point| point.precision != Precision::Exact) || rounder();
    one.unit_id() == other.unit_id()
        && (loose && close(one.value, other.value, ROUGH)
            || both && close(one.value, other.value, TWICE)
            || both && close(one.value, other.value, ABOUT) && about())
}

/// It measures things, not time, money, parts or heads.
fn is_physical(unit: &Unit) -> bool {
    unit.factor.is_some() && !matches!(unit.dimension.as_str(), "time" | "count" | "ratio" | "points" | "multiple")
}

/// One value is the other in another unit: 5 miles and 8 km, two months and 60 days. The unit may stand with the number beside.
pub fn converts(one: &Point, other: &Point) -> bool {
    if one.kind != Kind::Count && other.kind != Kind::Count {
        return false;
    }
    let both = one.unit.is_some() || other.unit.is_some();
    let (Some(a), Some(b)) = (one.unit.or(one.inherited), other.unit.or(other.inherited)) else { return false };
    match ratio(a, b) {
        Some(ratio) => both && a.id != b.id && converted(one.value, ratio, other.value, is_physical(a)),
        None => false,
    }
}

/// Two and a half may be told as two or three.
fn converted(value: f64, ratio: f64, other: f64, physical: bool) -> bool {
    let whole = |exact: f64, told: f64| (2.0..10.0).contains(&told) && told.fract() == 0.0 && (exact - told).abs() < 1.0;
    let whole = |exact: f64, told: f64| physical && whole(exact, told);
    close(value * ratio, other, CONVERSION) || whole(value * ratio, other) || whole(other / ratio, value)
}

/// How many of one unit are one of the other. A speed may be told as a distance: 每小时30公里.
pub fn ratio(one: &Unit, other: &Unit) -> Option<f64> {
    const HOUR: f64 = 3600.0;
    let (mut a, mut b) = (one.factor?, other.factor?);
    match (one.dimension.as_str(), other.dimension.as_str()) {
        ("length", "speed") => a /= HOUR,
        ("speed", "length") => b /= HOUR,
        (first, second) if first == second => {}
        _ => return None,
    }
    Some(a / b)
}
