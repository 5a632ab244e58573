//! Rules: what is wrong with a translation. A rule is one constant with its whole story; a family is one file.

pub mod agreement;
pub mod brief;
pub mod casing;
pub mod cause;
pub mod completeness;
pub mod consistency;
mod copied;
pub mod dates;
pub mod encoding;
pub mod evidence;
mod foreign;
pub mod garble;
pub mod grammar;
pub mod idioms;
pub mod language;
pub mod locale;
pub mod loops;
pub mod marks;
pub mod meaning;
pub mod names;
pub mod numbers;
mod once;
mod place;
mod quantity;
pub mod quotations;
mod repeats;
pub mod repetition;
pub mod residue;
pub mod sequences;
pub mod shared;
pub mod sounded;
mod slips;
pub mod spelling;
mod spaces;
pub mod stops;
pub mod structure;
pub mod suppression;
pub mod syntax;
pub mod terms;
pub mod truncated;
pub mod typography;
pub mod voice;

use crate::align::{Alignment, Bead, TRUSTED};
use crate::article::{Analysis, Segment};
use crate::brief::{Brief, Outcome};
use crate::corpus::{Corpus, Terms};
use crate::document::{Document, Span};
use crate::error::Error;
use crate::language::evidence::Languages;
use crate::language::{Detector, Guess};
use crate::mqm::{Category, Severity, Tier};
use crate::trap::Hit;
use shared::Shared;
use std::sync::Arc;

/// All families, in the order of the documentation. A family may look at what those before it have found.
const FAMILIES: &[&[Rule]] = &[
    language::RULES,
    copied::RULES,
    encoding::RULES,
    residue::RULES,
    typography::RULES,
    stops::RULES,
    spaces::RULES,
    marks::RULES,
    locale::RULES,
    quotations::RULES,
    repetition::RULES,
    loops::RULES,
    grammar::RULES,
    syntax::RULES,
    sequences::RULES,
    agreement::RULES,
    idioms::RULES,
    sounded::RULES,
    terms::RULES,
    brief::RULES,
    numbers::RULES,
    dates::RULES,
    names::RULES,
    meaning::RULES,
    completeness::RULES,
    truncated::RULES,
    structure::RULES,
    consistency::RULES,
    casing::RULES,
    voice::RULES,
    garble::RULES,
    spelling::RULES,
    evidence::RULES,
    suppression::RULES,
];

/// Every rule, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().copied().flatten()
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// The rules that an id or the name of a family means; none for a name that is unknown.
pub fn named(name: &str) -> Vec<&'static Rule> {
    all().filter(|rule| rule.id == name || rule.family() == name).collect()
}

/// The id, or the family, that is most like an unknown name.
pub fn nearest(name: &str) -> &'static str {
    let near = |known: &str| strsim::jaro_winkler(name, known);
    let defect = |id: &'static str| id.split('/').next_back().unwrap_or(id);
    let own = |id: &'static str| near(id).max(near(defect(id)));
    let best = all().map(|rule| rule.id).max_by(|a, b| own(a).total_cmp(&own(b))).unwrap_or("");
    let family = all().map(Rule::family).max_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or("");
    // Who writes a slash means a rule.
    if !name.contains('/') && near(family) > own(best) { family } else { best }
}

/// What is said of a name that is unknown.
pub fn unknown(name: &str) -> Error {
    Error::Usage(format!("no rule {name:?}; did you mean {:?}? `contresens rules` lists them", nearest(name)))
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

    /// Whether it has nothing to say without a spelling dictionary.
    pub fn needs_dictionary(&self) -> bool {
        self.id == spelling::UNKNOWN_WORD.id
    }

    /// Whether it has nothing to say without a glossary.
    pub fn needs_terms(&self) -> bool {
        self.id == terms::GLOSSARY_VIOLATED.id
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
    /// There is nothing to decide: the suggestion can be written without asking.
    pub exact: bool,
    /// The place in the source that shows it.
    pub source: Option<Span>,
    /// When it differs from the rule's.
    pub severity: Option<Severity>,
    /// Where it stands in the file, when that is not in the readable text.
    pub place: Option<Span>,
}

impl Finding {
    pub fn new(span: Span, message: impl Into<String>) -> Finding {
        Finding {
            span,
            message: message.into(),
            why: None,
            suggestion: None,
            exact: false,
            source: None,
            severity: None,
            place: None,
        }
    }

    pub fn because(mut self, why: impl Into<String>) -> Finding {
        self.why = Some(why.into()).filter(|why| !why.is_empty());
        self
    }

    pub fn instead(mut self, suggestion: impl Into<String>) -> Finding {
        self.suggestion = Some(suggestion.into()).filter(|text| !text.is_empty());
        self
    }

    /// What to write instead where there is nothing to decide: `check --fix` writes it.
    pub fn exactly(self, replacement: impl Into<String>) -> Finding {
        Finding { exact: true, ..self.instead(replacement) }
    }

    pub fn from_source(mut self, source: Span) -> Finding {
        self.source = Some(source);
        self
    }

    pub fn placed(mut self, place: Span) -> Finding {
        self.place = Some(place);
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
    /// The suggestion is to be written as it is, without asking.
    pub exact: bool,
    pub span: Span,
    pub source: Option<Span>,
    /// Where it stands in the file, when that is not in the readable text.
    pub place: Option<Span>,
}

impl Diagnostic {
    /// Where it stands in the file.
    pub fn place(&self, document: &Document) -> Span {
        self.place.unwrap_or_else(|| document.place(self.span))
    }
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
    /// What became of the facts of the brief.
    pub facts: Option<Vec<Outcome>>,
    /// The language that the target was said to be in.
    pub declared: Option<&'a str>,
    /// What the target looks to be in.
    pub guess: Guess<'a>,
    /// Of each token of the target, the languages of which it is a function word.
    pub masks: Vec<Languages>,
    /// What the rules before this one have found.
    pub found: Vec<Diagnostic>,
    /// The rules that have run.
    pub ran: Vec<&'static str>,
    /// The glossaries that hold between the two languages.
    pub terms: Vec<Arc<Terms>>,
    /// What rules have worked out for each other.
    pub shared: Shared<'a>,
}

/// A bead that can be trusted, with the spans of its two sides.
#[derive(Clone, Copy)]
pub struct Pair<'c> {
    pub bead: &'c Bead,
    pub source: Span,
    pub target: Span,
}

/// Confidence of a bead whose two sides are surely each other's.
const SURELY: f32 = 0.8;

impl Pair<'_> {
    /// Whether the two sides are surely each other's.
    pub fn is_sure(&self) -> bool {
        self.bead.confidence >= SURELY
    }
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

    /// Whether a sentence or two are all there is: no headline stands over them, and nothing around them may have lent or
    /// taken a name.
    pub fn is_alone(&self) -> bool {
        const FEW: usize = 2;
        let few = |side: &Analysis| side.segments.len() <= FEW;
        few(&self.target) && self.source.as_ref().is_some_and(few)
    }

    /// Whether a glossary holds between the two languages.
    pub fn has_terms(&self) -> bool {
        !self.terms.is_empty()
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
