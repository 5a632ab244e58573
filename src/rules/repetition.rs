//! The same words twice: slips of the keyboard and loops of a decoder. Forgiven where the source repeats too.

use super::loops::Loops;
use super::once::OfSource;
use super::{Context, Example, Finding, Rule, shortened};
use crate::article::Analysis;
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, hash};
use rustc_hash::{FxBuildHasher, FxHashMap};

pub const RULES: &[Rule] = &[WORD_DOUBLED, PHRASE_REPEATED, PASSAGE_REPEATED, SENTENCE_REPEATED];

const WORD_DOUBLED: Rule = Rule {
    id: "repetition/word-doubled",
    category: Category::Duplication,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A small word stands twice in a row",
    why: "Delete one.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le président [[de de]] la région a parlé jeudi.",
        good: "Le président de la région a parlé jeudi.",
    }],
    check: word_doubled,
};

fn word_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let doubled = context.target.tokens.windows(2).filter(|pair| {
        let (first, second) = (&pair[0], &pair[1]);
        let between = || &text[first.span.end..second.span.start];
        let adjacent = || first.span.end < second.span.start && between().chars().all(|c| c == ' ');
        let same = first.form == second.form && first.kind == Kind::Word && adjacent();
        if !same {
            return false;
        }
        // One letter may be anything, unless it is a word of the language.
        let word = first.text(text).chars().count() > 1 || language.function_words.contains(&first.form);
        word && is_never_doubled(text, first, second) && !language.profile().forgives_double(first.text(text))
    });
    let (mut repeats, mut loops) = (OfSource::new(doubles), Loops::new(context));
    doubled
        .map(|pair| {
            Finding::new(pair[0].span.join(pair[1].span), format!("{:?} stands twice", pair[0].text(text)))
                .instead(pair[0].text(text))
        })
        .filter(|finding| !repeats.holds(context, finding.span.start) && !loops.touch(finding.span))
        .collect()
}

/// Two capitals are a name (Duran Duran, Cao Cao), and so may be a letter behind one (`Plan A a`).
fn is_never_doubled(text: &str, first: &Token, second: &Token) -> bool {
    let capital = |token: &Token| token.shape.is_large();
    !capital(second) && !(capital(first) && first.text(text).chars().count() == 1)
}

/// Whether the source doubles a word as well.
fn doubles(source: &Analysis, span: Span) -> bool {
    source.tokens_in(span).windows(2).any(|pair| pair[0].form == pair[1].form && pair[0].kind == Kind::Word)
}

const PHRASE_REPEATED: Rule = Rule {
    id: "repetition/phrase-repeated",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "The same phrase stands twice in a row",
    why: "The translator or the machine said it again. Keep one, or say the second thing that was meant.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il veut [[gagner beaucoup de voix et gagner beaucoup de voix]] dans la capitale.",
        good: "Il veut gagner beaucoup de voix dans la capitale.",
    }],
    check: phrase_repeated,
};

/// Words of the longest phrase that is looked for twice in a row.
const LONGEST: usize = 12;
/// Words that may stand between the two: `et`, `et de`.
const BETWEEN: usize = 2;

