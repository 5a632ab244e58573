//! Suppressions: comments of the file that hold findings back, and what is said of those that hold nothing.

mod common;

use common::Folder;
use contresens::input::{Format, Wish, parse_as};
use contresens::{Check, Checker, Corpus, Report};

const RULE: &str = "typography/sentences-glued";
const GLUED: &str = "Les prix ont baissé.Les clients reviennent.";

fn check(format: Format, text: &str) -> Report {
    let corpus = Corpus::load(None).unwrap();
    let target = parse_as(text.to_owned(), &Wish { format: Some(format), ..Wish::default() }).unwrap();
    Checker::new(&corpus).unwrap().check(&Check { target: Some(&target), to: Some("fr"), ..Check::default() }).unwrap()
}

fn rules(format: Format, text: &str) -> Vec<&'static str> {
    check(format, text).diagnostics.iter().map(|one| one.rule).collect()
}

fn markdown(text: &str) -> Vec<&'static str> {
    rules(Format::Markdown, text)
}

#[test]
fn a_comment_holds_back_what_is_in_its_block() {
    let ignore = format!("<!-- contresens-ignore: {RULE} the site joins them -->");
    assert_eq!(markdown(GLUED), [RULE]);
    for text in [
        format!("{ignore}\n{GLUED}"),
        format!("{ignore}\n\n{GLUED}"),
        format!("{GLUED} {ignore}"),
        format!("Les prix {ignore} ont baissé.Les clients reviennent."),
        format!("- {GLUED} {ignore}\n- Le maire a parlé."),
        format!("<!-- contresens-ignore: typography the site joins them -->\n{GLUED}"),
        format!("<!-- contresens-ignore: grammar, {RULE}\n the site joins\n them -->\n{GLUED}"),
        format!("Le maire a parlé.\n\n{GLUED}\n\n<!-- contresens-ignore-file: {RULE} the site joins them -->"),
    ] {
        let report = check(Format::Markdown, &text);
        assert!(report.diagnostics.is_empty() && report.suppressed == 1, "{text}: {:?}", report.diagnostics);
    }
    assert_eq!(markdown(&format!("{ignore}\n{GLUED}\n\n{GLUED}")), [RULE], "the next block is another's");
}

