//! Quantities of a segment by value: digits and number words with their scale, unit, bound and range.
//! A number that is missed costs little, one that is invented costs a false alarm: what is uncertain is left out.
//! Values have no sign: languages say -5, five below zero and a fall of five for one another.

use super::century::roman_century;
use super::number_words::{Amount, First, Reading, amount, begins};
use super::plausible::{Place, counts};
use super::reader::Reader;
use super::unit::{self, Measured};
use super::{Bound, Date, Form, Number, label, range};
use crate::corpus::Language;
use crate::corpus::quantities::Role;
use crate::document::Span;
use crate::token::{Kind, Token};

/// The unit of what is doubled or tripled.
const TIMES: &str = "times";

/// Millions are not yet a thousand of them.
const MOST_OF_A_SCALE: f64 = 999.0;

/// From this scale on, a preposition may stand before the unit: `5 millions d'euros`.
const MILLION: f64 = 1e6;

/// The numbers of a stretch, in order; `tokens` are those of the stretch, `dates` what [`super::date::dates`] found in it.
pub fn numbers(text: &str, stretch: Span, tokens: &[Token], language: &Language, dates: &[Date]) -> Vec<Number> {
    let reader = Reader::new(text, stretch, tokens, language);
    let mut scan = Scan { reader: &reader, dates, found: Vec::new(), done: stretch.start, modifier: None };
    for token in tokens {
        scan.token(token);
    }
    scan.found
}

struct Scan<'r, 'a> {
    reader: &'r Reader<'a>,
    dates: &'r [Date],
    found: Vec<Number>,
    /// Up to where the text has been read.
    done: usize,
    /// The last words that bound the number after them.
    modifier: Option<Modifier>,
}

#[derive(Clone, Copy)]
struct Modifier {
    role: Role,
    span: Span,
}

impl Scan<'_, '_> {
    fn token(&mut self, token: &Token) {
        if self.says_nothing(token) {
            self.done = self.done.max(token.span.end);
            return;
        }
        let mut at = token.span.start.max(self.done);
        while at < token.span.end {
            let next = self.place(token, at);
            at = if token.kind == Kind::Unspaced { next } else { next.max(token.span.end) };
            self.done = self.done.max(next);
        }
    }

    /// Reads what begins at a place; returns where to go on.
    fn place(&mut self, token: &Token, at: usize) -> usize {
        if let Some(date) = self.date_at(at) {
            return date.end;
        }
        if token.kind == Kind::Word && self.reader.quantities.numbers.lacks(token) {
            let number = self.word_without_meaning(token);
            return number.map_or(token.span.end, |number| self.keep(number));
        }
        let width = self.reader.char_at(at).map_or(1, char::len_utf8);
        let words = &self.reader.quantities.numbers;
        let word = match token.kind {
            Kind::Number => None,
            Kind::Word if at == token.span.start => words.at_token(self.reader.text, token, |word| opens(word.role)),
            _ => self.reader.number_word(at, opens),
        };
        match word {
            None if token.kind != Kind::Number => return at + width,
            Some((word, end)) if word.role == Role::Nothing => return end,
            Some((word, end)) if modifies(word.role) => {
                self.modify(word.role, Span::new(at, end));
                return at + width;
            }
            // An article counts only before another number word.
            Some((word, end)) if word.role == Role::Article && self.reader.is_plain_word(self.reader.past_joints(end)) => {
                return at + width;
            }
            _ => {}
        }
        match self.number(at) {
            Some((number, end)) => {
                self.keep(number);
                end
            }
            None => at + width,
        }
    }

    fn keep(&mut self, number: Number) -> usize {
        let end = number.span.end.max(number.unit_span.map_or(0, |span| span.end));
        let free = self.found.last().is_none_or(|last| last.span.end <= number.span.start);
        let mut near = self.dates.iter().take_while(|date| date.span.start < number.span.end);
        if free && near.all(|date| !date.span.overlaps(number.span)) {
            self.found.push(number);
        }
        end
    }

