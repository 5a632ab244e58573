//! One thing written in two ways within one document.

use super::once::Once;
use super::slips::Slips;
use super::{Context, Example, Finding, Rule};
use crate::document::Span;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, WordHash, folded, hash, opening};
use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

pub const RULES: &[Rule] = &[NAME_SPELLED_TWO_WAYS, CASE_VARIES, HYPHEN_VARIES, CURRENCY_VARIES];

const NAME_SPELLED_TWO_WAYS: Rule = Rule {
    id: "consistency/name-spelled-two-ways",
    category: Category::Inconsistency,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A name is spelled in two ways",
    why: "One of the two is a slip; the reader may take them for two people.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le ministre Thornbury est parti lundi. Selon Thornbury, rien ne presse. Mais [[Thornbuyr]] n'a pas tout dit.",
        good: "Le ministre Thornbury est parti lundi. Selon Thornbury, rien ne presse. Mais Thornbury n'a pas tout dit.",
    }],
    check: name_spelled_two_ways,
};

/// Letters of the shortest name that is compared.
const SPELT: usize = 6;

fn name_spelled_two_ways(context: &Context) -> Vec<Finding> {
    if context.target.language().profile().casing.nouns {
        return Vec::new();
    }
    let text = context.text();
    let token = |at: usize| &context.target.tokens[at];
    let names = context.capitalised().values().map(|places| (folded(token(places[0]).text(text)), places));
    let mut written: Vec<(Cow<str>, &Vec<usize>)> = names.filter(|(name, _)| name.chars().nth(SPELT - 1).is_some()).collect();
    written.sort_unstable();
    let often: Vec<&(Cow<str>, &Vec<usize>)> = written.iter().filter(|(_, places)| places.len() >= 2).collect();
    let usual = Slips::of(often.iter().map(|(name, _)| name.as_ref()));
    let once = written.iter().filter(|(_, places)| places.len() == 1);
    let slips = once.filter_map(|(name, places)| {
        let near = usual.near(name).into_iter().find(|other| is_slip(name, &often[*other].0))?;
        Some((token(places[0]), token(often[near].1[0])))
    });
    let slips: Vec<(&Token, &Token)> = slips.collect();
    let meant = meant(context, &slips);
    slips
        .into_iter()
        .zip(meant)
        .filter(|(_, meant)| !meant)
        .map(|(slip, _)| slip)
        .map(|(slip, usual)| {
            let (wrong, right) = (slip.text(text), usual.text(text));
            Finding::new(slip.span, format!("{wrong:?} here, {right:?} elsewhere")).instead(right)
        })
        .collect()
}

/// One letter changed, or two swapped, and neither the other's inflection.
fn is_slip(name: &str, usual: &str) -> bool {
    let (longer, shorter) = if name.len() > usual.len() { (name, usual) } else { (usual, name) };
    let ending = longer.strip_prefix(shorter).is_some();
    let last = |word: &str| word.chars().next_back();
    let same_start = name.chars().next() == usual.chars().next();
    // `Américain`, `Américaine`; `Russes`, `Russie`: only the end differs.
    let only_end = name.chars().count() == usual.chars().count()
        && last(name) != last(usual)
        && name.chars().zip(usual.chars()).filter(|(a, b)| a != b).count() == 1;
    !ending && !only_end && same_start && strsim::osa_distance(name, usual) == 1
}

/// Which slips are none: two spellings may be two names, and the source then has both; or the word stands in lower case
/// elsewhere, and is a common one with a capital.
fn meant(context: &Context, slips: &[(&Token, &Token)]) -> Vec<bool> {
    let text = context.text();
    let mut meant = vec![false; slips.len()];
    if slips.is_empty() {
        return meant;
    }
    if let Some(source) = &context.source
        && let Ok(words) = AhoCorasick::new(slips.iter().map(|(slip, _)| slip.text(text)))
    {
        words.find_overlapping_iter(source.text()).for_each(|found| meant[found.pattern().as_usize()] = true);
    }
    let small = context.target.tokens.iter().filter(|token| token.shape.is_small());
    let small: FxHashSet<u64> = small.map(|token| token.form).collect();
    for (meant, (slip, _)) in meant.iter_mut().zip(slips) {
        *meant |= small.contains(&slip.form);
    }
    meant
}

const CASE_VARIES: Rule = Rule {
    id: "consistency/case-varies",
    category: Category::Inconsistency,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A name is written with two casings",
    why: "Keep one throughout.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe Nokia a vendu Nokia Bell. Selon lui, [[NOKIA]] ira mieux. On croit en Nokia.",
        good: "Le groupe Nokia a vendu Nokia Bell. Selon lui, Nokia ira mieux. On croit en Nokia.",
    }],
    check: case_varies,
};

