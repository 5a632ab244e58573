//! Words in the wrong sense: terms of a domain, false friends, and the terms that the brief asks for or forbids.

use super::idioms::trapped;
use super::{Context, Example, Finding, Rule};
use crate::corpus::TrapKind;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::folded;

pub const RULES: &[Rule] = &[WRONG_SENSE, FALSE_FRIEND, FORBIDDEN_PHRASE];

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
