//! What single words say about their language: a word enters, and the languages that its form, its letters and its
//! letter groups speak for come out, each with a weight in nats (the natural logarithm of the odds).

use crate::corpus::Corpus;
use crate::corpus::letters::{EDGE, LONGEST, Letters, SHORTEST, nats};
use crate::document::Span;
use crate::error::Error;
use crate::token::{WordHash, hash, is_apostrophe, is_letter};
use rustc_hash::FxHashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A set of languages: bit i is the i-th of [`Corpus::codes`]. A language after the 128th has no evidence.
pub type Languages = u128;

/// The set that holds one language.
pub fn only(index: usize) -> Languages {
    u32::try_from(index).ok().and_then(|bit| 1u128.checked_shl(bit)).unwrap_or(0)
}

/// The indices in a set.
pub fn members(mut set: Languages) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let index = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (index < 128).then_some(index)
    })
}

/// How much each kind of evidence counts beside a function word.
const COMMON_WORD: f32 = 0.7;
const LETTER: f32 = 0.8;
const ENDING: f32 = 0.5;
/// Groups overlap, so that each says less than its weight.
const GROUP: f32 = 0.2;
/// Function words of one letter are met as initials and list marks too.
const ONE_LETTER: f32 = 0.6;

/// Room for the letters of a word, used again for the next, and how many bytes of words may still be looked at by their
/// letter groups.
pub struct Buffer {
    form: String,
    /// The part of the form that is looked at.
    bare: Range<usize>,
    padded: String,
    left: usize,
}

impl Buffer {
    /// Room for the words of a text of which the first bytes are looked at letter by letter.
    pub fn new(bytes: usize) -> Buffer {
        Buffer { form: String::new(), bare: 0..0, padded: String::new(), left: bytes }
    }
}

/// Function words, letters and letter groups of all languages.
pub struct Evidence {
    function_words: FxHashMap<WordHash, Languages>,
    /// Frequent words that carry no grammar.
    common_words: FxHashMap<WordHash, Languages>,
    /// Elided words, before an apostrophe.
    heads: FxHashMap<WordHash, Languages>,
    /// Endings after an apostrophe.
    tails: FxHashMap<WordHash, Languages>,
    letters: FxHashMap<char, Languages>,
    groups: Letters,
    /// Nats by the number of languages that share a piece of evidence.
    information: Vec<f32>,
}

impl Evidence {
    pub fn new(corpus: &Corpus) -> Result<Evidence, Error> {
        let mut evidence = Evidence {
            function_words: FxHashMap::default(),
            common_words: FxHashMap::default(),
            heads: FxHashMap::default(),
            tails: FxHashMap::default(),
            letters: FxHashMap::default(),
            groups: corpus.letters()?,
            information: Vec::new(),
        };
        let index = |tag: &str| corpus.codes().iter().position(|code| code.tag == tag);
        let packs = corpus.packs();
        for (index, tag) in packs.iter().filter_map(|tag| Some((index(tag)?, tag))) {
            evidence.add_pack(only(index), tag, corpus)?;
        }
        let languages = corpus.codes().len().max(1);
        evidence.information = (0..=languages).map(|sharing| information(sharing, packs.len())).collect();
        Ok(evidence)
    }

    fn add_pack(&mut self, language: Languages, tag: &str, corpus: &Corpus) -> Result<(), Error> {
        for word in corpus.function_words(tag) {
            *self.function_words.entry(word).or_default() |= language;
        }
        for word in corpus.common_words(tag) {
            *self.common_words.entry(word).or_default() |= language;
        }
        let profile = corpus.profile(tag)?;
        for head in &profile.apostrophe.heads {
            *self.heads.entry(hash(head)).or_default() |= language;
            // `l` and `d` are words only before an apostrophe.
            if head.chars().count() == 1
                && let Some(languages) = self.function_words.get_mut(&hash(head))
            {
                *languages &= !language;
            }
        }
        for tail in &profile.apostrophe.tails {
            *self.tails.entry(hash(tail)).or_default() |= language;
        }
        for letter in profile.letters.chars().filter(|letter| !letter.is_ascii()) {
            *self.letters.entry(letter).or_default() |= language;
        }
        Ok(())
    }

