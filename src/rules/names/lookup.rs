//! Where a name may stand on the other side, and which words of a text can be names at all.

use super::heard::{Heard, heard, is_dot, is_foreign};
use super::letters::{LIKELY, POSSIBLE, alike, are_apart, as_heard, deaccented, follows, skeleton, stands_in};
use crate::article::Analysis;
use crate::corpus::{Id, Language};
use crate::document::Span;
use crate::extract::Name;
use crate::rules::Context;
use crate::token::{Kind, Token, WordHash, hash};
use deunicode::deunicode;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Whether a language is written in Latin letters, so that a name can be expected to stand as it is.
pub fn is_latin(analysis: &Analysis) -> bool {
    analysis.language().profile().scripts.iter().any(|script| script == "Latin")
}

/// The words of a name: letters, without small particles.
pub fn words<'a>(analysis: &'a Analysis, span: Span) -> impl Iterator<Item = &'a Token> {
    let text = analysis.text();
    analysis
        .tokens_in(span)
        .iter()
        .filter(move |token| token.kind == Kind::Word && token.shape.is_large() && token.text(text).chars().count() > 2)
}

/// Whether a name, or a word of it, stands on the other side: as an entry, as the same word, or nearly.
pub fn is_answered(context: &Context, name: &Name, own: &Analysis, other: &Analysis, span: Span) -> bool {
    let names = context.corpus.names();
    let same = |entry| other.names_in(span).iter().any(|one| one.entry.is_some_and(|one| names.root(one) == names.root(entry)));
    name.entry.is_some_and(same) || words(own, name.span).any(|word| is_near(word.text(own.text()), other, span))
}

/// Whether a known name stands on the other side: as an entry of the same root,
/// by its usual form, or by one of its words as it is written.
pub fn is_told(context: &Context, name: &Name, own: &Analysis, other: &Analysis, there: &Words) -> bool {
    let names = context.corpus.names();
    let usual = |entry| context.corpus.usual_name(names.root(entry), other.tag());
    name.entry.is_some_and(|entry| there.roots.contains(&names.root(entry)))
        || words(own, name.span).any(|word| !is_grammar(word, own, other) && there.holds(word.text(own.text())))
        // Within a longer name it is no entry of its own.
        || name.entry.and_then(usual).is_some_and(|usual| undotted(other.text()).contains(&*undotted(usual)))
}

/// Whether a word of a name is one that stands in every text of one of the two languages: `The Guardian`.
pub fn is_grammar(word: &Token, own: &Analysis, other: &Analysis) -> bool {
    [own, other].iter().any(|side| side.language().function_words.contains(&word.form))
}

/// How often a span speaks of a known name, by itself or within a longer one.
pub fn mentions(context: &Context, analysis: &Analysis, span: Span, root: Id) -> usize {
    let names = context.corpus.names();
    let here = analysis.names_in(span).iter().map(|name| match name.entry {
        Some(entry) => usize::from(names.root(entry) == root),
        None => within(analysis, name.span).filter(|(_, entry)| names.root(*entry) == root).count(),
    });
    here.sum()
}

/// The known names within a longer one.
pub fn within(analysis: &Analysis, span: Span) -> impl Iterator<Item = (Span, Id)> {
    let known = analysis.knowledge.names.find(analysis.text(), span, analysis.tokens_in(span));
    known.into_iter().map(|found| (found.span, *found.value))
}

/// Without the dots between the parts of foreign names, which are written or not.
fn undotted(text: &str) -> Cow<'_, str> {
    if text.contains(is_dot) { text.replace(is_dot, "").into() } else { text.into() }
}

/// Whether a word or one much like it (an exonym, another ending, an adjective) stands in a span.
pub fn is_near(word: &str, other: &Analysis, span: Span) -> bool {
    near(word, other, span).next().is_some()
}

