//! Paragraphs that break off: without a stop, or on a word that ends no sentence.

use super::shared::Places;
use super::{Context, Example, Finding, Rule};
use crate::article::{Analysis, Segment};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, is_apostrophe};

pub const RULES: &[Rule] = &[SENTENCE_UNFINISHED, SENTENCE_TRUNCATED];

const SENTENCE_UNFINISHED: Rule = Rule {
    id: "completeness/sentence-unfinished",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A paragraph ends on a word that ends no sentence",
    why: "An article or a preposition waits for what was cut off. Compare with the source.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre est arrivé hier à Lisbonne.\nIl a rencontré des agriculteurs [[de la]]\nLes discussions prendront fin vendredi dans la capitale.",
            good: "Le ministre est arrivé hier à Lisbonne.\nIl a rencontré des agriculteurs de la région.\nLes discussions prendront fin vendredi dans la capitale.",
        },
        Example {
            langs: "zh>en",
            source: "部长昨天抵达里斯本。\n他会见了该地区的农民。",
            bad: "The minister arrived in Lisbon yesterday.\nHe met farmers from [[the]]",
            good: "The minister arrived in Lisbon yesterday.\nHe met farmers from the region.",
        },
    ],
    check: sentence_unfinished,
};

/// Kind of the words that wait for another, in `grammar.tsv`.
const UNFINISHED: &str = "unfinished";
/// Words of the shortest line that is taken for a sentence.
const SENTENCE_WORDS: usize = 4;

fn sentence_unfinished(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let page = Places::of(context, "residue/");
    let mut findings = Vec::new();
    for (number, segment) in context.segments().enumerate() {
        let tokens = context.target.tokens_of(segment);
        if tokens.len() < SENTENCE_WORDS || page.touch(segment.span) {
            continue;
        }
        let Some(count) = waiting(&context.target, segment) else { continue };
        let meant = || {
            let source = context.source.as_ref().zip(context.alignment.as_ref());
            let bead = source.and_then(|(source, alignment)| Some((source, alignment.of_target(number)?)));
            bead.is_some_and(|(source, bead)| {
                let last = bead.source.end.checked_sub(1).and_then(|last| source.segments.get(last));
                last.is_some_and(|last| waiting(source, last).is_some())
            })
        };
        if goes_on(context, number) || meant() {
            continue;
        }
        let span = tokens[tokens.len() - count].span.join(tokens[tokens.len() - 1].span);
        findings.push(Finding::new(span, format!("the paragraph breaks off after {:?}", span.of(text))));
    }
    findings
}

/// A line that was wrapped, or a sentence that was cut in two: the next begins in small letters.
fn goes_on(context: &Context, number: usize) -> bool {
    let next = context.target.segments.get(number + 1).and_then(|next| next.span.of(context.text()).chars().next());
    next.is_some_and(|c| c.is_lowercase() || c.is_numeric())
}

/// How many words that wait for another one a segment ends on; None when it ends otherwise.
fn waiting(analysis: &Analysis, segment: &Segment) -> Option<usize> {
    let (text, tokens) = (analysis.text(), analysis.tokens_of(segment));
    let rest = &text[tokens.last()?.span.end..segment.span.end];
    if !rest.chars().all(|c| is_apostrophe(c) || c.is_whitespace()) {
        return None;
    }
    let waits = |token: &Token, before: Option<&Token>| {
        let small = token.kind == Kind::Word && token.text(text).chars().all(char::is_lowercase);
        let rows = || analysis.language().grammar.of(UNFINISHED);
        let excused = |token: &Token| rows().any(|row| row.unless.has(text, token));
        small && rows().any(|row| row.first.has(text, token)) && !before.is_some_and(excused)
    };
    let last = |at: usize| waits(&tokens[at], at.checked_sub(1).map(|before| &tokens[before]));
    let count = (0..tokens.len()).rev().take_while(|at| last(*at)).count();
    // An item of a list that the next line goes on with: `…; and`.
    let first = tokens.len() - count;
    let listed = first > 0 && count > 0 && text[tokens[first - 1].span.end..tokens[first].span.start].contains(';');
    (count > 0 && !listed).then_some(count)
}

const SENTENCE_TRUNCATED: Rule = Rule {
    id: "completeness/sentence-truncated",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A paragraph breaks off without a final stop",
    why: "The end was lost on the way. Compare with the source.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre est arrivé hier à Lisbonne.\nIl a rencontré des agriculteurs près de Porto et leur a promis de [[nouvelles]]\nLes discussions prendront fin vendredi dans la capitale.",
            good: "Le ministre est arrivé hier à Lisbonne.\nIl a rencontré des agriculteurs près de Porto et leur a promis de l'aide.\nLes discussions prendront fin vendredi dans la capitale.",
        },
        Example {
            langs: "de>en",
            source: "Der Minister traf gestern Bauern aus der Umgebung von Porto.",
            bad: "The minister met farmers from the area around [[Porto]]",
            good: "The minister met farmers from the area around Porto yesterday.",
        },
    ],
    check: sentence_truncated,
};

/// Words of a line too long for a title.
const LINE_WORDS: usize = 9;

/// What may stand at the end of a line.
fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | ',' | '"' | '»' | '”' | ')' | ']' | '。' | '！' | '？' | '’' | '\'' | '“')
}

fn sentence_truncated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let count = context.target.segments.len();
    let stopped = context.segments().filter(|segment| segment.span.of(text).ends_with(ends)).count();
    let mostly_lines = stopped * 3 < count * 2;
    // What stands before the first stop is the headline, unless there is nothing else; a text that hardly uses stops is a
    // list.
    let page = Places::of(context, "residue/");
    let head = if context.is_alone() {
        0
    } else {
        context.segments().take_while(|segment| !segment.span.of(text).ends_with(ends)).count()
    };
    for (number, segment) in context.segments().enumerate().skip(head) {
        let line = segment.span.of(text);
        let tokens = context.target.tokens_of(segment);
        // With the source at hand: it ends in a stop where the translation does not, or only in a comma. A headline may be
        // worded anew, but it has no full stop.
        let original = context.source_of(segment.span.start).map(|(source, span)| span.of(source.text()));
        let (stopped, least) = match original {
            Some(original) if original.ends_with(['.', '。']) => {
                (line.ends_with(|c| ends(c) && c != ',') || goes_on(context, number), SENTENCE_WORDS)
            }
            Some(original) => (line.ends_with(ends) || !original.ends_with(ends), LINE_WORDS),
            None => (line.ends_with(ends) || mostly_lines, LINE_WORDS),
        };
        if stopped || tokens.len() < least || page.touch(segment.span) || waiting(&context.target, segment).is_some() {
            continue;
        }
        if let Some(last) = tokens.last().filter(|token| token.kind == Kind::Word) {
            findings.push(Finding::new(last.span, "the paragraph breaks off here"));
        }
    }
    findings
}
