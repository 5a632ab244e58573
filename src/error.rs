//! What can go wrong before a text is checked. Every error says where it is and what was expected; findings are not errors.

use std::path::PathBuf;
use std::{fmt, io};

#[derive(Debug)]
pub enum Error {
    /// A file that could not be read.
    Read { path: PathBuf, cause: io::Error },
    /// Output that could not be written.
    Write { path: PathBuf, cause: io::Error },
    /// A file that is no text: it holds NUL bytes or a known binary signature.
    Binary { path: PathBuf },
    /// A row of a corpus table, a lexicon or a brief that breaks its format.
    Row { path: String, line: usize, expected: String },
    /// A configuration that says something wrong, and where.
    Config { path: PathBuf, line: usize, column: usize, message: String },
    /// A language tag that the program does not know, and those that it does.
    Language { tag: String, known: String },
    /// Arguments that cannot be acted on together.
    Usage(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { path, cause } => write!(f, "{}: cannot be read: {cause}", path.display()),
            Error::Write { path, cause } => write!(f, "{}: cannot be written: {cause}", path.display()),
            Error::Binary { path } => {
                write!(
                    f,
                    "{}: is not a text file (text, Markdown, HTML, XLIFF, TMX, PO, a table or JSON expected)",
                    path.display()
                )
            }
            Error::Row { path, line, expected } => write!(f, "{path}:{line}: expected {expected}"),
            Error::Config { path, line, column, message } => write!(f, "{}:{line}:{column}: {message}", path.display()),
            Error::Language { tag, known } => write!(f, "unknown language {tag:?}: expected a tag such as {known}"),
            Error::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}
