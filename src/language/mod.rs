//! Which language a text is in: scripts first, then function words, then whatlang among the languages that are left.

pub mod script;

use crate::corpus::{Code, Corpus};
use crate::document::Span;
use crate::error::Error;
use crate::token::{Kind, Token, Tokenizer, WordHash};
use rustc_hash::FxHashMap;
use script::counts;

/// Letters below which a text says nothing on its own.
const SHORTEST: usize = 4;
/// A Latin text shorter than this, in letters, is named only when function words or a prior speak for it.
const SHORT: usize = 12;

/// A guess at the language of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess<'c> {
    /// None when nothing can be said.
    pub tag: Option<&'c str>,
    /// 0 to 1.
    pub confidence: f32,
}

/// Knows the function words of all languages with a folder, and the codes of all others.
pub struct Detector<'c> {
    codes: &'c [Code],
    /// Bit i: a function word of `packs[i]`.
    function_words: FxHashMap<WordHash, u32>,
    packs: Vec<&'c str>,
}

impl<'c> Detector<'c> {
    pub fn new(corpus: &'c Corpus) -> Result<Detector<'c>, Error> {
        let mut detector = Detector { codes: corpus.codes(), function_words: FxHashMap::default(), packs: Vec::new() };
        for pack in corpus.packs() {
            let Some(tag) = corpus.tag(&pack) else { continue };
            let bit = 1 << detector.packs.len();
            for word in corpus.function_words(tag) {
                *detector.function_words.entry(word).or_default() |= bit;
            }
            detector.packs.push(tag);
        }
        Ok(detector)
    }

    /// The language of a text. `prior` is the language it is declared or expected to be in.
    pub fn detect(&self, text: &str, prior: Option<&str>) -> Guess<'c> {
        let counts = counts(text);
        let letters: usize = counts.iter().map(|(_, count)| count).sum();
        let unspaced = counts.iter().any(|(name, _)| matches!(*name, "Han" | "Kana" | "Hangul"));
        if letters < SHORTEST && !unspaced || letters == 0 {
            return Guess { tag: None, confidence: 0.0 };
        }
        let script = dominant(&counts);
        let share = counts.iter().find(|(name, _)| *name == script).map_or(0.0, |(_, count)| *count as f32 / letters as f32);
        let candidates: Vec<&Code> = self.codes.iter().filter(|code| code.script == script).collect();
        match candidates.as_slice() {
            [] => Guess { tag: None, confidence: 0.0 },
            [only] => Guess { tag: Some(&only.tag), confidence: share.max(0.5) },
            _ => self.vote(text, letters, &candidates, prior),
        }
    }

    /// Chooses among languages of one script.
    fn vote(&self, text: &str, letters: usize, candidates: &[&'c Code], prior: Option<&str>) -> Guess<'c> {
        let hits = self.hits(text);
        let words = hits.words.max(1) as f32;
        let allowed: Vec<whatlang::Lang> =
            candidates.iter().filter_map(|code| whatlang::Lang::from_code(&code.iso639_3)).collect();
        let trigrams = whatlang::Detector::with_allowlist(allowed).detect(text);
        let mut scores: Vec<(f32, &'c str)> = candidates
            .iter()
            .map(|code| {
                let known = self.packs.iter().position(|pack| *pack == code.tag);
                let words = known.map_or(0.0, |pack| hits.weight[pack]) / words;
                let trigram = trigrams
                    .as_ref()
                    .filter(|info| info.lang().code() == code.iso639_3)
                    .map_or(0.0, |info| 0.35 + 0.65 * info.confidence() as f32);
                let prior = if prior == Some(code.tag.as_str()) { 0.15 } else { 0.0 };
                (2.0 * words + trigram + prior, code.tag.as_str())
            })
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, second) = (scores[0], scores[1]);
        let lead = (best.0 - second.0) / best.0.max(0.01);
        let confidence = lead.clamp(0.0, 1.0) * (letters as f32 / (letters as f32 + 8.0));
        let silent = best.0 <= 0.2 || letters < SHORT && confidence < 0.1;
        Guess { tag: (!silent).then_some(best.1), confidence }
    }

    /// How many words of a text are function words of each language; a word of several languages counts a share for each.
    fn hits(&self, text: &str) -> Hits {
        let mut tokens = Vec::new();
        Tokenizer::new(None, &[], &[]).tokens(text, Span::new(0, text.len()), &mut tokens);
        self.hits_in(&tokens)
    }

    fn hits_in(&self, tokens: &[Token]) -> Hits {
        let mut hits = Hits { words: 0, weight: vec![0.0; self.packs.len()] };
        for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
            hits.words += 1;
            let mask = self.mask(token);
            let share = 1.0 / mask.count_ones().max(1) as f32;
            for (pack, weight) in hits.weight.iter_mut().enumerate() {
                if mask & (1 << pack) != 0 {
                    *weight += share;
                }
            }
        }
        hits
    }

    /// The languages of which a token is a function word, as bits in the order of the packs.
    pub fn mask(&self, token: &Token) -> u32 {
        self.function_words.get(&token.form).copied().unwrap_or(0)
    }

    /// The bit of a language in [`Detector::mask`]; 0 when it has no folder.
    pub fn bit(&self, tag: &str) -> u32 {
        self.packs.iter().position(|pack| *pack == tag).map_or(0, |pack| 1 << pack)
    }

    /// The language of the lowest bit of a mask.
    pub fn of_bit(&self, bit: u32) -> Option<&'c str> {
        self.packs.get(bit.trailing_zeros() as usize).copied()
    }

    /// Whether the words of a stretch speak plainly for the language that is expected: most texts need no closer look.
    pub fn confirms(&self, tokens: &[Token], expected: &str) -> bool {
        let bit = self.bit(expected);
        let (mut own, mut other) = (0, 0);
        for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
            let mask = self.mask(token);
            if mask & bit != 0 {
                own += 1;
            } else if mask != 0 {
                other += 1;
            }
        }
        own > other && own * 8 >= tokens.len()
    }
}

struct Hits {
    words: usize,
    weight: Vec<f32>,
}

/// The script a text is written in. Kana decides against Han: Japanese mixes both.
fn dominant(counts: &[(&'static str, usize)]) -> &'static str {
    let of = |name: &str| counts.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    let unspaced = of("Han") + of("Kana");
    if of("Kana") > 0 && unspaced * 3 >= total {
        return "Kana";
    }
    // One Han character carries about as much as three letters.
    if of("Han") * 3 >= total - of("Han") && of("Han") > 0 {
        return "Han";
    }
    counts.first().map_or("", |(name, _)| name)
}
