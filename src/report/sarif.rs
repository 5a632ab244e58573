//! SARIF 2.1.0, for code scanning and editors: each finding with its rule, and the source sentence as a related location.
//! A suggestion is a wording for people: it stands in the message. Only what `check --fix` would write stands in `fixes`.

use super::item::{Area, Grade, Item, items, relative};
use super::rules::story;
use super::{Checked, Unchecked, uri};
use crate::rules::{self, Rule};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The folder that relative paths count from; where it lies is for the reader of the report to know.
const BASE: &str = "%SRCROOT%";

/// Writes the report of a run; `failed` says why the gate is not passed.
pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked], failed: Option<&str>) -> io::Result<()> {
    let items = items(checked);
    let mut fired: Vec<&Rule> = rules::all().filter(|rule| items.iter().any(|item| item.diagnostic.rule == rule.id)).collect();
    fired.dedup_by_key(|rule| rule.id);
    let run = json!({
        "tool": {"driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
            "rules": fired.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The folder in which the check was run."}}},
        "invocations": [invocation(checked, unchecked, failed)],
        "artifacts": checked.iter().map(artifact).collect::<Vec<_>>(),
        "results": items.iter().map(|item| result(item, checked, &fired)).collect::<Vec<_>>(),
    });
    writeln!(out, "{:#}", json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}))
}

fn descriptor(rule: &Rule) -> Value {
    let grade = Grade::of(rule.severity, rule.tier);
    let problem = match grade {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Note => "recommendation",
    };
    // A family may be called as its category is.
    let mut tags = vec![rule.family(), rule.category.name(), rule.category.dimension()];
    tags.dedup();
    json!({
        "id": rule.id,
        "name": name(rule.id),
        "shortDescription": {"text": format!("{}.", rule.summary)},
        "fullDescription": {"text": format!("{}. {}", rule.summary, rule.why)},
        "help": {"text": story(rule).replace("```text\n", "").replace("```\n", ""), "markdown": story(rule)},
        "defaultConfiguration": {"level": level(grade)},
        "properties": {
            "tags": tags,
            "severity": rule.severity.name(),
            "tier": rule.tier.name(),
            "problem.severity": problem,
        },
    })
}

/// `numbers/magnitude-slipped` as SARIF wants names: `MagnitudeSlipped`.
fn name(id: &str) -> String {
    let defect = id.split_once('/').map_or(id, |(_, defect)| defect);
    defect.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Note => "note",
    }
}

fn invocation(checked: &[Checked], unchecked: &[Unchecked], failed: Option<&str>) -> Value {
    let notes = checked.iter().flat_map(|article| {
        article.target.notes.iter().map(|note| {
            let place = json!({"physicalLocation": {"artifactLocation": location(&article.path)}});
            json!({"level": "note", "message": {"text": note}, "locations": [place]})
        })
    });
    let errors = unchecked.iter().map(|one| {
        let place = json!({"physicalLocation": {"artifactLocation": location(&one.path)}});
        json!({"level": "error", "message": {"text": one.reason}, "locations": [place]})
    });
    // An article that was not checked is an error of the run.
    let code = if unchecked.is_empty() { i32::from(failed.is_some()) } else { 2 };
    let mut invocation = json!({
        "executionSuccessful": unchecked.is_empty(),
        "exitCode": code,
        "toolExecutionNotifications": errors.chain(notes).collect::<Vec<_>>(),
    });
    if let Some(reason) = failed {
        invocation["exitCodeDescription"] = json!(reason);
    }
    invocation
}

/// An article with what is to be said of the whole of it.
fn artifact(article: &Checked) -> Value {
    let report = &article.report;
    let mut properties = json!({
        "from": report.from,
        "to": report.to,
        "words": report.words,
        "aligned": report.aligned,
        "score": report.score,
    });
    if let Some(facts) = &report.facts {
        let fact = |fact: &crate::brief::Outcome| json!({"id": fact.id, "verdict": fact.verdict.name(), "why": fact.why});
        properties["facts"] = facts.iter().map(fact).collect();
    }
    json!({"location": location(&article.path), "roles": ["analysisTarget"], "properties": properties})
}

