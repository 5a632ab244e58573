//! What the corpus knows of one language: its folder, and its column of the concepts and the names.

use super::agreement::Agreement;
use super::files::{File, Files};
use super::grammar::Grammar;
use super::phrases::Phrases;
use super::profile::Profile;
use super::quantities::Quantities;
use super::residue::Residues;
use super::sequence::Sequences;
use super::table::{Row, Table, lines};
use super::writing::{self, Source, Writing};
use crate::error::Error;
use crate::token::{Tokenizer, WordHash, folded, hash};
use rustc_hash::{FxHashMap, FxHashSet};

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
    pub residue: Residues,
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
        let function_words = word_list(files.get(&at("function-words.txt"))).collect();
        Ok(Language {
            abbreviations: abbreviations(files.get(&at("abbreviations.txt"))),
            common_words: word_list(files.get(&at("common-words.txt"))).collect(),
            name_words: word_list(files.get(&at("name-words.txt"))).collect(),
            continuations: continuations(files.get(&at("continuations.tsv")))?,
            quantities: Quantities::load(&|name| files.get(&at(name)), files.get("quantities/units.tsv"))?,
            negation: reader.read(writing::NEGATION, negation)?,
            comparisons: reader.read(writing::COMPARISONS, better)?,
            residue: Residues::load(files.get(&at("residue.tsv")))?,
            domains: reader.read(writing::DOMAINS, |row| Ok(row.need("domain")?.to_owned()))?,
            forms: reader.read(writing::FORMS, form)?,
            grammar: Grammar::load(files.get(&at("grammar.tsv")))?,
            sequences: Sequences::load(files.get(&at("patterns.tsv")), writing.tokenizer(), &function_words)?,
            function_words,
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

    pub fn tokenizer(&self) -> Tokenizer<'_> {
        self.writing.tokenizer()
    }
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

/// The hashes of the words of a list, a line each.
pub fn word_list(files: &[File]) -> impl Iterator<Item = WordHash> {
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
