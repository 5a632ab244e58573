//! Annotations of GitHub Actions: a workflow command a line. A step shows the first ten of each level, so the worst come first;
//! the log has them all.

use super::item::{Grade, Item, items, relative};
use super::{Checked, Unchecked};
use std::cmp::Reverse;
use std::io::{self, Write};

/// Bytes of a message; GitHub takes no annotation with more than 64 KiB.
const LONGEST: usize = 60_000;

pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    unchecked.iter().try_for_each(|one| {
        writeln!(out, "::error title=not checked,file={}::{}", property(&relative(&one.path)), data(&one.reason))
    })?;
    let mut items = items(checked);
    items.sort_by_key(|item| (Reverse(item.diagnostic.severity), Reverse(item.grade() as u8)));
    items.iter().try_for_each(|item| writeln!(out, "{}", command(item)))
}

fn command(item: &Item) -> String {
    let level = match item.grade() {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Note => "notice",
    };
    let (start, end) = (item.place.start, item.place.end);
    let path = relative(&item.article.path);
    let mut properties = vec![format!("title={}", property(&format!("{} ({})", item.diagnostic.rule, item.rank())))];
    // Standard input is no file of the repository.
    if path != "-" {
        properties.push(format!("file={}", property(&path)));
    }
    properties.push(format!("line={}", start.line));
    properties.push(format!("endLine={}", end.line));
    // Columns are refused where the lines differ.
    if start.line == end.line {
        properties.push(format!("col={},endColumn={}", start.column, end.column));
    }
    let story = format!("{path}:{}:{}: {}", start.line, start.column, item.story());
    format!("::{level} {}::{}", properties.join(","), data(&story[..story.floor_char_boundary(LONGEST)]))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_are_made_of_is_escaped() {
        assert_eq!(data("5 %\r\n::error::x"), "5 %25%0D%0A::error::x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
