//! Grammar, second part: clauses whose skeleton is another language's. The words are those of `grammar.tsv`.

use super::{Context, Example, Finding, Rule};
use crate::article::Segment;
use crate::corpus::Turn;
use crate::document::{BlockKind, Span};
use crate::mqm::{Category, Severity, Tier};
use crate::token::{Kind, Token};

pub const RULES: &[Rule] =
    &[CONJUNCTION_DOUBLED, CONDITION_DOUBLED, CLAUSE_UNFINISHED, AUXILIARY_LOST, TOPIC_DANGLING, ENUMERATION_UNFINISHED];

/// Every segment with its tokens and a row of a kind, row by row; nothing where the language has none.
fn each<'c>(context: &'c Context, kind: &'c str) -> impl Iterator<Item = (&'c Segment, &'c [Token], &'c Turn)> {
    context.target.language().grammar.of(kind).flat_map(move |turn| {
        let segments = context.segments().filter(|segment| segment.kind != BlockKind::Heading);
        segments.map(move |segment| (segment, context.target.tokens_of(segment), turn))
    })
}

/// Whether a token is one of the words of a kind.
fn is_of(context: &Context, kind: &str, token: &Token) -> bool {
    context.target.language().grammar.of(kind).any(|turn| turn.first.has(context.text(), token))
}

const CONJUNCTION_DOUBLED: Rule = Rule {
    id: "grammar/conjunction-doubled",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "Both clauses carry a conjunction where one is enough",
    why: "Chinese says «although…, but…», «because…, so…»; European languages keep one of the two. Delete the second.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Bien que le prix soit élevé, [[mais]] les clients restent.",
            good: "Bien que le prix soit élevé, les clients restent.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "Although the price is high, [[but]] the buyers remain.",
            good: "Although the price is high, the buyers remain.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "Aunque el precio es alto, [[pero]] los clientes siguen comprando.",
            good: "Aunque el precio es alto, los clientes siguen comprando.",
        },
    ],
    check: conjunction_doubled,
};

fn conjunction_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (_, tokens, turn) in each(context, "correlative") {
        let Some(opening) = turn.first.at(text, tokens, 0) else { continue };
        // The main clause begins at the first comma: what stands behind another one is coordinated with it.
        let Some(main) = (opening + 1..tokens.len()).find(|at| tokens[*at].divided) else { continue };
        let comma = text[tokens[main - 1].span.end..tokens[main].span.start].trim() == ",";
        let Some(length) = turn.then.at(text, tokens, main).filter(|_| comma) else { continue };
        let Some(next) = tokens.get(main + length) else { continue };
        if !next.divided && !turn.unless.has(text, next) {
            let span = tokens[main].span.join(tokens[main + length - 1].span);
            let first = tokens[0].span.join(tokens[opening - 1].span).of(text);
            findings.push(Finding::new(span, format!("{:?} after {first:?}: one conjunction too many", span.of(text))));
        }
    }
    findings
}

const CONDITION_DOUBLED: Rule = Rule {
    id: "grammar/condition-doubled",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A question hangs on two conditions",
    why: "Two clauses of condition were joined to one question: the reader cannot tell what depends on what. Turn one into a clause of its own.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Si les usines sont prêtes, la demande peut-elle tenir [[si]] les clients partent ?",
        good: "Une fois les usines prêtes, la demande peut-elle tenir si les clients partent ?",
    }],
    check: condition_doubled,
};

fn condition_doubled(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (segment, tokens, turn) in each(context, "condition") {
        if turn.first.at(text, tokens, 0).is_none() || !segment.span.of(text).ends_with('?') {
            continue;
        }
        let second = (2..tokens.len().saturating_sub(1))
            .find(|at| turn.first.has(text, &tokens[*at]) && !tokens[*at].divided && !turn.unless.has(text, &tokens[*at - 1]));
        // Between the two the main clause begins.
        let parted = |at: usize| tokens[1..at].iter().any(|token| token.divided);
        if let Some(at) = second.filter(|at| parted(*at) && !context.target.quotations.quoted(tokens[*at].span)) {
            findings.push(Finding::new(tokens[at].span, "a second condition in one question"));
        }
    }
    findings
}

const CLAUSE_UNFINISHED: Rule = Rule {
    id: "grammar/clause-unfinished",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A subordinate clause of one word stands as a sentence",
    why: "The conjunction wants a clause with a verb: «par peur», «parce qu'ils ont peur».",
    examples: &[
        Example { langs: "fr", source: "", bad: "[[Parce que « peur »]].", good: "Parce qu'ils ont peur de tout perdre." },
        Example { langs: "en", source: "", bad: "[[Because “fear”]].", good: "Because they fear to lose it all." },
    ],
    check: clause_unfinished,
};

fn clause_unfinished(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (segment, tokens, turn) in each(context, "subordinator") {
        let Some(length) = turn.first.at(text, tokens, 0) else { continue };
        let rest = &tokens[length..];
        let (Some(first), Some(last)) = (rest.first(), rest.last()) else { continue };
        let clause = first.span.join(last.span);
        let word = rest.len() == 1 || rest.len() <= 3 && context.target.quotations.quoted(clause);
        let asked = segment.span.of(text).ends_with(['?', '…', ':', ',']) || segment.span.of(text).ends_with("...");
        if word && !asked && !first.divided && !context.target.quotations.quoted(tokens[0].span) {
            let end = segment.span.of(text).trim_end_matches(['.', '!', ' ']).len();
            findings.push(Finding::new(
                Span::new(segment.span.start, segment.span.start + end),
                format!("nothing but {:?} follows the conjunction", clause.of(text)),
            ));
        }
    }
    findings
}

