//! Digits that count nothing: hours, scores, versions, product and phone numbers; and years and ordinals, which digits name.

use super::Form;
use super::number_digits::{Literal, digit, is_bare_fraction, literal};
use super::number_words::{Amount, First};
use super::reader::Reader;
use super::unit::Measured;
use crate::corpus::quantities::lexicon::is_space;
use crate::corpus::quantities::{DateWord, Role};
use crate::document::Span;
use crate::token::{Kind, Token, folded, hash, is_letter, is_prefixed, is_unspaced};

/// The whole of the label that these digits belong to, by their shape and what is glued to them.
pub(super) fn label(reader: &Reader, digits: Literal) -> Option<Span> {
    let Span { start, end } = digits.span;
    if digits.label {
        return Some(digits.span);
    }
    let before = reader.char_before(start);
    let bare = is_bare_fraction(&reader.text[..start]);
    if !bare && before.is_some_and(|c| is_letter(c) && !is_prefixed(c) || matches!(c, '#' | '_' | '&' | '@' | '/' | '\\' | '.'))
        || before == Some('=') && is_in_address(reader, start)
    {
        return Some(digits.span);
    }
    let hyphen = matches!(before, Some('-' | '\u{2010}' | '\u{2011}' | '–'));
    let outer = || reader.before(start).chars().rev().nth(1);
    if hyphen && !digits.is_year() && outer().is_some_and(|c| is_letter(c) || is_unspaced(c) || c.is_numeric() || c == ')') {
        return Some(digits.span);
    }
    if fraction(reader, digits).is_some() {
        return None;
    }
    clock_or_ratio(reader, end)
        .or_else(|| phone(reader, digits, before))
        .map(|end| Span::new(start, end))
        .or_else(|| spoken_hour(reader, digits))
}

/// `?id=7`, but not `OR=2.7`.
fn is_in_address(reader: &Reader, at: usize) -> bool {
    let word = reader.text[..at].rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains(['/', '?', '&'])
}

/// `2/3`: the denominator is small and nothing else is glued to it. The value and the end.
pub(super) fn fraction(reader: &Reader, digits: Literal) -> Option<(f64, usize)> {
    const LARGEST: f64 = 10.0;
    let past = reader.text[digits.span.end..].strip_prefix('/')?;
    let below = literal(reader, reader.text.len() - past.len()).filter(|below| !below.signed && !below.label && !below.padded)?;
    let end = below.span.end;
    let alone = !reader.is_word(end) && !reader.char_at(end).is_some_and(|c| matches!(c, '/' | '-' | ':'));
    let proper = digits.value > 0.0 && digits.value < below.value && below.value <= LARGEST && digits.value.fract() == 0.0;
    (alone && proper).then_some((digits.value / below.value, end))
}

/// 12:30, 3:1, 1:2,500, 24/7, 555-123-4567, 2023-24.
fn clock_or_ratio(reader: &Reader, end: usize) -> Option<usize> {
    let mut past = end;
    let mut hyphens = 0;
    while let Some(sign) = reader.char_at(past).filter(|c| matches!(c, ':' | '：' | '/' | '-')) {
        let next = past + sign.len_utf8();
        // The other side may be grouped: 1:2,500.
        let Some(other) = literal(reader, next).filter(|other| other.digits > 0) else { break };
        hyphens += usize::from(sign == '-');
        past = other.span.end;
    }
    let joined = reader.text[end..past].chars().filter(|c| matches!(c, ':' | '：' | '/' | '-')).count();
    // One hyphen may still be a range.
    (joined > 0 && !(joined == 1 && hyphens == 1)).then_some(past)
}

fn run_end(reader: &Reader, at: usize) -> usize {
    reader.text[at..].find(|c| digit(c).is_none()).map_or(reader.text.len(), |length| at + length)
}

/// `01 42 34 56 78`, `+33 1 42`, `007`.
fn phone(reader: &Reader, digits: Literal, before: Option<char>) -> Option<usize> {
    let plus = before == Some('+') && reader.char_at(digits.span.end).is_some_and(|c| c == ' ' || c == '-');
    if !digits.padded && !plus {
        return None;
    }
    let mut end = digits.span.end;
    while let Some(sign) = reader.char_at(end).filter(|c| is_space(*c) || matches!(c, '-' | '.')) {
        let next = end + sign.len_utf8();
        let run = run_end(reader, next);
        if run == next {
            break;
        }
        end = run;
    }
    (digits.padded || end > digits.span.end).then_some(end)
}

