//! Forms that are wrong whatever the sentence says: elision, contraction, agreement after a decimal, capitals, centuries.

use super::place::{usual_apostrophe, written_like};
use super::{Context, Example, Finding, Rule};
use crate::document::{BlockKind, Span};
use crate::extract::Form;
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, folded, hash, is_apostrophe, is_letter};

pub const RULES: &[Rule] = &[
    PLURAL_BELOW_TWO,
    CENTURY_IN_DIGITS,
    ELISION_MISSING,
    CONTRACTION_MISSING,
    APOSTROPHE_LOST,
    DETERMINER_DOUBLED,
    COMPARISON_DOUBLED,
    FORM_BEFORE_SOUND,
    ARTICLE_CAPITALISED,
];

const PLURAL_BELOW_TWO: Rule = Rule {
    id: "grammar/plural-below-two",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A scale word is plural after a number below two",
    why: "In French the plural begins at two: 1,5 milliard, 2 milliards.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Le plan coûtera [[1,5 milliards]] à l'État.",
        good: "Le plan coûtera 1,5 milliard à l'État.",
    }],
    check: plural_below_two,
};

/// Scale words from here on are nouns and take the plural; `mille` does not.
const MILLION: f64 = 1e6;

fn plural_below_two(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let Some(from) = language.profile().numbers.plural_from else { return Vec::new() };
    let mut findings = Vec::new();
    for number in context.target.numbers.iter().filter(|number| number.form == Form::Digits) {
        let written = number.span.of(text);
        let Some(space) = written.rfind(|c: char| c.is_whitespace()) else { continue };
        let (digits, scale) = (&written[..space], written[space..].trim_start());
        let leading: u32 =
            digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|whole| whole.parse().ok()).unwrap_or(from);
        let whole = digits.find([',', '.']).map_or(digits, |sign| &digits[..sign]);
        let grouped = whole.chars().filter(char::is_ascii_digit).count() > 3;
        let plural = &language.profile().numbers.plural;
        let Some(right) = scale.strip_suffix(plural.as_str()).filter(|_| !plural.is_empty() && number.value >= MILLION) else {
            continue;
        };
        if leading < from && !grouped && digits.starts_with(|c: char| c.is_ascii_digit()) {
            findings.push(
                Finding::new(number.span, format!("{scale:?} is plural after {digits}")).instead(format!("{digits} {right}")),
            );
        }
    }
    findings
}

const CENTURY_IN_DIGITS: Rule = Rule {
    id: "grammar/century-in-digits",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A century is written in digits where the language writes it in Roman numerals",
    why: "French writes XXIe siècle.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Au [[21e siècle]], tout va plus vite.",
        good: "Au XXIe siècle, tout va plus vite.",
    }],
    check: century_in_digits,
};

fn century_in_digits(context: &Context) -> Vec<Finding> {
    let text = context.text();
    if !context.target.language().profile().numbers.roman_centuries {
        return Vec::new();
    }
    let centuries = context
        .target
        .numbers
        .iter()
        .filter(|number| number.form == Form::Century && text[number.span.range()].starts_with(|c: char| c.is_ascii_digit()));
    centuries
        .map(|number| {
            let end = word_after(context, number.span.end);
            Finding::new(Span::new(number.span.start, end), "the century is in digits").instead(format!(
                "{}e{}",
                roman(number.value as u32),
                &text[number.span.end..end]
            ))
        })
        .collect()
}

/// The end of the word that follows a number.
fn word_after(context: &Context, end: usize) -> usize {
    let next = context.target.tokens.partition_point(|token| token.span.start < end);
    let text = context.text();
    let word = context.target.tokens.get(next).filter(|token| text[end..token.span.start].chars().all(char::is_whitespace));
    word.map_or(end, |token| token.span.end)
}

fn roman(mut value: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut written = String::new();
    for (worth, sign) in SIGNS {
        while value >= *worth && written.len() < 12 {
            written.push_str(sign);
            value -= worth;
        }
    }
    written
}

