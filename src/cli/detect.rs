//! `contresens detect`: the language of files or of lines.

use super::{Overlay, written};
use crate::corpus::UNKNOWN;
use crate::document::Span;
use crate::error::Error;
use crate::input;
use crate::language::{Detector, Guess};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

#[derive(Args)]
pub struct DetectArguments {
    /// Files whose language to tell
    #[arg(required_unless_present = "lines", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell the language of each line of standard input
    #[arg(long, conflicts_with = "files")]
    lines: bool,
    /// Tell the language of each run of words inside a text
    #[arg(long)]
    runs: bool,
    /// How to write: LANG, confidence and, for files, the path
    #[arg(long, value_enum, default_value_t = Format::Tsv)]
    format: Format,
    #[command(flatten)]
    overlay: Overlay,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Tsv,
    Json,
}

pub fn run(arguments: &DetectArguments) -> Result<bool, Error> {
    let corpus = arguments.overlay.load()?;
    let detector = Detector::new(&corpus)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.lines {
        for line in io::stdin().lock().split(b'\n') {
            let line = line.map_err(|cause| Error::Read { path: PathBuf::from("-"), cause })?;
            let line = String::from_utf8_lossy(&line);
            if arguments.runs {
                written(print_runs(&mut out, arguments.format, &line, &detector))?;
            } else {
                written(print(&mut out, arguments.format, detector.detect(&line, None), None))?;
            }
        }
    }
    for path in &arguments.files {
        let document = input::read(path)?;
        if arguments.runs {
            for block in &document.blocks {
                written(print_runs(&mut out, arguments.format, block.span.of(&document.text), &detector))?;
            }
            continue;
        }
        let guess = detector.detect(&document.text, None);
        written(print(&mut out, arguments.format, guess, Some(&path.display().to_string())))?;
    }
    written(out.flush())?;
    Ok(true)
}

/// The runs of a line: LANG, confidence and the words, a line each; or all runs of the line as one JSON value.
fn print_runs(out: &mut impl Write, format: Format, text: &str, detector: &Detector) -> io::Result<()> {
    let runs = detector.runs(text, Span::new(0, text.len()), None);
    if format == Format::Tsv {
        return runs.iter().try_for_each(|run| {
            let words = run.span.of(text).replace(['\n', '\t'], " ");
            writeln!(out, "{}\t{:.3}\t{words}", run.tag, run.confidence)
        });
    }
    let runs: Vec<Value> = runs
        .iter()
        .map(|run| json!({"lang": run.tag, "confidence": rounded(run.confidence), "start": run.span.start, "end": run.span.end, "text": run.span.of(text)}))
        .collect();
    writeln!(out, "{}", json!({"runs": runs}))
}

/// A confidence with three decimals.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn print(out: &mut impl Write, format: Format, guess: Guess, path: Option<&str>) -> io::Result<()> {
    let tag = guess.tag.unwrap_or(UNKNOWN);
    match (format, path) {
        (Format::Tsv, None) => writeln!(out, "{tag}\t{:.3}", guess.confidence),
        (Format::Tsv, Some(path)) => writeln!(out, "{tag}\t{:.3}\t{path}", guess.confidence),
        (Format::Json, path) => {
            let mut line = json!({"lang": tag, "confidence": rounded(guess.confidence)});
            if let Some(path) = path {
                line["path"] = json!(path);
            }
            writeln!(out, "{line}")
        }
    }
}
