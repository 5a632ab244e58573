//! Whether the words around a place have their like on the other side: concepts, names, numbers, dates, words spelled alike.

use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Date;
use crate::language::script::ascii;
use crate::rules::Context;
use crate::token::{Kind, Token};

/// Words that are looked at behind a place and before it.
const BEHIND: usize = 4;
const BEFORE: usize = 3;
/// Letters of the beginning that words spelled alike share at least, and the share of the longer one.
const BEGINNING: usize = 4;
const ALIKE: f32 = 0.55;

/// How many words near a span of one side have their like in a stretch of the other: behind it, and before it.
pub fn around(context: &Context, here: (&Analysis, Span), there: (&Analysis, Span), place: Span) -> (usize, usize) {
    let places = alike(context, here, there);
    let words = here.0.tokens_in(here.1);
    let (first, next) =
        (words.partition_point(|word| word.span.start < place.start), words.partition_point(|word| word.span.start < place.end));
    let met = |words: &[Token]| words.iter().filter(|word| places.binary_search(&word.span.start).is_ok()).count();
    (met(&words[next..words.len().min(next + BEHIND)]), met(&words[first.saturating_sub(BEFORE)..first]))
}

/// Where the concepts, names, numbers, dates and words begin that the other side has too.
fn alike(context: &Context, (here, span): (&Analysis, Span), (there, other): (&Analysis, Span)) -> Vec<usize> {
    let names = context.corpus.names();
    let concepts = there.concepts_in(other);
    let mut places: Vec<usize> = Vec::new();
    let shared = here.concepts_in(span).iter().filter(|own| concepts.iter().any(|one| one.id == own.id));
    places.extend(shared.map(|concept| concept.span.start));
    let known: Vec<u32> = there.names_in(other).iter().filter_map(|name| name.entry).map(|entry| names.root(entry)).collect();
    let named = here.names_in(span).iter().filter(|name| name.entry.is_some_and(|entry| known.contains(&names.root(entry))));
    places.extend(named.map(|name| name.span.start));
    let numbers = there.numbers_in(other);
    let counted = here.numbers_in(span).iter().filter(|own| numbers.iter().any(|one| one.value == own.value));
    places.extend(counted.map(|number| number.span.start));
    let dates = there.dates_in(other);
    let same = |own: &Date, one: &Date| {
        own.month.is_some() && own.month == one.month || own.weekday.is_some() && own.weekday == one.weekday
    };
    let dated = here.dates_in(span).iter().filter(|own| dates.iter().any(|one| same(own, one)));
    places.extend(dated.map(|date| date.span.start));
    let spelled = spellings(there, other);
    let cognates = spellings(here, span).into_iter().filter(|(_, word)| spelled.iter().any(|(_, one)| is_cognate(word, one)));
    places.extend(cognates.map(|(at, _)| at));
    places.sort_unstable();
    places.dedup();
    places
}

/// Words in plain letters with their places.
fn spellings(analysis: &Analysis, span: Span) -> Vec<(usize, String)> {
    let words = analysis.tokens_in(span).iter().filter(|token| token.kind == Kind::Word);
    let plain = words.map(|token| (token.span.start, ascii(token.text(analysis.text()))));
    plain.filter(|(_, word)| word.len() >= BEGINNING).collect()
}

fn is_cognate(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    shared >= BEGINNING && shared as f32 >= ALIKE * a.len().max(b.len()) as f32
}
