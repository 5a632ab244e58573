//! The front door of the library: a checker takes articles and gives reports.

use crate::align::{Alignment, RELATED, TRUSTED, align_within, paired_within};
use crate::article::{Analysis, Cut};
use crate::brief::{Brief, Outcome, verdicts};
use crate::corpus::{Corpus, Pitfalls, Terms, UNKNOWN};
use crate::deadline::{Deadline, Limits};
use crate::document::{Document, Span};
use crate::error::Error;
use crate::language::evidence::Languages;
use crate::language::{Detector, Guess};
use crate::mqm::{Category, Severity, Tier};
use crate::rules::shared::Shared;
use crate::rules::suppression::hold_back;
use crate::rules::{self, Context, Diagnostic, Finding, Rule};
use crate::score::score;
use crate::trap::hits;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// What becomes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Off,
    Tier(Tier),
}

/// An article to check.
#[derive(Clone, Copy, Default)]
pub struct Check<'d> {
    pub target: Option<&'d Document>,
    /// The source; that of the target's own file, where it holds both, when none is given.
    pub source: Option<&'d Document>,
    pub brief: Option<&'d Brief>,
    /// Language tags as given; the program's own guess where they are missing.
    pub from: Option<&'d str>,
    pub to: Option<&'d str>,
}

/// What was found in an article.
#[derive(Debug)]
pub struct Report {
    pub from: Option<String>,
    pub to: Option<String>,
    pub words: usize,
    pub segments: usize,
    /// How well source and target were aligned, 0 to 1; None without a source.
    pub aligned: Option<f32>,
    /// Which sentences render which, in the order of the texts; none without a source or with one that is unrelated.
    pub beads: Vec<Aligned>,
    pub score: f64,
    /// Spans are in the readable text; [`Document::place`] leads back to the file.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings a comment of the file held back.
    pub suppressed: usize,
    /// How many findings a baseline held back.
    pub known: usize,
    /// The verdicts on the facts of the brief; None without a brief.
    pub facts: Option<Vec<Outcome>>,
}

impl Report {
    /// Whether some sentence was compared with the source.
    pub fn is_compared(&self) -> bool {
        self.beads.iter().any(|bead| bead.source.is_some() && bead.target.is_some() && bead.confidence >= TRUSTED)
    }
}

/// A bead as spans of the two readable texts; a side is missing in a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aligned {
    pub source: Option<Span>,
    pub target: Option<Span>,
    /// 0 to 1: how sure it is that the two render each other, or that a gap is one.
    pub confidence: f32,
}

/// Checks articles. Loads what it knows once, and may be shared between threads.
pub struct Checker<'c> {
    corpus: &'c Corpus,
    detector: Detector<'c>,
    settings: Settings,
    limits: Limits,
}

/// What was set otherwise than the rules say themselves.
#[derive(Default)]
struct Settings {
    tiers: FxHashMap<&'static str, Setting>,
    severities: FxHashMap<&'static str, Severity>,
}

impl<'c> Checker<'c> {
    pub fn new(corpus: &'c Corpus) -> Result<Checker<'c>, Error> {
        Ok(Checker { corpus, detector: Detector::new(corpus)?, settings: Settings::default(), limits: Limits::default() })
    }

    /// Sets what becomes of a rule, or of a family of rules. The error names the one most like an unknown one.
    pub fn set(&mut self, name: &str, setting: Setting) -> Result<(), Error> {
        self.each(name, |settings, rule| {
            settings.tiers.insert(rule, setting);
        })
    }

    /// Sets how severe the findings of a rule, or of a family of rules, are.
    pub fn grade(&mut self, name: &str, severity: Severity) -> Result<(), Error> {
        self.each(name, |settings, rule| {
            settings.severities.insert(rule, severity);
        })
    }

    fn each(&mut self, name: &str, set: impl Fn(&mut Settings, &'static str)) -> Result<(), Error> {
        let found = rules::named(name);
        for rule in &found {
            set(&mut self.settings, rule.id);
        }
        if found.is_empty() { Err(rules::unknown(name)) } else { Ok(()) }
    }

    /// Sets what ends the work on an article before its time.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    pub fn corpus(&self) -> &'c Corpus {
        self.corpus
    }

    pub fn detector(&self) -> &Detector<'c> {
        &self.detector
    }

