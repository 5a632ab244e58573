//! The page for a browser: well-formed, self-contained, with marks on the very words, and deaf to hostile text.

use contresens::brief::{Outcome, Verdict};
use contresens::document::Span;
use contresens::input::{Format, parse};
use contresens::mqm::{Category, Severity, Tier};
use contresens::report::{Checked, html};
use contresens::rules::Diagnostic;
use contresens::{Check, Checker, Corpus, Report};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::path::Path;
use std::{env, fs};

/// An element of a page: name, attributes, and where its content begins and ends among the texts of the page.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    texts: std::ops::Range<usize>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }
}

/// A page read strictly: every element closed in order, every attribute quoted, every character reference known.
#[derive(Default)]
struct Page {
    elements: Vec<Element>,
    texts: Vec<String>,
}

const EMPTY: [&str; 3] = ["meta", "input", "rect"];

impl Page {
    fn read(page: &str) -> Page {
        let mut read = Page::default();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
        while let Some(at) = rest.find('<') {
            read.texts.push(unescaped(&rest[..at]));
            let raw = open.last().is_some_and(|last| matches!(read.elements[*last].name.as_str(), "script" | "style"));
            let end = rest[at..].find('>').expect("a tag that ends") + at;
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                let last = open.pop().unwrap_or_else(|| panic!("</{name}> closes nothing"));
                assert_eq!(read.elements[last].name, name, "elements are closed in order");
                read.elements[last].texts.end = read.texts.len();
                continue;
            }
            assert!(!raw, "markup inside a script or a style: <{tag}>");
            let (name, attributes) = attributes(tag);
            if !EMPTY.contains(&name.as_str()) {
                open.push(read.elements.len());
            }
            let begun = read.texts.len();
            read.elements.push(Element { name, attributes, texts: begun..begun });
            let last = read.elements.last().unwrap();
            if matches!(last.name.as_str(), "script" | "style") {
                let content = rest.find("</").expect("a script that ends");
                read.texts.push(rest[..content].to_owned());
                rest = &rest[content..];
            }
        }
        assert!(open.is_empty() && rest.trim().is_empty(), "everything is closed");
        read
    }

    fn text(&self, element: &Element) -> String {
        self.texts[element.texts.clone()].concat()
    }

    fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    fn classed<'p>(&'p self, class: &'p str) -> impl Iterator<Item = &'p Element> {
        self.elements.iter().filter(move |element| element.has_class(class))
    }

    /// The text of all pieces of one class that belong to a finding, in order.
    fn marked(&self, class: &str, number: usize) -> String {
        let belongs = |element: &&Element| {
            element.get("data-f").is_some_and(|numbers| numbers.split(' ').any(|known| known == number.to_string()))
        };
        self.classed(class).filter(belongs).map(|element| self.text(element)).collect()
    }
}

/// The name of a tag and its attributes; one without a value must be a switch of HTML.
fn attributes(tag: &str) -> (String, Vec<(String, String)>) {
    let tag = tag.strip_suffix('/').unwrap_or(tag);
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "a tag <{tag}>");
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = ["hidden", "checked"].iter().find_map(|switch| rest.strip_prefix(switch)) {
            rest = after.trim_start();
            continue;
        }
        let (key, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("an attribute in <{tag}>"));
        let (value, after) = after.split_once('"').expect("a value that ends");
        assert!(key.chars().all(|c| c.is_ascii_alphabetic() || c == '-'), "an attribute {key:?} in <{tag}>");
        assert!(!attributes.iter().any(|(known, _)| known == key), "{key} stands twice in <{tag}>");
        attributes.push((key.to_owned(), unescaped(value)));
        rest = after.trim_start();
    }
    (name.to_owned(), attributes)
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "bare signs in {text:?}");
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
    let text = plain.iter().fold(text.to_owned(), |text, (reference, sign)| text.replace(reference, sign));
    assert_eq!(text.matches('&').count(), text.matches("&amp;").count(), "a bare ampersand in {text:?}");
    text.replace("&amp;", "&")
}

fn page(checked: &[Checked]) -> (String, Page) {
    let mut out = Vec::new();
    html::write(&mut out, checked, &[]).unwrap();
    let text = String::from_utf8(out).unwrap();
    let page = Page::read(&text);
    let ids: Vec<&str> = page.elements.iter().filter_map(|element| element.get("id")).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    for element in &page.elements {
        for (key, value) in &element.attributes {
            assert!(!key.starts_with("on") && !matches!(key.as_str(), "style" | "src" | "srcset" | "action"), "{key}={value}");
            let led = value.strip_prefix('#').is_some_and(|id| known.contains(id));
            assert!(key != "href" || led, "a link leads to {value:?}");
            if key.starts_with("aria-") && key.ends_with("by") {
                assert!(value.split(' ').all(|id| known.contains(id)), "{key} names {value:?}");
            }
        }
    }
    let foreign = ["link", "img", "iframe", "object", "embed", "base", "image", "use", "video", "audio"];
    assert!(!page.elements.iter().any(|element| foreign.contains(&element.name.as_str())), "the page loads something");
    assert_eq!((page.named("script").count(), page.named("style").count()), (1, 1));
    (text, page)
}

