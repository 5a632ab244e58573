//! A stretch of text with its tokens, asked at one place after another for a number word, a unit or a word of the calendar.

use crate::corpus::Language;
use crate::corpus::quantities::lexicon::{Lexicon, is_joint, is_space};
use crate::corpus::quantities::{DateWord, NumberWord, Quantities, Role};
use crate::document::Span;
use crate::token::{Kind, Token, folded, hash, is_apostrophe, is_letter, is_unspaced};

pub(super) struct Reader<'a> {
    /// The text up to the end of the stretch: nothing is read beyond it.
    pub text: &'a str,
    pub start: usize,
    pub tokens: &'a [Token],
    pub language: &'a Language,
    pub quantities: &'a Quantities,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str, stretch: Span, tokens: &'a [Token], language: &'a Language) -> Reader<'a> {
        Reader { text: &text[..stretch.end], start: stretch.start, tokens, language, quantities: &language.quantities }
    }

    /// The longest number word of a wanted role at a place, and its end.
    pub fn number_word(&self, at: usize, wanted: impl Fn(Role) -> bool) -> Option<(NumberWord, usize)> {
        let numbers = &self.quantities.numbers;
        let wanted = |word: &NumberWord| wanted(word.role);
        self.look_up(numbers, at, wanted).or_else(|| self.glued(numbers, at, wanted))
    }

    /// The longest number word at a place; of several of one length, one of a preferred role.
    pub fn longest(&self, at: usize, preferred: impl Fn(Role) -> bool) -> Option<(NumberWord, usize)> {
        self.longest_of(at, |_| true, preferred)
    }

    /// The same inside a number, where a phrase that is no number elsewhere (千万) says nothing.
    pub fn longest_inside(&self, at: usize, preferred: impl Fn(Role) -> bool) -> Option<(NumberWord, usize)> {
        self.longest_of(at, |role| role != Role::Nothing, preferred)
    }

    fn longest_of(
        &self,
        at: usize,
        wanted: impl Fn(Role) -> bool,
        preferred: impl Fn(Role) -> bool,
    ) -> Option<(NumberWord, usize)> {
        let (word, end) = self.number_word(at, wanted)?;
        if preferred(word.role) {
            return Some((word, end));
        }
        self.number_word(at, preferred).filter(|(_, other)| *other == end).or(Some((word, end)))
    }

    /// The end of the longest number word of one role.
    pub fn past_role(&self, at: usize, role: Role) -> Option<usize> {
        self.number_word(at, |other| other == role).map(|(_, end)| end)
    }

    pub fn date_word(&self, at: usize, wanted: impl Fn(DateWord) -> bool) -> Option<(DateWord, usize)> {
        self.look_up(&self.quantities.dates, at, |word| wanted(*word))
    }

    /// The longest unit at a place: its place in the table of units, and its end.
    pub fn unit_word(&self, at: usize) -> Option<(u16, usize)> {
        let units = &self.quantities.units;
        self.look_up(units, at, |_| true).or_else(|| self.glued(units, at, |_| true))
    }

    /// The longest entry that begins the letters at a place, where a language glues them to the digits before, or goes on
    /// inside a word that began so.
    fn glued<T: Copy>(&self, lexicon: &Lexicon<T>, at: usize, wanted: impl Fn(&T) -> bool) -> Option<(T, usize)> {
        /// Letters of the longest entry that is looked for.
        const LONGEST: usize = 4;
        if !self.language.profile().numbers.glued {
            return None;
        }
        let token = self.token_around(at)?;
        let begins = token.span.start == at;
        if begins && !self.char_before(at).is_some_and(char::is_numeric) {
            return None;
        }
        let letters = &self.text[at..token.span.end];
        let ends = letters.char_indices().map(|(end, _)| at + end).skip(1).chain([token.span.end]).take(LONGEST);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let part = Token { span: Span::new(at, end), form: hash(&folded(&self.text[at..end])), ..*token };
            lexicon.at_token(&self.text[..end], &part, &wanted)
        })
    }

    /// The word that holds a place.
    fn token_around(&self, at: usize) -> Option<&'a Token> {
        let place = self.tokens.partition_point(|token| token.span.end <= at);
        self.tokens.get(place).filter(|token| token.span.start <= at && token.kind == Kind::Word)
    }

    fn look_up<T: Copy>(&self, lexicon: &Lexicon<T>, at: usize, wanted: impl Fn(&T) -> bool) -> Option<(T, usize)> {
        match self.char_at(at) {
            Some(c) if is_unspaced(c) => lexicon.at_sign(self.text, at, wanted),
            Some(c) if is_letter(c) => lexicon.at_token(self.text, self.token_at(at)?, wanted),
            Some(_) => lexicon.at_sign(self.text, at, wanted),
            None => None,
        }
    }

    /// The word that begins at a place.
    pub fn token_at(&self, at: usize) -> Option<&'a Token> {
        let place = self.tokens.partition_point(|token| token.span.start < at);
        self.tokens.get(place).filter(|token| token.span.start == at && token.kind == Kind::Word)
    }

    /// Whether a word begins at a place that no number word begins with.
    pub fn is_plain_word(&self, at: usize) -> bool {
        self.token_at(at).is_some_and(|token| self.quantities.numbers.lacks(token))
    }

    /// The last token that ends at a place or before it.
    pub fn token_before(&self, at: usize) -> Option<&'a Token> {
        let place = self.tokens.partition_point(|token| token.span.end <= at);
        place.checked_sub(1).map(|place| &self.tokens[place])
    }

    /// A word that carries grammar: an article, a preposition.
    pub fn is_grammar(&self, token: &Token) -> bool {
        self.language.function_words.contains(&token.form)
    }

    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The character before a place, inside the stretch.
    pub fn char_before(&self, at: usize) -> Option<char> {
        self.before(at).chars().next_back()
    }

    /// The stretch up to a place.
    pub fn before(&self, at: usize) -> &'a str {
        &self.text[self.start.min(at)..at]
    }

    pub fn past_spaces(&self, at: usize) -> usize {
        self.past(at, is_space)
    }

    /// Past the spaces and hyphens that may stand inside a number or before its unit.
    pub fn past_joints(&self, at: usize) -> usize {
        self.past(at, is_joint)
    }

    fn past(&self, at: usize, skipped: impl Fn(char) -> bool) -> usize {
        self.text[at..].find(|c| !skipped(c)).map_or(self.text.len(), |offset| at + offset)
    }

    /// A word of a spaced script begins or goes on at a place.
    pub fn is_word(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_letter)
    }

    /// A character of an unspaced script stands at a place.
    pub fn is_unspaced(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_unspaced)
    }

    /// The words from one place to another have nothing but spaces, hyphens and apostrophes between.
    pub fn adjoins(&self, from: usize, to: usize) -> bool {
        from <= to && self.text[from..to].chars().all(|c| is_joint(c) || is_apostrophe(c))
    }
}
