//! Markdown: the readable text is cut out of the file, and every piece remembers where it came from.

use super::cutter::Cutter;
use super::front_matter::FrontMatter;
use crate::document::{BlockKind, Document, Span};
use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use std::sync::Arc;

pub fn parse(text: String) -> Document {
    let raw: Arc<str> = text.into();
    let options =
        Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS | Options::ENABLE_TABLES;
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(&raw, options).into_offset_iter() {
        reader.take(&raw, event, Span::new(range.start, range.end));
    }
    reader.close(BlockKind::Paragraph);
    let front_matter = FrontMatter::read(&reader.front_matter, reader.kind);
    let mut document = reader.cutter.finish(raw);
    document.declared = front_matter.lang;
    document.source_path = front_matter.source;
    document
}

#[derive(Default)]
struct Reader {
    cutter: Cutter,
    quoted: usize,
    items: usize,
    /// Inside code: not the article's words.
    aside: bool,
    metadata: bool,
    kind: Option<MetadataBlockKind>,
    front_matter: String,
}

impl Reader {
    fn take(&mut self, raw: &str, event: Event, range: Span) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.aside = true,
            Event::End(TagEnd::CodeBlock) => self.aside = false,
            Event::Start(Tag::MetadataBlock(kind)) => {
                self.metadata = true;
                self.kind = Some(kind);
            }
            Event::End(TagEnd::MetadataBlock(_)) => self.metadata = false,
            Event::Text(text) if self.metadata => self.front_matter.push_str(&text),
            Event::Text(text) if !self.aside => self.text(raw, &text, range),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.comments(raw, range),
            Event::Code(text) if !self.aside => self.code(raw, &text, range),
            Event::SoftBreak | Event::HardBreak => self.cutter.put(" ", range),
            Event::Start(Tag::BlockQuote(_)) => self.quoted += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quoted = self.quoted.saturating_sub(1),
            Event::Start(Tag::Item) => {
                self.close(BlockKind::ListItem);
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.close(BlockKind::ListItem);
                self.items = self.items.saturating_sub(1);
            }
            Event::Start(Tag::Heading {
                level:
                    HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 | HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6,
                ..
            }) => {
                self.close(BlockKind::Paragraph);
            }
            Event::End(TagEnd::Heading(_)) => self.close(BlockKind::Heading),
            Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::HtmlBlock) => self.close(BlockKind::Paragraph),
            _ => {}
        }
    }

    /// Appends a text; where it is not the file's own (an entity), it leads back to all of its place.
    fn text(&mut self, raw: &str, text: &str, range: Span) {
        if range.of(raw) == text { self.cutter.copy(raw, range) } else { self.cutter.put(text, range) }
    }

    /// Appends the text between marks of code.
    fn code(&mut self, raw: &str, text: &str, range: Span) {
        self.cutter.begin_literal();
        match range.of(raw).find(text) {
            Some(inside) => self.cutter.copy(raw, Span::new(range.start + inside, range.start + inside + text.len())),
            None => self.cutter.put(text, range),
        }
        self.cutter.end_literal();
    }

    /// Keeps the comments of a stretch of HTML.
    fn comments(&mut self, raw: &str, range: Span) {
        let mut at = range.start;
        while let Some(start) = raw[at..range.end].find("<!--").map(|found| at + found + 4) {
            let end = raw[start..range.end].find("-->").map_or(range.end, |length| start + length);
            self.cutter.remark_here(raw, Span::new(start, end));
            at = end;
        }
    }

    fn close(&mut self, kind: BlockKind) {
        self.cutter.close(match kind {
            BlockKind::Paragraph if self.items > 0 => BlockKind::ListItem,
            BlockKind::Paragraph if self.quoted > 0 => BlockKind::Quotation,
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_off_and_places_lead_back() {
        let raw = "---\nlang: fr\n---\n# Le titre\n\nUn **mot** fort &amp; un [lien](https://x.org).\n\n- un point\n";
        let document = parse(raw.to_owned());
        assert_eq!(document.declared.as_deref(), Some("fr"));
        let texts: Vec<&str> = document.blocks.iter().map(|block| block.span.of(&document.text)).collect();
        assert_eq!(texts, ["Le titre", "Un mot fort & un lien.", "un point"]);
        let at = document.text.find("mot").unwrap();
        assert_eq!(document.place(Span::new(at, at + 3)).of(raw), "mot");
        let at = document.text.find("lien").unwrap();
        assert_eq!(document.place(Span::new(at, at + 4)).of(raw), "lien");
        let at = document.text.find('&').unwrap();
        assert_eq!(document.place(Span::new(at, at + 1)).of(raw), "&amp;");
        assert_eq!(document.blocks[0].kind, BlockKind::Heading);
        assert_eq!(document.blocks[2].kind, BlockKind::ListItem);
    }

    #[test]
    fn code_is_literal() {
        let document = parse("Lancez `apt list` puis ``git``.\n\n```\nrm x\n```\n".to_owned());
        let literals: Vec<&str> = document.literals.iter().map(|span| span.of(&document.text)).collect();
        assert_eq!((document.text.as_str(), literals), ("Lancez apt list puis git.\n", vec!["apt list", "git"]));
    }
}