const ELISION_MISSING: Rule = Rule {
    id: "grammar/elision-missing",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A word that must be elided before a vowel is not",
    why: "No French hand writes «le arbre» or «que il»: write l'arbre, qu'il.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "On dit [[que il]] viendra demain.",
        good: "On dit qu'il viendra demain.",
    }],
    check: elision_missing,
};

fn elision_missing(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let apostrophe = &language.profile().apostrophe;
    if apostrophe.elides.is_empty() {
        return Vec::new();
    }
    let heads: Vec<u64> = apostrophe.elides.iter().map(|word| hash(word)).collect();
    let kept: Vec<u64> = apostrophe.elides_not_before.iter().map(|word| hash(&folded(word))).collect();
    // Most words are told by the end of their hash to be none of them.
    let bits = heads.iter().fold(0u64, |bits, head| bits | 1 << (head % 64));
    let vowel = |c: char| apostrophe.vowels.contains(c);
    let usual = usual_apostrophe(text);
    let mut findings = Vec::new();
    for pair in context.target.tokens.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        if bits >> (first.form % 64) & 1 == 0 || !heads.contains(&first.form) || !first.joins(text, second, b' ') {
            continue;
        }
        let word = second.text(text);
        // Names and quoted or foreign words may stand unelided; a lower-case word of the language may not.
        let known = language.function_words.contains(&second.form);
        let lower = word.chars().next().is_some_and(|c| c.is_lowercase() && vowel(c)) && word.chars().count() > 1;
        // `puis-je aller`, `fais-le entrer`: a pronoun after its verb stands in full.
        let mute_e = first.shape.is_small() && !text[..first.span.start].ends_with('-');
        if lower && mute_e && !kept.contains(&second.form) && (known || is_plain(context, word)) {
            let head = first.text(text);
            let cut: String = head.chars().take(head.chars().count() - 1).collect();
            findings.push(
                Finding::new(first.span.join(second.span), format!("{head:?} must be elided before {word:?}"))
                    .exactly(format!("{cut}{}{word}", *usual)),
            );
        }
    }
    findings
}

/// A word that looks like one of the language: long, and without letters that loanwords show.
fn is_plain(context: &Context, word: &str) -> bool {
    let foreign = word.contains(['k', 'w', '-']) || word.chars().any(|c| c.is_ascii_digit());
    let own = context.target.language().profile().letters.chars().any(|letter| word.contains(letter));
    !foreign && (own || word.chars().count() > 4)
}

const CONTRACTION_MISSING: Rule = Rule {
    id: "grammar/contraction-missing",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Two words that must be contracted stand apart",
    why: "French says du, au, des, aux; «de le» stands only before a name or a verb.",
    examples: &[Example { langs: "fr", source: "", bad: "Il parle [[de le]] ministre.", good: "Il parle du ministre." }],
    check: |context| forms(context, "contraction"),
};

const APOSTROPHE_LOST: Rule = Rule {
    id: "grammar/apostrophe-lost",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A word has lost its apostrophe",
    why: "The apostrophe was lost on the way through the page's encoding.",
    examples: &[
        Example { langs: "fr", source: "", bad: "[[Cest]] la première fois.", good: "C'est la première fois." },
        Example { langs: "fr", source: "", bad: "Il parle de [[l homme]] du village.", good: "Il parle de l'homme du village." },
        Example {
            langs: "en",
            source: "",
            bad: "They [[don t]] know the whole story.",
            good: "They don't know the whole story.",
        },
    ],
    check: |context| forms(context, "apostrophe").into_iter().chain(apostrophes_spaced(context)).collect(),
};

