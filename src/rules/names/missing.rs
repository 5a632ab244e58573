//! Names of the source that stand nowhere in the translation, and brands that were translated.

use super::changed;
use super::heard::{self, Heard};
use super::letters::{LIKELY, SAME, alike, deaccented, skeleton, stands_in};
use super::lookup::{Words, around, is_answered, is_latin, is_near, is_title, mentions, stands_somewhere, within, words};
use super::lost::ORGANISATION;
use super::sole::{Reading, is_short};
use super::stranger::is_telling;
use crate::article::Analysis;
use crate::corpus::Id;
use crate::document::Span;
use crate::extract::Name;
use crate::mqm::{Category, Severity, Tier};
use crate::rules::{Context, Example, Finding, Pair, Rule};
use crate::token::{Kind, Token};
use rustc_hash::{FxHashMap, FxHashSet};

pub const NAME_MISSING: Rule = Rule {
    id: "names/name-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A name of the source stands nowhere in the translation",
    why: "The reader does not learn who or where.",
    examples: &[
        Example {
            langs: "zh>fr",
            source: "特斯拉和微软都购买了芯片。",
            bad: "[[Microsoft et un autre groupe ont acheté des puces.]]",
            good: "Tesla et Microsoft ont acheté des puces.",
        },
        Example {
            langs: "en>fr",
            source: "The company hired Gabriella Thornbury last week.",
            bad: "[[L'entreprise a embauché une directrice la semaine dernière.]]",
            good: "L'entreprise a embauché Gabriella Thornbury la semaine dernière.",
        },
        Example {
            langs: "fr>en",
            source: "Le train de nuit s'arrêtera aussi à Lyon dès lundi.",
            bad: "[[The night train will also stop there from Monday.]]",
            good: "The night train will also stop in Lyon from Monday.",
        },
        Example {
            langs: "de>en",
            source: "Der Zug hält am Montag nicht mehr am Bahnhof Thornbrück.",
            bad: "[[On Monday the train will no longer stop at the station.]]",
            good: "On Monday the train will no longer stop at Thornbrück station.",
        },
    ],
    check: name_missing,
};

fn name_missing(context: &Context) -> Vec<Finding> {
    let Some(mut search) = Search::of(context) else { return Vec::new() };
    let changed = context.shared.changed_names.get_or_init(|| changed::all(context)).iter();
    let mut changed: Vec<usize> = changed.filter(|(sure, _)| *sure).map(|(_, finding)| finding.span.start).collect();
    changed.sort_unstable();
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: FxHashSet<&str> = FxHashSet::default();
    for (source, pair) in context.pairs() {
        // Another name stands for the lost one, which is said already.
        let next = changed.partition_point(|start| *start < pair.target.start);
        if changed.get(next).is_some_and(|start| *start < pair.target.end) {
            continue;
        }
        for (lost, written) in search.lost(source, &pair) {
            let said = lost.of(source.text());
            if told.insert(written.unwrap_or(said)) {
                let usual = written.filter(|usual| *usual != said).map(|usual| format!(" ({usual})")).unwrap_or_default();
                let message = format!("{said:?} of the source{usual} is nowhere in the translation");
                findings.push(Finding::new(pair.target, message).from_source(lost));
            }
        }
    }
    findings
}

/// What the search for the names of a source needs.
struct Search<'c, 'a> {
    context: &'c Context<'a>,
    target: &'c Words<'a>,
    source: &'c Words<'a>,
    /// Nothing but a sentence or two: no others may have lent or taken a name.
    alone: bool,
    /// The known names that were looked for, with the usual forms of those that stand nowhere.
    known: FxHashMap<&'c str, Option<&'c str>>,
}

impl<'c, 'a> Search<'c, 'a> {
    fn of(context: &'c Context<'a>) -> Option<Search<'c, 'a>> {
        let (target, source) = context.words()?;
        Some(Search { context, target, source, alone: context.is_alone(), known: FxHashMap::default() })
    }

