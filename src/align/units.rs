//! What is compared of a segment: its units. A unit is a word by its stem, a number by its value, a part of a date,
//! a name or a concept of the corpus, a mark, or two characters of an unspaced script; each text has its own vocabulary.

use super::groups::Groups;
use super::meaning::Vectors;
use crate::article::{Analysis, Concept, Segment};
use crate::corpus::Corpus;
use crate::corpus::lexicon::{is_katakana, unspaced, word_key};
use crate::document::{BlockKind, Span};
use crate::extract::Form;
use crate::language::script::ascii;
use crate::token::{Kind as Script, Token, hash, marks_in};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// The number of a unit in the vocabulary of its text.
pub type Unit = u32;

/// What a unit is; units of one kind and hash in both texts are the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Word,
    /// Characters of an unspaced script.
    Gram,
    Digits,
    Value,
    Date,
    Name,
    Concept,
    Mark,
}

impl Kind {
    /// A hash with the kind mixed in: two units share one once in 2^64.
    fn key(self, hash: u64) -> u64 {
        hash ^ (self as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// One entry of a vocabulary.
#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: Kind,
    pub hash: u64,
    /// Where the word stands in [`Side::spellings`]; empty for what is no word.
    spelling: Span,
    /// It stood with a capital, or in a script without.
    pub name_like: bool,
    pub count: u32,
}

/// One text as units.
pub struct Side {
    pub entries: Vec<Entry>,
    /// The words in lower-case ASCII, as far as they can be written so, one after another.
    spellings: Vec<u8>,
    units: Vec<Unit>,
    /// How many units the text has, with those that are thought to surround it.
    surrounded: f32,
    /// Where the units of each segment begin, and the end.
    starts: Vec<usize>,
    /// The segments in which each unit stands, in order, each as often as it does.
    segments: Groups<u32>,
    /// The length of the text before each segment, and of the whole.
    lengths: Vec<f32>,
    pub blocks: Vec<usize>,
    pub headings: Vec<bool>,
    /// Where each segment stands in the text: they may be read in another order.
    places: Vec<usize>,
    /// They are read in another order.
    reordered: bool,
    /// What a user's model says of each segment; None without one.
    pub vectors: Option<Vectors>,
}

/// Kind of the concepts that small words name (`concepts/direction.tsv`).
const SMALL: &str = "small";

/// Units of running text that are thought to surround a short one, so that its rare words count as rare.
const SURROUNDING: f32 = 500.0;

/// A Latin letter beside an unspaced script says about a third of what a character does.
const LATIN_SHARE: f32 = 0.35;

impl Side {
    /// The units of a run of the segments of a text.
    pub fn new(analysis: &Analysis, segments: Range<usize>, corpus: &Corpus) -> Side {
        let segments = &analysis.segments[segments];
        // About as many units as tokens, and half as many different ones.
        let tokens: usize = segments.iter().map(|segment| segment.tokens.len()).sum();
        let known = FxHashMap::with_capacity_and_hasher(tokens / 2, FxBuildHasher);
        let mut reader = Reader {
            analysis,
            corpus,
            entries: Vec::with_capacity(tokens / 2),
            spellings: Vec::with_capacity(4 * tokens),
            known,
            units: Vec::with_capacity(tokens),
        };
        let mut starts = vec![0];
        let mut lengths = vec![0.0];
        for segment in segments {
            let blanks = reader.read(segment);
            starts.push(reader.units.len());
            lengths.push(lengths.last().copied().unwrap_or(0.0) + length(analysis, segment, blanks));
        }
        let headings = segments.iter().map(|segment| segment.kind == BlockKind::Heading).collect();
        let blocks = segments.iter().map(|segment| segment.block).collect();
        let places = (0..segments.len()).collect();
        let texts = || segments.iter().map(|segment| segment.span.of(analysis.text()).to_owned()).collect::<Vec<_>>();
        let vectors = corpus.vectors(texts).map(Vectors::new);
        let of_units = segments_of(reader.entries.len(), &reader.units, &starts);
        Side {
            entries: reader.entries,
            spellings: reader.spellings,
            surrounded: reader.units.len() as f32 + SURROUNDING,
            units: reader.units,
            starts,
            segments: of_units,
            lengths,
            blocks,
            headings,
            places,
            reordered: false,
            vectors,
        }
    }

    /// The same text, its segments in another order.
    pub fn reordered(&self, order: &[usize]) -> Side {
        let (mut units, mut starts, mut lengths) = (Vec::with_capacity(self.units.len()), vec![0], vec![0.0]);
        let mut length = 0.0;
        for &segment in order {
            units.extend_from_slice(self.units(segment, segment + 1));
            starts.push(units.len());
            length += self.length(segment, segment + 1);
            lengths.push(length);
        }
        Side {
            entries: self.entries.clone(),
            spellings: self.spellings.clone(),
            segments: segments_of(self.entries.len(), &units, &starts),
            units,
            surrounded: self.surrounded,
            starts,
            lengths,
            blocks: order.iter().map(|at| self.blocks[*at]).collect(),
            headings: order.iter().map(|at| self.headings[*at]).collect(),
            places: order.iter().map(|at| self.places[*at]).collect(),
            reordered: true,
            vectors: self.vectors.as_ref().map(|vectors| vectors.reordered(order)),
        }
    }

    /// Whether segments that are read one after another also stand so.
    pub fn is_run(&self, segments: &Range<usize>) -> bool {
        !self.reordered || self.places[segments.end - 1] == self.places[segments.start] + segments.len() - 1
    }

    /// The word of an entry in lower-case ASCII, as far as it can be written so; empty for what is no word.
    pub fn spelling(&self, entry: &Entry) -> &[u8] {
        &self.spellings[entry.spelling.start..entry.spelling.end]
    }

    /// How many segments the text has.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The units of a run of segments, with repetitions.
    pub fn units(&self, start: usize, end: usize) -> &[Unit] {
        &self.units[self.starts[start]..self.starts[end]]
    }

    /// All segments in which a unit stands, in order, each as often as it does.
    pub fn places(&self, unit: Unit) -> &[u32] {
        self.segments.of(unit)
    }

    /// How likely a unit is in the text whatever the other says.
    pub fn chance(&self, unit: Unit) -> f32 {
        self.entries[unit as usize].count as f32 / self.surrounded
    }

    /// How many units the text has.
    pub fn size(&self) -> usize {
        self.units.len()
    }

    /// The length of a run of segments in characters.
    pub fn length(&self, start: usize, end: usize) -> f32 {
        self.lengths[end] - self.lengths[start]
    }
}

/// The segments of each unit, where the units of segments begin with these.
fn segments_of(vocabulary: usize, units: &[Unit], starts: &[usize]) -> Groups<u32> {
    let segments = || starts.windows(2).map(|bounds| &units[bounds[0]..bounds[1]]).enumerate();
    Groups::new(vocabulary, || segments().flat_map(|(segment, units)| units.iter().map(move |unit| (*unit, segment as u32))))
}

/// The length of a segment with so many blanks other than the plain one.
fn length(analysis: &Analysis, segment: &Segment, blanks: usize) -> f32 {
    let text = segment.span.of(analysis.text());
    if analysis.language().profile().spaced {
        let spaces = memchr::memchr_iter(b' ', text.as_bytes()).count();
        return (text.chars().count() - spaces - blanks).max(1) as f32;
    }
    let characters = text.chars().filter(|c| !c.is_whitespace());
    characters.map(|c| if c.is_ascii() { LATIN_SHARE } else { 1.0 }).sum::<f32>().max(1.0)
}

/// Collects the units of one text.
struct Reader<'a> {
    analysis: &'a Analysis<'a>,
    corpus: &'a Corpus,
    entries: Vec<Entry>,
    spellings: Vec<u8>,
    /// The number of each entry by [`Kind::key`].
    known: FxHashMap<u64, Unit>,
    units: Vec<Unit>,
}

impl Reader<'_> {
    /// Reads a segment; how many blanks other than the plain one stand in it.
    fn read(&mut self, segment: &Segment) -> usize {
        let (analysis, text) = (self.analysis, self.analysis.text());
        for token in analysis.tokens_of(segment) {
            match token.kind {
                Script::Word => self.word(token, token.text(text)),
                Script::Number => self.add(Kind::Digits, token.form, "", false),
                Script::Unspaced => self.unspaced(token.text(text)),
            }
        }
        for number in analysis.numbers_in(segment.span).iter().filter(|number| number.form != Form::Label) {
            self.add(Kind::Value, number.value.to_bits(), "", false);
        }
        for date in analysis.dates_in(segment.span) {
            let parts =
                [date.year.map(i64::from), date.month.map(i64::from), date.day.map(i64::from), date.weekday.map(i64::from)];
            for (part, value) in parts.iter().enumerate().filter_map(|(part, value)| Some((part as u64, (*value)?))) {
                self.add(Kind::Date, (value as u64) << 2 | part, "", false);
            }
        }
        for entry in analysis.names_in(segment.span).iter().filter_map(|name| name.entry) {
            self.add(Kind::Name, hash(self.corpus.names().id(entry)), "", false);
        }
        // Small words stand everywhere: they tell which way a sentence goes, not which sentence it is.
        let telling = |concept: &&Concept| self.corpus.concepts().kind(concept.id) != SMALL;
        for concept in analysis.concepts_in(segment.span).iter().filter(telling) {
            self.add(Kind::Concept, u64::from(concept.id), "", false);
        }
        self.marks(segment.span)
    }

