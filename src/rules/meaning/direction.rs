//! A concept turned into its opposite: rise and fall, before and after, for and against.

use crate::article::{Analysis, Concept};
use crate::corpus::{Id, Opposition};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::meaning::certain::{self, CERTAIN, Sentences};
use crate::rules::meaning::denial;
use crate::rules::shared::{Sorted, of_kind};
use crate::rules::{Context, Example, Finding, Pair, Rule};
use rustc_hash::FxHashMap;

pub const DIRECTION_REVERSED: Rule = Rule {
    id: "meaning/direction-reversed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "A word was translated by its opposite",
    why: "The sentence now says the reverse of the source.",
    examples: &[
        Example {
            langs: "zh>fr",
            source: "微软股价上涨30%，将谷歌远远甩在身后。",
            bad: "L'action Microsoft a gagné 30 %, [[loin derrière]] Google.",
            good: "L'action Microsoft a gagné 30 %, loin devant Google.",
        },
        Example {
            langs: "en>fr",
            source: "The mayor of Lisbon spoke before the election and again after the count.",
            bad: "Le maire de Lisbonne a parlé [[après]] l'élection et de nouveau après le dépouillement.",
            good: "Le maire de Lisbonne a parlé avant l'élection et de nouveau après le dépouillement.",
        },
    ],
    check: |context| direction_reversed(context, false),
};

pub const OPPOSITE_STATED: Rule = Rule {
    id: "meaning/opposite-stated",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A word was translated by its opposite, all around it is right",
    why: "The words around it are those of the source, and nothing turns it round: the sentence says the reverse.",
    examples: &[Example {
        langs: "en>fr",
        source: "The mayor of Lisbon spoke before the election in Portugal.",
        bad: "Le maire de Lisbonne a parlé [[après]] l'élection au Portugal.",
        good: "Le maire de Lisbonne a parlé avant l'élection au Portugal.",
    }],
    check: |context| direction_reversed(context, true),
};

/// Bytes by which the words of a concept reach at most beyond those of another that they name as well.
const BEYOND: usize = 16;

/// The mentions of the concepts of one segment or bead.
struct Side<'a> {
    analysis: &'a Analysis<'a>,
    span: Span,
    concepts: &'a [Concept],
}

impl<'a> Side<'a> {
    fn new(analysis: &'a Analysis<'a>, span: Span) -> Side<'a> {
        Side { analysis, span, concepts: analysis.concepts_in(span) }
    }

    fn has(&self, id: Id) -> bool {
        self.concepts.iter().any(|concept| concept.id == id)
    }

    /// How many places name one of these.
    fn places(&self, ids: impl Fn(Id) -> bool) -> usize {
        let mut end = 0;
        let mut places = 0;
        for concept in self.concepts.iter().filter(|concept| ids(concept.id)) {
            places += usize::from(concept.span.start >= end);
            end = end.max(concept.span.end);
        }
        places
    }

    /// Whether every mention of a concept is part of a denial that says more: `not … until`, `no later than`.
    fn is_in_denial(&self, id: Id) -> bool {
        let cues = self.analysis.cues_in(self.span);
        let inside = |own: Span| cues.iter().any(|cue| cue.span.start < own.start && cue.span.contains(own));
        self.concepts.iter().filter(|concept| concept.id == id).all(|concept| inside(concept.span))
    }

    /// Other concepts that the same words name. One that reaches far beyond them is named by its other words, and what stands
    /// in their midst by its own: `lehnte das Angebot ab`.
    fn twins(&self, id: Id) -> Vec<Id> {
        let own = self.concepts.iter().filter(|concept| concept.id == id);
        let beside = own.flat_map(|own| {
            let amid = |other: &Concept| own.span.start < other.span.start && other.span.end < own.span.end;
            let near = move |other: &Concept| other.span.len() <= own.span.len() + BEYOND && !amid(other);
            let others = self.concepts.iter().filter(move |other| other.id != id && near(other) && other.span.overlaps(own.span));
            others.map(|other| other.id)
        });
        let mut twins: Vec<Id> = beside.collect();
        twins.sort_unstable();
        twins.dedup();
        twins
    }

    /// Where in its stretch a concept stands, 0 to 1.
    fn share(&self, concept: &Concept) -> f32 {
        (concept.span.start - self.span.start) as f32 / self.span.len().max(1) as f32
    }
}

/// Concepts that stand as their opposites; those without doubt, or the others.
fn direction_reversed(context: &Context, certain: bool) -> Vec<Finding> {
    of_kind(context.shared.reversals.get_or_init(|| all(context)), certain)
}

