//! `--time-limit` and `--max-size`: how much an article may take, and what an interruption does.

use crate::checker::{Check, Checker, Report};
use crate::deadline::{Limits, Stop};
use crate::error::Error;
use crate::input;
use clap::Args;
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

/// The exit code of a run that was interrupted, as shells give it: 128 and the number of the signal.
pub const INTERRUPTED: u8 = 130;

#[derive(Args)]
pub struct LimitArguments {
    /// Seconds that one article may take; one that takes longer is an error, not a clean article. 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds)]
    time_limit: f64,
    /// The largest file or line that is read, such as 64M or 2G; 0 for no limit [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    max_size: Option<u64>,
}

impl LimitArguments {
    /// The most bytes of a file or a line.
    pub fn size(&self) -> u64 {
        self.max_size.unwrap_or(input::MOST)
    }

    /// What ends the work on an article.
    pub fn limits(&self, stop: &Stop) -> Limits {
        let time = (self.time_limit > 0.0).then(|| Duration::try_from_secs_f64(self.time_limit).unwrap_or(Duration::MAX));
        Limits { time, stop: Some(stop.clone()) }
    }
}

fn seconds(written: &str) -> Result<f64, String> {
    let seconds = written.parse().ok().filter(|seconds: &f64| *seconds >= 0.0);
    seconds.ok_or_else(|| format!("expected seconds, such as 60 or 0.5, instead of {written:?}"))
}

fn bytes(written: &str) -> Result<u64, String> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match written[digits.len()..].to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" => Some(0),
        "k" => Some(10),
        "m" => Some(20),
        "g" => Some(30),
        _ => None,
    };
    let size = digits.parse::<u64>().ok().zip(scale).and_then(|(number, scale)| number.checked_mul(1 << scale));
    match size {
        Some(0) => Ok(u64::MAX),
        Some(size) => Ok(size),
        None => Err(format!("expected a number of bytes, such as 1000000, 512K, 64M or 2G, instead of {written:?}")),
    }
}

/// A flag that the first interruption sets, so that what is done is written and said; the second ends the program at once.
pub fn stop_on_interrupt() -> Result<Stop, Error> {
    let stop = Stop::default();
    let watched = flag::register_conditional_shutdown(SIGINT, i32::from(INTERRUPTED), stop.clone())
        .and_then(|_| flag::register(SIGINT, stop.clone()));
    watched.map_err(|cause| Error::Read { path: PathBuf::from("the interrupt signal"), cause })?;
    Ok(stop)
}

/// Checks an article. A defect of the program costs that article, not the run.
pub fn checked(checker: &Checker, check: &Check) -> Result<Report, Error> {
    catch_unwind(AssertUnwindSafe(|| checker.check(check))).unwrap_or(Err(Error::Defect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(bytes("4096"), Ok(4096));
        assert_eq!(["64k", "64K", "64KiB", "64kB"].map(bytes), [const { Ok(65_536) }; 4]);
        assert_eq!(bytes("2G"), Ok(2 << 30));
        assert_eq!(bytes("0"), Ok(u64::MAX));
        assert!(["", "M", "-1", "1.5M", "12X", "99999999999G"].iter().all(|written| bytes(written).is_err()));
    }

    #[test]
    fn seconds_are_no_less_than_none() {
        assert_eq!(seconds("0.5"), Ok(0.5));
        assert!(["-1", "NaN", "soon"].iter().all(|written| seconds(written).is_err()));
    }
}
