//! The marks at the end of a sentence: stops, and the closing marks and references that belong to them.

use crate::corpus::Language;
use crate::document::Span;

/// Marks that end a sentence, in any script, and those that the language adds: the Greek `;`, the Armenian `:`.
#[inline]
pub fn ends(c: char, language: &Language) -> bool {
    if c.is_ascii_alphanumeric() || c == ' ' {
        return false;
    }
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '।' | '॥' | '؟' | '۔' | '‼' | '⁇' | '⁈' | '⁉' | '։' | '።')
        || language.profile().stops.sentence.iter().any(|stop| stop.starts_with(c)) && !c.is_alphanumeric()
}

/// Letters of a word behind whose stop a number is a note's and no decimal, version or page: `No.5` is none.
const SHORTEST_NOTED: usize = 4;

/// Stops after which no space is needed.
pub fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '।' | '॥')
}

/// Marks that close a quotation or a bracket.
fn closes(c: char) -> bool {
    matches!(c, '"' | '”' | '»' | '’' | '\'' | ')' | ']' | '}' | '」' | '』' | '】' | '）' | '》' | '〉' | '›' | '“')
}

/// Marks that may stand before the first letter of a sentence.
pub fn opens(c: char) -> bool {
    is_bracket(c)
        || matches!(c, '"' | '“' | '„' | '«' | '‘' | '’' | '\'' | '「' | '『' | '【' | '《' | '‹' | '¿' | '¡' | '»')
        || matches!(c, '—' | '–' | '-' | '•' | '*' | '_')
}

/// Opening brackets, and in the same order the marks that close them.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］')];

pub fn is_bracket(c: char) -> bool {
    BRACKETS.iter().any(|(open, _)| *open == c)
}

pub fn closing_bracket(open: char) -> Option<char> {
    BRACKETS.iter().find(|(known, _)| *known == open).map(|(_, close)| *close)
}

/// A stop with the stops and closing marks that belong to it.
pub struct Cluster {
    /// Where the first stop stands, and what it is.
    pub stop: usize,
    pub first: char,
    /// More than one stop, or an ellipsis.
    pub many: bool,
    /// The last closing mark that follows the stops.
    pub closed: Option<char>,
    /// Behind the last mark.
    pub end: usize,
    /// Where the next word, or the mark that opens it, stands.
    pub next: usize,
}

impl Cluster {
    /// Reads the cluster that begins at `stop`. `quoted`: a straight quotation mark is open before it.
    pub fn read(text: &str, block: Span, stop: usize, quoted: bool, language: &Language) -> Cluster {
        let first = text[stop..].chars().next().unwrap_or('.');
        let mut cluster = Cluster { stop, first, many: false, closed: None, end: stop, next: stop };
        let clings = text[block.start..stop].ends_with(|c: char| !c.is_whitespace());
        cluster.read_stops(&text[stop..block.end], clings, language);
        let mut quoted = quoted;
        while let Some(length) = cluster.closing(&text[cluster.end..block.end], quoted, clings, language) {
            cluster.end += length;
            quoted &= cluster.closed != Some('"');
        }
        cluster.end += verse(first, &text[cluster.end..block.end]);
        cluster.end += references(&text[cluster.end..block.end]);
        if !cluster.many && first == '.' {
            cluster.end += notes(&text[block.start..stop], &text[cluster.end..block.end]);
        }
        cluster.next = cluster.end + spaces(&text[cluster.end..block.end]);
        cluster
    }

    /// The run of stops, also one with a space between each two (`. . .`, `! ?`).
    fn read_stops(&mut self, rest: &str, clings: bool, language: &Language) {
        let count = rest.chars().take_while(|c| ends(*c, language)).count();
        let length: usize = rest.chars().take(count).map(char::len_utf8).sum();
        self.many = count > 1 || self.first == '…';
        self.end += length;
        let single = |after: &str| {
            let mut chars = after.chars();
            let spaced = chars.next() == Some(' ') && chars.next().is_some_and(|c| matches!(c, '.' | '!' | '?'));
            spaced && chars.next().is_none_or(|c| c == ' ')
        };
        // A full stop that clings to its word ends the sentence, and the ellipsis begins the next.
        if self.first != '.' || length > 1 || !clings {
            while single(&rest[self.end - self.stop..]) {
                self.end += 2;
                self.many = true;
            }
        }
    }

