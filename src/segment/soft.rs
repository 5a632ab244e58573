//! Sentences that begin where no stop stands: behind a heading or a quotation that lost its line, behind an address of the
//! web, and behind a semicolon. Only a capital that the words before it do not explain shows them.

use super::cluster::{closing_bracket, opens};
use crate::corpus::Language;
use crate::document::Span;
use crate::token::{folded, hash, is_apostrophe, is_letter};

/// Words and characters of the longest heading that is told by the sentence behind it.
const HEADING_WORDS: usize = 8;
const HEADING_CHARACTERS: usize = 90;
/// Letters of the shortest heading of one word: `Mrs May` is none.
const SHORTEST_HEADING: usize = 5;
/// How far back the mark that opened a quotation is looked for, in bytes.
const QUOTE_REACH: usize = 200;

/// What stands before the capital.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// A mark that closes a quotation or a bracket.
    Closed(char),
    Semicolon,
    Address,
    Word,
}

/// A place where a sentence may begin without a stop before it.
pub struct Break {
    pub at: usize,
    before: Before,
}

/// The places in a block, in order. A language whose words of grammar are not known has none.
pub fn breaks(text: &str, block: Span, language: &Language) -> Vec<Break> {
    let mut found = Vec::new();
    if language.function_words.is_empty() || !language.profile().spaced {
        return found;
    }
    let bytes = block.of(text).as_bytes();
    let mut look = |at: usize| {
        if text[..at].ends_with(char::is_whitespace) && text[at..].starts_with(char::is_uppercase) {
            let before = before(text[block.start..at].trim_end());
            if before.is_some_and(|before| begins_sentence(&text[at..block.end], before, language)) {
                found.extend(before.map(|before| Break { at, before }));
            }
        }
    };
    // Most rows of bytes have no capital behind white space among them, and are passed over at once.
    let (rows, _) = bytes.as_chunks::<ROW>();
    let (behind, _) = bytes.get(1..).unwrap_or_default().as_chunks::<ROW>();
    for (row, (before, byte)) in rows.iter().zip(behind).enumerate() {
        let may_be: [bool; ROW] = std::array::from_fn(|at| may_begin(before[at], byte[at]));
        if may_be.iter().fold(false, |any, may_be| any | may_be) {
            (0..ROW).filter(|at| may_be[*at]).for_each(|at| look(block.start + row * ROW + at + 1));
        }
    }
    for at in behind.len() * ROW + 1..bytes.len() {
        if may_begin(bytes[at - 1], bytes[at]) {
            look(block.start + at);
        }
    }
    found
}

/// Bytes in a row that are looked at together.
const ROW: usize = 16;

/// Two bytes tell of nearly all places that no capital stands there behind white space.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without branches sixteen pairs are compared at once")]
fn may_begin(before: u8, byte: u8) -> bool {
    (byte.is_ascii_uppercase() | (byte >= 0xC0)) & !before.is_ascii_graphic()
}

/// What stands before a capital, by the text before it.
fn before(text: &str) -> Option<Before> {
    let last = text.chars().next_back()?;
    match last {
        ';' => Some(Before::Semicolon),
        '"' | '”' | '»' | '«' | '“' | '’' | '\'' | ')' | ']' => {
            // Behind a stop the mark belongs to it, and has been judged with it.
            let inside = text[..text.len() - last.len_utf8()].chars().rev().find(|c| last != '»' || !c.is_whitespace());
            inside.is_some_and(|c| c.is_alphanumeric() || c == ')').then_some(Before::Closed(last))
        }
        _ if ends_with_address(text) => Some(Before::Address),
        _ if last.is_lowercase() => Some(Before::Word),
        _ => None,
    }
}

/// Whether the last word of a text is an address of the web.
fn ends_with_address(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
}

