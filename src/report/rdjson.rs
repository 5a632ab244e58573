//! The diagnostic format of reviewdog. Its columns count bytes. A suggestion is a wording for people and no replacement that is
//! known to be safe: it stands in the message.

use super::item::{Area, Grade, Item, items, relative};
use super::{Checked, Position};
use crate::document::Document;
use serde_json::{Value, json};
use std::io::{self, Write};

pub fn write(out: &mut impl Write, checked: &[Checked]) -> io::Result<()> {
    let diagnostics: Vec<Value> = items(checked).iter().map(diagnostic).collect();
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
        "location": location(&item.article.path, &item.place, &item.article.target),
        "severity": severity,
        "code": {"value": item.diagnostic.rule},
    });
    if let Some((area, source)) = item.source.as_ref().zip(item.article.source.as_ref()) {
        let path = item.article.source_path.as_deref().unwrap_or("source");
        diagnostic["related_locations"] = json!([{"message": "the source", "location": location(path, area, source)}]);
    }
    diagnostic
}

fn location(path: &str, area: &Area, document: &Document) -> Value {
    let position = |offset: usize, position: Position| {
        let line = document.raw()[..offset].rfind('\n').map_or(0, |at| at + 1);
        json!({"line": position.line, "column": offset - line + 1})
    };
    let range = json!({"start": position(area.span.start, area.start), "end": position(area.span.end, area.end)});
    json!({"path": relative(path), "range": range})
}
