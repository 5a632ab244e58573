//! Arguments in, exit code out. See `contresens --help`.

use clap::Parser;
use contresens::Error;
use contresens::cli::{Arguments, INTERRUPTED, run};
use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Findings that fail the gate.
const FAILED: u8 = 1;
/// The program could not do its work.
const BROKEN: u8 = 2;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) | Err(Error::Closed) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(FAILED),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(if matches!(error, Error::Interrupted(_)) { INTERRUPTED } else { BROKEN })
        }
    }
}
