//! What stands above and below the articles: the index of several, the filters, how the page is used.

use super::escape::Escaped;
use super::{Article, Counts, SEVERITIES, thousands};
use crate::checker::Report;
use crate::mqm::{Severity, Tier};
use crate::report::Unchecked;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The head of the page.
pub fn top(out: &mut dyn Write, articles: &[Article], unchecked: &[Unchecked]) -> io::Result<()> {
    if let Some(first) = articles.iter().find(|article| !article.findings.is_empty()).or(articles.first()) {
        writeln!(out, "<a class=\"skip\" href=\"#a{}l\">Skip to the findings</a>", first.number)?;
    }
    out.write_all(b"<header class=\"masthead\"><p class=\"brand\">contresens</p>")?;
    if articles.len() == 1 {
        out.write_all(b"</header>\n<main>\n")?;
        missing(out, unchecked)?;
        return filters(out, articles);
    }
    writeln!(out, "<h1>{} articles</h1></header>\n<main>", thousands(articles.len()))?;
    missing(out, unchecked)?;
    index(out, articles)?;
    filters(out, articles)
}

/// The articles that are not on the page, for they were not checked.
fn missing(out: &mut dyn Write, unchecked: &[Unchecked]) -> io::Result<()> {
    if unchecked.is_empty() {
        return Ok(());
    }
    out.write_all(b"<section class=\"missing\" aria-label=\"Not checked\"><h2>Not checked</h2>\n<ul>\n")?;
    unchecked.iter().try_for_each(|one| writeln!(out, "<li>{}</li>", Escaped(&one.reason)))?;
    out.write_all(b"</ul></section>\n")
}

/// The articles with their scores.
fn index(out: &mut dyn Write, articles: &[Article]) -> io::Result<()> {
    out.write_all(
        b"<nav class=\"index\" aria-label=\"Articles\"><table>\n<thead><tr><th scope=\"col\">Article</th>\
          <th scope=\"col\">Score</th><td class=\"bar\"></td><th scope=\"col\">Critical</th><th scope=\"col\">Major</th>\
          <th scope=\"col\">Minor</th><th scope=\"col\">Advice</th></tr></thead>\n<tbody>\n",
    )?;
    for article in articles {
        let report = &article.checked.report;
        let counts = Counts::of(report.diagnostics.iter());
        write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#a{}\">{}</a></th><td class=\"number\">{}</td><td class=\"bar\">",
            article.number,
            path(&article.checked.path),
            report.score
        )?;
        bar(out, report)?;
        out.write_all(b"</td>")?;
        let gate = SEVERITIES.iter().map(|severity| (counts.gate[*severity as usize], severity.name()));
        for (count, name) in gate.chain([(counts.advice, "advised")]) {
            let class = if count == 0 { "zero" } else { name };
            write!(out, "<td class=\"number {class}\">{}</td>", thousands(count))?;
        }
        out.write_all(b"</tr>\n")?;
    }
    out.write_all(b"</tbody></table></nav>\n")
}

/// A path whose folders step back behind the name of the file.
pub fn path(path: &str) -> String {
    let name = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    format!("<bdi class=\"path\"><span>{}</span>{}</bdi>", Escaped(&path[..name]), Escaped(&path[name..]))
}

/// A hundred points: those that are left, and what took the others.
pub fn bar(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let gate = report.diagnostics.iter().filter(|one| one.tier == Tier::Gate);
    let mut penalties = [0u32; 3];
    for one in gate {
        penalties[one.severity as usize] += Severity::penalty(one.severity);
    }
    let total = f64::from(penalties.iter().sum::<u32>().max(1));
    let lost = 100.0 - report.score;
    write!(
        out,
        "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{} of 100 points\">\
         <rect class=\"kept\" width=\"{:.1}\" height=\"4\"/>",
        report.score, report.score
    )?;
    let mut at = report.score;
    for severity in SEVERITIES {
        let width = lost * f64::from(penalties[severity as usize]) / total;
        if width > 0.0 {
            let name = severity.name();
            write!(out, "<rect class=\"{name}\" x=\"{at:.1}\" width=\"{width:.1}\" height=\"4\"/>")?;
        }
        at += width;
    }
    out.write_all(b"</svg>")
}

/// The filters; the script shows them, for without it they would do nothing.
fn filters(out: &mut dyn Write, articles: &[Article]) -> io::Result<()> {
    let findings = || articles.iter().flat_map(|article| &article.findings);
    out.write_all(b"<form class=\"filters\" aria-label=\"Filter the findings\" hidden>\n<fieldset><legend>Severity</legend>")?;
    for severity in SEVERITIES {
        let count = findings().filter(|one| one.severity == severity).count();
        check(out, "severity", severity.name(), count)?;
    }
    out.write_all(b"</fieldset>\n<fieldset><legend>Tier</legend>")?;
    for tier in [Tier::Gate, Tier::Advice] {
        check(out, "tier", tier.name(), findings().filter(|one| one.tier == tier).count())?;
    }
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    findings().for_each(|one| *rules.entry(one.rule).or_default() += 1);
    out.write_all(b"</fieldset>\n<label>Rule <select name=\"rule\"><option value=\"\">all rules</option>")?;
    for (rule, count) in rules {
        write!(out, "<option value=\"{0}\">{0} ({1})</option>", Escaped(rule), thousands(count))?;
    }
    out.write_all(
        b"</select></label>\n<label>Order <select name=\"order\"><option value=\"worst\">worst first</option>\
          <option value=\"text\">as in the text</option></select></label>\n\
          <div class=\"walk\"><button type=\"button\" name=\"back\" aria-label=\"Previous finding\" aria-keyshortcuts=\"p k\">\
          <span aria-hidden=\"true\">\xe2\x86\x90</span></button><output></output>\
          <button type=\"button\" name=\"on\" aria-label=\"Next finding\" aria-keyshortcuts=\"n j\">\
          <span aria-hidden=\"true\">\xe2\x86\x92</span></button></div>\n</form>\n",
    )
}

fn check(out: &mut dyn Write, group: &str, name: &str, count: usize) -> io::Result<()> {
    write!(
        out,
        "<label class=\"{name}\"><input type=\"checkbox\" name=\"{group}\" value=\"{name}\" checked> {name} <b>{}</b></label>",
        thousands(count)
    )
}

/// The foot of the page.
pub fn foot(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "</main>\n<footer><p class=\"keys\" hidden><kbd>n</kbd> next finding <kbd>p</kbd> previous \
         <kbd>Enter</kbd> from the list to the text and back <kbd>Esc</kbd> leave</p>\n\
         <p>The score is 100 less the penalty of the gate findings for every hundred words: minor 1, major 5, critical 25. \
         Advice never fails a build and costs no points. contresens {}</p></footer>",
        env!("CARGO_PKG_VERSION")
    )
}
