//! What is generated from the program is compared with it: `UPDATE=1 cargo test` rewrites it.

use contresens::report::rules;
use contresens::{brief, config};
use std::path::Path;
use std::{env, fs};

fn compare(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let found = fs::read_to_string(&path).unwrap_or_default();
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    } else {
        assert!(found == expected, "{name} is stale: run `UPDATE=1 cargo test --test docs`");
    }
}

#[test]
fn the_page_of_the_rules_is_fresh() {
    compare("docs/rules.md", &rules::markdown());
}

#[test]
fn the_table_of_the_readme_is_fresh() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (before, rest) = readme.split_once("<!-- rules -->\n").expect("<!-- rules --> in README.md");
    let (_, after) = rest.split_once("<!-- /rules -->").expect("<!-- /rules --> in README.md");
    compare("README.md", &format!("{before}<!-- rules -->\n{}<!-- /rules -->{after}", rules::table()));
}

#[test]
fn the_schema_of_the_configuration_is_fresh() {
    compare("docs/contresens.schema.json", &config::schema());
}

#[test]
fn the_schema_of_the_brief_is_fresh() {
    compare("docs/brief.schema.json", &brief::schema());
}

#[test]
fn only_rules_that_exist_are_measured() {
    let rows: Vec<&str> = rules::MEASURED.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert!(!rows.is_empty(), "docs/measured.tsv has no rows");
    for row in rows {
        let id = row.split('\t').next().unwrap_or_default();
        assert!(contresens::rules::find(id).is_some(), "{id} is no rule: run scripts/measure.py again");
    }
}
