//! What the corpus knows of one language: its folder, and its column of the concepts and the names.

use super::agreement::Agreement;
use super::files::{File, Files};
use super::grammar::Grammar;
use super::phrases::Phrases;
use super::profile::Profile;
use super::quantities::Quantities;
use super::sequence::Sequences;
use super::table::{Row, Table, lines};
use super::writing::{self, Source, Writing};
use crate::document::Span;
use crate::error::Error;
use crate::token::{Kind, Token, Tokenizer, WordHash, folded, folded_opening, hash, opening};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A language and all its tables. A table without a file is empty, and the rules that need it say nothing.
pub struct Language {
    pub tag: String,
    writing: Writing,
    pub abbreviations: FxHashMap<WordHash, Abbreviation>,
    pub function_words: FxHashSet<WordHash>,
    /// Frequent words that carry no grammar.
    pub common_words: FxHashSet<WordHash>,
    /// Common words that have a capital where they stand in names.
    pub name_words: FxHashSet<WordHash>,
    pub continuations: Continuations,
    pub quantities: Quantities,
    pub negation: Phrases<Negation>,
    pub comparisons: Phrases<char>,
    residue: Vec<Residue>,
    page_lines: PageLines,
    notices: Notices,
    pub domains: Phrases<String>,
    pub forms: Phrases<Form>,
    pub grammar: Grammar,
    pub sequences: Sequences,
    pub agreement: Agreement,
    pub brands: Phrases<Brand>,
    /// Where a brand's neighbours stand; the value is the number of the brand.
    pub brand_contexts: Phrases<usize>,
}

/// What shows that the words after a closed quotation or an ellipsis continue its sentence, in a script without capitals.
#[derive(Clone, Debug, Default)]
pub struct Continuations {
    /// How such words begin.
    pub begins: Vec<String>,
    /// How the clause that names the speaker ends: verbs of saying.
    pub ends: Vec<String>,
    /// Longer endings that only look so.
    pub unless: Vec<String>,
}

/// When a full stop after an abbreviation may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    Never,
    /// `etc.` at the end of a sentence.
    Perhaps,
    /// Only before a number: `art. 12`.
    BeforeNumber,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Negation {
    /// It makes its clause negative.
    Negative,
    /// It does so alone; beside another negation of the clause it says nothing more: `no ha dicho nada`.
    Concord,
    /// It denies by its meaning: to refuse, to lack.
    Lexical,
    /// It only looks so.
    Neutral,
    /// It only looks so, and says that there is more: not only.
    Additive,
    /// Two denials that affirm: cannot but.
    Affirmative,
    /// It is no negation; it says that there is nothing more: only.
    Restrictive,
    /// It is no negation; beside it a sentence may deny in another way: until, last, to lose.
    Doubtful,
}

/// A line, or the opening of one, that belongs to a web page and not to an article.
#[derive(Clone, Debug)]
pub struct Residue {
    pub kind: String,
    pub place: Place,
    /// Lower case.
    pub text: String,
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
    /// together, and none that begins in another. `tokens` are those of the text.
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
            // A page glues its lines: `endRead more`.
            let inside = token.kind == Kind::Unspaced || token.shape.is_large_inside();
            look(done..if inside { token.span.end } else { token.span.start + 1 });
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Line,
    Start,
    Any,
}

/// Words that are never right, and what they should be.
#[derive(Clone, Debug)]
pub struct Form {
    pub kind: String,
    pub right: String,
    pub unless: String,
}

/// A brand whose name has been translated.
#[derive(Clone, Debug)]
pub struct Brand {
    pub number: usize,
    pub name: String,
}

impl Language {
    /// Loads the language of a tag whose folder is in the corpus.
    pub fn load(tag: &str, files: &Files) -> Result<Language, Error> {
        let at = |name: &str| format!("languages/{tag}/{name}");
        let writing = Writing::load(tag, files)?;
        let reader = Reader { tag, writing: &writing, files };
        let all_residue = residue(files.get(&at("residue.tsv")))?;
        Ok(Language {
            abbreviations: abbreviations(files.get(&at("abbreviations.txt"))),
            function_words: function_words(files.get(&at("function-words.txt"))).collect(),
            common_words: function_words(files.get(&at("common-words.txt"))).collect(),
            name_words: function_words(files.get(&at("name-words.txt"))).collect(),
            continuations: continuations(files.get(&at("continuations.tsv")))?,
            quantities: Quantities::load(&|name| files.get(&at(name)), files.get("quantities/units.tsv"))?,
            negation: reader.read(writing::NEGATION, negation)?,
            comparisons: reader.read(writing::COMPARISONS, better)?,
            page_lines: PageLines::new(&all_residue),
            notices: Notices::new(&all_residue),
            residue: all_residue,
            domains: reader.read(writing::DOMAINS, |row| Ok(row.need("domain")?.to_owned()))?,
            forms: reader.read(writing::FORMS, form)?,
            grammar: Grammar::load(files.get(&at("grammar.tsv")))?,
            sequences: Sequences::load(files.get(&at("patterns.tsv")), writing.tokenizer())?,
            agreement: Agreement::load(files.get(&at("agreement.tsv")))?,
            brands: reader
                .read(writing::BRANDS, |row| Ok(Brand { number: row.number(), name: row.need("brand")?.to_owned() }))?,
            brand_contexts: reader.read(writing::BRAND_CONTEXTS, |row| Ok(row.number()))?,
            tag: tag.to_owned(),
            writing,
        })
    }

