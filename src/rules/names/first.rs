//! Another first name before the same family name, or another family name behind the same first name.

use super::letters::{LIKELY, alike, deaccented, skeleton};
use super::lookup::{Words, is_latin, within};
use crate::article::Analysis;
use crate::corpus::Corpus;
use crate::document::Span;
use crate::rules::Pair;
use crate::token::{Kind, Token};

/// First names of two sides that stand before the same family name and are not each other: that of the target, and that of
/// the source. One that stands anywhere in the other text, or may be the other one written in another way, is none.
pub fn changed_first_names(
    corpus: &Corpus,
    (source, target): (&Analysis, &Analysis),
    (source_words, target_words): (&Words, &Words),
    pair: Pair,
) -> Vec<(Span, Span)> {
    let given = corpus.given_names();
    let theirs = people(corpus, target, pair.target);
    if theirs.is_empty() {
        return Vec::new();
    }
    let ours = named(source, pair.source);
    let mut changed = Vec::new();
    for (first, last) in &theirs {
        // Several people of one family may be spoken of: then nobody can tell who is who.
        let mut family = ours.iter().filter(|(_, other)| other.form == last.form);
        let (Some((original, _)), None) = (family.next(), family.next()) else { continue };
        let absent = source_words.count(first.form) == 0 && target_words.count(original.form) == 0;
        let apart = given.contains(&original.form) && absent;
        let sound = |analysis: &Analysis, token: &Token| skeleton(token.text(analysis.text()));
        if apart && !alike(&sound(target, first), &sound(source, original), LIKELY) {
            changed.push((first.span, original.span));
        }
    }
    changed
}

/// A family name of the target, that of the source in its place, and whether they sound alike.
pub type LastName = (Span, Span, bool);

/// Family names of two sides that stand behind the same first name and are not each other: that of the target, that of the
/// source, and whether they sound alike, so that one may be the other as this language writes it. One that stands anywhere
/// in the other text, that a language may have inflected, or whose bearer the program knows, is none.
pub fn changed_last_names(
    corpus: &Corpus,
    (source, target): (&Analysis, &Analysis),
    (source_words, target_words): (&Words, &Words),
    pair: Pair,
) -> Vec<LastName> {
    if !is_latin(source) || !is_latin(target) || !pair.is_sure() {
        return Vec::new();
    }
    let known = |analysis: &Analysis, span: Span| {
        analysis.names_in(span).iter().any(|name| name.entry.is_some()) || within(analysis, span).next().is_some()
    };
    let theirs = people(corpus, target, pair.target);
    if theirs.is_empty() {
        return Vec::new();
    }
    let ours = named(source, pair.source);
    let mut changed = Vec::new();
    for (first, last) in theirs {
        let mut others = ours.iter().filter(|(other, _)| other.form == first.form);
        let (Some((_, original)), None) = (others.next(), others.next()) else { continue };
        let absent = source_words.count(last.form) == 0 && target_words.count(original.form) == 0;
        let telling = !target_words.is_common(&last) && !source_words.is_common(original);
        let (new, old) = (deaccented(last.text(target.text())), deaccented(original.text(source.text())));
        let inflected = new.starts_with(&*old) || old.starts_with(&*new);
        if absent && telling && !inflected && !known(source, original.span) && !known(target, last.span) {
            let alike = alike(&skeleton(&new), &skeleton(&old), LIKELY) || strsim::osa_distance(&new, &old) <= 1;
            changed.push((last.span, original.span, alike));
        }
    }
    changed
}

/// Those of which the first is a first name.
fn people(corpus: &Corpus, analysis: &Analysis, span: Span) -> Vec<(Token, Token)> {
    let given = corpus.given_names();
    let mut all = named(analysis, span);
    all.retain(|(first, _)| given.contains(&first.form));
    all
}

/// The pairs of neighbouring words with capitals, nothing but a space between them.
fn named(analysis: &Analysis, span: Span) -> Vec<(Token, Token)> {
    let capital = |token: &Token| token.kind == Kind::Word && token.shape.is_large();
    let joined = |two: &&[Token]| capital(&two[0]) && capital(&two[1]) && two[0].span.end + 1 == two[1].span.start;
    analysis.tokens_in(span).windows(2).filter(joined).map(|two| (two[0], two[1])).collect()
}
