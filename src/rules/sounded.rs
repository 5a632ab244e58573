//! Set phrases left as they sound: the characters read aloud in the letters of the translation.

use super::{Context, Example, Finding, Rule};
use crate::article::Analysis;
use crate::corpus::TrapKind;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::Token;
use deunicode::deunicode_char;

pub const RULES: &[Rule] = &[SOUNDED_IDIOM];

const SOUNDED_IDIOM: Rule = Rule {
    id: "idioms/sounded-idiom",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "An idiom was left as its characters sound, as if it were a name",
    why: "The letters mean nothing to the reader, who takes them for a name. Say what the idiom means.",
    examples: &[
        Example {
            langs: "zh>en",
            source: "他博古通今，深受学生爱戴。",
            bad: "He is [[Bogutongjin]] and loved by his students.",
            good: "He knows past and present alike and is loved by his students.",
        },
        Example {
            langs: "zh>en",
            source: "公司被逼上梁山。",
            bad: "The company was [[Bishang Liangshan]].",
            good: "The company was driven to Mount Liangshan.",
        },
    ],
    check: sounded,
};

fn sounded(context: &Context) -> Vec<Finding> {
    let Some(source) = context.source.as_ref().filter(|source| !source.language().profile().spaced) else { return Vec::new() };
    // They were loaded for the traps: no error comes here.
    let pitfalls = context.corpus.pitfalls(context.target.tag()).ok().flatten();
    let traps = pitfalls.and_then(|pitfalls| pitfalls.pairs.iter().find(|traps| traps.from == source.tag()));
    let Some(traps) = traps else { return Vec::new() };
    let mut findings = Vec::new();
    for (_, pair) in context.pairs() {
        let tokens = context.target.tokens_in(pair.target);
        let phrases = traps.source.find(source.text(), pair.source, source.tokens_in(pair.source));
        for phrase in phrases.iter().filter(|phrase| phrase.span.len() >= SHORTEST) {
            let Some(span) = Sound::of(source, phrase.span).run(context, tokens) else { continue };
            let Some(trap) = traps.get(*phrase.value).filter(|trap| trap.kind == TrapKind::Idiom) else { continue };
            let message = format!("{:?} is how {:?} sounds", span.of(context.text()), phrase.span.of(source.text()));
            let finding = Finding::new(span, message).because(trap.why).instead(trap.preferred.join("; "));
            findings.push(finding.from_source(phrase.span));
        }
    }
    findings
}

/// Bytes of the shortest phrase that is looked at: four characters of the unspaced scripts.
const SHORTEST: usize = 12;
/// Letters of the shortest run that is no chance, the syllables it has at least, and the words it may be cut into.
const LETTERS: usize = 5;
const SYLLABLES: usize = 2;
const WORDS: usize = 4;

/// How the characters of a phrase are read, one by one.
struct Sound {
    syllables: Vec<String>,
    /// Those that name a person or a place of the story behind the phrase: a good translation may keep the name.
    named: Vec<bool>,
}

impl Sound {
    fn of(source: &Analysis, span: Span) -> Sound {
        let text = span.of(source.text());
        let syllable = |c| deunicode_char(c).unwrap_or("").trim().to_ascii_lowercase();
        let mut named = vec![false; text.chars().count()];
        for name in &source.language().profile().allusions {
            for (at, _) in text.match_indices(name.as_str()) {
                let first = text[..at].chars().count();
                named[first..first + name.chars().count()].fill(true);
            }
        }
        Sound { syllables: text.chars().map(syllable).collect(), named }
    }

    /// The longest run of words that says some of the syllables in their order, and more than a name.
    fn run(&self, context: &Context, tokens: &[Token]) -> Option<Span> {
        let (text, language) = (context.text(), context.target.language());
        let known = |token: &Token| {
            [&language.function_words, &language.common_words].into_iter().any(|words| words.contains(&token.form))
        };
        let mut best: Option<Span> = None;
        for first in 0..tokens.len() {
            let mut letters = String::new();
            for last in first..tokens.len().min(first + WORDS) {
                letters.push_str(&tokens[last].text(text).to_lowercase());
                if !self.begins(&letters) {
                    break;
                }
                let span = Span::new(tokens[first].span.start, tokens[last].span.end);
                let strange = tokens[first..=last].iter().any(|token| !known(token));
                if strange && letters.len() >= LETTERS && self.says(&letters) && best.is_none_or(|best| best.len() < span.len()) {
                    best = Some(span);
                }
            }
        }
        best
    }

    /// Whether letters are the start of some of the syllables in a row.
    fn begins(&self, letters: &str) -> bool {
        (0..self.syllables.len()).any(|first| self.syllables[first..].concat().starts_with(letters))
    }

    /// Whether letters are some of the syllables in a row, not all of them of a name.
    fn says(&self, letters: &str) -> bool {
        let count = self.syllables.len();
        (0..count).any(|first| {
            (first + SYLLABLES..=count).any(|end| {
                let own = || !self.named[first..end].iter().all(|named| *named);
                own() && self.syllables[first..end].concat() == letters
            })
        })
    }
}
