//! Typography, first part: words, sentences and marks that were glued together.

use super::place::{Place, after_apostrophe, is_entity, is_gendered, last_word, places, spaced};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, folded, hash, is_apostrophe, is_letter};
use rustc_hash::FxHashMap;

pub const RULES: &[Rule] = &[SENTENCES_GLUED, COMMA_GLUED, COLON_GLUED, BRACKET_GLUED, CAMEL_JOINT];

/// Words stand apart in the target language.
pub fn is_spaced(context: &Context) -> bool {
    context.target.language().profile().spaced
}

const SENTENCES_GLUED: Rule = Rule {
    id: "typography/sentences-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space between two sentences",
    why: "Bold or link spans cut out of a page leave sentences glued together. Put a space after the stop.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Les prix ont [[baissé.Les]] clients reviennent.",
            good: "Les prix ont baissé. Les clients reviennent.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "That he needed my [[understanding.I]] knew it all along.",
            good: "That he needed my understanding. I knew it all along.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "España sigue en la [[UE.El]] ministro partió el lunes.",
            good: "España sigue en la UE. El ministro partió el lunes.",
        },
    ],
    check: sentences_glued,
};

fn sentences_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context, &['.', '!', '?', '…']).filter(|place| {
        let (before, after) = (place.word_before(), place.word_after());
        let long = before.chars().count() > 1;
        let lower = before.chars().next_back().is_some_and(char::is_lowercase) && long;
        // `à l'UE.Erdogan`
        let acronym = long && before.chars().all(char::is_uppercase);
        let closed = place.before().is_some_and(|c| matches!(c, '»' | '”' | '"' | ')' | '%') || c.is_numeric());
        // A mark with nothing behind it, or a sentence that goes on, closes in the wrong form.
        let mut behind = place.rest().chars().take_while(|c| *c != '\n').skip(1);
        let first = behind.next();
        let next = first.filter(|c| !c.is_whitespace()).or_else(|| behind.find(|c| !c.is_whitespace()));
        let opened = next.is_some_and(|next| first == Some(next) || !next.is_lowercase());
        let quote = opened && place.after().is_some_and(|c| opens_only(context, c)) && (lower || closed || acronym);
        let mut next = after.chars();
        let capital = next.next().is_some_and(char::is_uppercase) && next.all(char::is_lowercase);
        let several = after.chars().count() > 1;
        let word = capital && (several || after_apostrophe(place, after) || begins_alone(context, place, after));
        let joined = quote || word && (lower || closed || acronym && several) || lower && opens_otherwise(place, before);
        joined && !place.is_address() && !is_abbreviated(context, before)
    });
    glued
        .map(|place| {
            let span = place.joint();
            let span = if place.word_after().is_empty() {
                Span::new(span.start, span.end + place.after().map_or(0, char::len_utf8))
            } else {
                span
            };
            Finding::new(span, "no space between two sentences").exactly(spaced(&place, span))
        })
        .collect()
}

/// A sentence that opens with something else than a word with a capital: a year, an acronym, a single quotation mark.
fn opens_otherwise(place: &Place, before: &str) -> bool {
    let rest = place.rest();
    let end = |inside: fn(char) -> bool| rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    let digits = end(|c| c.is_ascii_digit());
    let capitals = end(char::is_uppercase);
    let behind = |length: usize| rest[length..].chars().next();
    let year = digits == 4 && behind(4) == Some(' ');
    let acronym = capitals > 2 && behind(capitals) == Some(' ') && before.chars().count() > 4;
    let initials = capitals == 1 && behind(1) == Some('.') && rest[2..].starts_with(char::is_uppercase);
    let mut letters = rest.chars();
    let quoted = letters.next().is_some_and(|c| is_apostrophe(c) || c == '‘')
        && letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    before.chars().count() > 2 && (year || acronym || initials || quoted)
}

/// A word of one letter, before a small one: `understanding.I knew`.
pub fn begins_alone(context: &Context, place: &Place, word: &str) -> bool {
    let mut rest = place.rest()[word.len()..].chars();
    let known = || context.target.language().function_words.contains(&hash(&folded(word)));
    rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase) && known()
}

/// A word that the language knows as an abbreviation.
pub fn is_abbreviated(context: &Context, word: &str) -> bool {
    context.target.language().abbreviations.contains_key(&hash(&folded(word)))
}

/// A mark that opens quotations in this language, and never closes one (German “ does).
fn opens_only(context: &Context, mark: char) -> bool {
    let pairs = &context.target.language().profile().quotes.pairs;
    let is = |written: &str| written.chars().eq([mark]);
    pairs.iter().any(|(open, _)| is(open)) && !pairs.iter().any(|(_, close)| is(close))
}

const COMMA_GLUED: Rule = Rule {
    id: "typography/comma-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space after a comma",
    why: "Bold or link spans cut out of a page leave words glued to the comma.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Selon le [[rapport,Toyota]] perd des clients.",
        good: "Selon le rapport, Toyota perd des clients.",
    }],
    check: comma_glued,
};

