//! Units that the translation changed: beside the same value, without a number, or where no unit belongs.

use super::agreement::{converts, equal};
use super::can_count;
use super::mention::{Mention, mentions, names, says, sign_of, stray_signs};
use super::point::{Kind, Point, points};
use crate::article::Analysis;
use crate::corpus::quantities::Unit;
use crate::document::Span;
use crate::rules::{Context, Finding, Pair};
use std::cell::LazyCell;

const YEAR: &str = "year";
const HOUR: &str = "hour";
/// The last hour of a clock.
const CLOCK: f64 = 24.0;
const MONTH: &str = "month";
const TIME: &str = "time";
/// Units of time that are told apart even without a number.
const TOLD_APART: [&str; 6] = ["minute", "hour", "day", "week", MONTH, YEAR];

pub fn unit_changed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !can_count(context) {
        return findings;
    }
    for (source, pair) in context.pairs() {
        let target = &context.target;
        let says = points(target, pair.target);
        let said = if says.is_empty() { Vec::new() } else { points(source, pair.source) };
        let bead = Bead { context, source, pair, said, says, units: mentions(target, pair.target) };
        let mut found: Vec<Finding> = bead.says.iter().filter_map(|point| bead.unit_of_value(point)).collect();
        if found.is_empty() {
            found.extend(bead.bare_unit());
        }
        found.extend(bead.stray_unit());
        found.extend(bead.unit_of_date());
        found.dedup_by_key(|finding| finding.span);
        findings.extend(found);
    }
    findings
}

/// A unit is taken for one of the next sizes: months for weeks, not for minutes.
fn is_near(one: &str, other: &str, farthest: usize) -> bool {
    let place = |unit: &str| TOLD_APART.iter().position(|known| *known == unit);
    place(one).zip(place(other)).is_some_and(|(one, other)| one.abs_diff(other) <= farthest)
}

/// It measures bodies and grounds: square kilometres told as kilometres are as wrong as hectares.
fn is_solid(unit: &Unit) -> bool {
    unit.factor.is_some() && matches!(unit.dimension.as_str(), "length" | "area" | "volume" | "mass")
}

/// Two passages that translate each other, with the values of both.
struct Bead<'c, 'a> {
    context: &'c Context<'a>,
    source: &'c Analysis<'a>,
    pair: Pair<'c>,
    said: Vec<Point<'c>>,
    says: Vec<Point<'c>>,
    /// The units that the target names.
    units: Vec<Mention<'c>>,
}

impl Bead<'_, '_> {
    /// The unit of a number whose value the source has with another unit, or with none where only the unit of age is left
    /// unsaid.
    fn unit_of_value(&self, point: &Point) -> Option<Finding> {
        let (unit, place) = point.unit.zip(point.unit_span)?;
        let originals = self.originals(point);
        let original = *originals.first()?;
        if self.said.iter().any(|said| said.is_of(&unit.id)) {
            return None;
        }
        let Some(other) = originals.iter().find_map(|original| original.unit) else {
            // `aged 31` is 31 years, and `entre las seis y las diez` are hours; another unit of time must stand somewhere.
            let clock = unit.id == HOUR && point.value <= CLOCK;
            let asks = unit.dimension == TIME && unit.id != YEAR && !clock && !original.dated;
            let unsaid = asks && !says(self.source, self.pair.source, &unit.id);
            return unsaid.then(|| self.finding(original, place, None));
        };
        let answered = originals.iter().any(|original| original.unit.is_none_or(|said| said.is_kin(unit)));
        let comparable = other.is_comparable(unit) || is_solid(other) && is_solid(unit);
        let changed = comparable && !answered && !self.is_rendered(original, other);
        (changed && !self.is_converted(point)).then(|| self.finding(original, place, Some(&other.id)))
    }

