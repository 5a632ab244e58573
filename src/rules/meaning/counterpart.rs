//! Which words of one side of a bead have their like on the other: concepts, names, numbers, dates, words spelled alike, and
//! those that were learnt to translate each other from the two texts.

use crate::article::Analysis;
use crate::corpus::lexicon::word_key;
use crate::document::Span;
use crate::extract::Date;
use crate::language::script::ascii;
use crate::rules::Context;
use crate::token::{Kind, Token};

/// Letters of the beginning that words spelled alike share at least, and the share of the longer one.
const BEGINNING: usize = 4;
const ALIKE: f32 = 0.55;

/// A stretch of one side and its like on the other.
#[derive(Clone, Default)]
pub struct Counterparts {
    /// Concepts, names, numbers and dates.
    mentions: Vec<(Span, Span)>,
    /// Words.
    words: Vec<(Span, Span)>,
}

impl Counterparts {
    /// What stands in a stretch of one text and has its like in a stretch of the other; `forth` from the source to the target.
    pub fn new(context: &Context, here: (&Analysis, Span), there: (&Analysis, Span), forth: bool) -> Counterparts {
        let mut words = spelled(here, there);
        words.extend(learnt(context, here, there, forth));
        Counterparts { mentions: mentioned(context, here, there), words }
    }

    /// All places with their like.
    pub fn pairs(&self) -> impl Iterator<Item = (Span, Span)> {
        self.mentions.iter().chain(&self.words).copied()
    }

    /// The likes of what overlaps a place.
    pub fn of(&self, place: Span) -> impl Iterator<Item = Span> {
        self.pairs().filter(move |(own, _)| own.overlaps(place)).map(|(_, other)| other)
    }

    /// The mentions whose like is all of a place of the other side.
    pub fn mentions_of(&self, other: Span) -> impl Iterator<Item = Span> {
        self.mentions.iter().filter(move |(_, like)| like.contains(other)).map(|(own, _)| *own)
    }

    /// The same from the other side.
    pub fn turned(&self) -> Counterparts {
        let turned = |pairs: &[(Span, Span)]| pairs.iter().map(|(own, other)| (*other, *own)).collect();
        Counterparts { mentions: turned(&self.mentions), words: turned(&self.words) }
    }

    /// How many places of a stretch, beside one, have their like in a stretch of the other side.
    pub fn beside(&self, but: Span, here: Span, there: Span) -> usize {
        let met = self.pairs().filter(|(own, other)| !own.overlaps(but) && own.overlaps(here) && other.overlaps(there));
        let mut places: Vec<usize> = met.map(|(own, _)| own.start).collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    }
}

/// Concepts, names, numbers and dates that both sides have.
fn mentioned(context: &Context, (here, span): (&Analysis, Span), (there, other): (&Analysis, Span)) -> Vec<(Span, Span)> {
    let names = context.corpus.names();
    let mut pairs = Vec::new();
    let concepts = there.concepts_in(other);
    for own in here.concepts_in(span) {
        pairs.extend(concepts.iter().filter(|one| one.id == own.id).map(|one| (own.span, one.span)));
    }
    for own in here.names_in(span) {
        let same = |entry: Option<u32>| entry.zip(own.entry).is_some_and(|(one, own)| names.root(one) == names.root(own));
        pairs.extend(there.names_in(other).iter().filter(|one| same(one.entry)).map(|one| (own.span, one.span)));
    }
    for own in here.numbers_in(span) {
        pairs.extend(there.numbers_in(other).iter().filter(|one| one.value == own.value).map(|one| (own.span, one.span)));
    }
    let same = |own: &Date, one: &Date| {
        own.month.is_some() && own.month == one.month || own.weekday.is_some() && own.weekday == one.weekday
    };
    for own in here.dates_in(span) {
        pairs.extend(there.dates_in(other).iter().filter(|one| same(own, one)).map(|one| (own.span, one.span)));
    }
    pairs
}

/// Words spelled alike.
fn spelled(here: (&Analysis, Span), there: (&Analysis, Span)) -> Vec<(Span, Span)> {
    let others = spellings(there);
    let alike = |word: &str| others.iter().filter(|(_, one)| is_cognate(word, one)).map(|(span, _)| *span).collect::<Vec<_>>();
    let own = spellings(here).into_iter();
    own.flat_map(|(span, word)| alike(&word).into_iter().map(move |other| (span, other))).collect()
}

/// Words in plain letters with their places.
fn spellings((analysis, span): (&Analysis, Span)) -> Vec<(Span, String)> {
    let words = analysis.tokens_in(span).iter().filter(|token| token.kind == Kind::Word);
    let plain = words.map(|token| (token.span, ascii(token.text(analysis.text()))));
    plain.filter(|(_, word)| word.len() >= BEGINNING).collect()
}

fn is_cognate(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    shared >= BEGINNING && shared as f32 >= ALIKE * a.len().max(b.len()) as f32
}

/// Words that were learnt to translate each other.
fn learnt(context: &Context, here: (&Analysis, Span), there: (&Analysis, Span), forth: bool) -> Vec<(Span, Span)> {
    let Some(words) = context.alignment.as_ref().map(|alignment| &alignment.words) else { return Vec::new() };
    let others = keys(there);
    let mut pairs = Vec::new();
    for (span, own) in keys(here) {
        let paired = |key: u64| if forth { words.are_paired(own, key) } else { words.are_paired(key, own) };
        pairs.extend(others.iter().filter(|(_, key)| paired(*key)).map(|(other, _)| (span, *other)));
    }
    pairs
}

/// The words of a stretch that carry more than grammar by what the aligner compares them by, with their places; none of an
/// unspaced script, where two characters are compared that need not be a word.
fn keys((analysis, span): (&Analysis, Span)) -> Vec<(Span, u64)> {
    let text = analysis.text();
    let full = |token: &&Token| token.kind == Kind::Word && !analysis.language().function_words.contains(&token.form);
    let words = analysis.tokens_in(span).iter().filter(full);
    words.map(|token| (token.span, word_key(token, token.text(text)))).collect()
}
