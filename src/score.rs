//! One figure for an article: 100 minus the penalty per hundred words, floored at 0.

use crate::mqm::{Severity, Tier};
use crate::rules::Diagnostic;

/// The score of an article of so many words. Only gate findings count: advice never fails a build.
pub fn score(diagnostics: &[Diagnostic], words: usize) -> f64 {
    let gate = diagnostics.iter().filter(|diagnostic| diagnostic.tier == Tier::Gate);
    let penalty: u32 = gate.map(|diagnostic| Severity::penalty(diagnostic.severity)).sum();
    let score = 100.0 - f64::from(penalty) * 100.0 / words.max(1) as f64;
    (score.max(0.0) * 10.0).round() / 10.0
}
