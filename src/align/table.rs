//! How the units of one text are translated in the other, by links or as learnt.

use super::groups::Groups;
use super::links::Link;
use super::units::Unit;

/// For each unit of the given text the units of the other that translate it, with their probabilities.
pub struct Table {
    entries: Vec<(Unit, f32)>,
    rows: Vec<Row>,
}

/// The translations of one unit.
struct Row {
    /// Where they lie among all.
    start: u32,
    end: u32,
    /// How likely the unit is translated by something the table does not have.
    unknown: f32,
}

impl Table {
    /// A table of links alone, each with a unit of the given text first, of so many.
    pub fn of_links<I: Iterator<Item = Link>>(given: usize, links: impl Fn() -> I) -> Table {
        let links = Groups::new(given, || links().map(|(unit, other, likely)| (unit, (other, likely))));
        let mut table = Table::with_capacity(given, links.values.len());
        let mut row: Vec<(Unit, f32)> = Vec::new();
        for unit in 0..links.len() {
            row.clear();
            row.extend(links.of(unit));
            // The likelier of two links of the same units stays.
            row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            row.dedup_by_key(|(other, _)| *other);
            let total = row.iter().map(|(_, likely)| likely).sum::<f32>().max(1.0);
            table.push(row.iter().map(|(other, likely)| (*other, likely / total)));
        }
        table
    }

    /// An empty table with room for so many units and translations.
    pub fn with_capacity(units: usize, entries: usize) -> Table {
        Table { entries: Vec::with_capacity(entries), rows: Vec::with_capacity(units) }
    }

    /// Adds the row of the next unit.
    #[inline]
    pub fn push(&mut self, row: impl IntoIterator<Item = (Unit, f32)>) {
        let start = self.entries.len();
        self.entries.extend(row);
        let known: f32 = self.entries[start..].iter().map(|(_, likely)| likely).sum();
        self.rows.push(Row { start: start as u32, end: self.entries.len() as u32, unknown: (1.0 - known).max(0.0) });
    }

    /// The translations of a unit.
    pub fn row(&self, unit: Unit) -> &[(Unit, f32)] {
        self.row_and_unknown(unit).0
    }

    /// The translations of a unit, and how likely it is translated by something the table does not have.
    #[inline]
    pub fn row_and_unknown(&self, unit: Unit) -> (&[(Unit, f32)], f32) {
        let row = &self.rows[unit as usize];
        (&self.entries[row.start as usize..row.end as usize], row.unknown)
    }

    /// The translations of all units.
    pub fn all(&self) -> impl Iterator<Item = (Unit, f32)> {
        self.entries.iter().copied()
    }

    /// How many translations all units have together.
    pub fn size(&self) -> usize {
        self.entries.len()
    }
}
