//! Grammar, fourth part: determiners and the nouns behind them. Which words there are is said by `agreement.tsv`, and by a
//! dictionary that says what its words are.

use super::place::{usual_apostrophe, written_like};
use super::shared::Places;
use super::{Context, Example, Finding, Rule};
use crate::corpus::{Determiner, Features};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token, folded, is_apostrophe};

pub const RULES: &[Rule] = &[DETERMINER_MISMATCHED];

/// Of wrong genders and lost plurals planted into good news it finds 64 % in French, 87 % with a dictionary, and 20 to 27 % in
/// Spanish, Italian and Portuguese (`scripts/measure_agreement.py`).
const DETERMINER_MISMATCHED: Rule = Rule {
    id: "grammar/determiner-mismatched",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A determiner and its noun differ in gender or number",
    why: "The word was chosen without its sentence. The genders of frequent nouns and of endings are known; a French dictionary of hunspell (`--dictionary`) whose words say what they are tells the rest. Words of both genders, forms of verbs behind a pronoun, names and compounds are left alone.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "[[La gouvernement]] a pris [[des mesure]] contre [[le nouvelle]] pollution de la ville.",
            good: "Le gouvernement a pris des mesures contre la nouvelle pollution de la ville.",
        },
        // Pronouns, joined singulars, titles that women carry.
        Example {
            langs: "fr",
            source: "",
            bad: "Il parle de [[son énergies]] depuis un an.",
            good: "Il les mesure sans la ministre, l'un face à l'autre, et note vos nom et prénom.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "Publicó [[los resultado]] de una tarea larga sobre el agua.",
            good: "Publicó los resultados de una tarea larga sobre el agua y el arma.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "Hanno visto [[il collina]] e [[la vulcano]] in estate.",
            good: "Hanno visto la collina e il vulcano, un'impresa rara.",
        },
        Example {
            langs: "pt",
            source: "",
            bad: "A empresa publicou [[o decisão]] e viu [[os computador]] ontem.",
            good: "A empresa publicou a decisão e viu os computadores ontem.",
        },
    ],
    check: determiner_mismatched,
};

/// Adjectives and numbers that may stand between a determiner and its noun.
const BETWEEN: usize = 2;
/// Letters of the shortest noun that is looked up.
const SHORTEST: usize = 3;

fn determiner_mismatched(context: &Context) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for segment in context.segments() {
        let tokens = context.target.tokens_of(segment);
        for (at, token) in tokens.iter().enumerate() {
            if let Some(determiner) = context.target.language().agreement.determiner(token.form) {
                findings.extend(mismatched(context, tokens, at, determiner));
            }
        }
    }
    // What another rule of grammar has told is told once.
    let known = Places::of(context, "grammar/");
    findings.retain(|finding| !known.touch(finding.span));
    findings
}

/// The determiner at a place, when it does not agree with what follows it.
fn mismatched(context: &Context, tokens: &[Token], at: usize, determiner: &Determiner) -> Option<Finding> {
    let (text, language) = (context.text(), context.target.language());
    let before = at.checked_sub(1).map(|at| &tokens[at]);
    if !stands_alone(text, &tokens[at]) || before.is_some_and(|before| determiner.is_excused_by(text, before)) {
        return None;
    }
    let first = tokens.get(at + 1).filter(|first| follows(text, &tokens[at], first) && is_plain(context, first))?;
    let said = language.agreement.features_before(determiner, &folded(first.text(text)))?;
    let pronoun = said.may_be_verb() && !language.agreement.is_nominal_after(text, before);
    let mut common = said;
    for next in at + 1..tokens.len().min(at + 2 + BETWEEN) {
        let token = &tokens[next];
        if next > at + 1 && (!follows(text, &tokens[next - 1], token) || !is_plain(context, token)) {
            return None;
        }
        if language.agreement.is_number(token.form) {
            // `un deux-pièces`, `le trois mai`: the number belongs to something else.
            if !said.may_be_plural() {
                return None;
            }
            continue;
        }
        let adjective = language.agreement.adjective(token.form).filter(|_| next <= at + BETWEEN);
        let features = match adjective {
            Some(features) => features,
            None => noun_features(context, token, next > at + 1 || pronoun)?,
        };
        if !common.agrees(features) {
            let clash = Clash { determiner, said, features, adjective: adjective.is_some() };
            return clash.finding(context, &tokens[at..=next], tokens.get(next + 1));
        }
        // The noun is reached: all agrees.
        adjective?;
        common = common.common(features);
    }
    None
}