/// An elided word with a space where its apostrophe was: `l homme`.
fn apostrophes_spaced(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let apostrophe = &context.target.language().profile().apostrophe;
    let heads: Vec<u64> =
        apostrophe.heads.iter().filter(|head| !apostrophe.alone.contains(head)).map(|head| hash(head)).collect();
    // Most words are told by the end of their hash to be none of them.
    let bits = heads.iter().fold(0u64, |bits, head| bits | 1 << (head % 64));
    let spaced = context.target.tokens.windows(2).filter(|pair| {
        let (head, word) = (&pair[0], &pair[1]);
        bits >> (head.form % 64) & 1 != 0
            && head.joins(text, word, b' ')
            && heads.contains(&head.form)
            && head.text(text).chars().all(char::is_lowercase)
            && text[..head.span.start].chars().next_back().is_none_or(|c| c == ' ' || c == '\n')
            && word.span.len() > 1
            && word
                .text(text)
                .chars()
                .next()
                .is_some_and(|c| apostrophe.mute.contains(c) || c.is_lowercase() && apostrophe.vowels.contains(c))
    });
    let usual = usual_apostrophe(text);
    spaced
        .map(|pair| {
            let (head, word) = (pair[0].text(text), pair[1].text(text));
            let finding = Finding::new(pair[0].span.join(pair[1].span), format!("{head:?} has lost its apostrophe"));
            finding.exactly(format!("{head}{}{word}", *usual))
        })
        .collect()
}

const DETERMINER_DOUBLED: Rule = Rule {
    id: "grammar/determiner-doubled",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "Two articles or prepositions with articles stand before one noun",
    why: "A word was replaced and what stood before it was left. Keep one.",
    examples: &[
        Example { langs: "fr", source: "", bad: "Il parle [[de du]] projet.", good: "Il parle du projet." },
        Example { langs: "en", source: "", bad: "He sold [[a the]] house.", good: "He sold the house." },
        Example { langs: "de", source: "", bad: "Er wohnt [[im dem]] Haus am Fluss.", good: "Er wohnt in dem Haus am Fluss." },
    ],
    check: |context| forms(context, "determiner"),
};

const COMPARISON_DOUBLED: Rule = Rule {
    id: "grammar/comparison-doubled",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A comparative is compared once more",
    why: "The word says «more» already. Delete one of the two.",
    examples: &[
        Example { langs: "fr", source: "", bad: "Le train est [[plus meilleur]] ici.", good: "Le train est meilleur ici." },
        Example { langs: "en", source: "", bad: "The train is [[more faster]] here.", good: "The train is faster here." },
    ],
    check: |context| forms(context, "comparative"),
};

const FORM_BEFORE_SOUND: Rule = Rule {
    id: "grammar/form-before-sound",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A small word has the wrong form for the sound that follows it",
    why: "The article was chosen for another word: an engineer, son école, lo studio, e industria.",
    examples: &[
        Example { langs: "en", source: "", bad: "He is [[a engineer]] from Lille.", good: "He is an engineer from Lille." },
        Example { langs: "fr", source: "", bad: "Il aime [[sa école]] du village.", good: "Il aime son école du village." },
        Example { langs: "it", source: "", bad: "Ha visto [[il studio]] nuovo.", good: "Ha visto lo studio nuovo." },
        Example { langs: "es", source: "", bad: "Madre [[y hija]] viven allí.", good: "Madre e hija viven allí." },
    ],
    check: form_before_sound,
};

fn form_before_sound(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let turns: Vec<_> = language.grammar.of("sound").collect();
    if turns.is_empty() {
        return Vec::new();
    }
    let firsts = turns.iter().fold(0, |bits, turn| bits | turn.first.bits());
    let usual = usual_apostrophe(text);
    let mut findings = Vec::new();
    for pair in context.target.tokens.windows(2) {
        let (word, next) = (&pair[0], &pair[1]);
        if firsts >> (word.form % 64) & 1 == 0 {
            continue;
        }
        let Some(turn) = turns.iter().find(|turn| turn.first.has(text, word) && turn.then.has(text, next)) else { continue };
        let written = next.text(text);
        // A letter, an acronym, a name, and a small word that begins a phrase of its own are read in other ways.
        let small = |text: &str| text.chars().all(|c| c.is_lowercase() || is_apostrophe(c));
        let plain = next.kind == Kind::Number || small(written) && written.chars().count() > 2;
        let whole = next.kind == Kind::Word || !text[next.span.end..].starts_with(is_letter);
        let apart = text[word.span.end..next.span.start] == *" " && !text[..word.span.start].ends_with(['-', '\'', '’']);
        let cased = small(word.text(text)) || word.divided;
        if plain && whole && apart && cased && !language.function_words.contains(&next.form) && !turn.unless.has(text, next) {
            let right = written_like(word.text(text), &turn.right, *usual);
            let right = if turn.right.ends_with('\'') { right } else { right + " " };
            let finding = Finding::new(word.span.join(next.span), format!("{:?} before {written:?}", word.text(text)));
            findings.push(finding.exactly(format!("{right}{written}")));
        }
    }
    findings
}

