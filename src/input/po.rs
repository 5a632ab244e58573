//! PO files of gettext: messages with their translations, plural forms, and a header that names the language.

use super::Broken;
use super::cutter::Cutter;
use super::units::Units;
use crate::document::{Document, Span};
use std::sync::Arc;

pub fn parse(text: String) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let mut reader = Reader { raw: &raw, units: Units::default(), entry: Entry::default(), field: None };
    let mut start = 0;
    for line in raw.split_inclusive('\n') {
        reader.line(start, line.trim_end())?;
        start += line.len();
    }
    reader.finish_entry();
    Ok(reader.units.finish(&raw))
}

/// What a line of strings belongs to.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Plural,
    /// A translation, by the number of its plural form.
    Translation(usize),
    /// The context of a message.
    Other,
}

/// A message: the strings of each field, without their quotation marks.
#[derive(Default)]
struct Entry {
    fuzzy: bool,
    id: Vec<Span>,
    plural: Vec<Span>,
    translations: Vec<Vec<Span>>,
    /// The comments of the translator.
    remarks: Vec<Span>,
}

/// The most plural forms that a language has are six; a number far beyond is a broken file.
const FORMS: usize = 16;

struct Reader<'r> {
    raw: &'r str,
    units: Units,
    entry: Entry,
    field: Option<Field>,
}

impl Reader<'_> {
    /// Reads a line that begins at `start`.
    fn line(&mut self, start: usize, line: &str) -> Result<(), Broken> {
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with('#') {
            // A comment after a translation begins the next message; old messages are comments as a whole.
            if !self.entry.translations.is_empty() {
                self.finish_entry();
            }
            let flags = inner.strip_prefix("#,").unwrap_or_default();
            self.entry.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            if inner.starts_with("# ") {
                let start = start + line.len() - inner.len();
                self.entry.remarks.push(Span::new(start, start + inner.len()));
            }
            return Ok(());
        }
        let start = start + line.len() - inner.len();
        let quote = inner.find('"').ok_or_else(|| Broken::at(self.raw, start, "a keyword and a string in quotation marks"))?;
        if quote > 0 {
            let field = self.keyword(inner[..quote].trim_end(), start)?;
            self.field = Some(field);
            if let Field::Translation(form) = field {
                self.entry.translations.resize(self.entry.translations.len().max(form + 1), Vec::new());
            }
        }
        let string = self.string(start + quote, &inner[quote..])?;
        let entry = &mut self.entry;
        match self.field {
            Some(Field::Id) => entry.id.push(string),
            Some(Field::Plural) => entry.plural.push(string),
            Some(Field::Translation(form)) => entry.translations[form].push(string),
            Some(Field::Other) => {}
            None => return Err(Broken::at(self.raw, start, "msgid before the first string")),
        }
        Ok(())
    }

    /// The field that a keyword names; that of a new message ends the one before.
    fn keyword(&mut self, keyword: &str, start: usize) -> Result<Field, Broken> {
        let form = || keyword.strip_prefix("msgstr[")?.strip_suffix(']')?.trim().parse().ok().filter(|form| *form < FORMS);
        if matches!(keyword, "msgid" | "msgctxt") && !self.entry.translations.is_empty() {
            self.finish_entry();
        }
        match keyword {
            "msgid" if !self.entry.id.is_empty() => Err(Broken::at(self.raw, start, "msgstr before the next msgid")),
            "msgid" => Ok(Field::Id),
            "msgid_plural" => Ok(Field::Plural),
            "msgstr" => Ok(Field::Translation(0)),
            "msgctxt" | "domain" => Ok(Field::Other),
            _ => form().map(Field::Translation).ok_or_else(|| {
                Broken::at(self.raw, start, format!("msgid, msgid_plural, msgstr, msgstr[N] or msgctxt instead of {keyword:?}"))
            }),
        }
    }

    /// The string that begins with a quotation mark at `start`, without its marks.
    fn string(&self, start: usize, quoted: &str) -> Result<Span, Broken> {
        let mut escaped = false;
        for (at, c) in quoted.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' if quoted.len() == at + 1 => return Ok(Span::new(start + 1, start + at)),
                '"' => return Err(Broken::at(self.raw, start, "nothing behind the quotation mark that closes the string")),
                _ => {}
            }
        }
        Err(Broken::at(self.raw, start, "a quotation mark that closes the string"))
    }

    fn finish_entry(&mut self) {
        self.field = None;
        let entry = std::mem::take(&mut self.entry);
        if entry.translations.is_empty() {
            // Flags stand before their message.
            if entry.id.is_empty() {
                self.entry.fuzzy = entry.fuzzy;
                self.entry.remarks = entry.remarks;
            }
            return;
        }
        for place in &entry.remarks {
            self.units.remark(*place);
        }
        if entry.id.iter().all(|span| span.is_empty()) {
            self.header(&entry.translations[0]);
            self.units.end_remarks(self.raw);
            return;
        }
        let single = entry.translations.len() == 1;
        for (form, translation) in entry.translations.iter().enumerate() {
            // The first of several forms says the singular; a language with one form has it from the plural.
            let plural = !entry.plural.is_empty() && (form > 0 || single);
            append(&mut self.units.source, self.raw, if plural { &entry.plural } else { &entry.id });
            append(&mut self.units.target, self.raw, translation);
            if entry.fuzzy { self.units.leave() } else { self.units.close() }
        }
        self.units.end_remarks(self.raw);
    }

    /// The languages that the header names.
    fn header(&mut self, strings: &[Span]) {
        let mut header = Cutter::default();
        append(&mut header, self.raw, strings);
        let field = |name: &str| {
            let value = header.pending().lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?.trim();
            Some(value.to_owned()).filter(|value| !value.is_empty())
        };
        self.units.to = field("Language");
        self.units.from = field("X-Source-Language");
    }
}

