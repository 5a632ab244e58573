//! The documentation of the rules, printed from the rules themselves: text, JSON and Markdown.

use crate::rules::{self, Rule};
use serde_json::json;
use std::fmt::Write;

/// What each rule says about text that nobody here wrote: columns divided by tabs, by `scripts/measure.py`.
pub const MEASURED: &str = include_str!("../../docs/measured.tsv");

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
    out.push_str(&measured(rule.id));
    if rule.needs_dictionary() {
        let words: Vec<&str> =
            rules::spelling::DICTIONARY.1.split_whitespace().skip(1).map(|word| word.trim_end_matches('/')).collect();
        let _ = writeln!(out, "\nThe dictionary of the example has: {}.", words.join(", "));
    }
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

/// How often a rule is wrong and what it finds; nothing of a rule that was not measured.
fn measured(id: &str) -> String {
    let row = |line: &'static str| line.strip_prefix(id)?.strip_prefix('\t');
    let Some(row) = MEASURED.lines().find_map(row) else { return String::new() };
    let mut cells = row.split('\t').skip(1);
    let mut cell = || cells.next().unwrap_or_default();
    let (words, alarms, rate, found) = (cell(), cell(), cell(), cell());
    let finds = if found.is_empty() { String::new() } else { format!(" Of planted defects it finds: {found}.") };
    format!("\nMeasured: {alarms} alarms in {words} words of professional translations ({rate} per 10,000 words).{finds}\n")
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n        ")
}
