//! Another name than the source's. What is told: a name of the target that answers to nothing in the source, and a name
//! of the source that nothing answers to.

use super::heard::{self, Heard, heard};
use super::letters::{LIKELY, POSSIBLE, SAME, alike, skeleton, stands_in};
use super::lookup::{Company, Spellings, Words, around, is_answered, is_latin, is_near, is_told, words};
use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Name;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::{Context, Example, Finding, Pair, Rule};
use crate::token::{Kind, Token};
use std::cell::LazyCell;

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
    examples: &[Example {
        langs: "fr>en",
        source: "L'entreprise a embauché un nouveau directeur à Lisbonne la semaine dernière.",
        bad: "The company hired [[Marcus Oyelaran]] in Lisbon last week.",
        good: "The company hired a new manager in Lisbon last week.",
    }],
    check: |context| found(context, false),
};

/// A name without a counterpart, and whether it is told by more than its letters.
struct Stranger {
    span: Span,
    known: Option<Name>,
    /// Every word of it is one that only a name can be.
    proper: bool,
    /// It stands nowhere else in the translation: another sentence may have lent it else.
    once: bool,
}

/// Words of the shortest run that is taken for a name although the program does not know it.
const RUN: usize = 2;

/// The names that were changed for sure, or those of which only they themselves speak.
fn found(context: &Context, sure: bool) -> Vec<Finding> {
    of_kind(context.shared.changed_names.get_or_init(|| all(context)), sure)
}

/// The names that were changed, and whether that is sure.
fn all(context: &Context) -> Sorted<bool> {
    let Some((source, (target_words, source_words))) = context.source.as_ref().zip(context.words()) else { return Vec::new() };
    let target = &context.target;
    let mut company = None;
    let mut findings = Vec::new();
    // Where sounds can be followed, they tell more than what stands together.
    let by_company = source.language().profile().sounds.is_empty();
    for (number, (source, pair)) in context.pairs().enumerate() {
        if is_title(target, pair.target) {
            continue;
        }
        // A name in Latin letters within another script can be looked for as it is written.
        let literal = if is_latin(source) { None } else { lost_literal(context, source, pair) };
        let strangers = strangers(context, source, pair, (target_words, source_words), literal.is_some());
        for stranger in strangers {
            let lost =
                literal.map(|span| (span, true)).or_else(|| lost(context, source, pair, source_words, &stranger)).or_else(|| {
                    if !by_company || stranger.known.is_some() || !stranger.proper || !stranger.once {
                        return None;
                    }
                    let company = company.get_or_insert_with(|| Company::of(context, target_words));
                    let wide = around(target, &pair.bead.target);
                    let here = |name: Span| is_near(name.of(context.text()), target, wide);
                    company.missing(number, here).map(|(place, _)| (place, true))
                });
            let says = stranger.span.of(context.text());
            // A name that the translation keeps elsewhere is surely lost; where nouns have capitals, that is not enough.
            let kept = |lost: Span| !target.language().profile().casing.nouns && is_kept(source, lost, target_words);
            let certain = literal.is_some() || lost.is_some_and(|(lost, proper)| proper && (stranger.proper || kept(lost)));
            // Out of another script a name may be translated by its meaning: only a lost one beside it raises a doubt.
            let alone = stranger.known.is_none() && stranger.proper && is_latin(source);
            let doubtful = stranger.once && (alone || lost.is_some());
            if certain {
                let (lost, said) = lost.map_or((pair.source, ""), |(lost, _)| (lost, lost.of(source.text())));
                let message = format!("the source names {said:?}, the translation {says:?}");
                findings.push((true, Finding::new(stranger.span, message).from_source(lost)));
            } else if doubtful {
                let message = format!("nothing in the source answers to {says:?}");
                let place = lost.map_or(pair.source, |(lost, _)| lost);
                findings.push((false, Finding::new(stranger.span, message).from_source(place)));
            }
        }
    }
    findings
}

/// Whether every word of a name of the source stands somewhere in the target.
fn is_kept(source: &Analysis, name: Span, target: &Words) -> bool {
    is_latin(source) && words(source, name).all(|word| target.count(word.form) > 0)
}

/// Whether most words have capitals, as in English headlines: no capital proves anything there.
fn is_title(analysis: &Analysis, span: Span) -> bool {
    let words = analysis.tokens_in(span).iter().filter(|token| token.kind == Kind::Word);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.text(analysis.text()).starts_with(char::is_uppercase));
    }
    all > 3 && capital * 5 > all * 3
}

