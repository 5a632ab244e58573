//! The two ends of a range: `10 à 15`, `10-15`, `between 10 and 15`, 10至15.

use super::number_words::{Amount, First, Reading, amount};
use super::reader::Reader;
use super::unit;
use crate::corpus::quantities::Role;

/// The other end, and the value of the first when the last one's scale counts for both (`4 à 5 milliards`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub value: f64,
    pub last: Amount,
}

/// The range that `first` begins; `between` announces one that is joined by "and".
pub(super) fn range(reader: &Reader, first: &Amount, between: bool) -> Option<Range> {
    let end = first.span.end;
    let digits = matches!(first.first, First::Digits(_));
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '~' | '～' | '\u{2010}' | '\u{2011}' | '〜');
    if let Some(sign) = reader.char_at(end).filter(|c| digits && dash(*c)) {
        let last = end_at(reader, end + sign.len_utf8()).filter(|last| matches!(last.first, First::Digits(_)))?;
        let measured =
            || unit::before(reader, first.span.start).or_else(|| unit::after(reader, last.span.end, last.scale >= 1e6));
        return scaled(first, last).filter(|_| !is_score(first, &last) || measured().is_some());
    }
    let next = reader.past_spaces(end);
    let past = reader.past_role(next, Role::Range).or_else(|| reader.past_role(next, Role::And).filter(|_| between))?;
    scaled(first, end_at(reader, reader.past_spaces(past))?)
}

/// 2-1 is a score, and so may 1-2 be.
fn is_score(first: &Amount, last: &Amount) -> bool {
    const MOST: f64 = 10.0;
    first.pieces == 1 && last.pieces == 1 && last.value < MOST && first.value < 100.0
}

/// The score that begins with these digits and is no range: its end.
pub(super) fn score(reader: &Reader, first: &Amount) -> Option<usize> {
    let end = first.span.end;
    let digits = matches!(first.first, First::Digits(_)) && first.pieces == 1;
    let sign = reader.char_at(end).filter(|c| matches!(c, '-' | '–') && digits)?;
    let last = end_at(reader, end + sign.len_utf8()).filter(|last| matches!(last.first, First::Digits(_)))?;
    let apart = last.value < first.value && last.pieces == 1;
    let plain = unit::after(reader, last.span.end, false).is_none();
    (plain && (apart || is_score(first, &last))).then_some(last.span.end)
}

/// The amount at a place, perhaps behind a currency sign.
fn end_at(reader: &Reader, at: usize) -> Option<Amount> {
    let found = amount(reader, at).or_else(|| {
        let digits = at + reader.text[at..].find(|c: char| c.is_numeric())?;
        let sign = unit::before(reader, digits).filter(|sign| sign.span.start == at)?;
        amount(reader, sign.span.end + (digits - sign.span.end))
    })?;
    let label = matches!(found.first, First::Digits(digits) if digits.label || digits.padded);
    (!label && found.reading != Reading::Ordinal).then_some(found)
}

fn scaled(first: &Amount, last: Amount) -> Option<Range> {
    /// The ends of a range are not so far apart: `in 2024 to 1.26 trillion`.
    const FAR: f64 = 1000.0;
    let years = |amount: &Amount| amount.pieces == 1 && matches!(amount.first, First::Digits(digits) if digits.is_year());
    if years(first) && years(&last) {
        return None;
    }
    let shared = first.scale <= 1.0 && last.scale > 1.0 && first.value * last.scale < last.value;
    let value = if shared { first.value * last.scale } else { first.value };
    let near = value < last.value && (value <= 0.0 || last.value / value <= FAR);
    near.then_some(Range { value, last })
}
