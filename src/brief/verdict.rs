//! Whether an article says what a fact of the brief says: kept, changed, missing, or it cannot be told.

use super::{Brief, Fact};
use crate::article::{Analysis, Cut, Segment};
use crate::corpus::{Corpus, Id, Negation, Opposition};
use crate::document::{Block, BlockKind, Document, Span};
use crate::error::Error;
use crate::extract::{Bound, Number};
use crate::token::folded;
use crate::trap::Hit;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Kept,
    Changed,
    Missing,
    Unknown,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::Changed => "changed",
            Verdict::Missing => "missing",
            Verdict::Unknown => "unknown",
        }
    }
}

/// What became of one fact.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: String,
    /// The fact in words, for people.
    pub says: String,
    pub verdict: Verdict,
    /// Where the article speaks of it.
    pub span: Option<Span>,
    pub why: String,
}

/// The verdicts on all facts of a brief, in their order.
pub fn verdicts(brief: &Brief, target: &Analysis, hits: &[Hit], corpus: &Corpus) -> Result<Vec<Outcome>, Error> {
    let lang =
        corpus.tag(&brief.lang).ok_or_else(|| Error::Language { tag: brief.lang.clone(), known: corpus.packs().join(", ") })?;
    brief.facts.iter().map(|fact| judge(fact, lang, target, hits, corpus)).collect()
}

/// A fact with its words understood.
struct Wanted<'f> {
    fact: &'f Fact,
    quantities: Vec<Number>,
    names: Vec<Vec<Span>>,
}

/// Reads words of the brief's language.
fn with_words<T>(words: &str, lang: &str, corpus: &Corpus, read: impl FnOnce(&Analysis) -> T) -> Result<T, Error> {
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, words.len()) };
    let document = Document::plain(words.to_owned(), vec![block]);
    Ok(read(&Analysis::new(&document, lang, corpus, Cut::Blocks)?))
}

fn quantity(written: &str, lang: &str, corpus: &Corpus) -> Result<Option<Number>, Error> {
    let bound = match written.trim_start().chars().next() {
        Some('>') => Bound::Above,
        Some('<') => Bound::Below,
        Some('~') => Bound::About,
        _ => Bound::Exact,
    };
    let plain = written.trim_start_matches(['>', '<', '~', '=', ' ']);
    let number = with_words(plain, lang, corpus, |analysis| analysis.numbers.first().cloned())?;
    Ok(number.map(|number| Number { bound, ..number }))
}

fn judge(fact: &Fact, lang: &str, target: &Analysis, hits: &[Hit], corpus: &Corpus) -> Result<Outcome, Error> {
    let outcome = |verdict, span, why: String| Outcome { id: fact.id.clone(), says: fact.says.clone(), verdict, span, why };
    let mut quantities = Vec::new();
    for written in &fact.quantities {
        match quantity(written, lang, corpus)? {
            Some(number) => quantities.push(number),
            None => return Ok(outcome(Verdict::Unknown, None, format!("{written:?} could not be read as a quantity"))),
        }
    }
    if fact.names.is_empty() && fact.concepts.is_empty() && fact.compare.is_empty() && quantities.is_empty() {
        let why = "it has no names, quantities, concepts or comparison to look for".to_owned();
        return Ok(outcome(Verdict::Unknown, None, why));
    }
    let names: Vec<Vec<Span>> = fact.names.iter().map(|name| places_of(name, target, corpus)).collect();
    if let Some(absent) = names.iter().position(Vec::is_empty) {
        return Ok(absent_name(fact, &fact.names[absent], &names, target));
    }
    let wanted = Wanted { fact, quantities, names };
    let Some(place) = best_place(&wanted, target) else {
        let why = "names and quantities do not stand together anywhere".to_owned();
        return Ok(outcome(Verdict::Unknown, None, why));
    };
    if let Some((verdict, span, why)) = missing_quantity(&wanted, target, place) {
        return Ok(outcome(verdict, Some(span), why));
    }
    if let Some((verdict, span, why)) = about(fact, &wanted, lang, target, corpus)? {
        return Ok(outcome(verdict, Some(span), why));
    }
    if let Some((verdict, span, why)) = compared(fact, lang, target, place, corpus)? {
        return Ok(outcome(verdict, Some(span), why));
    }
    if let Some((verdict, span, why)) = concepts(&wanted, lang, target, hits, place, corpus)? {
        return Ok(outcome(verdict, Some(span), why));
    }
    if let Some((verdict, span, why)) = denied(&wanted, lang, target, place, corpus)? {
        return Ok(outcome(verdict, Some(span), why));
    }
    Ok(outcome(Verdict::Kept, Some(place), "names and quantities stand together with their values".to_owned()))
}

