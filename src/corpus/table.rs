//! Tables of the corpus: TSV with a header that names the columns. Every error has a file and a line.

use super::files::File;
use crate::document::Span;
use crate::error::Error;
use memchr::memchr_iter;

/// A table as read; its rows keep their line for the errors of those who read further.
pub struct Table {
    file: File,
    columns: Vec<String>,
    /// The number of each row's line, and where it stands in the text.
    rows: Vec<(usize, Span)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
}

impl Table {
    /// Reads a table. A row may leave out empty cells at its end; a row with more cells than columns is an error.
    pub fn read(file: &File) -> Result<Table, Error> {
        let mut table = Table { file: file.clone(), columns: Vec::new(), rows: Vec::new() };
        for (number, line) in lines(&file.text) {
            if table.columns.is_empty() {
                table.columns = line.split('\t').map(|name| name.trim().to_owned()).collect();
            } else if memchr_iter(b'\t', line.as_bytes()).count() >= table.columns.len() {
                let expected = format!("{} columns ({})", table.columns.len(), table.columns.join(", "));
                return Err(Error::Row { path: file.path.clone(), line: number, expected });
            } else {
                let start = line.as_ptr() as usize - file.text.as_ptr() as usize;
                table.rows.push((number, Span::new(start, start + line.len())));
            }
        }
        Ok(table)
    }

    /// Whether there is a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| self.row(index))
    }

    /// The row of a number below the count of rows.
    pub fn row(&self, index: usize) -> Row<'_> {
        Row { table: self, index }
    }

    pub fn count(&self) -> usize {
        self.rows.len()
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; empty when the table has no such column.
    pub fn get(self, column: &str) -> &'t str {
        let position = self.table.columns.iter().position(|name| name == column);
        position.and_then(|at| self.cells().nth(at)).map_or("", str::trim)
    }

    /// The cells with the spaces around them.
    fn cells(self) -> impl Iterator<Item = &'t str> {
        self.table.rows[self.index].1.of(&self.table.file.text).split('\t')
    }

    /// The cell of a column that may not be empty.
    pub fn need(self, column: &str) -> Result<&'t str, Error> {
        let cell = self.get(column);
        if cell.is_empty() { Err(self.error(format!("something in column {column:?}"))) } else { Ok(cell) }
    }

    /// The parts of a cell, separated by `; `.
    pub fn list(self, column: &str) -> impl Iterator<Item = &'t str> {
        list(self.get(column))
    }

    /// Whether any cell lists this part.
    pub fn has(self, part: &str) -> bool {
        self.cells().any(|cell| list(cell).any(|other| other == part))
    }

    pub fn error(self, expected: impl Into<String>) -> Error {
        Error::Row { path: self.table.file.path.clone(), line: self.table.rows[self.index].0, expected: expected.into() }
    }

    /// Whether the row is one of a house table.
    pub fn is_of_house(self) -> bool {
        self.table.file.is_of_house()
    }

    /// The line of the row in its file.
    pub fn number(self) -> usize {
        self.table.rows[self.index].0
    }

    /// Where the row stands, for messages: `path:line`.
    pub fn address(self) -> String {
        format!("{}:{}", self.table.file.path, self.table.rows[self.index].0)
    }
}

/// The parts of a cell, separated by semicolons.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// The lines of a corpus text that say something, with their numbers.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let lines = ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end]);
    let numbered = lines.enumerate().map(|(index, line)| (index + 1, line.strip_suffix('\r').unwrap_or(line)));
    numbered.filter(|(_, line)| !line.trim_start().is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &'static str) -> File {
        File { path: "t.tsv".to_owned(), text: text.into() }
    }

    #[test]
    fn cells_are_found_by_their_column() {
        let file = file("# words\na\tb\n1\t2; 3\n4\n");
        let table = Table::read(&file).unwrap();
        let rows: Vec<Row> = table.rows().collect();
        assert_eq!((rows[0].get("a"), rows[1].get("b"), rows[0].get("c")), ("1", "", ""));
        assert_eq!(rows[0].list("b").collect::<Vec<_>>(), ["2", "3"]);
        assert_eq!(rows[1].need("b").unwrap_err().to_string(), "t.tsv:4: expected something in column \"b\"");
    }

    #[test]
    fn lines_keep_their_numbers_however_they_end() {
        let told: Vec<(usize, &str)> = lines("a\r\n\n# no\n \t\nb\nc").collect();
        assert_eq!(told, [(1, "a"), (5, "b"), (6, "c")]);
        assert_eq!(lines("").count() + lines("\n").count(), 0);
    }

    #[test]
    fn a_row_that_is_too_long_is_refused_with_its_place() {
        let file = file("a\tb\n1\t2\t3\n");
        assert_eq!(Table::read(&file).err().unwrap().to_string(), "t.tsv:2: expected 2 columns (a, b)");
    }
}
