//! Idioms and set phrases rendered word for word, as the tables of the language pairs know them.

use super::{Context, Example, Finding, Rule};
use crate::corpus::TrapKind;
use crate::mqm::{Category, Severity, Tier};
use crate::trap::Hit;

pub const RULES: &[Rule] = &[LITERAL_IDIOM, CALQUE];

const LITERAL_IDIOM: Rule = Rule {
    id: "idioms/literal-idiom",
    category: Category::Unidiomatic,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "An idiom of the source language was translated word for word",
    why: "The image means nothing to the reader, or something else. Say what it means.",
    examples: &[Example {
        langs: "zh>fr",
        source: "这个项目是一头吞金兽。",
        bad: "Ce projet est une [[bête mangeuse d'or]].",
        good: "Ce projet est un gouffre financier.",
    }],
    check: |context| trapped(context, TrapKind::Idiom),
};

const CALQUE: Rule = Rule {
    id: "idioms/calque",
    category: Category::Unidiomatic,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A turn of phrase of the source language was copied",
    why: "Each word is right and the phrase is not: the language says it otherwise.",
    examples: &[Example {
        langs: "zh>fr",
        source: "他曾说，市场会回来。",
        bad: "Il [[a déjà dit]] que le marché reviendrait.",
        good: "Il a dit un jour que le marché reviendrait.",
    }],
    check: |context| trapped(context, TrapKind::Calque),
};

/// The findings of one kind of trap.
pub fn trapped(context: &Context, kind: TrapKind) -> Vec<Finding> {
    let hits = context.hits.iter().filter(|hit| hit.trap.kind == kind);
    hits.map(|hit| finding(context, hit)).collect()
}

fn finding(context: &Context, hit: &Hit) -> Finding {
    let trap = &hit.trap;
    let words = hit.span.of(context.text());
    let language = context.corpus.language_name(hit.from);
    let said = hit.source.zip(context.source.as_ref()).map(|(span, source)| span.of(source.text()));
    let message = match (said, trap.source()) {
        (Some(said), _) => format!("{words:?} is {said:?} word for word"),
        (None, source) if source.is_empty() => format!("{words:?} is word for word from {language}"),
        (None, source) => format!("{words:?} looks like {language} {source:?} word for word"),
    };
    let finding =
        Finding::new(hit.span, message).because(trap.why.clone()).instead(trap.preferred.join("; ")).graded(trap.severity);
    match hit.source {
        Some(source) => finding.from_source(source),
        None => finding,
    }
}
