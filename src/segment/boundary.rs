//! Whether a stop ends the sentence: by what stands before it, and by what follows.

use super::cluster::{Cluster, closing_bracket, is_bracket, is_wide, opens};
use crate::corpus::{Abbreviation, Language};
use crate::document::Span;
use crate::token::{folded, hash, is_apostrophe, is_letter, is_unspaced};

/// How far a bracket may close behind a stop inside it, in bytes.
const BRACKET_REACH: usize = 300;
/// Characters that are looked at before a stop: no abbreviation is longer, and a text may be one word.
const LONGEST_WORD: usize = 60;
/// Letters from which on a word that no list knows as an abbreviation is a whole one.
const WHOLE_WORD: usize = 5;
/// And before a word of the grammar.
const SHORT_WORD: usize = 4;
/// Characters and words of a cry at the head of a quotation that stays with what follows.
const EXCLAMATION_REACH: usize = 30;
const EXCLAMATION_WORDS: usize = 2;
/// How far the clause that names the speaker may reach, in characters.
const ATTRIBUTION_REACH: usize = 20;
/// Words before an abbreviation that may end a sentence: `At 5 a.m.` is not one yet.
const SHORTEST_SENTENCE: usize = 4;
/// How far back a colon is looked for that begins the words to be counted, in characters.
const SHORTEST_REACH: usize = 40;

/// The sentence that is being read.
pub struct Sentence<'t> {
    text: &'t str,
    block: Span,
    language: &'t Language,
    pub start: usize,
    /// Up to where brackets have been looked for, and the one that is open.
    scanned: usize,
    bracket: Option<(usize, char)>,
    /// A letter or a digit stands before that.
    begun: bool,
}

