//! Whatever comes in, nothing panics, and every place lies inside the text and on a character boundary.

use contresens::input::{Format, decode, parse};
use contresens::segment::segments;
use contresens::{Check, Checker, Corpus};
use proptest::prelude::*;
use std::sync::OnceLock;

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).unwrap())
}

fn checker() -> &'static Checker<'static> {
    static CHECKER: OnceLock<Checker<'static>> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::new(corpus()).unwrap())
}

/// Strings of what news is made of, with the marks that rules look at.
fn newsy() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Le",
        "président",
        "a",
        "dit",
        "«",
        "»",
        "\"",
        "'",
        "’",
        ".",
        ",",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "1,5",
        "milliards",
        "de",
        "dollars",
        "12",
        "mars",
        "2024",
        "：",
        "亿",
        "不如",
        "特斯拉",
        "AI",
        "…",
        "...",
        "?",
        "!",
        "(",
        ")",
        "Ã©",
        "\u{FFFD}",
        "\u{200B}",
        "é",
        "l'",
        "que",
        "il",
        "the",
        "and",
        "of",
        "한국",
        "رئيس",
        "&amp;",
        "<br>",
        "%",
        "$",
        "€",
        "-",
        "–",
        "🙂",
        "e\u{301}",
        "\u{202E}",
        "\t",
        "http://a.b/c?d=e",
        "▌",
        "U.S.",
        "M.",
        "1.",
        "二十",
        "万",
        "第",
        "。",
        "「",
        "」と",
        "“",
        "”",
        "॥",
        "१",
        ";",
        "Il",
        "The",
        "!!!",
        ". . .",
        "a.",
        "b.",
        "c.",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn assert_sound(target: &str, source: Option<&str>, format: Format) {
    let target = parse(target.to_owned(), format);
    let source = source.map(|source| parse(source.to_owned(), format));
    let check = Check { target: Some(&target), source: source.as_ref(), brief: None, from: Some("zh"), to: Some("fr") };
    let report = checker().check(&check).unwrap();
    for diagnostic in &report.diagnostics {
        assert!(target.text.get(diagnostic.span.range()).is_some(), "{} at {:?}", diagnostic.rule, diagnostic.span);
        assert!(target.raw().get(target.place(diagnostic.span).range()).is_some(), "{} in the file", diagnostic.rule);
        if let (Some(span), Some(source)) = (diagnostic.source, &source) {
            assert!(source.text.get(span.range()).is_some(), "{} in the source", diagnostic.rule);
        }
    }
    assert!((0.0..=100.0).contains(&report.score));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_checked(target in any::<String>()) {
        assert_sound(&target, None, Format::Plain);
    }

    #[test]
    fn any_news_is_checked_with_any_source(target in newsy(), source in newsy()) {
        assert_sound(&target, Some(&source), Format::Plain);
        assert_sound(&target, Some(&source), Format::Markdown);
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Some(decoded) = decode(&bytes) {
            assert_sound(&decoded.text, None, Format::Markdown);
        }
    }

    #[test]
    fn segments_concatenate_to_the_block(text in newsy(), tag in prop::sample::select(vec!["fr", "en", "zh", "ja", "ko", "hi", "ru", "de", "und"])) {
        let language = &corpus().knowledge(tag).unwrap().language;
        let document = parse(text, Format::Plain);
        for block in &document.blocks {
            let cut = segments(&document.text, block.span, language);
            let joined: String = cut.iter().map(|span| span.of(&document.text)).collect();
            prop_assert_eq!(&joined, block.span.of(&document.text));
        }
    }
}
