//! Every character of a text that was read leads back to the bytes of the file that say it, in every format: through entities,
//! escapes, inline codes and white space of markup.

use contresens::Document;
use contresens::document::Span;
use contresens::input::{Format, Wish, parse_as};
use proptest::prelude::*;

/// A character of a text, and a number that chooses how it is written.
type Written = (char, u8);
type Unit = Vec<Written>;

/// A file that is being written, with the place of each character of its texts.
#[derive(Default)]
struct File {
    bytes: String,
    source: Vec<(char, Span)>,
    target: Vec<(char, Span)>,
}

/// How a format writes a character (`&amp;`, `\n`), and the codes that may stand between two.
struct Notation {
    write: fn(char, u8) -> String,
    codes: &'static [&'static str],
}

impl File {
    fn text(&mut self, unit: &Unit, notation: &Notation) -> Vec<(char, Span)> {
        let mut places = Vec::new();
        for (c, choice) in unit {
            if choice % 4 == 3 && !notation.codes.is_empty() {
                self.bytes.push_str(notation.codes[usize::from(choice / 4) % notation.codes.len()]);
            }
            let start = self.bytes.len();
            self.bytes.push_str(&(notation.write)(*c, *choice));
            places.push((*c, Span::new(start, self.bytes.len())));
        }
        places
    }

    fn source(&mut self, before: &str, unit: &Unit, notation: &Notation, after: &str) {
        self.bytes.push_str(before);
        let places = self.text(unit, notation);
        self.source.extend(places);
        self.bytes.push_str(after);
    }

    fn target(&mut self, before: &str, unit: &Unit, notation: &Notation, after: &str) {
        self.bytes.push_str(before);
        let places = self.text(unit, notation);
        self.target.extend(places);
        self.bytes.push_str(after);
    }

    /// Reads the file and looks whether all places are right.
    fn check(self, format: Format) {
        let document = parse_as(self.bytes.clone(), &Wish { format: Some(format), ..Wish::default() }).expect(&self.bytes);
        places_lead_back(&document, &self.target);
        if let Some(source) = document.own_source() {
            places_lead_back(source, &self.source);
        } else {
            assert!(self.source.is_empty(), "{}", self.bytes);
        }
    }
}

fn places_lead_back(document: &Document, expected: &[(char, Span)]) {
    let read: Vec<(usize, char)> = document.text.char_indices().filter(|(_, c)| *c != '\n').collect();
    let texts = |characters: &mut dyn Iterator<Item = char>| characters.collect::<String>();
    assert_eq!(texts(&mut read.iter().map(|(_, c)| *c)), texts(&mut expected.iter().map(|(c, _)| *c)), "in {}", document.raw());
    for ((at, c), (_, place)) in read.iter().zip(expected) {
        let span = Span::new(*at, at + c.len_utf8());
        assert_eq!(document.place(span), *place, "{c:?} in {}", document.raw());
    }
    // A longer span reaches from its first character to its last.
    for ((first, last), (start, end)) in read.iter().zip(read.iter().skip(3)).zip(expected.iter().zip(expected.iter().skip(3))) {
        let span = Span::new(first.0, last.0 + last.1.len_utf8());
        assert_eq!(document.place(span), Span::new(start.1.start, end.1.end), "in {}", document.raw());
    }
}

fn unit() -> impl Strategy<Value = Unit> {
    let characters =
        prop::sample::select(vec!['a', 'b', 'é', '中', '🙂', ' ', ' ', '&', '<', '>', '"', '\\', '\'', '.', '\u{A0}', ';']);
    prop::collection::vec((characters, any::<u8>()), 0..24).prop_map(|mut unit| {
        // White space at the edges is no text, and markup makes one space of two.
        unit.dedup_by(|next, last| next.0 == ' ' && last.0 == ' ');
        unit.insert(0, ('x', 0));
        unit.push(('y', 0));
        unit
    })
}

fn units() -> impl Strategy<Value = Vec<(Unit, Unit)>> {
    prop::collection::vec((unit(), unit()), 1..5)
}

