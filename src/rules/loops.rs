//! Repetition, second part: what a decoder does when it runs in circles, and sentences that come back with a word changed.

use super::once::{OfSource, Once};
use super::{Context, Example, Finding, Rule, shortened};
use crate::article::Segment;
use crate::document::{BlockKind, Span};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

pub const RULES: &[Rule] = &[WORDS_LOOPED, LETTERS_LOOPED, SENTENCE_NEARLY_REPEATED, ADDITION_DOUBLED];

const WORDS_LOOPED: Rule = Rule {
    id: "repetition/words-looped",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "The same words come round again and again",
    why: "A decoder ran in circles. Keep one, and look for what was lost behind them.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le plan prévoit [[des routes, des routes, des routes, des routes]] et une école.",
            good: "Le plan prévoit des routes, des ponts, des gares et une école.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The plan is [[new new new new new]] for the whole town.",
            good: "The plan is new for the whole town.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "« Ce n'est pas une décision [[que nous avons prise que nous avons prise que nous avons prise]] à la légère », dit le maire.",
            good: "« On lâche rien, on lâche rien, on lâche rien », chantait la foule devant la mairie.",
        },
    ],
    check: words_looped,
};

/// Words of the longest round.
const ROUND: usize = 8;

fn words_looped(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let mut source = OfSource::new(|source, span| !loops(source.text(), source.tokens_in(span)).is_empty());
    let repeats = context.repeats();
    for segment in context.segments().filter(|segment| repeats.any(segment.tokens.clone(), ROUND)) {
        for span in loops(text, context.target.tokens_of(segment)) {
            if !is_chant(context, span) && !source.holds(context, span.start) {
                findings.push(Finding::new(span, format!("{:?} goes round in circles", shortened(span.of(text)))));
            }
        }
    }
    findings
}

/// Words of a round that nobody says three times without taking breath.
const BREATHLESS: usize = 4;

/// Said so by somebody: in a quotation, and short or with marks between.
fn is_chant(context: &Context, span: Span) -> bool {
    let tokens = context.target.tokens_in(span);
    let same = |round: &usize| tokens.iter().zip(&tokens[*round..]).all(|(a, b)| a.form == b.form);
    let round = (1..tokens.len()).find(same).unwrap_or(tokens.len());
    let divided = tokens.iter().skip(1).any(|token| token.divided);
    context.target.quotations.quoted(span) && (round < BREATHLESS || divided)
}

/// The loops of a text, of which [`WORDS_LOOPED`] tells as a whole.
pub struct Loops<'c, 'a> {
    context: &'c Context<'a>,
    of_segment: Once<usize, Vec<Span>>,
}

impl<'c, 'a> Loops<'c, 'a> {
    pub fn new(context: &'c Context<'a>) -> Loops<'c, 'a> {
        Loops { context, of_segment: Once::new() }
    }

    /// Whether a place lies in a loop.
    pub fn touch(&mut self, span: Span) -> bool {
        let target = &self.context.target;
        let number = target.segment_at(span.start);
        let found = self.of_segment.ask(number, |number| loops(target.text(), target.tokens_of(&target.segments[*number])));
        let before = found.partition_point(|one| one.start < span.end);
        before.checked_sub(1).is_some_and(|last| found[last].overlaps(span))
    }
}

/// Stretches in which a word stands four times on end, or several words three times; in the order of the text, and no two
/// overlap.
fn loops(text: &str, tokens: &[Token]) -> Vec<Span> {
    let mut found: BTreeMap<usize, Span> = BTreeMap::new();
    for round in 1..=ROUND.min(tokens.len() / 3) {
        let copies = if round == 1 { 4 } else { 3 };
        let comes_round = tokens.iter().zip(&tokens[round..]).filter(|(token, next)| token.form == next.form).count();
        if comes_round < (copies - 1) * round {
            continue;
        }
        let mut same = 0;
        for at in round..=tokens.len() {
            if tokens.get(at).is_some_and(|token| token.form == tokens[at - round].form && token.kind == Kind::Word) {
                same += 1;
                continue;
            }
            let first = at - same - round;
            if same >= (copies - 1) * round && is_loop(text, &tokens[first..at], round) {
                let span = tokens[first].span.join(tokens[at - 1].span);
                let before = found.range(..span.end).next_back();
                if before.is_none_or(|(_, other)| !other.overlaps(span)) {
                    found.insert(span.start, span);
                }
            }
            same = 0;
        }
    }
    found.into_values().collect()
}