    /// The names of a bead's source that stand nowhere, with their usual forms where the program knows them.
    fn lost(&mut self, source: &'c Analysis<'a>, pair: &Pair) -> Vec<(Span, Option<&'c str>)> {
        let mut lost: Vec<(Span, Option<&str>)> = Vec::new();
        for name in source.names_in(pair.source) {
            let known = match name.entry {
                Some(entry) => vec![(name.span, entry)],
                None => within(source, name.span).collect(),
            };
            let first = lost.len();
            for (span, entry) in known {
                lost.extend(self.known(source, pair, span, entry).map(|usual| (span, Some(usual))));
            }
            if lost.len() == first && name.entry.is_none() && pair.is_sure() {
                lost.extend(self.unknown(source, pair, name).map(|span| (span, None)));
            }
        }
        if pair.is_sure() && !source.language().profile().sounds.is_empty() {
            lost.extend(self.unheard(source, pair).map(|span| (span, None)));
        }
        lost
    }

    /// The usual form of a known name that stands nowhere.
    fn known(&mut self, source: &'c Analysis, pair: &Pair, span: Span, entry: Id) -> Option<&'c str> {
        let kind = self.context.corpus.names().kind(entry);
        // A place is often meant by a word for it, and a country by all that is in it.
        let telling = match kind {
            "country" => self.alone && pair.is_sure(),
            "city" | "region" => pair.is_sure(),
            _ => is_telling(kind) || kind == ORGANISATION,
        };
        if !telling || heard::is_inside(source, span) {
            return None;
        }
        let said = span.of(source.text());
        if let Some(known) = self.known.get(said) {
            return *known;
        }
        let found = self.unanswered(source, span, entry);
        self.known.insert(said, found);
        found
    }

    /// The usual form of a known name in the target's language, unless the target has it in some way.
    fn unanswered(&self, source: &Analysis, span: Span, entry: Id) -> Option<&'c str> {
        let target = &self.context.target;
        let root = self.context.corpus.names().root(entry);
        let whole = Span::new(0, target.text().len());
        let name = Name { span, entry: Some(entry), initial: false };
        let usual = self.context.corpus.usual_name(root, target.tag())?;
        let answered = is_answered(self.context, &name, source, target, whole)
            || mentions(self.context, target, whole, root) > 0
            || stands_somewhere(usual, target);
        (!answered).then_some(usual)
    }

    /// The words of a name that the program does not know, where nothing in the target is like one of them.
    fn unknown(&self, source: &Analysis<'a>, pair: &Pair, name: &Name) -> Option<Span> {
        if !is_latin(&self.context.target) {
            return None;
        }
        let title = || is_latin(source) && is_title(source, pair.source);
        let reading = Reading { context: self.context, source, words: self.source, alone: self.alone };
        let written = |word: &Token| self.is_written(source, pair, word);
        let parts = reading.parts(name);
        let short = |word: &&&Token| is_short(word.text(source.text())) && !self.is_shortened(source, word);
        if self.alone
            && is_latin(source)
            && let Some(word) = parts.iter().find(short)
        {
            return (!title()).then_some(word.span);
        }
        let known = |word: &Token| within(source, word.span).next().is_some();
        let translated = |word: &Token| !self.target.holds(word.text(source.text())) || known(word);
        let sole = reading.sole(name, parts, written, translated)?;
        let lost = !title() && !sole.iter().any(|word| written(word));
        lost.then(|| sole[0].span.join(sole[sole.len() - 1].span))
    }

