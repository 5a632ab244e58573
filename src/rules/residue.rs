//! What belongs to the web page and not to the article: menus, labels, credits, notices.
//! A label needs a line of its own and a place at the edge of the page; only what no article says counts anywhere.

use super::{Context, Example, Finding, Rule, shortened};
use crate::corpus::{Place, Residue};
use crate::document::{Block, BlockKind, Span};
use crate::language::script::counts;
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[LANGUAGE_MENU, SECTION_LABEL, HEADING_GLYPH, LONE_ISO_DATE, DATELINE_FUSED, PAGE_LINE, PAGE_NOTICE];

/// Lines at either end of the page that may be a label.
const EDGE: usize = 3;

/// The blocks that hold something, in order.
fn lines<'a>(context: &'a Context) -> Vec<&'a Block> {
    context.target.document.blocks.iter().filter(|block| !block.span.is_empty()).collect()
}

/// The blocks near the beginning or the end, of a text long enough to have a middle.
fn edges<'a>(context: &'a Context) -> Vec<&'a Block> {
    let lines = lines(context);
    let count = lines.len();
    let near = |number: usize| count > 2 * EDGE && (number < EDGE || number + EDGE >= count);
    lines.into_iter().enumerate().filter(|(number, _)| near(*number)).map(|(_, block)| block).collect()
}

const LANGUAGE_MENU: Rule = Rule {
    id: "residue/language-menu",
    category: Category::Markup,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "The language menu of the page stands in the article",
    why: "It was copied along with the page. Delete it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Un titre court\n\n[[EnglishFrançaisDeutschРусский日本語한국어]]\n\nLe président a parlé jeudi devant les députés.",
        good: "Un titre court\n\nLe président a parlé jeudi devant les députés.",
    }],
    check: language_menu,
};

fn language_menu(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let known = &context.target.language().function_words;
    let menus = lines(context).into_iter().filter(|block| {
        let line = block.span.of(text);
        let short = || line.chars().count() < 600;
        let sentence = line.bytes().any(|byte| matches!(byte, b'.' | b',' | b';' | b'?' | b'!'));
        let grammar = || context.target.tokens_in(block.span).iter().filter(|token| known.contains(&token.form)).nth(1).is_some();
        !sentence && short() && !grammar() && (scripts(line) >= 3 || context.corpus.endonyms(line) >= 4)
    });
    menus.map(|block| Finding::new(block.span, "this line is the language menu of a web page")).collect()
}

/// How many scripts a line mixes, each with two letters or more; Han and kana are one.
fn scripts(line: &str) -> usize {
    let counts = counts(line);
    counts
        .iter()
        .filter(|(name, count)| *count >= 2 && !(*name == "Kana" && counts.iter().any(|(other, _)| *other == "Han")))
        .count()
}

const SECTION_LABEL: Rule = Rule {
    id: "residue/section-label",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "The label of a section of the site stands in the article",
    why: "It was copied along with the page. Delete it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "[[actualités]]\n\nUn titre court\n\nLe président a parlé jeudi.\n\nIl part vendredi.\n\nIl revient lundi.\n\nLe roi le suit.\n\nTout va bien.",
        good: "Un titre court\n\nLe président a parlé jeudi.\n\nIl part vendredi.\n\nIl revient lundi.\n\nLe roi le suit.\n\nTout va bien.",
    }],
    check: section_label,
};

fn section_label(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let language = context.target.language();
    let found = edges(context).into_iter().filter(|block| {
        let line = block.span.of(text);
        // A word with a capital may be a title; in small letters, in capitals, or of several words it is a label.
        let title = line.starts_with(char::is_uppercase) && line.contains(char::is_lowercase) && !line.contains(' ');
        line.contains(char::is_alphabetic)
            && !title
            && line.chars().count() < 40
            && language
                .residue
                .lines(line.trim_end_matches([':', ' ', '>']))
                .iter()
                .any(|label| label.place == Place::Line && label.kind == "section")
    });
    found
        .map(|block| Finding::new(block.span, format!("{:?} is a label of the site, not of the article", block.span.of(text))))
        .collect()
}