/// Not a cheer, and not a row of letters.
fn is_loop(text: &str, tokens: &[Token], round: usize) -> bool {
    let span = tokens[0].span.join(tokens[tokens.len() - 1].span);
    let letters: usize = tokens[..round].iter().map(|token| token.text(text).chars().count()).sum();
    letters >= 3 && letters > round && !span.of(text).contains(['!', '?', '\n', '|'])
}

const LETTERS_LOOPED: Rule = Rule {
    id: "repetition/letters-looped",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "The same syllable comes round again and again inside a word",
    why: "A decoder ran in circles. The word, and perhaps what followed it, is lost.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le ministre parle de la [[modernisationisationisationisationisation]] du pays.",
        good: "Le ministre parle de la modernisation du pays.",
    }],
    check: letters_looped,
};

fn letters_looped(context: &Context) -> Vec<Finding> {
    const SHORTEST: usize = 12;
    let text = context.text();
    let long = context.target.tokens.iter().filter(|token| token.span.len() >= SHORTEST && token.kind != Kind::Number);
    let looped = long.filter(|token| has_round(token.text(text)) && !context.target.quotations.quoted(token.span));
    looped.map(|token| Finding::new(token.span, format!("{:?} goes round in circles", shortened(token.text(text))))).collect()
}

/// Whether two to eight letters stand four times on end and make more than half of the word: laughter is shorter or quoted.
fn has_round(word: &str) -> bool {
    const COPIES: usize = 4;
    const FEWEST: usize = 10;
    // Of ten letters that come round at most two differ; the others of the word may all do. Most words have too many different
    // ones. What shares the last bits of its number passes for the same here.
    let all = word.chars().fold((0, 0u64), |(count, bits), letter| (count + 1, bits | 1 << (letter as u32 % 64)));
    let (count, different) = (all.0, all.1.count_ones() as usize);
    if different + FEWEST > count + FEWEST / COPIES {
        return false;
    }
    let letters: Vec<char> = word.chars().collect();
    (2..=8).any(|round| {
        let mut same = 0;
        (round..letters.len()).any(|at| {
            same = if letters[at] == letters[at - round] { same + 1 } else { 0 };
            let varied = letters[at - round..at].iter().any(|c| *c != letters[at]);
            same >= (COPIES - 1) * round && varied && same + round >= FEWEST
        })
    })
}

const SENTENCE_NEARLY_REPEATED: Rule = Rule {
    id: "repetition/sentence-nearly-repeated",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A sentence comes back with a word or two changed",
    why: "One sentence was translated twice, or a decoder looped. Keep the better one.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le maire a promis hier aux habitants une nouvelle école pour le quartier. [[Le maire a promis hier aux résidents une nouvelle école pour le quartier.]] Elle ouvrira en mai.",
        good: "Le maire a promis hier aux habitants une nouvelle école pour le quartier. Elle ouvrira en mai.",
    }],
    check: sentence_nearly_repeated,
};

/// Words from which two sentences can be told to be one.
const SENTENCE: usize = 8;
/// Sentences back to which a loop reaches.
const BACK: usize = 3;
/// Share of the words, and of the pairs of neighbours, that two renderings of one sentence have in common.
const SHARED: f32 = 0.75;

fn sentence_nearly_repeated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let segments: Vec<&Segment> = context.segments().filter(|segment| is_sentence(context, segment)).collect();
    let mut findings = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        let tokens = context.target.tokens_of(segment);
        let near = |other: &&&Segment| is_near(context.target.tokens_of(other), tokens);
        if segments[number.saturating_sub(BACK)..number].iter().any(|other| near(&other))
            && !source_nearly_repeats(context, segment)
        {
            let message = format!("{:?} stood before in nearly the same words", shortened(segment.span.of(text)));
            findings.push(Finding::new(segment.span, message));
        }
    }
    findings
}

