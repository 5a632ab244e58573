//! Quantities that the translation changed. Values are compared, never strings; only the source's own digits are binding.

use super::{Context, Example, Finding, Pair, Rule};
use crate::article::Analysis;
use crate::extract::{Bound, Form, Number};
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[MAGNITUDE_SLIPPED, VALUE_CHANGED, VALUE_MISSING, UNIT_CHANGED];

const MAGNITUDE_SLIPPED: Rule = Rule {
    id: "numbers/magnitude-slipped",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number is ten, a thousand or a million times too big or too small",
    why: "Scales differ between languages: 亿 is a hundred million, English billion is French milliard, French billion is a million millions.",
    examples: &[Example {
        langs: "zh>fr",
        source: "投资将超过1万亿美元。",
        bad: "Les investissements dépasseront [[un milliard]] de dollars.",
        good: "Les investissements dépasseront mille milliards de dollars.",
    }],
    check: |context| differences(context).into_iter().filter(Difference::is_slip).map(Difference::finding).collect(),
};

const VALUE_CHANGED: Rule = Rule {
    id: "numbers/value-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number has another value than in the source",
    why: "A wrong figure is the error readers forgive least. Write the figure of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The group employs 4,300 people in Portugal.",
        bad: "Le groupe emploie [[4 800]] personnes au Portugal.",
        good: "Le groupe emploie 4 300 personnes au Portugal.",
    }],
    check: |context| {
        differences(context).into_iter().filter(|difference| !difference.is_slip()).map(Difference::finding).collect()
    },
};

/// A number of the source that the target lacks, and the one of the target that stands in its place.
struct Difference<'c> {
    source: &'c Number,
    target: &'c Number,
    said: String,
    says: String,
}

impl Difference<'_> {
    /// The two values differ by a power of ten alone.
    fn is_slip(&self) -> bool {
        is_power_of_ten(self.source.value / self.target.value)
    }

    fn finding(self) -> Finding {
        let value = |number: &Number| plain(number.value);
        let message = format!(
            "the source says {} ({}), the translation says {} ({})",
            self.said,
            value(self.source),
            self.says,
            value(self.target)
        );
        Finding::new(self.target.span, message).from_source(self.source.span)
    }
}

fn is_power_of_ten(ratio: f64) -> bool {
    let exponent = ratio.abs().log10();
    exponent.is_finite() && exponent.abs() > 0.5 && (exponent - exponent.round()).abs() < 1e-6
}

/// A value with thin grouping, as a person reads it: 1 200 000.
fn plain(value: f64) -> String {
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

/// Beads in which exactly one number of the source is lost and exactly one of the target is new.
fn differences<'c>(context: &'c Context) -> Vec<Difference<'c>> {
    let mut found = Vec::new();
    if !can_count(context) {
        return found;
    }
    for (source, pair) in context.pairs() {
        let lost = lost(context, source, pair);
        let new = new(context, source, pair);
        let repeated = slipped_repeat(source, pair, context, &new);
        let (lost, new) = match (lost.as_slice(), new.as_slice(), repeated) {
            ([lost], [new], _) => (*lost, *new),
            ([], [new], Some(original)) => (original, *new),
            _ => continue,
        };
        // Another unit altogether: a conversion, or another number.
        if lost.unit.is_some()
            && new.unit.is_some()
            && lost.unit != new.unit
            && dimension(context, lost) != dimension(context, new)
        {
            continue;
        }
        if lost.unit != new.unit && converts(&context.target, lost, new) {
            continue;
        }
        let (said, says) = (lost.span.of(source.text()), new.span.of(context.text()));
        found.push(Difference { source: lost, target: new, said: said.to_owned(), says: says.to_owned() });
    }
    found
}

/// A number that the source says more often than the target, which once has it a power of ten away:
/// `1万亿 … 1万亿` rendered as `1 000 milliards … un milliard`.
fn slipped_repeat<'s>(source: &'s Analysis, pair: Pair, context: &Context, new: &[&Number]) -> Option<&'s Number> {
    let [new] = new else { return None };
    let count = |numbers: &[Number], value: f64| {
        numbers.iter().filter(|number| (number.value - value).abs() <= value.abs() * 1e-6).count()
    };
    let (originals, rendered) = (source.numbers_in(pair.source), context.target.numbers_in(pair.target));
    let slip = |original: &&Number| {
        let scaled = original.value >= 1e6 && new.value >= 1e3 && is_power_of_ten(original.value / new.value);
        scaled && original.unit == new.unit && count(originals, original.value) > count(rendered, original.value)
    };
    originals.iter().find(slip)
}

