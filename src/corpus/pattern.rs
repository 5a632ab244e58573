//! When an expression fits a text. Expressions are read as bytes, as they were written when the program was built.

use super::index::Near;
use crate::token::{Kind, Token, folded};
use std::num::NonZeroU16;
use std::ops::Range;

/// Words that may stand between two parts of an ordered expression where it says `..`.
pub const GAP_WORDS: usize = 4;
/// Words within which the parts of an unordered expression (`&`) must stand.
const WINDOW_WORDS: usize = 10;

/// The bytes that open an item and a part of a word.
pub mod tag {
    pub const WORD: u8 = 0;
    pub const GAP: u8 = 1;
    pub const SLOT: u8 = 2;
    pub const SIGN: u8 = 3;

    pub const STEM: u8 = 0;
    pub const FORM: u8 = 1;
    pub const CASED: u8 = 2;
    pub const PREFIX: u8 = 3;
}

/// Bytes before the offsets of the items: the value, the order, the number of items.
const HEADER: usize = 6;
/// Bytes before the alternatives of a word: the tag, their bits ([`Near::bit`]; all where a prefix is among them), their number.
pub const WORD_HEADER: usize = 6;

/// What an expression covers, and what its slots hold, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub first: usize,
    pub last: usize,
    pub slots: Vec<(char, Range<usize>)>,
}

/// An expression of a spaced language.
#[derive(Clone, Copy)]
pub struct Pattern<'p> {
    code: &'p [u8],
}

/// One item of an expression.
enum Item<'p> {
    /// A word: its bits and its parts, any of which will do.
    Word(&'p [u8]),
    Gap,
    Slot(char),
    Sign(&'p str),
}

/// A text under search.
#[derive(Clone, Copy)]
pub struct Words<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
}

type Slots = Vec<(char, Range<usize>)>;

impl<'p> Pattern<'p> {
    /// The expression that begins with the first byte.
    pub fn new(code: &'p [u8]) -> Pattern<'p> {
        Pattern { code }
    }

    pub fn value(self) -> usize {
        half(self.code) as usize
    }

    fn len(self) -> usize {
        usize::from(self.code[HEADER - 1])
    }

    /// The code of an item.
    fn item_code(self, index: usize) -> &'p [u8] {
        let at = HEADER + 2 * index;
        &self.code[usize::from(u16::from_le_bytes([self.code[at], self.code[at + 1]]))..]
    }

