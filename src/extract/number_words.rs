//! One amount: digits, number words or both, as far as they belong together. `deux cent mille`, `1,2 milliard`, 三亿五千万.

use super::number_digits::{Literal, literal};
use super::reader::Reader;
use super::sum::Sum;
use crate::corpus::quantities::{DateWord, NumberWord, Role};
use crate::document::Span;
use crate::token::is_unspaced;

/// What is left over of a scale without a scale of its own has at least this part of it: 1万500, not 1亿500.
const FILLED: f64 = 100.0;

/// A number as written, before its unit is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub span: Span,
    pub value: f64,
    /// The number means anything up to so many times itself: `dozens`.
    pub spread: f64,
    /// Words of one number: digits count as one.
    pub pieces: usize,
    pub first: First,
    /// A scale or a rough noun ends it, and it multiplies by so much.
    pub scale: f64,
    pub rough: bool,
    /// More than said stands inside it: 50多亿.
    pub above: bool,
    pub reading: Reading,
}

/// What an amount is by its words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Count,
    /// An ordinal or a multiple: no word follows it.
    Ordinal,
    /// The digits of a year, one by one: 二〇二四年.
    Year,
}

/// What an amount begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum First {
    Digits(Literal),
    Word(NumberWord),
}

/// Values above ten follow a hundred or a scale; a French sixty or eighty counts on to nineteen.
pub(super) fn amount(reader: &Reader, at: usize) -> Option<Amount> {
    let mut builder = Builder { reader, sum: Sum::default(), end: at, amount: None, multiplier: 0.0 };
    match literal(reader, at) {
        Some(digits) => {
            builder.sum.digits(digits.value);
            builder.begin(First::Digits(digits), digits.span);
            if digits.label {
                return builder.amount;
            }
        }
        None => builder.first_word(at)?,
    }
    while builder.amount.is_some_and(|amount| amount.reading == Reading::Count) && builder.next_piece().is_some() {}
    builder.finish()
}

struct Builder<'r, 'a> {
    reader: &'r Reader<'a>,
    sum: Sum,
    end: usize,
    amount: Option<Amount>,
    /// The last word, when it was a hundred or a scale.
    multiplier: f64,
}

impl Builder<'_, '_> {
    fn begin(&mut self, first: First, span: Span) {
        self.end = span.end;
        let value = self.sum.total();
        let plain = Amount {
            span,
            value,
            spread: 1.0,
            pieces: 1,
            first,
            scale: 1.0,
            rough: false,
            above: false,
            reading: Reading::Count,
        };
        self.amount = Some(plain);
    }

    fn finish(self) -> Option<Amount> {
        let amount = self.amount?;
        let value = if amount.reading == Reading::Count { self.sum.total() } else { amount.value };
        Some(Amount { value, span: Span::new(amount.span.start, self.end), ..amount })
    }

    fn first_word(&mut self, at: usize) -> Option<()> {
        let Some((word, end)) = self.reader.longest(at, begins) else { return self.compound(at, true) };
        match word.role {
            Role::Unit | Role::UncertainUnit if self.reader.is_unspaced(at) && word.value < 10.0 => {
                if let Some((value, end, count)) = digits_one_by_one(self.reader, at) {
                    self.sum.digits(value);
                    self.begin(First::Word(word), Span::new(at, end));
                    let year = count == 4 && self.reader.date_word(end, |other| other == DateWord::Year).is_some();
                    let amount = self.amount.as_mut()?;
                    amount.pieces = count;
                    if year {
                        amount.reading = Reading::Year;
                    }
                    return Some(());
                }
                self.sum.unit(word.value);
                if let Some((next, past)) = self.reader.number_word(end, |role| role == Role::Unit)
                    && (next.value - word.value - 1.0).abs() < 0.5
                {
                    // 两三天, 七八百: two digits in a row are about the first.
                    self.begin(First::Word(word), Span::new(at, past));
                    let amount = self.amount.as_mut()?;
                    (amount.pieces, amount.rough, amount.spread) = (2, true, next.value / word.value);
                    return Some(());
                }
            }
            Role::Unit | Role::UncertainUnit => self.sum.unit(word.value),
            Role::Ten => self.sum.ten(word.value)?,
            Role::Hundred => self.sum.hundred(word.value)?,
            Role::Scale | Role::About => self.sum.scale(word.value),
            Role::Article => return self.article(at, word, end),
            Role::Fraction => return self.fraction(at, word, end),
            Role::Ordinal | Role::Multiple => self.sum.digits(word.value),
            _ => return None,
        }
        self.begin(First::Word(word), Span::new(at, end));
        let amount = self.amount.as_mut()?;
        match word.role {
            Role::About => {
                // 十几 lies between ten and twenty, unlike 几十.
                let ten = self.reader.is_unspaced(at) && self.reader.past_role(at, Role::Ten).is_some();
                (amount.rough, amount.scale, amount.spread) = (true, word.value, if ten { 2.0 } else { most(word.value) });
            }
            Role::Scale => amount.scale = word.value,
            Role::Ordinal | Role::Multiple => amount.reading = Reading::Ordinal,
            _ => {}
        }
        Some(())
    }

