//! Dates: a day, a month, a year or a weekday, in the orders in which the language writes them. A bare year is a number.

use super::Date;
use super::number_digits::{Literal, digit, literal};
use super::number_words::{Reading, amount};
use super::reader::Reader;
use crate::corpus::Language;
use crate::corpus::quantities::lexicon::is_space;
use crate::corpus::quantities::{DateWord, Role};
use crate::document::Span;
use crate::token::{Kind, Token, is_apostrophe, is_letter, is_prefixed};

/// The dates of a stretch, in order; `tokens` are those of the stretch.
pub fn dates(text: &str, stretch: Span, tokens: &[Token], language: &Language) -> Vec<Date> {
    let reader = Reader::new(text, stretch, tokens, language);
    let mut found: Vec<Date> = Vec::new();
    let mut done = stretch.start;
    for token in tokens {
        if token.kind == Kind::Word && reader.quantities.dates.lacks(token) {
            done = done.max(token.span.end);
            continue;
        }
        let mut at = token.span.start.max(done);
        while at < token.span.end {
            let date = date_at(&reader, token, at).filter(|date| date.span.start >= done);
            let width = reader.char_at(at).map_or(1, char::len_utf8);
            at = date.map_or(if token.kind == Kind::Unspaced { at + width } else { token.span.end }, |date| date.span.end);
            done = done.max(at);
            found.extend(date);
        }
    }
    found
}

fn date_at(reader: &Reader, token: &Token, at: usize) -> Option<Date> {
    match token.kind {
        Kind::Number => numeric(reader, at).or_else(|| calendar(reader, at)).or_else(|| day_first(reader, at)),
        Kind::Word => weekday(reader, token).or_else(|| month_first(reader, at)).or_else(|| month_alone(reader, token)),
        Kind::Unspaced => unspaced(reader, at),
    }
}

fn blank(start: usize, end: usize) -> Date {
    Date { span: Span::new(start, end), year: None, month: None, day: None, weekday: None }
}

fn month(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    match reader.date_word(at, |word| matches!(word, DateWord::Month(_)))? {
        (DateWord::Month(month), end) => Some((month, end)),
        _ => None,
    }
}

/// A plain number of one or two digits that may be a day, with the ending or stop that makes it an ordinal.
fn day(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    let digits = literal(reader, at).filter(|digits| digits.digits < 3 && !digits.signed && !digits.label)?;
    let day = Some(digits.value as u8).filter(|day| (1..=31).contains(day))?;
    let end = digits.span.end;
    let ending = reader.token_at(end).filter(|token| reader.quantities.is_ordinal_ending(digits.value, token.text(reader.text)));
    let sign = reader.char_at(end).filter(|c| matches!(c, '.' | 'º' | '°')).map_or(end, |c| end + c.len_utf8());
    match ending {
        Some(token) => Some((day, token.span.end)),
        None if reader.is_word(end) => None,
        None => Some((day, sign)),
    }
}

fn year(reader: &Reader, at: usize) -> Option<(i32, usize)> {
    let digits = literal(reader, at).filter(|digits| digits.digits == 4 && !digits.signed && !digits.label)?;
    let year = Some(digits.value as i32).filter(|year| (1000..2200).contains(year))?;
    (!reader.is_word(digits.span.end)).then_some((year, digits.span.end))
}

/// Past spaces and one preposition, as between `15 de marzo de 2024`.
fn past_of(reader: &Reader, at: usize) -> usize {
    let next = reader.past_spaces(at);
    let past = reader.past_role(next, Role::Of).map(|past| {
        let end = reader.past_spaces(past);
        reader.char_at(end).filter(|c| is_apostrophe(*c)).map_or(end, |c| end + c.len_utf8())
    });
    past.unwrap_or(next)
}

/// Past spaces and one short word of grammar, which between a day and its month can only be a preposition.
fn past_grammar(reader: &Reader, at: usize) -> usize {
    const LONGEST: usize = 3;
    let next = reader.past_spaces(at);
    let word = reader.token_at(next).filter(|token| token.span.len() <= LONGEST);
    match word.filter(|token| reader.is_grammar(token)) {
        Some(token) => reader.past_spaces(token.span.end),
        None => next,
    }
}

/// `27 juillet 2024`, `27. Juli`, `15 de marzo de 2024`.
fn day_first(reader: &Reader, at: usize) -> Option<Date> {
    let (first, end) = day(reader, at)?;
    if is_glued(reader, at) {
        return None;
    }
    // 27-29 juillet: the span covers both days.
    let dash = reader.char_at(end).filter(|c| matches!(c, '-' | '–'));
    let end = dash.and_then(|c| day(reader, end + c.len_utf8())).map_or(end, |(_, past)| past);
    let (month, past) =
        month(reader, past_of(reader, reader.past_joints(end))).or_else(|| month(reader, past_grammar(reader, end)))?;
    let mut date = Date { month: Some(month), day: Some(first), ..blank(at, past) };
    add_year(reader, &mut date);
    Some(date)
}

