//! Values sorted by a small number, without comparing them.

use std::ops::Range;

/// Values by the group that each is in, in the order in which they came.
pub struct Groups<T> {
    /// Where each group begins, and the end.
    pub starts: Vec<u32>,
    pub values: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// So many groups of what is told twice: once to count, once to be put in its place.
    pub fn new<I: Iterator<Item = (u32, T)>>(groups: usize, told: impl Fn() -> I) -> Groups<T> {
        // The place of the next of each group stands one further, so that all are where they belong in the end.
        let mut starts = vec![0; groups + 2];
        told().for_each(|(group, _)| starts[group as usize + 2] += 1);
        for group in 2..starts.len() {
            starts[group] += starts[group - 1];
        }
        let mut values = vec![T::default(); starts[groups + 1] as usize];
        told().for_each(|(group, value)| {
            let next = &mut starts[group as usize + 1];
            values[*next as usize] = value;
            *next += 1;
        });
        starts.pop();
        Groups { starts, values }
    }

    pub fn range(&self, group: u32) -> Range<usize> {
        self.starts[group as usize] as usize..self.starts[group as usize + 1] as usize
    }

    pub fn of(&self, group: u32) -> &[T] {
        &self.values[self.range(group)]
    }

    pub fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// All values with their groups, in the order of the groups.
    pub fn all(&self) -> impl Iterator<Item = (u32, T)> {
        (0..self.len()).flat_map(|group| self.of(group).iter().map(move |value| (group, *value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_grouped_in_the_order_in_which_they_come() {
        let told = [(2, 'a'), (0, 'b'), (2, 'c')];
        let groups = Groups::new(4, || told.into_iter());
        assert_eq!((groups.of(0), groups.of(1), groups.of(2), groups.of(3)), (&['b'][..], &[][..], &['a', 'c'][..], &[][..]));
        assert_eq!(groups.all().collect::<Vec<_>>(), [(0, 'b'), (2, 'a'), (2, 'c')]);
    }
}
