//! What speaks for two segments being translations: their lengths, and the anchors that they share.
//! An anchor is a number by value, a date, a name, a concept, a word that stands in both texts as it is, or a mark.

use crate::article::{Analysis, Segment};
use crate::corpus::Corpus;
use crate::extract::Form;
use crate::token::{Kind, hash};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A Latin letter beside an unspaced script says about a third of what a character does.
const LATIN_SHARE: f32 = 0.35;

/// The features of all segments of two texts.
pub struct Evidence {
    pub source: Vec<Features>,
    pub target: Vec<Features>,
    /// Target length for one unit of source length, learnt from the two texts.
    pub ratio: f32,
    weights: FxHashMap<u64, f32>,
    source_sums: Vec<f32>,
    target_sums: Vec<f32>,
}

/// What is compared of one segment.
pub struct Features {
    /// Sorted, with repetitions.
    pub anchors: Vec<u64>,
    pub heading: bool,
    pub last_mark: Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Stop,
    Question,
    Other,
}

impl Evidence {
    pub fn new(source: &Analysis, target: &Analysis, corpus: &Corpus) -> Evidence {
        let of =
            |analysis: &Analysis| analysis.segments.iter().map(|segment| features(analysis, segment, corpus)).collect::<Vec<_>>();
        let (source_features, target_features) = (of(source), of(target));
        let sums = |analysis: &Analysis| {
            let mut sum = 0.0;
            let lengths = analysis.segments.iter().map(|segment| length(analysis, segment));
            std::iter::once(0.0)
                .chain(lengths)
                .map(|length| {
                    sum += length;
                    sum
                })
                .collect::<Vec<f32>>()
        };
        let (source_sums, target_sums) = (sums(source), sums(target));
        let total = |sums: &[f32]| sums.last().copied().unwrap_or(0.0).max(1.0);
        let ratio = total(&target_sums) / total(&source_sums);
        let weights = weights(&source_features, &target_features);
        Evidence { source: source_features, target: target_features, ratio, weights, source_sums, target_sums }
    }

    pub fn source_length(&self, range: &Range<usize>) -> f32 {
        self.source_sums[range.end] - self.source_sums[range.start]
    }

    pub fn target_length(&self, range: &Range<usize>) -> f32 {
        self.target_sums[range.end] - self.target_sums[range.start]
    }

    /// The weight of the shared anchors of two groups of segments, and of all anchors of each group that could be shared.
    pub fn overlap(&self, source: &Range<usize>, target: &Range<usize>) -> Overlap {
        let merge = |features: &[Features]| -> Vec<u64> {
            let mut all: Vec<u64> = features.iter().flat_map(|segment| segment.anchors.iter().copied()).collect();
            all.sort_unstable();
            all
        };
        if let ([one], [other]) = (&self.source[source.clone()], &self.target[target.clone()]) {
            return self.shared(&one.anchors, &other.anchors);
        }
        self.shared(&merge(&self.source[source.clone()]), &merge(&self.target[target.clone()]))
    }

    fn shared(&self, source: &[u64], target: &[u64]) -> Overlap {
        let mut overlap = Overlap::default();
        let (mut i, mut j) = (0, 0);
        while i < source.len() || j < target.len() {
            let (a, b) = (source.get(i), target.get(j));
            match (a, b) {
                (Some(a), Some(b)) if a == b => {
                    let weight = self.weight(*a);
                    overlap.shared += weight;
                    overlap.source += weight;
                    overlap.target += weight;
                    (i, j) = (i + 1, j + 1);
                }
                (Some(a), other) if other.is_none_or(|b| a < b) => {
                    overlap.source += self.weight(*a);
                    i += 1;
                }
                (_, Some(b)) => {
                    overlap.target += self.weight(*b);
                    j += 1;
                }
                _ => break,
            }
        }
        overlap
    }

    fn weight(&self, anchor: u64) -> f32 {
        self.weights.get(&anchor).copied().unwrap_or(0.0)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Overlap {
    pub shared: f32,
    pub source: f32,
    pub target: f32,
}

impl Overlap {
    /// Dice coefficient of the weights.
    pub fn similarity(self) -> f32 {
        if self.source + self.target > 0.0 { 2.0 * self.shared / (self.source + self.target) } else { 0.0 }
    }
}

/// Rare anchors say more; those that only one text holds say nothing.
fn weights(source: &[Features], target: &[Features]) -> FxHashMap<u64, f32> {
    let count = |features: &[Features]| {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for segment in features {
            let mut anchors = segment.anchors.clone();
            anchors.dedup();
            for anchor in anchors {
                *counts.entry(anchor).or_default() += 1;
            }
        }
        counts
    };
    let (in_source, in_target) = (count(source), count(target));
    let all = (source.len() + target.len()) as f32;
    let shared = in_source.iter().filter_map(|(anchor, a)| Some((*anchor, a, in_target.get(anchor)?)));
    shared.map(|(anchor, a, b)| (anchor, (1.0 + all / (a + b) as f32).ln())).collect()
}

fn length(analysis: &Analysis, segment: &Segment) -> f32 {
    let spaced = analysis.language().profile.spaced;
    let characters = segment.span.of(analysis.text()).chars().filter(|c| !c.is_whitespace());
    characters.map(|c| if spaced || !c.is_ascii() { 1.0 } else { LATIN_SHARE }).sum::<f32>().max(1.0)
}

fn features(analysis: &Analysis, segment: &Segment, corpus: &Corpus) -> Features {
    let text = analysis.text();
    let mut anchors = Vec::new();
    for number in analysis.numbers_in(segment.span).iter().filter(|number| number.form != Form::Label) {
        anchors.push(hash(&format!("n{}", number.value)));
    }
    for date in analysis.dates_in(segment.span) {
        let parts =
            [date.year.map(|year| year as u32), date.month.map(u32::from), date.day.map(u32::from), date.weekday.map(u32::from)];
        anchors.extend(parts.iter().enumerate().filter_map(|(part, value)| value.map(|value| hash(&format!("d{part}-{value}")))));
    }
    for name in analysis.names_in(segment.span) {
        if let Some(entry) = name.entry {
            anchors.push(hash(&format!("e{}", corpus.names().root(entry))));
        }
    }
    for concept in analysis.concepts_in(segment.span) {
        anchors.push(hash(&format!("c{}", concept.id)));
    }
    // Words that both texts may share: names, acronyms, digits, cognates in full.
    for token in analysis.tokens_of(segment).iter().filter(|token| token.kind != Kind::Unspaced) {
        let word = token.text(text);
        if token.kind == Kind::Number || word.chars().count() > 3 || word.chars().all(char::is_uppercase) {
            anchors.push(token.form);
        }
    }
    let last_mark =
        match segment.span.of(text).trim_end_matches(|c: char| c.is_whitespace() || "\"»”’)」』".contains(c)).chars().next_back()
        {
            Some('?' | '？' | '؟') => Mark::Question,
            Some('.' | '。' | '!' | '！' | '…') => Mark::Stop,
            _ => Mark::Other,
        };
    anchors.sort_unstable();
    Features { anchors, heading: segment.kind == crate::document::BlockKind::Heading, last_mark }
}
