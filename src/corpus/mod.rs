//! Loads `corpus/`: what the program knows of languages, pairs, concepts and names. Each part is read when first needed.

pub mod agreement;
pub mod concepts;
pub mod dictionary;
pub(crate) mod embedded;
pub mod expression;
pub mod files;
pub mod glossary;
pub mod grammar;
mod house;
mod index;
pub mod language;
pub mod letters;
pub mod lexicon;
pub mod morphology;
mod pattern;
pub mod phrases;
mod pieces;
pub mod profile;
pub mod quantities;
pub mod residue;
pub mod sequence;
pub mod table;
pub mod traps;
#[cfg(feature = "vectors")]
mod vectors;
pub mod writing;

pub use agreement::{Agreement, Determiner, Features};
pub use concepts::{Concepts, Id, Opposition};
pub use glossary::{Entry, Glossaries, Terms};
pub use grammar::{Grammar, Turn, Words};
pub use language::{Abbreviation, Brand, Language, Negation};
pub use lexicon::Lexicons;
pub use phrases::{Found, Phrases};
pub use profile::Profile;
pub use residue::{Place, Residue};
pub use sequence::{Fault, Sequences};
pub use traps::{Evidence, Pitfalls, Trap, TrapKind, Traps};

use crate::error::Error;
use crate::token::{WordHash, folded};
use dictionary::Dictionaries;
use files::Files;
use letters::Letters;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use std::sync::OnceLock;
use table::Table;
use writing::{CONCEPTS, NAMES};

/// The tag of a text whose language cannot be told: nothing is known of it.
pub const UNKNOWN: &str = "und";

/// The codes of a language in the standards.
#[derive(Clone, Debug)]
pub struct Code {
    pub tag: String,
    pub iso639_3: String,
    pub name: String,
    pub script: String,
    /// The name the language gives itself, in lower case.
    pub native: String,
}

/// Everything the program knows.
pub struct Corpus {
    files: Files,
    codes: Vec<Code>,
    concepts: Concepts,
    names: Concepts,
    given_names: OnceLock<FxHashSet<WordHash>>,
    languages: FxHashMap<String, OnceLock<Knowledge>>,
    /// The traps on the way into each language.
    pitfalls: FxHashMap<String, OnceLock<Pitfalls>>,
    lexicons: Lexicons,
    glossaries: Glossaries,
    dictionaries: Dictionaries,
    #[cfg(feature = "vectors")]
    vectors: Option<vectors::Model>,
}

/// A language with its columns of the concepts and the names.
pub struct Knowledge {
    pub language: Language,
    pub concepts: Phrases<Id>,
    pub names: Phrases<Id>,
}

impl Corpus {
    /// The embedded corpus, with a house folder of the same layout laid over it.
    pub fn load(overlay: Option<&Path>) -> Result<Corpus, Error> {
        let mut files = Files::embedded(embedded::TEXTS, embedded::COMPILED);
        if let Some(folder) = overlay {
            files.lay_over(folder)?;
            house::check_names(&files)?;
        }
        let codes = codes(&files)?;
        let languages =
            codes.iter().map(|code| code.tag.as_str()).chain([UNKNOWN]).map(|tag| (tag.to_owned(), OnceLock::new())).collect();
        let pairs = files.folders("pairs/");
        let into = pairs.iter().filter_map(|pair| Some((pair.split_once('-')?.1.to_owned(), OnceLock::new())));
        let corpus = Corpus {
            codes,
            languages,
            pitfalls: into.collect(),
            concepts: Concepts::load(CONCEPTS, &files)?,
            names: Concepts::load(NAMES, &files)?,
            given_names: OnceLock::new(),
            files,
            lexicons: Lexicons::default(),
            glossaries: Glossaries::default(),
            dictionaries: Dictionaries::default(),
            #[cfg(feature = "vectors")]
            vectors: None,
        };
        if overlay.is_some() {
            corpus.check_tags()?;
            corpus.load_all()?;
            if let Some(wrong) = corpus.idle_traps(true)?.into_iter().next() {
                return Err(Error::Usage(wrong));
            }
        }
        Ok(corpus)
    }

