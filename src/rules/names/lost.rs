//! Names of the source to which nothing in the translation answers.

use super::heard::{self, Heard, heard};
use super::letters::{LIKELY, POSSIBLE, SAME, alike, skeleton, stands_in};
use super::lookup::{Words, around, is_answered, is_latin, is_near, mentions, near, within, words};
use super::stranger::{NATIONALITY, RUN, Run, Stranger, is_single, is_telling, runs};
use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Name;
use crate::rules::{Context, Pair};
use crate::token::Token;

/// A name that was lost.
#[derive(Clone, Copy)]
pub struct Lost {
    pub span: Span,
    /// It can be nothing but a name.
    pub proper: bool,
    /// It is somebody's, with a first and a last name.
    pub person: bool,
}

/// A kind of names that answers only to another of its kind: bodies are named in many ways.
pub const ORGANISATION: &str = "organisation";
/// Letters of the shortest word that is a name by itself.
const LONG: usize = 4;

/// A name in Latin letters, in a source of another script, no word of which stands in the target; and whether it is of
/// several words.
pub fn lost_literal(context: &Context, source: &Analysis, pair: Pair) -> Option<(Lost, bool)> {
    let target = &context.target;
    let (wide, sure) = (around(target, &pair.bead.target), pair.is_sure());
    let names = source.names_in(pair.source).iter().filter(|name| name.entry.is_none());
    let literal = names.map(|name| name.span).filter(|span| span.of(source.text()).is_ascii());
    let is_lost = |span: Span, within: Span| words(source, span).all(|word| !is_near(word.text(source.text()), target, within));
    let long = |span: Span| {
        let written = span.of(source.text());
        written.len() >= LONG && written[1..].chars().all(char::is_lowercase)
    };
    let mut lost = literal.filter_map(|span| {
        let count = words(source, span).count();
        let several = count >= RUN;
        let here = sure && (several || count == 1 && long(span)) && is_lost(span, pair.target);
        (here || several && is_lost(span, wide)).then_some((Lost { span, proper: true, person: several }, several))
    });
    lost.next()
}

/// A name of the source to which nothing in the target answers, and whether it can be nothing but a name.
pub fn lost(context: &Context, source: &Analysis, pair: Pair, common: &Words, stranger: &Stranger) -> Option<Lost> {
    if let Some(known) = lost_entry(context, source, pair, stranger) {
        let (known, sure) = known;
        let person = sure && words(source, known).count() >= RUN && !is_place(context, stranger);
        return Some(Lost { span: known, proper: sure, person });
    }
    // In another script than the source's a name that the program does not know stands unseen.
    if stranger.known.is_some() && !is_latin(&context.target) {
        return None;
    }
    let organisation = |entry| context.corpus.names().kind(entry) == ORGANISATION;
    if stranger.known.as_ref().and_then(|name| name.entry).is_some_and(organisation) {
        // A body is named in many ways, but not by the name of somebody.
        let run = lost_run(context, source, pair, common, stranger, &[]);
        return run.filter(|lost| lost.proper && lost.person && is_latin(source));
    }
    if is_place(context, stranger) {
        let run = lost_run(context, source, pair, common, stranger, &[]);
        return run.filter(|lost| lost.proper && is_latin(source));
    }
    let target = &context.target;
    let written_in = |span| sounds(target, target.names_in(span).iter().flat_map(|name| words(target, name.span)));
    // The same name may stand in the next sentence too: with a stranger here, only what is written here answers.
    let mut here = written_in(pair.target);
    let own = sounds(target, words(target, stranger.span));
    here.retain(|word| !own.contains(word));
    // One of the stranger's own words may yet be it, unless it is like anything.
    let telling = |word: &&Vec<u8>| stranger.faint || stranger.known.is_none() && word.len() > heard::CHANCE;
    let unanswered =
        |name: &Heard| !here.iter().any(|word| name.may_hold(word)) && !own.iter().filter(telling).any(|word| name.holds(word));
    let heard = heard(source, pair.source, heard::RUN).into_iter().find(unanswered);
    let near = written_in(around(target, &pair.bead.target));
    let told = heard.map(|name| Lost { span: name.span, proper: true, person: name.dotted });
    if stranger.faint {
        return told.filter(|lost| lost.person);
    }
    told.or_else(|| lost_run(context, source, pair, common, stranger, &near))
}

