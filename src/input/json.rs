//! JSON and JSON lines: objects with "target" (and "source") are units; otherwise the fields that articles keep their text in.

use super::cutter::Cutter;
use super::units::Units;
use super::{Broken, Wish};
use crate::document::{Document, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// One value with all that is in it.
pub fn parse(text: String, wish: &Wish) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let mut found = Found::new(&raw, wish);
    found.value(0, &raw)?;
    found.document(&raw)
}

/// A value a line.
pub fn parse_lines(text: String, wish: &Wish) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let mut found = Found::new(&raw, wish);
    let mut start = 0;
    for line in raw.split_inclusive('\n') {
        if !line.trim().is_empty() {
            found.value(start, line.trim_end())?;
        }
        start += line.len();
    }
    found.document(&raw)
}

/// Fields in which articles keep their text, and those that name its language.
const TEXTS: &[&str] = &[
    "title",
    "headline",
    "subtitle",
    "standfirst",
    "summary",
    "lead",
    "description",
    "text",
    "body",
    "articleBody",
    "content",
    "paragraphs",
];
const LANGUAGES: &[&str] = &["lang", "language", "inLanguage"];
/// Values inside values beyond which a file is no article.
const DEEPEST: usize = 64;

/// The strings found, as written.
struct Found<'r> {
    raw: &'r str,
    /// The keys of the JSON Pointer that was wished.
    pointer: Option<Vec<String>>,
    path: Vec<String>,
    units: Vec<(Option<Span>, Span)>,
    texts: Vec<Span>,
    from: Option<String>,
    to: Option<String>,
    lang: Option<String>,
}

