//! Embeds `corpus/` in the program: its texts, and the tables of expressions compiled from them, for `src/corpus/embedded.rs`.

// The modules of the program that compile expressions; most of what else they hold is of no use here.
#![allow(dead_code, unused_imports)]

#[path = "src/document.rs"]
mod document;
#[path = "src/error.rs"]
mod error;
#[path = "src/token/mod.rs"]
mod token;
mod corpus {
    #[path = "../src/corpus/expression.rs"]
    pub mod expression;
    #[path = "../src/corpus/files.rs"]
    pub mod files;
    #[path = "../src/corpus/index.rs"]
    pub mod index;
    #[path = "../src/corpus/letters.rs"]
    pub mod letters;
    #[path = "../src/corpus/pattern.rs"]
    pub mod pattern;
    #[path = "../src/corpus/phrases.rs"]
    pub mod phrases;
    #[path = "../src/corpus/pieces.rs"]
    pub mod pieces;
    #[path = "../src/corpus/profile.rs"]
    pub mod profile;
    #[path = "../src/corpus/table.rs"]
    pub mod table;
    #[path = "../src/corpus/writing.rs"]
    pub mod writing;
}

use corpus::files::Files;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=corpus");
    println!("cargo::rerun-if-changed=src/corpus");
    println!("cargo::rerun-if-changed=src/token");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("corpus");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let mut source = String::from("pub const TEXTS: &[(&str, &str)] = &[\n");
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(root.to_str().unwrap()).unwrap().trim_start_matches(['/', '\\']).replace('\\', "/");
        writeln!(source, "    ({name:?}, include_str!({path:?})),").unwrap();
        texts.push((name.leak(), fs::read_to_string(path).unwrap().leak()));
    }
    source.push_str("];\n");
    embed_tables(&Files::embedded(&texts, &[]), &out, &mut source);
    fs::write(out.join("embedded.rs"), source).unwrap();
}

/// Compiles the tables of expressions into one file, and writes where each lies.
fn embed_tables(files: &Files, out: &Path, source: &mut String) {
    let tables = corpus::writing::compile_all(files).unwrap_or_else(|error| panic!("{error}"));
    let bytes: Vec<u8> = tables.iter().flat_map(|(_, bytes)| bytes).copied().collect();
    let path = out.join("tables.bin");
    fs::write(&path, &bytes).unwrap();
    writeln!(source, "const TABLES: &[u8; {}] = include_bytes!({:?});", bytes.len(), path.to_str().unwrap()).unwrap();
    source.push_str("pub const COMPILED: &[(&str, &[u8])] = &[\n");
    let mut start = 0;
    for (key, bytes) in &tables {
        writeln!(source, "    ({key:?}, TABLES.split_at({start}).1.split_at({}).0),", bytes.len()).unwrap();
        start += bytes.len();
    }
    source.push_str("];\n");
}

/// Collects what the program reads; articles and samples are for the tests only.
fn walk(folder: &Path, files: &mut Vec<String>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if name != "articles" {
                walk(&path, files);
            }
        } else if is_read(&path) {
            files.push(path.to_str().unwrap().to_owned());
        }
    }
}

/// Tables, profiles, and the lists that the program reads.
fn is_read(path: &Path) -> bool {
    let named = |name: &str| path.file_name().is_some_and(|own| own == name);
    let table = path.extension().is_some_and(|ending| ending == "tsv");
    table
        || ["profile.toml", "abbreviations.txt", "function-words.txt", "common-words.txt", "name-words.txt", "given-names.txt"]
            .into_iter()
            .any(named)
}
