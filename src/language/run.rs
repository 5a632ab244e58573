//! Runs of one language inside a text: every word is given to a language by its own evidence and by that of its
//! neighbours (Viterbi's algorithm with a price for each change of language).

use super::Detector;
use super::evidence::{Buffer, Languages, Word, members, only, words};
use super::script::script;
use crate::document::Span;
use crate::token::{divides, is_unspaced};

/// Words in a row that are in one language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run<'c> {
    pub span: Span,
    pub tag: &'c str,
    /// 0 to 1: how much better this language explains the words than that of the whole text.
    pub confidence: f32,
}

/// The price of a change of language, in nats: inside a clause, and where a mark stands between.
const CHANGE: f32 = 4.5;
const CHANGE_AT_MARK: f32 = 3.5;
/// Languages of one script that are weighed against each other: the rest has nearly no evidence.
const CONTENDERS: usize = 6;
/// What whichlang's vote on a word and its neighbours adds.
const LOCAL_VOTE: f32 = 0.6;
/// What it adds for any word at most, and a margin for rounding: where the home language holds against so much, nobody is asked.
const LOCAL_VOTE_MOST: f32 = 0.7;
/// Words to each side that the vote hears.
const NEIGHBOURS: usize = 3;
/// What every word says for the language of the whole text, before it is looked at.
const AT_HOME: f32 = 0.3;
/// What keeps a language from words in a script that it is not written in.
const IMPOSSIBLE: f32 = -50.0;

/// The words of a stretch, and what each says for each contender.
#[derive(Clone)]
struct Lattice {
    contenders: Vec<usize>,
    /// The column of the language that the text should be in.
    home: Option<usize>,
    spans: Vec<Span>,
    /// A row a word, a column a contender.
    scores: Vec<f32>,
    /// A mark stands before the word.
    marked: Vec<bool>,
}

impl<'c> Detector<'c> {
    /// The runs of a stretch of text, in order; `expected` is the language that it should be in.
    pub fn runs(&self, text: &str, stretch: Span, expected: Option<&str>) -> Vec<Run<'c>> {
        let home = expected.and_then(|tag| self.index(tag)).or_else(|| self.index(self.detect(stretch.of(text), None).tag?));
        let lattice = self.lattice(text, stretch, home);
        let path = lattice.path();
        let base = lattice.home;
        let mut runs: Vec<Run> = Vec::new();
        let mut lead = 0.0;
        for (word, state) in path.iter().enumerate() {
            let score = lattice.score(word, *state);
            let gain = score - base.map_or(0.0, |base| lattice.score(word, base).max(score - CHANGE));
            let tag = self.codes[lattice.contenders[*state]].tag.as_str();
            if let Some(run) = runs.last_mut().filter(|run| run.tag == tag) {
                lead += gain;
                run.span = run.span.join(lattice.spans[word]);
            } else {
                lead = gain;
                runs.push(Run { span: lattice.spans[word], tag, confidence: 0.0 });
            }
            if let Some(run) = runs.last_mut() {
                run.confidence = if Some(*state) == base { 1.0 } else { super::confidence(lead) };
            }
        }
        runs
    }

    pub(super) fn index(&self, tag: &str) -> Option<usize> {
        self.places.get(tag).copied()
    }

    fn lattice(&self, text: &str, stretch: Span, home: Option<usize>) -> Lattice {
        let pieces = pieces(text, stretch);
        let (contenders, groups) = self.contenders(&pieces, home);
        let set = contenders.iter().fold(0, |set, index| set | only(*index));
        let width = contenders.len();
        let mut columns = vec![None; self.codes.len()];
        for (column, index) in contenders.iter().enumerate() {
            columns[*index] = Some(column);
        }
        let mut lattice = Lattice {
            scores: vec![0.0; pieces.len() * width],
            home: home.and_then(|home| columns[home]),
            contenders,
            spans: Vec::with_capacity(pieces.len()),
            marked: Vec::with_capacity(pieces.len()),
        };
        let mut buffer = Buffer::new(usize::MAX);
        let mut end = stretch.start;
        for (number, piece) in pieces.iter().enumerate() {
            let row = &mut lattice.scores[number * width..(number + 1) * width];
            let writers = self.writers(piece);
            for (column, index) in lattice.contenders.iter().enumerate() {
                if writers & only(*index) == 0 {
                    row[column] = IMPOSSIBLE;
                }
            }
            if let Some(column) = lattice.home {
                row[column] += AT_HOME;
            }
            self.evidence.form(piece, set & writers, &mut buffer, &mut |index, weight| {
                if let Some(column) = columns[index] {
                    row[column] += weight;
                }
            });
            for (score, index) in row.iter_mut().zip(&lattice.contenders) {
                *score += groups[number * self.codes.len() + index];
            }
            lattice.marked.push(text[end..piece.span.start].contains(|c: char| divides(c) || !c.is_whitespace()));
            lattice.spans.push(piece.span);
            end = piece.span.end;
        }
        if !lattice.holds_against(&pieces) {
            for (number, piece) in pieces.iter().enumerate() {
                let choice = self.local_vote(text, &pieces, number, set & self.writers(piece));
                if let Some(column) = choice.and_then(|choice| columns[choice]) {
                    lattice.scores[number * width + column] += LOCAL_VOTE * piece.weight;
                }
            }
        }
        lattice
    }

    /// Whichlang's choice on a word and its neighbours of the same clause.
    fn local_vote(&self, text: &str, pieces: &[Word], number: usize, among: Languages) -> Option<usize> {
        if (among & self.voters.quick).count_ones() < 2 {
            return None;
        }
        let first = &pieces[number.saturating_sub(NEIGHBOURS)];
        let last = &pieces[(number + NEIGHBOURS).min(pieces.len() - 1)];
        self.voters.quick_choice(&text[first.span.start..last.span.end], among)
    }

    /// The languages that may stand in a text: that of the whole, and those with most evidence; and what the letter groups of
    /// each word say, a row a word, a column a language.
    fn contenders(&self, pieces: &[Word], home: Option<usize>) -> (Vec<usize>, Vec<f32>) {
        let width = self.codes.len();
        let (mut totals, mut groups) = (vec![0.0; width], vec![0.0; pieces.len() * width]);
        let mut buffer = Buffer::new(usize::MAX);
        let mut written: Languages = 0;
        for (piece, row) in pieces.iter().zip(groups.chunks_mut(width.max(1))) {
            let writers = self.writers(piece);
            written |= writers;
            self.evidence.form(piece, writers & self.known, &mut buffer, &mut |index, weight| totals[index] += weight);
            self.evidence.groups(piece, writers, &mut buffer, &mut |index, weight| row[index] += weight);
            totals.iter_mut().zip(row).for_each(|(total, said)| *total += *said);
        }
        // A script of one language needs no evidence, and the first language of a script stands for it.
        let mut contenders: Vec<usize> = members(written).filter(|index| self.is_first(*index)).collect();
        let mut ranked: Vec<usize> = members(written & self.known).filter(|index| totals[*index] > 0.0).collect();
        ranked.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
        contenders.extend(home);
        contenders.extend(ranked.into_iter().take(CONTENDERS));
        contenders.sort_unstable();
        contenders.dedup();
        (contenders, groups)
    }

    /// Whether a language is the one that whichlang knows of its script, or the only one.
    fn is_first(&self, index: usize) -> bool {
        let writers = self.written_in(&self.codes[index].script);
        let common = writers & self.voters.quick;
        writers == only(index) || common == only(index)
    }

    /// The languages that write with the letters of a word.
    fn writers(&self, word: &Word) -> Languages {
        word.text.chars().find_map(script).map_or(0, |script| self.written_in(script))
    }
}

