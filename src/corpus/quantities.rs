//! How a language writes quantities: its number words, the names of its months and days, its units.
//! Three lexicons, read from `numbers.tsv`, `dates.tsv` and `units.tsv`, with the units that all languages share.

pub mod lexicon;
mod role;

pub use role::Role;

use super::files::File;
use super::table::{Row, Table};
use crate::error::Error;
use crate::token::folded;
use lexicon::{Casing, Lexicon};
use rustc_hash::FxHashMap;

/// A row of `numbers.tsv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberWord {
    pub role: Role,
    /// 0 where the role has none.
    pub value: f64,
}

/// A row of `dates.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateWord {
    Month(u8),
    Weekday(u8),
    Season,
    /// Days from today.
    Relative(i8),
    Year,
    MonthUnit,
    Day,
    /// Another sign for a day, which counts other things too (号): only after a month.
    LooseDay,
    Hour,
    /// Another unit of time.
    Span,
}

/// A unit of `quantities/units.tsv`, or a currency by its ISO code.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    pub id: String,
    pub dimension: String,
    /// How many base units of its dimension; None where no factor converts it.
    pub factor: Option<f64>,
    /// The name that it shares with others: the dollars, the pounds of money and of mass.
    pub family: String,
    /// What else its name may measure.
    pub also: String,
}

impl Unit {
    /// One name may mean either: `dollar` is said of many.
    pub fn is_kin(&self, other: &Unit) -> bool {
        !self.family.is_empty() && self.family == other.family
    }

    /// Both may measure one thing.
    pub fn is_comparable(&self, other: &Unit) -> bool {
        let measures = |unit: &Unit, dimension: &str| unit.dimension == dimension || unit.also == dimension;
        measures(self, &other.dimension) || measures(other, &self.dimension)
    }
}

/// All of it for one language.
#[derive(Default)]
pub struct Quantities {
    pub numbers: Lexicon<NumberWord>,
    pub dates: Lexicon<DateWord>,
    /// Values are places in `units`.
    pub units: Lexicon<u16>,
    all: Vec<Unit>,
    by_id: FxHashMap<String, u16>,
    /// Currency signs that may stand before a number, longest first.
    signs: Vec<(String, u16)>,
    /// Number words of which compounds are made, by their first character, longest first.
    parts: FxHashMap<char, Vec<(String, NumberWord)>>,
    /// Ordinal words, for the endings written after digits.
    ordinals: Vec<(u32, String)>,
    /// Words that speak of a unit and are not its name (`annual`), each with the place of the unit.
    kin: Vec<(u16, String)>,
}

/// The dimension of money.
pub const CURRENCY: &str = "currency";

