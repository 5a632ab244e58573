//! Blocks that stand elsewhere in the translation than in the source. A path goes forth in both texts, and so leaves such a
//! block as a gap on either side. Gaps that explain each other are put together: the target is read in the order of the
//! source, and aligned once more.

use super::band::Band;
use super::cost::Costs;
use super::explainer::Explainer;
use super::path::{Step, Ways};
use super::table::Table;
use super::units::Side;
use super::{TEMPERATURE, is_gap, meaning};
use crate::error::Error;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A bead with its chance; `moved` if it stands elsewhere in the source than its neighbours in the target do.
pub struct Placed {
    pub step: Step,
    pub chance: f32,
    pub moved: bool,
}

/// Nats by which a moved block must be cheaper than its gaps (`scripts/measure_moved.py` counts what is found and what is
/// not there).
const WORTH: f32 = 6.0;
/// Nats by which two crossing beads must be cheaper than the wide one that holds both.
const CROSSED: f32 = 6.0;
/// What the words of two segments must say for each other before they are tried.
const ALIKE: f32 = 2.0;
/// Half the width of the band along the path that is searched in the order of the source.
const REALIGNED: usize = 12;
/// Pairs of gaps that are compared: texts with more have little to do with each other.
const PAIRS: usize = 2_000_000;
/// How often blocks that turn out to be no better than gaps are put back.
const ROUNDS: usize = 4;

/// The path with its moved blocks as beads, in the order of the target; None when there are none.
pub fn with_moved(costs: &Costs, path: &[Step]) -> Result<Option<Vec<Placed>>, Error> {
    let path = opened(costs, path);
    let mut moved = matched(costs, &path);
    for _ in 0..ROUNDS {
        if moved.is_empty() {
            return Ok(None);
        }
        let (order, first) = reordered(&path, &moved);
        let target = costs.target.reordered(&order);
        let band = Band::along(&first, costs.source.len(), target.len(), REALIGNED);
        let costs = Costs::new((costs.source, &target), &band, costs.tables, costs.lengths, costs.types, costs.deadline)?;
        let (ways, found) = Ways::new(&costs)?;
        let mut poor = poor(&costs, &found, &order, &moved);
        poor.extend(torn(&found, &order, &moved));
        if poor.is_empty() {
            let chances = ways.posteriors(&found, TEMPERATURE);
            return Ok(Some(in_target_order(&found, &chances, &order, &moved)));
        }
        moved.retain(|segment, _| !poor.contains(segment));
    }
    Ok(None)
}

/// Target segments that moved, with the source segment before which they are read.
type Moves = FxHashMap<usize, usize>;

/// What explains the target by units of the source, and the source by those of the target.
type Both<'c> = (Explainer<'c, 1>, Explainer<'c, 1>);

/// The path with gaps in the place of wide beads that two crossing ones would do better: what is shorter has moved.
fn opened(costs: &Costs, path: &[Step]) -> Vec<Step> {
    let mut opened = Vec::with_capacity(path.len());
    let mut words = None;
    for step in path {
        let Some((row, column)) = crossing(costs, &mut words, step) else {
            opened.push(step.clone());
            continue;
        };
        let (source, target) = step;
        let left = |rows: Range<usize>, at: usize| rows.map(move |row| (row..row + 1, at..at));
        let right = |columns: Range<usize>, at: usize| columns.map(move |column| (at..at, column..column + 1));
        if costs.target.length(column, target.end) < costs.target.length(target.start, column) {
            opened.extend(left(source.start..row, target.start));
            opened.push((row..source.end, target.start..column));
            opened.extend(right(column..target.end, source.end));
        } else {
            opened.extend(right(target.start..column, source.start));
            opened.push((source.start..row, column..target.end));
            opened.extend(left(row..source.end, target.end));
        }
    }
    opened
}

