//! contresens: the linter for translated news.
//!
//! Data flows one way, in the order of the modules below; a module uses only those above it.

pub mod error;
pub mod deadline;
pub mod mqm;
pub mod document;
pub mod input;
pub mod token;
pub mod corpus;
pub mod language;
pub mod segment;
pub mod extract;
pub mod article;
pub mod align;
pub mod trap;
pub mod brief;
pub mod rules;
pub mod score;
pub mod checker;
pub mod fix;
pub mod selftest;
pub mod fingerprint;
pub mod baseline;
pub mod config;
pub mod report;
pub mod cli;

pub use checker::{Check, Checker, Report, Setting};
pub use corpus::Corpus;
pub use deadline::{Deadline, Limits};
pub use document::Document;
pub use error::Error;
