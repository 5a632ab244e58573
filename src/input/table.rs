//! Tables of translated units: a row is one. The first row may name the columns; otherwise there are two, source and target.

use super::Broken;
use super::cutter::Cutter;
use super::units::Units;
use crate::document::{Document, Span};
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Divided by tabs; a row is a line, and quotation marks are text unless they are around a whole cell.
    Tabs,
    /// Divided by commas or semicolons, with quotation marks around cells as RFC 4180 has them.
    Quoted,
}

/// A cell without the quotation marks around it.
#[derive(Clone, Copy)]
struct Cell {
    span: Span,
    /// It stood in quotation marks, and those in it are doubled.
    quoted: bool,
}

pub fn parse(text: String, kind: Kind) -> Result<Document, Broken> {
    let raw: Arc<str> = text.into();
    let mut rows = Rows { raw: &raw, at: 0, divider: divider(&raw, kind), kind };
    let mut units = Units::default();
    let Some(first) = rows.next()? else { return Ok(units.finish(&raw)) };
    let columns = Columns::of(&raw, &first)?;
    (units.from, units.to) = (columns.from.clone(), columns.to.clone());
    let mut row = if columns.named { rows.next()? } else { Some(first) };
    while let Some(cells) = row {
        if cells.len() != columns.count {
            let start = cells.first().map_or(0, |cell| cell.span.start);
            return Err(Broken::at(
                &raw,
                start,
                format!("{} cells as in the first row instead of {}", columns.count, cells.len()),
            ));
        }
        if let Some(source) = columns.source {
            append(&mut units.source, &raw, cells[source]);
        }
        append(&mut units.target, &raw, cells[columns.target]);
        units.close();
        row = rows.next()?;
    }
    Ok(units.finish(&raw))
}

/// What divides the cells: in a file of commas the sign that stands oftener in the first line, outside of quotation marks.
fn divider(raw: &str, kind: Kind) -> u8 {
    if kind == Kind::Tabs {
        return b'\t';
    }
    let first = raw.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare: String = first.split('"').step_by(2).collect();
    if bare.matches(';').count() > bare.matches(',').count() { b';' } else { b',' }
}

/// Which column holds what.
struct Columns {
    count: usize,
    source: Option<usize>,
    target: usize,
    from: Option<String>,
    to: Option<String>,
    /// The first row names them.
    named: bool,
}

impl Columns {
    fn of(raw: &str, first: &[Cell]) -> Result<Columns, Broken> {
        let names: Vec<String> = first.iter().map(|cell| cell.span.of(raw).trim().to_lowercase()).collect();
        let named = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let columns = Columns { count: first.len(), source: None, target: 0, from: None, to: None, named: true };
        if let Some(target) = named(&["target", "tgt", "translation"]) {
            return Ok(Columns { source: named(&["source", "src"]), target, ..columns });
        }
        match names.as_slice() {
            [from, to] if is_tag(from) && is_tag(to) => {
                Ok(Columns { source: Some(0), target: 1, from: Some(from.clone()), to: Some(to.clone()), ..columns })
            }
            [_] => Ok(Columns { named: false, ..columns }),
            [_, _] => Ok(Columns { source: Some(0), target: 1, named: false, ..columns }),
            _ => Err(Broken::at(raw, 0, "a first row that names the columns `source` and `target`, or two columns")),
        }
    }
}

/// A language tag at the head of a column: two or three letters, perhaps with a region.
fn is_tag(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let base = parts.next().is_some_and(|base| matches!(base.len(), 2 | 3) && base.bytes().all(|byte| byte.is_ascii_lowercase()));
    base && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The rows of a table that hold something.
struct Rows<'r> {
    raw: &'r str,
    at: usize,
    divider: u8,
    kind: Kind,
}

