//! Which denials of two sentences answer each other, and which of them nothing on the other side answers.

use crate::article::{Analysis, Cue};
use crate::corpus::{Id, Negation, Opposition};
use crate::document::Span;
use crate::rules::{Context, Pair};

/// Cues of one side beyond which a sentence is not weighed.
const MOST: usize = 24;
/// How far from each other, in shares of their sentences, a denial and a word that denies by its meaning, or only looks so, or
/// an opposite that does its work, stand at most.
const REACH: f32 = 0.3;
/// The same beside a script without spaces, in whose languages a sentence goes another way.
const FAR_REACH: f32 = 0.5;
/// Anywhere in the sentence.
const ANYWHERE: f32 = 1.0;

/// The denials of two sentences that have no answer.
#[derive(Debug, Default)]
pub struct Unanswered {
    pub source: Vec<Cue>,
    pub target: Vec<Cue>,
}

/// A cue, where in its sentence it stands (0 to 1), whether another word that denies, or may, stands near it, and whether the
/// other side answers it.
struct Told {
    cue: Cue,
    place: f32,
    accompanied: bool,
    answered: bool,
}

/// How many words of a stretch deny, by themselves or by their meaning, beside those that a test leaves out.
pub fn count(analysis: &Analysis, span: Span, but: impl Fn(Span) -> bool) -> usize {
    let denies = |cue: &Cue| matches!(cue.kind, Negation::Negative | Negation::Lexical) && !but(cue.span);
    told(analysis, span).iter().filter(|told| denies(&told.cue)).count()
}

/// Weighs the denials of the two sides of a bead against each other.
pub fn unanswered(context: &Context, source: &Analysis, pair: Pair) -> Unanswered {
    let (mut left, mut right) = (told(source, pair.source), told(&context.target, pair.target));
    if left.len() > MOST || right.len() > MOST || !left.iter().chain(&right).any(denies) {
        return Unanswered::default();
    }
    let spaced = source.language().profile().spaced && context.target.language().profile().spaced;
    let reach = if spaced { REACH } else { FAR_REACH };
    for (kinds, anywhere) in ANSWERS {
        answer((&mut left, &mut right), *kinds, if *anywhere { ANYWHERE } else { reach });
    }
    for (told, own) in [(&mut left, true), (&mut right, false)] {
        for denial in told.iter_mut().filter(|told| denies(told) && !told.answered) {
            denial.answered =
                is_turned(context, source, pair, denial.place, own) || !own && is_delayed(context, source, pair, denial.cue.span);
        }
    }
    let open = |told: &[Told]| told.iter().filter(|told| denies(told) && !told.answered).map(|told| told.cue).collect();
    Unanswered { source: open(&left), target: open(&right) }
}

/// What answers what, in this order: kinds of the source and of the target, and whether they may stand anywhere.
const ANSWERS: &[((Negation, Negation), bool)] = &[
    ((Negation::Negative, Negation::Negative), true),
    ((Negation::Lexical, Negation::Lexical), false),
    ((Negation::Affirmative, Negation::Affirmative), true),
    ((Negation::Affirmative, Negation::Neutral), true),
    ((Negation::Neutral, Negation::Affirmative), true),
    ((Negation::Affirmative, Negation::Negative), true),
    ((Negation::Negative, Negation::Affirmative), true),
    ((Negation::Neutral, Negation::Neutral), true),
    ((Negation::Negative, Negation::Lexical), false),
    ((Negation::Lexical, Negation::Negative), false),
    ((Negation::Negative, Negation::Neutral), false),
    ((Negation::Neutral, Negation::Negative), false),
];

fn denies(told: &Told) -> bool {
    told.cue.kind == Negation::Negative
}

