//! What the tests of the program share: it is run as people run it, in folders of its own.
#![allow(dead_code, reason = "each test uses what it needs")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of one test, empty at its start.
pub struct Folder {
    pub path: PathBuf,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        // A folder of version control ends the search for a configuration.
        fs::create_dir_all(path.join(".git")).unwrap();
        Folder { path }
    }

    pub fn write(&self, name: &str, text: &(impl AsRef<[u8]> + ?Sized)) -> &Folder {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap()
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_contresens"))
            .args(arguments)
            .current_dir(&self.path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `check --format json` and gives the rule and the words of each finding of each document.
    pub fn found(&self, arguments: &[&str]) -> Vec<(String, Vec<String>)> {
        let ran = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let documents = report["documents"].as_array().unwrap();
        let rules = |document: &serde_json::Value| {
            let all = document["diagnostics"].as_array().unwrap();
            all.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
        };
        documents.iter().map(|document| (document["path"].as_str().unwrap().to_owned(), rules(document))).collect()
    }
}
