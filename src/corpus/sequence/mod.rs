//! Sequences of words that no sentence of a language holds, and what they should be: `patterns.tsv`.

mod item;
#[cfg(test)]
mod tests;

use super::files::File;
use super::index::Near;
use super::pattern::GAP_WORDS;
use super::table::{Row, Table, list};
use crate::document::Span;
use crate::error::Error;
use crate::token::{Token, Tokenizer, WordHash, is_apostrophe};
use item::{Choice, Item, What};
use rustc_hash::{FxHashMap, FxHashSet};

/// The sequences of a language, looked up by a word that each must hold.
#[derive(Default)]
pub struct Sequences {
    all: Vec<Sequence>,
    /// By the form of a word: the sequences that may hold it.
    keys: FxHashMap<WordHash, Vec<Key>>,
}

/// How a sequence is looked up by one of its words.
struct Key {
    sequence: u32,
    /// The number of the item that the word is.
    item: u8,
    /// What stands before and behind it.
    near: [Near; 2],
}

/// One row of the table.
pub struct Sequence {
    /// The kind of fault.
    pub kind: Fault,
    /// Why it is wrong, for a reader who may not know the language.
    pub why: String,
    right: String,
    items: Vec<Item>,
    /// The items that are reported: from, to (not included).
    marked: (usize, usize),
    begins: bool,
    ends: bool,
    excuses: Excuses,
}

/// What is wrong with a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Agreement,
    Order,
    Preposition,
    Verb,
    Article,
    Pronoun,
    Construction,
    Denial,
}

impl Fault {
    const NAMES: &[(&str, Fault)] = &[
        ("agreement", Fault::Agreement),
        ("order", Fault::Order),
        ("preposition", Fault::Preposition),
        ("verb", Fault::Verb),
        ("article", Fault::Article),
        ("pronoun", Fault::Pronoun),
        ("construction", Fault::Construction),
        ("denial", Fault::Denial),
    ];
}

/// Words that excuse a sequence: anywhere in the sentence, directly before it, directly after it.
#[derive(Default)]
struct Excuses {
    anywhere: Choice,
    before: Choice,
    after: Choice,
}

/// A sequence in a text.
pub struct Fit<'s> {
    pub sequence: &'s Sequence,
    pub span: Span,
    /// What to write instead; empty when it cannot be told.
    pub right: String,
}

impl Sequences {
    /// `common`: words that stand in every text.
    pub fn load(files: &[File], mut tokenizer: Tokenizer, common: &FxHashSet<WordHash>) -> Result<Sequences, Error> {
        let mut sequences = Sequences::default();
        for file in files {
            for row in Table::read(file)?.rows() {
                sequences.all.push(Sequence::read(row, &mut tokenizer)?);
            }
        }
        sequences.index(common);
        Ok(sequences)
    }

    /// Looks each sequence up by its rarest word: what stands in many rows, or in every text, stands often in a text.
    fn index(&mut self, common: &FxHashSet<WordHash>) {
        /// How many rows a common word counts for.
        const COMMON: usize = 30;
        let mut rows: FxHashMap<WordHash, usize> = FxHashMap::default();
        let forms = self.all.iter().flat_map(Sequence::keys).flat_map(|(_, choice)| &choice.forms);
        forms.for_each(|form| *rows.entry(*form).or_default() += 1);
        let times = |form: &WordHash| rows[form] * if common.contains(form) { COMMON } else { 1 };
        let often = |choice: &Choice| choice.forms.iter().map(times).sum::<usize>();
        for (number, sequence) in self.all.iter().enumerate() {
            let Some((at, choice)) = sequence.keys().min_by_key(|(_, choice)| often(choice)) else { continue };
            let before = needed(sequence.items[..at].iter().rev());
            let behind = needed(sequence.items[at + 1..].iter());
            let near = [
                before.map_or(Near::Anything, |(bits, gap)| if gap { Near::GapBefore(bits) } else { Near::Before(bits) }),
                behind.map_or(Near::Anything, |(bits, gap)| if gap { Near::GapAfter(bits) } else { Near::After(bits) }),
            ];
            for form in &choice.forms {
                self.keys.entry(*form).or_default().push(Key { sequence: number as u32, item: at as u8, near });
            }
        }
    }

