//! Expressions: the notation in which the corpus says what to look for (`corpus/README.md`), and when one fits a text.

use crate::document::Span;
use crate::token::{Kind, Token, Tokenizer, WordHash, folded, hash};

/// Words that may stand between two parts of an ordered expression where it says `..`.
const GAP_WORDS: usize = 4;
/// Words within which the parts of an unordered expression (`&`) must stand.
const WINDOW_WORDS: usize = 10;

/// What to look for in a text of a spaced language.
#[derive(Clone, Debug)]
pub struct Expression {
    items: Vec<Item>,
    any_order: bool,
}

#[derive(Clone, Debug)]
enum Item {
    /// One of these, and how long the shortest is written: the longer, the rarer.
    Word(Vec<Part>, usize),
    /// Up to four words.
    Gap,
    /// Something to be captured: `{A}` or `{B}`, one word or more.
    Slot(char),
    /// A sign that is no word, beside the word before or after it: `%`.
    Sign(String),
}

#[derive(Clone, Debug)]
enum Part {
    Stem(WordHash),
    Form(WordHash),
    Cased(WordHash, String),
    Prefix(String),
}

/// A key under which an expression is found in an index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Stem(WordHash),
    Form(WordHash),
    /// The first three letters.
    Prefix(WordHash),
}

/// What an expression covers, and what its slots hold, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub first: usize,
    pub last: usize,
    pub slots: Vec<(char, std::ops::Range<usize>)>,
}

impl Expression {
    /// Reads an expression. The error says what is wrong with it.
    pub fn read(written: &str, tokenizer: &mut Tokenizer) -> Result<Expression, String> {
        let any_order = written.contains(" & ");
        let mut items = Vec::new();
        for word in written.split_whitespace().filter(|word| *word != "&") {
            match word {
                ".." => items.push(Item::Gap),
                "{A}" | "{B}" => items.push(Item::Slot(word.as_bytes()[1] as char)),
                _ => read_word(word, tokenizer, &mut items)?,
            }
        }
        if any_order && items.iter().any(|item| !matches!(item, Item::Word(..))) {
            return Err(format!("words alone around `&` in {written:?}"));
        }
        if !items.iter().any(|item| matches!(item, Item::Word(..))) {
            return Err(format!("a word in {written:?}"));
        }
        if matches!(items.first(), Some(Item::Gap)) || matches!(items.last(), Some(Item::Gap)) {
            return Err(format!("a word at both ends of {written:?}"));
        }
        Ok(Expression { items, any_order })
    }

    /// The keys of the part by which the expression is looked up, and its place among the parts.
    /// The longest word is the rarest more often than not; a prefix comes last.
    pub fn keys(&self) -> (usize, Vec<Key>) {
        let weight = |item: &Item| match item {
            Item::Word(parts, _) if parts.iter().any(|part| matches!(part, Part::Prefix(_))) => 1,
            Item::Word(_, length) => 1 + length,
            _ => 0,
        };
        let mut best = 0;
        for (index, item) in self.items.iter().enumerate() {
            if weight(item) > weight(&self.items[best]) {
                best = index;
            }
        }
        let Item::Word(parts, _) = &self.items[best] else { return (best, Vec::new()) };
        let keys = parts.iter().map(|part| match part {
            Part::Stem(stem) => Key::Stem(*stem),
            Part::Form(form) | Part::Cased(form, _) => Key::Form(*form),
            Part::Prefix(prefix) => Key::Prefix(prefix_key(prefix)),
        });
        (best, keys.collect())
    }

    /// Whether the expression stands in `tokens` with its part number `part` on the token number `at`.
    pub fn fit(&self, text: &str, tokens: &[Token], part: usize, at: usize) -> Option<Fit> {
        if self.any_order {
            return self.fit_any_order(text, tokens, part, at);
        }
        if !self.items[part].fits(text, &tokens[at]) {
            return None;
        }
        let mut slots = Vec::new();
        let last = self.forward(text, tokens, part + 1, at + 1, &mut slots)?;
        let first = self.backward(text, tokens, part, at, &mut slots)?;
        Some(Fit { first, last, slots })
    }

