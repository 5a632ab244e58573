//! What is to be checked: each article with all that holds for it, and what the program must know for that.

use super::pairing::{self, Partner, Target};
use super::{CheckArguments, changed};
use crate::checker::Checker;
use crate::cli::house::{self, House};
use crate::config::{Finder, Flags, Loaded, Settings, canonical};
use crate::corpus::Corpus;
use crate::error::Error;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// An article to check.
pub struct Job {
    pub path: PathBuf,
    pub brief: Option<PathBuf>,
    pub partner: Partner,
    /// The source is that of the command line or of a manifest, and not of a pattern.
    pub given: bool,
    pub settings: Settings,
    /// The configuration that holds for it.
    pub config: Option<PathBuf>,
    /// The number of its checker.
    pub checker: usize,
}

pub struct Plan {
    pub jobs: Vec<Job>,
    /// What the corpora are made of, and the settings of the checkers with the number of their corpus.
    corpora: Vec<House>,
    checkers: Vec<(usize, Settings)>,
}

impl Plan {
    pub fn new(arguments: &CheckArguments) -> Result<Plan, Error> {
        let mut finder = arguments.finder()?;
        let flags = arguments.flags();
        let known = Corpus::load(None)?;
        let targets = pairing::targets(arguments, &mut finder, &known)?;
        let changed = arguments.changed_since.as_deref().map(changed::since).transpose()?;
        let count = targets.len();
        let mut plan = Plan { jobs: Vec::new(), corpora: Vec::new(), checkers: Vec::new() };
        for target in targets {
            let config = finder.of(arguments.name_of(&target.path))?;
            plan.add(arguments, &known, target, config.as_ref(), &flags, count)?;
        }
        if let Some(changed) = changed {
            // A translation is to be looked at again when its source has changed.
            let source = |job: &Job| {
                if let Partner::Found(path) = &job.partner { changed.contains(&canonical(&path.value)) } else { false }
            };
            plan.jobs.retain(|job| changed.contains(&canonical(&job.path)) || source(job));
        }
        Ok(plan)
    }

    fn add(
        &mut self,
        arguments: &CheckArguments,
        known: &Corpus,
        target: Target,
        config: Option<&Rc<Loaded>>,
        flags: &Flags,
        count: usize,
    ) -> Result<(), Error> {
        let (partner, lang) = pairing::partner(arguments, known, &target, config, count)?;
        let name = arguments.name_of(&target.path);
        let mut settings = Settings::of(&canonical(name), config.map(Rc::as_ref), lang, flags)?;
        if let Some(said) = &target.said {
            settings.say(said.from.as_ref(), said.to.as_ref());
        }
        let house = House::of(&settings);
        let corpus = place(&mut self.corpora, |known| *known == house, || house.clone());
        let same = |(own, other): &(usize, Settings)| *own == corpus && other.rules == settings.rules;
        let checker = place(&mut self.checkers, same, || (corpus, settings.clone()));
        let given = arguments.source.is_some() || target.said.as_ref().is_some_and(|said| said.source.is_some());
        let brief = target.said.and_then(|said| said.brief).or(arguments.expect.clone());
        let config = config.map(|config| config.path.clone());
        self.jobs.push(Job { path: target.path, brief, partner, given, settings, config, checker });
        Ok(())
    }

    pub fn corpora(&self, arguments: &CheckArguments) -> Result<Vec<Corpus>, Error> {
        self.corpora.iter().map(|house| house.load(&arguments.knowledge.lists)).collect()
    }

    /// The checkers, by their numbers.
    pub fn checkers<'c>(&self, corpora: &'c [Corpus]) -> Result<Vec<Checker<'c>>, Error> {
        let checker = |(corpus, settings): &(usize, Settings)| house::checker(&corpora[*corpus], settings);
        let checkers: Vec<Checker> = self.checkers.iter().map(checker).collect::<Result<_, Error>>()?;
        // A language that is not known is told before any file is read.
        for job in &self.jobs {
            house::check_languages(&checkers[job.checker], &job.settings)?;
        }
        Ok(checkers)
    }
}

/// The number of the item of a list that fits; a new one is made where none does.
fn place<T>(list: &mut Vec<T>, fits: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> usize {
    list.iter().position(fits).unwrap_or_else(|| {
        list.push(new());
        list.len() - 1
    })
}

impl CheckArguments {
    /// How configurations are found.
    pub fn finder(&self) -> Result<Finder, Error> {
        match &self.config {
            Some(path) => Finder::of_file(path),
            None if self.no_config => Ok(Finder::Given(None)),
            None => Ok(Finder::upwards()),
        }
    }

    /// The name under which a target is known: standard input may have one.
    pub fn name_of<'p>(&'p self, path: &'p Path) -> &'p Path {
        self.stdin_filename.as_deref().filter(|_| path == Path::new("-")).unwrap_or(path)
    }

    /// Whether a report, or something else than the findings, is asked for.
    pub fn writes_a_report(&self) -> bool {
        !self.formats.is_empty() || self.output.is_some() || self.show_config
    }

    fn flags(&self) -> Flags {
        Flags {
            from: self.from.clone(),
            to: self.to.clone(),
            fail_on: self.fail_on,
            max_major: self.max_major,
            min_score: self.min_score,
            ..self.knowledge.flags()
        }
    }
}

/// The folder of a file, for paths that count from it.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
