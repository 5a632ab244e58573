//! Another name than the source's. What is told: a name of the target that answers to nothing in the source, and a name
//! of the source that nothing answers to.

use super::first::changed_first_names;
use super::lookup::{Company, Words, around, is_latin, is_near, is_title, words};
use super::lost::{Lost, lost, lost_literal};
use super::stranger::{RUN, Stranger, strangers};
use crate::article::Analysis;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::{Context, Example, Finding, Rule};

pub const NAME_CHANGED: Rule = Rule {
    id: "names/name-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "Another name stands where the source has this one",
    why: "The sentence now speaks of somebody or something else.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The company hired Gabriella Thornbury in Lisbon last week.",
            bad: "L'entreprise a embauché [[Marcus Oyelaran]] à Lisbonne la semaine dernière.",
            good: "L'entreprise a embauché Gabriella Thornbury à Lisbonne la semaine dernière.",
        },
        Example {
            langs: "fr>en",
            source: "L'entreprise a embauché Gabriella Thornbury à Lisbonne la semaine dernière.",
            bad: "The company hired [[Marcus Oyelaran]] in Lisbon last week.",
            good: "The company hired Gabriella Thornbury in Lisbon last week.",
        },
        Example {
            langs: "en>de",
            source: "The company hired Gabriella Thornbury in Lisbon last week.",
            bad: "Das Unternehmen stellte vergangene Woche [[Marcus Oyelaran]] in Lissabon ein.",
            good: "Das Unternehmen stellte vergangene Woche Gabriella Thornbury in Lissabon ein.",
        },
        Example {
            langs: "en>fr",
            source: "The mayor, Alan Thornbury, opened the bridge in Lisbon.",
            bad: "Le maire, [[Adam]] Thornbury, a inauguré le pont à Lisbonne.",
            good: "Le maire, Alan Thornbury, a inauguré le pont à Lisbonne.",
        },
        Example {
            langs: "fr>en",
            source: "Le gouvernement hongrois a fermé le pont lundi.",
            bad: "The [[Austrian]] government closed the bridge on Monday.",
            good: "The Hungarian government closed the bridge on Monday.",
        },
        Example {
            langs: "zh>fr",
            source: "该公司上周聘用了加布里埃拉·桑伯里。",
            bad: "L'entreprise a embauché [[Marcus Oyelaran]] la semaine dernière.",
            good: "L'entreprise a embauché Gabriella Thornbury la semaine dernière.",
        },
    ],
    check: |context| found(context, true),
};

pub const NAME_STRANGE: Rule = Rule {
    id: "names/name-strange",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A name of the translation answers to nothing in the source",
    why: "Either it was changed or it was put in: compare the two sentences.",
    examples: &[
        Example {
            langs: "fr>en",
            source: "L'entreprise a embauché un nouveau directeur à Lisbonne la semaine dernière.",
            bad: "The company hired [[Sundaram Okonkwo]] in Lisbon last week.",
            good: "The company hired a new manager in Lisbon last week.",
        },
        Example {
            langs: "fr>en",
            source: "Le nouveau directeur a quitté la salle lundi.",
            bad: "The new manager left the room to [[Okonkwo]] on Monday.",
            good: "The new manager left the room on Monday.",
        },
    ],
    check: |context| found(context, false),
};

/// The names that were changed for sure, or those of which only they themselves speak.
fn found(context: &Context, sure: bool) -> Vec<Finding> {
    of_kind(context.shared.changed_names.get_or_init(|| all(context)), sure)
}