/// A name of several words in Latin letters, in a source of another script, no word of which stands in the target.
fn lost_literal(context: &Context, source: &Analysis, pair: Pair) -> Option<Span> {
    let target = &context.target;
    let near = around(target, &pair.bead.target);
    let names = source.names_in(pair.source).iter().filter(|name| name.entry.is_none());
    let mut literal = names.map(|name| name.span).filter(|span| span.of(source.text()).is_ascii());
    literal.find(|span| {
        let mut all = words(source, *span);
        words(source, *span).count() >= RUN && all.all(|word| !is_near(word.text(source.text()), target, near))
    })
}

/// The names of a bead's target that answer to nothing in its source. When a literal name was `lost`, chance likeness of
/// one word to a sound does not answer for a whole name.
fn strangers(context: &Context, source: &Analysis, pair: Pair, (common, there): (&Words, &Words), lost: bool) -> Vec<Stranger> {
    let target = &context.target;
    let wide = around(source, &pair.bead.source);
    let names = context.corpus.names();
    let foreign = !is_latin(source);
    let (here, around) = (LazyCell::new(|| Spellings::of(source, pair.source)), LazyCell::new(|| Spellings::of(source, wide)));
    let is_spelt = |word: &Token| {
        let word = word.text(context.text());
        foreign && (here.hold(word) || skeleton(word).len() > heard::CHANCE && around.hold(word))
    };
    let mut found = Vec::new();
    for name in target.names_in(pair.target) {
        if let Some(entry) = name.entry {
            let root = names.root(entry);
            let told = context.corpus.usual_name(root, source.tag()).is_some();
            let apart = !is_told(context, name, target, source, there);
            let once = words(target, name.span).all(|word| common.count(word.form) == 1);
            let telling = |word: &Token| skeleton(word.text(context.text())).len() > heard::CHANCE;
            let spelt = words(target, name.span).any(|word| telling(word) && is_spelt(word));
            if told && apart && !spelt && is_telling(names.kind(root)) && is_telling(names.kind(entry)) {
                found.push(Stranger { span: name.span, known: Some(name.clone()), proper: true, once });
            }
            continue;
        }
        let unanswered = |word: &Token| {
            let written = word.text(context.text());
            !common.is_apart(word) && !is_near(written, source, wide) && !there.holds(written) && (lost || !is_spelt(word))
        };
        let strange = |word: &Token| {
            let heard = !foreign || skeleton(word.text(context.text())).len() > 1;
            !common.is_common(word) && heard
        };
        let runs = runs(target, name, unanswered, strange).into_iter();
        // In another script a common word may be one of the source translated.
        let runs = runs.filter(|(_, proper)| *proper || !foreign || lost);
        found.extend(runs.map(|(span, proper)| {
            let once = words(target, span).all(|word| common.count(word.form) == 1);
            Stranger { span, known: None, proper, once }
        }));
    }
    found
}

/// The runs of at least two words of a name that nothing answers to, with a telling one among them; and whether two
/// telling ones follow each other, which are the run then. One word alone may be anything but a name.
fn runs(
    analysis: &Analysis,
    name: &Name,
    unanswered: impl Fn(&Token) -> bool,
    telling: impl Fn(&Token) -> bool,
) -> Vec<(Span, bool)> {
    let all: Vec<(&Token, bool)> = words(analysis, name.span).map(|word| (word, unanswered(word))).collect();
    let groups = all.chunk_by(|a, b| a.1 == b.1).filter(|group| group[0].1 && group.len() >= RUN);
    let mut runs = Vec::new();
    let whole = |group: &[(&Token, bool)]| group[0].0.span.join(group[group.len() - 1].0.span);
    for group in groups {
        let sure = group.chunk_by(|a, b| telling(a.0) == telling(b.0)).find(|part| part.len() >= RUN && telling(part[0].0));
        match sure {
            Some(part) => runs.push((whole(part), true)),
            None if group.iter().any(|(word, _)| telling(word)) => runs.push((whole(group), false)),
            None => {}
        }
    }
    runs
}

/// A name of the source to which nothing in the target answers, and whether it can be nothing but a name.
fn lost(context: &Context, source: &Analysis, pair: Pair, common: &Words, stranger: &Stranger) -> Option<(Span, bool)> {
    if let Some(known) = lost_entry(context, source, pair, stranger) {
        return Some((known, true));
    }
    if is_place(context, stranger) {
        let run = lost_run(context, source, pair, common, stranger, &[]);
        return run.filter(|(_, proper)| *proper && is_latin(source));
    }
    let target = &context.target;
    let written_in = |span| sounds(target, target.names_in(span).iter().flat_map(|name| words(target, name.span)));
    // The same name may stand in the next sentence too: with a stranger here, only what is written here answers.
    let mut here = written_in(pair.target);
    let own = sounds(target, words(target, stranger.span));
    let chance = |word: &Vec<u8>| stranger.known.is_some() || word.len() <= heard::CHANCE;
    here.retain(|word| !(own.contains(word) && chance(word)));
    let unanswered = |name: &Heard| !here.iter().any(|word| name.may_hold(word));
    let heard = heard(source, pair.source, heard::RUN).into_iter().find(unanswered);
    let near = written_in(around(target, &pair.bead.target));
    heard.map(|name| (name.span, true)).or_else(|| lost_run(context, source, pair, common, stranger, &near))
}

