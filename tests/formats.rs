//! One small file of each format, with one planted defect, checked as the program checks it: the finding is there, and its
//! place cut out of the file is the defect as it is written there, in the translation and in the source.

use contresens::mqm::Tier;
use contresens::{Check, Checker, Corpus, Error, input};
use std::fs;
use std::path::{Path, PathBuf};

/// File, rule, the defect as written in the file, and what stands for it in the source where the file holds that too.
const PLANTED: &[(&str, &str, &str, &str)] = &[
    ("article.html", "typography/sentences-glued", "ferm&eacute;e.Les", ""),
    ("article.md", "typography/sentences-glued", "baissé.**Les", ""),
    ("units.xlf", "numbers/magnitude-slipped", "45&#xA0;000", "4,500"),
    ("units.xliff", "numbers/value-changed", "21", "12"),
    ("memory.tmx", "dates/month-changed", "4 <ph>{i}</ph>juin", "4 May"),
    ("messages.po", "grammar/contraction-missing", "de \"\n\"le", ""),
    ("units.tsv", "numbers/unit-changed", "dollars", "30 million"),
    ("units.csv", "grammar/elision-missing", "que il", ""),
    ("units.jsonl", "numbers/value-changed", "2018", "2019"),
    ("article.json", "encoding/mojibake", "\\u00c3\\u00a9", ""),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

#[test]
fn planted_defects_are_found_at_their_bytes() {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let mut wrong = Vec::new();
    for (name, rule, defect, original) in PLANTED {
        let path = folder().join(name);
        let file = fs::read_to_string(&path).unwrap();
        let target = input::read(&path).unwrap();
        let report = checker.check(&Check { target: Some(&target), ..Check::default() }).unwrap();
        assert_eq!(report.to.as_deref(), Some("fr"), "{name}");
        assert_eq!(report.from.is_some(), target.own_source().is_some(), "{name}");
        let found = report.diagnostics.iter().map(|one| {
            let source = one.source.zip(target.own_source()).map(|(span, source)| source.place(span).of(&file));
            (one, target.place(one.span).of(&file), source.unwrap_or_default())
        });
        let (planted, others): (Vec<_>, Vec<_>) =
            found.partition(|(one, place, source)| one.rule == *rule && place == defect && source == original);
        let gate: Vec<_> = others.iter().filter(|(one, ..)| one.tier == Tier::Gate).collect();
        if planted.len() != 1 || !gate.is_empty() {
            wrong.push(format!("{name}: {planted:#?}, and {others:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_format_has_a_file() {
    for ending in input::Format::known_endings().chain(["tsv", "csv", "jsonl", "json"]) {
        let format = input::Format::named(ending);
        let planted = PLANTED.iter().any(|(name, ..)| Some(input::Format::of(Path::new(name))) == format);
        assert!(planted || format == Some(input::Format::Plain), "no file of .{ending}");
    }
}

#[test]
fn what_is_known_of_units_needs_no_alignment() {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    for name in ["units.xlf", "units.xliff", "memory.tmx", "messages.po", "units.tsv", "units.csv", "units.jsonl"] {
        let target = input::read(&folder().join(name)).unwrap();
        let report = checker.check(&Check { target: Some(&target), from: Some("en"), ..Check::default() }).unwrap();
        assert!(report.aligned.is_some_and(|aligned| aligned > 0.9), "{name}: {:?}", report.aligned);
    }
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken.xlf");
    fs::write(&path, "<xliff version='1.2'>\n<file>\n&nbsp;</file></xliff>").unwrap();
    let error = input::read(&path).unwrap_err();
    assert!(matches!(&error, Error::Row { line: 3, .. }), "{error}");
    assert!(error.to_string().contains("broken.xlf:3: expected "), "{error}");
}