fn xml(c: char, choice: u8) -> String {
    match (c, choice % 3) {
        ('&', _) => "&amp;".to_owned(),
        ('<', 0) => "&#60;".to_owned(),
        ('<', _) => "&lt;".to_owned(),
        ('>', 0) => "&gt;".to_owned(),
        (' ', 0) => "\r\n   ".to_owned(),
        (c, 1) if c != ' ' => format!("&#x{:X};", u32::from(c)),
        (c, _) => c.to_string(),
    }
}

fn html(c: char, choice: u8) -> String {
    match (c, choice % 5) {
        ('é', 0) => "&eacute;".to_owned(),
        ('\u{A0}', 0) => "&nbsp;".to_owned(),
        ('"', 0) => "&quot;".to_owned(),
        (' ', 4) => " \t ".to_owned(),
        _ => xml(c, choice),
    }
}

fn markdown(c: char, choice: u8) -> String {
    match (c, choice % 2) {
        (' ', _) => " ".to_owned(),
        ('&' | '<' | '\\' | '>', _) => format!("&#{};", u32::from(c)),
        ('é', 0) => "&eacute;".to_owned(),
        (c, _) => c.to_string(),
    }
}

fn po(c: char, choice: u8) -> String {
    match (c, choice % 3) {
        ('"', _) => "\\\"".to_owned(),
        ('\\', _) => "\\\\".to_owned(),
        ('a', 0) => "\\x61".to_owned(),
        ('b', 1) => "\\142".to_owned(),
        (c, _) => c.to_string(),
    }
}

fn quoted(c: char, _: u8) -> String {
    if c == '"' { "\"\"".to_owned() } else { c.to_string() }
}

fn json(c: char, choice: u8) -> String {
    match (c, choice % 3) {
        ('"', 0) => "\\\"".to_owned(),
        ('\\', 0) => "\\\\".to_owned(),
        ('"' | '\\', _) | (_, 1) => {
            c.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |escapes, unit| format!("{escapes}\\u{unit:04x}"))
        }
        (c, _) => c.to_string(),
    }
}

const HTML: Notation =
    Notation { write: html, codes: &["<b>", "</b>", "<i lang=en>", "<!-- c -->", "</a>", "<img src='a>b'>", "<wbr>"] };
const MARKDOWN: Notation = Notation { write: markdown, codes: &["<b>", "</b>"] };
const XLIFF: Notation =
    Notation { write: xml, codes: &["<x id='1'/>", "<ph id=\"2\">{0} &amp;</ph>", "<bpt id='3'>&lt;b&gt;</bpt>", "<!-- c -->"] };
