//! Punctuation that was glued to a word, doubled, or left over from another language's typography.

use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{is_letter, is_unspaced};

pub const RULES: &[Rule] = &[
    SENTENCES_GLUED,
    COMMA_GLUED,
    COLON_GLUED,
    BRACKET_GLUED,
    CAMEL_JOINT,
    SPACE_BEFORE_STOP,
    STOP_DOUBLED,
    STOP_BESIDE_QUOTE,
    FOREIGN_PUNCTUATION,
    SPACE_MISSING,
];

/// A character of the text with its neighbours, for rules that look at three signs at a time.
struct Place<'t> {
    text: &'t str,
    at: usize,
    mark: char,
}

impl Place<'_> {
    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn after(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        &self.text[self.at + self.mark.len_utf8()..]
    }

    fn word_before(&self) -> &str {
        let head = &self.text[..self.at];
        let start = head.char_indices().rev().take_while(|(_, c)| is_letter(*c)).last().map_or(head.len(), |(at, _)| at);
        &head[start..]
    }

    fn word_after(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())]
    }

    /// The stretch without white space around the mark: an address shows itself by a dot, a slash or an at sign elsewhere.
    fn is_address(&self) -> bool {
        let start = self.text[..self.at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let start = (start..=self.at).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.at);
        let end = self.rest().find(char::is_whitespace).map_or(self.text.len(), |length| self.at + self.mark.len_utf8() + length);
        let word = &self.text[start..end];
        word.contains(['/', '@', '_', '=']) || word.contains("www.")
    }

    /// From the letter before the mark to the letter after it.
    fn joint(&self) -> Span {
        let start = self.at - self.word_before().len();
        Span::new(start, self.at + self.mark.len_utf8() + self.word_after().len())
    }
}

fn places<'t>(text: &'t str, marks: &'t [char]) -> impl Iterator<Item = Place<'t>> {
    text.match_indices(marks).map(move |(at, mark)| Place { text, at, mark: mark.chars().next().unwrap_or(' ') })
}

/// Words stand apart in the target language.
fn is_spaced(context: &Context) -> bool {
    context.target.language().profile.spaced
}

const SENTENCES_GLUED: Rule = Rule {
    id: "typography/sentences-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space between two sentences",
    why: "Bold or link spans cut out of a page leave sentences glued together. Put a space after the stop.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Les prix ont [[baissé.Les]] clients reviennent.",
        good: "Les prix ont baissé. Les clients reviennent.",
    }],
    check: sentences_glued,
};

fn sentences_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let text = context.text();
    let glued = places(text, &['.', '!', '?', '…']).filter(|place| {
        let (before, after) = (place.word_before(), place.word_after());
        let lower = before.chars().next_back().is_some_and(char::is_lowercase) && before.chars().count() > 1;
        let closed = matches!(place.before(), Some('»' | '”' | ')')) || place.before().is_some_and(|c| c.is_ascii_digit());
        let quote = matches!(place.after(), Some('«' | '“')) && (lower || closed);
        let mut next = after.chars();
        let capital = next.next().is_some_and(char::is_uppercase) && next.all(|c| c.is_lowercase());
        let word = capital && (after.chars().count() > 1 || after_apostrophe(place, after));
        (quote || word && (lower || closed && after.chars().count() > 1)) && !place.is_address() && !is_abbreviated(context, before)
    });
    glued
        .map(|place| {
            let span = place.joint();
            let span = if place.word_after().is_empty() { Span::new(span.start, span.end + place.after().map_or(0, char::len_utf8)) } else { span };
            Finding::new(span, "no space between two sentences").instead(spaced(&place, span))
        })
        .collect()
}

fn after_apostrophe(place: &Place, word: &str) -> bool {
    place.rest()[word.len()..].chars().next().is_some_and(crate::token::is_apostrophe)
}

fn is_abbreviated(context: &Context, word: &str) -> bool {
    let folded = crate::token::folded(word);
    context.target.language().abbreviations.contains_key(&crate::token::hash(&folded))
}

/// The span's text with a space after the mark.
fn spaced(place: &Place, span: Span) -> String {
    let cut = place.at + place.mark.len_utf8();
    format!("{} {}", &place.text[span.start..cut], &place.text[cut..span.end])
}

const COMMA_GLUED: Rule = Rule {
    id: "typography/comma-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space after a comma",
    why: "Bold or link spans cut out of a page leave words glued to the comma.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Selon le [[rapport,Toyota]] perd des clients.",
        good: "Selon le rapport, Toyota perd des clients.",
    }],
    check: comma_glued,
};