fn diagnostic(start: usize, end: usize, severity: Severity, source: Option<Span>) -> Diagnostic {
    Diagnostic {
        rule: "typography/spaces-doubled",
        category: Category::Punctuation,
        severity,
        tier: Tier::Gate,
        message: "a place".to_owned(),
        why: None,
        suggestion: None,
        exact: false,
        span: Span::new(start, end),
        source,
        place: None,
    }
}

fn checked(text: &str, diagnostics: Vec<Diagnostic>) -> Checked {
    let report = Report {
        from: None,
        to: Some("fr".to_owned()),
        words: 10,
        segments: 1,
        aligned: None,
        beads: Vec::new(),
        score: 50.0,
        diagnostics,
        suppressed: 0,
        known: 0,
        facts: None,
    };
    let target = parse(text.to_owned(), Format::Plain);
    Checked { path: "article.txt".to_owned(), source_path: None, target, source: None, report }
}

/// What a text looks like on the page when it is only white space and unseen characters that change.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || c == '\u{FFFD}').filter(|word| !word.is_empty()).collect()
}

/// The spoilt articles of the corpus, checked against their sources.
fn spoilt() -> Vec<Checked> {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let read = |folder: &Path, kind: &str| {
        let found = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut found = found.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(kind)));
        parse(fs::read_to_string(found.next().expect("an article")).unwrap(), Format::Plain)
    };
    let check = |folder: &std::path::PathBuf| {
        let (source, target) = (read(folder, "source."), read(folder, "spoilt."));
        let report = checker.check(&Check { target: Some(&target), source: Some(&source), ..Check::default() }).unwrap();
        let path = folder.file_name().unwrap().to_string_lossy().into_owned();
        Checked { source_path: Some(format!("{path}/source")), path, target, source: Some(source), report }
    };
    folders.iter().map(check).collect()
}

#[test]
fn marks_stand_on_the_very_words() {
    for one in spoilt() {
        let one = [one];
        let (_, page) = page(&one);
        let [Checked { target, source, report, path, .. }] = &one;
        let mut order: Vec<&Diagnostic> = report.diagnostics.iter().collect();
        order.sort_by_key(|one| (std::cmp::Reverse(one.severity), one.tier == Tier::Advice, one.span));
        assert!(order.len() > 5, "{path}: {} findings", order.len());
        for (number, finding) in (1..).zip(order) {
            assert_eq!(words(&page.marked("hit", number)), words(finding.span.of(&target.text)), "{path}: {}", finding.rule);
            let expected = finding.source.map_or("", |span| span.of(&source.as_ref().unwrap().text));
            assert_eq!(words(&page.marked("origin", number)), words(expected), "{path}: {} in the source", finding.rule);
        }
    }
}

#[test]
fn both_texts_are_there_whole_and_in_their_languages() {
    for one in spoilt() {
        let one = [one];
        let (_, page) = page(&one);
        let [Checked { target, source, report, .. }] = &one;
        let sides = [("target", &target.text, &report.to), ("source", &source.as_ref().unwrap().text, &report.from)];
        for (class, text, lang) in sides {
            let side: String = page.classed(class).filter(|element| element.name == "div").map(|cell| page.text(cell)).collect();
            let none = "No counterpart found";
            assert_eq!(
                side.replace(none, "").split_whitespace().collect::<String>(),
                text.split_whitespace().collect::<String>()
            );
            let tagged = page.named("p").filter(|p| p.get("dir") == Some("auto") && p.get("lang") == lang.as_deref());
            assert!(tagged.count() > 5, "paragraphs carry their language");
        }
    }
}

#[test]
fn findings_that_overlap_are_all_marked() {
    let text = "abcdefghij";
    let article = checked(
        text,
        vec![
            diagnostic(1, 6, Severity::Minor, None),
            diagnostic(4, 8, Severity::Critical, None),
            diagnostic(4, 8, Severity::Major, None),
        ],
    );
    let (_, page) = page(&[article]);
    assert_eq!([page.marked("hit", 1), page.marked("hit", 2), page.marked("hit", 3)], ["efgh", "efgh", "bcdef"]);
    let places: Vec<Option<&str>> = (1..=3)
        .map(|number| {
            let id = format!("a1m{number}");
            page.elements.iter().find(|element| element.get("id") == Some(&id)).and_then(|place| place.get("href"))
        })
        .collect();
    assert_eq!(places, [Some("#a1f1"), None, Some("#a1f3")], "two that begin together share a link, and each has a place");
    let both = page.classed("several").next().expect("a run of several findings");
    assert_eq!((page.text(both).as_str(), both.get("data-f")), ("ef", Some("1 2 3")));
    assert!(both.has_class("critical"), "the worst shows");
}

