//! Negation: a sentence that denies what the other side affirms.

use super::certain::{CERTAIN, Sentences, Side};
use super::{clear, denial};
use crate::article::Analysis;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::{Context, Example, Finding, Pair, Rule, shortened};
use crate::token::WordHash;
use rustc_hash::FxHashSet;

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
            source: "The mayor of Lisbon did not give in, and the police did not arrest him.",
            bad: "[[Le maire de Lisbonne a cédé, et la police ne l'a pas arrêté.]]",
            good: "Le maire de Lisbonne n'a pas cédé, et la police ne l'a pas arrêté.",
        },
        Example {
            langs: "zh>fr",
            source: "里斯本市政府无法在2025年支付3亿欧元。",
            bad: "[[La ville de Lisbonne a pu payer 300 millions d'euros en 2025.]]",
            good: "La ville de Lisbonne n'a pas pu payer 300 millions d'euros en 2025.",
        },
    ],
    check: |context| polarity(context, true, false),
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
        source: "The mayor of Lisbon gave in to the unions.",
        bad: "Le maire de Lisbonne [[n'a pas]] cédé aux syndicats.",
        good: "Le maire de Lisbonne a cédé aux syndicats.",
    }],
    check: |context| polarity(context, false, false),
};

pub const STATEMENT_AFFIRMED: Rule = Rule {
    id: "meaning/statement-affirmed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation affirms what the source denies",
    why: "The words around the negation were translated, the negation was not: the sentence says the opposite.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The Portuguese government will not raise taxes in 2025.",
            bad: "[[Le gouvernement portugais augmentera les impôts en 2025.]]",
            good: "Le gouvernement portugais n'augmentera pas les impôts en 2025.",
        },
        Example {
            langs: "fr>en",
            source: "La ville de Lisbonne n'a pas payé les 300 millions d'euros en 2025.",
            bad: "[[The city of Lisbon paid the 300 million euros in 2025.]]",
            good: "The city of Lisbon did not pay the 300 million euros in 2025.",
        },
    ],
    check: |context| polarity(context, true, true),
};

pub const STATEMENT_DENIED: Rule = Rule {
    id: "meaning/statement-denied",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translation denies what the source affirms",
    why: "The words around the negation are those of the source, the negation is not: the sentence says the opposite.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The Portuguese government will raise taxes in 2025.",
            bad: "Le gouvernement portugais [[n'augmentera pas]] les impôts en 2025.",
            good: "Le gouvernement portugais augmentera les impôts en 2025.",
        },
        Example {
            langs: "en>de",
            source: "The city of Lisbon paid the 300 million euros in 2025.",
            bad: "Die Stadt Lissabon hat 2025 die 300 Millionen Euro [[nicht]] bezahlt.",
            good: "Die Stadt Lissabon hat 2025 die 300 Millionen Euro bezahlt.",
        },
    ],
    check: |context| polarity(context, false, true),
};

/// Denials that were lost or added; those without doubt, or the others.
fn polarity(context: &Context, lost: bool, certain: bool) -> Vec<Finding> {
    of_kind(context.shared.denials.get_or_init(|| all(context)), (lost, certain))
}

/// Denials that nothing on the other side answers: whether the source has them, and whether that is sure.
fn all(context: &Context) -> Sorted<(bool, bool)> {
    let mut findings = Vec::new();
    for (source, pair) in clear(context) {
        if source.language().negation.is_empty() || context.target.language().negation.is_empty() {
            continue;
        }
        let open = denial::unanswered(context, source, pair);
        // Open on both sides, the sentence was turned in a way that is not understood.
        let (cue, lost) = match (open.source.first(), open.target.first()) {
            (Some(cue), None) => (cue, true),
            (None, Some(cue)) => (cue, false),
            _ => continue,
        };
        if is_untranslated(context, source, pair) {
            continue;
        }
        let sides = (Side { analysis: source, span: pair.source }, Side { analysis: &context.target, span: pair.target });
        let (here, there) = if lost { sides } else { (sides.1, sides.0) };
        let sure = || Sentences::new(context, here, there, lost).affirmed();
        let affirmed = if pair.bead.confidence >= CERTAIN { sure() } else { None };
        let cue = affirmed.as_ref().unwrap_or(cue);
        let words = shortened(cue.span.of(here.analysis.text()));
        let finding = if lost {
            Finding::new(pair.target, format!("the source denies ({words:?}), no denial was found here")).from_source(cue.span)
        } else {
            Finding::new(cue.span, format!("{words:?} denies, no denial was found in the source")).from_source(pair.source)
        };
        findings.push(((lost, affirmed.is_some()), finding));
    }
    findings
}

/// Share of the words of a sentence that its source has too, from which on it was left as it was.
const LEFT: f32 = 0.75;

/// What was left in the language of the source denies by words of that language.
fn is_untranslated(context: &Context, source: &Analysis, pair: Pair) -> bool {
    let known: FxHashSet<WordHash> = source.tokens_in(pair.source).iter().map(|token| token.form).collect();
    let words = context.target.tokens_in(pair.target);
    let same = words.iter().filter(|token| known.contains(&token.form)).count();
    same as f32 >= LEFT * words.len() as f32
}
