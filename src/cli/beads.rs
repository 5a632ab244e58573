//! Beads as they are written: TSV, JSON, TMX, and two columns for reading.

use crate::align::{Alignment, Bead};
use crate::article::Analysis;
use crate::report::xml::escaped;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A bead a line: its type, its confidence, the two sides
    Tsv,
    /// One object: languages, segments, and beads as lists of their numbers
    Json,
    /// A translation memory (TMX 1.4) of the beads with two sides
    Tmx,
    /// Two columns for reading
    Text,
}

/// Two texts and their beads.
pub struct Beads<'a> {
    pub source: &'a Analysis<'a>,
    pub target: &'a Analysis<'a>,
    pub alignment: &'a Alignment,
}

impl Beads<'_> {
    pub fn write(&self, out: &mut dyn Write, format: Format) -> io::Result<()> {
        match format {
            Format::Tsv => self.tsv(out),
            Format::Json => writeln!(out, "{:#}", self.json()),
            Format::Tmx => self.tmx(out),
            Format::Text => self.text(out),
        }
    }

    fn sides(&self, bead: &Bead) -> (String, String) {
        let side = |analysis: &Analysis, range: Range<usize>| range.map(|at| segment(analysis, at)).collect::<Vec<_>>().join(" ");
        (side(self.source, bead.source.clone()), side(self.target, bead.target.clone()))
    }

    fn tsv(&self, out: &mut dyn Write) -> io::Result<()> {
        self.alignment.beads.iter().try_for_each(|bead| {
            let (source, target) = self.sides(bead);
            writeln!(out, "{}\t{:.2}\t{source}\t{target}", kind(bead), bead.confidence)
        })
    }

    /// The fields of a line of `align --jsonl`, in and out together.
    fn json(&self) -> Value {
        let segments = |analysis: &Analysis| (0..analysis.segments.len()).map(|at| segment(analysis, at)).collect::<Vec<_>>();
        json!({
            "from": self.source.tag(),
            "to": self.target.tag(),
            "quality": rounded(self.alignment.quality),
            "source": segments(self.source),
            "target": segments(self.target),
            "beads": self.alignment.beads.iter().map(|bead| indices(bead, true)).collect::<Vec<_>>(),
        })
    }

    /// Gaps are no translations: a memory has no use for them.
    fn tmx(&self, out: &mut dyn Write) -> io::Result<()> {
        let (from, to) = (self.source.tag(), self.target.tag());
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">")?;
        writeln!(
            out,
            "  <header creationtool=\"{}\" creationtoolversion=\"{}\" segtype=\"sentence\" o-tmf=\"plain\" adminlang=\"{from}\" \
             srclang=\"{from}\" datatype=\"plaintext\"/>\n  <body>",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION")
        )?;
        for bead in self.alignment.beads.iter().filter(|bead| !bead.is_gap()) {
            let (source, target) = self.sides(bead);
            writeln!(out, "    <tu>\n      <prop type=\"x-confidence\">{:.2}</prop>", bead.confidence)?;
            for (tag, side) in [(from, source), (to, target)] {
                writeln!(out, "      <tuv xml:lang=\"{tag}\"><seg>{}</seg></tuv>", escaped(&side))?;
            }
            writeln!(out, "    </tu>")?;
        }
        writeln!(out, "  </body>\n</tmx>")
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        for bead in &self.alignment.beads {
            let (source, target) = self.sides(bead);
            let (left, right) = (wrapped(&source), wrapped(&target));
            for at in 0..left.len().max(right.len()) {
                let mark = if at == 0 { format!("{:.2}", bead.confidence) } else { String::new() };
                let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
                let (left, right) = (cell(&left), cell(&right));
                let space = " ".repeat(COLUMN.saturating_sub(width(&left)));
                writeln!(out, "{}", format!("{mark:4}  {left}{space}  {right}").trim_end())?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn kind(bead: &Bead) -> String {
    format!("{}-{}", bead.source.len(), bead.target.len())
}

/// A bead as the numbers of its segments, with its confidence.
pub fn indices(bead: &Bead, with_confidence: bool) -> Value {
    let mut sides = vec![json!(bead.source.clone().collect::<Vec<_>>()), json!(bead.target.clone().collect::<Vec<_>>())];
    if with_confidence {
        sides.push(json!(rounded(bead.confidence)));
    }
    Value::Array(sides)
}

pub fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// A segment on one line.
fn segment(analysis: &Analysis, at: usize) -> String {
    analysis.segments[at].span.of(analysis.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells of a terminal for one of the two columns.
const COLUMN: usize = 44;

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// A text cut into lines of a column: between words, or anywhere between wide characters and in words too long for a line.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        if used > 0 && used + width(word.trim_end()) > COLUMN && width(word) <= COLUMN {
            lines.push(String::new());
            used = 0;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > COLUMN {
                lines.push(String::new());
                used = 0;
            }
            if used > 0 || c != ' ' {
                lines.last_mut().expect("there is a line").push(c);
                used += wide;
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_what_xml_cannot_hold_is_replaced() {
        assert_eq!(escaped("a < b & \"c\" > d\u{7}\u{FFFF}"), "a &lt; b &amp; &quot;c&quot; &gt; d\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn lines_are_no_wider_than_a_column() {
        let texts = ["word ".repeat(40), "x".repeat(120), "中文".repeat(60), format!("{} {}", "a".repeat(45), "b".repeat(60))];
        for text in texts {
            let lines = wrapped(&text);
            assert!(lines.iter().all(|line| width(line) <= COLUMN && !line.is_empty()), "{lines:?}");
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&lines.concat()), squeezed(&text));
        }
        assert!(wrapped("").is_empty());
    }
}