/// Where both sides of a bead are best cut into two parts that cross; None when they do not.
fn crossing<'c>(costs: &Costs<'c>, words: &mut Option<Both<'c>>, (source, target): &Step) -> Option<(usize, usize)> {
    if source.len() < 2 || target.len() < 2 {
        return None;
    }
    let both = || (Explainer::new(costs.tables.0, costs.target), Explainer::new(costs.tables.1, costs.source));
    let (forth, back) = words.get_or_insert_with(both);
    // The parts do not lie in the band.
    let mut cost = |source: Range<usize>, target: Range<usize>| {
        let forth = forth.sum(costs.source.units(source.start, source.end), target.clone());
        let back = back.sum(costs.target.units(target.start, target.end), source.clone());
        costs.with(&source, &target, || Costs::both(forth, back) + costs.nearness(&source, &target))
    };
    let cuts = |side: &Range<usize>| side.start + 1..side.end;
    let both = cuts(source).flat_map(|row| cuts(target).map(move |column| (row, column)));
    let crossed = both.map(|(row, column)| {
        (cost(source.start..row, column..target.end) + cost(row..source.end, target.start..column), (row, column))
    });
    let (least, cut) = crossed.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (least + CROSSED < costs.of(source, target)).then_some(cut)
}

/// A segment in a gap, and how many beads with two sides stand before it.
type Gap = (usize, usize);

fn gaps(path: &[Step]) -> (Vec<Gap>, Vec<Gap>) {
    let (mut source, mut target, mut before) = (Vec::new(), Vec::new(), 0);
    for step in path {
        if is_gap(step) {
            source.extend(step.0.clone().map(|row| (row, before)));
            target.extend(step.1.clone().map(|column| (column, before)));
        } else {
            before += 1;
        }
    }
    (source, target)
}

