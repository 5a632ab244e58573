//! `contresens baseline`: writes down what a check finds, so that later checks hold it back.

use super::check::{self, CheckArguments};
use crate::baseline::Baseline;
use crate::error::Error;
use clap::Args;
use std::fs;
use std::path::Path;

#[derive(Args)]
pub struct BaselineArguments {
    /// Take out of the baseline what is mended. Nothing is written, and the exit code is 1, when there is something new
    #[arg(long)]
    update: bool,
    /// With --update: take in what is new
    #[arg(long, requires = "update")]
    grow: bool,
    #[command(flatten)]
    check: CheckArguments,
}

pub fn run(arguments: &BaselineArguments) -> Result<bool, Error> {
    let Some(path) = arguments.check.baseline.as_deref() else {
        return Err(Error::Usage("--baseline FILE: say where the baseline is to be".to_owned()));
    };
    if arguments.check.writes_a_report() {
        return Err(Error::Usage("a baseline is no report: leave out --format, --output and --show-config".to_owned()));
    }
    if !arguments.update && path.exists() {
        return Err(Error::Usage(format!("{}: is there already; --update takes out what is mended", path.display())));
    }
    let before = if arguments.update { Baseline::read(path)? } else { Baseline::default() };
    let found = check::found(&arguments.check, path)?;
    let folder = check::folder_of(path);
    // What was not checked stays, as long as the file is there.
    let outside = before.only(|file| !found.files.contains(file) && folder.join(file).exists());
    let fresh = found.findings.beyond(&before);
    if arguments.update && !arguments.grow && fresh.count() > 0 {
        for known in fresh.known() {
            eprintln!("new: {}: {}: {}", known.path, known.rule, known.words);
        }
        eprintln!(
            "{}: left as it was: {} are new; mend them, or take them in with --grow",
            path.display(),
            findings(fresh.count())
        );
        return Ok(false);
    }
    let gone = before.count() - outside.count() - (found.findings.count() - fresh.count());
    let mut after = found.findings;
    after.extend(outside);
    write(path, &after)?;
    let change = if arguments.update { format!(": {} new, {gone} gone", fresh.count()) } else { String::new() };
    println!("{}: {}{change}", path.display(), findings(after.count()));
    Ok(true)
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

fn write(path: &Path, baseline: &Baseline) -> Result<(), Error> {
    fs::write(path, baseline.text()).map_err(|cause| Error::Write { path: path.to_path_buf(), cause })
}
