//! The best way through both texts: dynamic programming over beads inside a band, and how likely each bead is among all ways.

use super::band::Band;
use super::cost::Costs;
use crate::error::Error;
use std::ops::Range;

/// A step of the path: the source and target segments of a bead.
pub type Step = (Range<usize>, Range<usize>);

/// A bead by which a cell is reached.
struct Way {
    /// The cell where it begins.
    from: u32,
    height: u8,
    width: u8,
    cost: f32,
}

/// The beads inside a band that may stand in a path.
pub struct Ways<'c> {
    costs: &'c Costs<'c>,
    /// Those that lead to a cell one after another, in the order of the cells.
    all: Vec<Way>,
    /// Where those to each cell begin, and the end.
    starts: Vec<u32>,
}

impl<'c> Ways<'c> {
    pub fn new(costs: &'c Costs<'c>) -> Result<Ways<'c>, Error> {
        let band = costs.band;
        let (mut all, mut starts) = (Vec::with_capacity((2 + costs.widest * costs.widest) * band.size()), vec![0]);
        for row in 0..=costs.source.len() {
            costs.deadline.look()?;
            for column in band.columns(row) {
                costs.ending_at(row, column, |height, width, cost| {
                    if let Some(from) = band.at(row - height, column - width) {
                        all.push(Way { from: from as u32, height: height as u8, width: width as u8, cost });
                    }
                });
                starts.push(all.len() as u32);
            }
        }
        Ok(Ways { costs, all, starts })
    }

    /// The ways to a cell.
    fn to(&self, cell: usize) -> &[Way] {
        &self.all[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// The cheapest sequence of beads that covers both texts.
    pub fn cheapest(&self) -> Vec<Step> {
        let cells = self.costs.band.size();
        let mut totals = vec![f32::INFINITY; cells];
        let mut steps = vec![(0u8, 0u8); cells];
        totals[0] = 0.0;
        for here in 1..cells {
            for way in self.to(here) {
                let total = totals[way.from as usize] + way.cost;
                if total < totals[here] {
                    totals[here] = total;
                    steps[here] = (way.height, way.width);
                }
            }
        }
        trace(self.costs.band, &steps, self.costs.source.len(), self.costs.target.len())
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
            let Some(here) = band.at(source.end, target.end) else { return 0.0 };
            let is_step = |way: &Way| (usize::from(way.height), usize::from(way.width)) == (source.len(), target.len());
            let share = self.to(here).iter().position(is_step).map_or(0.0, |at| shares[self.starts[here] as usize + at]);
            (through[here] * share).clamp(0.0, 1.0)
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
            own.iter_mut().for_each(|share| *share /= sum);
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
