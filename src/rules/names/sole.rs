//! Which words of a source can only be a name, although the program does not know it.

use super::lookup::{Words, is_latin, within, words};
use crate::article::Analysis;
use crate::document::Span;
use crate::extract::Name;
use crate::rules::Context;
use crate::token::{Token, WordHash, is_apostrophe};
use rustc_hash::FxHashSet;

/// A source read for its names.
pub struct Reading<'r, 'a> {
    pub context: &'r Context<'a>,
    pub source: &'r Analysis<'a>,
    pub words: &'r Words<'a>,
    /// Nothing but a sentence or two: no others may have lent or taken a name.
    pub alone: bool,
}

/// Letters of the shortest name of one word that is looked for, and of the shortest abbreviation.
const LETTERS: usize = 4;
const ABBREVIATION: usize = 3;

/// The concept of what somebody says, beside which a speaker stands.
const SAY: &str = "say";

impl<'r> Reading<'r, '_> {
    /// The words of a name: in a lone sentence without those of grammar that have a capital in it, as in `Del Potro`.
    pub fn parts(&self, name: &Name) -> Vec<&'r Token> {
        let all = words(self.source, name.span);
        all.filter(|word| !self.alone || !self.words.is_apart(word)).collect()
    }

    /// The words of a run that can only be one name: a word of its own, or somebody's first and last name. What is
    /// joined to words that were `translated` too is no name of its own, nor is a noun beside one that the translation `kept`.
    pub fn sole(
        &self,
        name: &Name,
        parts: Vec<&'r Token>,
        kept: impl Fn(&Token) -> bool,
        translated: impl Fn(&Token) -> bool,
    ) -> Option<Vec<&'r Token>> {
        let source = self.source;
        let spelt = name.span.of(source.text());
        // In another script a name has an ending, and its sound is all that is left of it.
        let latin = is_latin(source);
        let literal = latin || spelt.starts_with(|c: char| c.is_ascii_alphabetic());
        if !literal && !self.alone {
            return None;
        }
        let given = self.context.corpus.given_names();
        let telling = |word: &Token| !self.words.is_common(word);
        let nouns = source.language().profile().casing.nouns;
        let sole = match parts[..] {
            [] => false,
            [only] => self.is_name(name, only) && !self.words.is_plain(only) && !self.links(name.span).is_some_and(translated),
            _ if literal && !latin => true,
            [first, .., last] if given.contains(&first.form) => telling(last),
            _ if nouns => return self.beside(name, parts, kept),
            // What several common words name may be translated word by word.
            _ => self.alone && parts.iter().all(|word| telling(word)),
        };
        sole.then_some(parts)
    }

    /// Whether one word is a name by its place and its letters.
    fn is_name(&self, name: &Name, only: &Token) -> bool {
        let text = self.source.text();
        let spelt = only.text(text);
        let profile = self.source.language().profile();
        let native = |c: char| c.is_ascii() || profile.letters.contains(c);
        let foreign = || spelt.to_lowercase().contains(|c| !native(c));
        let given = self.context.corpus.given_names();
        let known = || self.alone && given.contains(&only.form) && !self.renames(given);
        // Where nouns have capitals, a name is told by a letter that the language does not write, or is somebody's.
        let name_like = if profile.casing.nouns {
            foreign() || known() || self.alone && self.is_speaker(only)
        } else {
            !name.initial || !profile.spaced || known()
        };
        let whole = only.span == name.span || self.alone && only.span.end == name.span.end;
        let small = spelt.chars().any(char::is_lowercase) && !spelt.contains(is_apostrophe);
        spelt.chars().count() >= LETTERS && whole && small && name_like
    }

    /// Whether the translation has a first name that the source lacks: some are translated.
    fn renames(&self, given: &FxHashSet<WordHash>) -> bool {
        let new = |token: &Token| given.contains(&token.form) && self.words.count(token.form) == 0;
        self.context.target.tokens.iter().any(new)
    }

    /// Whether a noun without an article stands behind a word for what somebody says: it is who says it.
    fn is_speaker(&self, word: &Token) -> bool {
        let source = self.source;
        let next = source.tokens.partition_point(|token| token.span.start < word.span.start);
        let Some(before) = next.checked_sub(1).map(|before| source.tokens[before].span) else { return false };
        let say = self.context.corpus.concepts().number(SAY);
        let spoken = source.concepts_in(before).iter().any(|concept| Some(concept.id) == say && concept.span.contains(before));
        spoken && source.text()[before.end..word.span.start].trim().is_empty()
    }

    /// In a lone sentence of a language whose nouns have capitals, the name behind a noun: `Bahnhof Thornbury`. Two nouns do
    /// not follow each other but for quantities.
    fn beside(&self, name: &Name, mut parts: Vec<&'r Token>, kept: impl Fn(&Token) -> bool) -> Option<Vec<&'r Token>> {
        let source = self.source;
        let gap = name.span.of(source.text()).rfind(' ')? + name.span.start;
        let segment = &source.segments[source.segment_at(name.span.start)];
        let opens = !source.text()[segment.span.start..name.span.start].contains(char::is_alphanumeric);
        // `Thornburys Haus`: the first word is the name.
        let noun = |word: &Token| !self.words.is_apart(word) && within(source, word.span).next().is_none() && !kept(word);
        let (nouns, last): (Vec<_>, Vec<_>) = parts.drain(..).partition(|word| word.span.start < gap);
        let named = !nouns.is_empty()
            && nouns.into_iter().all(noun)
            && last.iter().all(|word| !self.words.is_common(word) && within(source, word.span).next().is_none());
        (self.alone && !opens && named && !last.is_empty()).then_some(last)
    }

    /// The word with a capital to which a name is joined by a word of grammar: `Board of Appeals` is translated as a whole.
    fn links(&self, span: Span) -> Option<&'r Token> {
        let source = self.source;
        let next = source.tokens.partition_point(|token| token.span.start < span.end);
        let [small, after, ..] = &source.tokens[next..] else { return None };
        let text = source.text();
        let joined = source.language().function_words.contains(&small.form)
            && small.shape.is_small()
            && after.shape.is_large()
            && text[span.end..small.span.start].trim().is_empty()
            && text[small.span.end..after.span.start].trim().is_empty();
        joined.then_some(after)
    }
}

/// Whether a word is an abbreviation in capitals.
pub fn is_short(word: &str) -> bool {
    word.chars().count() >= ABBREVIATION && word.chars().all(char::is_uppercase)
}
