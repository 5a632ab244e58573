//! One side of an article, analysed: its segments, tokens and mentions, in the order of the text.

mod meaning;

pub use meaning::{Comparison, Concept, Cue};

use crate::corpus::{Corpus, Knowledge, Language};
use crate::deadline::Deadline;
use crate::document::{Block, BlockKind, Document, Span};
use crate::error::Error;
use crate::extract::quotation::{Quotations, quotations};
use crate::extract::{Date, Name, Number, date, name, number};
use crate::segment::{segments_between, trimmed};
use crate::token::{Token, marks, marks_in};
use meaning::Meaning;
use std::cell::OnceCell;
use std::ops::Range;

/// A sentence-like unit, without the white space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub span: Span,
    /// Number of the block it stands in.
    pub block: usize,
    pub kind: BlockKind,
    /// Its tokens, as a range of [`Analysis::tokens`].
    pub tokens: Range<usize>,
}

/// How a document is cut into segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Blocks into sentences.
    Sentences,
    /// A block is a segment: the text came cut.
    Blocks,
}

/// A document with everything that was found in it. All lists are in the order of the text.
pub struct Analysis<'a> {
    pub document: &'a Document,
    pub knowledge: &'a Knowledge,
    pub segments: Vec<Segment>,
    pub tokens: Vec<Token>,
    pub numbers: Vec<Number>,
    pub dates: Vec<Date>,
    pub names: Vec<Name>,
    pub quotations: Quotations,
    /// The characters that are neither letters, digits nor plain spaces, with their places.
    pub marks: Vec<(usize, char)>,
    /// Looked for when it is first asked: only a source or a brief asks.
    meaning: OnceCell<Meaning>,
}