    /// The corpus's own tag for a language as given.
    pub fn tag(&self, given: Option<&str>) -> Result<Option<&'c str>, Error> {
        let Some(given) = given else { return Ok(None) };
        let known = || format!("{} (or their ISO 639-3 codes)", self.corpus.packs().join(", "));
        self.corpus.tag(given).map(Some).ok_or_else(|| Error::Language { tag: given.to_owned(), known: known() })
    }

    /// Checks one article. What is not done within the limits is an error: a report is of the whole article.
    pub fn check(&self, check: &Check) -> Result<Report, Error> {
        let deadline = self.limits.start();
        let empty = Document::default();
        let target_document = check.target.unwrap_or(&empty);
        let declared = self.tag(check.to.or(target_document.declared.as_deref()))?;
        let guess = declared.is_none().then(|| self.detector.detect(&target_document.text, None));
        let to = declared.or(guess.and_then(|guess| guess.tag));
        let target = Analysis::within(target_document, to.unwrap_or(UNKNOWN), self.corpus, Cut::Sentences, &deadline)?;
        let masks = self.detector.masks(&target.tokens);
        let guess = guess.unwrap_or_else(|| self.doubt(&target, &masks, declared));
        let source = self.source(check, &deadline)?;
        let units = target_document.paired.as_deref().filter(|_| check.source.is_none()).map(|paired| &paired.units);
        let alignment = source.as_ref().map(|source| match units {
            Some(units) => paired_within(source, &target, units, self.corpus, &deadline),
            None => align_within(source, &target, self.corpus, &deadline),
        });
        let alignment = alignment.transpose()?;
        let unrelated = alignment.as_ref().is_some_and(|alignment| alignment.related < RELATED && target.segments.len() > 2);
        let from = source.as_ref().map(|source| source.tag().to_owned()).or(self.tag(check.from)?.map(str::to_owned));
        let aligned = alignment.as_ref().map(|alignment| alignment.quality);
        let both = source.as_ref().zip(alignment.as_ref()).filter(|_| !unrelated);
        let hits = self.pitfalls(to)?.map(|pitfalls| hits(&target, both, pitfalls)).unwrap_or_default();
        let (words, segments) = (target.words(), target.segments.len());
        let (source, alignment): (Option<Analysis>, Option<Alignment>) =
            if unrelated { (None, None) } else { (source, alignment) };
        let facts = check.brief.map(|brief| verdicts(brief, &target, &hits, self.corpus)).transpose()?;
        let terms = self.terms(source.as_ref(), &target, check.brief)?;
        let mut context = Context {
            target,
            source,
            alignment,
            unrelated,
            corpus: self.corpus,
            detector: &self.detector,
            hits,
            brief: check.brief,
            facts,
            declared,
            guess,
            masks,
            found: Vec::new(),
            ran: Vec::new(),
            terms,
            shared: Shared::default(),
        };
        let mut diagnostics = self.run(&mut context, &deadline)?;
        let suppressed = hold_back(target_document, &mut diagnostics);
        let score = score(&diagnostics, words);
        let beads = beads(&context);
        Ok(Report {
            from,
            to: to.map(str::to_owned),
            words,
            segments,
            aligned,
            beads,
            score,
            diagnostics,
            suppressed,
            known: 0,
            facts: context.facts,
        })
    }

    /// Looks whether a text is in the language it is said to be in; function words settle it for most.
    fn doubt(&self, target: &Analysis, masks: &[Languages], declared: Option<&'c str>) -> Guess<'c> {
        match declared {
            Some(tag) if self.detector.confirms(&target.tokens, masks, tag) => Guess { tag: Some(tag), confidence: 1.0 },
            _ => self.detector.detect(target.text(), declared),
        }
    }

    /// The source, when there is one and it is in another language than nothing.
    fn source<'d>(&self, check: &Check<'d>, deadline: &Deadline) -> Result<Option<Analysis<'d>>, Error>
    where
        'c: 'd,
    {
        let given = check.source.or_else(|| check.target?.own_source());
        let Some(document) = given.filter(|document| !document.text.trim().is_empty()) else { return Ok(None) };
        let declared = self.tag(check.from.or(document.declared.as_deref()))?;
        let tag = declared.or_else(|| self.detector.detect(&document.text, None).tag).unwrap_or(UNKNOWN);
        Analysis::within(document, tag, self.corpus, Cut::Sentences, deadline).map(Some)
    }

    fn pitfalls(&self, to: Option<&str>) -> Result<Option<&'c Pitfalls>, Error> {
        to.map_or(Ok(None), |to| self.corpus.pitfalls(to))
    }

    /// The glossaries that hold between the two languages: those of the house, and that of the brief.
    fn terms(&self, source: Option<&Analysis>, target: &Analysis, brief: Option<&Brief>) -> Result<Vec<Arc<Terms>>, Error> {
        let Some(source) = source else { return Ok(Vec::new()) };
        let (from, to) = (source.language(), target.language());
        let mut terms: Vec<Arc<Terms>> = self.corpus.glossaries().between(from, to).into_iter().collect();
        if let Some(brief) = brief {
            let entries = brief.entries(self.tag(Some(&brief.lang))? == Some(source.tag()));
            terms.extend((!entries.is_empty()).then(|| Arc::new(Terms::new(entries, from, to))));
        }
        Ok(terms)
    }

    /// Runs every rule that is not off.
    fn run(&self, context: &mut Context, deadline: &Deadline) -> Result<Vec<Diagnostic>, Error> {
        for rule in rules::all() {
            deadline.look()?;
            let tier = match self.settings.tiers.get(rule.id) {
                Some(Setting::Off) => continue,
                Some(Setting::Tier(tier)) => *tier,
                None => rule.tier,
            };
            let severity = self.settings.severities.get(rule.id).copied();
            let mut findings = (rule.check)(context);
            findings.retain(|finding| !is_literal(context, rule, finding) && !rules::cause::is_told(context, rule, finding));
            context.ran.push(rule.id);
            context.found.extend(findings.into_iter().map(|finding| Diagnostic {
                rule: rule.id,
                category: rule.category,
                severity: severity.or(finding.severity).unwrap_or(rule.severity),
                tier,
                message: finding.message,
                why: finding.why.or_else(|| Some(rule.why.to_owned())),
                suggestion: finding.suggestion,
                exact: finding.exact,
                span: finding.span,
                source: finding.source,
                place: finding.place,
            }));
        }
        let mut diagnostics = std::mem::take(&mut context.found);
        rules::evidence::raise(context, &mut diagnostics);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.rule));
        diagnostics.dedup_by(|next, kept| next.span == kept.span && next.rule == kept.rule && next.place == kept.place);
        Ok(diagnostics)
    }
}

/// Whether a finding judges what belongs to no language. Code in a sentence may make it look like one in another language.
fn is_literal(context: &Context, rule: &Rule, finding: &Finding) -> bool {
    let document = context.target.document;
    document.is_literal(finding.span) || rule.category == Category::Untranslated && document.is_mostly_literal(finding.span)
}

fn beads(context: &Context) -> Vec<Aligned> {
    let both = context.source.as_ref().zip(context.alignment.as_ref());
    let side = |analysis: &Analysis, segments: &Range<usize>| (!segments.is_empty()).then(|| analysis.span_of(segments.clone()));
    let aligned = both.into_iter().flat_map(|(source, alignment)| {
        alignment.beads.iter().map(|bead| Aligned {
            source: side(source, &bead.source),
            target: side(&context.target, &bead.target),
            confidence: bead.confidence,
        })
    });
    aligned.collect()
}
