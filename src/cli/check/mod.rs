//! `contresens check`: articles in, a report out, and an exit code for CI.

mod changed;
mod fix;
mod format;
mod gate;
mod manifest;
mod pairing;
mod plan;
mod show;
mod write;

use super::limits::{self, LimitArguments};
use super::{Knowledge, progress, remarks, written};
use crate::baseline::Baseline;
use crate::brief::Brief;
use crate::checker::{Check, Checker, Report};
use crate::config::{FailOn, canonical, shown};
use crate::corpus::Corpus;
use crate::deadline::Stop;
use crate::document::Document;
use crate::error::Error;
use crate::input;
use crate::report::{Checked, Unchecked};
use crate::score::score;
use clap::Args;
use gate::Gate;
use pairing::Partner;
pub use plan::folder_of;
use plan::{Job, Plan};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use write::Reports;

#[derive(Args)]
pub struct CheckArguments {
    /// Translated articles, or folders of them (.txt, .md, .html, .xlf, .tmx, .po; .tsv, .csv, .jsonl and .json by name);
    /// `-` is standard input
    #[arg(required_unless_present = "manifest", value_name = "TARGET")]
    targets: Vec<PathBuf>,
    /// The source article, or a folder with a source of the same name for each target
    #[arg(long, value_name = "FILE|DIR")]
    source: Option<PathBuf>,
    /// A brief of what the article must say (TOML)
    #[arg(long, value_name = "BRIEF")]
    expect: Option<PathBuf>,
    /// Language of the source [default: detected]
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// Language of the translation [default: declared in the file, else detected]
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// How to read the targets, whatever their names end in: txt, md, html, xlf, tmx, po, tsv, csv, jsonl or json
    #[arg(long, value_name = "FORMAT", value_parser = input_format)]
    input_format: Option<input::Format>,
    /// Where the texts of a JSON file stand: a JSON Pointer in which `*` is any key or index, such as /articles/*/body
    #[arg(long, value_name = "POINTER")]
    json_field: Option<String>,
    /// How to write the report, and a file for it; may be repeated, and one of them may go without a file [default: text]
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_parser = format::RequestParser)]
    formats: Vec<format::Request>,
    /// Write the report that names no file to this one
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail when a gate finding is at least this severe [default: major]
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
    /// Fail when there are more major gate findings than this; up to it they are let pass
    #[arg(long, value_name = "N")]
    max_major: Option<usize>,
    /// Fail when an article scores less than this (0 to 100)
    #[arg(long, value_name = "X")]
    min_score: Option<f64>,
    /// A table of articles: target, source, brief, from and to, divided by tabs, or JSON lines in a file that ends in .jsonl.
    /// Paths count from its folder and stay below it, or are absolute
    #[arg(long, value_name = "FILE", conflicts_with = "source")]
    manifest: Option<PathBuf>,
    /// Check only what differs from a revision of git: translations that have changed or are new, or whose source has
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// The name of what is read from standard input, for its format, its configuration and the report
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// Report only what is not in this baseline (`contresens baseline` writes one)
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// The configuration for all files [default: contresens.toml in the folder of each file, or in the nearest above it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
    /// Print what holds for each target and where it comes from, and check nothing
    #[arg(long)]
    show_config: bool,
    #[command(flatten)]
    fix: fix::FixArguments,
    #[command(flatten)]
    limits: LimitArguments,
    #[command(flatten)]
    knowledge: Knowledge,
}

fn input_format(name: &str) -> Result<input::Format, String> {
    input::Format::named(name)
        .ok_or_else(|| format!("expected txt, md, html, xlf, tmx, po, tsv, csv, jsonl or json instead of {name:?}"))
}

pub fn run(arguments: &CheckArguments) -> Result<bool, Error> {
    let destinations = format::destinations(&arguments.formats, arguments.output.as_deref())?;
    let plan = Plan::new(arguments)?;
    if arguments.show_config {
        written(show::write(&mut io::stdout().lock(), &plan.jobs))?;
        return Ok(true);
    }
    let corpora = plan.corpora(arguments)?;
    let baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let session = Session::new(arguments, &plan, &corpora, baseline)?;
    let mut fixes = fix::Fixes::new(&arguments.fix);
    let mut reports = Reports::open(if arguments.fix.diff { &[] } else { &destinations })?;
    let mut gate = Gate::default();
    let unchecked = session.run(&plan.jobs, |job, checked, fixed| {
        fixes.take(fixed)?;
        gate.take(&job.settings, &checked);
        reports.take(checked, job.settings.fail_on.value.least())
    })?;
    let reasons = || Error::Unchecked(unchecked.iter().map(|one| one.reason.clone()).collect());
    // A lone article that was not checked makes no report.
    if plan.jobs.len() == 1 && !unchecked.is_empty() {
        return Err(reasons());
    }
    let shown = fixes.end();
    let failed = gate.failure(unchecked.len());
    if shown.is_none() {
        write::tell(&session.mended());
        reports.finish(&unchecked, failed.as_deref())?;
    }
    if session.stop.load(Ordering::Relaxed) {
        let (all, missing) = (plan.jobs.len(), unchecked.len());
        return Err(Error::Interrupted(Some(format!("{} of {all} articles were checked", all - missing))));
    }
    if !unchecked.is_empty() {
        return Err(reasons());
    }
    Ok(shown.unwrap_or(failed.is_none()))
}

