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
        let (mut all, mut starts) = (Vec::with_capacity(4 * band.size()), vec![0]);
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

    /// How likely each bead of a path is among all ways through the texts, the costs being taken at a temperature.
    /// The forward and backward sums are those of hidden Markov models.
    pub fn posteriors(&self, path: &[Step], temperature: f32) -> Vec<f32> {
        let (costs, band) = (self.costs, self.costs.band);
        let Some(end) = band.at(costs.source.len(), costs.target.len()) else { return vec![0.0; path.len()] };
        let mut forward = vec![f32::NEG_INFINITY; band.size()];
        forward[0] = 0.0;
        for here in 1..=end {
            for way in self.to(here) {
                forward[here] = sum(forward[here], forward[way.from as usize] - way.cost / temperature);
            }
        }
        let mut backward = vec![f32::NEG_INFINITY; band.size()];
        backward[end] = 0.0;
        for here in (1..=end).rev() {
            let onward = backward[here];
            for way in self.to(here) {
                let from = &mut backward[way.from as usize];
                *from = sum(*from, onward - way.cost / temperature);
            }
        }
        let all = forward[end];
        let likely = path.iter().map(|(source, target)| {
            let ends = (band.at(source.start, target.start), band.at(source.end, target.end));
            let (Some(from), Some(here)) = ends else { return 0.0 };
            let weight = -costs.of(source.clone(), target.clone()) / temperature;
            (forward[from] + weight + backward[here] - all).exp().clamp(0.0, 1.0)
        });
        likely.collect()
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

/// The logarithm of the sum of two numbers given by their logarithms.
fn sum(a: f32, b: f32) -> f32 {
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    // Below this the smaller changes no digit of the larger.
    const NOTHING: f32 = -25.0;
    let difference = small - large;
    // Nothing and nothing make no number.
    if difference > NOTHING { large + difference.exp().ln_1p() } else { large }
}
