//! `--fix` and `--diff` as people run them: what is mended, what is left, and that nothing is lost.

mod common;

use common::Folder;
use contresens::fix::settle;
use contresens::input::{Format, Wish, parse_as};
use contresens::rules;
use contresens::{Check, Checker, Corpus, Document};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The rules that know exactly what to write; the documentation names what they mend.
const EXACT: &[&str] = &[
    "encoding/mojibake",
    "grammar/apostrophe-lost",
    "grammar/elision-missing",
    "grammar/form-before-sound",
    "typography/bracket-glued",
    "typography/comma-glued",
    "typography/foreign-punctuation",
    "typography/sentences-glued",
    "typography/space-before-stop",
    "typography/stop-beside-quote",
    "typography/stop-doubled",
];

fn checker() -> &'static Checker<'static> {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    static CHECKER: OnceLock<Checker<'static>> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::new(CORPUS.get_or_init(|| Corpus::load(None).unwrap())).unwrap())
}

fn read(text: String, format: Format) -> Option<Document> {
    parse_as(text, &Wish { format: Some(format), ..Wish::default() }).ok()
}

/// A text with all fixes, their number, and the rules that are still raised.
fn settled(text: &str, format: Format, to: &str) -> (String, usize, Vec<&'static str>) {
    let document = read(text.to_owned(), format).unwrap();
    let check = |document: &Document| checker().check(&Check { target: Some(document), to: Some(to), ..Check::default() });
    let settled = settle(document, |text| read(text, format), check).unwrap();
    let raised = settled.report.diagnostics.iter().map(|one| one.rule).collect();
    (settled.document.raw().to_owned(), settled.count, raised)
}

#[test]
fn examples_are_mended_into_what_their_rule_lets_pass() {
    let mut exact = BTreeSet::new();
    for rule in rules::all() {
        for example in rule.examples.iter().filter(|example| example.source.is_empty()) {
            let bad = example.bad.replace("[[", "").replace("]]", "");
            let document = read(bad.clone(), Format::Plain).unwrap();
            let check = Check { target: Some(&document), to: Some(example.langs), ..Check::default() };
            let report = checker().check(&check).unwrap();
            if !report.diagnostics.iter().any(|one| one.rule == rule.id && one.exact) {
                continue;
            }
            exact.insert(rule.id);
            let (text, count, raised) = settled(&bad, Format::Plain, example.langs);
            assert!(count > 0 && text != bad, "{}: {bad}", rule.id);
            assert!(!raised.contains(&rule.id), "{} is still raised on {text}", rule.id);
            // A bracket keeps the capital that was put into it.
            if rule.id != "typography/bracket-glued" {
                assert_eq!(text, example.good, "{}", rule.id);
            }
        }
    }
    assert_eq!(exact.into_iter().collect::<Vec<_>>(), EXACT);
}

#[test]
fn what_is_mended_follows_the_habits_of_the_text() {
    let mended = |text: &str| settled(text, Format::Plain, "fr").0;
    assert_eq!(mended("L’été, on dit que il pleut."), "L’été, on dit qu’il pleut.");
    assert_eq!(mended("Cest l'été. Qui vient ? Qui part?"), "C'est l'été. Qui vient ? Qui part\u{a0}?");
    let narrow = "Qui vient\u{202f}? Lui\u{202f}! Qui part?";
    assert_eq!(mended(narrow), "Qui vient\u{202f}? Lui\u{202f}! Qui part\u{202f}?");
    // A text that never has the space does without on purpose.
    assert_eq!(mended("Qui vient? Qui part?"), "Qui vient? Qui part?");
    assert_eq!(mended("Le groupe（en Suède）a vendu，puis fermé。"), "Le groupe (en Suède) a vendu, puis fermé.");
}

const SLIPS: &str = "Les prix ont baissé.Les clients reviennent,Paul aussi. On dit que il viendra.\n";
const MENDED: &str = "Les prix ont baissé. Les clients reviennent, Paul aussi. On dit qu'il viendra.\n";