/// Whether a text begins as a sentence does: a capital word of the grammar, and a small word behind it.
fn begins_sentence(after: &str, before: Before, language: &Language) -> bool {
    let end = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
    let (word, rest) = after.split_at(end);
    // `L'étude`, `It's`; but `I'll` has its capital anywhere.
    let head = || language.profile().apostrophe.heads.iter().any(|head| head.as_str() == folded(word));
    let contracted = rest.starts_with(is_apostrophe) && (word.len() > 1 || head());
    let next = rest.trim_start_matches(|c: char| c == ' ' || is_apostrophe(c));
    let small = next.starts_with(|c: char| c.is_lowercase() || c.is_numeric());
    let plain = word.chars().skip(1).all(|c| !c.is_uppercase());
    // A noun with its capital behind the article.
    let noun = language.profile().casing.nouns && matches!(before, Before::Closed(_));
    if !small && !noun || !plain || !contracted && !rest.starts_with(' ') {
        return false;
    }
    // A single capital is a label: `Plan A`, `vitamin D`.
    let label = !contracted && (word.len() == 1 || before == Before::Word && word.chars().nth(1).is_none());
    let known = language.function_words.contains(&hash(&folded(word)));
    !label && (known || before == Before::Address)
}

impl Break {
    /// Whether the sentence that began at `start` ends here.
    pub fn ends(&self, text: &str, start: usize, language: &Language) -> bool {
        let sentence = text[start..self.at].trim();
        match self.before {
            Before::Semicolon | Before::Address => true,
            Before::Closed(mark) => is_opened(sentence, mark),
            Before::Word => is_heading(sentence, &text[self.at..], language),
        }
    }
}

/// Whether the mark that closes has been opened in the sentence: an apostrophe has not.
fn is_opened(sentence: &str, mark: char) -> bool {
    let far = sentence.floor_char_boundary(sentence.len().saturating_sub(QUOTE_REACH));
    let Some(near) = sentence[far..].strip_suffix(mark) else { return false };
    let fits = |c: char| match mark {
        '\'' => c == '\'',
        '’' => c == '‘',
        ')' | ']' => closing_bracket(c) == Some(mark),
        '«' => c == '»',
        _ => opens(c) && !matches!(c, '\'' | '’' | '-' | '–' | '—'),
    };
    let head = |at: usize| near[..at].chars().next_back().map_or(far == 0, |c| c.is_whitespace() || opens(c) || is_apostrophe(c));
    // A bracket with nothing before it (`(EN) J'ai voté`) belongs to the sentence behind it.
    let bare = |at: usize| matches!(mark, ')' | ']') && far == 0 && at == 0;
    near.char_indices().rev().find(|(_, c)| fits(*c)).is_some_and(|(at, _)| head(at) && !bare(at))
}

/// Whether a text is a heading: a few words, the first a capital one that is no word of the grammar, without a comma.
fn is_heading(sentence: &str, after: &str, language: &Language) -> bool {
    // Where nouns and pronouns of address have capitals, a capital shows nothing.
    if language.profile().casing.nouns || sentence.len() > 4 * HEADING_CHARACTERS {
        return false;
    }
    // `c. The third item It was`: the mark of an item is no part of it.
    let label = sentence.find(' ').filter(|end| *end <= 3 && sentence[..*end].ends_with(['.', ')']));
    let sentence = label.map_or(sentence, |end| sentence[end..].trim_start());
    let first = sentence.split(|c: char| !is_letter(c)).next().unwrap_or("");
    let known = |word: &str| language.function_words.contains(&hash(&folded(word)));
    let last = sentence.split_whitespace().next_back().unwrap_or("");
    // Behind a name (`Tavernier filme Paris La`) a capital shows less, unless the name is all there is.
    let title = language.abbreviations.contains_key(&hash(&folded(last))) || last.chars().nth(SHORTEST_HEADING - 1).is_none();
    // `Oscar De la Renta` is a name too.
    let named = || after.split(|c: char| !is_letter(c)).nth(1).is_some_and(known);
    let plain = last.starts_with(char::is_lowercase) || last == sentence && !title && !named();
    plain
        && first.starts_with(char::is_uppercase)
        && !known(first)
        && !known(last)
        && !sentence.contains([',', ';', '"', '«', '“', '„'])
        && sentence.chars().nth(HEADING_CHARACTERS).is_none()
        && sentence.split_whitespace().nth(HEADING_WORDS).is_none()
}
