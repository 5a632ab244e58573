//! Bytes to text: by byte order mark, as UTF-8, else by the detector that browsers use.

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
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        // The places of a report count in the text without its mark.
        return Some(Decoded { text: text.into_owned(), note: note(encoding, broken) });
    }
    if is_binary(&bytes[..bytes.len().min(PROBE)]) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.to_owned(), note: None });
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
