//! Typography, second part: stops that are doubled or displaced, and marks of another language.

use super::place::{after_apostrophe, places};
use super::typography::{begins_alone, is_abbreviated, is_spaced};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{characters, is_letter, is_unspaced};
use unicode_normalization::UnicodeNormalization;

pub const RULES: &[Rule] = &[SPACE_BEFORE_STOP, STOP_DOUBLED, STOP_BESIDE_QUOTE, FOREIGN_PUNCTUATION];

const SPACE_BEFORE_STOP: Rule = Rule {
    id: "typography/space-before-stop",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A space stands before a full stop or a comma",
    why: "No language puts a space there; most often something was cut out of the page before it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il faut de l'argent pour [[survivre .]] Tout est cher.",
        good: "Il faut de l'argent pour survivre. Tout est cher.",
    }],
    check: space_before_stop,
};

fn space_before_stop(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let stray = places(context, &['.', ',']).filter(|place| {
        let spaces = text[..place.at].chars().rev().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).count();
        let before = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']).chars().next_back();
        let after = place.after();
        spaces > 0
            && before.is_some_and(|c| is_letter(c) || c.is_numeric() || matches!(c, '%' | ')'))
            && (after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')'))
                || place.mark == ',' && after.is_some_and(is_letter) && before.is_some_and(is_letter))
    });
    stray
        .map(|place| {
            let head = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            let start = head.len()
                - head.chars().rev().take_while(|c| c.is_alphanumeric() || is_letter(*c)).map(char::len_utf8).sum::<usize>();
            let start = start.min(head.len() - head.chars().next_back().map_or(0, char::len_utf8));
            let space = if place.after().is_some_and(is_letter) { " " } else { "" };
            Finding::new(Span::new(start, place.at + 1), format!("a space stands before {:?}", place.mark)).exactly(format!(
                "{}{}{space}",
                &text[start..head.len()],
                place.mark
            ))
        })
        .collect()
}

const STOP_DOUBLED: Rule = Rule {
    id: "typography/stop-doubled",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Two marks that exclude each other stand side by side",
    why: "A mark is left over from words that were cut out or moved. Keep one.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "C'est la [[technologie. .]] Tout a changé.",
            good: "C'est la technologie. Tout a changé.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Plusieurs sociétés sont [[tombées.:]] la première en mai.",
            good: "Plusieurs sociétés sont tombées : la première en mai.",
        },
    ],
    check: stop_doubled,
};

fn stop_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let mut past = 0;
    for place in places(context, &['.', ',', ';', ':', '!', '?']).collect::<Vec<_>>() {
        if place.at < past {
            continue;
        }
        let cluster: usize = place
            .rest()
            .chars()
            .take_while(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ' ' | '\u{a0}' | '\u{202f}'))
            .map(char::len_utf8)
            .sum();
        let marks = text[place.at..place.at + 1 + cluster].trim_end();
        let end = place.at + marks.len();
        past = end.max(place.at + 1);
        if !is_doubled(marks) || place.before().is_none_or(char::is_whitespace) && !marks.contains(' ') || place.is_address() {
            continue;
        }
        // `etc., U.S., e.g. ,`: the stop of an abbreviation.
        let after_stop = marks.strip_prefix('.').map(str::trim_start);
        let word = place.word_before();
        let initial = word.chars().nth(1).is_none() && text[..place.at - word.len()].ends_with('.');
        let abbreviated = after_stop.is_some_and(|after| after == "," || marks.len() == 2 && after != ":")
            && (initial || is_abbreviated(context, word));
        // What the source has so is no slip of the translation.
        if abbreviated || context.source.as_ref().is_some_and(|source| source.text().contains(marks)) {
            continue;
        }
        let start = place.at - place.word_before().len();
        let finding = Finding::new(Span::new(start, end), format!("the marks {marks:?} exclude each other"));
        findings.push(match repeated(marks) {
            Some(mark) => finding.exactly(format!("{}{mark}", place.word_before())),
            None => finding,
        });
    }
    findings
}

/// The mark that stands twice where once is meant: `. .`, `,,`. Two full stops without a space may be dots of which one was
/// lost.
fn repeated(marks: &str) -> Option<char> {
    let mut signs = marks.chars().filter(|c| !c.is_whitespace());
    let (first, second, more) = (signs.next()?, signs.next()?, signs.next());
    let spaced = marks.chars().any(char::is_whitespace);
    (more.is_none() && first == second && (first == ',' || first == '.' && spaced)).then_some(first)
}

/// Whether a cluster of marks is one that no language writes: not `?!`, not `...`, not `!!!`.
fn is_doubled(marks: &str) -> bool {
    let signs: Vec<char> = marks.chars().filter(|c| !c.is_whitespace()).collect();
    let spaced = marks.chars().any(char::is_whitespace);
    let excited = signs.iter().all(|c| matches!(c, '!' | '?' | '.' | '…'));
    let dots = signs.iter().all(|c| matches!(c, '.' | '…'));
    match signs.len() {
        0 | 1 => false,
        // `fin. ...`, `fin. .`, `quoi ? ?`
        _ if spaced && excited => !(dots && signs.len() == 3 && !marks.starts_with(". ...") && marks.starts_with(". . .")),
        _ if excited => signs.len() == 2 && dots,
        // `?,` and `...,` are written on purpose; `.:`, `,.`, `;,` never.
        2 => {
            matches!(
                (signs[0], signs[1]),
                ('.', ':' | ';' | ',') | (',', '.' | ',' | ';' | ':') | (';' | ':', '.' | ',' | ';') | ('!' | '?', '.')
            ) && !(signs == ['.', ','] && !spaced)
        }
        _ => false,
    }
}

