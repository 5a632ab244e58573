//! TMX: a translation memory; of each unit the variants in two of its languages.

use super::cutter::Cutter;
use super::units::Units;
use super::xml::{Part, Tag, Xml};
use super::{Broken, Wish};
use crate::document::Document;
use std::sync::Arc;

pub fn parse(text: String, wish: &Wish) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let languages = Languages::read(&raw)?;
    let (from, to) = languages.chosen(wish);
    let mut reader = Reader { units: Units::between(from, to), side: None, segment: false, passed: 0 };
    let mut xml = Xml::new(&raw);
    while let Some(part) = xml.next()? {
        match part {
            Part::Begin(tag) => reader.begin(&tag),
            Part::End(name) => reader.end(&name),
            Part::Text(_) | Part::Reference(..) => xml.give(&part, reader.text()),
        }
    }
    let mut document = reader.units.finish(&raw);
    if languages.all.len() > 2 {
        document.notes.push(format!("of the languages {} the first two fitting were read", languages.all.join(", ")));
    }
    Ok(document)
}

/// The languages of a memory, in the order in which they come.
#[derive(Default)]
struct Languages {
    source: Option<String>,
    all: Vec<String>,
}

impl Languages {
    fn read(raw: &str) -> Result<Languages, Broken> {
        let mut languages = Languages::default();
        let mut xml = Xml::new(raw);
        let mut known = false;
        while let Some(part) = xml.next()? {
            let Part::Begin(tag) = part else { continue };
            if !known && tag.name != "tmx" {
                return Err(xml.broken(format!("a <tmx> element instead of <{}>", tag.name)));
            }
            known = true;
            match tag.name.as_str() {
                "header" => languages.source = tag.attribute("srclang").filter(|lang| lang != "*all*"),
                "tuv" => {
                    let lang = language(&tag).ok_or_else(|| xml.broken("an attribute xml:lang on <tuv>"))?;
                    if !languages.all.iter().any(|known| same(known, &lang)) {
                        languages.all.push(lang);
                    }
                }
                _ => {}
            }
        }
        if known { Ok(languages) } else { Err(xml.broken("a <tmx> element")) }
    }

    /// The languages of source and translation: as wished, else that of the header and the first other one.
    fn chosen(&self, wish: &Wish) -> (Option<String>, Option<String>) {
        let held = |lang: &str| self.all.iter().find(|known| base(known) == base(lang)).cloned();
        let to = wish.to.and_then(held);
        let other = |lang: &&String| to.as_ref().is_none_or(|to| to != *lang);
        let from = wish.from.or(self.source.as_deref()).and_then(held).filter(|from| other(&from));
        let from = from.or_else(|| self.all.iter().find(other).cloned());
        let to = to.clone().or_else(|| self.all.iter().find(|lang| from.as_ref() != Some(lang)).cloned());
        (from, to)
    }
}

fn language(tag: &Tag) -> Option<String> {
    tag.attribute("xml:lang").or_else(|| tag.attribute("lang"))
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The language of a tag without its region.
fn base(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

#[derive(Clone, Copy)]
enum Side {
    Source,
    Target,
}

struct Reader {
    units: Units,
    /// The side to which the variant belongs that is being read.
    side: Option<Side>,
    segment: bool,
    /// How many elements are open of one that is passed over with all in it.
    passed: usize,
}

impl Reader {
    fn begin(&mut self, tag: &Tag) {
        if self.passed > 0 {
            self.passed += 1;
        } else if self.segment {
            // Highlighted text is text; all other elements hold codes.
            self.passed = usize::from(tag.name != "hi");
        } else if tag.name == "tuv" {
            let is =
                |wanted: &Option<String>| language(tag).is_some_and(|lang| wanted.as_ref().is_some_and(|own| same(own, &lang)));
            self.side = match () {
                () if is(&self.units.from) => Some(Side::Source),
                () if is(&self.units.to) => Some(Side::Target),
                () => None,
            };
        } else if tag.name == "seg" {
            self.segment = true;
        }
    }

    fn end(&mut self, name: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match name {
            "seg" => self.segment = false,
            "tuv" => self.side = None,
            "tu" => self.units.close(),
            _ => {}
        }
    }

    /// Where text goes that is read now.
    fn text(&mut self) -> Option<&mut Cutter> {
        match self.side.filter(|_| self.passed == 0 && self.segment)? {
            Side::Source => Some(&mut self.units.source),
            Side::Target => Some(&mut self.units.target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMORY: &str = r#"<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en-GB" datatype="html"/><body>
<tu tuid="1"><note>n</note><tuv xml:lang="de"><seg>Eins.</seg></tuv><tuv xml:lang="fr-FR"><seg>Un <hi>mot</hi><ph>{x}</ph>.</seg></tuv>
<tuv xml:lang="EN-GB"><prop type="x">p</prop><seg>One &lt;word<bpt i="1">b<sub>s</sub></bpt>.</seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>Two.</seg></tuv></tu></body></tmx>"#;

    fn read(from: Option<&str>, to: Option<&str>) -> Document {
        parse(MEMORY.to_owned(), &Wish { from, to, ..Wish::default() }).unwrap()
    }

    #[test]
    fn two_languages_of_a_memory_are_read() {
        let document = read(None, Some("fr"));
        assert_eq!((document.text.as_str(), document.declared.as_deref()), ("Un mot.\n", Some("fr-FR")));
        let source = document.own_source().unwrap();
        assert_eq!((source.text.as_str(), source.declared.as_deref()), ("One <word.\n", Some("EN-GB")));
        assert_eq!(document.notes.len(), 2);
        assert_eq!(read(Some("fr"), None).text, "Eins.\n");
    }

    #[test]
    fn a_broken_memory_says_what_was_expected() {
        let broken = |raw: &str| parse(raw.to_owned(), &Wish::default()).unwrap_err();
        assert_eq!(broken("<a/>").expected, "a <tmx> element instead of <a>");
        assert_eq!(broken("<tmx>\n<tu><tuv>").line, 2);
        assert_eq!(broken("<tmx>\n<tu><tuv>").expected, "an attribute xml:lang on <tuv>");
    }
}
