//! The documentation of the rules, printed from the rules themselves: text, JSON and Markdown.

use crate::rules::{self, Rule};
use serde_json::json;
use std::fmt::Write;

/// One line a rule.
pub fn text() -> String {
    let width = rules::all().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules::all() {
        let _ = writeln!(out, "{:width$}  {:8}  {:6}  {}", rule.id, rule.severity.name(), rule.tier.name(), rule.summary);
    }
    out
}

pub fn json() -> String {
    let all: Vec<_> = rules::all()
        .map(|rule| {
            let examples: Vec<_> = rule
                .examples
                .iter()
                .map(
                    |example| json!({"langs": example.langs, "source": example.source, "bad": example.bad, "good": example.good}),
                )
                .collect();
            json!({
                "id": rule.id,
                "category": rule.category.name(),
                "dimension": rule.category.dimension(),
                "severity": rule.severity.name(),
                "tier": rule.tier.name(),
                "summary": rule.summary,
                "why": rule.why,
                "examples": examples,
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Array(all))
}

/// The page `docs/rules.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Rules\n\nWritten by `contresens rules --format markdown`; do not edit.\n\n\
         A *gate* rule may fail a build; an *advice* rule never does. In the examples `[[…]]` marks what is reported.\n\n",
    );
    out.push_str(&table());
    for rule in rules::all() {
        let _ = write!(out, "\n## {}\n\n{}\n", rule.id, story(rule));
    }
    out
}

/// The table of the README.
pub fn table() -> String {
    let mut out = String::from("| rule | severity | tier | finds |\n| --- | --- | --- | --- |\n");
    for rule in rules::all() {
        let _ = writeln!(out, "| `{}` | {} | {} | {} |", rule.id, rule.severity.name(), rule.tier.name(), rule.summary);
    }
    out
}

/// Everything a rule says of itself, as `explain` prints it.
pub fn story(rule: &Rule) -> String {
    let mut out = format!(
        "{}.\n\n{}\n\nCategory: {} ({}). Severity: {}. Tier: {}.\n",
        rule.summary,
        rule.why,
        rule.category.name(),
        rule.category.dimension(),
        rule.severity.name(),
        rule.tier.name()
    );
    if rule.needs_terms() {
        let _ = writeln!(out, "\nThe glossary of the example says: {}.", rules::terms::GLOSSARY.trim().replace('\t', " = "));
    }
    for example in rule.examples {
        let _ = write!(out, "\n```text\n");
        if !example.source.is_empty() {
            let _ = writeln!(out, "source  {}", indented(example.source));
        }
        let _ = write!(out, "bad     {}\ngood    {}\n```\n", indented(example.bad), indented(example.good));
    }
    out
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n        ")
}
