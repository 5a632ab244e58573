//! What is missing, added or cut off. Works on beads and their lengths, never on counts of sentences.

use super::shared::Places;
use super::{Context, Example, Finding, Rule, shortened};
use crate::align::Bead;
use crate::article::Analysis;
use crate::document::{BlockKind, Span};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{characters, is_letter, is_unspaced};

pub const RULES: &[Rule] = &[TRANSLATION_EMPTY, SOURCE_UNRELATED, SENTENCE_OMITTED, SENTENCE_ADDED, CLAUSE_OMITTED];

const TRANSLATION_EMPTY: Rule = Rule {
    id: "completeness/translation-empty",
    category: Category::Omission,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "There is a source, and no word of a translation",
    why: "Nothing of the source reached the reader.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister arrived in Lisbon.",
        bad: "[[…]]",
        good: "Le ministre est arrivé à Lisbonne.",
    }],
    check: translation_empty,
};

fn translation_empty(context: &Context) -> Vec<Finding> {
    let Some(source) = context.source.as_ref().filter(|source| source.text().contains(is_letter)) else { return Vec::new() };
    if context.text().contains(char::is_alphanumeric) {
        return Vec::new();
    }
    let (text, said) = (context.text(), source.text());
    let span = Span::new(0, text.trim_end().len());
    let whole = Span::new(0, said.trim_end().len());
    vec![Finding::new(span, "the source was not translated at all").from_source(whole)]
}

pub const SOURCE_UNRELATED: Rule = Rule {
    id: "completeness/source-unrelated",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "The source and the translation have nothing in common",
    why: "The wrong file was taken for the source: nothing bilingual was checked.",
    examples: &[Example {
        langs: "en>fr",
        source: "The striker scored twice in the first half. The crowd sang until midnight. Nobody had expected such a match from a team that had lost 5 games in a row since October 2018.",
        bad: "[[La banque centrale relève ses taux de 0,25 point.]] Les marchés avaient prévu cette décision depuis mars 2023. L'euro gagne 1,3 % face au yen et au franc suisse.",
        good: "L'attaquant a marqué deux fois en première mi-temps. La foule a chanté jusqu'à minuit. Personne n'attendait un tel match d'une équipe qui avait perdu 5 rencontres de suite depuis octobre 2018.",
    }],
    check: source_unrelated,
};

fn source_unrelated(context: &Context) -> Vec<Finding> {
    let first = context.target.segments.first().filter(|_| context.unrelated);
    let message = "the source has nothing in common with this text; what it says was not checked";
    first.map(|segment| Finding::new(segment.span, message)).into_iter().collect()
}

const SENTENCE_OMITTED: Rule = Rule {
    id: "completeness/sentence-omitted",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A sentence of the source is not in the translation",
    why: "The reader is not told what it says. Translate it, or make sure that it was left out on purpose.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister arrived in Lisbon on 3 March.\nHe met 45 farmers near Porto and promised them new subsidies.\nThe talks will end on 9 March.",
        bad: "Le ministre est arrivé à Lisbonne le 3 mars.\n[[Les discussions prendront fin le 9 mars.]]",
        good: "Le ministre est arrivé à Lisbonne le 3 mars.\nIl a rencontré 45 agriculteurs près de Porto et leur a promis de nouvelles subventions.\nLes discussions prendront fin le 9 mars.",
    }],
    check: sentence_omitted,
};

/// Confidence of the beads around a gap from which the gap is believed.
const SURE_NEIGHBOUR: f32 = 0.45;
/// Letters of a sentence too short to be missed.
pub(super) const SHORTEST: usize = 20;

fn sentence_omitted(context: &Context) -> Vec<Finding> {
    let (Some(source), Some(alignment)) = (&context.source, &context.alignment) else { return Vec::new() };
    let mut findings = Vec::new();
    for (at, bead) in alignment.beads.iter().enumerate().filter(|(_, bead)| bead.target.is_empty()) {
        let span = source.span_of(bead.source.clone());
        if !is_between_sure(&alignment.beads, at) || weight(source, span) < SHORTEST || is_residue(source, bead.source.start) {
            continue;
        }
        // The place where it should stand: the segment after the gap, or the last one.
        let after = alignment.beads[at..]
            .iter()
            .find(|next| !next.target.is_empty())
            .map_or(context.target.segments.len().saturating_sub(1), |next| next.target.start);
        let Some(place) = context.target.segments.get(after) else { continue };
        let words = shortened(span.of(source.text()));
        findings.push(
            Finding::new(place.span, format!("before or after this, the translation leaves out {words:?}")).from_source(span),
        );
    }
    findings
}

