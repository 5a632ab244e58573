//! Lists inside a block: `1.) The first item 2.) The second item`. A mark counts when the next one of its kind follows.

use crate::document::Span;

/// Bullets before items or their marks.
fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '‣' | '◦' | '▪')
}

/// Bullets, and spaces among them, of one mark.
const BULLETS: usize = 16;

/// Signs that an item's mark is written with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Digits,
    Letters,
    Roman,
    Bullet,
}

/// A sign that may begin an item.
struct Mark<'t> {
    span: Span,
    label: &'t str,
    /// The bracket and stop around the label.
    style: (bool, &'t str),
    bulleted: bool,
    /// The block or a sentence ends before it.
    free: bool,
    /// The block begins with it.
    heads: bool,
}

/// The marks that begin items in a block, in the order of the text; `signs` are its signs that are no letters. Where `ordinal`, a
/// number with a full stop is a word inside a sentence (`1. FC`, `2. Liga`), and marks only where a sentence may begin.
pub fn markers(text: &str, block: Span, signs: &[(usize, char)], ordinal: bool) -> Vec<Span> {
    let marks = marks(text, block, signs);
    let mut found: Vec<Span> = Vec::new();
    for numbering in [Numbering::Digits, Numbering::Letters, Numbering::Roman, Numbering::Bullet] {
        let mut chain: Vec<&Mark> = Vec::new();
        for mark in &marks {
            let free = mark.free || mark.bulleted;
            let loose = !(ordinal && mark.style == (false, ".") && numbering == Numbering::Digits);
            let same = chain.last().is_some_and(|last| last.style == mark.style) && (free || loose);
            if same && follows(mark, &chain, numbering) {
                chain.push(mark);
            } else if (free || chain.is_empty() && is_bare(mark)) && begins(mark, numbering)
                || same && chain.len() > 1 && is_nth(mark, numbering, 0)
            {
                close(&mut chain, &mut found);
                chain.push(mark);
            }
        }
        close(&mut chain, &mut found);
    }
    found.sort_unstable();
    found.dedup_by(|next, kept| next.overlaps(*kept));
    found
}

/// A list of one item is none, and two bare letters (`a. … b. …`) may be anything.
fn close(chain: &mut Vec<&Mark>, found: &mut Vec<Span>) {
    let least = if chain.first().is_some_and(|first| is_bare(first)) { 3 } else { 2 };
    if chain.len() >= least {
        found.extend(chain.iter().map(|mark| mark.span));
    }
    chain.clear();
}

/// Whether a mark is a letter and a stop, and nothing else.
fn is_bare(mark: &Mark) -> bool {
    mark.style == (false, ".") && !mark.bulleted && mark.label.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a mark's label is the one after `before` others of its list.
fn is_nth(mark: &Mark, numbering: Numbering, before: usize) -> bool {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    match numbering {
        Numbering::Digits => number(mark) == Some(before + 1),
        Numbering::Letters => {
            mark.label.len() == 1 && mark.label.bytes().next() == u8::try_from(before).ok().map(|n| b'a'.saturating_add(n))
        }
        Numbering::Roman => ROMAN.get(before) == Some(&mark.label),
        Numbering::Bullet => mark.bulleted,
    }
}

/// Whether a mark may be the first of a list; one at the head of the text may have any number.
fn begins(mark: &Mark, numbering: Numbering) -> bool {
    is_nth(mark, numbering, 0) || numbering == Numbering::Digits && mark.heads && number(mark).is_some()
}

/// Whether a mark is the next of its list. A list that does not begin with 1 must be marked with bullets.
fn follows(mark: &Mark, chain: &[&Mark], numbering: Numbering) -> bool {
    let first = chain.first().and_then(|first| number(first));
    match (numbering, first) {
        (Numbering::Digits, Some(first)) => number(mark) == first.checked_add(chain.len()) && (first == 1 || mark.bulleted),
        _ => is_nth(mark, numbering, chain.len()),
    }
}

fn number(mark: &Mark) -> Option<usize> {
    mark.label.parse().ok()
}

/// Everything that looks like an item's mark: a bullet at the head of a word, or a short label there that a sign closes.
fn marks<'t>(text: &'t str, block: Span, signs: &[(usize, char)]) -> Vec<Mark<'t>> {
    let heads = signs.iter().filter_map(|&(at, c)| match c {
        '.' | ')' => label_before(&text[block.start..at]).map(|label| at - label),
        _ => is_bullet(c).then_some(at),
    });
    let begins = |at: &usize| text[block.start..*at].chars().next_back().is_none_or(char::is_whitespace);
    heads.filter(begins).filter_map(|at| mark(text, block, at)).collect()
}

/// Letters and digits of a mark's label.
const LABEL: usize = 4;

/// The length of the label that a text ends with, and of the bracket before it; None where there is no label.
fn label_before(text: &str) -> Option<usize> {
    let label = text.bytes().rev().take(LABEL).take_while(is_of_label).count();
    let bracket = text[..text.len() - label].ends_with('(');
    (label > 0).then_some(label + usize::from(bracket))
}

fn is_of_label(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

fn mark(text: &str, block: Span, start: usize) -> Option<Mark<'_>> {
    let rest = &text[start..block.end];
    let bullet: usize = rest.chars().take(BULLETS).take_while(|c| is_bullet(*c) || *c == ' ').map(char::len_utf8).sum();
    let bracket = rest[bullet..].starts_with('(');
    let from = bullet + usize::from(bracket);
    let label: usize = rest[from..].bytes().take(LABEL).take_while(is_of_label).count();
    let stops = rest[from + label..].bytes().take_while(|byte| matches!(byte, b'.' | b')')).count();
    let (end, label) = (from + label + stops, &rest[from..from + label]);
    let closed = stops > 0 && stops <= 2 && !label.is_empty() && rest[end..].starts_with([' ', '\u{a0}']);
    if !closed && bullet == 0 {
        return None;
    }
    let sentence = text[block.start..start].trim_end();
    let free = sentence.is_empty() || sentence.ends_with(['.', '!', '?', ':', ';']);
    let (bulleted, heads) = (bullet > 0, sentence.is_empty());
    if closed {
        let style = (bracket, &rest[end - stops..end]);
        return Some(Mark { span: Span::new(start, start + end), label, style, bulleted, free, heads });
    }
    bulleted.then(|| Mark { span: Span::new(start, start + bullet), label: "", style: (false, ""), bulleted, free, heads })
}
