//! Cuts a block into sentence-like segments. Nothing is lost: the segments concatenate to the block.
//! Bias: rather one segment too long than one cut in two; an aligner mends the first, nothing mends the second.

use crate::corpus::{Abbreviation, Language};
use crate::document::Span;
use crate::token::{folded, hash, is_apostrophe, is_letter, is_unspaced};

/// The segments of a block of `text`, each with the white space that follows it.
pub fn segments(text: &str, block: Span, language: &Language) -> Vec<Span> {
    let mut segments = Vec::new();
    let mut start = block.start;
    let mut at = block.start;
    while let Some((offset, c)) = text[at..block.end].char_indices().find(|(_, c)| ends(*c)) {
        let stop = at + offset;
        let cluster = Cluster::read(text, block, stop, c);
        at = cluster.end;
        if cluster.next < block.end && cluster.is_boundary(text, Span::new(start, block.end), language) {
            segments.push(Span::new(start, cluster.next));
            start = cluster.next;
        }
    }
    if start < block.end {
        segments.push(Span::new(start, block.end));
    }
    segments
}

/// A segment without the white space around it.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let lead = inner.len() - inner.trim_start().len();
    let kept = inner.trim().len();
    if kept == 0 { Span::new(span.start, span.start) } else { Span::new(span.start + lead, span.start + lead + kept) }
}

/// Marks that end a sentence, in any script.
fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '।' | '॥' | '؟' | '۔' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Stops after which no space is needed.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '।' | '॥')
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '”' | '»' | '’' | '\'' | ')' | ']' | '}' | '」' | '』' | '】' | '）' | '》' | '〉' | '›' | '“')
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '«'
            | '‘'
            | '\''
            | '('
            | '['
            | '「'
            | '『'
            | '【'
            | '（'
            | '《'
            | '‹'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
            | '»'
            | '•'
    )
}

/// A stop with the stops and closing marks that belong to it.
struct Cluster {
    /// Where the first stop stands, and what it is.
    stop: usize,
    first: char,
    /// More than one stop, or an ellipsis.
    many: bool,
    /// A closing mark follows the stops.
    closed: bool,
    /// Behind the last mark.
    end: usize,
    /// Where the next word, or the mark that opens it, stands.
    next: usize,
}

impl Cluster {
    fn read(text: &str, block: Span, stop: usize, first: char) -> Cluster {
        let rest = &text[stop..block.end];
        let stops: usize = rest.chars().take_while(|c| ends(*c)).map(char::len_utf8).sum();
        let many = rest[..stops].chars().count() > 1 || first == '…';
        let mut end = stop + stops;
        let mut closed = false;
        loop {
            let after = &text[end..block.end];
            // French closes with a space before the mark: `… ! »`.
            let space: usize = after.chars().take_while(|c| c.is_whitespace() && *c != '\n').map(char::len_utf8).sum();
            match after[space..].chars().next() {
                Some(c) if closes(c) && (space == 0 || c == '»') && !opens_here(&after[space..], c, space) => {
                    closed = true;
                    end += space + c.len_utf8();
                }
                Some(c) if closed && ends(c) && space == 0 => end += c.len_utf8(),
                _ => break,
            }
        }
        let space: usize = text[end..block.end].chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
        Cluster { stop, first, many, closed, end, next: end + space }
    }

    fn is_boundary(&self, text: &str, rest: Span, language: &Language) -> bool {
        let after = &text[self.next..rest.end];
        let spaced = self.next > self.end;
        if is_wide(self.first) {
            return true;
        }
        let Some(first) = after.chars().find(|c| !opens(*c) && !c.is_whitespace()) else { return false };
        if !spaced {
            // Chinese text with Western marks ends sentences without a space; Latin text never does.
            return is_unspaced(first) && !text[..self.stop].ends_with(|c: char| c.is_ascii_alphanumeric());
        }
        if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '.' | '…' | '%') {
            return false;
        }
        if self.first == '.' && !self.many && !self.closed {
            return self.full_stop_ends(text, rest, after, first, language);
        }
        true
    }

    /// Whether a single full stop before a space and a capital, a digit or an opening mark ends a sentence.
    fn full_stop_ends(&self, text: &str, rest: Span, after: &str, first: char, language: &Language) -> bool {
        let before = &text[rest.start..self.stop];
        let word = last_word(before);
        if word.is_empty() {
            return !before.trim().is_empty();
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            // `1. FC`, `2. Abschnitt`: an ordinal, or the number of a list item.
            let listed = before.trim() == word;
            return !listed && !(word.len() <= 2 && language.profile.stops.ordinal);
        }
        let number = first.is_numeric();
        match language.abbreviations.get(&hash(&folded(word))) {
            Some(Abbreviation::Never) => return false,
            Some(Abbreviation::BeforeNumber) => return !number,
            Some(Abbreviation::Perhaps) => return !number && first.is_uppercase(),
            None => {}
        }
        // Initials (`J. Dupont`, `U.S. Senate`); but a sentence may well end in a letter: `le plan B. Il`.
        let mut letters = word.chars().filter(|c| is_letter(*c));
        let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if single || word.contains('.') {
            return begins_with_function_word(after, language);
        }
        true
    }
}

/// Whether a mark that both opens and closes (`"`) opens here: a space before it and none behind.
fn opens_here(after: &str, mark: char, space: usize) -> bool {
    let next = after[mark.len_utf8()..].chars().next();
    let tight = next.is_some_and(char::is_alphanumeric);
    match mark {
        '"' | '\'' | '“' => space > 0 || mark == '“' && tight,
        '»' => space > 0 && tight,
        _ => false,
    }
}

/// The run of letters, digits and inner stops before a full stop.
fn last_word(before: &str) -> &str {
    let inside = |c: char| c.is_alphanumeric() || is_letter(c) || matches!(c, '.' | '-' | '°') || is_apostrophe(c);
    let start = before.char_indices().rev().take_while(|(_, c)| inside(*c)).last().map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    // `l'art.`: what follows an apostrophe is the word.
    word.char_indices().rev().find(|(_, c)| is_apostrophe(*c)).map_or(word, |(at, c)| &word[at + c.len_utf8()..])
}

/// Initials are followed by names; a sentence begins with a small word more often than not.
fn begins_with_function_word(after: &str, language: &Language) -> bool {
    let word = after.trim_start_matches(|c: char| opens(c) || c.is_whitespace());
    let end = word.find(|c: char| !is_letter(c)).unwrap_or(word.len());
    end > 1 && language.function_words.contains(&hash(&folded(&word[..end])))
}
