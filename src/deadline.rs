//! When work on an article must end: its time is over, or the run was interrupted. Work that may be long looks here now and
//! then, between rules, segments and rows of the alignment; what is given up is an error, never half a report.

use crate::error::Error;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Set when the run is interrupted; may be shared with the handler of a signal.
pub type Stop = Arc<AtomicBool>;

/// What ends the work on an article before its time; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// How long one article may take.
    pub time: Option<Duration>,
    pub stop: Option<Stop>,
}

impl Limits {
    /// Starts the clock of an article.
    pub fn start(&self) -> Deadline {
        Deadline { started: Instant::now(), limits: self.clone(), pace: Cell::default() }
    }
}

/// The clock of one article.
#[derive(Clone, Debug)]
pub struct Deadline {
    started: Instant,
    limits: Limits,
    /// How often the clock need not be read, and when it was read last.
    pace: Cell<(u32, Duration)>,
}

/// Where looks follow each other so fast, the clock is read at one of so many more: reading it takes as long as a rule does on
/// a sentence.
const FAST: Duration = Duration::from_micros(100);
const PASSED_OVER: u32 = 7;

impl Deadline {
    /// One that never comes.
    pub fn never() -> Deadline {
        Limits::default().start()
    }

    /// An error when the work is to end.
    pub fn look(&self) -> Result<(), Error> {
        if self.limits.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(Error::Interrupted(None));
        }
        let Some(limit) = self.limits.time else { return Ok(()) };
        let (passed_over, last) = self.pace.get();
        if passed_over > 0 {
            self.pace.set((passed_over - 1, last));
            return Ok(());
        }
        let now = self.started.elapsed();
        if now >= limit {
            return Err(Error::Late { limit });
        }
        self.pace.set((if now < last + FAST { PASSED_OVER } else { 0 }, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_interruption_end_the_work() {
        assert!(Deadline::never().look().is_ok());
        let late = Limits { time: Some(Duration::ZERO), stop: None }.start();
        assert_eq!(late.look().unwrap_err().to_string(), "not checked: it takes more than 0 s (--time-limit)");
        let limit = Duration::from_millis(30);
        let slow = Limits { time: Some(limit), stop: None }.start();
        for _ in 0..100 {
            slow.look().unwrap_or_default();
        }
        std::thread::sleep(limit);
        // What was passed over before is no more than a handful.
        assert!((0..=PASSED_OVER).any(|_| slow.look().is_err()) && slow.look().is_err());
        let stop = Stop::default();
        let deadline = Limits { time: Some(Duration::MAX), stop: Some(stop.clone()) }.start();
        assert!(deadline.look().is_ok());
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(deadline.look(), Err(Error::Interrupted(_))));
    }
}
