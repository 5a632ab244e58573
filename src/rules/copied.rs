//! Words of the source that stand as they are in a translation whose script has no spaces: nothing else in the sentence tells
//! that they were left.

use super::{Context, Example, Finding, Rule};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, is_unspaced};

pub const RULES: &[Rule] = &[WORD_UNTRANSLATED];

const WORD_UNTRANSLATED: Rule = Rule {
    id: "language/word-untranslated",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A common word of the source stands untranslated among characters",
    why: "Names and abbreviations keep their letters, common words do not: translate it, or put it in brackets behind its translation.",
    examples: &[
        Example {
            langs: "fr>zh",
            source: "La commune a commencé les terrassements lundi.",
            bad: "该市周一开始了[[terrassements]]。",
            good: "该市周一开始了土方工程。",
        },
        Example {
            langs: "en>ja",
            source: "The ministry confirmed the shipment on Monday.",
            bad: "同省は月曜日、[[shipment]]を確認した。",
            good: "同省は月曜日、出荷（shipment）を確認した。",
        },
    ],
    check: word_untranslated,
};

/// Letters of the shortest word: shorter ones are units and signs.
const LETTERS: usize = 4;

fn word_untranslated(context: &Context) -> Vec<Finding> {
    if context.target.language().profile().spaced {
        return Vec::new();
    }
    let text = context.text();
    let beside = |c: Option<char>| c.is_none_or(|c| is_unspaced(c) || c.is_whitespace() || matches!(c, '，' | '。' | '、'));
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        for token in context.target.tokens_in(pair.target).iter().filter(|token| token.kind == Kind::Word) {
            let word = token.text(text);
            let small = word.chars().all(char::is_lowercase) && word.chars().nth(LETTERS - 1).is_some();
            let alone = || beside(text[..token.span.start].chars().next_back()) && beside(text[token.span.end..].chars().next());
            let said = || source.tokens_in(pair.source).iter().find(|other| other.text(source.text()) == word);
            if small
                && alone()
                && let Some(said) = said()
            {
                let message = format!("{word:?} is a word of the source");
                findings.push(Finding::new(token.span, message).from_source(said.span));
            }
        }
    }
    findings
}
