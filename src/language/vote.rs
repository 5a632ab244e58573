//! The votes of whichlang (quick, sixteen languages) and whatlang (slow, all of them) among languages of one script.

use super::evidence::{Languages, members, only};
use crate::corpus::Code;

/// Asks the language models of other crates.
pub struct Voters<'c> {
    codes: &'c [Code],
    /// The languages that whichlang tells apart.
    pub quick: Languages,
    /// The index of each language of [`whichlang::LANGUAGES`].
    which: Vec<Option<usize>>,
    /// Whatlang's language of each index.
    what: Vec<Option<whatlang::Lang>>,
}

impl<'c> Voters<'c> {
    pub fn new(codes: &'c [Code]) -> Voters<'c> {
        let index = |iso: &str| codes.iter().position(|code| code.iso639_3 == iso);
        let which: Vec<Option<usize>> = whichlang::LANGUAGES.iter().map(|language| index(language.three_letter_code())).collect();
        let quick = which.iter().flatten().fold(0, |set, index| set | only(*index));
        let what = codes.iter().map(|code| whatlang::Lang::from_code(&code.iso639_3)).collect();
        Voters { codes, quick, which, what }
    }

    /// Whichlang's choice, when it is one of the candidates.
    pub fn quick_choice(&self, text: &str, among: Languages) -> Option<usize> {
        let code = whichlang::detect_language(text).three_letter_code();
        let index = self.which.iter().flatten().copied().find(|index| self.codes[*index].iso639_3 == code)?;
        (among & only(index) != 0).then_some(index)
    }

    /// Whatlang's choice among the candidates, with its confidence. Its time grows with their number.
    pub fn slow_choice(&self, text: &str, among: Languages) -> Option<(usize, f32)> {
        let allowed: Vec<whatlang::Lang> = members(among).filter_map(|index| self.what.get(index).copied().flatten()).collect();
        let info = whatlang::Detector::with_allowlist(allowed).detect(text)?;
        let index = self.what.iter().position(|language| *language == Some(info.lang()))?;
        (among & only(index) != 0).then_some((index, info.confidence() as f32))
    }
}
