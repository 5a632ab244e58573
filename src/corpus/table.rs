//! Tables of the corpus: TSV with a header that names the columns. Every error has a file and a line.

use super::files::File;
use crate::error::Error;

/// A table as read; its rows keep their line for the errors of those who read further.
pub struct Table<'f> {
    path: &'f str,
    columns: Vec<&'f str>,
    rows: Vec<(usize, Vec<&'f str>)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    index: usize,
}

impl<'f> Table<'f> {
    /// Reads a table. A row may leave out empty cells at its end; a row with more cells than columns is an error.
    pub fn read(file: &'f File) -> Result<Table<'f>, Error> {
        let mut table = Table { path: &file.path, columns: Vec::new(), rows: Vec::new() };
        for (number, line) in lines(&file.text) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if table.columns.is_empty() {
                table.columns = cells;
            } else if cells.len() > table.columns.len() {
                let expected = format!("{} columns ({})", table.columns.len(), table.columns.join(", "));
                return Err(Error::Row { path: file.path.clone(), line: number, expected });
            } else {
                table.rows.push((number, cells));
            }
        }
        Ok(table)
    }

    pub fn rows(&'f self) -> impl Iterator<Item = Row<'f>> {
        (0..self.rows.len()).map(move |index| Row { table: self, index })
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; empty when the table has no such column.
    pub fn get(self, column: &str) -> &'t str {
        let position = self.table.columns.iter().position(|name| *name == column);
        position.and_then(|at| self.table.rows[self.index].1.get(at).copied()).unwrap_or("")
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
        self.table.rows[self.index].1.iter().any(|cell| list(cell).any(|other| other == part))
    }

    pub fn error(self, expected: impl Into<String>) -> Error {
        Error::Row { path: self.table.path.to_owned(), line: self.table.rows[self.index].0, expected: expected.into() }
    }

    /// The line of the row in its file.
    pub fn number(self) -> usize {
        self.table.rows[self.index].0
    }

    /// Where the row stands, for messages: `path:line`.
    pub fn address(self) -> String {
        format!("{}:{}", self.table.path, self.table.rows[self.index].0)
    }
}

/// The parts of a cell, separated by semicolons.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}

/// The lines of a corpus text that say something, with their numbers.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
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
    fn a_row_that_is_too_long_is_refused_with_its_place() {
        let file = file("a\tb\n1\t2\t3\n");
        assert_eq!(Table::read(&file).err().unwrap().to_string(), "t.tsv:2: expected 2 columns (a, b)");
    }
}
