//! XML read event by event with places. No entity but the five of XML and the numbers of characters is read, so that
//! nothing is fetched and nothing expands.

use super::Broken;
use super::cutter::Cutter;
use crate::document::Span;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// What a file of XML is made of, as far as its texts need it. Empty elements begin and end.
pub enum Part<'r> {
    Begin(Tag<'r>),
    /// The name of the element, without its prefix.
    End(String),
    /// Bytes of the file that stand for themselves.
    Text(Span),
    /// A character written as a reference.
    Reference(char, Span),
}

/// A start tag.
pub struct Tag<'r> {
    /// Without its prefix.
    pub name: String,
    pub place: Span,
    start: BytesStart<'r>,
}

impl Tag<'_> {
    /// The value of an attribute, named with its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == name)?;
        Some(found.value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// Whether the element says what becomes of its white space.
    fn keeps_space(&self) -> Option<bool> {
        self.attribute("xml:space").map(|value| value == "preserve")
    }
}

pub struct Xml<'r> {
    raw: &'r str,
    reader: Reader<&'r [u8]>,
    /// The bytes before the reader's first: byte order marks, which the reader would skip without counting them.
    skipped: usize,
    /// The elements that are open, and whether white space counts in them.
    open: Vec<(String, bool)>,
}

impl<'r> Xml<'r> {
    pub fn new(raw: &'r str) -> Xml<'r> {
        let read = raw.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(read);
        reader.config_mut().expand_empty_elements = true;
        Xml { raw, reader, skipped: raw.len() - read.len(), open: Vec::new() }
    }

    /// The next part; None at the end of the file.
    pub fn next(&mut self) -> Result<Option<Part<'r>>, Broken> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| {
                let at = self.skipped + self.reader.error_position() as usize;
                Broken::at(self.raw, at, format!("well-formed XML: {error}"))
            })?;
            let place = Span::new(start, self.position());
            let part = match event {
                Event::Start(start) => self.begin(start, place),
                Event::End(end) => {
                    self.open.pop();
                    Part::End(end.local_name().as_ref().to_owned())
                }
                Event::Text(_) => Part::Text(place),
                Event::CData(_) => Part::Text(self.inside(place)),
                Event::GeneralRef(reference) => {
                    let broken = || {
                        let written = place.of(self.raw);
                        Broken::at(
                            self.raw,
                            start,
                            format!("an entity of XML itself or the number of a character instead of {written}"),
                        )
                    };
                    let name = place.of(self.raw).trim_matches(['&', ';']);
                    let numbered = reference.resolve_char_ref().map_err(|_| broken())?;
                    let named = || resolve_predefined_entity(name).and_then(|text| text.chars().next());
                    Part::Reference(numbered.or_else(named).ok_or_else(broken)?, place)
                }
                Event::Eof => return self.end(),
                _ => continue,
            };
            return Ok(Some(part));
        }
    }

    fn position(&self) -> usize {
        self.skipped + self.reader.buffer_position() as usize
    }

    fn begin(&mut self, start: BytesStart<'r>, place: Span) -> Part<'r> {
        let tag = Tag { name: start.local_name().as_ref().to_owned(), place, start };
        let inherited = self.open.last().is_some_and(|(_, keeps)| *keeps);
        self.open.push((tag.name.clone(), tag.keeps_space().unwrap_or(inherited)));
        Part::Begin(tag)
    }

    /// The text of a CDATA section.
    fn inside(&self, place: Span) -> Span {
        let written = place.of(self.raw);
        let lead = "<![CDATA[".len();
        match written.strip_suffix("]]>") {
            Some(rest) if rest.len() >= lead => Span::new(place.start + lead, place.start + rest.len()),
            _ => place,
        }
    }

    fn end(&mut self) -> Result<Option<Part<'r>>, Broken> {
        match self.open.last() {
            Some((name, _)) => Err(self.broken(format!("</{name}> before the end of the file"))),
            None => Ok(None),
        }
    }

    /// An error at the place that has been read last.
    pub fn broken(&self, expected: impl Into<String>) -> Broken {
        Broken::at(self.raw, self.position(), expected)
    }

    /// Appends a text or a reference to a block, where one is open; other parts hold no words.
    pub fn give(&self, part: &Part, cutter: Option<&mut Cutter>) {
        match (part, cutter) {
            (Part::Text(span), Some(cutter)) => self.append(cutter, *span),
            (Part::Reference(c, span), Some(cutter)) => cutter.put(c.encode_utf8(&mut [0; 4]), *span),
            _ => {}
        }
    }

    /// Appends a text to a block. White space is as good as one space where it holds the end of a line, unless the file says
    /// that it counts.
    fn append(&self, cutter: &mut Cutter, text: Span) {
        if self.open.last().is_some_and(|(_, keeps)| *keeps) {
            cutter.copy(self.raw, text);
        } else {
            cutter.flow(self.raw, text, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<Vec<String>, Broken> {
        let mut xml = Xml::new(raw);
        let mut parts = Vec::new();
        while let Some(part) = xml.next()? {
            parts.push(match part {
                Part::Begin(tag) => format!("<{}>{}", tag.name, tag.place.of(raw)),
                Part::End(name) => format!("</{name}>"),
                Part::Text(span) => span.of(raw).to_owned(),
                Part::Reference(c, span) => format!("{c}={}", span.of(raw)),
            });
        }
        Ok(parts)
    }

    #[test]
    fn parts_have_their_places() {
        let parts =
            read("<?xml version='1.0'?>\r\n<!DOCTYPE a><a x='1'>é &amp; &#233;<b/><!-- c --><![CDATA[<i>]]></a>").unwrap();
        let expected = ["\r\n", "<a><a x='1'>", "é ", "&=&amp;", " ", "é=&#233;", "<b><b/>", "</b>", "<i>", "</a>"];
        assert_eq!(parts, expected);
    }

    #[test]
    fn broken_files_say_where() {
        let expected = |raw: &str| read(raw).unwrap_err();
        assert_eq!(expected("<a>\n<b>\n</a>").line, 3);
        assert_eq!(expected("<a>\n<b>"), Broken { line: 2, expected: "</b> before the end of the file".to_owned() });
        let bomb = "<!DOCTYPE a [<!ENTITY x \"yy\"><!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<a>\n&x;</a>";
        let broken = expected(bomb);
        assert_eq!(broken.line, 3);
        assert!(broken.expected.ends_with("instead of &x;"), "{}", broken.expected);
        assert_eq!(expected("<a>\n&#xD800;</a>").line, 2);
        assert!(read(&"<a>".repeat(100_000)).is_err());
    }
}
