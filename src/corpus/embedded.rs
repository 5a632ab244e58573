//! The corpus inside the program: its texts, and the tables of expressions that `build.rs` compiled from them.

// Numbers that build.rs wrote are for the compiler.
#![allow(clippy::unreadable_literal)]

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
