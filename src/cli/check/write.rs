//! Where the reports go, and in which format. What is a list of articles is written as they come; other formats wait for the last.

use super::format::{Destination, Format};
use crate::baseline::Baseline;
use crate::brief::Verdict;
use crate::cli::output::Output;
use crate::error::Error;
use crate::mqm::Severity;
use crate::report::text::{self, Paper, Tally};
use crate::report::{Checked, Unchecked, checkstyle, github, gitlab, html, json, junit, rdjson, sarif};
use std::io::{self, Write};

/// The reports of a run.
pub struct Reports<'d> {
    streams: Vec<Stream<'d>>,
    /// Formats that need all articles at once, and the articles that are kept for them with the least severity that fails each.
    waiting: Vec<Destination<'d>>,
    kept: Vec<Checked>,
    least: Vec<Option<Severity>>,
    tally: Tally,
    doubtful: usize,
}

/// A report that is written article by article.
struct Stream<'d> {
    destination: Destination<'d>,
    out: Output,
    /// What became of the last writing: nothing more is written after an error.
    result: io::Result<()>,
}

impl Stream<'_> {
    fn write(&mut self, write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<(), Error> {
        if self.result.is_ok() {
            self.result = write(&mut self.out);
        }
        // A reader that closes the pipe has seen enough; a full disk ends the run.
        match std::mem::replace(&mut self.result, Ok(())) {
            Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(self.out.refused(cause)),
            result => {
                self.result = result;
                Ok(())
            }
        }
    }

    fn paper(&self) -> Paper {
        self.destination.path.map_or_else(terminal, |_| Paper::FILE)
    }
}

impl<'d> Reports<'d> {
    pub fn open(destinations: &[Destination<'d>]) -> Result<Reports<'d>, Error> {
        let (streamed, waiting): (Vec<_>, Vec<_>) =
            destinations.iter().partition(|destination| matches!(destination.format, Format::Text | Format::Jsonl));
        let open =
            |destination: Destination<'d>| Ok(Stream { out: Output::open(destination.path)?, destination, result: Ok(()) });
        let streams = streamed.into_iter().map(open).collect::<Result<_, Error>>()?;
        Ok(Reports { streams, waiting, kept: Vec::new(), least: Vec::new(), tally: Tally::default(), doubtful: 0 })
    }

    /// Takes the next article, in whose check gate findings fail that are at least so severe.
    pub fn take(&mut self, checked: Checked, least: Option<Severity>) -> Result<(), Error> {
        self.tally.add(&checked);
        let facts = checked.report.facts.iter().flatten();
        self.doubtful += facts.filter(|fact| fact.verdict == Verdict::Unknown).count();
        for stream in &mut self.streams {
            let paper = stream.paper();
            let text = stream.destination.format == Format::Text;
            let one = std::slice::from_ref(&checked);
            stream.write(|out| if text { text::write(out, &checked, paper) } else { json::write_lines(out, one, &[]) })?;
        }
        if !self.waiting.is_empty() {
            self.kept.push(checked);
            self.least.push(least);
        }
        Ok(())
    }

    /// Writes what is left. What a person must know, and no report on standard output says, goes to standard error.
    pub fn finish(mut self, unchecked: &[Unchecked], failed: Option<&str>) -> Result<(), Error> {
        let summary = text::summary(&self.tally, failed);
        for destination in &self.waiting {
            let mut out = Output::open(destination.path)?;
            let result = self.write_whole(destination.format, &mut out, unchecked, failed);
            out.written(result)?;
        }
        let told = self.streams.iter().any(|stream| stream.destination == Destination { format: Format::Text, path: None });
        for mut stream in self.streams.drain(..) {
            let text = stream.destination.format == Format::Text;
            stream.write(|out| if text { writeln!(out, "{summary}") } else { json::write_lines(out, &[], unchecked) })?;
            stream.out.written(stream.result)?;
        }
        if !told && (failed.is_some() || self.tally.is_doubtful()) {
            eprintln!("{summary}");
        }
        if told && self.doubtful > 0 {
            eprintln!("{} facts of the brief could not be judged", self.doubtful);
        }
        Ok(())
    }

    fn write_whole(&self, format: Format, out: &mut Output, unchecked: &[Unchecked], failed: Option<&str>) -> io::Result<()> {
        let checked = &self.kept;
        match format {
            // Written as the articles came.
            Format::Text | Format::Jsonl => Ok(()),
            Format::Json => json::write(out, checked, unchecked),
            Format::Sarif => sarif::write(out, checked, unchecked, failed),
            Format::Github => github::write(out, checked, unchecked),
            Format::Gitlab => gitlab::write(out, checked, unchecked),
            Format::Junit => junit::write(out, checked, unchecked, &self.least),
            Format::Checkstyle => checkstyle::write(out, checked, unchecked),
            Format::Rdjson => rdjson::write(out, checked, unchecked),
            Format::Html => html::write(out, checked, unchecked),
        }
    }
}

/// Says which entries of the baseline are mended.
pub fn tell(mended: &Baseline) {
    for known in mended.known() {
        let times = if known.count > 1 { format!(" ({} times)", known.count) } else { String::new() };
        eprintln!("mended: {}: {}: {}{times}", known.path, known.rule, known.words);
    }
    if mended.count() > 0 {
        eprintln!("{} of the baseline mended; `contresens baseline --update` takes them out", mended.count());
    }
}

/// Standard output. What is written there loses its colours when it is no terminal, or when the reader wants none.
fn terminal() -> Paper {
    let width = terminal_size::terminal_size_of(io::stdout()).map_or(Paper::FILE.width, |(width, _)| usize::from(width.0));
    Paper { colour: true, width }
}
