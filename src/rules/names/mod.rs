//! Names that were lost, swapped, misspelt or translated. A claim is made only about names the program knows,
//! or that stand in both texts in the same script, or whose letters can be compared.

mod changed;
pub(super) mod first;
mod heard;
mod letters;
pub(super) mod lookup;
mod lost;
mod misspelt;
mod missing;
mod sole;
mod stranger;

use super::Rule;

pub const RULES: &[Rule] = &[
    changed::NAME_CHANGED,
    changed::NAME_STRANGE,
    misspelt::NAME_MISSPELT,
    misspelt::NAME_SPELT_OTHERWISE,
    missing::NAME_MISSING,
    missing::BRAND_TRANSLATED,
];
