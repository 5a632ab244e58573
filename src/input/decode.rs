//! Bytes to text: by byte order mark, as UTF-8, else by the detector that browsers use.

use super::Format;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// A text, and a word about its encoding when that was not plain UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub note: Option<String>,
}

/// Bytes looked at to tell a text from a binary file.
const PROBE: usize = 8192;

/// Decodes a file. None when it is no text at all.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    decode_as(bytes, None)
}

/// Decodes a file that names its encoding. What is UTF-8 is read so whatever the name: files are converted more often than
/// their headers are, and no text in another encoding is UTF-8 by chance.
pub fn decode_as(bytes: &[u8], named: Option<&'static Encoding>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        // The places of a report count in the text without its mark.
        return Some(Decoded { text: text.into_owned(), note: note(encoding, broken) });
    }
    if is_binary(&bytes[..bytes.len().min(PROBE)]) {
        return None;
    }
    if let Some(encoding) = named.filter(|encoding| !encoding.is_ascii_compatible()) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return Some(Decoded { text: text.into_owned(), note: note(encoding, broken) });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.to_owned(), note: None });
    }
    if let Some(encoding) = named.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return Some(Decoded { text: text.into_owned(), note: note(encoding, broken) });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // A few broken bytes in UTF-8 are a broken file, not another encoding.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{FFFD}').count();
    let kept = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if kept > 4 * broken {
        let note = format!("not valid UTF-8: {broken} broken places were read as U+FFFD");
        return Some(Decoded { text: lossy.into_owned(), note: Some(note) });
    }
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Some(Decoded { text: text.into_owned(), note: note(encoding, broken) })
}

/// Bytes in which a file names its encoding.
const HEAD: usize = 4096;

/// The encoding that an HTML, XML or PO file names: `<meta charset=…>`, `<?xml … encoding="…"?>`, `Content-Type: … charset=…`.
pub fn named(bytes: &[u8], format: Format) -> Option<&'static Encoding> {
    let head: String = bytes[..bytes.len().min(HEAD)].iter().map(|byte| byte.to_ascii_lowercase() as char).collect();
    let declaration =
        || head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|xml| label(xml, "encoding"));
    let meta = || head.split("<meta").skip(1).find_map(|rest| label(rest.split('>').next()?, "charset"));
    let label = match format {
        Format::Html => meta().or_else(declaration),
        Format::Xliff | Format::Tmx => declaration(),
        Format::Po => label(&head, "charset"),
        _ => None,
    }?;
    // What can be read as ASCII is not UTF-16, whatever it says.
    Encoding::for_label(label.as_bytes()).map(Encoding::output_encoding)
}

/// The value behind `name=`, with or without quotation marks.
fn label<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.')).unwrap_or(value.len());
    Some(&value[..end])
}

fn note(encoding: &'static Encoding, broken: bool) -> Option<String> {
    let legacy = encoding != encoding_rs::UTF_8;
    let places = "places count in the decoded text";
    match (legacy, broken) {
        (true, true) => Some(format!("read as {}, with bytes that it does not know; {places}", encoding.name())),
        (true, false) => Some(format!("read as {}; {places}", encoding.name())),
        (false, true) => Some("not valid UTF-8: broken bytes were read as U+FFFD".to_owned()),
        (false, false) => None,
    }
}

/// Text holds no NUL and few control characters.
fn is_binary(probe: &[u8]) -> bool {
    let control = probe.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    probe.contains(&0) || control * 20 > probe.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart_and_said() {
        assert_eq!(decode("é".as_bytes()).unwrap(), Decoded { text: "é".to_owned(), note: None });
        assert_eq!(decode("\u{FEFF}é".as_bytes()).unwrap().text, "é");
        assert_eq!(decode(&[0xFF, 0xFE, 0xE9, 0]).unwrap().text, "é");
        let latin: Vec<u8> = "L'été a été très agréable à la préfecture".chars().map(|c| c as u8).collect();
        let decoded = decode(&latin).unwrap();
        assert_eq!(decoded.text, "L'été a été très agréable à la préfecture");
        assert!(decoded.note.unwrap().starts_with("read as windows-1252"));
    }

    #[test]
    fn an_encoding_that_is_named_is_taken() {
        let gbk = [&b"<meta http-equiv=Content-Type content='text/html; charset=GBK'>"[..], &[0xD6, 0xD0]].concat();
        assert!(decode_as(&gbk, named(&gbk, Format::Html)).unwrap().text.ends_with("中"));
        let xml = [&b"<?xml version='1.0' encoding=\"ISO-8859-2\"?><a>"[..], &[0xB3]].concat();
        assert!(decode_as(&xml, named(&xml, Format::Xliff)).unwrap().text.ends_with('ł'));
        let stale = "<meta charset=windows-1252>été".as_bytes();
        assert!(decode_as(stale, named(stale, Format::Html)).unwrap().text.ends_with("été"));
        assert_eq!(named(b"\"Content-Type: text/plain; charset=KOI8-R\\n\"", Format::Po).unwrap().name(), "KOI8-R");
    }

    #[test]
    fn a_binary_file_is_no_text() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\x00\x00"), None);
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = "Les négociations ont été très agitées à l'Élysée".as_bytes().to_vec();
        bytes.push(0xE9);
        assert!(decode(&bytes).unwrap().text.ends_with('\u{FFFD}'));
    }
}
