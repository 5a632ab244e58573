//! `contresens align`: which sentences translate which.

use super::beads::{Beads, Format, indices, rounded};
use super::output::Output;
use super::{Lists, Overlay, written};
use crate::align::align;
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
use std::path::{Path, PathBuf};

/// How the command is used, for its help. `tests/cli.rs` runs it.
pub const EXAMPLE: &str = "\
Example: a.en.txt holds
  The mayor resigned on Monday. Nobody was hurt in the fire. Schools stay shut.
and a.fr.txt
  Le maire a démissionné lundi. Personne n'a été blessé, et les écoles restent fermées.
`contresens align a.en.txt a.fr.txt --format text` shows that two sentences became one, and how sure that is:
  0.95  The mayor resigned on Monday.                 Le maire a démissionné lundi.

  0.92  Nobody was hurt in the fire. Schools stay     Personne n'a été blessé, et les écoles
        shut.                                         restent fermées.";

#[derive(Args)]
pub struct AlignArguments {
    /// The source article: plain text or Markdown (.md); `-` is standard input
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
    /// How to write the beads
    #[arg(long, value_enum, default_value_t = Format::Tsv, conflicts_with = "jsonl")]
    format: Format,
    /// The texts come cut: a line is a segment, empty lines are nothing
    #[arg(long, conflicts_with = "jsonl")]
    segmented: bool,
    /// Write the beads to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read {"id", "from", "to", "source": [segment], "target": [segment]} lines from standard input
    #[arg(long, conflicts_with_all = ["source", "target"])]
    jsonl: bool,
    /// Put the confidence of each bead (0 to 1) behind its two sides, and the quality of the whole beside them
    #[arg(long, requires = "jsonl")]
    confidence: bool,
    #[command(flatten)]
    overlay: Overlay,
    #[command(flatten)]
    lists: Lists,
}

pub fn run(arguments: &AlignArguments) -> Result<bool, Error> {
    let corpus = arguments.lists.read(arguments.overlay.load()?)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    if arguments.jsonl {
        lines(&corpus, arguments.confidence, &mut out)?;
    } else if let (Some(source), Some(target)) = (&arguments.source, &arguments.target) {
        files(arguments, &corpus, (source, target), &mut out)?;
    }
    out.finish()?;
    Ok(true)
}

fn files(
    arguments: &AlignArguments,
    corpus: &Corpus,
    (source, target): (&Path, &Path),
    out: &mut dyn Write,
) -> Result<(), Error> {
    let read = |path: &Path| {
        let document = input::read(path)?;
        Ok(if arguments.segmented { of_segments(document.text.lines().filter(|line| !line.trim().is_empty())) } else { document })
    };
    let (source, target) = (read(source)?, read(target)?);
    let detector = Detector::new(corpus)?;
    let tag = |given: Option<&str>, document: &Document| {
        tag(corpus, given.or(document.declared.as_deref()), || detector.detect(&document.text, None).tag)
    };
    let from = tag(arguments.from.as_deref(), &source)?;
    let to = tag(arguments.to.as_deref(), &target)?;
    let cut = if arguments.segmented { Cut::Blocks } else { Cut::Sentences };
    let (source, target) = (Analysis::new(&source, from, corpus, cut)?, Analysis::new(&target, to, corpus, cut)?);
    let alignment = align(&source, &target, corpus);
    written(Beads { source: &source, target: &target, alignment: &alignment }.write(out, arguments.format))
}

fn tag<'c>(corpus: &'c Corpus, given: Option<&str>, guess: impl FnOnce() -> Option<&'c str>) -> Result<&'c str, Error> {
    match given {
        Some(given) => {
            corpus.tag(given).ok_or_else(|| Error::Language { tag: given.to_owned(), known: corpus.packs().join(", ") })
        }
        None => Ok(guess().unwrap_or(UNKNOWN)),
    }
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

fn lines(corpus: &Corpus, confidence: bool, out: &mut dyn Write) -> Result<(), Error> {
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
    let (source, target) =
        (of_segments(line.source.iter().map(String::as_str)), of_segments(line.target.iter().map(String::as_str)));
    let analysis = |document, given: &str| {
        let tag = tag(corpus, Some(given), || None).map_err(|error| error.to_string())?;
        Analysis::new(document, tag, corpus, Cut::Blocks).map_err(|error| error.to_string())
    };
    let alignment = align(&analysis(&source, &line.from)?, &analysis(&target, &line.to)?, corpus);
    let beads: Vec<Value> = alignment.beads.iter().map(|bead| indices(bead, with_confidence)).collect();
    let mut answer = json!({"id": line.id, "beads": beads});
    if with_confidence {
        answer["quality"] = json!(rounded(alignment.quality));
    }
    Ok(answer)
}

/// A document whose blocks are segments that came cut.
fn of_segments<'s>(segments: impl Iterator<Item = &'s str>) -> Document {
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
