//! One cause, one finding. What stands in another language is told by the language family; that its figures, marks and words
//! break the rules of the target's language, or that its names and denials are missing there, is not told again.

use super::language::{WRONG_DOCUMENT_LANGUAGE, words};
use super::{Context, Finding, Rule};
use crate::document::Span;

/// Rules that read words as those of the target's language, by their beginning. Bytes, pages and loops are judged in any.
const READING: &[&str] = &[
    "typography/",
    "quotations/",
    "grammar/",
    "idioms/",
    "terms/",
    "numbers/",
    "dates/",
    "names/",
    "meaning/",
    "completeness/clause-omitted",
    "completeness/sentence-unfinished",
    "completeness/sentence-truncated",
    "consistency/",
    "garble/nouns-capitalised",
    "garble/register-mixed",
    "garble/unknown-word",
];
/// Words of a stretch that may hold what its sentence lacks.
const WORDS: usize = 3;

/// A stretch that is told to be in another language.
pub(super) struct Stretch {
    span: Span,
    /// What it should say, where it is long enough to say something.
    source: Option<Span>,
}

/// The stretches that the language family has found, in the order of the text.
pub(super) fn stretches(context: &Context) -> Vec<Stretch> {
    let found = context.found.iter().filter(|found| found.rule.starts_with("language/"));
    let mut all: Vec<Stretch> = found.map(|found| stretch(context, found.rule, found.span)).collect();
    all.sort_unstable_by_key(|stretch| stretch.span);
    all
}

fn stretch(context: &Context, rule: &str, span: Span) -> Stretch {
    if rule == WRONG_DOCUMENT_LANGUAGE.id {
        let source = context.source.as_ref().map(|source| Span::new(0, source.text().len()));
        return Stretch { span: Span::new(0, context.text().len()), source };
    }
    let long = words(context.target.tokens_in(span), context.text()) >= WORDS;
    Stretch { span, source: context.source_of(span.start).filter(|_| long).map(|(_, source)| source) }
}

/// Whether a finding says no more than that such a stretch is not translated.
pub fn is_told(context: &Context, rule: &Rule, finding: &Finding) -> bool {
    if !READING.iter().any(|reading| rule.id.starts_with(reading)) {
        return false;
    }
    let stretches = context.stretches();
    let after = stretches.partition_point(|stretch| stretch.span.start < finding.span.end);
    let Some(stretch) = stretches[..after].last().filter(|stretch| stretch.span.overlaps(finding.span)) else { return false };
    let shared = finding.span.end.min(stretch.span.end) - finding.span.start.max(stretch.span.start);
    // Most of it stands there, or the whole sentence is shown for what it lacks. Findings of one place may speak of another
    // sentence of the source.
    match finding.source {
        Some(source) => stretch.source.is_some_and(|own| own.contains(source)) || shared == finding.span.len(),
        None => shared * 2 > finding.span.len(),
    }
}