/// What the unit of a number measures.
fn dimension<'c>(context: &'c Context, number: &Number) -> Option<&'c str> {
    let unit = context.target.language().quantities.unit(number.unit.as_deref()?)?;
    Some(&unit.dimension)
}

/// How far a conversion may be from the exact value: newsrooms round.
const CONVERSION: f64 = 0.08;

/// Whether one number is the other converted: 5 miles and 8 km.
fn converts(analysis: &Analysis, a: &Number, b: &Number) -> bool {
    let base = |number: &Number| {
        let unit = analysis.language().quantities.unit(number.unit.as_deref()?)?;
        Some((unit.dimension.as_str(), number.value * unit.factor?))
    };
    let (Some((one, x)), Some((other, y))) = (base(a), base(b)) else { return false };
    a.unit != b.unit && one == other && (x - y).abs() <= x.abs().max(y.abs()) * CONVERSION
}

/// Whether the numbers of both languages can be read: without number words a scale would be overlooked.
fn can_count(context: &Context) -> bool {
    let knows = |analysis: &Analysis| analysis.language().quantities.has_numbers();
    knows(&context.target) && context.source.as_ref().is_some_and(knows)
}

/// Numbers of the source that bind and that nothing in the target answers.
fn lost<'s>(context: &Context, source: &'s Analysis, pair: Pair) -> Vec<&'s Number> {
    let binding = source.numbers_in(pair.source).iter().filter(|number| binds(number));
    binding.filter(|number| !is_answered(number, &context.target, pair.target)).collect()
}

/// Numbers of the target that nothing in the source answers.
fn new<'t>(context: &'t Context, source: &Analysis, pair: Pair) -> Vec<&'t Number> {
    let written = context.target.numbers_in(pair.target).iter().filter(|number| !is_loose(number));
    written.filter(|number| !is_answered(number, source, pair.source)).collect()
}

/// Digits bind; words do only with a scale; a label never does.
fn binds(number: &Number) -> bool {
    match number.form {
        Form::Digits | Form::Century => true,
        Form::Words => number.value >= 1000.0 || number.unit.is_some() && number.value > 3.0,
        Form::Ordinal | Form::Year => number.value > 31.0,
        Form::Label => false,
    }
}

/// A number that nothing in the source need answer: `un`, `premier`, a label, a word beside a scale (`six autres millions`).
fn is_loose(number: &Number) -> bool {
    match number.form {
        Form::Label => true,
        Form::Words => number.value <= 12.0 && number.unit.is_none(),
        Form::Ordinal => number.value <= 31.0,
        _ => false,
    }
}

/// Whether the other side has the value: as a number, in a date, as a label's digits, or converted.
fn is_answered(number: &Number, other: &Analysis, span: crate::document::Span) -> bool {
    let numbers = other.numbers_in(span);
    let values = |candidate: &Number| [Some(candidate.value), candidate.upper].into_iter().flatten().collect::<Vec<f64>>();
    let own = values(number);
    let same = numbers.iter().any(|candidate| {
        values(candidate).iter().any(|value| own.iter().any(|own| agrees(*own, *value, number, candidate)))
            || converts(other, number, candidate)
    });
    let whole = number.value.fract() == 0.0 && number.value.abs() < 1e9;
    let dated = whole
        && other.dates_in(span).iter().any(|date| {
            let parts = [date.year, date.month.map(i32::from), date.day.map(i32::from)];
            parts
                .into_iter()
                .flatten()
                .any(|part| f64::from(part) == number.value || f64::from(part % 100) == number.value && part > 1900)
        });
    same || dated || whole && has_digits(other.tokens_in(span), other.text(), number.value)
}

