//! What a dictionary of hunspell says of words beside how they are spelt: the fields behind a word (`po:nom is:mas`) and behind
//! the endings that it takes (`is:pl`). Where a dictionary has no fields, nothing is said.

use crate::document::Span;
use crate::token::{WordHash, hash};
use rustc_hash::FxHashMap;

/// The words of a dictionary with their fields, and the endings with theirs.
pub struct Morphology {
    words: String,
    /// Where the lines of each word stand.
    lines: FxHashMap<WordHash, Vec<Span>>,
    /// By what they add to a word.
    endings: FxHashMap<String, Vec<Ending>>,
    flags: Flags,
    /// The flag of words that do not stand without an ending.
    bound: String,
}

/// One way to read a form: the fields of its word, and those of its ending.
pub struct Reading<'d> {
    pub stem: &'d str,
    pub ending: &'d str,
}

struct Ending {
    flag: String,
    strip: String,
    condition: Vec<Condition>,
    fields: String,
}

/// One letter of the stem before the ending.
enum Condition {
    Any,
    Among(Vec<char>),
    NotAmong(Vec<char>),
}

/// How the flags of a word are written.
#[derive(Clone, Copy)]
enum Flags {
    Letters,
    Pairs,
    Numbers,
}

impl Morphology {
    /// Reads the two files of a dictionary; None when it has no fields.
    pub fn read(rules: &str, words: &str) -> Option<Morphology> {
        let setting = |name: &str| rules.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or("").trim();
        let flags = match setting("FLAG") {
            "long" => Flags::Pairs,
            "num" => Flags::Numbers,
            _ => Flags::Letters,
        };
        let mut endings: FxHashMap<String, Vec<Ending>> = FxHashMap::default();
        for (added, ending) in rules.lines().filter_map(Ending::read) {
            endings.entry(added).or_default().push(ending);
        }
        let mut lines: FxHashMap<WordHash, Vec<Span>> = FxHashMap::default();
        let mut told = false;
        for line in words.lines().skip(1) {
            let start = line.as_ptr() as usize - words.as_ptr() as usize;
            let (word, _, fields) = parts(line);
            told |= !fields.is_empty();
            lines.entry(hash(word)).or_default().push(Span::new(start, start + line.len()));
        }
        let bound = setting("NEEDAFFIX").to_owned();
        told.then(|| Morphology { words: words.to_owned(), lines, endings, flags, bound })
    }

    /// All ways to read a form, as it is written.
    pub fn readings(&self, form: &str) -> Vec<Reading<'_>> {
        let plain = self.lines_of(form).filter(|(flags, _)| !self.has(flags, &self.bound));
        let mut readings: Vec<Reading> = plain.map(|(_, stem)| Reading { stem, ending: "" }).collect();
        let cuts = form.char_indices().map(|(at, _)| at).chain([form.len()]);
        for (kept, added) in cuts.map(|at| form.split_at(at)) {
            for ending in self.endings.get(added).into_iter().flatten() {
                let stem = format!("{kept}{}", ending.strip);
                if ending.fits(&stem) {
                    let lines = self.lines_of(&stem).filter(|(flags, _)| self.has(flags, &ending.flag));
                    readings.extend(lines.map(|(_, stem)| Reading { stem, ending: &ending.fields }));
                }
            }
        }
        readings
    }

    /// The flags and the fields of a word.
    fn lines_of(&self, word: &str) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.lines.get(&hash(word)).into_iter().flatten();
        lines.map(|line| parts(line.of(&self.words))).map(|(_, flags, fields)| (flags, fields))
    }

    fn has(&self, flags: &str, flag: &str) -> bool {
        match self.flags {
            _ if flag.is_empty() => false,
            Flags::Letters => flags.contains(flag),
            Flags::Numbers => flags.split(',').any(|one| one == flag),
            Flags::Pairs => flags.match_indices(flag).any(|(at, _)| flags[..at].chars().count().is_multiple_of(2)),
        }
    }
}

/// The word, the flags and the fields of a line: `projet/S.() po:nom is:mas`.
fn parts(line: &str) -> (&str, &str, &str) {
    let (head, fields) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (word, flags) = head.split_once('/').unwrap_or((head, ""));
    (word, flags, fields.trim())
}

impl Ending {
    /// Reads `SFX S. 0 s/D'Q' [^sxz] is:pl`, and gives what it adds.
    fn read(line: &str) -> Option<(String, Ending)> {
        let mut cells = line.strip_prefix("SFX ")?.split_whitespace();
        let (flag, strip, added, condition) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let bare = |cell: &str| if cell == "0" { String::new() } else { cell.to_owned() };
        let added = bare(added.split('/').next().unwrap_or(added));
        let fields = cells.collect::<Vec<_>>().join(" ");
        Some((added, Ending { flag: flag.to_owned(), strip: bare(strip), condition: Condition::read(condition), fields }))
    }

    fn fits(&self, stem: &str) -> bool {
        let mut letters = stem.chars().rev();
        self.condition.iter().rev().all(|condition| letters.next().is_some_and(|letter| condition.holds(letter)))
    }
}

impl Condition {
    fn read(written: &str) -> Vec<Condition> {
        let (mut conditions, mut letters) = (Vec::new(), written.chars());
        while let Some(letter) = letters.next() {
            conditions.push(match letter {
                '.' => Condition::Any,
                '[' => {
                    let mut among: Vec<char> = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    let not = among.first() == Some(&'^');
                    among.retain(|letter| *letter != '^');
                    if not { Condition::NotAmong(among) } else { Condition::Among(among) }
                }
                letter => Condition::Among(vec![letter]),
            });
        }
        conditions
    }

    fn holds(&self, letter: char) -> bool {
        match self {
            Condition::Any => true,
            Condition::Among(letters) => letters.contains(&letter),
            Condition::NotAmong(letters) => !letters.contains(&letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_its_word_and_its_ending() {
        let rules =
            "FLAG long\nNEEDAFFIX ()\nSFX S. Y 2\nSFX S. 0 0/L' [^sxz] is:sg\nSFX S. 0 s/D' [^sxz] is:pl\nSFX V. er e . is:1sg\n";
        let words = "4\nmesure/S.() po:nom is:fem\nmesurer/V. po:v1\npays/L' po:nom is:inv\nici\n";
        let morphology = Morphology::read(rules, words).unwrap();
        let read = |form: &str| -> Vec<String> {
            morphology.readings(form).iter().map(|reading| format!("{} + {}", reading.stem, reading.ending)).collect()
        };
        assert_eq!(read("mesures"), ["po:nom is:fem + is:pl"]);
        assert_eq!(read("mesure"), ["po:v1 + is:1sg", "po:nom is:fem + is:sg"]);
        assert_eq!(read("pays"), ["po:nom is:inv + "]);
        assert!(read("payss").is_empty() && read("mesurers").is_empty());
        assert!(Morphology::read("SFX S Y 1\nSFX S 0 s .\n", "1\nword/S\n").is_none(), "a dictionary without fields");
    }
}
