//! Typography, third part: marks that were left behind alone, empty or without their partner.

use super::place::{last_word, marked};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::is_letter;

pub const RULES: &[Rule] = &[STOP_ORPHANED, MARKS_EMPTY, BRACKET_UNCLOSED];

const STOP_ORPHANED: Rule = Rule {
    id: "typography/stop-orphaned",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A paragraph begins with a mark that belongs behind something",
    why: "What stood before the mark was cut off or moved. Put it back, or delete the mark.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le président a parlé jeudi.\n\n[[, dit]] le ministre de la ville, et rien ne presse.",
            good: "Le président a parlé jeudi.\n\nSelon le ministre de la ville, rien ne presse.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The president spoke on Thursday.\n\n[[. He]] leaves on Friday.",
            good: "The president spoke on Thursday.\n\nHe leaves on Friday.",
        },
    ],
    check: stop_orphaned,
};

fn stop_orphaned(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for block in &context.target.document.blocks {
        let line = block.span.of(text);
        let Some(mark) = line.chars().next().filter(|c| matches!(c, ',' | ';' | '.' | ':' | '!' | '?' | ')')) else { continue };
        let rest = &line[mark.len_utf8()..];
        let lead = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        let word: usize = rest[lead..].chars().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
        // `…`, `...`, `.com`, `:-)`, `.5`: not orphans.
        let spaced = lead > 0 || matches!(mark, ',' | ';' | ')');
        if word > 0 && spaced {
            let span = Span::new(block.span.start, block.span.start + mark.len_utf8() + lead + word);
            findings
                .push(Finding::new(span, format!("{mark:?} begins the paragraph")).instead(rest[lead..lead + word].to_owned()));
        }
    }
    findings
}

const MARKS_EMPTY: Rule = Rule {
    id: "typography/marks-empty",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Brackets or quotation marks hold nothing",
    why: "What stood between them was lost: a link, a name in another script, a picture. Restore it or delete the marks.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe Nokia [[( )]] a vendu ses parts.",
        good: "Le groupe Nokia a vendu ses parts.",
    }],
    check: marks_empty,
};

fn marks_empty(context: &Context) -> Vec<Finding> {
    const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('«', '»'), ('“', '”'), ('（', '）'), ('《', '》')];
    let text = context.text();
    let mut findings = Vec::new();
    for (at, open) in marked(context, |c| PAIRS.iter().any(|(open, _)| *open == c)) {
        let rest = &text[at + open.len_utf8()..];
        let inner = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let closes = |c: char| PAIRS.contains(&(open, c));
        let Some(close) = inner.chars().next().filter(|c| closes(*c)) else { continue };
        // `f()`, `a[]` are code, and so is `- [ ]`.
        let code = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || open == '[';
        if !code {
            let end = at + open.len_utf8() + (rest.len() - inner.len()) + close.len_utf8();
            findings.push(Finding::new(Span::new(at, end), "nothing stands between the marks"));
        }
    }
    findings
}

const BRACKET_UNCLOSED: Rule = Rule {
    id: "typography/bracket-unclosed",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A bracket is opened and never closed, or closed and never opened",
    why: "Its partner was cut off. Put it back.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe Nokia [[(Finlande]] a vendu ses parts.",
        good: "Le groupe Nokia (Finlande) a vendu ses parts.",
    }],
    check: bracket_unclosed,
};

fn bracket_unclosed(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for block in &context.target.document.blocks {
        let line = block.span.of(text);
        let mut open: Vec<usize> = Vec::new();
        let mut orphans: Vec<usize> = Vec::new();
        for at in memchr::memchr2_iter(b'(', b')', line.as_bytes()) {
            match line.as_bytes()[at] {
                b'(' => open.push(at),
                _ if open.pop().is_none() && !numbers(line, at) => orphans.push(at),
                _ => {}
            }
        }
        orphans.extend(open);
        findings.extend(orphans.into_iter().map(|at| {
            let word: usize = line[at + 1..].chars().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
            let word = if line[at..].starts_with('(') { word } else { 0 };
            Finding::new(Span::new(block.span.start + at, block.span.start + at + 1 + word), "the bracket stands alone")
        }));
    }
    findings
}

/// `1)`, `a)` number a list, and `:-)` smiles.
fn numbers(line: &str, at: usize) -> bool {
    let word = last_word(&line[..at]);
    word.chars().count() <= 3 || word.ends_with([':', '-', ';'])
}
