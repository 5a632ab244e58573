//! The one way by which text reaches the page.

use std::fmt::{self, Display, Formatter, Write};

/// A text made safe for elements and for quoted attributes. Characters that HTML does not take, and those that turn or
/// hide their neighbours, become U+FFFD; a line break and the space around it becomes one space.
pub struct Escaped<'t>(pub &'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let mut broken = false;
        for c in self.0.chars() {
            broken = match c {
                '\n' | '\r' | ' ' | '\t' if broken => true,
                _ => {
                    write(f, c)?;
                    c == '\n'
                }
            };
        }
        Ok(())
    }
}

fn write(f: &mut Formatter, c: char) -> fmt::Result {
    match c {
        '&' => f.write_str("&amp;"),
        '<' => f.write_str("&lt;"),
        '>' => f.write_str("&gt;"),
        '"' => f.write_str("&quot;"),
        '\'' => f.write_str("&#39;"),
        '\n' => f.write_char(' '),
        '\t' => f.write_char('\t'),
        '\r' => Ok(()),
        c if is_refused(c) => f.write_char('\u{FFFD}'),
        c => f.write_char(c),
    }
}

/// Controls, noncharacters, and the invisible characters that change what a reader sees.
fn is_refused(c: char) -> bool {
    let nonc = matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE;
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || nonc || turns || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// A message with the words it quotes or brackets set apart, so that words written from the right do not turn the sentence.
pub struct Message<'t>(pub &'t str);

impl Display for Message<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['"', '(']) {
            let (before, opened) = rest.split_at(at);
            let quoted = opened.starts_with('"');
            let Some(end) = closing(&opened[1..], if quoted { '"' } else { ')' }) else { break };
            let (inside, after) = (&opened[1..=end], &opened[end + 2..]);
            Escaped(before).fmt(f)?;
            if quoted {
                write!(f, "<q><bdi>{}</bdi></q>", Escaped(&inside.replace("\\\"", "\"")))?;
            } else {
                write!(f, "(<bdi>{}</bdi>)", Message(inside))?;
            }
            rest = after;
        }
        Escaped(rest).fmt(f)
    }
}

/// Where a quotation or a bracket ends; a mark behind a backslash stands inside.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == mark && before != '\\' {
            return Some(at);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let hostile = "<b onclick='x'>&amp;\"\u{0}\u{202E}a\u{200D}";
        let escaped = "&lt;b onclick=&#39;x&#39;&gt;&amp;amp;&quot;\u{FFFD}\u{FFFD}a\u{200D}";
        assert_eq!(Escaped(hostile).to_string(), escaped);
        assert_eq!(Escaped("a\r\n  b\n\nc  d").to_string(), "a b c  d");
    }

    #[test]
    fn words_in_a_message_are_set_apart() {
        assert_eq!(Message(r#"it says "<3" (5 €)"#).to_string(), "it says <q><bdi>&lt;3</bdi></q> (<bdi>5 €</bdi>)");
        assert_eq!(
            Message(r#"it says "a \"b\" c" ("d")"#).to_string(),
            "it says <q><bdi>a &quot;b&quot; c</bdi></q> (<bdi><q><bdi>d</bdi></q></bdi>)"
        );
        assert_eq!(Message("an open \" mark (").to_string(), "an open &quot; mark (");
        assert_eq!(Message("\"\"()").to_string(), "<q><bdi></bdi></q>(<bdi></bdi>)");
    }
}