/// Appends strings to a text, their escapes decoded.
fn append(cutter: &mut Cutter, raw: &str, strings: &[Span]) {
    for span in strings {
        let mut at = span.start;
        while let Some(found) = raw[at..span.end].find('\\') {
            let start = at + found;
            cutter.copy(raw, Span::new(at, start));
            let (text, length) = escape(&raw[start + 1..span.end]);
            at = start + 1 + length;
            cutter.put(text.encode_utf8(&mut [0; 4]), Span::new(start, at));
        }
        cutter.copy(raw, Span::new(at, span.end));
    }
}

/// The character that an escape stands for, and the length of the escape behind its `\`.
fn escape(rest: &str) -> (char, usize) {
    let number = |skip: usize, base: u32, most: usize| {
        let digits = rest[skip..].chars().take(most).take_while(|c| c.is_digit(base)).count();
        let value = u32::from_str_radix(&rest[skip..skip + digits], base).ok()?;
        Some((char::from_u32(value)?, skip + digits))
    };
    match rest.chars().next() {
        Some('n') => ('\n', 1),
        Some('t') => ('\t', 1),
        Some('r') => ('\r', 1),
        Some('a' | 'b' | 'f' | 'v') => (' ', 1),
        Some('x') => number(1, 16, 2).unwrap_or(('x', 1)),
        Some('0'..='7') => number(0, 8, 3).unwrap_or(('\\', 0)),
        Some(c) => (c, c.len_utf8()),
        None => ('\\', 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"# A comment
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: a.c:1
msgctxt "menu"
msgid "Say \"yes\" "
"or no"
msgstr ""
"Dites « oui »\t"
"ou non\\"

msgid "one"
msgid_plural "many"
msgstr[0] "un"
msgstr[1] "plusieurs"
#, c-format, fuzzy
msgid "old"
msgstr "vieux"
msgid "open"
msgstr ""
#~ msgid "gone"
#~ msgstr "parti"
"#;

    #[test]
    fn messages_are_read_with_their_places() {
        let document = parse(FILE.to_owned()).unwrap();
        assert_eq!(document.declared.as_deref(), Some("fr"));
        assert_eq!(document.text, "Dites « oui »\tou non\\\nun\nplusieurs\n");
        let source = document.own_source().unwrap();
        assert_eq!(source.text, "Say \"yes\" or no\none\nmany\n");
        assert_eq!(document.notes, ["1 unit without a translation left out", "1 unit marked as unfinished left out"]);
        let at = document.text.find("»\tou").unwrap();
        assert_eq!(document.place(Span::new(at, at + 5)).of(FILE), "»\\t\"\n\"ou");
        let at = source.text.find("\"yes").unwrap();
        assert_eq!(source.place(Span::new(at, at + 4)).of(FILE), "\\\"yes");
        assert_eq!(document.paired.as_ref().unwrap().units.len(), 3);
    }

    #[test]
    fn broken_files_say_where() {
        let broken = |text: &str| parse(text.to_owned()).unwrap_err();
        assert_eq!(broken("msgid \"a\"\nmsgstr \"b").line, 2);
        assert_eq!(broken("\"a\"").expected, "msgid before the first string");
        assert!(broken("msgid \"a\"\n\nmsgst \"b\"").expected.ends_with("instead of \"msgst\""));
        assert_eq!(broken("msgid \"a\"\nmsgid \"b\"").line, 2);
        assert_eq!(broken("msgid a").expected, "a keyword and a string in quotation marks");
        assert_eq!(broken("msgid \"a\"\nmsgstr[99999999] \"b\"").line, 2);
    }
}
