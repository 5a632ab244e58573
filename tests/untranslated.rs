//! One cause, one finding: what stands in another language is told once, whatever it brings with it.

use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus};

/// The rules that report an article, and the words that they report.
fn found(from: &str, to: &str, source: &str, target: &str) -> Vec<(String, String)> {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let (source, target) = (parse(source.to_owned(), Format::Plain), parse(target.to_owned(), Format::Plain));
    let check = Check { target: Some(&target), source: Some(&source), brief: None, from: Some(from), to: Some(to) };
    let report = checker.check(&check).unwrap();
    let words = |span: contresens::document::Span| span.of(&target.text).to_owned();
    report.diagnostics.iter().map(|found| (found.rule.to_owned(), words(found.span))).collect()
}

const GERMAN: &str = "Der Minister hat am Montag in Berlin erklärt, dass die Regierung 2,5 Milliarden Euro für neue Schulen ausgeben will.\n\n\
    Die Opposition hält das für zu wenig. Nach Angaben von Peter Schmidt fehlen in Deutschland mehr als 30.000 Lehrer.\n\n\
    Die Gewerkschaft will am 5. Mai in Hamburg streiken, weil die Löhne seit 2019 nicht gestiegen sind.";

#[test]
fn a_half_that_was_left_is_told_alone() {
    let target = "The minister declared in Berlin on Monday dass die Regierung 2,5 Milliarden Euro für neue Schulen ausgeben will.\n\n\
        The opposition considers this too little. According to Peter Schmidt, Germany is short of more than 30,000 teachers.\n\n\
        The union wants to strike in Hamburg on 5 May, weil die Löhne seit 2019 nicht gestiegen sind.";
    let expected = [
        ("language/foreign-run", "dass die Regierung 2,5 Milliarden Euro für neue Schulen ausgeben will"),
        ("language/foreign-run", "weil die Löhne seit 2019 nicht gestiegen sind"),
    ];
    assert_eq!(found("de", "en", GERMAN, target), expected.map(|(rule, words)| (rule.to_owned(), words.to_owned())));
}

#[test]
fn a_half_in_another_script_is_one_stretch_with_its_figures() {
    let source = "比亚迪位于匈牙利的电池工厂于2024年3月12日正式投产,总投资超过35亿欧元。\n\n\
        杜邦认为,电池业务目前仍未盈利,过去三年的累计亏损达90亿元,今年不会好转。\n\n杜邦说,公司去年在欧洲卖出了1.2万辆车。";
    let target = "L'usine de batteries de BYD en Hongrie est entrée en service le 12 mars 2024, 总投资超过35亿欧元。\n\n\
        Dupont estime que l'activité batteries n'est toujours pas rentable, 过去三年的累计亏损达90亿元,今年不会好转。\n\n\
        Selon Dupont, le groupe a vendu l'an dernier 12 000 voitures en Europe.";
    let expected = [
        ("language/foreign-script", "总投资超过35亿欧元"),
        ("language/foreign-script", "过去三年的累计亏损达90亿元,今年不会好转"),
    ];
    assert_eq!(found("zh", "fr", source, target), expected.map(|(rule, words)| (rule.to_owned(), words.to_owned())));
}

#[test]
fn what_is_wrong_in_the_translated_half_is_told_too() {
    let target = "The minister declared in Berlin on Monday that the government wants to spend 2.5 billion euros on new schools.\n\n\
        The opposition considers this too little. According to Peter Schmidt, Germany is short of more than 30,000 teachers.\n\n\
        The union wants to strike in Hamburg on 5 June, weil die Löhne seit 2019 nicht gestiegen sind.";
    let rules: Vec<String> = found("de", "en", GERMAN, target).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["dates/month-changed", "language/foreign-run"]);
}

#[test]
fn an_article_in_the_language_of_its_source_is_told_once() {
    let source = "Anna Keller said on Monday that the plan would not cost more than 3.5 billion euros, and that nobody would lose a job.\n\n\
        The government of Portugal has promised 120 million euros to the farmers of the Alentejo before the end of the year.";
    let rules: Vec<String> = found("en", "fr", source, source).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["language/wrong-document-language"]);
}
