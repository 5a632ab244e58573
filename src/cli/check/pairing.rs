//! Which files are checked, and which source belongs to each.

use super::CheckArguments;
use super::manifest::{self, Said};
use super::plan::folder_of;
use crate::config::{Finder, Held, Loaded, Origin, Role, canonical, origin};
use crate::corpus::Corpus;
use crate::document::Document;
use crate::error::Error;
use crate::input::Format;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

/// A file to check, and the folder given in which it was found.
pub struct Target {
    pub path: PathBuf,
    pub root: Option<PathBuf>,
    /// What a manifest says of it.
    pub said: Option<Said>,
}

/// The source of a target.
#[derive(Clone, Debug, PartialEq)]
pub enum Partner {
    /// A file, and what says so.
    Found(Held<PathBuf>),
    /// A file that is not there, and what says so.
    Missing(Held<PathBuf>),
    None,
}

/// The files that the arguments name, folders opened.
pub fn targets(arguments: &CheckArguments, finder: &mut Finder, known: &Corpus) -> Result<Vec<Target>, Error> {
    let mut targets = Vec::new();
    if let Some(path) = &arguments.manifest {
        for said in manifest::read(path)? {
            targets.push(Target { path: said.target.clone(), root: None, said: Some(said) });
        }
    }
    for given in &arguments.targets {
        if !given.is_dir() {
            targets.push(Target { path: given.clone(), root: None, said: None });
            continue;
        }
        let mut inside = opened(given)?;
        if inside.is_empty() {
            return Err(Error::Usage(format!(
                "{}: no file in this folder that can be read (.txt, .md, .html, .xlf ...)",
                given.display()
            )));
        }
        inside.sort();
        for path in inside {
            if !is_passed_over(&path, finder, known)? {
                targets.push(Target { path, root: Some(given.clone()), said: None });
            }
        }
    }
    Ok(targets)
}

/// The files of a folder and of those in it that can be read.
fn opened(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut inside = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).build() {
        let entry = entry.map_err(|error| Error::Usage(format!("{}: {error}", folder.display())))?;
        let known = entry.path().extension().is_some_and(|ending| Format::known_endings().any(|known| ending == known));
        if known && entry.file_type().is_some_and(|kind| kind.is_file()) {
            inside.push(entry.into_path());
        }
    }
    Ok(inside)
}

/// Whether a file of a folder is ignored by its configuration, or is a source of other files.
fn is_passed_over(path: &Path, finder: &mut Finder, known: &Corpus) -> Result<bool, Error> {
    let Some(config) = finder.of(path)? else { return Ok(false) };
    let path = canonical(path);
    Ok(config.ignored.has(&path) || config.role(&path, known) == Role::Source)
}

/// The source of a target as a manifest, the arguments or its configuration tell, and its own language where its path says it.
pub fn partner(
    arguments: &CheckArguments,
    known: &Corpus,
    target: &Target,
    config: Option<&Rc<Loaded>>,
    count: usize,
) -> Result<(Partner, Option<String>), Error> {
    let role = config.map_or(Role::Other, |config| config.role(&canonical(arguments.name_of(&target.path)), known));
    let (paired, lang) = match (role, config) {
        (Role::Target { source, lang }, Some(config)) => (Some((config, source)), lang),
        _ => (None, None),
    };
    if let Some(source) = target.said.as_ref().and_then(|said| said.source.clone()) {
        return Ok((Partner::Found(source), lang));
    }
    if let Some(source) = &arguments.source {
        return Ok((given(source, target, count)?, lang));
    }
    let partner = paired.and_then(|(config, source)| {
        let origin = origin(config, &config.config.pairing.as_ref()?.source);
        Some(existing(config.folder().join(source), origin))
    });
    Ok((partner.unwrap_or(Partner::None), lang))
}

fn existing(path: PathBuf, origin: Origin) -> Partner {
    let there = path.is_file();
    let held = Held { value: path, origin };
    if there { Partner::Found(held) } else { Partner::Missing(held) }
}

/// The file given as the source, or that of the same path or name in the folder given.
fn given(source: &Path, target: &Target, count: usize) -> Result<Partner, Error> {
    let origin = Origin::Flag("--source");
    if !source.is_dir() {
        if count > 1 {
            return Err(Error::Usage(format!(
                "--source {}: one file cannot be the source of {count} articles; give a folder",
                source.display()
            )));
        }
        return Ok(Partner::Found(Held { value: source.to_path_buf(), origin }));
    }
    let below = target.root.as_ref().and_then(|root| target.path.strip_prefix(root).ok()).map(|path| source.join(path));
    let named = target.path.file_name().map(|name| source.join(name));
    let found = below.iter().chain(&named).find(|path| path.is_file()).cloned();
    match (found, below.or(named)) {
        (Some(value), _) => Ok(Partner::Found(Held { value, origin })),
        (None, Some(wanted)) if count > 1 => Ok(Partner::Missing(Held { value: wanted, origin })),
        _ => Err(Error::Usage(format!("{}: no source of this name in {}", target.path.display(), source.display()))),
    }
}

/// The source that an article names in its front matter: a file beside it or below a folder near it.
pub fn named(document: &Document, path: &Path) -> Option<PathBuf> {
    let written = Path::new(document.source_path.as_deref()?);
    // A root or a drive is no place for a source, and not all that front matter calls so is a file.
    let relative =
        written.components().all(|part| matches!(part, Component::Normal(_) | Component::ParentDir | Component::CurDir));
    Some(folder_of(path).join(written)).filter(|path| relative && path.is_file())
}
