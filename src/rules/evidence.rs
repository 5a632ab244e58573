//! What the findings of a whole document say together: a single weak clue says little, several of one origin that agree say
//! that a page was machine-translated, or copied from one that was.

use super::{Context, Diagnostic, Example, Finding, Rule, shortened};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use rustc_hash::FxHashSet;

pub const RULES: &[Rule] = &[MACHINE_TRANSLATED_PAGE];

const MACHINE_TRANSLATED_PAGE: Rule = Rule {
    id: "garble/machine-translated-page",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "Several clues agree that the page was machine-translated and never revised",
    why: "Each clue is small; together they show that no reviser has read the text. Have all of it revised, not these places alone.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "2023-05-04\n\nLes prix ont [[baissé.Les]] clients reviennent. Selon le rapport,Toyota perd du terrain. Il a dit :Nous partirons demain.\n\nLe président a parlé jeudi.",
            good: "4 mai 2023\n\nLes prix ont baissé. Les clients reviennent. Selon le rapport, Toyota perd du terrain. Il a dit que tous partiraient demain.\n\nLe président a parlé jeudi.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The prices [[fell.The]] clients came back. The plan is new new new new new for the town. In the report,Toyota lost ground.He left.",
            good: "The prices fell. The clients came back. The plan is new for the town. In the report, Toyota lost ground. He left.",
        },
    ],
    check: machine_translated_page,
};

/// Where a clue comes from. Clues of one origin have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin<'a> {
    /// Spans cut out of a page and glued together.
    Cut,
    /// The furniture of a page.
    Page,
    /// A decoder that ran in circles, or left words as they were.
    Decoder,
    /// Words of one source language rendered one by one.
    Literal(&'a str),
    /// Sentences built as in another language.
    Grammar,
    /// A machine that speaks, or is named.
    Voice,
}

/// Rules whose findings are clues, by their beginning, with what one clue is worth.
const CLUES: &[(&str, Origin, u32)] = &[
    ("typography/sentences-glued", Origin::Cut, 2),
    ("typography/comma-glued", Origin::Cut, 2),
    ("typography/colon-glued", Origin::Cut, 2),
    ("typography/bracket-glued", Origin::Cut, 2),
    ("typography/words-glued", Origin::Cut, 3),
    ("typography/stop-doubled", Origin::Cut, 2),
    ("typography/stop-beside-quote", Origin::Cut, 2),
    ("typography/stop-orphaned", Origin::Cut, 2),
    ("typography/marks-empty", Origin::Cut, 2),
    ("typography/space-before-stop", Origin::Cut, 1),
    ("residue/language-menu", Origin::Page, 4),
    ("residue/dateline-fused", Origin::Page, 3),
    ("residue/page-notice", Origin::Page, 3),
    ("residue/", Origin::Page, 2),
    ("typography/foreign-punctuation", Origin::Decoder, 2),
    ("language/foreign-script", Origin::Decoder, 2),
    ("repetition/words-looped", Origin::Decoder, 4),
    ("repetition/letters-looped", Origin::Decoder, 4),
    ("repetition/sentence-", Origin::Decoder, 2),
    ("repetition/passage-", Origin::Decoder, 2),
    ("repetition/phrase-", Origin::Decoder, 2),
    ("garble/translator-speaking", Origin::Voice, 6),
    ("garble/circular-gloss", Origin::Decoder, 2),
    ("garble/gloss-doubled", Origin::Decoder, 2),
    ("garble/acronym-doubled", Origin::Decoder, 2),
    ("names/brand-translated", Origin::Decoder, 2),
    ("grammar/conjunction-doubled", Origin::Decoder, 1),
    ("grammar/topic-dangling", Origin::Decoder, 2),
    ("garble/casing-lost", Origin::Decoder, 3),
    ("grammar/words-misordered", Origin::Grammar, 2),
    ("grammar/verb-form-wrong", Origin::Grammar, 2),
    ("grammar/pronoun-wrong", Origin::Grammar, 2),
    ("grammar/construction-calqued", Origin::Grammar, 2),
    ("grammar/agreement-broken", Origin::Grammar, 1),
    ("grammar/determiner-mismatched", Origin::Grammar, 1),
    ("grammar/preposition-wrong", Origin::Grammar, 1),
    ("grammar/article-wrong", Origin::Grammar, 1),
    ("grammar/contraction-missing", Origin::Grammar, 1),
];
/// What a rendering word for word is worth, and one that is a term out of place.
const LITERAL: u32 = 2;
const TERM: u32 = 1;

/// An origin speaks when its clues are worth as much and are as many. No professional translation of those measured has one.
const SPEAKS: u32 = 4;
/// What all origins must be worth together.
const TOGETHER: u32 = 8;

struct Clue<'a> {
    origin: Origin<'a>,
    worth: u32,
    found: &'a Diagnostic,
}

