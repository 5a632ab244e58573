//! Words that are not in the language the article should be in: all of it, a segment, a run inside one, a word.

use super::foreign::FOREIGN_RUN;
use super::once::Once;
use super::shared::Places;
use super::{Context, Example, Finding, Rule, shortened};
use crate::article::Segment;
use crate::document::Span;
use crate::language::script::script;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, is_letter, is_unspaced};

pub const RULES: &[Rule] =
    &[WRONG_DOCUMENT_LANGUAGE, FOREIGN_RUN, SEGMENT_UNTRANSLATED, WRONG_SEGMENT_LANGUAGE, FOREIGN_SCRIPT, MIXED_SCRIPT_WORD];

pub(super) const WRONG_DOCUMENT_LANGUAGE: Rule = Rule {
    id: "language/wrong-document-language",
    category: Category::Untranslated,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "The article is not in the language it should be in",
    why: "The wrong file was taken, or nothing was translated.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "[[The president spoke on Thursday before the members of the parliament, and he said that the new law would not be changed before the summer.]]",
        good: "Le président a parlé jeudi devant les députés, et il a dit que la nouvelle loi ne serait pas changée avant l'été.",
    }],
    check: wrong_document_language,
};

/// Words below which a text is too short to be judged as a whole.
const DOCUMENT_WORDS: usize = 12;
/// Function words of another language for one of the declared language's own, up to which a text is mixed and not wrong.
const MIXED: usize = 5;
/// Confidence from which a guess counts.
const SURE: f32 = 0.9;

fn wrong_document_language(context: &Context) -> Vec<Finding> {
    let (Some(declared), Some(found)) = (context.declared, context.guess.tag) else { return Vec::new() };
    let words = context.target.words();
    if found == declared || context.guess.confidence < SURE || words < DOCUMENT_WORDS || is_mixed(context, declared, found) {
        return Vec::new();
    }
    let first = context.target.segments.first().map_or(Span::default(), |segment| segment.span);
    let name = |tag: &str| context.corpus.language_name(tag).to_owned();
    vec![Finding::new(first, format!("the article is in {}, not in {}", name(found), name(declared)))]
}

/// A fair part of the function words are the declared language's own: sentences are wrong, not the article.
fn is_mixed(context: &Context, declared: &str, found: &str) -> bool {
    let (own, other) = (context.detector.bit(declared), context.detector.bit(found));
    let count = |yes, no| context.masks.iter().filter(|mask| **mask & (yes | no) == yes).count();
    count(own, other) * MIXED >= count(other, own)
}

/// Nothing is said of parts where the whole is in another language.
pub(super) fn is_wrong_as_a_whole(context: &Context) -> bool {
    !wrong_document_language(context).is_empty()
}

const SEGMENT_UNTRANSLATED: Rule = Rule {
    id: "language/segment-untranslated",
    category: Category::Untranslated,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A sentence was left in the language of the source",
    why: "The reader of the translation cannot read it. Translate it.",
    examples: &[Example {
        langs: "en>fr",
        source: "The minister left on Monday. He will be back before the end of the week.",
        bad: "Le ministre est parti lundi. [[He will be back before the end of the week.]]",
        good: "Le ministre est parti lundi. Il sera de retour avant la fin de la semaine.",
    }],
    check: segment_untranslated,
};

fn segment_untranslated(context: &Context) -> Vec<Finding> {
    let Some(source) = &context.source else { return Vec::new() };
    if is_wrong_as_a_whole(context) || source.tag() == context.target.tag() {
        return Vec::new();
    }
    let text = context.text();
    let halves = Places::of(context, FOREIGN_RUN.id);
    let left = context.segments().filter(|segment| {
        let words = words(context.target.tokens_of(segment), text);
        let left = is_copied(context, segment) || words >= 3 && foreign_language(context, segment) == Some(source.tag());
        left && !halves.touch(segment.span)
    });
    let name = context.corpus.language_name(source.tag());
    left.map(|segment| Finding::new(segment.span, format!("{:?} is still in {name}", shortened(segment.span.of(text))))).collect()
}

/// Words in small letters of a sentence that stands in the source as it is: shorter ones are names and titles.
const COPIED_WORDS: usize = 4;

fn is_copied(context: &Context, segment: &Segment) -> bool {
    context.originals().contains(segment.span.of(context.text()))
        && lower_words(context.target.tokens_of(segment)) >= COPIED_WORDS
}

/// Whether a segment is told as a whole: it stands in the source as it is, or nothing but these runs shows its language.
pub(super) fn is_foreign_as_a_whole(context: &Context, segment: &Segment, runs: &[Span]) -> bool {
    is_copied(context, segment) || foreign_language(context, segment).is_some() && !is_at_home_outside(context, segment, runs)
}