    /// How the language is written.
    pub fn profile(&self) -> &Profile {
        &self.writing.profile
    }

    pub fn writing(&self) -> &Writing {
        &self.writing
    }

    /// The notices of a page that stand anywhere in a text, with their places; `tokens` are those of the text.
    pub fn notices(&self, text: &str, tokens: &[Token]) -> Vec<(&Residue, Span)> {
        let mut found = Vec::new();
        self.notices.find(text, tokens, |number, span| found.push((&self.residue[number], span)));
        found
    }

    /// The residue that a line is, or begins with.
    pub fn page_lines(&self, line: &str) -> Vec<&Residue> {
        let PageLines { whole, openings, longest } = &self.page_lines;
        let bare = |line: &str| line.trim_end_matches([':', '.', ' ']).len();
        let openings = openings.get(&folded_opening(line));
        let whole = if line.len() <= 2 * longest { whole.get(&folded_opening(&line[..bare(line)])) } else { None };
        // Most lines that begin with the same letters are told by their next ones.
        if !self.residue_of(openings).chain(self.residue_of(whole)).any(|known| may_begin(line, &known.text)) {
            return Vec::new();
        }
        let lower = folded(&line[..line.floor_char_boundary(2 * longest)]);
        let whole = self.residue_of(whole).filter(|known| known.text == lower[..bare(&lower)]);
        whole.chain(self.residue_of(openings).filter(|known| lower.starts_with(known.text.as_str()))).collect()
    }

    fn residue_of<'l>(&'l self, numbers: Option<&'l Vec<usize>>) -> impl Iterator<Item = &'l Residue> {
        numbers.into_iter().flatten().map(|at| &self.residue[*at])
    }

    pub fn tokenizer(&self) -> Tokenizer<'_> {
        self.writing.tokenizer()
    }
}

/// Whether a line may begin with a text in lower case, as far as ASCII letters show.
fn may_begin(line: &str, lower: &str) -> bool {
    let differ = |(a, b): (u8, u8)| a.to_ascii_lowercase() != b;
    let both = line.bytes().zip(lower.bytes());
    !both.take_while(|(a, b)| a.is_ascii() && b.is_ascii()).any(differ)
}

struct Reader<'t> {
    tag: &'t str,
    writing: &'t Writing,
    files: &'t Files,
}

impl Reader<'_> {
    fn read<T>(&self, source: Source, value: impl Fn(Row) -> Result<T, Error>) -> Result<Phrases<T>, Error> {
        let mut values = Vec::new();
        for file in self.files.get(&format!("languages/{}/{}", self.tag, source.table)) {
            for row in Table::read(file)?.rows() {
                values.push(value(row)?);
            }
        }
        Ok(Phrases::new(source.compiled(self.tag, self.writing, self.files)?, values))
    }
}

fn abbreviations(files: &[File]) -> FxHashMap<WordHash, Abbreviation> {
    let all = files.iter().flat_map(|file| lines(&file.text));
    all.map(|(_, line)| {
        let (word, mark) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let kind = match mark.trim() {
            "?" => Abbreviation::Perhaps,
            "#" => Abbreviation::BeforeNumber,
            _ => Abbreviation::Never,
        };
        (hash(&folded(word.trim_end_matches('.'))), kind)
    })
    .collect()
}

fn continuations(files: &[File]) -> Result<Continuations, Error> {
    let mut continuations = Continuations::default();
    for file in files {
        for row in Table::read(file)?.rows() {
            continuations.begins.extend(row.list("begins").map(str::to_owned));
            continuations.ends.extend(row.list("ends").map(str::to_owned));
            continuations.unless.extend(row.list("unless").map(str::to_owned));
        }
    }
    Ok(continuations)
}

/// The hashes of the function words of a language.
pub fn function_words(files: &[File]) -> impl Iterator<Item = WordHash> {
    files.iter().flat_map(|file| lines(&file.text)).map(|(_, line)| hash(&folded(line.trim())))
}

fn negation(row: Row) -> Result<Negation, Error> {
    match row.need("kind")? {
        "negative" => Ok(Negation::Negative),
        "concord" => Ok(Negation::Concord),
        "lexical" => Ok(Negation::Lexical),
        "neutral" => Ok(Negation::Neutral),
        "affirmative" => Ok(Negation::Affirmative),
        "additive" => Ok(Negation::Additive),
        "restrictive" => Ok(Negation::Restrictive),
        "doubtful" => Ok(Negation::Doubtful),
        other => {
            let known = "negative, concord, lexical, neutral, additive, affirmative, restrictive or doubtful";
            Err(row.error(format!("{known} instead of {other:?}")))
        }
    }
}

fn better(row: Row) -> Result<char, Error> {
    match row.need("better")? {
        "A" => Ok('A'),
        "B" => Ok('B'),
        other => Err(row.error(format!("A or B instead of {other:?}"))),
    }
}

fn form(row: Row) -> Result<Form, Error> {
    let (kind, right, unless) = (row.need("kind")?.to_owned(), row.need("right")?.to_owned(), row.get("unless").to_owned());
    Ok(Form { kind, right, unless })
}

fn residue(files: &[File]) -> Result<Vec<Residue>, Error> {
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
