//! Baselines: known findings are held back wherever they move, fresh ones fail, and a baseline only shrinks.

mod common;

use common::Folder;

const GLUED: &str = "Les prix ont baissé.Les clients reviennent dans les magasins de la ville.";
const BROKEN: &str = "Le prÃ©sident a parlé jeudi devant les députés de la réforme.";
const FINE: &str = "Le maire a inauguré mercredi la nouvelle école du quartier.";

fn check<'a>(extra: &[&'a str]) -> Vec<&'a str> {
    [&["check", "a.md", "--to", "fr", "--fail-on", "minor", "--baseline", "known.json"], extra].concat()
}

fn made(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("a.md", &format!("{FINE}\n\n{GLUED}\n\n{BROKEN}\n"));
    let ran = folder.run(&["baseline", "a.md", "--to", "fr", "--baseline", "known.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

#[test]
fn what_is_known_is_held_back_wherever_it_moves() {
    let folder = made("baseline-moves");
    let ran = folder.run(&check(&[]));
    assert!(ran.code == 0 && ran.out.contains("2 held back by the baseline; score 100. Passed"), "{ran:?}");
    // A paragraph moved, another added, lines wrapped anew, emphasis laid on.
    let wrapped = GLUED.replace("ont ", "ont\n").replace("dans", "**dans**");
    folder.write("a.md", &format!("# Un titre\n\n{BROKEN}\n\nUn autre maire a parlé.\n\n{wrapped}\n\n{FINE}\n"));
    let ran = folder.run(&check(&[]));
    assert!(ran.code == 0 && ran.out.contains("2 held back") && !ran.err.contains("mended"), "{ran:?}");
}

#[test]
fn plain_text_may_be_wrapped_as_well() {
    let folder = Folder::new("baseline-wrapped");
    let paragraph = "Les prix ont baissé de cinq pour cent en mars.Les clients reviennent dans les magasins de la ville, et les \
        commerçants du quartier disent que les ventes de la semaine ont dépassé celles de tout le mois passé dans la région.";
    let check = ["check", "a.txt", "--to", "fr", "--fail-on", "minor", "--baseline", "known.json"];
    folder.write("a.txt", &format!("{FINE}\n\n{paragraph}\n"));
    assert_eq!(folder.run(&["baseline", "a.txt", "--to", "fr", "--baseline", "known.json"]).code, 0);
    assert!(folder.read("known.json").contains("mars.Les"));
    let mut wrapped = String::new();
    for word in paragraph.split(' ') {
        let line = wrapped.rsplit('\n').next().unwrap_or_default();
        let full = !line.is_empty() && line.chars().count() + word.chars().count() > 66;
        wrapped += if full {
            "\n"
        } else if line.is_empty() {
            ""
        } else {
            " "
        };
        wrapped += word;
    }
    assert!(wrapped.lines().count() >= 3, "{wrapped}");
    let ran = folder.write("a.txt", &format!("{wrapped}\n\n{FINE}\n")).run(&check);
    assert!(ran.code == 0 && ran.out.contains("1 held back"), "{ran:?}");
}

#[test]
fn a_fresh_defect_still_fails() {
    let folder = made("baseline-fresh");
    for fresh in [
        format!("{FINE}\n\n{GLUED}\n\n{BROKEN}\n\nLes ventes ont monté.Les patrons sont contents.\n"),
        // The same words once more are one more finding.
        format!("{FINE}\n\n{GLUED}\n\n{BROKEN}\n\n{GLUED}\n"),
        // The same defect in other words.
        format!("{FINE}\n\n{}\n\n{BROKEN}\n", GLUED.replace("baissé", "monté")),
    ] {
        let ran = folder.write("a.md", &fresh).run(&check(&[]));
        assert!(ran.code == 1 && ran.out.contains("sentences-glued"), "{fresh}: {ran:?}");
    }
    folder.write("b.md", &format!("{GLUED}\n"));
    assert_eq!(
        folder.run(&["check", "b.md", "--to", "fr", "--fail-on", "minor", "--baseline", "known.json"]).code,
        1,
        "another file"
    );
}

#[test]
fn what_is_mended_is_told_and_taken_out() {
    let folder = made("baseline-mended");
    folder.write("a.md", &format!("{FINE}\n\n{BROKEN}\n"));
    let ran = folder.run(&check(&[]));
    assert!(ran.code == 0 && ran.err.contains("mended: a.md: typography/sentences-glued: baissé.Les"), "{ran:?}");
    let update = |extra: &[&str]| {
        folder.run(&[&["baseline", "a.md", "--to", "fr", "--baseline", "known.json", "--update"], extra].concat())
    };
    let ran = update(&[]);
    assert!(ran.code == 0 && ran.out.contains("1 finding: 0 new, 1 gone"), "{ran:?}");
    let shrunk = folder.read("known.json");
    folder.write("a.md", &format!("{BROKEN}\n\n{GLUED}\n"));
    let ran = update(&[]);
    assert!(ran.code == 1 && ran.err.contains("new: a.md: typography/sentences-glued"), "{ran:?}");
    assert_eq!(folder.read("known.json"), shrunk, "a baseline that would grow is left as it was");
    assert_eq!(update(&["--grow"]).code, 0);
    assert_eq!(folder.run(&check(&[])).code, 0);
    let again = folder.run(&["baseline", "a.md", "--to", "fr", "--baseline", "known.json"]);
    assert!(again.code == 2 && again.err.contains("known.json: is there already"), "{again:?}");
}

#[test]
fn files_that_were_not_checked_stay_and_those_that_are_gone_go() {
    let folder = made("baseline-scope");
    folder.write("sub/b.md", &format!("{GLUED}\n"));
    let update = |files: &[&str]| {
        let ran = folder.run(&[&["baseline", "--to", "fr", "--baseline", "known.json", "--update", "--grow"], files].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        folder.read("known.json")
    };
    let both = update(&["sub/b.md"]);
    assert!(both.contains("\"a.md\"") && both.contains("\"sub/b.md\""), "{both}");
    assert_eq!(update(&["a.md", "sub/b.md"]), both, "the same findings are the same file");
    assert_eq!(
        folder.run(&["check", "a.md", "--to", "fr", "--baseline", "known.json"]).err,
        "",
        "the other file was not checked"
    );
    std::fs::remove_file(folder.path.join("sub/b.md")).unwrap();
    assert!(folder.run(&check(&[])).err.contains("mended: sub/b.md"));
    assert!(!update(&["a.md"]).contains("sub/b.md"));
}

#[test]
fn a_baseline_reads_well_and_is_read_with_care() {
    let folder = made("baseline-file");
    let text = folder.read("known.json");
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("\"rule\"")).collect();
    assert_eq!(lines.len(), 2, "a finding a line: {text}");
    assert!(lines[0].contains("encoding/mojibake") && lines[1].contains("\"words\":\"baissé.Les\""), "sorted: {text}");
    let keys: serde_json::Value = serde_json::from_str(lines[1].trim().trim_end_matches(',')).unwrap();
    let keys: Vec<&String> = keys.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["path", "rule", "words", "print", "count"], "no places");
    for (broken, told) in [
        ("{", "known.json:1: expected a baseline: "),
        ("{\"schema\": \"x\",\n \"findings\": []}", "expected \"schema\": \"contresens-baseline/1\""),
        ("{\"schema\": \"contresens-baseline/1\",\n\"findings\": [{\"path\": 1}]}", "known.json:2: expected a baseline"),
    ] {
        let ran = folder.write("known.json", broken).run(&check(&[]));
        assert!(ran.code == 2 && ran.err.contains(told), "{broken}: {}", ran.err);
    }
    assert!(folder.run(&["baseline", "a.md"]).err.contains("--baseline FILE"));
}

#[test]
fn reports_know_findings_by_the_same_print() {
    let folder = made("baseline-reports");
    let known: serde_json::Value = serde_json::from_str(&folder.read("known.json")).unwrap();
    assert_eq!(known["findings"].as_array().unwrap().len(), 2);
    let prints = || {
        let ran = folder.run(&["check", "a.md", "--to", "fr", "--format", "sarif"]);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let results = report["runs"][0]["results"].as_array().unwrap().clone();
        let mut all: Vec<String> = results.iter().map(|one| one["partialFingerprints"]["contresens/v1"].to_string()).collect();
        all.sort();
        all
    };
    let before = prints();
    folder.write("a.md", &format!("{BROKEN}\n\n{}\n\n{FINE}\n", GLUED.replace(' ', "\n")));
    assert_eq!(prints(), before, "moved and wrapped, they are the same");
}
