//! Names of the translation that answer to nothing in the source.

use super::heard::{self, Heard};
use super::letters::{SAME, alike, deaccented, skeleton};
use super::lookup::{Spellings, Words, around, is_grammar, is_latin, is_near, is_told, within, words};
use super::lost::ORGANISATION;
use crate::article::Analysis;
use crate::corpus::Id;
use crate::document::Span;
use crate::extract::Name;
use crate::rules::{Context, Pair};
use crate::token::{Token, is_apostrophe};
use std::cell::OnceCell;

/// A name without a counterpart, and what tells it from a word that only looks like one.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact by itself")]
pub struct Stranger {
    pub span: Span,
    pub known: Option<Name>,
    /// Every word of it is one that only a name can be.
    pub proper: bool,
    /// It stands nowhere else in the translation: another sentence may have lent it else.
    pub once: bool,
    /// Its words may all be common ones: it counts only where somebody is missing.
    pub weak: bool,
    /// It has a first and a last name.
    pub person: bool,
    /// Several words that are or hold the name of a place, a person or a thing that the program knows, and that the source
    /// does not have.
    pub named: bool,
    /// It is written in the language of the source, and that is not the target's.
    pub untranslated: bool,
    /// A name of the source may sound like it, if less than like other names of the translation.
    pub faint: bool,
    /// It is one word of a sentence or two that stand alone.
    pub single: bool,
}

/// Words of the shortest run that is taken for a name although the program does not know it.
pub const RUN: usize = 2;

/// Where strangers are looked for.
struct Place<'c, 'a> {
    context: &'c Context<'a>,
    source: &'c Analysis<'a>,
    /// The words of the target and of the source.
    common: &'c Words<'a>,
    there: &'c Words<'a>,
    /// The bead's source with its neighbours.
    wide: Span,
    /// The source is in another script, and how names may be spelt in the bead and around it.
    foreign: bool,
    spelt: (OnceCell<Spellings>, OnceCell<Spellings>),
    pair: Pair<'c>,
    /// How the names around the bead's target sound, where the source is in another script.
    rivals: OnceCell<Vec<Vec<u8>>>,
    /// A literal name was lost: chance likeness of one word to a sound does not answer for a whole name.
    lost: bool,
}

/// The names of a bead's target that answer to nothing in its source.
pub fn strangers<'c, 'a>(
    context: &'c Context<'a>,
    source: &'c Analysis<'a>,
    pair: Pair<'c>,
    (common, there): (&'c Words<'a>, &'c Words<'a>),
    lost: bool,
) -> Vec<Stranger> {
    let wide = around(source, &pair.bead.source);
    let foreign = !is_latin(source);
    let (spelt, rivals) = Default::default();
    let place = Place { context, source, common, there, wide, foreign, spelt, pair, rivals, lost };
    let names = context.target.names_in(pair.target).iter();
    names.flat_map(|name| if name.entry.is_some() { place.known(name) } else { place.unknown(name) }).collect()
}

impl Place<'_, '_> {
    /// Whether the words that tell stand nowhere else, or all of them where none does.
    fn is_once(&self, span: Span) -> bool {
        let once = |word: &Token| self.common.count(word.form) == 1;
        let mut telling = words(&self.context.target, span).filter(|word| !self.common.is_common(word)).peekable();
        if telling.peek().is_some() { telling.all(once) } else { words(&self.context.target, span).all(once) }
    }

    fn rivals(&self) -> Vec<Vec<u8>> {
        let target = &self.context.target;
        let names = target.names_in(around(target, &self.pair.bead.target)).iter();
        names.flat_map(|name| words(target, name.span)).map(|word| skeleton(word.text(target.text()))).collect()
    }

