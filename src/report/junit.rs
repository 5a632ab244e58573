//! `JUnit`'s report, as build servers read it: an article is a suite, a finding is a case of it. What cannot fail the check is
//! shown as skipped, for a build server counts every failure.

use super::item::{Item, items, relative};
use super::xml::Xml;
use super::{Checked, Unchecked};
use crate::mqm::{Severity, Tier};
use std::io::{self, Write};

/// Writes the report of a run; `least` has for each article how severe a gate finding must be to fail the check, None where none
/// does.
pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked], least: &[Option<Severity>]) -> io::Result<()> {
    let all: Vec<Vec<Item>> = checked.iter().map(|article| items(std::slice::from_ref(article))).collect();
    let fails = |item: &Item, least: Option<Severity>| {
        item.diagnostic.tier == Tier::Gate && least.is_some_and(|least| item.diagnostic.severity >= least)
    };
    let failing = |(items, least): (&Vec<Item>, &Option<Severity>)| items.iter().filter(|item| fails(item, *least)).count();
    let failures: usize = all.iter().zip(least).map(failing).sum();
    // An article without findings is one case.
    let tests: usize = all.iter().map(|items| items.len().max(1)).sum::<usize>() + unchecked.len();
    let mut xml = Xml::new(out)?;
    let (tests, failures, errors) = (tests.to_string(), failures.to_string(), unchecked.len().to_string());
    let name = ("name", env!("CARGO_PKG_NAME"));
    xml.open("testsuites", &[name, ("tests", &tests), ("failures", &failures), ("errors", &errors)])?;
    for ((article, items), least) in checked.iter().zip(&all).zip(least) {
        suite(&mut xml, article, items, |item| fails(item, *least))?;
    }
    unchecked.iter().try_for_each(|one| error(&mut xml, one))?;
    xml.close()
}

fn error(xml: &mut Xml, one: &Unchecked) -> io::Result<()> {
    let path = relative(&one.path);
    let counts = [("tests", "1"), ("failures", "0"), ("errors", "1"), ("skipped", "0")];
    xml.open("testsuite", &[&[("name", path.as_str())], &counts[..]].concat())?;
    xml.open("testcase", &[("name", "checked"), ("classname", &path)])?;
    xml.text("error", &[("type", "unchecked"), ("message", &one.reason)], &one.reason)?;
    xml.close()?;
    xml.close()
}

fn suite(xml: &mut Xml, article: &Checked, items: &[Item], fails: impl Fn(&Item) -> bool) -> io::Result<()> {
    let path = relative(&article.path);
    let failures = items.iter().filter(|item| fails(item)).count();
    let (tests, skipped) = (items.len().max(1).to_string(), (items.len() - failures).to_string());
    let failures = failures.to_string();
    let counts = [("tests", tests.as_str()), ("failures", &failures), ("errors", "0"), ("skipped", &skipped)];
    xml.open("testsuite", &[&[("name", path.as_str())], &counts[..]].concat())?;
    properties(xml, article)?;
    for item in items {
        let start = item.place.start;
        let name = format!("{}:{} {}", start.line, start.column, item.diagnostic.rule);
        xml.open("testcase", &[("name", &name), ("classname", &path)])?;
        let told = [("type", item.rank()), ("message", item.diagnostic.message.clone())];
        let told = told.each_ref().map(|(key, value)| (*key, value.as_str()));
        if fails(item) {
            let text = format!("{path}:{}:{}: {}", start.line, start.column, item.story());
            xml.text("failure", &told, &text)?;
        } else {
            xml.empty("skipped", &told)?;
        }
        xml.close()?;
    }
    if items.is_empty() {
        xml.empty("testcase", &[("name", "no findings"), ("classname", &path)])?;
    }
    let remarks = remarks(article);
    if !remarks.is_empty() {
        xml.text("system-out", &[], &remarks)?;
    }
    xml.close()
}

fn properties(xml: &mut Xml, article: &Checked) -> io::Result<()> {
    let report = &article.report;
    xml.open("properties", &[])?;
    for (name, value) in [("from", &report.from), ("to", &report.to)] {
        if let Some(value) = value {
            xml.empty("property", &[("name", name), ("value", value)])?;
        }
    }
    xml.empty("property", &[("name", "score"), ("value", &report.score.to_string())])?;
    xml.close()
}

/// The verdicts on the facts of the brief, and how the file was read.
fn remarks(article: &Checked) -> String {
    let facts = article.report.facts.iter().flatten();
    let facts = facts.map(|fact| format!("fact {}: {}: {}\n", fact.id, fact.verdict.name(), fact.why));
    facts.chain(article.target.notes.iter().map(|note| format!("{note}\n"))).collect()
}
