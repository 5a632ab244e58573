//! Word lists that a user brings: which words translate which. Two columns, or the layout of CC-CEDICT.

use super::language::Language;
use crate::document::Span;
use crate::error::Error;
use crate::token::{Kind, Token, Tokenizer, WordHash, folded, hash};
use rustc_hash::FxHashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// All word lists, and what they say between two languages, worked out when first asked for.
#[derive(Default)]
pub struct Lexicons {
    lists: Vec<List>,
    between: Mutex<FxHashMap<(String, String), Arc<Translations>>>,
}

/// One list as read.
struct List {
    text: String,
    /// The languages of its two sides; a list that does not say is read both ways between any two.
    languages: Option<(String, String)>,
    /// Places of the two expressions of each entry in the text.
    entries: Vec<(Range<usize>, Range<usize>)>,
}

/// What the lists say between two languages, by the keys of words.
#[derive(Default)]
pub struct Translations {
    /// Sorted.
    pairs: Vec<(WordHash, WordHash, f32)>,
}

impl Translations {
    /// The translations of a word, with how much of an entry both are, 0 to 1.
    pub fn of(&self, key: WordHash) -> &[(WordHash, WordHash, f32)] {
        let start = self.pairs.partition_point(|pair| pair.0 < key);
        let count = self.pairs[start..].iter().take_while(|pair| pair.0 == key).count();
        &self.pairs[start..start + count]
    }
}

impl Lexicons {
    /// Reads one more list. `is_tag` knows the tags of languages: a list says its languages in its name (`en-fr.tsv`) or in
    /// its first row.
    pub fn add(&mut self, path: &Path, is_tag: impl Fn(&str) -> bool) -> Result<(), Error> {
        let bytes = fs::read(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            let line = valid.matches('\n').count() + 1;
            Error::Row { path: path.display().to_string(), line, expected: "text in UTF-8".to_owned() }
        })?;
        let mut languages = named(path, &is_tag);
        let mut entries = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = if number == 0 { line.trim_start_matches('\u{FEFF}') } else { line };
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if let Some(named) = entries.is_empty().then(|| heading(&cells, &is_tag)).flatten() {
                languages = Some(named);
                continue;
            }
            let (left, right) = row(line, &cells).map_err(|expected| Error::Row {
                path: path.display().to_string(),
                line: number + 1,
                expected: expected.to_owned(),
            })?;
            for other in &right {
                entries.extend(left.iter().map(|word| (place(&text, word), place(&text, other))));
            }
        }
        self.lists.push(List { text, languages, entries });
        Ok(())
    }

    /// What the lists say from one language to another; None without any list.
    pub fn between(&self, from: &Language, to: &Language) -> Option<Arc<Translations>> {
        if self.lists.is_empty() {
            return None;
        }
        let mut between = self.between.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = (from.tag.clone(), to.tag.clone());
        Some(between.entry(pair).or_insert_with(|| Arc::new(self.translations(from, to))).clone())
    }

    fn translations(&self, from: &Language, to: &Language) -> Translations {
        let (mut reader, mut other) = (Reader::new(from), Reader::new(to));
        let mut pairs = Vec::new();
        for list in &self.lists {
            let said =
                |left: &str, right: &str| list.languages.as_ref().is_none_or(|(a, b)| (a, b) == (&left.into(), &right.into()));
            let (forth, back) = (said(&from.tag, &to.tag), said(&to.tag, &from.tag));
            for (left, right) in list.entries.iter().map(|(left, right)| (&list.text[left.clone()], &list.text[right.clone()])) {
                if forth {
                    entry(reader.keys(left), other.keys(right), &mut pairs);
                }
                if back {
                    entry(reader.keys(right), other.keys(left), &mut pairs);
                }
            }
        }
        // Of two entries with the same words the one that says most stays.
        pairs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        pairs.dedup_by_key(|pair| (pair.0, pair.1));
        Translations { pairs }
    }
}

/// Words of an expression too long to say which of them translates which.
const LONGEST: usize = 4;

/// Every word of one side may translate every word of the other: the longer both are, the less is said.
fn entry(left: &[WordHash], right: &[WordHash], pairs: &mut Vec<(WordHash, WordHash, f32)>) {
    if left.len().max(right.len()) > LONGEST {
        return;
    }
    let share = 1.0 / (left.len() * right.len()).max(1) as f32;
    pairs.extend(left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b, share))));
}

/// The languages in the name of a file: `en-fr.tsv`, `en-fr.house.tsv`.
pub fn named(path: &Path, is_tag: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    let name = path.file_name()?.to_str()?.split('.').next()?;
    let (left, right) = name.split_once('-')?;
    (is_tag(left) && is_tag(right)).then(|| (left.to_owned(), right.to_owned()))
}

/// The languages in a first row that names them: two cells, each a tag.
pub fn heading(cells: &[&str], is_tag: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    let [left, right] = *cells else { return None };
    (is_tag(left) && is_tag(right)).then(|| (left.to_owned(), right.to_owned()))
}

