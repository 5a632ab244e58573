//! Embeds `corpus/` in the program: writes a table of (path, text) for `src/corpus/files.rs`.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=corpus");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("corpus");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let mut table = String::from("pub const EMBEDDED: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file.strip_prefix(root.to_str().unwrap()).unwrap().trim_start_matches(['/', '\\']).replace('\\', "/");
        writeln!(table, "    ({name:?}, include_str!({file:?})),").unwrap();
    }
    table.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("embedded.rs"), table).unwrap();
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
    let table = path.extension().is_some_and(|ending| ending == "tsv");
    let named = |name: &str| path.file_name().is_some_and(|own| own == name);
    table || ["profile.toml", "abbreviations.txt", "function-words.txt", "common-words.txt"].into_iter().any(named)
}
