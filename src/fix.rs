//! What needs no judgement: findings whose rule knows exactly what to write. A text in, a mended text out; nothing is written
//! to disk here. Every mended file is read again, and must read as the mended text: a fix that would touch markup is left.

use crate::checker::Report;
use crate::document::{Document, Span};
use crate::error::Error;
use crate::rules::Diagnostic;

/// A document after its fixes, what is still to be said of it, and how many findings were mended.
pub struct Settled {
    pub document: Document,
    pub report: Report,
    pub count: usize,
}

/// A fix may bring another to light (a space, then its width), never without end.
const PASSES: usize = 100;

/// Mends a document until nothing is left that can be. `read` reads a text as the document's file was read.
pub fn settle(
    document: Document,
    read: impl Fn(String) -> Option<Document>,
    check: impl Fn(&Document) -> Result<Report, Error>,
) -> Result<Settled, Error> {
    let report = check(&document)?;
    let mut settled = Settled { document, report, count: 0 };
    for _ in 0..PASSES {
        let Some((document, count)) = mend(&settled.document, &settled.report.diagnostics, &read) else { break };
        let report = check(&document)?;
        settled = Settled { document, report, count: settled.count + count };
    }
    Ok(settled)
}

/// The document with the fixes of one pass, and their number; None when there are none. Of two that stand on one place the
/// first is taken, and the other waits for the next pass.
pub fn mend(
    document: &Document,
    diagnostics: &[Diagnostic],
    read: &impl Fn(String) -> Option<Document>,
) -> Option<(Document, usize)> {
    let changes = changes(&document.text, diagnostics);
    let first: Option<Vec<Edit>> =
        changes.iter().map(|change| places(document, change).next().map(|place| (change, place))).collect();
    if let Some(mended) = first.filter(|edits| !edits.is_empty()).and_then(|edits| mended(document, &edits, read)) {
        return Some((mended, changes.len()));
    }
    // Some fix cannot be written down as it is: each is tried on its own, on every side of the markup beside it.
    let mut kept: Vec<Edit> = Vec::new();
    let mut best = None;
    for change in &changes {
        for place in places(document, change) {
            kept.push((change, place));
            match mended(document, &kept, read) {
                Some(mended) => {
                    best = Some(mended);
                    break;
                }
                None => kept.truncate(kept.len() - 1),
            }
        }
    }
    best.map(|document| (document, kept.len()))
}

/// What the fix of one finding writes into the file, for those who make it themselves: where the bytes stand as they are read,
/// and the new ones are no markup in any format.
pub fn edit(document: &Document, diagnostic: &Diagnostic) -> Option<(Span, String)> {
    let change = least(&document.text, diagnostic.span, diagnostic.suggestion.as_deref().filter(|_| diagnostic.exact)?);
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || !c.is_ascii() && !c.is_control();
    let fits = document.raw() == document.text || change.text.chars().all(plain);
    let place = places(document, &change).next().filter(|_| fits)?;
    Some((place, change.text))
}

/// What a fix replaces in the readable text: no more than what differs.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    span: Span,
    text: String,
}

/// A change and the place of the file where it is made.
type Edit<'c> = (&'c Change, Span);

fn changes(text: &str, diagnostics: &[Diagnostic]) -> Vec<Change> {
    let mut changes: Vec<Change> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.exact)
        .filter_map(|diagnostic| Some(least(text, diagnostic.span, diagnostic.suggestion.as_deref()?)))
        .filter(|change| !change.span.is_empty() || !change.text.is_empty())
        .collect();
    changes.sort_by_key(|change| change.span);
    let mut apart: Vec<Change> = Vec::new();
    for change in changes {
        if apart.last().is_none_or(|last| last.span.end < change.span.start) {
            apart.push(change);
        }
    }
    apart
}

/// A replacement without the letters that it keeps on both sides.
fn least(text: &str, span: Span, replacement: &str) -> Change {
    let old = span.of(text);
    let head: usize = old.chars().zip(replacement.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (&old[head..], &replacement[head..]);
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    Change { span: Span::new(span.start + head, span.end - tail), text: new[..new.len() - tail].to_owned() }
}

/// Where in the file a change can be made: over its own bytes, where they stand there as they are read; an insertion behind
/// what it follows, or before what follows it.
fn places<'d>(document: &'d Document, change: &Change) -> impl Iterator<Item = Span> + use<'d> {
    let (text, span) = (&document.text, change.span);
    let point = |at: usize| Some(Span::new(at, at));
    let all = if span.is_empty() {
        let before = text[..span.start].chars().next_back().map(|c| Span::new(span.start - c.len_utf8(), span.start));
        let after = text[span.start..].chars().next().map(|c| Span::new(span.start, span.start + c.len_utf8()));
        let behind = before.and_then(|span| point(document.place(span).end));
        let ahead = after.and_then(|span| point(document.place(span).start));
        [behind, ahead.filter(|_| ahead != behind)]
    } else {
        let place = document.place(span);
        [Some(place).filter(|place| place.of(document.raw()) == span.of(text)), None]
    };
    all.into_iter().flatten()
}

