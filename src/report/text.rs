//! Text for people: each finding with its line, the source line that shows it, why it matters and what to write.

use super::item::{Grade, rank, visible};
use super::{Checked, Lines};
use crate::brief::Verdict;
use crate::document::{Document, Span};
use crate::mqm::Tier;
use crate::rules::Diagnostic;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::io::{self, Write};

/// What a report is written on.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    pub colour: bool,
    /// Cells of a line.
    pub width: usize,
}

impl Paper {
    /// A file: no colours, and wide enough for a finding with its surroundings.
    pub const FILE: Paper = Paper { colour: false, width: 140 };

    /// Characters of a line shown on each side of a finding: articles write a paragraph to a line.
    fn around(self) -> usize {
        // The rest is for the number of the line and the finding itself.
        (self.width.saturating_sub(36) / 2).clamp(12, 48)
    }

    fn renderer(self) -> Renderer {
        let renderer = if self.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.decor_style(DecorStyle::Ascii).term_width(self.width)
    }
}

/// Writes the report of one article. Worst first, then in the order of the text.
pub fn write(out: &mut impl Write, checked: &Checked, paper: Paper) -> io::Result<()> {
    let target = Page::new(&checked.path, &checked.target);
    let source = checked.source.as_ref().map(|source| Page::new(checked.source_path.as_deref().unwrap_or("source"), source));
    let mut diagnostics: Vec<&Diagnostic> = checked.report.diagnostics.iter().collect();
    diagnostics
        .sort_by_key(|diagnostic| (std::cmp::Reverse(diagnostic.severity), diagnostic.tier == Tier::Advice, diagnostic.span));
    for diagnostic in diagnostics {
        write_one(out, paper, &target, source.as_ref(), diagnostic)?;
    }
    write_facts(out, checked)?;
    for note in &checked.target.notes {
        writeln!(out, "{}: {note}", checked.path)?;
    }
    Ok(())
}

/// A file, and where its lines are.
struct Page<'d> {
    path: &'d str,
    document: &'d Document,
    lines: Lines<'d>,
}

impl<'d> Page<'d> {
    fn new(path: &'d str, document: &'d Document) -> Page<'d> {
        Page { path, document, lines: Lines::new(document.raw()) }
    }
}

/// What is shown of a line, and where the finding stands in it.
struct Excerpt {
    text: String,
    span: std::ops::Range<usize>,
    line: usize,
    column: usize,
}

/// What is shown of a place of the file.
fn excerpt(page: &Page, place: Span, around: usize) -> Excerpt {
    let raw = page.document.raw();
    let position = page.lines.position(place.start);
    let line = page.lines.line_at(place.start);
    let end = place.end.min(line.end).max(place.start);
    let back = raw[line.start..place.start].char_indices().rev().nth(around).map_or(line.start, |(at, _)| line.start + at);
    let long = raw[place.start..end].char_indices().nth(2 * around).map_or(end, |(at, _)| place.start + at);
    let ahead = raw[long..line.end].char_indices().nth(around).map_or(line.end, |(at, _)| long + at);
    let lead = if back > line.start { "…" } else { "" };
    let tail = if ahead < line.end { "…" } else { "" };
    let text = format!("{lead}{}{tail}", visible(&raw[back..ahead]));
    let start = lead.len() + visible(&raw[back..place.start]).len();
    let length = visible(&raw[place.start..long]).len();
    Excerpt { text, span: start..start + length, line: position.line, column: position.column }
}

