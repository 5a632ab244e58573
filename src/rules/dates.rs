//! Dates that the translation changed. Only what both sides say is compared.

use super::{Context, Example, Finding, Pair, Rule};
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
    examples: &[
        Example {
            langs: "en>fr",
            source: "The election in Portugal took place on 12 March 2019.",
            bad: "L'élection au Portugal a eu lieu le [[12 mai 2019]].",
            good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
        },
        Example {
            langs: "zh>fr",
            source: "博物馆将于七月重新开放。",
            bad: "Le musée rouvrira en [[juin]].",
            good: "Le musée rouvrira en juillet.",
        },
        Example {
            langs: "fr>en",
            source: "Le musée rouvrira en juillet.",
            bad: "The museum will reopen in [[June]].",
            good: "The museum will reopen in July.",
        },
        Example {
            langs: "en>de",
            source: "The museum closed on 14 March and reopened on 12 March of the next year.",
            bad: "Das Museum schloss am 14. März und öffnete am [[12. April]] des folgenden Jahres.",
            good: "Das Museum schloss am 14. März und öffnete am 12. März des folgenden Jahres.",
        },
        Example {
            langs: "en>de",
            source: "The museum will reopen in July.",
            bad: "Das Museum öffnet im [[Juni]] wieder.",
            good: "Das Museum öffnet im Juli wieder.",
        },
        Example {
            langs: "en>es",
            source: "The museum will reopen in July.",
            bad: "El museo reabrirá en [[junio]].",
            good: "El museo reabrirá en julio.",
        },
    ],
    check: |context| changed(context, "month", |date| date.month.map(i32::from)),
};

const WEEKDAY_CHANGED: Rule = Rule {
    id: "dates/weekday-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another day of the week than the source",
    why: "The event moves by days. Write the day of the source.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The Portuguese minister resigned on Tuesday in Lisbon.",
            bad: "Le ministre portugais a démissionné [[jeudi]] à Lisbonne.",
            good: "Le ministre portugais a démissionné mardi à Lisbonne.",
        },
        Example {
            langs: "en>fr",
            source: "They won 5-3 on Friday in Lisbon.",
            bad: "Ils ont gagné 5-3 [[mercredi]] à Lisbonne.",
            good: "Ils ont gagné 5-3 vendredi à Lisbonne.",
        },
        Example {
            langs: "zh>fr",
            source: "部长周二宣布辞职。",
            bad: "Le ministre a annoncé sa démission [[jeudi]].",
            good: "Le ministre a annoncé sa démission mardi.",
        },
        Example {
            langs: "fr>en",
            source: "Le ministre a démissionné mardi.",
            bad: "The minister resigned on [[Thursday]].",
            good: "The minister resigned on Tuesday.",
        },
        Example {
            langs: "en>de",
            source: "The minister resigned on Tuesday.",
            bad: "Der Minister trat am [[Donnerstag]] zurück.",
            good: "Der Minister trat am Dienstag zurück.",
        },
        Example {
            langs: "en>es",
            source: "The minister resigned on Tuesday.",
            bad: "El ministro dimitió el [[jueves]].",
            good: "El ministro dimitió el martes.",
        },
    ],
    check: |context| changed(context, WEEKDAY, |date| date.weekday.map(i32::from)),
};

const DAY_CHANGED: Rule = Rule {
    id: "dates/day-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another day of the month than the source",
    why: "The event moves by days. Write the day of the source.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The election in Portugal took place on 12 March 2019.",
            bad: "L'élection au Portugal a eu lieu le [[22 mars 2019]].",
            good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
        },
        Example {
            langs: "zh>fr",
            source: "展览将于9月29日开幕。",
            bad: "L'exposition ouvrira le [[19 septembre]].",
            good: "L'exposition ouvrira le 29 septembre.",
        },
        Example {
            langs: "fr>en",
            source: "L'exposition ouvrira le 29 septembre.",
            bad: "The exhibition opens on [[19 September]].",
            good: "The exhibition opens on 29 September.",
        },
        Example {
            langs: "en>de",
            source: "The exhibition opens on 29 September.",
            bad: "Die Ausstellung öffnet am [[19. September]].",
            good: "Die Ausstellung öffnet am 29. September.",
        },
        Example {
            langs: "en>es",
            source: "The exhibition opens on 29 September.",
            bad: "La exposición abre el [[19 de septiembre]].",
            good: "La exposición abre el 29 de septiembre.",
        },
    ],
    check: |context| changed(context, "day", |date| date.month.and(date.day).map(i32::from)),
};

const YEAR_CHANGED: Rule = Rule {
    id: "dates/year-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation names another year than the source",
    why: "Write the year of the source.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The election in Portugal took place on 12 March 2019.",
            bad: "L'élection au Portugal a eu lieu le [[12 mars 2009]].",
            good: "L'élection au Portugal a eu lieu le 12 mars 2019.",
        },
        Example {
            langs: "zh>fr",
            source: "该协议于2019年3月签署。",
            bad: "L'accord a été signé en [[mars 2009]].",
            good: "L'accord a été signé en mars 2019.",
        },
        Example {
            langs: "fr>en",
            source: "L'accord a été signé en mars 2019.",
            bad: "The agreement was signed in [[March 2009]].",
            good: "The agreement was signed in March 2019.",
        },
        Example {
            langs: "en>de",
            source: "The agreement was signed in March 2019.",
            bad: "Das Abkommen wurde im [[März 2009]] unterzeichnet.",
            good: "Das Abkommen wurde im März 2019 unterzeichnet.",
        },
        Example {
            langs: "en>es",
            source: "The agreement was signed in March 2019.",
            bad: "El acuerdo se firmó en [[marzo de 2009]].",
            good: "El acuerdo se firmó en marzo de 2019.",
        },
    ],
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
        let sole = lost.first().copied().zip(new.first().copied()).filter(|_| lost.len() == 1 && new.len() == 1);
        let Some((lost, new)) = sole.or_else(|| half_changed(originals, rendered, &value)) else { continue };
        // A weekday has a number of its own, which is written nowhere.
        let written = part != WEEKDAY;
        if written && value(lost).is_some_and(|number| stands_elsewhere(context, pair, number)) {
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

/// Of several dates one has the same day and another month, or the same month and another day: `14 March … 12 March` and
/// `14 March … 12 April`.
fn half_changed<'d>(
    originals: &'d [Date],
    rendered: &'d [Date],
    value: &impl Fn(&Date) -> Option<i32>,
) -> Option<(&'d Date, &'d Date)> {
    let whole = |date: &Date| date.month.zip(date.day).map(|(month, day)| i32::from(month) * 100 + i32::from(day));
    let (lost, new) = (unmatched(originals, rendered, &whole), unmatched(rendered, originals, &whole));
    let ([lost], [new]) = (lost.as_slice(), new.as_slice()) else { return None };
    let differs = value(lost).is_some() && value(new).is_some() && value(lost) != value(new);
    (differs && (lost.month == new.month) != (lost.day == new.day)).then_some((*lost, *new))
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
fn stands_elsewhere(context: &Context, pair: Pair, value: i32) -> bool {
    context.target.numbers_in(pair.target).iter().any(|number| (number.value - f64::from(value)).abs() < 0.5)
}
