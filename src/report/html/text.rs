//! The two texts side by side, sentence by sentence, with the places of the findings marked.

use super::escape::Escaped;
use super::rows::{self, Row};
use super::runs::{Mark, Run, Runs};
use super::{Article, thousands};
use crate::align::TRUSTED;
use crate::document::{Block, BlockKind, Document, Span};
use crate::mqm::Tier;
use std::io::{self, Write};

/// Bytes of a stretch without a mark from which its middle is left out, and how much is kept at each end.
const LONGEST: usize = 6000;
const KEPT: usize = 2000;

/// One of the two texts while it is written.
struct Side<'r> {
    document: &'r Document,
    lang: Option<&'r str>,
    runs: Runs,
    /// What its paragraphs are called in the style sheet.
    name: &'static str,
}

/// Writes the rows of an article; of a long one, only those near a finding or a fact.
pub fn write(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let all = rows::rows(article.checked);
    let mut target = target_side(article);
    let mut source = source_side(article);
    let wanted: Vec<bool> = all.iter().map(|row| is_wanted(article, row, &target, source.as_ref())).collect();
    let shown = if article.folded { rows::near(&wanted) } else { vec![true; all.len()] };
    let sides = if source.is_some() { "two" } else { "one" };
    writeln!(out, "<div class=\"text {sides}\">")?;
    heads(out, article)?;
    out.write_all(b"<ol class=\"rows\">\n")?;
    let mut left_out = 0;
    for (row, shown) in all.iter().zip(shown) {
        if !shown {
            left_out += 1;
            continue;
        }
        gap(out, std::mem::take(&mut left_out))?;
        row_out(out, article, row, &mut target, source.as_mut())?;
    }
    gap(out, left_out)?;
    out.write_all(b"</ol>\n</div>\n")
}

fn target_side<'r>(article: &Article<'r>) -> Side<'r> {
    let document = &article.checked.target;
    let marks = article.findings.iter().enumerate().map(|(finding, one)| Mark { span: one.span, finding });
    let runs = Runs::new(&document.text, marks);
    Side { document, lang: article.checked.report.to.as_deref(), runs, name: "target" }
}

fn source_side<'r>(article: &Article<'r>) -> Option<Side<'r>> {
    let document = article.checked.source.as_ref()?;
    let marks = article.findings.iter().enumerate().filter_map(|(finding, one)| Some(Mark { span: one.source?, finding }));
    let runs = Runs::new(&document.text, marks);
    Some(Side { document, lang: article.checked.report.from.as_deref(), runs, name: "source" })
}

/// Whether a row holds the beginning of a finding, of its place in the source, or of a fact.
fn is_wanted(article: &Article, row: &Row, target: &Side, source: Option<&Side>) -> bool {
    let in_target =
        row.target.is_some_and(|span| target.runs.begins_in(span) || article.facts().any(|(_, fact)| holds(span, fact.start)));
    in_target || row.source.zip(source).is_some_and(|(span, side)| side.runs.begins_in(span))
}

/// What stands over the two columns.
fn heads(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let report = &article.checked.report;
    let head = |out: &mut dyn Write, name: &str, title: &str, lang: Option<&str>| {
        write!(out, "<p class=\"{name}\">{title}")?;
        if let Some(lang) = lang {
            write!(out, " · <span class=\"language\" data-tag=\"{0}\">{0}</span>", Escaped(lang))?;
        }
        out.write_all(b"</p>")
    };
    out.write_all(b"<div class=\"heads\">")?;
    if article.checked.source.is_some() {
        head(out, "source", "Source", report.from.as_deref())?;
    }
    head(out, "target", "Translation", report.to.as_deref())?;
    out.write_all(b"</div>\n")
}

fn gap(out: &mut dyn Write, rows: usize) -> io::Result<()> {
    match rows {
        0 => Ok(()),
        1 => writeln!(out, "<li class=\"gap\">One passage without a finding is not shown.</li>"),
        _ => writeln!(out, "<li class=\"gap\">{} passages without a finding are not shown.</li>", thousands(rows)),
    }
}

fn row_out(out: &mut dyn Write, article: &Article, row: &Row, target: &mut Side, source: Option<&mut Side>) -> io::Result<()> {
    let opens = row.target.is_some_and(|span| opens_block(target.document, span))
        || row.target.is_none() && row.source.zip(source.as_ref()).is_some_and(|(span, side)| opens_block(side.document, span));
    let unsure = source.is_some() && row.confidence < TRUSTED;
    let unsure = if unsure { " unsure\" title=\"It is not sure that these two belong together" } else { "" };
    write!(out, "<li class=\"row{}{unsure}\">", if opens { " opens" } else { "" })?;
    for (fact, _) in article.facts().filter(|(_, span)| row.target.is_some_and(|row| holds(row, span.start))) {
        write!(out, "<span class=\"anchor\" id=\"{}\"></span>", article.fact_place(fact))?;
    }
    if let Some(source) = source {
        cell(out, article, source, row.source)?;
    }
    cell(out, article, target, row.target)?;
    out.write_all(b"</li>\n")
}

fn holds(row: Span, place: usize) -> bool {
    row.start <= place && place < row.end
}

fn opens_block(document: &Document, span: Span) -> bool {
    let first = document.blocks.partition_point(|block| block.span.start < span.start);
    document.blocks.get(first).is_some_and(|block| document.text[span.start..block.span.start].trim().is_empty())
}

