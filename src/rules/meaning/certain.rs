//! When it is certain that one side denies what the other affirms: what is denied stands on the other side too, among words
//! that answer those around the denial, and nothing near either of the two could deny in another way.

use super::QUESTION_MARKS;
use super::counterpart::Counterparts;
use crate::article::{Analysis, Cue};
use crate::corpus::Negation;
use crate::document::Span;
use crate::rules::Context;
use crate::token::{Token, divides};

/// A sentence of a text.
#[derive(Clone, Copy)]
pub struct Side<'s> {
    pub analysis: &'s Analysis<'s>,
    pub span: Span,
}

/// Two sentences that translate each other, and what of the one answers what of the other: the one that may deny is `here`.
pub struct Sentences<'s> {
    here: Side<'s>,
    there: Side<'s>,
    like: Counterparts,
}

/// Confidence from which a bead can carry a claim without doubt.
pub const CERTAIN: f32 = 0.95;
/// Words on each side of a place that are near it, and that are so near that no answer excuses what they do.
const NEAR: usize = 8;
const BESIDE: usize = 3;
/// Characters of an unspaced script behind a denial among which what it denies begins.
const BEHIND: usize = 2;
/// Other words near a denial that must have their like near what stands for the denied.
const AROUND: usize = 1;
const AROUND_OPPOSITES: usize = 2;

/// The kind of small words that stand between a denial and what it denies (`grammar.tsv`).
const PASSING: &str = "passing";
/// The kind of denials that may stand behind what they deny (`grammar.tsv`).
const POSTPOSED: &str = "postposed";

