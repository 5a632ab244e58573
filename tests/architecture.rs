//! The shape of the house: data flows one way, and no language stands in the code.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file without its tests and without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_module_uses_only_those_before_it() {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let stages: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(stages.len() > 10, "the stages of lib.rs were not found");
    let stage = |name: &str| stages.iter().position(|known| *known == name);
    for path in sources(&root()) {
        let below = path.strip_prefix(root()).unwrap();
        let own = below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(own_stage) = stage(own) else { continue };
        for name in
            code(&path).split("crate::").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        {
            let later = stage(name).is_some_and(|other| other > own_stage);
            assert!(!later, "{}: `{name}` comes later in the pipeline", below.display());
        }
    }
}

#[test]
fn no_language_code_stands_in_the_source() {
    let codes = fs::read_to_string(root().join("../corpus/codes.tsv")).unwrap();
    let tags: Vec<String> = codes
        .lines()
        .skip(2)
        .filter_map(|line| line.split('\t').next())
        .filter(|tag| *tag != "id")
        .map(|tag| format!("\"{tag}\""))
        .collect();
    // The brief is written in English when it does not say otherwise, and messages are in English; tags of HTML and TMX look like codes.
    // `id` is the name of a field long before it is Indonesian.
    // Roman numerals of lists look like codes as well.
    let allowed = [
        "brief/mod.rs",
        "rules/meaning/direction.rs",
        "rules/encoding.rs",
        "segment/list.rs",
        "input/html/page.rs",
        "input/tmx.rs",
    ];
    for path in sources(&root()) {
        let below = path.strip_prefix(root()).unwrap().display().to_string();
        if allowed.contains(&below.as_str()) || below.ends_with("_tests.rs") || below.ends_with("_properties.rs") {
            continue;
        }
        // A rule's examples name their languages.
        let code = code(&path);
        let found =
            code.lines().filter(|line| !line.contains("langs: ")).find(|line| tags.iter().any(|tag| line.contains(tag.as_str())));
        assert_eq!(found, None, "{below}: a language code belongs in corpus/");
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    const LONGEST: usize = 480;
    for path in sources(&root()).into_iter().filter(|path| !path.display().to_string().ends_with("_tests.rs")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST, "{}: {lines} lines; split it by concept", path.display());
    }
}