/// A known name of the source that does not stand in the target, in a form that it has there; and whether that is sure, for
/// a body may be called otherwise.
fn lost_entry(context: &Context, source: &Analysis, pair: Pair, stranger: &Stranger) -> Option<(Span, bool)> {
    let target = &context.target;
    let wide = around(target, &pair.bead.target);
    let lost = source.names_in(pair.source).iter().find(|name| {
        let Some(entry) = name.entry else { return false };
        let kind = context.corpus.names().kind(entry);
        let body = |name: &Name| name.entry.is_some_and(|entry| context.corpus.names().kind(entry) == ORGANISATION);
        let bodies = stranger.known.as_ref().map_or(stranger.proper && pair.is_sure(), body);
        (is_telling(kind) || kind == NATIONALITY && stranger.known.is_some() || kind == ORGANISATION && bodies)
            && kind != "region"
            && (stranger.known.is_some() || kind != "country")
            && !heard::continues(source, name.span)
            && stranger.known.as_ref().is_none_or(|new| same_kind(context, name, new))
            && has_form(context, name, target.tag())
            && !is_answered(context, name, source, target, pair.target)
            && (!is_answered(context, name, source, target, wide) || !stranger.weak && is_fewer(context, source, pair, entry))
            && !usual_stands(context, entry, pair)
    });
    let sure = |name: &Name| {
        stranger.known.is_some() || name.entry.is_none_or(|entry| context.corpus.names().kind(entry) != ORGANISATION)
    };
    lost.map(|name| (name.span, sure(name)))
}

/// Whether the sentences around a bead speak less often of a known name than those of the source.
fn is_fewer(context: &Context, source: &Analysis, pair: Pair, entry: crate::corpus::Id) -> bool {
    let root = context.corpus.names().root(entry);
    let (here, there) = (around(&context.target, &pair.bead.target), around(source, &pair.bead.source));
    mentions(context, &context.target, here, root) < mentions(context, source, there, root)
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
) -> Option<Lost> {
    let target = &context.target;
    let latin = is_latin(source);
    let place = if latin { pair.target } else { around(target, &pair.bead.target) };
    let own = sounds(target, words(target, stranger.span));
    // In one script a name is near when it is spelt alike; one that is known may have another form on each side, and
    // where nouns have capitals a word may be translated by its sound.
    let spelt = latin && !is_place(context, stranger) && !target.language().profile().casing.nouns;
    let chance = if spelt { SAME } else { LIKELY };
    // `Sarah Palin` may be lost beside `Track Palin`: a name must stand as often as in the source.
    let often = |word: &Token| {
        let counted = latin && stranger.proper;
        if counted { source.tokens_in(pair.source).iter().filter(|token| token.form == word.form).count() } else { 1 }
    };
    let is_lost = |word: &Token| {
        let spelt = word.text(source.text());
        let heard = skeleton(spelt);
        let like = |other: &Vec<u8>| alike(&heard, other, POSSIBLE) || stands_in(&heard, other) || stands_in(other, &heard);
        !common.is_apart(word)
            && near(spelt, target, place).take(often(word)).count() < often(word)
            && !own.iter().any(|own| alike(&heard, own, chance))
            && (spelt.is_ascii() || latin || heard.len() > 1 && !written.iter().any(like))
    };
    let telling = |word: &Token| !common.is_common(word);
    let names = source.names_in(pair.source).iter().filter(|name| name.entry.is_none());
    let given = context.corpus.given_names();
    let person = |run: &Run| {
        let all: Vec<&Token> = words(source, run.span).collect();
        all.windows(2).any(|two| given.contains(&two[0].form) && !common.is_common(two[0]))
    };
    // A known name in it is one whatever its words say, and so is somebody's first name with a last one.
    let known = |run: &Run| {
        let told = |entry| mentions(context, target, around(target, &pair.bead.target), context.corpus.names().root(entry)) > 0;
        let kind = |entry| context.corpus.names().kind(entry);
        within(source, run.span).any(|(_, entry)| is_single(kind(entry)) && !told(entry) && !usual_stands(context, entry, pair))
    };
    // The surest one; of two the first.
    let runs = names.flat_map(|name| runs(source, name, is_lost, telling)).filter(|run| !run.weak);
    let (proper, run) = runs.map(|run| (run.proper || person(&run) || known(&run), run)).min_by_key(|(proper, _)| !proper)?;
    Some(Lost { span: run.span, proper, person: person(&run) })
}

/// Whether a word of an entry's usual form stands in the target of a bead.
fn usual_stands(context: &Context, entry: crate::corpus::Id, pair: Pair) -> bool {
    let written = context.corpus.usual_name(context.corpus.names().root(entry), context.target.tag()).unwrap_or_default();
    written.split([' ', '-']).any(|word| word.chars().count() > 2 && is_near(word, &context.target, pair.target))
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