impl<'a> Analysis<'a> {
    /// Analyses a document in a language of the corpus (`und` for none).
    pub fn new(document: &'a Document, tag: &str, corpus: &'a Corpus, cut: Cut) -> Result<Analysis<'a>, Error> {
        Analysis::within(document, tag, corpus, cut, &Deadline::never())
    }

    /// The same, given up when its time is over.
    pub fn within(
        document: &'a Document,
        tag: &str,
        corpus: &'a Corpus,
        cut: Cut,
        deadline: &Deadline,
    ) -> Result<Analysis<'a>, Error> {
        let knowledge = corpus.knowledge(tag)?;
        let text = document.text.as_str();
        let marks: Vec<(usize, char)> = marks(text).collect();
        let mut analysis = Analysis {
            document,
            knowledge,
            segments: Vec::new(),
            // About six bytes a word.
            tokens: Vec::with_capacity(text.len() / 6),
            numbers: Vec::new(),
            dates: Vec::new(),
            names: Vec::new(),
            quotations: quotations(text, &document.blocks, &marks, knowledge.language.profile()),
            marks,
            meaning: OnceCell::new(),
        };
        let mut tokenizer = knowledge.language.tokenizer();
        for (block, &Block { span, kind }) in document.blocks.iter().enumerate() {
            let spans = match cut {
                Cut::Sentences => segments_between(text, span, marks_in(&analysis.marks, span), &knowledge.language),
                Cut::Blocks => vec![span],
            };
            for span in spans.into_iter().map(|span| trimmed(text, span)) {
                deadline.look()?;
                if span.is_empty() && cut == Cut::Sentences {
                    continue;
                }
                let first = analysis.tokens.len();
                tokenizer.tokens(text, span, &mut analysis.tokens);
                analysis.extract(text, span, first);
                analysis.segments.push(Segment { span, block, kind, tokens: first..analysis.tokens.len() });
            }
        }
        Ok(analysis)
    }

    /// Finds the numbers, dates and names of one segment, whose tokens begin at `first`.
    fn extract(&mut self, text: &str, span: Span, first: usize) {
        let Knowledge { language, names, .. } = self.knowledge;
        let tokens = &self.tokens[first..];
        let dates = date::dates(text, span, tokens, language);
        self.numbers.extend(number::numbers(text, span, tokens, language, &dates));
        self.dates.extend(dates);
        self.names.extend(name::names(text, span, tokens, language, names));
    }

    fn meaning(&self) -> &Meaning {
        self.meaning.get_or_init(|| Meaning::of(self))
    }

    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    pub fn language(&self) -> &'a Language {
        &self.knowledge.language
    }

    pub fn tag(&self) -> &'a str {
        &self.knowledge.language.tag
    }

    /// The tokens of a segment.
    pub fn tokens_of(&self, segment: &Segment) -> &[Token] {
        &self.tokens[segment.tokens.clone()]
    }

    /// The span of a run of segments; empty at the end of the text for none.
    pub fn span_of(&self, segments: Range<usize>) -> Span {
        match (self.segments.get(segments.start), segments.end.checked_sub(1).and_then(|last| self.segments.get(last))) {
            (Some(first), Some(last)) if !segments.is_empty() => first.span.join(last.span),
            _ => Span::new(self.text().len(), self.text().len()),
        }
    }

    pub fn numbers_in(&self, span: Span) -> &[Number] {
        within(&self.numbers, span, |number| number.span)
    }

    pub fn dates_in(&self, span: Span) -> &[Date] {
        within(&self.dates, span, |date| date.span)
    }

    pub fn names_in(&self, span: Span) -> &[Name] {
        within(&self.names, span, |name| name.span)
    }

    /// The concepts that the text names.
    pub fn concepts(&self) -> &[Concept] {
        &self.meaning().concepts
    }

    pub fn concepts_in(&self, span: Span) -> &[Concept] {
        within(&self.meaning().concepts, span, |concept| concept.span)
    }

    pub fn cues_in(&self, span: Span) -> &[Cue] {
        within(&self.meaning().cues, span, |cue| cue.span)
    }

    /// Words beside which a sentence may deny in a way that is no cue.
    pub fn doubts_in(&self, span: Span) -> &[Span] {
        within(&self.meaning().doubts, span, |doubt| *doubt)
    }

    /// Words that say `only`.
    pub fn restrictions_in(&self, span: Span) -> &[Span] {
        within(&self.meaning().restrictions, span, |restriction| *restriction)
    }

    pub fn comparisons(&self) -> &[Comparison] {
        &self.meaning().comparisons
    }

    pub fn comparisons_in(&self, span: Span) -> &[Comparison] {
        within(&self.meaning().comparisons, span, |comparison| comparison.span)
    }

    pub fn tokens_in(&self, span: Span) -> &[Token] {
        within(&self.tokens, span, |token| token.span)
    }

    /// The number of the segment that holds a byte of the text, or the last one before it.
    pub fn segment_at(&self, offset: usize) -> usize {
        self.segments.partition_point(|segment| segment.span.start <= offset).saturating_sub(1)
    }

    /// Words of the text: tokens of spaced scripts, and characters of unspaced ones two by two.
    pub fn words(&self) -> usize {
        let unspaced = |token: &&Token| token.kind == crate::token::Kind::Unspaced;
        let characters: usize = self.tokens.iter().filter(unspaced).map(|token| token.text(self.text()).chars().count()).sum();
        self.tokens.iter().filter(|token| !unspaced(token)).count() + characters.div_ceil(2)
    }
}

/// The items of an ordered list that lie inside a span.
fn within<T>(items: &[T], span: Span, place: impl Fn(&T) -> Span) -> &[T] {
    let rest = &items[items.partition_point(|item| place(item).start < span.start)..];
    // Most spans are short: what ends them is looked for from their beginning.
    let mut near = 4;
    while rest.get(near).is_some_and(|item| place(item).start < span.end) {
        near *= 4;
    }
    let near = &rest[..near.min(rest.len())];
    &near[..near.partition_point(|item| place(item).start < span.end)]
}