    /// The date that a place lies in. Dates ascend, and so do the places asked for.
    fn date_at(&mut self, at: usize) -> Option<Span> {
        while self.dates.first().is_some_and(|date| date.span.end <= at) {
            self.dates = &self.dates[1..];
        }
        self.dates.first().map(|date| date.span).filter(|span| span.start <= at)
    }

    fn modify(&mut self, role: Role, span: Span) {
        // pas plus de: the shorter modifier inside a longer one says nothing.
        if self.modifier.is_none_or(|known| !known.span.contains(span)) {
            self.modifier = Some(Modifier { role, span });
        }
    }

    /// The modifier that stands right before a place.
    fn modifier_before(&self, at: usize) -> Option<Role> {
        let modifier = self.modifier.filter(|modifier| self.reader.adjoins(modifier.span.end, at))?;
        Some(modifier.role)
    }

    /// Whether a word can be none of those below, as most are: it is small, has no digits, and the language makes no compounds.
    fn says_nothing(&self, token: &Token) -> bool {
        token.kind == Kind::Word
            && token.shape.is_small()
            && !token.shape.has_digits()
            && self.reader.quantities.numbers.lacks(token)
            && !self.reader.language.profile().numbers.compounds
    }

    /// A word that no table holds: a Roman century, a compound, or a label such as `G7`.
    fn word_without_meaning(&self, token: &Token) -> Option<Number> {
        let reader = self.reader;
        let word = token.text(reader.text);
        if token.shape.has_digits() {
            let value =
                word.bytes().filter(u8::is_ascii_digit).take(15).fold(0.0, |sum, byte| sum * 10.0 + f64::from(byte - b'0'));
            return Some(plain(token.span, value, Form::Label));
        }
        if reader.language.profile().numbers.roman_centuries
            && let Some(value) = roman_century(reader, token)
        {
            return Some(plain(token.span, value, Form::Century));
        }
        if !reader.language.profile().numbers.compounds {
            return None;
        }
        self.number(token.span.start).map(|(number, _)| number)
    }

    /// The number that begins at a place, and where to go on after it.
    fn number(&self, at: usize) -> Option<(Number, usize)> {
        let reader = self.reader;
        if let Some((word, end)) = reader.longest(at, begins) {
            match word.role {
                Role::PercentBefore => return self.percent_before(at, end, word.value * 100.0),
                Role::OrdinalBefore => {
                    let counted = amount(reader, reader.past_spaces(end))?;
                    // 第5.4.3节
                    if let First::Digits(digits) = counted.first
                        && digits.label
                    {
                        return Some((plain(digits.span, digits.value, Form::Label), digits.span.end));
                    }
                    let span = Span::new(at, counted.span.end);
                    return Some((self.ordinal(span, counted.value), span.end));
                }
                _ => {}
            }
        }
        let first = amount(reader, at)?;
        if let First::Digits(digits) = first.first
            && let Some(label) = label::label(reader, digits)
        {
            return Some((plain(label, digits.value, Form::Label), label.end));
        }
        if let First::Digits(digits) = first.first
            && let Some((value, end)) = label::fraction(reader, digits)
        {
            return Some((plain(Span::new(at, end), value, Form::Digits), end));
        }
        if first.reading == Reading::Ordinal || self.is_century(&first) {
            return Some((self.ordinal_or_multiple(&first), first.span.end));
        }
        if let Some(fraction) = self.fraction(&first) {
            return Some(fraction);
        }
        self.quantity(first)
    }

    fn percent_before(&self, at: usize, end: usize, factor: f64) -> Option<(Number, usize)> {
        let counted = amount(self.reader, self.reader.past_spaces(end))?;
        let mut number = plain(Span::new(at, counted.span.end), counted.value * factor, form(&counted));
        number.unit = Some(unit::PERCENT.to_owned());
        number.unit_span = Some(Span::new(at, end));
        self.bind(&mut number, counted.above, false, counted.span.end);
        Some((number, counted.span.end))
    }

    /// 21世纪: a plain number of a century where the language writes no plural.
    fn is_century(&self, amount: &Amount) -> bool {
        let next = self.reader.past_spaces(amount.span.end);
        self.reader.is_unspaced(next) && self.reader.past_role(next, Role::Century).is_some()
    }