    /// Loads every language and every pair, so that an error in a house file is told at the start.
    pub fn load_all(&self) -> Result<(), Error> {
        for folder in self.files.folders("languages/") {
            self.knowledge(&folder)?;
        }
        for to in self.pitfalls.keys() {
            for traps in self.pitfalls(to)?.iter().flat_map(|pitfalls| &pitfalls.pairs) {
                traps.all().try_for_each(|trap| trap.map(|_| ()))?;
            }
        }
        Ok(())
    }

    /// Reads a word list, which helps to align texts.
    pub fn add_lexicon(&mut self, path: &Path) -> Result<(), Error> {
        let codes = &self.codes;
        self.lexicons.add(path, |tag| codes.iter().any(|code| code.tag == tag))
    }

    /// Reads a model of multilingual word vectors from its folder, which helps to align texts.
    #[cfg(feature = "vectors")]
    pub fn add_vectors(&mut self, folder: &Path) -> Result<(), Error> {
        self.vectors = Some(vectors::Model::read(folder)?);
        Ok(())
    }

    /// The vectors of texts by the user's model; None without one.
    #[cfg(feature = "vectors")]
    pub fn vectors(&self, texts: impl FnOnce() -> Vec<String>) -> Option<Vec<Vec<f32>>> {
        self.vectors.as_ref().map(|model| model.vectors(&texts()))
    }

    /// No vectors: the program was built without the feature `vectors`.
    #[cfg(not(feature = "vectors"))]
    pub fn vectors(&self, _: impl FnOnce() -> Vec<String>) -> Option<Vec<Vec<f32>>> {
        None
    }

    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// Reads a glossary: terms that must be rendered as it says.
    pub fn add_terms(&mut self, path: &Path) -> Result<(), Error> {
        let codes = &self.codes;
        self.glossaries.add(path, |tag| codes.iter().any(|code| code.tag == tag))
    }

    /// Reads a glossary that is at hand; `path` is how errors and messages name it.
    pub fn add_terms_text(&mut self, text: &str, path: &str) -> Result<(), Error> {
        let codes = &self.codes;
        self.glossaries.add_text(text, path, None, |tag| codes.iter().any(|code| code.tag == tag))
    }

    /// Reads a spelling dictionary of hunspell: the path of its `.dic`.
    pub fn add_dictionary(&mut self, path: &Path) -> Result<(), Error> {
        let codes = &self.codes;
        self.dictionaries.add(path, |stem| {
            let base = stem.split(['-', '_']).next()?.to_ascii_lowercase();
            codes.iter().find(|code| code.tag == base || code.iso639_3 == base).map(|code| code.tag.clone())
        })
    }

    /// Adds a spelling dictionary that is at hand; the error says what it does not understand.
    pub fn add_dictionary_text(&mut self, tag: &str, rules: &str, words: &str) -> Result<(), Error> {
        self.dictionaries.add_text(tag.to_owned(), rules, words).map_err(Error::Usage)
    }

    pub fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// Adds a name that must stand in the translation as it stands in the source; `address` says who wants it.
    pub fn keep_name(&mut self, name: &str, address: &str) {
        self.glossaries.keep(name, address);
    }

    pub fn glossaries(&self) -> &Glossaries {
        &self.glossaries
    }

    /// The languages of which the corpus knows the codes.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The tags of the languages that have a folder.
    pub fn packs(&self) -> Vec<String> {
        self.files.folders("languages/")
    }

    /// The tag under which the corpus knows a language: `zh` for `zh-Hans-CN`, `fr` for `fra`. None for an unknown one.
    pub fn tag(&self, tag: &str) -> Option<&str> {
        let base = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        self.codes.iter().find(|code| code.tag == base || code.iso639_3 == base).map(|code| code.tag.as_str())
    }

    /// The English name of a language.
    pub fn language_name<'c>(&'c self, tag: &'c str) -> &'c str {
        self.codes.iter().find(|code| code.tag == tag).map_or(tag, |code| &code.name)
    }

    /// What is known of a language; its tag must be one of [`Corpus::codes`].
    pub fn knowledge(&self, tag: &str) -> Result<&Knowledge, Error> {
        let Some(slot) = self.languages.get(tag) else {
            return Err(Error::Language { tag: tag.to_owned(), known: self.packs().join(", ") });
        };
        if let Some(loaded) = slot.get() {
            return Ok(loaded);
        }
        let language = Language::load(tag, &self.files)?;
        let concepts = self.concepts.phrases(CONCEPTS, &self.files, &language)?;
        let names = self.names.phrases(NAMES, &self.files, &language)?;
        Ok(slot.get_or_init(|| Knowledge { language, concepts, names }))
    }