fn is_sentence(context: &Context, segment: &Segment) -> bool {
    let spoken = segment.span.of(context.text());
    segment.kind != BlockKind::Heading && segment.tokens.len() >= SENTENCE && spoken.ends_with(['.', '!', '?', '»', '”', '"'])
}

/// Nearly the same words in nearly the same order; names and figures are all the same, or it is a list.
fn is_near(earlier: &[Token], later: &[Token]) -> bool {
    let (fewer, more) = (earlier.len().min(later.len()), earlier.len().max(later.len()));
    if earlier.first().map(|token| token.form) != later.first().map(|token| token.form) || fewer * 5 < more * 4 {
        return false;
    }
    let forms = |tokens: &[Token]| tokens.iter().map(|token| token.form).collect::<Vec<_>>();
    let (a, b) = (forms(earlier), forms(later));
    let pairs = |forms: &[u64]| forms.windows(2).map(|pair| pair[0].rotate_left(7) ^ pair[1]).collect::<Vec<_>>();
    let firm = |tokens: &[Token]| {
        let of = |token: &&Token| token.kind == Kind::Number || token.shape.is_large();
        tokens.iter().filter(of).map(|token| token.form).collect::<Vec<_>>()
    };
    a != b && shared(&a, &b) >= SHARED && shared(&pairs(&a), &pairs(&b)) >= SHARED - 0.1 && firm(earlier) == firm(later)
}

/// What share of the longer list the two have in common.
fn shared(a: &[u64], b: &[u64]) -> f32 {
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    for item in a {
        *counts.entry(*item).or_default() += 1;
    }
    let common = b.iter().filter(|item| counts.get_mut(item).filter(|count| **count > 0).map(|count| *count -= 1).is_some());
    common.count() as f32 / a.len().max(b.len()).max(1) as f32
}

/// The source says it twice as well, near the same place.
fn source_nearly_repeats(context: &Context, segment: &Segment) -> bool {
    let Some((source, span)) = context.source_of(segment.span.start) else { return false };
    let at = source.segment_at(span.start);
    let near = &source.segments[at.saturating_sub(BACK)..(at + 2).min(source.segments.len())];
    let forms = |segment: &Segment| source.tokens_of(segment).iter().map(|token| token.form).collect::<Vec<_>>();
    // Unspaced scripts have few tokens: their characters are compared.
    let letters = |segment: &Segment| segment.span.of(source.text()).chars().map(u64::from).collect::<Vec<_>>();
    let spaced = source.language().profile().spaced;
    let items: Vec<Vec<u64>> = near.iter().map(|segment| if spaced { forms(segment) } else { letters(segment) }).collect();
    items.iter().enumerate().any(|(number, item)| items[..number].iter().any(|other| shared(other, item) >= SHARED - 0.15))
}

const ADDITION_DOUBLED: Rule = Rule {
    id: "repetition/addition-doubled",
    category: Category::Duplication,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A sentence says twice that it adds something",
    why: "«Likewise … also» says one thing twice. Keep one.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "De même, les voisins ont [[également]] peur du bruit.",
        good: "De même, les voisins ont peur du bruit.",
    }],
    check: addition_doubled,
};

fn addition_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for turn in context.target.language().grammar.of("addition") {
        for segment in context.segments() {
            let tokens = context.target.tokens_of(segment);
            let Some(length) = turn.first.at(text, tokens, 0) else { continue };
            let again =
                (length..tokens.len()).find(|at| turn.then.has(text, &tokens[*at]) && !turn.unless.has(text, &tokens[*at - 1]));
            if let Some(at) = again {
                let first = tokens[0].span.join(tokens[length - 1].span).of(text);
                findings.push(Finding::new(tokens[at].span, format!("{:?} after {first:?}", tokens[at].text(text))));
            }
        }
    }
    findings
}
