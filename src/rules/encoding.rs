//! Text that was read or written in the wrong encoding, and code that shows through.

use super::place::{last_word, marked};
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::is_letter;

pub const RULES: &[Rule] = &[MOJIBAKE, REPLACEMENT_CHARACTER, LETTER_LOST, BIDI_OVERRIDE, INVISIBLE_CHARACTER, ENTITY_RESIDUE];

const MOJIBAKE: Rule = Rule {
    id: "encoding/mojibake",
    category: Category::Encoding,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Letters were read in the wrong encoding",
    why: "UTF-8 text was read as Windows-1252: one letter became two or three signs. Read the file again in the right encoding.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le pr[[Ã©]]sident a parlé jeudi.",
        good: "Le président a parlé jeudi.",
    }],
    check: mojibake,
};

fn mojibake(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let mut free = 0;
    // What begins a letter in UTF-8 is read as one of `Â` to `ô`.
    for start in memchr::memchr_iter(LEAD, text.as_bytes()).filter(|start| matches!(text.as_bytes()[start + 1], 0x82..=0xB4)) {
        if start < free {
            continue;
        }
        let after = start + 2;
        if text[after..].starts_with(|c: char| !c.is_ascii()) {
            let Some((length, letter)) = decoded(&text[start..]) else { continue };
            let span = Span::new(start, start + length);
            free = span.end;
            findings.push(Finding::new(span, format!("{:?} should be {letter:?}", span.of(text))).exactly(letter.to_string()));
        } else if text.as_bytes()[..start].last().is_none_or(u8::is_ascii) {
            findings.extend(lead_left(context, Span::new(start, after)));
        }
    }
    findings
}

/// The first byte of `À` to `ÿ`.
const LEAD: u8 = 0xC3;

/// `Ã` alone at the end of a word of small letters, where the language does not write it: the second half of `à` was a
/// no-break space, and programs make a space of that.
fn lead_left(context: &Context, span: Span) -> Option<Finding> {
    let text = context.text();
    let known = span.of(text) != "Ã" || context.target.language().profile().letters.contains(['ã', 'Ã']);
    let small = text[..span.start].ends_with(char::is_lowercase) && text[span.end..].starts_with([' ', '\u{a0}']);
    (!known && small).then(|| Finding::new(span, "\"Ã\" should be 'à'").instead("à"))
}

/// The letter that the first signs of a run stand for when they are UTF-8 read as Windows-1252, and their length.
fn decoded(run: &str) -> Option<(usize, char)> {
    let mut bytes = Vec::new();
    let mut length = 0;
    for c in run.chars().take_while(|c| !c.is_ascii()).take(4) {
        bytes.push(windows_1252(c)?);
        length += c.len_utf8();
        if let Some(letter) = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            let plausible = matches!(letter as u32, 0xA0..=0x17F | 0x218..=0x21B | 0x2010..=0x2044 | 0x20AC | 0x2122);
            return (bytes.len() > 1 && plausible).then_some((length, letter));
        }
    }
    None
}

/// The byte of a character in Windows-1252; the five bytes it leaves out stand for themselves.
fn windows_1252(c: char) -> Option<u8> {
    if matches!(c as u32, 0x80..=0xFF) {
        return Some(c as u32 as u8);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmapped) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if unmapped { None } else { bytes.first().copied() }
}

const REPLACEMENT_CHARACTER: Rule = Rule {
    id: "encoding/replacement-character",
    category: Category::Encoding,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A letter was lost and U+FFFD stands in its place",
    why: "A program could not decode a letter. Only the original file still has it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le pr[[\u{FFFD}]]sident a parlé jeudi.",
        good: "Le président a parlé jeudi.",
    }],
    check: replacement_character,
};

fn replacement_character(context: &Context) -> Vec<Finding> {
    let found = context.text().match_indices('\u{FFFD}');
    found.map(|(at, mark)| Finding::new(Span::new(at, at + mark.len()), "a letter is lost here")).collect()
}

const LETTER_LOST: Rule = Rule {
    id: "encoding/letter-lost",
    category: Category::Encoding,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A question mark stands inside a word, where a letter or an apostrophe was",
    why: "A program replaced what it could not write by a question mark.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le ministre de l[[?]]économie a parlé jeudi.",
        good: "Le ministre de l'économie a parlé jeudi.",
    }],
    check: letter_lost,
};

fn letter_lost(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let inside = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(is_letter);
        let mut after = text[at + 1..].chars();
        before && after.next().is_some_and(char::is_lowercase) && !is_address(text, at)
    };
    let found = text.match_indices('?').filter(|(at, _)| inside(*at));
    found.map(|(at, _)| Finding::new(Span::new(at, at + 1), "a letter or an apostrophe was replaced by \"?\"")).collect()
}