/// The gaps of the target that a gap elsewhere in the source explains. One between two others goes with its neighbour.
fn matched(costs: &Costs, path: &[Step]) -> Moves {
    let (rows, columns) = gaps(path);
    let mut moves = Moves::default();
    if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > PAIRS {
        return moves;
    }
    let back = explained(costs.target, costs.source, costs.tables.1, &columns, &rows);
    let forth = explained(costs.source, costs.target, costs.tables.0, &rows, &columns);
    for (number, &(column, place)) in columns.iter().enumerate() {
        let likeness = |at: usize| {
            let words = Costs::both(forth[at * columns.len() + number], back[number * rows.len() + at]);
            words + meaning::likeness(costs.source, costs.target, rows[at].0, column)
        };
        let best = (0..rows.len()).map(|at| (likeness(at), at)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((value, at)) = best
            && value > ALIKE
            && rows[at].1 != place
        {
            moves.insert(column, rows[at].0);
        }
    }
    let mut follow = |from: Gap, to: Gap| {
        if from.1 == to.1
            && from.0.abs_diff(to.0) == 1
            && let Some(&row) = moves.get(&from.0)
        {
            moves.entry(to.0).or_insert(row);
        }
    };
    columns.windows(2).for_each(|pair| follow(pair[0], pair[1]));
    columns.windows(2).rev().for_each(|pair| follow(pair[1], pair[0]));
    moves
}

/// For each segment of `from` how well it explains each of `to`.
fn explained(given: &Side, other: &Side, table: &Table, from: &[Gap], to: &[Gap]) -> Vec<f32> {
    let mut explainer = Explainer::<1>::new(table, other);
    let mut all = Vec::with_capacity(from.len() * to.len());
    for &(segment, _) in from {
        explainer.add(given.units(segment, segment + 1), &(0..other.len()));
        all.extend(to.iter().map(|&(other, _)| explainer.explains(other)[0]));
    }
    all
}

/// The target segments in the order of the source, and the path through them.
fn reordered(path: &[Step], moved: &Moves) -> (Vec<usize>, Vec<Step>) {
    let mut before: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (segment, row) in moved {
        before.entry(*row).or_default().push(*segment);
    }
    let (mut order, mut steps) = (Vec::new(), Vec::new());
    for (source, target) in path {
        for row in source.clone() {
            let mut arrived = before.remove(&row).unwrap_or_default();
            arrived.sort_unstable();
            for segment in arrived {
                steps.push((source.start..source.start, order.len()..order.len() + 1));
                order.push(segment);
            }
        }
        if !target.clone().any(|segment| moved.contains_key(&segment)) {
            steps.push((source.clone(), order.len()..order.len() + target.len()));
            order.extend(target.clone());
        }
    }
    (order, steps)
}

/// The moved segments whose block is hardly better than gaps. A block is a run of moved segments that stand together.
fn poor(costs: &Costs, path: &[Step], order: &[usize], moved: &Moves) -> Vec<usize> {
    let mut poor = Vec::new();
    let mut block: Vec<usize> = Vec::new();
    let mut worth = 0.0;
    let mut close = |block: &mut Vec<usize>, worth: &mut f32| {
        if *worth < WORTH {
            poor.append(block);
        }
        block.clear();
        *worth = 0.0;
    };
    for (source, target) in path.iter().filter(|(_, target)| !target.is_empty()) {
        let segments = &order[target.clone()];
        if block.last().is_some_and(|last| segments[0] != last + 1 || !moved.contains_key(&segments[0])) {
            close(&mut block, &mut worth);
        }
        if moved.contains_key(&segments[0]) {
            block.extend(segments);
            if !source.is_empty() {
                let gaps = source.len() as f32 * costs.types.cost(1, 0) + target.len() as f32 * costs.types.cost(0, 1);
                worth += gaps - costs.of(source, target);
            }
        }
    }
    if !block.is_empty() {
        close(&mut block, &mut worth);
    }
    poor
}

/// The moves that tear a bead: its target segments do not follow each other where they stand.
fn torn(path: &[Step], order: &[usize], moved: &Moves) -> Vec<usize> {
    let mut torn = Vec::new();
    for (_, target) in path {
        let segments = &order[target.clone()];
        let whole = segments.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        if let (false, Some(first), Some(last)) = (whole, segments.iter().min(), segments.iter().max()) {
            torn.extend((*first..=*last).filter(|segment| moved.contains_key(segment)));
        }
    }
    torn
}

/// The beads by their target segments as they stand, those that moved among the others; gaps stay beside their neighbours.
fn in_target_order(path: &[Step], chances: &[f32], order: &[usize], moved: &Moves) -> Vec<Placed> {
    let (mut main, mut aside) = (Vec::new(), Vec::new());
    for ((source, target), chance) in path.iter().zip(chances) {
        let start = order.get(target.start).copied().unwrap_or(0);
        let bead = |moved| Placed { step: (source.clone(), start..start + target.len()), chance: *chance, moved };
        if !target.is_empty() && moved.contains_key(&start) {
            aside.push(bead(!source.is_empty()));
        } else {
            main.push(bead(false));
        }
    }
    aside.sort_by_key(|bead| bead.step.1.start);
    let mut aside = aside.into_iter().peekable();
    let mut all: Vec<Placed> = Vec::with_capacity(path.len());
    for bead in main {
        let target = &bead.step.1;
        while let Some(earlier) = aside.next_if(|aside| !target.is_empty() && aside.step.1.start < target.start) {
            all.push(earlier);
        }
        all.push(bead);
    }
    all.extend(aside);
    let (mut row, mut column) = (0, 0);
    for bead in &mut all {
        if bead.step.1.is_empty() {
            bead.step.1 = column..column;
        }
        column = bead.step.1.end;
        if bead.step.0.is_empty() {
            bead.step.0 = row..row;
        } else if !bead.moved {
            row = bead.step.0.end;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_segment_is_read_where_the_source_has_it_and_listed_where_it_stands() {
        // The source's second segment stands last in the target.
        let path = [(0..1, 0..1), (1..2, 1..1), (2..3, 1..2), (3..3, 2..3)];
        let moved = Moves::from_iter([(2, 1)]);
        let (order, steps) = reordered(&path, &moved);
        assert_eq!(order, [0, 2, 1]);
        assert_eq!(steps, [(0..1, 0..1), (1..1, 1..2), (1..2, 2..2), (2..3, 2..3)]);
        let found = [(0..1, 0..1), (1..2, 1..2), (2..3, 2..3)];
        let placed = in_target_order(&found, &[0.9; 3], &order, &moved);
        let listed: Vec<_> = placed.into_iter().map(|bead| (bead.step.0, bead.step.1, bead.moved)).collect();
        assert_eq!(listed, [(0..1, 0..1, false), (2..3, 1..2, false), (1..2, 2..3, true)]);
    }

    #[test]
    fn gaps_know_what_stands_before_them() {
        let path = [(0..1, 0..0), (1..2, 0..1), (2..2, 1..2), (2..3, 2..2)];
        assert_eq!(gaps(&path), (vec![(0, 0), (2, 1)], vec![(1, 1)]));
    }
}
