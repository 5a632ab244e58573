//! A house folder: ten articles in ten formats and five languages, with defects planted into them, checked by one command that
//! writes every report. `expected.tsv` lists what was planted; each report must tell it, and nothing else may fail the gate.
//! `scripts/validate_formats.py --reports` holds the files written here against the schemas.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const FORMATS: &[&str] = &["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "html"];

/// Tables and JSON are read only when they are named.
const NAMED: &[&str] = &["museum.tsv", "harvest.jsonl", "storm.json"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the reports of the house are written, once for all tests.
fn reports() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("house");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_contresens"));
        command.current_dir(root()).args(["check", "tests/house/target"]);
        command.args(NAMED.iter().map(|name| format!("tests/house/target/{name}")));
        command.args(["--source", "tests/house/source"]);
        for format in FORMATS {
            command.arg("--format").arg(format!("{format}={}", folder.join(format!("house.{format}")).display()));
        }
        let output = command.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(output.stdout.is_empty() && told.contains("10 articles"), "{told}");
        folder
    })
}

fn report(format: &str) -> String {
    fs::read_to_string(reports().join(format!("house.{format}"))).unwrap()
}

fn value(format: &str) -> Value {
    serde_json::from_str(&report(format)).unwrap()
}

/// A finding as every report can tell it: path, line, rule.
type Told = (String, u64, String);

struct Planted {
    path: String,
    rule: String,
    words: String,
}

fn planted() -> Vec<Planted> {
    let text = fs::read_to_string(root().join("tests/house/expected.tsv")).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let planted: Vec<Planted> = rows
        .map(|row| {
            let [name, rule, words] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row:?} has not three cells") };
            Planted { path: format!("tests/house/target/{name}"), rule: rule.to_owned(), words: words.to_owned() }
        })
        .collect();
    let files: BTreeSet<&str> = planted.iter().map(|one| one.path.as_str()).collect();
    assert_eq!((files.len(), FORMATS.len()), (10, 10));
    planted
}

fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn documents() -> Vec<Value> {
    value("json")["documents"].as_array().unwrap().clone()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

#[test]
fn what_was_planted_is_found_at_its_words_and_nothing_else_fails() {
    let mut wrong = Vec::new();
    let planted = planted();
    for document in documents() {
        let path = text(&document["path"]);
        let raw = file(&path);
        let mut expected: Vec<&Planted> = planted.iter().filter(|one| one.path == path).collect();
        assert!((2..=3).contains(&expected.len()), "{path}: {} defects", expected.len());
        for one in list(&document["diagnostics"]) {
            let place = one["start"].as_u64().unwrap() as usize..one["end"].as_u64().unwrap() as usize;
            let (rule, words) = (text(&one["rule"]), &raw[place]);
            match expected.iter().position(|planted| planted.rule == rule && planted.words == words) {
                Some(at) => drop(expected.remove(at)),
                None if one["tier"] == "gate" => wrong.push(format!("{path}: {rule} on {words:?} was not planted")),
                None => {}
            }
        }
        wrong.extend(expected.iter().map(|one| format!("{path}: {} on {:?} was not found", one.rule, one.words)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn five_languages_are_told_from_texts_and_files() {
    let pairs: BTreeSet<(String, String)> =
        documents().iter().map(|document| (text(&document["from"]), text(&document["to"]))).collect();
    let targets: BTreeSet<&str> = pairs.iter().map(|(_, to)| to.as_str()).collect();
    let sources: BTreeSet<&str> = pairs.iter().map(|(from, _)| from.as_str()).collect();
    assert_eq!(targets, BTreeSet::from(["fr", "en", "de", "es", "it"]));
    assert_eq!(sources, BTreeSet::from(["en", "zh", "fr"]));
}

/// What the JSON report tells, which the test above holds against the articles.
fn told() -> BTreeSet<Told> {
    told_by(&documents())
}

fn told_by(documents: &[Value]) -> BTreeSet<Told> {
    let of = |document: &Value| {
        let path = text(&document["path"]);
        let each = |one: &Value| (path.clone(), one["line"].as_u64().unwrap(), text(&one["rule"]));
        list(&document["diagnostics"]).map(each).collect::<Vec<_>>()
    };
    documents.iter().flat_map(of).collect()
}

#[test]
fn every_report_tells_every_finding() {
    let told = told();
    let planted = planted();
    for one in &planted {
        assert!(told.iter().any(|(path, _, rule)| *path == one.path && *rule == one.rule), "{} in {}", one.rule, one.path);
    }
    let same = |format: &str, found: BTreeSet<Told>| assert_eq!(found, told, "{format}");
    same("jsonl", told_by(&report("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()));
    same("sarif", sarif());
    same("github", github());
    same("gitlab", gitlab());
    same("rdjson", rdjson());
    same("checkstyle", checkstyle());
    same("text", plain());
}

fn sarif() -> BTreeSet<Told> {
    let log = value("sarif");
    let result = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let line = place["region"]["startLine"].as_u64().unwrap();
        (text(&place["artifactLocation"]["uri"]), line, text(&result["ruleId"]))
    };
    list(&log["runs"][0]["results"]).map(result).collect()
}

fn github() -> BTreeSet<Told> {
    let command = |line: &str| {
        let (_, properties) = line.split_once(' ').unwrap();
        let property = |name: &str| {
            let (_, rest) = properties.split_once(&format!("{name}=")).unwrap();
            rest.split([',', ':', ' ']).next().unwrap().to_owned()
        };
        (property("file"), property("line").parse().unwrap(), property("title"))
    };
    report("github").lines().map(command).collect()
}

fn gitlab() -> BTreeSet<Told> {
    let issue = |issue: &Value| {
        let place = &issue["location"];
        (text(&place["path"]), place["lines"]["begin"].as_u64().unwrap(), text(&issue["check_name"]))
    };
    list(&value("gitlab")).map(issue).collect()
}

fn rdjson() -> BTreeSet<Told> {
    let diagnostic = |one: &Value| {
        let place = &one["location"];
        (text(&place["path"]), place["range"]["start"]["line"].as_u64().unwrap(), text(&one["code"]["value"]))
    };
    list(&value("rdjson")["diagnostics"]).map(diagnostic).collect()
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> String {
    let (_, rest) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {tag}"));
    rest.split('"').next().unwrap().to_owned()
}

fn checkstyle() -> BTreeSet<Told> {
    let report = report("checkstyle");
    let files = report.split("<file").skip(1);
    let errors = |file: &'_ str| {
        let path = attribute(file, "name");
        let error = |error: &str| {
            let rule = attribute(error, "source");
            (path.clone(), attribute(error, "line").parse().unwrap(), rule.trim_start_matches("contresens.").to_owned())
        };
        file.split("<error").skip(1).map(error).collect::<Vec<_>>()
    };
    files.flat_map(errors).collect()
}

/// `severity[rule]: message`, and below it ` --> path:line:column`.
fn plain() -> BTreeSet<Told> {
    let report = report("text");
    let mut told = BTreeSet::new();
    let mut rule = None;
    for line in report.lines() {
        if let Some((head, _)) = line.split_once("]: ").filter(|(head, _)| head.contains('[') && !head.starts_with(' ')) {
            rule = head.split_once('[').map(|(_, rule)| rule.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let (_, line, path) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
            told.extend(rule.take().map(|rule| (path.to_owned(), line.parse().unwrap(), rule)));
        }
    }
    told
}

#[test]
fn build_servers_and_the_page_are_told_as_well() {
    let (junit, page) = (report("junit"), report("html"));
    for one in planted() {
        let name = &one.path;
        let suite = junit.split("<testsuite ").find(|suite| suite.contains(name.as_str())).unwrap_or_else(|| panic!("{name}"));
        assert!(suite.contains(&one.rule), "junit: {} in {name}", one.rule);
        let file = name.rsplit('/').next().unwrap();
        assert!(page.contains(&format!(">{}", one.rule)) && page.contains(&format!(">{file}<")), "html: {} in {name}", one.rule);
    }
}