fn comma_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context, &[',', ';']).filter(|place| {
        let before = place.word_before().chars().count() > 1 || matches!(place.before(), Some('»' | ')'));
        before
            && place.after().is_some_and(|c| is_letter(c) || c == '«')
            && !place.is_address()
            && !(place.mark == ';' && place.text[..place.at].ends_with(|c: char| c.is_ascii_lowercase()) && is_entity(place))
    });
    glued
        .map(|place| {
            let span = place.joint();
            let span = if place.word_after().is_empty() {
                Span::new(span.start, span.end + place.after().map_or(0, char::len_utf8))
            } else {
                span
            };
            Finding::new(span, format!("no space after {:?}", place.mark)).exactly(spaced(&place, span))
        })
        .collect()
}

const COLON_GLUED: Rule = Rule {
    id: "typography/colon-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space after a colon",
    why: "What follows a colon begins with a space; most often a quotation has lost its marks here as well.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il a dit [[:Nous]] partirons demain.",
        good: "Il a dit : nous partirons demain.",
    }],
    check: colon_glued,
};

fn colon_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context, &[':']).filter(|place| {
        let before =
            place.before().is_some_and(|c| is_letter(c) && !c.is_uppercase() || c.is_whitespace() || matches!(c, '»' | ')'));
        let after = place.word_after();
        let word = after.chars().count() > 1 || !after.is_empty() && after_apostrophe(place, after);
        let capital = after.chars().next().is_some_and(char::is_uppercase);
        before
            && (word && (capital || place.word_before().chars().count() > 2) || place.after() == Some('«'))
            && !place.is_address()
            && !is_gendered(place)
    });
    glued
        .map(|place| {
            let word = place.word_after().len().max(place.after().map_or(0, char::len_utf8));
            let span = Span::new(place.at, place.at + 1 + word);
            Finding::new(span, "no space after the colon").instead(spaced(&place, span))
        })
        .collect()
}

const BRACKET_GLUED: Rule = Rule {
    id: "typography/bracket-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space before an opening bracket",
    why: "A gloss is parted from its word by a space.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "On croit [[qu'ils(Les]] grands groupes) perdront.",
        good: "On croit qu'ils (les grands groupes) perdront.",
    }],
    check: bracket_glued,
};

fn bracket_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context, &['(']).filter(|place| {
        let before = place.word_before();
        let mut letters = place.word_after().chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        before.chars().next_back().is_some_and(char::is_lowercase) && before.chars().count() > 1 && capital && !place.is_address()
    });
    glued
        .map(|place| {
            let head = &place.text[..place.at];
            let start = head.len() - last_word(head).len();
            let span = Span::new(start, place.at + 1 + place.word_after().len());
            Finding::new(span, "no space before the bracket").exactly(format!(
                "{} {}",
                &place.text[start..place.at],
                &place.text[place.at..span.end]
            ))
        })
        .collect()
}

const CAMEL_JOINT: Rule = Rule {
    id: "typography/words-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Two words are glued together",
    why: "Bold or link spans cut out of a page leave a small word glued to the capital of the next.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Les experts disent [[queD'ici]] mai, tout changera.",
            good: "Les experts disent que d'ici mai, tout changera.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The company Nokia grows. Nobody knows what the [[companyNokia]] will do.",
            good: "The company Nokia grows. Nobody knows what the company Nokia will do.",
        },
    ],
    check: camel_joint,
};

fn camel_joint(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mixed = context.target.tokens.iter().filter(|token| token.kind == Kind::Word && token.shape.is_large_inside());
    let joints = mixed.filter_map(|token| {
        let word = token.text(text);
        let joint = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map(|(at, _)| at)?;
        let (left, right) = word.split_at(joint);
        let lower = left.chars().all(char::is_lowercase) && left.chars().count() > 1;
        let name = right.chars().skip(1).all(|c| c.is_lowercase() || is_apostrophe(c));
        (lower && name).then_some((token, left, right))
    });
    let joints: Vec<_> = joints.collect();
    if joints.is_empty() {
        return Vec::new();
    }
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for token in &context.target.tokens {
        *seen.entry(token.text(text)).or_default() += 1;
    }
    // Only a function word can have been glued, `queD'ici`, or two words that stand apart elsewhere; brands such as eBay or
    // iPhone begin with neither.
    let function = |left: &str| context.target.language().function_words.contains(&hash(left));
    let apart = |left: &str, right: &str| {
        left.chars().count() > 3 && right.chars().count() > 3 && seen.contains_key(left) && seen.contains_key(right)
    };
    let glued = joints
        .into_iter()
        .filter(|(token, left, right)| function(left) || seen.get(token.text(text)) == Some(&1) && apart(left, right));
    glued
        .map(|(token, left, right)| Finding::new(token.span, "two words are glued together").instead(format!("{left} {right}")))
        .collect()
}
