//! `contresens init`: a commented file to begin with.

use crate::config::{BRIEF_TEMPLATE, NAMES, TEMPLATE};
use crate::error::Error;
use clap::Args;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct InitArguments {
    /// Write a brief of expected meaning, brief.toml, instead of the configuration
    #[arg(long)]
    brief: bool,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    /// The folder to write into
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

pub fn run(arguments: &InitArguments) -> Result<bool, Error> {
    let (name, text) = if arguments.brief { ("brief.toml", BRIEF_TEMPLATE) } else { (NAMES[0], TEMPLATE) };
    let path = arguments.folder.join(name);
    write(&path, text, arguments.force)?;
    println!("wrote {}", path.display());
    Ok(true)
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists => Error::Usage(format!("{}: is there already; --force writes over it", path.display())),
        _ => Error::Write { path: path.to_path_buf(), cause },
    })
}
