//! Typography, third part: spaces beside high marks and inside quotation marks, which one language wants and another does not.

use super::place::{Place, places};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::is_letter;

pub const RULES: &[Rule] = &[SPACE_MISSING, SPACE_INSIDE_QUOTES];

const SPACE_MISSING: Rule = Rule {
    id: "typography/space-missing",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "The space that the language wants before a high mark or inside quotation marks is missing",
    why: "French puts a no-break space before : ; ! ? » and after «.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Qui gagnera demain[[?]] Personne ne le sait.",
        good: "Qui gagnera demain ? Personne ne le sait.",
    }],
    check: space_missing,
};

fn space_missing(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let stops = &context.target.language().profile().stops;
    let wanted = |list: &[String], mark: char| list.iter().any(|known| known.chars().eq([mark]));
    if stops.spaced_before.is_empty() {
        return Vec::new();
    }
    let missing = places(context, &[':', ';', '!', '?', '»', '«']).filter(|place| {
        let next = place.after();
        let before = place.before().is_some_and(|c| is_letter(c) || matches!(c, ')' | '"'));
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | ')'));
        let high = wanted(&stops.spaced_before, place.mark) && before && (ends || place.mark == '»') && !place.is_address();
        let opening = wanted(&stops.spaced_after, place.mark) && next.is_some_and(is_letter);
        high || opening
    });
    let missing: Vec<Place> = missing.collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let spaces = Spaces::count(text, &stops.spaced_before, &stops.spaced_after);
    // Where the whole text does without, it is the house style (Swiss, Canadian) and said once.
    let slips = spaces.all >= missing.len();
    let found = missing.iter().take(3).map(|place| {
        let span = Span::new(place.at, place.at + place.mark.len_utf8());
        let (mark, space) = (place.mark, spaces.usual());
        let right = if wanted(&stops.spaced_after, mark) { format!("{mark}{space}") } else { format!("{space}{mark}") };
        let finding = Finding::new(span, format!("a no-break space is missing beside {mark:?}"));
        if slips { finding.exactly(right) } else { finding.instead(right) }
    });
    found.collect()
}

/// The spaces that stand beside high marks and inside quotation marks.
struct Spaces {
    all: usize,
    narrow: usize,
    broad: usize,
}

impl Spaces {
    fn count(text: &str, before: &[String], after: &[String]) -> Spaces {
        let count = |space: &str| {
            let spaced =
                before.iter().map(|mark| format!("{space}{mark}")).chain(after.iter().map(|mark| format!("{mark}{space}")));
            spaced.map(|spaced| text.matches(&spaced).count()).sum::<usize>()
        };
        let (narrow, broad) = (count("\u{202f}"), count("\u{a0}"));
        Spaces { all: narrow + broad + count(" "), narrow, broad }
    }

    /// The no-break space that the text uses.
    fn usual(&self) -> char {
        if self.narrow > self.broad { '\u{202f}' } else { '\u{a0}' }
    }
}

const SPACE_INSIDE_QUOTES: Rule = Rule {
    id: "typography/space-inside-quotes",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A space stands inside quotation marks in a language that has none there",
    why: "French puts spaces inside its marks; German, Spanish, Italian, Portuguese and English do not.",
    examples: &[Example {
        langs: "es",
        source: "",
        bad: "El alcalde dijo: [[« Vamos]] a salir mañana», y se fue.",
        good: "El alcalde dijo: «Vamos a salir mañana», y se fue.",
    }],
    check: space_inside_quotes,
};

fn space_inside_quotes(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let profile = context.target.language().profile();
    // Only a language that says where spaces stand says where they do not.
    if !profile.spaced
        || profile.stops.spaced_before.iter().chain(&profile.stops.spaced_after).any(|mark| mark == "»" || mark == "«")
    {
        return Vec::new();
    }
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let mut findings = Vec::new();
    for quotation in context.target.quotations.all.iter().filter(|quotation| quotation.closed) {
        let inner = quotation.inner.of(text);
        let (head, tail) = (inner.trim_start_matches(blank), inner.trim_end_matches(blank));
        if head.len() < inner.len() && !head.is_empty() {
            let word = head.find(|c: char| !is_letter(c)).unwrap_or(head.len());
            let span = Span::new(quotation.span.start, quotation.inner.end - head.len() + word);
            let right = format!("{}{}", &text[quotation.span.start..quotation.inner.start], &head[..word]);
            findings.push(Finding::new(span, "a space stands behind the opening mark").instead(right));
        }
        if tail.len() < inner.len() && !tail.is_empty() {
            let word = tail.rfind(|c: char| !is_letter(c) && !c.is_ascii_punctuation()).map_or(0, |at| at + 1);
            let word = (word..=tail.len()).find(|at| tail.is_char_boundary(*at)).unwrap_or(tail.len());
            let span = Span::new(quotation.inner.start + word, quotation.span.end);
            let right = format!("{}{}", &tail[word..], &text[quotation.inner.end..quotation.span.end]);
            findings.push(Finding::new(span, "a space stands before the closing mark").instead(right));
        }
    }
    findings
}