const TMX: Notation = Notation { write: xml, codes: &["<ph>{0}</ph>", "<bpt i='1'>&lt;b <sub>s</sub></bpt>", "<hi></hi>"] };
const PO: Notation = Notation { write: po, codes: &["\"\n\"", "\"\r\n  \""] };
const QUOTED: Notation = Notation { write: quoted, codes: &[] };
const JSON: Notation = Notation { write: json, codes: &[] };

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_leads_back(units in units()) {
        let mut file = File::default();
        file.bytes.push_str("<!DOCTYPE html>\r\n<html lang=fr><head><title>T</title></head><body><nav>N</nav><article>");
        for (one, other) in units {
            file.target("<p class=\"a\">", &one, &HTML, "</p>\r\n");
            file.target("<li>", &other, &HTML, "");
        }
        file.bytes.push_str("</article><script>x</script></body></html>");
        file.check(Format::Html);
    }

    #[test]
    fn markdown_leads_back(units in units()) {
        let mut file = File::default();
        for (one, other) in units {
            file.target("# ", &one, &MARKDOWN, "\n\n");
            file.target("- ", &other, &MARKDOWN, "\n\n");
        }
        file.check(Format::Markdown);
    }

    #[test]
    fn xliff_leads_back(units in units()) {
        let mut one = File::default();
        let mut two = File::default();
        one.bytes.push_str("<?xml version='1.0'?><xliff version='1.2'><file source-language='en' target-language='fr'><body>\n");
        two.bytes.push_str("<xliff version='2.0' srcLang='en' trgLang='fr'><file id='f'>\n");
        for (source, target) in units {
            one.source("<trans-unit id='a'><source>", &source, &XLIFF, "</source>\r\n");
            one.target("<target>", &target, &XLIFF, "</target></trans-unit>\n");
            two.source("<unit id='a'><segment><source><pc id='1'>", &source, &XLIFF, "</pc></source>");
            two.target("<target>", &target, &XLIFF, "<ph id='1'/></target></segment></unit>\n");
        }
        one.bytes.push_str("</body></file></xliff>");
        two.bytes.push_str("</file></xliff>");
        one.check(Format::Xliff);
        two.check(Format::Xliff);
    }

    #[test]
    fn tmx_leads_back(units in units()) {
        let mut file = File::default();
        file.bytes.push_str("<!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx version='1.4'><header srclang='en'/><body>");
        for (source, target) in units {
            file.target("<tu><tuv xml:lang='fr'><seg>", &target, &TMX, "</seg></tuv>");
            file.source("<tuv xml:lang='en'><prop>p</prop><seg>", &source, &TMX, "</seg></tuv></tu>\n");
        }
        file.bytes.push_str("</body></tmx>");
        file.check(Format::Tmx);
    }

    #[test]
    fn po_leads_back(units in units()) {
        let mut file = File::default();
        file.bytes.push_str("msgid \"\"\nmsgstr \"Language: fr\\n\"\n");
        for (source, target) in units {
            file.source("\n#: a.c:1\nmsgid \"", &source, &PO, "\"\n");
            file.target("msgstr \"", &target, &PO, "\"\r\n");
        }
        file.check(Format::Po);
    }

    #[test]
    fn tables_lead_back(units in units()) {
        let mut tabs = File::default();
        let mut commas = File::default();
        tabs.bytes.push_str("id\tsource\ttarget\n");
        commas.bytes.push_str("target,source\r\n");
        for (source, target) in units {
            tabs.source("1\t\"", &source, &QUOTED, "\"\t");
            tabs.target("\"", &target, &QUOTED, "\"\n");
            commas.target("\"", &target, &QUOTED, "\",");
            commas.source("\"", &source, &QUOTED, "\"\r\n");
        }
        tabs.check(Format::Tsv);
        commas.check(Format::Csv);
    }

    #[test]
    fn json_leads_back(units in units()) {
        let mut lines = File::default();
        let mut whole = File::default();
        whole.bytes.push_str("{\"to\": \"fr\", \"units\": [null");
        for (source, target) in units {
            lines.source("{\"id\": [1], \"source\": \"", &source, &JSON, "\", ");
            lines.target("\"target\" : \"", &target, &JSON, "\"}\n");
            whole.target(", {\"target\": \"", &target, &JSON, "\",\n");
            whole.source("\"source\":\"", &source, &JSON, "\"}");
        }
        whole.bytes.push_str("]}");
        lines.check(Format::Jsonl);
        whole.check(Format::Json);
    }

    #[test]
    fn byte_order_marks_count_as_bytes_of_the_file(marks in 0..3_usize, unit in unit()) {
        let mut file = File::default();
        file.bytes.push_str(&"\u{feff}".repeat(marks));
        file.source("<xliff version='1.2'><file source-language='en' target-language='fr'><trans-unit><source>", &unit, &XLIFF, "</source>");
        file.target("<target>", &unit, &XLIFF, "</target></trans-unit></file></xliff>");
        file.check(Format::Xliff);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}", markup in "[<>&;#/a-c\"'=\\[\\]!?\\\\{}:,\t\n-]{0,60}") {
        let formats =
            [Format::Html, Format::Markdown, Format::Xliff, Format::Tmx, Format::Po, Format::Tsv, Format::Csv, Format::Jsonl, Format::Json];
        let wrapped = format!("<xliff><file><trans-unit><source>{markup}</source><target>{text}{markup}");
        for (format, text) in formats.into_iter().flat_map(|format| [&text, &markup, &wrapped].map(|text| (format, text))) {
            let Ok(document) = parse_as(text.clone(), &Wish { format: Some(format), ..Wish::default() }) else { continue };
            for block in &document.blocks {
                prop_assert!(document.text.get(block.span.range()).is_some());
                prop_assert!(document.raw().get(document.place(block.span).range()).is_some());
            }
        }
    }
}
