//! Detection of the language of news sentences, in lines of text, against whatlang with an allow-list of the same languages
//! and whichlang (sixteen languages), on the same lines in one run; with the feature `peers` against lingua too.
//!
//! `cargo bench --bench detection`, `cargo bench --features peers --bench detection`

use contresens::Corpus;
use contresens::language::Detector;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use std::path::Path;
use std::{fs, sync::OnceLock};

fn main() {
    divan::main();
}

/// The samples of every language that has some.
fn lines() -> &'static [String] {
    static LINES: OnceLock<Vec<String>> = OnceLock::new();
    LINES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/languages");
        let folders = fs::read_dir(root).expect("corpus/languages").filter_map(Result::ok);
        let samples = folders.filter_map(|folder| fs::read_to_string(folder.path().join("samples.txt")).ok());
        samples.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
    })
}

/// The first five words of each: where little speaks.
fn beginnings() -> &'static [String] {
    static LINES: OnceLock<Vec<String>> = OnceLock::new();
    LINES.get_or_init(|| lines().iter().map(|line| line.split(' ').take(5).collect::<Vec<_>>().join(" ")).collect())
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).expect("the embedded corpus"))
}

/// Whole sentences, or their first five words.
const LENGTHS: [&str; 2] = ["sentences", "five words"];

fn text(length: &str) -> &'static [String] {
    if length == LENGTHS[0] { lines() } else { beginnings() }
}

#[divan::bench(args = LENGTHS)]
fn contresens(bencher: Bencher, length: &str) {
    let lines = text(length);
    let detector = Detector::new(corpus()).expect("a detector");
    let told = || lines.iter().filter(|line| detector.detect(black_box(line), None).tag.is_some()).count();
    bencher.counter(ItemsCount::new(lines.len())).bench_local(told);
}

#[divan::bench(args = LENGTHS)]
fn whatlang_among_the_same(bencher: Bencher, length: &str) {
    let lines = text(length);
    let known = corpus().packs();
    let codes = corpus().codes().iter().filter(|code| known.contains(&code.tag));
    let detector =
        whatlang::Detector::with_allowlist(codes.filter_map(|code| whatlang::Lang::from_code(&code.iso639_3)).collect());
    let told = || lines.iter().filter(|line| detector.detect(black_box(line)).is_some()).count();
    bencher.counter(ItemsCount::new(lines.len())).bench_local(told);
}

#[divan::bench(args = LENGTHS)]
fn whichlang_alone(bencher: Bencher, length: &str) {
    let lines = text(length);
    let told = || lines.iter().map(|line| whichlang::detect_language(black_box(line)) as usize).sum::<usize>();
    bencher.counter(ItemsCount::new(lines.len())).bench_local(told);
}

/// Lingua among the packs' languages that it has, with whole models and with the small ones.
#[cfg(feature = "peers")]
#[divan::bench(args = LENGTHS, consts = [true, false])]
fn lingua<const WHOLE: bool>(bencher: Bencher, length: &str) {
    let lines = text(length);
    let mut builder = lingua::LanguageDetectorBuilder::from_all_languages();
    if !WHOLE {
        builder.with_low_accuracy_mode();
    }
    let detector = builder.build();
    let told = || lines.iter().filter(|line| detector.detect_language_of(black_box(line.as_str())).is_some()).count();
    bencher.counter(ItemsCount::new(lines.len())).bench_local(told);
}
