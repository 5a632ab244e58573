//! Numbers in digits of any script: their grouping and their decimal sign.

use super::reader::Reader;
use crate::corpus::Language;
use crate::corpus::quantities::lexicon::is_space;
use crate::document::Span;
use crate::token::is_apostrophe;

/// A number written in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Literal {
    pub span: Span,
    pub value: f64,
    /// Digits of the first run: four and nothing else may be a year.
    pub digits: usize,
    /// It holds a sign of grouping or a decimal sign.
    pub signed: bool,
    /// It begins with a zero that is not the whole of its integer part.
    pub padded: bool,
    /// Runs of digits and signs that make no number: `1.2.3`.
    pub label: bool,
}

impl Literal {
    /// It has the shape of a year of our time.
    pub fn is_year(&self) -> bool {
        !self.signed && !self.label && self.digits == 4 && (1900.0..=2100.0).contains(&self.value)
    }
}

/// A run of digits, and the sign before it.
#[derive(Clone, Copy)]
struct Run {
    sign: char,
    end: usize,
    value: u64,
    digits: usize,
}

/// More digits than a number in the news has; they name something.
const MOST_DIGITS: usize = 18;

/// Reads the digits that begin at a place. None where there are none.
pub(super) fn literal(reader: &Reader, at: usize) -> Option<Literal> {
    let Some(first) = run(reader.text, at, ' ') else { return vulgar(reader, at) };
    let rest = following(reader.text, first.end);
    let groups = groups(first, &rest, reader.language);
    let mut end = if groups > 0 { rest[groups - 1].end } else { first.end };
    let mut mantissa = rest[..groups].iter().fold(first.value as f64, |sum, run| sum * power(run.digits) + run.value as f64);
    let mut decimals = 0;
    let mut taken = groups;
    let separator = if groups > 0 { rest[0].sign } else { ' ' };
    if let Some(tail) = rest.get(groups).filter(|run| is_decimal_sign(run.sign) && run.sign != separator) {
        mantissa = mantissa * power(tail.digits) + tail.value as f64;
        (decimals, end, taken) = (tail.digits, tail.end, groups + 1);
    }
    let bare = taken == 0 && is_bare_fraction(&reader.text[..at]);
    if bare {
        decimals = first.digits;
    }
    let extra = rest[taken..].iter().take_while(|run| is_decimal_sign(run.sign)).last();
    let digits = first.digits + rest[..taken].iter().map(|run| run.digits).sum::<usize>();
    let (fraction, end) = match reader.char_at(end).and_then(fraction_sign) {
        Some((value, length)) if decimals == 0 => (value, end + length),
        _ => (0.0, end),
    };
    Some(Literal {
        span: Span::new(at, extra.map_or(end, |run| run.end)),
        value: mantissa / power(decimals) + fraction,
        digits: first.digits,
        signed: taken > 0 || fraction > 0.0 || bare,
        padded: !bare && first.digits > 1 && first.value < 10u64.pow(first.digits.min(MOST_DIGITS) as u32 - 1),
        label: extra.is_some() || digits > MOST_DIGITS,
    })
}

/// `p = .003`: a decimal point with nothing before it but a space, a sign or a bracket.
pub(super) fn is_bare_fraction(before: &str) -> bool {
    let sign = before.strip_suffix('.').and_then(|before| before.chars().next_back());
    sign.is_some_and(|c| matches!(c, ' ' | '=' | '<' | '>' | '≤' | '≥' | '(' | '[' | '±' | '~' | '−'))
}

