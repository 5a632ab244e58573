//! Capitals: a text that has lost them, and nouns that kept those of German.

use super::{Context, Example, Finding, Rule};
use crate::article::Segment;
use crate::document::BlockKind;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token};
use rustc_hash::FxHashSet;

pub const RULES: &[Rule] = &[CASING_LOST, CAPITAL_MISSING, NOUNS_CAPITALISED];

const CASING_LOST: Rule = Rule {
    id: "garble/casing-lost",
    category: Category::Spelling,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Most sentences of the article begin with a small letter",
    why: "Some engines and subtitle tools write small letters only; names have lost theirs as well. Restore the capitals.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "[[le]] président a parlé jeudi. il part vendredi. son avion attend. tout est prêt pour lui. personne ne sait rien.",
            good: "Le président a parlé jeudi. Il part vendredi. Son avion attend. Tout est prêt pour lui. Personne ne sait rien.",
        },
        Example {
            langs: "fr>en",
            source: "Le président hongrois a rencontré jeudi les agriculteurs de Porto.",
            bad: "[[the]] hungarian president met the farmers of porto on thursday.",
            good: "The Hungarian president met the farmers of Porto on Thursday.",
        },
    ],
    check: casing_lost,
};

/// Sentences below which a text shows no habit.
const SENTENCES: usize = 5;

fn casing_lost(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let starts: Vec<&Token> = context
        .segments()
        .filter(|segment| matches!(segment.kind, BlockKind::Paragraph | BlockKind::Heading))
        .filter_map(|segment| context.target.tokens_of(segment).first())
        .filter(|token| token.kind == Kind::Word && token.text(text).chars().next().is_some_and(is_cased))
        .collect();
    let (small, large): (Vec<&Token>, Vec<&Token>) = starts.iter().partition(|token| token.shape.is_small());
    let sentences = context.segments().filter(|segment| segment.span.of(text).ends_with(['.', '!', '?'])).count();
    match small.first() {
        Some(first) if starts.len() >= SENTENCES && small.len() > large.len() && sentences >= SENTENCES => {
            let message = format!("{} of {} sentences begin with a small letter", small.len(), starts.len());
            vec![Finding::new(first.span, message)]
        }
        Some(first) if large.is_empty() && is_all_small(context) => {
            vec![Finding::new(first.span, "no letter here is a capital, and the source is no text in small letters")]
        }
        _ => Vec::new(),
    }
}

/// Words of the shortest text in small letters that shows more than a taste.
const SMALL_WORDS: usize = 6;

/// Whether a translation of full sentences holds no capital, though its source begins with one or is in a script without.
fn is_all_small(context: &Context) -> bool {
    let Some(source) = &context.source else { return false };
    let begins_small = source.text().chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase);
    let text = context.text();
    !begins_small
        && context.target.tokens.iter().filter(|token| token.kind == Kind::Word).count() >= SMALL_WORDS
        && text.trim_end().ends_with(['.', '!', '?'])
        && !text.contains(char::is_uppercase)
}

const CAPITAL_MISSING: Rule = Rule {
    id: "typography/capital-missing",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A paragraph begins with a small letter where the source begins a sentence",
    why: "A sentence begins with a capital, or its first words were lost: compare with the source.",
    examples: &[
        Example {
            langs: "de>en",
            source: "Der Minister traf gestern Bauern aus der Umgebung von Porto.",
            bad: "[[the]] minister met farmers from the area around Porto yesterday.",
            good: "The minister met farmers from the area around Porto yesterday.",
        },
        Example {
            langs: "zh>fr",
            source: "部长昨天会见了波尔图附近的农民。",
            bad: "[[le]] ministre a rencontré hier des agriculteurs des environs de Porto.",
            good: "Le ministre a rencontré hier des agriculteurs des environs de Porto.",
        },
    ],
    check: capital_missing,
};

