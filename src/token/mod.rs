//! Words of a text: where they stand and what they are compared by. Marks and spaces between them are read from the text.

mod characters;
mod shape;

use crate::document::Span;
use characters::{character_at, is_european, is_general, letters, run};
pub use characters::{characters, divides, is_alphanumeric, is_apostrophe, is_letter, is_prefixed, is_unspaced, marks, marks_in};
use frostem::Stemmer;
pub use shape::Shape;
use std::borrow::Cow;
use std::cell::RefCell;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Hash of a word form or of a stem. Two different words share one once in 2^64.
pub type WordHash = u64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits after the first: `taux`, `G7`, `aujourd'hui`.
    Word,
    /// Decimal digits of any script.
    Number,
    /// A run of Han characters or kana: several words, not told apart.
    Unspaced,
}

impl Kind {
    /// The kind of token that begins with a character.
    #[inline]
    fn of(c: char) -> Option<Kind> {
        match c {
            _ if c.is_ascii_alphabetic() || is_european(c) => Some(Kind::Word),
            _ if c.is_ascii_punctuation() || is_general(c) => None,
            _ if is_unspaced(c) => Some(Kind::Unspaced),
            _ if c.is_numeric() => Some(Kind::Number),
            _ if is_letter(c) => Some(Kind::Word),
            _ => None,
        }
    }
}

/// A word, a run of digits or a run of unspaced script.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: Kind,
    /// Of the form in lower case, composed.
    pub form: WordHash,
    /// Of the stem; the form's own where the language has no stemmer.
    pub stem: WordHash,
    /// Of the first letters of the form: the key of expressions such as `monopolis*`.
    pub opening: WordHash,
    /// A mark that ends or divides a clause (`. , ; : ! ?` and their like) stands between the token before and this one.
    pub divided: bool,
    pub shape: Shape,
}

impl Token {
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// Whether nothing but one sign stands between this token and the next.
    pub fn joins(&self, text: &str, next: &Token, sign: u8) -> bool {
        self.span.end + 1 == next.span.start && text.as_bytes()[self.span.end] == sign
    }
}

/// The word in lower case, composed (NFC), with straight apostrophes.
pub fn folded(word: &str) -> Cow<'_, str> {
    // Letters of Western Europe, composed: nearly every word of a text.
    if word.is_ascii() {
        let small = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        return if small { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) };
    }
    if word.chars().all(|c| c.is_ascii() && !c.is_ascii_uppercase() || matches!(c, 'ß'..='ÿ' | 'œ')) {
        return Cow::Borrowed(word);
    }
    if let Some(lower) = lower_latin(word) {
        return Cow::Owned(lower);
    }
    let lower: String = word.chars().flat_map(char::to_lowercase).map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
    if is_nfc_quick(lower.chars()) == IsNormalized::Yes { Cow::Owned(lower) } else { Cow::Owned(lower.nfc().collect()) }
}

/// The same for a word in the letters of Western Europe, composed; None for any other.
fn lower_latin(word: &str) -> Option<String> {
    let mut lower = String::with_capacity(word.len());
    for c in word.chars() {
        lower.push(match c {
            'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(c as u32 + 0x20)?,
            'ß'..='ÿ' | 'œ' => c,
            'Œ' => 'œ',
            _ if is_apostrophe(c) => '\'',
            _ if c.is_ascii() => c.to_ascii_lowercase(),
            _ => return None,
        });
    }
    Some(lower)
}

/// The hash of a word, the same on every machine: the tables of the corpus are built on one and read on another.
/// Eight bytes at a time are multiplied in, as in `FxHash`, and the high bits are mixed into the low ones.
pub fn hash(text: &str) -> WordHash {
    hash_bytes(text.as_bytes())
}

fn hash_bytes(text: &[u8]) -> WordHash {
    const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
    let (chunks, rest) = text.as_chunks::<8>();
    let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
    let mut hashed = text.len() as u64;
    for chunk in chunks.iter().map(|chunk| u64::from_le_bytes(*chunk)).chain([last]) {
        hashed = (hashed.rotate_left(5) ^ chunk).wrapping_mul(MULTIPLIER);
        // The last byte of a chunk reaches the high bits alone, where the next chunk could undo it.
        hashed ^= hashed >> 32;
    }
    hashed = hashed.wrapping_mul(MULTIPLIER);
    hashed ^ hashed >> 29
}