    fn ordinal_or_multiple(&self, amount: &Amount) -> Number {
        match amount.first {
            First::Word(word) if word.role == Role::Multiple => {
                let mut number = plain(amount.span, amount.value, Form::Words);
                number.unit = Some(TIMES.to_owned());
                number
            }
            _ => self.ordinal(amount.span, amount.value),
        }
    }

    /// An ordinal, or the number of a century.
    fn ordinal(&self, span: Span, value: f64) -> Number {
        let next = self.reader.past_joints(span.end);
        let century = self.reader.past_role(next, Role::Century).is_some();
        plain(span, value, if century { Form::Century } else { Form::Ordinal })
    }

    /// 三分之二: the denominator comes first.
    fn fraction(&self, denominator: &Amount) -> Option<(Number, usize)> {
        let end = self.reader.past_role(denominator.span.end, Role::FractionOf)?;
        let numerator = amount(self.reader, end).filter(|_| denominator.value > 0.0)?;
        let span = denominator.span.join(numerator.span);
        let mut number = plain(span, numerator.value / denominator.value, form(&numerator));
        self.bind(&mut number, numerator.above, false, span.end);
        Some((number, span.end))
    }

    /// A number with its unit, its other end and its bound.
    fn quantity(&self, mut first: Amount) -> Option<(Number, usize)> {
        let reader = self.reader;
        let at = first.span.start;
        let sign = unit::before(reader, at);
        unit::letter_scale(reader, &mut first, sign.is_some());
        unit::scale_after_word(reader, &mut first);
        if sign.is_none()
            && let Some(end) = range::score(reader, &first)
        {
            return Some((plain(Span::new(at, end), first.value, Form::Label), end));
        }
        let modifier = self.modifier_before(at);
        let range = range::range(reader, &first, modifier == Some(Role::Between));
        let last = range.as_ref().map_or(&first, |range| &range.last);
        let counted = !matches!(last.first, First::Digits(digits) if digits.is_year() && last.pieces == 1);
        let measured = sign
            .or_else(|| unit::after(reader, last.span.end, last.rough || last.scale >= MILLION))
            .or_else(|| unit::after_word(reader, last.span.end).filter(|_| counted));
        let bounded = modifier.is_some_and(|role| bound_of(role).is_some());
        let after = |found: &Number| found.form == Form::Ordinal && reader.adjoins(found.span.end, at);
        let after_ordinal = self.found.last().is_some_and(after);
        if !counts(reader, &first, last, Place { measured, bounded, after_ordinal }) {
            return None;
        }
        if range.is_none()
            && let Some(named) = named(reader, &first, measured, bounded)
        {
            return Some(named);
        }
        let mut number = plain(first.span.join(last.span), first.value, form(&first));
        number.upper = (first.spread > 1.0).then_some(first.value * first.spread);
        let bare_scale = is_bare_scale(&first) && range.is_none();
        if bare_scale {
            number.upper = Some(first.value * MOST_OF_A_SCALE);
        }
        if let Some(range) = &range {
            (number.value, number.upper) = (range.value, Some(last.value));
        }
        measure(reader, &mut number, measured);
        let end = number.unit_span.map_or(number.span.end, |span| span.end.max(number.span.end));
        let end = self.half_after_unit(&mut number, end);
        let end = self.bind(&mut number, first.above || last.above, first.rough || last.rough || bare_scale, end);
        Some((number, end))
    }

    /// `deux heures et demie`, 两年半.
    fn half_after_unit(&self, number: &mut Number, end: usize) -> usize {
        let reader = self.reader;
        let Some(unit) = number.unit_span.filter(|span| span.start >= number.span.end) else { return end };
        let next = reader.past_joints(unit.end);
        let half = |at: usize| reader.number_word(at, |role| role == Role::Fraction).filter(|(word, _)| word.value >= 0.5);
        // A connector joins the half, or stands in its entry (`y medio`), or nothing need.
        let held = || half(next).filter(|(_, past)| reader.text[next..*past].contains(' ') || reader.is_unspaced(next));
        let joined = || half(reader.past_joints(reader.past_role(next, Role::And)?));
        match joined().or_else(held).filter(|_| number.upper.is_none()) {
            Some((word, past)) => {
                number.value += word.value;
                past
            }
            None => end,
        }
    }

