//! Glossaries: terms of the house, of the configuration and of a brief.

mod common;

use common::Folder;
use contresens::brief::Brief;
use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus, Report};
use serde_json::json;

const RULE: &str = "terms/glossary-violated";
const TERMS: &str =
    "en\tfr\nmarket capitalisation\tcapitalisation boursière | valeur boursière\tNever capital.\nmarket\tmarché\nmayor\tédile\n";

fn check(terms: &str, brief: Option<&Brief>, source: &str, target: &str) -> Report {
    let mut corpus = Corpus::load(None).unwrap();
    corpus.add_terms_text(terms, "terms.tsv").unwrap();
    let (source, target) = (parse(source.to_owned(), Format::Plain), parse(target.to_owned(), Format::Plain));
    let check = Check { target: Some(&target), source: Some(&source), brief, from: Some("en"), to: Some("fr") };
    Checker::new(&corpus).unwrap().check(&check).unwrap()
}

fn messages(terms: &str, source: &str, target: &str) -> Vec<String> {
    let report = check(terms, None, source, target);
    report.diagnostics.into_iter().filter(|one| one.rule == RULE).map(|one| one.message).collect()
}

#[test]
fn any_accepted_term_will_do_in_any_form() {
    let source = "The market capitalisations of both banks fell by five percent on Monday.";
    for right in [
        "Les capitalisations boursières des deux banques ont reculé de cinq pour cent lundi.",
        "La valeur boursière des deux banques a reculé de cinq pour cent lundi.",
        "Capitalisation boursière en baisse de cinq pour cent lundi pour les deux banques.",
    ] {
        assert_eq!(messages(TERMS, source, right), Vec::<String>::new(), "{right}");
    }
    let wrong = messages(TERMS, source, "Les capitaux de marché des deux banques ont reculé de cinq pour cent lundi.");
    assert_eq!(wrong.len(), 1, "the term inside the longer one does not count: {wrong:?}");
    assert!(wrong[0].contains("\"market capitalisations\"") && wrong[0].contains("terms.tsv:2"), "{wrong:?}");
    assert!(wrong[0].contains("\"capitalisation boursière\" or \"valeur boursière\""), "{wrong:?}");
}

#[test]
fn a_violation_fails_and_leads_to_both_sides() {
    let folder = Folder::new("terms-both");
    folder
        .write("en.txt", "The mayor resigned on Monday.\n")
        .write("fr.txt", "Le maire a démissionné lundi.\n")
        .write("t.tsv", TERMS);
    let ran = folder.run(&["check", "fr.txt", "--source", "en.txt", "--terms", "t.tsv", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found = &report["documents"][0]["diagnostics"][0];
    assert_eq!((ran.code, &found["rule"], &found["tier"]), (1, &json!(RULE), &json!("gate")), "{report:#}");
    assert_eq!((&found["source"]["start"], &found["source"]["end"]), (&json!(4), &json!(9)));
    assert_eq!(folder.run(&["check", "fr.txt", "--terms", "t.tsv"]).code, 0, "without a source nothing can be told");
    assert_eq!(
        folder.run(&["check", "fr.txt", "--source", "en.txt", "--from", "en", "--to", "fr"]).code,
        0,
        "nor without a glossary"
    );
    folder.write("de-fr.tsv", "mayor\tédile\n");
    assert_eq!(folder.run(&["check", "fr.txt", "--source", "en.txt", "--terms", "de-fr.tsv"]).code, 0, "of other languages");
    folder.write("contresens.toml", "terms = [\"t.tsv\"]\n");
    assert_eq!(folder.run(&["check", "fr.txt", "--source", "en.txt"]).code, 1, "the configuration may name it");
}

#[test]
fn nothing_is_said_where_the_alignment_is_poor() {
    let source = "The mayor resigned on Monday. Nobody was hurt in the fire at the old factory. Schools stay shut until spring.";
    let target = "Un chat dort. Les avions sont bleus, dit la chanson de la mer. Il neige à Tokyo, où rien ne bouge plus.";
    assert_eq!(messages(TERMS, source, target), Vec::<String>::new());
}

#[test]
fn names_are_kept_as_they_are() {
    let folder = Folder::new("terms-names");
    folder.write("contresens.toml", "keep-names = [\"Stability AI\"]\n");
    folder
        .write("en.txt", "Stability AI cut ten jobs on Monday.\n")
        .write("a.txt", "Stability AI a supprimé dix postes lundi.\n");
    folder.write("b.txt", "Stabilité IA a supprimé dix postes lundi.\n");
    let found = |target| folder.found(&[target, "--source", "en.txt", "--from", "en", "--to", "fr"])[0].1.clone();
    assert!(!found("a.txt").contains(&RULE.to_owned()), "{:?}", found("a.txt"));
    assert!(found("b.txt").contains(&RULE.to_owned()), "{:?}", found("b.txt"));
}

#[test]
fn a_brief_has_terms_and_names_as_well() {
    let brief = json!({"brief": 1, "lang": "en", "terms": {"mayor": ["édile"]}, "names": {"keep": ["Stability AI"]}});
    let brief = Brief::from_json(brief).unwrap();
    let count = |target: &str| {
        let report = check("x\ty\n", Some(&brief), "The mayor met Stability AI on Monday.", target);
        report.diagnostics.iter().filter(|one| one.rule == RULE).count()
    };
    assert_eq!(count("L'édile a rencontré Stability AI lundi."), 0);
    assert_eq!(count("Le maire a rencontré Stability AI lundi."), 1);
    assert_eq!(count("L'édile a rencontré Stabilité IA lundi."), 1);
}

#[test]
fn a_broken_glossary_is_told_with_its_line() {
    let folder = Folder::new("terms-broken");
    folder.write("a.txt", "Le maire a parlé.\n");
    for (terms, told) in [
        ("mayor\tmaire\nmayor\n", "t.tsv:2: expected a source term, a tab"),
        ("mayor\t | \n", "t.tsv:1: expected a term in both columns"),
        ("%\tpour cent\n", "t.tsv:1: expected a word in \"%\""),
    ] {
        let ran = folder.write("t.tsv", terms).run(&["check", "a.txt", "--terms", "t.tsv"]);
        assert!(ran.code == 2 && ran.err.contains(told), "{terms:?}: {}", ran.err);
    }
    assert_eq!(folder.run(&["check", "a.txt", "--terms", "none.tsv"]).code, 2);
}