/// What all articles of a run share.
struct Session<'s> {
    arguments: &'s CheckArguments,
    checkers: Vec<Checker<'s>>,
    /// The briefs by their files.
    briefs: HashMap<&'s Path, Brief>,
    /// What is held back, and the folder that its paths count from.
    baseline: Option<(Baseline, PathBuf)>,
    mended: Mutex<Baseline>,
    /// Set when the run is interrupted.
    stop: Stop,
}

/// What a check finds, for a baseline.
pub struct Found {
    pub findings: Baseline,
    /// The files that were checked, as the baseline names them.
    pub files: HashSet<String>,
}

/// Checks as `check` does and gives the findings to a baseline that lies at `path`.
pub fn found(arguments: &CheckArguments, path: &Path) -> Result<Found, Error> {
    let plan = Plan::new(arguments)?;
    let corpora = plan.corpora(arguments)?;
    let session = Session::new(arguments, &plan, &corpora, None)?;
    let folder = canonical_folder(path);
    let mut found = Found { findings: Baseline::default(), files: HashSet::new() };
    let unchecked = session.run(&plan.jobs, |job, checked, _| {
        let path = from_folder(arguments.name_of(&job.path), &folder);
        found.findings.extend(Baseline::of(&path, &checked.target, &checked.report.diagnostics));
        found.files.insert(path);
        Ok(())
    })?;
    // Half a baseline would let pass what was not looked at.
    let reasons: Vec<String> = unchecked.into_iter().map(|one| one.reason).collect();
    if reasons.is_empty() { Ok(found) } else { Err(Error::Unchecked(reasons)) }
}

/// The folder that the paths of a baseline count from.
fn canonical_folder(path: &Path) -> PathBuf {
    folder_of(&canonical(path)).to_path_buf()
}

/// The path of a file from a folder above it, with slashes; from the root where it lies elsewhere.
fn from_folder(path: &Path, folder: &Path) -> String {
    let path = canonical(path);
    let path = path.strip_prefix(folder).unwrap_or(&path);
    if cfg!(windows) { path.display().to_string().replace('\\', "/") } else { path.display().to_string() }
}

/// Articles that are read and checked before the first of them is written: enough to keep all cores busy.
const AT_ONCE: usize = 64;

