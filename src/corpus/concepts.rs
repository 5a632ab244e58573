//! The interlingua: concepts of the news and names of the world, a row each, a column a language.

use super::files::Files;
use super::language::Language;
use super::phrases::Phrases;
use super::table::Table;
use super::writing::Columns;
use crate::error::Error;
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// The concept of each row of the tables: a house table may add a second row to one.
    rows: Vec<Id>,
    kinds: Vec<String>,
    numbers: FxHashMap<String, Id>,
    opposites: FxHashMap<Id, Vec<(Id, Opposition)>>,
    /// Opposites whose words say little else, both ways.
    sure: FxHashSet<(Id, Id)>,
    /// What a good translation may say in the place of a concept.
    kin: FxHashMap<Id, Vec<Id>>,
    /// Rows that are another row in another form: French is of France.
    roots: FxHashMap<Id, Id>,
    tables: Vec<Table>,
    /// The rows of each concept, by the numbers of its table and of the row in it; sorted.
    places: Vec<(Id, u32, u32)>,
}

impl Concepts {
    /// The rows of the tables of a folder that have an `id`; tables named `opposites*` pair them.
    pub fn load(columns: Columns, files: &Files) -> Result<Concepts, Error> {
        let mut concepts = Concepts::default();
        let tables: Vec<Table> = columns.tables(files).map(Table::read).collect::<Result<_, _>>()?;
        for (at, table) in tables.iter().enumerate() {
            for (index, row) in table.rows().enumerate() {
                let id = row.need("id")?;
                let next = concepts.ids.len() as Id;
                let number = *concepts.numbers.entry(id.to_owned()).or_insert(next);
                if number == next {
                    concepts.ids.push(id.to_owned());
                    concepts.kinds.push(row.get("kind").to_owned());
                }
                concepts.rows.push(number);
                concepts.places.push((number, at as u32, index as u32));
            }
        }
        for table in tables.iter().filter(|table| table.has("of")) {
            for row in table.rows().filter(|row| !row.get("of").is_empty()) {
                let of = row.get("of");
                let root = concepts.numbers.get(of).ok_or_else(|| row.error(format!("the id of a row instead of {of:?}")))?;
                concepts.roots.insert(concepts.numbers[row.need("id")?], *root);
            }
        }
        for file in columns.opposites(files) {
            for row in Table::read(file)?.rows() {
                let find = |column| {
                    let id = row.need(column)?;
                    concepts.numbers.get(id).copied().ok_or_else(|| row.error(format!("the id of a concept instead of {id:?}")))
                };
                let (a, b) = (find("a")?, find("b")?);
                let (forth, back) = match row.need("kind")? {
                    "kin" => {
                        concepts.kin.entry(a).or_default().push(b);
                        concepts.kin.entry(b).or_default().push(a);
                        continue;
                    }
                    "antonym" => (Opposition::Antonym, Opposition::Antonym),
                    "order" => (Opposition::Order, Opposition::Order),
                    "rank" => (Opposition::Ahead, Opposition::Behind),
                    other => return Err(row.error(format!("antonym, order, rank or kin instead of {other:?}"))),
                };
                if row.get("sure") == "yes" {
                    concepts.sure.extend([(a, b), (b, a)]);
                }
                concepts.opposites.entry(a).or_default().push((b, forth));
                concepts.opposites.entry(b).or_default().push((a, back));
            }
        }
        concepts.places.sort_unstable();
        concepts.tables = tables;
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

    /// The rows that have this form in some language. Looks through all of them: for briefs, not for texts.
    pub fn of_form(&self, form: &str) -> Vec<Id> {
        let rows = self.tables.iter().flat_map(Table::rows);
        rows.zip(&self.rows).filter(|(row, _)| row.has(form)).map(|(_, number)| *number).collect()
    }

    pub fn opposites(&self, number: Id) -> &[(Id, Opposition)] {
        self.opposites.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Whether the words of two opposites say little else, so that where one stands for the other the sentence is reversed.
    pub fn are_sure_opposites(&self, a: Id, b: Id) -> bool {
        self.sure.contains(&(a, b))
    }

    /// The concepts that a good translation may name in the place of this one: to fight for against.
    pub fn kin(&self, number: Id) -> &[Id] {
        self.kin.get(&number).map_or(&[], Vec::as_slice)
    }

    /// The expressions of one language.
    pub fn phrases(&self, columns: Columns, files: &Files, language: &Language) -> Result<Phrases<Id>, Error> {
        let compiled = columns.compiled(&language.tag, language.writing(), files)?;
        Ok(Phrases::new(compiled, self.rows.clone()))
    }

    /// The usual form of a row in a language: the first of its cell.
    pub fn usual(&self, number: Id, tag: &str) -> Option<&str> {
        let first = self.places.partition_point(|(id, ..)| *id < number);
        let own = self.places[first..].iter().take_while(|(id, ..)| *id == number);
        own.map(|(_, table, row)| self.tables[*table as usize].row(*row as usize)).find_map(|row| row.list(tag).next())
    }
}