/// A known name of the source that does not stand in the target, in a form that it has there.
fn lost_entry(context: &Context, source: &Analysis, pair: Pair, stranger: &Stranger) -> Option<Span> {
    let target = &context.target;
    let wide = around(target, &pair.bead.target);
    let lost = source.names_in(pair.source).iter().find(|name| {
        let Some(entry) = name.entry else { return false };
        let kind = context.corpus.names().kind(entry);
        is_telling(kind)
            && kind != "region"
            && (stranger.known.is_some() || kind != "country")
            && !heard::continues(source, name.span)
            && stranger.known.as_ref().is_none_or(|new| same_kind(context, name, new))
            && has_form(context, name, target.tag())
            && !is_answered(context, name, source, target, wide)
            && !usual_stands(context, entry, pair)
    });
    lost.map(|name| name.span)
}

/// How words sound.
fn sounds<'t>(analysis: &Analysis, words: impl Iterator<Item = &'t Token>) -> Vec<Vec<u8>> {
    words.map(|word| skeleton(word.text(analysis.text()))).collect()
}

/// A run of name words of the source that the program does not know, and that are neither spelt nor heard in the target.
fn lost_run(
    context: &Context,
    source: &Analysis,
    pair: Pair,
    common: &Words,
    stranger: &Stranger,
    written: &[Vec<u8>],
) -> Option<(Span, bool)> {
    let target = &context.target;
    let latin = is_latin(source);
    let near = if latin { pair.target } else { around(target, &pair.bead.target) };
    let own = sounds(target, words(target, stranger.span));
    // In one script a name is near when it is spelt alike; one that is known may have another form on each side, and
    // where nouns have capitals a word may be translated by its sound.
    let spelt = latin && !is_place(context, stranger) && !target.language().profile().casing.nouns;
    let chance = if spelt { SAME } else { LIKELY };
    let is_lost = |word: &Token| {
        let spelt = word.text(source.text());
        let heard = skeleton(spelt);
        let like = |other: &Vec<u8>| alike(&heard, other, POSSIBLE) || stands_in(&heard, other) || stands_in(other, &heard);
        !common.is_apart(word)
            && !is_near(spelt, target, near)
            && !own.iter().any(|own| alike(&heard, own, chance))
            && (spelt.is_ascii() || latin || heard.len() > 1 && !written.iter().any(like))
    };
    let telling = |word: &Token| !common.is_common(word);
    let names = source.names_in(pair.source).iter().filter(|name| name.entry.is_none());
    // The surest one; of two the first.
    names.flat_map(|name| runs(source, name, is_lost, telling)).min_by_key(|(_, proper)| !proper)
}

/// Whether a word of an entry's usual form stands in the target of a bead.
fn usual_stands(context: &Context, entry: crate::corpus::Id, pair: Pair) -> bool {
    let written = context.corpus.usual_name(context.corpus.names().root(entry), context.target.tag()).unwrap_or_default();
    written.split([' ', '-']).any(|word| word.chars().count() > 2 && is_near(word, &context.target, pair.target))
}

/// Kinds of names that a translation keeps; countries and bodies are named in many ways.
fn is_telling(kind: &str) -> bool {
    matches!(kind, "city" | "company" | "country" | "person" | "product" | "region")
}

/// A country or a region lends its name to much that lies in it: it answers only to another, or to a person.
fn is_place(context: &Context, stranger: &Stranger) -> bool {
    let entry = stranger.known.as_ref().and_then(|name| name.entry);
    entry.is_some_and(|entry| matches!(context.corpus.names().kind(entry), "region" | "country"))
}

/// Two entries of one kind, a nationality being of its country's.
fn same_kind(context: &Context, lost: &Name, new: &Name) -> bool {
    let names = context.corpus.names();
    let kind = |name: &Name| name.entry.map(|entry| names.kind(names.root(entry)));
    kind(lost).is_some() && kind(lost) == kind(new)
}

/// An entry without a form in a language could not have been found there.
fn has_form(context: &Context, name: &Name, tag: &str) -> bool {
    name.entry.is_none_or(|entry| context.corpus.usual_name(context.corpus.names().root(entry), tag).is_some())
}