/// The hash of a word of ASCII letters in lower case.
fn plain_form(word: &str, shape: Shape) -> WordHash {
    /// Most capitals stand in short words, which need no place in memory.
    const SHORT: usize = 32;
    if !shape.has_capitals() {
        return hash(word);
    }
    if word.len() > SHORT {
        return hash(&folded(word));
    }
    let mut letters = [0; SHORT];
    let lower = &mut letters[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    hash_bytes(lower)
}

/// Letters of a word by which expressions of the form `monopolis*` are looked up.
pub const OPENING: usize = 3;

/// The hash of a word's first letters.
pub fn opening(word: &str) -> WordHash {
    let end = word.char_indices().nth(OPENING).map_or(word.len(), |(offset, _)| offset);
    hash(&word[..end])
}

/// The hash of the first letters of a text, in lower case.
pub fn folded_opening(text: &str) -> WordHash {
    // No mark combines with a letter that stands before a sign of ASCII.
    let plain = text.as_bytes().get(..text.len().min(OPENING + 1)).filter(|begin| begin.len() >= OPENING && begin.is_ascii());
    if let Some([a, b, c, ..]) = plain {
        return hash_bytes(&[a, b, c].map(u8::to_ascii_lowercase));
    }
    // A letter may be written as two characters.
    let end = text.char_indices().nth(2 * OPENING).map_or(text.len(), |(at, _)| at);
    opening(&folded(&text[..end]))
}

/// Cuts texts of one language into tokens.
pub struct Tokenizer<'l> {
    /// With what tells its stems from those of others.
    stemmer: Option<(Stemmer, u64)>,
    heads: &'l [String],
    tails: &'l [String],
}

/// The stem of a form.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The form, mixed with how it was stemmed.
    key: u64,
    stem: WordHash,
}

thread_local! {
    /// Forms met by this thread, four in each place that a hash gives, as many as a processor reads at once: stemming a word
    /// costs fifty times as much as finding it here.
    static SEEN: RefCell<Vec<[Seen; 4]>> = RefCell::new(vec![Default::default(); 1 << REMEMBERED]);
}

/// The logarithm of the places: a thread remembers as many forms as the news have words, but for the rarest.
const REMEMBERED: u32 = 14;

impl<'l> Tokenizer<'l> {
    /// `heads` are elided words to cut off before an apostrophe (`l`), `tails` endings to leave out after one (`s`).
    pub fn new(stemmer: Option<Stemmer>, heads: &'l [String], tails: &'l [String]) -> Tokenizer<'l> {
        // No word has this hash: `english` must not be what an empty place seems to hold.
        let stemmer = stemmer.map(|stemmer| (stemmer, hash(&format!("stems of {}", stemmer.algorithm().name()))));
        Tokenizer { stemmer, heads, tails }
    }

    /// The tokens of a stretch of `text`, with spans in `text`.
    pub fn tokens(&mut self, text: &str, stretch: Span, into: &mut Vec<Token>) {
        let first = into.len();
        self.cut(text, stretch, into);
        self.stem(text, &mut into[first..]);
    }

    /// The tokens with their forms in the place of their stems.
    fn cut(&self, text: &str, stretch: Span, into: &mut Vec<Token>) {
        let mut at = stretch.start;
        let mut divided = true;
        while let Some(c) = character_at(text, at, stretch.end) {
            if c == ' ' {
                at += 1;
                continue;
            }
            if let Some((length, shape)) = Shape::of_plain(&text.as_bytes()[at..stretch.end]) {
                let span = Span::new(at, at + length);
                let form = plain_form(span.of(text), shape);
                let opening = opening_of(span.of(text), form);
                into.push(Token { span, kind: Kind::Word, form, stem: form, opening, divided, shape });
                divided = false;
                at = span.end;
                continue;
            }
            let Some(kind) = Kind::of(c) else {
                // The stops of `U.S.` divide nothing.
                let inner = c == '.' && text[at + 1..stretch.end].starts_with(is_letter) && text[..at].ends_with(is_letter);
                divided |= divides(c) && !inner;
                at += c.len_utf8();
                continue;
            };
            let end = match kind {
                Kind::Word => self.word_end(text, at, stretch.end),
                Kind::Number => run(text, at, stretch.end, char::is_numeric),
                Kind::Unspaced => run(text, at, stretch.end, is_unspaced),
            };
            let word = &text[at..end];
            let shape = Shape::of(word);
            let (form, opening) = hashes(word, kind, shape);
            into.push(Token { span: Span::new(at, end), kind, form, stem: form, opening, divided, shape });
            divided = false;
            at = self.after_tail(text, end, stretch.end);
        }
    }

    /// The end of the word that begins at `start`; an elided head ends before its apostrophe.
    fn word_end(&self, text: &str, start: usize, limit: usize) -> usize {
        if character_at(text, start, limit).is_some_and(is_prefixed) {
            return run(text, start, limit, is_letter);
        }
        let mut end = letters(text, start, limit);
        loop {
            let Some(apostrophe) = character_at(text, end, limit).filter(|c| is_apostrophe(*c)) else { return end };
            let Some(next) = character_at(text, end + apostrophe.len_utf8(), limit) else { return end };
            let head = &text[start..end];
            if !is_letter(next) || self.is_tail(&text[end + apostrophe.len_utf8()..limit]) || is_one_of(head, self.heads) {
                return end;
            }
            end = letters(text, end + apostrophe.len_utf8(), limit);
        }
    }

    /// Jumps over an ending such as the English `'s`.
    fn after_tail(&self, text: &str, end: usize, limit: usize) -> usize {
        let Some(apostrophe) = character_at(text, end, limit).filter(|c| is_apostrophe(*c)) else { return end };
        let tail = end + apostrophe.len_utf8();
        if self.is_tail(&text[tail..limit]) { run(text, tail, limit, is_letter) } else { end }
    }

    fn is_tail(&self, rest: &str) -> bool {
        if self.tails.is_empty() {
            return false;
        }
        let end = letters(rest, 0, rest.len());
        is_one_of(&rest[..end], self.tails)
    }

    /// Puts the stems of words in the place of their forms: one after another, so that the processor waits for many places in
    /// memory at once.
    fn stem(&self, text: &str, tokens: &mut [Token]) {
        let Some((stemmer, mark)) = self.stemmer else { return };
        SEEN.with_borrow_mut(|seen| {
            for token in tokens.iter_mut().filter(|token| token.kind == Kind::Word) {
                let key = token.form ^ mark;
                let place = &mut seen[(key >> (64 - REMEMBERED)) as usize];
                if let Some(known) = place.iter().find(|seen| seen.key == key) {
                    token.stem = known.stem;
                } else {
                    // The one that was met first goes.
                    place.rotate_right(1);
                    token.stem = hash(&stemmer.stem(&folded(token.text(text))));
                    place[0] = Seen { key, stem: token.stem };
                }
            }
        });
    }
}

