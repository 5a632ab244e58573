//! The unit of a number: a currency before it, or a unit after it.

use super::number_words::{Amount, First, Reading};
use super::reader::Reader;
use crate::corpus::quantities::{CURRENCY, Role};
use crate::document::Span;
use crate::token::{Kind, is_apostrophe};

/// A unit and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    /// The unit's place in the table of units; None for a percentage that only the number words know.
    pub unit: Option<u16>,
    /// What the number is to be multiplied by.
    pub factor: f64,
    pub span: Span,
}

const COUNT: &str = "count";
pub(super) const PERCENT: &str = "percent";

impl Measured {
    pub fn id(&self, reader: &Reader) -> String {
        self.unit.map_or_else(|| PERCENT.to_owned(), |place| reader.quantities.unit_at(place).id.clone())
    }

    /// It measures neither time nor things one by one, so that one of it is no mere article.
    pub fn is_physical(&self, reader: &Reader) -> bool {
        let dimension = self.unit.map_or("", |place| reader.quantities.unit_at(place).dimension.as_str());
        !matches!(dimension, "time" | COUNT)
    }
}

/// The currency that stands right before a number: `$5`, `US$ 5`, `EUR 5`.
pub(super) fn before(reader: &Reader, at: usize) -> Option<Measured> {
    let text = reader.before(at);
    let trimmed = text.trim_end_matches(' ').trim_end_matches('\u{A0}').trim_end_matches('\u{202F}');
    let end = reader.start.min(at) + trimmed.len();
    if trimmed.is_empty() || at - end > 3 {
        return None;
    }
    let measured = |unit, start| Some(Measured { unit: Some(unit), factor: 1.0, span: Span::new(start, end) });
    if let Some((unit, length)) = reader.quantities.sign_before(trimmed) {
        return measured(unit, end - length);
    }
    // A code: three capitals. Words of a currency stand after the number.
    let token = reader.token_before(end).filter(|token| token.span.end == end && token.kind == Kind::Word)?;
    if token.span.len() != 3 || !token.text(reader.text).bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let (unit, _) =
        reader.unit_word(token.span.start).filter(|(unit, past)| *past == end && reader.quantities.is_currency(*unit))?;
    measured(unit, token.span.start)
}

/// The unit that stands after a number that ends at a place; `scaled` numbers may have a preposition between.
pub(super) fn after(reader: &Reader, at: usize, scaled: bool) -> Option<Measured> {
    let at = past_stop(reader, at, scaled);
    let next = reader.past_joints(at);
    let glued = next == at;
    // vent'anni
    if let Some(c) = reader.char_at(at).filter(|c| is_apostrophe(*c)) {
        return at_place(reader, at + c.len_utf8(), true);
    }
    if let Some(found) = at_place(reader, next, glued) {
        return Some(found);
    }
    if let Some(counted) = reader.past_role(next, Role::Measure) {
        return at_place(reader, counted, true);
    }
    let past = reader.past_role(next, Role::Of).filter(|_| scaled && !glued)?;
    let unit = past + reader.text[past..].find(char::is_alphanumeric)?;
    if reader.adjoins(past, unit) { at_place(reader, unit, false) } else { None }
}

/// Past the full stop of a shortened scale: `3,5 Mio. Euro`.
fn past_stop(reader: &Reader, at: usize, scaled: bool) -> usize {
    const LONGEST: usize = 4;
    let short = || reader.token_before(at).is_some_and(|token| token.span.end == at && token.span.len() <= LONGEST);
    if scaled && reader.char_at(at) == Some('.') && short() { at + 1 } else { at }
}