const HEADING_GLYPH: Rule = Rule {
    id: "residue/heading-glyph",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "The ornament of a heading on the page stands in the text",
    why: "The block sign marked a heading on the original page; make it a heading and delete the sign.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "[[▌]]Peu de moyens\n\nLe président a parlé jeudi.",
        good: "Peu de moyens\n\nLe président a parlé jeudi.",
    }],
    check: heading_glyph,
};

fn heading_glyph(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let glyphs = ['▌', '■', '●', '◆', '▲', '▼', '►', '★', '☆', '▍', '┃', '▪', '▎', '█', '◼', '▶'];
    let headed = lines(context).into_iter().filter(|block| block.span.of(text).starts_with(glyphs));
    headed
        .map(|block| {
            let length = block.span.of(text).chars().next().map_or(0, char::len_utf8);
            Finding::new(Span::new(block.span.start, block.span.start + length), "the ornament of a heading is left over")
        })
        .collect()
}

const LONE_ISO_DATE: Rule = Rule {
    id: "residue/lone-iso-date",
    category: Category::LocaleConvention,
    severity: Severity::Minor,
    tier: Tier::Gate,
    summary: "A line holds nothing but a date in machine form",
    why: "It is the time stamp of the page. Delete it, or write the date as the language does.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Un titre court\n\n[[2023-05-04]]\n\nLe président a parlé jeudi.",
        good: "Un titre court\n\n4 mai 2023\n\nLe président a parlé jeudi.",
    }],
    check: lone_iso_date,
};

fn lone_iso_date(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let stamped = lines(context).into_iter().filter(|block| is_stamp(block.span.of(text)));
    stamped.map(|block| Finding::new(block.span, "a time stamp of the page stands alone on this line")).collect()
}

/// `2024-07-27`, `2024-07-27 10:31`, `2024/07/27`.
fn is_stamp(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let shape: String = line.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let date = shape.strip_prefix("9999-99-99").or_else(|| shape.strip_prefix("9999/99/99"));
    date.is_some_and(|rest| matches!(rest.trim_start_matches('T').trim(), "" | "99:99" | "99:99:99"))
}

const DATELINE_FUSED: Rule = Rule {
    id: "residue/dateline-fused",
    category: Category::Markup,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "The dateline of an agency is fused with the first sentence",
    why: "Chinese agencies open with «outlet, date, dispatch»; put it in brackets or drop it, and begin the sentence after it.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "[[\"Xinwen Daily\" 4 mai Le]] 2 mai, le président a parlé devant les députés.",
        good: "(Xinwen Daily, 4 mai) Le 2 mai, le président a parlé devant les députés.",
    }],
    check: dateline_fused,
};

fn dateline_fused(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let mut findings = Vec::new();
    for block in lines(context).into_iter().filter(|block| block.kind != BlockKind::Heading) {
        let line = block.span.of(text);
        let Some(open) = line.chars().next().filter(|c| matches!(c, '"' | '«' | '“' | '《')) else { continue };
        let close = line[open.len_utf8()..].find(['"', '»', '”', '》']).map(|at| at + open.len_utf8());
        let Some(close) = close.filter(|at| line[..*at].chars().count() < 45) else { continue };
        let behind = block.span.start + close + line[close..].chars().next().map_or(0, char::len_utf8);
        // A date of the next paragraph is none of the dateline's.
        let date = context.target.dates_in(Span::new(behind, block.span.end)).first();
        let date = date.filter(|date| date.month.is_some() && text[behind..date.span.start].trim().is_empty());
        let Some(date) = date else { continue };
        let rest = text[date.span.end..block.span.end].trim_start();
        let first = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        if first.starts_with(char::is_uppercase) {
            let end = block.span.end - rest.len() + first.len();
            findings.push(Finding::new(Span::new(block.span.start, end), "the dateline runs into the first sentence"));
        }
    }
    findings
}

