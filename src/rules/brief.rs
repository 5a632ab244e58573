//! What the brief of expected meaning says and the article does not.

use super::{Context, Finding, Rule, shortened};
use crate::brief::{Outcome, Verdict};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[FACT_CHANGED, FACT_MISSING];

const FACT_CHANGED: Rule = Rule {
    id: "brief/fact-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The article says otherwise what the brief expects",
    why: "The brief of expected meaning states it as a fact. Write what the brief says, or mend the brief.",
    // A brief is no text: `tests/brief.rs` proves them.
    examples: &[],
    check: |context| facts(context, Verdict::Changed),
};

const FACT_MISSING: Rule = Rule {
    id: "brief/fact-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "The article does not say what the brief expects",
    why: "The brief of expected meaning states it as a fact. It was left out, or said so that it could not be found.",
    examples: &[],
    check: |context| facts(context, Verdict::Missing),
};

fn facts(context: &Context, verdict: Verdict) -> Vec<Finding> {
    let outcomes = context.facts.iter().flatten().filter(|outcome| outcome.verdict == verdict);
    outcomes.map(|outcome| Finding::new(place(context, outcome), message(outcome))).collect()
}

/// Where the article speaks of it; what stands nowhere is told at its beginning.
fn place(context: &Context, outcome: &Outcome) -> Span {
    let first = || context.segments().next().map_or(Span::default(), |segment| segment.span);
    outcome.span.filter(|span| !span.is_empty()).unwrap_or_else(first)
}

fn message(outcome: &Outcome) -> String {
    match outcome.says.as_str() {
        "" => format!("fact {}: {}", outcome.id, outcome.why),
        says => format!("fact {} ({}): {}", outcome.id, shortened(says), outcome.why),
    }
}
