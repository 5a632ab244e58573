//! What must be said of a check beside its findings: what was not compared, and why. Silence about that would be taken for praise.

use crate::checker::Report;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::rules::completeness::SOURCE_UNRELATED;

/// What a person should know who might have taken the wrong file, or might think that more was compared than was.
pub fn remarks(target: &Document, source: Option<&Document>, report: &Report, corpus: &Corpus) -> Vec<String> {
    let mut remarks = Vec::new();
    let is_empty = |document: &Document| document.text.trim().is_empty();
    if is_empty(target) {
        remarks.push("the article is empty".to_owned());
    } else if report.to.is_none() {
        remarks.push("the language could not be told; say it with --to".to_owned());
    }
    let Some(source) = source else { return remarks };
    if is_empty(source) {
        remarks.push("the source is empty: nothing was compared".to_owned());
    } else if source.text == target.text {
        remarks.push("source and translation are the same text".to_owned());
    } else if report.from == report.to && report.from.is_some() {
        remarks.push("source and translation are in the same language".to_owned());
    } else if !report.is_compared() && !is_empty(target) {
        // An unrelated source is a finding.
        if report.diagnostics.iter().all(|found| found.rule != SOURCE_UNRELATED.id) {
            remarks.push("no sentence could be paired with the source for certain: nothing was compared".to_owned());
        }
    } else {
        remarks.extend(report.from.iter().chain(&report.to).flat_map(|tag| uncompared(corpus, tag)));
    }
    remarks
}

/// What is not compared of a language, for no table tells of it.
fn uncompared(corpus: &Corpus, tag: &str) -> Vec<String> {
    // It was loaded for the check: no error comes here.
    let Ok(known) = corpus.knowledge(tag) else { return Vec::new() };
    let language = &known.language;
    let absent = [("numbers", language.quantities.numbers.is_empty()), ("denials", language.negation.is_empty())];
    let name = corpus.language_name(tag);
    let absent = absent.into_iter().filter(|(_, absent)| *absent);
    absent.map(|(what, _)| format!("{what} were not compared: there is no table of them for {name}")).collect()
}