/// Words, and runs of scripts without spaces, in the order of the text.
fn pieces(text: &str, stretch: Span) -> Vec<Word<'_>> {
    let mut pieces: Vec<Word> = words(text, stretch).collect();
    let spaced = pieces.len();
    let mut start = None;
    for (offset, c) in stretch.of(text).char_indices() {
        let at = stretch.start + offset;
        match (is_unspaced(c), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                pieces.push(Word { span: Span::new(first, at), text: &text[first..at], weight: 1.0 });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(first) = start {
        pieces.push(Word { span: Span::new(first, stretch.end), text: &text[first..stretch.end], weight: 1.0 });
    }
    if pieces.len() > spaced {
        pieces.sort_by_key(|piece| piece.span.start);
    }
    pieces
}

impl Lattice {
    fn score(&self, word: usize, column: usize) -> f32 {
        self.scores[word * self.contenders.len() + column]
    }

    /// Whether all words stay with the home language, even if every vote were for another one.
    fn holds_against(&self, pieces: &[Word]) -> bool {
        let Some(home) = self.home else { return false };
        let mut doubted = self.clone();
        for (row, piece) in doubted.scores.chunks_mut(self.contenders.len()).zip(pieces) {
            for (_, score) in row.iter_mut().enumerate().filter(|(column, _)| *column != home) {
                *score += LOCAL_VOTE_MOST * piece.weight;
            }
        }
        doubted.path().iter().all(|column| *column == home)
    }

    /// The best contender for each word.
    fn path(&self) -> Vec<usize> {
        let (length, width) = (self.spans.len(), self.contenders.len());
        if length == 0 || width == 0 {
            return Vec::new();
        }
        let mut best = self.scores[..width].to_vec();
        let mut from = vec![0; length * width];
        for word in 1..length {
            let price = if self.marked[word] { CHANGE_AT_MARK } else { CHANGE };
            let (top, highest) = best
                .iter()
                .copied()
                .enumerate()
                .fold((0, f32::NEG_INFINITY), |top, (column, score)| if score > top.1 { (column, score) } else { top });
            for column in 0..width {
                let stays = best[column] >= highest - price;
                from[word * width + column] = if stays { column } else { top };
                best[column] = best[column].max(highest - price) + self.score(word, column);
            }
        }
        let mut column = best.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(column, _)| column);
        let mut path = vec![column; length];
        for word in (1..length).rev() {
            column = from[word * width + column];
            path[word - 1] = column;
        }
        path
    }
}