impl<'r> Found<'r> {
    fn new(raw: &'r str, wish: &Wish) -> Found<'r> {
        // RFC 6901: `~1` is a slash in a key, `~0` a tilde.
        let key = |part: &str| part.replace("~1", "/").replace("~0", "~");
        let pointer = wish.field.map(|field| field.split('/').skip(1).map(key).collect());
        let (units, texts, path) = (Vec::new(), Vec::new(), Vec::new());
        Found { raw, pointer, path, units, texts, from: None, to: None, lang: None }
    }

    /// Reads the value that is all of a text that begins at `start`.
    fn value(&mut self, start: usize, text: &'r str) -> Result<(), Broken> {
        let read: Result<&RawValue, _> = serde_json::from_str(text);
        match read {
            Ok(value) => self.walk(value, false),
            Err(error) => {
                let mut broken = Broken::at(self.raw, start, invalid(&error));
                broken.line += error.line().saturating_sub(1);
                Err(broken)
            }
        }
    }

    /// Where a value stands in the file.
    fn span(&self, value: &RawValue) -> Span {
        let start = value.get().as_ptr().addr() - self.raw.as_ptr().addr();
        Span::new(start, start + value.get().len())
    }

    /// Collects the texts of a value; `text`: it is the value of a field that holds text.
    fn walk(&mut self, value: &'r RawValue, text: bool) -> Result<(), Broken> {
        if self.path.len() > DEEPEST {
            return Err(Broken::at(self.raw, self.span(value).start, format!("at most {DEEPEST} values inside each other")));
        }
        let broken = |error| Broken::at(self.raw, self.span(value).start, invalid(&error));
        match value.get().as_bytes()[0] {
            b'"' if text || self.is_wished() => self.texts.push(self.span(value)),
            b'{' => {
                let members: Members = serde_json::from_str(value.get()).map_err(broken)?;
                self.object(&members.0)?;
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(broken)?;
                for (index, item) in items.into_iter().enumerate() {
                    self.inside(index.to_string(), item, text)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn inside(&mut self, key: String, value: &'r RawValue, text: bool) -> Result<(), Broken> {
        self.path.push(key);
        let result = self.walk(value, text);
        self.path.pop();
        result
    }

    fn object(&mut self, members: &[(String, &'r RawValue)]) -> Result<(), Broken> {
        let string = |name: &str| {
            let found = members.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
            found.filter(|value| value.get().starts_with('"'))
        };
        let word = |names: &[&str]| names.iter().find_map(|name| serde_json::from_str::<String>(string(name)?.get()).ok());
        self.from = self.from.take().or_else(|| word(&["from", "source_lang", "sourceLanguage"]));
        self.to = self.to.take().or_else(|| word(&["to", "target_lang", "targetLanguage"]));
        self.lang = self.lang.take().or_else(|| word(LANGUAGES));
        if let Some(target) = string("target").filter(|_| self.pointer.is_none()) {
            let unit = (string("source").map(|source| self.span(source)), self.span(target));
            self.units.push(unit);
            return Ok(());
        }
        for (key, value) in members {
            self.inside(key.clone(), value, self.pointer.is_none() && TEXTS.contains(&key.as_str()))?;
        }
        Ok(())
    }

    /// Whether the value at hand is one of those that were wished.
    fn is_wished(&self) -> bool {
        let fits = |(wished, key): (&String, &String)| wished == "*" || wished == key;
        self.pointer.as_ref().is_some_and(|wished| wished.len() == self.path.len() && wished.iter().zip(&self.path).all(fits))
    }

    fn document(self, raw: &Arc<str>) -> Result<Document, Broken> {
        let mut units = Units::between(self.from, self.to.or(self.lang));
        if self.units.is_empty() && self.texts.is_empty() {
            let expected = match &self.pointer {
                Some(_) => "a string where the field points to".to_owned(),
                None => format!("objects with \"target\", or fields such as {}", TEXTS.join(", ")),
            };
            return Err(Broken::at(raw, 0, expected));
        }
        if self.units.is_empty() {
            for text in self.texts {
                append(&mut units.target, raw, text);
                units.close();
            }
        } else {
            for (source, target) in self.units {
                if let Some(source) = source {
                    append(&mut units.source, raw, source);
                }
                append(&mut units.target, raw, target);
                units.close();
            }
        }
        Ok(units.finish(raw))
    }
}

/// What is wrong with a value; its line is told apart.
fn invalid(error: &serde_json::Error) -> String {
    let message = error.to_string();
    format!("valid JSON: {}", message.split(" at line ").next().unwrap_or_default())
}

/// The members of an object in their order.
struct Members<'r>(Vec<(String, &'r RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'de>, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// Appends a string as written, in its quotation marks, with its escapes decoded.
fn append(cutter: &mut Cutter, raw: &str, string: Span) {
    let (mut at, end) = (string.start + 1, string.end - 1);
    while let Some(found) = raw[at..end].find('\\') {
        let start = at + found;
        cutter.copy(raw, Span::new(at, start));
        let (c, length) = escape(&raw[start..end]);
        at = start + length;
        cutter.put(c.encode_utf8(&mut [0; 4]), Span::new(start, at));
    }
    cutter.copy(raw, Span::new(at, end));
}

/// The character that an escape stands for, and the length of the escape.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    match text.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b' | b'f') => (' ', 2),
        Some(b'u') => {
            let units = [unit(0), unit(6)];
            match char::decode_utf16(units.into_iter().flatten()).next() {
                Some(Ok(c)) => (c, 6 * c.len_utf16()),
                _ => (char::REPLACEMENT_CHARACTER, 6.min(text.len())),
            }
        }
        Some(mark) => (char::from(*mark), 2),
        None => ('\\', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        parse(text.to_owned(), &Wish::default()).unwrap()
    }

    #[test]
    fn units_are_found() {
        let raw = "{\"id\": 1, \"to\": \"fr\", \"target\": \"L\\u2019\\u00e9t\\u00e9 \\ud83d\\ude42 \\\"oui\\\"\", \"source\": \"A\\nB\"}\n\n{\"target\": \"Non\"}\n";
        let document = parse_lines(raw.to_owned(), &Wish::default()).unwrap();
        assert_eq!((document.text.as_str(), document.declared.as_deref()), ("L’été 🙂 \"oui\"\nNon\n", Some("fr")));
        assert_eq!(document.own_source().unwrap().text, "A\nB\n\n");
        assert_eq!(document.paired.as_ref().unwrap().units, [(0..2, 0..1), (2..2, 1..2)]);
        let at = document.text.find("été 🙂").unwrap();
        assert_eq!(document.place(Span::new(at, at + 10)).of(raw), "\\u00e9t\\u00e9 \\ud83d\\ude42");
        assert_eq!(read("{\"rows\": [[{\"target\": \"Un\"}], {\"target\": \"Deux\", \"source\": null}]}").text, "Un\nDeux\n");
    }

    #[test]
    fn articles_are_found() {
        let raw =
            "{\"inLanguage\": \"fr\", \"url\": \"x\", \"headline\": \"Le titre\", \"body\": [\"Un.\", {\"text\": \"Deux.\"}]}";
        let document = read(raw);
        assert_eq!((document.text.as_str(), document.declared.as_deref()), ("Le titre\nUn.\nDeux.\n", Some("fr")));
        assert!(document.own_source().is_none());
        let wish = Wish { field: Some("/a~1b/*/x"), ..Wish::default() };
        let document =
            parse("{\"a/b\": [{\"x\": \"Un\", \"y\": \"Non\"}, {\"x\": \"Deux\"}], \"target\": \"z\"}".to_owned(), &wish)
                .unwrap();
        assert_eq!(document.text, "Un\nDeux\n");
    }

    #[test]
    fn broken_files_say_where() {
        let broken = |text: &str| parse(text.to_owned(), &Wish::default()).unwrap_err();
        assert_eq!(broken("{\n\"a\": \n}").line, 3);
        assert!(broken("{\"a\": 1}").expected.starts_with("objects with \"target\""));
        assert!(broken(&format!("{}{}", "[".repeat(200), "]".repeat(200))).expected.starts_with("at most 64"));
        assert!(
            parse_lines("{\"target\": \"a\"}\n{\"target\"\n".to_owned(), &Wish::default()).is_err_and(|broken| broken.line == 2)
        );
        // A lone half of a pair is no character.
        assert_eq!(escape("\\ud83d x"), ('\u{FFFD}', 6));
        assert!(parse("[".repeat(1_000_000), &Wish::default()).is_err());
    }
}
