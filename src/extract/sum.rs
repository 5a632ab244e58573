//! Adds up number words: units, hundreds and scales in the order in which languages say them.

use crate::corpus::quantities::{NumberWord, Quantities, Role};
use crate::token::folded;

/// The number said so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    /// What has been multiplied by a scale, and that scale; descending.
    terms: [(f64, f64); 8],
    count: usize,
    /// Hundreds and tens since the last scale.
    group: f64,
    /// What the next multiplier takes.
    low: f64,
    /// A unit that follows must be smaller.
    room: f64,
    begun: bool,
}

impl Default for Sum {
    fn default() -> Sum {
        Sum { terms: [(0.0, 0.0); 8], count: 0, group: 0.0, low: 0.0, room: f64::INFINITY, begun: false }
    }
}

impl Sum {
    pub fn total(&self) -> f64 {
        let sum = self.terms[..self.count].iter().map(|term| term.0).sum::<f64>() + self.group + self.low;
        // 1.1 milliard is 1 100 000 000, not a millionth more.
        let whole = sum.round();
        if sum.abs() >= 1000.0 && (sum - whole).abs() < 1e-6 * sum.abs().min(1000.0) { whole } else { sum }
    }

    /// No scale has been said: a fraction or a decimal may still follow.
    pub fn is_small(&self) -> bool {
        self.count == 0 && self.group == 0.0
    }

    /// A number in digits: nothing is added to its ones.
    pub fn digits(&mut self, value: f64) {
        *self = Sum { low: value, room: 0.0, begun: true, ..Sum::default() };
    }

    /// Digits after a scale.
    pub fn digits_after(&mut self, value: f64) {
        (self.low, self.room) = (value, 0.0);
    }

    /// A part of one: of the last scale when there is one (`un million et demi`).
    pub fn add(&mut self, fraction: f64) {
        match self.terms[..self.count].last_mut() {
            Some((value, scale)) if self.group + self.low == 0.0 => *value += fraction * *scale,
            _ => self.low += fraction,
        }
    }

    pub fn unit(&mut self, value: f64) {
        /// French counts on from sixty and eighty to nineteen.
        const COUNTS_ON: [f64; 2] = [60.0, 80.0];
        self.low += value;
        self.begun = true;
        self.room = match value {
            v if COUNTS_ON.contains(&v) => 20.0,
            v if (20.0..100.0).contains(&v) && v % 10.0 == 0.0 => 10.0,
            v if (100.0..1000.0).contains(&v) && v % 100.0 == 0.0 => 100.0,
            _ => 0.0,
        };
    }

    /// A unit after others, if there is room for it: three after twenty, not twenty after three.
    pub fn follows(&mut self, value: f64) -> Option<()> {
        if value >= self.room {
            return None;
        }
        // A zero holds the place of what is not said: 一百零五.
        if value == 0.0 && self.begun {
            return Some(());
        }
        self.unit(value);
        Some(())
    }

    /// The last digit counts tenths of the multiplier before it.
    pub fn tenths(&mut self, multiplier: f64) {
        if multiplier >= 100.0 {
            self.low *= multiplier / 10.0;
        }
    }

    pub fn ten(&mut self, value: f64) -> Option<()> {
        if self.low >= 10.0 || self.low.fract() != 0.0 {
            return None;
        }
        self.group += self.low.max(1.0) * value;
        (self.low, self.room, self.begun) = (0.0, 10.0, true);
        Some(())
    }

    pub fn hundred(&mut self, value: f64) -> Option<()> {
        if self.low >= 100.0 || self.group > 0.0 {
            return None;
        }
        self.group = if self.low == 0.0 { value } else { self.low * value };
        (self.low, self.room, self.begun) = (0.0, 100.0, true);
        Some(())
    }

    /// A scale multiplies all that is smaller than itself.
    pub fn scale(&mut self, scale: f64) {
        let mut part = self.group + self.low;
        while let Some((value, _)) = self.terms[..self.count].last().filter(|term| term.1 < scale) {
            part += value;
            self.count -= 1;
        }
        if part == 0.0 && !(self.begun && self.count == 0) {
            part = 1.0;
        }
        // More terms than any language has scales: the last takes the rest.
        self.count = (self.count + 1).min(self.terms.len());
        self.terms[self.count - 1] = (part * scale, scale);
        (self.group, self.low, self.room, self.begun) = (0.0, 0.0, scale, true);
    }

    /// Reads one word that is made of number words: how many, and whether the last is an ordinal.
    pub fn compound(&mut self, word: &str, quantities: &Quantities) -> Option<(usize, bool)> {
        /// The shortest words of two parts have six bytes.
        const SHORTEST: usize = 6;
        if word.len() < SHORTEST || quantities.parts(first(word)?).is_empty() {
            return None;
        }
        let word = folded(word);
        let (mut rest, mut count, mut joined) = (&*word, 0, false);
        while !rest.is_empty() {
            let (part, left) = self.part(rest, joined, quantities)?;
            joined = part == Role::And;
            (rest, count) = (left, count + 1);
            if part == Role::Ordinal {
                return (rest.is_empty() && count > 1).then_some((count, true));
            }
        }
        (count > 1 && !joined).then_some((count, false))
    }

    /// The longest part with which the rest of a compound may go on, and what is left.
    fn part<'w>(&mut self, rest: &'w str, joined: bool, quantities: &Quantities) -> Option<(Role, &'w str)> {
        let parts = quantities.parts(first(rest)?);
        parts.iter().find_map(|(part, word)| {
            let left = rest.strip_prefix(part.as_str())?;
            let mut sum = *self;
            sum.say(*word, joined)?;
            *self = sum;
            Some((word.role, left))
        })
    }

    fn say(&mut self, word: NumberWord, joined: bool) -> Option<()> {
        match word.role {
            Role::And => self.begun.then_some(()),
            Role::Hundred => self.hundred(word.value),
            Role::Scale => {
                self.scale(word.value);
                Some(())
            }
            // fünf-und-zwanzig: the ones come first.
            Role::Unit | Role::Ordinal if joined && word.value >= 20.0 && self.low < 10.0 && self.low > 0.0 => {
                self.low += word.value;
                self.room = 0.0;
                Some(())
            }
            _ => self.follows(word.value),
        }
    }
}

fn first(word: &str) -> Option<char> {
    word.chars().next()?.to_lowercase().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_multiplies_what_is_smaller() {
        let mut sum = Sum::default();
        sum.unit(3.0);
        sum.scale(1e8);
        sum.unit(5.0);
        sum.scale(1e3);
        sum.scale(1e4);
        assert!((sum.total() - 3.5e8).abs() < 1.0, "三亿五千万");
    }

    #[test]
    fn units_follow_only_where_there_is_room() {
        let mut sum = Sum::default();
        sum.unit(20.0);
        assert_eq!(sum.follows(20.0), None);
        assert_eq!(sum.follows(5.0), Some(()));
        assert_eq!(sum.follows(1.0), None);
        assert!((sum.total() - 25.0).abs() < 1e-9);
    }
}
