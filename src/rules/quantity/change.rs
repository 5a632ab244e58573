//! What the translation changed in the numbers of trusted beads, as findings.

use super::agreement::{converts, equal};
use super::can_count;
use super::difference::{Change, Difference, differences};
use super::point::{Kind, Point};
use super::residue::{Residue, residues};
use crate::article::Analysis;
use crate::extract::Number;
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::{Context, Finding};
use rustc_hash::FxHashSet;

/// What was changed in the trusted beads.
pub fn changes(context: &Context, wanted: Change) -> Vec<Finding> {
    told_of(context, Told::Changed(wanted))
}

/// Numbers of the source that no number of the sentence answers.
pub fn value_missing(context: &Context) -> Vec<Finding> {
    told_of(context, Told::Missing)
}

/// What is told of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Changed(Change),
    Missing,
}

fn told_of(context: &Context, what: Told) -> Vec<Finding> {
    of_kind(context.shared.numbers.get_or_init(|| all(context)), what)
}

fn all(context: &Context) -> Sorted<Told> {
    let mut findings = Vec::new();
    let Some((source, alignment)) = context.source.as_ref().zip(context.alignment.as_ref()).filter(|_| can_count(context)) else {
        return findings;
    };
    for residue in residues(source, &context.target, alignment).iter().filter(|residue| residue.trusted) {
        let mut found = differences(residue);
        found.extend(broken_conversions(residue));
        // A figure written as in the source keeps its value and breaks a rule of typography.
        let copied = |change: &Difference| {
            let written = change.target.span.of(context.target.text());
            !written.contains(char::is_alphabetic) && written == change.source.span.of(source.text())
        };
        found.retain(|change| !copied(change));
        // Both ends of a range are one place.
        let mut places = FxHashSet::default();
        found.retain(|difference| places.insert(difference.target.span.start));
        let found =
            found.iter().map(|difference| (Told::Changed(difference.change()), finding(source, &context.target, difference)));
        findings.extend(found);
        findings.extend(missing(source, residue).map(|finding| (Told::Missing, finding)));
    }
    findings
}

fn finding(source: &Analysis, target: &Analysis, difference: &Difference) -> Finding {
    let said = told(&difference.source, source.text());
    let says = told(&difference.target, target.text());
    let message = format!("the source says {said}, the translation says {says}");
    Finding::new(difference.target.span, message).from_source(difference.source.span)
}

/// The value as a person who cannot read the text understands it, and the words of the text.
pub fn told(point: &Point, text: &str) -> String {
    let words = point.whole().of(text);
    match point.upper {
        Some(_) => format!("{} or more ({words})", plain(point.value)),
        None => format!("{} ({words})", plain(point.value)),
    }
}

/// The value of a mention for a person, and its words.
pub fn told_number(number: &Number, text: &str) -> String {
    format!("{} ({})", plain(number.value), number.span.of(text))
}

/// A value with its scale or with thin grouping, as a person reads it: 120 million, 4 300.
fn plain(value: f64) -> String {
    const SCALES: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    if let Some((scale, name)) = SCALES.iter().find(|(scale, _)| value.abs() >= *scale) {
        return format!("{} {name}", (value / scale * 1e6).round() / 1e6);
    }
    if value.fract().abs() > 1e-9 {
        return format!("{}", (value * 1e6).round() / 1e6);
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// `2090 km (130 miles)`: the source has one of the two, and the other is not what it comes to.
fn broken_conversions<'a>(residue: &Residue<'a>) -> Vec<Difference<'a>> {
    if !residue.lost.is_empty() || !residue.repeated.is_empty() {
        return Vec::new();
    }
    let broken = |new: &Point<'a>| {
        let partner = residue.says.iter().find(|point| is_bracketed(point, new))?;
        let original = residue.said.iter().find(|point| point.unit.is_some() && equal(point.value, partner.value))?;
        let (one, other) = (partner.unit.or(original.unit)?, new.unit?);
        let measured = one.id != other.id && one.dimension == other.dimension && other.factor.is_some();
        (measured && !converts(original, new)).then_some(Difference { source: *original, target: *new })
    };
    residue.new.iter().filter_map(broken).collect()
}

/// One of the two numbers stands right behind the other, in brackets.
fn is_bracketed(one: &Point, other: &Point) -> bool {
    /// A space, a bracket and a sign.
    const APART: usize = 4;
    let (first, last) = if one.span.start < other.span.start { (one, other) } else { (other, one) };
    one.span != other.span && last.span.start.saturating_sub(first.whole().end) < APART
}

/// The number of the source that no number of the sentence answers.
fn missing(source: &Analysis, residue: &Residue) -> Option<Finding> {
    let written: Vec<&Point> = residue.lost.iter().filter(|point| point.kind == Kind::Count && !point.words).collect();
    let ([missing], true) = (written.as_slice(), residue.new.is_empty()) else { return None };
    let message = format!("the source says {}, and this sentence does not", told(missing, source.text()));
    Some(Finding::new(residue.target, message).from_source(missing.span))
}
