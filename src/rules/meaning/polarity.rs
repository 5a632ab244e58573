//! Negation: a sentence that denies on one side only, and a word that one side denies and the other affirms.

use super::clear;
use crate::article::{Analysis, Concept, Cue};
use crate::corpus::Negation;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::{Context, Example, Finding, Pair, Rule, shortened};

pub const NEGATION_LOST: Rule = Rule {
    id: "meaning/negation-lost",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "The source denies, the translation affirms",
    why: "The negation was dropped, and the sentence says the opposite.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The Portuguese government will not raise taxes in 2025.",
            bad: "[[Le gouvernement portugais augmentera les impôts en 2025.]]",
            good: "Le gouvernement portugais n'augmentera pas les impôts en 2025.",
        },
        Example {
            langs: "en>fr",
            source: "The 300 voters of Lisbon who do not trust the mayor will not vote in 2025.",
            bad: "[[Les 300 électeurs de Lisbonne qui font confiance au maire voteront en 2025.]]",
            good: "Les 300 électeurs de Lisbonne qui ne font pas confiance au maire ne voteront pas en 2025.",
        },
        Example {
            langs: "zh>fr",
            source: "里斯本市政府无法在2025年支付3亿欧元。",
            bad: "[[La ville de Lisbonne a pu payer 300 millions d'euros en 2025.]]",
            good: "La ville de Lisbonne n'a pas pu payer 300 millions d'euros en 2025.",
        },
        Example {
            langs: "fr>en",
            source: "La ville de Lisbonne n'a pas payé les 300 millions d'euros en 2025.",
            bad: "[[The city of Lisbon paid the 300 million euros in 2025.]]",
            good: "The city of Lisbon did not pay the 300 million euros in 2025.",
        },
        Example {
            langs: "en>de",
            source: "The city of Lisbon did not pay the 300 million euros in 2025.",
            bad: "[[Die Stadt Lissabon zahlte 2025 die 300 Millionen Euro.]]",
            good: "Die Stadt Lissabon zahlte 2025 die 300 Millionen Euro nicht.",
        },
    ],
    check: |context| polarity(context, true),
};

pub const NEGATION_ADDED: Rule = Rule {
    id: "meaning/negation-added",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "The source affirms, the translation denies",
    why: "A negation was added, and the sentence says the opposite.",
    examples: &[Example {
        langs: "en>fr",
        source: "The Portuguese government will raise taxes in 2025.",
        bad: "Le gouvernement portugais [[n'augmentera pas]] les impôts en 2025.",
        good: "Le gouvernement portugais augmentera les impôts en 2025.",
    }],
    check: |context| polarity(context, false),
};

/// Sentences that deny on one side only. Any cue on the other side, even one that only looks so, ends the matter.
fn polarity(context: &Context, lost: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in clear(context) {
        let (denying, other) = if lost {
            ((source, pair.source), (&context.target, pair.target))
        } else {
            ((&context.target, pair.target), (source, pair.source))
        };
        if denying.0.language().negation.is_empty() || other.0.language().negation.is_empty() {
            continue;
        }
        let text = denying.0.text();
        let denies = |cue: &&Cue| cue.kind == Negation::Negative && !is_numero(text, cue.span);
        let Some(cue) = denying.0.cues_in(denying.1).iter().find(denies) else { continue };
        if !other.0.cues_in(other.1).is_empty() || turned_by_opposites(context, source, pair) {
            continue;
        }
        let words = shortened(cue.span.of(text));
        let finding = if lost {
            Finding::new(pair.target, format!("the source denies ({words:?}), nothing here does")).from_source(cue.span)
        } else {
            Finding::new(cue.span, format!("{words:?} denies, nothing in the source does")).from_source(pair.source)
        };
        findings.push(finding);
    }
    findings
}

/// `No. 1`, `No.1`: a short word with a stop and a figure after it counts, and denies nothing.
fn is_numero(text: &str, cue: Span) -> bool {
    text[cue.end..].strip_prefix('.').is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// `did not remember` and `a oublié` say the same: an opposite does the work of the negation.
fn turned_by_opposites(context: &Context, source: &Analysis, pair: Pair) -> bool {
    let rendered = context.target.concepts_in(pair.target);
    let opposites = |concept: &Concept| {
        context.corpus.concepts().opposites(concept.id).iter().any(|(id, _)| rendered.iter().any(|other| other.id == *id))
    };
    source.concepts_in(pair.source).iter().any(opposites)
}