    #[inline]
    fn item(self, index: usize) -> Item<'p> {
        let item = self.item_code(index);
        match item[0] {
            tag::WORD => Item::Word(&item[1..]),
            tag::GAP => Item::Gap,
            tag::SLOT => Item::Slot(char::from(item[1])),
            _ => Item::Sign(text(&item[1..])),
        }
    }

    /// Whether the expression stands in the words with its part number `part` on the token number `at`. `alternative`: the one
    /// of that part which must fit, by its place in the code; without it one is known to.
    #[inline]
    pub fn fit(self, words: Words, part: usize, at: usize, alternative: Option<NonZeroU16>) -> Option<Fit> {
        if let Some(place) = alternative
            && !alternative_fits(&self.item_code(part)[usize::from(place.get())..], words.text, &words.tokens[at])
        {
            return None;
        }
        if self.len() == 1 { Some(Fit { first: at, last: at, slots: Vec::new() }) } else { self.fit_all(words, part, at) }
    }

    /// The same where there are other items.
    fn fit_all(self, words: Words, part: usize, at: usize) -> Option<Fit> {
        if self.code[HEADER - 2] != 0 {
            return self.fit_any_order(words, part, at);
        }
        let mut slots = Vec::new();
        let last = self.forward(words, part + 1, at + 1, &mut slots)?;
        let first = self.backward(words, part, at, &mut slots)?;
        Some(Fit { first, last, slots })
    }

    /// Matches the items from `item` on against the tokens from `at` on; the index of the last token covered.
    fn forward(self, words: Words, mut item: usize, mut at: usize, slots: &mut Slots) -> Option<usize> {
        let Words { text, tokens } = words;
        while item < self.len() {
            match self.item(item) {
                Item::Word(parts) => {
                    tokens.get(at).filter(|token| !token.divided && fits(parts, text, token))?;
                    at += 1;
                }
                Item::Sign(sign) => {
                    let behind = text[tokens.get(at.checked_sub(1)?)?.span.end..].trim_start();
                    behind.strip_prefix(sign)?;
                }
                Item::Gap => {
                    let undivided = tokens.iter().skip(at).take(GAP_WORDS).take_while(|token| !token.divided).count();
                    return (0..=undivided).find_map(|skip| self.forward(words, item + 1, at + skip, slots));
                }
                Item::Slot(name) => {
                    let clause = tokens[at.min(tokens.len())..].iter().take_while(|token| !token.divided).count();
                    if item + 1 == self.len() {
                        return (clause > 0).then(|| {
                            slots.push((name, at..at + clause));
                            at + clause - 1
                        });
                    }
                    return (1..=clause).find_map(|length| {
                        let last = self.forward(words, item + 1, at + length, slots)?;
                        slots.push((name, at..at + length));
                        Some(last)
                    });
                }
            }
            item += 1;
        }
        at.checked_sub(1)
    }

    /// Matches the items before `item` against the tokens before `at`; the index of the first token covered.
    fn backward(self, words: Words, item: usize, mut at: usize, slots: &mut Slots) -> Option<usize> {
        let Words { text, tokens } = words;
        for index in (0..item).rev() {
            if tokens[at].divided {
                return None;
            }
            match self.item(index) {
                Item::Word(parts) => {
                    at = at.checked_sub(1).filter(|before| fits(parts, text, &tokens[*before]))?;
                }
                Item::Sign(sign) => {
                    let before = text[..tokens[at].span.start].trim_end();
                    before.strip_suffix(sign)?;
                }
                Item::Gap => {
                    for _ in 0..=GAP_WORDS {
                        if let Some(first) = self.backward(words, index, at, slots) {
                            return Some(first);
                        }
                        at = at.checked_sub(1).filter(|_| !tokens[at].divided)?;
                    }
                    return None;
                }
                Item::Slot(name) => {
                    let mut first = at;
                    while first > 0 && !tokens[first].divided {
                        first -= 1;
                    }
                    return (first < at && index == 0).then(|| {
                        slots.push((name, first..at));
                        first
                    });
                }
            }
        }
        Some(at)
    }

    fn fit_any_order(self, words: Words, part: usize, at: usize) -> Option<Fit> {
        let low = at.saturating_sub(WINDOW_WORDS);
        let high = (at + WINDOW_WORDS + 1).min(words.tokens.len());
        let (mut first, mut last) = (at, at);
        for index in (0..self.len()).filter(|index| *index != part) {
            let Item::Word(parts) = self.item(index) else { return None };
            let near = |place: &usize| place.abs_diff(at);
            let fit = |place: &usize| *place != at && fits(parts, words.text, &words.tokens[*place]);
            let place = (low..high).filter(fit).min_by_key(near)?;
            (first, last) = (first.min(place), last.max(place));
        }
        (last - first <= WINDOW_WORDS).then_some(Fit { first, last, slots: Vec::new() })
    }
}

/// Whether a token is one of the words that an item lists: most are told by their bits to be none.
#[inline]
fn fits(parts: &[u8], whole: &str, token: &Token) -> bool {
    half(parts) & Near::bits(token) != 0 && is_listed(&parts[4..], whole, token)
}

fn is_listed(parts: &[u8], whole: &str, token: &Token) -> bool {
    let Some((count, mut rest)) = parts.split_first() else { return false };
    let (stem, form) = (token.stem as u32, token.form as u32);
    for _ in 0..*count {
        let size = match *rest {
            [kind @ (tag::STEM | tag::FORM), a, b, c, d, ..] => {
                if u32::from_le_bytes([a, b, c, d]) == if kind == tag::STEM { stem } else { form } {
                    return true;
                }
                5
            }
            _ if alternative_fits(rest, whole, token) => return true,
            _ => 2 + usize::from(rest[1]),
        };
        rest = &rest[size..];
    }
    false
}

/// Whether a token is the word that an alternative writes.
fn alternative_fits(alternative: &[u8], whole: &str, token: &Token) -> bool {
    let written = &alternative[1..];
    match alternative[0] {
        tag::STEM => half(written) == token.stem as u32,
        tag::FORM => half(written) == token.form as u32,
        tag::CASED => token.text(whole).as_bytes() == letters(written),
        _ if token.kind != Kind::Word => false,
        _ if token.shape.is_ascii() => begins_so(token.text(whole).as_bytes(), letters(written)),
        _ => begins_with(token.text(whole), letters(written)),
    }
}