    /// Whether a word, the `last` of a name or not, may be spelt in the source; with `rivals`, where no other name of the
    /// translation fits better.
    fn is_spelt(&self, word: &Token, last: bool, rivals: bool) -> bool {
        let word = word.text(self.context.text());
        let sounds = || self.rivals.get_or_init(|| self.rivals());
        let better = |sound: &[u8], part: &[u8], name: &Heard| {
            let own = heard::likeness(sound, part);
            // Another name may be this part, or a longer one around it.
            let others = || sounds().iter().filter(|other| *other != sound);
            let longer = |other: &[u8]| other.len() > part.len() && (other.starts_with(part) || other.ends_with(part));
            rivals
                && (others().any(|other| heard::likeness(other, part) > own)
                    || name.parts().any(|other| {
                        longer(other) && other.len() > heard::CHANCE && others().any(|rival| alike(rival, other, SAME))
                    }))
        };
        let here = || self.spelt.0.get_or_init(|| Spellings::of(self.source, self.pair.source));
        let wide = || self.spelt.1.get_or_init(|| Spellings::of(self.source, self.wide));
        self.foreign
            && (here().hold(word, last, better) || skeleton(word).len() > heard::CHANCE && wide().hold(word, last, better))
    }

    /// A known name that the source tells in no way, though it could.
    fn known(&self, name: &Name) -> Vec<Stranger> {
        let (context, target) = (self.context, &self.context.target);
        let telling = |word: &Token| skeleton(word.text(context.text())).len() > heard::CHANCE;
        let near = |word: &Token| !self.foreign && is_near(word.text(context.text()), self.source, self.wide);
        let Some(entry) = name.entry.filter(|entry| self.is_missing(name.span, *entry)) else { return Vec::new() };
        // What the source calls a country and its people is known, and no question of likeness.
        let nation = matches!(context.corpus.names().kind(entry), COUNTRY | NATIONALITY);
        let heard = |word: &Token| !nation && telling(word) && self.is_spelt(word, false, false);
        let said = |word: &Token| !is_grammar(word, target, self.source) && near(word) || heard(word);
        if words(target, name.span).any(said) {
            return Vec::new();
        }
        vec![Stranger {
            span: name.span,
            known: Some(name.clone()),
            proper: true,
            once: self.is_once(name.span),
            weak: false,
            person: false,
            named: is_single(self.context.corpus.names().kind(entry)) && words(target, name.span).count() >= RUN,
            untranslated: false,
            faint: false,
            single: false,
        }]
    }

    /// Whether a known name could be told in the source, and is not.
    fn is_missing(&self, span: Span, entry: Id) -> bool {
        let (names, target) = (self.context.corpus.names(), &self.context.target);
        let root = names.root(entry);
        let name = Name { span, entry: Some(entry), initial: false };
        self.context.corpus.usual_name(root, self.source.tag()).is_some()
            && [root, entry]
                .into_iter()
                .all(|entry| is_telling(names.kind(entry)) || matches!(names.kind(entry), ORGANISATION | NATIONALITY))
            && !is_told(self.context, &name, target, self.source, self.there)
    }

    /// Whether nothing in the source is the word, the `last` of a name or not; that it may sound like something there is no
    /// answer where that is `told` otherwise.
    fn unanswered(&self, word: &Token, last: bool, told: bool, rivals: bool) -> bool {
        let written = word.text(self.context.text());
        !self.common.is_apart(word)
            && !self.there.holds(written)
            && !is_near(written, self.source, self.wide)
            && (told || !self.is_spelt(word, last, rivals))
    }

