//! The cheapest way through both texts: dynamic programming over beads, in a band around the diagonal.

use super::Bead;
use super::cost::{TYPES, cost};
use super::evidence::Evidence;

/// Half width of the band in target segments, beside what the difference of the numbers asks for.
const BAND: usize = 60;

/// The cheapest sequence of beads that covers both texts.
pub fn best(evidence: &Evidence) -> Vec<Bead> {
    let (rows, columns) = (evidence.source.len(), evidence.target.len());
    let band = Band::new(rows, columns);
    let mut costs = vec![f32::INFINITY; (rows + 1) * band.width];
    let mut steps = vec![u8::MAX; (rows + 1) * band.width];
    for row in 0..=rows {
        for column in band.columns(row) {
            let Some(here) = band.at(row, column) else { continue };
            if row == 0 && column == 0 {
                costs[here] = 0.0;
                continue;
            }
            for (number, &(height, width, kind)) in TYPES.iter().enumerate() {
                let (Some(from_row), Some(from_column)) = (row.checked_sub(height), column.checked_sub(width)) else { continue };
                let Some(from) = band.at(from_row, from_column).filter(|from| costs[*from].is_finite()) else { continue };
                let total = costs[from] + cost(evidence, &(from_row..row), &(from_column..column), kind);
                if total < costs[here] {
                    costs[here] = total;
                    steps[here] = number as u8;
                }
            }
        }
    }
    trace(&band, &steps, rows, columns)
}

fn trace(band: &Band, steps: &[u8], mut row: usize, mut column: usize) -> Vec<Bead> {
    let mut beads = Vec::new();
    while row > 0 || column > 0 {
        let step = band.at(row, column).and_then(|at| TYPES.get(steps[at] as usize));
        // Outside the band nothing is known: the rest is gaps.
        let &(height, width, _) = step.unwrap_or(if row > 0 { &TYPES[1] } else { &TYPES[2] });
        beads.push(Bead { source: row - height..row, target: column - width..column, confidence: 0.0 });
        (row, column) = (row - height, column - width);
    }
    beads.reverse();
    beads
}

/// The cells of the table that are filled: those near the straight line from corner to corner.
struct Band {
    rows: usize,
    columns: usize,
    half: usize,
    width: usize,
}

impl Band {
    fn new(rows: usize, columns: usize) -> Band {
        let half = (BAND + rows.abs_diff(columns) / 2).min(columns.max(1));
        Band { rows, columns, half, width: (2 * half + 1).min(columns + 1) }
    }

    fn first(&self, row: usize) -> usize {
        let centre = if self.rows == 0 { 0 } else { row * self.columns / self.rows };
        centre.saturating_sub(self.half).min((self.columns + 1).saturating_sub(self.width))
    }

    fn columns(&self, row: usize) -> std::ops::Range<usize> {
        let first = self.first(row);
        first..first + self.width
    }

    fn at(&self, row: usize, column: usize) -> Option<usize> {
        let offset = column.checked_sub(self.first(row)).filter(|offset| *offset < self.width)?;
        Some(row * self.width + offset)
    }
}
