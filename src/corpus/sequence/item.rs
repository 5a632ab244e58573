//! One place of a sequence, and the words that may stand there.

use crate::token::{Kind, Token, WordHash, folded, hash};

pub struct Item {
    pub what: What,
    /// It may be absent.
    pub optional: bool,
}

pub enum What {
    Word(Choice),
    Not(Choice),
    Any,
    Capital,
    Small,
    Figure,
    Comma,
    /// Up to so many words of the same clause.
    Gap(usize),
}

/// Words of the short gap and of the long one.
const SHORT_GAP: usize = 4;
const LONG_GAP: usize = 12;

/// Forms, and forms by their beginning and ending.
#[derive(Default)]
pub struct Choice {
    pub forms: Vec<WordHash>,
    pub affixes: Vec<(String, String)>,
}

impl Item {
    pub fn read(written: &str) -> Item {
        let bare = written.strip_suffix('?').filter(|bare| !bare.is_empty());
        let (written, optional) = (bare.unwrap_or(written), bare.is_some());
        let what = match written {
            ".." => What::Gap(SHORT_GAP),
            "..." => What::Gap(LONG_GAP),
            "," => What::Comma,
            "~" => What::Any,
            "Aa" => What::Capital,
            "aa" => What::Small,
            "#" => What::Figure,
            _ => match written.strip_prefix('!') {
                Some(others) => What::Not(Choice::read(others.split('|'))),
                None => What::Word(Choice::read(written.split('|'))),
            },
        };
        Item { what, optional }
    }
}

impl What {
    pub fn fits(&self, token: &Token, text: &str) -> bool {
        let word = token.kind == Kind::Word;
        match self {
            What::Word(choice) => choice.has(token, text),
            What::Not(choice) => word && !choice.has(token, text),
            What::Any => word,
            What::Capital => word && token.shape.is_large(),
            What::Small => word && token.shape.is_small(),
            What::Figure => token.kind == Kind::Number,
            What::Comma | What::Gap(_) => false,
        }
    }
}

impl Choice {
    pub fn read<'w>(words: impl Iterator<Item = &'w str>) -> Choice {
        let mut choice = Choice::default();
        for word in words.map(folded) {
            match word.split_once('*') {
                Some((beginning, ending)) => choice.affixes.push((beginning.to_owned(), ending.to_owned())),
                None => choice.forms.push(hash(&word)),
            }
        }
        choice.forms.sort_unstable();
        choice
    }

    pub fn has(&self, token: &Token, text: &str) -> bool {
        if self.forms.binary_search(&token.form).is_ok() {
            return true;
        }
        if self.affixes.is_empty() || token.kind != Kind::Word {
            return false;
        }
        let word = folded(token.text(text));
        let holds = |(beginning, ending): &(String, String)| {
            word.len() > beginning.len() + ending.len() && word.starts_with(beginning.as_str()) && word.ends_with(ending.as_str())
        };
        self.affixes.iter().any(holds)
    }
}
