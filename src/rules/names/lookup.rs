//! Where a name may stand on the other side, and which words of a text can be names at all.

use super::letters::{LIKELY, POSSIBLE, alike, deaccented, follows, skeleton, stands_in};
use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Name;
use crate::rules::Context;
use crate::token::{Kind, Token, WordHash, hash, is_unspaced};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Whether a language is written in Latin letters, so that a name can be expected to stand as it is.
pub fn is_latin(analysis: &Analysis) -> bool {
    analysis.language().profile().scripts.iter().any(|script| script == "Latin")
}

/// The words of a name: letters, without small particles.
pub fn words<'a>(analysis: &'a Analysis, span: Span) -> impl Iterator<Item = &'a Token> {
    let text = analysis.text();
    analysis.tokens_in(span).iter().filter(move |token| {
        token.kind == Kind::Word && token.text(text).starts_with(char::is_uppercase) && token.text(text).chars().count() > 2
    })
}

/// Whether a name, or a word of it, stands on the other side: as an entry, as the same word, or nearly.
pub fn is_answered(context: &Context, name: &Name, own: &Analysis, other: &Analysis, span: Span) -> bool {
    let names = context.corpus.names();
    let same = |entry| other.names_in(span).iter().any(|one| one.entry.is_some_and(|one| names.root(one) == names.root(entry)));
    name.entry.is_some_and(same) || words(own, name.span).any(|word| is_near(word.text(own.text()), other, span))
}

/// Whether a word or one much like it (an exonym, another ending) stands in a span.
pub fn is_near(word: &str, other: &Analysis, span: Span) -> bool {
    let wanted = deaccented(word);
    other.tokens_in(span).iter().filter(|token| token.kind == Kind::Word).any(|token| {
        let candidate = deaccented(token.text(other.text()));
        let shared = wanted.chars().zip(candidate.chars()).take_while(|(a, b)| a == b).count();
        candidate == wanted
            || shared >= 4
            || shared >= 3 && strsim::jaro_winkler(&wanted, &candidate) > 0.8
            || candidate.len() > 4 && strsim::osa_distance(&wanted, &candidate) <= 2
    })
}

/// Whether a word of a name's usual form, or its initials, stand anywhere in a text.
pub fn stands_somewhere(written: &str, analysis: &Analysis) -> bool {
    let text = analysis.text();
    if text.contains(written) {
        return true;
    }
    let whole = Span::new(0, text.len());
    let initials: String =
        written.split([' ', '-']).filter_map(|word| word.chars().next().filter(|c| c.is_uppercase())).collect();
    let abbreviated = || {
        let stops: String = initials.chars().flat_map(|c| [c, '.']).collect();
        text.contains(&initials) || text.contains(&stops)
    };
    initials.chars().count() > 1 && abbreviated()
        || written.split([' ', '-']).filter(|word| word.chars().count() > 2).any(|word| is_near(word, analysis, whole))
}

/// The bead with a segment more on each side, where a name may have moved.
pub fn around(analysis: &Analysis, segments: &Range<usize>) -> Span {
    analysis.span_of(segments.start.saturating_sub(1)..(segments.end + 1).min(analysis.segments.len()))
}

/// What a text says of its words: which are common ones, and how often each name word stands.
pub struct Words {
    common: FxHashSet<WordHash>,
    counts: FxHashMap<WordHash, usize>,
    /// Words seen in small letters.
    small: FxHashSet<WordHash>,
    /// Words of grammar, dates and quantities: no part of a name that the program does not know.
    apart: FxHashSet<WordHash>,
}

impl Words {
    pub fn of(context: &Context, analysis: &Analysis) -> Words {
        let text = analysis.text();
        let mut words = Words {
            common: context.corpus.common_words(analysis.tag()).into_iter().collect(),
            counts: FxHashMap::default(),
            small: FxHashSet::default(),
            apart: analysis.language().function_words.clone(),
        };
        for token in analysis.tokens.iter().filter(|token| token.kind == Kind::Word) {
            *words.counts.entry(token.form).or_default() += 1;
            if token.text(text).starts_with(char::is_lowercase) {
                words.small.insert(token.form);
            }
        }
        let spans = analysis.dates.iter().map(|date| date.span);
        let spans = spans.chain(analysis.numbers.iter().map(|number| number.span));
        for span in spans.chain(analysis.numbers.iter().filter_map(|number| number.unit_span)) {
            words.apart.extend(analysis.tokens_in(span).iter().map(|token| token.form));
        }
        for concept in &analysis.concepts {
            words.common.extend(analysis.tokens_in(concept.span).iter().map(|token| token.form));
        }
        words
    }

    /// Whether a word stands outside names, whatever its capital.
    pub fn is_apart(&self, token: &Token) -> bool {
        self.apart.contains(&token.form)
    }

    pub fn is_common(&self, token: &Token) -> bool {
        self.is_apart(token) || self.common.contains(&token.form) || self.small.contains(&token.form)
    }

    pub fn count(&self, form: WordHash) -> usize {
        self.counts.get(&form).copied().unwrap_or(0)
    }
}

/// How the names of a stretch in another script may be spelt.
pub struct Spellings {
    parts: Vec<Vec<u8>>,
    dotted: Vec<Dotted>,
}

impl Spellings {
    /// Words; in unspaced scripts what stands in kana of foreign words, and whole runs of Han characters.
    pub fn of(source: &Analysis, span: Span) -> Spellings {
        let text = source.text();
        let tokens = source.tokens_in(span).iter().filter(|token| token.kind != Kind::Number);
        let parts = tokens.flat_map(|token| foreign_parts(token.text(text))).map(skeleton).collect();
        Spellings { parts, dotted: dotted(source, span) }
    }

