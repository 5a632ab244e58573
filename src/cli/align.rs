//! `contresens align`: which sentences translate which.

use super::written;
use crate::align::{Alignment, align};
use crate::article::{Analysis, Cut};
use crate::corpus::{Corpus, UNKNOWN};
use crate::document::{Block, BlockKind, Document, Span};
use crate::error::Error;
use crate::input;
use crate::language::Detector;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

#[derive(Args)]
pub struct AlignArguments {
    /// The source article
    #[arg(required_unless_present = "jsonl", value_name = "SOURCE")]
    source: Option<PathBuf>,
    /// Its translation
    #[arg(required_unless_present = "jsonl", value_name = "TARGET")]
    target: Option<PathBuf>,
    /// Language of the source [default: detected]
    #[arg(long, value_name = "LANG")]
    from: Option<String>,
    /// Language of the translation [default: detected]
    #[arg(long, value_name = "LANG")]
    to: Option<String>,
    /// Read {"id", "from", "to", "source": [segment], "target": [segment]} lines from standard input
    #[arg(long, conflicts_with_all = ["source", "target"])]
    jsonl: bool,
    /// Put the confidence of each bead (0 to 1) behind its two sides, and the quality of the whole beside them
    #[arg(long, requires = "jsonl")]
    confidence: bool,
}

pub fn run(arguments: &AlignArguments) -> Result<bool, Error> {
    let corpus = Corpus::load(None)?;
    if arguments.jsonl {
        lines(&corpus, arguments.confidence)?;
    } else if let (Some(source), Some(target)) = (&arguments.source, &arguments.target) {
        let (source, target) = (input::read(source)?, input::read(target)?);
        let detector = Detector::new(&corpus)?;
        let tag = |given: Option<&str>, document: &Document| {
            tag(&corpus, given.or(document.declared.as_deref()), || detector.detect(&document.text, None).tag)
        };
        let from = tag(arguments.from.as_deref(), &source)?;
        let to = tag(arguments.to.as_deref(), &target)?;
        let source = Analysis::new(&source, from, &corpus, Cut::Sentences)?;
        let target = Analysis::new(&target, to, &corpus, Cut::Sentences)?;
        written(print(&source, &target, &align(&source, &target, &corpus)))?;
    }
    Ok(true)
}

fn tag<'c>(corpus: &'c Corpus, given: Option<&str>, guess: impl FnOnce() -> Option<&'c str>) -> Result<&'c str, Error> {
    match given {
        Some(given) => {
            corpus.tag(given).ok_or_else(|| Error::Language { tag: given.to_owned(), known: corpus.packs().join(", ") })
        }
        None => Ok(guess().unwrap_or(UNKNOWN)),
    }
}

/// A bead a line: its type, its confidence, the two sides.
fn print(source: &Analysis, target: &Analysis, alignment: &Alignment) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let side = |analysis: &Analysis, range: std::ops::Range<usize>| {
        let segments = analysis.segments[range]
            .iter()
            .map(|segment| segment.span.of(analysis.text()).split_whitespace().collect::<Vec<_>>().join(" "));
        segments.collect::<Vec<_>>().join(" ")
    };
    for bead in &alignment.beads {
        let kind = format!("{}-{}", bead.source.len(), bead.target.len());
        writeln!(
            out,
            "{kind}\t{:.2}\t{}\t{}",
            bead.confidence,
            side(source, bead.source.clone()),
            side(target, bead.target.clone())
        )?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    from: String,
    to: String,
    source: Vec<String>,
    target: Vec<String>,
}

fn lines(corpus: &Corpus, confidence: bool) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|cause| Error::Read { path: PathBuf::from("-"), cause })?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Line>(&line)
            .map_err(|error| error.to_string())
            .and_then(|line| beads(&line, corpus, confidence))
        {
            Ok(answer) => answer,
            Err(error) => json!({"error": format!("line {}: {error}", number + 1)}),
        };
        written(writeln!(out, "{answer}").and_then(|()| out.flush()))?;
    }
    Ok(())
}

fn beads(line: &Line, corpus: &Corpus, with_confidence: bool) -> Result<Value, String> {
    let (source, target) = (of_segments(&line.source), of_segments(&line.target));
    let analysis = |document, given: &str| {
        let tag = tag(corpus, Some(given), || None).map_err(|error| error.to_string())?;
        Analysis::new(document, tag, corpus, Cut::Blocks).map_err(|error| error.to_string())
    };
    let alignment = align(&analysis(&source, &line.from)?, &analysis(&target, &line.to)?, corpus);
    let rounded = |share: f32| (f64::from(share) * 1000.0).round() / 1000.0;
    let beads: Vec<Value> = alignment
        .beads
        .iter()
        .map(|bead| {
            let mut sides = vec![json!(bead.source.clone().collect::<Vec<_>>()), json!(bead.target.clone().collect::<Vec<_>>())];
            if with_confidence {
                sides.push(json!(rounded(bead.confidence)));
            }
            Value::Array(sides)
        })
        .collect();
    let mut answer = json!({"id": line.id, "beads": beads});
    if with_confidence {
        answer["quality"] = json!(rounded(alignment.quality));
    }
    Ok(answer)
}

/// A document whose blocks are segments that came cut.
fn of_segments(segments: &[String]) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for segment in segments {
        let start = text.len();
        text.push_str(segment);
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
        text.push('\n');
    }
    Document::plain(text, blocks)
}