    /// The languages of which a form is a function word.
    pub fn function_word(&self, form: WordHash) -> Languages {
        self.function_words.get(&form).copied().unwrap_or(0)
    }

    /// The languages of which a form is a frequent word that carries no grammar.
    pub fn common_word(&self, form: WordHash) -> Languages {
        self.common_words.get(&form).copied().unwrap_or(0)
    }

    /// Tells what a word says: calls `speak` with a language and its weight. Languages outside `among` are not heard.
    pub fn word(&self, word: &Word, among: Languages, buffer: &mut Buffer, speak: &mut impl FnMut(usize, f32)) {
        self.form(word, among, buffer, speak);
        self.groups(word, among, buffer, speak);
    }

    /// What its form and its letters say. The form, without what stands before or behind its apostrophe, is left in the buffer.
    pub fn form(&self, word: &Word, among: Languages, buffer: &mut Buffer, speak: &mut impl FnMut(usize, f32)) {
        let Buffer { form: whole_form, bare, .. } = buffer;
        let mut weighed = |languages: Languages, weight: f32| {
            let heard = languages & among;
            if heard != 0 {
                let sharing = (heard.count_ones() as usize).min(self.information.len() - 1);
                let weight = weight * word.weight * self.information[sharing];
                members(heard).for_each(|index| speak(index, weight));
            }
        };
        fold(word.text, whole_form);
        let mut form = whole_form.as_str();
        *bare = 0..form.len();
        let whole = self.function_word(hash(form));
        if whole == 0
            && let Some(apostrophe) = form.find('\'')
        {
            let (head, tail) = (&form[..apostrophe], &form[apostrophe + 1..]);
            let heads = self.heads.get(&hash(head)).copied().unwrap_or(0);
            let tails = self.tails.get(&hash(tail)).copied().unwrap_or(0);
            weighed(heads, 1.0);
            weighed(tails, ENDING);
            *bare = if heads == 0 { 0..apostrophe } else { apostrophe + 1..form.len() };
            form = &form[bare.clone()];
        }
        let functions = if whole == 0 { self.function_word(hash(form)) } else { whole };
        let weight = if form.chars().nth(1).is_none() { ONE_LETTER } else { 1.0 };
        weighed(functions, weight);
        weighed(self.common_word(hash(form)), COMMON_WORD);
        for letter in form.chars().filter(|letter| !letter.is_ascii()) {
            weighed(self.letters.get(&letter).copied().unwrap_or(0), LETTER);
        }
    }

    /// What the letter groups of the form say that was left in the buffer.
    pub fn groups(&self, word: &Word, among: Languages, buffer: &mut Buffer, speak: &mut impl FnMut(usize, f32)) {
        let Buffer { form, bare, padded, left } = buffer;
        if *left == 0 {
            return;
        }
        let form = &form[bare.clone()];
        *left = left.saturating_sub(form.len());
        padded.clear();
        padded.extend([EDGE].into_iter().chain(form.chars()).chain([EDGE]));
        for (start, _) in padded.char_indices() {
            let ends = padded[start..].char_indices().skip(SHORTEST).map(|(at, _)| start + at).chain([padded.len()]);
            for end in ends.take(LONGEST + 1 - SHORTEST) {
                speak_group(self.groups.find(&padded[start..end]), word, among, speak);
            }
        }
    }
}

