//! Rules: what is wrong with a translation. A rule is one constant with its whole story; a family is one file.

pub mod casing;
pub mod completeness;
pub mod consistency;
pub mod dates;
pub mod encoding;
pub mod evidence;
mod foreign;
pub mod garble;
pub mod grammar;
pub mod idioms;
pub mod language;
pub mod loops;
pub mod marks;
pub mod meaning;
pub mod names;
pub mod numbers;
mod once;
mod place;
mod quantity;
pub mod quotations;
pub mod repetition;
pub mod residue;
mod slips;
pub mod stops;
pub mod syntax;
pub mod terms;
pub mod typography;
pub mod voice;

use crate::align::{Alignment, Bead, TRUSTED};
use crate::article::{Analysis, Segment};
use crate::brief::Brief;
use crate::corpus::Corpus;
use crate::document::Span;
use crate::language::{Detector, Guess};
use crate::mqm::{Category, Severity, Tier};
use crate::trap::Hit;

/// All families, in the order of the documentation. The last one looks at what the others have found.
const FAMILIES: &[&[Rule]] = &[
    language::RULES,
    encoding::RULES,
    residue::RULES,
    typography::RULES,
    stops::RULES,
    marks::RULES,
    quotations::RULES,
    repetition::RULES,
    loops::RULES,
    grammar::RULES,
    syntax::RULES,
    idioms::RULES,
    terms::RULES,
    numbers::RULES,
    dates::RULES,
    names::RULES,
    meaning::RULES,
    completeness::RULES,
    consistency::RULES,
    casing::RULES,
    voice::RULES,
    garble::RULES,
    evidence::RULES,
];

/// Every rule, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().copied().flatten()
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// One check with its story.
pub struct Rule {
    /// `family/defect`, readable after "allow".
    pub id: &'static str,
    pub category: Category,
    pub severity: Severity,
    pub tier: Tier,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why it matters, and what to do.
    pub why: &'static str,
    pub examples: &'static [Example],
    pub check: fn(&Context) -> Vec<Finding>,
}

impl Rule {
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }
}

/// A minimal pair: `bad` raises the rule exactly at its marks `[[…]]`, `good` raises no rule at all.
#[derive(Clone, Copy)]
pub struct Example {
    /// `fr`, or `zh>fr` with a source.
    pub langs: &'static str,
    /// The source, or nothing.
    pub source: &'static str,
    pub bad: &'static str,
    pub good: &'static str,
}

/// What a check returns: a place in the target, and what is wrong there.
#[derive(Clone, Debug)]
pub struct Finding {
    pub span: Span,
    pub message: String,
    /// Why it matters, when there is more to say than the rule says.
    pub why: Option<String>,
    /// What to write instead of the span.
    pub suggestion: Option<String>,
    /// The place in the source that shows it.
    pub source: Option<Span>,
    /// When it differs from the rule's.
    pub severity: Option<Severity>,
}

impl Finding {
    pub fn new(span: Span, message: impl Into<String>) -> Finding {
        Finding { span, message: message.into(), why: None, suggestion: None, source: None, severity: None }
    }

    pub fn because(mut self, why: impl Into<String>) -> Finding {
        self.why = Some(why.into()).filter(|why| !why.is_empty());
        self
    }

    pub fn instead(mut self, suggestion: impl Into<String>) -> Finding {
        self.suggestion = Some(suggestion.into()).filter(|text| !text.is_empty());
        self
    }

    pub fn from_source(mut self, source: Span) -> Finding {
        self.source = Some(source);
        self
    }

    pub fn graded(mut self, severity: Severity) -> Finding {
        self.severity = Some(severity);
        self
    }
}

/// A finding stamped with its rule.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub rule: &'static str,
    pub category: Category,
    pub severity: Severity,
    pub tier: Tier,
    pub message: String,
    pub why: Option<String>,
    pub suggestion: Option<String>,
    pub span: Span,
    pub source: Option<Span>,
}

/// An article under check: both sides analysed and aligned, and what the program knows.
pub struct Context<'a> {
    pub target: Analysis<'a>,
    /// The source, when there is one and it is related to the target.
    pub source: Option<Analysis<'a>>,
    pub alignment: Option<Alignment>,
    /// A source was given, and it has nothing to do with the target.
    pub unrelated: bool,
    pub corpus: &'a Corpus,
    pub detector: &'a Detector<'a>,
    /// Where the target fell into a trap of one of its pairs.
    pub hits: Vec<Hit<'a>>,
    pub brief: Option<&'a Brief>,
    /// The language that the target was said to be in.
    pub declared: Option<&'a str>,
    /// What the target looks to be in.
    pub guess: Guess<'a>,
    /// What the rules before this one have found.
    pub found: Vec<Diagnostic>,
}

/// A bead that can be trusted, with the spans of its two sides.
#[derive(Clone, Copy)]
pub struct Pair<'c> {
    pub bead: &'c Bead,
    pub source: Span,
    pub target: Span,
}

impl<'a> Context<'a> {
    pub fn text(&self) -> &'a str {
        self.target.text()
    }

    /// The beads with two sides that can be trusted, with the source.
    pub fn pairs(&self) -> impl Iterator<Item = (&Analysis<'a>, Pair<'_>)> {
        let both = self.source.as_ref().zip(self.alignment.as_ref());
        both.into_iter().flat_map(move |(source, alignment)| {
            let trusted = alignment.beads.iter().filter(|bead| !bead.is_gap() && bead.confidence >= TRUSTED);
            trusted.map(move |bead| {
                let spans = (source.span_of(bead.source.clone()), self.target.span_of(bead.target.clone()));
                (source, Pair { bead, source: spans.0, target: spans.1 })
            })
        })
    }

    /// The trusted bead that holds a place of the target, with its source span.
    pub fn source_of(&self, offset: usize) -> Option<(&Analysis<'a>, Span)> {
        let source = self.source.as_ref()?;
        let bead = self.alignment.as_ref()?.of_target(self.target.segment_at(offset))?;
        (!bead.source.is_empty() && bead.confidence >= TRUSTED).then(|| (source, source.span_of(bead.source.clone())))
    }

    /// The segments of a document with their number.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.target.segments.iter()
    }
}

/// A stretch of text shortened for a message.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= LONGEST {
        return flat;
    }
    let kept: String = flat.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}
