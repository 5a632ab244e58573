//! The interlingua: concepts of the news and names of the world, a row each, a column a language.

use super::files::Files;
use super::language::Language;
use super::phrases::Phrases;
use super::table::Table;
use crate::error::Error;
use rustc_hash::FxHashMap;

/// The number of a concept or of a name in its list.
pub type Id = u32;

/// How two concepts turn each other round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opposition {
    /// Rise and fall.
    Antonym,
    /// Before and after, first and last.
    Order,
    /// The concept puts what stands before it ahead of what follows: far ahead of.
    Ahead,
    /// The reverse: far behind.
    Behind,
}

/// The ids of all rows, their kinds, and the pairs of opposites.
#[derive(Default)]
pub struct Concepts {
    ids: Vec<String>,
    kinds: Vec<String>,
    numbers: FxHashMap<String, Id>,
    opposites: FxHashMap<Id, Vec<(Id, Opposition)>>,
    /// Rows that are another row in another form: French is of France.
    roots: FxHashMap<Id, Id>,
}

impl Concepts {
    /// The rows of the tables of a folder that have an `id`; tables named `opposites*` pair them.
    pub fn load(folder: &str, files: &Files) -> Result<Concepts, Error> {
        let mut concepts = Concepts::default();
        for file in files.inside(folder).filter(|file| !is_opposites(&file.path)) {
            for row in Table::read(file)?.rows() {
                let id = row.need("id")?;
                if !concepts.numbers.contains_key(id) {
                    concepts.numbers.insert(id.to_owned(), concepts.ids.len() as Id);
                    concepts.ids.push(id.to_owned());
                    concepts.kinds.push(row.get("kind").to_owned());
                }
            }
        }
        for file in files.inside(folder).filter(|file| !is_opposites(&file.path)) {
            for row in Table::read(file)?.rows().filter(|row| !row.get("of").is_empty()) {
                let of = row.get("of");
                let root = concepts.numbers.get(of).ok_or_else(|| row.error(format!("the id of a row instead of {of:?}")))?;
                concepts.roots.insert(concepts.numbers[row.need("id")?], *root);
            }
        }
        for file in files.inside(folder).filter(|file| is_opposites(&file.path)) {
            for row in Table::read(file)?.rows() {
                let find = |column| {
                    let id = row.need(column)?;
                    concepts.numbers.get(id).copied().ok_or_else(|| row.error(format!("the id of a concept instead of {id:?}")))
                };
                let (a, b) = (find("a")?, find("b")?);
                let (forth, back) = match row.need("kind")? {
                    "antonym" => (Opposition::Antonym, Opposition::Antonym),
                    "order" => (Opposition::Order, Opposition::Order),
                    "rank" => (Opposition::Ahead, Opposition::Behind),
                    other => return Err(row.error(format!("antonym, order or rank instead of {other:?}"))),
                };
                concepts.opposites.entry(a).or_default().push((b, forth));
                concepts.opposites.entry(b).or_default().push((a, back));
            }
        }
        Ok(concepts)
    }

    pub fn id(&self, number: Id) -> &str {
        &self.ids[number as usize]
    }

    /// The row that stands for this one: the country for its nationality.
    pub fn root(&self, number: Id) -> Id {
        self.roots.get(&number).copied().unwrap_or(number)
    }

    pub fn kind(&self, number: Id) -> &str {
        &self.kinds[number as usize]
    }

    pub fn number(&self, id: &str) -> Option<Id> {
        self.numbers.get(id).copied()
    }

    /// The rows that have this form in some language. Reads the tables again: for briefs, not for texts.
    pub fn of_form(&self, folder: &str, files: &Files, form: &str) -> Vec<Id> {
        let mut found = Vec::new();
        for file in files.inside(folder).filter(|file| !is_opposites(&file.path)) {
            let Ok(table) = Table::read(file) else { continue };
            found.extend(table.rows().filter(|row| row.has(form)).filter_map(|row| self.number(row.get("id"))));
        }
        found
    }

    pub fn opposites(&self, number: Id) -> &[(Id, Opposition)] {
        self.opposites.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The expressions of one language; `cased` ones match with their casing.
    pub fn phrases(&self, folder: &str, files: &Files, language: &Language, cased: bool) -> Result<Phrases<Id>, Error> {
        let mut builder = language.builder();
        let column = language.tag.as_str();
        for file in files.inside(folder).filter(|file| !is_opposites(&file.path)) {
            for row in Table::read(file)?.rows() {
                let number = self.numbers[row.need("id")?];
                let refused = |expected| row.error(expected);
                if cased && language.profile.spaced {
                    let forms: Vec<String> = row.list(column).map(with_casing).collect();
                    builder.add(forms.iter().map(String::as_str), number).map_err(refused)?;
                } else {
                    builder.add(row.list(column), number).map_err(refused)?;
                }
            }
        }
        Ok(builder.build())
    }

    /// The usual form of a row in a language: the first of its cell.
    pub fn usual<'f>(folder: &'f str, files: &'f Files, tag: &str, id: &str) -> Option<String> {
        files.inside(folder).filter(|file| !is_opposites(&file.path)).find_map(|file| {
            let table = Table::read(file).ok()?;
            let row = table.rows().find(|row| row.get("id") == id)?;
            row.list(tag).next().map(str::to_owned)
        })
    }
}

fn is_opposites(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("opposites"))
}

fn with_casing(form: &str) -> String {
    form.split_whitespace().map(|word| format!("=={word}")).collect::<Vec<_>>().join(" ")
}