impl<'s> Session<'s> {
    fn new(
        arguments: &'s CheckArguments,
        plan: &'s Plan,
        corpora: &'s [Corpus],
        baseline: Option<Baseline>,
    ) -> Result<Session<'s>, Error> {
        let mut briefs = HashMap::new();
        for path in plan.jobs.iter().filter_map(|job| job.brief.as_deref()) {
            if !briefs.contains_key(path) {
                briefs.insert(path, Brief::read(path)?);
            }
        }
        let baseline = baseline.zip(arguments.baseline.as_deref().map(canonical_folder));
        // Of one article there is nothing to keep, and it may be read from a person who types.
        let stop = if plan.jobs.len() > 1 { limits::stop_on_interrupt()? } else { Stop::default() };
        let mut checkers = plan.checkers(corpora)?;
        for checker in &mut checkers {
            checker.limit(arguments.limits.limits(&stop));
        }
        Ok(Session { arguments, checkers, briefs, baseline, mended: Mutex::default(), stop })
    }

    /// What the baseline knows of the files that were checked, or are gone, and was not found.
    fn mended(&self) -> Baseline {
        let mut mended = self.mended.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((baseline, folder)) = &self.baseline {
            mended.extend(baseline.only(|path| !folder.join(path).exists()));
        }
        mended
    }

    /// Checks the articles on all cores and gives them on in their order; only a few are in memory at a time. Gives back those
    /// that could not be checked.
    fn run(
        &self,
        jobs: &[Job],
        mut take: impl FnMut(&Job, Checked, Option<fix::Fixed>) -> Result<(), Error>,
    ) -> Result<Vec<Unchecked>, Error> {
        let mut unchecked = Vec::new();
        let bar = progress::bar(jobs.len());
        for some in jobs.chunks(AT_ONCE) {
            let checked: Vec<Result<(Checked, Option<fix::Fixed>), Error>> = some.par_iter().map(|job| self.check(job)).collect();
            for (job, checked) in some.iter().zip(checked) {
                match checked {
                    Ok((checked, fixed)) => bar.suspend(|| take(job, checked, fixed))?,
                    // What is wrong with the arguments is wrong with every article.
                    Err(error) if matches!(error, Error::Usage(_) | Error::Language { .. }) => return Err(error),
                    Err(error) => unchecked.push(Unchecked::new(self.arguments.name_of(&job.path), &error)),
                }
                bar.inc(1);
            }
        }
        bar.finish_and_clear();
        Ok(unchecked)
    }

    fn check(&self, job: &Job) -> Result<(Checked, Option<fix::Fixed>), Error> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(Error::Interrupted(None));
        }
        let settings = &job.settings;
        let (from, to) = (settings.from.as_ref(), settings.to.as_ref());
        let (from, to) = (from.map(|held| held.value.as_str()), to.map(|held| held.value.as_str()));
        let field = self.arguments.json_field.as_deref();
        let wish = input::Wish { format: self.arguments.input_format, from, to, field, most: Some(self.arguments.limits.size()) };
        let name = self.arguments.name_of(&job.path);
        let wish = input::Wish { format: wish.format.or_else(|| (name != job.path).then(|| input::Format::of(name))), ..wish };
        let target = input::read_as(&job.path, &wish)?;
        // A folder of sources need not hold those of files that carry their own.
        let carries = target.own_source().is_some() && self.arguments.source.as_ref().is_some_and(|source| source.is_dir());
        let (source_path, missing) = if carries { (None, None) } else { source_path(job, name, &target) };
        let source_wish = input::Wish { most: wish.most, ..input::Wish::default() };
        let source = source_path.as_deref().map(|path| input::read_as(path, &source_wish)).transpose()?;
        let brief = job.brief.as_deref().and_then(|path| self.briefs.get(path));
        let check = |target: &Document| {
            let check = Check { target: Some(target), source: source.as_ref(), brief, from, to };
            limits::checked(&self.checkers[job.checker], &check)
        };
        let (mut target, mut report, fixed) = fix::settled(&self.arguments.fix, &job.path, target, &wish, check)?;
        self.hold_back(name, &target, &mut report);
        // A file of translated units holds its source.
        let own = if source.is_none() { target.own_source().cloned() } else { None };
        let source_path = source_path.or_else(|| own.as_ref().map(|_| job.path.clone()));
        let source = source.or(own);
        target.notes.extend(missing);
        let remarks = remarks::remarks(&target, source.as_ref(), &report, self.checkers[job.checker].corpus());
        target.notes.extend(remarks);
        if source.is_none() && report.facts.is_none() {
            target.notes.push("checked without a source: fluent sentences that say the wrong thing cannot be seen".to_owned());
        }
        let checked = Checked {
            path: name.display().to_string(),
            source_path: source_path.map(|path| path.display().to_string()),
            target,
            source,
            report,
        };
        Ok((checked, fixed))
    }

    /// Takes out of a report what the baseline knows.
    fn hold_back(&self, path: &Path, target: &Document, report: &mut Report) {
        let Some((baseline, folder)) = &self.baseline else { return };
        let (held, mended) = baseline.hold_back(&from_folder(path, folder), target, &mut report.diagnostics);
        report.known = held;
        report.score = score(&report.diagnostics, report.words);
        self.mended.lock().unwrap_or_else(PoisonError::into_inner).extend(mended);
    }
}

/// The source of an article, or what is to be said of the one that is not there. What an article says of itself counts more
/// than a pattern.
fn source_path(job: &Job, name: &Path, target: &Document) -> (Option<PathBuf>, Option<String>) {
    if !job.given
        && let Some(named) = pairing::named(target, name)
    {
        return (Some(named), None);
    }
    match &job.partner {
        Partner::Found(path) => (Some(shown(&path.value)), None),
        Partner::Missing(path) => {
            (None, Some(format!("no source: {} is not there ({})", shown(&path.value).display(), path.origin)))
        }
        Partner::None => (None, None),
    }
}
