//! Files of translated units: two documents that grow side by side, and which blocks of them translate which.

use super::cutter::Cutter;
use crate::document::{Document, Paired};
use std::ops::Range;
use std::sync::Arc;

/// The units read so far, and the one that is being read: its texts go into the two cutters.
#[derive(Default)]
pub struct Units {
    pub source: Cutter,
    pub target: Cutter,
    pub from: Option<String>,
    pub to: Option<String>,
    done: Vec<(Range<usize>, Range<usize>)>,
    untranslated: usize,
    unfinished: usize,
}

impl Units {
    /// No units yet, in languages that are known.
    pub fn between(from: Option<String>, to: Option<String>) -> Units {
        Units { from, to, ..Units::default() }
    }

    /// Ends a unit. One without a translation is left out.
    pub fn close(&mut self) {
        let (source, target) = (self.source.pending().trim().is_empty(), self.target.pending().trim().is_empty());
        if target {
            self.untranslated += usize::from(!source);
            self.discard();
        } else {
            self.done.push((self.source.close_lines(), self.target.close_lines()));
        }
    }

    /// Leaves a unit out whose translation the file itself calls unfinished.
    pub fn leave(&mut self) {
        self.unfinished += usize::from(!self.source.pending().trim().is_empty());
        self.discard();
    }

    /// Forgets the unit that is being read.
    pub fn discard(&mut self) {
        self.source.discard();
        self.target.discard();
    }

    /// The translations as a document, with the sources beside it when there are any.
    pub fn finish(self, raw: &Arc<str>) -> Document {
        let mut document = self.target.finish(raw.clone());
        document.declared = self.to;
        for (count, what) in [(self.untranslated, "without a translation"), (self.unfinished, "marked as unfinished")] {
            if count > 0 {
                document.notes.push(format!("{count} unit{} {what} left out", if count == 1 { "" } else { "s" }));
            }
        }
        if self.done.iter().any(|(source, _)| !source.is_empty()) {
            let mut source = self.source.finish(raw.clone());
            source.declared = self.from;
            document.paired = Some(Box::new(Paired { source, units: self.done }));
        }
        document
    }
}