/// Lets cues of two kinds answer each other, the nearest first. Two denials that affirm are not answered by a single one.
fn answer((left, right): (&mut [Told], &mut [Told]), kinds: (Negation, Negation), reach: f32) {
    let affirms = kinds.0 == Negation::Affirmative || kinds.1 == Negation::Affirmative;
    let open = |told: &[Told], kind: Negation| -> Vec<(usize, f32)> {
        let fits = |told: &Told| told.cue.kind == kind && !told.answered;
        let single = |told: &Told| affirms && denies(told) && !told.accompanied;
        let all = told.iter().enumerate().filter(|(_, told)| fits(told) && !single(told));
        all.map(|(at, told)| (at, told.place)).collect()
    };
    let here = open(left, kinds.0);
    let there = if here.is_empty() { Vec::new() } else { open(right, kinds.1) };
    let mut pairs: Vec<(f32, usize, usize)> = here
        .iter()
        .flat_map(|(row, place)| there.iter().map(move |(column, other)| ((place - other).abs(), *row, *column)))
        .filter(|(away, ..)| *away <= reach)
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, row, column) in pairs {
        if !left[row].answered && !right[column].answered {
            (left[row].answered, right[column].answered) = (true, true);
        }
    }
}

/// The cues of a stretch. What agrees with a denial of its clause is no second one.
fn told(analysis: &Analysis, span: Span) -> Vec<Told> {
    let text = analysis.text();
    let mut all: Vec<Told> = Vec::new();
    for cue in analysis.cues_in(span).iter().filter(|cue| !is_numero(text, cue.span)) {
        let agrees = |last: &Told| denies(last) && is_one_clause(&text[last.cue.span.end..cue.span.start]);
        let kind = match cue.kind {
            Negation::Concord if all.last().is_some_and(agrees) => continue,
            Negation::Concord => Negation::Negative,
            Negation::Additive => Negation::Neutral,
            kind => kind,
        };
        let middle = usize::midpoint(cue.span.start, cue.span.end) - span.start;
        let place = middle as f32 / span.len().max(1) as f32;
        let (cues, doubts) = (analysis.cues_in(span).iter().map(|other| other.span), analysis.doubts_in(span).iter().copied());
        let near = |other: Span| other.start < cue.span.end + COMPANY && cue.span.start < other.end + COMPANY;
        let accompanied = cues.chain(doubts).any(|other| near(other) && !other.overlaps(cue.span));
        all.push(Told { cue: Cue { span: cue.span, kind }, place, accompanied, answered: false });
    }
    all
}

/// Bytes on each side of a denial within which another word makes two denials of it: `could not refuse`.
const COMPANY: usize = 40;
/// Bytes of the longest clause in which a negation agrees with another.
const CLAUSE: usize = 60;

fn is_one_clause(between: &str) -> bool {
    between.len() <= CLAUSE && !between.contains([',', ';', ':', '.', '!', '?', '(', '–', '—'])
}

/// `No. 1`, `No.1`: a short word with a stop and a figure after it counts, and denies nothing.
fn is_numero(text: &str, cue: Span) -> bool {
    text[cue.end..].strip_prefix('.').is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// `did not remember` and `a oublié` say the same: an opposite near the denial, on one side only, does its work.
fn is_turned(context: &Context, source: &Analysis, pair: Pair, place: f32, denied_in_source: bool) -> bool {
    let (ours, theirs) = (source.concepts_in(pair.source), context.target.concepts_in(pair.target));
    let side = if denied_in_source { pair.source } else { pair.target };
    let near = |at: usize| ((at - side.start) as f32 / side.len().max(1) as f32 - place).abs() <= REACH;
    let concepts = context.corpus.concepts();
    ours.iter().any(|own| {
        concepts.opposites(own.id).iter().any(|(opposite, _)| {
            theirs.iter().filter(|other| other.id == *opposite).any(|other| {
                let contrast = theirs.iter().any(|one| one.id == own.id) || ours.iter().any(|one| one.id == *opposite);
                !contrast && near(if denied_in_source { own.span.start } else { other.span.start })
            })
        })
    })
}

/// `did not resign until May` is a good translation of `resigned in May`: a denial of the target that holds a word of time is
/// none, unless the source says that word without it.
fn is_delayed(context: &Context, source: &Analysis, pair: Pair, cue: Span) -> bool {
    let concepts = context.corpus.concepts();
    let original = source.concepts_in(pair.source);
    let has_order = |id: Id| concepts.opposites(id).iter().any(|(_, kind)| *kind == Opposition::Order);
    let told = |id: Id| original.iter().any(|one| one.id == id || concepts.kin(id).contains(&one.id));
    let words = context.target.concepts_in(pair.target).iter();
    let held = words.filter(|word| cue.start < word.span.start && cue.contains(word.span) && has_order(word.id));
    let mut held = held.peekable();
    held.peek().is_some() && !held.any(|word| told(word.id))
}