fn forms(context: &Context, kind: &str) -> Vec<Finding> {
    let text = context.text();
    let usual = usual_apostrophe(text);
    let mut findings = Vec::new();
    for (span, form) in context.forms().iter().filter(|(_, form)| form.kind == kind) {
        if is_excused(context, *span, kind, &form.unless) {
            continue;
        }
        let wrong = span.of(text);
        let right = written_like(wrong, &form.right, *usual);
        let finding = Finding::new(*span, format!("{wrong:?} is never right"));
        // `de le` may yet be a pronoun before its verb, and of two articles a person chooses one.
        findings.push(if kind == "apostrophe" { finding.exactly(right) } else { finding.instead(right) });
    }
    findings
}

/// Contractions do not happen within a title (`de Le Monde`), before a quotation, or where the row says so (`de le voir`).
fn is_excused(context: &Context, span: Span, kind: &str, unless: &str) -> bool {
    let text = context.text();
    let rest = text[span.end..].trim_start();
    let next = &rest[..rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())];
    let listed = unless.split(';').map(str::trim).any(|word| is_listed(word, &folded(next)));
    let inner_capital = span.of(text).chars().skip(1).any(char::is_uppercase);
    let quoted = rest.starts_with(['«', '"', '“']);
    let figure = rest.starts_with(|c: char| c.is_ascii_digit());
    let contracted = kind == "contraction" || kind == "determiner";
    let apart = span.of(text).chars().any(|c| !is_letter(c) && !c.is_numeric() && !c.is_whitespace() && !is_apostrophe(c));
    listed
        || apart
        || kind != "apostrophe" && inner_capital
        || contracted && (quoted || next.is_empty() && !figure)
        || !contracted && span.of(text).chars().all(char::is_uppercase)
}

/// Whether a word is one that excuses the form before it: itself, or by its ending (`*er`).
fn is_listed(written: &str, next: &str) -> bool {
    match written.strip_prefix('*') {
        Some(ending) => !ending.is_empty() && next.ends_with(ending),
        None => !written.is_empty() && written == next,
    }
}

const ARTICLE_CAPITALISED: Rule = Rule {
    id: "grammar/article-capitalised",
    category: Category::Spelling,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "An elided article carries a capital in mid-sentence",
    why: "Machine translation from German and page fragments leave capitals inside sentences.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Les habitants craignent [[L']]éruption du volcan.",
        good: "Les habitants craignent l'éruption du volcan.",
    }],
    check: article_capitalised,
};

fn article_capitalised(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    if language.profile().apostrophe.elides.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for segment in context.segments().filter(|segment| segment.kind != BlockKind::Heading) {
        let tokens = context.target.tokens_of(segment);
        for pair in tokens.windows(3) {
            let (before, head, word) = (&pair[0], &pair[1], &pair[2]);
            let mut letters = head.text(text).chars();
            let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
            if !single || head.kind != Kind::Word {
                continue;
            }
            let elided = text[head.span.end..word.span.start].chars().all(is_apostrophe) && word.span.start > head.span.end;
            let inside = before.text(text).ends_with(char::is_lowercase)
                && text[before.span.end..head.span.start].chars().all(|c| c == ' ');
            if elided && inside && word.shape.is_small() {
                let span = Span::new(head.span.start, word.span.start);
                findings
                    .push(Finding::new(span, "a capital in the middle of the sentence").instead(span.of(text).to_lowercase()));
            }
        }
    }
    findings
}
