//! One page for a browser: source and translation side by side, the findings marked in the text and listed worst first.
//!
//! The page is one file that loads nothing. Its policy lets run only the script and the style that it was built with, every
//! text passes through [`escape`], and without JavaScript all is still there to read: links lead from the places to the
//! cards and back.

mod article;
mod cards;
mod escape;
mod rows;
mod runs;
mod summary;
mod text;

use crate::brief::Outcome;
use crate::document::Span;
use crate::mqm::{Severity, Tier};
use crate::report::{Checked, Unchecked};
use crate::rules::Diagnostic;
use escape::Escaped;
use std::cmp::Reverse;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// What the page may do: nothing but the style and the script of these hashes. `tests/html.rs` compares them.
const POLICY: &str = include_str!("policy.txt");

/// Bytes of source and translation from which an article is folded to what lies near its findings, and bytes of all
/// articles from which each of them is.
const LONG: usize = 400_000;
const LONG_TOGETHER: usize = 6_000_000;
/// Findings shown of one article, and of all; the worst come first.
const MOST: usize = 500;
const FEWEST: usize = 20;
const MOST_TOGETHER: usize = 10_000;

/// An article as the page shows it.
struct Article<'r> {
    /// Its number on the page, from 1.
    number: usize,
    checked: &'r Checked,
    /// Worst first; at most so many as a page can hold.
    findings: Vec<&'r Diagnostic>,
    /// Only what lies near a finding is shown of the text.
    folded: bool,
}

impl<'r> Article<'r> {
    /// The name of a finding's card, of the words that say what is wrong, and of the place in the text.
    fn card(&self, finding: usize) -> String {
        format!("a{}f{}", self.number, finding + 1)
    }

    fn message(&self, finding: usize) -> String {
        format!("a{}w{}", self.number, finding + 1)
    }

    fn place(&self, finding: usize) -> String {
        format!("a{}m{}", self.number, finding + 1)
    }

    fn fact_place(&self, fact: usize) -> String {
        format!("a{}k{}", self.number, fact + 1)
    }

    fn outcomes(&self) -> &'r [Outcome] {
        self.checked.report.facts.as_deref().unwrap_or_default()
    }

    /// The facts of the brief that the text speaks of, and where.
    fn facts(&self) -> impl Iterator<Item = (usize, Span)> {
        let outcomes = self.outcomes().iter().enumerate();
        outcomes.filter_map(|(number, outcome)| Some((number, outcome.span.filter(|span| !span.is_empty())?)))
    }
}

/// Writes the page of all articles, the one with the lowest score first.
pub fn write(out: &mut dyn Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    let articles = articles(checked);
    let title = match articles.as_slice() {
        [one] => one.checked.path.clone(),
        all => format!("{} articles", thousands(all.len())),
    };
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{} · contresens</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        Escaped(POLICY.trim()),
        Escaped(&title),
    )?;
    summary::top(out, &articles, unchecked)?;
    for article in &articles {
        article::write(out, article, articles.len() > 1)?;
    }
    summary::foot(out)?;
    write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
}

fn articles(checked: &[Checked]) -> Vec<Article<'_>> {
    let mut order: Vec<&Checked> = checked.iter().collect();
    order.sort_by(|a, b| a.report.score.total_cmp(&b.report.score));
    let size = |one: &Checked| one.target.text.len() + one.source.as_ref().map_or(0, |source| source.text.len());
    let together: usize = order.iter().map(|one| size(one)).sum();
    let most = (MOST_TOGETHER / order.len().max(1)).clamp(FEWEST, MOST);
    let article = |(at, checked)| {
        let checked: &Checked = checked;
        let mut findings: Vec<&Diagnostic> = checked.report.diagnostics.iter().collect();
        findings.sort_by_key(|one| (Reverse(one.severity), one.tier == Tier::Advice, one.span));
        findings.truncate(most);
        let folded = size(checked) > LONG || together > LONG_TOGETHER;
        Article { number: at + 1, checked, findings, folded }
    };
    order.into_iter().enumerate().map(article).collect()
}

/// How many findings of each kind: critical, major and minor ones of the gate, and those of advice.
struct Counts {
    gate: [usize; 3],
    advice: usize,
}

impl Counts {
    fn of<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Counts {
        let mut counts = Counts { gate: [0; 3], advice: 0 };
        for one in diagnostics {
            match one.tier {
                Tier::Gate => counts.gate[one.severity as usize] += 1,
                Tier::Advice => counts.advice += 1,
            }
        }
        counts
    }
}

/// The severities, worst first.
const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::Major, Severity::Minor];

/// A number with its digits in threes.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([thousands(0), thousands(999), thousands(1234), thousands(1_234_567)], ["0", "999", "1,234", "1,234,567"]);
    }
}
