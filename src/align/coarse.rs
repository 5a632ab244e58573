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
        for row in 0..band.height() {
            for (column, cell) in band.cells_of(row) {
                let mut least = if cell == 0 { 0.0 } else { f32::INFINITY };
                coarse.ways(row, column, cell, |from, cost| least = least.min(coarse.totals[from] + cost));
                coarse.totals.push(least);
            }
        }
        Ok(coarse)
    }

    /// Calls `visit` for the cells from which a cell is reached by a gap of the source, a gap of the target and a pair, with
    /// what each costs.
    #[inline]
    fn ways(&self, row: usize, column: usize, cell: usize, mut visit: impl FnMut(usize, f32)) {
        // Of the row above; the first has none.
        let (columns, first) = row.checked_sub(1).map_or((0..0, 0), |above| self.band.row(above));
        if columns.contains(&column) {
            visit(first + column - columns.start, self.gaps.0);
        }
        if column > self.band.columns(row).start {
            visit(cell - 1, self.gaps.1);
        }
        if column > columns.start && column <= columns.end {
            visit(first + column - columns.start - 1, self.pairs[cell]);
        }
    }

    /// The band of all cells through which a way leads that costs little more than the cheapest.
    fn near_cheapest(&self) -> Band {
        // What the cheapest way from each cell to the end costs.
        let mut rest = vec![f32::INFINITY; self.band.size()];
        let last = rest.len() - 1;
        rest[last] = 0.0;
        for row in (0..self.band.height()).rev() {
            for (column, cell) in self.band.cells_of(row).rev() {
                let onwards = rest[cell];
                self.ways(row, column, cell, |from, cost| rest[from] = rest[from].min(onwards + cost));
            }
        }
        let most = rest[0] + SLACK;
        self.band.only(self.totals.iter().zip(&rest).map(|(total, rest)| total + rest <= most))
    }

    /// The cheapest way to the end.
    fn cheapest(&self, mut row: usize, mut column: usize) -> Vec<Step> {
        let mut path = Vec::new();
        while let Some(cell) = self.band.at(row, column).filter(|_| row + column > 0) {
            let mut best: Option<(f32, usize)> = None;
            self.ways(row, column, cell, |from, cost| {
                let total = self.totals[from] + cost;
                if best.is_none_or(|(least, _)| total < least) {
                    best = Some((total, from));
                }
            });
            let Some((_, from)) = best else { break };
            let before = self.band.place(from);
            path.push((before.0..row, before.1..column));
            (row, column) = before;
        }
        path.reverse();
        path
    }
}