    /// The runs of words that nothing answers to in a name that the program does not know.
    fn unknown(&self, name: &Name) -> Vec<Stranger> {
        let (context, target) = (self.context, &self.context.target);
        let foreign = self.foreign;
        let known: Vec<(Span, Id)> = within(target, name.span).collect();
        let (missing, told): (Vec<_>, Vec<_>) = known.into_iter().partition(|(span, entry)| self.is_missing(*span, *entry));
        let answered = |word: &Token| told.iter().any(|(span, _)| span.contains(word.span));
        let telling = |word: &Token| {
            let heard = !foreign || skeleton(word.text(context.text())).len() > 1;
            !self.common.is_common(word) && heard
        };
        let kind = |entry: Id| context.corpus.names().kind(entry);
        // How the source would write the name of a place is no question of likeness; people's are written in many ways.
        let absent = |word: &Token| missing.iter().any(|(span, entry)| kind(*entry) != PERSON && span.contains(word.span));
        // Behind a word of the same name that tells, the last one is somebody's last name.
        let all_words: Vec<&Token> = words(target, name.span).collect();
        let is_last = |word: &Token| match all_words[..] {
            [.., before, last] => last.span == word.span && telling(before) && !answered(before),
            _ => false,
        };
        let unanswered = |word: &Token, rivals: bool| {
            !answered(word) && self.unanswered(word, is_last(word), self.lost || absent(word), rivals)
        };
        let all = |rivals: bool| runs(target, name, |word| unanswered(word, rivals), telling);
        let several = |span: Span| words(target, span).count() >= RUN;
        // A region lends its name to much: only one of several words is a name by itself.
        let single = |span: Span, entry: Id| is_single(kind(entry)) && (kind(entry) != REGION || several(span));
        let is_named = |run: &Run| {
            several(run.span) && missing.iter().any(|(span, entry)| run.span.contains(*span) && single(*span, *entry))
        };
        let mut runs = all(false);
        let faint = foreign && !self.lost && !runs.iter().any(|run| run.proper || self.is_person(run.span) || is_named(run));
        if faint {
            runs = all(true);
        }
        let mut found = Vec::new();
        for run in runs {
            let (person, named) = (self.is_person(run.span), is_named(&run));
            // In another script a common word may be one of the source translated.
            let kept = run.proper || person || named || !foreign && !run.weak || self.lost && several(run.span);
            let weak = !kept;
            let single = weak && self.is_single(name, &run, telling);
            if weak && !single && (foreign || name.initial || target.language().profile().casing.nouns)
                || self.is_shortened(run.span)
            {
                continue;
            }
            let once = self.is_once(run.span);
            let untranslated = !foreign && !run.weak && self.is_untranslated(run.span);
            let proper = run.proper || person;
            found.push(Stranger { span: run.span, known: None, proper, once, weak, person, named, untranslated, faint, single });
        }
        // `American Empire`: within a longer name too, one nation is not another. A country may be somebody's name.
        let nations = missing.iter().filter(|(_, entry)| kind(*entry) == NATIONALITY);
        let nations = nations.filter(|(span, _)| !found.iter().any(|stranger| stranger.span.overlaps(*span)));
        let nations = nations.map(|(span, entry)| Name { span: *span, entry: Some(*entry), initial: name.initial });
        let nations: Vec<Stranger> = nations.flat_map(|name| self.known(&name)).collect();
        found.extend(nations);
        found
    }

    /// Whether a run is one word that can hardly be anything but a name, in a sentence or two that stand alone.
    fn is_single(&self, name: &Name, run: &Run, telling: impl Fn(&Token) -> bool) -> bool {
        let target = &self.context.target;
        let mut all = words(target, run.span);
        let (Some(only), None) = (all.next(), all.next()) else { return false };
        self.context.is_alone()
            && self.pair.is_sure()
            && !name.initial
            && !target.language().profile().casing.nouns
            && only.span == name.span
            && telling(only)
            && !self.common.is_plain(only)
            && !only.text(target.text()).contains(is_apostrophe)
            && !self.is_heard(&[only])
    }

    /// Whether a run is written in the language of the source, which must have it then.
    fn is_untranslated(&self, span: Span) -> bool {
        const SURE: f32 = 0.9;
        let (source, target) = (self.source.tag(), self.context.target.tag());
        let guess = self.context.detector.detect(&span.of(self.context.text()).to_lowercase(), None);
        source != target && span.of(self.context.text()).contains(' ') && guess.tag == Some(source) && guess.confidence >= SURE
    }

