//! `contresens check`: articles in, a report out, and an exit code for CI.

use super::{Knowledge, output, written};
use crate::brief::{Brief, Verdict};
use crate::checker::{Check, Checker};
use crate::document::Document;
use crate::error::Error;
use crate::input;
use crate::mqm::{Severity, Tier};
use crate::report::{Checked, json, text};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct CheckArguments {
    /// Translated articles, or folders of them (.txt, .md); `-` is standard input
    #[arg(required = true, value_name = "TARGET")]
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
    /// How to write the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Fail when a gate finding is at least this severe
    #[arg(long, value_enum, default_value_t = FailOn::Major)]
    fail_on: FailOn,
    /// Fail when there are more major gate findings than this; up to it they are let pass
    #[arg(long, value_name = "N")]
    max_major: Option<usize>,
    /// Fail when an article scores less than this (0 to 100)
    #[arg(long, value_name = "X")]
    min_score: Option<f64>,
    #[command(flatten)]
    knowledge: Knowledge,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Critical,
    Major,
    Minor,
    Never,
}

pub fn run(arguments: &CheckArguments) -> Result<bool, Error> {
    let corpus = arguments.knowledge.load()?;
    let checker = arguments.knowledge.checker(&corpus)?;
    let brief = arguments.expect.as_deref().map(Brief::read).transpose()?;
    let targets = targets(&arguments.targets)?;
    // A language that is not known is told before any file is read.
    checker.tag(arguments.from.as_deref())?;
    checker.tag(arguments.to.as_deref())?;
    let mut checked = Vec::new();
    for target in &targets {
        checked.push(check_one(arguments, &checker, brief.as_ref(), target, targets.len())?);
    }
    let failed = failure(arguments, &checked);
    report(arguments, &checked, failed.as_deref())?;
    Ok(failed.is_none())
}