fn capital_missing(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        let (segment, original) = (pair.bead.target.start, pair.bead.source.start);
        let first = |segments: &[Segment], at: usize| at == 0 || segments[at - 1].block != segments[at].block;
        let begins = first(&context.target.segments, segment) && first(&source.segments, original) && pair.is_sure();
        let sentence = &context.target.segments[segment];
        if !begins || goes_on(context, segment) || !sentence.span.of(text).ends_with(['.', '!', '?']) {
            continue;
        }
        let Some(word) = context.target.tokens_of(sentence).first() else { continue };
        let written = word.text(text);
        // Names may begin small (`iPhone`), and a mark before the word makes a list or a quotation of it.
        let plain = word.kind == Kind::Word && word.shape.is_small() && word.span.start == sentence.span.start;
        let small_there = source.text()[pair.source.start..].chars().find(|c| c.is_alphanumeric());
        if plain
            && small_there.is_some_and(|c| !c.is_lowercase() && !c.is_numeric())
            && !text[word.span.end..].starts_with(['.', '-', '@', '_', '/', ':'])
        {
            let mut letters = written.chars();
            let capital = letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>());
            findings
                .push(Finding::new(word.span, format!("{written:?} begins the sentence")).instead(capital.unwrap_or_default()));
        }
    }
    findings
}

/// Whether a segment goes on with a sentence of the paragraph before it; behind the headline one begins anew.
fn goes_on(context: &Context, segment: usize) -> bool {
    let Some(before) = segment.checked_sub(1).map(|before| context.target.segments[before].span.of(context.text())) else {
        return false;
    };
    if segment > 1 { before.ends_with(|c: char| c.is_alphanumeric() || c == ',') } else { before.ends_with(',') }
}

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

const NOUNS_CAPITALISED: Rule = Rule {
    id: "garble/nouns-capitalised",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Common nouns carry capitals in the middle of sentences",
    why: "German writes every noun with a capital; translation from it leaves some. Write them small.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "La maison brûle depuis lundi. Le volcan gronde et la fumée monte. On voit la [[Maison]] de loin, car le [[Volcan]] ne dort pas et la [[Fumée]] reste.",
        good: "La maison brûle depuis lundi. Le volcan gronde et la fumée monte. On voit la maison de loin, car le volcan ne dort pas et la fumée reste.",
    }],
    check: nouns_capitalised,
};

/// Different words that must carry a capital here and none there before it is a habit.
const WORDS: usize = 3;

fn nouns_capitalised(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    if language.profile().casing.nouns || !language.profile().spaced {
        return Vec::new();
    }
    let tokens = &context.target.tokens;
    let candidates: Vec<&Token> = context
        .segments()
        .filter(|segment| segment.kind != BlockKind::Heading)
        .flat_map(|segment| {
            let tokens = context.target.tokens_of(segment);
            (1..tokens.len()).filter(move |at| is_noun(context, tokens, *at)).map(move |at| &tokens[at])
        })
        .collect();
    if candidates.len() < WORDS {
        return Vec::new();
    }
    let forms: FxHashSet<u64> = candidates.iter().map(|token| token.form).collect();
    let same = tokens.iter().filter(|token| forms.contains(&token.form));
    let small: FxHashSet<u64> = same.filter(|token| token.shape.is_small()).map(|token| token.form).collect();
    let nouns: Vec<&&Token> = candidates.iter().filter(|token| small.contains(&token.form)).collect();
    if nouns.iter().map(|token| token.form).collect::<FxHashSet<u64>>().len() < WORDS {
        return Vec::new();
    }
    nouns
        .into_iter()
        .map(|token| {
            let word = token.text(text);
            Finding::new(token.span, format!("{word:?} is written small elsewhere")).instead(word.to_lowercase())
        })
        .collect()
}

/// A word with a capital between small ones, the first of them a function word: `la Maison de`.
fn is_noun(context: &Context, tokens: &[Token], at: usize) -> bool {
    let text = context.text();
    let (before, token) = (&tokens[at - 1], &tokens[at]);
    let cased = |word: &str| word.chars().skip(1).all(char::is_lowercase) && word.chars().count() >= 4;
    token.shape.is_large()
        && before.shape.is_small()
        && !token.divided
        && before.joins(text, token, b' ')
        && context.target.language().function_words.contains(&before.form)
        && cased(token.text(text))
        && tokens.get(at + 1).is_none_or(|next| next.divided || next.shape.is_small() && token.joins(text, next, b' '))
        && !context.target.quotations.quoted(token.span)
}
