//! Globs as `.gitignore` has them, counted from the folder of a configuration.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};
use toml::Spanned;

#[derive(Debug)]
pub struct Globs {
    root: PathBuf,
    globs: Gitignore,
}

impl Globs {
    /// The error has the byte of the file at which the glob stands that is none.
    pub fn new(root: &Path, globs: &[Spanned<String>]) -> Result<Globs, (usize, String)> {
        let mut builder = GitignoreBuilder::new(root);
        for glob in globs {
            let wrong = |error: ignore::Error| (glob.span().start, format!("{:?} is no glob: {error}", glob.get_ref()));
            builder.add_line(None, glob.get_ref()).map_err(wrong)?;
        }
        let globs = builder.build().map_err(|error| (0, format!("globs: {error}")))?;
        Ok(Globs { root: root.to_path_buf(), globs })
    }

    /// Whether a file, or a folder above it, matches. Nothing outside the folder of the configuration does.
    pub fn has(&self, path: &Path) -> bool {
        path.starts_with(&self.root) && self.globs.matched_path_or_any_parents(path, false).is_ignore()
    }
}
