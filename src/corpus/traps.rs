//! The traps of a pair of languages: idioms, calques, terms and false friends, with what they look like in the target.

use super::files::Files;
use super::language::Language;
use super::phrases::Phrases;
use super::table::{Row, Table};
use crate::error::Error;
use crate::mqm::Severity;
use std::sync::OnceLock;

/// The tables of a pair's folder, and which kind of trap each holds.
const TABLES: &[(&str, TrapKind)] = &[
    ("idioms.tsv", TrapKind::Idiom),
    ("calques.tsv", TrapKind::Calque),
    ("terms.tsv", TrapKind::Term),
    ("false-friends.tsv", TrapKind::FalseFriend),
];

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

/// All traps of one pair. The values of the tables of phrases are numbers of traps.
pub struct Traps {
    pub from: String,
    pub traps: Vec<Trap>,
    pub literal: Phrases<usize>,
    pub unless: Phrases<usize>,
    /// Built when a source is first at hand.
    source: OnceLock<Phrases<usize>>,
}

impl Traps {
    /// Reads the tables of a pair: the target side now, the source side when it is needed.
    pub fn load(from: &str, to: &Language, files: &Files) -> Result<Traps, Error> {
        let mut traps = Vec::new();
        let (mut literal, mut unless) = (to.builder(), to.builder());
        for (name, kind) in TABLES {
            for file in files.get(&format!("pairs/{from}-{}/{name}", to.tag)) {
                for row in Table::read(file)?.rows() {
                    let number = traps.len();
                    let refused = |expected| row.error(expected);
                    row.need("literal")?;
                    literal.add(row.list("literal"), number).map_err(refused)?;
                    unless.add(row.list("unless"), number).map_err(refused)?;
                    traps.push(trap(row, *kind)?);
                }
            }
        }
        Ok(Traps { from: from.to_owned(), traps, literal: literal.build(), unless: unless.build(), source: OnceLock::new() })
    }

    /// The source expressions, read with the tokenizer of their language.
    pub fn source(&self, from: &Language) -> &Phrases<usize> {
        // What is embedded is tested, and a house table is checked at the start: an error cannot come here.
        self.source.get_or_init(|| self.read_source(from).unwrap_or_else(|_| from.builder().build()))
    }

    /// Reads the source side; the error names the row.
    pub fn read_source(&self, from: &Language) -> Result<Phrases<usize>, Error> {
        let mut source = from.builder();
        for (number, trap) in self.traps.iter().enumerate() {
            source.add(trap.sources.iter().map(String::as_str), number).map_err(|expected| trap.refuse(expected))?;
        }
        Ok(source.build())
    }
}

impl Trap {
    /// The source expression that messages name.
    pub fn source(&self) -> &str {
        self.sources.first().map_or("", String::as_str)
    }

    fn refuse(&self, expected: String) -> Error {
        let (path, line) = self.address.rsplit_once(':').unwrap_or((&self.address, "1"));
        Error::Row { path: path.to_owned(), line: line.parse().unwrap_or(1), expected }
    }
}

fn trap(row: Row, kind: TrapKind) -> Result<Trap, Error> {
    let evidence = match row.need("evidence")? {
        "alone" => Evidence::Alone,
        "source" => Evidence::Source,
        other => match other.strip_prefix("domain=") {
            Some(domain) => Evidence::Domain(domain.to_owned()),
            None => return Err(row.error(format!("alone, source or domain=NAME instead of {other:?}"))),
        },
    };
    let severity = row.need("severity")?;
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
