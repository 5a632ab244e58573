//! Words of a text: where they stand and what they are compared by. Marks and spaces between them are read from the text.

use crate::document::Span;
use frostem::Stemmer;
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

/// What most rules ask of the letters of a token, told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(u8);

impl Shape {
    const ASCII: u8 = 1;
    const LARGE: u8 = 2;
    const SMALL: u8 = 4;
    const LARGE_INSIDE: u8 = 8;

    fn of(word: &str) -> Shape {
        let mut shape = 0;
        let inside = if word.is_ascii() {
            shape |= Shape::ASCII;
            word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
        } else {
            word.chars().skip(1).any(char::is_uppercase)
        };
        if let Some(first) = word.chars().next() {
            shape |= if first.is_uppercase() { Shape::LARGE } else { 0 };
            shape |= if first.is_lowercase() { Shape::SMALL } else { 0 };
        }
        Shape(shape | if inside { Shape::LARGE_INSIDE } else { 0 })
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// Every letter is of ASCII.
    pub fn is_ascii(self) -> bool {
        self.has(Shape::ASCII)
    }

    /// It begins with a capital.
    pub fn is_large(self) -> bool {
        self.has(Shape::LARGE)
    }

    /// It begins with a small letter: some scripts have neither.
    pub fn is_small(self) -> bool {
        self.has(Shape::SMALL)
    }

    /// A capital stands behind the first letter.
    pub fn is_large_inside(self) -> bool {
        self.has(Shape::LARGE_INSIDE)
    }
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
/// Eight bytes at a time are multiplied in, as in `FxHash`; the end mixes the high bits into the low ones.
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
    }
    hashed ^= hashed >> 32;
    hashed = hashed.wrapping_mul(MULTIPLIER);
    hashed ^ hashed >> 29
}

/// The hash of a word in lower case, composed, with straight apostrophes.
fn form_of(word: &str) -> WordHash {
    /// Most capitals stand in short words of ASCII letters, which need no place in memory.
    const SHORT: usize = 32;
    if word.len() > SHORT || !word.is_ascii() {
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

pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Han and kana: scripts whose words do not stand apart.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{2E80}'
        && matches!(c, '\u{2E80}'..='\u{2FDF}' | '々' | '〇' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Letters and the marks that combine with them.
#[inline]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    is_european(c)
        || !is_general(c) && c.is_alphabetic() && !is_unspaced(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}')
}

/// The Latin letters beyond ASCII of the languages of Europe: most of those that are met, and told without a table.
fn is_european(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ')
}

/// The marks and spaces beyond ASCII that stand in texts of all scripts: none is a letter or a digit.
fn is_general(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}' | '«' | '»' | '\u{A0}')
}

/// Letters and digits of any script, as [`char::is_alphanumeric`] has them.
pub fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_european(c) || !is_general(c) && c.is_alphanumeric() }
}

/// Letters of a script that writes small words and the number behind them as one: Arabic `و20`, and twenty.
pub fn is_prefixed(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')
}

/// Marks that end or divide a clause.
pub fn divides(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '。'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
            | '、'
            | '\n'
            | '،'
            | '؟'
            | '।'
            | '—'
            | '–'
    )
}

/// The characters whose first byte is looked for: most of a text is passed over byte by byte.
pub fn characters(text: &str, leads: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, char)> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes()[next..].iter();
        let at = next + rest.take_while(|byte| !leads(**byte) || (0x80..0xC0).contains(*byte)).count();
        let c = text[at..].chars().next()?;
        next = at + c.len_utf8();
        Some((at, c))
    })
}

/// The characters that are neither letters, digits nor plain spaces, with their places.
pub fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    characters(text, |byte| MARKS[usize::from(byte)]).filter(|(_, c)| !is_alphanumeric(*c))
}

/// For each byte, whether a character that begins with it may be white space.
const SPACES: [bool; 256] = {
    let mut spaces = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        spaces[byte] = byte <= b' ' as usize || matches!(byte, 0xC2 | 0xE1..=0xE3);
        byte += 1;
    }
    spaces
};

/// For each byte, whether a character that begins with it may be a mark.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        marks[byte] = byte != b' ' as usize && !(byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    marks
};

/// Whether a character that begins with this byte may be white space.
pub fn leads_space(byte: u8) -> bool {
    SPACES[usize::from(byte)]
}

/// What stands between white space, as [`str::split_whitespace`] gives it.
pub fn unbroken(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = run(text, at, text.len(), char::is_whitespace);
        let start = at;
        loop {
            at += text.as_bytes()[at..].iter().take_while(|byte| !leads_space(**byte)).count();
            match character_at(text, at, text.len()).filter(|c| !c.is_whitespace()) {
                Some(c) => at += c.len_utf8(),
                None => return (start < at).then(|| &text[start..at]),
            }
        }
    })
}

