//! Where a command writes: standard output, or a file that stands whole under its name or not at all.

use crate::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// An output that was opened; [`Output::finish`] says whether all was written.
pub struct Output {
    path: PathBuf,
    sink: Sink,
}

enum Sink {
    /// Standard output, or a file that is none of a folder: a device, a pipe.
    Stream(BufWriter<Box<dyn Write>>),
    /// A temporary file beside the one it becomes.
    File(BufWriter<NamedTempFile>),
}

impl Output {
    /// Opens a file, or standard output for none and for `-`.
    pub fn open(path: Option<&Path>) -> Result<Output, Error> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            let sink = Sink::Stream(BufWriter::new(Box::new(anstream::stdout().lock())));
            return Ok(Output { path: PathBuf::from("-"), sink });
        };
        let sink = Sink::of(path).map_err(|cause| Error::Write { path: path.to_path_buf(), cause })?;
        Ok(Output { path: path.to_path_buf(), sink })
    }

    /// Writes what is still to be written; a temporary file takes its name.
    pub fn finish(self) -> Result<(), Error> {
        let Output { path, sink } = self;
        let result = match sink {
            Sink::Stream(mut out) => out.flush(),
            Sink::File(out) => rename(out, &path),
        };
        done(&path, result)
    }

    /// The error of a writing that was refused.
    pub fn refused(&self, cause: io::Error) -> Error {
        Error::Write { path: self.path.clone(), cause }
    }

    /// What became of the writing. A reader that closes the pipe has seen enough: that is no error.
    pub fn written(self, result: io::Result<()>) -> Result<(), Error> {
        done(&self.path, result)?;
        self.finish()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stream(out) => out.write(bytes),
            Sink::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stream(out) => out.flush(),
            Sink::File(out) => out.flush(),
        }
    }
}

impl Sink {
    fn of(path: &Path) -> io::Result<Sink> {
        let old = fs::metadata(path).ok();
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Sink::Stream(BufWriter::new(Box::new(File::create(path)?))));
        }
        // What a link leads to is written, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = Builder::new();
        builder.prefix(".contresens-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        match builder.tempfile_in(folder) {
            Ok(file) => {
                if let Some(old) = old {
                    file.as_file().set_permissions(old.permissions())?;
                }
                Ok(Sink::File(BufWriter::new(file)))
            }
            // A file may be written to in a folder that is not.
            Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied && old.is_some() => {
                Ok(Sink::Stream(BufWriter::new(Box::new(File::create(path)?))))
            }
            Err(cause) => Err(cause),
        }
    }
}

fn rename(out: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn done(path: &Path, result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => Err(Error::Write { path: path.to_path_buf(), cause }),
        _ => Ok(()),
    }
}
