//! The profile of a language: `profile.toml`.

use super::files::File;
use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How a language is written. See `corpus/languages/fr/profile.toml` for what each key says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Profile {
    pub name: String,
    pub native: String,
    pub codes: Vec<String>,
    pub scripts: Vec<String>,
    pub letters: String,
    pub stemmer: Option<String>,
    #[serde(default = "yes")]
    pub spaced: bool,
    pub quotes: Quotes,
    pub stops: Stops,
    pub apostrophe: Apostrophe,
    pub numbers: Numbers,
    pub dates: Dates,
    pub casing: Casing,
    pub variants: Variants,
    /// Words that stand twice in good sentences: `nous nous`.
    pub doubles: Vec<String>,
    /// Characters of an unspaced script that write foreign names by their sound.
    pub sounds: String,
    /// Characters of an unspaced script that stand in what somebody says, and hardly in the name of a body or a work.
    pub clauses: String,
    /// How the names of bodies end there; where none is given, whatever has none of those characters is taken for a name.
    pub bodies: Vec<String>,
    /// Fewer words of it in a row are a phrase that other languages have taken in: `ad hoc`.
    pub phrase: usize,
    /// Those of them that sound otherwise in a foreign name than they are usually read.
    pub readings: BTreeMap<char, String>,
    /// People and places of which set phrases tell: translators keep these names.
    pub allusions: Vec<String>,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Quotes {
    pub pairs: Vec<(String, String)>,
    pub residue: Vec<String>,
    pub reopens: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Stops {
    pub sentence: Vec<String>,
    pub spaced_before: Vec<String>,
    pub spaced_after: Vec<String>,
    pub ordinal: bool,
    /// What continues the sentence after any stop, as behind a name that ends in one.
    pub continued_by: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Apostrophe {
    pub heads: Vec<String>,
    /// Heads that are words of their own as well.
    pub alone: Vec<String>,
    pub tails: Vec<String>,
    pub elides: Vec<String>,
    pub elides_not_before: Vec<String>,
    pub vowels: String,
    /// Letters that are written and not heard, so that a word may be elided before them.
    pub mute: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Numbers {
    pub decimal: Vec<String>,
    pub group: Vec<String>,
    /// Signs of either kind that part of the language's countries write: `3.5` in Mexico.
    pub tolerated: Vec<String>,
    pub plural_from: Option<u32>,
    /// The ending of plural scale words.
    pub plural: String,
    pub roman_centuries: bool,
    pub compounds: bool,
    /// Scales, counters and particles are glued to digits and to each other: `350만명이`.
    pub glued: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Dates {
    pub orders: Vec<String>,
    pub capitalised: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Casing {
    pub nouns: bool,
    pub titles: bool,
}

/// Characters that tell two written forms of one language apart, index by index.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Variants {
    pub simplified: String,
    pub traditional: String,
}

impl Profile {
    /// Whether a word may stand twice in a row.
    pub fn forgives_double(&self, word: &str) -> bool {
        let word = crate::token::folded(word);
        self.doubles.iter().any(|known| known.as_str() == word)
    }

    pub fn read(file: &File) -> Result<Profile, Error> {
        toml::from_str(&file.text).map_err(|error| {
            let before = error.span().map_or("", |span| &file.text[..span.start]);
            let line = before.matches('\n').count() + 1;
            Error::Row { path: file.path.clone(), line, expected: format!("a profile: {}", error.message()) }
        })
    }
}
