//! Quotations that lost a mark, their shape or their place. Balance is kept over the whole document, never per sentence.

mod lost;

use super::locale::QUOTES_FOREIGN;
use super::shared::Places;
use super::{Context, Example, Finding, Rule, shortened};
use crate::document::Span;
use crate::extract::Quotation;
use crate::extract::quotation::Side;
use crate::mqm::{Category, Severity, Tier};
use crate::token::is_letter;
use lost::is_long;

pub const RULES: &[Rule] = &[
    QUOTATION_UNCLOSED,
    QUOTATION_UNOPENED,
    STYLES_MIXED,
    MARKS_MISMATCHED,
    lost::QUOTATION_LOST,
    lost::SPEECH_UNMARKED,
    QUOTATION_CUT,
    QUOTATION_UNMARKED,
];

const QUOTATION_UNCLOSED: Rule = Rule {
    id: "quotations/quotation-unclosed",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A quotation is opened and never closed",
    why: "The reader cannot tell where the speaker stops and the journalist goes on.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Elle ajoute que [[« tout]] va bien dans la ville.\n\nIl lui répond « non » de loin.",
        good: "Elle ajoute que « tout va bien » dans la ville.\n\nIl lui répond « non » de loin.",
    }],
    check: quotation_unclosed,
};

fn quotation_unclosed(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let foreign = Places::of(context, QUOTES_FOREIGN.id);
    let marks = context.target.quotations.unclosed.iter().filter(|mark| !is_settled(context, &foreign, **mark));
    marks.map(|mark| Finding::new(with_word_after(text, *mark), "this quotation is never closed")).collect()
}

/// The mark belongs to a `foreign` pair, or the source has an orphan of its own in this sentence and the
/// translator kept what there was.
fn is_settled(context: &Context, foreign: &Places, mark: Span) -> bool {
    foreign.touch(mark)
        || context.source_of(mark.start).is_some_and(|(source, span)| source.quotations.orphans_in(span).next().is_some())
}

/// The mark with the word after it: a mark alone is hard to see.
fn with_word_after(text: &str, mark: Span) -> Span {
    let rest = &text[mark.end..];
    let lead = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let word = rest[lead..].find(|c: char| !is_letter(c)).unwrap_or(rest.len() - lead);
    Span::new(mark.start, mark.end + if word == 0 { 0 } else { lead + word })
}

fn with_word_before(text: &str, mark: Span) -> Span {
    let head = text[..mark.start].trim_end_matches([' ', '\u{a0}', '\u{202f}', '.', ',', '!', '?']);
    let word: usize = head.chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    Span::new(if word == 0 { mark.start } else { head.len() - word }, mark.end)
}

const QUOTATION_UNOPENED: Rule = Rule {
    id: "quotations/quotation-unopened",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A quotation is closed that was never opened",
    why: "Words of a speaker stand before it as if the journalist had written them.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Cela ne change [[rien »]], a dit Paul.\n\nIl lui répond « non » de loin.",
        good: "« Cela ne change rien », a dit Paul.\n\nIl lui répond « non » de loin.",
    }],
    check: quotation_unopened,
};

fn quotation_unopened(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let foreign = Places::of(context, QUOTES_FOREIGN.id);
    let marks = context.target.quotations.unopened.iter().filter(|mark| !is_settled(context, &foreign, **mark));
    marks.map(|mark| Finding::new(with_word_before(text, *mark), "this quotation was never opened")).collect()
}

const STYLES_MIXED: Rule = Rule {
    id: "quotations/styles-mixed",
    category: Category::Inconsistency,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Two styles of quotation marks in one document",
    why: "Keep the marks of the language throughout; others are for a quotation inside a quotation.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il dit « oui » et « non ». Elle dit [[\"peut-être\"]]. Ils disent « jamais » tous deux.",
        good: "Il dit « oui » et « non ». Elle dit « peut-être ». Ils disent « jamais » tous deux.",
    }],
    check: styles_mixed,
};

fn styles_mixed(context: &Context) -> Vec<Finding> {
    let quotations = &context.target.quotations;
    let text = context.text();
    let pairs = &context.target.language().profile().quotes.pairs;
    let Some((house, _)) = pairs.first() else { return Vec::new() };
    let is_house = |quotation: &&Quotation| text[quotation.span.start..].starts_with(house.as_str());
    let own = quotations.all.iter().filter(is_house).count();
    let others = quotations.all.iter().zip(quotations.nested()).filter(|(quotation, nested)| !is_house(quotation) && !nested);
    let others: Vec<&Quotation> = others.map(|(quotation, _)| quotation).collect();
    if own < 2 || others.is_empty() || others.len() > own * 2 {
        return Vec::new();
    }
    let message = |quotation: &Quotation| {
        let mark = text[quotation.span.start..].chars().next().unwrap_or('"');
        format!("{mark:?} here, {house:?} elsewhere in the document")
    };
    others.into_iter().map(|quotation| Finding::new(quotation.span, message(quotation))).collect()
}

