//! Slips of spelling in names.

use super::letters::{are_apart, deaccented};
use super::lookup::{Words, around, is_latin, words};
use crate::article::Analysis;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::slips::Slips;
use crate::rules::{Context, Example, Finding, Pair, Rule};
use crate::token::{Kind, Token};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;

pub const NAME_MISSPELT: Rule = Rule {
    id: "names/name-misspelt",
    category: Category::Spelling,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A name is spelled otherwise than in the source, or than everywhere else",
    why: "A misspelt name is a wrong name: it cannot be found, and it insults its bearer.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The company hired Gabriella Thornbury last week.",
            bad: "L'entreprise a embauché Gabriella [[Thornbuyr]] la semaine dernière.",
            good: "L'entreprise a embauché Gabriella Thornbury la semaine dernière.",
        },
        Example {
            langs: "fr>en",
            source: "L'entreprise a embauché Gabriella Thornbury la semaine dernière.",
            bad: "The company hired Gabriella [[Thormbury]] last week.",
            good: "The company hired Gabriella Thornbury last week.",
        },
        Example {
            langs: "en>de",
            source: "The minister praised Gabriella Thornbury in Lisbon.",
            bad: "Die Ministerin lobte Gabriella [[Thorbury]] in Lissabon.",
            good: "Die Ministerin lobte Gabriella Thornbury in Lissabon.",
        },
        Example {
            langs: "zh>fr",
            source: "桑伯里上周加入了公司。她将常驻里斯本。",
            bad: "Thornbury a rejoint l'entreprise la semaine dernière. Thornbury sera basée à Lisbonne, et [[Thronbury]] y restera.",
            good: "Thornbury a rejoint l'entreprise la semaine dernière. Thornbury sera basée à Lisbonne.",
        },
    ],
    check: |context| found(context, true),
};

pub const NAME_SPELT_OTHERWISE: Rule = Rule {
    id: "names/name-spelt-otherwise",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A name differs by a letter from the one in the source",
    why: "It may be the usual form in this language, or a slip: compare the two.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The company hired Thornbury last week.",
            bad: "L'entreprise a embauché [[Thornbery]] la semaine dernière.",
            good: "L'entreprise a embauché Thornbury la semaine dernière.",
        },
        Example {
            langs: "fr>en",
            source: "L'entreprise a embauché Thornbury la semaine dernière.",
            bad: "The company hired [[Thorbury]] last week.",
            good: "The company hired Thornbury last week.",
        },
        Example {
            langs: "en>de",
            source: "The minister praised Thornbury in Lisbon.",
            bad: "Die Ministerin lobte [[Thorbury]] in Lissabon.",
            good: "Die Ministerin lobte Thornbury in Lissabon.",
        },
        Example {
            langs: "zh>en",
            source: "这家公司（Thornbury）上周在里斯本开设了办事处。",
            bad: "The company, [[Thorbury]], opened an office in Lisbon last week.",
            good: "The company, Thornbury, opened an office in Lisbon last week.",
        },
    ],
    check: |context| found(context, false),
};

/// Letters of the shortest name word that is compared by its spelling, and of the shortest of which that is sure.
const SPELT: usize = 4;
const SURE: usize = 5;

/// The slips that are sure, or those that may be forms of the language.
fn found(context: &Context, sure: bool) -> Vec<Finding> {
    of_kind(context.shared.misspelt_names.get_or_init(|| all(context)), sure)
}

/// The slips in names, and whether they are sure.
fn all(context: &Context) -> Sorted<bool> {
    let target = &context.target;
    let mut findings = Vec::new();
    let Some((own, other)) = context.words() else { return findings };
    let habits = OnceCell::new();
    for ((source, pair), last_names) in context.pairs().zip(context.last_names()) {
        let first = findings.len();
        for name in target.names_in(pair.target).iter().filter(|name| name.entry.is_none()) {
            let parts: Vec<&Token> = words(target, name.span).collect();
            for (place, word) in parts.iter().enumerate() {
                let written = word.text(context.text());
                // What stands in the source, or twice in the translation, is meant so.
                if written.chars().count() < SPELT
                    || own.count(word.form) > 1
                    || own.is_common(word)
                    || other.count(word.form) > 0
                {
                    continue;
                }
                let beside = place.checked_sub(1).map(|before| parts[before]);
                let Some((right, at, certain)) = slip(context, source, pair, word, beside, (own, other), &habits) else {
                    continue;
                };
                let place = if at.is_some() { "in the source" } else { "elsewhere" };
                let finding = Finding::new(word.span, format!("{written:?} is written {right:?} {place}")).instead(right);
                let finding = match at {
                    Some(at) => finding.from_source(at),
                    None => finding,
                };
                findings.push((certain, finding));
            }
        }
        for &(says, said, alike) in last_names {
            if alike && !findings[first..].iter().any(|(_, finding): &(bool, Finding)| finding.span == says) {
                let (name, right) = (says.of(context.text()), said.of(source.text()));
                let message = format!("{name:?} is written {right:?} in the source");
                findings.push((false, Finding::new(says, message).instead(right).from_source(said)));
            }
        }
    }
    findings
}

/// How two spellings of five letters or more differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// Two neighbours changed places.
    Swapped,
    /// A letter was put in, left out or replaced well before the end.
    Inside,
    /// At the end, where languages inflect.
    End,
}

/// Letters at the end of a word that belong to its inflection or to the ways of a language.
const ENDING: usize = 2;

/// Bytes of the longest letter.
const LETTER: usize = 4;

