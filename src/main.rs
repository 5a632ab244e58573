//! Arguments in, exit code out. See `contresens --help`.

use clap::Parser;
use contresens::cli::{Arguments, run};
use std::process::ExitCode;

/// Findings that fail the gate.
const FAILED: u8 = 1;
/// The program could not do its work.
const BROKEN: u8 = 2;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(BROKEN)
        }
    }
}