const MARKS_MISMATCHED: Rule = Rule {
    id: "quotations/marks-mismatched",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A quotation opens in one style and closes in another",
    why: "Parts of two texts were joined, or the machine closed the quotation in its own style. Use one pair of marks.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le maire a dit : « Nous partirons [[demain\"]]. Il est parti jeudi.",
            good: "Le maire a dit : « Nous partirons demain ». Il est parti jeudi.",
        },
        Example {
            langs: "pt",
            source: "",
            bad: "O prefeito disse: \"Vamos sair [[amanhã»]]. Ele saiu na quinta-feira.",
            good: "O prefeito disse: \"Vamos sair amanhã\". Ele saiu na quinta-feira.",
        },
    ],
    check: marks_mismatched,
};

fn marks_mismatched(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let angular = |c: char| matches!(c, '«' | '»' | '‹' | '›');
    let mut findings = Vec::new();
    for quotation in context.target.quotations.all.iter().filter(|quotation| quotation.closed) {
        let written = quotation.span.of(text);
        let (Some(first), Some(last)) = (written.chars().next(), written.chars().next_back()) else { continue };
        if angular(first) == angular(last) {
            continue;
        }
        let mark = Span::new(quotation.span.end - last.len_utf8(), quotation.span.end);
        let message = format!("the quotation opens with {first:?} and closes with {last:?}");
        findings.push(Finding::new(with_word_before(text, mark), message));
    }
    findings
}

const QUOTATION_CUT: Rule = Rule {
    id: "quotations/quotation-cut",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "Only a piece of what the source quotes stands between the marks",
    why: "The marks closed too early: the rest of the citation reads as the newsroom's words, and the piece alone makes no sense.",
    examples: &[Example {
        langs: "zh>fr",
        source: "难怪保罗会把巴黎称为“欧洲历史上最昂贵也最美丽的城市”。",
        bad: "Paul qualifie Paris de [[« Europe »]] de ville la plus chère et la plus belle de l'histoire.",
        good: "Paul qualifie Paris de « ville la plus chère et la plus belle de l'histoire de l'Europe ».",
    }],
    check: quotation_cut,
};

fn quotation_cut(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, pair) in context.pairs() {
        let within = |quotation: &&Quotation| quotation.closed && pair.source.contains(quotation.span);
        let original: Vec<&Quotation> = source.quotations.begun_in(pair.source).iter().filter(within).collect();
        let rendered: Vec<&Quotation> = context
            .target
            .quotations
            .begun_in(pair.target)
            .iter()
            .filter(|quotation| quotation.closed && pair.target.contains(quotation.span))
            .collect();
        let ([original], [rendered]) = (original.as_slice(), rendered.as_slice()) else { continue };
        // What share of its segment each quotation takes is free of the lengths of the two languages.
        let share = |quotation: &Quotation, whole: Span| quotation.inner.len() as f32 / whole.len().max(1) as f32;
        let (before, after) = (share(original, pair.source), share(rendered, pair.target));
        let words = rendered.inner.of(context.text()).split_whitespace().count();
        if is_speech(source.text(), original) && before > 0.25 && after < before * 0.35 && words <= 3 {
            let whole = shortened(original.inner.of(source.text()));
            findings.push(
                Finding::new(
                    rendered.span,
                    format!("the source quotes {whole:?}, of which only a piece stands between the marks"),
                )
                .from_source(original.span),
            );
        }
    }
    findings
}

/// Long enough to be what somebody said, and not a title or a nickname.
fn is_speech(text: &str, quotation: &Quotation) -> bool {
    is_long(quotation.inner.of(text))
}

const QUOTATION_UNMARKED: Rule = Rule {
    id: "quotations/quotation-unmarked",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Words glued to a comma or a colon begin like a quotation, without its marks",
    why: "A capital straight after the comma of a verb of saying is the beginning of what was said: it wants quotation marks or «que».",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il l'a admis cette semaine[[, Il]] se peut que tout change.",
        good: "Il a admis cette semaine qu'il se peut que tout change.",
    }],
    check: quotation_unmarked,
};

fn quotation_unmarked(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    if language.profile().casing.nouns {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, _) in context.marks().iter().copied().filter(|(at, c)| *c == ',' && text[at + 1..].starts_with(' ')) {
        let rest = &text[at + 2..];
        let word = &rest[..rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())];
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && !word.is_empty() && letters.all(char::is_lowercase);
        if !capital {
            continue;
        }
        let function =
            word.chars().count() > 1 && language.function_words.contains(&crate::token::hash(&crate::token::folded(word)));
        // `, Le Monde`: titles begin with an article as well; a pronoun before a verb does not.
        let next_is_name = rest[word.len()..].trim_start().starts_with(char::is_uppercase);
        let marks = &context.target.quotations.marks;
        let near = marks.partition_point(|mark| mark.span.end + 2 < at);
        let mut near = marks[near..].iter().take_while(|mark| mark.span.end <= at + 2);
        let quoted = near.any(|mark| mark.side == Side::Open);
        let span = Span::new(at, at + 2 + word.len());
        // `Lisbon, May 12`
        let dated = || !context.target.dates_in(Span::new(at + 2, span.end)).is_empty();
        if function && !next_is_name && !quoted && !dated() {
            findings.push(Finding::new(span, format!("{word:?} begins like a quotation without marks")));
        }
    }
    findings
}
