//! The best way through both texts: dynamic programming over beads inside a band, and how likely each bead is among all ways.

use super::band::Band;
use super::cost::Costs;
use crate::error::Error;
use std::ops::Range;

/// A step of the path: the source and target segments of a bead.
pub type Step = (Range<usize>, Range<usize>);

/// The cheapest sequence of beads that covers both texts.
pub fn cheapest(costs: &Costs) -> Result<Vec<Step>, Error> {
    let band = costs.band;
    let mut totals = vec![f32::INFINITY; band.size()];
    let mut steps = vec![(0u8, 0u8); band.size()];
    each_bead(costs, Order::Forth, |from, here, (height, width), cost| {
        let Some(from) = from else {
            totals[here] = 0.0;
            return;
        };
        let total = totals[from] + cost;
        if total < totals[here] {
            totals[here] = total;
            steps[here] = (height as u8, width as u8);
        }
    })?;
    Ok(trace(band, &steps, costs.source.len(), costs.target.len()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Forth,
    Back,
}

/// Calls `visit` for every bead inside the band, in the order of the cells where it ends or against it, with the cell
/// where it begins, the one where it ends, its type and cost; for the first corner with no beginning.
fn each_bead(costs: &Costs, order: Order, mut visit: impl FnMut(Option<usize>, usize, (usize, usize), f32)) -> Result<(), Error> {
    let band = costs.band;
    let rows = costs.source.len();
    let place = |at: usize, last: usize| if order == Order::Forth { at } else { last - at };
    for row in (0..=rows).map(|row| place(row, rows)) {
        costs.deadline.look()?;
        let columns = band.columns(row);
        for column in (0..columns.len()).map(|at| columns.start + place(at, columns.len() - 1)) {
            let Some(here) = band.at(row, column) else { continue };
            if (row, column) == (0, 0) {
                visit(None, here, (0, 0), 0.0);
                continue;
            }
            for (height, width) in types(costs.widest).filter(|(height, width)| *height <= row && *width <= column) {
                let Some(from) = band.at(row - height, column - width) else { continue };
                visit(Some(from), here, (height, width), costs.of(row - height..row, column - width..column));
            }
        }
    }
    Ok(())
}

/// The types of beads: gaps of one segment, and all pairs of up to `widest` segments.
fn types(widest: usize) -> impl Iterator<Item = (usize, usize)> {
    [(1, 0), (0, 1)].into_iter().chain((1..=widest).flat_map(move |height| (1..=widest).map(move |width| (height, width))))
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

/// How likely each bead of a path is among all ways through the texts, the costs being taken at a temperature.
/// The forward and backward sums are those of hidden Markov models.
pub fn posteriors(costs: &Costs, path: &[Step], temperature: f32) -> Result<Vec<f32>, Error> {
    let band = costs.band;
    let mut forward = vec![f32::NEG_INFINITY; band.size()];
    each_bead(costs, Order::Forth, |from, here, _, cost| {
        forward[here] = from.map_or(0.0, |from| sum(forward[here], forward[from] - cost / temperature));
    })?;
    let Some(end) = band.at(costs.source.len(), costs.target.len()) else { return Ok(vec![0.0; path.len()]) };
    let mut backward = vec![f32::NEG_INFINITY; band.size()];
    backward[end] = 0.0;
    each_bead(costs, Order::Back, |from, here, _, cost| {
        if let Some(from) = from {
            backward[from] = sum(backward[from], backward[here] - cost / temperature);
        }
    })?;
    let all = forward[end];
    let likely = path.iter().map(|(source, target)| {
        let (Some(from), Some(here)) = (band.at(source.start, target.start), band.at(source.end, target.end)) else { return 0.0 };
        let weight = -costs.of(source.clone(), target.clone()) / temperature;
        (forward[from] + weight + backward[here] - all).exp().clamp(0.0, 1.0)
    });
    Ok(likely.collect())
}

/// The logarithm of the sum of two numbers given by their logarithms.
fn sum(a: f32, b: f32) -> f32 {
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    if small == f32::NEG_INFINITY { large } else { large + (small - large).exp().ln_1p() }
}
