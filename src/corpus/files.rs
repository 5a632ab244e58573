//! The files of the corpus: those embedded in the program, with a house folder laid over them.

use crate::error::Error;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// One text of the corpus; `path` is how errors name it.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: Cow<'static, str>,
}

/// Every text of the corpus by its path below `corpus/`. A house file adds rows to the table of the same path;
/// a house `profile.toml` takes the place of ours.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, Vec<File>>,
    /// Tables of expressions that were compiled when the program was built, by their keys; none with a house folder.
    compiled: &'static [(&'static str, &'static [u8])],
}

impl File {
    /// Whether it was read from a folder: what is embedded is borrowed.
    pub fn is_of_house(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }
}

impl Files {
    /// Texts with their paths below `corpus/`, and the tables that were compiled from them, sorted by their keys.
    pub fn embedded(texts: &[(&'static str, &'static str)], compiled: &'static [(&'static str, &'static [u8])]) -> Files {
        let mut files = Files { compiled, ..Files::default() };
        for &(path, text) in texts {
            files.add(path.to_owned(), File { path: format!("corpus/{path}"), text: Cow::Borrowed(text) });
        }
        files
    }

    /// Lays a folder over the files. What was compiled without it counts no more.
    pub fn lay_over(&mut self, folder: &Path) -> Result<(), Error> {
        self.compiled = &[];
        self.overlay(folder, folder)
    }

    /// A compiled table of expressions; `build` compiles it where that was not done when the program was built.
    pub fn compiled(&self, key: &str, build: impl FnOnce() -> Result<Vec<u8>, Error>) -> Result<Cow<'static, [u8]>, Error> {
        match self.compiled.binary_search_by_key(&key, |(known, _)| known) {
            Ok(at) => Ok(Cow::Borrowed(self.compiled[at].1)),
            Err(_) => build().map(Cow::Owned),
        }
    }

    fn add(&mut self, path: String, file: File) {
        let same = self.files.entry(path).or_default();
        if file.path.ends_with("profile.toml") {
            same.clear();
        }
        same.push(file);
    }

    fn overlay(&mut self, root: &Path, folder: &Path) -> Result<(), Error> {
        let read = |cause| Error::Read { path: folder.to_path_buf(), cause };
        for entry in fs::read_dir(folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.is_dir() {
                self.overlay(root, &path)?;
                continue;
            }
            let known = path.extension().is_some_and(|ending| ["tsv", "txt", "toml"].iter().any(|k| ending == *k));
            let Some(below) = path.strip_prefix(root).ok().and_then(Path::to_str).filter(|_| known) else { continue };
            let text = fs::read_to_string(&path).map_err(|cause| Error::Read { path: path.clone(), cause })?;
            let name = below.replace('\\', "/");
            self.add(name, File { path: path.display().to_string(), text: Cow::Owned(text) });
        }
        Ok(())
    }

    /// The texts of the house folder, with their paths below it.
    pub fn of_house(&self) -> impl Iterator<Item = (&str, &File)> {
        let all = self.files.iter().flat_map(|(path, files)| files.iter().map(move |file| (path.as_str(), file)));
        all.filter(|(_, file)| file.is_of_house())
    }

    /// The texts of one path, ours first; empty when there is none.
    pub fn get(&self, path: &str) -> &[File] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// The texts directly inside a folder, in the order of their paths.
    pub fn inside<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f File> {
        self.files
            .iter()
            .filter(move |(path, _)| path.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')))
            .flat_map(|(_, files)| files)
    }

    /// The names of the folders directly inside a folder.
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> =
            self.files.keys().filter_map(|path| Some(path.strip_prefix(folder)?.split_once('/')?.0.to_owned())).collect();
        names.dedup();
        names
    }
}