const AUXILIARY_LOST: Rule = Rule {
    id: "grammar/auxiliary-lost",
    category: Category::Grammar,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "The verb that names the speaker has lost its auxiliary",
    why: "After a quotation the participle needs its auxiliary: «a déclaré le ministre».",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "« Tout va bien dans la ville », [[déclaré]] le ministre.",
            good: "« Tout va bien dans la ville », a déclaré le ministre.",
        },
        Example {
            langs: "es",
            source: "",
            bad: "«Todo va bien en la ciudad», [[declarado]] el ministro.",
            good: "«Todo va bien en la ciudad», ha declarado el ministro.",
        },
    ],
    check: auxiliary_lost,
};

fn auxiliary_lost(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let turns: Vec<&Turn> = context.target.language().grammar.of("speech").collect();
    if turns.is_empty() {
        return Vec::new();
    }
    let tokens = &context.target.tokens;
    let mut findings = Vec::new();
    for quotation in context.target.quotations.all.iter().filter(|quotation| quotation.closed && !quotation.inner.is_empty()) {
        let at = tokens.partition_point(|token| token.span.start < quotation.span.end);
        let (Some(verb), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { continue };
        let behind = text[quotation.span.end..verb.span.start].trim();
        if !matches!(behind, "" | ",") || text[verb.span.end..next.span.start] != *" " {
            continue;
        }
        let words = quotation.inner.of(text).split_whitespace().count();
        for turn in turns.iter().filter(|turn| words > 2 && turn.first.has(text, verb) && !turn.unless.has(text, next)) {
            let word = verb.text(text);
            let finding = Finding::new(verb.span, format!("{word:?} stands without its auxiliary"));
            findings.push(finding.instead(format!("{} {word}", turn.right)));
        }
    }
    findings
}

const TOPIC_DANGLING: Rule = Rule {
    id: "grammar/topic-dangling",
    category: Category::Grammar,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A sentence names its topic, then goes on with another subject",
    why: "Chinese names a topic and comments on it; a European sentence needs a link: «X, dont le fondateur a rejoint…».",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "[[Nokia, fondée par un ingénieur finlandais, le directeur a]] quitté le groupe.",
            good: "Nokia, fondée par un ingénieur finlandais, a perdu le directeur du groupe.",
        },
        Example {
            langs: "en",
            source: "",
            bad: "[[Nokia, founded by a Finnish engineer, the director has]] left the group.",
            good: "Nokia, founded by a Finnish engineer, has lost the director of the group.",
        },
    ],
    check: topic_dangling,
};

/// Words of the longest apposition that is looked over.
const APPOSITION: usize = 14;

fn topic_dangling(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    if language.grammar.of("topic-participle").next().is_none() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for segment in context.segments().filter(|segment| segment.kind != BlockKind::Heading) {
        let tokens = context.target.tokens_of(segment);
        let clauses = (0..tokens.len()).filter(|at| *at == 0 || tokens[*at].divided && between(text, tokens, *at).trim() == ";");
        for start in clauses.collect::<Vec<_>>() {
            if let Some(last) = dangling(context, tokens, start) {
                let span = tokens[start].span.join(tokens[last].span);
                findings.push(Finding::new(span, format!("{:?} has no verb of its own", tokens[start].text(text))));
            }
        }
    }
    findings
}

fn between<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    at.checked_sub(1).map_or("", |before| &text[tokens[before].span.end..tokens[at].span.start])
}

/// `NAME, participle …, article noun verb`: the number of the verb.
fn dangling(context: &Context, tokens: &[Token], start: usize) -> Option<usize> {
    let text = context.text();
    let capital = |token: &Token| token.shape.is_large();
    let named = tokens[start..].iter().take_while(|token| capital(token)).count();
    let participle = start + named;
    let comma = |at: usize| between(text, tokens, at).trim() == ",";
    let function = |at: usize| context.target.language().function_words.contains(&tokens[at].form);
    if !(1..=4).contains(&named) || participle >= tokens.len() || !comma(participle) || function(start) {
        return None;
    }
    let joined = tokens[start + 1..participle].iter().all(|token| !token.divided);
    if !joined || !is_of(context, "topic-participle", &tokens[participle]) {
        return None;
    }
    let next = (participle + 1..tokens.len().min(participle + APPOSITION)).find(|at| tokens[*at].divided)?;
    let subject = comma(next) && is_of(context, "topic-article", &tokens[next]);
    let (noun, verb) = (tokens.get(next + 1)?, tokens.get(next + 2)?);
    let plain = noun.kind == Kind::Word && !capital(noun) && !noun.divided && !verb.divided;
    (subject && plain && is_of(context, "topic-verb", verb)).then_some(next + 2)
}

const ENUMERATION_UNFINISHED: Rule = Rule {
    id: "grammar/enumeration-unfinished",
    category: Category::Unidiomatic,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A list of names ends on a bare «and others»",
    why: "Chinese and Japanese close a list with 等, など; here the list wants a noun (et d'autres groupes) or no tail at all.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Il dépasse Nokia, Renault [[et autres]].",
        good: "Il dépasse Nokia, Renault et les autres.",
    }],
    check: enumeration_unfinished,
};

fn enumeration_unfinished(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for (_, tokens, turn) in each(context, "enumeration") {
        for at in (2..tokens.len()).filter(|at| tokens[at - 1].shape.is_large() && !tokens[*at].divided) {
            let Some(length) = turn.first.at(text, tokens, at) else { continue };
            let ends = tokens.get(at + length).is_none_or(|next| next.divided);
            let listed = tokens[..at].iter().rev().take(4).any(|token| token.divided);
            if ends && listed {
                let span = tokens[at].span.join(tokens[at + length - 1].span);
                findings.push(Finding::new(span, format!("{:?} closes a list of names", span.of(text))));
            }
        }
    }
    findings
}