impl<'s> Sentences<'s> {
    /// `forth` where the source is `here`.
    pub fn new(context: &Context, here: Side<'s>, there: Side<'s>, forth: bool) -> Sentences<'s> {
        let like = Counterparts::new(context, (here.analysis, here.span), (there.analysis, there.span), forth);
        Sentences { here, there, like }
    }

    /// The first denial of the one sentence whose denied word the other surely affirms.
    pub fn affirmed(&self) -> Option<Cue> {
        let (here, there) = (self.here, self.there);
        if !here.knows_doubts() || !there.knows_doubts() || here.asks() || there.asks() {
            return None;
        }
        here.denials().find(|cue| self.is_affirmed(cue.span)).copied()
    }

    fn is_affirmed(&self, denial: Span) -> bool {
        let Some(denied) = self.here.denied(denial) else { return false };
        let turned = self.turned();
        // `not guilty` as a whole is `innocent`: that is no word for what is denied.
        let is_behind = denied.end <= denial.start;
        let whole = |own: Span| own.contains(denied) && if is_behind { own.overlaps(denial) } else { own.start <= denial.start };
        let apart = |own: Span, other: Span| {
            own.overlaps(denied) && !whole(own) && self.there.is_full(other) && !self.there.is_in_denial(other)
        };
        // What is denied there as well is no news, whatever else in the sentence is like it.
        if self.is_denied_there(denied, None) {
            return false;
        }
        self.like.pairs().filter(|(own, other)| apart(*own, *other)).any(|(_, affirmed)| {
            let named = self.here.may_name(denied) && self.there.may_name(affirmed);
            let rivals =
                self.like.mentions_of(affirmed).chain(turned.like.of(affirmed).filter(|own| self.here.is_same(*own, denied)));
            let away = |own: Span| (self.here.share(own) - self.there.share(affirmed)).abs();
            let alone = rivals.into_iter().all(|own| own.overlaps(denied) || away(own) > away(denied));
            let around = self.like.beside(denied, self.here.near(denial, NEAR), self.there.near(affirmed, NEAR));
            !named
                && alone
                && around >= AROUND
                && self.is_plain((denial, denied), affirmed)
                && turned.is_plain((affirmed, affirmed), denied)
        })
    }

    /// Whether a word and the opposite of its sense surely stand for each other: before the same word, among others that
    /// answer each other, where nothing denies. Scripts without spaces have their small words on another side.
    pub fn are_opposed(&self, own: Span, other: Span) -> bool {
        let (here, there) = (self.here, self.there);
        if here.is_unspaced() || there.is_unspaced() || !here.is_free(own) || !there.is_free(other) {
            return false;
        }
        let around = self.like.beside(own, here.near(own, NEAR), there.near(other, NEAR));
        let next = here.governed(own).zip(there.governed(other));
        let follows = next.is_some_and(|(own, other)| self.like.of(own).any(|like| like.overlaps(other)));
        around >= AROUND_OPPOSITES && follows
    }

    /// The same sentences seen from the other side.
    fn turned(&self) -> Sentences<'s> {
        Sentences { here: self.there, there: self.here, like: self.like.turned() }
    }

    /// Whether nothing near a place denies, or may, but what the other sentence answers elsewhere than at its counterpart.
    /// What is denied may be such a word itself, if its counterpart is too: the first time, `la première fois`.
    fn is_plain(&self, (place, denied): (Span, Span), counterpart: Span) -> bool {
        let (near, beside) = (self.here.near(place, NEAR), self.here.near(place, BESIDE));
        let mut cues = self.here.analysis.cues_in(near).iter().filter(|cue| !place.contains(cue.span));
        let mut doubts = self.here.analysis.doubts_in(near).iter().filter(|doubt| !place.contains(**doubt));
        let answered = |cue: &Cue| match cue.kind {
            Negation::Negative => {
                self.here.denied(cue.span).is_some_and(|denied| self.is_denied_there(denied, Some(counterpart)))
            }
            _ => self.is_doubted_there(cue.span),
        };
        let away = |span: Span| !span.overlaps(beside) || span.overlaps(denied);
        cues.all(|cue| !cue.span.overlaps(beside) && answered(cue))
            && doubts.all(|doubt| self.here.is_in_denial(*doubt) || away(*doubt) && self.is_doubted_there(*doubt))
    }

    /// Whether the other sentence denies what stands at a place, elsewhere than at the counterpart of another if there is one.
    fn is_denied_there(&self, place: Span, counterpart: Option<Span>) -> bool {
        let there = self.there;
        let denied: Vec<Span> = there.denials().filter_map(|cue| there.denied(cue.span)).collect();
        let met = |other: Span| denied.iter().any(|denied| denied.overlaps(other));
        self.like.of(place).any(|other| !counterpart.is_some_and(|counterpart| other.overlaps(counterpart)) && met(other))
    }

    /// Whether the like of a place denies by its meaning, too.
    fn is_doubted_there(&self, place: Span) -> bool {
        let there = self.there.analysis;
        let doubted = |other: Span| {
            let mut cues = there.cues_in(self.there.span).iter().filter(|cue| cue.kind != Negation::Negative);
            cues.any(|cue| cue.span.overlaps(other)) || there.doubts_in(self.there.span).iter().any(|doubt| doubt.overlaps(other))
        };
        self.like.of(place).any(doubted)
    }
}

impl<'s> Side<'s> {
    /// Whether the language has words beside which nothing is certain.
    fn knows_doubts(self) -> bool {
        self.analysis.language().negation.values().contains(&Negation::Doubtful)
    }

    fn is_unspaced(self) -> bool {
        !self.analysis.language().profile().spaced
    }

    /// Whether no word near a place denies, or may.
    fn is_free(self, place: Span) -> bool {
        let mut near = self.analysis.cues_in(self.near(place, NEAR)).iter();
        let mut denials = self.denials();
        !self.asks() && near.all(|cue| place.contains(cue.span)) && denials.all(|cue| place.contains(cue.span))
    }

    /// Whether two places hold the same word.
    fn is_same(self, a: Span, b: Span) -> bool {
        let words = |place: Span| self.analysis.tokens_in(place).first().map(|word| word.stem);
        words(a).is_some() && words(a) == words(b)
    }

    fn asks(self) -> bool {
        self.span.of(self.analysis.text()).contains(QUESTION_MARKS)
    }

