//! What holds for each text that is open: the configuration of the workspace, the command line, and what the editor said.

use super::LspArguments;
use super::documents::{Judged, Open, Settings, Texts, judge};
use crate::checker::Checker;
use crate::cli::house::{self, House};
use crate::config::{self, Choice, Flags, Held, Loaded, Role, canonical};
use crate::corpus::Corpus;
use crate::error::Error;
use std::collections::BTreeMap;
use std::path::Path;

/// A configuration, and the corpus with its house knowledge.
pub struct Workspace {
    config: Option<Loaded>,
    pub corpus: Corpus,
}

impl Workspace {
    pub fn new(arguments: &LspArguments, config: Option<&Path>) -> Result<Workspace, Error> {
        let config = config.map(Loaded::read).transpose()?;
        let settings = config::Settings::of(Path::new("-"), config.as_ref(), None, &arguments.knowledge.flags())?;
        let corpus = House::of(&settings).load(&arguments.knowledge.lists)?;
        house::check_languages(&Checker::new(&corpus)?, &settings)?;
        Ok(Workspace { config, corpus })
    }
}

/// Rules as they are set.
type Rules = BTreeMap<&'static str, Held<Choice>>;

/// Judges texts, each by what holds for it.
pub struct Desk<'c> {
    workspace: &'c Workspace,
    given: Settings,
    flags: Flags,
    /// A checker for each way in which the rules are set for some files.
    checkers: Vec<(Rules, Checker<'c>)>,
}

impl<'c> Desk<'c> {
    pub fn new(workspace: &'c Workspace, given: Settings, flags: Flags) -> Desk<'c> {
        let flags = Flags { from: given.from.clone(), to: given.to.clone(), ..flags };
        Desk { workspace, given, flags, checkers: Vec::new() }
    }

    pub fn corpus(&self) -> &'c Corpus {
        &self.workspace.corpus
    }

    /// Checks a text. Nothing comes of a source, nor of what the configuration passes over.
    pub fn judge(&mut self, text: &Open, texts: &Texts) -> Result<Option<Judged>, Error> {
        let path = text.path.as_deref().map_or_else(|| canonical(Path::new("-")), canonical);
        let config = self.workspace.config.as_ref();
        let (paired, lang) = match config.map_or(Role::Other, |config| config.role(&path, &self.workspace.corpus)) {
            Role::Source => return Ok(None),
            Role::Target { source, lang } => (config.map(|config| config.folder().join(source)), lang),
            Role::Other => (None, None),
        };
        if config.is_some_and(|config| config.ignored.has(&path)) {
            return Ok(None);
        }
        let held = config::Settings::of(&path, config, lang, &self.flags)?;
        let value = |tag: &Option<Held<String>>| tag.as_ref().map(|held| held.value.clone());
        let source = self.given.source.clone().or(paired.filter(|path| path.is_file()));
        let settings = Settings { source, from: value(&held.from), to: value(&held.to) };
        let checker = self.checker(&held)?;
        judge(text, texts, &settings, &self.checkers[checker].1).transpose()
    }

    /// The number of the checker for rules that are set so.
    fn checker(&mut self, settings: &config::Settings) -> Result<usize, Error> {
        if let Some(known) = self.checkers.iter().position(|(rules, _)| *rules == settings.rules) {
            return Ok(known);
        }
        self.checkers.push((settings.rules.clone(), house::checker(&self.workspace.corpus, settings)?));
        Ok(self.checkers.len() - 1)
    }
}
