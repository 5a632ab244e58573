//! Foreign names written by their sound in an unspaced script.

use super::letters::{LIKELY, SAME, alike, as_heard, skeleton};
use crate::article::Analysis;
use crate::document::Span;
use crate::token::is_unspaced;

/// A name in Han characters or kana. Where its parts begin and end is not written, so all that they may be are kept.
pub struct Heard {
    pub span: Span,
    /// Its parts are divided by a dot, as those of a person's name are.
    pub dotted: bool,
    parts: Vec<Vec<u8>>,
    /// How many of the parts stand before the first dot: they are what comes first in a name.
    first: usize,
}

impl Heard {
    /// Whether it cannot be excluded that a word is a part of the name.
    pub fn may_hold(&self, word: &[u8]) -> bool {
        self.parts.iter().any(|part| alike(word, part, LIKELY))
    }

    /// Whether a word is likely to be a part of the name.
    pub fn holds(&self, word: &[u8]) -> bool {
        self.parts.iter().any(|part| Heard::is_part(part, word))
    }

    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.iter().map(Vec::as_slice)
    }

    /// The parts that may be the last of a name.
    pub fn last_parts(&self) -> impl Iterator<Item = &[u8]> {
        self.parts[self.first..].iter().map(Vec::as_slice)
    }

    /// Whether a word sounds like a part of a name. Of two consonants both must be the same: one of two is chance. Who
    /// writes by the sound keeps the first consonant, but for breaths.
    pub fn is_part(part: &[u8], word: &[u8]) -> bool {
        if word.len().min(part.len()) < SHORT {
            return word == part;
        }
        let first = part.first() == word.first() || word.len() > SHORT && part.first() == word.get(1);
        alike(word, part, if first { LIKELY } else { SAME })
    }
}

/// How much of a word sounds like a part of a name: consonants that agree, and their share in a thousand.
pub fn likeness(word: &[u8], part: &[u8]) -> (usize, usize) {
    let longest = word.len().max(part.len()).max(1);
    let agreed = longest - strsim::generic_levenshtein(&word.to_vec(), &part.to_vec());
    (agreed, agreed * 1000 / longest)
}

/// Consonants of the longest word that may sound like a name by chance.
pub const CHANCE: usize = 2;

/// Consonants from which one may be amiss.
const SHORT: usize = 3;

/// Characters of the longest part of a name.
const PART: usize = 6;

/// Characters that a part may have behind those known to write sounds: no list of them is whole.
const UNKNOWN: usize = 2;

/// The names of a stretch that are written by their sound; those without a dot have at least `shortest` characters.
pub fn heard(source: &Analysis, span: Span, shortest: usize) -> Vec<Heard> {
    let mut names = dotted(source, span);
    let others = sounds(source, span, shortest);
    names
        .extend(others.into_iter().filter(|name| !source.names_in(name.span).iter().any(|known| known.span.overlaps(name.span))));
    names.sort_by_key(|name| name.span);
    names
}

/// Whether a stretch goes on a name that began before it: a known name may stand within another.
pub fn continues(source: &Analysis, span: Span) -> bool {
    let sounds = &source.language().profile().sounds;
    source.text()[..span.start].chars().next_back().is_some_and(|before| sounds.contains(before) || is_dot(before))
}

/// Whether a stretch is a piece of a longer name that is written by its sound.
pub fn is_inside(source: &Analysis, span: Span) -> bool {
    let sounds = &source.language().profile().sounds;
    let (before, after) = (source.text()[..span.start].chars().next_back(), source.text()[span.end..].chars().next());
    let name = span.of(source.text());
    // A foreign word in letters of its own ends where they end.
    let within = |edge: Option<char>, beside: Option<char>| edge.is_some_and(is_foreign) && beside.is_some_and(is_foreign);
    continues(source, span)
        || after.is_some_and(|after| sounds.contains(after) || is_dot(after))
        || within(name.chars().next(), before)
        || within(name.chars().next_back(), after)
}

/// Whether a character is of the letters in which an unspaced script writes foreign words.
pub fn is_foreign(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}')
}

/// How characters sound.
fn spelt<'c>(source: &Analysis, characters: impl Iterator<Item = &'c char>) -> Vec<u8> {
    skeleton(&as_heard(&characters.collect::<String>(), &source.language().profile().readings))
}

/// Names whose parts are divided by a dot.
fn dotted(source: &Analysis, span: Span) -> Vec<Heard> {
    let text = span.of(source.text());
    let known = &source.language().profile().sounds;
    let inside = |c: &char| is_unspaced(*c) && !is_dot(*c);
    let part = |characters: &mut dyn Iterator<Item = char>| -> Vec<char> {
        let all: Vec<char> = characters.take_while(inside).take(PART).collect();
        match all.iter().take_while(|c| known.contains(**c)).count() {
            0 => all,
            sounding => all.into_iter().take(sounding + UNKNOWN).collect(),
        }
    };
    let mut names: Vec<Heard> = Vec::new();
    for (at, dot) in text.char_indices().filter(|(_, c)| is_dot(*c)) {
        let after = at + dot.len_utf8();
        let left = part(&mut text[..at].chars().rev());
        let right = part(&mut text[after..].chars());
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let mut parts = Vec::new();
        for length in 2..=left.len() {
            parts.push(spelt(source, left[..length].iter().rev()));
        }
        let first = parts.len();
        for length in 1..=right.len() {
            parts.push(spelt(source, right[..length].iter()));
        }
        let start = at - left.iter().map(|c| c.len_utf8()).sum::<usize>();
        let end = after + right.iter().map(|c| c.len_utf8()).sum::<usize>();
        let found = Span::new(span.start + start, span.start + end);
        match names.last_mut().filter(|last| last.span.overlaps(found)) {
            Some(last) => {
                last.span = last.span.join(found);
                last.parts.extend(parts);
            }
            None => names.push(Heard { span: found, dotted: true, parts, first }),
        }
    }
    names
}

pub fn is_dot(c: char) -> bool {
    matches!(c, '·' | '・' | '•' | '‧')
}

/// Characters of the shortest run that is surely a name without a dot.
pub const RUN: usize = 4;

/// Runs of the characters with which a language writes foreign names, without a dot among them.
fn sounds(source: &Analysis, span: Span, shortest: usize) -> Vec<Heard> {
    let known = &source.language().profile().sounds;
    if known.is_empty() {
        return Vec::new();
    }
    let text = span.of(source.text());
    let mut names = Vec::new();
    let mut run: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if known.contains(c) {
            run.push((at, c));
            continue;
        }
        if run.len() >= shortest && !is_dot(c) && !text[..run[0].0].ends_with(is_dot) {
            let characters: Vec<char> = run.iter().map(|(_, c)| *c).collect();
            let lengths = 2..=PART.min(characters.len());
            // The first part begins the run, the last one ends it.
            let parts = lengths.flat_map(|length| [&characters[..length], &characters[characters.len() - length..]]);
            let parts = parts.map(|part| spelt(source, part.iter())).collect();
            names.push(Heard { span: Span::new(span.start + run[0].0, span.start + at), dotted: false, parts, first: 0 });
        }
        run.clear();
    }
    names
}
