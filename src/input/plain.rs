//! Plain text: a block is a line, or a paragraph where the lines are wrapped.

use crate::document::{Block, BlockKind, Document, Span};

/// Characters after which a line that ends without a stop is too long for a heading.
const HEADING_CHARACTERS: usize = 140;
/// Widths between which the lines of a wrapped text end.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=100;

pub fn parse(text: String) -> Document {
    let blocks = blocks(&text);
    Document::plain(text, blocks)
}

/// The blocks of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    if is_wrapped(text, &lines) {
        paragraphs(text, &lines)
    } else {
        flowed(text, &lines).into_iter().map(|span| block(text, span)).collect()
    }
}

/// The lines of a text without the white space around them; empty ones stay, to part paragraphs.
fn lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let kept = line.trim().len();
        let lead = if kept == 0 { 0 } else { lead };
        lines.push(Span::new(start + lead, start + lead + kept));
        start += line.len();
    }
    lines
}

/// Lines, of which one that says by a space at its end that it goes on (as mail does, RFC 3676) is joined to the next,
/// and one that begins with the stop of the line before to that.
fn flowed(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(lines.len());
    for line in lines {
        match spans.last_mut() {
            Some(last) if goes_on(&text[last.end..line.start], last.of(text), line.of(text)) => *last = last.join(*line),
            _ => spans.push(*line),
        }
    }
    spans
}

fn goes_on(gap: &str, line: &str, next: &str) -> bool {
    let soft = matches!(gap, " \n" | " \r\n") && next.starts_with(|c: char| c.is_lowercase() || c == '(');
    let single = gap.matches('\n').count() == 1;
    let stop = next.starts_with([',', '.', ';', '!', '?']) && next[1..].starts_with(' ');
    !line.is_empty() && (soft && line.ends_with(char::is_alphanumeric) || single && stop && line.ends_with(char::is_alphabetic))
}

/// Whether most lines that are followed by another break off in mid-sentence at about the same width.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let (mut followed, mut broken) = (0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()) {
        let (line, next) = (pair[0].of(text), pair[1].of(text));
        followed += 1;
        let open = line.ends_with(|c: char| c.is_lowercase() || c == ',' || c.is_numeric());
        let continues = next.starts_with(|c: char| c.is_lowercase() || c.is_numeric() || c == '«');
        if WRAPPED.contains(&line.chars().count()) && (open || continues) {
            broken += 1;
        }
    }
    followed >= 2 && broken * 2 > followed
}

/// Blocks of lines that no empty line parts; a list item begins its own.
fn paragraphs(text: &str, lines: &[Span]) -> Vec<Block> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.is_empty() {
            open = false;
        } else if open && marker(line.of(text)) == 0 {
            let last = spans.len() - 1;
            spans[last] = spans[last].join(*line);
        } else {
            spans.push(*line);
            open = true;
        }
    }
    spans.into_iter().map(|span| block(text, span)).collect()
}

fn block(text: &str, span: Span) -> Block {
    let line = span.of(text);
    let marked = marker(line);
    let span = Span::new(span.start + marked, span.end);
    let stops = |c: char| {
        matches!(c, '.' | '!' | '?' | '…' | ',' | ';' | ':' | '。' | '！' | '？' | '，' | '；' | '：' | '"' | '»' | '”')
    };
    let kind = if marked > 0 {
        BlockKind::ListItem
    } else if !line.ends_with(stops) && line.chars().count() < HEADING_CHARACTERS {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    };
    Block { kind, span }
}

/// The length of a list item's marker with the space after it; 0 when there is none.
fn marker(line: &str) -> usize {
    let bullet = line.chars().next().filter(|c| matches!(c, '-' | '*' | '•' | '·' | '–' | '—')).map_or(0, char::len_utf8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = if digits > 0 && digits < 3 && line[digits..].starts_with([')']) { digits + 1 } else { 0 };
    let mark = bullet.max(number);
    if mark > 0 && line[mark..].starts_with(' ') { mark + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Vec<(BlockKind, String)> {
        let document = parse(text.to_owned());
        document
            .blocks
            .iter()
            .map(|block| (block.kind, block.span.of(&document.text).to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    #[test]
    fn a_line_is_a_block() {
        assert_eq!(
            parsed("Titre\n\nUne phrase.\n- un point\n"),
            [
                (BlockKind::Heading, "Titre".to_owned()),
                (BlockKind::Paragraph, "Une phrase.".to_owned()),
                (BlockKind::ListItem, "un point".to_owned())
            ]
        );
    }

    #[test]
    fn a_line_that_ends_in_a_space_goes_on() {
        assert_eq!(parsed("The river rose \nand the town was cut off.\nTitle \nNext").len(), 3);
        assert_eq!(parsed("Write to us for the prices\n. Thank you.").len(), 1);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The minister said on Monday that the new rules would come into\nforce in the spring, and that nobody would have to wait for them any\nlonger than that. He did not say how much they would cost the state.\n\nEnd.";
        assert_eq!(parsed(text).len(), 2);
    }
}
