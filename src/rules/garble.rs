//! The look of machine translation: glosses that explain a word by itself, and translators who speak.

use super::{Context, Example, Finding, Rule, shortened};
use crate::document::Span;
use crate::extract::quotation::Quotations;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, folded};

pub const RULES: &[Rule] = &[CIRCULAR_GLOSS, TRANSLATOR_SPEAKING, ACRONYM_DOUBLED];

const CIRCULAR_GLOSS: Rule = Rule {
    id: "garble/circular-gloss",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A gloss explains a word by the same words",
    why: "The original gave the term in two languages; the translation gave both in one. Keep the original term and translate once.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le sigle YOLO [[(on ne vit qu'une fois), qui se traduit par « on ne vit qu'une fois »]], est partout dans la ville.",
        good: "Le sigle YOLO, qui se traduit par « on ne vit qu'une fois », est partout dans la ville.",
    }],
    check: circular_gloss,
};

fn circular_gloss(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for quotation in &context.target.quotations.all {
        let inner = quotation.inner.of(text).trim();
        if inner.split_whitespace().nth(1).is_none() {
            continue;
        }
        // The same words in brackets shortly before, in the same sentence.
        let segment = &context.target.segments[context.target.segment_at(quotation.span.start)];
        let Some(head) = text.get(segment.span.start..quotation.span.start) else { continue };
        let Some(open) = head.rfind('(') else { continue };
        let Some(length) = head[open..].find(')') else { continue };
        let gloss = head[open + 1..open + length].trim().trim_matches(['«', '»', '"', '“', '”', ' ', '\u{a0}']);
        let inner = folded(inner);
        if folded(gloss) == inner {
            let span = Span::new(segment.span.start + open, quotation.span.end);
            findings.push(Finding::new(span, format!("{:?} is explained by itself", shortened(&inner))));
        }
    }
    findings
}

const TRANSLATOR_SPEAKING: Rule = Rule {
    id: "garble/translator-speaking",
    category: Category::Addition,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The translator, or the machine, speaks in the article",
    why: "A note or a chatbot's opening was left in the text. Delete it.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "[[Voici la traduction]] de l'article :\n\nLe président a parlé jeudi.",
            good: "Voici le discours de jeudi :\n\nLe président a parlé jeudi.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Le président a parlé jeudi. [[As an AI language model, I]] cannot say more.",
            good: "Le président a parlé jeudi. Il n'a rien dit de plus.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "El presidente habló el jueves [[[nota del traductor]]: en la capital].",
            good: "El presidente habló el jueves en la capital.",
        },
    ],
    check: translator_speaking,
};

fn translator_speaking(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let openings = context.segments().filter_map(|segment| {
        let line = segment.span.of(text);
        let residue = language.residue.lines(line).into_iter().find(|residue| residue.kind == "meta")?;
        Some(opening(segment.span, line, &residue.text))
    });
    let anywhere = context.notices().iter().filter(|(residue, _)| residue.kind == "meta").map(|(_, span)| *span);
    let spoken = openings.chain(anywhere).filter(|span| !quoted(&context.target.quotations, *span));
    spoken.map(|span| Finding::new(span, format!("{:?} is the translator's voice", shortened(span.of(text))))).collect()
}

/// The letters of a line that are a text in lower case.
fn opening(span: Span, line: &str, text: &str) -> Span {
    let length: usize = line.chars().zip(text.chars()).map(|(c, _)| c.len_utf8()).sum();
    Span::new(span.start, span.start + length)
}

fn quoted(quotations: &Quotations, span: Span) -> bool {
    quotations.around(span).any(|quotation| quotation.inner.contains(span))
}

const ACRONYM_DOUBLED: Rule = Rule {
    id: "garble/acronym-doubled",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "An acronym stands beside its own translation",
    why: "Part of a name was translated and part of it was kept (l'IA AI). Look for a brand that was taken apart.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe mise sur l'[[IA AI]] depuis mai.",
        good: "Le groupe mise sur l'IA depuis mai.",
    }],
    check: acronym_doubled,
};

fn acronym_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let acronym = |token: &Token| {
        let word = token.text(text);
        token.kind == Kind::Word && (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    // The same letters in another order: UN ONU has one more, AI IA, EU UE, NATO OTAN.
    let letters = |token: &Token| {
        let mut letters = token.text(text).as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let pairs = context.target.tokens.windows(2).filter(|pair| {
        pair[0].shape.is_large_inside()
            && pair[0].joins(text, &pair[1], b' ')
            && acronym(&pair[0])
            && acronym(&pair[1])
            && pair[0].form != pair[1].form
            && letters(&pair[0]) == letters(&pair[1])
    });
    pairs
        .map(|pair| {
            let span = pair[0].span.join(pair[1].span);
            Finding::new(span, format!("{:?} says the same thing in two languages", span.of(text))).instead(pair[0].text(text))
        })
        .collect()
}
