//! Whatever a text holds, its numbers and dates are read without harm.

use super::number_tests::{found_in, language};
use crate::corpus::Language;
use crate::document::Span;
use proptest::prelude::*;
use std::sync::OnceLock;

fn known(tag: &'static str) -> &'static Language {
    static LANGUAGES: OnceLock<Vec<(&'static str, Language)>> = OnceLock::new();
    let all = LANGUAGES.get_or_init(|| ["fr", "en", "zh", "de"].map(|tag| (tag, language(tag))).into());
    &all.iter().find(|(known, _)| *known == tag).expect("one of the four").1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(before in any_text(), inside in any_text(), after in any_text()) {
        let text = format!("{before}{inside}{after}");
        let stretch = Span::new(before.len(), before.len() + inside.len());
        for tag in ["fr", "en", "zh", "de"] {
            let (numbers, dates) = found_in(known(tag), &text, stretch);
            let mut done = stretch.start;
            for number in &numbers {
                for span in [Some(number.span), number.unit_span].into_iter().flatten() {
                    prop_assert!(text.get(span.range()).is_some() && stretch.contains(span), "{number:?}");
                }
                prop_assert!(done <= number.span.start && !number.span.is_empty(), "{numbers:?}");
                prop_assert!(number.value.is_finite(), "{number:?}");
                done = number.span.end;
            }
            let mut done = stretch.start;
            for date in &dates {
                prop_assert!(text.get(date.span.range()).is_some() && done <= date.span.start, "{dates:?}");
                done = date.span.end;
            }
            prop_assert!(done <= stretch.end, "{dates:?}");
            prop_assert!(dates.iter().all(|date| numbers.iter().all(|number| !number.span.overlaps(date.span))));
        }
    }
}

/// Texts made of what numbers are made of, and of anything.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[ .,:/\u{A0}\u{2019}%$€-]{1,2}",
        "\\PC{1,3}",
        prop::sample::select(vec![
            "cent",
            "deux",
            "mille",
            "million",
            "et",
            "demi",
            "une",
            "dizaine",
            "de",
            "à",
            "quatre-vingt",
            "siècle",
            "XIX",
            "mai",
            "July",
            "two",
            "half",
            "a",
            "hundred",
            "third",
            "point",
            "percent",
            "und",
            "zwanzig",
            "fünf",
            "三",
            "十",
            "百",
            "万",
            "亿",
            "分之",
            "百分之",
            "点",
            "半",
            "年",
            "月",
            "日",
            "个",
            "成",
            "零",
            "第",
            "约",
            "多",
            "周六",
            "½",
            "٣",
            "１２",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}
