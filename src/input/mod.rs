//! Reads a file into a document: bytes are decoded, markup is taken off, blocks are found.

mod decode;
mod markdown;
mod plain;

pub use decode::{Decoded, decode};

use crate::document::Document;
use crate::error::Error;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Plain,
    Markdown,
}

impl Format {
    /// The format that the ending of a file's name announces.
    pub fn of(path: &Path) -> Format {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_ascii_lowercase();
        if matches!(ending.as_str(), "md" | "markdown") { Format::Markdown } else { Format::Plain }
    }
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Document, Error> {
    let refused = |cause| Error::Read { path: path.to_path_buf(), cause };
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(refused)?;
        bytes
    } else {
        fs::read(path).map_err(refused)?
    };
    let Decoded { text, note } = decode(&bytes).ok_or_else(|| Error::Binary { path: path.to_path_buf() })?;
    let mut document = parse(text, Format::of(path));
    document.notes.extend(note);
    Ok(document)
}

/// Reads a text that is at hand.
pub fn parse(text: String, format: Format) -> Document {
    match format {
        Format::Plain => plain::parse(text),
        Format::Markdown => markdown::parse(text),
    }
}
