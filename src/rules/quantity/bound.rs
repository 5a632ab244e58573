//! A bound turned round: `more than 500` became `less than 500`.

use super::agreement::equal;
use super::can_count;
use super::change::told_number;
use crate::article::{Analysis, Cue};
use crate::corpus::Negation;
use crate::document::Span;
use crate::extract::{Bound, Number};
use crate::rules::{Context, Finding};

/// Numbers that stand once on each side of a trusted bead with the same value, bounded from below on one and from above on
/// the other. Where a negation stands right before, `no more than` may be either, and nothing is said.
pub fn bounds_reversed(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !can_count(context) {
        return findings;
    }
    for (source, pair) in context.pairs() {
        let target = &context.target;
        for number in target.numbers_in(pair.target) {
            let reversed = match number.bound {
                Bound::Below => Bound::Above,
                Bound::Above => Bound::Below,
                Bound::Exact | Bound::About | Bound::Most => continue,
            };
            let own = alike(target, pair.target, number);
            let theirs = alike(source, pair.source, number);
            let ([_], [original]) = (own.as_slice(), theirs.as_slice()) else { continue };
            let denied = is_denied(source, pair.source, original) || is_denied(target, pair.target, number);
            if original.bound == reversed && !denied {
                let word = |bound| if bound == Bound::Above { "more" } else { "less" };
                let message = format!(
                    "the source says {} than {}, the translation {}",
                    word(reversed),
                    told_number(original, source.text()),
                    word(number.bound)
                );
                findings.push(Finding::new(number.span, message).from_source(original.span));
            }
        }
    }
    findings
}

/// Bytes before a number in which a negation may turn its bound round.
const BEFORE: usize = 24;

fn is_denied(analysis: &Analysis, span: Span, number: &Number) -> bool {
    let before = number.span.start.saturating_sub(BEFORE);
    let plain = |kind: Negation| matches!(kind, Negation::Neutral | Negation::Additive);
    let denies = |cue: &&Cue| !plain(cue.kind) && cue.span.end > before && cue.span.start < number.span.start;
    analysis.cues_in(span).iter().any(|cue| denies(&cue))
}

/// The numbers of a stretch with the value of another.
fn alike<'a>(analysis: &'a Analysis, span: Span, number: &Number) -> Vec<&'a Number> {
    analysis.numbers_in(span).iter().filter(|other| equal(other.value, number.value)).collect()
}
