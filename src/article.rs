//! One side of an article, analysed: its segments, tokens and mentions, in the order of the text.

use crate::corpus::{Corpus, Id, Knowledge, Language, Negation};
use crate::deadline::Deadline;
use crate::document::{Block, BlockKind, Document, Span};
use crate::error::Error;
use crate::extract::quotation::{Quotations, quotations};
use crate::extract::{Date, Name, Number, date, name, number};
use crate::segment::{segments, trimmed};
use crate::token::Token;
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

/// A concept of the interlingua that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concept {
    pub span: Span,
    pub id: Id,
}

/// Words that negate, or only look so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    pub span: Span,
    pub kind: Negation,
}

/// Two things compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub span: Span,
    /// What comes out ahead, and what behind.
    pub better: Span,
    pub worse: Span,
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
    pub concepts: Vec<Concept>,
    pub cues: Vec<Cue>,
    /// Words beside which a sentence may deny in a way that is no cue.
    pub doubts: Vec<Span>,
    /// Words that say `only`.
    pub restrictions: Vec<Span>,
    pub comparisons: Vec<Comparison>,
    pub quotations: Quotations,
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
        let mut analysis = Analysis {
            document,
            knowledge,
            segments: Vec::new(),
            // About six bytes a word.
            tokens: Vec::with_capacity(text.len() / 6),
            numbers: Vec::new(),
            dates: Vec::new(),
            names: Vec::new(),
            // News name about as many concepts as have words.
            concepts: Vec::with_capacity(text.len() / 6),
            cues: Vec::new(),
            doubts: Vec::new(),
            restrictions: Vec::new(),
            comparisons: Vec::new(),
            quotations: quotations(text, &document.blocks, knowledge.language.profile()),
        };
        let mut tokenizer = knowledge.language.tokenizer();
        let mut room = Vec::new();
        for (block, &Block { span, kind }) in document.blocks.iter().enumerate() {
            let spans = match cut {
                Cut::Sentences => segments(text, span, &knowledge.language),
                Cut::Blocks => vec![span],
            };
            for span in spans.into_iter().map(|span| trimmed(text, span)) {
                deadline.look()?;
                if span.is_empty() && cut == Cut::Sentences {
                    continue;
                }
                let first = analysis.tokens.len();
                tokenizer.tokens(text, span, &mut analysis.tokens);
                analysis.extract(text, span, first, &mut room);
                analysis.segments.push(Segment { span, block, kind, tokens: first..analysis.tokens.len() });
            }
        }
        Ok(analysis)
    }

    /// Finds the mentions of one segment, whose tokens begin at `first`; `found` is room for its concepts.
    fn extract(&mut self, text: &str, span: Span, first: usize, found: &mut Vec<Concept>) {
        let Knowledge { language, concepts, names } = self.knowledge;
        let tokens = &self.tokens[first..];
        let dates = date::dates(text, span, tokens, language);
        self.numbers.extend(number::numbers(text, span, tokens, language, &dates));
        self.dates.extend(dates);
        self.names.extend(name::names(text, span, tokens, language, names));
        concepts.each(text, span, tokens, |hit| found.push(Concept { span: hit.span, id: *hit.value }));
        found.sort_unstable_by_key(|concept| (concept.span.start, std::cmp::Reverse(concept.span.end), concept.id));
        found.dedup();
        self.concepts.append(found);
        let mut denials = Denials::find(text, span, tokens, language);
        denials.doubts.sort_unstable_by_key(|doubt| doubt.start);
        self.doubts.extend(denials.doubts);
        self.restrictions.extend(denials.restrictions);
        self.cues.extend(denials.cues);
        for hit in language.comparisons.find(text, span, tokens) {
            let slot = |name| hit.slots.iter().find(|(slot, span)| *slot == name && !span.is_empty()).map(|(_, span)| *span);
            if let (Some(a), Some(b)) = (slot('A'), slot('B')) {
                let (better, worse) = if *hit.value == 'A' { (a, b) } else { (b, a) };
                self.comparisons.push(Comparison { span: hit.span.join(a).join(b), better, worse });
            }
        }
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

    pub fn concepts_in(&self, span: Span) -> &[Concept] {
        within(&self.concepts, span, |concept| concept.span)
    }

    pub fn cues_in(&self, span: Span) -> &[Cue] {
        within(&self.cues, span, |cue| cue.span)
    }

    pub fn doubts_in(&self, span: Span) -> &[Span] {
        within(&self.doubts, span, |doubt| *doubt)
    }

    pub fn restrictions_in(&self, span: Span) -> &[Span] {
        within(&self.restrictions, span, |restriction| *restriction)
    }

    pub fn comparisons_in(&self, span: Span) -> &[Comparison] {
        within(&self.comparisons, span, |comparison| comparison.span)
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

/// What the negations of a language are in one segment, each list in the order of the text.
struct Denials {
    doubts: Vec<Span>,
    restrictions: Vec<Span>,
    cues: Vec<Cue>,
}

impl Denials {
    /// A cue that lies inside a longer one does not count, nor does a restriction.
    fn find(text: &str, span: Span, tokens: &[Token], language: &Language) -> Denials {
        let hits = language.negation.find(text, span, tokens);
        let of = |kind: Negation| {
            let mut spans: Vec<Span> = hits.iter().filter(|hit| *hit.value == kind).map(|hit| hit.span).collect();
            spans.sort_unstable_by_key(|span| span.start);
            spans
        };
        let (doubts, mut restrictions) = (of(Negation::Doubtful), of(Negation::Restrictive));
        let cues = hits.iter().filter(|hit| !matches!(hit.value, Negation::Doubtful | Negation::Restrictive));
        let mut cues: Vec<Cue> = cues.map(|hit| Cue { span: hit.span, kind: *hit.value }).collect();
        // Of two that are equally long, the one that denies nothing counts.
        let rank = |kind: Negation| match kind {
            Negation::Additive | Negation::Affirmative => 0,
            Negation::Neutral => 1,
            _ => 2,
        };
        cues.sort_by_key(|cue| (cue.span.start, std::cmp::Reverse(cue.span.end), rank(cue.kind)));
        let mut kept: Vec<Cue> = Vec::new();
        for cue in cues {
            if !kept.last().is_some_and(|last| last.span.overlaps(cue.span)) {
                kept.push(cue);
            }
        }
        restrictions.retain(|own| !kept.iter().any(|cue| cue.span.overlaps(*own) && cue.span.len() > own.len()));
        Denials { doubts, restrictions, cues: kept }
    }
}