fn add_year(reader: &Reader, date: &mut Date) {
    let end = date.span.end;
    let comma = reader.text[end..].strip_prefix(',').filter(|_| date.day.is_some() && has_order(reader, "mdy"));
    let next = if comma.is_some() { reader.past_spaces(end + 1) } else { past_of(reader, end) };
    if let Some((year, past)) = year(reader, next).filter(|_| next > end) {
        (date.year, date.span.end) = (Some(year), past);
    }
}

fn has_order(reader: &Reader, order: &str) -> bool {
    reader.language.profile().dates.orders.iter().any(|known| known == order)
}

/// `July 27, 2024`, `July 2024`, `juillet 2024`.
fn month_first(reader: &Reader, at: usize) -> Option<Date> {
    let (month, end) = month(reader, at)?;
    let mut date = Date { month: Some(month), ..blank(at, end) };
    let next = reader.past_spaces(end);
    if let Some((day, past)) =
        day(reader, next).filter(|(_, past)| has_order(reader, "mdy") && is_day_of_month(reader, next, *past))
    {
        let range = reader.char_at(past).filter(|c| matches!(c, '-' | '–'));
        let past = range.and_then(|c| self::day(reader, past + c.len_utf8())).map_or(past, |(_, past)| past);
        (date.day, date.span.end) = (Some(day), past.min(past_stop(reader, past)));
    }
    add_year(reader, &mut date);
    (date.day.is_some() || date.year.is_some()).then_some(date)
}

/// A full stop after a day is the end of a sentence, not part of the date.
fn past_stop(reader: &Reader, at: usize) -> usize {
    if reader.char_before(at) == Some('.') { at - 1 } else { at }
}

/// The digits after a month count no thing of their own: `in May 10 million people`.
fn is_day_of_month(reader: &Reader, at: usize, end: usize) -> bool {
    let next = reader.past_spaces(end);
    let counted = |role| matches!(role, Role::Scale | Role::Hundred | Role::Percent);
    at < end && reader.number_word(next, counted).is_none() && reader.unit_word(next).is_none()
}

/// A month with nothing beside it, where it can be no other word.
fn month_alone(reader: &Reader, token: &Token) -> Option<Date> {
    let (month, end) = month(reader, token.span.start)?;
    let alone = Date { month: Some(month), ..blank(token.span.start, end) };
    is_calendar_word(reader, token).then_some(alone)
}

/// Capitals tell: `in May` but not `Theresa May`, `en mars` but not `la planète Mars`.
fn is_calendar_word(reader: &Reader, token: &Token) -> bool {
    let capital = token.text(reader.text).starts_with(char::is_uppercase);
    let previous = reader.token_before(token.span.start).filter(|_| !token.divided);
    if !reader.language.profile().dates.capitalised {
        return !capital || previous.is_none();
    }
    // Where capitals are the rule, an entry that insists on its capital is another word too.
    let any = Token { form: token.form, ..*token };
    let lower = reader.text[token.span.range()].to_lowercase();
    let insists = reader.quantities.dates.at_token(&lower, &Token { span: Span::new(0, lower.len()), ..any }, |_| true).is_none();
    let grammar = previous.is_some_and(|word| reader.is_grammar(word));
    !insists || grammar
}

/// `lundi`, `Monday, July 27`, `lundi 27 juillet`.
fn weekday(reader: &Reader, token: &Token) -> Option<Date> {
    let at = token.span.start;
    let (DateWord::Weekday(number), end) = reader.date_word(at, |word| matches!(word, DateWord::Weekday(_)))? else {
        return None;
    };
    let comma = if reader.text[end..].starts_with(',') { end + 1 } else { end };
    let next = reader.past_spaces(comma);
    let exact = |next| day_first(reader, next).or_else(|| month_first(reader, next));
    let found = exact(next).or_else(|| exact(past_grammar(reader, comma)));
    match found {
        Some(date) => Some(Date { weekday: Some(number), span: Span::new(at, date.span.end), ..date }),
        None => is_calendar_word(reader, token).then(|| Date { weekday: Some(number), ..blank(at, end) }),
    }
}

/// 2024-07-27, 27/07/2024, 27.7.24.
fn numeric(reader: &Reader, at: usize) -> Option<Date> {
    if is_glued(reader, at) {
        return None;
    }
    let (first, digits, end) = run(reader, at)?;
    let sign = reader.char_at(end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, _, end) = run(reader, end + sign.len_utf8())?;
    let (third, last, end) = run(reader, reader.text[end..].strip_prefix(sign).map(|rest| reader.text.len() - rest.len())?)?;
    let more = reader.text[end..].strip_prefix(sign).is_some_and(|rest| rest.starts_with(|c| digit(c).is_some()));
    if more || reader.is_word(end) {
        return None;
    }
    let read = |order: &str| {
        let (day, month, year) = match order {
            "ymd" if digits == 4 => (third, second, first),
            "dmy" if last == 4 || last == 2 && sign != '-' => (first, second, third),
            "mdy" if last == 4 || last == 2 && sign == '/' => (second, first, third),
            _ => return None,
        };
        let year = if year < 100 { year + 2000 } else { year };
        let real = (1..=31).contains(&day) && (1..=12).contains(&month) && (1000..2200).contains(&year);
        let date = Date { year: Some(year.cast_signed()), month: Some(month as u8), day: Some(day as u8), ..blank(at, end) };
        real.then_some(date)
    };
    let orders = &reader.language.profile().dates.orders;
    read("ymd").or_else(|| orders.iter().find_map(|order| read(order)))
}

