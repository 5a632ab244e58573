//! Whether number words count something: they may also be pronouns, names or parts of other words.

use super::number_words::{Amount, First};
use super::reader::Reader;
use super::unit::Measured;
use crate::corpus::quantities::Role;
use crate::token::is_unspaced;

/// What is known of the place in which an amount stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub measured: Option<Measured>,
    /// A modifier stands right before.
    pub bounded: bool,
    /// An ordinal stands right before: the second half.
    pub after_ordinal: bool,
}

/// The amount, which ends where `last` does, is a number.
pub(super) fn counts(reader: &Reader, first: &Amount, last: &Amount, place: Place) -> bool {
    let First::Word(word) = first.first else { return true };
    let bare = first.pieces == 1 && first.span == last.span;
    if reader.is_unspaced(first.span.start) {
        return counts_unspaced(reader, first, last.span.end, bare, place);
    }
    match word.role {
        // millions of people: a number of its own, though not an exact one.
        Role::Scale if word.value > 1000.0 => !bare || first.span.len() > LONGEST_SHORT && !is_tied(reader, first),
        Role::Hundred | Role::Scale => !bare || stands_alone(reader, first),
        // One of something is mostly an article.
        Role::Unit | Role::UncertainUnit if bare && is(word.value, 1.0) => is_physical(reader, place),
        Role::Unit if bare => place.measured.is_some() || stands_alone(reader, first),
        Role::UncertainUnit if bare => place.measured.is_some() || stands_alone(reader, first) && is_expected(reader, first),
        Role::About if bare => reader.past_role(reader.past_spaces(first.span.end), Role::Of).is_some(),
        Role::Fraction if bare => {
            let several = first.span.of(reader.text).contains(|c: char| !c.is_alphanumeric());
            (several || is(word.value, 0.5)) && !place.after_ordinal && stands_alone(reader, first)
        }
        _ => true,
    }
}

/// `B` and `bn` are scales only behind digits.
const LONGEST_SHORT: usize = 4;

/// In an unspaced text a number character alone is mostly a part of a word; a unit or a measure word tells.
fn counts_unspaced(reader: &Reader, first: &Amount, end: usize, bare: bool, place: Place) -> bool {
    let First::Word(word) = first.first else { return true };
    let start = first.span.start;
    if reader.char_before(start).is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    let counted = |role| matches!(role, Role::Measure | Role::Tenths);
    let measure = reader.longest(end, counted).is_some_and(|(word, _)| counted(word.role));
    let measured = place.measured.is_some();
    match word.role {
        // 千万 is also "by all means", 百万 also a nickname.
        Role::Hundred | Role::Scale => measured || place.bounded,
        Role::Ten if bare => measured || measure,
        Role::Unit | Role::UncertainUnit if bare && is(word.value, 1.0) => is_physical(reader, place) && !measure,
        Role::Unit | Role::UncertainUnit if bare => word.value > 0.0 && (measured || measure),
        Role::Fraction if bare => {
            let several = first.span.of(reader.text).chars().nth(1).is_some();
            several || measured && !reader.char_before(start).is_some_and(is_unspaced)
        }
        _ => true,
    }
}

fn is(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 1e-9
}

fn is_physical(reader: &Reader, place: Place) -> bool {
    place.measured.is_some_and(|found| found.is_physical(reader))
}

/// No hyphen ties the word to another, and it is not part of a name.
fn stands_alone(reader: &Reader, amount: &Amount) -> bool {
    let before = reader.char_before(amount.span.start);
    let inside = before.is_some_and(|c| c == ' ' || c == '\u{A0}');
    let name = inside && reader.char_at(amount.span.start).is_some_and(char::is_uppercase);
    !is_tied(reader, amount) && !name
}

fn is_tied(reader: &Reader, amount: &Amount) -> bool {
    let tied = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
    tied(reader.char_before(amount.span.start)) || tied(reader.char_at(amount.span.end))
}

/// A number may begin here: nothing before, or a word of grammar.
fn is_expected(reader: &Reader, amount: &Amount) -> bool {
    let start = amount.span.start;
    let before = reader.token_before(start).filter(|token| reader.adjoins(token.span.end, start));
    before.is_none_or(|token| reader.is_grammar(token))
}