#[test]
fn fix_writes_the_file_and_reports_what_is_left() {
    let folder = Folder::new("fix");
    folder.write("a.txt", &format!("{SLIPS}\nLa tour mesure 1,5 milliards de pas.\n")).write("b.txt", "Le maire a parlé.\n");
    let ran = folder.run(&["check", "a.txt", "b.txt", "--to", "fr", "--fix", "--fail-on", "minor"]);
    assert_eq!((ran.code, folder.read("a.txt")), (0, format!("{MENDED}\nLa tour mesure 1,5 milliards de pas.\n")), "{ran:?}");
    assert!(ran.err.contains("3 findings fixed in 1 file\n"), "{ran:?}");
    assert!(ran.out.contains("grammar/plural-below-two") && !ran.out.contains("sentences-glued"), "{ran:?}");
    let again = folder.run(&["check", "a.txt", "b.txt", "--to", "fr", "--fix"]);
    assert!(!again.err.contains("fixed"), "{again:?}");
}

#[test]
fn findings_that_are_left_fail_the_gate() {
    let folder = Folder::new("fix-gate");
    folder.write("a.txt", &format!("{SLIPS}\nLe maire ministre\u{FFFD} a parlé hier soir.\n"));
    let ran = folder.run(&["check", "a.txt", "--to", "fr", "--fix"]);
    assert_eq!((ran.code, folder.read("a.txt").starts_with(MENDED)), (1, true), "{ran:?}");
}