    /// Matches the items from `item` on against the tokens from `at` on; the index of the last token covered.
    fn forward(
        &self,
        text: &str,
        tokens: &[Token],
        item: usize,
        at: usize,
        slots: &mut Vec<(char, std::ops::Range<usize>)>,
    ) -> Option<usize> {
        let Some(wanted) = self.items.get(item) else { return at.checked_sub(1) };
        match wanted {
            Item::Word(..) => {
                let token = tokens.get(at).filter(|token| !token.divided)?;
                wanted.fits(text, token).then(|| self.forward(text, tokens, item + 1, at + 1, slots))?
            }
            Item::Sign(sign) => {
                let behind = text[tokens.get(at.checked_sub(1)?)?.span.end..].trim_start();
                behind.starts_with(sign.as_str()).then(|| self.forward(text, tokens, item + 1, at, slots))?
            }
            Item::Gap => (0..=GAP_WORDS)
                .take_while(|skip| tokens.get(at..at + skip).is_some_and(|jumped| jumped.iter().all(|token| !token.divided)))
                .find_map(|skip| self.forward(text, tokens, item + 1, at + skip, slots)),
            Item::Slot(name) => {
                let clause = tokens[at.min(tokens.len())..].iter().take_while(|token| !token.divided).count();
                if item + 1 == self.items.len() {
                    return (clause > 0).then(|| {
                        slots.push((*name, at..at + clause));
                        at + clause - 1
                    });
                }
                (1..=clause).find_map(|length| {
                    let last = self.forward(text, tokens, item + 1, at + length, slots)?;
                    slots.push((*name, at..at + length));
                    Some(last)
                })
            }
        }
    }

    /// Matches the items before `item` against the tokens before `at`; the index of the first token covered.
    fn backward(
        &self,
        text: &str,
        tokens: &[Token],
        item: usize,
        at: usize,
        slots: &mut Vec<(char, std::ops::Range<usize>)>,
    ) -> Option<usize> {
        let Some(index) = item.checked_sub(1) else { return Some(at) };
        if tokens[at].divided {
            return None;
        }
        match &self.items[index] {
            Item::Word(..) => {
                let before = at.checked_sub(1)?;
                self.items[index].fits(text, &tokens[before]).then(|| self.backward(text, tokens, index, before, slots))?
            }
            Item::Sign(sign) => {
                let before = text[..tokens[at].span.start].trim_end();
                before.ends_with(sign.as_str()).then(|| self.backward(text, tokens, index, at, slots))?
            }
            Item::Gap => {
                let mut from = at;
                for _ in 0..=GAP_WORDS {
                    if let Some(first) = self.backward(text, tokens, index, from, slots) {
                        return Some(first);
                    }
                    if from == 0 || tokens[from].divided {
                        return None;
                    }
                    from -= 1;
                }
                None
            }
            Item::Slot(name) => {
                let mut first = at;
                while first > 0 && !tokens[first].divided {
                    first -= 1;
                }
                (first < at && index == 0).then(|| {
                    slots.push((*name, first..at));
                    first
                })
            }
        }
    }

    fn fit_any_order(&self, text: &str, tokens: &[Token], part: usize, at: usize) -> Option<Fit> {
        if !self.items[part].fits(text, &tokens[at]) {
            return None;
        }
        let low = at.saturating_sub(WINDOW_WORDS);
        let high = (at + WINDOW_WORDS + 1).min(tokens.len());
        let (mut first, mut last) = (at, at);
        for (index, item) in self.items.iter().enumerate().filter(|(index, _)| *index != part) {
            debug_assert!(index != part);
            let near = |place: &usize| place.abs_diff(at);
            let place = (low..high).filter(|place| *place != at && item.fits(text, &tokens[*place])).min_by_key(near)?;
            (first, last) = (first.min(place), last.max(place));
        }
        (last - first <= WINDOW_WORDS).then_some(Fit { first, last, slots: Vec::new() })
    }
}

impl Item {
    fn fits(&self, text: &str, token: &Token) -> bool {
        let Item::Word(parts, _) = self else { return false };
        parts.iter().any(|part| match part {
            Part::Stem(stem) => token.stem == *stem,
            Part::Form(form) => token.form == *form,
            Part::Cased(form, cased) => token.form == *form && token.text(text) == cased,
            Part::Prefix(prefix) => token.kind == Kind::Word && begins_with(token.text(text), prefix),
        })
    }
}

/// The variants of an expression in which no alternative is more than one word: `arc-en-ciel|pluie` becomes two.
pub fn variants(written: &str) -> Vec<String> {
    let compound = |word: &&str| {
        word.contains('|') && word.contains(|c: char| c.is_numeric() || !c.is_alphanumeric() && !matches!(c, '|' | '=' | '*'))
    };
    let Some(word) = written.split_whitespace().find(compound) else { return vec![written.to_owned()] };
    let (before, after) = written.split_once(word).unwrap_or((written, ""));
    word.split('|').flat_map(|alternative| variants(&format!("{before}{alternative}{after}"))).collect()
}

