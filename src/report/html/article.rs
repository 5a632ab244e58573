//! One article: its health, the facts of its brief, its text, its findings.

use super::escape::{Escaped, Message};
use super::summary::{bar, path};
use super::{Article, Counts, SEVERITIES, cards, text, thousands};
use crate::brief::{Outcome, Verdict};
use std::io::{self, Write};

/// Writes an article; `among` several its title is not the title of the page.
pub fn write(out: &mut dyn Write, article: &Article, among: bool) -> io::Result<()> {
    let number = article.number;
    let level = if among { 2 } else { 1 };
    write!(
        out,
        "<article class=\"article\" id=\"a{number}\" aria-labelledby=\"a{number}t\" tabindex=\"-1\">\n<header>\
         <h{level} id=\"a{number}t\">{}</h{level}>\n",
        path(&article.checked.path)
    )?;
    facts_of_the_text(out, article)?;
    health(out, article)?;
    remarks(out, article)?;
    out.write_all(b"</header>\n")?;
    brief(out, article)?;
    out.write_all(b"<div class=\"desk\">\n")?;
    text::write(out, article)?;
    cards::write(out, article)?;
    out.write_all(b"</div>\n</article>\n")
}

/// What was read and how well it could be compared.
fn facts_of_the_text(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let report = &article.checked.report;
    out.write_all(b"<p class=\"about\">")?;
    if let Some(source) = &article.checked.source_path {
        write!(out, "<span>Source {}</span>", path(source))?;
    }
    let sentences = if report.segments == 1 { "sentence" } else { "sentences" };
    let words = if report.words == 1 { "word" } else { "words" };
    write!(out, "<span>{} {words}, {} {sentences}</span>", thousands(report.words), thousands(report.segments))?;
    if let Some(aligned) = report.aligned {
        write!(out, "<span>{:.0} % aligned with the source</span>", aligned * 100.0)?;
    }
    out.write_all(b"</p>\n")
}

fn health(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let report = &article.checked.report;
    let counts = Counts::of(report.diagnostics.iter());
    write!(out, "<div class=\"health\"><p class=\"score\"><b>{}</b> <span>of 100</span></p>", report.score)?;
    bar(out, report)?;
    out.write_all(b"<ul class=\"counts\">")?;
    let gate = SEVERITIES.iter().map(|severity| (severity.name(), severity.name(), counts.gate[*severity as usize]));
    for (class, name, count) in gate.chain([("advised", "of advice", counts.advice)]) {
        let class = if count == 0 { "zero" } else { class };
        write!(out, "<li class=\"{class}\"><b>{}</b> {name}</li>", thousands(count))?;
    }
    out.write_all(b"</ul></div>\n")
}

/// How the files were read, and what the page leaves out.
fn remarks(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let all = article.checked.report.diagnostics.len();
    let mut remarks = article.checked.target.notes.clone();
    if article.findings.len() < all {
        let (shown, all) = (thousands(article.findings.len()), thousands(all));
        remarks.push(format!("the {shown} worst of {all} findings are shown; the other formats have them all"));
    }
    if article.folded {
        remarks.push("the article is long: only the passages near a finding are shown".to_owned());
    }
    if remarks.is_empty() {
        return Ok(());
    }
    out.write_all(b"<ul class=\"remarks\">")?;
    for remark in &remarks {
        write!(out, "<li>{}</li>", Message(remark))?;
    }
    out.write_all(b"</ul>\n")
}

/// The verdicts on the facts of the brief, those that are not kept first.
fn brief(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    if article.outcomes().is_empty() {
        return Ok(());
    }
    let number = article.number;
    let mut outcomes: Vec<(usize, &Outcome)> = article.outcomes().iter().enumerate().collect();
    let order = [Verdict::Changed, Verdict::Missing, Verdict::Unknown, Verdict::Kept];
    outcomes.sort_by_key(|(_, outcome)| order.iter().position(|verdict| *verdict == outcome.verdict));
    let kept = outcomes.iter().filter(|(_, outcome)| outcome.verdict == Verdict::Kept).count();
    write!(
        out,
        "<section class=\"facts\" aria-labelledby=\"a{number}b\"><h3 id=\"a{number}b\">{kept} of {} facts of the brief kept</h3>\n<ul>\n",
        outcomes.len()
    )?;
    for (at, outcome) in outcomes {
        fact(out, article, at, outcome)?;
    }
    out.write_all(b"</ul></section>\n")
}

fn fact(out: &mut dyn Write, article: &Article, at: usize, outcome: &Outcome) -> io::Result<()> {
    let verdict = outcome.verdict.name();
    write!(out, "<li class=\"{verdict}\"><b>{verdict}</b><div>")?;
    let says = if outcome.says.trim().is_empty() { &outcome.id } else { &outcome.says };
    write!(out, "<p dir=\"auto\">{}</p>", Escaped(says))?;
    write!(out, "<p class=\"why\">{}", Message(&outcome.why))?;
    if article.facts().any(|(known, _)| known == at) {
        write!(out, " <a href=\"#{}\">In the text</a>", article.fact_place(at))?;
    }
    out.write_all(b"</p></div></li>\n")
}
