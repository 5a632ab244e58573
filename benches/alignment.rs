//! Throughput of alignment and its growth with the length of the texts, beside a plain Gale-Church dynamic programme in the
//! same run. The texts are generated, so that nothing but the program is measured.
//!
//! `cargo bench --bench alignment` prints a table; the last line takes Gale-Church minutes. The memory that
//! goes with it: `scripts/measure_scale.py`.

use contresens::align::align;
use contresens::article::{Analysis, Cut};
use contresens::input::{Format, parse};
use contresens::{Corpus, Document};
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const SIZES: [usize; 3] = [1000, 5000, 20_000];
/// A size is measured until this much time is used up, at least once; the fastest run counts.
const ENOUGH: Duration = Duration::from_secs(3);

fn main() {
    println!("                 contresens                           Gale-Church, the whole table");
    println!("sentences     seconds  sentences/s  n times     seconds  sentences/s  n times   it takes");
    let mut first = None;
    for size in SIZES {
        let (source, target) = texts(size);
        let sides = (analysed(&source), analysed(&target));
        let ours = fastest(|| align(black_box(&sides.0), black_box(&sides.1), corpus()).beads.len());
        let (left, right) = (lengths(&source), lengths(&target));
        let plain = fastest(|| textbook(black_box(&left), black_box(&right)).len());
        let (small, (ours_small, plain_small)) = *first.get_or_insert((size, (ours, plain)));
        // How much longer than the first size it took, for every time that the text is longer: 1 is linear.
        let growth =
            |time: Duration, small_time: Duration| time.as_secs_f64() / small_time.as_secs_f64() / (size as f64 / small as f64);
        let column = |time: Duration, small_time| {
            let seconds = time.as_secs_f64();
            format!("{seconds:11.3} {:12.0} {:8.2}", size as f64 / seconds, growth(time, small_time))
        };
        let times = plain.as_secs_f64() / ours.as_secs_f64();
        println!("{size:9} {} {} {times:8.2} x", column(ours, ours_small), column(plain, plain_small));
    }
}

/// The time of the fastest run.
fn fastest<T>(mut run: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    while best == Duration::MAX || start.elapsed() < ENOUGH {
        let begun = Instant::now();
        black_box(run());
        best = best.min(begun.elapsed());
    }
    best
}

fn lengths(document: &Document) -> Vec<f64> {
    document.text.lines().map(|line| line.chars().count() as f64).collect()
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

/// Gale and Church (1993) as their paper has it: lengths, six types of beads, every cell of the table. Of the totals only
/// the rows that are still needed are kept, of the steps all: 20,000 sentences take 400 MB.
fn textbook(source: &[f64], target: &[f64]) -> Vec<(usize, usize)> {
    const TYPES: [(usize, usize, f64); 6] =
        [(1, 1, 0.89), (1, 0, 0.0099), (0, 1, 0.0099), (2, 1, 0.0445), (1, 2, 0.0445), (2, 2, 0.011)];
    let (rows, columns) = (source.len() + 1, target.len() + 1);
    let types = TYPES.map(|(height, width, chance)| (height, width, -chance.ln()));
    let mut totals = [vec![f64::INFINITY; columns], vec![f64::INFINITY; columns], vec![f64::INFINITY; columns]];
    let mut steps = vec![0u8; rows * columns];
    for row in 0..rows {
        for column in 0..columns {
            let (mut best, mut step) = (if row + column == 0 { 0.0 } else { f64::INFINITY }, 0);
            for (number, &(height, width, rare)) in types.iter().enumerate() {
                if height > row || width > column {
                    continue;
                }
                let length = |side: &[f64]| side.iter().sum::<f64>();
                let cost = match_cost(length(&source[row - height..row]), length(&target[column - width..column]));
                let total = totals[(row - height) % 3][column - width] + cost + rare;
                if total < best {
                    (best, step) = (total, number as u8);
                }
            }
            totals[row % 3][column] = best;
            steps[row * columns + column] = step;
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