fn write_one(
    out: &mut impl Write,
    paper: Paper,
    target: &Page,
    source: Option<&Page>,
    diagnostic: &Diagnostic,
) -> io::Result<()> {
    let level = match Grade::of(diagnostic.severity, diagnostic.tier) {
        Grade::Note => Level::NOTE,
        Grade::Warning => Level::WARNING,
        Grade::Error => Level::ERROR,
    };
    let shown = excerpt(target, diagnostic.place(target.document), paper.around());
    let message = visible(&diagnostic.message);
    let mut group: Group = level
        .with_name(Some(rank(diagnostic)))
        .primary_title(&message)
        .id(diagnostic.rule)
        .element(Origin::path(target.path).line(shown.line).char_column(shown.column))
        .element(
            Snippet::source(&shown.text).line_start(shown.line).annotation(AnnotationKind::Primary.span(shown.span.clone())),
        );
    let original =
        diagnostic.source.zip(source).map(|(span, page)| (page, excerpt(page, page.document.place(span), paper.around())));
    if let Some((page, original)) = &original {
        group = group.element(Origin::path(page.path).line(original.line).char_column(original.column)).element(
            Snippet::source(&original.text)
                .line_start(original.line)
                .annotation(AnnotationKind::Context.span(original.span.clone()).label("the source")),
        );
    }
    if let Some(why) = &diagnostic.why {
        group = group.element(Level::NOTE.with_name(Some("why")).message(visible(why)));
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        group = group.element(Level::HELP.with_name(Some("write")).message(visible(suggestion)));
    }
    writeln!(out, "{}\n", paper.renderer().render(&[group]))
}

fn write_facts(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let Some(facts) = &checked.report.facts else { return Ok(()) };
    let lines = Lines::new(checked.target.raw());
    for fact in facts {
        let place = fact.span.map(|span| lines.position(checked.target.place(span).start));
        let place = place.map_or(String::new(), |place| format!(" ({}:{}:{})", checked.path, place.line, place.column));
        let mark = match fact.verdict {
            Verdict::Kept => "ok",
            Verdict::Changed | Verdict::Missing => "!!",
            Verdict::Unknown => "??",
        };
        writeln!(out, "{mark} fact {}: {}{place}: {}", fact.id, fact.verdict.name(), visible(&fact.why))?;
    }
    writeln!(out)
}

/// What a run has found so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    articles: usize,
    /// Gate findings by severity.
    gate: [usize; 3],
    advice: usize,
    suppressed: usize,
    /// Held back by a baseline.
    known: usize,
    empty: usize,
    /// With a source, of which no sentence could be compared.
    uncompared: usize,
    /// Of the last article; an empty one has none.
    score: Option<f64>,
}

impl Tally {
    pub fn add(&mut self, checked: &Checked) {
        self.articles += 1;
        self.suppressed += checked.report.suppressed;
        self.known += checked.report.known;
        let empty = checked.target.text.trim().is_empty();
        self.empty += usize::from(empty);
        self.uncompared += usize::from(!empty && checked.source.is_some() && !checked.report.is_compared());
        self.score = (!empty).then_some(checked.report.score);
        for diagnostic in &checked.report.diagnostics {
            match diagnostic.tier {
                Tier::Gate => self.gate[diagnostic.severity as usize] += 1,
                Tier::Advice => self.advice += 1,
            }
        }
    }
}

impl Tally {
    /// Whether articles were let pass of which nothing, or only half, could be judged.
    pub fn is_doubtful(&self) -> bool {
        self.uncompared + self.empty > 0
    }
}

/// The line that ends a run: what was found, and why it failed or did not.
pub fn summary(tally: &Tally, failed: Option<&str>) -> String {
    let Tally { articles, gate: [minor, major, critical], advice, suppressed, known, empty, uncompared, score } = tally;
    let (articles, score) = match articles {
        1 => ("1 article".to_owned(), score.map_or(String::new(), |score| format!("; score {score}"))),
        many => (format!("{many} articles"), String::new()),
    };
    let found = format!("{critical} critical, {major} major, {minor} minor, and {advice} of advice");
    let some = |count: usize, what: &str| if count > 0 { format!("; {count} {what}") } else { String::new() };
    let found = format!("{found}{}{}", some(*suppressed, "suppressed"), some(*known, "held back by the baseline"));
    let found = format!("{found}{}{}", some(*uncompared, "not compared with its source"), some(*empty, "empty"));
    match failed {
        Some(reason) => format!("{articles}: {found}{score}. Failed: {reason}"),
        None => format!("{articles}: {found}{score}. Passed"),
    }
}
