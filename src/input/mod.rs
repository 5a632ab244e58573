//! Reads a file into a document: bytes are decoded, markup is taken off, blocks are found.

mod cutter;
mod decode;
mod front_matter;
mod html;
mod json;
mod markdown;
mod plain;
mod po;
mod table;
mod tmx;
mod units;
mod xliff;
mod xml;

pub use decode::{Decoded, decode};

use crate::document::Document;
use crate::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
    Html,
    Xliff,
    Tmx,
    Po,
    Tsv,
    Csv,
    Jsonl,
    Json,
}

impl Format {
    /// The formats with the endings that announce them, the first of which is their name.
    const ENDINGS: &[(Format, &[&str])] = &[
        (Format::Plain, &["txt"]),
        (Format::Markdown, &["md", "markdown"]),
        (Format::Html, &["html", "htm", "xhtml"]),
        (Format::Xliff, &["xlf", "xliff"]),
        (Format::Tmx, &["tmx"]),
        (Format::Po, &["po"]),
        (Format::Tsv, &["tsv"]),
        (Format::Csv, &["csv"]),
        (Format::Jsonl, &["jsonl"]),
        (Format::Json, &["json"]),
    ];

    /// The format that the ending of a file's name announces; plain text for an ending that announces none.
    pub fn of(path: &Path) -> Format {
        path.extension().and_then(|ending| ending.to_str()).and_then(Format::named).unwrap_or(Format::Plain)
    }

    /// The format with this name or ending.
    pub fn named(ending: &str) -> Option<Format> {
        let ending = ending.to_ascii_lowercase();
        Format::ENDINGS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
    }

    /// The endings, without the dot, of the files that are taken for articles or translations in a folder. Tables and JSON
    /// hold all kinds of data and are read only when they are named.
    pub fn known_endings() -> impl Iterator<Item = &'static str> {
        let data = |format: Format| matches!(format, Format::Tsv | Format::Csv | Format::Jsonl | Format::Json);
        Format::ENDINGS.iter().filter(move |(format, _)| !data(*format)).flat_map(|(_, endings)| endings.iter().copied())
    }
}

/// How a file is to be read, where it does not say so itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'w> {
    /// The format, when the name of the file does not tell.
    pub format: Option<Format>,
    /// The languages of source and translation, which choose among those of a file with several.
    pub from: Option<&'w str>,
    pub to: Option<&'w str>,
    /// The most bytes of the file; [`MOST`] when nothing is said.
    pub most: Option<u64>,
    /// Where the texts of a JSON file are: a JSON Pointer (RFC 6901) in which `*` stands for any key or index.
    pub field: Option<&'w str>,
}

/// The most bytes of a file that are read when nothing else is said: fifteen times the Bible. Prose takes thirty times
/// its bytes of memory, a text in which every sign is a finding three hundred times.
pub const MOST: u64 = 64 << 20;

/// What is wrong with a text that breaks its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub expected: String,
}

impl Broken {
    fn at(raw: &str, offset: usize, expected: impl Into<String>) -> Broken {
        let before = &raw[..raw.floor_char_boundary(offset)];
        Broken { line: before.matches('\n').count() + 1, expected: expected.into() }
    }
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Document, Error> {
    read_as(path, &Wish::default())
}

/// Reads a file as wished.
pub fn read_as(path: &Path, wish: &Wish) -> Result<Document, Error> {
    let bytes = bytes(path, wish.most.unwrap_or(MOST))?;
    let format = wish.format.unwrap_or_else(|| Format::of(path));
    let decoded = decode::decode_as(&bytes, decode::named(&bytes, format));
    let Decoded { text, note } = decoded.ok_or_else(|| Error::Binary { path: path.to_path_buf() })?;
    let mut document = text_as(path, text, wish)?;
    document.notes.extend(note);
    Ok(document)
}

/// Reads a text as the file of this name would be read.
pub fn text_as(path: &Path, text: String, wish: &Wish) -> Result<Document, Error> {
    let format = wish.format.unwrap_or_else(|| Format::of(path));
    let read = parse_as(text, &Wish { format: Some(format), ..*wish });
    read.map_err(|Broken { line, expected }| Error::Row { path: path.display().to_string(), line, expected })
}

/// The bytes of a file, or of standard input for `-`, when there are no more than so many.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let refused = |cause| Error::Read { path: path.to_path_buf(), cause };
    let large = || Error::Large { path: path.to_path_buf(), most };
    let file: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).map_err(refused)?;
        if file.metadata().map_err(refused)?.len() > most {
            return Err(large());
        }
        Box::new(file)
    };
    // A device or a pipe does not say how much it holds.
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > most { Err(large()) } else { Ok(bytes) }
}

/// Reads a text that is at hand. One that breaks its format is read as plain text, with a note that says what is wrong.
pub fn parse(text: String, format: Format) -> Document {
    match format {
        Format::Plain => plain::parse(text),
        Format::Markdown => markdown::parse(text),
        Format::Html => html::parse(text),
        _ => parse_as(text.clone(), &Wish { format: Some(format), ..Wish::default() }).unwrap_or_else(|broken| {
            let mut document = plain::parse(text);
            document.notes.push(format!("read as plain text: line {}: expected {}", broken.line, broken.expected));
            document
        }),
    }
}

/// Reads a text that is at hand as wished; plain text when no format is.
pub fn parse_as(text: String, wish: &Wish) -> Result<Document, Broken> {
    let format = wish.format.unwrap_or(Format::Plain);
    match format {
        Format::Plain | Format::Markdown | Format::Html => Ok(parse(text, format)),
        Format::Xliff => xliff::parse(text),
        Format::Tmx => tmx::parse(text, wish),
        Format::Po => po::parse(text),
        Format::Tsv => table::parse(text, table::Kind::Tabs),
        Format::Csv => table::parse(text, table::Kind::Quoted),
        Format::Jsonl => json::parse_lines(text, wish),
        Format::Json => json::parse(text, wish),
    }
}
