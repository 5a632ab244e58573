//! Whether a stop ends the sentence: by what stands before it, and by what follows.

use super::cluster::{Cluster, closing_bracket, is_bracket, is_wide, opens};
use crate::corpus::{Abbreviation, Language};
use crate::document::Span;
use crate::token::{folded, hash, is_apostrophe, is_letter, is_unspaced};

/// How far a bracket may close behind a stop inside it, in bytes.
const BRACKET_REACH: usize = 300;
/// How far the clause that names the speaker may reach, in characters.
const ATTRIBUTION_REACH: usize = 20;
/// Words before an abbreviation that may end a sentence: `At 5 a.m.` is not one yet.
const SHORTEST_SENTENCE: usize = 4;

/// The sentence that is being read.
pub struct Sentence<'t> {
    text: &'t str,
    block: Span,
    language: &'t Language,
    pub start: usize,
    /// Up to where brackets have been looked for, and the one that is open.
    scanned: usize,
    bracket: Option<(usize, char)>,
}

impl<'t> Sentence<'t> {
    pub fn new(text: &'t str, block: Span, language: &'t Language) -> Sentence<'t> {
        Sentence { text, block, language, start: block.start, scanned: block.start, bracket: None }
    }

    /// Begins the next sentence.
    pub fn restart(&mut self, at: usize) {
        (self.start, self.scanned, self.bracket) = (at, at, None);
    }

    /// Whether the sentence ends at a cluster of stops.
    pub fn ends_at(&mut self, cluster: &Cluster) -> bool {
        let after = &self.text[cluster.next..self.block.end];
        if self.is_in_bracket(cluster) || self.is_decimal(cluster) {
            return false;
        }
        let mut letters = after.chars().filter(|c| !opens(*c) && !c.is_whitespace());
        let Some(first) = letters.next() else { return false };
        if is_wide(cluster.first) || cluster.first == '…' && is_unspaced(first) {
            return self.wide_stop_ends(cluster, after);
        }
        if cluster.next == cluster.end {
            return self.unspaced_stop_ends(cluster, after, first);
        }
        // `combining words. . . . The practice`: the ellipsis opens the next sentence.
        if cluster.first == '.' && !cluster.many && after.starts_with(". .") {
            return after.trim_start_matches(['.', ' ']).starts_with(char::is_uppercase);
        }
        // `the thing is . . . I didn't`: an ellipsis that stands apart breaks off, and goes on.
        if cluster.many && cluster.first == '.' && self.text[cluster.stop..cluster.end].contains(". .") {
            return false;
        }
        if matches!(first, ',' | ';' | ':' | '.' | '…' | '%' | '،') {
            return false;
        }
        if first.is_lowercase() && !self.begins_small(cluster, after) {
            return false;
        }
        cluster.first != '.' || cluster.many || cluster.closed.is_some() || self.full_stop_ends(cluster, after, first)
    }

    /// Whether a bracket that was opened inside the sentence is still open, and closes soon.
    fn is_in_bracket(&mut self, cluster: &Cluster) -> bool {
        for (offset, c) in self.text[self.scanned..cluster.end].char_indices() {
            match self.bracket {
                None if is_bracket(c) && self.text[self.start..self.scanned + offset].contains(char::is_alphanumeric) => {
                    self.bracket = Some((self.scanned + offset, c));
                }
                Some((_, open)) if closing_bracket(open) == Some(c) => self.bracket = None,
                _ => {}
            }
        }
        self.scanned = cluster.end;
        let Some(close) = self.bracket.and_then(|(_, open)| closing_bracket(open)) else { return false };
        let rest = &self.text[cluster.end..self.block.end];
        rest[..rest.floor_char_boundary(BRACKET_REACH)].contains(close)
    }

    /// A stop between two digits: `３．２９`.
    fn is_decimal(&self, cluster: &Cluster) -> bool {
        let before = self.text[..cluster.stop].ends_with(char::is_numeric);
        before && matches!(cluster.first, '.' | '．') && self.text[cluster.end..].starts_with(char::is_numeric)
    }

    /// A stop of a script without spaces ends a sentence, unless what follows a quotation or an ellipsis continues it.
    fn wide_stop_ends(&self, cluster: &Cluster, after: &str) -> bool {
        if after.starts_with(['，', '、', '；', '：', ',', '。', '）', '」', '』', '”', '》']) {
            return false;
        }
        let continuations = &self.language.continuations;
        if cluster.first == '…' || cluster.closed.is_some() {
            if continuations.begins.iter().any(|word| after.starts_with(word.as_str())) {
                return false;
            }
            let reach = after.char_indices().nth(ATTRIBUTION_REACH).map_or(after.len(), |(at, _)| at);
            let clause = after[..reach].split(['，', '。', '：', '！', '？', '\n', ',', '“', '「']).next().unwrap_or("");
            let says = |list: &[String]| list.iter().any(|word| clause.ends_with(word.as_str()));
            if cluster.closed.is_some() && says(&continuations.ends) && !says(&continuations.unless) {
                return false;
            }
        }
        // The title of a work ends with its own stop: `《为什么是现在？》`.
        !matches!(cluster.closed, Some('》' | '〉')) && !(cluster.closed == Some('』') && !after.starts_with('『'))
    }

    /// A stop with a letter right behind it: Chinese with Western marks, or two sentences glued together.
    fn unspaced_stop_ends(&self, cluster: &Cluster, after: &str, first: char) -> bool {
        let before = &self.text[self.start..cluster.stop];
        if is_unspaced(first) {
            return !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        }
        let word = last_word(before);
        let mut next = after.chars();
        let capital = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
        let plain = word.chars().count() > 2 && word.chars().all(|c| c.is_lowercase() || c.is_numeric());
        // `1,000.That`, `world.Today`; but `Node.js`, `www.Exemple.fr` are names.
        let whole =
            after.find(|c: char| !is_letter(c)).is_none_or(|end| after[end..].starts_with([' ', ',', '\u{a0}', '’', '\'']));
        cluster.first == '.' && !cluster.many && capital && plain && whole
    }

    /// Whether this is a text that begins its sentences with small letters, as this one did.
    fn begins_small(&self, cluster: &Cluster, after: &str) -> bool {
        let sentence = &self.text[self.start..cluster.stop];
        let small = |text: &str| text.chars().next().is_some_and(char::is_lowercase);
        let word = last_word(sentence);
        let known = self.language.abbreviations.contains_key(&hash(&folded(word)));
        let spoken = cluster.closed.is_none() && !cluster.many && word.chars().count() > 1 && !word.contains('.') && !known;
        small(sentence.trim_start()) && small(after) && spoken && word.starts_with(is_letter)
    }

    /// Whether a single full stop before a space and a capital, a digit or an opening mark ends a sentence.
    fn full_stop_ends(&self, cluster: &Cluster, after: &str, first: char) -> bool {
        let before = &self.text[self.start..cluster.stop];
        let detached = before.ends_with(char::is_whitespace);
        let word = last_word(before.trim_end());
        if word.is_empty() {
            return !before.trim().is_empty();
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            // `1. FC`, `2. Abschnitt`: an ordinal, or the number of a list item.
            let listed = before.trim().trim_start_matches(opens).trim() == word;
            return !listed && !(word.len() <= 2 && self.language.profile().stops.ordinal);
        }
        let number = first.is_numeric() || matches!(first, '№' | '#' | '£' | '$' | '€');
        match self.language.abbreviations.get(&hash(&folded(word))) {
            Some(Abbreviation::Never) => return false,
            Some(Abbreviation::BeforeNumber) => return !number,
            Some(Abbreviation::Perhaps) => {
                return !number
                    && first.is_uppercase()
                    && self.is_sentence(before, after)
                    && !self.begins_with_abbreviation(after);
            }
            None => {}
        }
        detached || !is_initials(word) || !is_listed(before, word) && self.begins_with_function_word(after)
    }

    /// Whether enough words stand before an abbreviation to make a sentence, or what follows opens one.
    fn is_sentence(&self, before: &str, after: &str) -> bool {
        before.split_whitespace().nth(SHORTEST_SENTENCE - 1).is_some() || self.begins_with_function_word(after)
    }

    /// `at 6 a.m. Mr. Smith arrived`.
    fn begins_with_abbreviation(&self, after: &str) -> bool {
        let end = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
        let known = self.language.abbreviations.get(&hash(&folded(&after[..end])));
        known == Some(&Abbreviation::Never) && after[end..].starts_with('.')
    }

    /// Initials are followed by names; a sentence begins with a small word more often than not.
    fn begins_with_function_word(&self, after: &str) -> bool {
        let word = after.trim_start_matches(|c: char| opens(c) || c.is_whitespace());
        let end = word.find(|c: char| !is_letter(c)).unwrap_or(word.len());
        let contracted = word[end..].starts_with(is_apostrophe);
        let known = |word: &str| self.language.function_words.contains(&hash(&folded(word)));
        (end > 1 || contracted) && known(&word[..end]) && !word[end..].starts_with('.')
    }
}

/// `J`, `U.S`, `p.m`: single letters with stops between them. `example.com` and `41,2 °C` are none.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split(['.', '-']);
    let single = |part: &str| part.chars().filter(|c| is_letter(*c)).count() <= 1;
    let capital = word.contains('.') || word.starts_with(char::is_uppercase);
    capital && !word.contains('°') && word.contains(is_letter) && parts.all(|part| single(part) || part.is_empty())
}

/// `A. His name is Alfred.`: a letter that opens the line is a mark, not a sentence.
fn is_listed(before: &str, word: &str) -> bool {
    before.trim() == word
}

/// The run of letters, digits and inner stops before a full stop.
fn last_word(before: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || is_letter(c) || matches!(c, '.' | '-' | '°') || is_apostrophe(c);
    let start = before.char_indices().rev().take_while(|(_, c)| inside(*c)).last().map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    // `l'art.`: what follows an apostrophe is the word.
    word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)).map_or(word, |(at, c)| &word[at + c.len_utf8()..])
}
