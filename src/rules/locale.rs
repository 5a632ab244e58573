//! Figures and quotation marks written as another language writes them.

use super::place::marked;
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::extract::{Form, Number};
use crate::language::script::script;
use crate::mqm::{Category, Severity, Tier};
use crate::token::Kind;

pub const RULES: &[Rule] = &[FIGURE_FOREIGN, QUOTES_FOREIGN];

const FIGURE_FOREIGN: Rule = Rule {
    id: "typography/figure-foreign",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A figure is written as another language writes it",
    why: "Point and comma change places between languages: what is a decimal here groups thousands there, and readers misread.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le groupe a perdu [[3.5]] millions d'euros en mars.",
            good: "Le groupe a perdu 3,5 millions d'euros en mars.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The group lost [[3,5]] million euros in March.",
            good: "The group lost 3.5 million euros in March.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "The bill came to [[6.480,50]] euros in March.",
            good: "The bill came to 6,480.50 euros in March.",
        },
        Example {
            langs: "de",
            source: "",
            bad: "Die Gruppe hat [[2,400,000]] Euro verloren.",
            good: "Die Gruppe hat 2.400.000 Euro verloren.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "Il gruppo ha [[1,200]] dipendenti in Portogallo.",
            good: "Il gruppo ha 1.200 dipendenti in Portogallo.",
        },
    ],
    check: figure_foreign,
};

/// What is wrong with a figure.
enum Foreign {
    /// A decimal sign that the language does not know: `3.5 millions`.
    Decimal,
    /// Thousands grouped by a sign that divides no thousands: `2,400,000`.
    Group,
    /// Both signs change places: `6.480,50` in English.
    Both,
    /// Either, before a word that is counted: `1,200 salariés`.
    Count,
}

fn figure_foreign(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let profile = context.target.language().profile();
    let own = &profile.numbers;
    if own.decimal.is_empty() {
        return Vec::new();
    }
    let whole = Span::new(0, text.len());
    let mut findings = Vec::new();
    for number in context.target.numbers_in(whole).iter().filter(|number| number.form == Form::Digits) {
        let Some(digits) = digits(text, number.span) else { continue };
        let Some(foreign) = foreign(context, number, digits) else { continue };
        let written = digits.of(text);
        let (decimal, group) = (&own.decimal[0], own.group.first().map_or("", String::as_str));
        let right = match foreign {
            Foreign::Decimal => written.replace(MARKS, decimal),
            Foreign::Group | Foreign::Count => written.replace(MARKS, group),
            Foreign::Both => {
                let (whole, rest) = written.rsplit_once(MARKS).unwrap_or((written, ""));
                format!("{}{decimal}{rest}", whole.replace(MARKS, group))
            }
        };
        let message = match foreign {
            Foreign::Decimal => format!("{written:?}: the decimal sign of {} is {decimal:?}", profile.name),
            Foreign::Group | Foreign::Both => format!("{written:?}: thousands are not grouped so in {}", profile.name),
            Foreign::Count => format!("{written:?} reads as a number with three decimals"),
        };
        findings.push(Finding::new(digits, message).instead(right));
    }
    findings
}

/// The two signs that change places between languages.
const MARKS: [char; 2] = ['.', ','];
/// Digits of a group, and of the longest decimals that are no group.
const GROUP: usize = 3;
/// Letters of the shortest word that is taken for what is counted: shorter ones may be signs of units.
const COUNTED: usize = 4;

/// The first figure of a number, with the marks inside it.
fn digits(text: &str, span: Span) -> Option<Span> {
    let written = span.of(text);
    let start = written.find(|c: char| c.is_ascii_digit())?;
    let rest = &written[start..];
    let length = rest.find(|c: char| !c.is_ascii_digit() && !MARKS.contains(&c)).unwrap_or(rest.len());
    let length = rest[..length].trim_end_matches(MARKS).len();
    Some(Span::new(span.start + start, span.start + start + length))
}

