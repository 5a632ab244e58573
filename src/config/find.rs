//! Which configuration holds for a file: the nearest one at or above its folder.

use super::Loaded;
use crate::error::Error;
use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The names of a configuration; where a folder has both, the first counts.
pub const NAMES: [&str; 2] = ["contresens.toml", ".contresens.toml"];
/// A folder that holds this is the top of a project: the search ends there.
const TOP: &str = ".git";

/// Finds configurations and remembers what it found in each folder.
pub enum Finder {
    /// One for all files, or none.
    Given(Option<Rc<Loaded>>),
    Upwards(HashMap<PathBuf, Option<Rc<Loaded>>>),
}

impl Finder {
    /// A finder that looks nowhere but in the file given.
    pub fn of_file(path: &Path) -> Result<Finder, Error> {
        Ok(Finder::Given(Some(Rc::new(Loaded::read(path)?))))
    }

    pub fn upwards() -> Finder {
        Finder::Upwards(HashMap::new())
    }

    /// The configuration of a file; `-` stands in the current folder.
    pub fn of(&mut self, file: &Path) -> Result<Option<Rc<Loaded>>, Error> {
        let file = canonical(file);
        match self {
            Finder::Given(config) => Ok(config.clone()),
            Finder::Upwards(seen) => file.parent().map_or(Ok(None), |folder| nearest(folder, seen)),
        }
    }
}

fn nearest(folder: &Path, seen: &mut HashMap<PathBuf, Option<Rc<Loaded>>>) -> Result<Option<Rc<Loaded>>, Error> {
    if let Some(known) = seen.get(folder) {
        return Ok(known.clone());
    }
    let own = NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    let found = match own {
        Some(path) => Some(Rc::new(Loaded::read(&path)?)),
        None if folder.join(TOP).exists() => None,
        None => folder.parent().map_or(Ok(None), |above| nearest(above, seen))?,
    };
    seen.insert(folder.to_path_buf(), found.clone());
    Ok(found)
}

/// A path from the root, without `..` and links in its folders; a file need not exist.
pub fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = absolute.parent().and_then(|folder| fs::canonicalize(folder).ok());
    match folder.zip(absolute.file_name()) {
        Some((folder, name)) => folder.join(name),
        None => fs::canonicalize(&absolute).unwrap_or(absolute),
    }
}

/// A path as messages show it: below the current folder without it.
pub fn shown(path: &Path) -> PathBuf {
    let here = env::current_dir().ok().and_then(|here| fs::canonicalize(here).ok());
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_path_buf()
}
