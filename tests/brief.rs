//! The brief of expected meaning: verdicts, forbidden phrases, names and terms.

use contresens::brief::{Brief, Verdict};
use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus, Report};
use serde_json::{Value, json};

fn check(brief: Value, article: &str) -> Report {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let brief = Brief::from_json(brief).unwrap();
    let target = parse(article.to_owned(), Format::Plain);
    checker.check(&Check { target: Some(&target), brief: Some(&brief), to: Some("fr"), ..Check::default() }).unwrap()
}

fn verdict(fact: &Value, article: &str) -> Verdict {
    let report = check(json!({"brief": 1, "fact": [fact]}), article);
    report.facts.unwrap()[0].verdict
}

#[test]
fn quantities_are_compared_by_value() {
    let fact = json!({"names": ["Orsted"], "quantities": ["5 billion USD"]});
    assert_eq!(verdict(&fact, "Orsted perd 5 milliards de dollars."), Verdict::Kept);
    assert_eq!(verdict(&fact, "Orsted perd cinq milliards de dollars."), Verdict::Kept);
    assert_eq!(verdict(&fact, "Orsted perd 5 millions de dollars."), Verdict::Changed);
    assert_eq!(verdict(&fact, "Le groupe perd 5 milliards de dollars."), Verdict::Missing);
}

#[test]
fn bounds_must_not_be_turned_round() {
    let fact = json!({"names": ["Orsted"], "quantities": ["> 600 %"]});
    assert_eq!(verdict(&fact, "L'action Orsted a gagné plus de 600 %."), Verdict::Kept);
    assert_ne!(verdict(&fact, "L'action Orsted a gagné moins de 600 %."), Verdict::Kept);
}

#[test]
fn what_the_article_says_otherwise_is_a_finding_and_what_cannot_be_told_is_none() {
    let found = |fact: Value, article: &str| -> Vec<(&str, String)> {
        let report = check(json!({"brief": 1, "fact": [fact]}), article);
        let facts = report.diagnostics.into_iter().filter(|one| one.rule.starts_with("brief/"));
        facts.map(|one| (one.rule, one.span.of(article).to_owned())).collect()
    };
    let lost = json!({"names": ["Orsted"], "quantities": ["5 billion USD"]});
    assert_eq!(found(lost.clone(), "Orsted perd 5 millions de dollars."), [("brief/fact-changed", "5 millions".to_owned())]);
    assert_eq!(found(lost.clone(), "Orsted perd 5 milliards de dollars."), []);
    assert_eq!(found(lost, "Le groupe perd 5 milliards de dollars.")[0].0, "brief/fact-missing");
    let only_words = json!({"says": "The moon is blue."});
    assert_eq!(found(only_words.clone(), "Orsted perd 5 milliards de dollars."), []);
    assert_eq!(verdict(&only_words, "Orsted perd 5 milliards de dollars."), Verdict::Unknown);
}

#[test]
fn a_denied_fact_must_be_denied() {
    let fact = |negated: bool| json!({"names": ["Orsted"], "concepts": ["rise"], "negated": negated});
    assert_eq!(verdict(&fact(true), "L'action Orsted n'a pas augmenté lundi."), Verdict::Kept);
    assert_eq!(verdict(&fact(true), "L'action Orsted a augmenté lundi."), Verdict::Changed);
    assert_eq!(verdict(&fact(false), "L'action Orsted a augmenté lundi."), Verdict::Kept);
    assert_eq!(verdict(&fact(false), "L'action Orsted n'a pas augmenté lundi."), Verdict::Unknown);
}

#[test]
fn forbidden_phrases_are_found_wherever_they_stand() {
    let report = check(json!({"brief": 1, "forbidden": {"phrases": ["sept sœurs"]}}), "Les Sept sœurs montent.");
    let found: Vec<&str> = report.diagnostics.iter().map(|one| one.rule).collect();
    assert!(found.contains(&"terms/forbidden-phrase"), "{found:?}");
}

#[test]
fn a_brief_that_is_none_is_refused_with_a_reason() {
    let refused = |value: Value| Brief::from_json(value).unwrap_err();
    assert!(refused(json!({"brief": 2})).contains("`brief = 1`"));
    assert!(refused(json!({"brief": 1, "facts": []})).contains("unknown field `facts`"));
    assert!(refused(json!({"brief": 1, "fact": [{"compare": ["a", "b"]}]})).contains("compare = [A"));
}
