//! A user's own proof: defects of every kind are planted into a clean article, one at a time, and what is caught is counted.

mod plants;

pub use plants::Plant;

use crate::align::align;
use crate::article::{Analysis, Cut};
use crate::checker::{Check, Checker, Report};
use crate::corpus::UNKNOWN;
use crate::document::{Document, Span};
use crate::error::Error;
use crate::input::{Format, parse};
use crate::mqm::Tier;
use rustc_hash::FxHashSet;

/// How often each kind is planted, where the article has room for it.
const EACH: usize = 5;

/// What became of the plants of one kind.
pub struct Outcome {
    pub kind: &'static str,
    pub planted: usize,
    pub caught: usize,
    /// Caught by a rule that may fail a build.
    pub gate: usize,
    /// The first ones that were missed: the line of the spoilt text that holds the defect.
    pub missed: Vec<String>,
}

/// The proof of one article.
pub struct Proof {
    pub outcomes: Vec<Outcome>,
    /// What was found on the article as it is.
    pub clean: Report,
}

/// Plants and counts. The article is taken as it reads, without its markup; the source may be missing.
pub fn prove(checker: &Checker, target: &Document, source: Option<&Document>, check: &Check) -> Result<Proof, Error> {
    let clean_text = parse(target.text.clone(), Format::Plain);
    let clean = checker.check(&Check { target: Some(&clean_text), source, ..*check })?;
    let known: FxHashSet<(&str, String)> =
        clean.diagnostics.iter().map(|found| (found.rule, mark(&clean_text, found.span))).collect();
    let analysis = Analysis::new(&clean_text, clean.to.as_deref().unwrap_or(UNKNOWN), checker.corpus(), Cut::Sentences)?;
    let original = source
        .map(|source| Analysis::new(source, clean.from.as_deref().unwrap_or(UNKNOWN), checker.corpus(), Cut::Sentences))
        .transpose()?;
    let alignment = original.as_ref().map(|original| align(original, &analysis, checker.corpus()));
    let bitext = original.as_ref().zip(alignment.as_ref());
    let mut outcomes = Vec::new();
    for (kind, plants) in plants::all(&analysis, bitext, checker.corpus()) {
        let mut outcome = Outcome { kind, planted: 0, caught: 0, gate: 0, missed: Vec::new() };
        for plant in spread(plants, EACH) {
            let spoilt = parse(plant.text, Format::Plain);
            let report = checker.check(&Check { target: Some(&spoilt), source, to: clean.to.as_deref(), ..*check })?;
            let near = |span: Span| span.start <= plant.span.end + NEAR && plant.span.start <= span.end + NEAR;
            let fresh = report.diagnostics.iter().filter(|found| !known.contains(&(found.rule, mark(&spoilt, found.span))));
            let tiers: Vec<Tier> = fresh.filter(|found| near(found.span)).map(|found| found.tier).collect();
            outcome.planted += 1;
            outcome.caught += usize::from(!tiers.is_empty());
            outcome.gate += usize::from(tiers.contains(&Tier::Gate));
            if tiers.is_empty() {
                outcome.missed.push(line(&spoilt, plant.span));
            }
        }
        if outcome.planted > 0 {
            outcomes.push(outcome);
        }
    }
    Ok(Proof { outcomes, clean })
}

/// Bytes between a defect and a finding that is still about it.
const NEAR: usize = 3;

/// What a finding is about, wherever it moved: its words and what stands before them.
fn mark(document: &Document, span: Span) -> String {
    /// Bytes of the context.
    const CONTEXT: usize = 24;
    let start = document.text.floor_char_boundary(span.start.saturating_sub(CONTEXT));
    document.text[start..span.end].rsplit('\n').next().unwrap_or_default().to_owned()
}

fn line(document: &Document, span: Span) -> String {
    let text = &document.text;
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    text[start..end].to_owned()
}

/// At most so many, evenly spread over the article.
fn spread(plants: Vec<Plant>, most: usize) -> Vec<Plant> {
    let count = plants.len();
    let keep = |number: usize| count <= most || number * most / count != (number + 1) * most / count;
    plants.into_iter().enumerate().filter(|(number, _)| keep(*number)).map(|(_, plant)| plant).collect()
}
