//! GitLab's code quality report: the list of issues of Code Climate, of which GitLab shows a part.

use super::item::{Item, items, relative, visible};
use super::{Checked, Unchecked};
use crate::fingerprint::{SEED, hash};
use crate::mqm::{Category, Tier};
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    let issues: Vec<Value> = unchecked.iter().map(error).chain(items(checked).iter().map(issue)).collect();
    writeln!(out, "{:#}", Value::Array(issues))
}

fn error(one: &Unchecked) -> Value {
    let path = relative(&one.path);
    json!({
        "type": "issue",
        "check_name": "unchecked",
        "description": one.reason,
        "categories": ["Bug Risk"],
        "severity": "blocker",
        "fingerprint": format!("{:016x}", hash(hash(SEED, path.as_bytes()), b"unchecked")),
        "location": {"path": path, "lines": {"begin": 1}},
    })
}

fn issue(item: &Item) -> Value {
    let diagnostic = item.diagnostic;
    let path = relative(&item.article.path);
    // GitLab drops issues of one fingerprint, wherever they stand.
    let fingerprint = hash(hash(SEED, path.as_bytes()), &item.fingerprint.to_le_bytes());
    let severity = if diagnostic.tier == Tier::Advice { "info" } else { diagnostic.severity.name() };
    let mut description = visible(&diagnostic.message);
    if let Some(suggestion) = &diagnostic.suggestion {
        description.push_str(&format!(" (write: {})", visible(suggestion)));
    }
    let mut issue = json!({
        "type": "issue",
        "check_name": diagnostic.rule,
        "description": description,
        "categories": [category(diagnostic.category)],
        "severity": severity,
        "fingerprint": format!("{fingerprint:016x}"),
        "location": {"path": path, "lines": {"begin": item.place.start.line, "end": item.place.end.line}},
    });
    if let Some(why) = &diagnostic.why {
        issue["content"] = json!({"body": visible(why)});
    }
    issue
}

/// The categories of Code Climate are those of program code; these come nearest.
fn category(category: Category) -> &'static str {
    match (category, category.dimension()) {
        (Category::Duplication, _) => "Duplication",
        (_, "accuracy" | "terminology") => "Bug Risk",
        _ => "Style",
    }
}
