//! `--manifest FILE`: a table, or JSON lines, of targets with their sources, briefs and languages.

use super::plan::folder_of;
use crate::config::{Held, Origin, canonical};
use crate::error::Error;
use serde::Deserialize;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What a manifest says of one article.
#[derive(Clone, Debug)]
pub struct Said {
    pub target: PathBuf,
    pub source: Option<Held<PathBuf>>,
    pub brief: Option<PathBuf>,
    pub from: Option<Held<String>>,
    pub to: Option<Held<String>>,
}

/// A row as written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Row {
    target: String,
    source: Option<String>,
    brief: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// The columns, in the order they have where no first row names them.
const COLUMNS: [&str; 5] = ["target", "source", "brief", "from", "to"];

/// Reads a manifest: JSON lines when its name ends in `.jsonl`, else a table with tabs.
pub fn read(path: &Path) -> Result<Vec<Said>, Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
    let json = path.extension().is_some_and(|ending| ending == "jsonl");
    let mut columns: Vec<&str> = COLUMNS.to_vec();
    let mut said = Vec::new();
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate().map(|(number, line)| (number + 1, line));
    for (line, written) in lines.filter(|(_, line)| !line.trim().is_empty() && (json || !line.starts_with('#'))) {
        let wrong = |expected: String| Error::Row { path: path.display().to_string(), line, expected };
        if !json && said.is_empty() && written.split('\t').next().is_some_and(|cell| cell.trim() == COLUMNS[0]) {
            columns = written.split('\t').map(str::trim).collect();
            if let Some(unknown) = columns.iter().find(|name| !COLUMNS.contains(name)) {
                return Err(wrong(format!("columns among {} instead of {unknown:?}", COLUMNS.join(", "))));
            }
            continue;
        }
        let row = if json {
            serde_json::from_str(written).map_err(|error| format!("an object with {}: {error}", COLUMNS.join(", ")))
        } else {
            cells(written, &columns)
        };
        said.push(row.and_then(|row| resolved(row, path, line)).map_err(wrong)?);
    }
    Ok(said)
}

fn cells(line: &str, columns: &[&str]) -> Result<Row, String> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    if cells.len() > columns.len() {
        return Err(format!("at most {} columns ({})", columns.len(), columns.join(", ")));
    }
    let cell = |name: &str| {
        let at = columns.iter().position(|column| *column == name)?;
        cells.get(at).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned())
    };
    let target = cell("target").unwrap_or_default();
    Ok(Row { target, source: cell("source"), brief: cell("brief"), from: cell("from"), to: cell("to") })
}

fn resolved(row: Row, manifest: &Path, line: usize) -> Result<Said, String> {
    if row.target.is_empty() {
        return Err("a target".to_owned());
    }
    let origin = Origin::File { path: canonical(manifest), line, column: 1 };
    let source = row.source.map(|source| below(manifest, &source)).transpose()?;
    let held = |value: String| Held { value, origin: origin.clone() };
    Ok(Said {
        target: below(manifest, &row.target)?,
        source: source.map(|value| Held { value, origin: origin.clone() }),
        brief: row.brief.map(|brief| below(manifest, &brief)).transpose()?,
        from: row.from.map(held),
        to: row.to.map(held),
    })
}

/// A file that a manifest names. A relative path counts from the folder of the manifest and may not lead out of it.
fn below(manifest: &Path, written: &str) -> Result<PathBuf, String> {
    let path = Path::new(written);
    let out = path.components().any(|part| part == Component::ParentDir);
    if out && !path.is_absolute() {
        return Err(format!("a path below the folder of the manifest, or an absolute one, instead of {written:?}"));
    }
    let path = folder_of(manifest).join(path);
    if path.is_file() { Ok(path) } else { Err(format!("a file instead of {written:?}, which is not there")) }
}
