//! Who speaks, and to whom: speakers outside their quotation, two ways to address one reader, words glossed by themselves.

use super::{Context, Example, Finding, Rule, shortened};
use crate::corpus::Turn;
use crate::document::{Block, Span};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, WordHash, is_letter};
use rustc_hash::FxHashMap;

pub const RULES: &[Rule] = &[SPEAKER_UNMARKED, REGISTER_MIXED, GLOSS_DOUBLED, BRACKET_STRAY];

fn turns<'c>(context: &'c Context, kind: &'c str) -> Vec<&'c Turn> {
    context.target.language().grammar.of(kind).collect()
}

fn is_any(text: &str, turns: &[&Turn], token: &Token) -> bool {
    turns.iter().any(|turn| turn.first.has(text, token))
}

const SPEAKER_UNMARKED: Rule = Rule {
    id: "garble/speaker-unmarked",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "Somebody says «I» outside quotation marks, in a paragraph that has lost one",
    why: "The words of the speaker read as the newsroom's own. Put the mark back where the speaker begins.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "[[Fermer les écoles va contre tout ce que j]]'ai vu en trente ans. Ce n'est pas un choix », a dit Paul.\n\nIl est parti jeudi.",
        good: "« Fermer les écoles va contre tout ce que j'ai vu en trente ans. Ce n'est pas un choix », a dit Paul.\n\nIl est parti jeudi.",
    }],
    check: speaker_unmarked,
};

/// Letters behind the mark that may name the speaker: a mark at the end of a paragraph closes a speech begun before it.
const ATTRIBUTION: usize = 8;
/// Paragraphs that say «I» by themselves, from which on the text is a column or a letter.
const PERSONAL: usize = 3;

fn speaker_unmarked(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let quotations = &context.target.quotations;
    let persons = turns(context, "person");
    if persons.is_empty() || quotations.unopened.is_empty() && quotations.unclosed.is_empty() {
        return Vec::new();
    }
    let (mut findings, mut personal) = (Vec::new(), 0);
    for block in &context.target.document.blocks {
        let Some(token) = first_person(context, &persons, block) else { continue };
        // The mark that was lost stood before the words; the one that is left stands behind them.
        let orphans = quotations.orphans_in(Span::new(token.span.end, block.span.end.max(token.span.end)));
        let named = |mark: &Span| text[mark.end..block.span.end].chars().filter(|c| is_letter(*c)).count() >= ATTRIBUTION;
        // The first has the most letters behind it.
        let left = orphans.min().is_some_and(named);
        if !left {
            personal += 1;
            continue;
        }
        let sentence = context.target.segments[context.target.segment_at(token.span.start)].span;
        let span = Span::new(sentence.start, token.span.end);
        let span = if span.of(text).chars().count() <= 120 { span } else { token.span };
        findings.push(Finding::new(span, format!("{:?} is said by nobody: its quotation is not marked", token.text(text))));
    }
    if personal >= PERSONAL { Vec::new() } else { findings }
}

/// The first word of a paragraph in the first person that stands in no quotation, and behind no mark that opens one.
fn first_person<'c>(context: &'c Context, persons: &[&Turn], block: &Block) -> Option<&'c Token> {
    let text = context.text();
    let quotations = &context.target.quotations;
    let first = quotations.unclosed.partition_point(|mark| mark.start < block.span.start);
    let opened = quotations.unclosed.get(first).map(|mark| mark.start).filter(|start| *start < block.span.end);
    let tokens = context.target.tokens_in(block.span);
    let found = (0..tokens.len()).find(|at| {
        let token = &tokens[*at];
        // `World War I`: a numeral.
        let numbered = token.shape.is_large() && at.checked_sub(1).is_some_and(|before| tokens[before].shape.is_large());
        is_any(text, persons, token) && !numbered && !quotations.quoted(token.span)
    })?;
    Some(&tokens[found]).filter(|token| opened.is_none_or(|start| start > token.span.start))
}

const REGISTER_MIXED: Rule = Rule {
    id: "garble/register-mixed",
    category: Category::Inconsistency,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "One sentence addresses its reader in two ways",
    why: "Engines choose between the familiar and the formal address anew for every word. Keep one.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Si tu veux gagner, il faut que [[vous]] partiez demain.",
            good: "Si vous voulez gagner, il faut que vous partiez demain.",
        },
        Example {
            langs: "de",
            source: "",
            bad: "Wenn du gewinnen willst, müssen [[Sie]] morgen abreisen.",
            good: "Wenn Sie gewinnen wollen, müssen Sie morgen abreisen.",
        },
    ],
    check: register_mixed,
};

fn register_mixed(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let (familiar, formal) = (turns(context, "familiar"), turns(context, "formal"));
    // Pronouns whose capital makes them formal say nothing at the beginning of a sentence.
    let capital = turns(context, "formal-capital");
    if familiar.is_empty() || formal.is_empty() && capital.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for segment in context.segments() {
        let tokens = context.target.tokens_of(segment);
        let near = |token: &&Token| is_any(text, &familiar, token);
        let Some(first) = tokens.iter().find(near) else { continue };
        let polite = |at: &usize| {
            let token = &tokens[*at];
            let cased = token.shape.is_large() && !token.divided;
            is_any(text, &formal, token) || cased && is_any(text, &capital, token)
        };
        let side = |span: Span| context.target.quotations.quoted(span);
        if let Some(at) = (0..tokens.len()).find(polite).filter(|at| side(tokens[*at].span) == side(first.span)) {
            let (a, b) = if tokens[at].span > first.span { (first, &tokens[at]) } else { (&tokens[at], first) };
            findings.push(Finding::new(b.span, format!("{:?} after {:?}", b.text(text), a.text(text))));
        }
    }
    findings
}