    /// Whether the source has the initials of a run, in whatever order its language puts them.
    fn is_shortened(&self, span: Span) -> bool {
        let initials = |name: &str| name.split([' ', '-', '\u{a0}']).filter_map(|word| word.chars().next()).collect::<Vec<_>>();
        let sorted = |mut letters: Vec<char>| {
            letters.sort_unstable();
            letters
        };
        let wanted = sorted(initials(&span.of(self.context.text()).to_uppercase()));
        let tokens = self.source.tokens_in(self.wide).iter().map(|token| token.text(self.source.text()));
        let mut short = tokens.filter(|word| word.len() > 1 && word.chars().all(char::is_uppercase));
        short.any(|word| sorted(word.chars().collect()) == wanted)
    }

    /// A first name with a last name, neither of which is like a name around here.
    fn is_person(&self, span: Span) -> bool {
        let target = &self.context.target;
        let all: Vec<&Token> = words(target, span).collect();
        let given = self.context.corpus.given_names();
        let first = |word: &Token| given.contains(&word.form) && !self.common.is_common(word);
        all.windows(2).any(|two| first(two[0])) && (self.foreign || !self.is_heard(&all))
    }

    /// Whether a name of the source sounds like one of these words, or is spelt nearly so.
    fn is_heard(&self, words: &[&Token]) -> bool {
        let spelt: Vec<String> = words.iter().map(|word| deaccented(word.text(self.context.text())).into_owned()).collect();
        let sounds: Vec<Vec<u8>> = spelt.iter().map(|word| skeleton(word)).collect();
        let names = self.source.names_in(self.wide).iter().flat_map(|name| self::words(self.source, name.span));
        let mut names = names.map(|word| deaccented(word.text(self.source.text())));
        let long = |sound: &Vec<u8>| sound.len() > heard::CHANCE;
        names.any(|name| {
            let heard = skeleton(&name);
            sounds.iter().any(|sound| long(sound) && alike(&heard, sound, SAME))
                || spelt.iter().any(|word| strsim::jaro_winkler(word, &name) > NEARLY)
        })
    }
}

const REGION: &str = "region";
const COUNTRY: &str = "country";
pub const NATIONALITY: &str = "nationality";
const PERSON: &str = "person";

/// Likeness from which two spellings may be of one name.
const NEARLY: f64 = 0.8;

/// Kinds of which a text does not name one for another: a country stands for much that lies in it. Nor is a name of one
/// word counted, for a capital stands for its country.
pub fn is_single(kind: &str) -> bool {
    matches!(kind, "city" | "company" | PERSON | "product" | REGION)
}

/// Words of a name in a row, to which nothing answers.
pub struct Run {
    pub span: Span,
    /// Two telling words follow each other.
    pub proper: bool,
    /// No word tells, or there is but one.
    pub weak: bool,
}

/// The runs of words of a name that nothing answers to. One word alone may be anything but a name.
pub fn runs(analysis: &Analysis, name: &Name, unanswered: impl Fn(&Token) -> bool, telling: impl Fn(&Token) -> bool) -> Vec<Run> {
    let all: Vec<(&Token, bool)> = words(analysis, name.span).map(|word| (word, unanswered(word))).collect();
    let groups = all.chunk_by(|a, b| a.1 == b.1).filter(|group| group[0].1);
    let run = |group: &[(&Token, bool)]| {
        let span = group[0].0.span.join(group[group.len() - 1].0.span);
        // The telling words are the run where two of them follow each other.
        let sure = group.chunk_by(|a, b| telling(a.0) == telling(b.0)).find(|part| part.len() >= RUN && telling(part[0].0));
        if let Some(part) = sure {
            return Run { span: part[0].0.span.join(part[part.len() - 1].0.span), proper: true, weak: false };
        }
        let told = group.iter().any(|(word, _)| telling(word));
        Run { span, proper: false, weak: !told || group.len() < RUN }
    };
    groups.map(run).filter(|run| !run.weak || run.span.len() > SHORTEST).collect()
}

/// Bytes of the shortest name that is a word alone.
const SHORTEST: usize = 4;

/// Kinds of names that a translation keeps; countries and bodies are named in many ways.
pub fn is_telling(kind: &str) -> bool {
    matches!(kind, "city" | "company" | "country" | "person" | "product" | "region")
}
