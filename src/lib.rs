//! contresens: the linter for translated news.
//!
//! Data flows one way, in the order of the modules below; a module uses only those above it.

pub mod corpus;
pub mod document;
pub mod error;
pub mod extract;
pub mod mqm;
pub mod token;
