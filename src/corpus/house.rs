//! What is wrong with a house folder and no reader of its tables would notice: files and columns of which the name is misspelt,
//! languages without a code, and traps that can never fire.

use super::files::Files;
use super::table::lines;
use super::{Corpus, Evidence, Trap, embedded};
use crate::document::Span;
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// Where the languages and the pairs lie.
const LANGUAGES: &str = "languages";
const PAIRS: &str = "pairs";

/// Looks at the names of house files and of their columns, beside those of ours.
pub fn check_names(files: &Files) -> Result<(), Error> {
    let known = shapes();
    let (mut any, mut read) = (None, false);
    for (name, file) in files.of_house() {
        let Some(columns) = known.get(&shape(name)) else {
            if let Some(meant) = meant(name, &known) {
                return Err(Error::Usage(format!("{}: such a file is not read; did you mean {meant}?", file.path)));
            }
            any = Some(&file.path);
            continue;
        };
        read = true;
        let Some((line, header)) = header(name, &file.text) else { continue };
        for column in header.split('\t').map(str::trim).filter(|column| !columns.contains(column)) {
            if let Some(meant) = nearest(column, columns.iter().copied()) {
                let expected = format!("a column {meant:?} instead of {column:?}");
                return Err(Error::Row { path: file.path.clone(), line, expected });
            }
        }
    }
    match any.filter(|_| !read) {
        Some(path) => Err(Error::Usage(format!(
            "{path}: nothing in this folder is read; expected {LANGUAGES}/, {PAIRS}/, concepts/ or names/ in it, as in corpus/"
        ))),
        None => Ok(()),
    }
}

/// The files that are read, by their shape, with the columns of those that are tables.
fn shapes() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut shapes: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for (path, text) in embedded::TEXTS {
        let columns = shapes.entry(shape(path)).or_default();
        columns.extend(header(path, text).into_iter().flat_map(|(_, header)| header.split('\t').map(str::trim)));
    }
    shapes
}

/// The line that names the columns of a table, with its number; other files have none.
fn header<'t>(path: &str, text: &'t str) -> Option<(usize, &'t str)> {
    path.strip_suffix(".tsv").and_then(|_| lines(text).next())
}

/// A path with a `*` for what may have any name: the folder of a language or a pair, a table of concepts or names.
fn shape(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>()[..] {
        [folder, _, file] => format!("{folder}/*/{file}"),
        [folder, file] if !file.starts_with("units") => format!("{folder}/*{}", &file[file.rfind('.').unwrap_or(0)..]),
        _ => path.to_owned(),
    }
}

/// The path that was meant: one of nearly the same shape, or of the same file in another folder.
fn meant(path: &str, known: &BTreeMap<String, BTreeSet<&str>>) -> Option<String> {
    let own = shape(path);
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let near = nearest(&own, known.keys().map(String::as_str));
    let near = near.or_else(|| known.keys().map(String::as_str).find(|known| file(known) == file(path) && file(path).len() > 5));
    let middle = path.split('/').nth(1).filter(|_| path.split('/').count() == 3);
    near.map(|near| near.replace('*', middle.unwrap_or("NAME")))
}

/// Signs that may differ in a slip of the pen, and of a word too short for two.
const SLIPS: usize = 2;
const SHORT: usize = 6;

/// The known word that differs from another by a slip; numbered names are other names.
fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    if word.contains(|c: char| c.is_ascii_digit()) || word.len() < SHORT / 2 + 1 {
        return None;
    }
    let most = if word.len() < SHORT { 1 } else { SLIPS };
    let near = known.map(|known| (strsim::osa_distance(word, known), known)).filter(|(distance, _)| *distance <= most);
    near.min().map(|(_, known)| known)
}

impl Corpus {
    /// Looks whether the languages of a house folder have codes.
    pub(super) fn check_tags(&self) -> Result<(), Error> {
        for (name, file) in self.files.of_house() {
            let [folder, tags, _] = name.split('/').collect::<Vec<_>>()[..] else { continue };
            let tags = match folder {
                LANGUAGES => vec![tags],
                PAIRS => match tags.split_once('-') {
                    Some((from, to)) => vec![from, to],
                    None => return Err(Error::Usage(format!("{}: expected a folder {PAIRS}/SOURCE-TARGET", file.path))),
                },
                _ => continue,
            };
            if let Some(tag) = tags.into_iter().find(|tag| !self.codes.iter().any(|code| code.tag == *tag)) {
                let hint = match self.tag(tag) {
                    Some(known) => format!("did you mean {known:?}?"),
                    None => {
                        "a row in codes.tsv of the house folder makes it known: tag, iso639-3, name, script, native".to_owned()
                    }
                };
                return Err(Error::Usage(format!("{}: no language has the tag {tag:?}; {hint}", file.path)));
            }
        }
        Ok(())
    }

