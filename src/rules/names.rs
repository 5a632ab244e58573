//! Names that were lost, swapped, misspelt or translated. A claim is made only about names the program knows,
//! or that stand in both texts in the same script.

use super::{Context, Example, Finding, Pair, Rule};
use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Name;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, folded};

pub const RULES: &[Rule] = &[NAME_CHANGED, NAME_MISSPELT, NAME_MISSING, BRAND_TRANSLATED];

/// Whether both languages write in Latin letters, so that a name can be expected to stand as it is.
fn share_script(source: &Analysis, target: &Analysis) -> bool {
    let latin = |analysis: &Analysis| analysis.language().profile().scripts.iter().any(|script| script == "Latin");
    latin(source) && latin(target)
}

/// The words of a name: letters, without small particles.
fn words<'a>(analysis: &'a Analysis, span: Span) -> impl Iterator<Item = &'a Token> {
    let text = analysis.text();
    analysis.tokens_in(span).iter().filter(move |token| {
        token.kind == Kind::Word && token.text(text).starts_with(char::is_uppercase) && token.text(text).chars().count() > 2
    })
}

/// A name whose capital proves something, and that no function word opens.
fn is_proper(analysis: &Analysis, name: &Name) -> bool {
    !name.initial && words(analysis, name.span).any(|token| !analysis.language().function_words.contains(&token.form))
}

/// Whether a name, or a word of it, stands on the other side: as an entry, as the same word, or nearly.
fn is_answered(context: &Context, name: &Name, own: &Analysis, other: &Analysis, span: Span) -> bool {
    let names = context.corpus.names();
    let same = |entry| other.names_in(span).iter().any(|one| one.entry.is_some_and(|one| names.root(one) == names.root(entry)));
    name.entry.is_some_and(same) || words(own, name.span).any(|word| is_near(word.text(own.text()), other, span))
}

/// Whether a word or one much like it (an exonym, another ending) stands in a span.
fn is_near(word: &str, other: &Analysis, span: Span) -> bool {
    let wanted = deaccented(word);
    other.tokens_in(span).iter().filter(|token| token.kind == Kind::Word).any(|token| {
        let candidate = deaccented(token.text(other.text()));
        let shared = wanted.chars().zip(candidate.chars()).take_while(|(a, b)| a == b).count();
        candidate == wanted
            || shared >= 4
            || shared >= 3 && strsim::jaro_winkler(&wanted, &candidate) > 0.8
            || candidate.len() > 4 && strsim::osa_distance(&wanted, &candidate) <= 2
    })
}

/// Lower case without accents.
fn deaccented(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    folded(word).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect()
}

/// The bead with a segment more on each side, where a name may have moved.
fn around(analysis: &Analysis, segments: &std::ops::Range<usize>) -> Span {
    analysis.span_of(segments.start.saturating_sub(1)..(segments.end + 1).min(analysis.segments.len()))
}

const NAME_CHANGED: Rule = Rule {
    id: "names/name-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "Another name stands where the source has this one",
    why: "The sentence now speaks of somebody or something else.",
    examples: &[Example {
        langs: "en>fr",
        source: "The company hired Gabriella Thornbury in Lisbon last week.",
        bad: "L'entreprise a embauché [[Marcus Oyelaran]] à Lisbonne la semaine dernière.",
        good: "L'entreprise a embauché Gabriella Thornbury à Lisbonne la semaine dernière.",
    }],
    check: name_changed,
};

fn name_changed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        let spelt = share_script(source, &context.target);
        let checked = |analysis: &Analysis, name: &Name| name.entry.is_some() || spelt && is_proper(analysis, name);
        let target_wide = around(&context.target, &pair.bead.target);
        let source_wide = around(source, &pair.bead.source);
        let lost: Vec<&Name> = source
            .names_in(pair.source)
            .iter()
            .filter(|name| checked(source, name) && !is_answered(context, name, source, &context.target, target_wide))
            .collect();
        let new: Vec<&Name> = context
            .target
            .names_in(pair.target)
            .iter()
            .filter(|name| checked(&context.target, name) && !is_answered(context, name, &context.target, source, source_wide))
            .collect();
        let ([lost], [new]) = (lost.as_slice(), new.as_slice()) else { continue };
        if same_kind(context, lost, new) && has_form(context, lost, context.target.tag()) && has_form(context, new, source.tag())
        {
            let (said, says) = (lost.span.of(source.text()), new.span.of(context.text()));
            findings.push(
                Finding::new(new.span, format!("the source names {said:?}, the translation {says:?}")).from_source(lost.span),
            );
        }
    }
    findings
}

