//! Whole articles written for this project: the good version passes the gate, the spoilt one gets the findings that
//! `expected.tsv` lists. Found by walking `corpus/articles/`.

use contresens::input::{Format, parse};
use contresens::mqm::Tier;
use contresens::{Check, Checker, Corpus, Document, Report};
use std::fs;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 4, "the articles were not found");
    folders
}

/// The language and the text of `KIND.LANG.txt`.
fn text(folder: &Path, kind: &str) -> (String, Document) {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = files
        .into_iter()
        .find(|name| name.starts_with(&format!("{kind}.")))
        .unwrap_or_else(|| panic!("{}: no {kind}", folder.display()));
    let lang = name.split('.').nth(1).unwrap().to_owned();
    (lang, parse(fs::read_to_string(folder.join(&name)).unwrap(), Format::Plain))
}

fn check(folder: &Path, kind: &str) -> (Document, Report) {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let ((from, source), (to, target)) = (text(folder, "source"), text(folder, kind));
    let check = Check { target: Some(&target), source: Some(&source), brief: None, from: Some(&from), to: Some(&to) };
    let report = checker.check(&check).unwrap();
    (target, report)
}

#[test]
fn good_versions_pass_the_gate() {
    for folder in folders() {
        let (target, report) = check(&folder, "good");
        let gate = report.diagnostics.iter().filter(|one| one.tier == Tier::Gate);
        let found: Vec<String> =
            gate.map(|one| format!("{} on {:?}: {}", one.rule, one.span.of(&target.text), one.message)).collect();
        assert!(found.is_empty(), "{}: {found:#?}", folder.display());
    }
}

#[test]
fn spoilt_versions_get_their_findings() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let (target, report) = check(&folder, "spoilt");
        let expected = fs::read_to_string(folder.join("expected.tsv")).unwrap();
        let rows: Vec<&str> = expected.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        assert!(rows.len() >= 8, "{}: {} findings are few for a spoilt article", folder.display(), rows.len());
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            let [rule, words, nth] = cells.as_slice() else { panic!("{}: {row:?} has not three cells", folder.display()) };
            let nth: usize = nth.parse().expect("an occurrence, counted from 1");
            let Some((start, _)) = target.text.match_indices(words).nth(nth - 1) else {
                panic!("{}: {words:?} is not in the text", folder.display())
            };
            let found = report
                .diagnostics
                .iter()
                .any(|one| one.rule == *rule && (one.span.start, one.span.end) == (start, start + words.len()));
            if !found {
                let near = report
                    .diagnostics
                    .iter()
                    .filter(|one| one.rule == *rule)
                    .map(|one| one.span.of(&target.text))
                    .collect::<Vec<_>>();
                wrong.push(format!("{}: {rule} on {words:?} was not found; the rule fires on {near:?}", folder.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