#[test]
fn hostile_text_is_only_text() {
    const HOSTILE: &str = "<script>alert(1)</script> <img src=x onerror=alert(1)> \" onmouseover=\"alert(1)\" x=\" ' onfocus='alert(1) \
        [a](javascript:alert(1)) </p></li></ol></style></script><!-- ]]> &lt;b&gt; \u{0}\u{1b}[31m\u{202e}\u{2066} &#x3c;";
    let mut article = checked(HOSTILE, vec![diagnostic(3, 60, Severity::Major, Some(Span::new(0, 20)))]);
    HOSTILE.clone_into(&mut article.path);
    article.source_path = Some(HOSTILE.to_owned());
    article.source = Some(parse(HOSTILE.to_owned(), Format::Plain));
    article.target.notes.push(HOSTILE.to_owned());
    let finding = &mut article.report.diagnostics[0];
    (finding.message, finding.why, finding.suggestion) = (HOSTILE.to_owned(), Some(HOSTILE.to_owned()), Some(HOSTILE.to_owned()));
    article.report.to = Some(HOSTILE.to_owned());
    article.report.from = Some(HOSTILE.to_owned());
    let fact = Outcome {
        id: HOSTILE.to_owned(),
        says: HOSTILE.to_owned(),
        verdict: Verdict::Changed,
        span: Some(Span::new(0, 5)),
        why: HOSTILE.to_owned(),
    };
    article.report.facts = Some(vec![fact]);
    let (text, page) = page(&[article]);
    assert!(!text.contains("<img") && !text.contains("<!--") && !text.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{2066}']));
    assert!(page.marked("hit", 1).starts_with("ript>alert(1)</script> <img src=x"));
}

#[test]
fn the_policy_names_the_script_and_the_style_of_the_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/html");
    // A browser reads line ends as \n, whatever the file has.
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap().replace("\r\n", "\n");
    let hash = |name: &str| format!("'sha256-{}'", base64(&Sha256::digest(read(name))));
    let expected = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'\n",
        hash("page.css"),
        hash("page.js")
    );
    if env::var_os("UPDATE").is_some() {
        fs::write(folder.join("policy.txt"), &expected).unwrap();
        return;
    }
    assert!(read("policy.txt") == expected, "policy.txt is stale: run `UPDATE=1 cargo test --test html`, then build again");
    let (text, page) = page(&[checked("Un texte.", Vec::new())]);
    let policy = page.named("meta").find(|meta| meta.get("http-equiv") == Some("Content-Security-Policy")).unwrap();
    assert_eq!(policy.get("content"), Some(expected.trim()));
    assert!(!text.contains("http:") && !text.contains("https:"), "the page loads nothing");
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits = group.iter().chain(&[0, 0]).take(3).fold(0usize, |bits, byte| bits << 8 | usize::from(*byte));
        let sign = |at: usize| if at <= group.len() { char::from(SIGNS[bits >> (18 - 6 * at) & 63]) } else { '=' };
        [sign(0), sign(1), sign(2), sign(3)]
    };
    bytes.chunks(3).flat_map(group).collect()
}

#[test]
fn a_long_article_is_folded_to_its_findings() {
    let sentence = "Le président a parlé jeudi devant les députés de la ville.\n";
    let text = sentence.repeat(5_000_000 / sentence.len());
    let finding = |at: usize| diagnostic(at * sentence.len(), at * sentence.len() + 2, Severity::Minor, None);
    let article = checked(&text, (0..2000).map(|at| finding(at * 40)).collect());
    let one_line = checked(&"très long ".repeat(500_000), vec![diagnostic(2_000_000, 2_000_004, Severity::Minor, None)]);
    let (text, page) = page(&[article, one_line]);
    assert!(text.len() < 1_500_000, "{} bytes", text.len());
    assert!(text.contains("the 500 worst of 2,000 findings are shown"));
    assert!(text.contains("only the passages near a finding are shown") && text.contains("characters are not shown"));
    assert_eq!(page.classed("card").count(), 501);
    assert_eq!(page.classed("hit").count(), 501, "every finding that is listed is in the text");
}

#[test]
fn several_articles_have_an_index_the_worst_first() {
    let mut all = vec![checked("Un.", Vec::new()), checked("Deux.", vec![diagnostic(0, 4, Severity::Major, None)])];
    all[0].report.score = 100.0;
    all[1].path = "deux.txt".to_owned();
    let (_, page) = page(&all);
    let rows: Vec<String> = page.named("tr").skip(1).map(|row| page.text(row)).collect();
    assert_eq!(rows, ["deux.txt500100", "article.txt1000000"], "path, score, and the counts of each kind");
    assert_eq!(page.named("article").count(), 2);
}

#[test]
fn an_empty_article_has_a_page() {
    let (text, _) = page(&[checked("", Vec::new())]);
    assert!(text.contains("Nothing was found"));
    page(&[]);
}