/// The words of a span that a word may be, or is much like.
pub fn near<'o>(word: &str, other: &'o Analysis, span: Span) -> impl Iterator<Item = &'o Token> {
    let wanted = deaccented(word).into_owned();
    let (first, length) = (wanted.bytes().next().filter(u8::is_ascii), wanted.chars().count());
    other.tokens_in(span).iter().filter(|token| token.kind == Kind::Word).filter(move |token| {
        let written = token.text(other.text());
        let small = token.shape.is_small();
        let lead = written.as_bytes()[0];
        // Most words are told by their first letter to be another; a name may have a slip there, but is about as long.
        let differs = lead.is_ascii() && first.is_some_and(|first| first != lead.to_ascii_lowercase());
        let is_long = || written.len() >= SPELT && written.len().abs_diff(length) <= SLIPS;
        if differs && (small || token.shape.is_ascii() && wanted.is_ascii() && !is_long()) {
            return false;
        }
        let candidate = deaccented(written);
        let shared = wanted.chars().zip(candidate.chars()).take_while(|(a, b)| a == b).count();
        // In small letters it must be most of the word: `massive` is nothing like Massachusetts.
        if candidate == wanted || shared >= 4 && (!small || shared * 2 >= length) {
            return true;
        }
        // Common words are like anything by two letters: only a name is taken for another spelling of a name.
        let slips = if candidate.len() < LONG { 1 } else { SLIPS };
        let (short, long) = (wanted.len().min(candidate.len()), wanted.len().max(candidate.len()));
        let as_long = || candidate.chars().count().abs_diff(length) <= slips;
        !small
            && (shared >= 3 && short * 5 > long * 3 && strsim::jaro_winkler(&wanted, &candidate) > 0.8
                || candidate.len() >= SPELT
                    && as_long()
                    && !are_apart(&wanted, &candidate, slips as u32)
                    && strsim::osa_distance(&wanted, &candidate) <= slips)
    })
}

/// Letters of a name word from which one of them may differ, those from which two may, and these two.
const SPELT: usize = 5;
const LONG: usize = 7;
const SLIPS: usize = 2;

/// Whether a word of a name's usual form, or its initials, stand anywhere in a text.
pub fn stands_somewhere(written: &str, analysis: &Analysis) -> bool {
    let text = analysis.text();
    if text.contains(written) {
        return true;
    }
    let whole = Span::new(0, text.len());
    // `The first state` names no United States.
    let everyday = |word: &Token| analysis.language().common_words.contains(&word.form);
    let telling = |word: &Token| word.shape.is_large() || !everyday(word);
    let initials: String =
        written.split([' ', '-']).filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect();
    let abbreviated = || {
        let stops: String = initials.chars().flat_map(|c| [c, '.']).collect();
        text.contains(&initials) || text.contains(&stops)
    };
    initials.chars().count() > 1 && abbreviated()
        || written.split([' ', '-']).filter(|word| word.chars().count() > 2).any(|word| near(word, analysis, whole).any(telling))
}

/// Whether most words have capitals, as in English headlines: no capital proves anything there.
pub fn is_title(analysis: &Analysis, span: Span) -> bool {
    let words = analysis.tokens_in(span).iter().filter(|token| token.kind == Kind::Word);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.shape.is_large());
    }
    all > 3 && capital * 5 > all * 3
}

/// The bead with a segment more on each side, where a name may have moved.
pub fn around(analysis: &Analysis, segments: &Range<usize>) -> Span {
    analysis.span_of(segments.start.saturating_sub(1)..(segments.end + 1).min(analysis.segments.len()))
}

/// What a text says of its words: which are common ones, and how often each name word stands.
pub struct Words<'l> {
    language: &'l Language,
    /// How often each word stands, and whether in small letters or in a concept.
    counts: FxHashMap<WordHash, (usize, bool)>,
    /// Words of dates and quantities: no part of a name that the program does not know.
    quantities: FxHashSet<WordHash>,
    /// The words that have accents, without them.
    written: FxHashSet<WordHash>,
    /// The roots of the known names.
    roots: FxHashSet<Id>,
}