fn cell(out: &mut dyn Write, article: &Article, side: &mut Side, span: Option<Span>) -> io::Result<()> {
    write!(out, "<div class=\"{}\">", side.name)?;
    match span {
        None => out.write_all(b"<p class=\"none\">No counterpart found</p>")?,
        Some(span) => {
            for (piece, kind) in pieces(&side.document.blocks, span) {
                paragraph(out, article, side, piece, kind)?;
            }
        }
    }
    out.write_all(b"</div>")
}

/// A stretch cut where blocks begin, with the kind of the block that each piece lies in.
fn pieces(blocks: &[Block], span: Span) -> Vec<(Span, BlockKind)> {
    let inside = blocks.partition_point(|block| block.span.start <= span.start);
    let first = inside.checked_sub(1).map_or(BlockKind::Paragraph, |at| blocks[at].kind);
    let mut pieces = vec![(span, first)];
    for block in blocks[inside..].iter().take_while(|block| block.span.start < span.end) {
        if let Some((last, _)) = pieces.last_mut() {
            last.end = block.span.start;
        }
        pieces.push((Span::new(block.span.start, span.end), block.kind));
    }
    pieces
}

fn paragraph(out: &mut dyn Write, article: &Article, side: &mut Side, piece: Span, kind: BlockKind) -> io::Result<()> {
    let text = &side.document.text;
    let mut runs = side.runs.of(piece);
    trim(text, &mut runs);
    if runs.is_empty() {
        return Ok(());
    }
    let class = match kind {
        BlockKind::Heading => " class=\"heading\"",
        BlockKind::Paragraph => "",
        BlockKind::ListItem => " class=\"item\"",
        BlockKind::Quotation => " class=\"quotation\"",
    };
    write!(out, "<p{class} dir=\"auto\"")?;
    if let Some(lang) = side.lang {
        write!(out, " lang=\"{}\"", Escaped(lang))?;
    }
    out.write_all(b">")?;
    for run in &runs {
        match (run.findings.is_empty(), side.name) {
            (true, _) => plain(out, run.span.of(text))?,
            (false, "source") => origin(out, text, run)?,
            (false, _) => hit(out, article, text, run)?,
        }
    }
    out.write_all(b"</p>")
}

/// Takes away the white space around a piece, as far as no finding points to it.
fn trim(text: &str, runs: &mut Vec<Run>) {
    let plain = |run: &Run| run.findings.is_empty();
    while runs.last().is_some_and(|run| plain(run) && run.span.of(text).trim().is_empty()) {
        runs.pop();
    }
    let blank = runs.iter().take_while(|run| plain(run) && run.span.of(text).trim().is_empty()).count();
    runs.drain(..blank);
    if let Some(last) = runs.last_mut().filter(|run| plain(run)) {
        last.span.end = last.span.start + last.span.of(text).trim_end().len();
    }
    if let Some(first) = runs.first_mut().filter(|run| plain(run)) {
        first.span.start = first.span.end - first.span.of(text).trim_start().len();
    }
}

/// Words of the text. The middle of a very long stretch is left out.
fn plain(out: &mut dyn Write, text: &str) -> io::Result<()> {
    if text.len() <= LONGEST {
        return write!(out, "{}", Escaped(text));
    }
    let (head, tail) = (text.floor_char_boundary(KEPT), text.ceil_char_boundary(text.len() - KEPT));
    let missing = text[head..tail].chars().count();
    write!(
        out,
        "{} <span class=\"cut\">[{} characters are not shown]</span> {}",
        Escaped(&text[..head]),
        thousands(missing),
        Escaped(&text[tail..])
    )
}

/// A run of the translation that findings point to. Where a finding begins it is a link to its card.
fn hit(out: &mut dyn Write, article: &Article, text: &str, run: &Run) -> io::Result<()> {
    let worst = run.findings.iter().copied().min().unwrap_or_default();
    let one = article.findings[worst];
    let class = format!(
        "hit {}{}{}{}",
        one.severity.name(),
        if one.tier == Tier::Advice { " advice" } else { "" },
        if run.findings.len() > 1 { " several" } else { "" },
        if is_blank(run.span.of(text)) { " blank" } else { "" },
    );
    let numbers = numbers(&run.findings);
    let Some(first) = run.begun.iter().copied().min() else {
        write!(out, "<mark class=\"{class}\" data-f=\"{numbers}\">")?;
        plain(out, run.span.of(text))?;
        return out.write_all(b"</mark>");
    };
    for other in run.begun.iter().copied().filter(|other| *other != first) {
        write!(out, "<span id=\"{}\"></span>", article.place(other))?;
    }
    write!(
        out,
        "<a class=\"{class}\" id=\"{}\" href=\"#{}\" data-f=\"{numbers}\" aria-describedby=\"{}\">",
        article.place(first),
        article.card(first),
        run.begun.iter().map(|finding| article.message(*finding)).collect::<Vec<_>>().join(" "),
    )?;
    plain(out, run.span.of(text))?;
    out.write_all(b"</a>")
}

/// A run of the source that shows a finding.
fn origin(out: &mut dyn Write, text: &str, run: &Run) -> io::Result<()> {
    write!(out, "<span class=\"origin\" data-f=\"{}\">", numbers(&run.findings))?;
    plain(out, run.span.of(text))?;
    out.write_all(b"</span>")
}

/// Findings as the page numbers them, from 1.
fn numbers(findings: &[usize]) -> String {
    findings.iter().map(|finding| (finding + 1).to_string()).collect::<Vec<_>>().join(" ")
}

/// Nothing that leaves ink: the style sheet gives such a run a width.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{00AD}' | '\u{200C}'..='\u{200F}' | '\u{2061}'..='\u{2064}'))
}