/// What a noun may be; None for a word that may be a verb where a verb may stand.
fn noun_features(context: &Context, token: &Token, verb: bool) -> Option<Features> {
    let word = folded(token.text(context.text()));
    let readings = || context.corpus.dictionaries().readings(context.target.tag(), &word);
    let features = context.target.language().agreement.noun(&word, token.form, readings)?;
    (!(verb && features.may_be_verb())).then_some(features)
}

/// A determiner, and a word behind it that it cannot go with.
struct Clash<'c> {
    determiner: &'c Determiner,
    said: Features,
    features: Features,
    adjective: bool,
}

impl Clash<'_> {
    /// What is said of it; None where what follows excuses it. `tokens` are those from the determiner to the word.
    fn finding(&self, context: &Context, tokens: &[Token], after: Option<&Token>) -> Option<Finding> {
        let text = context.text();
        let agreement = &context.target.language().agreement;
        let (first, last) = (tokens.first()?, tokens.last()?);
        let in_number = self.said.agrees_in_gender(self.features);
        // `les nom et prénom`, `les première, deuxième et troisième places`; `le dernier seuls`: an adjective may be a noun.
        let joined = after.is_some_and(|after| agreement.is_joining(after.form))
            || self.adjective && text[last.span.end..].starts_with(',');
        if joined && in_number || self.adjective && tokens.len() > 2 {
            return None;
        }
        let (head, word) = (first.text(text), last.text(text));
        let (said, is) = (self.said.described(), self.features.described());
        let finding = Finding::new(first.span.join(last.span), format!("{head:?} is {said}, {word:?} is {is}"));
        if tokens.len() > 2 {
            return Some(finding);
        }
        let noun = folded(word);
        if in_number {
            // The noun has lost its plural; where it has one too many, either word may be the wrong one.
            let plural = agreement.plural(&noun).filter(|_| self.features.may_be_singular() && !self.adjective);
            return Some(finding.instead(plural.map_or(String::new(), |plural| format!("{head} {plural}"))));
        }
        // Of an adjective nobody knows whether it is the wrong word, but by the noun behind it.
        let other = after.filter(|_| self.adjective).map(|after| noun_features(context, after, true));
        let sure = other.is_none_or(|noun| noun.is_some_and(|noun| noun.agrees(self.features) && !noun.agrees(self.said)));
        let right = agreement.instead(self.determiner, self.features, &noun).filter(|_| sure);
        let right = right.map_or(String::new(), |right| {
            let gap = if right.ends_with(is_apostrophe) { "" } else { " " };
            format!("{}{gap}{word}", written_like(head, right, *usual_apostrophe(text)))
        });
        Some(finding.instead(right))
    }
}

/// Whether a determiner is a word of its own in running text: no name (`Le Monde`), no part of a compound.
fn stands_alone(text: &str, token: &Token) -> bool {
    let word = token.text(text);
    let first = word.chars().next().map_or(0, char::len_utf8);
    let before = text[..token.span.start].chars().next_back();
    (is_small(&word[first..]) && (token.divided || is_small(&word[..first])))
        && before.is_none_or(|c| c.is_whitespace() || !is_glue(c) && !c.is_numeric())
}

/// Whether nothing but a space or an apostrophe stands between two words.
fn follows(text: &str, token: &Token, next: &Token) -> bool {
    let between = &text[token.span.end..next.span.start];
    matches!(between, " " | "\u{a0}") || !between.is_empty() && between.chars().all(is_apostrophe)
}

/// A word in small letters, whole: no name, no compound, no `étudiant·e·s`.
fn is_plain(context: &Context, token: &Token) -> bool {
    let text = context.text();
    let word = token.text(text);
    let mut after = text[token.span.end..].chars();
    let joined = match after.next() {
        Some('.' | '(' | ':') => after.next().is_some_and(char::is_alphabetic),
        Some(c) => is_glue(c) || is_apostrophe(c),
        None => false,
    };
    token.kind == Kind::Word && word.chars().count() >= SHORTEST && is_small(word) && !joined
}

/// Whether all letters are small ones.
fn is_small(word: &str) -> bool {
    if word.is_ascii() { word.bytes().all(|byte| byte.is_ascii_lowercase()) } else { word.chars().all(char::is_lowercase) }
}

/// Marks that join words, or parts of one.
fn is_glue(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/' | '_' | '@' | '·' | '•' | '*')
}