    /// The sequences in the tokens of one sentence.
    pub fn find<'s>(&'s self, text: &str, tokens: &[Token]) -> Vec<Fit<'s>> {
        let mut fits = Vec::new();
        if self.keys.is_empty() {
            return fits;
        }
        let mut places = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let keys = self.keys.get(&token.form).into_iter().flatten();
            for key in keys.filter(|key| key.near.iter().all(|near| near.allows(tokens, at))) {
                let sequence = &self.all[key.sequence as usize];
                if let Some(fit) = sequence.fit(text, tokens, (at, usize::from(key.item)), &mut places) {
                    fits.push(fit);
                }
            }
        }
        fits
    }
}

impl Sequence {
    fn read(row: Row, tokenizer: &mut Tokenizer) -> Result<Sequence, Error> {
        let kind = row.need("kind")?;
        let known = Fault::NAMES.iter().find(|(name, _)| *name == kind);
        let Some((_, kind)) = known else {
            let names: Vec<&str> = Fault::NAMES.iter().map(|(name, _)| *name).collect();
            return Err(row.error(format!("one of {} instead of {kind:?}", names.join(", "))));
        };
        let mut sequence = Sequence {
            kind: *kind,
            why: row.need("why")?.to_owned(),
            right: row.get("right").to_owned(),
            items: Vec::new(),
            marked: (0, usize::MAX),
            begins: false,
            ends: false,
            excuses: Excuses::read(row.get("unless")),
        };
        let pattern = row.need("pattern")?;
        let words: Vec<&str> = pattern.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            match *word {
                "^" if sequence.items.is_empty() => sequence.begins = true,
                "." if words[at + 1..].iter().all(|rest| *rest == "]") => sequence.ends = true,
                "^" | "." => return Err(row.error(format!("`^` at the beginning and `.` at the end of {pattern:?} alone"))),
                "[" => sequence.marked.0 = sequence.items.len(),
                "]" => sequence.marked.1 = sequence.items.len(),
                word if is_one_word(word, tokenizer) => sequence.items.push(Item::read(word)),
                word => return Err(row.error(format!("items of one word each instead of {word:?}"))),
            }
        }
        sequence.check(row, &words)?;
        Ok(sequence)
    }

    /// Refuses a row that says less than it seems to say, or that no sentence can break.
    fn check(&self, row: Row, words: &[&str]) -> Result<(), Error> {
        let count = |mark: &str| words.iter().filter(|word| **word == mark).count();
        let (open, closed) = (count("["), count("]"));
        if open != closed || open > 1 || open == 1 && self.marked.0 >= self.marked.1 {
            return Err(row.error("one `[` and one `]` behind it, around what is reported, or none"));
        }
        let is_gap = |item: Option<&Item>| item.is_some_and(|item| matches!(item.what, What::Gap(_)));
        if is_gap(self.items.first()) || is_gap(self.items.last()) {
            return Err(row.error("a word at both ends of the pattern"));
        }
        if self.keys().next().is_none() || self.items.len() > 255 {
            return Err(row.error("a word, or words around `|`, without `*` in the pattern"));
        }
        let is_excused = |choice: &Choice| choice.forms.iter().all(|form| self.excuses.anywhere.forms.contains(form));
        if self.keys().any(|(_, choice)| is_excused(choice)) {
            return Err(row.error("an excuse that is not a word of the pattern itself: the row says nothing"));
        }
        match slots(&self.right).find(|slot| *slot == 0 || *slot > self.items.len()) {
            Some(slot) => Err(row.error(format!("$1 to ${} instead of ${slot}: the pattern has {0} items", self.items.len()))),
            None => Ok(()),
        }
    }

    /// The items by which the sequence may be looked up: those that must stand, of known forms.
    fn keys(&self) -> impl Iterator<Item = (usize, &Choice)> {
        self.items.iter().enumerate().filter_map(|(at, item)| match &item.what {
            What::Word(choice) if !item.optional && choice.affixes.is_empty() => Some((at, choice)),
            _ => None,
        })
    }

    /// Fits the sequence to a sentence with one of its items at one token. `places` is room for the token of each item.
    fn fit(&self, text: &str, tokens: &[Token], (at, item): (usize, usize), places: &mut Vec<Option<usize>>) -> Option<Fit<'_>> {
        places.clear();
        places.resize(self.items.len(), None);
        places[item] = Some(at);
        let sentence = Sentence { text, tokens };
        let fits = self.walk(&sentence, at, item, false, places) && self.walk(&sentence, at, item, true, places);
        if !fits {
            return None;
        }
        let (first, last) = (places.iter().flatten().min()?, places.iter().flatten().max()?);
        if self.excuses.hold(&sentence, *first, *last) {
            return None;
        }
        let marked = places.iter().take(self.marked.1).skip(self.marked.0).flatten();
        let span = marked.map(|at| tokens[*at].span).reduce(Span::join)?;
        let right = self.written(text, tokens, places);
        Some(Fit { sequence: self, span, right })
    }

    /// Fits what comes after an item (or before it) from the token that it has.
    fn walk(&self, sentence: &Sentence, at: usize, item: usize, forward: bool, places: &mut [Option<usize>]) -> bool {
        let next_item = if forward { Some(item + 1).filter(|next| *next < self.items.len()) } else { item.checked_sub(1) };
        let Some(next) = next_item else { return self.is_at_edge(sentence, at, forward) };
        let what = &self.items[next].what;
        if let What::Comma = what {
            return self.step(sentence, at, next, forward, true, places);
        }
        if let What::Gap(longest) = what {
            let mut reached = at;
            for _ in 0..=*longest {
                if self.walk(sentence, reached, next, forward, places) {
                    return true;
                }
                match sentence.beside(reached, forward, false) {
                    Some(further) => reached = further,
                    None => return false,
                }
            }
            return false;
        }
        self.step(sentence, at, item, forward, false, places)
    }

    /// Fits the item after (or before) one to the token beside; a comma stands between them or not.
    fn step(
        &self,
        sentence: &Sentence,
        at: usize,
        item: usize,
        forward: bool,
        comma: bool,
        places: &mut [Option<usize>],
    ) -> bool {
        let next = if forward { Some(item + 1).filter(|next| *next < self.items.len()) } else { item.checked_sub(1) };
        let Some(next) = next else { return false };
        if let What::Gap(longest) = self.items[next].what {
            return self.leap(sentence, (at, next), longest, forward, places);
        }
        if let Some(token) = sentence.beside(at, forward, comma)
            && self.items[next].what.fits(&sentence.tokens[token], sentence.text)
        {
            places[next] = Some(token);
            if self.walk(sentence, token, next, forward, places) {
                return true;
            }
            places[next] = None;
        }
        // What follows an absent word stands behind the same comma.
        let absent = self.items[next].optional;
        absent
            && if comma {
                self.step(sentence, at, next, forward, true, places)
            } else {
                self.walk(sentence, at, next, forward, places)
            }
    }

    /// Fits what comes after (or before) a gap that stands beside a comma: the words of the gap are beyond it.
    fn leap(
        &self,
        sentence: &Sentence,
        (at, gap): (usize, usize),
        longest: usize,
        forward: bool,
        places: &mut [Option<usize>],
    ) -> bool {
        if self.step(sentence, at, gap, forward, true, places) {
            return true;
        }
        let mut beyond = sentence.beside(at, forward, true);
        for _ in 0..longest {
            let Some(reached) = beyond else { return false };
            if self.walk(sentence, reached, gap, forward, places) {
                return true;
            }
            beyond = sentence.beside(reached, forward, false);
        }
        false
    }

    fn is_at_edge(&self, sentence: &Sentence, at: usize, forward: bool) -> bool {
        if forward { !self.ends || sentence.tokens.get(at + 1).is_none_or(|next| next.divided) } else { !self.begins || at == 0 }
    }

    /// What to write instead, with the text of the items it names.
    fn written(&self, text: &str, tokens: &[Token], places: &[Option<usize>]) -> String {
        let mut right = self.right.clone();
        for (number, place) in places.iter().enumerate().rev() {
            let name = format!("${}", number + 1);
            if right.contains(&name) {
                right = right.replace(&name, place.map_or("", |at| tokens[at].text(text)));
            }
        }
        right.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The bits of the words of which one must come next, of the items on one side of a key, and whether a gap may come before it;
/// None where nothing is needed there or it may be any word.
fn needed<'i>(items: impl Iterator<Item = &'i Item>) -> Option<(u32, bool)> {
    let (mut bits, mut gap) = (0, false);
    for item in items {
        match &item.what {
            What::Comma => {}
            What::Gap(longest) if *longest <= GAP_WORDS && bits == 0 && !gap => gap = true,
            What::Word(choice) if choice.affixes.is_empty() && !(gap && item.optional) => {
                bits |= choice.forms.iter().fold(0, |bits, form| bits | Near::bit(*form));
                if !item.optional {
                    return Some((bits, gap));
                }
            }
            _ => return None,
        }
    }
    None
}