fn phrase_repeated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let (mut source, mut loops) = (OfSource::new(echoes), Loops::new(context));
    // The shortest phrase has two words.
    let repeats = context.repeats();
    for segment in context.segments().filter(|segment| repeats.any(segment.tokens.clone(), LONGEST + BETWEEN)) {
        let tokens = context.target.tokens_of(segment);
        let mut at = 0;
        while at < tokens.len() {
            match repeated_at(text, tokens, at) {
                Some((length, end)) => {
                    let span = tokens[at].span.join(tokens[end - 1].span);
                    let phrase = shortened(&text[tokens[at].span.start..tokens[at + length - 1].span.end]);
                    // Said again after a comma, inside a quotation: the speaker insists.
                    let spoken = tokens[end - length].divided && context.target.quotations.quoted(span);
                    if !spoken && !source.holds(context, span.start) && !loops.touch(span) {
                        findings.push(Finding::new(span, format!("{phrase:?} stands twice in a row")));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    findings
}

/// The length of a phrase at `at` that follows again after at most two small words, and where the second ends.
fn repeated_at(text: &str, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let last = (at + LONGEST + BETWEEN).min(tokens.len().saturating_sub(1));
    // The echo begins with the same word: nearly every place is settled here.
    let echoes = (at + 2..=last).rev().filter(|second| tokens[*second].form == tokens[at].form);
    for second in echoes {
        for gap in 0..=BETWEEN.min(second - at - 2) {
            let length = second - at - gap;
            if length <= LONGEST && is_echo(text, tokens, at, length, second) {
                return Some((length, second + length));
            }
        }
    }
    None
}

/// Whether the phrase of `length` tokens at `at` stands again at `second`, and is too long for chance or style.
fn is_echo(text: &str, tokens: &[Token], at: usize, length: usize, second: usize) -> bool {
    let (phrase, Some(echo)) = (&tokens[at..at + length], tokens.get(second..second + length)) else { return false };
    if !phrase.iter().zip(echo).all(|(a, b)| a.form == b.form) {
        return false;
    }
    let size = |token: &Token| token.text(text).chars().count();
    let words = phrase.iter().filter(|token| token.kind == Kind::Word && size(token) > 1).count();
    // Between the two stands nothing but small words; `de plus en plus` and figures do not count.
    let small = tokens[at + length..second].iter().all(|token| size(token) <= 3);
    let letters: usize = phrase.iter().map(size).sum();
    let long = if at + length == second { words >= 2 && letters >= 5 } else { words >= 3 && letters >= 10 };
    if !small || !long {
        return false;
    }
    // Two quotations, or two cries, unless the second is the first to the letter.
    let copies = (&text[phrase[0].span.start..echo[0].span.start], &text[phrase[0].span.start..echo[length - 1].span.end]);
    let exact = copies.1.strip_prefix(copies.0).is_some_and(|rest| copies.0.starts_with(rest) && length > 2);
    let marked = copies.1.contains(['!', '?']) || copies.1.contains(['«', '"', '“']) && !exact;
    // `encore et encore, encore et encore`: a comma inside a short phrase makes it a figure of speech.
    let apart = tokens[second].divided;
    let divided = apart && phrase[1..].iter().any(|token| token.divided) && length < 4 && letters < SPOKEN;
    !marked && !divided && (length >= 3 && letters >= SPOKEN || !comma_between(text, tokens, at + length, second))
}

/// Letters from which a phrase said twice with a comma between is a slip and no figure of speech.
const SPOKEN: usize = 16;

/// `pas à pas, pas à pas`: a comma makes it figure of speech, unless it is long.
fn comma_between(text: &str, tokens: &[Token], first: usize, second: usize) -> bool {
    let between = &text[tokens[first - 1].span.end..tokens[second].span.start];
    between.contains([',', ';', '.', ':', '—', '–']) && second - first == 0 && tokens[second].divided
}

fn echoes(source: &Analysis, span: Span) -> bool {
    let tokens = source.tokens_in(span);
    (0..tokens.len()).any(|at| repeated_at(source.text(), tokens, at).is_some())
}

const PASSAGE_REPEATED: Rule = Rule {
    id: "repetition/passage-repeated",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "The same eight words or more stand twice in one paragraph",
    why: "A decoder loop or a careless paste. Keep one.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le ministre de la santé a promis de nouveaux moyens aux hôpitaux. Hier encore, [[le ministre de la santé a promis de nouveaux moyens]] pour la recherche.",
        good: "Le ministre de la santé a promis de nouveaux moyens aux hôpitaux. Hier encore, il en annonçait pour la recherche.",
    }],
    check: passage_repeated,
};

/// Words that make a passage too long to come twice by accident.
const PASSAGE: usize = 8;

fn passage_repeated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings: Vec<Finding> = Vec::new();
    let mut segments = context.segments().peekable();
    while let Some(first) = segments.next() {
        let mut end = first.tokens.end;
        while let Some(next) = segments.next_if(|next| next.block == first.block) {
            end = next.tokens.end;
        }
        let paragraph = first.tokens.start..end;
        if paragraph.len() < 2 * PASSAGE || !context.repeats().holds(paragraph.clone(), PASSAGE) {
            continue;
        }
        let tokens = &context.target.tokens[paragraph];
        let mut seen: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(tokens.len(), FxBuildHasher);
        let mut at = 0;
        while at + PASSAGE <= tokens.len() {
            let key = tokens[at..at + PASSAGE].iter().fold(0u64, |key, token| key.rotate_left(5) ^ token.form);
            let earlier = seen.get(&key).copied().filter(|earlier| earlier + PASSAGE <= at);
            if let Some(earlier) = earlier {
                let extra = tokens[earlier + PASSAGE..at]
                    .iter()
                    .zip(&tokens[at + PASSAGE..])
                    .take_while(|(a, b)| a.form == b.form)
                    .count();
                let span = tokens[at].span.join(tokens[at + PASSAGE + extra - 1].span);
                findings.push(Finding::new(span, format!("{:?} stood before in this paragraph", shortened(span.of(text)))));
                at += PASSAGE + extra;
            } else {
                seen.entry(key).or_insert(at);
                at += 1;
            }
        }
    }
    let mut source = OfSource::new(has_passage);
    findings.retain(|finding| !source.holds(context, finding.span.start));
    findings
}

/// Bytes of a paragraph of the source that are looked through for a passage.
const PARAGRAPH: usize = 20_000;

/// Whether the paragraph of the source repeats as much itself.
fn has_passage(source: &Analysis, span: Span) -> bool {
    let block = source.document.blocks[source.segments[source.segment_at(span.start)].block].span;
    let near = Span::new(block.start.max(span.start.saturating_sub(PARAGRAPH)), block.end.min(span.end + PARAGRAPH));
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    source.tokens_in(near).windows(PASSAGE - 2).enumerate().any(|(at, window)| {
        let key = window.iter().fold(0u64, |key, token| key.rotate_left(5) ^ token.form);
        let earlier = *seen.entry(key).or_insert(at);
        earlier + PASSAGE - 2 <= at
    })
}

const SENTENCE_REPEATED: Rule = Rule {
    id: "repetition/sentence-repeated",
    category: Category::Duplication,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A whole sentence stands twice",
    why: "A decoder loop or a careless paste. Delete the second.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le maire a promis une nouvelle école. [[Le maire a promis une nouvelle école.]] Elle ouvrira en mai.",
        good: "Le maire a promis une nouvelle école. Elle ouvrira en mai.",
    }],
    check: sentence_repeated,
};

