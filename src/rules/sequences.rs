//! Grammar, third part: sequences of words that no sentence of the language holds, as `patterns.tsv` lists them.

use super::{Context, Finding, Rule};
use crate::corpus::Fault;
use crate::document::BlockKind;
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] =
    &[AGREEMENT_BROKEN, WORDS_MISORDERED, PREPOSITION_WRONG, VERB_FORM_WRONG, ARTICLE_WRONG, PRONOUN_WRONG, CONSTRUCTION_CALQUED];

const AGREEMENT_BROKEN: Rule = Rule {
    id: "grammar/agreement-broken",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Words that belong together differ in number, gender or case",
    why: "The word was chosen without its sentence. Make the words agree.",
    examples: &[],
    check: |context| found(context, Fault::Agreement),
};

const WORDS_MISORDERED: Rule = Rule {
    id: "grammar/words-misordered",
    category: Category::Grammar,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "Words stand in the order of another language",
    why: "The sentence was rendered word by word. Put the words in their order.",
    examples: &[],
    check: |context| found(context, Fault::Order),
};

const PREPOSITION_WRONG: Rule = Rule {
    id: "grammar/preposition-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A preposition is wrong or missing",
    why: "The preposition is that of another language.",
    examples: &[],
    check: |context| found(context, Fault::Preposition),
};

const VERB_FORM_WRONG: Rule = Rule {
    id: "grammar/verb-form-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A verb is missing, doubled, or has a form that cannot stand here",
    why: "Who did what is no longer told. Compare the source.",
    examples: &[],
    check: |context| found(context, Fault::Verb),
};

const ARTICLE_WRONG: Rule = Rule {
    id: "grammar/article-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "An article is wrong, doubled or missing",
    why: "Articles are used as in another language.",
    examples: &[],
    check: |context| found(context, Fault::Article),
};

const PRONOUN_WRONG: Rule = Rule {
    id: "grammar/pronoun-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A pronoun is wrong, or doubles the subject",
    why: "The subject stands in the sentence already, or the pronoun is that of another language.",
    examples: &[],
    check: |context| found(context, Fault::Pronoun),
};

const CONSTRUCTION_CALQUED: Rule = Rule {
    id: "grammar/construction-calqued",
    category: Category::Unidiomatic,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A construction is another language's, word by word",
    why: "Each word is right and the whole is not said so.",
    examples: &[],
    check: |context| found(context, Fault::Construction),
};

fn found(context: &Context, kind: Fault) -> Vec<Finding> {
    let text = context.text();
    let sequences = &context.target.language().sequences;
    let mut findings: Vec<Finding> = Vec::new();
    for segment in context.segments().filter(|segment| segment.kind != BlockKind::Heading) {
        for fit in sequences.find(kind, text, context.target.tokens_of(segment)) {
            // Several rows may tell of one fault.
            let known = findings.last().is_some_and(|last| last.span.overlaps(fit.span));
            if !known {
                let message = format!("{:?} cannot stand so", fit.span.of(text));
                findings.push(Finding::new(fit.span, message).because(fit.sequence.why.as_str()).instead(fit.right));
            }
        }
    }
    findings
}
