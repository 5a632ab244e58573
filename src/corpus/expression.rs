//! Expressions: the notation in which the corpus says what to look for (`corpus/README.md`), read and written as bytes.

use super::index::{Letter, Near};
use super::pattern::{WORD_HEADER, tag};
use crate::document::Span;
use crate::token::{Tokenizer, WordHash, folded, opening};

/// What to look for in a text of a spaced language.
#[derive(Clone, Debug)]
pub struct Expression {
    items: Vec<Item>,
    any_order: bool,
}

#[derive(Clone, Debug)]
enum Item {
    /// One of these, and how long the shortest is written: the longer, the rarer.
    Word(Vec<Part>, usize),
    /// Up to four words.
    Gap,
    /// Something to be captured: `{A}` or `{B}`, one word or more.
    Slot(char),
    /// A sign that is no word, beside the word before or after it: `%`.
    Sign(String),
}

#[derive(Clone, Debug)]
enum Part {
    Stem(WordHash),
    Form(WordHash),
    Cased(WordHash, String),
    Prefix(String),
}

/// A key under which an expression is found in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Stem(WordHash),
    Form(WordHash),
    /// A form whose casing counts.
    Cased(WordHash),
    /// The first letters of a word, and the one behind them.
    Opening(WordHash, Letter),
}

impl Expression {
    /// Reads an expression. The error says what is wrong with it.
    pub fn read(written: &str, tokenizer: &mut Tokenizer) -> Result<Expression, String> {
        let any_order = written.contains(" & ");
        let mut items = Vec::new();
        for word in written.split_whitespace().filter(|word| *word != "&") {
            match word {
                ".." => items.push(Item::Gap),
                "{A}" | "{B}" => items.push(Item::Slot(word.as_bytes()[1] as char)),
                _ => read_word(word, tokenizer, &mut items)?,
            }
        }
        if any_order && items.iter().any(|item| !matches!(item, Item::Word(..))) {
            return Err(format!("words alone around `&` in {written:?}"));
        }
        if !items.iter().any(|item| matches!(item, Item::Word(..))) {
            return Err(format!("a word in {written:?}"));
        }
        if matches!(items.first(), Some(Item::Gap)) || matches!(items.last(), Some(Item::Gap)) {
            return Err(format!("a word at both ends of {written:?}"));
        }
        Ok(Expression { items, any_order })
    }

    /// The keys of the part by which the expression is looked up, each with the place of its alternative in the code of the
    /// part; and the number of the part. The longest word is the rarest more often than not; a prefix comes last.
    pub fn keys(&self) -> (usize, Vec<(Key, usize)>) {
        let weight = |item: &Item| match item {
            Item::Word(parts, _) if parts.iter().any(|part| matches!(part, Part::Prefix(_))) => 1,
            Item::Word(_, length) => 1 + length,
            _ => 0,
        };
        let mut best = 0;
        for (index, item) in self.items.iter().enumerate() {
            if weight(item) > weight(&self.items[best]) {
                best = index;
            }
        }
        let Item::Word(parts, _) = &self.items[best] else { return (best, Vec::new()) };
        let mut next = WORD_HEADER;
        let keys = parts.iter().map(|part| {
            let key = match part {
                Part::Stem(stem) => Key::Stem(*stem),
                Part::Form(form) => Key::Form(*form),
                Part::Cased(form, _) => Key::Cased(*form),
                Part::Prefix(prefix) => Key::Opening(opening(prefix), Letter::of_prefix(prefix)),
            };
            let at = next;
            next += part.size();
            (key, at)
        });
        (best, keys.collect())
    }

    /// What must stand beside the part by which the expression is looked up.
    pub fn near(&self, part: usize) -> Near {
        if self.any_order {
            return Near::Anything;
        }
        if self.items.len() == 1 {
            return Near::Alone;
        }
        let at = |index: usize| self.items.get(index).and_then(Item::bits);
        let is_gap = |index: usize| matches!(self.items.get(index), Some(Item::Gap));
        let after = |ahead: usize| at(part + ahead);
        let before = |back: usize| part.checked_sub(back).and_then(at);
        let (gap_after, gap_before) = (is_gap(part + 1), part > 0 && is_gap(part - 1));
        (after(1).map(Near::After))
            .or_else(|| before(1).map(Near::Before))
            .or_else(|| after(2).filter(|_| gap_after).map(Near::GapAfter))
            .or_else(|| before(2).filter(|_| gap_before).map(Near::GapBefore))
            .unwrap_or(Near::Anything)
    }

    /// Writes the expression as [`super::pattern::Pattern`] reads it. The error says what is too long.
    pub fn encode(&self, value: u32, code: &mut Vec<u8>) -> Result<(), String> {
        let start = code.len();
        code.extend(value.to_le_bytes());
        code.extend([u8::from(self.any_order), short(self.items.len())?]);
        let offsets = code.len();
        code.resize(offsets + 2 * self.items.len(), 0);
        for (index, item) in self.items.iter().enumerate() {
            let offset = u16::try_from(code.len() - start).map_err(|_| "a shorter expression".to_owned())?;
            code[offsets + 2 * index..][..2].copy_from_slice(&offset.to_le_bytes());
            item.encode(code)?;
        }
        Ok(())
    }
}

