//! Units that a text names, with a number or without.

use crate::article::Analysis;
use crate::corpus::quantities::{Quantities, Unit};
use crate::document::Span;
use crate::extract::Form;
use crate::token::{Kind, Token, folded, hash, is_apostrophe, is_unspaced};

/// A unit in the text.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    pub span: Span,
    pub unit: &'a Unit,
    /// It belongs to a number.
    pub counted: bool,
}

impl Mention<'_> {
    /// A word of its own, no symbol of an hour (`11 h 15`).
    pub fn is_word(&self, analysis: &Analysis) -> bool {
        self.span.of(analysis.text()).chars().count() > LONGEST_SYMBOL
    }

    /// Small letters that mean a measure, are no word of the language, and have no digits beside them.
    pub fn is_symbol(&self, analysis: &Analysis) -> bool {
        let text = analysis.text();
        let symbol = self.span.of(text);
        let length = symbol.chars().count();
        // No word is made of consonants alone.
        let consonant = |c: char| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        let short = (2..=LONGEST_SYMBOL).contains(&length) && symbol.chars().all(consonant);
        let physical = self.unit.factor.is_some() && self.unit.dimension != "time";
        if symbol.chars().all(|c| !c.is_alphanumeric()) {
            return !self.counted;
        }
        let digits = |c: Option<char>| c.is_some_and(char::is_numeric);
        let beside = text[self.span.end..].chars().find(|c| !c.is_whitespace());
        let before = text[..self.span.start].chars().rev().find(|c| !c.is_whitespace());
        let grammar = || {
            let tokens = analysis.tokens_in(self.span);
            tokens.iter().any(|token| analysis.language().function_words.contains(&token.form))
        };
        !self.counted && short && physical && !digits(beside) && !digits(before) && before != Some('/') && !grammar()
    }
}

const LONGEST_SYMBOL: usize = 2;

/// The units that a stretch names. Unspaced scripts tell units from parts of words only beside a number.
pub fn mentions<'a>(analysis: &'a Analysis, span: Span) -> Vec<Mention<'a>> {
    let quantities = &analysis.language().quantities;
    let text = &analysis.text()[..span.end];
    let mut found: Vec<Mention> = Vec::new();
    for number in analysis.numbers_in(span) {
        let unit = number.unit.as_deref().and_then(|unit| quantities.unit(unit));
        let counted = number.form != Form::Words || number.upper.is_none();
        if let Some((unit, span)) = unit.zip(number.unit_span) {
            found.push(Mention { span, unit, counted });
        }
    }
    let mut add = |(place, span): (u16, Span)| {
        if found.iter().all(|known| !known.span.overlaps(span)) {
            found.push(Mention { span, unit: quantities.unit_at(place), counted: false });
        }
    };
    for token in analysis.tokens_in(span) {
        match token.kind {
            Kind::Word => word(quantities, text, token).into_iter().for_each(&mut add),
            Kind::Unspaced => signs(quantities, text, token.span).for_each(&mut add),
            Kind::Number => {}
        }
    }
    found
}

/// The unit that a word is, or that stands before its apostrophe.
fn word(quantities: &Quantities, text: &str, token: &Token) -> Option<(u16, Span)> {
    if let Some((place, end)) = quantities.units.at_token(text, token, |_| true) {
        return Some((place, Span::new(token.span.start, end)));
    }
    let written = token.text(text);
    // Most words have no byte that an apostrophe begins with.
    if !written.bytes().any(|byte| matches!(byte, b'\'' | 0xCA | 0xE2)) {
        return None;
    }
    let head = &written[..written.find(is_apostrophe)?];
    let span = Span::new(token.span.start, token.span.start + head.len());
    let head = Token { span, form: hash(&folded(head)), ..*token };
    let (place, end) = quantities.units.at_token(&text[..span.end], &head, |_| true)?;
    (end == span.end).then_some((place, span))
}

