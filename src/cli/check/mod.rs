//! `contresens check`: articles in, a report out, and an exit code for CI.

mod format;
mod gate;
mod pairing;
mod write;

use super::limits::{self, LimitArguments};
use super::{Knowledge, progress};
use crate::brief::Brief;
use crate::checker::{Check, Checker};
use crate::deadline::Stop;
use crate::document::Document;
use crate::error::Error;
use crate::input;
use crate::report::{Checked, Unchecked};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

#[derive(Args)]
pub struct CheckArguments {
    /// Translated articles, or folders of them (.txt, .md, .html, .xlf, .tmx, .po; .tsv, .csv, .jsonl and .json by name);
    /// `-` is standard input
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
    limits: LimitArguments,
    #[command(flatten)]
    knowledge: Knowledge,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Critical,
    Major,
    Minor,
    Never,
}

fn input_format(name: &str) -> Result<input::Format, String> {
    input::Format::named(name)
        .ok_or_else(|| format!("expected txt, md, html, xlf, tmx, po, tsv, csv, jsonl or json instead of {name:?}"))
}

pub fn run(arguments: &CheckArguments) -> Result<bool, Error> {
    let destinations = format::destinations(&arguments.formats, arguments.output.as_deref())?;
    let corpus = arguments.knowledge.load()?;
    let mut checker = arguments.knowledge.checker(&corpus)?;
    let brief = arguments.expect.as_deref().map(Brief::read).transpose()?;
    let targets = pairing::targets(&arguments.targets)?;
    // Of one article there is nothing to keep, and it may be read from a person who types.
    let stop = if targets.len() > 1 { limits::stop_on_interrupt()? } else { Stop::default() };
    checker.limit(arguments.limits.limits(&stop));
    // A language that is not known is told before any file is read.
    checker.tag(arguments.from.as_deref())?;
    checker.tag(arguments.to.as_deref())?;
    let (mut checked, mut unchecked) = (Vec::new(), Vec::new());
    for target in progress::bar(targets.len()).wrap_iter(targets.iter()) {
        let one = if stop.load(Ordering::Relaxed) {
            Err(Error::Interrupted(None))
        } else {
            check_one(arguments, &checker, brief.as_ref(), target, targets.len())
        };
        match one {
            Ok(one) => checked.push(one),
            // What is wrong with the arguments is wrong with every article.
            Err(error) if matches!(error, Error::Usage(_) | Error::Language { .. }) => return Err(error),
            Err(error) => unchecked.push(Unchecked::new(target, &error)),
        }
    }
    // A lone article that was not checked makes no report.
    if targets.len() == 1 && checked.is_empty() {
        return Err(Error::Unchecked(unchecked.into_iter().map(|one| one.reason).collect()));
    }
    let failed = gate::failure(arguments, &checked, &unchecked);
    write::reports(&destinations, &checked, &unchecked, gate::least(arguments), failed.as_deref())?;
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted(Some(format!("{} of {} articles were checked", checked.len(), targets.len()))));
    }
    if !unchecked.is_empty() {
        return Err(Error::Unchecked(unchecked.iter().map(|one| one.reason.clone()).collect()));
    }
    Ok(failed.is_none())
}

fn check_one(
    arguments: &CheckArguments,
    checker: &Checker,
    brief: Option<&Brief>,
    path: &Path,
    count: usize,
) -> Result<Checked, Error> {
    let wish = input::Wish {
        format: arguments.input_format,
        from: arguments.from.as_deref(),
        to: arguments.to.as_deref(),
        field: arguments.json_field.as_deref(),
        most: Some(arguments.limits.size()),
    };
    let target = input::read_as(path, &wish)?;
    let source_path = pairing::source_of(arguments, path, count)?;
    let source = source_path
        .as_deref()
        .map(|path| input::read_as(path, &input::Wish { most: wish.most, ..input::Wish::default() }))
        .transpose()?;
    let check = Check {
        target: Some(&target),
        source: source.as_ref(),
        brief,
        from: arguments.from.as_deref(),
        to: arguments.to.as_deref(),
    };
    let report = limits::checked(checker, &check)?;
    // A file of translated units holds its source.
    let own = if source.is_none() { target.own_source().cloned() } else { None };
    let source_path = source_path.or_else(|| own.as_ref().map(|_| path.to_path_buf()));
    let source = source.or(own);
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