impl<'t> Sentence<'t> {
    pub fn new(text: &'t str, block: Span, language: &'t Language) -> Sentence<'t> {
        Sentence { text, block, language, start: block.start, scanned: block.start, bracket: None, begun: false }
    }

    /// Begins the next sentence.
    pub fn restart(&mut self, at: usize) {
        (self.start, self.scanned, self.bracket, self.begun) = (at, at, None, false);
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
        if let Some(ends) = self.spaced_ellipsis_ends(cluster, after) {
            return ends;
        }
        // `"the analogy of [...]" (Smith 55).`: the source of a quotation.
        if cluster.many && matches!(cluster.closed, Some('"' | '”' | '»')) && after.starts_with('(') {
            return false;
        }
        if matches!(first, ',' | ';' | ':' | '.' | '…' | '%' | '،') {
            return false;
        }
        let opening = is_elided_opening(after) || ["- (", "http://", "https://"].iter().any(|head| after.starts_with(head));
        if first.is_lowercase() && !opening && !self.begins_small(cluster, after) && !self.whole_word_ends(cluster, after) {
            return false;
        }
        if self.is_short_exclamation(cluster) || self.is_continued(cluster, after, first) {
            return false;
        }
        cluster.first != '.' || cluster.many || cluster.closed.is_some() || self.full_stop_ends(cluster, after, first)
    }

    /// Whether an ellipsis with spaces between its stops ends a sentence; none where this is no such ellipsis.
    fn spaced_ellipsis_ends(&self, cluster: &Cluster, after: &str) -> Option<bool> {
        if cluster.first != '.' {
            return None;
        }
        // `combining words. . . . The practice`: the ellipsis opens the next sentence.
        if !cluster.many && after.starts_with(". .") {
            return Some(after.trim_start_matches(['.', ' ']).starts_with(char::is_uppercase));
        }
        let stops = &self.text[cluster.stop..cluster.end];
        if !cluster.many || !stops.contains(". .") {
            return None;
        }
        // `the thing is . . . I didn't` breaks off and goes on; a fourth stop, or the wide space of typists, ends it.
        let ended = stops.matches('.').count() > 3 || self.text[cluster.end..cluster.next].chars().count() > 1;
        Some(ended && after.starts_with(|c: char| opens(c) || c.is_uppercase()))
    }

    /// Whether a bracket that was opened inside the sentence is still open, and closes soon.
    fn is_in_bracket(&mut self, cluster: &Cluster) -> bool {
        for (offset, c) in self.text[self.scanned..cluster.end].char_indices() {
            match self.bracket {
                None if is_bracket(c) && self.begun => {
                    self.bracket = Some((self.scanned + offset, c));
                }
                Some((_, open)) if closing_bracket(open) == Some(c) => self.bracket = None,
                _ => {}
            }
            self.begun |= c.is_alphanumeric();
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
        let starts = |list: &[String]| list.iter().any(|word| after.starts_with(word.as_str()));
        if starts(&self.language.profile().stops.continued_by) {
            return false;
        }
        let broken = cluster.first == '…' || cluster.closed.is_some();
        if broken && starts(&self.language.continuations.begins) || self.is_attributed(cluster, after) {
            return false;
        }
        // The title of a work ends with its own stop: `《为什么是现在？》`.
        !matches!(cluster.closed, Some('》' | '〉')) && !(cluster.closed == Some('』') && !after.starts_with('『'))
    }

    /// Whether the clause behind a closed quotation names its speaker and belongs to it: `“…。”他说。`
    fn is_attributed(&self, cluster: &Cluster, after: &str) -> bool {
        let continuations = &self.language.continuations;
        if cluster.closed.is_none() || continuations.ends.is_empty() || self.is_introduced(cluster) {
            return false;
        }
        let reach = after.char_indices().nth(ATTRIBUTION_REACH).map_or(after.len(), |(at, _)| at);
        let clause = after[..reach].split(['，', '。', '：', '！', '？', '\n', ',', ':', '“', '「']).next().unwrap_or("");
        // `他表示：“…` and `他表示，叙利亚…` are statements of their own; `他说，“…` stands between two parts of one.
        let mut behind = after[clause.len()..].chars();
        let apart = match behind.next() {
            Some('：' | ':') => true,
            Some('，' | ',') => !behind.next().is_some_and(opens),
            _ => false,
        };
        let says = |list: &[String]| list.iter().any(|word| clause.ends_with(word.as_str()));
        !apart && says(&continuations.ends) && !says(&continuations.unless)
    }

    /// Whether a colon leads into the quotation that closes here: its speaker has been named before it.
    fn is_introduced(&self, cluster: &Cluster) -> bool {
        let far = cluster.stop.saturating_sub(BRACKET_REACH).max(self.start);
        let sentence = &self.text[self.text.ceil_char_boundary(far)..cluster.stop];
        sentence.rfind(['“', '「', '‘', '『']).is_some_and(|at| sentence[..at].ends_with(['：', ':']))
    }

    /// A stop with a letter right behind it: Chinese with Western marks, or two sentences glued together.
    fn unspaced_stop_ends(&self, cluster: &Cluster, after: &str, first: char) -> bool {
        let before = &self.text[self.start..cluster.stop];
        if is_unspaced(first) {
            return !before.ends_with(|c: char| c.is_ascii_alphanumeric()) && self.wide_stop_ends(cluster, after);
        }
        let word = last_word(before);
        let mut next = after.chars();
        let capital = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
        // `Tuesday.Mr. Smith`: a title opens the next sentence.
        let titled = self.begins_with_abbreviation(after) && word.chars().skip(1).all(char::is_lowercase);
        let plain = word.chars().count() > 2 && (titled || word.chars().all(|c| c.is_lowercase() || c.is_numeric()));
        // `1,000.That`, `world.Today`; but `Node.js`, `www.Exemple.fr` are names.
        let whole =
            after.find(|c: char| !is_letter(c)).is_none_or(|end| after[end..].starts_with([' ', ',', '\u{a0}', '’', '\'']));
        cluster.first == '.' && !cluster.many && capital && plain && (whole || titled)
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

    /// Whether a whole word before a stop and a small word behind it show a careless text: `à côté. puis il tira`.
    /// An abbreviation that no list knows is short, and seldom stands before a word of the grammar.
    fn whole_word_ends(&self, cluster: &Cluster, after: &str) -> bool {
        if cluster.closed.is_some() || self.language.function_words.is_empty() {
            return false;
        }
        let grammar = self.begins_with_function_word(after.strip_prefix("- ").unwrap_or(after));
        if cluster.many {
            let stops = &self.text[cluster.stop..cluster.end];
            return (grammar || stops.len() > 2) && stops.chars().all(|c| matches!(c, '!' | '?'));
        }
        let sentence = self.text[self.start..cluster.stop].trim_end();
        let word = last_word(sentence);
        // `Johannes XXIII. berief`, `5 град. за`: a Roman number, a unit.
        let word = word.rsplit('-').next().unwrap_or(word);
        let plain = word.chars().all(char::is_alphabetic) && word.chars().skip(1).all(|c| !c.is_uppercase());
        let known = self.language.abbreviations.contains_key(&hash(&folded(word)));
        let length = word.chars().count();
        let whole = length >= WHOLE_WORD || grammar && length >= SHORT_WORD;
        cluster.first == '.' && plain && !known && whole && !is_counted(sentence, word)
    }

    /// `"How many? I don't know."`: a question or cry of a few words that opens a quotation is no sentence of its own yet.
    fn is_short_exclamation(&self, cluster: &Cluster) -> bool {
        if !matches!(cluster.first, '!' | '?') || cluster.closed.is_some() {
            return false;
        }
        let sentence = &self.text[self.start..cluster.stop];
        let near = sentence.char_indices().rev().nth(EXCLAMATION_REACH).map_or(0, |(at, _)| at);
        let Some(open) = sentence[near..].rfind(['"', '“', '‘', '`', '„', '«']) else { return false };
        let quoted = sentence[near + open..].trim_start_matches(opens);
        let before = sentence[..near + open].chars().next_back();
        let closed = quoted.contains(['"', '”', '»', '“', '’', '.']);
        let few = |cry: &str| cry.split_whitespace().nth(EXCLAMATION_WORDS).is_none();
        !closed && before.is_none_or(char::is_whitespace) && quoted.split(['!', '?']).all(few)
    }

    /// In a script without capitals: whether what follows a quotation or a name goes on (`‘도망쳐!’ 하는`, `Yahoo! 주가`).
    fn is_continued(&self, cluster: &Cluster, after: &str, first: char) -> bool {
        if first.is_uppercase() || first.is_lowercase() {
            return false;
        }
        // Nothing shows whether an ellipsis ends the sentence, and one too long does less harm.
        let stops = &self.text[cluster.stop..cluster.end];
        if cluster.many && first.is_alphabetic() && stops.chars().all(|c| matches!(c, '.' | '…')) {
            return true;
        }
        let broken = cluster.first == '…' || cluster.closed.is_some();
        let begins = &self.language.continuations.begins;
        let name = cluster.first == '!' && !cluster.many && first.is_alphabetic();
        broken && begins.iter().any(|word| after.starts_with(word.as_str()))
            || name
                && cluster.closed.is_none()
                && self.text[self.start..cluster.stop].ends_with(|c: char| c.is_ascii_alphabetic())
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
            return self.number_ends(before, word, after);
        }
        // `Bogotá, D.C. - Colombia`, `12 г. № 4`.
        let dashed = after.starts_with(['-', '–', '—']) && after.chars().nth(1).is_some_and(char::is_whitespace);
        let number = first.is_numeric() || matches!(first, '№' | '#' | '£' | '$' | '€');
        // `19 км/ч. Ураган`: the second half of a unit is no abbreviation of its own.
        if before.strip_suffix(word).is_some_and(|rest| rest.ends_with('/')) {
            return first.is_uppercase();
        }
        match self.language.abbreviations.get(&hash(&folded(word))) {
            // `bis 10 Mio. Die`: an abbreviated unit, and then a sentence all the same.
            Some(Abbreviation::Never) => return is_counted(before, word) && self.begins_with_function_word(after),
            Some(Abbreviation::BeforeNumber) => return !number,
            Some(Abbreviation::Perhaps) => {
                return !number
                    && !dashed
                    && first.is_uppercase()
                    && self.is_sentence(before, after)
                    && !self.begins_with_abbreviation(after)
                    && !begins_with_capitals(after);
            }
            None => {}
        }
        let labelled = is_listed(before, word) && word.chars().nth(1).is_none();
        if labelled || matches!(first, '№' | '#') {
            return false;
        }
        detached || !is_initials(word) || !dashed && !is_listed(before, word) && self.begins_with_function_word(after)
    }

    /// Whether a full stop behind digits ends a sentence: `1. FC`, `2. Abschnitt` have an ordinal, or the number of an item.
    fn number_ends(&self, before: &str, word: &str, after: &str) -> bool {
        let listed = before.trim().trim_start_matches(opens).trim() == word;
        // `2024. 3. 15.`: a date.
        let dated = before.strip_suffix(word).is_some_and(|rest| {
            rest.trim_end().strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        });
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let dates = matches!(digits, 1 | 2) && after[digits..].starts_with('.') && before.ends_with(word);
        if dates || dated && !after.starts_with(char::is_uppercase) {
            return false;
        }
        let ordinal = word.len() <= 2 && self.language.profile().stops.ordinal;
        !listed && (!ordinal || self.begins_with_function_word(after))
    }

    /// Whether enough words stand before an abbreviation to make a sentence, or what follows opens one.
    fn is_sentence(&self, before: &str, after: &str) -> bool {
        let near = before.char_indices().rev().nth(SHORTEST_REACH).map_or(0, |(at, _)| at);
        let clause = before[near..].rfind(": ").map_or(before, |at| &before[near + at + 2..]);
        clause.split_whitespace().nth(SHORTEST_SENTENCE - 1).is_some() || self.begins_with_function_word(after)
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
    // A letter of a script without capitals counts as one.
    let capital = word.contains('.') || word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    capital && !word.contains('°') && word.contains(is_letter) && parts.all(|part| single(part) || part.is_empty())
}

/// `Co. KG`, `11 a.m. ET`: a form of company or a time zone belongs to the abbreviation before it.
fn begins_with_capitals(after: &str) -> bool {
    let end = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
    after[..end].chars().count() > 1 && after[..end].chars().all(char::is_uppercase)
}

/// `A. His name is Alfred.`: a letter that opens the line is a mark, not a sentence.
fn is_listed(before: &str, word: &str) -> bool {
    before.trim() == word
}

/// `'s Avonds`, `'t Is`: an elided word opens a sentence, and the capital stands behind it.
fn is_elided_opening(after: &str) -> bool {
    let mut chars = after.chars();
    let elided = chars.next().is_some_and(is_apostrophe) && chars.next().is_some_and(char::is_lowercase);
    elided && chars.next() == Some(' ') && chars.next().is_some_and(char::is_uppercase)
}

/// Whether a number stands before the last word.
fn is_counted(before: &str, word: &str) -> bool {
    before.trim_end().strip_suffix(word).is_some_and(|rest| rest.trim_end().ends_with(char::is_numeric))
}

/// The run of letters, digits and inner stops before a full stop.
fn last_word(before: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || is_letter(c) || matches!(c, '.' | '-' | '°') || is_apostrophe(c);
    let letters = before.char_indices().rev().take(LONGEST_WORD);
    let start = letters.take_while(|(_, c)| inside(*c)).last().map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    // `l'art.`: what follows an apostrophe is the word; `Anna's.` has an ending there.
    let tail = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)).map(|(at, c)| &word[at + c.len_utf8()..]);
    tail.filter(|tail| tail.chars().nth(1).is_some()).unwrap_or(word)
}