const PAGE_LINE: Rule = Rule {
    id: "residue/page-line",
    category: Category::Markup,
    severity: Severity::Minor,
    tier: Tier::Advice,
    summary: "A line of the page (share, credit, related links) stands in the article",
    why: "Buttons, credits and link lists were copied along with the page. Delete them.",
    examples: &[Example {
        langs: "fr",
        source: "",
        bad: "Un titre court\n\nLe président a parlé jeudi.\n\n[[Partager sur Facebook]]",
        good: "Un titre court\n\nLe président a parlé jeudi.\n\nIl aime Facebook.",
    }],
    check: page_line,
};

/// Words of the longest step of a path.
const STEP: usize = 5;

/// A path through the site: `Home > News > Text`, `Home >> Health`.
fn is_path(line: &str) -> bool {
    let path = line.rsplit(": ").next().unwrap_or(line);
    let steps: Vec<&str> = path.split(['>', '›', '»']).map(str::trim).filter(|step| !step.is_empty()).collect();
    let double = line.contains(">>") || line.contains("»");
    let short = steps.iter().all(|step| step.split_whitespace().count() <= STEP);
    short && !line.contains(['«', '<']) && !line.ends_with(['.', '!', '?', '»']) && steps.len() >= if double { 2 } else { 3 }
}

fn page_line(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let kinds = ["share", "related", "credit", "cookie", "notice"];
    let language = context.target.language();
    let found = lines(context).into_iter().enumerate().filter(|(number, block)| {
        let line = block.span.of(text);
        if *number < EDGE && is_path(line) {
            return true;
        }
        if line.len() > 160 && line.chars().nth(160).is_some() {
            return false;
        }
        let mut known = language.residue.lines(line).into_iter().filter(|known| kinds.contains(&known.kind.as_str()));
        let behind = |known: &Residue| line.chars().nth(known.text.chars().count());
        known.any(|known| known.place == Place::Line || !behind(known).is_some_and(crate::token::is_letter))
    });
    found
        .map(|(_, block)| Finding::new(block.span, format!("{:?} belongs to the page", shortened(block.span.of(text)))))
        .collect()
}

const PAGE_NOTICE: Rule = Rule {
    id: "residue/page-notice",
    category: Category::Markup,
    severity: Severity::Major,
    tier: Tier::Gate,
    summary: "A notice of the page (machine translation, copyright, cookies) stands in the article",
    why: "No article says this of itself. Delete the sentence.",
    examples: &[
        Example {
            langs: "fr",
            source: "",
            bad: "Le président a parlé jeudi.\n\nArticle [[traduit automatiquement par]] un service en ligne.",
            good: "Le président a parlé jeudi.\n\nIl a été suivi.",
        },
        Example {
            langs: "de",
            source: "",
            bad: "Der Präsident sprach am Donnerstag.\n\nDer Text [[wurde maschinell übersetzt]].",
            good: "Der Präsident sprach am Donnerstag.\n\nDer Text wurde gelesen.",
        },
        Example {
            langs: "it",
            source: "",
            bad: "Il presidente ha parlato giovedì.\n\nTesto [[tradotto automaticamente da]] un servizio.",
            good: "Il presidente ha parlato giovedì.\n\nIl testo era breve.",
        },
        Example {
            langs: "pt",
            source: "",
            bad: "O presidente falou na quinta-feira.\n\nTexto [[traduzido automaticamente por]] um serviço.",
            good: "O presidente falou na quinta-feira.\n\nO texto era curto.",
        },
    ],
    check: page_notice,
};

fn page_notice(context: &Context) -> Vec<Finding> {
    let text = context.text();
    let kinds = ["notice", "share", "credit", "cookie", "related"];
    let notices = context.notices().iter().filter(|(residue, _)| kinds.contains(&residue.kind.as_str()));
    notices.map(|(_, span)| Finding::new(*span, format!("{:?} is a notice of the page", shortened(span.of(text))))).collect()
}