impl Rows<'_> {
    fn next(&mut self) -> Result<Option<Vec<Cell>>, Broken> {
        while self.at < self.raw.len() {
            let line_end = self.raw[self.at..].find('\n').map_or(self.raw.len(), |length| self.at + length);
            if self.raw[self.at..line_end].trim().is_empty() {
                self.at = line_end + 1;
            } else if self.kind == Kind::Tabs {
                return Ok(Some(self.line(line_end)));
            } else {
                return self.quoted_row().map(Some);
            }
        }
        Ok(None)
    }

    /// A row that is a line.
    fn line(&mut self, end: usize) -> Vec<Cell> {
        let line = self.raw[self.at..end].trim_end_matches('\r');
        let mut cells = Vec::new();
        let mut start = self.at;
        for cell in line.split('\t') {
            let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let quoted = inner.is_some_and(|inner| !inner.replace("\"\"", "").contains('"'));
            let mark = usize::from(quoted);
            cells.push(Cell { span: Span::new(start + mark, start + cell.len() - mark), quoted });
            start += cell.len() + 1;
        }
        self.at = end + 1;
        cells
    }

    /// A row whose cells in quotation marks may hold ends of lines.
    fn quoted_row(&mut self) -> Result<Vec<Cell>, Broken> {
        let bytes = self.raw.as_bytes();
        let mut cells = Vec::new();
        loop {
            cells.push(if bytes.get(self.at) == Some(&b'"') { self.quoted_cell()? } else { self.bare_cell() });
            let ended = bytes.get(self.at).copied();
            self.at += 1;
            match ended {
                Some(divider) if divider == self.divider => {}
                Some(b'\r') if bytes.get(self.at) == Some(&b'\n') => {
                    self.at += 1;
                    return Ok(cells);
                }
                None | Some(b'\n' | b'\r') => return Ok(cells),
                Some(_) => {
                    return Err(Broken::at(
                        self.raw,
                        self.at - 1,
                        "the next cell or row behind the quotation mark that closes a cell",
                    ));
                }
            }
        }
    }

    fn bare_cell(&mut self) -> Cell {
        let rest = &self.raw.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| *byte == self.divider || matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        Cell { span, quoted: false }
    }

    fn quoted_cell(&mut self) -> Result<Cell, Broken> {
        let start = self.at + 1;
        let mut at = start;
        while let Some(found) = self.raw[at..].find('"') {
            let mark = at + found;
            if self.raw[mark + 1..].starts_with('"') {
                at = mark + 2;
                continue;
            }
            self.at = mark + 1;
            return Ok(Cell { span: Span::new(start, mark), quoted: true });
        }
        Err(Broken::at(self.raw, self.at, "a quotation mark that closes the cell which begins here"))
    }
}

/// Appends a cell; doubled quotation marks are one.
fn append(cutter: &mut Cutter, raw: &str, cell: Cell) {
    let Span { start: mut at, end } = cell.span;
    while let Some(found) = raw[at..end].find("\"\"").filter(|_| cell.quoted) {
        cutter.copy(raw, Span::new(at, at + found));
        cutter.put("\"", Span::new(at + found, at + found + 2));
        at += found + 2;
    }
    cutter.copy(raw, Span::new(at, end));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: Kind) -> (String, Option<String>) {
        let document = parse(text.to_owned(), kind).unwrap();
        (document.text.clone(), document.own_source().map(|source| source.text.clone()))
    }

    #[test]
    fn tables_are_read() {
        let both = ("Le \"oui\".\nNon\n".to_owned(), Some("The yes.\nNo\n".to_owned()));
        assert_eq!(read("id\ttarget\tsource\r\n1\tLe \"oui\".\tThe yes.\r\n\r\n2\tNon\tNo\r\n", Kind::Tabs), both);
        assert_eq!(read("The yes.\t\"Le \"\"oui\"\".\"\nNo\tNon\n", Kind::Tabs), both);
        assert_eq!(read("source,target\n\"The yes.\",\"Le \"\"oui\"\".\"\nNo,Non", Kind::Quoted), both);
        assert_eq!(read("The yes.;\"Le \"\"oui\"\".\"\r\nNo;Non", Kind::Quoted), both);
        assert_eq!(read("target\nOui.\n", Kind::Tabs), ("Oui.\n".to_owned(), None));
        assert_eq!(read("\"Oui.\n\nNon.\"\n", Kind::Quoted), ("Oui.\n\nNon.\n".to_owned(), None));
        let document = parse("en\tfr-CA\nNo\tNon\n".to_owned(), Kind::Tabs).unwrap();
        assert_eq!(document.declared.as_deref(), Some("fr-ca"));
    }

    #[test]
    fn places_lead_back() {
        let raw = "a,\"Le \"\"oui\"\".\"";
        let document = parse(raw.to_owned(), Kind::Quoted).unwrap();
        assert_eq!(document.place(Span::new(3, 8)).of(raw), "\"\"oui\"\"");
        assert_eq!(document.place(Span::new(4, 7)).of(raw), "oui");
    }

    #[test]
    fn broken_tables_say_where() {
        let broken = |text: &str, kind| parse(text.to_owned(), kind).unwrap_err();
        assert_eq!(
            broken("a\tb\nc\n", Kind::Tabs),
            Broken { line: 2, expected: "2 cells as in the first row instead of 1".to_owned() }
        );
        assert_eq!(broken("a,b\nc,\"d\n", Kind::Quoted).line, 2);
        assert_eq!(broken("a,b\nc,\"d\"e\n", Kind::Quoted).line, 2);
        assert_eq!(broken("a,b,c\n", Kind::Quoted).line, 1);
    }
}