pub(super) fn words(tokens: &[Token], text: &str) -> usize {
    tokens
        .iter()
        .map(|token| {
            if token.kind == Kind::Unspaced {
                token.text(text).chars().count() / 2
            } else {
                usize::from(token.kind == Kind::Word)
            }
        })
        .sum()
}

/// Words that do not begin with a capital: names stay as they are in any language.
pub(super) fn lower_words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.kind == Kind::Unspaced || token.kind == Kind::Word && token.shape.is_small()).count()
}

const WRONG_SEGMENT_LANGUAGE: Rule = Rule {
    id: "language/wrong-segment-language",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A sentence is in another language than the article",
    why: "It was left untranslated, or translated into the wrong language.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le ministre est parti lundi. [[Der Minister wird vor dem Ende der Woche wieder in der Stadt sein.]] Il se repose chez lui avec sa famille.",
        good: "Le ministre est parti lundi. Il sera de retour avant la fin de la semaine. Il se repose chez lui avec sa famille.",
    }],
    check: wrong_segment_language,
};

fn wrong_segment_language(context: &Context) -> Vec<Finding> {
    if is_wrong_as_a_whole(context) {
        return Vec::new();
    }
    let text = context.text();
    let from = context.source.as_ref().map(super::super::article::Analysis::tag);
    let halves = Places::of(context, FOREIGN_RUN.id);
    let mut findings = Vec::new();
    let whole = |segment: &&Segment| words(context.target.tokens_of(segment), text) >= 5 && !halves.touch(segment.span);
    for segment in context.segments().filter(whole) {
        if let Some(found) = foreign_language(context, segment).filter(|found| Some(*found) != from) {
            let name = context.corpus.language_name(found);
            findings.push(Finding::new(segment.span, format!("{:?} is in {name}", shortened(segment.span.of(text)))));
        }
    }
    findings
}

/// The language of a segment, when it is plainly not the target's. A quoted original is no fault.
pub(super) fn foreign_language<'a>(context: &'a Context, segment: &Segment) -> Option<&'a str> {
    let text = context.text();
    let tokens = context.target.tokens_of(segment);
    let masks = &context.masks[segment.tokens.clone()];
    if context.detector.confirms(tokens, masks, context.target.tag())
        || lower_words(tokens) < 3
        || is_quoted(context, segment.span)
    {
        return None;
    }
    let guess = context.detector.detect(segment.span.of(text), Some(context.target.tag()));
    guess.tag.filter(|found| *found != context.target.tag() && guess.confidence >= SURE && !is_at_home(context, segment))
}

/// Words beside foreign ones that show the language of a sentence.
const OUTSIDE: usize = 2;

/// A segment with quotations in it whose other words are in the language of the target.
fn is_at_home(context: &Context, segment: &Segment) -> bool {
    let quotations = context.target.quotations.begun_in(segment.span).iter().map(|quotation| quotation.span);
    let quotations: Vec<Span> = quotations.filter(|span| segment.span.contains(*span)).collect();
    is_at_home_outside(context, segment, &quotations)
}

/// Whether what stands of a segment beside these stretches, which are in order, is in the language of the target.
fn is_at_home_outside(context: &Context, segment: &Segment, stretches: &[Span]) -> bool {
    let (text, tag) = (context.text(), context.target.tag());
    let mut outside = String::new();
    let mut at = segment.span.start;
    for stretch in stretches.iter().filter(|stretch| !stretch.is_empty()) {
        if stretch.start >= at {
            outside.push_str(&text[at..stretch.start]);
            at = stretch.end;
        }
    }
    if at == segment.span.start {
        return false;
    }
    outside.push_str(&text[at..segment.span.end]);
    let lower = outside.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    lower >= OUTSIDE && context.detector.detect(&outside, Some(tag)).tag == Some(tag)
}

/// The whole span is a quotation, or stands in brackets.
pub(super) fn is_quoted(context: &Context, span: Span) -> bool {
    context.target.quotations.quoted(span) || is_bracketed(context, span)
}

pub(super) fn is_bracketed(context: &Context, span: Span) -> bool {
    let text = span.of(context.text());
    text.starts_with(['(', '[']) && text.ends_with([')', ']'])
}

const FOREIGN_SCRIPT: Rule = Rule {
    id: "language/foreign-script",
    category: Category::Untranslated,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Words in another script stand inside a sentence",
    why: "They were left untranslated. A quoted original or a gloss in brackets is fine.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le programme suit un arbre de [[分支]] pour décider.",
        good: "Le programme suit un arbre de décision pour trancher.",
    }],
    check: foreign_script,
};

