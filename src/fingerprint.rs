//! What tells a finding from others wherever it moves: its rule and its words, with a few words around them. Baselines keep
//! it, and so do the tools that read SARIF and GitLab's reports.

use crate::document::{Document, Span};
use crate::rules::{Diagnostic, shortened};

/// A finding as it is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    pub hash: u64,
    /// The words, for people.
    pub words: String,
}

/// Letters and digits on each side of a finding that tell it from others of its kind.
const AROUND: usize = 24;

/// The fingerprint of a finding. Lines, spaces, marks and case do not count, nor what stands in other blocks: it stays when a
/// paragraph is moved or its lines are wrapped anew.
pub fn fingerprint(diagnostic: &Diagnostic, document: &Document) -> Fingerprint {
    let (text, span, around) = match diagnostic.place {
        Some(place) => (document.raw(), place, place),
        None => (document.text.as_str(), diagnostic.span, block(document, diagnostic.span)),
    };
    // A finding about the whole article is known by its rule alone.
    let whole = around == Span::new(0, text.len()) && document.blocks.len() > 1;
    let found = if whole { String::new() } else { letters(span.of(text)) };
    let (before, after) = (letters(&text[around.start..span.start]), letters(&text[span.end..around.end]));
    let before = before.char_indices().rev().nth(AROUND - 1).map_or(&*before, |(at, _)| &before[at..]);
    let after = after.char_indices().nth(AROUND).map_or(&*after, |(at, _)| &after[..at]);
    let parts = if whole { [diagnostic.rule, "", "", ""] } else { [diagnostic.rule, before, &found, after] };
    let hash = parts.iter().fold(SEED, |state, part| hash(hash(state, part.as_bytes()), &[0]));
    Fingerprint { hash, words: if whole { "the whole article".to_owned() } else { shortened(span.of(text)) } }
}

/// The block in which a span stands; the span itself where it is longer, and the whole text where it reaches from the first
/// block to the last.
fn block(document: &Document, span: Span) -> Span {
    let at = document.blocks.partition_point(|block| block.span.start <= span.start);
    let own = at.checked_sub(1).map_or(span, |at| document.blocks[at].span);
    if own.contains(span) {
        return own;
    }
    let filled = || document.blocks.iter().map(|block| block.span).filter(|block| !block.is_empty());
    let ends = filled().next().zip(filled().next_back());
    let all = ends.is_some_and(|(first, last)| span.start <= first.start && last.end <= span.end);
    if all { Span::new(0, document.text.len()) } else { span }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// FNV-1a: people keep fingerprints, so the function must never change with a library.
pub const SEED: u64 = 0xcbf2_9ce4_8422_2325;

pub fn hash(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Format, parse};
    use crate::mqm::{Category, Severity, Tier};

    fn print(text: &str, found: &str) -> u64 {
        let document = parse(text.to_owned(), Format::Markdown);
        let at = document.text.find(found).unwrap();
        let diagnostic = Diagnostic {
            rule: "a/b",
            category: Category::Markup,
            severity: Severity::Minor,
            tier: Tier::Gate,
            message: String::new(),
            why: None,
            suggestion: None,
            exact: false,
            span: Span::new(at, at + found.len()),
            source: None,
            place: None,
        };
        fingerprint(&diagnostic, &document).hash
    }

    #[test]
    fn a_fingerprint_moves_with_its_block() {
        let kept = print("Les prix ont baissé.Les clients reviennent.", "baissé.Les");
        assert_eq!(print("Un titre\n\nLes prix  ont\nbaissé.Les *clients*\nreviennent.\n\nFin.", "baissé.Les"), kept);
        assert_ne!(print("Les prix ont monté.Les clients reviennent.", "monté.Les"), kept);
        assert_ne!(print("Hier, les prix ont baissé.Les clients reviennent.", "baissé.Les"), kept);
        assert_eq!(print("Un.\n\nDeux.", "Un.\nDeux."), print("Trois.\n\nQuatre.\n\nCinq.", "Trois.\nQuatre.\nCinq."));
        assert_eq!(hash(SEED, b"a"), 0xaf63_dc4c_8601_ec8c, "FNV-1a as published");
    }
}
