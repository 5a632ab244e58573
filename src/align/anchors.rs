//! Anchors: rare units that stand equally often in both texts. The heaviest chain of them, in order in both, gives the
//! first guess of the path; between two anchors it goes by length.

use super::links::Link;
use super::units::{Side, Unit};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Likelihood of a link from which its units may be anchors, and how often they may stand in each text.
const LIKELY: f32 = 0.5;
const RARE: u32 = 4;
/// Half width of the band at an anchor, and its growth with the distance to the next.
const NARROW: usize = 8;
const GROWTH: usize = 4;
/// Cells of the whole band, so that texts without anchors are aligned in bounded memory.
const CELLS: usize = 3_000_000;

/// For each row of nodes the columns near the first guess of the path.
pub fn corridor(source: &Side, target: &Side, links: &[Link]) -> Vec<Range<usize>> {
    let (rows, columns) = (source.len(), target.len());
    let chain = supported(chain(points(source, target, links), columns));
    let most = (CELLS / (rows + 1)).max(NARROW);
    let difference = rows.abs_diff(columns);
    let mut ranges = Vec::with_capacity(rows + 1);
    let mut before = (0, 0);
    for after in chain.into_iter().chain([(rows, columns)]) {
        let last = if after.0 == rows { rows + 1 } else { after.0 };
        let mut column = before.1;
        let share = target.length(before.1, after.1) / source.length(before.0, after.0).max(1.0);
        for row in before.0..last {
            let reached = source.length(before.0, row) * share;
            while column < after.1 && target.length(before.1, column + 1) <= reached {
                column += 1;
            }
            let distance = (row - before.0).min(after.0 - row);
            let half = (NARROW + distance / GROWTH + (after.0 - before.0).abs_diff(after.1 - before.1).min(difference + NARROW))
                .min(most);
            ranges.push(column.saturating_sub(half)..(column + half + 1).min(columns + 1));
        }
        before = after;
    }
    ranges
}

/// Pairs of segments that share a rare unit, with the weight of what they share.
fn points(source: &Side, target: &Side, links: &[Link]) -> Vec<(usize, usize, f32)> {
    let rare = |side: &Side, unit: Unit| (1..=RARE).contains(&side.entries[unit as usize].count);
    let same = |&(unit, other, likely): &Link| {
        likely >= LIKELY && rare(source, unit) && source.entries[unit as usize].count == target.entries[other as usize].count
    };
    let mut points: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for &(unit, other, likely) in links.iter().filter(|link| same(link)) {
        let times = source.entries[unit as usize].count as f32;
        for (row, column) in source.places(unit).iter().zip(target.places(other)) {
            *points.entry((*row as usize, *column as usize)).or_default() += likely / times;
        }
    }
    let mut points: Vec<(usize, usize, f32)> = points.into_iter().map(|((row, column), weight)| (row, column, weight)).collect();
    points.sort_unstable_by_key(|&(row, column, _)| (row, column));
    points
}

/// The heaviest chain of points that rises in both texts, by a Fenwick tree of the best chain up to each column.
fn chain(points: Vec<(usize, usize, f32)>, columns: usize) -> Vec<(usize, usize)> {
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); columns + 1];
    let mut before = vec![usize::MAX; points.len()];
    let mut row = 0;
    while row < points.len() {
        let end = row + points[row..].iter().take_while(|point| point.0 == points[row].0).count();
        // All points of a row look at the rows before it, from the last column back.
        for at in (row..end).rev() {
            let (mut best, mut column) = ((0.0, usize::MAX), points[at].1);
            while column > 0 {
                if tree[column].0 > best.0 {
                    best = tree[column];
                }
                column &= column - 1;
            }
            before[at] = best.1;
            let total = best.0 + points[at].2;
            let mut column = points[at].1 + 1;
            while column <= columns {
                if total > tree[column].0 {
                    tree[column] = (total, at);
                }
                column += column & column.wrapping_neg();
            }
        }
        row = end;
    }
    let mut best = (0.0, usize::MAX);
    let mut column = columns;
    while column > 0 {
        if tree[column].0 > best.0 {
            best = tree[column];
        }
        column &= column - 1;
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while let Some(&(row, column, _)) = points.get(at) {
        chain.push((row, column));
        at = before[at];
    }
    chain.reverse();
    chain
}

/// How far a step between two anchors may leave the slope of one to one before it is doubted.
const STRAY: usize = 12;

/// The chain without the points that lie far off the line between their neighbours.
fn supported(chain: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let offset = |point: (usize, usize)| point.1 as i64 - point.0 as i64;
    let near =
        |a: (usize, usize), b: (usize, usize)| offset(a).abs_diff(offset(b)) as usize <= STRAY + a.0.abs_diff(b.0) / GROWTH;
    let keep = |at: usize| {
        let before = at.checked_sub(1).is_none_or(|before| near(chain[before], chain[at]));
        let after = chain.get(at + 1).is_none_or(|after| near(*after, chain[at]));
        before && after
    };
    (0..chain.len()).filter(|at| keep(*at)).map(|at| chain[at]).collect()
}
