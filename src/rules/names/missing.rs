//! Names of the source that stand nowhere in the translation, and brands that were translated.

use super::lookup::{is_answered, stands_somewhere};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::{Context, Example, Finding, Rule};
use rustc_hash::FxHashMap;

pub const NAME_MISSING: Rule = Rule {
    id: "names/name-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A name of the source stands nowhere in the translation",
    why: "The reader does not learn who or where.",
    examples: &[Example {
        langs: "zh>fr",
        source: "特斯拉和微软都购买了芯片。",
        bad: "[[Microsoft et un autre groupe ont acheté des puces.]]",
        good: "Tesla et Microsoft ont acheté des puces.",
    }],
    check: name_missing,
};

fn name_missing(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let whole = Span::new(0, context.text().len());
    let mut known: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for (source, pair) in context.pairs() {
        for name in source.names_in(pair.source) {
            let Some(entry) = name.entry else { continue };
            let kind = context.corpus.names().kind(entry);
            let telling = matches!(kind, "company" | "person" | "product" | "organisation");
            if !telling {
                continue;
            }
            let said = name.span.of(source.text());
            let missing = known.entry(said).or_insert_with(|| {
                let written = context.corpus.usual_name(entry, context.target.tag());
                let written = written.filter(|_| !is_answered(context, name, source, &context.target, whole));
                written.filter(|written| !stands_somewhere(written, &context.target))
            });
            if let Some(written) = missing {
                findings.push(
                    Finding::new(pair.target, format!("{said:?} of the source ({written}) is nowhere in the translation"))
                        .from_source(name.span),
                );
            }
        }
    }
    findings
}

pub const BRAND_TRANSLATED: Rule = Rule {
    id: "names/brand-translated",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "The name of a brand was translated as if it were a common word",
    why: "Brands keep their names.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe [[Stabilité]], spécialiste de l'IA, licencie.",
        good: "Le groupe Stability AI licencie.",
    }],
    check: brand_translated,
};

fn brand_translated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let mut findings = Vec::new();
    for segment in context.segments() {
        let tokens = context.target.tokens_of(segment);
        let brands = language.brands.find(text, segment.span, tokens);
        if brands.is_empty() {
            continue;
        }
        let contexts = language.brand_contexts.find(text, segment.span, tokens);
        for hit in brands {
            // At the beginning of a sentence a capital proves nothing.
            let before = text[segment.span.start..hit.span.start].trim_end().chars().next_back();
            let inside = before.is_some_and(|c| !matches!(c, '.' | '!' | '?' | ':' | '«' | '"'));
            let capital = inside && hit.span.of(text).starts_with(char::is_uppercase);
            let near = contexts.iter().any(|context| *context.value == hit.value.number && !context.span.overlaps(hit.span));
            let in_source = context.source.as_ref().is_some_and(|source| source.text().contains(&hit.value.name));
            let kept = text.contains(&hit.value.name);
            if capital && !kept && (near || in_source) {
                findings.push(
                    Finding::new(hit.span, format!("{:?} is the brand {:?} translated", hit.span.of(text), hit.value.name))
                        .instead(hit.value.name.clone()),
                );
            }
        }
    }
    findings
}