/// The hashes of a token's form and of its opening.
fn hashes(word: &str, kind: Kind, shape: Shape) -> (WordHash, WordHash) {
    if kind != Kind::Word {
        let hashed = hash(word);
        return (hashed, hashed);
    }
    let form = if shape.is_ascii() { plain_form(word, shape) } else { hash(&folded(word)) };
    (form, opening_of(word, form))
}

/// The hash of the first letters of a word with this form.
fn opening_of(word: &str, form: WordHash) -> WordHash {
    if word.len() <= OPENING && word.is_ascii() { form } else { folded_opening(word) }
}

fn is_one_of(word: &str, list: &[String]) -> bool {
    !word.is_empty() && list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, heads: &[&str], tails: &[&str]) -> Vec<String> {
        let (heads, tails): (Vec<String>, Vec<String>) =
            (heads.iter().map(ToString::to_string).collect(), tails.iter().map(ToString::to_string).collect());
        let mut tokens = Vec::new();
        Tokenizer::new(None, &heads, &tails).tokens(text, Span::new(0, text.len()), &mut tokens);
        tokens.iter().map(|token| token.text(text).to_owned()).collect()
    }

    #[test]
    fn words_that_differ_at_the_end_of_eight_bytes_have_hashes_of_their_own() {
        let pairs = [("corriendo", "corriente"), ("desperado", "desperate"), ("programan", "programie")];
        assert!(pairs.iter().all(|(one, other)| hash(one) != hash(other)));
    }

    #[test]
    fn stems_are_kept_apart_by_their_language_and_known_from_none() {
        let stem = |language: &str, word: &str| {
            let mut tokens = Vec::new();
            Tokenizer::new(Stemmer::try_from_name(language).ok(), &[], &[]).tokens(word, Span::new(0, word.len()), &mut tokens);
            tokens[0].stem
        };
        for word in ["english", "french", "nationale", "nationalities"] {
            for language in ["english", "french", "german"] {
                let wanted = hash(&Stemmer::try_from_name(language).unwrap().stem(word));
                assert_eq!((stem(language, word), stem(language, word)), (wanted, wanted), "{word} in {language}");
            }
        }
    }

    #[test]
    fn elided_words_stand_alone_and_endings_are_left_out() {
        assert_eq!(words("l’IA d'aujourd’hui", &["l", "d"], &[]), ["l", "IA", "d", "aujourd’hui"]);
        assert_eq!(words("Google's don't", &[], &["s"]), ["Google", "don't"]);
    }

    #[test]
    fn scripts_and_digits_are_told_apart() {
        assert_eq!(words("AI迎来1.2万 G7 4G", &[], &[]), ["AI", "迎来", "1", "2", "万", "G7", "4", "G"]);
        assert_eq!(words("و20 عامًا", &[], &[]), ["و", "20", "عامًا"]);
    }

    #[test]
    fn forms_ignore_case_and_composition() {
        assert_eq!(folded("E\u{301}TÉ"), "été");
        assert_eq!(folded("aujourd’hui"), "aujourd'hui");
        for c in ('A'..='ÿ').chain(['Œ', 'œ']) {
            assert!(c.to_lowercase().eq(folded(&c.to_string()).chars()), "{c}");
        }
    }
}