    /// How many languages a line names, each by its own name or by its English one.
    pub fn endonyms(&self, line: &str) -> usize {
        let line = folded(line);
        let named = |name: &str| {
            name.chars().count() > 2 && line.contains(name) || name.chars().any(crate::token::is_unspaced) && line.contains(name)
        };
        self.codes.iter().filter(|code| !code.native.is_empty() && named(&code.native) || named(&folded(&code.name))).count()
    }

    /// The function words of a language, without loading the rest of it.
    pub fn function_words(&self, tag: &str) -> Vec<WordHash> {
        language::word_list(self.files.get(&format!("languages/{tag}/function-words.txt"))).collect()
    }

    /// The hashes of the frequent words of a language that carry no grammar.
    pub fn common_words(&self, tag: &str) -> Vec<WordHash> {
        language::word_list(self.files.get(&format!("languages/{tag}/common-words.txt"))).collect()
    }

    /// The profile of a language, without loading the rest of it; empty for a language without a folder.
    pub fn profile(&self, tag: &str) -> Result<Profile, Error> {
        self.files.get(&format!("languages/{tag}/profile.toml")).first().map_or_else(|| Ok(Profile::default()), Profile::read)
    }

    /// The letter groups of all languages.
    pub fn letters(&self) -> Result<Letters, Error> {
        Letters::load(&self.files)
    }

    pub fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    pub fn names(&self) -> &Concepts {
        &self.names
    }

    /// First names of people, as Latin letters write them.
    pub fn given_names(&self) -> &FxHashSet<WordHash> {
        self.given_names.get_or_init(|| language::word_list(self.files.get("given-names.txt")).collect())
    }

    /// The names that have this form in some language.
    pub fn names_of_form(&self, form: &str) -> Vec<Id> {
        self.names.of_form(form)
    }

    /// The usual form of a name in a language, for suggestions.
    pub fn usual_name(&self, name: Id, tag: &str) -> Option<&str> {
        self.names.usual(name, tag)
    }

    /// The usual expression of a concept in a language, for messages.
    pub fn usual_concept(&self, concept: Id, tag: &str) -> Option<&str> {
        self.concepts.usual(concept, tag)
    }

    /// The usual word of a language for a month (1 to 12) or a day of the week (1 is Monday): `kind` and value of `dates.tsv`.
    pub fn usual_date(&self, tag: &str, kind: &str, value: u8) -> Option<String> {
        let rows = self.files.get(&format!("languages/{tag}/dates.tsv")).iter().flat_map(|file| file.text.lines());
        let mut forms = rows.filter_map(|row| row.strip_prefix(kind)?.strip_prefix('\t')?.split_once('\t'));
        let (_, forms) = forms.find(|(number, _)| number.parse() == Ok(value))?;
        forms.split(';').next().map(|form| form.trim().to_owned())
    }

    /// The traps on the way into a language; None where there are none.
    pub fn pitfalls(&self, to: &str) -> Result<Option<&Pitfalls>, Error> {
        let Some(slot) = self.pitfalls.get(to) else { return Ok(None) };
        if let Some(loaded) = slot.get() {
            return Ok(Some(loaded));
        }
        let pitfalls = Pitfalls::load(to, &self.files)?;
        Ok(Some(slot.get_or_init(|| pitfalls)))
    }
}

fn codes(files: &Files) -> Result<Vec<Code>, Error> {
    let mut codes = Vec::new();
    for file in files.get("codes.tsv") {
        for row in Table::read(file)?.rows() {
            codes.push(Code {
                tag: row.need("tag")?.to_owned(),
                iso639_3: row.need("iso639-3")?.to_owned(),
                name: row.need("name")?.to_owned(),
                script: row.need("script")?.to_owned(),
                native: folded(row.get("native")).into_owned(),
            });
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_finds_every_table_that_was_compiled() {
        let compiled = writing::compile_all(&Files::embedded(embedded::TEXTS, &[])).unwrap();
        let (found, expected) = (embedded::COMPILED, compiled.iter().map(|(key, bytes)| (key.as_str(), bytes.as_slice())));
        assert!(expected.eq(found.iter().copied()), "the tables are not those that the texts compile to");
    }
}