    fn denials(self) -> impl Iterator<Item = &'s Cue> {
        self.analysis.cues_in(self.span).iter().filter(|cue| cue.kind == Negation::Negative)
    }

    /// Whether a place is part of what denies.
    fn is_in_denial(self, place: Span) -> bool {
        self.denials().any(|cue| cue.span.overlaps(place))
    }

    /// What a word denies: what it governs, or else what stands before it, where it may (`gilt nicht`).
    fn denied(self, denial: Span) -> Option<Span> {
        let grammar = &self.analysis.language().grammar;
        let word = self.analysis.tokens_in(denial).first();
        let may_follow = || word.is_some_and(|word| grammar.of(POSTPOSED).any(|turn| turn.first.is_form(word.form)));
        self.governed(denial).or_else(|| if may_follow() { self.preceding(denial) } else { None })
    }

    /// What a word governs: the next word that carries more than grammar in its clause, which `ne … pas` has inside.
    fn governed(self, denial: Span) -> Option<Span> {
        let text = self.analysis.text();
        if self.is_unspaced() {
            let clause = &text[denial.end..self.span.end];
            let length = clause.chars().take_while(|c| !divides(*c)).take(BEHIND).map(char::len_utf8).sum::<usize>();
            return (length > 0).then(|| Span::new(denial.end, denial.end + length));
        }
        let words = self.analysis.tokens_in(self.span);
        let first = words.partition_point(|word| word.span.start <= denial.start);
        let mut clause = words[first..].iter().take_while(|word| !word.divided);
        clause.find(|word| !self.is_passing(word)).map(|word| word.span)
    }

    /// The last word that carries more than grammar before a place in its clause.
    fn preceding(self, place: Span) -> Option<Span> {
        let words = self.analysis.tokens_in(self.span);
        let at = words.partition_point(|word| word.span.start < place.start);
        // A word is divided from the one before it.
        let divided = |word: &Token| word.divided;
        if words.get(at).is_none_or(divided) {
            return None;
        }
        let start = words[..at].iter().rposition(divided).unwrap_or(0);
        words[start..at].iter().rev().find(|word| !self.is_passing(word)).map(|word| word.span)
    }

    /// Where in the sentence a place begins, 0 to 1.
    fn share(self, place: Span) -> f32 {
        (place.start - self.span.start) as f32 / self.span.len().max(1) as f32
    }

    /// Whether a place holds more than grammar.
    fn is_full(self, place: Span) -> bool {
        self.is_unspaced() || self.analysis.tokens_in(place).iter().any(|word| !self.is_passing(word))
    }

    fn is_passing(self, word: &Token) -> bool {
        let language = self.analysis.language();
        language.function_words.contains(&word.form) || language.grammar.of(PASSING).any(|turn| turn.first.is_form(word.form))
    }

    /// Whether a place may be a name: a capital inside its sentence, or a script without.
    fn may_name(self, place: Span) -> bool {
        let first = place.of(self.analysis.text()).chars().next();
        let inside = place.start > self.span.start;
        first.is_some_and(|first| first.is_uppercase() && inside || !first.is_uppercase() && !first.is_lowercase())
    }

    /// So many words of the sentence on each side of a place, or twice as many characters of an unspaced script.
    fn near(self, place: Span, reach: usize) -> Span {
        if self.is_unspaced() {
            let text = self.analysis.text();
            let before = text[self.span.start..place.start].chars().rev().take(2 * reach).map(char::len_utf8).sum::<usize>();
            let after = text[place.end..self.span.end].chars().take(2 * reach).map(char::len_utf8).sum::<usize>();
            return Span::new(place.start - before, place.end + after);
        }
        let words = self.analysis.tokens_in(self.span);
        let first = words.partition_point(|word| word.span.end <= place.start).saturating_sub(reach);
        let last = (words.partition_point(|word| word.span.start < place.end) + reach).min(words.len());
        words[first..last].first().zip(words[first..last].last()).map_or(self.span, |(first, last)| first.span.join(last.span))
    }
}
