//! Throughput of the whole check and of its stages, on one core, in bytes of text.
//!
//! `cargo bench --bench throughput`

use contresens::article::{Analysis, Cut};
use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus, Document};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::sync::OnceLock;

fn main() {
    divan::main();
}

/// Articles of this project, one after another, until they fill about 100 KB.
fn french() -> &'static Document {
    static TEXT: OnceLock<Document> = OnceLock::new();
    TEXT.get_or_init(|| {
        let articles = [
            include_str!("../corpus/articles/usine-de-batteries/good.fr.txt"),
            include_str!("../corpus/articles/typhon-sur-la-cote/good.fr.txt"),
            include_str!("../corpus/articles/hopital-de-la-ville/good.fr.txt"),
            include_str!("../corpus/articles/sommet-de-lisbonne/good.fr.txt"),
        ];
        // Each round numbered, so that no sentence repeats itself to the letter.
        let rounds =
            (0..12).flat_map(|round| articles.iter().map(move |article| article.replace(". ", &format!(" ({round}). "))));
        parse(rounds.collect(), Format::Plain)
    })
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).expect("the embedded corpus"))
}

fn bytes() -> BytesCount {
    BytesCount::of_str(&french().text)
}

#[divan::bench]
fn check_french_alone(bencher: Bencher) {
    let checker = Checker::new(corpus()).expect("a checker");
    let check = Check { target: Some(french()), to: Some("fr"), ..Check::default() };
    bencher.counter(bytes()).bench_local(|| checker.check(black_box(&check)).map(|report| report.diagnostics.len()));
}

#[divan::bench]
fn analyse_french(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench_local(|| Analysis::new(black_box(french()), "fr", corpus(), Cut::Sentences).map(|analysis| analysis.tokens.len()));
}

#[divan::bench]
fn detect_french(bencher: Bencher) {
    let checker = Checker::new(corpus()).expect("a checker");
    bencher.counter(bytes()).bench_local(|| {
        french().text.lines().filter(|line| checker.detector().detect(black_box(line), None).tag.is_some()).count()
    });
}

/// What every start of the program costs before the first article.
#[divan::bench]
fn start_up(bencher: Bencher) {
    let empty = parse("Bonjour.".to_owned(), Format::Plain);
    bencher.bench_local(|| {
        let corpus = Corpus::load(None).expect("the embedded corpus");
        let checker = Checker::new(&corpus).expect("a checker");
        let check = Check { target: Some(&empty), to: Some("fr"), ..Check::default() };
        checker.check(black_box(&check)).map(|report| report.words)
    });
}
