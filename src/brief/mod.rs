//! The brief: what an article must say when there is no source, in TOML for people and JSON for programs.

mod verdict;

pub use verdict::{Outcome, Verdict, verdicts};

use crate::corpus::Entry;
use crate::error::Error;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The only version of the format so far.
const VERSION: u32 = 1;

/// The expected meaning of an article.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A brief of expected meaning")]
pub struct Brief {
    /// The version of the format.
    pub brief: u32,
    /// The language the facts are written in.
    #[serde(default = "english")]
    pub lang: String,
    #[serde(default)]
    pub title: String,
    #[serde(default, rename = "fact")]
    pub facts: Vec<Fact>,
    /// Words of `lang`, and what the translation must use for them.
    #[serde(default)]
    pub terms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub names: Names,
    #[serde(default)]
    pub forbidden: Forbidden,
}

fn english() -> String {
    "en".to_owned()
}

/// One thing the article must say.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fact {
    pub id: String,
    /// For people.
    pub says: String,
    /// Must stand near one another, in any accepted form.
    pub names: Vec<String>,
    /// Compared by value: `5 billion USD`, `> 600 %`, `2026`.
    pub quantities: Vec<String>,
    /// Ids of `corpus/concepts`, or words that name one.
    pub concepts: Vec<String>,
    /// The concept that the quantity belongs to: the nearest quantity to it must be this one.
    pub about: String,
    /// `[A, ">", B]`: A is ahead, better, more, earlier.
    pub compare: Vec<String>,
    /// Whether the article must deny it.
    pub negated: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Must stand as they are.
    pub keep: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Forbidden {
    /// Must not stand in the article.
    pub phrases: Vec<String>,
}

/// The JSON Schema of a brief.
pub fn schema() -> String {
    format!("{:#}\n", schemars::schema_for!(Brief).as_value())
}

impl Brief {
    /// Reads a brief in TOML.
    pub fn read(path: &Path) -> Result<Brief, Error> {
        let text = fs::read_to_string(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
        let brief: Brief = toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start]);
            let line = before.matches('\n').count() + 1;
            Error::Row { path: path.display().to_string(), line, expected: format!("a brief: {}", error.message()) }
        })?;
        brief.checked().map_err(|expected| Error::Row { path: path.display().to_string(), line: 1, expected })
    }

    /// Reads a brief in JSON, as `batch` takes it.
    pub fn from_json(value: serde_json::Value) -> Result<Brief, String> {
        serde_json::from_value::<Brief>(value).map_err(|error| format!("a brief: {error}"))?.checked()
    }

    /// What the translation must use for words of the source: the names that are kept, and the terms when the source is in the
    /// brief's language.
    pub fn entries(&self, same_language: bool) -> Vec<Entry> {
        const ADDRESS: &str = "the brief";
        let term = |(source, targets): (&String, &Vec<String>)| {
            let (source, targets) = (source.clone(), targets.clone());
            Entry { source, targets, note: String::new(), kept: false, address: ADDRESS.to_owned() }
        };
        let terms = self.terms.iter().filter(|_| same_language).map(term);
        terms.chain(self.names.keep.iter().map(|name| Entry::kept(name, ADDRESS))).collect()
    }

    fn checked(mut self) -> Result<Brief, String> {
        if self.brief != VERSION {
            return Err(format!("`brief = {VERSION}`, the version of the format, instead of {}", self.brief));
        }
        for (number, fact) in self.facts.iter_mut().enumerate() {
            if fact.id.is_empty() {
                fact.id = (number + 1).to_string();
            }
            if !fact.compare.is_empty() && (fact.compare.len() != 3 || !matches!(fact.compare[1].as_str(), ">" | "<")) {
                return Err(format!("compare = [A, \">\" or \"<\", B] in fact {:?}", fact.id));
            }
        }
        Ok(self)
    }
}
