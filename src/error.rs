//! What can go wrong before a text is checked. Every error says where it is and what was expected; findings are not errors.

use std::path::PathBuf;
use std::time::Duration;
use std::{fmt, io};

#[derive(Debug)]
pub enum Error {
    /// A file that could not be read.
    Read { path: PathBuf, cause: io::Error },
    /// Output that could not be written.
    Write { path: PathBuf, cause: io::Error },
    /// A file that is no text: it holds NUL bytes or a known binary signature.
    Binary { path: PathBuf },
    /// A file or a line of more bytes than are read.
    Large { path: PathBuf, most: u64 },
    /// An article that takes longer than it may.
    Late { limit: Duration },
    /// The person at the terminal has had enough; what was done until then, where that is known.
    Interrupted(Option<String>),
    /// Articles that were not checked, or not wholly: each with its reason.
    Unchecked(Vec<String>),
    /// Nobody reads the output any more: the reader has seen enough, and that is no fault.
    Closed,
    /// A defect of the program; standard error says more.
    Defect,
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
            Error::Large { path, most } => {
                write!(f, "{}: not read: larger than {} (--max-size)", path.display(), Size(*most))
            }
            Error::Late { limit } => write!(f, "not checked: it takes more than {} s (--time-limit)", limit.as_secs_f64()),
            Error::Interrupted(None) => f.write_str("not checked: interrupted"),
            Error::Interrupted(Some(done)) => write!(f, "interrupted: {done}"),
            Error::Unchecked(reasons) => f.write_str(&reasons.join("\nerror: ")),
            Error::Closed => f.write_str("nobody reads the output"),
            Error::Defect => f.write_str("not checked: a defect of contresens met this article; please report it"),
            Error::Row { path, line, expected } => write!(f, "{path}:{line}: expected {expected}"),
            Error::Config { path, line, column, message } => write!(f, "{}:{line}:{column}: {message}", path.display()),
            Error::Language { tag, known } => write!(f, "unknown language {tag:?}: expected a tag such as {known}"),
            Error::Usage(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

/// A number of bytes, for people.
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 4] = ["bytes", "KiB", "MiB", "GiB"];
        let unit = (1..UNITS.len()).take_while(|unit| self.0.is_multiple_of(1 << (10 * unit)) && self.0 > 0).last().unwrap_or(0);
        write!(f, "{} {}", self.0 >> (10 * unit), UNITS[unit])
    }
}
