//! Where the report goes, and in which format.

use super::{CheckArguments, Format};
use crate::brief::Verdict;
use crate::cli::{output, written};
use crate::error::Error;
use crate::report::{Checked, html, json, text};
use serde_json::json;
use std::io::Write;

/// Writes the report of all articles.
pub fn report(arguments: &CheckArguments, checked: &[Checked], failed: Option<&str>) -> Result<(), Error> {
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
        Format::Html => html::write(&mut out, checked),
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