fn foreign_script(context: &Context) -> Vec<Finding> {
    let language = context.target.language();
    let scripts = &language.profile().scripts;
    if scripts.is_empty() || is_wrong_as_a_whole(context) {
        return Vec::new();
    }
    let text = context.text();
    let mut findings: Vec<Finding> = Vec::new();
    let mut last: Option<Span> = None;
    let (mut menus, mut elsewhere) = (Once::new(), Once::new());
    // Every text may hold words in ASCII letters.
    for token in context.target.tokens.iter().filter(|token| token.kind != Kind::Number && !token.shape.is_ascii()) {
        let Some(found) = token.text(text).chars().find_map(script) else { continue };
        let own = found == "Latin" || scripts.iter().any(|own| own == found);
        if own || found == "Greek" && token.text(text).chars().count() < 3 {
            continue;
        }
        let number = context.target.segment_at(token.span.start);
        let segment = &context.target.segments[number];
        if is_gloss(context, token.span)
            || *elsewhere.ask(number, |_| foreign_language(context, segment).is_some())
            || *menus.ask(segment.block, |block| is_menu(context, *block))
        {
            continue;
        }
        // Figures and marks between two foreign words belong to them: `总投资超过35亿欧元`.
        let joined =
            last.is_some_and(|last| segment.span.start <= last.start && !text[last.end..token.span.start].contains(is_letter));
        match findings.last_mut().filter(|_| joined) {
            Some(finding) => finding.span = finding.span.join(token.span),
            None => findings.push(Finding::new(
                token.span,
                format!("words in {found} script stand in a sentence in {}", language.profile().name),
            )),
        }
        last = Some(token.span);
    }
    findings
}

fn is_menu(context: &Context, block: usize) -> bool {
    let line = context.target.document.blocks[block].span.of(context.text());
    context.corpus.endonyms(line) >= 4
}

/// Bytes before and behind a word in which the brackets around it stand, and of the longest quotation in another script.
const OPENED: usize = 600;
const CLOSED: usize = 120;
const QUOTED: usize = 2_000;

/// In brackets, or alone in a quotation: `« 人工智能 »`. A quotation that mixes scripts is none.
fn is_gloss(context: &Context, span: Span) -> bool {
    let text = context.text();
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(OPENED))..span.start];
    let opened = before
        .rfind(['(', '[', '（', '\n'])
        .is_some_and(|at| !before[at..].starts_with('\n') && !before[at..].contains([')', ']', '）']));
    let after = &text[span.end..text.floor_char_boundary(span.end + CLOSED)];
    let bracketed = opened && after.contains([')', ']', '）']);
    let pure = |inner: &str| inner.chars().filter(|c| is_letter(*c) || is_unspaced(*c)).all(|c| script(c) != Some("Latin"));
    let short = |inner: Span| inner.len() <= QUOTED && pure(inner.of(text));
    let quoted = context.target.quotations.around(span).any(|quotation| short(quotation.inner));
    bracketed || quoted
}

const MIXED_SCRIPT_WORD: Rule = Rule {
    id: "language/mixed-script-word",
    category: Category::Encoding,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "One word mixes letters of two scripts",
    why: "A Cyrillic or Greek letter that looks Latin breaks search and reading aloud, and may hide a forged address.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le [[prés\u{456}dent]] a parlé jeudi.",
        good: "Le président a parlé jeudi.",
    }],
    check: mixed_script_word,
};

/// The first byte of the first Greek letters: those before them are Latin.
const GREEK_LEAD: u8 = 0xCD;

fn mixed_script_word(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut menus = Once::new();
    let mut in_menu = |token: &Token| {
        let segment = &context.target.segments[context.target.segment_at(token.span.start)];
        *menus.ask(segment.block, |block| is_menu(context, *block))
    };
    let mixed = context.target.tokens.iter().filter(|token| {
        if token.kind != Kind::Word || token.shape.is_ascii() {
            return false;
        }
        let word = token.text(text);
        let has = |name| word.chars().any(|c| script(c) == Some(name));
        word.bytes().any(|byte| byte >= GREEK_LEAD)
            && has("Latin")
            && (has("Cyrillic") || has("Greek") && !word.contains(['µ', 'μ', 'Ω', 'α', 'β', 'γ', 'π']))
            && !in_menu(token)
    });
    mixed.map(|token| Finding::new(token.span, format!("{:?} mixes two scripts", token.text(text)))).collect()
}
