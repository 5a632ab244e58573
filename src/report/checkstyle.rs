//! The report of Checkstyle, which most build servers read.

use super::item::{Grade, items, relative};
use super::xml::Xml;
use super::{Checked, Unchecked};
use std::io::{self, Write};

/// The version of the format that other linters name.
const VERSION: &str = "4.3";

pub fn write(out: &mut impl Write, checked: &[Checked], unchecked: &[Unchecked]) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.open("checkstyle", &[("version", VERSION)])?;
    for article in checked {
        xml.open("file", &[("name", &relative(&article.path))])?;
        for item in items(std::slice::from_ref(article)) {
            let severity = match item.grade() {
                Grade::Error => "error",
                Grade::Warning => "warning",
                Grade::Note => "info",
            };
            let (line, column) = (item.place.start.line.to_string(), item.place.start.column.to_string());
            let source = format!("{}.{}", env!("CARGO_PKG_NAME"), item.diagnostic.rule);
            let place = [("line", line.as_str()), ("column", &column), ("severity", severity)];
            xml.empty("error", &[&place[..], &[("message", &item.story()), ("source", &source)]].concat())?;
        }
        xml.close()?;
    }
    for one in unchecked {
        xml.open("file", &[("name", &relative(&one.path))])?;
        let source = format!("{}.unchecked", env!("CARGO_PKG_NAME"));
        xml.empty("error", &[("line", "1"), ("severity", "error"), ("message", &one.reason), ("source", &source)])?;
        xml.close()?;
    }
    xml.close()
}
