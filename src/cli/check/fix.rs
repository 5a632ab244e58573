//! `--fix` and `--diff`: what needs no judgement is written into the files, or shown.

use crate::checker::Report;
use crate::document::Document;
use crate::error::Error;
use crate::fix::{self, Settled};
use crate::input::{self, Wish};
use crate::report::item::visible;
use clap::Args;
use similar::TextDiff;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct FixArguments {
    /// Write into the files what needs no judgement (spaces, marks and apostrophes that were lost), and report what is left
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and change nothing; exit code 1 when something would
    #[arg(long, conflicts_with_all = ["formats", "output"])]
    pub diff: bool,
}

/// A file and its text with all fixes.
pub struct Fixed {
    original: Original,
    text: String,
    count: usize,
}

/// A file as it was when its fixes were made.
struct Original {
    path: PathBuf,
    /// What stands before the text: a byte order mark, or nothing.
    mark: &'static str,
    text: String,
}

/// Checks an article; with `--fix` or `--diff` again and again, until nothing is left to mend.
pub fn settled(
    arguments: &FixArguments,
    path: &Path,
    mut document: Document,
    wish: &Wish,
    check: impl Fn(&Document) -> Result<Report, Error>,
) -> Result<(Document, Report, Option<Fixed>), Error> {
    if !arguments.fix && !arguments.diff {
        let report = check(&document)?;
        return Ok((document, report, None));
    }
    let Some(original) = Original::of(arguments, path, document.raw())? else {
        document.notes.push("the file is not in UTF-8: nothing was fixed".to_owned());
        let report = check(&document)?;
        return Ok((document, report, None));
    };
    let notes = document.notes.clone();
    let read = |text| input::text_as(path, text, wish).ok();
    let Settled { mut document, report, count } = fix::settle(document, read, check)?;
    document.notes = notes;
    let fixed = (count > 0).then(|| Fixed { original, text: document.raw().to_owned(), count });
    Ok((document, report, fixed))
}

/// The fixes of a run.
pub struct Fixes<'a> {
    arguments: &'a FixArguments,
    files: usize,
    count: usize,
}

impl<'a> Fixes<'a> {
    pub fn new(arguments: &'a FixArguments) -> Fixes<'a> {
        Fixes { arguments, files: 0, count: 0 }
    }

    /// Writes the fixes of a file, or shows them.
    pub fn take(&mut self, fixed: Option<Fixed>) -> Result<(), Error> {
        let Some(fixed) = fixed else { return Ok(()) };
        self.files += 1;
        self.count += fixed.count;
        if self.arguments.diff { crate::cli::written(fixed.show()) } else { fixed.original.replace(&fixed.text) }
    }

    /// Says what was done. With `--diff` that is all there is to say: true when nothing would change.
    pub fn end(&self) -> Option<bool> {
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        if self.count > 0 {
            let done = if self.arguments.diff { "would be fixed" } else { "fixed" };
            eprintln!("{} {done} in {}", plural(self.count, "finding"), plural(self.files, "file"));
        }
        self.arguments.diff.then_some(self.count == 0)
    }
}

impl Fixed {
    /// A unified diff on standard output, byte for byte; a terminal is shown no character that would command it.
    fn show(&self) -> io::Result<()> {
        let path = self.original.path.display().to_string();
        let diff = TextDiff::from_lines(&self.original.text, &self.text).unified_diff().header(&path, &path).to_string();
        let mut out = io::stdout().lock();
        if out.is_terminal() {
            return diff.lines().try_for_each(|line| writeln!(out, "{}", visible(line)));
        }
        out.write_all(diff.as_bytes())?;
        out.flush()
    }
}

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

impl Original {
    /// The file that a text was read from; None when it is in another encoding than UTF-8, which is not written.
    fn of(arguments: &FixArguments, path: &Path, text: &str) -> Result<Option<Original>, Error> {
        let mut original = Original { path: path.to_path_buf(), mark: "", text: text.to_owned() };
        if path == Path::new("-") {
            let refused = || Error::Usage("--fix -: standard input cannot be written to; --diff shows the fixes".to_owned());
            return if arguments.diff { Ok(Some(original)) } else { Err(refused()) };
        }
        let Ok(file) = String::from_utf8(original.read()?) else { return Ok(None) };
        if file.starts_with(BYTE_ORDER_MARK) && !text.starts_with(BYTE_ORDER_MARK) {
            original.mark = BYTE_ORDER_MARK;
        }
        if file == original.written(text) { Ok(Some(original)) } else { Err(original.changed()) }
    }

    fn written(&self, text: &str) -> String {
        format!("{}{text}", self.mark)
    }

    fn read(&self) -> Result<Vec<u8>, Error> {
        fs::read(&self.path).map_err(|cause| Error::Read { path: self.path.clone(), cause })
    }

    fn changed(&self) -> Error {
        self.refused(io::Error::other("it was changed by someone else while it was checked; run again"))
    }

    fn refused(&self, cause: io::Error) -> Error {
        Error::Write { path: self.path.clone(), cause }
    }

    /// Puts a text in the place of the file, whole or not at all, and only if the file is still what was read.
    fn replace(&self, text: &str) -> Result<(), Error> {
        let refused = |cause| self.refused(cause);
        // A link stays a link: what it leads to is replaced.
        let path = self.path.canonicalize().map_err(refused)?;
        let permissions = fs::metadata(&path).map_err(refused)?.permissions();
        if permissions.readonly() {
            return Err(refused(io::Error::from(io::ErrorKind::PermissionDenied)));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".contresens-").tempfile_in(folder).map_err(refused)?;
        let whole = file.write_all(self.written(text).as_bytes()).and_then(|()| file.as_file().set_permissions(permissions));
        whole.and_then(|()| file.as_file().sync_all()).map_err(refused)?;
        if self.read()? != self.written(&self.text).as_bytes() {
            return Err(self.changed());
        }
        file.persist(&path).map_err(|error| refused(error.error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original(name: &str, text: &str) -> Original {
        let path = std::env::temp_dir().join(format!("contresens-{}-{name}", std::process::id()));
        fs::write(&path, text).unwrap();
        Original { path, mark: "", text: text.to_owned() }
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left() {
        let original = original("changed", "fin.Le");
        fs::write(&original.path, "Fin.Le").unwrap();
        let error = original.replace("fin. Le").unwrap_err().to_string();
        assert!(error.contains("changed by someone else"), "{error}");
        assert_eq!(fs::read_to_string(&original.path).unwrap(), "Fin.Le");
        let arguments = FixArguments { fix: true, diff: false };
        assert!(Original::of(&arguments, &original.path, "fin.Le").is_err());
        fs::remove_file(&original.path).unwrap();
    }

    #[test]
    fn a_file_is_replaced_with_its_mark() {
        let mut original = original("mark", "\u{FEFF}fin.Le");
        let arguments = FixArguments { fix: true, diff: false };
        original = Original::of(&arguments, &original.path, "fin.Le").unwrap().unwrap();
        original.replace("fin. Le").unwrap();
        assert_eq!(fs::read_to_string(&original.path).unwrap(), "\u{FEFF}fin. Le");
        fs::remove_file(&original.path).unwrap();
    }
}