    /// Sets the bound from the modifiers around; returns where the modifier after the number ends.
    fn bind(&self, number: &mut Number, above: bool, rough: bool, end: usize) -> usize {
        let start = number.unit_span.map_or(number.span.start, |span| span.start.min(number.span.start));
        let before = self.modifier_before(start).or_else(|| self.modifier_before(number.span.start)).and_then(bound_of);
        let next = self.reader.past_spaces(end);
        let after = |role| matches!(role, Role::ApproxAfter | Role::OverAfter);
        let after = self.reader.number_word(next, after);
        number.bound = match (before, after) {
            (Some(bound), _) => bound,
            _ if above => Bound::Above,
            (None, Some((word, _))) if word.role == Role::OverAfter => Bound::Above,
            (None, Some(_)) => Bound::About,
            (None, None) if rough => Bound::About,
            (None, None) => Bound::Exact,
        };
        after.map_or(end, |(_, past)| past)
    }
}

/// `millions` with no number: anything up to the next scale.
fn is_bare_scale(amount: &Amount) -> bool {
    amount.pieces == 1 && matches!(amount.first, First::Word(word) if word.role == Role::Scale && word.value >= MILLION)
}

/// Digits and characters that name a year or an ordinal instead of counting, and where to go on.
fn named(reader: &Reader, amount: &Amount, measured: Option<Measured>, bounded: bool) -> Option<(Number, usize)> {
    if amount.reading == Reading::Year {
        return Some((plain(amount.span, amount.value, Form::Year), amount.span.end));
    }
    if let Some((value, end)) = label::spoken_decade(reader, amount) {
        return Some((plain(amount.span, value, Form::Year), end));
    }
    let First::Digits(digits) = amount.first else { return None };
    let (form, span, end) = label::name(reader, digits, measured, bounded).filter(|_| amount.pieces == 1)?;
    // The nineties are the years from 1990 on.
    let value = if form == Form::Year && digits.value < 100.0 { digits.value + 1900.0 } else { digits.value };
    Some((plain(span, value, form), end))
}

/// Gives a number its unit; tenths (三成) are percent too.
fn measure(reader: &Reader, number: &mut Number, measured: Option<Measured>) {
    let end = number.span.end;
    let tenths = || reader.longest(end, |role| role == Role::Tenths).filter(|(word, _)| word.role == Role::Tenths);
    let (factor, id, span) = match measured {
        Some(found) => (found.factor, found.id(reader), found.span),
        None => match tenths() {
            Some((word, past)) => (word.value * 100.0, unit::PERCENT.to_owned(), Span::new(end, past)),
            None => return,
        },
    };
    number.value *= factor;
    number.upper = number.upper.map(|upper| upper * factor);
    (number.unit, number.unit_span) = (Some(id), Some(span));
}

fn plain(span: Span, value: f64, form: Form) -> Number {
    Number { span, value, upper: None, unit: None, unit_span: None, bound: Bound::Exact, form }
}

fn form(amount: &Amount) -> Form {
    match amount.first {
        First::Digits(_) => Form::Digits,
        First::Word(_) => Form::Words,
    }
}

/// A word of this role matters where no number has begun.
fn opens(role: Role) -> bool {
    begins(role) || modifies(role) || matches!(role, Role::Nothing | Role::PercentBefore | Role::OrdinalBefore)
}

/// A word of this role says something of the number after it.
fn modifies(role: Role) -> bool {
    bound_of(role).is_some() || role == Role::Between
}

fn bound_of(role: Role) -> Option<Bound> {
    match role {
        Role::ApproxBefore => Some(Bound::About),
        Role::OverBefore | Role::LeastBefore => Some(Bound::Above),
        Role::UnderBefore => Some(Bound::Below),
        Role::MostBefore => Some(Bound::Most),
        _ => None,
    }
}