/// The value of a decimal digit of any script.
pub(super) fn digit(c: char) -> Option<u32> {
    /// The zeros of the scripts of the world (Unicode `Nd`, basic plane), ascending.
    const ZEROS: &[u32] = &[
        0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
        0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let place = ZEROS.partition_point(|&zero| zero <= u32::from(c));
    ZEROS.get(place.checked_sub(1)?).map(|zero| u32::from(c) - zero).filter(|value| *value < 10)
}

fn run(text: &str, at: usize, sign: char) -> Option<Run> {
    let mut run = Run { sign, end: at, value: 0, digits: 0 };
    for c in text[at..].chars() {
        let Some(value) = digit(c) else { break };
        run.value = run.value.saturating_mul(10).saturating_add(u64::from(value));
        run.digits += 1;
        run.end += c.len_utf8();
    }
    (run.digits > 0).then_some(run)
}

/// Runs of digits that are looked at: no number has as many, and what goes on after them is a row of numbers.
const MOST_RUNS: usize = 24;

/// The runs of digits that one sign each joins to what stands before them.
fn following(text: &str, mut at: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    while let Some(sign) = text[at..].chars().next().filter(|_| runs.len() < MOST_RUNS) {
        let spaced = is_space(sign) || is_apostrophe(sign);
        if !spaced && !is_decimal_sign(sign) && !matches!(sign, '٬' | '،') {
            break;
        }
        let Some(next) = run(text, at + sign.len_utf8(), sign) else { break };
        if spaced && next.digits != 3 {
            break;
        }
        at = next.end;
        runs.push(next);
    }
    runs
}

fn is_decimal_sign(c: char) -> bool {
    // The raised point is that of British medical journals: `65·7`.
    matches!(c, '.' | ',' | '٫' | '．' | '·')
}

/// How many of the runs that follow are groups of one integer.
fn groups(first: Run, rest: &[Run], language: &Language) -> usize {
    let Some(&Run { sign, .. }) = rest.first() else { return 0 };
    let same = rest.iter().take_while(|run| run.sign == sign).count();
    let leads = first.value > 0 && first.value.ilog10() as usize + 1 == first.digits;
    if !leads || first.digits > 3 || sign == '٫' {
        return 0;
    }
    let group_signs = &language.profile().numbers.group;
    let is_group_sign = group_signs.iter().any(|known| known.chars().eq([sign]));
    let is_decimal = language.profile().numbers.decimal.iter().any(|known| known.chars().eq([sign]));
    let threes = rest[..same].iter().all(|run| run.digits == 3);
    if threes {
        // A no-break space is never typed by chance, nor a group of zeros after a space (100 000); other signs group for sure
        // when they stand twice or a decimal follows.
        let sure = same > 1
            || is_space(sign) && (sign != ' ' || rest[0].value == 0)
            || is_decimal_sign(sign) && rest.len() > same && rest[same].sign != ' ';
        let known = is_group_sign || !is_decimal && group_signs.is_empty();
        return if known || sure { same } else { 0 };
    }
    // Lakhs and crores: 12,34,567.
    let indian = same > 1 && first.digits < 3 && rest[same - 1].digits == 3 && rest[..same - 1].iter().all(|run| run.digits == 2);
    if indian && is_decimal_sign(sign) { same } else { 0 }
}

fn power(digits: usize) -> f64 {
    10f64.powi(i32::try_from(digits).unwrap_or(i32::MAX))
}

/// A number that is a fraction sign: `½`.
fn vulgar(reader: &Reader, at: usize) -> Option<Literal> {
    let (value, length) = fraction_sign(reader.char_at(at)?)?;
    Some(Literal { span: Span::new(at, at + length), value, digits: 0, signed: true, padded: false, label: false })
}

fn fraction_sign(c: char) -> Option<(f64, usize)> {
    const SIGNS: &[(char, f64)] =
        &[('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0), ('⅕', 0.2), ('⅛', 0.125)];
    SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, value)| (*value, c.len_utf8()))
}

/// The values of the runs of digits in a text: 12 and 30 in `12:30`, 14.5 and 13.5 in `14½-13½`, 1 and 2500 in `1:2,500`.
pub fn digit_runs(text: &str) -> impl Iterator<Item = f64> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(|c| digit(c).is_some())?..];
        let first = run_length(rest);
        let mut end = first;
        while first <= 3 && rest[end..].starts_with([',', '.']) && run_length(&rest[end + 1..]) == 3 {
            end += 4;
        }
        let whole = rest[..end].chars().filter_map(digit).fold(0.0, |value, digit| value * 10.0 + f64::from(digit));
        rest = &rest[end..];
        let fraction = rest.chars().next().and_then(fraction_sign).map_or(0.0, |(fraction, _)| fraction);
        Some(whole + fraction)
    })
}

fn run_length(text: &str) -> usize {
    text.find(|c| digit(c).is_none()).unwrap_or(text.len())
}
