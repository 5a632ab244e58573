//! Files of translated units: two documents that grow side by side, and which blocks of them translate which.

use super::cutter::Cutter;
use crate::document::{Comment, Document, Paired, Span};
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
    /// Comments, and how many target blocks there were before what they speak of.
    remarks: Vec<Span>,
    first: usize,
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

    /// Notes a comment on what is being read: one unit or several.
    pub fn remark(&mut self, place: Span) {
        self.remarks.push(place);
    }

    /// Ends what the comments since the last end speak of. Nothing holds of units that were left out.
    pub fn end_remarks(&mut self, raw: &str) {
        let blocks = self.first..self.target.count();
        for place in std::mem::take(&mut self.remarks) {
            if !blocks.is_empty() || place.of(raw).contains(Comment::OF_THE_FILE) {
                self.target.remark(raw, place, blocks.clone());
            }
        }
        self.first = self.target.count();
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
