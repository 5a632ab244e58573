//! Every rule proves itself by its examples: `bad` raises it exactly at the marks, `good` raises nothing at all.

use contresens::input::{Format, parse};
use contresens::rules::{self, Example};
use contresens::{Check, Checker, Corpus, Document, Report};

fn check(checker: &Checker, langs: &str, source: &str, target: &str) -> (Document, Report) {
    let (from, to) = langs.split_once('>').map_or((None, langs), |(from, to)| (Some(from), to));
    // Only suppressions need a format that has comments.
    let format = if target.contains("<!--") { Format::Markdown } else { Format::Plain };
    let target = parse(target.to_owned(), format);
    let source = (!source.is_empty()).then(|| parse(source.to_owned(), Format::Plain));
    let check = Check { target: Some(&target), source: source.as_ref(), brief: None, from, to: Some(to) };
    let report = checker.check(&check).unwrap_or_else(|error| panic!("{error}"));
    (target, report)
}

/// A text without its marks, and the spans that they mark.
fn unmarked(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut spans, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, marked)) = rest.split_once("[[") {
        let (inside, after) = marked.split_once("]]").expect("a mark that closes");
        plain.push_str(before);
        spans.push((plain.len(), plain.len() + inside.len()));
        plain.push_str(inside);
        rest = after;
    }
    plain.push_str(rest);
    (plain, spans)
}

fn each_example(mut judge: impl FnMut(&Checker, &'static str, &Example) -> Option<String>) {
    let mut corpus = Corpus::load(None).unwrap();
    corpus.add_terms_text(rules::terms::GLOSSARY, "terms.tsv").unwrap();
    let (affixes, words) = rules::spelling::DICTIONARY;
    corpus.add_dictionary_text(rules::spelling::UNKNOWN_WORD.examples[0].langs, affixes, words).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let all = rules::all().flat_map(|rule| rule.examples.iter().map(move |example| (rule.id, example)));
    let wrong: Vec<String> = all.filter_map(|(id, example)| judge(&checker, id, example)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn bad_examples_raise_their_rule_exactly_at_the_marks() {
    each_example(|checker, id, example| {
        let (target, expected) = unmarked(example.bad);
        let (source, _) = unmarked(example.source);
        let (document, report) = check(checker, example.langs, &source, &target);
        let places = report.diagnostics.iter().filter(|one| one.rule == id).map(|one| one.place(&document));
        let found: Vec<(usize, usize)> = places.map(|place| (place.start, place.end)).collect();
        let words =
            |spans: &[(usize, usize)]| spans.iter().map(|(start, end)| target[*start..*end].to_owned()).collect::<Vec<_>>();
        (found != expected).then(|| format!("{id}: expected {:?}, found {:?}", words(&expected), words(&found)))
    });
}

#[test]
fn good_examples_raise_nothing_at_all() {
    each_example(|checker, id, example| {
        let (source, _) = unmarked(example.source);
        let (_, report) = check(checker, example.langs, &source, example.good);
        let raised: Vec<String> = report.diagnostics.iter().map(|one| format!("{} ({})", one.rule, one.message)).collect();
        (!raised.is_empty()).then(|| format!("{id}: the good example raises {raised:?}"))
    });
}

#[test]
fn every_rule_has_an_example_and_a_good_id() {
    for rule in rules::all() {
        // What a brief asks for cannot be shown without one; `tests/brief.rs` proves it.
        let by_brief = rule.family() == "brief" || rule.id == "terms/forbidden-phrase";
        assert!(!rule.examples.is_empty() || by_brief, "{} has no example", rule.id);
        let (family, defect) = rule.id.split_once('/').expect("family/defect");
        let kebab =
            |part: &str| part.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert!(kebab(family) && kebab(defect), "{}", rule.id);
        assert!(!["no-", "check-", "invalid-"].iter().any(|start| defect.starts_with(start)), "{}: name the defect", rule.id);
        assert!(!rule.summary.ends_with('.') && rule.why.ends_with('.'), "{}: summary without, why with a full stop", rule.id);
    }
    let mut ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rules::all().count(), "an id stands twice");
    assert!(ids.len() >= 40);
}
