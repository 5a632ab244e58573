//! Words that belong to a denial and stand where nothing denies: the language itself tells that a word was lost.

use crate::corpus::Fault;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::{Context, Example, Finding, Rule};

pub const DENIAL_INCOMPLETE: Rule = Rule {
    id: "meaning/denial-incomplete",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A denial has lost one of its words",
    why: "The word belongs to a denial, and nothing denies: the sentence affirms what it should deny, or says neither.",
    examples: &[
        Example {
            langs: "de",
            source: "",
            bad: "Der Minister will die Steuern senken, [[sondern]] die Renten erhöhen.",
            good: "Der Minister will nicht die Steuern senken, sondern die Renten erhöhen.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre [[n'a]] convaincu les députés de sa majorité.",
            good: "Le ministre n'a pas convaincu les députés de sa majorité.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "El ministro [[ha dicho nada]] sobre su futuro.",
            good: "El ministro no ha dicho nada sobre su futuro.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The plan would apply [[only to hospitals, but also to]] schools.",
            good: "The plan would apply not only to hospitals, but also to schools.",
        },
    ],
    check: denial_incomplete,
};

fn denial_incomplete(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings: Vec<Finding> = Vec::new();
    for fit in context.sequences().iter().filter(|fit| fit.sequence.kind == Fault::Denial) {
        // People are quoted as they speak.
        let spoken = context.target.quotations.quoted(fit.span);
        let known = findings.last().is_some_and(|last| last.span.overlaps(fit.span));
        if !known && !spoken {
            let message = format!("{:?} stands without its denial", fit.span.of(text));
            findings.push(Finding::new(fit.span, message).because(fit.sequence.why.as_str()));
        }
    }
    findings
}
