//! Which files are checked, and which source belongs to each.

use super::CheckArguments;
use crate::error::Error;
use crate::input::Format;
use std::path::{Path, PathBuf};

/// The files that the arguments name, folders opened.
pub fn targets(given: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut targets = Vec::new();
    for path in given {
        if !path.is_dir() {
            targets.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in ignore::WalkBuilder::new(path).build() {
            let entry = entry.map_err(|error| Error::Usage(format!("{}: {error}", path.display())))?;
            let known = entry.path().extension().is_some_and(|ending| Format::known_endings().any(|known| ending == known));
            if known && entry.file_type().is_some_and(|kind| kind.is_file()) {
                inside.push(entry.into_path());
            }
        }
        if inside.is_empty() {
            return Err(Error::Usage(format!(
                "{}: no file in this folder that can be read (.txt, .md, .html, .xlf ...)",
                path.display()
            )));
        }
        inside.sort();
        targets.extend(inside);
    }
    Ok(targets)
}

/// The source of a target: the file given, or the one of the same name in the folder given.
pub fn source_of(arguments: &CheckArguments, target: &Path, count: usize) -> Result<Option<PathBuf>, Error> {
    let Some(source) = &arguments.source else { return Ok(None) };
    if !source.is_dir() {
        if count > 1 {
            return Err(Error::Usage(format!(
                "--source {}: one file cannot be the source of {count} articles; give a folder",
                source.display()
            )));
        }
        return Ok(Some(source.clone()));
    }
    let name = target.file_name().map(|name| source.join(name));
    match name.filter(|path| path.is_file()) {
        Some(path) => Ok(Some(path)),
        None => Err(Error::Usage(format!("{}: no source of this name in {}", target.display(), source.display()))),
    }
}