fn result(item: &Item, checked: &[Checked], fired: &[&Rule]) -> Value {
    let diagnostic = item.diagnostic;
    let article = checked.iter().position(|article| std::ptr::eq(article, item.article));
    let mut target = location(&item.article.path);
    target["index"] = json!(article);
    let mut properties = Map::new();
    properties.insert("severity".to_owned(), json!(diagnostic.severity.name()));
    properties.insert("tier".to_owned(), json!(diagnostic.tier.name()));
    properties.insert("category".to_owned(), json!(diagnostic.category.name()));
    for (key, text) in [("why", &diagnostic.why), ("suggestion", &diagnostic.suggestion)] {
        if let Some(text) = text {
            properties.insert(key.to_owned(), json!(text));
        }
    }
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": fired.iter().position(|rule| rule.id == diagnostic.rule),
        "level": level(item.grade()),
        "message": {"text": message(item)},
        "locations": [{"physicalLocation": {"artifactLocation": target, "region": region(&item.place, item.article.target.raw())}}],
        "partialFingerprints": {"contresens/v1": format!("{:016x}", item.fingerprint)},
        "properties": properties,
    });
    if let Some((area, text)) = &item.fix {
        let replacement = json!({"deletedRegion": region(area, item.article.target.raw()), "insertedContent": {"text": text}});
        let change = json!({"artifactLocation": location(&item.article.path), "replacements": [replacement]});
        let write = diagnostic.suggestion.as_deref().unwrap_or("");
        result["fixes"] = json!([{"description": {"text": format!("Write: {write}")}, "artifactChanges": [change]}]);
    }
    if let Some((area, document)) = item.source.as_ref().zip(item.article.source.as_ref()) {
        let path = location(item.article.source_path.as_deref().unwrap_or("source"));
        let place = json!({"artifactLocation": path, "region": region(area, document.raw())});
        result["relatedLocations"] = json!([{"id": 1, "physicalLocation": place, "message": {"text": "The source."}}]);
    }
    result
}

/// What is wrong, what to write, and a link to the source: viewers show a related location where the message links to it.
fn message(item: &Item) -> String {
    let sentence = |text: &str| {
        let text = text.replace("](", "\\](");
        if text.ends_with(['.', '!', '?', '…']) { text } else { text + "." }
    };
    let mut message = sentence(&item.diagnostic.message);
    if let Some(suggestion) = &item.diagnostic.suggestion {
        message.push_str(&format!(" Write: {}", sentence(suggestion)));
    }
    if item.source.is_some() {
        message.push_str(" See [the source](1).");
    }
    message
}

fn region(area: &Area, text: &str) -> Value {
    json!({
        "startLine": area.start.line,
        "startColumn": area.start.column,
        "endLine": area.end.line,
        "endColumn": area.end.column,
        "byteOffset": area.span.start,
        "byteLength": area.span.len(),
        "snippet": {"text": area.span.of(text)},
    })
}

/// A file: relative to the folder of the check, or absolute where it lies outside of it.
fn location(path: &str) -> Value {
    let path = relative(path);
    match uri::of_file(&path) {
        Some(uri) => json!({"uri": uri}),
        None => json!({"uri": uri::encoded(&path), "uriBaseId": BASE}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths_are_those_of_sarif() {
        assert_eq!(name("numbers/magnitude-slipped"), "MagnitudeSlipped");
        assert_eq!(location("été 1/a.txt"), json!({"uri": "%C3%A9t%C3%A9%201/a.txt", "uriBaseId": BASE}));
        assert_eq!(location("/nowhere/a.txt"), json!({"uri": "file:///nowhere/a.txt"}));
    }
}