/// `12h30`, `12 h 30`, `8 p.m.`, 8点30分, `14 Uhr`: an hour of the day.
fn spoken_hour(reader: &Reader, digits: Literal) -> Option<Span> {
    let end = digits.span.end;
    if digits.signed && digits.value.fract() == 0.0 || digits.value >= 25.0 {
        return None;
    }
    let span = |end| Some(Span::new(digits.span.start, end));
    let next = reader.past_spaces(end);
    if let Some(past) = reader.past_role(next, Role::Clock) {
        return span(past);
    }
    if let Some(past) = glued_hour(reader, end) {
        return span(past);
    }
    let (_, past) = reader.date_word(next, |word| word == DateWord::Hour)?;
    let unit = reader.unit_word(next).is_some_and(|(_, other)| other >= past);
    let letter = next == end && reader.text[next..past].chars().nth(1).is_none() && reader.is_word(next);
    let minutes = literal(reader, reader.past_spaces(past)).filter(|minutes| minutes.digits == 2 && minutes.value < 60.0);
    match minutes {
        Some(minutes) if !minutes.signed => span(minutes.span.end),
        _ if !unit || letter => span(past),
        _ => None,
    }
}

/// The token `h30` of `12h30`.
fn glued_hour(reader: &Reader, at: usize) -> Option<usize> {
    let token = reader.token_at(at)?;
    let word = token.text(reader.text);
    let letters = word.find(|c: char| digit(c).is_some())?;
    let head = Token { span: Span::new(at, at + letters), form: hash(&folded(&word[..letters])), kind: Kind::Word, ..*token };
    let hour = reader.quantities.dates.at_token(&reader.text[..at + letters], &head, |word| *word == DateWord::Hour);
    hour.map(|_| token.span.end)
}

/// Digits that name a year or a place in an order, or are glued to letters that mean nothing: form, span and where to go on.
pub(super) fn name(reader: &Reader, digits: Literal, measured: Option<Measured>, bounded: bool) -> Option<(Form, Span, usize)> {
    let end = digits.span.end;
    let glued = reader.token_at(end);
    let calendar = reader.date_word(end, |word| word == DateWord::Year).filter(|_| reader.is_unspaced(end));
    if digits.is_year()
        && let Some((_, past)) = calendar
    {
        return Some((Form::Year, digits.span, past));
    }
    if let Some(past) = decade(reader, digits) {
        return Some((Form::Year, digits.span, past));
    }
    if measured.is_some() {
        return None;
    }
    if let Some(token) = glued {
        let letters = token.text(reader.text);
        let span = digits.span.join(token.span);
        if reader.quantities.is_ordinal_ending(digits.value, letters)
            && letters.chars().all(char::is_lowercase)
            && digits.value.fract() == 0.0
        {
            let next = reader.past_joints(token.span.end);
            let century = reader.past_role(next, Role::Century).is_some();
            return Some((if century { Form::Century } else { Form::Ordinal }, span, span.end));
        }
        if digits.is_year() {
            return Some((Form::Year, digits.span, token.span.end));
        }
        return Some((Form::Label, span, span.end));
    }
    if let Some(span) = ordinal_sign(reader, digits) {
        return Some((Form::Ordinal, span, span.end));
    }
    // More than 2000 of something, but up to 2028.
    let round = digits.value % 10.0 == 0.0;
    (digits.is_year() && !(bounded && round) && !reader.is_unspaced(end)).then_some((Form::Year, digits.span, end))
}

/// `1º`, `21.` before the word for a century.
fn ordinal_sign(reader: &Reader, digits: Literal) -> Option<Span> {
    let end = digits.span.end;
    let sign = reader.char_at(end).filter(|c| matches!(c, 'º' | 'ª' | '°'))?;
    (!digits.signed).then(|| Span::new(digits.span.start, end + sign.len_utf8()))
}

/// 八十年代: the eighties in characters, as the year they begin with. Those before the thirties may be of two centuries.
pub(super) fn spoken_decade(reader: &Reader, amount: &Amount) -> Option<(f64, usize)> {
    let tens = (30.0..100.0).contains(&amount.value) && amount.value % 10.0 == 0.0;
    let words = matches!(amount.first, First::Word(_)) && reader.is_unspaced(amount.span.start);
    let past = reader.past_role(amount.span.end, Role::Decade).filter(|_| tens && words)?;
    Some((amount.value + 1900.0, past))
}

/// 90年代, `the 1990s`, `les années 90`.
fn decade(reader: &Reader, digits: Literal) -> Option<usize> {
    let short = !digits.signed && digits.digits == 2 && digits.value % 10.0 == 0.0 && digits.value >= 30.0;
    let long = digits.is_year() && digits.value % 10.0 == 0.0;
    if !short && !long {
        return None;
    }
    if let Some(past) = reader.past_role(digits.span.end, Role::Decade) {
        return Some(past);
    }
    let before = reader.token_before(digits.span.start)?;
    let past = reader.past_role(before.span.start, Role::Decade)?;
    (short && reader.adjoins(past, digits.span.start)).then_some(digits.span.end)
}