fn comma_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context.text(), &[',', ';']).filter(|place| {
        let before = place.word_before().chars().count() > 1 || matches!(place.before(), Some('»' | ')'));
        before && place.after().is_some_and(|c| is_letter(c) || c == '«') && !place.is_address() && !(place.mark == ';' && place.text[..place.at].ends_with(|c: char| c.is_ascii_lowercase()) && is_entity(place))
    });
    glued
        .map(|place| {
            let span = place.joint();
            let span = if place.word_after().is_empty() { Span::new(span.start, span.end + place.after().map_or(0, char::len_utf8)) } else { span };
            Finding::new(span, format!("no space after {:?}", place.mark)).instead(spaced(&place, span))
        })
        .collect()
}

/// The semicolon of `&nbsp;`.
fn is_entity(place: &Place) -> bool {
    place.text[..place.at].rfind('&').is_some_and(|at| place.at - at < 10)
}

const COLON_GLUED: Rule = Rule {
    id: "typography/colon-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space after a colon",
    why: "What follows a colon begins with a space; most often a quotation has lost its marks here as well.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il a dit [[:Nous]] partirons demain.",
        good: "Il a dit : nous partirons demain.",
    }],
    check: colon_glued,
};

fn colon_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let text = context.text();
    let glued = places(text, &[':']).filter(|place| {
        let before = place.before().is_some_and(|c| is_letter(c) && !c.is_uppercase() || c.is_whitespace() || matches!(c, '»' | ')'));
        let after = place.word_after();
        let word = after.chars().count() > 1 || !after.is_empty() && after_apostrophe(place, after);
        let capital = after.chars().next().is_some_and(char::is_uppercase);
        before && (word && (capital || place.word_before().chars().count() > 2) || place.after() == Some('«')) && !place.is_address() && !is_gendered(place)
    });
    glued
        .map(|place| {
            let word = place.word_after().len().max(place.after().map_or(0, char::len_utf8));
            let span = Span::new(place.at, place.at + 1 + word);
            Finding::new(span, "no space after the colon").instead(spaced(&place, span))
        })
        .collect()
}

/// German `Bürger:innen`.
fn is_gendered(place: &Place) -> bool {
    place.before().is_some_and(is_letter) && place.after().is_some_and(char::is_lowercase)
}

const BRACKET_GLUED: Rule = Rule {
    id: "typography/bracket-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "No space before an opening bracket",
    why: "A gloss is parted from its word by a space.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "On croit [[qu'ils(Les]] grands groupes) perdront.",
        good: "On croit qu'ils (les grands groupes) perdront.",
    }],
    check: bracket_glued,
};

fn bracket_glued(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let glued = places(context.text(), &['(']).filter(|place| {
        let before = place.word_before();
        let mut letters = place.word_after().chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        before.chars().next_back().is_some_and(char::is_lowercase) && before.chars().count() > 1 && capital && !place.is_address()
    });
    glued
        .map(|place| {
            let head = &place.text[..place.at];
            let start = head.rfind(char::is_whitespace).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
            let span = Span::new(start, place.at + 1 + place.word_after().len());
            Finding::new(span, "no space before the bracket").instead(format!("{} {}", &place.text[start..place.at], &place.text[place.at..span.end]))
        })
        .collect()
}

const CAMEL_JOINT: Rule = Rule {
    id: "typography/words-glued",
    category: Category::Punctuation,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Two words are glued together",
    why: "Bold or link spans cut out of a page leave a small word glued to the capital of the next.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Les experts disent [[queD]]'ici mai, tout changera.",
        good: "Les experts disent que d'ici mai, tout changera.",
    }],
    check: camel_joint,
};

