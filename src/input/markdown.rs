//! Markdown: the readable text is cut out of the file, and every piece remembers where it came from.

use crate::document::{Block, BlockKind, Document, Span};
use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

pub fn parse(raw: String) -> Document {
    let options =
        Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS | Options::ENABLE_TABLES;
    let mut cutter = Cutter::default();
    for (event, range) in Parser::new_ext(&raw, options).into_offset_iter() {
        cutter.take(&raw, event, Span::new(range.start, range.end));
    }
    cutter.close(BlockKind::Paragraph);
    let declared = cutter.declared;
    let mut document = Document::cut(cutter.text, cutter.blocks, raw, cutter.pieces);
    document.declared = declared;
    document
}

#[derive(Default)]
struct Cutter {
    text: String,
    pieces: Vec<(usize, usize)>,
    blocks: Vec<Block>,
    /// Where the block that is being read begins in `text`.
    open: usize,
    quoted: usize,
    items: usize,
    /// Inside code or metadata: not the article's words.
    aside: bool,
    metadata: bool,
    declared: Option<String>,
}

impl Cutter {
    fn take(&mut self, raw: &str, event: Event, range: Span) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.aside = true,
            Event::End(TagEnd::CodeBlock) => self.aside = false,
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle)) => {
                self.metadata = true;
            }
            Event::End(TagEnd::MetadataBlock(_)) => self.metadata = false,
            Event::Text(text) if self.metadata => self.declared = declared(&text),
            Event::Text(text) | Event::Code(text) if !self.aside => self.copy(raw, &text, range),
            Event::SoftBreak | Event::HardBreak => self.copy(raw, " ", range),
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

    /// Appends a text. Where it is not the file's own (an entity, a line break), it counts as one place of the file.
    fn copy(&mut self, raw: &str, text: &str, range: Span) {
        if range.of(raw) == text {
            self.pieces.push((self.text.len(), range.start));
            self.text.push_str(text);
            return;
        }
        // Escapes and entities: each character leads back as far as it can be followed.
        let inside = range.of(raw).find(text);
        let start = range.start + inside.unwrap_or(0);
        self.pieces.push((self.text.len(), start));
        self.text.push_str(text);
        if inside.is_none() && text.len() > range.len() {
            // A text longer than its place cannot lead past it.
            let excess = self.text.len() - (text.len() - range.len());
            self.pieces.push((excess, range.end.saturating_sub(1)));
        }
    }

    fn close(&mut self, kind: BlockKind) {
        let end = self.text.len();
        let inner = &self.text[self.open..end];
        let lead = inner.len() - inner.trim_start().len();
        let kept = inner.trim().len();
        if kept > 0 {
            let kind = match kind {
                BlockKind::Paragraph if self.items > 0 => BlockKind::ListItem,
                BlockKind::Paragraph if self.quoted > 0 => BlockKind::Quotation,
                other => other,
            };
            let start = self.open + lead;
            self.blocks.push(Block { kind, span: Span::new(start, start + kept) });
            self.text.push('\n');
        }
        self.open = self.text.len();
    }
}

/// The language that front matter declares: a line `lang: fr` or `lang = "fr"`.
fn declared(metadata: &str) -> Option<String> {
    metadata.lines().find_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let value = value.trim().trim_matches(['"', '\'']);
        (matches!(key.trim(), "lang" | "language") && !value.is_empty()).then(|| value.to_owned())
    })
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
        assert_eq!(document.blocks[0].kind, BlockKind::Heading);
        assert_eq!(document.blocks[2].kind, BlockKind::ListItem);
    }
}