/// The names that were changed, and whether that is sure.
pub fn all(context: &Context) -> Sorted<bool> {
    let Some((source, (target_words, source_words))) = context.source.as_ref().zip(context.words()) else { return Vec::new() };
    let target = &context.target;
    let mut company = None;
    let by_sound = !source.language().profile().sounds.is_empty();
    let mut findings = Vec::new();
    for (number, ((source, pair), last_names)) in context.pairs().zip(context.last_names()).enumerate() {
        if !target.language().profile().casing.nouns && is_title(target, pair.target) {
            continue;
        }
        // A name in Latin letters within another script can be looked for as it is written.
        let literal = if is_latin(source) { None } else { lost_literal(context, source, pair) };
        let told = literal.as_ref().is_some_and(|(_, told)| *told);
        let literal = literal.map(|(lost, _)| lost);
        for (says, said) in changed_first_names(context.corpus, (source, target), (source_words, target_words), pair) {
            let (name, original) = (says.of(context.text()), said.of(source.text()));
            let message = format!("the source names {original:?}, the translation {name:?}");
            findings.push((true, Finding::new(says, message).from_source(said)));
        }
        for &(says, said, alike) in last_names {
            let (name, original) = (says.of(context.text()), said.of(source.text()));
            let message = format!("the source names {original:?}, the translation {name:?}");
            findings.extend((!alike).then(|| (true, Finding::new(says, message).from_source(said))));
        }
        let strangers = strangers(context, source, pair, (target_words, source_words), told);
        for stranger in strangers {
            let lost = literal.or_else(|| lost(context, source, pair, source_words, &stranger)).or_else(|| {
                if stranger.known.is_some() || stranger.weak || !stranger.proper || !stranger.once {
                    return None;
                }
                let company = company.get_or_insert_with(|| Company::of(context, source, target_words));
                let wide = if by_sound { pair.target } else { around(target, &pair.bead.target) };
                let here = |name: Span| is_near(name.of(context.text()), target, wide);
                company.missing(number, here).map(|(place, _)| Lost { span: place, proper: true, person: false })
            });
            let says = stranger.span.of(context.text());
            let certain = is_certain(context, source, &stranger, lost, target_words, literal.is_some());
            if certain {
                let (place, said) = lost.map_or((pair.source, ""), |lost| (lost.span, lost.span.of(source.text())));
                let message = if said.is_empty() {
                    format!("nobody in the source is called {says:?}")
                } else {
                    format!("the source names {said:?}, the translation {says:?}")
                };
                findings.push((true, Finding::new(stranger.span, message).from_source(place)));
            } else if is_doubtful(context, source, &stranger, lost, pair.is_sure()) {
                let message = format!("nothing in the source answers to {says:?}");
                let place = lost.map_or(pair.source, |lost| lost.span);
                findings.push((false, Finding::new(stranger.span, message).from_source(place)));
            }
        }
    }
    findings
}

/// Whether a stranger stands where the source surely has another name.
fn is_certain(
    context: &Context,
    source: &Analysis,
    stranger: &Stranger,
    lost: Option<Lost>,
    target_words: &Words,
    literal: bool,
) -> bool {
    // A name that the translation keeps elsewhere is surely lost; where nouns have capitals, that is not enough.
    let nouns = context.target.language().profile().casing.nouns;
    let kept = |lost: Span| !nouns && is_kept(source, lost, target_words);
    let told = |lost: Lost| lost.proper && (stranger.proper || stranger.named || kept(lost.span));
    if stranger.weak {
        return stranger.once && lost.is_some_and(|lost| lost.person);
    }
    // Somebody with a first and a last name who is nowhere in the source was put in whatever was lost for it, and so was
    // what the program knows, or what stands in the source's own words.
    let new = stranger.person || is_latin(source) && stranger.named || stranger.untranslated;
    // One name of several words for another is sure although common words may stand in them.
    let named = stranger.known.is_none() && stranger.proper && stranger.once && !source.language().profile().casing.nouns;
    let several = |lost: Lost| named && is_latin(source) && words(source, lost.span).count() >= RUN;
    if lost.is_some_and(several) {
        return true;
    }
    (literal || stranger.once && new) && (!stranger.faint || stranger.person)
        || lost.is_some_and(|lost| told(lost) || lost.person && lost.proper && is_latin(source))
}

/// Whether a stranger raises a doubt.
fn is_doubtful(context: &Context, source: &Analysis, stranger: &Stranger, lost: Option<Lost>, sure: bool) -> bool {
    // Out of another script a name may be translated by its meaning: only a lost one beside it, or a known one, counts.
    let known = |entry| match context.corpus.names().kind(entry) {
        // An article may name the country of what it speaks of, and a body or a region by another of its names.
        "country" | "region" => sure && context.is_alone(),
        "city" | "company" | "person" | "product" => sure,
        _ => false,
    };
    let alone = match stranger.known.as_ref().and_then(|name| name.entry) {
        Some(entry) => known(entry) || !is_latin(source) && stranger.named,
        None if is_latin(source) => stranger.proper || stranger.untranslated,
        None => stranger.named || stranger.proper && sure && context.is_alone(),
    };
    if stranger.single {
        return stranger.once && (is_latin(source) || lost.is_some());
    }
    if stranger.faint {
        return stranger.once && stranger.person;
    }
    stranger.once && !stranger.weak && (alone || lost.is_some())
}

/// Whether every word of a name of the source stands somewhere in the target.
fn is_kept(source: &Analysis, name: Span, target: &Words) -> bool {
    is_latin(source) && words(source, name).all(|word| target.count(word.form) > 0)
}