    fn add(&mut self, kind: Kind, hash: u64, word: &str, name_like: bool) {
        let next = self.entries.len() as Unit;
        let unit = *self.known.entry(kind.key(hash)).or_insert(next);
        if unit == next {
            let start = self.spellings.len();
            if word.is_ascii() {
                self.spellings.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
            } else {
                self.spellings.extend(ascii(word).bytes());
            }
            let spelling = Span::new(start, self.spellings.len());
            self.entries.push(Entry { kind, hash, spelling, name_like, count: 0 });
        }
        self.entries[unit as usize].count += 1;
        self.units.push(unit);
    }

    fn word(&mut self, token: &Token, word: &str) {
        // Scripts without capitals do not tell; any word may be a name there.
        self.add(Kind::Word, word_key(token, word), word, !token.shape.is_small());
    }

    fn unspaced(&mut self, run: &str) {
        unspaced(run, |part| {
            if part.starts_with(is_katakana) {
                self.add(Kind::Gram, hash(part), part, true);
            } else {
                self.add(Kind::Gram, hash(part), "", false);
            }
        });
    }

    fn marks(&mut self, span: Span) -> usize {
        let mut blanks = 0;
        for &(_, c) in marks_in(&self.analysis.marks, span) {
            if c.is_whitespace() {
                blanks += 1;
                continue;
            }
            let plain = deunicode::deunicode_char(c).unwrap_or_default().trim();
            if !plain.is_empty() {
                self.add(Kind::Mark, hash(plain), "", false);
            }
        }
        blanks
    }
}
