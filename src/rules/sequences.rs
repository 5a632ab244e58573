//! Grammar, third part: sequences of words that no sentence of the language holds, as `patterns.tsv` lists them.

use super::place::{usual_apostrophe, written_like};
use super::{Context, Example, Finding, Rule};
use crate::corpus::Fault;
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
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Les deux hommes disent qu'[[ils a]] tout vu.",
            good: "Les deux hommes disent qu'ils ont tout vu.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "I gol sono [[stati rifiutate]] dalla giuria.",
            good: "I gol sono stati rifiutati dalla giuria.",
        },
        Example {
            langs: "pt",
            source: "",
            bad: "Os bombeiros [[está]] no local desde ontem.",
            good: "Os bombeiros estão no local desde ontem.",
        },
    ],
    check: |context| found(context, Fault::Agreement),
};

const WORDS_MISORDERED: Rule = Rule {
    id: "grammar/words-misordered",
    category: Category::Grammar,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "Words stand in the order of another language",
    why: "The sentence was rendered word by word. Put the words in their order.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "[[Il déjà a]] quitté la ville avec sa famille.",
            good: "Il a déjà quitté la ville avec sa famille.",
        },
        Example {
            langs: "de",
            source: "",
            bad: "Sie bleiben, weil der Preis [[hat sich verdoppelt]].",
            good: "Sie bleiben, weil sich der Preis verdoppelt hat.",
        },
    ],
    check: |context| found(context, Fault::Order),
};

const PREPOSITION_WRONG: Rule = Rule {
    id: "grammar/preposition-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A preposition is wrong or missing",
    why: "The preposition is that of another language.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "L'homme, [[âgé 58 ans]], a été arrêté mardi.",
            good: "L'homme, âgé de 58 ans, a été arrêté mardi.",
        },
        Example {
            langs: "pt",
            source: "",
            bad: "O presidente voltou [[depois dois dias]].",
            good: "O presidente voltou depois de dois dias.",
        },
    ],
    check: |context| found(context, Fault::Preposition),
};

const VERB_FORM_WRONG: Rule = Rule {
    id: "grammar/verb-form-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A verb is missing, doubled, or has a form that cannot stand here",
    why: "Who did what is no longer told. Compare the source.",
    examples: &[
        Example {
            langs: "en",
            source: "",
            bad: "The company [[have lose]] its licence in the capital.",
            good: "The company has lost its licence in the capital.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre [[va annoncé]] son départ demain.",
            good: "Le ministre va annoncer son départ demain.",
        },
    ],
    check: |context| found(context, Fault::Verb),
};

const ARTICLE_WRONG: Rule = Rule {
    id: "grammar/article-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "An article is wrong, doubled or missing",
    why: "Articles are used as in another language.",
    examples: &[Example {
        langs: "de",
        source: "",
        bad: "Nach [[dem seinem]] Tod wurde das Haus verkauft.",
        good: "Nach seinem Tod wurde das Haus verkauft.",
    }],
    check: |context| found(context, Fault::Article),
};

const PRONOUN_WRONG: Rule = Rule {
    id: "grammar/pronoun-wrong",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A pronoun is wrong, or doubles the subject",
    why: "The subject stands in the sentence already, or the pronoun is that of another language.",
    examples: &[Example {
        langs: "de",
        source: "",
        bad: "Die Gewerkschaft [[sie]] wirft der Regierung Untätigkeit vor.",
        good: "Die Gewerkschaft wirft der Regierung Untätigkeit vor.",
    }],
    check: |context| found(context, Fault::Pronoun),
};

const CONSTRUCTION_CALQUED: Rule = Rule {
    id: "grammar/construction-calqued",
    category: Category::Unidiomatic,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A construction is another language's, word by word",
    why: "Each word is right and the whole is not said so.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "La ville organise un festival [[chaque deux ans]].",
            good: "La ville organise un festival tous les deux ans.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "La riunione è il [[giorno 5 di]] novembre.",
            good: "La riunione è il 5 novembre.",
        },
    ],
    check: |context| found(context, Fault::Construction),
};

fn found(context: &Context, kind: Fault) -> Vec<Finding> {
    let text = context.text();
    let usual = usual_apostrophe(text);
    let mut findings: Vec<Finding> = Vec::new();
    for fit in context.sequences().iter().filter(|fit| fit.sequence.kind == kind) {
        // Several rows may tell of one fault.
        let known = findings.last().is_some_and(|last| last.span.overlaps(fit.span));
        if !known {
            let wrong = fit.span.of(text);
            let finding = Finding::new(fit.span, format!("{wrong:?} cannot stand so")).because(fit.sequence.why.as_str());
            findings.push(finding.instead(written_like(wrong, &fit.right, *usual)));
        }
    }
    findings
}