impl<'l> Words<'l> {
    pub fn of(context: &Context, analysis: &Analysis<'l>) -> Words<'l> {
        let text = analysis.text();
        let mut words = Words {
            language: analysis.language(),
            counts: FxHashMap::default(),
            quantities: FxHashSet::default(),
            written: FxHashSet::default(),
            roots: FxHashSet::default(),
        };
        let names = context.corpus.names();
        words.roots.extend(analysis.names.iter().filter_map(|name| name.entry).map(|entry| names.root(entry)));
        for run in analysis.names.iter().filter(|name| name.entry.is_none()) {
            words.roots.extend(within(analysis, run.span).map(|(_, entry)| names.root(entry)));
        }
        // About half of the words of a text are different.
        let different = analysis.tokens.len() / 2;
        words.counts.reserve(different);
        // Concepts are in the order of the text, and so are the tokens: where the last of those before it ends.
        let (mut concepts, mut end) = (analysis.concepts().iter().peekable(), 0);
        for token in analysis.tokens.iter().filter(|token| token.kind == Kind::Word) {
            while let Some(concept) = concepts.next_if(|concept| concept.span.start <= token.span.start) {
                end = end.max(concept.span.end);
            }
            let (count, common) = words.counts.entry(token.form).or_default();
            *count += 1;
            *common |= token.shape.is_small() || token.span.start < end;
            if *count == 1 && !token.shape.is_ascii() {
                words.written.insert(hash(&deaccented(token.text(text))));
            }
        }
        let spans = analysis.dates.iter().map(|date| date.span);
        let spans = spans.chain(analysis.numbers.iter().map(|number| number.span));
        for span in spans.chain(analysis.numbers.iter().filter_map(|number| number.unit_span)) {
            words.quantities.extend(analysis.tokens_in(span).iter().map(|token| token.form));
        }
        words
    }

    /// Whether a word stands outside names, whatever its capital.
    pub fn is_apart(&self, token: &Token) -> bool {
        self.language.function_words.contains(&token.form) || self.quantities.contains(&token.form)
    }

    pub fn is_common(&self, token: &Token) -> bool {
        self.is_apart(token)
            || self.language.common_words.contains(&token.form)
            || self.counts.get(&token.form).is_some_and(|(_, common)| *common)
    }

    /// Whether a word can hardly be a name where it stands alone: a common one, or one of which names are made.
    pub fn is_plain(&self, token: &Token) -> bool {
        self.is_common(token) || self.language.name_words.contains(&token.form)
    }

    /// Whether a word stands anywhere in the text, but for accents.
    pub fn holds(&self, word: &str) -> bool {
        let plain = hash(&deaccented(word));
        self.written.contains(&plain) || self.counts.contains_key(&plain)
    }

    pub fn count(&self, form: WordHash) -> usize {
        self.counts.get(&form).map_or(0, |(count, _)| *count)
    }
}

/// How the names of a stretch in another script may be spelt.
pub struct Spellings {
    parts: Vec<Vec<u8>>,
    heard: Vec<Heard>,
    /// What characters that are read in one way spell, as `Xi Jinping` is written in Han.
    read: String,
}

impl Spellings {
    /// Words; in unspaced scripts what stands in letters of foreign words, or in characters that write their sound.
    pub fn of(source: &Analysis, span: Span) -> Spellings {
        let text = source.text();
        let tokens = source.tokens_in(span).iter().filter(|token| token.kind != Kind::Number);
        let heard = heard(source, span, SHORT);
        if source.language().profile().sounds.is_empty() {
            let parts = tokens.flat_map(|token| foreign_parts(token.text(text))).map(skeleton).collect();
            return Spellings { parts, heard, read: String::new() };
        }
        // Its Latin words are spelt as they are.
        let read = as_heard(span.of(text), &source.language().profile().readings);
        let read = deunicode(&read).to_lowercase().replace(|c: char| !c.is_ascii_alphabetic(), "");
        Spellings { parts: Vec::new(), heard, read }
    }

    /// Whether a word may be written in the stretch; a part of a name that is another's by its `rivals` is not this one's, and
    /// the `last` word of a name is not what stands before a dot.
    pub fn hold(&self, word: &str, last: bool, rivals: impl Fn(&[u8], &[u8], &Heard) -> bool) -> bool {
        let sound = skeleton(word);
        let is_part = |part: &[u8], name: &Heard| Heard::is_part(part, &sound) && !rivals(&sound, part, name);
        let holds = |name: &Heard| {
            if last { name.last_parts().any(|part| is_part(part, name)) } else { name.parts().any(|part| is_part(part, name)) }
        };
        self.parts.iter().any(|part| alike(&sound, part, POSSIBLE) || stands_in(&sound, part))
            || self.heard.iter().any(holds)
            || word.len() > 3 && self.read.contains(&*deaccented(word))
    }
}

/// Characters of the shortest run by which a word may be meant.
const SHORT: usize = 2;

/// A run of unspaced script cut where foreign words, which have letters of their own, begin and end.
fn foreign_parts(run: &str) -> Vec<&str> {
    if !run.contains(is_foreign) {
        return vec![run];
    }
    run.split(|c| !is_foreign(c)).filter(|part| !part.is_empty()).collect()
}

/// What stands in a stretch of the source by which names can be followed: words, or neighbouring characters.
fn signs(source: &Analysis, span: Span) -> FxHashMap<WordHash, Span> {
    let text = source.text();
    let mut signs = FxHashMap::default();
    for token in source.tokens_in(span) {
        // A small letter names nothing; scripts without capitals have none.
        let word = token.kind == Kind::Word && !token.shape.is_small();
        if word && !source.language().function_words.contains(&token.form) {
            signs.insert(token.stem, token.span);
        } else if token.kind == Kind::Unspaced {
            let run = token.text(text);
            let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            let place = |ends: &[usize]| Span::new(token.span.start + ends[0], token.span.start + ends[3]);
            signs.extend(ends.windows(4).map(|ends| (hash(&run[ends[0]..ends[3]]), place(ends))));
        }
    }
    signs
}

/// Which words of the source go with which names of the target, sentence by sentence.
pub struct Company<'c> {
    source: &'c str,
    target: &'c str,
    signs: Vec<FxHashMap<WordHash, Span>>,
    names: Vec<FxHashMap<WordHash, Span>>,
    /// The beads of each sign, and how many each name has.
    beads: FxHashMap<WordHash, Vec<usize>>,
    readings: &'c BTreeMap<char, String>,
    /// Consonants of a sign that is known by its sound.
    sounding: usize,
    counts: FxHashMap<WordHash, usize>,
}