/// Whether a place lies in a web address: a word with a slash in it.
fn is_address(text: &str, at: usize) -> bool {
    let word = last_word(&text[..at]);
    word.contains('/') || word.contains("www.")
}

const BIDI_OVERRIDE: Rule = Rule {
    id: "encoding/bidi-override",
    category: Category::Encoding,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A control turns round the order in which letters are shown",
    why: "Behind U+202D or U+202E readers see other words than search and machines do. No language is written with them: delete it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "La facture est de [[\u{202E}]]0001 euros.",
        good: "La facture est de 1000 euros.",
    }],
    check: bidi_override,
};

/// The overrides. Embeddings and isolates are written in Arabic and Hebrew; of overrides there is none in 44 million
/// characters of translations in thirty languages.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202D}' | '\u{202E}')
}

fn bidi_override(context: &Context) -> Vec<Finding> {
    let found = marked(context, is_override);
    found
        .map(|(at, c)| {
            let message = format!("the control U+{:04X} turns round what follows", c as u32);
            Finding::new(Span::new(at, at + c.len_utf8()), message)
        })
        .collect()
}

const INVISIBLE_CHARACTER: Rule = Rule {
    id: "encoding/invisible-character",
    category: Category::Encoding,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "An invisible character stands in the text",
    why: "Zero-width and direction characters break search, copying and line breaks, and can hide words. Delete it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le prési[[\u{200B}]]dent a parlé jeudi.",
        good: "Le président a parlé jeudi.",
    }],
    check: invisible_character,
};

fn invisible_character(context: &Context) -> Vec<Finding> {
    let text = context.text();
    // Joiners are letters' business in scripts that join them.
    let joins = |at: usize| text[..at].chars().next_back().is_some_and(|c| ('\u{600}'..'\u{1100}').contains(&c));
    let hidden = |c: char| {
        matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}'..='\u{2064}' | '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}')
            // Letters that no font shows: they carry whole sentences past the reader.
            || matches!(c, '\u{E0000}'..='\u{E0FFF}')
    };
    let found = marked(context, |c| !c.is_ascii()).filter(|(at, c)| {
        hidden(*c) && !in_flag(text, *at) || matches!(c, '\u{200C}' | '\u{200D}') && !joins(*at) && !is_emoji(text, *at)
    });
    found
        .map(|(at, c)| {
            Finding::new(Span::new(at, at + c.len_utf8()), format!("the invisible character U+{:04X} stands here", c as u32))
        })
        .collect()
}

/// The letters behind a black flag say whose it is.
fn in_flag(text: &str, at: usize) -> bool {
    const LONGEST: usize = 8;
    let letter = |c: char| matches!(c, '\u{E0020}'..='\u{E007F}');
    let mut before = text[..at].chars().rev().take(LONGEST);
    text[at..].starts_with(letter) && before.find(|c| !letter(*c)) == Some('\u{1F3F4}')
}

/// A joiner between two signs makes one emoji.
fn is_emoji(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c as u32 >= 0x2190 && !is_letter(c))
}

const ENTITY_RESIDUE: Rule = Rule {
    id: "encoding/entity-residue",
    category: Category::Markup,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Code of the page stands in the text",
    why: "HTML entities, tags and escapes are for programs; the reader must never see them.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Recherche [[&amp;]] développement, disent-ils.",
        good: "Recherche et développement, disent-ils.",
    }],
    check: entity_residue,
};

fn entity_residue(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (at, c) in marked(context, |c| matches!(c, '&' | '<' | '\\')) {
        let length = match c {
            '&' => entity(&text[at..]),
            '<' => tag(&text[at..]),
            _ => escape(&text[at..]),
        };
        if let Some(length) = length {
            let span = Span::new(at, at + length);
            findings.push(Finding::new(span, format!("{:?} is code of the page", span.of(text))));
        }
    }
    findings
}

/// The length of an entity: `&nbsp;`, `&#39;`.
fn entity(rest: &str) -> Option<usize> {
    let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#')? + 1;
    (rest[end..].starts_with(';') && (3..=10).contains(&end)).then_some(end + 1)
}

/// The length of an HTML tag: `<br>`, `</p>`, `<a href="…">`.
fn tag(rest: &str) -> Option<usize> {
    const LONGEST: usize = 300;
    const NAMES: &[&str] = &[
        "a", "b", "i", "p", "u", "br", "em", "h1", "h2", "h3", "li", "ol", "td", "tr", "ul", "div", "img", "span", "strong",
        "table", "script", "font",
    ];
    let inner = rest[1..].trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let close = rest[..rest.floor_char_boundary(LONGEST)].find('>')?;
    NAMES.contains(&inner[..end].to_ascii_lowercase().as_str()).then_some(close + 1)
}

/// The length of an escape that was not undone: `\u00e9`.
fn escape(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix("\\u")?.bytes().take(4).filter(u8::is_ascii_hexdigit).count();
    (digits == 4).then_some(6)
}
