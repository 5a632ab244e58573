//! How a language is written: its profile, its stemmer, its tokens, and the tables of expressions that are compiled with them.

use super::files::{File, Files};
use super::letters;
use super::phrases::Builder;
use super::profile::Profile;
use super::table::{Row, Table};
use crate::error::Error;
use crate::token::Tokenizer;
use frostem::Stemmer;
use std::borrow::Cow;

/// The tables of a language that hold expressions, with the column that has them.
pub const NEGATION: Source = Source { table: "negation.tsv", column: "expression" };
pub const COMPARISONS: Source = Source { table: "comparisons.tsv", column: "expression" };
pub const DOMAINS: Source = Source { table: "domains.tsv", column: "words" };
pub const FORMS: Source = Source { table: "forms.tsv", column: "wrong" };
pub const BRANDS: Source = Source { table: "brands.tsv", column: "translated" };
pub const BRAND_CONTEXTS: Source = Source { table: "brands.tsv", column: "near" };

const OF_A_LANGUAGE: &[Source] = &[NEGATION, COMPARISONS, DOMAINS, FORMS, BRANDS, BRAND_CONTEXTS];

/// The tables of a pair, in the order in which their rows are numbered.
pub const TRAPS: &[&str] = &["idioms.tsv", "calques.tsv", "terms.tsv", "false-friends.tsv"];
/// What they say of a trap that the source alone can prove: nobody need look for it where there is none.
pub const BY_SOURCE: &str = "source";
/// Their expressions.
pub const PROVEN: OfPair =
    OfPair { key: "proven", column: "literal", of_source: false, kept: |row| row.get("evidence") == BY_SOURCE };
pub const UNLESS: OfPair = OfPair { key: "unless", column: "unless", of_source: false, kept: |_| true };
pub const SOURCE: OfPair = OfPair { key: "source", column: "source", of_source: true, kept: |_| true };

const OF_A_PAIR: &[OfPair] = &[PROVEN, UNLESS, SOURCE];

/// Folders of tables with a column a language, and whether casing counts.
pub const CONCEPTS: Columns = Columns { folder: "concepts/", cased: false };
pub const NAMES: Columns = Columns { folder: "names/", cased: true };

/// A column of a table in the folder of a language.
#[derive(Clone, Copy)]
pub struct Source {
    pub table: &'static str,
    pub column: &'static str,
}

/// A column of the traps of a pair, and the rows of which it is compiled.
#[derive(Clone, Copy)]
pub struct OfPair {
    key: &'static str,
    column: &'static str,
    /// Its expressions are of the source language.
    of_source: bool,
    kept: fn(Row) -> bool,
}

/// A folder of tables with a column a language.
#[derive(Clone, Copy)]
pub struct Columns {
    pub folder: &'static str,
    cased: bool,
}

/// How a language is written.
#[derive(Clone, Default)]
pub struct Writing {
    pub profile: Profile,
    stemmer: Option<Stemmer>,
}

impl Writing {
    pub fn load(tag: &str, files: &Files) -> Result<Writing, Error> {
        let profile = match files.get(&format!("languages/{tag}/profile.toml")) {
            [file, ..] => Profile::read(file)?,
            [] => Profile { spaced: true, ..Profile::default() },
        };
        let stemmer = profile.stemmer.as_deref().and_then(|name| Stemmer::try_from_name(name).ok());
        Ok(Writing { profile, stemmer })
    }

    pub fn tokenizer(&self) -> Tokenizer<'_> {
        Tokenizer::new(self.stemmer, &self.profile.apostrophe.heads, &self.profile.apostrophe.tails)
    }

    /// Compiles the expressions in a column of tables, a value a row; a row that is not `kept` has none.
    fn compile<'f>(
        &self,
        files: impl Iterator<Item = &'f File>,
        column: &str,
        cased: bool,
        kept: fn(Row) -> bool,
    ) -> Result<Vec<u8>, Error> {
        let mut builder = Builder::new(self.profile.spaced, self.tokenizer());
        for file in files {
            let table = Table::read(file)?;
            for row in table.rows() {
                let forms = row.list(column).filter(|_| kept(row));
                let added = if cased && self.profile.spaced {
                    let forms: Vec<String> = forms.map(with_casing).collect();
                    builder.add(forms.iter().map(String::as_str))
                } else {
                    builder.add(forms)
                };
                added.map_err(|expected| row.error(expected))?;
            }
        }
        Ok(builder.finish())
    }
}

type Compiled = Result<Cow<'static, [u8]>, Error>;

