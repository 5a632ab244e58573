//! Typography, second part: stops that are doubled or displaced, marks of another language, spaces that are missing.

use super::place::{Place, after_apostrophe, places};
use super::typography::{begins_alone, is_abbreviated, is_spaced};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{characters, is_letter, is_unspaced};
use unicode_normalization::UnicodeNormalization;

pub const RULES: &[Rule] =
    &[SPACE_BEFORE_STOP, STOP_DOUBLED, STOP_BESIDE_QUOTE, FOREIGN_PUNCTUATION, SPACE_MISSING, SPACE_INSIDE_QUOTES];

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