    /// Whether a word may be written in the stretch.
    pub fn hold(&self, word: &[u8]) -> bool {
        self.parts.iter().any(|part| alike(word, part, POSSIBLE) || stands_in(word, part))
            || self.dotted.iter().any(|name| name.may_hold(word))
    }
}

/// A run of unspaced script cut where foreign words, which have letters of their own, begin and end.
fn foreign_parts(run: &str) -> Vec<&str> {
    let foreign = |c: char| matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}');
    if !run.contains(foreign) {
        return vec![run];
    }
    run.split(|c| !foreign(c)).filter(|part| !part.is_empty()).collect()
}

/// What stands in a stretch of the source by which names can be followed: words, or neighbouring characters.
fn signs(source: &Analysis, span: Span) -> FxHashMap<WordHash, Span> {
    let text = source.text();
    let mut signs = FxHashMap::default();
    for token in source.tokens_in(span) {
        // A small letter names nothing; scripts without capitals have none.
        let word = token.kind == Kind::Word && !token.text(text).starts_with(char::is_lowercase);
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
}

/// Sentences in which a name must stand with its sign before anything is concluded from a third.
const TOGETHER: usize = 2;
/// How nearly a name and its sign must stand in the same sentences (the coefficient of Dice).
const FAITHFUL: f64 = 0.8;

impl<'c> Company<'c> {
    /// Of the trusted beads, in their order.
    pub fn of(context: &Context<'c>, words: &Words) -> Company<'c> {
        let source = context.source.as_ref().map_or("", |source| source.text());
        let mut company = Company { source, target: context.text(), signs: Vec::new(), names: Vec::new() };
        for (source, pair) in context.pairs() {
            company.signs.push(signs(source, pair.source));
            let target = &context.target;
            let names = target.names_in(pair.target).iter().flat_map(|name| self::words(target, name.span));
            let names = names.filter(|word| !words.is_common(word));
            company.names.push(names.map(|word| (word.form, word.span)).collect());
        }
        company
    }

    /// The name that goes with a word of this bead everywhere else, and does not stand here: with the place of the word
    /// in the source, and of the name somewhere in the target.
    pub fn missing(&self, bead: usize, is_here: impl Fn(Span) -> bool) -> Option<(Span, Span)> {
        let mut best: Option<(f64, Span, Span)> = None;
        for (sign, place) in &self.signs[bead] {
            let with: Vec<usize> =
                (0..self.signs.len()).filter(|other| *other != bead && self.signs[*other].contains_key(sign)).collect();
            if with.len() < TOGETHER {
                continue;
            }
            for (name, span) in &self.names[with[0]] {
                let together = with.iter().filter(|other| self.names[**other].contains_key(name)).count();
                let all = self.names.iter().filter(|names| names.contains_key(name)).count();
                let faith = 2.0 * together as f64 / (with.len() + all) as f64;
                let better = best.is_none_or(|(other, at, _)| faith > other || faith == other && place.start < at.start);
                // A sign must sound like the name: two things may keep company by chance.
                let sounds = || {
                    let (sign, name) = (skeleton(place.of(self.source)), skeleton(span.of(self.target)));
                    sign.len() > 1 && follows(&sign, &name) || alike(&sign, &name, LIKELY)
                };
                if together >= TOGETHER && faith >= FAITHFUL && better && sounds() && !is_here(*span) {
                    best = Some((faith, *place, *span));
                }
            }
        }
        best.map(|(_, place, span)| (place, span))
    }
}

/// A name in Han characters or kana whose parts are divided by a dot: where its first part ends and its last begins is
/// not written, so all that it may be are kept.
pub struct Dotted {
    pub span: Span,
    parts: Vec<Vec<u8>>,
}

impl Dotted {
    /// Whether a word may be a part of the name.
    pub fn may_hold(&self, word: &[u8]) -> bool {
        self.parts.iter().any(|part| alike(word, part, LIKELY))
    }
}

/// Characters of the longest part of a dotted name.
const PART: usize = 6;

/// The dotted names of a stretch.
pub fn dotted(source: &Analysis, span: Span) -> Vec<Dotted> {
    let text = span.of(source.text());
    let is_dot = |c: char| matches!(c, '·' | '・' | '•' | '‧');
    let mut names: Vec<Dotted> = Vec::new();
    for (at, dot) in text.char_indices().filter(|(_, c)| is_dot(*c)) {
        let after = at + dot.len_utf8();
        let inside = |c: &char| is_unspaced(*c) && !is_dot(*c);
        let left: Vec<char> = text[..at].chars().rev().take_while(inside).take(PART).collect();
        let right: Vec<char> = text[after..].chars().take_while(inside).take(PART).collect();
        if left.len() < 2 || right.is_empty() {
            continue;
        }
        let mut parts = Vec::new();
        for length in 2..=left.len() {
            parts.push(skeleton(&left[..length].iter().rev().collect::<String>()));
        }
        for length in 1..=right.len() {
            parts.push(skeleton(&right[..length].iter().collect::<String>()));
        }
        let start = at - left.iter().map(|c| c.len_utf8()).sum::<usize>();
        let end = after + right.iter().map(|c| c.len_utf8()).sum::<usize>();
        let found = Span::new(span.start + start, span.start + end);
        match names.last_mut().filter(|last| last.span.overlaps(found)) {
            Some(last) => {
                last.span = last.span.join(found);
                last.parts.extend(parts);
            }
            None => names.push(Dotted { span: found, parts }),
        }
    }
    names
}
