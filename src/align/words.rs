//! The words of two texts that translate each other, as learnt from their beads, for rules that ask what a word became.

use super::learn::learn;
use super::path::Step;
use super::table::Table;
use super::units::{Entry, Kind, Side, Unit};
use std::fmt;
use std::sync::OnceLock;

/// Pairs of words by what they are compared by (`corpus::lexicon::word_key`). Most texts make no rule ask for them: they are
/// learnt when one does.
#[derive(Default)]
pub struct Words {
    pairs: OnceLock<Vec<(u64, u64)>>,
    texts: Option<Texts>,
}

/// Two texts and what of their units translates what, in both directions.
struct Texts {
    sides: (Side, Side),
    known: Known,
}

/// What is known of the units of two texts.
pub(super) enum Known {
    /// The links, and the beads that are learnt from.
    Links((Table, Table), Vec<Step>),
    /// What was learnt while the texts were aligned.
    Learnt(Table, Table),
}

/// How likely each of two words translates the other, at the geometric mean, from which on they are taken for translations.
const LIKELY: f32 = 0.25;

impl Words {
    pub(super) fn new(sides: (Side, Side), known: Known) -> Words {
        Words { pairs: OnceLock::new(), texts: Some(Texts { sides, known }) }
    }

    /// Whether a word of the source and one of the target translate each other.
    pub fn are_paired(&self, source: u64, target: u64) -> bool {
        let pairs = self.pairs.get_or_init(|| self.texts.as_ref().map(Texts::pairs).unwrap_or_default());
        pairs.binary_search(&(source, target)).is_ok()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Texts {
    /// The pairs of words that translate each other, sorted.
    fn pairs(&self) -> Vec<(u64, u64)> {
        let (source, target) = (&self.sides.0, &self.sides.1);
        let read;
        let (forth, back) = match &self.known {
            Known::Learnt(forth, back) => (forth, back),
            Known::Links(links, beads) => {
                read = learn((source, target), beads, (&links.0, &links.1));
                (&read.0, &read.1)
            }
        };
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
        pairs
    }
}
