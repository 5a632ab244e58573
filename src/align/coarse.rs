//! The first search: pairs of single segments and gaps, by how well the links of the source explain the target.

use super::band::Band;
use super::cost::{Costs, Lengths, Types, shape};
use super::explainer::explain;
use super::meaning::Nearness;
use super::path::Step;
use super::table::Table;
use super::units::Side;
use crate::deadline::Deadline;
use crate::error::Error;

/// All that follows stays where some way costs at most so many nats more than the cheapest: the wide beads that all ways lack
/// here make them dearer by about the same.
const SLACK: f32 = 14.0;
/// Columns a row from which a band is searched for one path before its ways are compared, and half the width that is kept.
const WIDE: usize = 90;
const HALF: usize = 30;

/// The cells of a band that are near the cheapest ways.
pub fn near(
    mut band: Band,
    sides: (&Side, &Side),
    table: &Table,
    lengths: &Lengths,
    types: &Types,
    deadline: &Deadline,
) -> Result<Band, Error> {
    let (rows, columns) = (sides.0.len(), sides.1.len());
    if band.size() > WIDE * (rows + 1) {
        let path = Coarse::new(&band, sides, table, lengths, types, deadline)?.cheapest(rows, columns);
        band = Band::along(&path, rows, columns, HALF);
    }
    Ok(Coarse::new(&band, sides, table, lengths, types, deadline)?.near_cheapest())
}

/// Costs inside a band.
struct Coarse<'b> {
    band: &'b Band,
    gaps: (f32, f32),
    /// What the pair that ends at each cell costs.
    pairs: Vec<f32>,
    /// What the cheapest way to each cell costs.
    totals: Vec<f32>,
}

impl<'b> Coarse<'b> {
    fn new(
        band: &'b Band,
        sides: (&Side, &Side),
        table: &Table,
        lengths: &Lengths,
        types: &Types,
        deadline: &Deadline,
    ) -> Result<Coarse<'b>, Error> {
        let mut pairs = vec![f32::INFINITY; band.size()];
        let nearness = Nearness::new(sides.0, sides.1, band, 1);
        let of_pair = types.cost(1, 1);
        explain(sides.0, sides.1, (table, deadline), &band.ranges(), |row, column, [explained]| {
            if let Some(cell) = band.at(row, column) {
                let (source, target) = (row - 1..row, column - 1..column);
                let near = nearness.as_ref().map_or(0.0, |nearness| nearness.of(&source, &target));
                // The other direction says about the same.
                pairs[cell] = of_pair + shape(sides, lengths, types, &source, &target) - Costs::both(explained, explained) - near;
            }
        })?;
        let mut coarse = Coarse { band, gaps: (types.cost(1, 0), types.cost(0, 1)), pairs, totals: Vec::new() };
        coarse.totals.reserve(band.size());
        for (row, column) in band.cells() {
            let ways = coarse.ways(row, column, coarse.totals.len()).into_iter().flatten();
            let least = ways.map(|(from, cost)| coarse.totals[from] + cost).fold(f32::INFINITY, f32::min);
            coarse.totals.push(if row + column == 0 { 0.0 } else { least });
        }
        Ok(coarse)
    }

    /// The cells from which a cell is reached by a gap of the source, a gap of the target and a pair, with what each costs.
    fn ways(&self, row: usize, column: usize, cell: usize) -> [Option<(usize, f32)>; 3] {
        let (above, left) = (row.checked_sub(1), column.checked_sub(1));
        let from = |row: Option<usize>, column: Option<usize>, cost| Some((self.band.at(row?, column?)?, cost));
        [from(above, Some(column), self.gaps.0), from(Some(row), left, self.gaps.1), from(above, left, self.pairs[cell])]
    }

    /// The band of all cells through which a way leads that costs little more than the cheapest.
    fn near_cheapest(&self) -> Band {
        // What the cheapest way from each cell to the end costs.
        let mut rest = vec![f32::INFINITY; self.band.size()];
        let mut cell = rest.len();
        rest[cell - 1] = 0.0;
        for (row, column) in self.band.cells().rev() {
            cell -= 1;
            for (from, cost) in self.ways(row, column, cell).into_iter().flatten() {
                rest[from] = rest[from].min(rest[cell] + cost);
            }
        }
        let most = rest[0] + SLACK;
        self.band.only(self.totals.iter().zip(&rest).map(|(total, rest)| total + rest <= most))
    }

    /// The cheapest way to the end.
    fn cheapest(&self, mut row: usize, mut column: usize) -> Vec<Step> {
        let mut path = Vec::new();
        while let Some(cell) = self.band.at(row, column).filter(|_| row + column > 0) {
            let ways = self.ways(row, column, cell).into_iter().zip([(1, 0), (0, 1), (1, 1)]);
            let costs = ways.filter_map(|(way, size)| way.map(|(from, cost)| (self.totals[from] + cost, size)));
            let Some((_, (height, width))) = costs.min_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            path.push((row - height..row, column - width..column));
            (row, column) = (row - height, column - width);
        }
        path.reverse();
        path
    }
}