    /// Whether an abbreviation of the source stands in the target: with its letters in any order, written out, or as
    /// another one, for languages have their own.
    fn is_shortened(&self, source: &Analysis, word: &Token) -> bool {
        let spelt = word.text(source.text());
        let target = &self.context.target;
        let all = || target.tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.text(target.text()));
        let initials: String = all().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
        let turned: String = spelt.chars().rev().collect();
        let another = |other: &str| is_short(other) && !self.source.holds(other);
        self.source.is_common(word)
            || self.target.holds(spelt)
            || initials.contains(spelt)
            || initials.contains(&turned)
            || all().any(another)
    }

    /// Whether the target has a word, or one that is spelt or sounds like it.
    fn is_written(&self, source: &Analysis, pair: &Pair, word: &Token) -> bool {
        let target = &self.context.target;
        let around = around(target, &pair.bead.target);
        let spelt = word.text(source.text());
        let (heard, plain) = (skeleton(spelt), deaccented(spelt));
        let latin = is_latin(source) || spelt.is_ascii();
        let like = |other: &Token| {
            let written = other.text(target.text());
            // In the same letters the vowels tell as well.
            if latin && strsim::jaro_winkler(&plain, &deaccented(written)) < NEARLY {
                return false;
            }
            let other = skeleton(written);
            alike(&heard, &other, if latin { SAME } else { LIKELY }) || stands_in(&heard, &other) || stands_in(&other, &heard)
        };
        let mut names = target.names_in(around).iter().flat_map(|name| words(target, name.span));
        self.target.holds(spelt) || is_near(spelt, target, around) || names.any(like)
    }

    /// Names written by their sound, like which no name around sounds.
    fn unheard(&self, source: &'c Analysis, pair: &Pair) -> impl Iterator<Item = Span> {
        let target = &self.context.target;
        let names = target.names_in(around(target, &pair.bead.target)).iter();
        let sound = |word: &Token| (skeleton(word.text(target.text())), self.target.is_common(word));
        let here: Vec<(Vec<u8>, bool)> = names.flat_map(|name| words(target, name.span)).map(sound).collect();
        // A common word with a capital, as `Park`, must sound the same to be somebody's name.
        let answers = |(word, common): &(Vec<u8>, bool), name: &Heard| {
            if *common { name.parts().any(|part| alike(word, part, SAME)) } else { name.may_hold(word) }
        };
        let known = |span: Span| source.names_in(span).iter().any(|name| name.span.overlaps(span));
        let shortest = if self.alone { heard::RUN - 1 } else { heard::RUN };
        let heard = heard::heard(source, pair.source, shortest).into_iter();
        let alone = self.alone;
        heard
            .filter(move |name| (name.dotted || alone) && !known(name.span) && !here.iter().any(|word| answers(word, name)))
            .map(|name| name.span)
    }
}

/// Likeness of two spellings of one name in two languages.
const NEARLY: f64 = 0.7;

pub const BRAND_TRANSLATED: Rule = Rule {
    id: "names/brand-translated",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Advice,
    summary: "The name of a brand was translated as if it were a common word",
    why: "Brands keep their names.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le groupe [[Stabilité]], spécialiste de l'IA, licencie.",
        good: "Le groupe Stability AI licencie.",
    }],
    check: brand_translated,
};

fn brand_translated(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let mut findings = Vec::new();
    for segment in context.segments() {
        let tokens = context.target.tokens_of(segment);
        let brands = language.brands.find(text, segment.span, tokens);
        if brands.is_empty() {
            continue;
        }
        let contexts = language.brand_contexts.find(text, segment.span, tokens);
        for hit in brands {
            // At the beginning of a sentence a capital proves nothing.
            let before = text[segment.span.start..hit.span.start].trim_end().chars().next_back();
            let inside = before.is_some_and(|c| !matches!(c, '.' | '!' | '?' | ':' | '«' | '"'));
            let capital = inside && hit.span.of(text).starts_with(char::is_uppercase);
            let near = contexts.iter().any(|context| *context.value == hit.value.number && !context.span.overlaps(hit.span));
            let in_source = context.source.as_ref().is_some_and(|source| source.text().contains(&hit.value.name));
            let kept = text.contains(&hit.value.name);
            if capital && !kept && (near || in_source) {
                findings.push(
                    Finding::new(hit.span, format!("{:?} is the brand {:?} translated", hit.span.of(text), hit.value.name))
                        .instead(hit.value.name.clone()),
                );
            }
        }
    }
    findings
}