fn clues<'a>(context: &'a Context, found: &'a [Diagnostic]) -> Vec<Clue<'a>> {
    let mut clues = Vec::new();
    for diagnostic in found {
        let known = CLUES.iter().find(|(rule, ..)| diagnostic.rule.starts_with(rule));
        let hit = context.hits.binary_search_by_key(&diagnostic.span, |hit| hit.span).ok().filter(|_| is_trap(diagnostic));
        if let Some((_, origin, worth)) = known {
            clues.push(Clue { origin: *origin, worth: *worth, found: diagnostic });
        } else if let Some(hit) = hit.map(|place| &context.hits[place]) {
            let worth = if diagnostic.rule.starts_with("idioms/") { LITERAL } else { TERM };
            clues.push(Clue { origin: Origin::Literal(hit.from), worth, found: diagnostic });
        }
    }
    clues
}

fn is_trap(diagnostic: &Diagnostic) -> bool {
    ["idioms/", "terms/"].iter().any(|family| diagnostic.rule.starts_with(family))
}

/// The origins that speak, each with its clues, the strongest first; none unless they are strong enough together.
fn speaking<'c, 'a>(clues: &'c [Clue<'a>]) -> Vec<(Origin<'a>, Vec<&'c Clue<'a>>)> {
    let mut origins: Vec<Origin> = clues.iter().map(|clue| clue.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    let of = |origin: Origin| clues.iter().filter(|clue| clue.origin == origin).collect::<Vec<_>>();
    let worth = |clues: &[&Clue]| clues.iter().map(|clue| clue.worth).sum::<u32>();
    let mut all: Vec<(Origin, Vec<&Clue>)> = origins.into_iter().map(|origin| (origin, of(origin))).collect();
    let loud = all.iter().any(|(_, clues)| worth(clues) >= SPEAKS);
    let total: u32 = all.iter().map(|(_, clues)| worth(clues)).sum();
    // Places of one rule alone may be the habit of one typist.
    let kinds = clues.iter().map(|clue| clue.found.rule).collect::<std::collections::BTreeSet<_>>().len();
    if !loud || total < TOGETHER || kinds < 2 {
        return Vec::new();
    }
    all.sort_by_key(|(_, clues)| std::cmp::Reverse(worth(clues)));
    all
}

fn machine_translated_page(context: &Context) -> Vec<Finding> {
    let clues = clues(context, &context.found);
    let origins = speaking(&clues);
    // A page is judged by what is wrong in it, not by its length.
    let Some(first) = origins.first().and_then(|(_, clues)| clues.iter().map(|clue| clue.found.span).min()) else {
        return Vec::new();
    };
    let count: usize = origins.iter().map(|(_, clues)| clues.len()).sum();
    let named: Vec<String> =
        origins.iter().map(|(origin, clues)| format!("{} ({})", name(context, *origin), clues.len())).collect();
    let quoted: Vec<String> = origins.iter().map(|(_, clues)| quotes(context.text(), clues)).collect();
    let message = format!("{count} clues agree that this page was machine-translated: {}", named.join(", "));
    vec![Finding::new(first, message).because(format!("{} See {}.", MACHINE_TRANSLATED_PAGE.why, quoted.join("; ")))]
}

fn name(context: &Context, origin: Origin) -> String {
    match origin {
        Origin::Cut => "words and marks cut out and glued".to_owned(),
        Origin::Page => "furniture of a web page".to_owned(),
        Origin::Decoder => "loops and leavings of a decoder".to_owned(),
        Origin::Literal(from) => format!("words rendered one by one from {}", context.corpus.language_name(from)),
        Origin::Grammar => "sentences built as in another language".to_owned(),
        Origin::Voice => "the machine itself".to_owned(),
    }
}

/// The first places of an origin with their lines.
fn quotes(text: &str, clues: &[&Clue]) -> String {
    const SHOWN: usize = 4;
    let line = |span: Span| text[..span.start].matches('\n').count() + 1;
    let shown = clues.iter().take(SHOWN).map(|clue| {
        let span = clue.found.span;
        format!("{:?} (line {})", shortened(span.of(text)), line(span))
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Where the clues agree, the small ones rise one step: what one slip may be is then a pattern.
pub fn raise(context: &Context, found: &mut [Diagnostic]) {
    let agreed = found.iter().any(|diagnostic| diagnostic.rule == MACHINE_TRANSLATED_PAGE.id);
    if !agreed {
        return;
    }
    let places: FxHashSet<(&str, Span)> = clues(context, found)
        .into_iter()
        .filter(|clue| clue.worth > 1 && clue.found.severity == Severity::Minor)
        .map(|clue| (clue.found.rule, clue.found.span))
        .collect();
    for diagnostic in found.iter_mut().filter(|one| places.contains(&(one.rule, one.span))) {
        diagnostic.severity = Severity::Major;
    }
}