fn at_place(reader: &Reader, at: usize, glued: bool) -> Option<Measured> {
    let unit = reader.unit_word(at).filter(|(_, end)| glued || !is_function_word(reader, at, *end));
    let percent = reader.number_word(at, |role| role == Role::Percent);
    match (unit, percent) {
        (unit, Some((word, end))) if unit.is_none_or(|(_, other)| other <= end) => {
            Some(Measured { unit: None, factor: word.value * 100.0, span: Span::new(at, end) })
        }
        (Some((unit, end)), _) => Some(Measured { unit: Some(unit), factor: 1.0, span: Span::new(at, end) }),
        (None, _) => None,
    }
}

/// A symbol that is also an everyday word (`in`, `a`) is that word when it stands apart.
fn is_function_word(reader: &Reader, at: usize, end: usize) -> bool {
    const LONGEST: usize = 2;
    end - at <= LONGEST && reader.token_at(at).is_some_and(|token| reader.is_grammar(token))
}

/// `$5m`, `5 M€`, `5m people`: a scale of one letter, which only a currency or a count tells from a unit.
pub(super) fn letter_scale(reader: &Reader, amount: &mut Amount, currency: bool) {
    let end = amount.span.end;
    let next = reader.past_spaces(end);
    let digits = matches!(amount.first, First::Digits(_)) && amount.pieces == 1;
    let Some((word, past)) = reader.number_word(next, |role| role == Role::Scale).filter(|_| digits) else { return };
    let sign_after = || {
        let sign = reader.past_spaces(past);
        let counts = |unit| is_money(reader, unit) || reader.quantities.unit_at(unit).dimension == COUNT;
        reader.unit_word(sign).is_some_and(|(unit, _)| counts(unit))
    };
    if past - next == 1 && (currency || sign_after()) {
        amount.value *= word.value;
        (amount.scale, amount.span.end, amount.pieces) = (word.value, past, 2);
    }
}

/// `six autres millions`, `otros seis largos millones`: one word stands between a number and its scale.
pub(super) fn scale_after_word(reader: &Reader, amount: &mut Amount) {
    /// A count of millions, no year and no sum.
    const MOST: f64 = 1000.0;
    const MILLION: f64 = 1e6;
    if amount.pieces > 1 || amount.value >= MOST || amount.reading != Reading::Count || amount.rough {
        return;
    }
    let scaled = word_between(reader, amount.span.end, true).and_then(|at| reader.number_word(at, |role| role == Role::Scale));
    if let Some((word, end)) = scaled.filter(|(word, _)| word.value >= MILLION) {
        amount.value *= word.value;
        (amount.scale, amount.span.end, amount.pieces) = (word.value, end, 2);
    }
}

/// A unit of time or money behind one word: `deux prochaines heures`, `1,5 Millionen britische Pfund`, `26.750 US-Dollar`.
pub(super) fn after_word(reader: &Reader, at: usize) -> Option<Measured> {
    /// A sign or a short symbol belongs to what stands after it.
    const SHORTEST: usize = 3;
    let next = word_between(reader, at, false)?;
    let capital = reader.char_at(reader.past_spaces(at)).is_some_and(char::is_uppercase);
    let (unit, end) = reader.unit_word(next)?;
    let money = is_money(reader, unit);
    let time = !capital && reader.quantities.unit_at(unit).dimension == "time";
    let word = reader.text[next..end].chars().nth(SHORTEST - 1).is_some();
    (word && (money || time)).then_some(Measured { unit: Some(unit), factor: 1.0, span: Span::new(next, end) })
}

/// Past the one word that follows, which is neither number nor unit.
fn word_between(reader: &Reader, at: usize, grammar: bool) -> Option<usize> {
    let start = reader.past_spaces(at);
    let token = reader.token_at(start).filter(|_| start > at)?;
    let end = token.span.end;
    let plain = (grammar || !reader.is_grammar(token))
        && reader.unit_word(start).is_none()
        && reader.number_word(start, |_| true).is_none();
    let next = reader.past_joints(end);
    (plain && next > end).then_some(next)
}

fn is_money(reader: &Reader, unit: u16) -> bool {
    reader.quantities.is_currency(unit) || reader.quantities.unit_at(unit).also == CURRENCY
}
