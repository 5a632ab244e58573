//! The defects that are planted. Each is the whole spoilt text and the place of the defect in it.

use crate::align::{Alignment, TRUSTED};
use crate::article::{Analysis, Segment};
use crate::corpus::Corpus;
use crate::document::{BlockKind, Span};
use crate::extract::Form;
use crate::token::{Kind, Token};

/// A spoilt text.
pub struct Plant {
    pub text: String,
    pub span: Span,
}

type Bitext<'a> = (&'a Analysis<'a>, &'a Alignment);

/// Words of the shortest sentence that is worth spoiling.
const WORDS: usize = 8;

/// All plants for which an article has room, by kind. Those that need a source are left out without one.
pub fn all(target: &Analysis, bitext: Option<Bitext>, corpus: &Corpus) -> Vec<(&'static str, Vec<Plant>)> {
    let mut all = vec![
        ("sentence-repeated", sentences(target).map(|segment| after(target, segment.span, &sentence(target, segment))).collect()),
        ("phrase-repeated", sentences(target).filter_map(|segment| phrase_repeated(target, segment)).collect()),
        ("glued", glued(target)),
        ("mojibake", mojibake(target)),
    ];
    if let Some(bitext) = bitext {
        all.extend([
            ("sentence-dropped", sentence_dropped(target, bitext)),
            ("sentence-truncated", sentences(target).filter_map(|segment| truncated(target, segment)).collect()),
            ("sentence-untranslated", untranslated(target, bitext)),
            ("number-changed", numbers(target)),
            ("number-scale", scales(target)),
            ("month-changed", dates(target, corpus, "month", 12)),
            ("weekday-changed", dates(target, corpus, "weekday", 7)),
            ("name-misspelt", misspelt(target, bitext)),
        ]);
    }
    all
}

/// Whole sentences of the body of the article.
fn sentences<'a>(target: &'a Analysis) -> impl Iterator<Item = &'a Segment> {
    let long = |segment: &&Segment| segment.kind != BlockKind::Heading && target.tokens_of(segment).len() >= WORDS;
    target.segments.iter().filter(long)
}

fn sentence(target: &Analysis, segment: &Segment) -> String {
    let space = if target.language().profile().spaced { " " } else { "" };
    format!("{space}{}", segment.span.of(target.text()))
}

/// The text with a stretch replaced; the place is that of the new words.
fn instead(target: &Analysis, span: Span, new: &str) -> Plant {
    let text = target.text();
    Plant {
        text: format!("{}{new}{}", &text[..span.start], &text[span.end..]),
        span: Span::new(span.start, span.start + new.len()),
    }
}

/// The text with something put in behind a stretch.
fn after(target: &Analysis, span: Span, new: &str) -> Plant {
    instead(target, Span::new(span.end, span.end), new)
}

/// Four words in the middle, three times in a row.
fn phrase_repeated(target: &Analysis, segment: &Segment) -> Option<Plant> {
    let tokens = target.tokens_of(segment);
    let middle = tokens.len() / 2;
    let phrase = tokens.get(middle..middle + 4).filter(|tokens| tokens.iter().all(|token| token.kind == Kind::Word))?;
    let span = phrase[0].span.join(phrase[3].span);
    let words = span.of(target.text());
    // A mark inside would make the loop look deliberate.
    let plain = !words.contains(|c: char| !c.is_alphanumeric() && c != ' ' && !crate::token::is_apostrophe(c) && c != '-');
    plain.then(|| after(target, span, &format!(" {words} {words}")))
}

/// The space after a full stop or a comma is lost.
fn glued(target: &Analysis) -> Vec<Plant> {
    let text = target.text();
    let marks = text.match_indices(". ").chain(text.match_indices(", "));
    let letter =
        |at: usize| text[at..].starts_with(char::is_alphabetic) && !text[..at - 2].ends_with(|c: char| !c.is_alphabetic());
    let mut places: Vec<usize> = marks.map(|(at, _)| at).filter(|at| letter(at + 2)).collect();
    places.sort_unstable();
    // An initial or a short form may stand without a space.
    let word = |at: usize| text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count() > 3;
    places.into_iter().filter(|at| word(*at)).map(|at| instead(target, Span::new(at, at + 2), &text[at..=at])).collect()
}

/// UTF-8 read as Latin-1, in one word.
fn mojibake(target: &Analysis) -> Vec<Plant> {
    let garbled = |token: &Token| {
        let word = token.text(target.text());
        let latin = word.chars().any(|c| matches!(c, 'à'..='ÿ')) && word.chars().all(|c| c < '\u{100}');
        latin.then(|| instead(target, token.span, &word.bytes().map(char::from).collect::<String>()))
    };
    target.tokens.iter().filter_map(garbled).collect()
}

