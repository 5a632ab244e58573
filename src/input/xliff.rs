//! XLIFF 1.2 and 2.x: units of source and target; inline codes leave no words.

use super::Broken;
use super::cutter::Cutter;
use super::units::Units;
use super::xml::{Part, Tag, Xml};
use crate::document::{Document, Span};
use std::sync::Arc;

pub fn parse(text: String) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let mut xml = Xml::new(&raw);
    let mut reader = Reader::default();
    while let Some(part) = xml.next()? {
        match part {
            Part::Begin(tag) => {
                reader.note_begins(&tag, &raw);
                reader.begin(&tag, &xml)?;
            }
            Part::End(name) => {
                reader.end(&name);
                reader.note_ends(&name, &raw);
            }
            Part::Text(span) | Part::Reference(_, span) if reader.in_note => reader.note(span),
            Part::Text(_) | Part::Reference(..) => xml.give(&part, reader.text()),
        }
    }
    if !reader.known {
        return Err(xml.broken("an <xliff> element"));
    }
    reader.units.end_remarks(&raw);
    let foreign = reader.foreign;
    let mut document = reader.units.finish(&raw);
    if foreign > 0 {
        document.notes.push(format!("only the first language was read; <file> elements in others: {foreign}"));
    }
    Ok(document)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

#[derive(Default)]
struct Reader {
    units: Units,
    /// The file is XLIFF.
    known: bool,
    side: Option<Side>,
    /// How many elements are open of one that is passed over with all in it.
    passed: usize,
    unfinished: bool,
    /// Inside a note, and its words so far.
    in_note: bool,
    note: Option<Span>,
    /// Files inside the file that are in another language than the first, and are left out.
    foreign: usize,
}

