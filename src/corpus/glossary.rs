//! Glossaries of the house: terms of the source, and the terms that must render them.

use super::expression::Expression;
use super::language::Language;
use super::lexicon::heading;
use super::phrases::{Builder, Phrases};
use super::pieces::Written;
use super::table;
use crate::error::Error;
use crate::token::{Tokenizer, folded, is_unspaced};
use rustc_hash::FxHashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A term and what may render it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub source: String,
    /// Any of these is right.
    pub targets: Vec<String>,
    pub note: String,
    /// A name that stays as it is, casing and all.
    pub kept: bool,
    /// Where the entry stands, for messages: `path:line`.
    pub address: String,
}

/// The entries that hold between two languages, ready to be looked up. The values of the tables are numbers of entries.
pub struct Terms {
    pub entries: Vec<Entry>,
    pub source: Phrases<usize>,
    pub target: Phrases<usize>,
}

/// All glossaries, and what they say between two languages, worked out when first asked for.
#[derive(Default)]
pub struct Glossaries {
    lists: Vec<List>,
    between: Mutex<FxHashMap<(String, String), Said>>,
}

/// What is said between two languages; None where nothing is.
type Said = Option<Arc<Terms>>;

/// One glossary as read.
struct List {
    /// The languages of its two columns; one that does not say holds between any two.
    languages: Option<(String, String)>,
    entries: Vec<Entry>,
}

impl Entry {
    /// A name that must stand as it is.
    pub fn kept(name: &str, address: &str) -> Entry {
        let (source, targets) = (name.to_owned(), vec![name.to_owned()]);
        Entry { source, targets, note: String::new(), kept: true, address: address.to_owned() }
    }
}

impl Glossaries {
    /// Reads one more glossary: a source term, a tab, the target terms divided by `|`, and perhaps a tab and a note. It says its
    /// languages in its name (`en-fr.tsv`) or in its first row.
    pub fn add(&mut self, path: &Path, is_tag: impl Fn(&str) -> bool) -> Result<(), Error> {
        let bytes = fs::read(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
        let address = path.display().to_string();
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            Error::Row { path: address.clone(), line: valid.matches('\n').count() + 1, expected: "text in UTF-8".to_owned() }
        })?;
        let named = super::lexicon::named(path, &is_tag);
        self.add_text(&text, &address, named, is_tag)
    }

    /// Reads a glossary that is at hand.
    pub fn add_text(
        &mut self,
        text: &str,
        path: &str,
        mut languages: Option<(String, String)>,
        is_tag: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        let mut entries: Vec<Entry> = Vec::new();
        for (line, written) in table::lines(text.trim_start_matches('\u{FEFF}')) {
            let wrong = |expected: String| Error::Row { path: path.to_owned(), line, expected };
            let cells: Vec<&str> = written.split('\t').map(str::trim).collect();
            if let Some(named) = entries.is_empty().then(|| heading(&cells, &is_tag)).flatten() {
                languages = Some(named);
                continue;
            }
            entries.push(entry(&cells, format!("{path}:{line}")).map_err(wrong)?);
        }
        self.lists.push(List { languages, entries });
        Ok(())
    }

    /// Adds a name that must stand as it is, whatever the languages.
    pub fn keep(&mut self, name: &str, address: &str) {
        self.lists.push(List { languages: None, entries: vec![Entry::kept(name, address)] });
    }

    /// What the glossaries say from one language to another; None where they say nothing.
    pub fn between(&self, from: &Language, to: &Language) -> Option<Arc<Terms>> {
        if self.lists.is_empty() || from.tag == to.tag {
            return None;
        }
        let mut between = self.between.lock().unwrap_or_else(PoisonError::into_inner);
        let terms = between.entry((from.tag.clone(), to.tag.clone())).or_insert_with(|| {
            let said = |list: &&List| list.languages.as_ref().is_none_or(|(a, b)| *a == from.tag && *b == to.tag);
            let entries: Vec<Entry> = self.lists.iter().filter(said).flat_map(|list| list.entries.iter().cloned()).collect();
            (!entries.is_empty()).then(|| Arc::new(Terms::new(entries, from, to)))
        });
        terms.clone()
    }
}

