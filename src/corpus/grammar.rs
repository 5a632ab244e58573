//! Small words and what may or may not stand beside them: `grammar.tsv`.

use super::files::File;
use super::table::{Row, Table};
use crate::error::Error;
use crate::token::{Kind, Token, WordHash, folded, hash};

/// What a language says of its small words, by the kind of rule that asks.
#[derive(Default)]
pub struct Grammar {
    turns: Vec<Turn>,
}

/// One row: words, what follows them, what to write instead, and what excuses them.
pub struct Turn {
    kind: String,
    pub first: Words,
    pub then: Words,
    pub right: String,
    pub unless: Words,
}

/// The words of a cell: whole ones, phrases, beginnings (`uni*`) and endings (`*ment`).
#[derive(Default)]
pub struct Words {
    /// In their order.
    single: Vec<WordHash>,
    /// A bit of each, by which most others are told at once.
    bits: u64,
    phrases: Vec<Vec<WordHash>>,
    beginnings: Vec<String>,
    endings: Vec<String>,
}

impl Grammar {
    pub fn load(files: &[File]) -> Result<Grammar, Error> {
        let mut turns = Vec::new();
        for file in files {
            for row in Table::read(file)?.rows() {
                let kind = row.need("kind")?.to_owned();
                row.need("first")?;
                let right = row.get("right").to_owned();
                turns.push(Turn {
                    kind,
                    first: Words::read(row, "first"),
                    then: Words::read(row, "then"),
                    right,
                    unless: Words::read(row, "unless"),
                });
            }
        }
        Ok(Grammar { turns })
    }

    /// The rows of a kind.
    pub fn of<'g>(&'g self, kind: &'g str) -> impl Iterator<Item = &'g Turn> {
        self.turns.iter().filter(move |turn| turn.kind == kind)
    }
}

impl Words {
    pub(super) fn read(row: Row, column: &str) -> Words {
        let mut words = Words::default();
        for written in row.list(column) {
            if let Some(beginning) = written.strip_suffix('*') {
                words.beginnings.push(folded(beginning).into_owned());
            } else if let Some(ending) = written.strip_prefix('*') {
                words.endings.push(folded(ending).into_owned());
            } else {
                let phrase: Vec<WordHash> = written.split_whitespace().map(|word| hash(&folded(word))).collect();
                match phrase[..] {
                    [word] => words.single.push(word),
                    _ => words.phrases.push(phrase),
                }
            }
        }
        words.single.sort_unstable();
        words.bits = words.single.iter().fold(0, |bits, word| bits | 1 << (word % 64));
        words
    }

    pub fn is_empty(&self) -> bool {
        self.single.is_empty() && self.phrases.is_empty() && self.beginnings.is_empty() && self.endings.is_empty()
    }

    /// A bit for the end of the hash of each form that may be one of the single words.
    pub fn bits(&self) -> u64 {
        if self.beginnings.is_empty() && self.endings.is_empty() { self.bits } else { u64::MAX }
    }

    /// Whether a form is one of the single words that are written out.
    #[inline]
    pub fn is_form(&self, form: WordHash) -> bool {
        self.bits >> (form % 64) & 1 != 0 && self.single.binary_search(&form).is_ok()
    }

    /// How many tokens from `at` on are the longest of these words; None when it is none of them.
    pub fn at(&self, text: &str, tokens: &[Token], at: usize) -> Option<usize> {
        let fits = |phrase: &&Vec<WordHash>| {
            tokens
                .get(at..at + phrase.len())
                .is_some_and(|stretch| stretch.iter().zip(*phrase).all(|(token, word)| token.form == *word))
        };
        let longest = self.phrases.iter().filter(fits).map(Vec::len).max();
        longest.or_else(|| self.has(text, tokens.get(at)?).then_some(1))
    }

    /// Whether a token is one of the single words.
    #[inline]
    pub fn has(&self, text: &str, token: &Token) -> bool {
        self.is_form(token.form) || self.has_part(token, text)
    }

    #[inline]
    fn has_part(&self, token: &Token, text: &str) -> bool {
        !(self.beginnings.is_empty() && self.endings.is_empty()) && self.has_affix(token, text)
    }

    fn has_affix(&self, token: &Token, text: &str) -> bool {
        if token.kind == Kind::Unspaced {
            return false;
        }
        let word = folded(token.text(text));
        self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()))
            || self.endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::token::Tokenizer;

    #[test]
    fn words_are_whole_or_begin_or_end_or_are_several() {
        let file = File { path: "grammar.tsv".to_owned(), text: "kind\tfirst\tthen\nx\tbien que; si\tuni*; *ment\n".into() };
        let grammar = Grammar::load(&[file]).unwrap();
        let turn = grammar.of("x").next().unwrap();
        let text = "Bien que uniforme, vraiment";
        let mut tokens = Vec::new();
        Tokenizer::new(None, &[], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
        assert_eq!(turn.first.at(text, &tokens, 0), Some(2));
        assert_eq!(turn.first.at(text, &tokens, 1), None);
        assert!(turn.then.has(text, &tokens[2]) && turn.then.has(text, &tokens[3]) && !turn.then.has(text, &tokens[0]));
        assert!(turn.unless.is_empty() && turn.right.is_empty());
    }
}
