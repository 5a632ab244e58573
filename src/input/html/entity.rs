//! Character references of HTML (`&eacute;`, `&#233;`, `&amp` without its semicolon), decoded as the standard says.

use html5gum::{Token, Tokenizer};

/// Letters of the longest name of a reference.
const LONGEST: usize = 40;

/// What the reference at the beginning of a text stands for, and how long it is. None when it is none.
pub fn decode(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    let name = inner.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let closed = inner.as_bytes().get(name) == Some(&b';');
    let written = &text[..1 + name + usize::from(closed)];
    let mut decoded = String::new();
    for token in Tokenizer::new(written).flatten() {
        if let Token::String(value) = token {
            decoded.push_str(&String::from_utf8_lossy(&value));
        }
    }
    if name == 0 || decoded == written {
        return None;
    }
    // `&notit` is `¬it`: what the name does not need stands behind it.
    let single = decoded.chars().nth(1).is_none();
    let rest = if single { 0 } else { shared_end(&decoded, written) };
    decoded.truncate(decoded.len() - rest);
    Some((decoded, written.len() - rest))
}

/// The length of the ASCII that two texts end with, short of the first character of the first.
fn shared_end(a: &str, b: &str) -> usize {
    let first = a.chars().next().map_or(0, char::len_utf8);
    a.as_bytes()[first..].iter().rev().zip(b.bytes().rev()).take_while(|(a, b)| **a == *b && a.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_with_their_length() {
        assert_eq!(decode("&eacute;t"), Some(("é".to_owned(), 8)));
        assert_eq!(decode("&#xE9;"), Some(("é".to_owned(), 6)));
        assert_eq!(decode("&#146;a"), Some(("’".to_owned(), 6)));
        assert_eq!(decode("&amp b"), Some(("&".to_owned(), 4)));
        assert_eq!(decode("&notit;"), Some(("¬".to_owned(), 4)));
        assert_eq!(decode("&semi;"), Some((";".to_owned(), 6)));
        assert_eq!(decode("&D & b"), None);
        assert_eq!(decode("& b"), None);
        assert_eq!(decode("&unheardof;"), None);
    }
}