impl Reader {
    fn begin(&mut self, tag: &Tag, xml: &Xml) -> Result<(), Broken> {
        if self.passed > 0 {
            self.passed += 1;
            return Ok(());
        }
        if !self.known && tag.name != "xliff" {
            return Err(xml.broken(format!("an <xliff> element instead of <{}>", tag.name)));
        }
        self.known = true;
        if self.side.is_some() {
            self.inline(tag);
            return Ok(());
        }
        match tag.name.as_str() {
            "file" if self.is_foreign(tag) => {
                self.foreign += 1;
                self.passed = 1;
            }
            "xliff" => self.languages(tag.attribute("srcLang"), tag.attribute("trgLang")),
            "file" => self.languages(tag.attribute("source-language"), tag.attribute("target-language")),
            "trans-unit" | "unit" | "group" if tag.attribute("translate").is_some_and(|value| value == "no") => self.passed = 1,
            // Matches of a memory and other texts that are not the translation.
            "alt-trans" | "seg-source" | "bin-unit" | "ignorable" | "match" | "header" => self.passed = 1,
            "trans-unit" | "segment" => self.unfinished = false,
            "source" => self.side = Some(Side::Source),
            "target" => {
                self.side = Some(Side::Target);
                self.unfinished =
                    tag.attribute("state").is_some_and(|state| matches!(state.as_str(), "new" | "needs-translation"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Notes stand at units, and before the first one for the file.
    fn note_begins(&mut self, tag: &Tag, raw: &str) {
        match tag.name.as_str() {
            "trans-unit" | "unit" => self.units.end_remarks(raw),
            "note" if self.side.is_none() => self.in_note = true,
            _ => {}
        }
    }

    fn note(&mut self, words: Span) {
        self.note = Some(self.note.map_or(words, |note| note.join(words)));
    }

    fn note_ends(&mut self, name: &str, raw: &str) {
        match name {
            "trans-unit" | "unit" => self.units.end_remarks(raw),
            "note" => {
                self.in_note = false;
                if let Some(words) = self.note.take() {
                    self.units.remark(words);
                }
            }
            _ => {}
        }
    }

    /// Whether a file inside the file is in another language than the first.
    fn is_foreign(&self, tag: &Tag) -> bool {
        let to = tag.attribute("target-language");
        to.is_some() && self.units.to.is_some() && to != self.units.to
    }

    fn languages(&mut self, from: Option<String>, to: Option<String>) {
        self.units.from = self.units.from.take().or(from);
        self.units.to = self.units.to.take().or(to);
    }

    /// An element inside a text. Codes hold what is no text; the end of a line parts words, other codes do not.
    fn inline(&mut self, tag: &Tag) {
        let kind = tag.attribute("ctype").or_else(|| tag.attribute("subType"));
        let line_end = kind.is_some_and(|kind| matches!(kind.as_str(), "lb" | "x-br" | "xlf:lb"));
        let hex = tag.attribute("hex").filter(|_| tag.name == "cp");
        let written = hex.and_then(|hex| char::from_u32(u32::from_str_radix(&hex, 16).ok()?));
        if let Some(cutter) = self.text() {
            if line_end {
                cutter.space(tag.place);
            }
            if let Some(c) = written {
                cutter.put(c.encode_utf8(&mut [0; 4]), tag.place);
            }
        }
        if !matches!(tag.name.as_str(), "g" | "mrk" | "pc") {
            self.passed = 1;
        }
    }

    fn end(&mut self, name: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match name {
            "source" | "target" => self.side = None,
            "trans-unit" | "segment" if self.unfinished => self.units.leave(),
            "trans-unit" | "segment" => self.units.close(),
            _ => {}
        }
    }

    /// Where text goes that is read now.
    fn text(&mut self) -> Option<&mut Cutter> {
        match self.side.filter(|_| self.passed == 0)? {
            Side::Source => Some(&mut self.units.source),
            Side::Target => Some(&mut self.units.target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of source and target of each unit.
    fn units(raw: &str) -> Vec<(String, String)> {
        let document = parse(raw.to_owned()).unwrap();
        let paired = document.paired.as_ref().unwrap();
        let side = |document: &Document, blocks: &std::ops::Range<usize>| {
            let texts = document.blocks[blocks.clone()].iter().map(|block| block.span.of(&document.text));
            texts.collect::<Vec<_>>().join("|")
        };
        paired.units.iter().map(|(source, target)| (side(&paired.source, source), side(&document, target))).collect()
    }

    #[test]
    fn version_1_2() {
        let raw = r#"<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file source-language="en" target-language="fr" original="a" datatype="html"><header><note>Hi</note></header><body>
  <trans-unit id="1"><source>The <g id="1">mayor</g> &amp; the<x id="2" ctype="lb"/>council<bpt id="3">&lt;i&gt;</bpt>.</source>
   <seg-source><mrk mtype="seg" mid="0">The mayor</mrk></seg-source>
   <target>Le <g id="1">maire</g> &amp; le
      conseil<ph id="4">{0}</ph>.</target>
   <alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>
  <trans-unit id="2"><source>Open</source></trans-unit>
  <trans-unit id="3" translate="no"><source>a</source><target>b</target></trans-unit>
  <trans-unit id="4"><source>New</source><target state="new">New</target></trans-unit>
  <trans-unit id="5"><source>End.</source><target><![CDATA[Fin.]]></target></trans-unit>
 </body></file></xliff>"#;
        let expected = [("The mayor & the council.", "Le maire & le conseil."), ("End.", "Fin.")];
        assert_eq!(units(raw), expected.map(|(source, target)| (source.to_owned(), target.to_owned())));
        let document = parse(raw.to_owned()).unwrap();
        assert_eq!((document.declared.as_deref(), document.own_source().unwrap().declared.as_deref()), (Some("fr"), Some("en")));
        assert_eq!(document.notes, ["1 unit without a translation left out", "1 unit marked as unfinished left out"]);
        let at = document.text.find("maire &").unwrap();
        assert_eq!(document.place(Span::new(at, at + 7)).of(raw), "maire</g> &amp;");
        let source = document.own_source().unwrap();
        let at = source.text.find("council.").unwrap();
        assert_eq!(source.place(Span::new(at, at + 7)).of(raw), "council");
    }

    #[test]
    fn version_2() {
        let raw = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"><file id="f">
  <unit id="1"><originalData><data id="d">&lt;b&gt;</data></originalData>
   <segment><source>One <pc id="1">two</pc><ph id="2"/>.</source><target>Un <pc id="1">deux</pc><ph id="2"/>.</target></segment>
   <ignorable><source> </source></ignorable>
   <segment><source>Go<sc id="3"/>!<ec startRef="3"/></source><target>Va<cp hex="2026"/><mrk id="m" type="term">là</mrk></target></segment>
  </unit></file></xliff>"#;
        assert_eq!(units(raw), [("One two.".to_owned(), "Un deux.".to_owned()), ("Go!".to_owned(), "Va…là".to_owned())]);
    }

    #[test]
    fn what_is_no_xliff_is_refused() {
        assert_eq!(parse("<html></html>".to_owned()).unwrap_err().expected, "an <xliff> element instead of <html>");
        assert_eq!(parse(String::new()).unwrap_err().expected, "an <xliff> element");
        assert_eq!(parse("<xliff>\n<file>".to_owned()).unwrap_err().line, 2);
    }
}
