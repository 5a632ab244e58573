//! Quotations of the source that have no marks in the translation.

use super::super::shared::{Sorted, of_kind};
use super::super::{Context, Example, Finding, Pair, Rule, shortened};
use crate::article::{Analysis, Segment};
use crate::corpus::Turn;
use crate::document::Span;
use crate::extract::Quotation;
use crate::extract::quotation::{Mark, Side};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Token, characters, is_unspaced};
use std::cell::LazyCell;

pub const QUOTATION_LOST: Rule = Rule {
    id: "quotations/quotation-lost",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "The source quotes here, the translation does not",
    why: "What somebody said now reads as the newsroom's own claim. Put the marks back, or turn it into reported speech.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The minister is proud of \"the most beautiful hospital in Lille\", opened in 2025.",
            bad: "[[Le ministre est fier du plus bel hôpital de Lille, ouvert en 2025.]]",
            good: "Le ministre est fier du « plus bel hôpital de Lille », ouvert en 2025.",
        },
        Example {
            langs: "fr>en",
            source: "Le maire de Lyon promet « un tramway gratuit pour tous » avant 2027.",
            bad: "[[The mayor of Lyon promises a tram free for everyone before 2027.]]",
            good: "The mayor of Lyon promises “a tram free for everyone” before 2027.",
        },
        Example {
            langs: "zh>fr",
            source: "里昂市长承诺在2027年前实现“所有人免费乘坐电车”的目标。",
            bad: "[[Le maire de Lyon promet un tramway gratuit pour tous avant 2027.]]",
            good: "Le maire de Lyon promet « un tramway gratuit pour tous » avant 2027.",
        },
        Example {
            langs: "en>de",
            source: "The mayor of Berlin promises \"a free tram for all citizens\" before 2027.",
            bad: "[[Der Bürgermeister von Berlin verspricht eine kostenlose Straßenbahn für alle vor 2027.]]",
            good: "Der Bürgermeister von Berlin verspricht „eine kostenlose Straßenbahn für alle“ vor 2027.",
        },
    ],
    check: |context| marks_lost(context, false),
};

pub const SPEECH_UNMARKED: Rule = Rule {
    id: "quotations/speech-unmarked",
    category: Category::Punctuation,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "Direct speech without its quotation marks",
    why: "The words are still those of the speaker, and nothing says so any more: they read as the newsroom's own claim.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The minister said: \"We will never close the Lille hospital in 2025.\"",
            bad: "[[Le ministre a dit : Nous ne fermerons jamais l'hôpital de Lille en 2025.]]",
            good: "Le ministre a dit : « Nous ne fermerons jamais l'hôpital de Lille en 2025. »",
        },
        Example {
            langs: "zh>fr",
            source: "部长在里尔说：“我们在2025年绝不会关闭这家医院。”",
            bad: "[[Le ministre a dit à Lille : Nous ne fermerons jamais cet hôpital en 2025.]]",
            good: "Le ministre a dit à Lille : « Nous ne fermerons jamais cet hôpital en 2025. »",
        },
        Example {
            langs: "fr>en",
            source: "« Nous avons vendu 300 voitures à Lyon en mars. »",
            bad: "[[We sold 300 cars in Lyon in March.]]",
            good: "“We sold 300 cars in Lyon in March.”",
        },
        Example {
            langs: "en>de",
            source: "The mayor of Berlin said: \"We sold 300 trams in March.\"",
            bad: "[[Der Bürgermeister von Berlin sagte: Wir haben im März 300 Straßenbahnen verkauft.]]",
            good: "Der Bürgermeister von Berlin sagte: „Wir haben im März 300 Straßenbahnen verkauft.“",
        },
        Example {
            langs: "de>fr",
            source: "Laut dem Bürgermeister soll der Vertrag den Hafen von Hamburg bis 2030 sichern.",
            bad: "[[Selon le maire, le contrat vise à\u{a0} garantir jusqu'en 2030 l'avenir du port de Hambourg\u{a0} .]]",
            good: "Selon le maire, le contrat vise à « garantir jusqu'en 2030 l'avenir du port de Hambourg ».",
        },
    ],
    check: |context| marks_lost(context, true),
};

/// Blocks between a mark that is left and its partner that was lost, where that is sure and where it may be.
const NEAR: usize = 2;
const FAR: usize = 12;

/// Quotations of the source of which no mark is left in the translation; `direct`: those that are direct speech still, or whose
/// marks have left their blanks or their partner.
fn marks_lost(context: &Context, direct: bool) -> Vec<Finding> {
    of_kind(context.shared.unquoted.get_or_init(|| all(context)), direct)
}

