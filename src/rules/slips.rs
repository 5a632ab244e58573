//! Words that differ by one slip: a letter put in, left out or replaced, or two neighbours swapped. Two such words have in
//! common what is left of each when one letter or none is taken out, so they are found without comparing all with all.

/// Letters of the longest word that is looked for: what is longer is no name.
const LONGEST: usize = 60;
/// Words of one form that are looked at: names do not come in so many spellings.
const MOST: usize = 200;

/// What is left of words, with the number of each, in order.
pub struct Slips(Vec<(u64, usize)>);

impl Slips {
    /// Words in order; each is known by its number.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Slips {
        let rests = words.enumerate().flat_map(|(number, word)| rests(word).into_iter().map(move |rest| (rest, number)));
        let mut slips: Vec<(u64, usize)> = rests.collect();
        slips.sort_unstable();
        slips.dedup();
        Slips(slips)
    }

    /// The numbers of the words that may be a slip away from a word, in order: all that are, and some that are not.
    pub fn near(&self, word: &str) -> Vec<usize> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let of = |rest: u64| {
            let same = self.0[self.0.partition_point(|(other, _)| *other < rest)..].iter();
            same.take_while(move |(other, _)| *other == rest).take(MOST).map(|(_, number)| *number)
        };
        let mut near: Vec<usize> = rests(word).into_iter().flat_map(of).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// A word, and what is left of it without each of its letters, as polynomials of the letters: what stands before a letter and
/// what stands behind it make those of the rest.
fn rests(word: &str) -> Vec<u64> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    if word.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let mut before = Vec::with_capacity(word.len());
    let whole = word.chars().fold(0u64, |sum, c| {
        before.push(sum);
        sum.wrapping_mul(BASE).wrapping_add(u64::from(c))
    });
    let (mut behind, mut power) = (0u64, 1u64);
    for (rest, c) in before.iter_mut().rev().zip(word.chars().rev()) {
        *rest = rest.wrapping_mul(power).wrapping_add(behind);
        behind = power.wrapping_mul(u64::from(c)).wrapping_add(behind);
        power = power.wrapping_mul(BASE);
    }
    before.push(whole);
    before
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