impl Quantities {
    /// Reads the tables of one language; `shared` is `quantities/units.tsv`.
    pub fn load<'f>(get: &dyn Fn(&str) -> &'f [File], shared: &'f [File]) -> Result<Quantities, Error> {
        let mut quantities = Quantities::default();
        for file in shared {
            for row in Table::read(file)?.rows() {
                quantities.add_shared(row)?;
            }
        }
        for (name, add) in [
            ("units.tsv", Quantities::add_units as fn(&mut Quantities, Row) -> Result<(), Error>),
            ("numbers.tsv", Quantities::add_number),
            ("dates.tsv", Quantities::add_date),
        ] {
            for file in get(name) {
                for row in Table::read(file)?.rows() {
                    add(&mut quantities, row)?;
                }
            }
        }
        quantities.numbers.sort();
        quantities.dates.sort();
        quantities.units.sort();
        quantities.signs.reverse();
        quantities.signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        quantities.parts.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        Ok(quantities)
    }

    /// Whether the language has number words at all; without them a scale would be overlooked.
    pub fn has_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// The unit of an id.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.by_id.get(id).map(|&place| &self.all[usize::from(place)])
    }

    /// The unit that a value of [`Quantities::units`] stands for.
    pub fn unit_at(&self, place: u16) -> &Unit {
        &self.all[usize::from(place)]
    }

    pub fn is_currency(&self, place: u16) -> bool {
        self.unit_at(place).dimension == CURRENCY
    }

    /// The words that speak of a unit without naming it, in lower case; `*` stands for the rest of a word.
    pub fn kin_of(&self, id: &str) -> impl Iterator<Item = &str> {
        let place = self.by_id.get(id).copied();
        self.kin.iter().filter(move |(unit, _)| Some(*unit) == place).map(|(_, pattern)| pattern.as_str())
    }

    /// The currency sign at the end of a text: its place in the units and its length.
    pub fn sign_before(&self, text: &str) -> Option<(u16, usize)> {
        let last = text.as_bytes().last();
        let ends = |(sign, _): &&(String, u16)| sign.as_bytes().last() == last && text.ends_with(sign.as_str());
        self.signs.iter().find(ends).map(|(sign, unit)| (*unit, sign.len()))
    }

    /// The number words that begin with a character, longest first, in lower case.
    pub fn parts(&self, first: char) -> &[(String, NumberWord)] {
        self.parts.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Letters after digits make them an ordinal when the ordinal word of that number ends in them: `3rd`, `2e`.
    pub fn is_ordinal_ending(&self, number: f64, ending: &str) -> bool {
        // Words stop at about thirty: later ordinals end like the words of their last digits, or like twentieth.
        const LIKE: u32 = 20;
        let number = number as u32;
        let ending = folded(ending);
        let same =
            |value: u32| value == number || number > LIKE && (value == number % 100 || value == number % 10 || value == LIKE);
        self.ordinals.iter().any(|(value, word)| same(*value) && word.ends_with(&*ending))
    }

    fn add_shared(&mut self, row: Row) -> Result<(), Error> {
        let factor = match row.get("factor") {
            "" => None,
            written => Some(number(row, written)?),
        };
        let unit = Unit {
            id: row.need("unit")?.to_owned(),
            dimension: row.need("dimension")?.to_owned(),
            factor,
            family: row.get("family").to_owned(),
            also: row.get("also").to_owned(),
        };
        let place = self.add_unit(unit);
        self.add_forms(place, row.list("symbols"));
        Ok(())
    }

    fn add_unit(&mut self, unit: Unit) -> u16 {
        let place = self.all.len() as u16;
        self.by_id.insert(unit.id.clone(), place);
        self.all.push(unit);
        place
    }

    fn add_units(&mut self, row: Row) -> Result<(), Error> {
        let id = row.need("unit")?;
        let place = match self.by_id.get(id) {
            Some(&place) => place,
            None if id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                let (id, dimension) = (id.to_owned(), CURRENCY.to_owned());
                self.add_unit(Unit { id, dimension, factor: None, family: String::new(), also: String::new() })
            }
            None => return Err(row.error(format!("a unit of quantities/units.tsv instead of {id:?}"))),
        };
        self.add_forms(place, row.list("forms"));
        Ok(())
    }

    fn add_forms<'f>(&mut self, place: u16, forms: impl Iterator<Item = &'f str>) {
        for form in forms {
            // m is not M, and To (terabytes) is not to.
            let casing = if form.chars().nth(2).is_none() { Casing::Exact } else { Casing::Any };
            self.units.add(form, casing, place);
            if self.is_currency(place) && form.chars().any(|c| !c.is_alphanumeric()) && !form.contains(' ') {
                self.signs.push((form.to_owned(), place));
            }
        }
    }

    fn add_number(&mut self, row: Row) -> Result<(), Error> {
        let (word, kind) = (row.need("word")?, row.need("kind")?);
        let role = Role::from_name(kind).ok_or_else(|| row.error(format!("a kind of number word instead of {kind:?}")))?;
        let value = if role.has_value() { number(row, row.get("value"))? } else { 0.0 };
        let number = NumberWord { role, value };
        let casing = if word.chars().nth(1).is_none() { Casing::Exact } else { Casing::Any };
        self.numbers.add(word, casing, number);
        let simple = word.chars().all(char::is_alphabetic) && word.chars().nth(1).is_some();
        if let Some(first) = folded(word).chars().next()
            && simple
            && matches!(
                role,
                Role::Unit | Role::UncertainUnit | Role::Hundred | Role::Scale | Role::And | Role::Article | Role::Ordinal
            )
        {
            self.parts.entry(first).or_default().push((folded(word).into_owned(), number));
        }
        if role == Role::Ordinal {
            self.ordinals.push((value as u32, folded(word).into_owned()));
        }
        Ok(())
    }

    fn add_date(&mut self, row: Row) -> Result<(), Error> {
        let (kind, value) = (row.need("kind")?, row.need("value")?);
        let refused =
            || row.error(format!("a month, weekday, season, relative, unit or kin with its value instead of {kind} {value:?}"));
        if kind == "kin" {
            let place = *self.by_id.get(value).ok_or_else(refused)?;
            self.kin.extend(row.list("forms").map(|form| (place, folded(form).into_owned())));
            return Ok(());
        }
        let count = value.parse::<i8>();
        let word = match (kind, value) {
            ("month", _) => DateWord::Month(count.ok().and_then(|n| within(n, 12)).ok_or_else(refused)?),
            ("weekday", _) => DateWord::Weekday(count.ok().and_then(|n| within(n, 7)).ok_or_else(refused)?),
            ("relative", _) => DateWord::Relative(count.map_err(|_| refused())?),
            ("season", _) => DateWord::Season,
            ("unit", "year") => DateWord::Year,
            ("unit", "month") => DateWord::MonthUnit,
            ("unit", "day") => DateWord::Day,
            ("unit", "hour") => DateWord::Hour,
            ("unit", _) => DateWord::Span,
            _ => return Err(refused()),
        };
        for (place, form) in row.list("forms").enumerate() {
            let casing = if form.starts_with(char::is_uppercase) { Casing::Capital } else { Casing::Any };
            // 月 and 日 make dates; what stands after them in the row (个月, 号) also counts or names.
            let word = match word {
                DateWord::Day if place > 0 => DateWord::LooseDay,
                DateWord::MonthUnit | DateWord::Year if place > 0 => DateWord::Span,
                word => word,
            };
            self.dates.add(form, casing, word);
        }
        Ok(())
    }
}

