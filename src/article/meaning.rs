//! What a text says, as far as it is compared with another: concepts, denials and comparisons.

use super::Analysis;
use crate::corpus::{Id, Language, Negation};
use crate::document::Span;
use crate::token::Token;
use std::cmp::Reverse;

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

/// All lists are in the order of the text.
pub(super) struct Meaning {
    pub concepts: Vec<Concept>,
    pub cues: Vec<Cue>,
    pub doubts: Vec<Span>,
    pub restrictions: Vec<Span>,
    pub comparisons: Vec<Comparison>,
}

impl Meaning {
    pub fn of(analysis: &Analysis) -> Meaning {
        let mut meaning = Meaning {
            // News name about as many concepts as have words.
            concepts: Vec::with_capacity(analysis.tokens.len()),
            cues: Vec::new(),
            doubts: Vec::new(),
            restrictions: Vec::new(),
            comparisons: Vec::new(),
        };
        let mut room = Vec::new();
        for segment in &analysis.segments {
            let tokens = analysis.tokens_of(segment);
            meaning.add_concepts(analysis, segment.span, tokens, &mut room);
            meaning.add_denials(analysis.text(), segment.span, tokens, analysis.language());
            meaning.add_comparisons(analysis.text(), segment.span, tokens, analysis.language());
        }
        meaning
    }

    /// `found` is room for the concepts of one segment.
    fn add_concepts(&mut self, analysis: &Analysis, span: Span, tokens: &[Token], found: &mut Vec<Concept>) {
        let concepts = &analysis.knowledge.concepts;
        concepts.each(analysis.text(), span, tokens, |hit| found.push(Concept { span: hit.span, id: *hit.value }));
        found.sort_unstable_by_key(|concept| (concept.span.start, Reverse(concept.span.end), concept.id));
        found.dedup();
        self.concepts.append(found);
    }

    fn add_denials(&mut self, text: &str, span: Span, tokens: &[Token], language: &Language) {
        let mut denials = Denials::find(text, span, tokens, language);
        self.doubts.append(&mut denials.doubts);
        self.restrictions.append(&mut denials.restrictions);
        self.cues.append(&mut denials.cues);
    }

    fn add_comparisons(&mut self, text: &str, span: Span, tokens: &[Token], language: &Language) {
        for hit in language.comparisons.find(text, span, tokens) {
            let slot = |name| hit.slots.iter().find(|(slot, span)| *slot == name && !span.is_empty()).map(|(_, span)| *span);
            if let (Some(a), Some(b)) = (slot('A'), slot('B')) {
                let (better, worse) = if *hit.value == 'A' { (a, b) } else { (b, a) };
                self.comparisons.push(Comparison { span: hit.span.join(a).join(b), better, worse });
            }
        }
    }
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
        cues.sort_by_key(|cue| (cue.span.start, Reverse(cue.span.end), rank(cue.kind)));
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
