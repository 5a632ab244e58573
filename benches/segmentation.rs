//! Throughput of sentence segmentation against other programs in the same run, on one core, in bytes of text.
//!
//! `cargo bench --features peers --bench segmentation`

use contresens::Corpus;
use contresens::document::Span;
use contresens::segment::segments;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    divan::main();
}

/// The paragraphs with which segmentation is tested, without their marks, until they fill about 100 KB.
fn text(tag: &str) -> String {
    let cases = match tag {
        "fr" => include_str!("../corpus/languages/fr/segments.txt"),
        "de" => include_str!("../corpus/languages/de/segments.txt"),
        _ => include_str!("../corpus/languages/zh/segments.txt"),
    };
    let lines: Vec<String> = cases.lines().map(|line| line.replace('‖', "")).collect();
    let round = lines.join("\n");
    let rounds = 100_000 / round.len() + 1;
    vec![round; rounds].join("\n")
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).expect("the embedded corpus"))
}

const LANGUAGES: [&str; 3] = ["fr", "de", "zh"];

/// Line by line, as the program cuts its blocks.
fn counted(bencher: Bencher, tag: &str, count: impl Fn(&str) -> usize) {
    let text = text(tag);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| black_box(&text).lines().map(&count).sum::<usize>());
}

#[divan::bench(args = LANGUAGES)]
fn contresens(bencher: Bencher, tag: &str) {
    let language = &corpus().knowledge(tag).expect("a language with a folder").language;
    counted(bencher, tag, |line| segments(line, Span::new(0, line.len()), language).len());
}

#[divan::bench(args = LANGUAGES)]
fn sentencex(bencher: Bencher, tag: &str) {
    counted(bencher, tag, |line| sentencex::segment(tag, line).len());
}

/// The rules of Unicode (UAX 29), which know no language and no abbreviation.
#[divan::bench(args = LANGUAGES)]
fn unicode_sentence_bounds(bencher: Bencher, tag: &str) {
    counted(bencher, tag, |line| line.split_sentence_bounds().count());
}
