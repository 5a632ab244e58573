//! The texts that an editor has open: where their sources are, and what was found in them.

use crate::checker::{Check, Checker, Report};
use crate::document::Document;
use crate::error::Error;
use crate::input::{self, Format};
use lsp_types::Uri;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What holds for all texts.
#[derive(Clone, Default)]
pub struct Settings {
    /// The source, or a folder with a source of the same name for each text; absolute.
    pub source: Option<PathBuf>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A text that is open.
pub struct Open {
    pub uri: Uri,
    /// None for a text that was never saved.
    pub path: Option<PathBuf>,
    format: Format,
    pub version: i32,
    pub text: String,
    /// None for what was not checked yet, and for sources.
    pub outcome: Option<Result<Judged, Error>>,
}

/// A text that was checked.
pub struct Judged {
    pub document: Document,
    pub report: Report,
    pub source: Option<Original>,
}

pub struct Original {
    pub path: PathBuf,
    pub document: Document,
}

/// All texts, by their URIs.
pub type Texts = BTreeMap<String, Open>;

impl Open {
    pub fn new(uri: Uri, language: &str, version: i32, text: String) -> Open {
        let path = crate::report::uri::path(uri.as_str());
        let format = path.as_deref().map_or(Format::Plain, Format::of);
        let format = if language == "markdown" { Format::Markdown } else { format };
        Open { uri, path, format, version, text, outcome: None }
    }

    /// Whether another text was its source when it was checked.
    pub fn translates(&self, other: &Open) -> bool {
        let source = self.outcome.as_ref().and_then(|outcome| outcome.as_ref().ok()).and_then(|judged| judged.source.as_ref());
        source.is_some_and(|source| other.path.as_ref() == Some(&source.path))
    }
}

/// Checks a text. Nothing comes of one that is a source itself.
pub fn judge(text: &Open, texts: &Texts, settings: &Settings, checker: &Checker) -> Option<Result<Judged, Error>> {
    let sources = settings.source.as_deref();
    let is_source = sources.zip(text.path.as_deref()).is_some_and(|(sources, path)| path.starts_with(sources));
    (!is_source).then(|| {
        let document = input::parse(text.text.clone(), text.format);
        let path = source_of(text, settings);
        let source = path.map(|path| original(path, texts)).transpose()?;
        let check = Check {
            target: Some(&document),
            source: source.as_ref().map(|source| &source.document),
            brief: None,
            from: settings.from.as_deref(),
            to: settings.to.as_deref(),
        };
        let report = checker.check(&check)?;
        Ok(Judged { document, report, source })
    })
}

/// The source that a text names itself, else the one of the settings.
fn source_of(text: &Open, settings: &Settings) -> Option<PathBuf> {
    let path = text.path.as_deref();
    let beside = |name: &str| Some(path?.parent()?.join(name));
    if let Some(named) = named_source(&text.text).and_then(beside) {
        return Some(named);
    }
    let given = settings.source.as_deref()?;
    if !given.is_dir() {
        return Some(given.to_path_buf());
    }
    path.and_then(Path::file_name).map(|name| given.join(name)).filter(|path| path.is_file())
}

/// The file that front matter names: a line `source: FILE` or `source = "FILE"`.
fn named_source(text: &str) -> Option<&str> {
    let mut lines = text.lines();
    let fence = lines.next().filter(|line| matches!(line.trim_end(), "---" | "+++"))?.trim_end();
    let lines = lines.take_while(|line| line.trim_end() != fence);
    let value = lines.filter_map(|line| line.split_once([':', '='])).find(|(key, _)| key.trim() == "source")?.1;
    Some(value.trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// A source as it stands in the editor, else as it stands on the disk.
fn original(path: PathBuf, texts: &Texts) -> Result<Original, Error> {
    let document = match texts.values().find(|text| text.path.as_ref() == Some(&path)) {
        Some(text) => input::parse(text.text.clone(), text.format),
        None => input::read(&path)?,
    };
    Ok(Original { path, document })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_names_a_source() {
        assert_eq!(named_source("---\nlang: fr\nsource: ../zh/a.md\n---\nsource: b"), Some("../zh/a.md"));
        assert_eq!(named_source("+++\nsource = \"a.md\"\n+++\n"), Some("a.md"));
        assert_eq!(named_source("---\nlang: fr\n---\nsource: b"), None);
        assert_eq!(named_source("Le maire\nsource: b"), None);
    }
}