impl Source {
    fn key(self, tag: &str) -> String {
        format!("languages/{tag}/{}#{}", self.table, self.column)
    }

    /// The expressions of a language, a value a row.
    pub fn compiled(self, tag: &str, writing: &Writing, files: &Files) -> Compiled {
        let tables = files.get(&format!("languages/{tag}/{}", self.table));
        files.compiled(&self.key(tag), || writing.compile(tables.iter(), self.column, false, |_| true))
    }
}

impl Columns {
    fn key(self, tag: &str) -> String {
        format!("{}#{tag}", self.folder)
    }

    /// The tables of the folder; those named `opposites*` hold no expressions.
    pub fn tables(self, files: &Files) -> impl Iterator<Item = &File> {
        files.inside(self.folder).filter(|file| !is_opposites(&file.path))
    }

    /// The tables that pair rows with their opposites.
    pub fn opposites(self, files: &Files) -> impl Iterator<Item = &File> {
        files.inside(self.folder).filter(|file| is_opposites(&file.path))
    }

    /// The expressions of a language, a value a row of all tables.
    pub fn compiled(self, tag: &str, writing: &Writing, files: &Files) -> Compiled {
        files.compiled(&self.key(tag), || writing.compile(self.tables(files), tag, self.cased, |_| true))
    }
}

impl OfPair {
    fn key(self, from: &str, to: &str) -> String {
        format!("pairs/{from}-{to}#{}", self.key)
    }

    /// The expressions, a value a row of all tables of the pair.
    pub fn compiled(self, from: &str, to: &str, files: &Files) -> Compiled {
        let tag = if self.of_source { from } else { to };
        let compile = || Writing::load(tag, files)?.compile(trap_tables(from, to, files), self.column, false, self.kept);
        files.compiled(&self.key(from, to), compile)
    }
}

/// The tables of a pair, in the order in which their rows are numbered.
fn trap_tables<'f>(from: &str, to: &str, files: &'f Files) -> impl Iterator<Item = &'f File> + use<'f> {
    let folder = format!("pairs/{from}-{to}");
    TRAPS.iter().flat_map(move |table| files.get(&format!("{folder}/{table}")))
}

/// The languages from which there are traps on the way into a language, in order.
pub fn sources_of(to: &str, files: &Files) -> Vec<String> {
    let pairs = files.folders("pairs/");
    pairs
        .iter()
        .filter_map(|pair| pair.split_once('-'))
        .filter(|(_, other)| *other == to)
        .map(|(from, _)| from.to_owned())
        .collect()
}

fn literal_key(to: &str) -> String {
    format!("pairs/-{to}#literal")
}

/// The literal renderings in a language that may be told without a source, a value a row of all pairs in their order: a text
/// is looked through for them once.
pub fn literal(to: &str, files: &Files) -> Compiled {
    let compile = || {
        let sources = sources_of(to, files);
        let tables = sources.iter().flat_map(|from| trap_tables(from, to, files));
        Writing::load(to, files)?.compile(tables, "literal", false, |row| row.get("evidence") != BY_SOURCE)
    };
    files.compiled(&literal_key(to), compile)
}

fn is_opposites(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("opposites"))
}

/// An expression whose casing counts.
pub fn with_casing(form: &str) -> String {
    form.split_whitespace().map(|word| format!("=={word}")).collect::<Vec<_>>().join(" ")
}

/// Compiles every table of expressions, with the keys under which the program looks for them, sorted.
pub fn compile_all(files: &Files) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut all = Vec::new();
    let mut keep = |key: String, compiled: Compiled| compiled.map(|bytes| all.push((key, bytes.into_owned())));
    for tag in files.folders("languages/") {
        let writing = Writing::load(&tag, files)?;
        for source in OF_A_LANGUAGE {
            keep(source.key(&tag), source.compiled(&tag, &writing, files))?;
        }
        for columns in [CONCEPTS, NAMES] {
            keep(columns.key(&tag), columns.compiled(&tag, &writing, files))?;
        }
    }
    for pair in files.folders("pairs/") {
        let Some((from, to)) = pair.split_once('-') else { continue };
        for column in OF_A_PAIR {
            keep(column.key(from, to), column.compiled(from, to, files))?;
        }
        if sources_of(to, files).first().is_some_and(|first| first == from) {
            keep(literal_key(to), literal(to, files))?;
        }
    }
    all.push((letters::KEY.to_owned(), letters::compile(files)?));
    all.sort();
    Ok(all)
}