    /// The length of the closing mark that follows, with the space before it.
    fn closing(&mut self, after: &str, quoted: bool, clings: bool, language: &Language) -> Option<usize> {
        // French closes with a space before the mark: `… ! »`.
        let space: usize = after.chars().take_while(|c| c.is_whitespace() && *c != '\n').map(char::len_utf8).sum();
        let mut rest = after[space..].chars();
        let c = rest.next()?;
        let behind = rest.next();
        let turned = c == '«' && space == 0 && language.profile().quotes.pairs.iter().any(|(_, close)| close == "«");
        // Tokenised text puts spaces before and behind every mark.
        let detached = !clings && matches!(c, '"' | '\'') && behind.is_none_or(|behind| behind.is_whitespace() || behind == c);
        let reopened = c == '"' && !quoted && behind.is_some_and(char::is_alphanumeric);
        let tight = closes(c) && (space == 0 || c == '»') && !opens_here(c, behind, space) && !reopened;
        // `…? " He`, `…? 」`: a space that strayed before the mark.
        let apart = behind.is_none_or(char::is_whitespace);
        let stray = matches!(c, '」' | '』') || apart && (c == '"' && quoted || c == '”');
        let close = turned || detached || tight || stray;
        if close || self.closed.is_some() && space == 0 && ends(c, language) {
            self.closed = Some(if close { c } else { self.closed.unwrap_or(c) });
            return Some(space + c.len_utf8());
        }
        None
    }
}

/// Whether a mark that both opens and closes (`"`) opens here: a space before it and none behind.
fn opens_here(mark: char, behind: Option<char>, space: usize) -> bool {
    let tight = behind.is_some_and(char::is_alphanumeric);
    match mark {
        '"' | '\'' | '’' => space > 0,
        '“' => space > 0 || tight,
        '»' => space > 0 && tight,
        _ => false,
    }
}

/// The length of the numbers of notes after a sentence: `large.[7][8]`, `gas. [1]`.
fn references(after: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &after[length..];
        let space = usize::from(rest.starts_with(' '));
        let Some(inner) = rest[space..].strip_prefix('[') else { return length };
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || !inner[digits..].starts_with(']') {
            return length;
        }
        length += space + digits + 2;
    }
}

/// The length of the number of a verse with the mark that closes it: `॥ १ ॥`.
fn verse(first: char, after: &str) -> usize {
    if !matches!(first, '।' | '॥') {
        return 0;
    }
    let number = after.trim_start_matches(' ');
    let behind = number.trim_start_matches(char::is_numeric).trim_start_matches(' ');
    let mark = behind.chars().next().filter(|c| number.starts_with(char::is_numeric) && matches!(c, '।' | '॥'));
    mark.map_or(0, |mark| after.len() - behind.len() + mark.len_utf8())
}

/// The length of the numbers of notes right behind the stop of a word, before a capital: `the talks.11 12 The`.
fn notes(before: &str, after: &str) -> usize {
    let word = before.chars().rev().take_while(|c| c.is_lowercase()).take(SHORTEST_NOTED).count();
    let raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let digit = |c: char| c.is_ascii_digit() || raised(c);
    if word < SHORTEST_NOTED || !after.starts_with(digit) {
        return 0;
    }
    let numbers = after.find(|c: char| !digit(c) && !matches!(c, ' ' | ',' | '-' | '–')).unwrap_or(after.len());
    let length = after[..numbers].trim_end().len();
    let sentence = after[numbers..].trim_start_matches(opens).starts_with(char::is_uppercase) && length < numbers;
    if sentence || numbers == after.len() { length } else { 0 }
}

fn spaces(rest: &str) -> usize {
    rest.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum()
}
