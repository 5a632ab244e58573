//! `--changed-since REV`: what git says has changed, and what it does not know yet.

use crate::config::canonical;
use crate::error::Error;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files that differ from a revision, and those that git does not track; absolute paths.
pub fn since(revision: &str) -> Result<HashSet<PathBuf>, Error> {
    if revision.starts_with('-') {
        return Err(Error::Usage(format!("--changed-since {revision}: expected a revision of git, such as main or HEAD~1")));
    }
    let top = git(Path::new("."), &["rev-parse", "--show-toplevel"], revision)?;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r']));
    let changed = git(&top, &["diff", "--name-only", "-z", "--diff-filter=d", "--no-ext-diff", revision, "--"], revision)?;
    let untracked = git(&top, &["ls-files", "-z", "--others", "--exclude-standard"], revision)?;
    let names = changed.split(|byte| *byte == 0).chain(untracked.split(|byte| *byte == 0)).filter(|name| !name.is_empty());
    Ok(names.map(|name| canonical(&top.join(path(name)))).collect())
}

fn git(folder: &Path, arguments: &[&str], revision: &str) -> Result<Vec<u8>, Error> {
    let failed = |why: String| Error::Usage(format!("--changed-since {revision}: git: {why}"));
    let output = Command::new("git").args(arguments).current_dir(folder).output().map_err(|cause| failed(cause.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.lines().next().unwrap_or("failed").to_owned()));
    }
    Ok(output.stdout)
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
