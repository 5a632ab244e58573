//! Which units of two texts mean the same by what they are: equal numbers, dates, names, concepts and marks,
//! words that are spelled alike (cognates), and names that sound alike in two scripts.

use super::units::{Entry, Kind, Side, Unit};
use crate::corpus::lexicon::Translations;
use rustc_hash::FxHashMap;

/// A unit of the source, one of the target, and how likely the one translates the other, 0 to 1.
pub type Link = (Unit, Unit, f32);

/// All links between two vocabularies; `listed` is what word lists say of the two languages.
pub fn links(source: &Side, target: &Side, listed: Option<&Translations>) -> Vec<Link> {
    let mut links = equal(source, target);
    links.extend(alike(source, target));
    if let Some(listed) = listed {
        links.extend(translated(source, target, listed));
    }
    links
}

/// What a word list says of all the senses of a word together, and the most that it says of one: how likely the two words
/// translate each other.
const LISTED: f32 = 1.5;
const LISTED_MOST: f32 = 0.9;
/// How much of an entry two words must be: which words of longer expressions translate each other it does not say.
const WHOLE: f32 = 0.9;
/// The same where a word of an unspaced script is cut into pairs of characters, of which each is a part.
const PART: f32 = 0.3;

/// Words and parts of unspaced runs that a word list pairs; the senses of a word share its weight. The constants are those
/// with which four word lists help most: in 15,000 beads of news in four pairs (`scripts/make_gold.py`), and in novels.
fn translated(source: &Side, target: &Side, listed: &Translations) -> Vec<Link> {
    let word = |entry: &Entry| matches!(entry.kind, Kind::Word | Kind::Gram);
    let numbered = |side: &Side| -> Vec<(u64, Unit)> {
        let all = side.entries.iter().enumerate().filter(|(_, entry)| word(entry));
        all.map(|(unit, entry)| (entry.hash, unit as Unit)).collect()
    };
    let known: FxHashMap<u64, Unit> = numbered(target).into_iter().collect();
    let cut = |side: &Side, unit: Unit| side.entries[unit as usize].kind == Kind::Gram;
    let mut links = Vec::new();
    for (hash, unit) in numbered(source) {
        let rows = listed.of(hash);
        let senses: f32 = rows.iter().map(|(_, _, part)| part).sum();
        let weight = LISTED / senses.max(1.0);
        let met = rows.iter().filter_map(|(_, other, part)| Some((*known.get(other)?, part)));
        let enough = |other: Unit| if cut(source, unit) || cut(target, other) { PART } else { WHOLE };
        let told = met.filter(|(other, part)| **part >= enough(*other));
        links.extend(told.map(|(other, part)| (unit, other, (weight * part).min(LISTED_MOST))));
    }
    links
}

/// How likely two units of a kind that are equal translate each other.
fn strength(kind: Kind) -> f32 {
    match kind {
        Kind::Digits | Kind::Value | Kind::Name => 0.8,
        Kind::Date => 0.7,
        Kind::Concept => 0.5,
        Kind::Mark => 0.4,
        Kind::Gram => 0.6,
        // Compared by their spelling instead.
        Kind::Word => 0.0,
    }
}

fn equal(source: &Side, target: &Side) -> Vec<Link> {
    fn others(side: &Side) -> impl Iterator<Item = (usize, &Entry)> {
        side.entries.iter().enumerate().filter(|(_, entry)| entry.kind != Kind::Word)
    }
    let known: FxHashMap<(Kind, u64), Unit> =
        others(target).map(|(unit, entry)| ((entry.kind, entry.hash), unit as Unit)).collect();
    others(source)
        .filter_map(|(unit, entry)| Some((unit as Unit, *known.get(&(entry.kind, entry.hash))?, strength(entry.kind))))
        .collect()
}

