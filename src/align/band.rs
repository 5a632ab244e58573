//! The cells of the alignment table that are looked at: those near a first guess of the path.

use super::path::Step;
use std::ops::Range;

/// For every row of nodes a run of columns; both ends never move back from one row to the next.
pub struct Band {
    ranges: Vec<Range<usize>>,
    offsets: Vec<usize>,
}

impl Band {
    /// The band with these columns for each row of nodes, widened so that a path through it exists.
    pub fn new(mut ranges: Vec<Range<usize>>, columns: usize) -> Band {
        let last = ranges.len() - 1;
        ranges[0].start = 0;
        ranges[last].end = columns + 1;
        for row in 0..last {
            ranges[row + 1].end = ranges[row + 1].end.max(ranges[row].end).min(columns + 1);
        }
        for row in (0..last).rev() {
            ranges[row].start = ranges[row].start.min(ranges[row + 1].start);
            // Two rows must meet, or no way leads from one to the next.
            ranges[row].end = ranges[row].end.max(ranges[row + 1].start + 1);
        }
        let mut offsets = Vec::with_capacity(ranges.len() + 1);
        let mut cells = 0;
        offsets.push(cells);
        for range in &ranges {
            cells += range.len();
            offsets.push(cells);
        }
        Band { ranges, offsets }
    }

    /// The band of all cells at most `half` columns from a path.
    pub fn along(path: &[Step], rows: usize, columns: usize, half: usize) -> Band {
        let mut ranges = vec![columns..0; rows + 1];
        let mut widen = |row: usize, column: usize| {
            let range = &mut ranges[row];
            *range = range.start.min(column.saturating_sub(half))..range.end.max((column + half + 1).min(columns + 1));
        };
        widen(0, 0);
        for (source, target) in path {
            for row in source.start..=source.end {
                widen(row, target.start);
                widen(row, target.end);
            }
        }
        Band::new(ranges, columns)
    }

    /// The band whose rows begin where this one's did so many rows before, and end where they do so many rows after.
    pub fn widened(&self, before: usize, after: usize) -> Band {
        let last = self.ranges.len() - 1;
        let columns = self.ranges[last].end - 1;
        let start = |row: usize| self.ranges[row.saturating_sub(before)].start;
        let end = |row: usize| self.ranges[(row + after).min(last)].end;
        Band::new((0..=last).map(|row| start(row)..end(row)).collect(), columns)
    }

    /// How many cells it has.
    pub fn size(&self) -> usize {
        self.offsets[self.ranges.len()]
    }

    /// How many rows of nodes it has.
    pub fn height(&self) -> usize {
        self.ranges.len()
    }

    /// The columns of a row with the numbers of their cells.
    pub fn cells_of(&self, row: usize) -> impl DoubleEndedIterator<Item = (usize, usize)> + use<> {
        let (columns, first) = self.row(row);
        let numbers = first..first + columns.len();
        columns.zip(numbers)
    }

    /// The row and the column of a cell.
    pub fn place(&self, cell: usize) -> (usize, usize) {
        let row = self.offsets.partition_point(|offset| *offset <= cell) - 1;
        (row, self.ranges[row].start + cell - self.offsets[row])
    }

    /// The band of some of its cells; what is told of each says whether it is one of them.
    pub fn only(&self, mut some: impl Iterator<Item = bool>) -> Band {
        let columns = self.ranges[self.ranges.len() - 1].end - 1;
        let near = self.ranges.iter().map(|own| {
            let mut range = columns..0;
            for column in own.clone().filter(|_| some.next() == Some(true)) {
                range = range.start.min(column)..column + 1;
            }
            range
        });
        Band::new(near.collect(), columns)
    }

    /// The columns of a row.
    pub fn columns(&self, row: usize) -> Range<usize> {
        self.ranges[row].clone()
    }

    /// The columns of a row, and the number of its first cell.
    pub fn row(&self, row: usize) -> (Range<usize>, usize) {
        (self.columns(row), self.offsets[row])
    }

    /// The columns of each row.
    pub fn ranges(&self) -> Vec<Range<usize>> {
        self.ranges.clone()
    }

    /// The rows of each column.
    pub fn rows(&self, columns: usize) -> Vec<Range<usize>> {
        let mut rows = vec![Range { start: usize::MAX, end: 0 }; columns + 1];
        for (row, range) in self.ranges.iter().enumerate() {
            for column in range.clone() {
                rows[column].start = rows[column].start.min(row);
                rows[column].end = row + 1;
            }
        }
        rows
    }

    /// The number of a cell; None outside the band.
    pub fn at(&self, row: usize, column: usize) -> Option<usize> {
        let range = &self.ranges[row];
        range.contains(&column).then(|| self.offsets[row] + column - range.start)
    }
}
