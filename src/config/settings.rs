//! What holds for one article: the command line, over the overrides that match, over the file, over the defaults. Every value
//! remembers where it comes from.

use super::{Choice, FailOn, Loaded, shown};
use crate::error::Error;
use crate::rules;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    pub from: Option<String>,
    pub to: Option<String>,
    pub rules: Vec<(String, Choice)>,
    pub terms: Vec<PathBuf>,
    pub lexicons: Vec<PathBuf>,
    pub dictionaries: Vec<PathBuf>,
    pub corpus: Option<PathBuf>,
    pub fail_on: Option<FailOn>,
    pub max_major: Option<usize>,
    pub min_score: Option<f64>,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<T> {
    pub value: T,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    Default,
    /// An argument of the command line.
    Flag(&'static str),
    /// A line of a configuration.
    File {
        path: PathBuf,
        line: usize,
        column: usize,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Flag(name) => f.write_str(name),
            Origin::File { path, line, .. } => write!(f, "{}:{line}", shown(path).display()),
        }
    }
}

impl Origin {
    /// What is wrong with a value, with its place where it comes from a file.
    pub fn error(&self, message: String) -> Error {
        match self {
            Origin::File { path, line, column } => Error::Config { path: shown(path), line: *line, column: *column, message },
            Origin::Flag(name) => Error::Usage(format!("{name} {message}")),
            Origin::Default => Error::Usage(message),
        }
    }

    /// An error about a value, with its place where it comes from a file.
    pub fn place(&self, error: Error) -> Error {
        if let Origin::File { .. } = self { self.error(error.to_string()) } else { error }
    }
}

/// All that holds for an article.
#[derive(Clone, Debug)]
pub struct Settings {
    pub from: Option<Held<String>>,
    pub to: Option<Held<String>>,
    /// By the id of the rule.
    pub rules: BTreeMap<&'static str, Held<Choice>>,
    pub terms: Vec<Held<PathBuf>>,
    pub keep_names: Vec<Held<String>>,
    pub lexicons: Vec<Held<PathBuf>>,
    pub dictionaries: Vec<Held<PathBuf>>,
    pub corpus: Option<Held<PathBuf>>,
    pub fail_on: Held<FailOn>,
    pub max_major: Option<Held<usize>>,
    pub min_score: Option<Held<f64>>,
}

impl Settings {
    /// What holds for a file, whose path is canonical; `lang` is the language that its path says.
    pub fn of(file: &Path, config: Option<&Loaded>, lang: Option<String>, flags: &Flags) -> Result<Settings, Error> {
        let mut settings = Settings::default();
        if let Some(loaded) = config {
            settings.lay_file(loaded);
            if let Some((lang, pairing)) = lang.zip(loaded.config.pairing.as_ref()) {
                settings.to = Some(Held { value: lang, origin: origin(loaded, &pairing.target) });
            }
            for (one, files) in loaded.config.overrides.iter().zip(&loaded.overridden) {
                if files.has(file) {
                    settings.lay(loaded, one.from.as_ref(), one.to.as_ref(), &one.rules);
                }
            }
        }
        settings.lay_flags(flags)?;
        Ok(settings)
    }

    fn lay_file(&mut self, loaded: &Loaded) {
        let config = &loaded.config;
        let path = |path: &Spanned<PathBuf>| {
            let Held { value, origin } = held(loaded, path);
            Held { value: loaded.folder().join(value), origin }
        };
        self.lay(loaded, config.from.as_ref(), config.to.as_ref(), &config.rules);
        self.terms = config.terms.iter().map(path).collect();
        self.lexicons = config.lexicons.iter().map(path).collect();
        self.dictionaries = config.dictionaries.iter().map(path).collect();
        self.keep_names = config.keep_names.iter().map(|name| held(loaded, name)).collect();
        self.corpus = config.corpus.as_ref().map(path);
        if let Some(fail_on) = &config.gate.fail_on {
            self.fail_on = held(loaded, fail_on);
        }
        self.max_major = config.gate.max_major.as_ref().map(|most| held(loaded, most));
        self.min_score = config.gate.min_score.as_ref().map(|least| held(loaded, least));
    }