const GLOSS_DOUBLED: Rule = Rule {
    id: "garble/gloss-doubled",
    category: Category::Duplication,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A word is explained in brackets by itself",
    why: "The source gave the name in two scripts; the translation gave it twice in one. Delete the brackets.",
    examples: &[
        Example { langs: "fr", source: "", bad: "Le groupe [[Nokia (Nokia)]] ferme.", good: "Le groupe Nokia ferme." },
        Example { langs: "en", source: "", bad: "The group [[Deep Sea (Deep Sea)]] closes.", good: "The group Deep Sea closes." },
    ],
    check: gloss_doubled,
};

/// The brackets of a text with what stands in them: the span with the brackets.
fn brackets(text: &str) -> impl Iterator<Item = Span> {
    const LONGEST: usize = 80;
    text.match_indices('(').filter_map(move |(open, _)| {
        let near = &text[open..text.floor_char_boundary(open + LONGEST)];
        let close = near.find([')', '\n']).filter(|length| near[*length..].starts_with(')'))?;
        Some(Span::new(open, open + close + 1))
    })
}

fn gloss_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let tokens = &context.target.tokens;
    let mut findings = Vec::new();
    for bracket in brackets(text) {
        let inner = context.target.tokens_in(bracket);
        let first = tokens.partition_point(|token| token.span.start < bracket.start);
        let Some(before) = first.checked_sub(inner.len()).map(|from| &tokens[from..first]).filter(|_| !inner.is_empty()) else {
            continue;
        };
        let same = before.iter().zip(inner).all(|(a, b)| a.form == b.form);
        let letters: usize = inner.iter().filter(|token| token.kind == Kind::Word).map(|token| token.span.len()).sum();
        let beside = |end: usize| text[end..bracket.start].chars().all(|c| c.is_whitespace() || matches!(c, '"' | '»' | '”'));
        if same && letters > 1 && before.last().is_some_and(|last| beside(last.span.end)) {
            let span = before[0].span.join(bracket);
            let word = Span::new(before[0].span.start, before[before.len() - 1].span.end).of(text);
            findings.push(Finding::new(span, format!("{:?} is explained by itself", shortened(word))).instead(word));
        }
    }
    findings
}

const BRACKET_STRAY: Rule = Rule {
    id: "garble/bracket-stray",
    category: Category::Addition,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "An acronym in brackets explains nothing",
    why: "The reader knows the acronym by now, and the words before it are not what it stands for: it was carried over from the source. Write it into the sentence.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe croit au TGV. Le TGV coûte cher. Selon lui, on va peut-être construire [[(TGV)]] trop vite.",
        good: "Le groupe croit au TGV. Le TGV coûte cher. Selon lui, on va peut-être construire des TGV trop vite.",
    }],
    check: bracket_stray,
};

/// How often an acronym stands in a text before a reader knows it.
const KNOWN: usize = 2;

fn bracket_stray(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let tokens = &context.target.tokens;
    let mut findings = Vec::new();
    // How often each word stands outside brackets before the place that is read.
    let (mut bare, mut counted): (FxHashMap<WordHash, usize>, usize) = (FxHashMap::default(), 0);
    for bracket in brackets(text) {
        let [acronym] = context.target.tokens_in(bracket) else { continue };
        let capitals = acronym.text(text).chars().all(char::is_uppercase) && acronym.span.len() >= 2;
        if !capitals || acronym.span.len() + 2 != bracket.len() {
            continue;
        }
        let at = tokens.partition_point(|token| token.span.start < bracket.start);
        let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { continue };
        let verb = before.text(text).chars().all(char::is_lowercase) && text[before.span.end..bracket.start] == *" ";
        for token in tokens[counted..at].iter().filter(|token| !text[..token.span.start].ends_with('(')) {
            *bare.entry(token.form).or_default() += 1;
        }
        counted = at;
        let known = bare.get(&acronym.form).is_some_and(|count| *count >= KNOWN);
        if verb && known && !is_spelt_out(text, &tokens[..at], acronym.text(text)) {
            findings.push(Finding::new(bracket, format!("{:?} explains nothing here", acronym.text(text))));
        }
    }
    findings
}

/// Two of the last words begin with letters of the acronym, or one with a capital: it is what they stand for.
fn is_spelt_out(text: &str, tokens: &[Token], acronym: &str) -> bool {
    const NEAR: usize = 8;
    let near = &tokens[tokens.len().saturating_sub(NEAR)..];
    let initials = near.iter().filter(|token| {
        let first = token.text(text).chars().next().into_iter().flat_map(char::to_uppercase).next();
        token.span.len() > 3 && first.is_some_and(|first| acronym.contains(first))
    });
    initials.count() >= 2
}
