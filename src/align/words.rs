//! The words of two texts that translate each other, as learnt from their beads, for rules that ask what a word became.

use super::table::Table;
use super::units::{Entry, Kind, Side, Unit};

/// Pairs of words by what they are compared by (`corpus::lexicon::word_key`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Sorted.
    pairs: Vec<(u64, u64)>,
}

/// How likely each of two words translates the other, at the geometric mean, from which on they are taken for translations.
const LIKELY: f32 = 0.25;

impl Words {
    /// The pairs of two tables of what translates what, the one for the units of the source, the other for those of the target.
    pub(super) fn new((source, target): (&Side, &Side), (forth, back): (&Table, &Table)) -> Words {
        let word = |entry: &Entry| entry.kind == Kind::Word;
        let mut pairs = Vec::new();
        for (unit, entry) in source.entries.iter().enumerate().filter(|(_, entry)| word(entry)) {
            for (other, likely) in forth.row(unit as Unit) {
                let row = back.row(*other);
                let returned = row.iter().find(|(own, _)| *own == unit as Unit).map_or(0.0, |(_, likely)| *likely);
                let counterpart = &target.entries[*other as usize];
                if word(counterpart) && (likely * returned).sqrt() >= LIKELY {
                    pairs.push((entry.hash, counterpart.hash));
                }
            }
        }
        pairs.sort_unstable();
        Words { pairs }
    }

    /// Whether a word of the source and one of the target translate each other.
    pub fn are_paired(&self, source: u64, target: u64) -> bool {
        self.pairs.binary_search(&(source, target)).is_ok()
    }
}
