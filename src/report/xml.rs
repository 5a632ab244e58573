//! Writes XML: elements are closed in the order they were opened, and no text of an article can break out of its place.

use std::io::{self, Write};

pub struct Xml<'w> {
    out: &'w mut dyn Write,
    open: Vec<&'static str>,
}

impl<'w> Xml<'w> {
    pub fn new(out: &'w mut dyn Write) -> io::Result<Xml<'w>> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        Ok(Xml { out, open: Vec::new() })
    }

    /// Opens an element that holds others.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes)?;
        self.open.push(name);
        writeln!(self.out, ">")
    }

    pub fn close(&mut self) -> io::Result<()> {
        let Some(name) = self.open.pop() else { return Ok(()) };
        writeln!(self.out, "{:1$}</{name}>", "", 2 * self.open.len())
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes)?;
        writeln!(self.out, "/>")
    }

    /// An element that holds a text.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.tag(name, attributes)?;
        writeln!(self.out, ">{}</{name}>", escaped(text))
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        write!(self.out, "{:1$}<{name}", "", 2 * self.open.len())?;
        attributes.iter().try_for_each(|(key, value)| write!(self.out, " {key}=\"{}\"", escaped(value)))
    }
}

/// Text for XML 1.0, between tags or between quotation marks. Characters that it cannot hold become U+FFFD; line breaks and
/// tabs are written so that an attribute keeps them.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{7F}'..='\u{9F}' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '\0'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_in_its_place() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).unwrap();
        xml.open("a", &[("b", "\"<\u{1b}\n\u{85}")]).unwrap();
        xml.text("c", &[], "]]> & é 亿").unwrap();
        xml.empty("d", &[]).unwrap();
        xml.close().unwrap();
        let written = String::from_utf8(out).unwrap();
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;\u{FFFD}&#10;&#133;\">\n  <c>]]&gt; &amp; é 亿</c>\n  <d/>\n</a>\n";
        assert_eq!(written, expected);
    }
}
