//! `contresens segment`: sentences with their places.

use super::{Overlay, written};
use crate::corpus::{Corpus, UNKNOWN};
use crate::document::{Document, Span};
use crate::error::Error;
use crate::input::{self, Format, parse};
use crate::language::Detector;
use crate::segment::{segments, trimmed};
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

#[derive(Args)]
pub struct SegmentArguments {
    /// The text to cut
    #[arg(required_unless_present = "jsonl", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Its language [default: detected]
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Read {"id", "lang", "text"} lines from standard input
    #[arg(long, conflicts_with = "file")]
    jsonl: bool,
    #[command(flatten)]
    overlay: Overlay,
}

pub fn run(arguments: &SegmentArguments) -> Result<bool, Error> {
    let corpus = arguments.overlay.load()?;
    let detector = Detector::new(&corpus)?;
    if arguments.jsonl {
        lines(&corpus, &detector)?;
    }
    if let Some(path) = &arguments.file {
        let document = input::read(path)?;
        let tag = tag(&corpus, &detector, arguments.lang.as_deref().or(document.declared.as_deref()), &document.text)?;
        written(print(&document, &cut(&document, tag, &corpus)?))?;
    }
    Ok(true)
}

fn tag<'c>(corpus: &'c Corpus, detector: &Detector<'c>, given: Option<&str>, text: &str) -> Result<&'c str, Error> {
    match given {
        Some(given) => {
            corpus.tag(given).ok_or_else(|| Error::Language { tag: given.to_owned(), known: corpus.packs().join(", ") })
        }
        None => Ok(detector.detect(text, None).tag.unwrap_or(UNKNOWN)),
    }
}

/// The segments of a document, without the white space around them. Marks between the blocks, such as the bullets of a
/// list, go to the segment that they open.
fn cut(document: &Document, tag: &str, corpus: &Corpus) -> Result<Vec<Span>, Error> {
    let language = &corpus.knowledge(tag)?.language;
    let text = &document.text;
    let mut all = Vec::new();
    let mut end = 0;
    for block in &document.blocks {
        let opening = trimmed(text, Span::new(end.min(block.span.start), block.span.end));
        let first = all.len();
        all.extend(
            segments(text, block.span, language).into_iter().map(|span| trimmed(text, span)).filter(|span| !span.is_empty()),
        );
        if let Some(span) = all.get_mut(first) {
            *span = span.join(Span::new(opening.start, opening.start));
        }
        end = block.span.end;
    }
    Ok(all)
}

/// START, END (bytes of the file) and the sentence, a line each.
fn print(document: &Document, segments: &[Span]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for span in segments {
        let place = document.place(*span);
        writeln!(out, "{}\t{}\t{}", place.start, place.end, span.of(&document.text).replace(['\n', '\t'], " "))?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    lang: Option<String>,
    text: String,
}

fn lines(corpus: &Corpus, detector: &Detector) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|cause| Error::Read { path: PathBuf::from("-"), cause })?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line) {
            Ok(line) => answer(line, corpus, detector).unwrap_or_else(|error| json!({"error": error.to_string()})),
            Err(error) => json!({"error": format!("line {}: {error}", number + 1)}),
        };
        written(writeln!(out, "{answer}").and_then(|()| out.flush()))?;
    }
    Ok(())
}

fn answer(line: Line, corpus: &Corpus, detector: &Detector) -> Result<Value, Error> {
    let document = parse(line.text, Format::Plain);
    // A language of which nothing is known is cut by its marks alone.
    let known = line.lang.as_deref().map(|given| corpus.tag(given).unwrap_or(UNKNOWN));
    let tag = known.or_else(|| detector.detect(&document.text, None).tag).unwrap_or(UNKNOWN);
    let spans = cut(&document, tag, corpus)?;
    let segments: Vec<Value> =
        spans.iter().map(|span| json!({"start": span.start, "end": span.end, "text": span.of(&document.text)})).collect();
    Ok(json!({"id": line.id, "segments": segments}))
}
