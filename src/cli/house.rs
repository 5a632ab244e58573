//! What the settings of an article make of the program: a corpus with house knowledge laid over it, and a checker.

use super::Lists;
use crate::checker::Checker;
use crate::config::{Held, Settings, shown};
use crate::corpus::Corpus;
use crate::error::Error;
use std::path::PathBuf;

/// What is laid over the corpus.
#[derive(Clone, PartialEq)]
pub struct House {
    corpus: Option<Held<PathBuf>>,
    lexicons: Vec<Held<PathBuf>>,
    dictionaries: Vec<Held<PathBuf>>,
    terms: Vec<Held<PathBuf>>,
    keep_names: Vec<Held<String>>,
}

impl House {
    pub fn of(settings: &Settings) -> House {
        let Settings { corpus, lexicons, dictionaries, terms, keep_names, .. } = settings.clone();
        House { corpus, lexicons, dictionaries, terms, keep_names }
    }

    /// The corpus with all of it, and with the vectors of the command line.
    pub fn load(&self, lists: &Lists) -> Result<Corpus, Error> {
        let mut corpus = overlaid(self.corpus.as_ref())?;
        for path in &self.lexicons {
            corpus.add_lexicon(&path.value)?;
        }
        for path in &self.dictionaries {
            corpus.add_dictionary(&path.value)?;
        }
        for path in &self.terms {
            corpus.add_terms(&shown(&path.value))?;
        }
        for name in &self.keep_names {
            corpus.keep_name(&name.value, &name.origin.to_string());
        }
        lists.read_vectors(&mut corpus)?;
        Ok(corpus)
    }
}

/// The corpus with a house folder laid over it.
pub fn overlaid(folder: Option<&Held<PathBuf>>) -> Result<Corpus, Error> {
    if let Some(folder) = folder.filter(|folder| !folder.value.is_dir()) {
        let message = format!("{}: expected a folder laid out like the corpus", folder.value.display());
        return Err(folder.origin.error(message));
    }
    Corpus::load(folder.map(|folder| folder.value.as_path()))
}

/// A checker with the rules as the settings have them.
pub fn checker<'c>(corpus: &'c Corpus, settings: &Settings) -> Result<Checker<'c>, Error> {
    let mut checker = Checker::new(corpus)?;
    for (rule, choice) in &settings.rules {
        choice.value.tier.map_or(Ok(()), |tier| checker.set(rule, tier))?;
        choice.value.severity.map_or(Ok(()), |severity| checker.grade(rule, severity))?;
    }
    Ok(checker)
}

/// Looks whether the languages of the settings are known; the error says where one that is not comes from.
pub fn check_languages(checker: &Checker, settings: &Settings) -> Result<(), Error> {
    settings.from.iter().chain(&settings.to).try_for_each(|tag| match checker.tag(Some(&tag.value)) {
        Ok(_) => Ok(()),
        Err(error) => Err(tag.origin.place(error)),
    })
}
