//! A finding with its places in the files: what the formats that are lists of findings are written from.

use super::{Checked, Lines, Position};
use crate::document::Span;
use crate::fingerprint::{fingerprint, hash};
use crate::fix;
use crate::mqm::{Severity, Tier};
use crate::rules::Diagnostic;
use rustc_hash::FxHashMap;
use std::path::Path;

/// A finding of an article.
pub struct Item<'c> {
    pub article: &'c Checked,
    pub diagnostic: &'c Diagnostic,
    pub place: Area,
    /// The place in the source that shows it.
    pub source: Option<Area>,
    /// What needs no judgement to be written, and where.
    pub fix: Option<(Area, String)>,
    /// The same for the same finding when lines are moved or words change elsewhere; another for each finding of an article.
    pub fingerprint: u64,
}

/// A stretch of a file; its end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Bytes.
    pub span: Span,
    pub start: Position,
    pub end: Position,
    /// Bytes before the start and the end in their lines.
    pub bytes: (usize, usize),
}

/// What other tools make of severity and tier: only an error or a warning may fail a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    Note,
    Warning,
    Error,
}

impl Grade {
    pub fn of(severity: Severity, tier: Tier) -> Grade {
        match (severity, tier) {
            (_, Tier::Advice) => Grade::Note,
            (Severity::Minor, Tier::Gate) => Grade::Warning,
            (_, Tier::Gate) => Grade::Error,
        }
    }
}

/// All findings of a run, article by article, in the order of the texts.
pub fn items(checked: &[Checked]) -> Vec<Item<'_>> {
    checked.iter().flat_map(of_article).collect()
}

fn of_article(article: &Checked) -> Vec<Item<'_>> {
    let lines = Lines::new(article.target.raw());
    let source = article.source.as_ref().map(|source| (source, Lines::new(source.raw())));
    let mut seen: FxHashMap<u64, u64> = FxHashMap::default();
    let item = |diagnostic: &'_ Diagnostic| {
        let place = Area::of(&lines, diagnostic.place(&article.target));
        let print = fingerprint(diagnostic, &article.target).hash;
        let ordinal = seen.entry(print).or_insert(0);
        let fingerprint = hash(print, &ordinal.to_le_bytes());
        *ordinal += 1;
        (place, fingerprint)
    };
    let places: Vec<(Area, u64)> = article.report.diagnostics.iter().map(item).collect();
    let items = article.report.diagnostics.iter().zip(places).map(|(diagnostic, (place, fingerprint))| Item {
        article,
        diagnostic,
        place,
        source: diagnostic.source.zip(source.as_ref()).map(|(span, (source, lines))| Area::of(lines, source.place(span))),
        fix: fix::edit(&article.target, diagnostic).map(|(span, text)| (Area::of(&lines, span), text)),
        fingerprint,
    });
    items.collect()
}

impl Area {
    /// A stretch of the file whose lines these are.
    fn of(lines: &Lines, span: Span) -> Area {
        let before = |offset: usize| offset - lines.line_at(offset).start;
        let bytes = (before(span.start), before(span.end));
        Area { span, start: lines.position(span.start), end: lines.position(span.end), bytes }
    }
}

impl Item<'_> {
    pub fn grade(&self) -> Grade {
        Grade::of(self.diagnostic.severity, self.diagnostic.tier)
    }

    /// `critical`, or `critical advice`.
    pub fn rank(&self) -> String {
        rank(self.diagnostic)
    }

    /// What is wrong, why it matters and what to write, a line each; safe to print.
    pub fn story(&self) -> String {
        let mut story = visible(&self.diagnostic.message);
        for (lead, text) in [("why", &self.diagnostic.why), ("write", &self.diagnostic.suggestion)] {
            if let Some(text) = text {
                story.push_str(&format!("\n{lead}: {}", visible(text)));
            }
        }
        story
    }
}

pub fn rank(diagnostic: &Diagnostic) -> String {
    format!("{}{}", diagnostic.severity.name(), if diagnostic.tier == Tier::Advice { " advice" } else { "" })
}

/// A path as tools want it that look files up in a repository: relative to the current folder where it lies in it, with
/// slashes, without a leading `./`.
pub fn relative(path: &str) -> String {
    let here = std::env::current_dir().ok();
    let path = here.as_deref().and_then(|here| Path::new(path).strip_prefix(here).ok()).unwrap_or(Path::new(path));
    let path = path.display().to_string();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path };
    path.strip_prefix("./").map_or(path.clone(), str::to_owned)
}

/// Control and direction characters made visible: a text may not command the terminal.
pub fn visible(text: &str) -> String {
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{FEFF}');
    text.chars().map(|c| if hidden(c) { if c == '\t' { ' ' } else { '\u{FFFD}' } } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_folder() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(relative(&here.join("a/b.txt").display().to_string()), "a/b.txt");
        assert_eq!((relative("./a.txt"), relative("../a.txt"), relative("-")), ("a.txt".into(), "../a.txt".into(), "-".into()));
    }
}
