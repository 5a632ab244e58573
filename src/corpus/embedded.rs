//! The corpus inside the program: its texts, and the tables of expressions that `build.rs` compiled from them.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