#[test]
fn diff_shows_the_fixes_and_changes_nothing() {
    let folder = Folder::new("diff");
    folder.write("a.txt", SLIPS).write("b.txt", "Le maire a parlé.\n");
    let ran = folder.run(&["check", "a.txt", "b.txt", "--to", "fr", "--diff"]);
    assert_eq!((ran.code, folder.read("a.txt").as_str()), (1, SLIPS));
    assert_eq!(ran.out, format!("--- a.txt\n+++ a.txt\n@@ -1 +1 @@\n-{SLIPS}+{MENDED}"));
    assert_eq!(ran.err, "3 findings would be fixed in 1 file\n");
    let clean = folder.run(&["check", "b.txt", "--to", "fr", "--diff"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    let input = folder.run_with(&["check", "-", "--to", "fr", "--diff"], SLIPS);
    assert_eq!((input.code, input.out.contains(&format!("+{MENDED}"))), (1, true), "{input:?}");
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = Folder::new("fix-refused");
    folder.write("a.txt", SLIPS);
    let input = folder.run_with(&["check", "-", "--to", "fr", "--fix"], SLIPS);
    assert_eq!((input.code, input.err.contains("standard input cannot be written to")), (2, true), "{input:?}");
    let both = folder.run(&["check", "a.txt", "--diff", "--format", "json"]);
    assert_eq!((both.code, both.err.contains("cannot be used with")), (2, true), "{both:?}");
    let latin: Vec<u8> = SLIPS.repeat(4).chars().map(|c| c as u8).collect();
    std::fs::write(folder.path.join("latin.txt"), &latin).unwrap();
    let ran = folder.run(&["check", "latin.txt", "--to", "fr", "--fix"]);
    assert!(ran.out.contains("the file is not in UTF-8: nothing was fixed"), "{ran:?}");
    assert_eq!(std::fs::read(folder.path.join("latin.txt")).unwrap(), latin);
}

#[test]
#[cfg(unix)]
fn a_file_keeps_its_permissions_its_links_and_its_mark() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("fix-kept");
    folder.write("below/a.txt", &format!("\u{FEFF}{}", SLIPS.replace('\n', "\r\n")));
    let file = folder.path.join("below/a.txt");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    symlink("below/a.txt", folder.path.join("link.txt")).unwrap();
    let ran = folder.run(&["check", "link.txt", "--to", "fr", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(folder.read("below/a.txt"), format!("\u{FEFF}{}", MENDED.replace('\n', "\r\n")));
    assert!(fs::symlink_metadata(folder.path.join("link.txt")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path.join("below")).unwrap().count(), 1, "no file is left beside it");
    fs::set_permissions(&file, Permissions::from_mode(0o440)).unwrap();
    fs::write(folder.path.join("b.txt"), SLIPS).unwrap();
    fs::set_permissions(folder.path.join("b.txt"), Permissions::from_mode(0o440)).unwrap();
    let refused = folder.run(&["check", "b.txt", "--to", "fr", "--fix"]);
    assert_eq!((refused.code, refused.err.contains("b.txt: cannot be written: permission denied")), (2, true), "{refused:?}");
    assert_eq!(folder.read("b.txt"), SLIPS);
}

#[test]
fn files_with_markup_stay_what_they_are() {
    let folder = Folder::new("fix-markup");
    let html = "<!DOCTYPE html>\n<html lang=\"fr\"><body><p>Les prix ont <b>baiss&eacute;.</b>Les clients\n  reviennent.</p><p>Le pr&Atilde;&copy;sident a parl\u{e9} jeudi.</p></body></html>\n";
    folder.write("a.html", html);
    folder.write("a.json", "{\"lang\": \"fr\", \"text\": \"Les prix ont baiss\\u00e9.Les clients \\\"reviennent\\\".\"}\n");
    folder.write("a.tsv", "source\ttarget\nPrices fell. Customers are back.\tLes prix ont baissé.Les clients reviennent.\n");
    let ran = folder.run(&["check", "a.html", "a.json", "a.tsv", "--to", "fr", "--fix"]);
    assert_eq!(ran.code, 1, "what the page writes as entities is left: {ran:?}");
    assert_eq!(folder.read("a.html"), html.replace("eacute;.</b>Les", "eacute;. </b>Les"));
    assert!(folder.read("a.json").contains("baiss\\u00e9. Les clients \\\"reviennent\\\"."));
    assert!(folder.read("a.tsv").ends_with("\tLes prix ont baissé. Les clients reviennent.\n"));
}

/// Pieces of news whose joints go wrong.
fn garbled() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Les prix", "baissé", "Le maire", "que il", "l homme", "de le", "Paul", "a dit", "été", ".", ",", ":", " .", ". .", ",,",
        "?", " ?", "«", "» .", "(", ")", "，", "。", "Ã©", "Cest", " ", " ", " ", "\n\n", "**", "&eacute;", "<b>", "</b>", "\"",
        "\\", "3", "5",
    ]);
    prop::collection::vec(pieces, 1..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_second_run_changes_nothing(text in garbled(), format in prop::sample::select(vec![Format::Plain, Format::Markdown, Format::Html])) {
        let (once, _, _) = settled(&text, format, "fr");
        let (twice, count, _) = settled(&once, format, "fr");
        prop_assert_eq!((&twice, count), (&once, 0));
    }

    #[test]
    fn tables_keep_their_cells(cells in prop::collection::vec("[a-zé ]{1,12}[.,][A-Z][a-z]{2,8}", 1..6)) {
        let file = format!("source,target\na cell,\"{}\"\n", cells.join("\"\na cell,\""));
        let (text, _, _) = settled(&file, Format::Csv, "fr");
        let letters = |text: &str| text.replace([' ', '\''], "");
        prop_assert_eq!(letters(&text), letters(&file), "only spaces and apostrophes are put in");
    }
}

#[test]
fn a_report_of_sarif_says_what_a_fix_would_write() {
    let folder = Folder::new("fix-sarif");
    let text = "Été 2019 : « 比亚迪 » a baissé ses prix.Les clients reviennent,dit-il.\nC est la faute de lété.\n";
    folder.write("a.txt", text).write("b.txt", text).write("c.md", "Les **prix** ont baissé.*Les clients* reviennent.\n");
    let report = folder.run(&["check", "a.txt", "c.md", "--to", "fr", "--format", "sarif", "--fail-on", "never"]);
    let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    let mut edits = Vec::new();
    for result in report["runs"][0]["results"].as_array().unwrap() {
        for change in result["fixes"].as_array().into_iter().flatten().map(|fix| &fix["artifactChanges"][0]) {
            let replacement = &change["replacements"][0];
            let (region, new) = (&replacement["deletedRegion"], replacement["insertedContent"]["text"].as_str().unwrap());
            let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
            if change["artifactLocation"]["uri"] == "a.txt" {
                let line = text.lines().nth(number("startLine") - 1).unwrap();
                let column = line.char_indices().nth(number("startColumn") - 1).map_or(line.len(), |(at, _)| at);
                let before: usize = text.lines().take(number("startLine") - 1).map(|line| line.len() + 1).sum();
                assert_eq!(before + column, number("byteOffset"), "{region}");
                edits.push((number("byteOffset"), number("byteLength"), new.to_owned()));
            }
        }
    }
    assert!(edits.len() > 1, "{report:#}");
    let mut mended = text.to_owned();
    edits.sort();
    for (start, length, new) in edits.iter().rev() {
        mended.replace_range(*start..start + length, new);
    }
    folder.run(&["check", "b.txt", "--to", "fr", "--fix", "--fail-on", "never"]);
    assert_eq!(mended, folder.read("b.txt"));
}
