//! Where the reports go, and in which format.

use super::format::{Destination, Format};
use crate::brief::Verdict;
use crate::cli::output::Output;
use crate::error::Error;
use crate::mqm::Severity;
use crate::report::text::{self, Paper};
use crate::report::{Checked, Unchecked, checkstyle, github, gitlab, html, json, junit, rdjson, sarif};
use std::io::{self, Write};

/// Writes the reports of a run. What a person must know, and no report on standard output says, goes to standard error.
pub fn reports(
    destinations: &[Destination],
    checked: &[Checked],
    unchecked: &[Unchecked],
    least: Option<Severity>,
    failed: Option<&str>,
) -> Result<(), Error> {
    for destination in destinations {
        let mut out = Output::open(destination.path)?;
        let result = match destination.format {
            Format::Text => {
                let paper = destination.path.map_or_else(terminal, |_| Paper::FILE);
                checked
                    .iter()
                    .try_for_each(|article| text::write(&mut out, article, paper))
                    .and_then(|()| writeln!(out, "{}", text::summary(checked, failed)))
            }
            Format::Json => json::write(&mut out, checked, unchecked),
            Format::Jsonl => json::write_lines(&mut out, checked, unchecked),
            Format::Sarif => sarif::write(&mut out, checked, unchecked, failed),
            Format::Github => github::write(&mut out, checked, unchecked),
            Format::Gitlab => gitlab::write(&mut out, checked, unchecked),
            Format::Junit => junit::write(&mut out, checked, unchecked, least),
            Format::Checkstyle => checkstyle::write(&mut out, checked, unchecked),
            Format::Rdjson => rdjson::write(&mut out, checked, unchecked),
            Format::Html => html::write(&mut out, checked, unchecked),
        };
        out.written(result)?;
    }
    let told = destinations.contains(&Destination { format: Format::Text, path: None });
    if !told && failed.is_some() {
        eprintln!("{}", text::summary(checked, failed));
    }
    let doubtful = checked
        .iter()
        .filter_map(|article| article.report.facts.as_ref())
        .flatten()
        .filter(|fact| fact.verdict == Verdict::Unknown)
        .count();
    if told && doubtful > 0 {
        eprintln!("{doubtful} facts of the brief could not be judged");
    }
    Ok(())
}

/// Standard output. What is written there loses its colours when it is no terminal, or when the reader wants none.
fn terminal() -> Paper {
    let width = terminal_size::terminal_size_of(io::stdout()).map_or(Paper::FILE.width, |(width, _)| usize::from(width.0));
    Paper { colour: true, width }
}