fn foreign(context: &Context, number: &Number, digits: Span) -> Option<Foreign> {
    let text = context.text();
    let own = &context.target.language().profile().numbers;
    let knows = |signs: &[String], mark: char| signs.iter().any(|sign| sign.chars().eq([mark]));
    let written = digits.of(text);
    let mark = written.chars().find(|c| MARKS.contains(c))?;
    let groups: Vec<&str> = written.split(mark).collect();
    let inner = |group: &&str| group.len() == GROUP && group.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups[0].len() <= GROUP && !groups[0].starts_with('0') && groups[1..].iter().all(inner);
    if knows(&own.tolerated, mark) || part_of_more(text, digits) {
        return None;
    }
    if let Some((whole, rest)) = written.rsplit_once(|c| MARKS.contains(&c) && c != mark) {
        let thousands: Vec<&str> = whole.split(mark).collect();
        let last = written[whole.len()..].chars().next().unwrap_or(mark);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let foreign = !knows(&own.decimal, last) && !knows(&own.group, mark) && !knows(&own.tolerated, last);
        let whole = digits(thousands[0]) && thousands.len() > 1 && thousands[1..].iter().all(inner);
        return (foreign && whole && digits(rest)).then_some(Foreign::Both);
    }
    match groups.len() {
        2 if !knows(&own.decimal, mark) && (1..GROUP).contains(&groups[1].len()) => {
            let scaled = number.span.end > digits.end || number.unit.is_some();
            (groups[1].bytes().all(|b| b.is_ascii_digit()) && scaled).then_some(Foreign::Decimal)
        }
        2 if grouped && !knows(&own.group, mark) && number.unit.is_none() && number.span == digits => {
            counts(context, digits).then_some(Foreign::Count)
        }
        2 => None,
        _ => (grouped && !knows(&own.group, mark)).then_some(Foreign::Group),
    }
}

/// A longer label, an address, a range or a list of numbers.
fn part_of_more(text: &str, digits: Span) -> bool {
    let before = text[..digits.start].chars().next_back();
    let after = text[digits.end..].chars().next();
    let joined = |c: char| c.is_alphanumeric() || "-–/:_'’".contains(c) || MARKS.contains(&c);
    before.is_some_and(joined) || after.is_some_and(|c| c.is_alphanumeric() || "/:_".contains(c))
}

/// Whether a word in small letters that may be counted follows.
fn counts(context: &Context, digits: Span) -> bool {
    let text = context.text();
    let next = Span::new(digits.end, text.len().min(text.ceil_char_boundary(digits.end + NEXT)));
    let Some(token) = context.target.tokens_in(next).first() else { return false };
    let word = token.text(text);
    let function = context.target.language().function_words.contains(&token.form);
    token.kind == Kind::Word
        && !function
        && text[digits.end..token.span.start].chars().all(char::is_whitespace)
        && word.chars().count() >= COUNTED
        && (word.starts_with(char::is_lowercase) || context.target.language().profile().casing.nouns)
}

/// Bytes after a figure in which the next word begins.
const NEXT: usize = 40;

pub(super) const QUOTES_FOREIGN: Rule = Rule {
    id: "typography/quotes-foreign",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Quotation marks of another language's typography",
    why: "They came over with the text. Write those of the language.",
    examples: &[
        Example {
            langs: "en",
            source: "",
            bad: "The minister said [[«We will not give up»]] on Friday.",
            good: "The minister said “We will not give up” on Friday.",
        },
        Example {
            langs: "fr",
            source: "",
            bad: "Le ministre a parlé d'un [[„signal fort“]] vendredi.",
            good: "Le ministre a parlé d'un « signal fort » vendredi.",
        },
    ],
    check: quotes_foreign,
};

/// Bytes of the longest quotation whose other mark is looked for.
const QUOTED: usize = 600;

fn quotes_foreign(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let quotes = &context.target.language().profile().quotes;
    let (Some((open, close)), true) = (quotes.pairs.first(), super::typography::is_spaced(context)) else { return Vec::new() };
    // Corner brackets are the matter of typography/foreign-punctuation.
    let single = |mark: &String| mark.chars().next().filter(|first| first.len_utf8() == mark.len());
    let residue: Vec<char> = quotes.residue.iter().filter_map(single).collect();
    let is_foreign = |c: char| residue.contains(&c) && (c as u32) < CJK_MARKS && script(c).is_none();
    let mut findings: Vec<Finding> = Vec::new();
    let mut past = 0;
    for (at, mark) in marked(context, is_foreign) {
        if at < past {
            continue;
        }
        let inside = at + mark.len_utf8();
        let rest = &text[inside..text.floor_char_boundary(inside + QUOTED)];
        let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let closing = |c: char| closes(mark).contains(&c);
        let Some(length) = rest.find(closing).filter(|length| *length > 0) else { continue };
        let end = inside + length + rest[length..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(at, end);
        past = end;
        let quoted = rest[..length].trim();
        let space = if quotes_spaced(context) { "\u{a0}" } else { "" };
        findings.push(
            Finding::new(span, format!("{mark:?} opens no quotation in {}", context.target.language().profile().name))
                .instead(format!("{open}{space}{quoted}{space}{close}")),
        );
    }
    findings
}

/// Where the marks of Chinese and Japanese begin.
const CJK_MARKS: u32 = 0x3000;

/// What may close a quotation that a mark opens.
fn closes(mark: char) -> &'static [char] {
    match mark {
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        _ => &[],
    }
}

/// Whether the house marks have a space inside.
fn quotes_spaced(context: &Context) -> bool {
    context.target.language().profile().stops.spaced_before.iter().any(|mark| mark == "»")
}