/// The digits at a place: value, how many, end.
fn run(reader: &Reader, at: usize) -> Option<(u32, usize, usize)> {
    const LONGEST: usize = 4;
    let (mut value, mut count, mut end) = (0, 0, at);
    for c in reader.text[at..].chars() {
        let Some(one) = digit(c) else { break };
        (value, count, end) = (value * 10 + one, count + 1, end + c.len_utf8());
        if count > LONGEST {
            return None;
        }
    }
    (count > 0).then_some((value, count, end))
}

/// The digits go on with what stands before them.
fn is_glued(reader: &Reader, at: usize) -> bool {
    reader.char_before(at).is_some_and(|c| {
        is_letter(c) && !is_prefixed(c) || c.is_numeric() || matches!(c, '-' | '/' | '.' | ',' | ':' | '_' | '#')
    })
}

/// What an unspaced text writes in characters: 周六, 七月二十七日.
fn unspaced(reader: &Reader, at: usize) -> Option<Date> {
    let known = reader.date_word(at, |word| matches!(word, DateWord::Month(_) | DateWord::Weekday(_)));
    let inside = || {
        let before = reader.char_before(at).map_or(at, |c| at - c.len_utf8());
        before < at && reader.number_word(before, |role| matches!(role, Role::Unit | Role::Ten)).is_some()
    };
    match known {
        // 一周一次 is once a week, no Monday.
        Some((DateWord::Weekday(number), end)) if !inside() => Some(Date { weekday: Some(number), ..blank(at, end) }),
        Some((DateWord::Month(month), end)) if !inside() => {
            let mut date = Date { month: Some(month), ..blank(at, end) };
            add_day(reader, &mut date);
            Some(date)
        }
        _ => {
            let begins = reader.number_word(at, |role| matches!(role, Role::Unit | Role::Ten)).is_some();
            if begins && !inside() { calendar(reader, at) } else { None }
        }
    }
}

/// 2024年7月27日, 7月27日, 27日: each number before its unit.
fn calendar(reader: &Reader, at: usize) -> Option<Date> {
    let mut date = blank(at, at);
    let (first, end) = whole(reader, at)?;
    if !reader.is_unspaced(reader.past_spaces(end)) {
        return None;
    }
    match counted(reader, end)? {
        (DateWord::Year, past) => {
            date.year = Some(first.cast_signed()).filter(|year| *year >= 1000);
            let next = reader.past_spaces(past);
            let (month, end) = month(reader, next).or_else(|| counted_month(reader, next))?;
            (date.month, date.span.end) = (Some(month), end);
            add_day(reader, &mut date);
        }
        (DateWord::MonthUnit, past) if (1..=12).contains(&first) => {
            (date.month, date.span.end) = (Some(first as u8), past);
            add_day(reader, &mut date);
        }
        (DateWord::Day, past) if (1..=31).contains(&first) => (date.day, date.span.end) = (Some(first as u8), past),
        _ => return None,
    }
    Some(date)
}

/// 7月: a number before the sign for a month.
fn counted_month(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    let (value, end) = whole(reader, at).filter(|(value, _)| (1..=12).contains(value))?;
    let (_, past) = counted(reader, end).filter(|(word, _)| *word == DateWord::MonthUnit)?;
    Some((value as u8, past))
}

fn add_day(reader: &Reader, date: &mut Date) {
    let next = reader.past_spaces(date.span.end);
    let Some((day, end)) = whole(reader, next).filter(|(day, _)| (1..=31).contains(day)) else { return };
    if let Some((_, past)) = counted(reader, end).filter(|(word, _)| matches!(word, DateWord::Day | DateWord::LooseDay)) {
        (date.day, date.span.end) = (Some(day as u8), past);
    }
}

/// The unit of the calendar after a number.
fn counted(reader: &Reader, end: usize) -> Option<(DateWord, usize)> {
    let unit = |word| matches!(word, DateWord::Year | DateWord::MonthUnit | DateWord::Day | DateWord::LooseDay);
    reader.date_word(reader.past_spaces(end), unit)
}

/// A whole number below 10 000 in digits or characters.
fn whole(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    let plain = |digits: &Literal| !digits.signed && !digits.label && digits.digits <= 4;
    if let Some(digits) = literal(reader, at) {
        return plain(&digits).then_some((digits.value as u32, digits.span.end));
    }
    if !reader.is_unspaced(at) {
        return None;
    }
    let counted = amount(reader, at)
        .filter(|found| found.value < 10_000.0 && found.value.fract() == 0.0 && found.reading != Reading::Ordinal)?;
    let tight = !reader.text[counted.span.range()].contains(is_space);
    tight.then_some((counted.value as u32, counted.span.end))
}