/// All of them, and whether that is sure.
fn all(context: &Context) -> Sorted<bool> {
    let mut findings: Sorted<bool> = Vec::new();
    for (source, pair) in context.pairs() {
        let sides = (Side::new(source, pair.source), Side::new(&context.target, pair.target));
        // Asked once of two concepts, however often a sentence names them.
        let mut turned: FxHashMap<(Id, Id), bool> = FxHashMap::default();
        for original in sides.0.concepts {
            for &(opposite, kind) in context.corpus.concepts().opposites(original.id) {
                let is_turned = || is_turned(context, (&sides.0, &sides.1), original.id, (opposite, kind));
                if sides.1.has(opposite)
                    && *turned.entry((original.id, opposite)).or_insert_with(is_turned)
                    && let Some(reversed) = nearest(&sides, original, opposite)
                {
                    let sure = is_certain(context, &sides, pair, (original, reversed));
                    findings.push((sure, finding(context, &sides, original, reversed)));
                }
            }
        }
    }
    // A word may be two concepts, `more` and `more than`: it is told once, and without doubt if it can be.
    findings.sort_by_key(|(sure, finding)| (finding.span, !sure));
    findings.dedup_by(|later, told| {
        let same = later.1.span.overlaps(told.1.span);
        if same && later.0 && !told.0 {
            std::mem::swap(later, told);
        }
        same
    });
    findings
}

/// Whether the source names a concept more often than the translation does, and the translation its opposite more often than
/// the source: what both have of a contrast may stand for itself.
fn is_turned(context: &Context, (source, target): (&Side, &Side), id: Id, (opposite, kind): (Id, Opposition)) -> bool {
    let concepts = context.corpus.concepts();
    let told = |side: &Side, id: Id| side.places(|other| other == id || concepts.kin(id).contains(&other));
    let only = |side: &Side, id: Id| side.places(|other| other == id);
    let missing = only(source, id) > told(target, id);
    let gained = only(target, opposite) > told(source, opposite);
    // `did not rise` is well said by `fell`; `never` denies by being what it is.
    let denials = |side: &Side, id: Id| {
        let own = |cue: Span| side.concepts.iter().any(|concept| concept.id == id && concept.span.overlaps(cue));
        denial::count(side.analysis, side.span, own)
    };
    let denied = || kind == Opposition::Antonym && denials(source, id) != denials(target, opposite);
    // The words that name the concept name another one too, which the other side has as often: no contradiction.
    let kept = |side: &Side, other: &Side, id: Id| side.twins(id).into_iter().any(|twin| only(other, twin) >= only(side, twin));
    let shared = || kept(source, target, id) || kept(target, source, opposite);
    let turned = || kind == Opposition::Order && (source.is_in_denial(id) || target.is_in_denial(opposite));
    missing && gained && !denied() && !turned() && !shared()
}

/// The mention of the opposite that stands most nearly where the original does.
fn nearest<'a>((source, target): &(Side, Side<'a>), original: &Concept, opposite: Id) -> Option<&'a Concept> {
    let away = |concept: &&Concept| (target.share(concept) - source.share(original)).abs();
    let mentions = target.concepts.iter().filter(|concept| concept.id == opposite);
    mentions.min_by(|a, b| away(a).total_cmp(&away(b)))
}

/// Whether one word surely stands for its opposite: in two sentences that translate each other alone, each named once.
fn is_certain(
    context: &Context,
    (source, target): &(Side, Side),
    pair: Pair,
    (original, reversed): (&Concept, &Concept),
) -> bool {
    let once = |side: &Side, id: Id| side.places(|other| other == id) == 1;
    let sure = context.corpus.concepts().are_sure_opposites(original.id, reversed.id);
    let single = pair.bead.source.len() == 1 && pair.bead.target.len() == 1 && pair.bead.confidence >= CERTAIN;
    let apart = !source.has(reversed.id) && !target.has(original.id);
    if !sure || !single || !apart || !once(source, original.id) || !once(target, reversed.id) {
        return false;
    }
    let here = certain::Side { analysis: source.analysis, span: source.span };
    let there = certain::Side { analysis: target.analysis, span: target.span };
    Sentences::new(context, here, there, true).are_opposed(original.span, reversed.span)
}

fn finding(context: &Context, (source, _): &(Side, Side), original: &Concept, reversed: &Concept) -> Finding {
    let (said, says) = (original.span.of(source.analysis.text()), reversed.span.of(context.text()));
    let plain = |written: &&str| !written.contains(['|', '&', '*', '=']);
    let usual = context.corpus.usual_concept(original.id, "en").filter(plain);
    let meaning = usual.unwrap_or_else(|| context.corpus.concepts().id(original.id));
    let message = format!("the source says {said:?} ({meaning}), the translation the opposite: {says:?}");
    let finding = Finding::new(reversed.span, message).from_source(original.span);
    let right = context.corpus.usual_concept(original.id, context.target.tag()).filter(plain);
    match right {
        Some(right) => finding.instead(right.replace(" .. ", " … ")),
        None => finding,
    }
}