/// Where a name stands: as written, or in a form that `corpus/names` knows.
fn places_of(name: &str, target: &Analysis, corpus: &Corpus) -> Vec<Span> {
    let text = target.text();
    let boundary = |at: usize| {
        let before = text[..at].chars().next_back().is_none_or(|c| !crate::token::is_letter(c));
        before && text[at + name.len()..].chars().next().is_none_or(|c| !crate::token::is_letter(c))
    };
    let mut places: Vec<Span> =
        text.match_indices(name).filter(|(at, _)| boundary(*at)).map(|(at, _)| Span::new(at, at + name.len())).collect();
    let known: Vec<Id> = corpus.names_of_form(name);
    places.extend(
        target.names.iter().filter(|other| other.entry.is_some_and(|entry| known.contains(&entry))).map(|other| other.span),
    );
    places
}

/// A name that stands nowhere: translated, or left out with its fact.
fn absent_name(fact: &Fact, name: &str, names: &[Vec<Span>], target: &Analysis) -> Outcome {
    let brands = &target.language().brands;
    let translated = target.segments.iter().find_map(|segment| {
        let found = brands.find(target.text(), segment.span, target.tokens_of(segment));
        found
            .iter()
            .find(|hit| hit.value.name == name && hit.span.of(target.text()).starts_with(char::is_uppercase))
            .map(|hit| hit.span)
    });
    let (verdict, span, why) = match translated {
        Some(span) => (Verdict::Changed, Some(span), format!("{name:?} was translated as {:?}", span.of(target.text()))),
        None => (Verdict::Missing, names.iter().flatten().next().copied(), format!("{name:?} stands nowhere in the article")),
    };
    Outcome { id: fact.id.clone(), says: fact.says.clone(), verdict, span, why }
}

fn matches(wanted: &Number, found: &Number) -> bool {
    let close = (wanted.value - found.value).abs() <= wanted.value.abs() * if wanted.bound == Bound::About { 0.1 } else { 1e-6 };
    let unit = wanted.unit.is_none() || found.unit.is_none() || wanted.unit == found.unit;
    let against = matches!((wanted.bound, found.bound), (Bound::Above, Bound::Below) | (Bound::Below, Bound::Above));
    close && unit && !against
}

/// The block in which most of the fact's quantities and names stand.
fn best_place(wanted: &Wanted, target: &Analysis) -> Option<Span> {
    let score = |block: &Block| {
        let numbers = target.numbers_in(block.span);
        let quantities = wanted
            .quantities
            .iter()
            .filter(|quantity| numbers.iter().any(|number| matches(quantity, number)) || has_year(quantity, target, block.span))
            .count();
        let names = wanted.names.iter().filter(|places| places.iter().any(|place| block.span.contains(*place))).count();
        quantities * 2 + names
    };
    let best = target.document.blocks.iter().max_by_key(|block| (score(block), std::cmp::Reverse(block.span.start)))?;
    let all_names = wanted.names.iter().all(|places| places.iter().any(|place| best.span.contains(*place)));
    (score(best) > 0 && (all_names || wanted.names.is_empty()) || wanted.quantities.is_empty() && wanted.names.is_empty())
        .then_some(best.span)
}

/// A year may stand in a date.
fn has_year(quantity: &Number, target: &Analysis, span: Span) -> bool {
    target.dates_in(span).iter().any(|date| date.year.is_some_and(|year| f64::from(year) == quantity.value))
}

type Doubt = Option<(Verdict, Span, String)>;

/// A quantity that the place lacks: changed when a like one stands there instead.
fn missing_quantity(wanted: &Wanted, target: &Analysis, place: Span) -> Doubt {
    let numbers = target.numbers_in(place);
    let absent = wanted
        .quantities
        .iter()
        .position(|quantity| !numbers.iter().any(|number| matches(quantity, number)) && !has_year(quantity, target, place))?;
    let quantity = &wanted.quantities[absent];
    let written = &wanted.fact.quantities[absent];
    let instead = numbers.iter().find(|number| {
        quantity.unit.is_some() && number.unit == quantity.unit && !wanted.quantities.iter().any(|other| matches(other, number))
    });
    Some(match instead {
        Some(number) => {
            let why = format!("the brief says {written:?}, the article {:?}", number.span.of(target.text()));
            (Verdict::Changed, number.span, why)
        }
        None => (Verdict::Missing, place, format!("{written:?} is not where the article speaks of this")),
    })
}