fn case_varies(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    let mut shouted = Once::new();
    for places in context.capitalised().values().filter(|places| places.len() >= 3) {
        let upper = |token: &Token| token.text(text).chars().all(char::is_uppercase) && token.text(text).chars().count() > 3;
        let (capitals, mixed): (Vec<&Token>, Vec<&Token>) =
            places.iter().map(|at| &context.target.tokens[*at]).partition(|token| upper(token));
        if capitals.is_empty() || mixed.is_empty() || mixed[0].text(text).chars().nth(1).is_none_or(char::is_uppercase) {
            continue;
        }
        let (few, many) = if capitals.len() <= mixed.len() { (&capitals, mixed[0]) } else { (&mixed, capitals[0]) };
        // Said once, at the first place: the reviser replaces them all.
        let mut calm = few.iter().filter(|token| {
            let segment = context.target.segment_at(token.span.start);
            !shouted.ask(segment, |segment| self::shouted(context, *segment)).is_some_and(|head| head.contains(token.span))
        });
        if let Some(token) = calm.next() {
            let (wrong, right) = (token.text(text), many.text(text));
            findings.push(
                Finding::new(token.span, format!("{wrong:?} here{}, {right:?} elsewhere", times(few.len()))).instead(right),
            );
        }
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// How often something stands, said when it is more than once.
fn times(count: usize) -> String {
    if count > 1 { format!(" ({count} times)") } else { String::new() }
}

/// What of a line is in capitals: all of it, or its beginning, before a dash or a bracket: the dateline of an agency.
fn shouted(context: &Context, segment: usize) -> Option<Span> {
    let span = context.target.segments[segment].span;
    let line = span.of(context.text());
    let head = &line[..line.find(['—', '–', '(', '-']).unwrap_or(line.len())];
    (!head.chars().any(char::is_lowercase)).then(|| Span::new(span.start, span.start + head.len()))
}

const HYPHEN_VARIES: Rule = Rule {
    id: "consistency/hyphen-varies",
    category: Category::Inconsistency,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A word is written with and without its hyphen",
    why: "Keep one throughout.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Une start-up est née hier dans la région, puis une deuxième start-up. La [[startup]] grandit vite.",
        good: "Une start-up est née hier dans la région, puis une deuxième start-up. La start-up grandit vite.",
    }],
    check: hyphen_varies,
};

fn hyphen_varies(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut hyphened: FxHashMap<String, (Span, usize)> = FxHashMap::default();
    for pair in context.target.tokens.windows(2) {
        // `va-t-elle`: one letter alone is grammar.
        let long = || pair.iter().all(|token| token.kind == Kind::Word && token.text(text).chars().count() > 1);
        if pair[0].joins(text, &pair[1], b'-') && long() {
            let joined = format!("{}{}", folded(pair[0].text(text)), folded(pair[1].text(text)));
            hyphened.entry(joined).or_insert((pair[0].span.join(pair[1].span), 0)).1 += 1;
        }
    }
    if hyphened.is_empty() {
        return Vec::new();
    }
    let longest = hyphened.keys().map(String::len).max().unwrap_or(0) + 1;
    let stems: FxHashMap<WordHash, Span> = hyphened.iter().map(|(word, (span, _))| (hash(singular(word)), *span)).collect();
    let stem = |token: &Token| {
        let plural = token.text(text).ends_with(['s', 'S']);
        if plural { hash(singular(&folded(token.text(text)))) } else { token.form }
    };
    // Most words are told by their first letters to be none of them.
    let begin = |opening: WordHash| 1u64 << (opening % 64);
    let begins = hyphened.keys().fold(0, |bits, word| bits | begin(opening(word)));
    let may_be = |token: &&Token| token.kind == Kind::Word && begins & begin(token.opening) != 0;
    let mut findings = Vec::new();
    for token in context.target.tokens.iter().filter(may_be).filter(|token| (6..=longest).contains(&token.span.len())) {
        if let Some(other) = stems.get(&stem(token)) {
            findings.push(
                Finding::new(token.span, format!("{:?} here, {:?} elsewhere", token.text(text), other.of(text)))
                    .instead(other.of(text)),
            );
        }
    }
    findings
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

const CURRENCY_VARIES: Rule = Rule {
    id: "consistency/currency-varies",
    category: Category::Inconsistency,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "One currency has a long name here and a short one there",
    why: "«Dollars» and «dollars américains» in one text make the reader look for a difference. Keep one.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il perd 5 milliards de dollars. Il doit 3 milliards de [[dollars américains]]. Il gagne 2 milliards de dollars.",
        good: "Il perd 5 milliards de dollars. Il doit 3 milliards de dollars. Il gagne 2 milliards de dollars.",
    }],
    check: currency_varies,
};

fn currency_varies(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut forms: FxHashMap<&str, Vec<Span>> = FxHashMap::default();
    for number in &context.target.numbers {
        if let (Some(unit), Some(span)) = (number.unit.as_deref(), number.unit_span)
            && unit.len() == 3
            && unit.bytes().all(|byte| byte.is_ascii_uppercase())
            && span.len() > 3
        {
            forms.entry(unit).or_default().push(span);
        }
    }
    let mut findings = Vec::new();
    for spans in forms.values() {
        let words = |span: &Span| span.of(text).split_whitespace().count();
        let (long, short): (Vec<&Span>, Vec<&Span>) = spans.iter().partition(|span| words(span) > 1);
        if let Some(other) = short.first().filter(|_| !long.is_empty() && short.len() > 1) {
            let message = format!("{:?} here{}, {:?} elsewhere", long[0].of(text), times(long.len()), other.of(text));
            findings.push(Finding::new(*long[0], message).instead(other.of(text)));
        }
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}
