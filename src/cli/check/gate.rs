//! The gate: what makes a check fail, and why.

use super::{CheckArguments, FailOn};
use crate::mqm::{Severity, Tier};
use crate::report::{Checked, Unchecked};

/// The least severity of a gate finding that fails the check.
pub fn least(arguments: &CheckArguments) -> Option<Severity> {
    match arguments.fail_on {
        FailOn::Critical => Some(Severity::Critical),
        FailOn::Major => Some(Severity::Major),
        FailOn::Minor => Some(Severity::Minor),
        FailOn::Never => None,
    }
}

/// Why the gate is not passed, in words.
pub fn failure(arguments: &CheckArguments, checked: &[Checked], unchecked: &[Unchecked]) -> Option<String> {
    let missing = match unchecked.len() {
        0 => return of_findings(arguments, checked),
        1 => "1 article was not checked".to_owned(),
        several => format!("{several} articles were not checked"),
    };
    Some(of_findings(arguments, checked).map_or(missing.clone(), |reason| format!("{reason}; {missing}")))
}

fn of_findings(arguments: &CheckArguments, checked: &[Checked]) -> Option<String> {
    let gate =
        || checked.iter().flat_map(|article| &article.report.diagnostics).filter(|diagnostic| diagnostic.tier == Tier::Gate);
    let count = |severity: Severity| gate().filter(|diagnostic| diagnostic.severity == severity).count();
    let limit = least(arguments);
    let forgiven = |severity: Severity| severity == Severity::Major && arguments.max_major.is_some();
    let severe = [Severity::Critical, Severity::Major, Severity::Minor]
        .into_iter()
        .find(|severity| limit.is_some_and(|limit| *severity >= limit) && !forgiven(*severity) && count(*severity) > 0);
    if let Some(severity) = severe {
        return Some(format!(
            "{} {} gate findings (--fail-on {})",
            count(severity),
            severity.name(),
            limit.map_or("", Severity::name)
        ));
    }
    if let Some(most) = arguments.max_major.filter(|most| count(Severity::Major) > *most) {
        return Some(format!("{} major gate findings, at most {most} allowed (--max-major)", count(Severity::Major)));
    }
    let least = arguments.min_score?;
    let worst = checked.iter().min_by(|a, b| a.report.score.total_cmp(&b.report.score))?;
    (worst.report.score < least).then(|| format!("{} scores {}, less than {least} (--min-score)", worst.path, worst.report.score))
}
