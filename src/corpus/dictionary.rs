//! Spelling dictionaries in the layout of hunspell that a user brings: which words there are. We ship none: their licences
//! differ, and every house has its own. Some say of a word what it is (`morphology`).

use super::morphology::{Morphology, Reading};
use crate::error::Error;
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;
use spellbook::Dictionary;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// The dictionaries of each language, by its tag; a word is known when one of them has it.
#[derive(Default)]
pub struct Dictionaries(FxHashMap<String, Vec<Entry>>);

struct Entry {
    spelling: Dictionary,
    /// Its two files, and what they say beside the spelling, read when it is first asked for.
    rules: String,
    words: String,
    morphology: OnceLock<Option<Morphology>>,
}

/// What a path should have been.
const EXPECTED: &str = "a dictionary of hunspell, NAME.dic with NAME.aff beside it, named after its language (fr.dic, en_GB.dic)";

impl Dictionaries {
    /// Reads `fr.dic`, `pt_BR.dic`, and the rules for endings beside it (`fr.aff`). `tag` knows the languages.
    pub fn add(&mut self, path: &Path, tag: impl Fn(&str) -> Option<String>) -> Result<(), Error> {
        let wrong = |what: &str| Error::Usage(format!("{}: {what}; expected {EXPECTED}", path.display()));
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        let tag = tag(stem).ok_or_else(|| wrong("its name says no language that is known"))?;
        let read = |path: &Path| fs::read(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause });
        let (rules, words) = (read(&path.with_extension("aff"))?, read(&path.with_extension("dic"))?);
        // The rules say in which encoding both files are.
        let named = rules.split(|byte| *byte == b'\n').find_map(|line| line.strip_prefix(b"SET "));
        let encoding = named.and_then(|label| Encoding::for_label(label.trim_ascii())).unwrap_or(encoding_rs::UTF_8);
        let (rules, words) = (encoding.decode(&rules).0, encoding.decode(&words).0);
        self.add_text(tag, &rules, &words).map_err(|message| wrong(&message))
    }

    /// Adds a dictionary that is at hand; the error says what it does not understand.
    pub fn add_text(&mut self, tag: String, rules: &str, words: &str) -> Result<(), String> {
        let spelling = Dictionary::new(rules, words).map_err(|error| error.to_string())?;
        let entry = Entry { spelling, rules: rules.to_owned(), words: words.to_owned(), morphology: OnceLock::new() };
        self.0.entry(tag).or_default().push(entry);
        Ok(())
    }

    /// Whether there is one for a language.
    pub fn has(&self, tag: &str) -> bool {
        self.0.contains_key(tag)
    }

    /// Whether any dictionary has the word, of whatever language: loans and quoted words are no slips.
    pub fn any_knows(&self, word: &str) -> bool {
        self.0.values().flatten().any(|entry| entry.spelling.check(word))
    }

    /// Whether a dictionary of the language has the word, as it is written.
    pub fn knows(&self, tag: &str, word: &str) -> bool {
        self.0.get(tag).is_some_and(|all| all.iter().any(|entry| entry.spelling.check(word)))
    }

    /// All that the dictionaries of the language say a word may be; nothing where they know no more than its spelling.
    pub fn readings(&self, tag: &str, word: &str) -> Vec<Reading<'_>> {
        let known = self
            .0
            .get(tag)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.morphology.get_or_init(|| Morphology::read(&entry.rules, &entry.words)).as_ref());
        known.flat_map(|morphology| morphology.readings(word)).collect()
    }
}