    /// An article is one before a hundred, a scale, a rough noun or a fraction.
    fn article(&mut self, at: usize, word: NumberWord, end: usize) -> Option<()> {
        let next = self.reader.past_joints(end);
        let counted = |role| matches!(role, Role::Hundred | Role::Scale | Role::About | Role::Fraction);
        let (counted, past) = self.reader.number_word(next, |_| true).filter(|(next, _)| counted(next.role))?;
        if counted.role == Role::Fraction {
            return self.fraction(at, counted, past);
        }
        self.sum.unit(1.0);
        self.begin(First::Word(word), Span::new(at, end));
        Some(())
    }

    /// A fraction on its own, or of the scale after it: `half a million`.
    fn fraction(&mut self, at: usize, word: NumberWord, end: usize) -> Option<()> {
        self.sum.digits(word.value);
        self.begin(First::Word(word), Span::new(at, end));
        let past = |next, role| self.reader.past_role(next, role).map_or(next, |past| self.reader.past_joints(past));
        let next = past(past(self.reader.past_joints(end), Role::Of), Role::Article);
        let scale = |role| matches!(role, Role::Scale | Role::About);
        if let Some((scale, past)) = self.reader.number_word(next, scale) {
            self.sum.scale(scale.value);
            let amount = self.amount.as_mut()?;
            (amount.pieces, amount.scale, self.end) = (2, scale.value, past);
        }
        Some(())
    }

    /// Reads one more piece of the number.
    fn next_piece(&mut self) -> Option<()> {
        let reader = self.reader;
        let next = reader.past_joints(self.end);
        if next > self.end && reader.text[self.end..next].contains(['\u{3000}', '\t']) {
            return None;
        }
        let Some((word, end)) = reader.longest_inside(next, goes_on) else {
            return self.digits_after_scale(next).or_else(|| self.compound(next, false));
        };
        // 5千克 is five kilogrammes, no five thousand of anything.
        if reader.unit_word(next).is_some_and(|(_, other)| other > end || other == end && word.role == Role::Ordinal) {
            return None;
        }
        let multiplied = self.is_multiplied(end);
        let amount = self.amount.as_mut()?;
        let unspaced = reader.is_unspaced(next);
        let digits = matches!(amount.first, First::Digits(_));
        match word.role {
            Role::Unit | Role::UncertainUnit if !digits || amount.scale > 1.0 => {
                self.sum.follows(word.value)?;
                // 三万五 is 35 000: the digit after a multiplier counts tenths of it when no smaller multiplier follows.
                if unspaced && word.value < 10.0 && !multiplied {
                    self.sum.tenths(self.multiplier);
                }
            }
            Role::Ten if unspaced => self.sum.ten(word.value)?,
            Role::Hundred if unspaced || !digits => self.sum.hundred(word.value)?,
            Role::Scale if is_letter_scale(reader, next, end) => return None,
            Role::Scale => {
                self.sum.scale(word.value);
                amount.scale = word.value;
            }
            Role::About => {
                self.sum.scale(word.value);
                (amount.rough, amount.scale) = (true, word.value);
            }
            Role::And => return self.after_and(end),
            Role::Point => return self.decimals(end),
            Role::Fraction => return self.add_fraction(word, next, end, false),
            Role::Of if amount.rough => return self.after_of(end),
            Role::OverAfter if unspaced && next == self.end => amount.above = true,
            // 25-тысячный: the word for the thousandth says how many thousands.
            Role::Ordinal if digits && word.value >= 1000.0 && reader.text[self.end..next].starts_with('-') => {
                self.sum.scale(word.value);
                amount.scale = word.value;
            }
            Role::Ordinal if !digits => {
                self.sum.follows(word.value)?;
                (amount.reading, amount.value) = (Reading::Ordinal, self.sum.total());
            }
            _ => return None,
        }
        self.multiplier = if matches!(word.role, Role::Hundred | Role::Scale) { word.value } else { 0.0 };
        amount.pieces += 1;
        self.end = end;
        Some(())
    }

