//! Dates that the translation changed. Only what both sides say is compared.

use super::{Context, Example, Finding, Pair, Rule};
use crate::article::Analysis;
use crate::extract::Date;
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[MONTH_CHANGED, WEEKDAY_CHANGED, DAY_CHANGED, YEAR_CHANGED];

const MONTH_CHANGED: Rule = Rule {
    id: "dates/month-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another month than the source",
    why: "The event moves by weeks or months. Write the month of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The election in Portugal took place on 12 March 2019.",
        bad: "L'élection au Portugal a eu lieu le [[12 mai 2019]].",
        good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
    }],
    check: |context| changed(context, "month", |date| date.month.map(i32::from)),
};

const WEEKDAY_CHANGED: Rule = Rule {
    id: "dates/weekday-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another day of the week than the source",
    why: "The event moves by days. Write the day of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The Portuguese minister resigned on Tuesday in Lisbon.",
        bad: "Le ministre portugais a démissionné [[jeudi]] à Lisbonne.",
        good: "Le ministre portugais a démissionné mardi à Lisbonne.",
    }],
    check: |context| changed(context, WEEKDAY, |date| date.weekday.map(i32::from)),
};

const DAY_CHANGED: Rule = Rule {
    id: "dates/day-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another day of the month than the source",
    why: "The event moves by days. Write the day of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The election in Portugal took place on 12 March 2019.",
        bad: "L'élection au Portugal a eu lieu le [[22 mars 2019]].",
        good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
    }],
    check: |context| changed(context, "day", |date| date.month.and(date.day).map(i32::from)),
};

const YEAR_CHANGED: Rule = Rule {
    id: "dates/year-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another year than the source",
    why: "Write the year of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The election in Portugal took place on 12 March 2019.",
        bad: "L'élection au Portugal a eu lieu le [[12 mars 2009]].",
        good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
    }],
    check: |context| changed(context, "year", |date| date.year),
};

const WEEKDAY: &str = "day of the week";

/// One part of the dates of two aligned passages: reported where the source names one value that the target lacks,
/// and the target one that the source lacks.
fn changed(context: &Context, part: &str, value: impl Fn(&Date) -> Option<i32>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        let (originals, rendered) = (source.dates_in(pair.source), context.target.dates_in(pair.target));
        let lost: Vec<&Date> = unmatched(originals, rendered, &value);
        let new: Vec<&Date> = unmatched(rendered, originals, &value);
        let ([lost], [new]) = (lost.as_slice(), new.as_slice()) else { continue };
        // A weekday has a number of its own, which is written nowhere.
        let written = part != WEEKDAY;
        if written && value(lost).is_some_and(|number| stands_elsewhere(context, source, pair, number)) {
            continue;
        }
        let (said, says) = (lost.span.of(source.text()), new.span.of(context.text()));
        findings.push(
            Finding::new(new.span, format!("the source says {said:?}, the translation {says:?}: another {part}"))
                .from_source(lost.span),
        );
    }
    findings
}

/// The dates of one side whose value no date of the other side has; each value once.
fn unmatched<'d>(dates: &'d [Date], others: &[Date], value: &impl Fn(&Date) -> Option<i32>) -> Vec<&'d Date> {
    let mut found: Vec<&Date> = dates
        .iter()
        .filter(|date| value(date).is_some_and(|own| !others.iter().any(|other| value(other) == Some(own))))
        .collect();
    found.dedup_by_key(|date| value(date));
    found
}

/// The value may stand in the target as a plain number: `le 25`, `en 2019`.
fn stands_elsewhere(context: &Context, _source: &Analysis, pair: Pair, value: i32) -> bool {
    context.target.numbers_in(pair.target).iter().any(|number| (number.value - f64::from(value)).abs() < 0.5)
}