/// Where a fact says what its quantity is about, the quantity nearest to that must be the one of the brief.
fn about(fact: &Fact, wanted: &Wanted, lang: &str, target: &Analysis, corpus: &Corpus) -> Result<Doubt, Error> {
    let Some(quantity) = wanted.quantities.first().filter(|_| !fact.about.is_empty()) else { return Ok(None) };
    let ids = concepts_named(&fact.about, lang, corpus)?;
    let places = target.concepts().iter().filter(|concept| ids.contains(&concept.id));
    let near = places.filter_map(|concept| {
        let block = target.document.blocks.iter().find(|block| block.span.contains(concept.span))?;
        let distance = |number: &&Number| number.span.start.abs_diff(concept.span.start);
        let number = target.numbers_in(block.span).iter().filter(|number| number.unit == quantity.unit).min_by_key(distance)?;
        Some((number.span.start.abs_diff(concept.span.start), number))
    });
    Ok(match near.min_by_key(|(distance, _)| *distance) {
        None => Some((Verdict::Unknown, Span::default(), format!("{:?} was not found in the article", fact.about))),
        Some((_, number)) if matches(quantity, number) => None,
        Some((_, number)) => {
            let why = format!(
                "beside {:?} the brief says {:?}, the article {:?}",
                fact.about,
                fact.quantities[0],
                number.span.of(target.text())
            );
            Some((Verdict::Changed, number.span, why))
        }
    })
}

/// The concepts that a word of the brief names: by id, or in the brief's language.
fn concepts_named(word: &str, lang: &str, corpus: &Corpus) -> Result<Vec<Id>, Error> {
    if let Some(id) = corpus.concepts().number(word) {
        return Ok(vec![id]);
    }
    with_words(word, lang, corpus, |analysis| analysis.concepts().iter().map(|concept| concept.id).collect())
}

/// Which of two things the article puts ahead.
fn compared(fact: &Fact, lang: &str, target: &Analysis, place: Span, corpus: &Corpus) -> Result<Doubt, Error> {
    let [a, sign, b] = fact.compare.as_slice() else { return Ok(None) };
    let (ahead, behind) = if sign == ">" { (a, b) } else { (b, a) };
    let sides = (Side::read(ahead, lang, target, corpus)?, Side::read(behind, lang, target, corpus)?);
    for comparison in target.comparisons() {
        let count = |side: &Side, span: Span| side.count(target, span);
        let straight = count(&sides.0, comparison.better) + count(&sides.1, comparison.worse);
        let crossed = count(&sides.0, comparison.worse) + count(&sides.1, comparison.better);
        if straight != crossed {
            let why = format!("the article puts {:?} ahead", comparison.better.of(target.text()));
            return Ok((crossed > straight).then_some((Verdict::Changed, comparison.span, why)));
        }
    }
    // `loin devant`, `loin derrière` between the two names.
    for concept in target.concepts_in(place) {
        let segment = target.segments[target.segment_at(concept.span.start)].span;
        let order = sides.0.first_in(target, segment).zip(sides.1.first_in(target, segment));
        let Some((first, second)) = order.filter(|(first, second)| *first < concept.span.start && concept.span.start < *second)
        else {
            continue;
        };
        debug_assert!(first < second);
        for (_, kind) in corpus.concepts().opposites(concept.id) {
            match kind {
                Opposition::Ahead => return Ok(None),
                Opposition::Behind => {
                    let why = format!("the article says {:?}", concept.span.of(target.text()));
                    return Ok(Some((Verdict::Changed, concept.span, why)));
                }
                _ => {}
            }
        }
    }
    let why = format!("the article was not understood to compare {a:?} and {b:?}");
    Ok(Some((Verdict::Unknown, place, why)))
}

/// One of the two things that a fact compares.
struct Side {
    concepts: Vec<Id>,
    names: Vec<Span>,
}

