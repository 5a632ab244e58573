//! The best way through both texts: dynamic programming over beads inside a band, and how likely each bead is among all ways.

use super::band::Band;
use super::cost::{Costs, WIDEST};
use crate::error::Error;
use std::ops::Range;

/// A step of the path: the source and target segments of a bead.
pub type Step = (Range<usize>, Range<usize>);

/// The cheapest sequence of beads, and the cost of the cheapest that leads to each cell. `visit` is told the cells where each
/// bead inside the band ends and begins, and its cost; those that end in one cell one after another, in the order of the cells.
fn search(costs: &Costs, mut visit: impl FnMut(usize, usize, f32)) -> Result<(Vec<Step>, Vec<f32>), Error> {
    let band = costs.band;
    let mut totals = vec![f32::INFINITY; band.size()];
    let mut steps = vec![(0u8, 0u8); band.size()];
    totals[0] = 0.0;
    let mut here = 0;
    for row in 0..=costs.source.len() {
        costs.deadline.look()?;
        for column in band.columns(row) {
            costs.ending_at(row, column, |from, (height, width), cost| {
                visit(here, from, cost);
                let total = totals[from] + cost;
                if total < totals[here] {
                    totals[here] = total;
                    steps[here] = (height as u8, width as u8);
                }
            });
            here += 1;
        }
    }
    Ok((trace(band, &steps, costs.source.len(), costs.target.len()), totals))
}

/// A bead by which a cell is reached.
struct Way {
    /// The cell where it begins.
    from: u32,
    cost: f32,
}

/// The beads inside a band that may stand in a path.
pub struct Ways<'c> {
    costs: &'c Costs<'c>,
    /// Those that lead to a cell one after another, in the order of the cells.
    all: Vec<Way>,
    /// Where those to each cell begin, and the end.
    starts: Vec<u32>,
    /// What the cheapest sequence of beads to each cell costs.
    totals: Vec<f32>,
}

impl<'c> Ways<'c> {
    /// All ways, and the cheapest path.
    pub fn new(costs: &'c Costs<'c>) -> Result<(Ways<'c>, Vec<Step>), Error> {
        let cells = costs.band.size();
        let mut all = Vec::with_capacity((2 + WIDEST * WIDEST) * cells);
        let mut starts = Vec::with_capacity(cells + 1);
        let (path, totals) = search(costs, |here, from, cost| {
            starts.resize(here + 1, all.len() as u32);
            all.push(Way { from: from as u32, cost });
        })?;
        starts.resize(cells + 1, all.len() as u32);
        Ok((Ways { costs, all, starts, totals }, path))
    }

    /// The band of all cells through which a path leads that costs at most so much more than the cheapest.
    pub fn near_cheapest(&self, slack: f32) -> Band {
        let band = self.costs.band;
        // What the cheapest sequence from each cell to the end costs.
        let mut rest = vec![f32::INFINITY; band.size()];
        rest[band.size() - 1] = 0.0;
        for here in (0..band.size()).rev() {
            let onwards = rest[here];
            for way in self.to(here) {
                let from = &mut rest[way.from as usize];
                *from = from.min(onwards + way.cost);
            }
        }
        let most = rest[0] + slack;
        band.only(self.totals.iter().zip(&rest).map(|(total, rest)| total + rest <= most))
    }

    /// The ways to a cell.
    fn to(&self, cell: usize) -> &[Way] {
        &self.all[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// How likely each bead of a path is among all ways through the texts, the costs being taken at a temperature: of all
    /// ways to a cell the share of each, and so, from the last cell back, how likely a way leads through each.
    pub fn posteriors(&self, path: &[Step], temperature: f32) -> Vec<f32> {
        let (costs, band) = (self.costs, self.costs.band);
        let Some(end) = band.at(costs.source.len(), costs.target.len()) else { return vec![0.0; path.len()] };
        let shares = self.shares(temperature);
        let mut through = vec![0.0f32; band.size()];
        through[end] = 1.0;
        for here in (1..=end).rev() {
            let (first, whole) = (self.starts[here] as usize, through[here]);
            for (at, way) in self.to(here).iter().enumerate() {
                through[way.from as usize] += whole * shares[first + at];
            }
        }
        let likely = path.iter().map(|(source, target)| {
            let ends = (band.at(source.start, target.start), band.at(source.end, target.end));
            let (Some(from), Some(here)) = ends else { return 0.0 };
            let at = self.to(here).iter().position(|way| way.from as usize == from);
            at.map_or(0.0, |at| through[here] * shares[self.starts[here] as usize + at]).clamp(0.0, 1.0)
        });
        likely.collect()
    }

    /// The share of each way in all that lead to its cell.
    fn shares(&self, temperature: f32) -> Vec<f32> {
        // What is so much less likely than the best adds nothing.
        const NOTHING: f32 = -20.0;
        let cells = self.costs.band.size();
        let mut shares = Vec::with_capacity(self.all.len());
        // The logarithm of the sum of all ways to each cell.
        let mut sums = vec![f32::NEG_INFINITY; cells];
        sums[0] = 0.0;
        for here in 0..cells {
            let first = shares.len();
            shares.extend(self.to(here).iter().map(|way| sums[way.from as usize] - way.cost / temperature));
            let own = &mut shares[first..];
            let best = own.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            if best == f32::NEG_INFINITY {
                own.fill(0.0);
                continue;
            }
            for share in &mut *own {
                *share = if *share - best > NOTHING { (*share - best).exp() } else { 0.0 };
            }
            let sum: f32 = own.iter().sum();
            for share in own.iter_mut() {
                *share /= sum;
            }
            sums[here] = best + sum.ln();
        }
        shares
    }
}

fn trace(band: &Band, steps: &[(u8, u8)], mut row: usize, mut column: usize) -> Vec<Step> {
    let mut path = Vec::new();
    while row > 0 || column > 0 {
        let (height, width) = band.at(row, column).map_or((0, 0), |cell| (steps[cell].0 as usize, steps[cell].1 as usize));
        // A cell that no way leads to: the rest is gaps.
        let (height, width) = if height + width > 0 { (height, width) } else { (usize::from(row > 0), usize::from(row == 0)) };
        path.push((row - height..row, column - width..column));
        (row, column) = (row - height, column - width);
    }
    path.reverse();
    path
}
