//! Characters: which are letters, marks and spaces, and how a text is passed over by its bytes.

use crate::document::Span;

pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Han and kana: scripts whose words do not stand apart.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{2E80}'
        && matches!(c, '\u{2E80}'..='\u{2FDF}' | '々' | '〇' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Letters and the marks that combine with them.
#[inline]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    is_european(c)
        || !is_general(c) && c.is_alphabetic() && !is_unspaced(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}')
}

/// The Latin letters beyond ASCII of the languages of Europe: most of those that are met, and told without a table.
pub(super) fn is_european(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ')
}

/// The marks and spaces beyond ASCII that stand in texts of all scripts: none is a letter or a digit.
pub(super) fn is_general(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}' | '«' | '»' | '\u{A0}')
}

/// Letters and digits of any script, as [`char::is_alphanumeric`] has them.
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_european(c) || !is_general(c) && c.is_alphanumeric() }
}

/// Letters of a script that writes small words and the number behind them as one: Arabic `و20`, and twenty.
pub fn is_prefixed(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')
}

/// Marks that end or divide a clause.
pub fn divides(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '。'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '、'
            | '\n'
            | '،'
            | '؟'
            | '।'
            | '—'
            | '–'
    )
}

/// The characters whose first byte is looked for: most of a text is passed over byte by byte.
pub fn characters(text: &str, leads: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, char)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes()[next..].iter();
        let at = next + rest.take_while(|byte| !leads(**byte) || (0x80..0xC0).contains(*byte)).count();
        let c = text[at..].chars().next()?;
        next = at + c.len_utf8();
        Some((at, c))
    })
}

/// The characters that are neither letters, digits nor plain spaces, with their places.
pub fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    characters(text, |byte| MARKS[usize::from(byte)]).filter(|(_, c)| !is_alphanumeric(*c))
}

/// Those of a text that stand in a span; `marks` are all of them.
pub fn marks_in(marks: &[(usize, char)], span: Span) -> &[(usize, char)] {
    let first = marks.partition_point(|(at, _)| *at < span.start);
    &marks[first..marks.partition_point(|(at, _)| *at < span.end).max(first)]
}

/// For each byte, whether a character that begins with it may be a mark.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        marks[byte] = byte != b' ' as usize && !(byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    marks
};

/// The character that begins at a place before a limit.
#[inline]
pub(super) fn character_at(text: &str, at: usize, limit: usize) -> Option<char> {
    match text.as_bytes()[at..limit].first() {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..limit].chars().next(),
    }
}

/// The end of the letters and digits from a place on.
pub(super) fn letters(text: &str, start: usize, limit: usize) -> usize {
    let mut at = start;
    loop {
        // Most are of ASCII.
        at += text.as_bytes()[at..limit].iter().take_while(|byte| **byte != b' ' && !MARKS[usize::from(**byte)]).count();
        match character_at(text, at, limit).filter(|c| is_letter(*c) || c.is_numeric()) {
            Some(c) => at += c.len_utf8(),
            None => return at,
        }
    }
}

#[inline]
pub(super) fn run(text: &str, start: usize, limit: usize, inside: impl Fn(char) -> bool) -> usize {
    let mut at = start;
    while let Some(c) = character_at(text, at, limit).filter(|c| inside(*c)) {
        at += c.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_neither_letters_nor_digits_nor_spaces() {
        assert_eq!(marks("l'été, 20 %").collect::<Vec<_>>(), [(1, '\''), (7, ','), (12, '%')]);
    }

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
    }
}