impl Item {
    /// The bits of the words that an item lists; none when others fit too.
    fn bits(&self) -> Option<u32> {
        let Item::Word(parts, _) = self else { return None };
        parts.iter().try_fold(0, |bits, part| match part {
            Part::Stem(hash) | Part::Form(hash) | Part::Cased(hash, _) => Some(bits | Near::bit(*hash)),
            Part::Prefix(_) => None,
        })
    }

    fn encode(&self, code: &mut Vec<u8>) -> Result<(), String> {
        match self {
            Item::Word(parts, _) => {
                code.push(tag::WORD);
                code.extend(self.bits().unwrap_or(u32::MAX).to_le_bytes());
                code.push(short(parts.len())?);
                for part in parts {
                    part.encode(code)?;
                }
            }
            Item::Gap => code.push(tag::GAP),
            Item::Slot(name) => code.extend([tag::SLOT, *name as u8]),
            Item::Sign(sign) => {
                code.push(tag::SIGN);
                encode_text(sign, code)?;
            }
        }
        Ok(())
    }
}

impl Part {
    /// The bytes that [`Part::encode`] writes.
    fn size(&self) -> usize {
        match self {
            Part::Stem(_) | Part::Form(_) => 5,
            Part::Cased(_, text) | Part::Prefix(text) => 2 + text.len(),
        }
    }

    fn encode(&self, code: &mut Vec<u8>) -> Result<(), String> {
        // Half of a hash: the word that an expression is looked up by is compared whole.
        let half = |hash: WordHash| (hash as u32).to_le_bytes();
        match self {
            Part::Stem(stem) => {
                code.push(tag::STEM);
                code.extend(half(*stem));
            }
            Part::Form(form) => {
                code.push(tag::FORM);
                code.extend(half(*form));
            }
            Part::Cased(_, cased) => {
                code.push(tag::CASED);
                encode_text(cased, code)?;
            }
            Part::Prefix(prefix) => {
                code.push(tag::PREFIX);
                encode_text(prefix, code)?;
            }
        }
        Ok(())
    }
}

fn short(length: usize) -> Result<u8, String> {
    u8::try_from(length).map_err(|_| "at most 255 words and letters".to_owned())
}

pub fn encode_text(text: &str, code: &mut Vec<u8>) -> Result<(), String> {
    code.push(short(text.len())?);
    code.extend(text.as_bytes());
    Ok(())
}

/// The variants of an expression in which no alternative is more than one word: `arc-en-ciel|pluie` becomes two.
pub fn variants(written: &str) -> Vec<String> {
    let compound = |word: &&str| {
        word.contains('|') && word.contains(|c: char| c.is_numeric() || !c.is_alphanumeric() && !matches!(c, '|' | '=' | '*'))
    };
    let Some(word) = written.split_whitespace().find(compound) else { return vec![written.to_owned()] };
    let (before, after) = written.split_once(word).unwrap_or((written, ""));
    word.split('|').flat_map(|alternative| variants(&format!("{before}{alternative}{after}"))).collect()
}

/// Reads one written word; an elided or hyphenated word is several items.
fn read_word(word: &str, tokenizer: &mut Tokenizer, items: &mut Vec<Item>) -> Result<(), String> {
    if word.contains('|') {
        let (mut parts, mut shortest) = (Vec::new(), usize::MAX);
        for alternative in word.split('|') {
            let mut read = Vec::new();
            read_word(alternative, tokenizer, &mut read)?;
            match (read.pop(), read.is_empty()) {
                (Some(Item::Word(part, length)), true) => {
                    parts.extend(part);
                    shortest = shortest.min(length);
                }
                (None, _) => {}
                _ => return Err(format!("single words around `|` in {word:?}")),
            }
        }
        items.push(Item::Word(parts, shortest));
        return Ok(());
    }
    if let Some(prefix) = word.strip_suffix('*') {
        let prefix = folded(prefix).into_owned();
        let mut tokens = Vec::new();
        tokenizer.tokens(&prefix, Span::new(0, prefix.len()), &mut tokens);
        let Some(last) = tokens.pop() else { return Err(format!("letters before `*` in {word:?}")) };
        items.extend(tokens.iter().map(|token| Item::Word(vec![Part::Form(token.form)], token.span.len())));
        items.push(Item::Word(vec![Part::Prefix(last.text(&prefix).to_owned())], last.span.len()));
        return Ok(());
    }
    let bare = word.trim_start_matches('=');
    let mut tokens = Vec::new();
    tokenizer.tokens(bare, Span::new(0, bare.len()), &mut tokens);
    if tokens.is_empty() {
        items.push(Item::Sign(bare.to_owned()));
    }
    items.extend(tokens.iter().map(|token| {
        let part = match word.len() - bare.len() {
            0 => Part::Stem(token.stem),
            1 => Part::Form(token.form),
            _ => Part::Cased(token.form, token.text(bare).to_owned()),
        };
        Item::Word(vec![part], token.span.len())
    }));
    Ok(())
}
