//! The values that a stretch of text states, each as one point: both ends of a range, the runs of digits of a label, the
//! day and the year of a date.

use crate::article::Analysis;
use crate::corpus::quantities::Unit;
use crate::document::Span;
use crate::extract::{Bound, Form, Number, digit_runs};

/// What a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Count,
    Ordinal,
    Year,
    /// A run of digits of an hour, a score, a phone number.
    Label,
    /// Of a date.
    Day,
    /// Of a date; it answers digits (`07/27`) and is not asked for itself: the rules of dates do that.
    Month,
}

/// How exactly a value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Exact,
    /// Digits that a modifier makes inexact.
    Bounded,
    /// Number words that are not exact.
    Rough,
}

/// One value.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    pub span: Span,
    pub value: f64,
    /// What the digits say in other countries of the language: 12,500 is twelve and a half in Spain, thousands in Mexico.
    pub otherwise: Option<f64>,
    /// The value is anything up to here: `dozens`, 几百万.
    pub upper: Option<f64>,
    pub kind: Kind,
    pub unit: Option<&'a Unit>,
    /// The unit of the number beside it, which may count for this one too: `de 5 a 10 cm, en otros lugares 15`.
    pub inherited: Option<&'a Unit>,
    pub unit_span: Option<Span>,
    pub precision: Precision,
    /// Words without a digit.
    pub words: bool,
    /// It came out of a date.
    pub dated: bool,
}

/// The number words up to twelve are pronouns and parts of phrases too.
const SMALL: f64 = 12.0;

impl Point<'_> {
    pub fn is_of(&self, id: &str) -> bool {
        self.unit.is_some_and(|unit| unit.id == id)
    }

    pub fn unit_id(&self) -> Option<&str> {
        self.unit.map(|unit| unit.id.as_str())
    }

    /// A small number in words that measures nothing: `the two of them`, `premier`.
    pub fn is_loose(&self) -> bool {
        self.words && self.unit.is_none() && self.value <= SMALL
    }

    /// The number with its unit, as the text has it.
    pub fn whole(&self) -> Span {
        self.unit_span.map_or(self.span, |unit| self.span.join(unit))
    }
}

/// Values of a stretch from which on it is a table and no sentence: nothing tells which of them answer each other.
const MOST: usize = 256;

/// The points of a stretch, in order; none of a table.
pub fn points<'a>(analysis: &'a Analysis, span: Span) -> Vec<Point<'a>> {
    let mut found = Vec::new();
    if analysis.numbers_in(span).len() + analysis.dates_in(span).len() > MOST {
        return found;
    }
    for number in analysis.numbers_in(span) {
        add_number(analysis, number, &mut found);
    }
    inherit(&mut found);
    for date in analysis.dates_in(span) {
        let parts = [(Kind::Day, date.day.map(i32::from)), (Kind::Month, date.month.map(i32::from)), (Kind::Year, date.year)];
        for (kind, value) in parts {
            let Some(value) = value else { continue };
            found.push(Point { kind, dated: true, ..plain(date.span, f64::from(value)) });
        }
    }
    found.sort_by_key(|point| point.span.start);
    found
}

fn plain<'a>(span: Span, value: f64) -> Point<'a> {
    Point {
        span,
        value,
        otherwise: None,
        upper: None,
        kind: Kind::Count,
        unit: None,
        inherited: None,
        unit_span: None,
        precision: Precision::Exact,
        words: false,
        dated: false,
    }
}

fn add_number<'a>(analysis: &'a Analysis, number: &'a Number, found: &mut Vec<Point<'a>>) {
    let kind = match number.form {
        Form::Digits | Form::Words => Kind::Count,
        Form::Ordinal | Form::Century => Kind::Ordinal,
        Form::Year => Kind::Year,
        Form::Label => {
            let runs = digit_runs(number.span.of(analysis.text()));
            found.extend(runs.map(|value| Point { kind: Kind::Label, ..plain(number.span, value) }));
            return;
        }
    };
    let words = digit_runs(number.span.of(analysis.text())).next().is_none();
    let precision = match (number.bound, number.form) {
        (Bound::Exact, _) => Precision::Exact,
        (_, Form::Words) => Precision::Rough,
        _ => Precision::Bounded,
    };
    let point = Point {
        kind,
        unit: number.unit.as_deref().and_then(|unit| analysis.language().quantities.unit(unit)),
        unit_span: number.unit_span,
        precision,
        words,
        otherwise: otherwise(analysis, number),
        ..plain(number.span, number.value)
    };
    match number.upper {
        // Dozens are anything up to a hundred; 10 to 15 are two numbers.
        Some(upper) if number.form == Form::Words && number.bound == Bound::About => {
            found.push(Point { upper: Some(upper), ..point });
        }
        Some(upper) => found.extend([point, Point { value: upper, otherwise: None, ..point }]),
        None => found.push(point),
    }
}

/// Digits of a group.
const GROUP: usize = 3;

/// The other value of a number with one sign that parts of its language write for decimals and others for groups. Three
/// decimals are rare: only what is read as such may be a group.
fn otherwise(analysis: &Analysis, number: &Number) -> Option<f64> {
    let numbers = &analysis.language().profile().numbers;
    let written = number.span.of(analysis.text());
    let (whole, rest) = written.split_once(|c: char| !c.is_ascii_digit())?;
    let sign = &written[whole.len()..written.len() - rest.len()];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    // A sign or digits behind it leave no doubt.
    let lone = !rest[end..].contains(|c: char| c.is_ascii_digit());
    let holds = |signs: &[String]| signs.iter().any(|known| known == sign);
    let doubtful = lone && end == GROUP && !whole.starts_with('0') && whole.len() <= GROUP;
    (doubtful && holds(&numbers.decimal) && holds(&numbers.tolerated)).then(|| number.value * 10f64.powi(GROUP as i32))
}

/// Gives the numbers without a unit that of the one before, or else of the one after.
fn inherit(points: &mut [Point]) {
    let units: Vec<_> = points.iter().map(|point| point.unit).collect();
    for (place, point) in points.iter_mut().enumerate() {
        let before = units[..place].iter().rev().find_map(|unit| *unit);
        let after = || units[place..].iter().find_map(|unit| *unit);
        point.inherited = point.unit.or(before).or_else(after);
    }
}