const STOP_BESIDE_QUOTE: Rule = Rule {
    id: "typography/stop-beside-quote",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A stop stands on the wrong side of a quotation mark, or glued to it",
    why: "The quotation was cut out of the page: its stop is left alone, or the next word is glued to the mark.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Il a dit : « Le risque est [[réel. » .]] Puis il est parti.",
            good: "Il a dit : « Le risque est réel. » Puis il est parti.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Il l'achète à l'[[État.\"Nous]] n'avons rien\", a dit Paul.",
            good: "Il l'achète à l'État. \"Nous n'avons rien\", a dit Paul.",
        },
    ],
    check: stop_beside_quote,
};

fn stop_beside_quote(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let text = context.text();
    let mut findings = Vec::new();
    for place in places(context, &['"', '»', '”']) {
        let head = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let stopped = head.ends_with(['.', '!', '?', '…']);
        let tail = place.rest().trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let stray = stopped
            && (head.ends_with('.') && tail.starts_with('.') && !tail.starts_with("...")
                || head.ends_with('.')
                    && !head.ends_with("...")
                    && tail.starts_with(',')
                    && text[head.len()..place.at].contains(' '));
        let word = place.word_after();
        let long = word.chars().count() > 1 || begins_alone(context, &place, word) || after_apostrophe(&place, word);
        let glued = head.len() == place.at && stopped && word.chars().next().is_some_and(char::is_uppercase) && long;
        if !stray && !glued {
            continue;
        }
        let start = head.trim_end_matches(['.', '!', '?', '…', ' ']).len();
        let start = start - text[..start].chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
        let end = if glued { place.at + place.mark.len_utf8() + word.len() } else { text.len() - tail.len() + 1 };
        let message =
            if glued { "the quotation mark is glued to the next word" } else { "a stop is left alone beside the quotation mark" };
        let finding = Finding::new(Span::new(start, end), message);
        // `réel. » .`: the stop inside is enough.
        let quoted = &text[start..place.at + place.mark.len_utf8()];
        findings.push(if stray && tail.starts_with('.') { finding.exactly(quoted) } else { finding });
    }
    findings
}

const FOREIGN_PUNCTUATION: Rule = Rule {
    id: "typography/foreign-punctuation",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Punctuation of Chinese or Japanese stands in a text that does not use it",
    why: "Full-width marks and corner brackets are left over from the source.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe a vendu ses parts[[，]] puis il a fermé.",
        good: "Le groupe a vendu ses parts, puis il a fermé.",
    }],
    check: foreign_punctuation,
};

/// The first byte of U+3000, where the marks of Chinese and Japanese begin.
const CJK_LEAD: u8 = 0xE3;

fn foreign_punctuation(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let text = context.text();
    let residue = &context.target.language().profile().quotes.residue;
    let is_foreign = |c: char| {
        matches!(
            c,
            '，' | '。'
                | '、'
                | '：'
                | '；'
                | '！'
                | '？'
                | '（'
                | '）'
                | '【'
                | '】'
                | '《'
                | '》'
                | '「'
                | '」'
                | '『'
                | '』'
                | '～'
        )
    };
    let in_gloss = |at: usize, c: char| {
        let before = text[..at].chars().next_back().is_some_and(is_unspaced);
        let after = text[at + c.len_utf8()..].chars().next().is_some_and(is_unspaced);
        before || after
    };
    let found = characters(text, |byte| byte >= CJK_LEAD)
        .filter(|(at, c)| (is_foreign(*c) || is_residue(*c, residue)) && !in_gloss(*at, *c));
    found
        .map(|(at, c)| {
            let finding =
                Finding::new(Span::new(at, at + c.len_utf8()), format!("{c:?} is a mark of another language's typography"));
            match own_mark(text, at, c) {
                Some(mark) => finding.exactly(mark),
                None => finding,
            }
        })
        .collect()
}

/// What a full-width mark is in a text with spaces, with the space that it stood for. A sign between two figures may divide
/// them or their digits.
fn own_mark(text: &str, at: usize, mark: char) -> Option<String> {
    let narrow = match mark {
        '。' => '.',
        '、' => ',',
        _ => std::iter::once(mark).nfkc().next().filter(|c| matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')'))?,
    };
    let (before, after) = (text[..at].chars().next_back(), text[at + mark.len_utf8()..].chars().next());
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let lead = if narrow == '(' && word(before) { " " } else { "" };
    let trail = if narrow != '(' && word(after) { " " } else { "" };
    (!(digit(before) && digit(after))).then(|| format!("{lead}{narrow}{trail}"))
}

fn is_residue(c: char, residue: &[String]) -> bool {
    residue.iter().any(|mark| mark.chars().eq([c])) && crate::language::script::script(c).is_none() && c as u32 > 0x3000
}