/// Two entries must be of one kind, a nationality being of its country's; a name that is no entry may be of any.
fn same_kind(context: &Context, lost: &Name, new: &Name) -> bool {
    let names = context.corpus.names();
    match (lost.entry, new.entry) {
        (Some(a), Some(b)) => names.kind(names.root(a)) == names.kind(names.root(b)),
        (None, None) => true,
        _ => false,
    }
}

/// An entry without a form in a language could not have been found there.
fn has_form(context: &Context, name: &Name, tag: &str) -> bool {
    name.entry.is_none_or(|entry| context.corpus.usual_name(context.corpus.names().root(entry), tag).is_some())
}

const NAME_MISSPELT: Rule = Rule {
    id: "names/name-misspelt",
    category: Category::Spelling,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A name is spelled otherwise than in the source",
    why: "A misspelt name is a wrong name: it cannot be found, and it insults its bearer.",
    examples: &[Example {
        langs: "en>fr",
        source: "The company hired Gabriella Thornbury last week.",
        bad: "L'entreprise a embauché Gabriella [[Thornbuyr]] la semaine dernière.",
        good: "L'entreprise a embauché Gabriella Thornbury la semaine dernière.",
    }],
    check: name_misspelt,
};

/// Letters of the shortest name word that is compared by its spelling.
const SPELT: usize = 5;

fn name_misspelt(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        if !share_script(source, &context.target) {
            continue;
        }
        for name in context.target.names_in(pair.target).iter().filter(|name| name.entry.is_none()) {
            for word in words(&context.target, name.span) {
                if let Some(original) = misspelling_of(context, source, pair, word) {
                    let right = original.text(source.text());
                    let wrong = word.text(context.text());
                    let finding = Finding::new(word.span, format!("{wrong:?} is {right:?} in the source"));
                    findings.push(finding.instead(right).from_source(original.span));
                }
            }
        }
    }
    findings
}

/// The word of the source that a name word of the target is a slip of.
fn misspelling_of<'s>(context: &Context, source: &'s Analysis, pair: Pair, word: &Token) -> Option<&'s Token> {
    let written = word.text(context.text());
    if written.chars().count() < SPELT || source.tokens.iter().any(|token| token.form == word.form) {
        return None;
    }
    let plain = deaccented(written);
    let original =
        source.names_in(pair.source).iter().filter(|name| name.entry.is_none()).flat_map(|name| words(source, name.span)).find(
            |original| {
                let right = deaccented(original.text(source.text()));
                let close = right.chars().count() >= SPELT && right != plain && strsim::osa_distance(&right, &plain) == 1;
                close && right.chars().count() == plain.chars().count() && right.chars().next() == plain.chars().next()
            },
        )?;
    // A spelling that the translation keeps elsewhere is the house's; German and others add endings.
    let inflected = plain.starts_with(&deaccented(original.text(source.text())));
    let elsewhere = context.target.tokens.iter().filter(|token| token.form == word.form).count() > 1;
    let known = source.language().function_words.contains(&original.form);
    (!inflected && !elsewhere && !known).then_some(original)
}

const NAME_MISSING: Rule = Rule {
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
    for (source, pair) in context.pairs() {
        for name in source.names_in(pair.source) {
            let Some(entry) = name.entry else { continue };
            let kind = context.corpus.names().kind(entry);
            let telling = matches!(kind, "company" | "person" | "product" | "organisation");
            let written = context.corpus.usual_name(entry, context.target.tag());
            if !telling || is_answered(context, name, source, &context.target, whole) {
                continue;
            }
            if let Some(written) = written.filter(|written| !context.text().contains(written.as_str())) {
                let said = name.span.of(source.text());
                findings.push(
                    Finding::new(pair.target, format!("{said:?} of the source ({written}) is nowhere in the translation"))
                        .from_source(name.span),
                );
            }
        }
    }
    findings
}

const BRAND_TRANSLATED: Rule = Rule {
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
