//! What the two sides of a bead say in numbers: their values one by one, which answer each other, and what is left over.

mod agreement;
mod bound;
mod change;
mod difference;
mod mention;
mod point;
mod residue;
mod units;

pub(super) use bound::bounds_reversed;
pub(super) use change::{Told, changes, value_missing};
pub(super) use difference::Change;
pub(super) use units::unit_changed;

use super::Context;
use crate::article::Analysis;

/// Whether the numbers of both languages can be read: without number words a scale would be overlooked.
fn can_count(context: &Context) -> bool {
    let knows = |analysis: &Analysis| analysis.language().quantities.has_numbers();
    knows(&context.target) && context.source.as_ref().is_some_and(knows)
}
