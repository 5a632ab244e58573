//! The diagnostic format of reviewdog. Its columns count bytes. A suggestion is a wording for people and no replacement that is
//! known to be safe: it stands in the message.

use super::item::{Area, Grade, Item, items, relative};
use super::{Checked, Position, Unchecked};
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    let error = |one: &Unchecked| {
        json!({
            "message": one.reason,
            "location": {"path": relative(&one.path)},
            "severity": "ERROR",
            "code": {"value": "unchecked"},
        })
    };
    let diagnostics: Vec<Value> = unchecked.iter().map(error).chain(items(checked).iter().map(diagnostic)).collect();
    writeln!(out, "{:#}", json!({"source": {"name": env!("CARGO_PKG_NAME")}, "diagnostics": diagnostics}))
}

fn diagnostic(item: &Item) -> Value {
    let severity = match item.grade() {
        Grade::Error => "ERROR",
        Grade::Warning => "WARNING",
        Grade::Note => "INFO",
    };
    let mut diagnostic = json!({
        "message": item.story(),
        "location": location(&item.article.path, &item.place),
        "severity": severity,
        "code": {"value": item.diagnostic.rule},
    });
    if let Some(area) = &item.source {
        let path = item.article.source_path.as_deref().unwrap_or("source");
        diagnostic["related_locations"] = json!([{"message": "the source", "location": location(path, area)}]);
    }
    diagnostic
}

fn location(path: &str, area: &Area) -> Value {
    let position = |bytes: usize, position: Position| json!({"line": position.line, "column": bytes + 1});
    let range = json!({"start": position(area.bytes.0, area.start), "end": position(area.bytes.1, area.end)});
    json!({"path": relative(path), "range": range})
}