/// The units in a run of unspaced script that are written with more than one character: 小时, 个月.
fn signs(quantities: &Quantities, text: &str, span: Span) -> impl Iterator<Item = (u16, Span)> {
    let starts = span.of(text).char_indices().map(move |(offset, _)| span.start + offset);
    let unit = |start| quantities.units.at_sign(text, start, |_| true).map(|(place, end)| (place, Span::new(start, end)));
    starts.filter_map(unit).filter(|(_, span)| span.of(text).chars().nth(1).is_some())
}

/// Whether a stretch names a unit, has a word made of it (`annuel`), or the year or the month that it would be said of.
pub fn names(analysis: &Analysis, span: Span, unit: &str) -> bool {
    let named = mentions(analysis, span).iter().any(|mention| mention.unit.id == unit);
    let dated = analysis.dates_in(span).iter().any(|date| match unit {
        "year" => date.year.is_some(),
        "month" => date.month.is_some(),
        _ => false,
    });
    let year = || unit == "year" && analysis.numbers_in(span).iter().any(|number| number.form == Form::Year);
    named || dated || year() || says_kin(analysis, span, unit)
}

/// Whether a stretch speaks of a unit in any way: by name, by a word made of it, by a date.
pub fn says(analysis: &Analysis, span: Span, unit: &str) -> bool {
    // A weekday answers for a day; no day is missed where the other side names one.
    let day = || unit == "day" && analysis.dates_in(span).iter().any(|date| date.day.is_some() || date.weekday.is_some());
    day() || names(analysis, span, unit)
}

fn says_kin(analysis: &Analysis, span: Span, unit: &str) -> bool {
    let quantities = &analysis.language().quantities;
    let mut patterns = quantities.kin_of(unit).peekable();
    if patterns.peek().is_none() {
        return false;
    }
    let tokens = analysis.tokens_in(span);
    let words: Vec<_> =
        tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| folded(token.text(analysis.text()))).collect();
    let whole = span.of(analysis.text());
    let phrases = folded(whole).replace('-', " ");
    patterns.any(|pattern| {
        let plain = pattern.trim_matches('*');
        if plain.chars().all(is_unspaced) {
            return whole.contains(plain);
        }
        if plain.contains(' ') {
            return phrases.contains(plain);
        }
        words.iter().any(|word| match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, true) => word.contains(plain),
            (true, false) => word.ends_with(plain),
            (false, true) => word.starts_with(plain),
            (false, false) => word == plain,
        })
    })
}

/// Signs of a percentage that stand behind a letter instead of a number, among the marks of a stretch.
pub fn stray_signs<'a>(analysis: &'a Analysis, span: Span, marks: &[(usize, char)]) -> Vec<Mention<'a>> {
    let quantities = &analysis.language().quantities;
    let text = &analysis.text()[..span.end];
    let signs = marks.iter().filter(|(_, c)| !c.is_whitespace());
    let percents = signs.filter_map(|&(start, _)| {
        let (place, end) = quantities.units.at_sign(text, start, |_| true)?;
        let unit = Some(quantities.unit_at(place)).filter(|unit| unit.id == "percent")?;
        let before = text[span.start..start].trim_end().chars().next_back()?;
        let lonely = before.is_alphabetic() && text[..start].ends_with(char::is_whitespace);
        lonely.then_some(Mention { span: Span::new(start, end), unit, counted: false })
    });
    percents.collect()
}

/// Where an unspaced text has a sign that a unit is written with: 月 in 本月初.
pub fn sign_of(analysis: &Analysis, span: Span, unit: &str) -> Option<Span> {
    let signs = analysis.language().quantities.kin_of(unit).filter(|sign| sign.chars().all(is_unspaced));
    let found = signs.filter_map(|sign| span.of(analysis.text()).find(sign).map(|at| (at, sign.len()))).min()?;
    Some(Span::new(span.start + found.0, span.start + found.0 + found.1))
}
