//! Where two neighbouring words come again: looked for once, for all rules that tell loops and echoes.

use crate::token::Token;
use std::ops::Range;

/// For each word of a text, how many words before it the same pair, of this word and the next, stood last: no more than so
/// many, for another pair may share its place in memory, and what lies far back seems nearer.
pub struct Repeats {
    back: Vec<u16>,
}

impl Repeats {
    pub fn of(tokens: &[Token]) -> Repeats {
        /// Places in which pairs are remembered.
        const PLACES: usize = 1 << 12;
        /// Stands for no pair: far from the first words of a text.
        const NONE: u16 = 1 << 15;
        let mut last = [NONE; PLACES];
        let mut back = Vec::with_capacity(tokens.len());
        for (at, pair) in tokens.windows(2).enumerate() {
            let place = &mut last[(pair[0].form.rotate_left(7) ^ pair[1].form) as usize % PLACES];
            back.push((at as u16).wrapping_sub(*place));
            *place = at as u16;
        }
        Repeats { back }
    }

    /// Whether a pair of a run of words may have stood up to so many words before.
    pub fn any(&self, words: Range<usize>, reach: usize) -> bool {
        self.of_run(words).iter().any(|back| usize::from(*back) <= reach)
    }

    /// Whether so many words in a row may have stood in a run of words before.
    pub fn holds(&self, words: Range<usize>, length: usize) -> bool {
        let mut row = 0;
        self.of_run(words).iter().enumerate().any(|(at, back)| {
            row = if usize::from(*back) <= at { row + 1 } else { 0 };
            row + 1 >= length
        })
    }

    fn of_run(&self, words: Range<usize>) -> &[u16] {
        &self.back[words.start.min(self.back.len())..words.end.min(self.back.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::token::Tokenizer;

    #[test]
    fn pairs_come_again_within_reach_and_rows_within_a_run() {
        let text = "the old mayor saw the old house where the old mayor saw it";
        let mut tokens = Vec::new();
        Tokenizer::new(None, &[], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
        let repeats = Repeats::of(&tokens);
        assert!(repeats.any(0..5, 4) && !repeats.any(0..5, 3) && !repeats.any(0..4, 100));
        assert!(repeats.holds(0..13, 4) && !repeats.holds(0..13, 5) && !repeats.holds(4..13, 4));
        assert!(!Repeats::of(&[]).any(0..0, 5));
    }
}
