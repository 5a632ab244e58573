//! Places where a translation fell into a trap of its pair of languages, with the source expression that proves it.

use crate::align::Alignment;
use crate::article::Analysis;
use crate::corpus::{Evidence, Pitfalls, Trap, TrapKind, Traps};
use crate::document::Span;
use rustc_hash::FxHashSet;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// A place where the target fell into a trap.
pub struct Hit<'a> {
    pub span: Span,
    pub trap: Trap,
    /// The number of the trap in its table.
    number: usize,
    /// The language that the trap comes from.
    pub from: &'a str,
    /// Where the source expression stands, when it is there.
    pub source: Option<Span>,
}

/// Distinct words of a domain that show that a text is about it.
const DOMAIN_WORDS: usize = 2;

/// All places that fell into a trap.
pub fn hits<'a>(target: &Analysis<'a>, source: Option<(&Analysis, &Alignment)>, pitfalls: &'a Pitfalls) -> Vec<Hit<'a>> {
    let text = target.text();
    let domains = LazyCell::new(|| domains(target));
    let is_about = |domain: &str| domains.contains(domain);
    let mut hits: Vec<Hit<'a>> = Vec::new();
    for (number, segment) in target.segments.iter().enumerate() {
        let tokens = target.tokens_of(segment);
        let told = pitfalls.literal.find(text, segment.span, tokens);
        for (pair, traps) in pitfalls.pairs.iter().enumerate() {
            let source = source.filter(|(source, _)| source.tag() == traps.from);
            let own = told.iter().filter(|hit| hit.value.0 == pair);
            let mut found: Vec<(usize, Span)> = own.map(|hit| (hit.value.1, hit.span)).collect();
            let unproven = source.map(|_| traps.proven.find(text, segment.span, tokens)).unwrap_or_default();
            if found.is_empty() && unproven.is_empty() {
                continue;
            }
            let proofs = proofs(source, traps, number);
            let proven = unproven.iter().filter(|hit| proofs.iter().any(|(trap, _)| trap == hit.value));
            found.extend(proven.map(|hit| (*hit.value, hit.span)));
            let convicted: Vec<Hit> = found
                .into_iter()
                .filter_map(|(number, span)| convict(target, traps, (number, span), &proofs, &is_about))
                .collect();
            if convicted.is_empty() {
                continue;
            }
            // A word of another trap (`bois` of «hors des bois») excuses nothing.
            let excuses = traps.unless.find(text, segment.span, tokens).into_iter();
            let excuses = excuses.filter(|hit| {
                !convicted
                    .iter()
                    .any(|other| other.number != *hit.value && other.span != hit.span && other.span.contains(hit.span))
            });
            let excused: FxHashSet<usize> = excuses.map(|hit| *hit.value).collect();
            hits.extend(convicted.into_iter().filter(|hit| !excused.contains(&hit.number)));
        }
    }
    without_overlaps(hits)
}

/// The hit, where a literal rendering is proven to be one.
fn convict<'a>(
    target: &Analysis,
    traps: &'a Traps,
    (number, span): (usize, Span),
    proofs: &[(usize, Span)],
    is_about: &impl Fn(&str) -> bool,
) -> Option<Hit<'a>> {
    let source = proofs.iter().find(|(trap, _)| *trap == number).map(|(_, span)| *span);
    let trap = traps.get(number)?;
    let convicted = match &trap.evidence {
        Evidence::Alone => true,
        Evidence::Source if trap.kind == TrapKind::Idiom => source.is_some() && !is_told(target, span),
        Evidence::Source => source.is_some(),
        Evidence::Domain(domain) => source.is_some() || is_about(domain),
    };
    convicted.then_some(Hit { span, number, trap, from: &traps.from, source })
}

/// Kind of the words that open a comparison, in `grammar.tsv`.
const SIMILE: &str = "simile";
/// Words of three letters and more, and words before an image in which a comparison may open.
const IMAGE_WORDS: usize = 4;
const BEFORE: usize = 2;

/// An image that the translator took over with open eyes: a comparison (`like a turtle in a jar`), or told at length. What
/// follows the characters word by word is short.
fn is_told(target: &Analysis, span: Span) -> bool {
    let (text, tokens) = (target.text(), target.tokens_of(&target.segments[target.segment_at(span.start)]));
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    let words = tokens[first..end].iter().filter(|token| token.text(text).chars().nth(2).is_some()).count();
    let opens = |at: &usize| target.language().grammar.of(SIMILE).any(|row| row.first.at(text, tokens, *at).is_some());
    words > IMAGE_WORDS || (first.saturating_sub(BEFORE)..end).any(|at| opens(&at))
}

/// The longest of overlapping hits, the proven before the others.
fn without_overlaps(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.source.is_none(), std::cmp::Reverse(hit.span.len()), hit.span.start));
    // By their places: of those kept no two overlap.
    let mut kept: BTreeMap<usize, Hit> = BTreeMap::new();
    for hit in hits {
        let before = kept.range(..hit.span.end).next_back();
        if before.is_none_or(|(_, other)| !other.span.overlaps(hit.span)) {
            kept.insert(hit.span.start, hit);
        }
    }
    kept.into_values().collect()
}

/// The source expressions that stand in the sentence aligned with a segment of the target.
fn proofs(source: Option<(&Analysis, &Alignment)>, traps: &Traps, segment: usize) -> Vec<(usize, Span)> {
    let Some((source, alignment)) = source else { return Vec::new() };
    let Some(bead) = alignment.of_target(segment).filter(|bead| !bead.source.is_empty()) else { return Vec::new() };
    let span = source.span_of(bead.source.clone());
    traps.source.find(source.text(), span, source.tokens_in(span)).iter().map(|hit| (*hit.value, hit.span)).collect()
}

/// The domains that the text is plainly about.
fn domains<'a>(target: &Analysis<'a>) -> FxHashSet<&'a str> {
    let mut words: FxHashSet<(&str, u64)> = FxHashSet::default();
    for segment in &target.segments {
        for hit in target.language().domains.find(target.text(), segment.span, target.tokens_of(segment)) {
            let word = crate::token::folded(hit.span.of(target.text()));
            words.insert((hit.value.as_str(), crate::token::hash(&word)));
        }
    }
    let enough = |domain: &&str| words.iter().filter(|(other, _)| other == domain).count() >= DOMAIN_WORDS;
    words.iter().map(|(domain, _)| *domain).filter(enough).collect()
}
