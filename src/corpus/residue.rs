//! What belongs to a web page and not to an article (`residue.tsv`): lines, the openings of lines, and notices that stand anywhere.

use super::files::File;
use super::table::{Row, Table};
use crate::document::Span;
use crate::error::Error;
use crate::token::{Token, WordHash, folded, folded_opening, opening};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A line, or the opening of one, that belongs to a web page and not to an article.
#[derive(Clone, Debug)]
pub struct Residue {
    pub kind: String,
    pub place: Place,
    /// Lower case.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Line,
    Start,
    Any,
}

/// All residue of a language.
pub struct Residues {
    all: Vec<Residue>,
    lines: PageLines,
    notices: Notices,
}

impl Residues {
    /// Reads the tables of a language; the error names the row that is wrong.
    pub fn load(files: &[File]) -> Result<Residues, Error> {
        let all = read(files)?;
        Ok(Residues { lines: PageLines::new(&all), notices: Notices::new(&all), all })
    }

    /// The notices of a page that stand anywhere in a text, with their places; `tokens` are those of the text.
    pub fn notices(&self, text: &str, tokens: &[Token]) -> Vec<(&Residue, Span)> {
        let mut found = Vec::new();
        self.notices.find(text, tokens, |number, span| found.push((&self.all[number], span)));
        found
    }

    /// The residue that a line is, or begins with.
    pub fn lines(&self, line: &str) -> Vec<&Residue> {
        let PageLines { whole, openings, longest } = &self.lines;
        let bare = |line: &str| line.trim_end_matches([':', '.', ' ']).len();
        let openings = openings.get(&folded_opening(line));
        let whole = if line.len() <= 2 * longest { whole.get(&folded_opening(&line[..bare(line)])) } else { None };
        // Most lines that begin with the same letters are told by their next ones.
        if !self.of(openings).chain(self.of(whole)).any(|known| may_begin(line, &known.text)) {
            return Vec::new();
        }
        let lower = folded(&line[..line.floor_char_boundary(2 * longest)]);
        let whole = self.of(whole).filter(|known| known.text == lower[..bare(&lower)]);
        whole.chain(self.of(openings).filter(|known| lower.starts_with(known.text.as_str()))).collect()
    }

    fn of<'r>(&'r self, numbers: Option<&'r Vec<usize>>) -> impl Iterator<Item = &'r Residue> {
        numbers.into_iter().flatten().map(|at| &self.all[*at])
    }
}

/// The residue that counts anywhere, by its first bytes.
struct Notices {
    /// Whether some text has an opening with this hash: most places of a text are told by it to open none.
    sieve: [u64; 1 << (Notices::HASHED - 6)],
    /// The texts that begin so, the longest first, with the number of their residue.
    openings: FxHashMap<u32, Vec<(String, usize)>>,
}

impl Notices {
    /// Bytes that an opening has, and so the shortest notice.
    const OPENING: usize = 3;
    /// Bits of the hash of an opening.
    const HASHED: u32 = 14;

    fn new(residue: &[Residue]) -> Notices {
        let mut notices = Notices { sieve: [0; 1 << (Notices::HASHED - 6)], openings: FxHashMap::default() };
        for (number, residue) in residue.iter().enumerate().filter(|(_, residue)| residue.place == Place::Any) {
            // The case of ASCII alone is folded: a notice may begin with another capital.
            let mut letters = residue.text.chars();
            let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            notices.add(residue.text.clone(), number);
            if !capital.eq_ignore_ascii_case(&residue.text) {
                notices.add(capital, number);
            }
        }
        notices
    }

    fn add(&mut self, text: String, number: usize) {
        let Some(opening) = text.as_bytes().first_chunk().copied().map(Notices::opening) else { return };
        let hash = Notices::hash(opening);
        self.sieve[hash / 64] |= 1 << (hash % 64);
        let same = self.openings.entry(opening).or_default();
        same.push((text, number));
        same.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    }

    /// The three bytes of an opening, without the bit that tells the cases of letters apart.
    #[inline]
    fn opening(bytes: [u8; Notices::OPENING]) -> u32 {
        bytes.iter().fold(0, |opening, byte| opening << 8 | u32::from(byte | 0x20))
    }

    #[inline]
    fn hash(opening: u32) -> usize {
        (opening.wrapping_mul(0x9E37_79B1) >> (32 - Notices::HASHED)) as usize
    }

