//! Suppressions: comments of the file that hold findings back. One needs a reason, and says so when it holds back nothing.
//!
//! `contresens-ignore: RULE, RULE reason` stands at a block, or before it; `contresens-ignore-file: RULE reason` anywhere.
//! It belongs to a block and not to a line, so that it survives when lines are wrapped anew and paragraphs are moved.

use super::{Context, Diagnostic, Example, Finding, Rule, named, nearest};
use crate::document::{Comment, Document, Span};
use crate::mqm::{Category, Severity, Tier};
use std::ops::Range;

pub const RULES: &[Rule] = &[REASON_MISSING, RULE_UNKNOWN, STALE];

const REASON_MISSING: Rule = Rule {
    id: "suppression/reason-missing",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A suppression does not say why",
    why: "Who reads the file next must know whether it still holds; without a reason nothing is held back.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "<!-- [[contresens-ignore: grammar]] -->\nLes prix ont monté hier.",
        good: "<!-- contresens-ignore: typography/sentences-glued the site joins them -->\nLes prix ont monté.Les clients partent.",
    }],
    check: reason_missing,
};

const RULE_UNKNOWN: Rule = Rule {
    id: "suppression/rule-unknown",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A suppression names a rule that does not exist",
    why: "It holds nothing back. `contresens rules` lists the rules; the name of a family stands for all of its rules.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "<!-- [[contresens-ignore: typography/sentence-glued the site joins them]] -->\nLes prix ont monté.Les clients partent.",
        good: "<!-- contresens-ignore: typography the site joins them -->\nLes prix ont monté.Les clients partent.",
    }],
    check: rule_unknown,
};

const STALE: Rule = Rule {
    id: "suppression/stale",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A suppression holds nothing back",
    why: "What it was written for is mended, or stands elsewhere. Delete it, lest it hide the next defect.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "<!-- [[contresens-ignore: typography/sentences-glued the site joins them]] -->\nLes prix ont monté. Les clients partent.",
        good: "<!-- contresens-ignore: typography/sentences-glued the site joins them -->\nLes prix ont monté.Les clients partent.",
    }],
    check: stale,
};

const OF_A_BLOCK: &str = "contresens-ignore:";
const OF_THE_FILE: &str = Comment::OF_THE_FILE;

/// One suppression.
struct Directive<'d> {
    /// The rules that it holds back, and the names that are none.
    rules: Vec<&'static Rule>,
    unknown: Vec<&'d str>,
    reason: &'d str,
    /// None for the whole file.
    blocks: Option<Range<usize>>,
    /// Where it stands in the file, and in the text.
    place: Span,
    span: Span,
}

impl Directive<'_> {
    fn holds_back(&self, diagnostic: &Diagnostic, document: &Document) -> bool {
        let named = self.rules.iter().any(|rule| rule.id == diagnostic.rule);
        let here = || self.blocks.as_ref().is_none_or(|blocks| blocks.contains(&block_of(document, diagnostic.span)));
        // A suppression is not there to silence what is said of suppressions.
        named && !self.reason.is_empty() && here() && RULES.iter().all(|rule| rule.id != diagnostic.rule)
    }
}

/// The number of the block in which a span begins.
fn block_of(document: &Document, span: Span) -> usize {
    document.blocks.partition_point(|block| block.span.start <= span.start).saturating_sub(1)
}

/// Takes out the findings that a comment of the document holds back. Gives how many they are.
pub fn hold_back(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> usize {
    let directives: Vec<Directive> = directives(document).collect();
    let before = diagnostics.len();
    if !directives.is_empty() {
        diagnostics.retain(|diagnostic| !directives.iter().any(|one| one.holds_back(diagnostic, document)));
    }
    before - diagnostics.len()
}

fn directives(document: &Document) -> impl Iterator<Item = Directive<'_>> {
    document.comments.iter().flat_map(|comment| of_comment(document, comment))
}

/// The suppressions of a comment: each begins a line, and its reason may go on in the next ones.
fn of_comment<'d>(document: &'d Document, comment: &'d Comment) -> Vec<Directive<'d>> {
    let text = comment.place.of(document.raw());
    let begins = |line: &str| line.starts_with(OF_A_BLOCK) || line.starts_with(OF_THE_FILE);
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_start_matches(|c: char| c.is_whitespace() || c == '#');
        if begins(written) {
            starts.push(at + line.len() - written.len());
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| read(document, comment, *start, text[*start..end].trim_end())).collect()
}

/// Reads a suppression that begins at a byte of its comment.
fn read<'d>(document: &'d Document, comment: &'d Comment, at: usize, written: &'d str) -> Directive<'d> {
    let file = written.strip_prefix(OF_THE_FILE);
    let mut rest = file.or_else(|| written.strip_prefix(OF_A_BLOCK)).unwrap_or(written).trim_start();
    let mut names = Vec::new();
    // Names are divided by commas; behind the last one the reason begins.
    loop {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        names.extend((end > 0).then(|| &rest[..end]));
        rest = rest[end..].trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => break,
        }
    }
    let reason = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (known, unknown): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| !named(name).is_empty());
    let first = comment.blocks.clone().next().and_then(|block| document.blocks.get(block));
    let start = comment.place.start + at;
    Directive {
        rules: known.into_iter().flat_map(named).collect(),
        unknown,
        reason,
        blocks: file.is_none().then(|| comment.blocks.clone()),
        place: Span::new(start, start + written.len()),
        span: first.map_or(Span::default(), |block| block.span),
    }
}

fn reason_missing(context: &Context) -> Vec<Finding> {
    let bare = directives(context.target.document).filter(|one| one.reason.is_empty());
    bare.map(|one| Finding::new(one.span, "say behind the rule why it is held back").placed(one.place)).collect()
}

fn rule_unknown(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in directives(context.target.document) {
        if one.rules.is_empty() && one.unknown.is_empty() {
            findings.push(Finding::new(one.span, "no rule is named").placed(one.place));
        }
        findings.extend(one.unknown.iter().map(|name| {
            let message = format!("no rule {name:?}; did you mean {:?}?", nearest(name));
            Finding::new(one.span, message).placed(one.place)
        }));
    }
    findings
}

/// A suppression is stale when all its rules have run, with all that they need, and none has found anything there.
fn stale(context: &Context) -> Vec<Finding> {
    let document = context.target.document;
    let idle = directives(document).filter(|one| {
        let judged = !one.rules.is_empty() && !one.reason.is_empty() && one.rules.iter().all(|rule| has_run(context, rule));
        judged && !context.found.iter().any(|found| one.holds_back(found, document))
    });
    idle.map(|one| Finding::new(one.span, "nothing is held back here").placed(one.place)).collect()
}

/// Whether a rule was not off, and had what it needs: a rule whose examples all have a source needs one, and one without
/// examples needs a brief.
fn has_run(context: &Context, rule: &Rule) -> bool {
    let sourced = context.source.is_some() || rule.examples.iter().any(|example| example.source.is_empty());
    let briefed = context.brief.is_some() || !rule.examples.is_empty();
    let spelt = !rule.needs_dictionary() || context.corpus.dictionaries().has(context.target.tag());
    let listed = !rule.needs_terms() || context.has_terms();
    context.ran.contains(&rule.id) && (sourced || rule.examples.is_empty()) && briefed && listed && spelt
}
