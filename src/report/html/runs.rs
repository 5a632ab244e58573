//! A text cut where its marks begin and end, so that marks which overlap can be shown.

use crate::document::Span;

/// A place of a text that belongs to a finding, by its number on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub finding: usize,
}

/// A stretch of text inside which no mark begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub span: Span,
    /// The findings whose marks cover it, the shortest mark first.
    pub findings: Vec<usize>,
    /// Those of them whose mark begins here.
    pub begun: Vec<usize>,
}

/// Cuts a text into runs, stretch by stretch from its beginning to its end.
pub struct Runs {
    /// In the order of the text.
    marks: Vec<Mark>,
    next: usize,
    /// The marks that cover the place that was reached.
    open: Vec<Mark>,
}

impl Runs {
    /// An empty mark is widened to the character beside it, to be seen.
    pub fn new(text: &str, marks: impl Iterator<Item = Mark>) -> Runs {
        let mut marks: Vec<Mark> =
            marks.map(|mark| Mark { span: seen(text, mark.span), ..mark }).filter(|mark| !mark.span.is_empty()).collect();
        marks.sort_by_key(|mark| (mark.span, mark.finding));
        Runs { marks, next: 0, open: Vec::new() }
    }

    /// The runs of a stretch that begins where the last one ended or behind it.
    pub fn of(&mut self, stretch: Span) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = stretch.start;
        while at < stretch.end {
            self.open.retain(|mark| mark.span.end > at);
            let waiting = &self.marks[self.next..];
            let opened = waiting.iter().take_while(|mark| mark.span.start <= at).count();
            self.next += opened;
            let opened: Vec<Mark> = waiting[..opened].iter().filter(|mark| mark.span.end > at).copied().collect();
            self.open.extend(&opened);
            let ends = self.open.iter().map(|mark| mark.span.end);
            let starts = self.marks.get(self.next).map(|mark| mark.span.start);
            let end = ends.chain(starts).min().map_or(stretch.end, |cut| cut.min(stretch.end));
            let mut covering = self.open.clone();
            covering.sort_by_key(|mark| (mark.span.len(), mark.finding));
            runs.push(Run {
                span: Span::new(at, end),
                findings: covering.iter().map(|mark| mark.finding).collect(),
                begun: opened.iter().map(|mark| mark.finding).collect(),
            });
            at = end;
        }
        runs
    }

    /// Whether a mark begins in a stretch behind all those asked for.
    pub fn begins_in(&self, stretch: Span) -> bool {
        let first = self.marks.partition_point(|mark| mark.span.start < stretch.start);
        self.marks.get(first).is_some_and(|mark| mark.span.start < stretch.end)
    }
}

fn seen(text: &str, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let next = text[span.start..].chars().next().map(|c| Span::new(span.start, span.start + c.len_utf8()));
    let last = || text.chars().next_back().map(|c| Span::new(text.len() - c.len_utf8(), text.len()));
    next.or_else(last).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, finding: usize) -> Mark {
        Mark { span: Span::new(start, end), finding }
    }

    #[test]
    fn marks_that_overlap_are_cut_at_each_edge() {
        let mut runs = Runs::new("abcdefghij", [mark(1, 6, 0), mark(4, 8, 1), mark(4, 5, 2)].into_iter());
        let runs = runs.of(Span::new(0, 10));
        let seen: Vec<(Span, &[usize], &[usize])> =
            runs.iter().map(|run| (run.span, run.findings.as_slice(), run.begun.as_slice())).collect();
        let expected: Vec<(Span, &[usize], &[usize])> = vec![
            (Span::new(0, 1), &[], &[]),
            (Span::new(1, 4), &[0], &[0]),
            (Span::new(4, 5), &[2, 1, 0], &[2, 1]),
            (Span::new(5, 6), &[1, 0], &[]),
            (Span::new(6, 8), &[1], &[]),
            (Span::new(8, 10), &[], &[]),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_mark_goes_on_behind_a_stretch_and_an_empty_one_is_seen() {
        let mut runs = Runs::new("abcdef", [mark(1, 5, 0), mark(6, 6, 1)].into_iter());
        assert_eq!(runs.of(Span::new(0, 2)).last().map(|run| run.findings.clone()), Some(vec![0]));
        let rest = runs.of(Span::new(3, 6));
        assert_eq!(rest[0], Run { span: Span::new(3, 5), findings: vec![0], begun: vec![] });
        assert_eq!(rest[1], Run { span: Span::new(5, 6), findings: vec![1], begun: vec![1] });
    }
}
