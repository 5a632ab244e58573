//! JSON: the objects of `batch`, `check --format json` and `jsonl`. Outside tools rely on every name here.

use super::{Checked, Lines, Unchecked};
use crate::checker::Report;
use crate::document::{Document, Span};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The schema that `check --format json` names.
pub const SCHEMA: &str = "contresens/1";

/// Writes one object with all articles; those that were not checked stand apart.
pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    let documents: Vec<Article> = checked.iter().map(Article::of).collect();
    let mut report = json!({"schema": SCHEMA, "documents": documents});
    if !unchecked.is_empty() {
        report["errors"] = unchecked.iter().map(error).collect();
    }
    writeln!(out, "{report:#}")
}

/// Writes one object a line for each article.
pub fn write_lines(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    checked.iter().try_for_each(|one| writeln!(out, "{}", json!(Article::of(one))))?;
    unchecked.iter().try_for_each(|one| writeln!(out, "{}", error(one)))
}

fn error(one: &Unchecked) -> Value {
    json!({"path": one.path, "error": one.reason})
}

/// One article: a line of `batch`, a document of `check`.
#[derive(Serialize)]
pub struct Article<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    pub from: Option<&'r str>,
    pub to: Option<&'r str>,
    pub words: usize,
    pub segments: usize,
    pub aligned: Option<f64>,
    pub score: f64,
    pub diagnostics: Vec<Diagnostic<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<Vec<Fact<'r>>>,
    /// Findings that comments of the file held back.
    #[serde(skip_serializing_if = "is_zero")]
    pub suppressed: usize,
    /// Findings that a baseline held back.
    #[serde(skip_serializing_if = "is_zero")]
    pub known: usize,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub notes: &'r [String],
}

#[derive(Serialize)]
pub struct Diagnostic<'r> {
    rule: &'r str,
    category: &'static str,
    severity: &'static str,
    tier: &'static str,
    message: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'r str>,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Place>,
}

/// Byte offsets into the file, and the line and column of the first.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
pub struct Fact<'r> {
    id: &'r str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    why: &'r str,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl<'r> Article<'r> {
    fn of(checked: &'r Checked) -> Article<'r> {
        let Checked { path, target, source, report, .. } = checked;
        Article::new(Some(path), None, report, target, source.as_ref())
    }

    /// The report of one article; `path` for `check`, `id` for `batch`.
    pub fn new(
        path: Option<&'r str>,
        id: Option<Value>,
        report: &'r Report,
        target: &'r Document,
        source: Option<&Document>,
    ) -> Article<'r> {
        let target_lines = Lines::new(target.raw());
        let source_lines = source.map(|source| (source, Lines::new(source.raw())));
        let diagnostics = report.diagnostics.iter().map(|diagnostic| Diagnostic {
            rule: diagnostic.rule,
            category: diagnostic.category.name(),
            severity: diagnostic.severity.name(),
            tier: diagnostic.tier.name(),
            message: &diagnostic.message,
            why: diagnostic.why.as_deref(),
            place: Place::new(&target_lines, diagnostic.place(target)),
            suggestion: diagnostic.suggestion.as_deref(),
            source: diagnostic
                .source
                .zip(source_lines.as_ref())
                .map(|(span, (source, lines))| Place::new(lines, source.place(span))),
        });
        let facts = report.facts.as_ref().map(|facts| {
            let fact = |outcome: &'r crate::brief::Outcome| {
                let place = outcome.span.map(|span| target.place(span));
                Fact {
                    id: &outcome.id,
                    verdict: outcome.verdict.name(),
                    start: place.map(|place| place.start),
                    end: place.map(|place| place.end),
                    why: &outcome.why,
                }
            };
            facts.iter().map(fact).collect()
        });
        Article {
            path,
            id,
            from: report.from.as_deref(),
            to: report.to.as_deref(),
            words: report.words,
            segments: report.segments,
            aligned: report.aligned.map(|aligned| (f64::from(aligned) * 1000.0).round() / 1000.0),
            score: report.score,
            diagnostics: diagnostics.collect(),
            facts,
            suppressed: report.suppressed,
            known: report.known,
            notes: &target.notes,
        }
    }
}

impl Place {
    fn new(lines: &Lines, span: Span) -> Place {
        let position = lines.position(span.start);
        Place { start: span.start, end: span.end, line: position.line, column: position.column }
    }
}
