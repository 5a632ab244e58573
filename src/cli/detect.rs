//! `contresens detect`: the language of files or of lines.

use super::written;
use crate::corpus::{Corpus, UNKNOWN};
use crate::error::Error;
use crate::input;
use crate::language::{Detector, Guess};
use clap::{Args, ValueEnum};
use serde_json::json;
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
    /// How to write: LANG, confidence and, for files, the path
    #[arg(long, value_enum, default_value_t = Format::Tsv)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Tsv,
    Json,
}

pub fn run(arguments: &DetectArguments) -> Result<bool, Error> {
    let corpus = Corpus::load(None)?;
    let detector = Detector::new(&corpus)?;
    let mut out = BufWriter::new(io::stdout().lock());
    if arguments.lines {
        for line in io::stdin().lock().split(b'\n') {
            let line = line.map_err(|cause| Error::Read { path: PathBuf::from("-"), cause })?;
            let guess = detector.detect(&String::from_utf8_lossy(&line), None);
            written(print(&mut out, arguments.format, guess, None))?;
        }
    }
    for path in &arguments.files {
        let document = input::read(path)?;
        let guess = detector.detect(&document.text, None);
        written(print(&mut out, arguments.format, guess, Some(&path.display().to_string())))?;
    }
    written(out.flush())?;
    Ok(true)
}

fn print(out: &mut impl Write, format: Format, guess: Guess, path: Option<&str>) -> io::Result<()> {
    let tag = guess.tag.unwrap_or(UNKNOWN);
    match (format, path) {
        (Format::Tsv, None) => writeln!(out, "{tag}\t{:.3}", guess.confidence),
        (Format::Tsv, Some(path)) => writeln!(out, "{tag}\t{:.3}\t{path}", guess.confidence),
        (Format::Json, path) => {
            let confidence = (f64::from(guess.confidence) * 1000.0).round() / 1000.0;
            let mut line = json!({"lang": tag, "confidence": confidence});
            if let Some(path) = path {
                line["path"] = json!(path);
            }
            writeln!(out, "{line}")
        }
    }
}
