//! Questions about a whole stretch of text that its many places have in common: they are worked out once for each stretch,
//! or a text of one sentence would be read anew for each of its words.

use super::Context;
use crate::article::Analysis;
use crate::document::Span;

/// The answer to a question, kept for all who ask it of the same stretch one after another.
pub struct Once<K, V> {
    last: Option<(K, V)>,
}

impl<K: PartialEq, V> Once<K, V> {
    pub fn new() -> Once<K, V> {
        Once { last: None }
    }

    pub fn ask(&mut self, key: K, answer: impl FnOnce(&K) -> V) -> &V {
        if self.last.as_ref().is_some_and(|(known, _)| *known != key) {
            self.last = None;
        }
        let (_, value) = self.last.get_or_insert_with(|| {
            let value = answer(&key);
            (key, value)
        });
        value
    }
}

/// A question about the source of a place of the target.
pub struct OfSource<F> {
    known: Once<Span, bool>,
    question: F,
}

impl<F: Fn(&Analysis, Span) -> bool> OfSource<F> {
    pub fn new(question: F) -> OfSource<F> {
        OfSource { known: Once::new(), question }
    }

    /// Whether it holds of the trusted source of a place; not where there is none.
    pub fn holds(&mut self, context: &Context, offset: usize) -> bool {
        let question = &self.question;
        context.source_of(offset).is_some_and(|(source, span)| *self.known.ask(span, |span| question(source, *span)))
    }
}