/// The one slip between two spellings without accents.
fn difference(wrong: &str, right: &str) -> Option<Slip> {
    if wrong.len().abs_diff(right.len()) > LETTER || are_apart(wrong, right, 1) {
        return None;
    }
    // `Juergen` is Jürgen where there is no ü.
    let unspelt = |word: &str| word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    if wrong == right || strsim::osa_distance(wrong, right) != 1 || unspelt(wrong) == unspelt(right) {
        return None;
    }
    let (wrong, right): (Vec<char>, Vec<char>) = (wrong.chars().collect(), right.chars().collect());
    if is_respelt(&wrong, &right) {
        return None;
    }
    let shared = wrong.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let behind = wrong.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut letters = (wrong.clone(), right.clone());
    letters.0.sort_unstable();
    letters.1.sort_unstable();
    Some(if letters.0 == letters.1 {
        Slip::Swapped
    } else if shared + ENDING >= wrong.len().min(right.len()) && behind <= ENDING {
        Slip::End
    } else {
        Slip::Inside
    })
}

/// A word whose double letters stand once.
fn undoubled(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters
}

/// Whether two spellings differ by letters that languages write for one sound in the words they share: `Organisation` and
/// `Organization`, `Oktober` and `October`.
fn is_respelt(wrong: &[char], right: &[char]) -> bool {
    const SOUNDS: [[char; 2]; 2] = [['s', 'z'], ['c', 'k']];
    let differ = || wrong.iter().zip(right).filter(|(a, b)| a != b);
    let same = |(a, b): (&char, &char)| SOUNDS.iter().any(|sound| sound.contains(a) && sound.contains(b));
    wrong.len() == right.len() && differ().count() == 1 && differ().all(same)
}

/// The words with a capital of a text, each where it first stands.
struct Habits<'a> {
    /// With their spelling without accents.
    words: Vec<(&'a Token, String)>,
    slips: Slips,
}

impl<'a> Habits<'a> {
    fn of(analysis: &'a Analysis) -> Habits<'a> {
        let text = analysis.text();
        let mut seen = FxHashSet::default();
        let names = analysis.tokens.iter().filter(|token| token.kind == Kind::Word);
        let names = names.filter(|token| token.shape.is_large() && seen.insert(token.form));
        let long = names.filter(|token| token.text(text).chars().count() >= SURE);
        let words: Vec<(&Token, String)> = long.map(|token| (token, deaccented(token.text(text)).into_owned())).collect();
        let slips = Slips::of(words.iter().map(|(_, spelt)| spelt.as_str()));
        Habits { words, slips }
    }
}

/// The right spelling of a slip, its place in the source, and whether it is sure.
fn slip<'c>(
    context: &'c Context,
    source: &Analysis,
    pair: Pair,
    word: &Token,
    beside: Option<&Token>,
    (own, other): (&Words, &Words),
    habits: &OnceCell<Habits<'c>>,
) -> Option<(String, Option<Span>, bool)> {
    let plain = deaccented(word.text(context.text()));
    let wide = around(source, &pair.bead.source);
    let tokens = source.tokens_in(wide);
    for (number, original) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
        let right = original.text(source.text());
        if !original.shape.is_large() || right.chars().count() < SPELT {
            continue;
        }
        let Some(slip) = difference(&plain, &deaccented(right)) else { continue };
        let kept = own.count(original.form);
        // After the same first name; before it a word may be a title, which is translated.
        let near = number.checked_sub(1).map(|before| &tokens[before]);
        let together = beside.zip(near).is_some_and(|(a, b)| a.form == b.form);
        let proper = !other.is_common(original);
        // `Miller` and `Miler` may both be right: the source has its slips too.
        let doubled = undoubled(&plain) == undoubled(&deaccented(right));
        let certain = !doubled
            && plain.chars().count().min(right.chars().count()) >= SURE
            && match slip {
                Slip::Swapped => proper || kept > 0 || together,
                Slip::Inside => proper && (kept > 1 || together),
                Slip::End => false,
            };
        // A common word of the source, and an ending, have their own spelling in the translation.
        let known = source.names_in(wide).iter().any(|name| name.entry.is_some() && name.span.contains(original.span));
        if certain || proper && !known && slip == Slip::Inside {
            return Some((right.to_owned(), Some(original.span), certain));
        }
    }
    // Without the letters of the source, the translation's own habit is what tells.
    if plain.chars().count() < SURE {
        return None;
    }
    let text = context.text();
    let habits = habits.get_or_init(|| Habits::of(&context.target));
    for (usual, spelt) in habits.slips.near(&plain).into_iter().map(|place| &habits.words[place]) {
        let Some(slip) = difference(&plain, spelt) else { continue };
        if own.is_common(usual) {
            continue;
        }
        let count = own.count(usual.form);
        if slip == Slip::Swapped || slip == Slip::Inside && count >= 2 && !is_latin(source) {
            // Where nouns have capitals, two of them may differ so: `Ziele`, `Zeile`.
            let sure = !context.target.language().profile().casing.nouns || other.holds(usual.text(text));
            return Some((usual.text(text).to_owned(), None, sure));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_two_languages_are_no_slips() {
        assert_eq!(difference("organisation", "organization"), None);
        assert_eq!(difference("oktober", "october"), None);
        assert_eq!(difference("thormbury", "thornbury"), Some(Slip::Inside));
        assert_eq!(difference("thornbuyr", "thornbury"), Some(Slip::Swapped));
    }
}
