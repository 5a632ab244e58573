//! The gate: what makes a check fail, and why. Articles for which other limits hold are judged apart.

use crate::config::{FailOn, Settings};
use crate::mqm::{Severity, Tier};
use crate::report::Checked;

/// What is let pass.
#[derive(Clone, Copy, PartialEq)]
struct Limits {
    fail_on: FailOn,
    max_major: Option<usize>,
    min_score: Option<f64>,
}

/// What was found in the articles under the same limits.
struct Group {
    limits: Limits,
    /// Gate findings by severity.
    counts: [usize; 3],
    /// The least score of an article, and its path.
    worst: Option<(f64, String)>,
}

#[derive(Default)]
pub struct Gate {
    groups: Vec<Group>,
}

impl Gate {
    pub fn take(&mut self, settings: &Settings, checked: &Checked) {
        let limits = Limits {
            fail_on: settings.fail_on.value,
            max_major: settings.max_major.as_ref().map(|held| held.value),
            min_score: settings.min_score.as_ref().map(|held| held.value),
        };
        let at = self.groups.iter().position(|group| group.limits == limits).unwrap_or_else(|| {
            self.groups.push(Group { limits, counts: [0; 3], worst: None });
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        for diagnostic in checked.report.diagnostics.iter().filter(|diagnostic| diagnostic.tier == Tier::Gate) {
            group.counts[diagnostic.severity as usize] += 1;
        }
        let score = checked.report.score;
        if group.worst.as_ref().is_none_or(|(worst, _)| score < *worst) {
            group.worst = Some((score, checked.path.clone()));
        }
    }

    /// Why the gate is not passed, in words: what was found, and how many articles were not checked.
    pub fn failure(&self, unchecked: usize) -> Option<String> {
        let found = self.groups.iter().find_map(Group::failure);
        let missing = match unchecked {
            0 => return found,
            1 => "1 article was not checked".to_owned(),
            several => format!("{several} articles were not checked"),
        };
        Some(found.map_or(missing.clone(), |reason| format!("{reason}; {missing}")))
    }
}

impl Group {
    fn failure(&self) -> Option<String> {
        let Limits { fail_on, max_major, min_score } = self.limits;
        let count = |severity: Severity| self.counts[severity as usize];
        let forgiven = |severity: Severity| severity == Severity::Major && max_major.is_some();
        let severe = [Severity::Critical, Severity::Major, Severity::Minor].into_iter().find(|severity| {
            fail_on.least().is_some_and(|least| *severity >= least) && !forgiven(*severity) && count(*severity) > 0
        });
        if let Some(severity) = severe {
            return Some(format!("{} {} gate findings (--fail-on {})", count(severity), severity.name(), fail_on.name()));
        }
        if let Some(most) = max_major.filter(|most| count(Severity::Major) > *most) {
            return Some(format!("{} major gate findings, at most {most} allowed (--max-major)", count(Severity::Major)));
        }
        let (least, (score, path)) = min_score.zip(self.worst.as_ref())?;
        (*score < least).then(|| format!("{path} scores {score}, less than {least} (--min-score)"))
    }
}
