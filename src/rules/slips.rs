//! Words that differ by one slip: a letter put in, left out or replaced, or two neighbours swapped. Two such words have in
//! common what is left of each when one letter or none is taken out, so they are found without comparing all with all.

use crate::token::WordHash;

/// Letters of the longest word that is looked for: what is longer is no name.
const LONGEST: usize = 60;
/// Words of one form that are looked at: names do not come in so many spellings.
const MOST: usize = 200;

/// What is left of words, with the number of each, in order.
pub struct Slips(Vec<(WordHash, usize)>);

impl Slips {
    /// Words in order; each is known by its number.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Slips {
        let mut slips = Vec::new();
        for (number, word) in words.enumerate() {
            each_rest(word, |rest| slips.push((rest, number)));
        }
        slips.sort_unstable();
        slips.dedup();
        Slips(slips)
    }

    /// The numbers of the words that may be a slip away from a word, in order: all that are, and some that are not.
    pub fn near(&self, word: &str) -> Vec<usize> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut near: Vec<usize> = Vec::new();
        each_rest(word, |rest| {
            let same = self.0[self.0.partition_point(|(other, _)| *other < rest)..].iter();
            near.extend(same.take_while(|(other, _)| *other == rest).take(MOST).map(|(_, number)| *number));
        });
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// Tells a hash of a word, and of what is left of it without each of its letters: the letters as the digits of a number, the
/// first the lowest.
fn each_rest(word: &str, mut told: impl FnMut(WordHash)) {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    if word.chars().nth(LONGEST).is_some() {
        return;
    }
    let digits = word.chars().map(u64::from);
    let mut behind_first = digits.clone();
    behind_first.next();
    let (mut before, mut power) = (0u64, 1u64);
    // What stands behind a letter moves to its place.
    let mut behind = behind_first.clone().rev().fold(0u64, |sum, digit| sum.wrapping_mul(BASE).wrapping_add(digit));
    for (digit, next) in digits.zip(behind_first.chain([0])) {
        told(before.wrapping_add(behind));
        before = before.wrapping_add(digit.wrapping_mul(power));
        behind = behind.wrapping_sub(next.wrapping_mul(power));
        power = power.wrapping_mul(BASE);
    }
    told(before);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_slip_away_is_found() {
        let words = ["dupont", "durand", "dupond", "udpont", "duponts", "dupnt", "garcía"];
        let slips = Slips::of(words.into_iter());
        assert_eq!(slips.near("dupont"), [0, 2, 3, 4, 5]);
        assert_eq!(slips.near("garcia"), [6]);
        assert_eq!(slips.near("martin"), Vec::<usize>::new());
        assert_eq!(slips.near(&"a".repeat(100)), Vec::<usize>::new());
    }
}
