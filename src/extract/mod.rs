//! Mentions: the numbers, dates, names and quotations of a text, each with its value and its span.

mod century;
pub mod date;
mod label;
pub mod name;
pub mod number;
mod number_digits;
#[cfg(test)]
mod number_properties;
#[cfg(test)]
mod number_tests;
mod number_words;
mod plausible;
pub mod quotation;
mod range;
mod reader;
mod sum;
mod unit;

pub use number_digits::digit_runs;

use crate::document::Span;

/// How a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `5 billion`.
    Exact,
    /// `about 5 billion`, `une centaine`.
    About,
    /// `more than`, `at least`.
    Above,
    /// `less than`.
    Below,
    /// `at most`; `up to` and `as many as` say it of a figure that was reached.
    Most,
}

/// A quantity: digits, words or both, with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub span: Span,
    /// In units of `unit`; percent is divided by nothing: 7 % is 7 with the unit `percent`.
    pub value: f64,
    /// The other end of a range (`10 à 15`).
    pub upper: Option<f64>,
    /// An id of `corpus/quantities/units.tsv` or an ISO 4217 code.
    pub unit: Option<String>,
    /// Where the unit stands, when there is one.
    pub unit_span: Option<Span>,
    pub bound: Bound,
    pub form: Form,
}

/// How a number is written, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Digits, perhaps with a scale word: `1,2 milliard`.
    Digits,
    /// Words alone: `trois`, 三亿五千万.
    Words,
    /// `3rd`, `troisième`, 第三.
    Ordinal,
    /// `XXIe siècle`, `21世纪`: the value is the number of the century.
    Century,
    /// A year: `2024`, 2024年, `les années 1990`.
    Year,
    /// `12:30`, `2-1`, `G7`, `Covid-19`, phone and product numbers: not compared.
    Label,
}

/// A point in the calendar. What the text does not say is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    pub span: Span,
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// 1 is Monday.
    pub weekday: Option<u8>,
}

/// A name: a run of capitalised words, a Latin run in an unspaced text, or an entry of `corpus/names`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub span: Span,
    /// The entry of `corpus/names`, when it is one.
    pub entry: Option<crate::corpus::Id>,
    /// It stands at the beginning of a sentence, where a capital proves nothing.
    pub initial: bool,
}

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// The closing mark is there.
    pub closed: bool,
}