    /// Traps of the house folder, or of all, that cannot do what their rows say: each with its file and line.
    pub fn idle_traps(&self, of_house: bool) -> Result<Vec<String>, Error> {
        let mut idle = Vec::new();
        for to in self.pitfalls.keys() {
            let Some(pitfalls) = self.pitfalls(to)? else { continue };
            let language = &self.knowledge(to)?.language;
            for (pair, traps) in pitfalls.pairs.iter().enumerate() {
                for (number, trap) in traps.numbered(of_house) {
                    let trap = trap?;
                    let tokens = |text: &str| {
                        let mut tokens = Vec::new();
                        language.tokenizer().tokens(text, Span::new(0, text.len()), &mut tokens);
                        tokens
                    };
                    let fires = |text: &str| {
                        let (span, tokens) = (Span::new(0, text.len()), tokens(text));
                        pitfalls.literal.find(text, span, &tokens).iter().any(|hit| *hit.value == (pair, number))
                            || traps.proven.find(text, span, &tokens).iter().any(|hit| *hit.value == number)
                    };
                    let excused = |text: &str| {
                        let span = Span::new(0, text.len());
                        traps.unless.find(text, span, &tokens(text)).iter().any(|hit| *hit.value == number)
                    };
                    let domains = language.domains.values();
                    idle.extend(wrong(&trap, fires, excused, domains).map(|wrong| format!("{}: {wrong}", trap.address)));
                }
            }
        }
        Ok(idle)
    }
}

/// What is wrong with a trap: it would never be told, or for a good rendering.
fn wrong(trap: &Trap, fires: impl Fn(&str) -> bool, excused: impl Fn(&str) -> bool, domains: &[String]) -> Option<String> {
    match &trap.evidence {
        Evidence::Source if trap.sources.is_empty() => return Some("expected something in column \"source\"".to_owned()),
        Evidence::Domain(domain) if !domains.contains(domain) => {
            return Some(format!("expected a domain of domains.tsv instead of {domain:?}"));
        }
        _ => {}
    }
    // A prefix is no word of its own, and a sign stands beside one.
    for literal in trap.literal.iter().filter(|literal| !literal.contains(['*', '%'])) {
        let text = plain(literal);
        if !fires(&text) {
            return Some(format!("{literal:?} does not fire on itself"));
        }
        // Another of several words may stand where the first is excused.
        if !literal.contains(['|', '&']) && !literal.contains("..") && excused(&text) {
            return Some(format!("{literal:?} is excused by its own column \"unless\""));
        }
    }
    let preferred = trap.preferred.iter().find(|preferred| fires(preferred));
    preferred.map(|preferred| format!("the preferred {preferred:?} contains the literal rendering"))
}

/// The plain words of an expression: what it looks like in a text.
fn plain(expression: &str) -> String {
    let words = expression.split_whitespace().filter(|word| !matches!(*word, "&" | ".."));
    let one = |word: &str| word.split('|').next().unwrap_or(word).trim_start_matches('=').trim_end_matches('*').to_owned();
    words.map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_names_are_known() {
        let known = shapes();
        let meant = |path: &str| meant(path, &known).unwrap_or_default();
        assert_eq!(meant("languges/fr/profile.toml"), "languages/fr/profile.toml");
        assert_eq!(meant("pairs/en-fr/idoms.tsv"), "pairs/en-fr/idioms.tsv");
        assert_eq!(meant("languages/fr/idioms.tsv"), "pairs/fr/idioms.tsv");
        assert_eq!(meant("name/cities.tsv"), "names/NAME.tsv");
        assert_eq!(meant("code.tsv"), "codes.tsv");
        for other in ["pairs/en-fr/idioms2.tsv", "pairs/en-fr/idioms-old.tsv", "articles/a/expected.tsv", "notes.txt"] {
            assert_eq!(meant(other), "", "{other}");
        }
        assert!(
            ["concepts/ours.tsv", "languages/fr/profile.toml", "codes.tsv"].iter().all(|path| known.contains_key(&shape(path)))
        );
    }
}
