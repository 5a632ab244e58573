//! `contresens.toml`: what holds for the articles below its folder. A file is read here; `settings` lays it together with the
//! command line for one article.

mod find;
mod globs;
mod pairing;
mod settings;

pub use find::{Finder, NAMES, canonical, shown};
pub use globs::Globs;
pub use pairing::{Patterns, Role};
pub use settings::{Flags, Held, Origin, Settings, origin};

use crate::checker::Setting;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::mqm::{Severity, Tier};
use crate::rules;
use clap::ValueEnum;
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs};
use toml::Spanned;

/// A commented configuration, as `init` writes it.
pub const TEMPLATE: &str = include_str!("contresens.toml");
/// A commented brief, as `init --brief` writes it.
pub const BRIEF_TEMPLATE: &str = include_str!("brief.toml");

/// What `contresens.toml` may say. Paths and globs count from the folder of the file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(title = "contresens.toml", deny_unknown_fields)]
pub struct Config {
    /// Language of the sources: a BCP 47 tag. Detected where it is missing.
    #[schemars(with = "Option<String>")]
    pub from: Option<Spanned<String>>,
    /// Language of the translations: a BCP 47 tag. Declared in the file or detected where it is missing.
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
    /// Which source belongs to which translation.
    pub pairing: Option<Pairing>,
    /// A rule or a family of rules, and what becomes of it.
    #[schemars(with = "BTreeMap<String, Choice>")]
    pub rules: BTreeMap<Spanned<String>, Choice>,
    /// Glossaries: tables of source terms and the terms that must render them.
    #[schemars(with = "Vec<String>")]
    pub terms: Vec<Spanned<PathBuf>>,
    /// Names that must stand in the translation as they stand in the source.
    #[schemars(with = "Vec<String>")]
    pub keep_names: Vec<Spanned<String>>,
    /// Word lists that help to align source and translation.
    #[schemars(with = "Vec<String>")]
    pub lexicons: Vec<Spanned<PathBuf>>,
    /// Spelling dictionaries of hunspell (`fr.dic`, with `fr.aff` beside it): words that they do not have are told.
    #[schemars(with = "Vec<String>")]
    pub dictionaries: Vec<Spanned<PathBuf>>,
    /// House knowledge laid over the corpus: a folder of the same layout.
    #[schemars(with = "Option<String>")]
    pub corpus: Option<Spanned<PathBuf>>,
    /// Files and folders that are passed over when a folder is checked, written as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub ignore: Vec<Spanned<String>>,
    /// When a check fails.
    pub gate: Gate,
    /// What holds for some files only; later ones win.
    pub overrides: Vec<Override>,
}

/// Patterns of paths: `{path}` stands for the same in both, `{lang}` for the language of the translation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Pairing {
    /// Where sources are: `en/{path}`.
    #[schemars(with = "String")]
    pub source: Spanned<String>,
    /// Where translations are: `{lang}/{path}`.
    #[schemars(with = "String")]
    pub target: Spanned<String>,
}

/// What becomes of a rule: `"off"`, `"advice"`, `"gate"`, or a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub tier: Option<Setting>,
    pub severity: Option<Severity>,
}

/// When a check fails.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Gate {
    /// Fail when a gate finding is at least this severe.
    #[schemars(with = "Option<FailOn>")]
    pub fail_on: Option<Spanned<FailOn>>,
    /// Fail when there are more major gate findings than this; up to it they are let pass.
    #[schemars(with = "Option<usize>")]
    pub max_major: Option<Spanned<usize>>,
    /// Fail when an article scores less than this, 0 to 100.
    #[schemars(with = "Option<f64>")]
    pub min_score: Option<Spanned<f64>>,
}

/// What holds for the files that match.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Override {
    /// The files, written as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub files: Vec<Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Choice>")]
    pub rules: BTreeMap<Spanned<String>, Choice>,
    #[schemars(with = "Option<String>")]
    pub from: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
}

/// The least severity of a gate finding that fails a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    Critical,
    Major,
    Minor,
    Never,
}

impl FailOn {
    pub fn name(self) -> &'static str {
        self.least().map_or("never", Severity::name)
    }

    pub fn least(self) -> Option<Severity> {
        match self {
            FailOn::Critical => Some(Severity::Critical),
            FailOn::Major => Some(Severity::Major),
            FailOn::Minor => Some(Severity::Minor),
            FailOn::Never => None,
        }
    }
}

