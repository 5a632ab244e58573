//! The traps of a pair of languages: idioms, calques, terms and false friends, with what they look like in the target.

use super::files::Files;
use super::language::Language;
use super::phrases::Phrases;
use super::table::{Row, Table};
use crate::error::Error;
use crate::mqm::Severity;

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
    /// The source expression as written in the row, for messages.
    pub source: String,
    /// The literal renderings as written.
    pub literal: Vec<String>,
    pub preferred: Vec<String>,
    pub why: String,
    pub evidence: Evidence,
    pub severity: Severity,
    /// Where the row stands, for tests and for those who mend it.
    pub address: String,
}

/// All traps of one pair. The values of the three tables of phrases are numbers of traps.
pub struct Traps {
    pub from: String,
    pub traps: Vec<Trap>,
    pub literal: Phrases<usize>,
    pub source: Phrases<usize>,
    pub unless: Phrases<usize>,
}

impl Traps {
    pub fn load(from: &Language, to: &Language, files: &Files) -> Result<Traps, Error> {
        let mut traps = Vec::new();
        let (mut literal, mut source, mut unless) = (to.builder(), from.builder(), to.builder());
        for (name, kind) in TABLES {
            for file in files.get(&format!("pairs/{}-{}/{name}", from.tag, to.tag)) {
                for row in Table::read(file)?.rows() {
                    let number = traps.len();
                    let refused = |expected| row.error(expected);
                    row.need("literal")?;
                    literal.add(row.list("literal"), number).map_err(refused)?;
                    source.add(row.list("source"), number).map_err(refused)?;
                    unless.add(row.list("unless"), number).map_err(refused)?;
                    traps.push(trap(row, *kind)?);
                }
            }
        }
        Ok(Traps { from: from.tag.clone(), traps, literal: literal.build(), source: source.build(), unless: unless.build() })
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
        source: row.list("source").next().unwrap_or("").to_owned(),
        literal: row.list("literal").map(str::to_owned).collect(),
        preferred: row.list("preferred").map(str::to_owned).collect(),
        why: row.get("why").to_owned(),
        evidence,
        severity: Severity::from_name(severity)
            .ok_or_else(|| row.error(format!("minor, major or critical instead of {severity:?}")))?,
        address: row.address(),
    })
}