/// Whether a word begins with a prefix in lower case, whatever its own case. Composed letters are met in nearly all texts;
/// the others take the long way.
fn begins_with(word: &str, prefix: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let plain = prefix.chars().all(|wanted| letters.next() == Some(wanted));
    plain || word.chars().any(|c| matches!(c, '\u{300}'..='\u{36F}')) && folded(word).starts_with(prefix)
}

/// The key of a word's first three letters.
pub fn prefix_key(word: &str) -> WordHash {
    let end = word.char_indices().nth(3).map_or(word.len(), |(offset, _)| offset);
    hash(&word[..end])
}

/// Reads one written word; an elided or hyphenated word is several items.
fn read_word(word: &str, tokenizer: &mut Tokenizer, items: &mut Vec<Item>) -> Result<(), String> {
    if word.contains('|') {
        let (mut parts, mut shortest) = (Vec::new(), usize::MAX);
        for alternative in word.split('|') {
            let mut read = Vec::new();
            read_word(alternative, tokenizer, &mut read)?;
            match (read.pop(), read.is_empty()) {
                (Some(Item::Word(part, length)), true) => {
                    parts.extend(part);
                    shortest = shortest.min(length);
                }
                (None, _) => {}
                _ => return Err(format!("single words around `|` in {word:?}")),
            }
        }
        items.push(Item::Word(parts, shortest));
        return Ok(());
    }
    if let Some(prefix) = word.strip_suffix('*') {
        let prefix = folded(prefix).into_owned();
        let mut tokens = Vec::new();
        tokenizer.tokens(&prefix, Span::new(0, prefix.len()), &mut tokens);
        let Some(last) = tokens.pop() else { return Err(format!("letters before `*` in {word:?}")) };
        items.extend(tokens.iter().map(|token| Item::Word(vec![Part::Form(token.form)], token.span.len())));
        items.push(Item::Word(vec![Part::Prefix(last.text(&prefix).to_owned())], last.span.len()));
        return Ok(());
    }
    let bare = word.trim_start_matches('=');
    let mut tokens = Vec::new();
    tokenizer.tokens(bare, Span::new(0, bare.len()), &mut tokens);
    if tokens.is_empty() {
        items.push(Item::Sign(bare.to_owned()));
    }
    items.extend(tokens.iter().map(|token| {
        let part = match word.len() - bare.len() {
            0 => Part::Stem(token.stem),
            1 => Part::Form(token.form),
            _ => Part::Cased(token.form, token.text(bare).to_owned()),
        };
        Item::Word(vec![part], token.span.len())
    }));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(expression: &str, text: &str) -> Option<String> {
        let heads = ["l".to_owned(), "d".to_owned()];
        let stemmer = frostem::Stemmer::try_from_name("french").ok();
        let mut tokenizer = Tokenizer::new(stemmer, &heads, &[]);
        let expression = Expression::read(expression, &mut tokenizer).unwrap();
        let mut tokens = Vec::new();
        tokenizer.tokens(text, Span::new(0, text.len()), &mut tokens);
        let (part, _) = expression.keys();
        let fit = (0..tokens.len()).find_map(|at| expression.fit(text, &tokens, part, at))?;
        Some(text[tokens[fit.first].span.start..tokens[fit.last].span.end].to_owned())
    }

    #[test]
    fn words_match_in_any_inflection() {
        assert_eq!(found("dépense en capital", "Les dépenses en capital montent").as_deref(), Some("dépenses en capital"));
        assert_eq!(found("=dépense en capital", "Les dépenses en capital montent"), None);
        assert_eq!(found("taux d'intérêt", "les taux d’intérêt").as_deref(), Some("taux d’intérêt"));
    }

    #[test]
    fn gaps_alternatives_and_prefixes() {
        assert_eq!(
            found("connaître|connu .. chute .. compl*", "Elle a connu une grave chute quasi complète").as_deref(),
            Some("connu une grave chute quasi complète")
        );
        assert_eq!(found("surconstru*", "ils surconstruisent").as_deref(), Some("surconstruisent"));
        assert_eq!(found("vague .. balayée", "La vague. Elle fut balayée"), None);
    }

    #[test]
    fn any_order_within_ten_words() {
        assert_eq!(
            found("bête & or & mangeur|mangeuse", "cette « mangeuse d’or », la bête").as_deref(),
            Some("mangeuse d’or », la bête")
        );
    }

    #[test]
    fn case_counts_where_it_is_written_so() {
        assert_eq!(found("==IA", "l'ia et l'IA").as_deref(), Some("IA"));
    }
}