/// The expressions of both sides of a row; the error says what was expected.
fn row<'l>(line: &'l str, cells: &[&'l str]) -> Result<(Vec<&'l str>, Vec<&'l str>), &'static str> {
    let (left, right): (Vec<&str>, Vec<&str>) = match *cells {
        [left, right] => (super::table::list(left).collect(), super::table::list(right).collect()),
        [traditional, simplified, _, glosses] => (vec![traditional, simplified], glosses.split('/').map(bare).collect()),
        [_] => {
            let (forms, glosses) = line.split_once('/').ok_or("two cells divided by a tab, or a row of CC-CEDICT")?;
            let forms = forms.split_once('[').map_or(forms, |(forms, _)| forms);
            (forms.split_whitespace().take(2).collect(), glosses.split('/').map(bare).collect())
        }
        _ => return Err("two cells divided by a tab, or a row of CC-CEDICT"),
    };
    let full = |mut side: Vec<&'l str>| {
        side.retain(|expression| !expression.is_empty());
        side.dedup();
        side
    };
    let (left, right) = (full(left), full(right));
    // A row of CC-CEDICT may hold nothing but a remark.
    if left.is_empty() || right.is_empty() && cells.len() == 2 {
        return Err("an expression in both columns");
    }
    Ok((left, right))
}

/// The longest part of a gloss outside brackets.
fn bare(gloss: &str) -> &str {
    let outside = gloss.split('(').map(|part| part.rsplit(')').next().unwrap_or(part).trim());
    outside.max_by_key(|part| part.len()).unwrap_or("")
}

/// Where a part of a text stands in it.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// Cuts expressions of one language into the keys of their words.
struct Reader<'l> {
    language: &'l Language,
    tokenizer: Tokenizer<'l>,
    tokens: Vec<Token>,
    keys: Vec<WordHash>,
}

impl<'l> Reader<'l> {
    fn new(language: &'l Language) -> Reader<'l> {
        Reader { language, tokenizer: language.tokenizer(), tokens: Vec::new(), keys: Vec::new() }
    }

    /// The keys of the words, of those that carry more than grammar if there are any.
    fn keys(&mut self, expression: &str) -> &[WordHash] {
        self.tokens.clear();
        self.tokenizer.tokens(expression, Span::new(0, expression.len()), &mut self.tokens);
        let full = |token: &Token| !self.language.function_words.contains(&token.form);
        let some = self.tokens.iter().any(full);
        self.keys.clear();
        for token in self.tokens.iter().filter(|token| !some || full(token)) {
            let word = token.text(expression);
            match token.kind {
                Kind::Word => self.keys.push(word_key(token, word)),
                Kind::Unspaced => unspaced(word, |part| self.keys.push(hash(part))),
                Kind::Number => {}
            }
        }
        &self.keys
    }
}

/// Letters that are compared of a word whose language has no stemmer: endings come after them.
const STEM_LETTERS: usize = 6;

/// What a word is compared by: its stem, or its first letters where there is no stemmer.
pub fn word_key(token: &Token, word: &str) -> WordHash {
    if token.stem != token.form {
        return token.stem;
    }
    if word.is_ascii() && word.len() <= STEM_LETTERS {
        return token.form;
    }
    let form = folded(word);
    let cut = form.char_indices().nth(STEM_LETTERS).map_or(form.len(), |(at, _)| at);
    hash(&form[..cut])
}

/// The parts by which a run of unspaced script is compared: a run of katakana is a word; of other characters every two
/// neighbours are a part.
pub fn unspaced<'t>(run: &'t str, mut visit: impl FnMut(&'t str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_katakana(c) != is_katakana(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let mut starts = part.char_indices().map(|(at, _)| at);
        if is_katakana(first) || part.chars().count() == 1 {
            visit(part);
        } else {
            let mut before = starts.next().unwrap_or(0);
            for at in starts {
                let end = at + part[at..].chars().next().map_or(0, char::len_utf8);
                visit(&part[before..end]);
                before = at;
            }
        }
        rest = after;
    }
}

pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A0}'..='\u{30FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(line: &str) -> Result<(Vec<&str>, Vec<&str>), &'static str> {
        row(line, &line.split('\t').map(str::trim).collect::<Vec<_>>())
    }

    #[test]
    fn rows_of_each_layout_are_read() {
        assert_eq!(sides("mayor\tmaire; édile"), Ok((vec!["mayor"], vec!["maire", "édile"])));
        assert_eq!(
            sides("區長\t区长\tqu1\tdistrict head (title)/mayor"),
            Ok((vec!["區長", "区长"], vec!["district head", "mayor"]))
        );
        assert_eq!(sides("區長 区长 [qu1 zhang3] /district head/"), Ok((vec!["區長", "区长"], vec!["district head"])));
        assert_eq!(sides("(old) ox\t牛"), Ok((vec!["(old) ox"], vec!["牛"])));
        assert!(sides("mayor maire").is_err() && sides("mayor\t").is_err() && sides("a\tb\tc").is_err());
    }

    #[test]
    fn unspaced_runs_are_cut_into_neighbours() {
        let parts = |run: &'static str| {
            let mut parts = Vec::new();
            unspaced(run, |part| parts.push(part));
            parts
        };
        assert_eq!(parts("私有化"), ["私有", "有化"]);
        assert_eq!(parts("新テスラ車両"), ["新", "テスラ", "車両"]);
    }

    #[test]
    fn languages_are_named_by_the_file() {
        let tag = |part: &str| ["aa", "bb"].contains(&part);
        let named = |name: &str| named(Path::new(name), &tag);
        assert_eq!(named("lists/aa-bb.house.tsv"), Some(("aa".to_owned(), "bb".to_owned())));
        assert_eq!(named("aa-words.tsv"), None);
    }
}