/// The document of the edited file, if it reads as the edited text and in nothing else differs.
fn mended(document: &Document, edits: &[Edit], read: &impl Fn(String) -> Option<Document>) -> Option<Document> {
    let raw = written(document.raw(), edits.iter().map(|(change, place)| (*place, change.text.as_str())))?;
    let text = written(&document.text, edits.iter().map(|(change, _)| (change.span, change.text.as_str())))?;
    let source = |document: &Document| document.own_source().map(|source| source.text.clone());
    read(raw).filter(|read| read.text == text && read.declared == document.declared && source(read) == source(document))
}

/// A text with stretches replaced, which must stand in order.
fn written<'e>(text: &str, edits: impl Iterator<Item = (Span, &'e str)>) -> Option<String> {
    let mut written = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (span, new) in edits {
        written.push_str(text.get(at..span.start)?);
        written.push_str(new);
        at = span.end;
    }
    written.push_str(text.get(at..)?);
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Format, Wish, parse_as};
    use crate::mqm::{Category, Severity, Tier};

    fn read(format: Format) -> impl Fn(String) -> Option<Document> {
        move |text| parse_as(text, &Wish { format: Some(format), ..Wish::default() }).ok()
    }

    /// What becomes of a file when `wrong` is replaced in its text.
    fn replaced(format: Format, raw: &str, wrong: &str, right: &str) -> Option<String> {
        let document = read(format)(raw.to_owned()).unwrap();
        let at = document.text.find(wrong).unwrap_or_else(|| panic!("{wrong:?} in {:?}", document.text));
        let found = found(Span::new(at, at + wrong.len()), right);
        mend(&document, &[found], &read(format)).map(|(document, _)| document.raw().to_owned())
    }

    fn found(span: Span, right: &str) -> Diagnostic {
        Diagnostic {
            rule: "typography/sentences-glued",
            category: Category::Punctuation,
            severity: Severity::Minor,
            tier: Tier::Gate,
            message: String::new(),
            why: None,
            suggestion: Some(right.to_owned()),
            exact: true,
            span,
            source: None,
            place: None,
        }
    }

    #[test]
    fn only_what_differs_is_replaced() {
        let change = |wrong: &str, right: &str| {
            let change = least(wrong, Span::new(0, wrong.len()), right);
            (change.span.start, change.span.end, change.text)
        };
        assert_eq!(change("fin.Le", "fin. Le"), (4, 4, " ".to_owned()));
        assert_eq!(change("été .", "été."), (5, 6, String::new()));
        assert_eq!(change("Ã©", "é"), (0, 4, "é".to_owned()));
        assert_eq!(change("aa", "aaa"), (2, 2, "a".to_owned()));
    }

    #[test]
    fn markup_is_stepped_around() {
        let mended = |format, raw| replaced(format, raw, "fin.Le", "fin. Le");
        assert_eq!(mended(Format::Markdown, "La fin.**Le** mot\n").unwrap(), "La fin. **Le** mot\n");
        let quoted = replaced(Format::Markdown, "La **fin.**«Le mot»\n", "fin.«Le", "fin. «Le");
        assert_eq!(quoted.unwrap(), "La **fin.** «Le mot»\n", "a space inside would undo the marks");
        assert_eq!(mended(Format::Html, "<p>La <b>fin.</b>Le mot</p>").unwrap(), "<p>La <b>fin. </b>Le mot</p>");
        assert_eq!(mended(Format::Json, r#"{"text": "La fin.Le mot \u00e9"}"#).unwrap(), r#"{"text": "La fin. Le mot \u00e9"}"#);
        assert_eq!(
            mended(Format::Po, "msgid \"a\"\nmsgstr \"\"\n\"La fin.\"\n\"Le mot\"\n").unwrap(),
            "msgid \"a\"\nmsgstr \"\"\n\"La fin. \"\n\"Le mot\"\n"
        );
    }

    #[test]
    fn what_the_format_writes_in_another_way_is_left() {
        assert_eq!(replaced(Format::Html, "<p>fin &eacute;t&eacute;</p>", "été", "eau"), None);
        assert_eq!(replaced(Format::Html, "<p>a b c</p>", "b", "<b>"), None);
        assert_eq!(replaced(Format::Json, r#"{"text": "a b c"}"#, "b", "\""), None);
        assert_eq!(replaced(Format::Csv, "source,target\na,b c\n", "b c", "b, c"), None);
        assert_eq!(replaced(Format::Csv, "source,target\na,\"b c\"\n", "b c", "b, c").unwrap(), "source,target\na,\"b, c\"\n");
    }

    #[test]
    fn one_that_cannot_be_mended_does_not_stop_the_others() {
        let raw = "<p>fin.Le d&eacute;but,Le mot</p>";
        let document = read(Format::Html)(raw.to_owned()).unwrap();
        let at = |words: &str| document.text.find(words).unwrap();
        let (first, second) = (at("fin.Le"), at("début"));
        let found = [found(Span::new(first, first + 6), "fin. Le"), found(Span::new(second, second + 6), "debut")];
        let (mended, count) = mend(&document, &found, &read(Format::Html)).unwrap();
        assert_eq!((mended.raw(), count), ("<p>fin. Le d&eacute;but,Le mot</p>", 1));
    }

    #[test]
    fn the_first_of_two_on_one_place_is_taken() {
        let document = read(Format::Plain)("a.B".to_owned()).unwrap();
        let found = [found(Span::new(0, 3), "a. B"), found(Span::new(2, 3), "b")];
        let (mended, count) = mend(&document, &found, &read(Format::Plain)).unwrap();
        assert_eq!((mended.raw(), count), ("a. B", 1));
    }
}