fn within(number: i8, most: i8) -> Option<u8> {
    (1..=most).contains(&number).then_some(number as u8)
}

fn number(row: Row, written: &str) -> Result<f64, Error> {
    let value = written.parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| row.error(format!("a number instead of {written:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(numbers: &'static str, dates: &'static str) -> Result<Quantities, Error> {
        let file = |name: &str, text: &'static str| vec![File { path: name.to_owned(), text: text.into() }];
        let (numbers, dates) = (file("numbers.tsv", numbers).leak(), file("dates.tsv", dates).leak());
        let shared =
            file("units.tsv", "unit\tdimension\tfactor\tsymbols\nkm\tlength\t1000\tkm\nUSD\tcurrency\t\t$; US$\n").leak();
        let (numbers, dates): (&'static [File], &'static [File]) = (numbers, dates);
        Quantities::load(
            &|name| {
                if name == "numbers.tsv" {
                    numbers
                } else if name == "dates.tsv" {
                    dates
                } else {
                    &[]
                }
            },
            shared,
        )
    }

    #[test]
    fn endings_of_ordinals_are_those_of_their_words() {
        let known = load("word\tvalue\tkind\nfirst\t1\tordinal\nthird\t3\tordinal\ntwentieth\t20\tordinal\n", "").unwrap();
        let endings = [(1.0, "st", true), (3.0, "rd", true), (3.0, "st", false), (43.0, "rd", true), (60.0, "th", true)];
        for (number, ending, expected) in endings {
            assert_eq!(known.is_ordinal_ending(number, ending), expected, "{number}{ending}");
        }
    }

    #[test]
    fn units_convert_and_signs_stand_before_numbers() {
        let known = load("word\tvalue\tkind\n", "").unwrap();
        assert_eq!(known.unit("km").and_then(|unit| unit.factor), Some(1000.0));
        assert_eq!(
            known.sign_before("for US$").map(|(unit, length)| (known.unit_at(unit).id.as_str(), length)),
            Some(("USD", 3))
        );
    }

    #[test]
    fn errors_have_an_address() {
        let told = |numbers, dates| load(numbers, dates).err().unwrap().to_string();
        assert_eq!(
            told("word\tvalue\tkind\ntwo\t2\tdigit\n", ""),
            "numbers.tsv:2: expected a kind of number word instead of \"digit\""
        );
        assert_eq!(told("word\tvalue\tkind\ntwo\t\tunit\n", ""), "numbers.tsv:2: expected a number instead of \"\"");
        assert!(told("", "kind\tvalue\tforms\nmonth\t13\tundecember\n").starts_with("dates.tsv:2: expected a month"));
    }
}
