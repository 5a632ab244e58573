//! Names across scripts: what is left of the sound of a word when it was written in other letters.

use crate::token::folded;
use deunicode::deunicode;
use std::borrow::Cow;
use std::collections::BTreeMap;
use unicode_normalization::char::decompose_canonical;

/// Lower case without accents.
pub fn deaccented(word: &str) -> Cow<'_, str> {
    let folded = folded(word);
    if folded.is_ascii() {
        return folded;
    }
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_ascii() {
            plain.push(c);
        } else {
            decompose_canonical(c, |part| plain.extend((!matches!(part, '\u{300}'..='\u{36F}')).then_some(part)));
        }
    }
    plain.into()
}

/// Whether two spellings have so many letters of their own that more slips lie between them than so many: each puts in one
/// letter and takes out one at most.
pub fn are_apart(one: &str, other: &str, slips: u32) -> bool {
    let letters = |word: &str| word.chars().fold(0u32, |letters, c| letters | 1 << (c as u32 % 32));
    (letters(one) ^ letters(other)).count_ones() > 2 * slips
}

/// A text with its characters as foreign names use them.
pub fn as_heard(text: &str, readings: &BTreeMap<char, String>) -> String {
    let mut heard = String::with_capacity(text.len());
    for c in text.chars() {
        match readings.get(&c) {
            Some(reading) => heard.push_str(reading),
            None => heard.push(c),
        }
    }
    heard
}

/// The consonants of a word by classes that survive a change of script: `Street` and its spelling in Han or kana are much
/// the same. Vowels and breaths are left out, letters that scripts mix up share a class.
pub fn skeleton(word: &str) -> Vec<u8> {
    let folded = folded(word);
    let latin = if folded.is_ascii() { folded } else { deunicode(&folded).into() };
    let mut plain: Vec<u8> = Vec::with_capacity(latin.len());
    plain.extend(latin.bytes().filter(u8::is_ascii_alphabetic).map(|b| b.to_ascii_lowercase()));
    let mut classes: Vec<u8> = Vec::with_capacity(plain.len());
    for (place, letter) in plain.iter().enumerate() {
        let next = plain.get(place + 1).copied().unwrap_or(b' ');
        let before = place.checked_sub(1).map_or(b' ', |before| plain[before]);
        let class = match (letter, next) {
            // `Chloe`, `Christian`, but `Schröder`.
            (b'c', b'h') if before != b's' && matches!(plain.get(place + 2), Some(b'l' | b'r')) => b'K',
            (b'p' | b'c' | b's' | b'z', b'h') => [b'P', b'S'][usize::from(*letter != b'p')],
            (b'c', b'e' | b'i' | b'y') | (b's' | b'z' | b'j' | b'x', _) => b'S',
            (b'q', b'u') | (b'c' | b'k', _) => b'K',
            (b'q', _) => b'S',
            (b'g', _) if before == b'n' => continue,
            (b'g', _) => b'K',
            (b'b' | b'p' | b'f' | b'v' | b'w', _) => b'P',
            // `Woods`, `Roberts`: one sound.
            (b'd' | b't', b's' | b'z') => continue,
            (b'd' | b't', _) => b'T',
            (b'm' | b'n', _) => b'N',
            (b'l' | b'r', _) => b'L',
            _ => continue,
        };
        if classes.last() != Some(&class) {
            classes.push(class);
        }
    }
    classes
}

/// Likeness from which two skeletons may be of one name, from which it cannot be excluded, and from which two spellings in
/// Latin letters may be of one name.
pub const LIKELY: f64 = 0.6;
pub const POSSIBLE: f64 = 0.5;
pub const SAME: f64 = 0.75;

/// Whether two skeletons are alike to a degree. One with a single consonant proves nothing.
pub fn alike(one: &[u8], other: &[u8], degree: f64) -> bool {
    if one.len() < 2 || other.len() < 2 {
        return false;
    }
    let distance = strsim::generic_levenshtein(&one.to_vec(), &other.to_vec());
    1.0 - distance as f64 / one.len().max(other.len()) as f64 >= degree
}

/// Consonants that must stand together in a longer skeleton, and those of which one may be amiss.
const EXACT: usize = 3;
const LOOSE: usize = 5;

/// Whether a skeleton stands within a longer one.
pub fn stands_in(short: &[u8], long: &[u8]) -> bool {
    let exact = short.len() >= EXACT && long.windows(short.len()).any(|window| window == short);
    let nearly =
        |length: usize| long.windows(length).any(|window| strsim::generic_levenshtein(&short.to_vec(), &window.to_vec()) <= 1);
    exact || short.len() >= LOOSE && (short.len() - 1..=short.len() + 1).any(nearly)
}

/// Whether the classes of a skeleton stand in another in the same order.
pub fn follows(part: &[u8], whole: &[u8]) -> bool {
    let mut rest = whole.iter();
    !part.is_empty() && part.iter().all(|class| rest.any(|other| other == class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_skeleton_in_other_scripts() {
        for (latin, other) in [
            ("Street", "斯特里特"),
            ("Jeremy", "杰里米"),
            ("Thornbury", "Торнбери"),
            ("Clinton", "クリントン"),
            ("Christine", "克里斯蒂娜"),
        ] {
            assert!(alike(&skeleton(latin), &skeleton(other), LIKELY), "{latin} {other}");
        }
        assert!(!alike(&skeleton("Marcus"), &skeleton("加布里埃拉"), LIKELY));
    }
}