/// The numbers of the items that a replacement names: `$2`.
fn slots(right: &str) -> impl Iterator<Item = usize> {
    let digits = |rest: &str| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    right.split('$').skip(1).filter_map(move |rest| rest[..digits(rest)].parse().ok())
}

/// Whether each form of an item is one word, as texts are cut into words.
fn is_one_word(item: &str, tokenizer: &mut Tokenizer) -> bool {
    let mut tokens = Vec::new();
    item.trim_start_matches('!').trim_end_matches('?').split('|').all(|form| {
        // Most forms need no closer look.
        form.chars().all(|c| c.is_alphanumeric() || "*~#,.".contains(c)) || {
            tokens.clear();
            tokenizer.tokens(form, Span::new(0, form.len()), &mut tokens);
            matches!(tokens[..], [token] if token.span.len() == form.len()) || form.contains('*')
        }
    })
}

impl Excuses {
    fn read(cell: &str) -> Excuses {
        let marked = |mark: char| Choice::read(list(cell).filter_map(|word| word.strip_prefix(mark)));
        let anywhere = list(cell).filter(|word| !word.starts_with(['<', '>']));
        Excuses { anywhere: Choice::read(anywhere), before: marked('<'), after: marked('>') }
    }

    fn hold(&self, sentence: &Sentence, first: usize, last: usize) -> bool {
        let (text, tokens) = (sentence.text, sentence.tokens);
        let before = first.checked_sub(1).is_some_and(|at| self.before.has(&tokens[at], text));
        before
            || tokens.get(last + 1).is_some_and(|token| self.after.has(token, text))
            || tokens.iter().any(|token| self.anywhere.has(token, text))
    }
}

struct Sentence<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Sentence<'_> {
    /// The token beside one, when nothing but a space or an apostrophe stands between them, or a comma where one is wanted.
    fn beside(&self, at: usize, forward: bool, comma: bool) -> Option<usize> {
        let other = if forward { at + 1 } else { at.checked_sub(1)? };
        let (left, right) = (self.tokens.get(at.min(other))?, self.tokens.get(at.max(other))?);
        let between = &self.text[left.span.end..right.span.start];
        if between == " " {
            return (!comma).then_some(other);
        }
        let plain = |between: &str| between.chars().all(|c| c.is_whitespace() && c != '\n' || is_apostrophe(c));
        let fits = if comma { between.trim_start().strip_prefix(',').is_some_and(plain) } else { plain(between) };
        fits.then_some(other)
    }
}
