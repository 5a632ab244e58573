//! Writing systems of characters, under the names that `corpus/codes.tsv` and the profiles use.

use crate::token::folded;
use deunicode::deunicode;

/// A word in lower-case ASCII, as far as it can be written so.
pub fn ascii(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let folded = folded(word);
    if folded.is_ascii() { folded.into_owned() } else { deunicode(&folded).to_ascii_lowercase() }
}

/// The script of a letter; None for digits, marks and spaces. Kana is called `Kana` whichever of the two it is.
pub fn script(c: char) -> Option<&'static str> {
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some("Latin");
    }
    let name = match c as u32 {
        0xAA | 0xBA | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x1E00..=0x1EFF | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => "Latin",
        0x370..=0x373 | 0x376..=0x37D | 0x386..=0x3FF | 0x1F00..=0x1FFF => "Greek",
        0x400..=0x52F | 0x1C80..=0x1C8F => "Cyrillic",
        0x531..=0x58A => "Armenian",
        0x5D0..=0x5F4 => "Hebrew",
        0x620..=0x64A | 0x66E..=0x6D3 | 0x6FA..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => "Arabic",
        0x900..=0x963 | 0x970..=0x97F => "Devanagari",
        0x980..=0x9E3 => "Bengali",
        0xA00..=0xA7F => "Gurmukhi",
        0xA80..=0xAFF => "Gujarati",
        0xB00..=0xB7F => "Oriya",
        0xB80..=0xBFF => "Tamil",
        0xC00..=0xC7F => "Telugu",
        0xC80..=0xCFF => "Kannada",
        0xD00..=0xD7F => "Malayalam",
        0xD80..=0xDFF => "Sinhala",
        0xE00..=0xE7F => "Thai",
        0x1000..=0x109F => "Myanmar",
        0x10A0..=0x10FF | 0x1C90..=0x1CBF => "Georgian",
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => "Hangul",
        0x1200..=0x139F => "Ethiopic",
        0x1780..=0x17FF => "Khmer",
        // The middle dot 0x30FB is a mark of many scripts.
        0x3041..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => "Kana",
        0x2E80..=0x2FDF | 0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF => "Han",
        _ => return None,
    };
    Some(name)
}

/// How many letters of each script a text holds, most first.
pub fn counts(text: &str) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for name in text.chars().filter_map(script) {
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
