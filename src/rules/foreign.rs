//! Part of a sentence in another language: found by the words' own evidence, and by words copied from the source.

use super::language::{is_bracketed, is_foreign_as_a_whole, is_wrong_as_a_whole, lower_words};
use super::{Context, Example, Finding, Rule, shortened};
use crate::article::{Analysis, Segment};
use crate::document::Span;
use crate::extract::Quotation;
use crate::language::script::script;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, WordHash};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use std::ops::Range;

pub(super) const FOREIGN_RUN: Rule = Rule {
    id: "language/foreign-run",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Part of a sentence is in another language",
    why: "The translation stopped half-way, or a clause was never translated.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre assure que tout sera prêt [[before the end of the week and that nobody will have to wait]].",
            good: "Le ministre assure que tout sera prêt avant la fin de la semaine et que personne n'attendra.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "La legge tutela da anni [[the right to be forgotten]] in tutta l'Unione europea.",
            good: "La legge tutela da anni the right to be forgotten (il diritto a essere dimenticati) in tutta l'Unione europea.",
        },
    ],
    check: foreign_run,
};

/// Confidence from which a run counts: on professional translations, names and titles stay below.
const SURE: f32 = 0.98;
/// Words without a capital that make a run: shorter stretches are terms and titles.
const RUN_WORDS: usize = 3;
/// How near to each other two small words of another language stand in a run, in words, and how many small words that it has
/// not may stand between them.
const NEAR: usize = 16;
const OTHERS: usize = 2;
/// Words in a row that are the same as in the source.
const COPIED: usize = 3;

fn foreign_run(context: &Context) -> Vec<Finding> {
    if is_wrong_as_a_whole(context) {
        return Vec::new();
    }
    let text = context.text();
    let source = context.source.as_ref().filter(|source| source.tag() != context.target.tag());
    let copies = source.map(|source| Copies::new(source, text));
    let mut findings = Vec::new();
    for segment in context.segments() {
        let mut found = copied_runs(context, segment, copies.as_ref());
        if is_suspicious(context, segment) {
            found.extend(strange_runs(context, segment, copies.as_ref()));
        }
        let found = united(found);
        let runs: Vec<Span> = found.iter().map(|(span, _)| *span).collect();
        if found.is_empty() || is_foreign_as_a_whole(context, segment, &runs) {
            continue;
        }
        for (span, tag) in found {
            let tokens = context.target.tokens_in(span);
            if is_title(text, tokens) && !writes_nouns_large(context, tag)
                || is_bracketed(context, span)
                || span.of(text).contains("://")
                || is_explained(context, span, tokens.len())
                || is_mostly_quoted(context, span)
            {
                continue;
            }
            findings
                .push(Finding::new(span, format!("{:?} is in {}", shortened(span.of(text)), context.corpus.language_name(tag))));
        }
    }
    findings
}

/// A quoted original, alone or with a word of its surroundings: `FOMO (« fear of missing out »)`. Within a long quotation
/// of the target's own words it is none.
fn is_mostly_quoted(context: &Context, span: Span) -> bool {
    // One that is not much longer than the span begins near it.
    let near = Span::new(span.start.saturating_sub(2 * span.len()), span.end);
    let quotations = context.target.quotations.begun_in(near).iter().filter(|quotation| quotation.span.overlaps(span));
    let original = |quotation: &&Quotation| quotation.span.len() * 2 <= span.len() * 3;
    let shared = |quotation: &Quotation| quotation.span.end.min(span.end) - quotation.span.start.max(span.start);
    quotations.filter(original).map(shared).sum::<usize>() * 2 > span.len()
}

/// The most words of a foreign term that is kept and explained, and the most bytes of what explains it.
const TERM_WORDS: usize = 6;
const EXPLANATION: usize = 160;

/// A term that is kept on purpose: what it means follows in brackets. `il « buy to let » (comprato per affittare)`
fn is_explained(context: &Context, span: Span, words: usize) -> bool {
    let text = context.text();
    let after = text[span.end..].trim_start_matches(|c: char| c.is_whitespace() || "\"'”’»".contains(c));
    let Some(inside) = after.strip_prefix('(').filter(|_| words <= TERM_WORDS) else { return false };
    let Some(length) = inside.find(')').filter(|length| *length <= EXPLANATION) else { return false };
    let start = text.len() - inside.len();
    lower_words(context.target.tokens_in(Span::new(start, start + length))) > 1
}