/// Equal values; a rough one may differ by a tenth, and a decade or a year may lose its century.
fn agrees(own: f64, other: f64, number: &Number, candidate: &Number) -> bool {
    let rough = number.bound != Bound::Exact
        || candidate.bound != Bound::Exact
        || number.form == Form::Words
        || candidate.form == Form::Words;
    let tolerance = if rough { 0.1 } else { 0.005 };
    let difference = (own - other).abs();
    difference <= own.abs().max(other.abs()) * tolerance && (rough || difference < 1e-9 || own.abs() > 1000.0)
        || is_short_year(own, other)
        || is_short_year(other, own)
}

fn is_short_year(year: f64, short: f64) -> bool {
    (1900.0..2100.0).contains(&year) && year % 100.0 == short
}

/// The digits may stand in the other text as part of a label: `G20`, `11:00`, `B-52`.
fn has_digits(tokens: &[crate::token::Token], text: &str, value: f64) -> bool {
    let digits = format!("{value:.0}");
    tokens.iter().any(|token| {
        let word = token.text(text);
        let own: String = word.chars().filter(char::is_ascii_digit).collect();
        !own.is_empty() && own.trim_start_matches('0') == digits
    })
}

const VALUE_MISSING: Rule = Rule {
    id: "numbers/value-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A number of the source is not in the translation",
    why: "The figure was dropped, or stands in another sentence.",
    examples: &[Example {
        langs: "en>fr",
        source: "The group employs 4,300 people in Portugal, and 700 in Spain.",
        bad: "[[Le groupe emploie 4 300 personnes au Portugal, et d'autres en Espagne.]]",
        good: "Le groupe emploie 4 300 personnes au Portugal, et 700 en Espagne.",
    }],
    check: value_missing,
};

fn value_missing(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !can_count(context) {
        return findings;
    }
    for (source, pair) in context.pairs() {
        // A neighbouring segment may hold it: look a little beyond the bead.
        let wide = context
            .target
            .span_of(pair.bead.target.start.saturating_sub(1)..(pair.bead.target.end + 1).min(context.target.segments.len()));
        let missing: Vec<&Number> = lost(context, source, pair)
            .into_iter()
            .filter(|number| number.form == Form::Digits && !is_answered(number, &context.target, wide))
            .collect();
        let ([missing], true) = (missing.as_slice(), new(context, source, pair).is_empty()) else { continue };
        let said = missing.span.of(source.text());
        findings.push(
            Finding::new(pair.target, format!("{said} ({}) of the source is not in this sentence", plain(missing.value)))
                .from_source(missing.span),
        );
    }
    findings
}

const UNIT_CHANGED: Rule = Rule {
    id: "numbers/unit-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number keeps its value and changes its unit",
    why: "Five dollars are not five euros. Convert the figure, or keep the unit.",
    examples: &[Example {
        langs: "en>fr",
        source: "The repairs will cost $40 million.",
        bad: "Les réparations coûteront 40 millions d'[[euros]].",
        good: "Les réparations coûteront 40 millions de dollars.",
    }],
    check: unit_changed,
};

fn unit_changed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        let originals = source.numbers_in(pair.source);
        for number in context.target.numbers_in(pair.target).iter().filter(|number| number.form != Form::Label) {
            let Some((unit, place)) = number.unit.as_ref().zip(number.unit_span) else { continue };
            let same: Vec<&Number> = originals
                .iter()
                .filter(|original| (original.value - number.value).abs() < 1e-9 && original.unit.is_some())
                .collect();
            let [original] = same.as_slice() else { continue };
            let Some(said) = original.unit.as_ref().filter(|said| *said != unit) else { continue };
            let comparable = dimension(context, original).is_some() && dimension(context, original) == dimension(context, number);
            // Both currencies may be named: a conversion in brackets.
            let both = originals.iter().any(|other| other.unit.as_ref() == Some(unit));
            if comparable && !both {
                let words = original.unit_span.map_or(said.as_str(), |span| span.of(source.text()));
                let says = place.of(context.text());
                findings.push(
                    Finding::new(place, format!("the source says {words:?} ({said}), the translation {says:?} ({unit})"))
                        .from_source(original.span),
                );
            }
        }
    }
    findings
}