    /// A multiplier follows.
    fn is_multiplied(&self, end: usize) -> bool {
        self.reader.number_word(end, |role| matches!(role, Role::Ten | Role::Hundred | Role::Scale)).is_some()
    }

    /// `cent et une`, `treinta y uno`, `two and a half`.
    fn after_and(&mut self, end: usize) -> Option<()> {
        let next = self.reader.past_joints(end);
        let (word, end) = self.reader.longest(next, goes_on)?;
        match word.role {
            Role::Unit | Role::UncertainUnit => {
                self.sum.follows(word.value)?;
                self.take(end)
            }
            Role::Fraction => self.add_fraction(word, next, end, true),
            Role::Article => {
                let next = self.reader.past_joints(end);
                let (word, end) = self.reader.number_word(next, |role| role == Role::Fraction)?;
                self.add_fraction(word, next, end, true)
            }
            _ => None,
        }
    }

    /// Half is added when a connector says so or the entry holds one (`y medio`); other fractions are counted (`deux tiers`).
    fn add_fraction(&mut self, word: NumberWord, start: usize, end: usize, joined: bool) -> Option<()> {
        const HALF: f64 = 0.5;
        let text = &self.reader.text[start..end];
        if joined || word.value >= HALF && text.contains(' ') {
            self.sum.add(word.value);
        } else if word.value < HALF && !text.contains(' ') && self.sum.is_small() {
            self.sum.digits(self.sum.total() * word.value);
        } else {
            return None;
        }
        self.take(end)
    }

    /// `des dizaines de milliers`.
    fn after_of(&mut self, end: usize) -> Option<()> {
        let next = self.reader.past_joints(end);
        let counted = |role| matches!(role, Role::Scale | Role::About);
        let at = next + self.reader.text[next..].find(char::is_alphanumeric)?;
        let (word, end) = self.reader.number_word(at, counted).filter(|_| self.reader.adjoins(next, at))?;
        self.sum.scale(word.value);
        self.amount.as_mut()?.scale *= word.value;
        self.take(end)
    }

    /// `deux virgule cinq`, 三点一四.
    fn decimals(&mut self, end: usize) -> Option<()> {
        let mut place = 1.0;
        let mut past = end;
        let mut any = false;
        let unspaced = self.reader.char_before(end).is_some_and(is_unspaced);
        if !self.sum.is_small() {
            return None;
        }
        loop {
            let next = if unspaced { past } else { self.reader.past_joints(past) };
            let Some((word, end)) = self.reader.number_word(next, |role| role == Role::Unit) else { break };
            place /= if word.value < 10.0 { 10.0 } else { 100.0 };
            if word.value >= 100.0 || place < 1e-9 {
                break;
            }
            self.sum.add(word.value * place);
            (past, any) = (end, true);
        }
        if any { self.take(past) } else { None }
    }