/// Whether two words near each other speak for one other language and not for the target's: most segments need no closer look.
fn is_suspicious(context: &Context, segment: &Segment) -> bool {
    let own = context.detector.bit(context.target.tag());
    let (tokens, masks) = (context.target.tokens_of(segment), &context.masks[segment.tokens.clone()]);
    let strange = |at: usize| {
        let small = tokens[at].kind == Kind::Word && !tokens[at].shape.is_large();
        if small { context.detector.strange(&tokens[at], masks[at], own) } else { 0 }
    };
    (0..tokens.len()).any(|at| {
        let languages = strange(at);
        let mut others = 0;
        // Words that are of none of its languages part it from those before.
        let mut before = (0..at).rev().take(NEAR).take_while(|before| {
            others += usize::from(masks[*before] != 0 && masks[*before] & languages == 0);
            others <= OTHERS
        });
        languages != 0 && before.any(|before| strange(before) & languages != 0)
    })
}

/// The runs of a segment that are plainly in another language than the target's.
fn strange_runs<'a>(context: &Context<'a>, segment: &Segment, copies: Option<&Copies>) -> Vec<(Span, &'a str)> {
    let (text, target) = (context.text(), context.target.tag());
    let scripts = &context.target.language().profile().scripts;
    let profile = |tag: &str| context.corpus.profile(tag).ok();
    let runs = context.detector.runs(text, segment.span, Some(target));
    let strange = runs.into_iter().filter(|run| {
        let tokens = context.target.tokens_in(run.span);
        let own_script = |script: &str| script == LATIN || scripts.iter().any(|own| own == script);
        // Other scripts are the matter of language/foreign-script.
        run.tag != target
            && run.confidence >= SURE
            && run.span.of(text).chars().find_map(script).is_some_and(own_script)
            && tokens.iter().all(|token| token.kind != Kind::Unspaced)
            && plain_words(tokens, copies) >= RUN_WORDS.max(profile(run.tag).map_or(0, |profile| profile.phrase))
    });
    strange.map(|run| (without_name(context, run.span), run.tag)).collect()
}

/// A name before the first mark belongs to what stands before: `the hospital of Harrowgate, which is …`.
fn without_name(context: &Context, span: Span) -> Span {
    match context.target.tokens_in(span) {
        [first, second, ..] if second.divided && first.shape.is_large() => Span::new(second.span.start, span.end),
        _ => span,
    }
}

/// Names, brands and formulas are written in it everywhere.
const LATIN: &str = "Latin";

/// What a translation may have copied from its source.
struct Copies<'c, 'a> {
    source: &'c Analysis<'a>,
    /// The translation.
    text: &'a str,
    /// Two bits for each three words of the source: they tell most others to be none of them.
    sieve: Box<[u64; SIEVE / 64]>,
    triples: OnceCell<FxHashSet<WordHash>>,
    large: OnceCell<FxHashSet<WordHash>>,
}

/// Bits of the sieve: a source of 400 words sets one in forty.
const SIEVE: usize = 1 << 15;

impl<'c, 'a> Copies<'c, 'a> {
    fn new(source: &'c Analysis<'a>, text: &'a str) -> Copies<'c, 'a> {
        let mut sieve = Box::new([0; SIEVE / 64]);
        for bit in all_triples(source).flat_map(bits) {
            sieve[bit / 64] |= 1 << (bit % 64);
        }
        Copies { source, text, sieve, triples: OnceCell::new(), large: OnceCell::new() }
    }

    /// Whether three words stand in the source one after another.
    fn hold(&self, triple: WordHash) -> bool {
        bits(triple).iter().all(|bit| self.sieve[bit / 64] >> (bit % 64) & 1 != 0)
            && self.triples.get_or_init(|| all_triples(self.source).collect()).contains(&triple)
    }