fn camel_joint(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let mut findings = Vec::new();
    for token in &context.target.tokens {
        let word = token.text(text);
        let joint = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
        let Some(joint) = joint.filter(|at| word[..*at].chars().all(char::is_lowercase)) else { continue };
        // Only a function word can have been glued: `queD'ici`; brands such as eBay or iPhone begin with none.
        let known = language.function_words.contains(&crate::token::hash(&word[..joint])) && word[..joint].chars().count() > 1;
        let mut rest = word[joint..].chars().skip(1);
        if known && rest.all(char::is_lowercase) {
            let suggestion = format!("{} {}", &word[..joint], &word[joint..]);
            findings.push(Finding::new(token.span, "two words are glued together").instead(suggestion));
        }
    }
    findings
}

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
    let stray = places(text, &['.', ',']).filter(|place| {
        let spaces = text[..place.at].chars().rev().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')).count();
        let before = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']).chars().next_back();
        let after = place.after();
        spaces > 0
            && before.is_some_and(|c| is_letter(c) || c.is_numeric() || matches!(c, '%' | ')'))
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '»' | '”' | ')'))
    });
    stray
        .map(|place| {
            let head = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            let start = head.len() - head.chars().rev().take_while(|c| c.is_alphanumeric() || is_letter(*c)).map(char::len_utf8).sum::<usize>();
            let start = start.min(head.len() - head.chars().next_back().map_or(0, char::len_utf8));
            Finding::new(Span::new(start, place.at + 1), format!("a space stands before {:?}", place.mark))
                .instead(format!("{}{}", &text[start..head.len()], place.mark))
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
    for place in places(text, &['.', ',', ';', ':', '!', '?']).collect::<Vec<_>>() {
        if place.at < past {
            continue;
        }
        let cluster: usize = place.rest().chars().take_while(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ' ' | '\u{a0}' | '\u{202f}')).map(char::len_utf8).sum();
        let marks = text[place.at..place.at + 1 + cluster].trim_end();
        let end = place.at + marks.len();
        past = end.max(place.at + 1);
        if !is_doubled(marks) || place.before().is_none_or(char::is_whitespace) && !marks.contains(' ') || place.is_address() {
            continue;
        }
        // `etc., U.S., `: the stop of an abbreviation.
        if marks.starts_with('.') && !marks.contains(' ') && marks.len() == 2 && !marks.ends_with(':') && is_abbreviated(context, place.word_before()) {
            continue;
        }
        let start = place.at - place.word_before().len();
        findings.push(Finding::new(Span::new(start, end), format!("the marks {marks:?} exclude each other")));
    }
    findings
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
        2 => matches!((signs[0], signs[1]), ('.', ':' | ';' | ',') | (',', '.' | ',' | ';' | ':') | (';' | ':', '.' | ',' | ';') | ('!' | '?', '.')) && !(signs == ['.', ','] && !spaced),
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
    for place in places(text, &['"', '»', '”']) {
        let head = text[..place.at].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let stopped = head.ends_with(['.', '!', '?', '…']);
        let tail = place.rest().trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let stray = stopped && (tail.starts_with('.') && !tail.starts_with("...") || head.ends_with('.') && !head.ends_with("...") && tail.starts_with(',') && text[head.len()..place.at].contains(' '));
        let word = place.word_after();
        let glued = head.len() == place.at && stopped && word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
        if !stray && !glued {
            continue;
        }
        let start = head.trim_end_matches(['.', '!', '?', '…', ' ']).len();
        let start = start - text[..start].chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
        let end = if glued { place.at + place.mark.len_utf8() + word.len() } else { text.len() - tail.len() + 1 };
        let message = if glued { "the quotation mark is glued to the next word" } else { "a stop is left alone beside the quotation mark" };
        findings.push(Finding::new(Span::new(start, end), message));
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

fn foreign_punctuation(context: &Context) -> Vec<Finding> {
    if !is_spaced(context) {
        return Vec::new();
    }
    let text = context.text();
    let residue = &context.target.language().profile.quotes.residue;
    let is_foreign = |c: char| matches!(c, '，' | '。' | '、' | '：' | '；' | '！' | '？' | '（' | '）' | '【' | '】' | '《' | '》' | '「' | '」' | '『' | '』' | '～');
    let in_gloss = |at: usize, c: char| {
        let before = text[..at].chars().next_back().is_some_and(is_unspaced);
        let after = text[at + c.len_utf8()..].chars().next().is_some_and(is_unspaced);
        before || after
    };
    let found = text.char_indices().filter(|(at, c)| !c.is_ascii() && (is_foreign(*c) || is_residue(*c, residue)) && !in_gloss(*at, *c));
    found.map(|(at, c)| Finding::new(Span::new(at, at + c.len_utf8()), format!("{c:?} is a mark of another language's typography"))).collect()
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
    let stops = &context.target.language().profile.stops;
    let wanted = |list: &[String], mark: char| list.iter().any(|known| known.chars().eq([mark]));
    if stops.spaced_before.is_empty() {
        return Vec::new();
    }
    let missing = places(text, &[':', ';', '!', '?', '»', '«']).filter(|place| {
        let next = place.after();
        let before = place.before().is_some_and(|c| is_letter(c) || matches!(c, ')' | '"'));
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | ')'));
        let high = wanted(&stops.spaced_before, place.mark) && before && (ends || place.mark == '»') && !place.is_address();
        let opening = wanted(&stops.spaced_after, place.mark) && next.is_some_and(is_letter);
        high || opening
    });
    // Where the whole text does without, it is the house style (Swiss, Canadian) and said once.
    let mut found: Vec<Finding> = missing
        .map(|place| {
            let span = Span::new(place.at, place.at + place.mark.len_utf8());
            let right = if wanted(&stops.spaced_after, place.mark) { format!("{}\u{a0}", place.mark) } else { format!("\u{a0}{}", place.mark) };
            Finding::new(span, format!("a no-break space is missing beside {:?}", place.mark)).instead(right)
        })
        .collect();
    found.truncate(3);
    found
}