/// Trusted beads of one sentence on each side.
fn pairs<'a>(target: &'a Analysis, (source, alignment): Bitext<'a>) -> impl Iterator<Item = (&'a Segment, &'a Segment)> {
    let single =
        alignment.beads.iter().filter(|bead| bead.source.len() == 1 && bead.target.len() == 1 && bead.confidence >= TRUSTED);
    let pairs = single.map(|bead| (&source.segments[bead.source.start], &target.segments[bead.target.start]));
    pairs.filter(|(_, segment)| target.tokens_of(segment).len() >= WORDS && segment.kind != BlockKind::Heading)
}

/// A sentence is left out; the place is where it stood, with its neighbours.
fn sentence_dropped(target: &Analysis, bitext: Bitext) -> Vec<Plant> {
    let text = target.text();
    let dropped = |segment: &Segment| {
        let number = target.segment_at(segment.span.start);
        let before = number.checked_sub(1).map_or(0, |before| target.segments[before].span.start);
        let end = segment.span.end + text[segment.span.end..].len() - text[segment.span.end..].trim_start().len();
        let mut plant = instead(target, Span::new(segment.span.start, end), "");
        let next = target.segments.get(number + 1).map_or(end, |next| next.span.end);
        plant.span = Span::new(before, next - (end - segment.span.start));
        plant
    };
    pairs(target, bitext).map(|(_, segment)| dropped(segment)).collect()
}

/// A sentence breaks off in the middle.
fn truncated(target: &Analysis, segment: &Segment) -> Option<Plant> {
    let tokens = target.tokens_of(segment);
    let last = tokens.get(tokens.len() / 2)?;
    let plant = instead(target, Span::new(last.span.end, segment.span.end), "");
    let span = Span::new(segment.span.start, last.span.end);
    // Behind it a new line: a sentence cut off runs into nothing.
    let text = format!("{}\n{}", &plant.text[..span.end], plant.text[span.end..].trim_start());
    Some(Plant { text, span })
}

/// A sentence stands as in the source.
fn untranslated(target: &Analysis, bitext: Bitext) -> Vec<Plant> {
    let source = bitext.0;
    pairs(target, bitext).map(|(original, segment)| instead(target, segment.span, original.span.of(source.text()))).collect()
}

/// The first digit of a number that counts something is another.
fn numbers(target: &Analysis) -> Vec<Plant> {
    let text = target.text();
    let counts = target.numbers.iter().filter(|number| number.form == Form::Digits && number.value >= 10.0);
    let changed = counts.filter_map(|number| {
        let first = number.span.of(text).chars().next()?.to_digit(10)?;
        let other = if first == 9 { 4 } else { first + 1 };
        let span = Span::new(number.span.start, number.span.start + 1);
        let mut plant = instead(target, span, &other.to_string());
        plant.span = number.span;
        Some(plant)
    });
    changed.collect()
}

/// A number is ten times as big.
fn scales(target: &Analysis) -> Vec<Plant> {
    let text = target.text();
    let whole = |span: Span| span.of(text).chars().all(|c| c.is_ascii_digit());
    let counts = target.numbers.iter().filter(|number| number.form == Form::Digits && number.value >= 10.0 && whole(number.span));
    counts.map(|number| instead(target, number.span, &format!("{}0", number.span.of(text)))).collect()
}

/// Another month, another day of the week.
fn dates(target: &Analysis, corpus: &Corpus, kind: &str, last: u8) -> Vec<Plant> {
    let word = |value: u8| corpus.usual_date(target.tag(), kind, value);
    let changed = target.dates.iter().filter_map(|date| {
        let value = if kind == "month" { date.month } else { date.weekday }?;
        let (own, other) = (word(value)?, word(value % last + 1)?);
        let at = date.span.of(target.text()).to_lowercase().find(&own.to_lowercase())?;
        let start = date.span.start + at;
        let span = Span::new(start, (start + own.len()).min(date.span.end));
        target.text().is_char_boundary(span.end).then(|| instead(target, span, &other))
    });
    changed.collect()
}

/// Two letters of a name that stands in the source change places.
fn misspelt(target: &Analysis, (source, _): Bitext) -> Vec<Plant> {
    let text = target.text();
    let names = target.names.iter().filter(|name| name.entry.is_none() && !name.initial);
    let words = names.flat_map(|name| target.tokens_in(name.span));
    let swapped = words.filter_map(|token| {
        let word = token.text(text);
        let letters: Vec<char> = word.chars().collect();
        let (a, b) = (*letters.get(2)?, *letters.get(3)?);
        if letters.len() < 6 || a == b || !source.text().contains(word) {
            return None;
        }
        let mut wrong = letters.clone();
        wrong.swap(2, 3);
        Some(instead(target, token.span, &wrong.into_iter().collect::<String>()))
    });
    swapped.collect()
}