/// All of them, and whether they are direct speech.
fn all(context: &Context) -> Sorted<bool> {
    let mut findings = Vec::new();
    let Some(source) = &context.source else { return findings };
    // A document that keeps none of many quotations has a house style without marks (dashes, italics).
    let unmarked = context.target.quotations.marks.is_empty() && source.quotations.all.len() > 3;
    let speakers = LazyCell::new(|| Speakers::of(context, source));
    for (source, pair) in context.pairs() {
        let text = pair.target.of(context.text());
        let scars = scars(context, pair.target);
        // Most sentences quote nothing.
        let quotes = scars > 0 || quoted(source, &pair, true).is_some();
        if !quotes || !context.target.quotations.marks_in(pair.target).is_empty() || has_other_marks(text) {
            continue;
        }
        let (scarred, parted) = (scars > 0, is_parted(context, source, &pair, FAR));
        if unmarked && !scarred {
            continue;
        }
        let Some(lost) = quoted(source, &pair, scarred || parted) else {
            // Both marks have left their blanks, or one of them behind a colon: there was a quotation, whatever the source has.
            let colon = |text: &str| text.contains([':', '：']);
            let speech = colon(text) && colon(pair.source.of(source.text())) && is_clear(&pair);
            if scars > 1 || scarred && speech {
                let message = "blanks are left here where quotation marks stood";
                findings.push((scars > 1, Finding::new(pair.target, message).from_source(pair.source)));
            }
            continue;
        };
        if context.target.quotations.touches(pair.target) && !scarred && !parted {
            continue;
        }
        let sure = scarred
            || parted && is_parted(context, source, &pair, NEAR)
            || is_direct(context, source, &pair, &lost)
            || speakers.speaks(context, source, &pair, &lost);
        let words = shortened(lost.inner.of(source.text()));
        let message = format!("the source quotes {words:?}; no quotation marks here");
        findings.push((sure, Finding::new(pair.target, message).from_source(lost.span)));
    }
    findings
}

/// Letters of the shortest word that is quoted for what it says.
const WORD: usize = 5;

/// What the source of a bead quotes; where the translation is `scarred` any words will do.
fn quoted(source: &Analysis, pair: &Pair, scarred: bool) -> Option<Quotation> {
    let enough = |words: Span| {
        let words = words.of(source.text()).trim();
        // A capital may begin a title, and some scripts quote names.
        let sentence = words.ends_with(['.', '!', '?', '。', '！', '？']) && words.split_whitespace().nth(2).is_some();
        let small = words.starts_with(char::is_lowercase) || sentence;
        let told = small && words.chars().filter(|c| c.is_alphabetic()).count() >= WORD;
        scarred || is_clear(pair) && told || is_long(words) && !is_body(source, words)
    };
    let marked = |quotation: &Quotation| marked(quotation, pair.source).is_some_and(enough);
    if let Some(found) = source.quotations.first_in(pair.source, marked) {
        return Some(*found);
    }
    let single = single(source, pair.source).filter(|quotation| (scarred || is_clear(pair)) && enough(quotation.inner));
    let open = || {
        let inside = scarred && source.quotations.touches(pair.source);
        let span = source.quotations.orphans_in(pair.source).next().copied().or(inside.then_some(pair.source));
        span.filter(|_| scarred).map(|_| Quotation { span: pair.source, inner: pair.source, closed: false })
    };
    single.or_else(open)
}

/// Whether quoted words are the name of a body, which some scripts put between marks: they say nothing, and end as such a name
/// does.
fn is_body(source: &Analysis, words: &str) -> bool {
    let profile = source.language().profile();
    // `救助儿童会（Save the Children）`
    let name = words.split(['（', '(']).next().unwrap_or(words).trim_end();
    let ends = profile.bodies.is_empty() || profile.bodies.iter().any(|end| name.ends_with(end.as_str()));
    !profile.clauses.is_empty() && !words.contains(|c| profile.clauses.contains(c)) && words.contains(is_unspaced) && ends
}

/// One sentence for one or two, and surely each other's.
fn is_clear(pair: &Pair) -> bool {
    pair.bead.source.len() == 1 && pair.bead.target.len() <= 2 && pair.is_sure()
}

