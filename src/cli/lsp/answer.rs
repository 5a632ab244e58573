//! What an editor shows of a text that was checked: diagnostics, explanations, and what to write instead.

use super::documents::{Judged, Open};
use super::position::Positions;
use crate::corpus::Corpus;
use crate::document::{Document, Span};
use crate::report::item::{Grade, visible};
use crate::report::uri;
use crate::rules::{self, Diagnostic};
use crate::segment::{segments, trimmed};
use lsp_types::{
    CodeAction, CodeActionKind, DiagnosticRelatedInformation, DiagnosticSeverity, Hover, HoverContents, Location, MarkupContent,
    MarkupKind, NumberOrString, Position, Range, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;
use std::str::FromStr;

/// The findings of a text. One that could not be checked says why at its beginning.
pub fn diagnostics(open: &Open) -> Vec<lsp_types::Diagnostic> {
    match &open.outcome {
        None => Vec::new(),
        Some(Err(error)) => vec![lsp_types::Diagnostic {
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(env!("CARGO_PKG_NAME").to_owned()),
            message: error.to_string(),
            ..lsp_types::Diagnostic::default()
        }],
        Some(Ok(judged)) => {
            let positions = Positions::new(&open.text);
            judged.report.diagnostics.iter().map(|finding| diagnostic(finding, judged, &positions)).collect()
        }
    }
}

fn diagnostic(finding: &Diagnostic, judged: &Judged, positions: &Positions) -> lsp_types::Diagnostic {
    let severity = match Grade::of(finding.severity, finding.tier) {
        Grade::Error => DiagnosticSeverity::ERROR,
        Grade::Warning => DiagnosticSeverity::WARNING,
        Grade::Note => DiagnosticSeverity::INFORMATION,
    };
    let mut message = visible(&finding.message);
    if let Some(suggestion) = &finding.suggestion {
        message.push_str(&format!("\nwrite: {}", visible(suggestion)));
    }
    lsp_types::Diagnostic {
        range: positions.range(finding.place(&judged.document)),
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        source: Some(env!("CARGO_PKG_NAME").to_owned()),
        message,
        related_information: related(finding, judged).map(|place| vec![place]),
        ..lsp_types::Diagnostic::default()
    }
}

/// The place in the source that shows a finding.
fn related(finding: &Diagnostic, judged: &Judged) -> Option<DiagnosticRelatedInformation> {
    let (span, source) = finding.source.zip(judged.source.as_ref())?;
    let uri = Uri::from_str(&uri::of_file(&source.path.display().to_string())?).ok()?;
    let range = Positions::new(source.document.raw()).range(source.document.place(span));
    Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: "the source".to_owned() })
}

/// The findings at a place, explained, with the sentences of the source.
pub fn hover(open: &Open, judged: &Judged, position: Position, corpus: &Corpus) -> Option<Hover> {
    let positions = Positions::new(&open.text);
    let at = positions.offset(position);
    let here = |finding: &&Diagnostic| {
        let place = judged.document.place(finding.span);
        place.start <= at && at <= place.end
    };
    let found: Vec<&Diagnostic> = judged.report.diagnostics.iter().filter(here).collect();
    let first = found.first()?;
    let value = found.iter().map(|finding| explained(finding, judged, corpus)).collect::<Vec<_>>().join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(positions.range(judged.document.place(first.span))) })
}

fn explained(finding: &Diagnostic, judged: &Judged, corpus: &Corpus) -> String {
    let mut parts =
        vec![format!("**{}** ({}, {})", finding.rule, finding.severity.name(), finding.tier.name()), escaped(&finding.message)];
    parts.extend(finding.why.as_deref().map(escaped));
    parts.extend(finding.suggestion.as_deref().map(|suggestion| format!("Write: {}", escaped(suggestion))));
    if let Some((span, source)) = finding.source.zip(judged.source.as_ref()) {
        let sentence = sentence(&source.document, judged.report.from.as_deref(), span, corpus);
        parts.push(format!("The source:\n\n> {}", escaped(&sentence.of(&source.document.text).replace('\n', " "))));
    }
    if let Some(rule) = rules::find(finding.rule) {
        let why = if finding.why.as_deref() == Some(rule.why) { "" } else { rule.why };
        parts.push(format!("*{}.* {}", escaped(rule.summary), escaped(why)).trim_end().to_owned());
    }
    parts.join("\n\n")
}

/// The sentence that a place of the source stands in; its block, where its language is not known.
fn sentence(source: &Document, tag: Option<&str>, span: Span, corpus: &Corpus) -> Span {
    let Some(block) = source.blocks.iter().map(|block| block.span).find(|block| block.contains(span)) else { return span };
    let Some(knowledge) = tag.and_then(|tag| corpus.knowledge(tag).ok()) else { return block };
    let sentences = segments(&source.text, block, &knowledge.language);
    sentences
        .into_iter()
        .filter(|sentence| sentence.overlaps(span))
        .reduce(Span::join)
        .map_or(block, |span| trimmed(&source.text, span))
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        if "\\`*_{}[]<>#|!~&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// What to write instead of the findings in a range, one action for each wording.
pub fn actions(open: &Open, judged: &Judged, range: Range) -> Vec<CodeAction> {
    let positions = Positions::new(&open.text);
    let asked = (positions.offset(range.start), positions.offset(range.end));
    let mut actions = Vec::new();
    for finding in &judged.report.diagnostics {
        let place = judged.document.place(finding.span);
        // Where markup stands between the words, writing over them would write over it.
        let whole = place.of(&open.text) == finding.span.of(&judged.document.text);
        let Some(suggestion) = finding.suggestion.as_deref().filter(|_| whole && place.start <= asked.1 && asked.0 <= place.end)
        else {
            continue;
        };
        let shown = diagnostic(finding, judged, &positions);
        actions.extend(wordings(suggestion, place.of(&open.text)).map(|wording| CodeAction {
            title: format!("Write {}", visible(wording)),
            kind: Some(CodeActionKind::QUICKFIX),
            is_preferred: Some(finding.exact),
            edit: Some(edit(&open.uri, shown.range, wording)),
            diagnostics: Some(vec![shown.clone()]),
            ..CodeAction::default()
        }));
    }
    actions
}

/// The wordings that a suggestion offers, divided by `; `: where the words it is for hold no such mark.
fn wordings<'s>(suggestion: &'s str, found: &str) -> impl Iterator<Item = &'s str> {
    let mark = if found.contains(';') { "\0" } else { "; " };
    suggestion.split(mark).map(str::trim).filter(|wording| !wording.is_empty())
}

#[allow(clippy::mutable_key_type)] // The protocol's own type has URIs for keys; nobody changes them.
fn edit(uri: &Uri, range: Range, text: &str) -> WorkspaceEdit {
    let edits = vec![TextEdit { range, new_text: text.to_owned() }];
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_may_hold_several_wordings() {
        let split = |suggestion, found| wordings(suggestion, found).collect::<Vec<_>>();
        assert_eq!(split("gouffre; puits sans fond", "bête"), ["gouffre", "puits sans fond"]);
        assert_eq!(split("la ville; le port", "la ville;le port"), ["la ville; le port"]);
    }
}