    /// What the source says with this value; counted things before ordinals and years.
    fn originals(&self, point: &Point) -> Vec<&Point<'_>> {
        let same =
            |original: &&Point| equal(original.value, point.value) && original.kind != Kind::Label && original.upper.is_none();
        let all: Vec<&Point> = self.said.iter().filter(same).collect();
        let counts: Vec<&Point> = all.iter().copied().filter(|original| original.kind == Kind::Count).collect();
        if counts.is_empty() { all } else { counts }
    }

    /// The target has the number with its own unit too: `20 miles (20 km)` is another rule's.
    fn is_rendered(&self, original: &Point, unit: &Unit) -> bool {
        self.says.iter().any(|point| {
            let same = point.is_of(&unit.id) && equal(point.value, original.value);
            same || converts(original, point)
        })
    }

    /// It is what another number of the source comes to: 1 to 2 inches are 2 to 5 centimetres.
    fn is_converted(&self, point: &Point) -> bool {
        self.said.iter().any(|original| converts(original, point))
    }

    fn finding(&self, original: &Point, place: Span, said: Option<&str>) -> Finding {
        let (words, says) = (original.whole().of(self.source.text()), place.of(self.context.text()));
        let said = said.map(|unit| format!(" ({unit})")).unwrap_or_default();
        let message = format!("the source says {words:?}{said}, the translation has {says:?} as its unit");
        Finding::new(place, message).from_source(original.span)
    }

    /// The one unit of time that the target names and the source does not, where the source names one that the target
    /// does not.
    fn bare_unit(&self) -> Option<Finding> {
        let target = &self.context.target;
        let told_apart = |mention: &Mention| TOLD_APART.contains(&mention.unit.id.as_str());
        let named: Vec<Mention> = self
            .units
            .iter()
            .copied()
            .filter(|mention| !mention.counted && told_apart(mention) && mention.is_word(target))
            .collect();
        if named.is_empty() {
            return None;
        }
        let source = mentions(self.source, self.pair.source);
        let times = |all: &[Mention], unit: &Unit| all.iter().filter(|mention| mention.unit.id == unit.id).count();
        // Said twice for once: `years and years` for `months and years`.
        let surplus = |unit: &Unit| times(&source, unit) > 0 && times(&named, unit) > times(&source, unit);
        let new: Vec<&Mention> = named
            .iter()
            .filter(|mention| surplus(mention.unit) || !says(self.source, self.pair.source, &mention.unit.id))
            .collect();
        let new = new.first().filter(|first| new.iter().all(|other| other.unit.id == first.unit.id))?;
        let (lost, span) = self.lost_unit(&source, &new.unit.id)?;
        let (said, says) = (span.of(self.source.text()), new.span.of(target.text()));
        let message = format!("the source says {said:?} ({lost}), the translation {says:?} ({})", new.unit.id);
        Some(Finding::new(new.span, message).from_source(span))
    }

    /// The one unit of time that the source names without a number and the target does not.
    fn lost_unit(&self, named: &[Mention], new: &str) -> Option<(String, Span)> {
        /// Units whose signs have few other meanings.
        const BY_SIGN: [&str; 2] = [YEAR, MONTH];
        let missing = |unit: &str| !names(&self.context.target, self.pair.target, unit);
        let bare = named.iter().filter(|mention| !mention.counted && TOLD_APART.contains(&mention.unit.id.as_str()));
        let mut lost: Vec<(&str, Span)> =
            bare.map(|mention| (mention.unit.id.as_str(), mention.span)).filter(|(unit, _)| missing(unit)).collect();
        let farthest = if lost.is_empty() { 1 } else { 2 };
        if lost.is_empty() {
            let signs = BY_SIGN.iter().filter(|unit| missing(unit));
            lost.extend(signs.filter_map(|unit| Some((*unit, sign_of(self.source, self.pair.source, unit)?))));
        }
        let (unit, span) = *lost.first().filter(|first| lost.iter().all(|other| other.0 == first.0))?;
        is_near(unit, new, farthest).then(|| (unit.to_owned(), span))
    }

    /// A unit of time before a month or a decade of the source, which are months and years: `the weeks of July`.
    fn unit_of_date(&self) -> Option<Finding> {
        /// Bytes of what may stand between the two.
        const BETWEEN: usize = 5;
        let target = &self.context.target;
        let text = target.text();
        let new = |mention: &Mention| {
            let unit = mention.unit.id.as_str();
            let other = TOLD_APART.contains(&unit) && unit != YEAR;
            other && !mention.counted && mention.is_word(target) && !says(self.source, self.pair.source, unit)
        };
        let near = |mention: &Mention, span: Span| (mention.span.end..=mention.span.end + BETWEEN).contains(&span.start);
        let month = |mention: &Mention| {
            let dates = target.dates_in(self.pair.target).iter();
            let mut months = dates.filter(|date| date.day.is_none() && mention.unit.id != MONTH && near(mention, date.span));
            months.find_map(|date| {
                let month = date.month?;
                let mut said = self.source.dates_in(self.pair.source).iter();
                said.find(|said| said.month == Some(month) && said.day.is_none()).map(|said| said.span)
            })
        };
        let decade = |mention: &Mention| {
            let mut numbers = target.numbers_in(self.pair.target).iter();
            let number = numbers
                .find(|number| near(mention, number.span) && text[mention.span.end..number.span.start].trim().is_empty())?;
            let short = number.unit.is_none() && (10.0..100.0).contains(&number.value) && number.value % 10.0 == 0.0;
            let mut said = self.source.numbers_in(self.pair.source).iter();
            said.find(|said| short && said.value >= 1000.0 && equal(said.value % 100.0, number.value)).map(|said| said.span)
        };
        let (mention, said) = self
            .units
            .iter()
            .filter(|mention| new(mention))
            .find_map(|mention| Some((mention, month(mention).or_else(|| decade(mention))?)))?;
        let message =
            format!("the source says {:?}, the translation makes {:?} of it", said.of(self.source.text()), mention.span.of(text));
        Some(Finding::new(mention.span, message).from_source(said))
    }

    /// The symbol of a measure with no number, where the source measures nothing of the kind.
    fn stray_unit(&self) -> Option<Finding> {
        let target = &self.context.target;
        let measured = LazyCell::new(|| mentions(self.source, self.pair.source));
        let signs = stray_signs(target, self.pair.target, self.context.marks_in(self.pair.target));
        let stray = self.units.iter().copied().chain(signs).find(|mention| {
            let alike = || measured.iter().any(|other| other.unit.dimension == mention.unit.dimension);
            let symbol = mention.span.of(target.text());
            mention.is_symbol(target) && !alike() && !self.pair.source.of(self.source.text()).contains(symbol)
        })?;
        let symbol = stray.span.of(target.text());
        Some(Finding::new(stray.span, format!("{symbol:?} stands with no number, and the source has no such unit")))
    }
}
