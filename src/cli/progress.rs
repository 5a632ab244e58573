//! A bar on standard error for a person who waits at a terminal. It is gone before a report is written.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use std::env;
use std::io::{self, IsTerminal};

/// Files that are checked before anybody begins to wait.
const MANY: usize = 20;

/// A bar over so many files; one that shows nothing in CI, into a file or a pipe, and where the files are few.
pub fn bar(files: usize) -> ProgressBar {
    let watched =
        io::stderr().is_terminal() && env::var_os("CI").is_none() && env::var_os("TERM").is_none_or(|term| term != "dumb");
    if files < MANY || !watched {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("checking {bar:30} {pos}/{len} articles, {eta} left");
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr())
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_finish(ProgressFinish::AndClear)
}