/// Four bytes as a number: half of a hash, or a value.
pub fn half(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// A text behind its length.
pub fn text(bytes: &[u8]) -> &str {
    // Written from a text by `encode_text`.
    std::str::from_utf8(letters(bytes)).unwrap_or_default()
}

/// The bytes of a text behind its length.
fn letters(bytes: &[u8]) -> &[u8] {
    &bytes[1..=usize::from(bytes[0])]
}

/// Whether a word in letters of ASCII begins with a prefix in lower case, whatever its own case: read from the end of the
/// prefix, for its beginning is what it was found by.
fn begins_so(word: &[u8], prefix: &[u8]) -> bool {
    let same = |(letter, wanted): (&u8, &u8)| letter.to_ascii_lowercase() == *wanted;
    word.get(..prefix.len()).is_some_and(|begin| begin.iter().zip(prefix).rev().all(same))
}

/// Whether any word does. Small and composed letters are met in nearly all
/// texts; the others take the long way.
fn begins_with(word: &str, prefix: &[u8]) -> bool {
    let mut letters = word.as_bytes().iter().zip(prefix);
    match letters.find(|(letter, wanted)| letter != wanted) {
        None if word.len() >= prefix.len() => return true,
        // What is not composed may still become another letter.
        Some((letter, wanted)) if letter.is_ascii_lowercase() && wanted.is_ascii() => return false,
        _ => {}
    }
    let prefix = std::str::from_utf8(prefix).unwrap_or_default();
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let plain = prefix.chars().all(|wanted| letters.next() == Some(wanted));
    plain || word.chars().any(|c| matches!(c, '\u{300}'..='\u{36F}')) && folded(word).starts_with(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::expression::Expression;
    use crate::document::Span;
    use crate::token::Tokenizer;

    fn found(expression: &str, text: &str) -> Option<String> {
        let heads = ["l".to_owned(), "d".to_owned()];
        let stemmer = frostem::Stemmer::try_from_name("french").ok();
        let mut tokenizer = Tokenizer::new(stemmer, &heads, &[]);
        let expression = Expression::read(expression, &mut tokenizer).unwrap();
        let mut tokens = Vec::new();
        tokenizer.tokens(text, Span::new(0, text.len()), &mut tokens);
        let (part, keys) = expression.keys();
        let mut code = Vec::new();
        expression.encode(0, &mut code).unwrap();
        let words = Words { text, tokens: &tokens };
        let alternatives = keys.iter().map(|(_, place)| NonZeroU16::new(*place as u16));
        let mut places = (0..tokens.len()).flat_map(|at| alternatives.clone().map(move |alternative| (at, alternative)));
        let fit = places.find_map(|(at, alternative)| Pattern::new(&code).fit(words, part, at, alternative))?;
        Some(text[tokens[fit.first].span.start..tokens[fit.last].span.end].to_owned())
    }

    #[test]
    fn words_match_in_any_inflection() {
        assert_eq!(found("dépense en capital", "Les dépenses en capital montent").as_deref(), Some("dépenses en capital"));
        assert_eq!(found("=dépense en capital", "Les dépenses en capital montent"), None);
        assert_eq!(found("taux d'intérêt", "les taux d’intérêt").as_deref(), Some("taux d’intérêt"));
    }

    #[test]
    fn gaps_alternatives_and_prefixes() {
        assert_eq!(
            found("connaître|connu .. chute .. compl*", "Elle a connu une grave chute quasi complète").as_deref(),
            Some("connu une grave chute quasi complète")
        );
        assert_eq!(found("surconstru*", "ils surconstruisent").as_deref(), Some("surconstruisent"));
        assert_eq!(found("vague .. balayée", "La vague. Elle fut balayée"), None);
    }

    #[test]
    fn any_order_within_ten_words() {
        assert_eq!(
            found("bête & or & mangeur|mangeuse", "cette « mangeuse d’or », la bête").as_deref(),
            Some("mangeuse d’or », la bête")
        );
    }

    #[test]
    fn case_counts_where_it_is_written_so() {
        assert_eq!(found("==IA", "l'ia et l'IA").as_deref(), Some("IA"));
    }
}