/// Sentences in which a name must stand with its sign before anything is concluded from a third.
const TOGETHER: usize = 2;
/// Sentences from which on a word is everywhere, and goes with nothing.
const EVERYWHERE: usize = 400;
/// How nearly a name and its sign must stand in the same sentences (the coefficient of Dice).
const FAITHFUL: f64 = 0.8;

impl<'c> Company<'c> {
    /// Of the trusted beads, in their order.
    pub fn of(context: &Context<'c>, source: &Analysis<'c>, words: &Words) -> Company<'c> {
        let mut company = Company {
            source: source.text(),
            readings: &source.language().profile().readings,
            target: context.text(),
            signs: Vec::new(),
            names: Vec::new(),
            beads: FxHashMap::default(),
            sounding: 2 + usize::from(!source.language().profile().spaced),
            counts: FxHashMap::default(),
        };
        for (source, pair) in context.pairs() {
            company.signs.push(signs(source, pair.source));
            let target = &context.target;
            let names = target.names_in(pair.target).iter().flat_map(|name| self::words(target, name.span));
            let names = names.filter(|word| !words.is_common(word));
            company.names.push(names.map(|word| (word.form, word.span)).collect());
        }
        for (bead, (signs, names)) in company.signs.iter().zip(&company.names).enumerate() {
            for sign in signs.keys() {
                company.beads.entry(*sign).or_default().push(bead);
            }
            for name in names.keys() {
                *company.counts.entry(*name).or_default() += 1;
            }
        }
        company
    }

    /// The name that goes with a word of this bead everywhere else, and does not stand here: with the place of the word
    /// in the source, and of the name somewhere in the target.
    pub fn missing(&self, bead: usize, is_here: impl Fn(Span) -> bool) -> Option<(Span, Span)> {
        let mut best: Option<(f64, Span, Span)> = None;
        for (sign, place) in &self.signs[bead] {
            let with = self.beads.get(sign).map_or(&[][..], Vec::as_slice);
            if !(TOGETHER + 1..=EVERYWHERE).contains(&with.len()) {
                continue;
            }
            let with: Vec<usize> = with.iter().copied().filter(|other| *other != bead).collect();
            for (name, span) in &self.names[with[0]] {
                let together = with.iter().filter(|other| self.names[**other].contains_key(name)).count();
                let all = self.counts.get(name).copied().unwrap_or(0);
                let faith = 2.0 * together as f64 / (with.len() + all) as f64;
                let better = best.is_none_or(|(other, at, _)| faith > other || faith == other && place.start < at.start);
                // A sign must sound like the name: two things may keep company by chance.
                let sounds = || {
                    let (sign, name) =
                        (skeleton(&as_heard(place.of(self.source), self.readings)), skeleton(span.of(self.target)));
                    sign.len() >= self.sounding && (follows(&sign, &name) || alike(&sign, &name, LIKELY))
                };
                if together >= TOGETHER && faith >= FAITHFUL && better && sounds() && !is_here(*span) {
                    best = Some((faith, *place, *span));
                }
            }
        }
        best.map(|(_, place, span)| (place, span))
    }
}