/// Letters, a character of an unspaced script for three.
pub(super) fn weight(analysis: &Analysis, span: Span) -> usize {
    let text = span.of(analysis.text());
    let plain = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if text.is_ascii() {
        return plain;
    }
    let others = characters(text, |byte| !byte.is_ascii());
    plain + others.map(|(_, c)| if is_unspaced(c) { 3 } else { usize::from(is_letter(c)) }).sum::<usize>()
}

fn is_between_sure(beads: &[Bead], at: usize) -> bool {
    let sure = |bead: Option<&Bead>| bead.is_none_or(|bead| !bead.is_gap() && bead.confidence >= SURE_NEIGHBOUR);
    let before = at.checked_sub(1).and_then(|before| beads.get(before));
    sure(before) && sure(beads.get(at + 1)) && beads.len() > 1
}

/// Lines of the page may well be left out.
fn is_residue(analysis: &Analysis, segment: usize) -> bool {
    let segment = &analysis.segments[segment];
    let line = segment.span.of(analysis.text());
    segment.kind == BlockKind::Heading && line.split_whitespace().count() < 4
        || line.starts_with(['[', '【', '(']) && line.ends_with([']', '】', ')'])
}

const SENTENCE_ADDED: Rule = Rule {
    id: "completeness/sentence-added",
    category: Category::Addition,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A sentence of the translation is not in the source",
    why: "Nobody said this. Delete it, or mark it as the newsroom's.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister arrived in Lisbon on 3 March.\nThe talks will end on 9 March.",
        bad: "Le ministre est arrivé à Lisbonne le 3 mars.\n[[Il a rencontré 45 agriculteurs près de Porto et leur a promis de nouvelles subventions.]]\nLes discussions prendront fin le 9 mars.",
        good: "Le ministre est arrivé à Lisbonne le 3 mars.\nLes discussions prendront fin le 9 mars.",
    }],
    check: sentence_added,
};

fn sentence_added(context: &Context) -> Vec<Finding> {
    let Some(alignment) = &context.alignment else { return Vec::new() };
    let page = Places::of(context, "residue/");
    let mut findings = Vec::new();
    for (at, bead) in alignment.beads.iter().enumerate().filter(|(_, bead)| bead.source.is_empty()) {
        let span = context.target.span_of(bead.target.clone());
        if is_between_sure(&alignment.beads, at)
            && weight(&context.target, span) >= SHORTEST
            && !is_residue(&context.target, bead.target.start)
            && !page.touch(span)
        {
            findings.push(Finding::new(span, format!("nothing in the source says {:?}", shortened(span.of(context.text())))));
        }
    }
    findings
}

const CLAUSE_OMITTED: Rule = Rule {
    id: "completeness/clause-omitted",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A sentence is far shorter than its source",
    why: "Part of it was left out, or the machine gave up.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister arrived in Lisbon on 3 March 2019 and met 45 farmers near Porto, who told him about the drought, the fires and the prices that supermarkets pay them for milk and olive oil.\nThe talks in Lisbon will end on 9 March 2019, said the minister.\nThe farmers of Porto were not satisfied with 45 minutes of talks.",
        bad: "[[Le ministre est arrivé à Lisbonne le 3 mars 2019.]]\nLes discussions à Lisbonne prendront fin le 9 mars 2019, a dit le ministre.\nLes agriculteurs de Porto n'étaient pas satisfaits de 45 minutes de discussions.",
        good: "Le ministre est arrivé à Lisbonne le 3 mars 2019 et a rencontré 45 agriculteurs près de Porto, qui lui ont parlé de la sécheresse, des incendies et des prix que les supermarchés leur paient pour le lait et l'huile d'olive.\nLes discussions à Lisbonne prendront fin le 9 mars 2019, a dit le ministre.\nLes agriculteurs de Porto n'étaient pas satisfaits de 45 minutes de discussions.",
    }],
    check: clause_omitted,
};

/// A bead's share of the usual length below which something is missing.
const SHORT_SHARE: f32 = 0.45;
/// Letters of a source sentence from which its length says something.
const LONG: usize = 90;

fn clause_omitted(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let all: Vec<(usize, usize, Span, Span)> = context
        .pairs()
        .map(|(source, pair)| (weight(source, pair.source), weight(&context.target, pair.target), pair.source, pair.target))
        .collect();
    let (source_total, target_total) = all.iter().fold((0, 0), |(a, b), (source, target, ..)| (a + source, b + target));
    let usual = target_total as f32 / source_total.max(1) as f32;
    for (source, target, source_span, target_span) in all {
        let share = target as f32 / (source as f32 * usual).max(1.0);
        if source >= LONG && share < SHORT_SHARE {
            let message = format!("the sentence has {:.0} % of the length its source calls for", share * 100.0);
            findings.push(Finding::new(target_span, message).from_source(source_span));
        }
    }
    findings
}