    /// Words that the source writes with a capital wherever they stand, or for a translation that has lost its capitals,
    /// somewhere: of names and titles.
    fn large(&self) -> &FxHashSet<WordHash> {
        self.large.get_or_init(|| {
            let mut names = FxHashSet::default();
            // Where all nouns have capitals they say nothing.
            if !self.source.language().profile().casing.nouns {
                let words = self.source.tokens.iter().filter(|token| token.kind == Kind::Word);
                let (small, large): (Vec<&Token>, Vec<&Token>) = words.partition(|token| token.shape.is_small());
                names.extend(large.iter().map(|token| token.form));
                if has_capitals(self.text) {
                    for token in small {
                        names.remove(&token.form);
                    }
                }
            }
            names
        })
    }
}

/// Whether a text writes capitals where no sentence begins.
fn has_capitals(text: &str) -> bool {
    let inside = |word: &str| word.starts_with(char::is_uppercase);
    text.lines().any(|line| line.split_whitespace().skip(1).any(inside))
}

/// The words in small letters, but for those of names in the source: some texts have lost all their capitals.
fn plain_words(tokens: &[Token], copies: Option<&Copies>) -> usize {
    let named = |token: &&Token| token.shape.is_small() && copies.is_some_and(|copies| copies.large().contains(&token.form));
    lower_words(tokens) - tokens.iter().filter(|token| token.kind == Kind::Word).filter(named).count()
}

/// Each three words in a row as one hash, and the number of the first.
fn triples(tokens: &[Token]) -> impl Iterator<Item = (usize, WordHash)> {
    let windows = tokens.windows(COPIED).enumerate().filter(|(_, window)| window.iter().all(|token| token.kind == Kind::Word));
    windows.map(|(first, window)| (first, window.iter().fold(0u64, |all, token| all.rotate_left(21).wrapping_add(token.form))))
}

/// The places of three words in the sieve.
fn bits(triple: WordHash) -> [usize; 2] {
    [triple, triple >> 32].map(|half| half as usize % SIEVE)
}

fn all_triples(source: &Analysis) -> impl Iterator<Item = WordHash> {
    source.segments.iter().flat_map(|segment| triples(source.tokens_of(segment))).map(|(_, triple)| triple)
}

/// Stretches of a segment that stand word for word in the source.
fn copied_runs<'a>(context: &Context<'a>, segment: &Segment, copies: Option<&Copies<'_, 'a>>) -> Vec<(Span, &'a str)> {
    let Some(copies) = copies else { return Vec::new() };
    let own = context.detector.bit(context.target.tag());
    let (tokens, masks) = (context.target.tokens_of(segment), &context.masks[segment.tokens.clone()]);
    let foreign = |words: Range<usize>| {
        let all = tokens[words.clone()].iter().zip(&masks[words]);
        all.filter(|(token, mask)| *mask & own == 0 && token.shape.is_small()).count()
    };
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (first, _) in triples(tokens).filter(|(_, triple)| copies.hold(*triple)) {
        match stretches.last_mut().filter(|last| first <= last.end) {
            Some(last) => last.end = first + COPIED,
            None => stretches.push(first..first + COPIED),
        }
    }
    let strange = |words: &Range<usize>| {
        plain_words(&tokens[words.clone()], Some(copies)) > RUN_WORDS && foreign(words.clone()) >= RUN_WORDS
    };
    let kept = stretches.into_iter().filter(strange);
    kept.map(|words| (tokens[words.start].span.join(tokens[words.end - 1].span), copies.source.tag())).collect()
}

/// Spans that overlap become one, in the language of the first.
fn united(mut found: Vec<(Span, &str)>) -> Vec<(Span, &str)> {
    found.sort_by_key(|(span, _)| *span);
    let mut united: Vec<(Span, &str)> = Vec::new();
    for (span, tag) in found {
        match united.last_mut().filter(|last| last.0.overlaps(span)) {
            Some(last) => last.0 = last.0.join(span),
            None => united.push((span, tag)),
        }
    }
    united
}

/// In such a language capitals show no title.
fn writes_nouns_large(context: &Context, tag: &str) -> bool {
    context.corpus.profile(tag).is_ok_and(|profile| profile.casing.nouns)
}

/// Long words in small letters that no title has, however many names stand beside them.
const SMALL: usize = 3;

/// A title keeps its language: most of its long words carry capitals.
fn is_title(text: &str, tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|token| token.text(text).chars().count() > 3);
    let (capitals, all) = long.fold((0, 0), |(capitals, all), token| (capitals + usize::from(token.shape.is_large()), all + 1));
    capitals * 2 > all && all - capitals < SMALL
}