/// An entry from the cells of a row; the error says what was expected.
fn entry(cells: &[&str], address: String) -> Result<Entry, String> {
    let (source, targets, note) = match *cells {
        [source, targets] => (source, targets, ""),
        [source, targets, note] => (source, targets, note),
        _ => return Err("a source term, a tab, target terms divided by |, and perhaps a tab and a note".to_owned()),
    };
    let targets: Vec<String> = targets.split('|').map(str::trim).filter(|target| !target.is_empty()).map(str::to_owned).collect();
    if source.is_empty() || targets.is_empty() {
        return Err("a term in both columns".to_owned());
    }
    [source].into_iter().chain(targets.iter().map(String::as_str)).try_for_each(readable)?;
    Ok(Entry { source: source.to_owned(), targets, note: note.to_owned(), kept: false, address })
}

/// Whether a term is an expression in the notation of the corpus, whatever its language.
fn readable(term: &str) -> Result<(), String> {
    if term.chars().any(is_unspaced) {
        Written::read(term).map(|_| ())
    } else {
        Expression::read(term, &mut Tokenizer::new(None, &[], &[])).map(|_| ())
    }
}

impl Terms {
    /// Entries with the same source term accept one another's renderings.
    pub fn new(all: Vec<Entry>, from: &Language, to: &Language) -> Terms {
        let mut entries: Vec<Entry> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for entry in all {
            let at = *known.entry(folded(&entry.source).into_owned()).or_insert(entries.len());
            if at < entries.len() {
                entries[at].targets.extend(entry.targets);
            } else {
                entries.push(entry);
            }
        }
        let source = phrases(from, entries.iter().map(|entry| (entry.kept, std::slice::from_ref(&entry.source))));
        let target = phrases(to, entries.iter().map(|entry| (entry.kept, entry.targets.as_slice())));
        Terms { entries, source, target }
    }
}

/// A table with the terms of each entry.
fn phrases<'e>(language: &Language, terms: impl Iterator<Item = (bool, &'e [String])>) -> Phrases<usize> {
    let mut builder = Builder::new(language.profile().spaced, language.tokenizer());
    let mut count = 0;
    for (kept, terms) in terms {
        let written = terms
            .iter()
            .map(|term| if kept && language.profile().spaced { super::writing::with_casing(term) } else { term.clone() });
        let written: Vec<String> = written.collect();
        // What cannot be read in this language stands nowhere; what no language can read was refused.
        let _ = builder.add(written.iter().map(String::as_str));
        count += 1;
    }
    Phrases::new(builder.finish().into(), (0..count).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Glossaries, String> {
        let mut glossaries = Glossaries::default();
        let tag = |part: &str| ["aa", "bb"].contains(&part);
        glossaries.add_text(text, "t.tsv", None, tag).map(|()| glossaries).map_err(|error| error.to_string())
    }

    #[test]
    fn rows_have_terms_and_perhaps_a_note() {
        let glossaries = read("# house\naa\tbb\nmayor\tmaire | édile\tnever bourgmestre\n").unwrap();
        let [List { languages, entries }] = &glossaries.lists[..] else { panic!("one list") };
        assert_eq!(languages.as_ref().unwrap().1, "bb");
        assert_eq!((entries[0].targets.len(), entries[0].note.as_str()), (2, "never bourgmestre"));
        assert_eq!(entries[0].address, "t.tsv:3");
    }

    #[test]
    fn what_is_no_row_is_told_with_its_line() {
        let told = |text: &str| read(text).err().unwrap();
        assert!(told("mayor\tmaire\n\nmayor\n").starts_with("t.tsv:3: expected a source term, a tab"));
        assert_eq!(told("mayor\t |\n"), "t.tsv:1: expected a term in both columns");
        assert!(told("mayor ..\tmaire\n").starts_with("t.tsv:1: expected a word at both ends"));
        assert!(told("a\tb\tc\td\n").starts_with("t.tsv:1: "));
    }
}