/// The files that the arguments name, folders opened.
fn targets(given: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut targets = Vec::new();
    for path in given {
        if !path.is_dir() {
            targets.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in ignore::WalkBuilder::new(path).build() {
            let entry = entry.map_err(|error| Error::Usage(format!("{}: {error}", path.display())))?;
            let known = entry.path().extension().is_some_and(|ending| ["txt", "md", "markdown"].iter().any(|k| ending == *k));
            if known && entry.file_type().is_some_and(|kind| kind.is_file()) {
                inside.push(entry.into_path());
            }
        }
        if inside.is_empty() {
            return Err(Error::Usage(format!("{}: no .txt or .md file in this folder", path.display())));
        }
        inside.sort();
        targets.extend(inside);
    }
    Ok(targets)
}

fn check_one(
    arguments: &CheckArguments,
    checker: &Checker,
    brief: Option<&Brief>,
    path: &Path,
    count: usize,
) -> Result<Checked, Error> {
    let target = input::read(path)?;
    let source_path = source_of(arguments, path, count)?;
    let source = source_path.as_deref().map(input::read).transpose()?;
    let check = Check {
        target: Some(&target),
        source: source.as_ref(),
        brief,
        from: arguments.from.as_deref(),
        to: arguments.to.as_deref(),
    };
    let report = checker.check(&check)?;
    let mut target = target;
    target.notes.extend(remarks(&target, source.as_ref(), &report));
    Ok(Checked {
        path: path.display().to_string(),
        source_path: source_path.map(|path| path.display().to_string()),
        target,
        source,
        report,
    })
}

/// What a person should know who might have taken the wrong file.
fn remarks(target: &Document, source: Option<&Document>, report: &crate::checker::Report) -> Vec<String> {
    let mut remarks = Vec::new();
    if target.text.trim().is_empty() {
        remarks.push("the article is empty".to_owned());
    } else if report.to.is_none() {
        remarks.push("the language could not be told; say it with --to".to_owned());
    }
    if let Some(source) = source {
        if source.text == target.text {
            remarks.push("source and translation are the same text".to_owned());
        } else if report.from == report.to && report.from.is_some() {
            remarks.push("source and translation are in the same language".to_owned());
        }
        if source.text.trim().is_empty() {
            remarks.push("the source is empty: nothing was compared".to_owned());
        }
    } else if report.facts.is_none() {
        remarks.push("checked without a source: fluent sentences that say the wrong thing cannot be seen".to_owned());
    }
    remarks
}

/// The source of a target: the file given, or the one of the same name in the folder given.
fn source_of(arguments: &CheckArguments, target: &Path, count: usize) -> Result<Option<PathBuf>, Error> {
    let Some(source) = &arguments.source else { return Ok(None) };
    if !source.is_dir() {
        if count > 1 {
            return Err(Error::Usage(format!(
                "--source {}: one file cannot be the source of {count} articles; give a folder",
                source.display()
            )));
        }
        return Ok(Some(source.clone()));
    }
    let name = target.file_name().map(|name| source.join(name));
    match name.filter(|path| path.is_file()) {
        Some(path) => Ok(Some(path)),
        None => Err(Error::Usage(format!("{}: no source of this name in {}", target.display(), source.display()))),
    }
}

/// Why the gate is not passed, in words.
fn failure(arguments: &CheckArguments, checked: &[Checked]) -> Option<String> {
    let gate =
        || checked.iter().flat_map(|article| &article.report.diagnostics).filter(|diagnostic| diagnostic.tier == Tier::Gate);
    let count = |severity: Severity| gate().filter(|diagnostic| diagnostic.severity == severity).count();
    let limit = match arguments.fail_on {
        FailOn::Critical => Some(Severity::Critical),
        FailOn::Major => Some(Severity::Major),
        FailOn::Minor => Some(Severity::Minor),
        FailOn::Never => None,
    };
    let forgiven = |severity: Severity| severity == Severity::Major && arguments.max_major.is_some();
    let severe = [Severity::Critical, Severity::Major, Severity::Minor]
        .into_iter()
        .find(|severity| limit.is_some_and(|limit| *severity >= limit) && !forgiven(*severity) && count(*severity) > 0);
    if let Some(severity) = severe {
        return Some(format!(
            "{} {} gate findings (--fail-on {})",
            count(severity),
            severity.name(),
            limit.map_or("", Severity::name)
        ));
    }
    if let Some(most) = arguments.max_major.filter(|most| count(Severity::Major) > *most) {
        return Some(format!("{} major gate findings, at most {most} allowed (--max-major)", count(Severity::Major)));
    }
    let least = arguments.min_score?;
    let worst = checked.iter().min_by(|a, b| a.report.score.total_cmp(&b.report.score))?;
    (worst.report.score < least).then(|| format!("{} scores {}, less than {least} (--min-score)", worst.path, worst.report.score))
}

fn report(arguments: &CheckArguments, checked: &[Checked], failed: Option<&str>) -> Result<(), Error> {
    let mut out = output(arguments.output.as_deref())?;
    let article = |one| -> json::Article {
        let Checked { path, target, source, report, .. }: &Checked = one;
        json::Article::new(Some(path), None, report, target, source.as_ref())
    };
    let result = match arguments.format {
        Format::Json => {
            let documents: Vec<json::Article> = checked.iter().map(article).collect();
            writeln!(out, "{:#}", json!({"schema": json::SCHEMA, "documents": documents}))
        }
        Format::Jsonl => checked.iter().try_for_each(|one| writeln!(out, "{}", json!(article(one)))),
        Format::Text => checked
            .iter()
            .try_for_each(|article| text::write(&mut out, article))
            .and_then(|()| writeln!(out, "{}", text::summary(checked, failed))),
    };
    written(result.and_then(|()| out.flush()))?;
    if arguments.format != Format::Text && failed.is_some() {
        eprintln!("{}", text::summary(checked, failed));
    }
    let doubtful = checked
        .iter()
        .filter_map(|article| article.report.facts.as_ref())
        .flatten()
        .filter(|fact| fact.verdict == Verdict::Unknown)
        .count();
    if arguments.format == Format::Text && doubtful > 0 {
        eprintln!("{doubtful} facts of the brief could not be judged");
    }
    Ok(())
}