impl Side {
    fn read(words: &str, lang: &str, target: &Analysis, corpus: &Corpus) -> Result<Side, Error> {
        Ok(Side { concepts: concepts_named(words, lang, corpus)?, names: places_of(words, target, corpus) })
    }

    fn count(&self, target: &Analysis, span: Span) -> usize {
        let concepts = target.concepts_in(span).iter().filter(|concept| self.concepts.contains(&concept.id)).count();
        concepts + self.names.iter().filter(|place| span.contains(**place)).count()
    }

    fn first_in(&self, target: &Analysis, span: Span) -> Option<usize> {
        let concepts = target
            .concepts_in(span)
            .iter()
            .filter(|concept| self.concepts.contains(&concept.id))
            .map(|concept| concept.span.start);
        concepts.chain(self.names.iter().filter(|place| span.contains(**place)).map(|place| place.start)).min()
    }
}

/// The fact's concepts beside its quantities: a trap in their place means that they were changed.
fn concepts(wanted: &Wanted, lang: &str, target: &Analysis, hits: &[Hit], place: Span, corpus: &Corpus) -> Result<Doubt, Error> {
    for word in &wanted.fact.concepts {
        let ids = concepts_named(word, lang, corpus)?;
        if ids.is_empty() {
            return Ok(Some((Verdict::Unknown, place, format!("{word:?} names no concept that the program knows"))));
        }
        if target.concepts_in(place).iter().any(|concept| ids.contains(&concept.id)) {
            continue;
        }
        // The trap whose right rendering would have named the concept.
        let trapped = hits.iter().filter(|hit| place.contains(hit.span)).find(|hit| {
            let preferred = &hit.trap.preferred;
            preferred.iter().any(|right| names_one_of(right, &ids, target, corpus))
        });
        return Ok(Some(match trapped {
            Some(hit) => {
                let wrong = hit.span.of(target.text());
                (Verdict::Changed, hit.span, format!("{word:?} was rendered as {wrong:?}"))
            }
            None => (Verdict::Unknown, place, format!("{word:?} was not found where the article speaks of this")),
        }));
    }
    Ok(None)
}

/// Whether the sentence that speaks of the fact denies it, where the brief says if it should.
fn denied(wanted: &Wanted, lang: &str, target: &Analysis, place: Span, corpus: &Corpus) -> Result<Doubt, Error> {
    let Some(expected) = wanted.fact.negated else { return Ok(None) };
    let mut ids = Vec::new();
    for word in &wanted.fact.concepts {
        ids.extend(concepts_named(word, lang, corpus)?);
    }
    let told = |segment: &&Segment| {
        let names = wanted.names.iter().filter(|places| places.iter().any(|name| segment.span.contains(*name))).count();
        let quantity = |one: &&Number| target.numbers_in(segment.span).iter().any(|number| matches(one, number));
        let concepts = target.concepts_in(segment.span).iter().filter(|concept| ids.contains(&concept.id)).count();
        names + wanted.quantities.iter().filter(quantity).count() + concepts
    };
    let inside = target.segments.iter().filter(|segment| place.contains(segment.span));
    let Some(segment) = inside.max_by_key(|segment| (told(segment), std::cmp::Reverse(segment.span.start))) else {
        return Ok(None);
    };
    let cues = target.cues_in(segment.span);
    let negative = cues.iter().filter(|cue| matches!(cue.kind, Negation::Negative | Negation::Concord)).count();
    Ok(match (expected, negative) {
        (true, 0) if cues.is_empty() && target.concepts_in(segment.span).iter().any(|concept| ids.contains(&concept.id)) => {
            Some((Verdict::Changed, segment.span, "the brief denies it, and nothing here does".to_owned()))
        }
        (true, 0) => Some((Verdict::Unknown, segment.span, "whether it is denied cannot be told".to_owned())),
        (false, 1..) => {
            // What the denial belongs to is not understood: the same sentence may deny something else.
            let why = "the sentence denies something; whether it denies this cannot be told".to_owned();
            Some((Verdict::Unknown, segment.span, why))
        }
        _ => None,
    })
}

fn names_one_of(rendering: &str, ids: &[Id], target: &Analysis, corpus: &Corpus) -> bool {
    let named = with_words(&folded(rendering), target.tag(), corpus, |analysis| {
        analysis.concepts().iter().any(|concept| ids.contains(&concept.id))
    });
    named.unwrap_or(false)
}