#[test]
fn it_survives_when_the_paragraph_is_moved_and_wrapped() {
    let ignore = format!("<!-- contresens-ignore: {RULE} the site joins them -->");
    let wrapped = GLUED.replace(' ', "\n");
    for text in [
        format!("{ignore}\n{wrapped}\n\nLe maire a parlé."),
        format!("# Le titre\n\nLe maire a parlé.\n\n{ignore}\n{GLUED}"),
        format!("Le maire a parlé.\n\n{} {ignore}\n{}", &wrapped[..10], &wrapped[10..]),
    ] {
        assert_eq!(markdown(&text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn one_that_is_wrong_holds_back_nothing_and_says_so() {
    let with = |words: &str| markdown(&format!("<!-- contresens-ignore: {words} -->\n{GLUED}"));
    // Findings of a block come after its suppression, which stands for the whole of it.
    assert_eq!(with(RULE), ["suppression/reason-missing", RULE]);
    assert_eq!(with(&format!("{RULE} --")), ["suppression/reason-missing", RULE]);
    assert_eq!(with("typography/sentence-glued for a reason"), ["suppression/rule-unknown", RULE]);
    assert_eq!(with("encoding for a reason"), ["suppression/stale", RULE]);
    let report = check(Format::Markdown, &format!("<!-- contresens-ignore: typografy why -->\n{GLUED}"));
    let unknown = report.diagnostics.iter().find(|one| one.rule == "suppression/rule-unknown").unwrap();
    assert!(unknown.message.contains("did you mean \"typography\"?"), "{}", unknown.message);
}

#[test]
fn one_that_is_mended_goes_stale_where_its_comment_stands() {
    let folder = Folder::new("suppression-stale");
    folder
        .write("a.md", "Le maire a parlé.\n\n<!-- contresens-ignore: typography/sentences-glued why -->\nLes prix ont baissé.\n");
    let ran = folder.run(&["check", "a.md", "--to", "fr"]);
    assert!(ran.code == 0 && ran.out.contains("minor advice[suppression/stale]") && ran.out.contains("a.md:3:6"), "{ran:?}");
    let off = folder.found(&["a.md", "--to", "fr", "--rule", "typography=off"]);
    assert!(off[0].1.is_empty(), "a rule that is off cannot tell: {off:?}");
    folder.write("a.md", "<!-- contresens-ignore: numbers/value-changed why -->\nLe maire a parlé.\n");
    assert!(folder.found(&["a.md", "--to", "fr"])[0].1.is_empty(), "without a source it cannot be told");
    folder.write("b.md", "The mayor spoke.\n");
    assert_eq!(folder.found(&["a.md", "--to", "fr", "--source", "b.md"])[0].1, ["suppression/stale"]);
    let ran =
        folder.write("a.md", &format!("<!-- contresens-ignore: {RULE} why -->\n{GLUED}\n")).run(&["check", "a.md", "--to", "fr"]);
    assert!(ran.out.contains("0 of advice; 1 suppressed"), "{}", ran.out);
}

#[test]
fn pages_have_comments() {
    let ignore = format!("<!-- contresens-ignore: {RULE} the site joins them -->");
    let html = |body: &str| rules(Format::Html, &format!("<html><body><article>{body}</article></body></html>"));
    assert_eq!(html(&format!("<p>{GLUED}</p>")), [RULE]);
    assert!(html(&format!("<p>Le maire a parlé.</p>{ignore}<p>{GLUED}</p>")).is_empty());
    assert!(html(&format!("<p>{GLUED} {ignore}</p><p>Le maire a parlé.</p>")).is_empty());
    assert_eq!(html(&format!("<p>{GLUED}</p>{ignore}<p>Le maire a parlé.</p>")).len(), 2, "one stands, one is stale");
    let head = format!("<html><head><!-- contresens-ignore-file: {RULE} why --></head><body><p>{GLUED}</p></body></html>");
    assert!(rules(Format::Html, &head).is_empty());
}

#[test]
fn messages_have_comments_of_their_translator() {
    let po = |comment: &str| {
        let head = "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\n";
        let text = format!(
            "{head}{comment}msgid \"Prices fell. Customers come back.\"\nmsgstr \"{GLUED}\"\n\nmsgid \"Hello\"\nmsgstr \"Bonjour\"\n"
        );
        rules(Format::Po, &text)
    };
    assert_eq!(po(""), [RULE]);
    assert!(po(&format!("# contresens-ignore: {RULE} the site joins them\n")).is_empty());
    assert!(po(&format!("# For the front page\n# contresens-ignore: {RULE} the site joins them\n#: a.c:1\n")).is_empty());
    assert_eq!(po(&format!("#: contresens-ignore: {RULE} a reference is no comment\n")), [RULE]);
}

#[test]
fn units_have_notes() {
    let xliff = |note: &str, other: &str| {
        let text = format!(
            "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"fr\"><header>{other}</header><body>\
             <trans-unit id=\"1\"><source>Prices fell. Customers come back.</source><target>{GLUED}</target>{note}</trans-unit>\
             <trans-unit id=\"2\"><source>Hello</source><target>Bonjour</target></trans-unit></body></file></xliff>"
        );
        rules(Format::Xliff, &text)
    };
    let note = format!("<note>contresens-ignore: {RULE} the site joins &amp; joins</note>");
    assert_eq!(xliff("", ""), [RULE]);
    assert!(xliff(&note, "").is_empty());
    assert!(xliff("", &note.replace("ignore:", "ignore-file:")).is_empty());
    assert_eq!(xliff("", &note), [RULE], "the header is no unit");
    let second = format!(
        "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"fr\"><file id=\"f\"><unit id=\"1\"><notes>{note}</notes>\
         <segment><source>Prices fell. Customers come back.</source><target>{GLUED}</target></segment></unit></file></xliff>"
    );
    assert!(rules(Format::Xliff, &second).is_empty());
}
