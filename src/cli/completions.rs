//! `contresens completions` and `contresens man`: what a shell and `man` want to know, written from the commands themselves.

use super::{Arguments, written};
use crate::error::Error;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
pub struct CompletionsArguments {
    /// The shell that is to complete the arguments
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

#[derive(Args)]
pub struct ManArguments {
    /// Write one page for the program and one for each command into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub fn run(arguments: &CompletionsArguments) -> Result<bool, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "contresens", &mut script);
    written(io::stdout().lock().write_all(&script))?;
    Ok(true)
}

pub fn man(arguments: &ManArguments) -> Result<bool, Error> {
    let program = Arguments::command();
    if let Some(folder) = &arguments.dir {
        let made = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(program, folder));
        made.map_err(|cause| Error::Write { path: folder.clone(), cause })?;
        return Ok(true);
    }
    let mut page = Vec::new();
    let rendered = Man::new(program).render(&mut page);
    written(rendered.and_then(|()| io::stdout().lock().write_all(&page)))?;
    Ok(true)
}
