//! Words in the wrong sense: terms of a domain, false friends, and the terms that the brief asks for or forbids.

use super::idioms::trapped;
use super::{Context, Example, Finding, Rule};
use crate::corpus::{Found, Terms, TrapKind};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::folded;

pub const RULES: &[Rule] = &[WRONG_SENSE, FALSE_FRIEND, FORBIDDEN_PHRASE, GLOSSARY_VIOLATED];

/// The glossary that holds for the examples of [`GLOSSARY_VIOLATED`].
pub const GLOSSARY: &str = "market capitalisation\tcapitalisation boursière | valeur boursière\n";

const WRONG_SENSE: Rule = Rule {
    id: "terms/wrong-sense",
    category: Category::Terminology,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A term was taken in the wrong one of its senses",
    why: "The word exists, and in this field it means something else.",
    examples: &[Example {
        langs: "zh>fr",
        source: "该公司的推理成本达40亿美元，芯片和模型越来越贵。",
        bad: "Les [[coûts de raisonnement]] du groupe atteignent 4 milliards de dollars, les puces et les modèles sont toujours plus chers.",
        good: "Les coûts d'inférence du groupe atteignent 4 milliards de dollars, les puces et les modèles sont toujours plus chers.",
    }],
    check: |context| trapped(context, TrapKind::Term),
};

const FALSE_FRIEND: Rule = Rule {
    id: "terms/false-friend",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A word looks like the source word and means something else",
    why: "False friends read well and say the wrong thing.",
    examples: &[Example {
        langs: "en>fr",
        source: "The mayor is actually a doctor.",
        bad: "Le maire est [[actuellement]] médecin.",
        good: "Le maire est en fait médecin.",
    }],
    check: |context| trapped(context, TrapKind::FalseFriend),
};

const FORBIDDEN_PHRASE: Rule = Rule {
    id: "terms/forbidden-phrase",
    category: Category::Terminology,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Words stand in the article that the brief forbids",
    why: "The brief of expected meaning lists them under [forbidden].",
    examples: &[],
    check: forbidden_phrase,
};

pub const GLOSSARY_VIOLATED: Rule = Rule {
    id: "terms/glossary-violated",
    category: Category::Terminology,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A term was not rendered as the glossary says",
    why: "The house has chosen a word for it, which readers meet everywhere else.",
    examples: &[Example {
        langs: "en>fr",
        source: "Its market capitalisation fell by five percent on Monday.",
        bad: "[[Son capital de marché a reculé de cinq pour cent lundi.]]",
        good: "Sa capitalisation boursière a reculé de cinq pour cent lundi.",
    }],
    check: |context| context.terms.iter().flat_map(|terms| glossary_violated(context, terms)).collect(),
};

/// A bead of less confidence may well pair a sentence with another than its own. Unrelated sentences come to 0.8.
const SURE: f32 = 0.85;

/// Looks in each bead that can be trusted for terms of the source without any of their renderings. Stems are compared.
fn glossary_violated(context: &Context, terms: &Terms) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs().filter(|(_, pair)| pair.bead.confidence >= SURE) {
        let wanted = longest(terms.source.find(source.text(), pair.source, source.tokens_in(pair.source)));
        if wanted.is_empty() {
            continue;
        }
        let found = terms.target.find(context.text(), pair.target, context.target.tokens_in(pair.target));
        for hit in wanted.iter().filter(|hit| !found.iter().any(|other| other.value == hit.value)) {
            let entry = &terms.entries[*hit.value];
            let said = hit.span.of(source.text());
            let message = if entry.kept {
                format!("the source names {said:?}, and the name does not stand here; {} keeps it as it is", entry.address)
            } else {
                let targets: Vec<String> = entry.targets.iter().map(|target| format!("{target:?}")).collect();
                format!("the source says {said:?}, for which {} wants {}", entry.address, targets.join(" or "))
            };
            findings.push(Finding::new(pair.target, message).because(entry.note.as_str()).from_source(hit.span));
        }
    }
    // Two terms of one sentence are two findings of one place: told as one, lest one be taken for the other.
    findings.sort_by_key(|finding| finding.span);
    findings.dedup_by(|next, kept| {
        let same = next.span == kept.span;
        if same && next.message != kept.message {
            kept.message = format!("{}; {}", kept.message, next.message);
        }
        same
    });
    findings
}

/// The terms that do not stand inside a longer one, each once.
fn longest(mut found: Vec<Found<'_, usize>>) -> Vec<Found<'_, usize>> {
    found.sort_by_key(|hit| (std::cmp::Reverse(hit.span.len()), hit.span.start));
    let mut kept: Vec<Found<usize>> = Vec::new();
    for hit in found {
        if !kept.iter().any(|other| other.span.overlaps(hit.span) || other.value == hit.value) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.span);
    kept
}

fn forbidden_phrase(context: &Context) -> Vec<Finding> {
    let Some(brief) = context.brief else { return Vec::new() };
    let text = context.text();
    let lower = folded(text);
    let mut findings = Vec::new();
    for phrase in &brief.forbidden.phrases {
        let wanted = folded(phrase);
        // Where folding changed lengths, only exact occurrences have a place.
        let places: Vec<usize> = if lower.len() == text.len() {
            lower.match_indices(wanted.as_ref()).map(|(at, _)| at).collect()
        } else {
            text.match_indices(phrase.as_str()).map(|(at, _)| at).collect()
        };
        let spans = places.into_iter().map(|at| Span::new(at, at + wanted.len())).filter(|span| text.get(span.range()).is_some());
        findings.extend(spans.map(|span| Finding::new(span, format!("the brief forbids {phrase:?}"))));
    }
    findings
}