/// The first words between single marks: the first mark follows no letter, the second none but follows one.
fn single(source: &Analysis, span: Span) -> Option<Quotation> {
    /// Letters of the longest stretch that is looked at.
    const LONGEST: usize = 400;
    if !source.language().profile().quotes.pairs.iter().any(|(open, _)| open == "‘") {
        return None;
    }
    let text = span.of(source.text());
    let mark = |c: char| crate::token::is_apostrophe(c) || c == '‘';
    let follows = |at: usize| text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace() && c != '(');
    let precedes = |at: usize, c: char| text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
    let marks = || characters(text, |byte| byte == b'\'' || byte >= 0x80).filter(|(_, c)| mark(*c));
    let (first, open) = marks().find(|(at, c)| !follows(*at) && precedes(*at, *c))?;
    let (last, close) = marks().find(|(at, c)| *at > first && *at - first < LONGEST && follows(*at) && !precedes(*at, *c))?;
    let at = |offset: usize| span.start + offset;
    let inner = Span::new(at(first + open.len_utf8()), at(last));
    Some(Quotation { span: Span::new(at(first), at(last + close.len_utf8())), inner, closed: true })
}

/// Blanks that marks with their own spaces have left inside a sentence, counted: two of them, around words that are no name,
/// or one before a comma or a stop.
fn scars(context: &Context, span: Span) -> usize {
    let text = span.of(context.text());
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    // Most sentences have no blank beside another or before a stop.
    let scarred = |(at, c): &(usize, char)| {
        let (before, after) = (&text[..at - span.start], &text[at - span.start + c.len_utf8()..]);
        (blank(*c) || matches!(c, ',' | '.')) && before.ends_with(blank) || blank(*c) && after.starts_with(' ')
    };
    if !text.contains("  ") && !context.marks_in(span).iter().any(scarred) {
        return 0;
    }
    let mut words = text.trim();
    let mut scars = 0;
    while let Some(at) = words.find(blank) {
        let (head, tail) = (&words[..at], words[at..].trim_start_matches(blank));
        let wide = words[at..].chars().take_while(|c| blank(*c)).nth(1).is_some();
        let small = tail.starts_with(char::is_lowercase);
        let inside = !head.ends_with(['.', '!', '?', '…']) && (head.ends_with(':') || tail.starts_with('['));
        let stop = tail.starts_with([',', '.']) && !tail[1..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
        let closes = stop && head.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | '!'));
        scars += usize::from(wide && (small || inside) || closes);
        words = tail;
    }
    scars
}

/// What a sentence has of a quotation, one mark of which stands in it.
fn marked(quotation: &Quotation, sentence: Span) -> Option<Span> {
    let (start, end) = (quotation.inner.start.max(sentence.start), quotation.inner.end.min(sentence.end));
    let outer = quotation.span;
    let begins = sentence.start <= outer.start && outer.start < sentence.end;
    let ends = quotation.closed && sentence.start < outer.end && outer.end <= sentence.end;
    (start < end && (begins || ends)).then(|| Span::new(start, end))
}

/// The source opens or closes a speech of several sentences here, and the translation has the mark of its other end, which
/// waits for a partner as no other does; `farthest` counts the blocks between the two.
fn is_parted(context: &Context, source: &Analysis, pair: &Pair, farthest: usize) -> bool {
    let quotations = &context.target.quotations;
    let ([mark], true) = (source.quotations.marks_in(pair.source), is_clear(pair)) else { return false };
    if quotations.unopened.len() + quotations.unclosed.len() > 1 {
        return false;
    }
    let marks = &quotations.marks;
    let next = marks.partition_point(|mark| mark.span.start < pair.target.start);
    let block = context.target.segments[pair.bead.target.start].block;
    let side = |mark: Option<&Mark>| mark.filter(|mark| mark.block.abs_diff(block) <= farthest).map(|mark| mark.side);
    let (before, after) = (side(next.checked_sub(1).map(|last| &marks[last])), side(marks.get(next)));
    let waits = |orphans: &[Span], earlier: bool| {
        let near = |orphan: &Span| {
            let other = context.target.segments[context.target.segment_at(orphan.start)].block;
            other.abs_diff(block) <= farthest && (orphan.start < pair.target.start) == earlier
        };
        orphans.iter().any(near)
    };
    // A mark at the edge of the sentence: inside it, a few words are quoted and the rest is not.
    let silent = |text: &str| !text.chars().any(char::is_alphanumeric);
    let text = source.text();
    match mark.side {
        Side::Open => {
            let lead = text[pair.source.start..mark.span.start].trim_end();
            let alone = before != Some(Side::Open) && after == Some(Side::Close);
            (silent(lead) || lead.ends_with([':', '：'])) && (alone || waits(&quotations.unopened, false))
        }
        Side::Close => {
            let alone = before == Some(Side::Open) && after != Some(Side::Close);
            silent(&text[mark.span.end..pair.source.end]) && (alone || waits(&quotations.unclosed, true))
        }
    }
}

