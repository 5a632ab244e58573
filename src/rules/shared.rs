//! What several rules ask of the whole article: worked out when the first of them asks, and kept for the others.

use super::cause::{self, Stretch};
use super::names::first::{self, LastName};
use super::names::lookup::Words;
use super::quantity::Told;
use super::repeats::Repeats;
use super::{Context, Finding};
use crate::article::Analysis;
use crate::corpus::Residue;
use crate::corpus::language::Form;
use crate::corpus::sequence::Fit;
use crate::document::{BlockKind, Span};
use crate::token::{self, Kind, WordHash};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// Findings, each with what tells the rules that share them apart.
pub type Sorted<K> = Vec<(K, Finding)>;

/// The answers that are known already.
#[derive(Default)]
pub struct Shared<'a> {
    notices: OnceCell<Vec<(&'a Residue, Span)>>,
    capitalised: OnceCell<FxHashMap<WordHash, Vec<usize>>>,
    words: OnceCell<Option<(Words<'a>, Words<'a>)>>,
    last_names: OnceCell<Vec<Vec<LastName>>>,
    originals: OnceCell<FxHashSet<&'a str>>,
    stretches: OnceCell<Vec<Stretch>>,
    forms: OnceCell<Vec<(Span, &'a Form)>>,
    sequences: OnceCell<Vec<Fit<'a>>>,
    repeats: OnceCell<Repeats>,
    /// The names that were changed, and whether that is sure.
    pub(super) changed_names: OnceCell<Sorted<bool>>,
    /// The slips in names, and whether they are sure.
    pub(super) misspelt_names: OnceCell<Sorted<bool>>,
    pub(super) numbers: OnceCell<Sorted<Told>>,
    /// Denials that nothing answers: whether the source has them, and whether that is sure.
    pub(super) denials: OnceCell<Sorted<(bool, bool)>>,
    /// Concepts that stand as their opposites, and whether that is sure.
    pub(super) reversals: OnceCell<Sorted<bool>>,
    /// Quotations that lost their marks, and whether that is sure.
    pub(super) unquoted: OnceCell<Sorted<bool>>,
}

impl<'a> Context<'a> {
    /// The characters of the target that are neither letters, digits nor plain spaces, with their places.
    pub(super) fn marks(&self) -> &[(usize, char)] {
        &self.target.marks
    }

    /// Those that stand in a span.
    pub(super) fn marks_in(&self, span: Span) -> &[(usize, char)] {
        token::marks_in(self.marks(), span)
    }

    /// The notices of a page that stand anywhere in the target.
    pub(super) fn notices(&self) -> &[(&'a Residue, Span)] {
        self.shared.notices.get_or_init(|| self.target.language().residue.notices(self.text(), &self.target.tokens))
    }

    /// Words with a capital in mid-sentence, by their form, with the numbers of their tokens.
    pub(super) fn capitalised(&self) -> &FxHashMap<WordHash, Vec<usize>> {
        self.shared.capitalised.get_or_init(|| {
            let mut all: FxHashMap<WordHash, Vec<usize>> = FxHashMap::default();
            for name in self.target.names.iter().filter(|name| !name.initial) {
                let first = self.target.tokens.partition_point(|token| token.span.start < name.span.start);
                for (offset, token) in self.target.tokens_in(name.span).iter().enumerate() {
                    if token.kind == Kind::Word {
                        all.entry(token.form).or_default().push(first + offset);
                    }
                }
            }
            all
        })
    }

    /// What the target and the source say of their words; None without a source.
    pub(super) fn words(&self) -> Option<&(Words<'a>, Words<'a>)> {
        let both = || self.source.as_ref().map(|source| (Words::of(self, &self.target), Words::of(self, source)));
        self.shared.words.get_or_init(both).as_ref()
    }

    /// The family names that were changed, bead by trusted bead.
    pub(super) fn last_names(&self) -> &[Vec<LastName>] {
        self.shared.last_names.get_or_init(|| {
            let Some((target_words, source_words)) = self.words() else { return Vec::new() };
            let of = |(source, pair)| {
                first::changed_last_names(self.corpus, (source, &self.target), (source_words, target_words), pair)
            };
            self.pairs().map(of).collect()
        })
    }

    /// The sentences of the source as they are written.
    pub(super) fn originals(&self) -> &FxHashSet<&'a str> {
        let of = |source: &Analysis<'a>| source.segments.iter().map(|segment| segment.span.of(source.text())).collect();
        self.shared.originals.get_or_init(|| self.source.as_ref().map(of).unwrap_or_default())
    }

    /// What is told to be in another language; asked for when the language family has run.
    pub(super) fn stretches(&self) -> &[Stretch] {
        self.shared.stretches.get_or_init(|| cause::stretches(self))
    }

    /// The forms in the target that are never right.
    pub(super) fn forms(&self) -> &[(Span, &'a Form)] {
        self.shared.forms.get_or_init(|| {
            let (text, forms) = (self.text(), &self.target.language().forms);
            let found = self.segments().flat_map(|segment| forms.find(text, segment.span, self.target.tokens_of(segment)));
            found.map(|hit| (hit.span, hit.value)).collect()
        })
    }

    /// Where pairs of words of the target come again.
    pub(super) fn repeats(&self) -> &Repeats {
        self.shared.repeats.get_or_init(|| Repeats::of(&self.target.tokens))
    }

    /// The sequences in the target that no sentence holds.
    pub(super) fn sequences(&self) -> &[Fit<'a>] {
        self.shared.sequences.get_or_init(|| {
            let (text, sequences) = (self.text(), &self.target.language().sequences);
            let sentences = self.segments().filter(|segment| segment.kind != BlockKind::Heading);
            sentences.flat_map(|segment| sequences.find(text, self.target.tokens_of(segment))).collect()
        })
    }
}

/// The places of what some rules have found, in their order: looked up, however many there are.
pub struct Places(Vec<Span>);

impl Places {
    /// Those of the rules whose ids begin so.
    pub fn of(context: &Context, rules: &str) -> Places {
        let found = context.found.iter().filter(|found| found.rule.starts_with(rules));
        let mut spans: Vec<Span> = found.map(|found| found.span).collect();
        spans.sort_unstable();
        Places(spans)
    }

    /// Whether one of them shares a sign with a span.
    pub fn touch(&self, span: Span) -> bool {
        let before = self.0.partition_point(|place| place.start < span.end);
        before.checked_sub(1).is_some_and(|last| self.0[last].overlaps(span))
    }
}

/// The findings of one kind.
pub fn of_kind<K: PartialEq>(all: &Sorted<K>, kind: K) -> Vec<Finding> {
    all.iter().filter(|(own, _)| *own == kind).map(|(_, finding)| finding.clone()).collect()
}