    /// Calls `told` with the number of each residue that stands in a text, and its place: the longest of those that begin
    /// together, and none that begins in another, nor inside a word of small letters. `tokens` are those of the text.
    fn find(&self, text: &str, tokens: &[Token], mut told: impl FnMut(usize, Span)) {
        if self.openings.is_empty() {
            return;
        }
        let mut free = 0;
        let mut look = |starts: Range<usize>| {
            for start in starts.filter(|start| text.as_bytes()[*start] != b' ') {
                if let Some((number, length)) = self.longest_at(&text.as_bytes()[start..]).filter(|_| start >= free) {
                    free = start + length;
                    told(number, Span::new(start, free));
                }
            }
        };
        let mut done = 0;
        for token in tokens {
            // A page glues its lines (`endRead more`), and not all scripts have capitals or spaces to show it.
            let whole = (token.shape.is_small() || token.shape.is_large()) && !token.shape.is_large_inside();
            look(done..if whole { token.span.start + 1 } else { token.span.end });
            done = token.span.end;
        }
        look(done..text.len());
    }

    /// The number and the length of the longest notice that a text begins with.
    #[inline]
    fn longest_at(&self, text: &[u8]) -> Option<(usize, usize)> {
        let opening = Notices::opening(*text.first_chunk()?);
        let hash = Notices::hash(opening);
        if self.sieve[hash / 64] >> (hash % 64) & 1 == 0 {
            return None;
        }
        let stands = |(known, _): &&(String, usize)| {
            text.get(..known.len()).is_some_and(|found| found.eq_ignore_ascii_case(known.as_bytes()))
        };
        self.openings.get(&opening)?.iter().find(stands).map(|(known, number)| (*number, known.len()))
    }
}

/// The residue that is a line or opens one: numbers by the hash of its first letters.
struct PageLines {
    whole: FxHashMap<WordHash, Vec<usize>>,
    openings: FxHashMap<WordHash, Vec<usize>>,
    /// Bytes of the longest of them.
    longest: usize,
}

impl PageLines {
    fn new(residue: &[Residue]) -> PageLines {
        let longest = residue.iter().map(|residue| residue.text.len()).max().unwrap_or(0);
        let mut lines = PageLines { whole: FxHashMap::default(), openings: FxHashMap::default(), longest };
        for (number, residue) in residue.iter().enumerate() {
            match residue.place {
                Place::Line => lines.whole.entry(opening(&residue.text)).or_default().push(number),
                Place::Start => lines.openings.entry(opening(&residue.text)).or_default().push(number),
                Place::Any => {}
            }
        }
        lines
    }
}

/// Whether a line may begin with a text in lower case, as far as ASCII letters show.
fn may_begin(line: &str, lower: &str) -> bool {
    let differ = |(a, b): (u8, u8)| a.to_ascii_lowercase() != b;
    let both = line.bytes().zip(lower.bytes());
    !both.take_while(|(a, b)| a.is_ascii() && b.is_ascii()).any(differ)
}

fn read(files: &[File]) -> Result<Vec<Residue>, Error> {
    let mut all = Vec::new();
    for file in files {
        for row in Table::read(file)?.rows() {
            let place = match row.need("place")? {
                "line" => Place::Line,
                "start" => Place::Start,
                "any" => Place::Any,
                other => return Err(row.error(format!("line, start or any instead of {other:?}"))),
            };
            let kind = row.need("kind")?.to_owned();
            if place == Place::Any && list_lower(row).any(|text| text.len() < Notices::OPENING) {
                return Err(row.error("longer texts where any place will do"));
            }
            all.extend(list_lower(row).map(|text| Residue { kind: kind.clone(), place, text }));
        }
    }
    Ok(all)
}

fn list_lower(row: Row<'_>) -> impl Iterator<Item = String> {
    row.list("text").map(|text| folded(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Tokenizer;

    #[test]
    fn notices_stand_at_words_behind_glued_lines_and_anywhere_without_capitals() {
        let text = "kind\tplace\ttext\nrelated\tany\tread more; 무단전재; 阅读更多\n";
        let file = File { path: "residue.tsv".to_owned(), text: text.into() };
        let residues = Residues::load(&[file]).unwrap();
        let found = |text: &str| {
            let mut tokens = Vec::new();
            Tokenizer::new(None, &[], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
            residues.notices(text, &tokens).into_iter().map(|(_, span)| span.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("Read more. The end.Read more"), ["Read more", "Read more"]);
        assert_eq!(found("The endRead more"), ["Read more"]);
        assert_eq!((found("They spread more"), found("2read more")), (vec![], vec!["read more".to_owned()]));
        assert_eq!(
            (found("기사무단전재금지"), found("点此阅读更多")),
            (vec!["무단전재".to_owned()], vec!["阅读更多".to_owned()])
        );
    }
}
