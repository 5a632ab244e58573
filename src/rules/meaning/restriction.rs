//! `Not only` that became `only`, and the reverse.

use super::clear;
use crate::article::{Analysis, Cue};
use crate::corpus::Negation;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::{Context, Example, Finding, Rule};

pub const RESTRICTION_REVERSED: Rule = Rule {
    id: "meaning/restriction-reversed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "One side says “not only”, the other “only”",
    why: "The negation was lost or added: what was one thing among others is now the only one.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The reform affects not only the mayors of Portugal but also the teachers.",
            bad: "La réforme touche [[seulement]] les maires du Portugal et les professeurs.",
            good: "La réforme touche non seulement les maires du Portugal, mais aussi les professeurs.",
        },
        Example {
            langs: "zh>en",
            source: "葡萄牙政府不仅提高了税收。",
            bad: "The Portuguese government [[only]] raised taxes.",
            good: "The Portuguese government did not only raise taxes.",
        },
        Example {
            langs: "en>de",
            source: "The reform affects only the mayors of Portugal.",
            bad: "Die Reform betrifft [[nicht nur]] die Bürgermeister Portugals.",
            good: "Die Reform betrifft nur die Bürgermeister Portugals.",
        },
    ],
    check: restriction_reversed,
};

/// How far from each other, in shares of their sentences, `not only` and `only` stand at most.
const REACH: f32 = 0.35;

fn restriction_reversed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in clear(context) {
        let sides = (Side::new(source, pair.source), Side::new(&context.target, pair.target));
        let found = reversed(&sides.0, &sides.1).or_else(|| reversed(&sides.1, &sides.0).map(|(more, only)| (only, more)));
        let Some((original, rendered)) = found else { continue };
        let (said, says) = (original.of(source.text()), rendered.of(context.text()));
        let message = format!("the source says {said:?}, the translation {says:?}");
        findings.push(Finding::new(rendered, message).from_source(original));
    }
    findings
}

/// What two sentences say of there being more.
struct Side<'a> {
    span: Span,
    cues: &'a [Cue],
    restrictions: &'a [Span],
}

impl<'a> Side<'a> {
    fn new(analysis: &'a Analysis<'a>, span: Span) -> Side<'a> {
        Side { span, cues: analysis.cues_in(span), restrictions: analysis.restrictions_in(span) }
    }

    fn of(&self, kind: Negation) -> impl Iterator<Item = Span> {
        self.cues.iter().filter(move |cue| cue.kind == kind).map(|cue| cue.span)
    }

    /// Words that deny, by themselves or by their meaning.
    fn denials(&self) -> usize {
        self.cues.iter().filter(|cue| matches!(cue.kind, Negation::Negative | Negation::Concord | Negation::Lexical)).count()
    }

    fn share(&self, place: Span) -> f32 {
        (place.start - self.span.start) as f32 / self.span.len().max(1) as f32
    }
}

/// `Not only` on one side and `only` on the other, each without its like there, and nothing else that could make up for it.
fn reversed(more: &Side, less: &Side) -> Option<(Span, Span)> {
    let addition = more.of(Negation::Additive).next()?;
    let alone = more.restrictions.is_empty() && less.of(Negation::Additive).next().is_none();
    let away = |only: &&Span| (less.share(**only) - more.share(addition)).abs();
    let only = less.restrictions.iter().min_by(|a, b| away(a).total_cmp(&away(b)))?;
    let made_up = less.denials() > more.denials();
    (alone && !made_up && away(&only) <= REACH).then_some((addition, *only))
}
