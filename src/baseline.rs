//! A baseline: the findings of a day, which later checks hold back. It can only shrink, unless somebody says otherwise.

use crate::document::Document;
use crate::error::Error;
use crate::fingerprint::fingerprint;
use crate::rules::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The schema that a baseline names.
pub const SCHEMA: &str = "contresens-baseline/1";

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    findings: BTreeMap<Key, Known>,
}

/// File, rule and fingerprint.
type Key = (String, String, String);

/// A finding that is known: a line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The file, with slashes, from the folder of the baseline.
    pub path: String,
    pub rule: String,
    /// Its words, for people.
    pub words: String,
    /// The fingerprint, in hexadecimal.
    pub print: String,
    /// How many of them there are.
    pub count: usize,
}

impl Known {
    fn key(&self) -> Key {
        (self.path.clone(), self.rule.clone(), self.print.clone())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Known>,
}

impl Baseline {
    pub fn read(path: &Path) -> Result<Baseline, Error> {
        let text = fs::read_to_string(path).map_err(|cause| Error::Read { path: path.to_path_buf(), cause })?;
        let wrong = |line, expected| Error::Row { path: path.display().to_string(), line, expected };
        let file: File = serde_json::from_str(&text).map_err(|error| wrong(error.line(), format!("a baseline: {error}")))?;
        if file.schema != SCHEMA {
            return Err(wrong(1, format!("\"schema\": {SCHEMA:?} instead of {:?}", file.schema)));
        }
        Ok(file.findings.into_iter().collect())
    }

    /// The file: a finding a line, sorted, so that a change of one is a change of one line.
    pub fn text(&self) -> String {
        let line = |known: &Known| serde_json::to_string(known).map(|line| format!("    {line}")).unwrap_or_default();
        let lines: Vec<String> = self.known().map(line).collect();
        let findings = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": {findings}\n}}\n")
    }

    /// The findings of a file.
    pub fn of(path: &str, document: &Document, diagnostics: &[Diagnostic]) -> Baseline {
        diagnostics.iter().map(|diagnostic| known(path, document, diagnostic)).collect()
    }

    /// Takes the findings of a file out that are known, as often as they are. Gives how many, and those known that were not found.
    pub fn hold_back(&self, path: &str, document: &Document, diagnostics: &mut Vec<Diagnostic>) -> (usize, Baseline) {
        let mut left = self.only(|known| known == path);
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| match left.findings.get_mut(&known(path, document, diagnostic).key()) {
            Some(known) if known.count > 0 => {
                known.count -= 1;
                false
            }
            _ => true,
        });
        left.findings.retain(|_, known| known.count > 0);
        (before - diagnostics.len(), left)
    }

    pub fn known(&self) -> impl Iterator<Item = &Known> {
        self.findings.values()
    }

    /// How many findings it knows.
    pub fn count(&self) -> usize {
        self.known().map(|known| known.count).sum()
    }

    /// The findings that `other` does not know, or not as often.
    pub fn beyond(&self, other: &Baseline) -> Baseline {
        let more = |(key, own): (&Key, &Known)| {
            let count = own.count.saturating_sub(other.findings.get(key).map_or(0, |known| known.count));
            (count > 0).then(|| Known { count, ..own.clone() })
        };
        self.findings.iter().filter_map(more).collect()
    }

    /// The findings of the files for which something holds.
    pub fn only(&self, holds: impl Fn(&str) -> bool) -> Baseline {
        self.known().filter(|known| holds(&known.path)).cloned().collect()
    }

    /// Adds all findings of another.
    pub fn extend(&mut self, other: Baseline) {
        for known in other.findings.into_values() {
            match self.findings.get_mut(&known.key()) {
                Some(own) => own.count += known.count,
                None => {
                    self.findings.insert(known.key(), known);
                }
            }
        }
    }
}

impl FromIterator<Known> for Baseline {
    fn from_iter<I: IntoIterator<Item = Known>>(all: I) -> Baseline {
        let mut baseline = Baseline::default();
        for known in all {
            baseline.extend(Baseline { findings: BTreeMap::from([(known.key(), known)]) });
        }
        baseline
    }
}

fn known(path: &str, document: &Document, diagnostic: &Diagnostic) -> Known {
    let print = fingerprint(diagnostic, document);
    Known {
        path: path.to_owned(),
        rule: diagnostic.rule.to_owned(),
        words: print.words,
        print: format!("{:016x}", print.hash),
        count: 1,
    }
}