/// The words are still said by the speaker: nothing but them stands in the source, or a colon leads to them on both sides.
fn is_direct(context: &Context, source: &Analysis, pair: &Pair, quotation: &Quotation) -> bool {
    let text = source.text();
    let opens = pair.source.start <= quotation.span.start && quotation.span.start < pair.source.end;
    if !is_clear(pair) || !opens {
        return false;
    }
    let before = text[pair.source.start..quotation.span.start].trim_end();
    // A longer speech goes on beyond the sentence.
    let whole = quotation.closed && pair.source.contains(quotation.span);
    if !whole && before.is_empty() {
        return false;
    }
    let after = if whole { &text[quotation.span.end..pair.source.end] } else { "" };
    let after = after.trim_matches(|c: char| !c.is_alphanumeric());
    let colon = |text: &str| text.contains([':', '：']);
    let rendered = pair.target.of(context.text());
    match (before.is_empty(), after.is_empty()) {
        (true, true) => true,
        (false, true) => before.ends_with([':', '：']) && colon(rendered),
        _ => false,
    }
}

/// The words by which speakers name themselves, in both languages.
struct Speakers<'c> {
    source: Vec<&'c Turn>,
    target: Vec<&'c Turn>,
    /// The journalist speaks so as well.
    personal: bool,
}

impl<'c> Speakers<'c> {
    fn of(context: &'c Context, source: &'c Analysis) -> Speakers<'c> {
        /// Sentences of the journalist's own from which on the text is a column or a letter.
        const PERSONAL: usize = 3;
        let turns = |analysis: &'c Analysis| {
            let grammar = &analysis.language().grammar;
            grammar.of("person").chain(grammar.of("person-plural")).collect::<Vec<_>>()
        };
        let (spoken, speaks) = (turns(source), turns(&context.target));
        let own = |analysis: &Analysis, turns: &[&Turn]| {
            let unquoted = |token: &&Token| !analysis.quotations.quoted(token.span);
            let personal = |segment: &&Segment| {
                analysis.tokens_of(segment).iter().filter(unquoted).any(|token| is_of(turns, analysis, token))
            };
            analysis.segments.iter().filter(personal).take(PERSONAL + 1).count()
        };
        // One sentence of the translation may be the one that lost its marks.
        let personal = own(source, &spoken) >= PERSONAL || own(&context.target, &speaks) > PERSONAL;
        Speakers { source: spoken, target: speaks, personal }
    }

    /// Whether the translation of what is quoted still speaks as its speaker.
    fn speaks(&self, context: &Context, source: &Analysis, pair: &Pair, quotation: &Quotation) -> bool {
        let has = |turns: &[&Turn], analysis: &Analysis, span: Span| {
            analysis.tokens_in(span).iter().any(|token| is_of(turns, analysis, token))
        };
        let inner = Span::new(quotation.inner.start.max(pair.source.start), quotation.inner.end.min(pair.source.end));
        if self.personal
            || !is_clear(pair)
            || !pair.source.contains(quotation.span)
            || !has(&self.target, &context.target, pair.target)
        {
            return false;
        }
        // Where the words are not known, most of the sentence must be quoted.
        if self.source.is_empty() { inner.len() * 3 > pair.source.len() * 2 } else { has(&self.source, source, inner) }
    }
}

fn is_of(turns: &[&Turn], analysis: &Analysis, token: &Token) -> bool {
    turns.iter().any(|turn| turn.first.has(analysis.text(), token))
}

/// Single quotes and marks of other styles quote as well, and so does the dash of a dialogue.
fn has_other_marks(text: &str) -> bool {
    let single = |(at, _): (usize, &str)| text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    text.contains(['"', '“', '”', '«', '»', '„', '‹', '「', '『', '《'])
        || text.starts_with(['—', '–', '-'])
        || text.trim_end().strip_suffix(['\'', '’']).is_some_and(|rest| rest.ends_with(['.', '!', '?', '…']))
        || text.match_indices(['\'', '’', '‘']).any(single)
}

pub fn is_long(words: &str) -> bool {
    let unspaced = words.chars().filter(|c| is_unspaced(*c)).count();
    unspaced >= 8 || words.split_whitespace().count() >= 4
}
