//! Sentences that say the opposite: negation lost or gained, a concept turned into its opposite, a comparison reversed.
//! Spoken only where one sentence stands for one, and both sides are clear, but for a denial that its own language finds
//! incomplete.

mod certain;
mod counterpart;
mod denial;
mod direction;
mod incomplete;
mod polarity;
mod restriction;

use super::{Context, Example, Finding, Pair, Rule, shortened};
use crate::article::Analysis;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[
    direction::OPPOSITE_STATED,
    direction::DIRECTION_REVERSED,
    COMPARISON_REVERSED,
    polarity::STATEMENT_AFFIRMED,
    polarity::STATEMENT_DENIED,
    polarity::NEGATION_LOST,
    polarity::NEGATION_ADDED,
    restriction::RESTRICTION_REVERSED,
    incomplete::DENIAL_INCOMPLETE,
    QUESTION_LOST,
];

/// Confidence from which a bead can carry a claim about meaning.
const SURE: f32 = 0.7;

/// Marks of a question, in any script.
const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

/// Beads of one segment on each side that are sure.
fn clear<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = (&'c Analysis<'a>, Pair<'c>)> {
    let single = |pair: &Pair| pair.bead.source.len() == 1 && pair.bead.target.len() == 1 && pair.bead.confidence >= SURE;
    context.pairs().filter(move |(_, pair)| single(pair))
}

const COMPARISON_REVERSED: Rule = Rule {
    id: "meaning/comparison-reversed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "Of two things compared, the wrong one comes out ahead",
    why: "A 不如 B says that B is better; a translation that keeps the order of the words turns it round.",
    examples: &[Example {
        langs: "zh>fr",
        source: "淘金不如卖铲子。",
        bad: "[[Mieux vaut chercher de l'or que de vendre des pelles]].",
        good: "Mieux vaut vendre des pelles que de chercher de l'or.",
    }],
    check: comparison_reversed,
};

fn comparison_reversed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        for original in source.comparisons_in(pair.source) {
            for rendered in context.target.comparisons_in(pair.target) {
                let share = |a: Span, b: Span| shared(source, a, &context.target, b);
                let straight = share(original.better, rendered.better) + share(original.worse, rendered.worse);
                let crossed = share(original.better, rendered.worse) + share(original.worse, rendered.better);
                if crossed > 0 && straight == 0 {
                    let better = shortened(original.better.of(source.text()));
                    let message = format!(
                        "in the source {better:?} comes out ahead, in the translation {:?}",
                        shortened(rendered.better.of(context.text()))
                    );
                    findings.push(Finding::new(rendered.span, message).from_source(original.span));
                }
            }
        }
    }
    findings
}

/// How many concepts, names and numbers two stretches have in common.
fn shared(source: &Analysis, a: Span, target: &Analysis, b: Span) -> usize {
    let concepts =
        source.concepts_in(a).iter().filter(|concept| target.concepts_in(b).iter().any(|other| other.id == concept.id)).count();
    let names = source
        .names_in(a)
        .iter()
        .filter(|name| name.entry.is_some() && target.names_in(b).iter().any(|other| other.entry == name.entry))
        .count();
    concepts + names
}

const QUESTION_LOST: Rule = Rule {
    id: "meaning/question-lost",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "One side asks, the other states",
    why: "A question that became a statement claims what the source only asked, and the reverse takes back what it says.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "Will the Portuguese government raise taxes in 2025?",
            bad: "[[Le gouvernement portugais augmentera les impôts en 2025.]]",
            good: "Le gouvernement portugais augmentera-t-il les impôts en 2025 ?",
        },
        Example {
            langs: "zh>fr",
            source: "葡萄牙政府会在2025年提高税收吗？",
            bad: "[[Le gouvernement portugais augmentera les impôts en 2025.]]",
            good: "Le gouvernement portugais augmentera-t-il les impôts en 2025 ?",
        },
        Example {
            langs: "fr>en",
            source: "Le gouvernement portugais augmentera les impôts en 2025.",
            bad: "[[Will the Portuguese government raise taxes in 2025?]]",
            good: "The Portuguese government will raise taxes in 2025.",
        },
        Example {
            langs: "en>de",
            source: "Will the Portuguese government raise taxes in 2025?",
            bad: "[[Die portugiesische Regierung erhöht 2025 die Steuern.]]",
            good: "Erhöht die portugiesische Regierung 2025 die Steuern?",
        },
    ],
    check: question_lost,
};

fn question_lost(context: &Context) -> Vec<Finding> {
    let asks = |analysis: &Analysis, span: Span| span.of(analysis.text()).contains(QUESTION_MARKS);
    let ends = |analysis: &Analysis, span: Span| {
        span.of(analysis.text())
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !QUESTION_MARKS.contains(&c))
            .ends_with(QUESTION_MARKS)
    };
    // A language that asks with another mark (the Greek semicolon) is left alone.
    let spells =
        |analysis: &Analysis| analysis.language().profile().stops.sentence.iter().any(|stop| stop.contains(QUESTION_MARKS));
    let mut findings = Vec::new();
    for (source, pair) in clear(context).filter(|(source, _)| spells(source) && spells(&context.target)) {
        let (asked, asking) = (ends(source, pair.source), ends(&context.target, pair.target));
        let message = if asked && !asks(&context.target, pair.target) {
            "the source asks, this states"
        } else if asking && !asks(source, pair.source) {
            "the source states, this asks"
        } else {
            continue;
        };
        findings.push(Finding::new(pair.target, message).from_source(pair.source));
    }
    findings
}