/// Letters with which cognates must begin, and the most words of one beginning that are compared with a word.
const BEGINNING: usize = 3;
const BUCKET: usize = 48;
/// Similarity from which two words are taken for cognates.
const COGNATE: f32 = 0.6;
/// How likely words that are spelled the same translate each other; short ones are often false friends.
const SAME: f32 = 0.8;
const SAME_SHORT: f32 = 0.15;
/// How likely names with the same consonants do, when one of them comes from another script.
const SOUND: f32 = 0.4;

fn alike(source: &Side, target: &Side) -> Vec<Link> {
    let beginnings = Buckets::new(spelt(target).map(|word| (beginning(word.spelling), word.unit)));
    let sounds = Buckets::new(spelt(target).filter_map(|word| Some((sound(&word)?, word.unit))));
    let mut links = Vec::new();
    for word in spelt(source) {
        let begins = beginning(word.spelling);
        let spelling = |unit: Unit| target.spelling(&target.entries[unit as usize]);
        for other in beginnings.of(begins) {
            let likeness = likeness(word.spelling, spelling(other));
            if likeness > 0.0 {
                links.push((word.unit, other, likeness));
            }
        }
        let Some(sound) = sound(&word) else { continue };
        let elsewhere = sounds.of(sound).filter(|other| beginning(spelling(*other)) != begins);
        links.extend(elsewhere.map(|other| (word.unit, other, SOUND)));
    }
    links
}

/// A unit with a spelling.
struct Spelt<'s> {
    unit: Unit,
    spelling: &'s [u8],
    name_like: bool,
}

fn spelt(side: &Side) -> impl Iterator<Item = Spelt<'_>> {
    let all = side.entries.iter().enumerate();
    let words = all.map(|(unit, entry)| Spelt { unit: unit as Unit, spelling: side.spelling(entry), name_like: entry.name_like });
    words.filter(|word| !word.spelling.is_empty())
}

/// Units by what they share, in their order.
struct Buckets(Vec<(u64, Unit)>);

impl Buckets {
    fn new(units: impl Iterator<Item = (u64, Unit)>) -> Buckets {
        let mut units: Vec<(u64, Unit)> = units.collect();
        units.sort_unstable();
        Buckets(units)
    }

    /// The first of those that share it.
    fn of(&self, shared: u64) -> impl Iterator<Item = Unit> {
        let first = self.0.partition_point(|(key, _)| *key < shared);
        self.0[first..].iter().take_while(move |(key, _)| *key == shared).take(BUCKET).map(|(_, unit)| *unit)
    }
}

/// The first letters.
fn beginning(spelling: &[u8]) -> u64 {
    spelling.iter().take(BEGINNING).fold(0, |letters, letter| letters << 8 | u64::from(*letter))
}

/// How likely two words with the same beginning translate each other by their spelling; 0 for no cognates.
fn likeness(a: &[u8], b: &[u8]) -> f32 {
    if a == b {
        return if a.len() > BEGINNING { SAME } else { SAME_SHORT };
    }
    let shared = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let prefix = 2.0 * shared as f32 / (a.len() + b.len()) as f32;
    if shared > BEGINNING && prefix >= COGNATE { SAME * prefix * prefix } else { 0.0 }
}

/// Consonants by the place where they are spoken, after Soundex (Russell 1918), three bits each; vowels and breaths do not
/// count. None for what is no name or has too few of them to tell.
fn sound(word: &Spelt) -> Option<u64> {
    /// The least sound of three consonants.
    const FEWEST: u64 = 1 << 6;
    if !word.name_like {
        return None;
    }
    let (mut sound, mut last) = (0, 0);
    for letter in word.spelling {
        let class = match letter {
            b'b' | b'p' | b'f' | b'v' => 1,
            b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => 2,
            b'd' | b't' => 3,
            b'l' | b'r' => 4,
            b'm' | b'n' => 5,
            _ => 0,
        };
        if class != 0 && class != last {
            sound = sound << 3 | class;
        }
        last = class;
    }
    (sound >= FEWEST).then_some(sound)
}