/// Tells what a letter group of a word says: the languages that it speaks for, each with a weight. Languages outside `among` are
/// not heard.
fn speak_group(group: &[[u8; 2]], word: &Word, among: Languages, speak: &mut impl FnMut(usize, f32)) {
    let heard = [among as u64, (among >> 64) as u64];
    // A language after the 128th has no evidence.
    let is_heard = |index: u8| index < 128 && heard[usize::from(index >> 6 & 1)] >> (index & 63) & 1 != 0;
    for [index, weight] in group {
        if is_heard(*index) {
            speak(usize::from(*index), nats(*weight) * word.weight * GROUP);
        }
    }
}

/// What a piece of evidence says that `sharing` of `all` languages share, in nats.
fn information(sharing: usize, all: usize) -> f32 {
    ((all + 1) as f32 / sharing.max(1) as f32).ln().max(0.0)
}

/// The word in lower case, composed, with straight apostrophes, as [`crate::token::folded`] gives it.
fn fold(word: &str, buffer: &mut String) {
    buffer.clear();
    let combining = |c: char| matches!(c, '\u{300}'..='\u{36F}');
    buffer.extend(word.chars().flat_map(char::to_lowercase).map(|c| if is_apostrophe(c) { '\'' } else { c }));
    if buffer.chars().any(combining) {
        *buffer = buffer.nfc().collect();
    }
}

/// A word of a text that is looked at for its language.
pub struct Word<'t> {
    pub span: Span,
    pub text: &'t str,
    /// 1, or less for words that look like names.
    pub weight: f32,
}

/// A word with a capital inside a sentence is often a name, and names have no language.
const NAME: f32 = 0.4;
/// A word all in capitals among others is an abbreviation.
const CAPITALS: f32 = 0.15;

/// Bytes of a text that is too short to leave anything out.
const FEW_LETTERS: usize = 8;

/// The words of a stretch of text that are written with letters, apostrophes inside included.
pub fn words(text: &str, stretch: Span) -> impl Iterator<Item = Word<'_>> {
    let shouting = is_shouting(stretch.of(text));
    let mut at = stretch.start;
    let mut begins = true;
    std::iter::from_fn(move || {
        let rest = &text[at..stretch.end];
        let start = at + rest.find(is_letter)?;
        // After a stop, a quotation mark or a line's end a capital means nothing.
        begins |= text[at..start].contains(|c: char| !c.is_whitespace() && !matches!(c, ',' | '-' | '’' | '\''));
        let end = word_end(text, start, stretch.end);
        let word = &text[start..end];
        let capital = word.starts_with(char::is_uppercase);
        let all = capital && word.chars().nth(1).is_some() && !word.contains(char::is_lowercase);
        let weight = match () {
            () if shouting || !capital => 1.0,
            () if all => CAPITALS,
            () if begins => 1.0,
            () => NAME,
        };
        (at, begins) = (end, false);
        Some(Word { span: Span::new(start, end), text: word, weight })
    })
}

/// The words of a text that do not look like names, for those who judge by its letters; the text itself where too few
/// are left. `kept` takes them.
pub fn without_names<'t>(text: &'t str, kept: &'t mut String) -> &'t str {
    kept.clear();
    for word in words(text, Span::new(0, text.len())).filter(|word| word.weight >= 1.0) {
        kept.push_str(word.text);
        kept.push(' ');
    }
    if kept.len() * 3 < text.len() || kept.len() < FEW_LETTERS { text } else { kept }
}

fn word_end(text: &str, start: usize, limit: usize) -> usize {
    let run = |at: usize| text[at..limit].find(|c| !is_letter(c)).map_or(limit, |offset| at + offset);
    let mut end = run(start);
    loop {
        let mut rest = text[end..limit].chars();
        match (rest.next(), rest.next()) {
            (Some(apostrophe), Some(next)) if is_apostrophe(apostrophe) && is_letter(next) => {
                end = run(end + apostrophe.len_utf8());
            }
            _ => return end,
        }
    }
}

/// More capitals than small letters: a headline in capitals has no names to tell.
fn is_shouting(text: &str) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for c in text.chars().take(400) {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    capitals > small
}
