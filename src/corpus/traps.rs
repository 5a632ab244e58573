//! The traps of a pair of languages: idioms, calques, terms and false friends, with what they look like in the target.

use super::files::Files;
use super::phrases::Phrases;
use super::table::{Row, Table};
use super::writing::{self, OfPair, TRAPS};
use crate::error::Error;
use crate::mqm::Severity;

/// What the tables of a pair hold, in the order of [`TRAPS`].
const KINDS: &[TrapKind] = &[TrapKind::Idiom, TrapKind::Calque, TrapKind::Term, TrapKind::FalseFriend];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrapKind {
    Idiom,
    Calque,
    Term,
    FalseFriend,
}

/// What it takes to report a trap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The words alone.
    Alone,
    /// The source expression in the aligned segment.
    Source,
    /// A text of this domain, or the source expression.
    Domain(String),
}

/// One row: a source expression, what it is wrongly rendered as, and what it should be.
#[derive(Clone, Debug)]
pub struct Trap {
    pub kind: TrapKind,
    /// The source expressions as written.
    pub sources: Vec<String>,
    /// The literal renderings as written.
    pub literal: Vec<String>,
    pub preferred: Vec<String>,
    pub why: String,
    pub evidence: Evidence,
    pub severity: Severity,
    /// Where the row stands, for tests and for those who mend it.
    pub address: String,
}

/// All traps on the way into one language.
pub struct Pitfalls {
    pub pairs: Vec<Traps>,
    /// The literal renderings that may be told without a source, by the number of the pair and that of the trap.
    pub literal: Phrases<(usize, usize)>,
}

impl Pitfalls {
    pub fn load(to: &str, files: &Files) -> Result<Pitfalls, Error> {
        let pairs: Result<Vec<Traps>, Error> =
            writing::sources_of(to, files).iter().map(|from| Traps::load(from, to, files)).collect();
        let pairs = pairs?;
        let numbers = pairs.iter().enumerate().flat_map(|(pair, traps)| (0..traps.count()).map(move |trap| (pair, trap)));
        Ok(Pitfalls { literal: Phrases::new(writing::literal(to, files)?, numbers.collect()), pairs })
    }
}

/// All traps of one pair. The values of the tables of phrases are numbers of traps.
pub struct Traps {
    pub from: String,
    /// A trap is read from its row when it is met.
    tables: Vec<(TrapKind, Table)>,
    /// The literal renderings that the source alone can prove to be some.
    pub proven: Phrases<usize>,
    pub unless: Phrases<usize>,
    pub source: Phrases<usize>,
}

impl Traps {
    /// Opens the tables of a pair.
    pub fn load(from: &str, to: &str, files: &Files) -> Result<Traps, Error> {
        let pair = format!("{from}-{to}");
        let mut tables = Vec::new();
        for (name, kind) in TRAPS.iter().zip(KINDS) {
            for file in files.get(&format!("pairs/{pair}/{name}")) {
                tables.push((*kind, Table::read(file)?));
            }
        }
        let count = tables.iter().map(|(_, table)| table.count()).sum::<usize>();
        let phrases = |column: OfPair| Ok::<_, Error>(Phrases::new(column.compiled(from, to, files)?, (0..count).collect()));
        Ok(Traps {
            from: from.to_owned(),
            proven: phrases(writing::PROVEN)?,
            unless: phrases(writing::UNLESS)?,
            source: phrases(writing::SOURCE)?,
            tables,
        })
    }

    fn count(&self) -> usize {
        self.tables.iter().map(|(_, table)| table.count()).sum()
    }

    /// Every trap; the error names the row that is none.
    pub fn all(&self) -> impl Iterator<Item = Result<Trap, Error>> {
        self.tables.iter().flat_map(|(kind, table)| table.rows().map(|row| trap(row, *kind)))
    }

    /// The traps of house tables, or all, with their numbers.
    pub fn numbered(&self, of_house: bool) -> impl Iterator<Item = (usize, Result<Trap, Error>)> {
        let rows = self.tables.iter().flat_map(|(kind, table)| table.rows().map(|row| (*kind, row))).enumerate();
        let wanted = rows.filter(move |(_, (_, row))| !of_house || row.is_of_house());
        wanted.map(|(number, (kind, row))| (number, trap(row, kind)))
    }

    /// The trap of a number.
    pub fn get(&self, number: usize) -> Option<Trap> {
        let mut index = number;
        for (kind, table) in &self.tables {
            if index < table.count() {
                // What is embedded is tested, and house tables are read at the start: no error comes here.
                return trap(table.row(index), *kind).ok();
            }
            index -= table.count();
        }
        None
    }
}

impl Trap {
    /// The source expression that messages name, without the signs of its notation: of several forms the first.
    pub fn source(&self) -> String {
        let written = self.sources.first().map_or("", String::as_str);
        let plain = |word: &str| word.split('|').next().unwrap_or("").trim_matches(['=', '*']).to_owned();
        let words: Vec<String> = written.split_whitespace().filter(|word| *word != "&").map(plain).collect();
        words.join(" ").replace(" ..", " …").replace("{A}", "…").replace("{B}", "…")
    }
}

fn trap(row: Row, kind: TrapKind) -> Result<Trap, Error> {
    let evidence = match row.need("evidence")? {
        "alone" => Evidence::Alone,
        writing::BY_SOURCE => Evidence::Source,
        other => match other.strip_prefix("domain=") {
            Some(domain) => Evidence::Domain(domain.to_owned()),
            None => return Err(row.error(format!("alone, source or domain=NAME instead of {other:?}"))),
        },
    };
    let severity = row.need("severity")?;
    row.need("literal")?;
    Ok(Trap {
        kind,
        sources: row.list("source").map(str::to_owned).collect(),
        literal: row.list("literal").map(str::to_owned).collect(),
        preferred: row.list("preferred").map(str::to_owned).collect(),
        why: row.get("why").to_owned(),
        evidence,
        severity: Severity::from_name(severity)
            .ok_or_else(|| row.error(format!("minor, major or critical instead of {severity:?}")))?,
        address: row.address(),
    })
}