    /// 1亿2000万, 1萬2500, `1 million 200 mille`.
    fn digits_after_scale(&mut self, at: usize) -> Option<()> {
        let amount = self.amount?;
        let digits = literal(self.reader, at).filter(|digits| !digits.label && !digits.padded && digits.value.fract() == 0.0)?;
        let next = self.reader.past_spaces(digits.span.end);
        let glues = |c: char| is_unspaced(c) || self.reader.language.profile().numbers.glued;
        let glued = at == self.end && self.reader.char_before(at).is_some_and(glues);
        let scale = self.reader.number_word(next, |role| role == Role::Scale).filter(|(scale, _)| scale.value < amount.scale);
        // 1萬2500, but 1万2024年 and 1亿500.
        let filled = glued && matches!(amount.first, First::Digits(_)) && digits.value * FILLED >= amount.scale;
        let rest = filled && self.reader.date_word(digits.span.end, |_| true).is_none();
        let low = digits.signed && !glued && digits.value >= 1000.0 || scale.is_some() || rest;
        if amount.scale <= digits.value || amount.rough || !low {
            return None;
        }
        self.sum.digits_after(digits.value);
        self.take(digits.span.end)
    }

    /// A word made of number words: `fünfundzwanzig`.
    fn compound(&mut self, at: usize, first: bool) -> Option<()> {
        if !self.reader.language.profile().numbers.compounds {
            return None;
        }
        let token = self.reader.token_at(at)?;
        let mut sum = if first { Sum::default() } else { self.sum };
        let (pieces, ordinal) = sum.compound(token.text(self.reader.text), self.reader.quantities)?;
        self.sum = sum;
        if first {
            let word = NumberWord { role: Role::Unit, value: self.sum.total() };
            self.begin(First::Word(word), token.span);
        }
        let total = self.sum.total();
        let amount = self.amount.as_mut()?;
        (amount.pieces, amount.value) = (amount.pieces + pieces, total);
        if ordinal {
            amount.reading = Reading::Ordinal;
        }
        self.end = token.span.end;
        Some(())
    }

    fn take(&mut self, end: usize) -> Option<()> {
        self.amount.as_mut()?.pieces += 1;
        self.end = end;
        Some(())
    }
}

/// A number may begin with a word of this role.
pub(super) fn begins(role: Role) -> bool {
    use Role::{About, Article, Fraction, Hundred, Multiple, Ordinal, Scale, Ten, UncertainUnit, Unit};
    matches!(role, Unit | UncertainUnit | Ten | Hundred | Scale | Article | Fraction | About | Ordinal | Multiple)
}

/// A number may go on with a word of this role.
fn goes_on(role: Role) -> bool {
    begins(role) || matches!(role, Role::And | Role::Point | Role::Of | Role::OverAfter)
}

/// How many times itself a bare rough noun may mean: dozens are up to a hundred, a couple is a couple.
fn most(value: f64) -> f64 {
    if value < 10.0 { 1.0 } else { 10.0 }
}

/// A scale of one letter is read only when a currency makes it one; see `unit`.
fn is_letter_scale(reader: &Reader, at: usize, end: usize) -> bool {
    let mut letters = reader.text[at..end].chars();
    letters.next().is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase()) && letters.next().is_none()
}

/// Digits written as characters, one after another: value, end and how many. None for one, or for two (三五 is "some").
fn digits_one_by_one(reader: &Reader, at: usize) -> Option<(f64, usize, usize)> {
    let (mut value, mut end, mut count) = (0.0, at, 0);
    let mut zero = false;
    while let Some((word, past)) = reader.number_word(end, |_| true) {
        if word.role != Role::Unit || word.value > 9.0 || count > 17 {
            break;
        }
        (value, end, count) = (value * 10.0 + word.value, past, count + 1);
        zero |= word.value == 0.0;
    }
    // 九一八 is an event; a zero or the sign for a year makes it a number.
    let year = || count == 4 && reader.date_word(end, |word| word == DateWord::Year).is_some();
    (count > 2 && (zero || year())).then_some((value, end, count))
}
