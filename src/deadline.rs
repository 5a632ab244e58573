//! When work on an article must end: its time is over, or the run was interrupted. Work that may be long looks here now and
//! then, between rules, segments and rows of the alignment; what is given up is an error, never half a report.

use crate::error::Error;
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
        Deadline { started: Instant::now(), limits: self.clone() }
    }
}

/// The clock of one article.
#[derive(Clone, Debug)]
pub struct Deadline {
    started: Instant,
    limits: Limits,
}

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
        match self.limits.time {
            Some(limit) if self.started.elapsed() >= limit => Err(Error::Late { limit }),
            _ => Ok(()),
        }
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
        let stop = Stop::default();
        let deadline = Limits { time: Some(Duration::MAX), stop: Some(stop.clone()) }.start();
        assert!(deadline.look().is_ok());
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(deadline.look(), Err(Error::Interrupted(_))));
    }
}