/// Sentences of fewer words come back on purpose.
const SENTENCE: usize = 6;

fn sentence_repeated(context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let text = context.text();
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    let repeats = source_repeats_sentences(context);
    for (number, segment) in context.segments().enumerate() {
        let tokens = context.target.tokens_of(segment);
        let unspaced = || !context.target.language().profile().spaced && segment.span.of(text).chars().count() >= 12;
        if tokens.len() < SENTENCE && !unspaced() {
            continue;
        }
        let key = sentence_key(tokens);
        match seen.get(&key) {
            // Far apart it may be a caption or a refrain.
            Some(earlier) if number - earlier <= 12 && repeats == 0 && same_end(context, *earlier, number) => {
                let message = format!("{:?} stood before", shortened(segment.span.of(text)));
                findings.push(Finding::new(segment.span, message));
            }
            _ => {
                seen.insert(key, number);
            }
        }
    }
    findings
}

/// A caption that says what the text says lacks its full stop.
fn same_end(context: &Context, earlier: usize, later: usize) -> bool {
    let stopped =
        |number: usize| context.target.segments[number].span.of(context.text()).ends_with(|c: char| !c.is_alphanumeric());
    stopped(earlier) == stopped(later)
}

/// Sentences of the same words have the same key, whatever their marks.
fn sentence_key(tokens: &[Token]) -> u64 {
    tokens.iter().fold(hash(""), |key, token| key.rotate_left(5) ^ token.form)
}

/// How many sentences of the source stand in it twice.
fn source_repeats_sentences(context: &Context) -> usize {
    let Some(source) = &context.source else { return 0 };
    let mut seen = std::collections::HashSet::new();
    let long = source.segments.iter().filter(|segment| segment.span.len() > 24);
    long.filter(|segment| !seen.insert(sentence_key(source.tokens_of(segment)))).count()
}
