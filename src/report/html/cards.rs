//! The findings of an article as cards, worst first.

use super::Article;
use super::escape::{Escaped, Message};
use crate::mqm::Tier;
use crate::report::Lines;
use crate::rules::{Diagnostic, shortened};
use std::io::{self, Write};

pub fn write(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let number = article.number;
    write!(
        out,
        "<section class=\"findings\" id=\"a{number}l\" aria-labelledby=\"a{number}h\" tabindex=\"-1\">\n\
         <h3 id=\"a{number}h\">Findings</h3>\n"
    )?;
    if article.findings.is_empty() {
        out.write_all(b"<p class=\"nothing\">Nothing was found in this article.</p>\n")?;
        return out.write_all(b"</section>\n");
    }
    out.write_all(b"<ol>\n")?;
    let lines = Lines::new(article.checked.target.raw());
    for (at, one) in article.findings.iter().enumerate() {
        card(out, article, &lines, (at, one))?;
    }
    out.write_all(b"</ol>\n</section>\n")
}

fn card(out: &mut dyn Write, article: &Article, lines: &Lines, (at, one): (usize, &Diagnostic)) -> io::Result<()> {
    let (severity, tier) = (one.severity.name(), one.tier.name());
    let place = one.place(&article.checked.target);
    let position = lines.position(place.start);
    let card = article.card(at);
    let advice = if one.tier == Tier::Advice { " advice" } else { "" };
    write!(
        out,
        "<li class=\"card {severity}{advice}\" id=\"{card}\" data-rule=\"{}\" data-severity=\"{severity}\" data-tier=\"{tier}\" \
         data-at=\"{}\"><p class=\"grade\" id=\"{card}g\">{severity}{advice}</p>\
         <p class=\"message\" id=\"{}\"><a href=\"#{}\" aria-describedby=\"{card}g\">{}</a></p>",
        Escaped(one.rule),
        one.span.start,
        article.message(at),
        article.place(at),
        Message(&one.message),
    )?;
    let words = one.span.of(&article.checked.target.text);
    if !words.trim().is_empty() && !one.message.contains(&shortened(words)) {
        quoted(out, "words", "Here", article.checked.report.to.as_deref(), &shortened(words))?;
    }
    if let Some(suggestion) = &one.suggestion {
        quoted(out, "write", "Write", article.checked.report.to.as_deref(), suggestion)?;
    }
    if let Some(why) = &one.why {
        write!(out, "<p class=\"why\">{}</p>", Message(why))?;
    }
    writeln!(
        out,
        "<p class=\"rule\">{} <span>{}, line {}:{}</span></p></li>",
        Escaped(one.rule),
        one.category.name(),
        position.line,
        position.column
    )
}

/// Words in the language of the translation.
fn quoted(out: &mut dyn Write, class: &str, label: &str, lang: Option<&str>, words: &str) -> io::Result<()> {
    write!(out, "<p class=\"{class}\"><span>{label}</span> <bdi")?;
    if let Some(lang) = lang {
        write!(out, " lang=\"{}\"", Escaped(lang))?;
    }
    write!(out, ">{}</bdi></p>", Escaped(words))
}