impl Choice {
    /// The choice that a word names.
    pub fn named(word: &str) -> Option<Choice> {
        let tier = match word {
            "off" => Setting::Off,
            "advice" => Setting::Tier(Tier::Advice),
            "gate" => Setting::Tier(Tier::Gate),
            _ => return None,
        };
        Some(Choice { tier: Some(tier), severity: None })
    }
}

/// A choice as its table is written, and as the schema describes it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
struct Table {
    /// What the rule may do: nothing, advise, or fail a check.
    tier: Option<RuleTier>,
    /// How much the defect harms the reader, in the eyes of this house.
    severity: Option<Severity>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum RuleTier {
    Off,
    Advice,
    Gate,
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Choice, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Choice;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("\"off\", \"advice\", \"gate\" or a table with tier and severity")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Choice, E> {
                Choice::named(word).ok_or_else(|| E::invalid_value(de::Unexpected::Str(word), &self))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Choice, A::Error> {
                let table = Table::deserialize(MapAccessDeserializer::new(map))?;
                let tier = table.tier.map(|tier| match tier {
                    RuleTier::Off => Setting::Off,
                    RuleTier::Advice => Setting::Tier(Tier::Advice),
                    RuleTier::Gate => Setting::Tier(Tier::Gate),
                });
                Ok(Choice { tier, severity: table.severity })
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for Choice {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Choice".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (word, table) = (generator.subschema_for::<RuleTier>(), generator.subschema_for::<Table>());
        schemars::json_schema!({"anyOf": [word, table]})
    }
}

/// A configuration with its file, to which messages lead back.
#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    /// Absolute.
    pub path: PathBuf,
    text: String,
    pub ignored: Globs,
    /// The files of each override.
    pub overridden: Vec<Globs>,
    pub patterns: Option<Patterns>,
}

impl Loaded {
    /// Reads a configuration. Every rule, glob and pattern in it must be one.
    pub fn read(path: &Path) -> Result<Loaded, Error> {
        let text = fs::read_to_string(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
        let path = canonical(path);
        let error = |(at, message): (usize, String)| {
            let (line, column) = position(&text, at);
            Error::Config { path: shown(&path), line, column, message }
        };
        let config: Config =
            toml::from_str(&text).map_err(|wrong| error((wrong.span().map_or(0, |span| span.start), hinted(wrong.message()))))?;
        let overridden = config.overrides.iter().flat_map(|one| one.rules.keys());
        for name in config.rules.keys().chain(overridden) {
            let (written, at) = (name.get_ref(), name.span().start);
            if rules::named(written).is_empty() {
                return Err(error((at, format!("no rule {written:?}; did you mean {:?}?", rules::nearest(written)))));
            }
        }
        let globs = |globs: &Vec<Spanned<String>>| Globs::new(path.parent().unwrap_or(Path::new("/")), globs).map_err(error);
        let ignored = globs(&config.ignore)?;
        let overridden = config.overrides.iter().map(|one| globs(&one.files)).collect::<Result<_, _>>()?;
        let patterns = config.pairing.as_ref().map(Patterns::read).transpose().map_err(error)?;
        Ok(Loaded { config, path, text, ignored, overridden, patterns })
    }

    /// The folder that its paths and globs count from.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("/"))
    }

    /// The path of a file from that folder, with slashes; None for one that lies elsewhere.
    pub fn below(&self, file: &Path) -> Option<String> {
        let path = file.strip_prefix(self.folder()).ok()?;
        let parts = path.components().map(|part| part.as_os_str().to_str());
        parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
    }

    /// What a file is to the patterns; its path is canonical.
    pub fn role(&self, file: &Path, known: &Corpus) -> Role {
        let both = self.patterns.as_ref().zip(self.below(file));
        both.map_or(Role::Other, |(patterns, path)| patterns.role(&path, &|tag| known.tag(tag).is_some()))
    }

    /// Line and column of a byte of the file.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        position(&self.text, offset)
    }
}

/// Line and column of a byte, from 1; the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// Likeness from which an unknown word is taken for a slip of the pen.
const LIKE: f64 = 0.75;

/// The message of an unknown key or word with the known one that is most like it. Serde writes names between grave accents, the
/// unknown one first.
fn hinted(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let Some(unknown) = names.next().filter(|_| message.starts_with("unknown ")) else { return message.to_owned() };
    let likeness = |name: &str| strsim::jaro_winkler(unknown, name);
    let near = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|name| likeness(name) >= LIKE);
    near.map_or(message.to_owned(), |near| format!("{message}; did you mean `{near}`?"))
}

/// The JSON Schema of the configuration, for editors.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Config);
    format!("{:#}\n", schema.as_value())
}
