//! Alignment of two texts of generated sentences against a textbook Gale-Church in the same run, and growth with length.
//!
//! `cargo bench --bench alignment`; the memory that goes with it: `scripts/measure_scale.py`.

use contresens::align::align;
use contresens::article::{Analysis, Cut};
use contresens::input::{Format, parse};
use contresens::{Corpus, Document};
use divan::{Bencher, black_box};
use std::sync::OnceLock;

fn main() {
    divan::main();
}

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).expect("the embedded corpus"))
}

/// A generator of numbers (Knuth's MMIX), so that every run sees the same text.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// The number of a word: as in texts, few are frequent and most are rare.
    fn word(&mut self) -> u64 {
        let common = 1 + self.below(8000);
        self.below(common)
    }
}

/// A word of a made-up language: every language spells the same number with other letters.
fn spelled(mut number: u64, syllables: &[&str]) -> String {
    let mut word = String::new();
    number += syllables.len() as u64;
    while number > 0 {
        word.push_str(syllables[(number % syllables.len() as u64) as usize]);
        number /= syllables.len() as u64;
    }
    word
}

const SYLLABLES: (&[&str], &[&str]) =
    (&["ta", "mo", "rin", "ke", "sul", "pa", "vi", "dor", "ne"], &["gu", "lesh", "bi", "ora", "ty", "wen", "cha", "fi", "zoo"]);

/// Two texts of about so many sentences: one in twenty is left out on either side, one in ten is joined with the next.
fn texts(sentences: usize) -> (Document, Document) {
    let mut numbers = Numbers(7);
    let (mut source, mut target) = (String::new(), String::new());
    for _ in 0..sentences {
        let words: Vec<u64> = (0..6 + numbers.below(18)).map(|_| numbers.word()).collect();
        let side = |syllables: &[&str]| words.iter().map(|word| spelled(*word, syllables)).collect::<Vec<_>>().join(" ");
        let end = if numbers.below(10) == 0 { ", " } else { ".\n" };
        if numbers.below(20) != 0 {
            source.push_str(&side(SYLLABLES.0));
            source.push_str(".\n");
        }
        if numbers.below(20) != 0 {
            target.push_str(&side(SYLLABLES.1));
            target.push_str(end);
        }
    }
    (parse(source, Format::Plain), parse(target, Format::Plain))
}

fn analysed(document: &Document) -> Analysis<'_> {
    Analysis::new(document, "en", corpus(), Cut::Blocks).expect("a language of the corpus")
}

#[divan::bench(args = [100, 300, 1000, 3000, 10_000, 20_000], max_time = 30, min_time = 1, sample_count = 5)]
fn contresens(bencher: Bencher, sentences: usize) {
    let (source, target) = texts(sentences);
    let (source, target) = (analysed(&source), analysed(&target));
    bencher.bench_local(|| align(black_box(&source), black_box(&target), corpus()).beads.len());
}

/// Its table grows with the product of the lengths: 20,000 sentences would take it 400 MB.
#[divan::bench(args = [100, 300, 1000, 3000], max_time = 30, min_time = 1, sample_count = 5)]
fn gale_church(bencher: Bencher, sentences: usize) {
    let (source, target) = texts(sentences);
    let lengths = |document: &Document| document.text.lines().map(|line| line.chars().count() as f64).collect::<Vec<_>>();
    let (source, target) = (lengths(&source), lengths(&target));
    bencher.bench_local(|| textbook(black_box(&source), black_box(&target)).len());
}

/// Gale and Church (1993) as their paper has it: lengths, six types of beads, the whole table.
fn textbook(source: &[f64], target: &[f64]) -> Vec<(usize, usize)> {
    const TYPES: [(usize, usize, f64); 6] =
        [(1, 1, 0.89), (1, 0, 0.0099), (0, 1, 0.0099), (2, 1, 0.0445), (1, 2, 0.0445), (2, 2, 0.011)];
    let (rows, columns) = (source.len() + 1, target.len() + 1);
    let mut totals = vec![f64::INFINITY; rows * columns];
    let mut steps = vec![0u8; rows * columns];
    totals[0] = 0.0;
    for row in 0..rows {
        for column in 0..columns {
            for (number, &(height, width, chance)) in TYPES.iter().enumerate() {
                if height > row || width > column {
                    continue;
                }
                let length = |side: &[f64]| side.iter().sum::<f64>();
                let cost = match_cost(length(&source[row - height..row]), length(&target[column - width..column]));
                let total = totals[(row - height) * columns + column - width] + cost - chance.ln();
                if total < totals[row * columns + column] {
                    totals[row * columns + column] = total;
                    steps[row * columns + column] = number as u8;
                }
            }
        }
    }
    let (mut row, mut column) = (rows - 1, columns - 1);
    let mut beads = Vec::new();
    while row + column > 0 {
        let (height, width, _) = TYPES[steps[row * columns + column] as usize];
        beads.push((height, width));
        (row, column) = (row - height, column - width);
    }
    beads
}

/// Minus the logarithm of the chance of two lengths under one expansion (variance 6.8 a character).
fn match_cost(source: f64, target: f64) -> f64 {
    if source + target == 0.0 {
        return 0.0;
    }
    let z = (source - target).abs() / (6.8 * f64::midpoint(source, target)).sqrt();
    // The tail of the normal distribution (Abramowitz and Stegun 26.2.17).
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let terms = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let series = terms.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let tail = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * series;
    -(2.0 * tail).max(1e-300).ln()
}
