//! Centuries in Roman digits.

use super::reader::Reader;
use crate::corpus::quantities::Role;
use crate::token::Token;

/// The century that a word in Roman digits names beside the word for a century: `XIXe siècle`, `siglo XXI`.
pub(super) fn roman_century(reader: &Reader, token: &Token) -> Option<f64> {
    if !token.shape.is_large() {
        return None;
    }
    let word = token.text(reader.text);
    let digits = word.len() - word.trim_start_matches(['I', 'V', 'X', 'L', 'C']).len();
    let value = roman(&word[..digits])?;
    let ending = &word[digits..];
    if !ending.is_empty() && !reader.quantities.is_ordinal_ending(value, ending) {
        return None;
    }
    // `du XVIIIe au XIXe siècle`: an ending after Roman digits of more than one sign is enough.
    let named = digits > 1 && !ending.is_empty() || is_beside_century(reader, token);
    named.then_some(value)
}

fn is_beside_century(reader: &Reader, token: &Token) -> bool {
    let before = reader.token_before(token.span.start).filter(|other| reader.adjoins(other.span.end, token.span.start));
    reader.past_role(reader.past_spaces(token.span.end), Role::Century).is_some()
        || before.is_some_and(|other| reader.past_role(other.span.start, Role::Century).is_some())
}

fn roman(digits: &str) -> Option<f64> {
    /// More centuries than history has.
    const MOST: i32 = 40;
    let mut total = 0;
    let mut largest = 0;
    for c in digits.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => 100,
        };
        total += if value < largest { -value } else { value };
        largest = largest.max(value);
    }
    (!digits.is_empty() && (1..=MOST).contains(&total)).then(|| f64::from(total))
}