    fn lay(
        &mut self,
        loaded: &Loaded,
        from: Option<&Spanned<String>>,
        to: Option<&Spanned<String>>,
        rules: &BTreeMap<Spanned<String>, Choice>,
    ) {
        let tag = |tag: Option<&Spanned<String>>| tag.map(|tag| held(loaded, tag));
        self.from = tag(from).or(self.from.take());
        self.to = tag(to).or(self.to.take());
        // A family says less than a rule.
        let (families, single): (Vec<_>, Vec<_>) = rules.iter().partition(|(name, _)| !name.get_ref().contains('/'));
        for (name, choice) in families.into_iter().chain(single) {
            self.choose(name.get_ref(), *choice, held(loaded, name).origin);
        }
    }

    fn lay_flags(&mut self, flags: &Flags) -> Result<(), Error> {
        let flag = |name: &'static str| Origin::Flag(name);
        let tag = |tag: Option<&String>, name| tag.cloned().map(|value| Held { value, origin: flag(name) });
        let paths = |paths: &[PathBuf], name| -> Vec<Held<PathBuf>> {
            paths.iter().map(|path| Held { value: path.clone(), origin: flag(name) }).collect()
        };
        self.from = tag(flags.from.as_ref(), "--from").or(self.from.take());
        self.to = tag(flags.to.as_ref(), "--to").or(self.to.take());
        if !flags.terms.is_empty() {
            self.terms = paths(&flags.terms, "--terms");
        }
        if !flags.lexicons.is_empty() {
            self.lexicons = paths(&flags.lexicons, "--lexicon");
        }
        if !flags.dictionaries.is_empty() {
            self.dictionaries = paths(&flags.dictionaries, "--dictionary");
        }
        if let Some(corpus) = &flags.corpus {
            self.corpus = Some(Held { value: corpus.clone(), origin: flag("--corpus") });
        }
        if let Some(value) = flags.fail_on {
            self.fail_on = Held { value, origin: flag("--fail-on") };
        }
        self.max_major = flags.max_major.map(|value| Held { value, origin: flag("--max-major") }).or(self.max_major.take());
        self.min_score = flags.min_score.map(|value| Held { value, origin: flag("--min-score") }).or(self.min_score.take());
        for (name, choice) in &flags.rules {
            if rules::named(name).is_empty() {
                return Err(rules::unknown(name));
            }
            self.choose(name, *choice, flag("--rule"));
        }
        Ok(())
    }

    /// Lays languages over those of a configuration; the command line still wins.
    pub fn say(&mut self, from: Option<&Held<String>>, to: Option<&Held<String>>) {
        for (own, said) in [(&mut self.from, from), (&mut self.to, to)] {
            let flag = own.as_ref().is_some_and(|held| matches!(held.origin, Origin::Flag(_)));
            if let Some(said) = said.filter(|_| !flag) {
                *own = Some(said.clone());
            }
        }
    }

    /// Lays a choice over what was chosen for the rules of a name so far.
    fn choose(&mut self, name: &str, choice: Choice, origin: Origin) {
        for rule in rules::named(name) {
            let before = self.rules.get(rule.id).map(|held| held.value).unwrap_or_default();
            let value = Choice { tier: choice.tier.or(before.tier), severity: choice.severity.or(before.severity) };
            self.rules.insert(rule.id, Held { value, origin: origin.clone() });
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            from: None,
            to: None,
            rules: BTreeMap::new(),
            terms: Vec::new(),
            keep_names: Vec::new(),
            lexicons: Vec::new(),
            dictionaries: Vec::new(),
            corpus: None,
            fail_on: Held { value: FailOn::Major, origin: Origin::Default },
            max_major: None,
            min_score: None,
        }
    }
}

fn held<T: Clone>(loaded: &Loaded, value: &Spanned<T>) -> Held<T> {
    Held { value: value.get_ref().clone(), origin: origin(loaded, value) }
}

/// Where a value of a configuration stands.
pub fn origin<T>(loaded: &Loaded, value: &Spanned<T>) -> Origin {
    let (line, column) = loaded.position(value.span().start);
    Origin::File { path: loaded.path.clone(), line, column }
}