/// Cuts texts of one language into tokens.
pub struct Tokenizer<'l> {
    stemmer: Option<Stemmer>,
    heads: &'l [String],
    tails: &'l [String],
}

/// The stem and the opening of a form.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The form and the algorithm by which it was stemmed.
    key: WordHash,
    stem: WordHash,
    opening: WordHash,
}

thread_local! {
    /// Forms met by this thread, two in each place that a hash gives: stemming a word costs fifty times as much as finding it
    /// here.
    static SEEN: RefCell<Vec<[Seen; 2]>> = RefCell::new(vec![Default::default(); 1 << REMEMBERED]);
}

/// The logarithm of the places: a thread remembers as many forms as the news have words, but for the rarest.
const REMEMBERED: u32 = 15;

impl<'l> Tokenizer<'l> {
    /// `heads` are elided words to cut off before an apostrophe (`l`), `tails` endings to leave out after one (`s`).
    pub fn new(stemmer: Option<Stemmer>, heads: &'l [String], tails: &'l [String]) -> Tokenizer<'l> {
        Tokenizer { stemmer, heads, tails }
    }

    /// The tokens of a stretch of `text`, with spans in `text`.
    pub fn tokens(&mut self, text: &str, stretch: Span, into: &mut Vec<Token>) {
        let mut at = stretch.start;
        let mut divided = true;
        while let Some(c) = character_at(text, at, stretch.end) {
            if c == ' ' {
                at += 1;
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
            let (form, stem, opening) = self.hashes(word, kind);
            into.push(Token { span: Span::new(at, end), kind, form, stem, opening, divided, shape: Shape::of(word) });
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
        let end = letters(rest, 0, rest.len());
        is_one_of(&rest[..end], self.tails)
    }

    /// The hashes of a word's form, of its stem and of its opening.
    fn hashes(&self, word: &str, kind: Kind) -> (WordHash, WordHash, WordHash) {
        if kind != Kind::Word {
            let hashed = hash(word);
            return (hashed, hashed, hashed);
        }
        let form = form_of(word);
        let key = self.stemmer.map_or(form, |stemmer| form ^ (stemmer.algorithm() as u64 + 1).rotate_right(8));
        SEEN.with_borrow_mut(|seen| {
            let place = &mut seen[(form >> (64 - REMEMBERED)) as usize];
            let seen = place.iter().find(|seen| seen.key == key).copied().unwrap_or_else(|| {
                let folded = folded(word);
                let stem = self.stemmer.map_or(form, |stemmer| hash(&stemmer.stem(&folded)));
                Seen { key, stem, opening: opening(&folded) }
            });
            if place[0].key != key {
                *place = [seen, place[0]];
            }
            (form, seen.stem, seen.opening)
        })
    }
}

fn is_one_of(word: &str, list: &[String]) -> bool {
    !word.is_empty() && list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The character that begins at a place before a limit.
#[inline]
fn character_at(text: &str, at: usize, limit: usize) -> Option<char> {
    match text.as_bytes()[at..limit].first() {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..limit].chars().next(),
    }
}

/// The end of the letters and digits from a place on.
fn letters(text: &str, start: usize, limit: usize) -> usize {
    let mut at = start;
    loop {
        // Most are of ASCII.
        at += text.as_bytes()[at..limit].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match character_at(text, at, limit).filter(|c| is_letter(*c) || c.is_numeric()) {
            Some(c) => at += c.len_utf8(),
            None => return at,
        }
    }
}

#[inline]
fn run(text: &str, start: usize, limit: usize, inside: impl Fn(char) -> bool) -> usize {
    let mut at = start;
    while let Some(c) = character_at(text, at, limit).filter(|c| inside(*c)) {
        at += c.len_utf8();
    }
    at
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
    fn white_space_of_any_kind_parts_words() {
        for text in ["", " ", "a", " é\u{a0}«\u{202f}b \n\tc\u{3000}丁 ", "\u{85}x\u{2028}"] {
            assert!(unbroken(text).eq(text.split_whitespace()), "{text:?}");
        }
        assert!(('\0'..=char::MAX).filter(|c| c.is_whitespace()).all(|c| leads_space(c.to_string().as_bytes()[0])));
        assert_eq!(marks("l'été, 20 %").collect::<Vec<_>>(), [(1, '\''), (7, ','), (12, '%')]);
    }

    #[test]
    fn forms_ignore_case_and_composition() {
        assert_eq!(folded("E\u{301}TÉ"), "été");
        assert_eq!(folded("aujourd’hui"), "aujourd'hui");
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
        for c in ('A'..='ÿ').chain(['Œ', 'œ']) {
            assert!(c.to_lowercase().eq(folded(&c.to_string()).chars()), "{c}");
        }
    }
}
