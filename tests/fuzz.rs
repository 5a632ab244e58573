//! Whatever comes in, nothing panics, nothing is lost and every place lies in its text. A few cases run with the other tests;
//! `scripts/fuzz.sh SECONDS` runs many. What it found stands below as tests of its own.

mod common;

use common::Folder;
use contresens::align::align;
use contresens::article::{Analysis, Cut};
use contresens::document::{Block, BlockKind, Document, Span};
use contresens::input::{Format, Wish, decode, parse, parse_as};
use contresens::segment::segments;
use contresens::{Check, Checker, Corpus};
use proptest::prelude::*;
use std::sync::OnceLock;

const LANGUAGES: [&str; 12] = ["fr", "en", "zh", "ja", "ko", "hi", "ru", "de", "es", "ar", "ca", "und"];

fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| Corpus::load(None).unwrap())
}

fn checker() -> &'static Checker<'static> {
    static CHECKER: OnceLock<Checker<'static>> = OnceLock::new();
    CHECKER.get_or_init(|| Checker::new(corpus()).unwrap())
}

/// `usual` cases, or as many as `PROPTEST_CASES` says.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() }
}

/// What news is made of, what rules look at, and what breaks programs.
const PIECES: &str = "Le|le|président|a|dit|que|il|elle|Paris|Marie Dupont|États-Unis|IA|U.S.|M.|OTAN (OTAN)|the|and|of|minister|\
said|不如|特斯拉|部长|说|克里斯托弗·诺兰|カタカナ|한국|رئيس|भारत|Он|1,5|1.2.3|12|2024|07 07|1 000 000|777 777|½|XXIe siècle|cent|\
deux mille|vingt-et-un|millions de|milliards|三亿五千万|百分之五|十几|万|%|$|€|US$ 5|°C|km/h|12 mars 2024|lundi|2024年3月|3/4/2024|\
12h30|12:30|«|»|“|”|\"|'|’|「|」|『|《|》|(|)|（|[|]|.|..|…|. . .|,|;|:|!|?|!!!|。|，|：|؟|।|-|–|—|•|- |1. |a) |▌|\
l'|d’|jusqu'|s'|ne|pas|plus|moins|sans|jamais|mieux vaut|que|bête mangeuse d'or|hausse|baisse|si|je|vous|tu|\
Ã©|Ã|\u{FFFD}|\u{200B}|\u{200D}|\u{202E}|\u{2066}|\u{FEFF}|\u{AD}|\u{A0}|\u{202F}|\u{3000}|\u{2028}|\u{301}|e\u{301}|é|ß|İ|ǅ|ﬁ|🙂|👩\u{200D}💻|🇫🇷|\
&amp;|&#39;|&|<br>|<|>|\\n|\\|{|}|@|#|_|*|`|~|=|+|http://a.b/c?d=e|www.a.fr|a@b.fr|A|É|ñ|é.É|a.b.c|mot.Mot|queD'ici";

fn pieces() -> impl Strategy<Value = String> {
    static ALL: OnceLock<Vec<&str>> = OnceLock::new();
    let all = ALL.get_or_init(|| PIECES.split('|').chain(["|", " ", "\n", "\n\n", "\t", "\r\n", ""]).collect());
    let glue = prop::sample::select(vec![" ", " ", " ", " ", "", "", "\n", "\n\n", ". ", "\u{a0}"]);
    prop::collection::vec((prop::sample::select(all.as_slice()), glue), 0..50)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, glue)| [piece, glue]).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![6 => pieces(), 1 => any::<String>(), 1 => "[a-zA-Z0-9 .,;:!?«»\"'()\\n-]{0,200}"]
}

/// Signs of the formats, divided by `¦`.
const HTML: &str = "<p>¦</p>¦<div>¦</div>¦<br>¦<b>¦</b>¦<ul>¦<li>¦<table>¦<td>¦<script>¦</script>¦<style>¦<!--¦-->¦\
<!DOCTYPE html>¦<html lang=fr>¦<head>¦<title>¦</title>¦<article>¦<nav>¦</nav>¦<a href='¦\">¦'>¦>¦<¦&amp;¦&eacute;¦&#x41;¦&#0;¦\
&#1114112;¦&¦<blockquote>¦<h1>¦</h1>¦<pre>¦<meta charset=¦<![CDATA[¦]]>¦<svg>¦<textarea>";
const MARKDOWN: &str = "# ¦## ¦- ¦* ¦1. ¦> ¦```¦`¦**¦*¦_¦[¦](¦)¦![¦]:¦<b>¦</b>¦<!--¦-->¦---¦+++¦lang: fr¦source: a.md¦|¦|---|¦\\¦\
&amp;¦    ¦[^1]¦http://a.b¦<¦>¦===";
const XLIFF: &str = "<?xml version='1.0'?>¦<xliff version='1.2'>¦<xliff version='2.0' srcLang='en' trgLang='fr'>¦</xliff>¦\
<file source-language='en' target-language='fr'>¦</file>¦<body>¦</body>¦<trans-unit id='1'>¦</trans-unit>¦<unit id='u'>¦</unit>¦\
<segment>¦</segment>¦<source>¦</source>¦<target>¦</target>¦<g id='1'>¦</g>¦<x/>¦<ph>¦</ph>¦<mrk>¦</mrk>¦<note>¦</note>¦&amp;¦&x;¦\
&#233;¦&#0;¦<!DOCTYPE a [¦]>¦<!ENTITY x 'y'>¦<![CDATA[¦]]>¦<!--¦-->¦<";
const TMX: &str = "<tmx version='1.4'>¦</tmx>¦<header srclang='en'/>¦<body>¦</body>¦<tu>¦</tu>¦<tuv xml:lang='en'>¦\
<tuv xml:lang='fr'>¦<tuv xml:lang='xx'>¦</tuv>¦<seg>¦</seg>¦<ph>¦</ph>¦<bpt i='1'>¦</bpt>¦<hi>¦</hi>¦<prop>¦</prop>¦&lt;¦&x;¦\
<![CDATA[¦]]>¦<";
const PO: &str = "msgid \"¦msgid \"\"¦msgstr \"¦msgstr \"\"¦msgstr[0] \"¦msgstr[1] \"¦msgid_plural \"¦msgctxt \"¦\"¦\"\n¦\n¦# ¦#, fuzzy\n¦\
#: a:1\n¦#~ ¦\\n¦\\\"¦\\\\¦\\x¦Language: fr\\n¦Content-Type: text/plain; charset=UTF-8\\n";
const TABLE: &str = "source¦target¦\t¦,¦;¦\n¦\r\n¦\"¦\"\"¦en¦fr¦id¦notes¦\t\t¦,,";
const JSON: &str = "{¦}¦[¦]¦:¦,¦\"¦\"target\":¦\"source\":¦\"to\":\"fr\"¦\"text\":\"¦\"id\":1¦\\n¦\\\"¦\\u00e9¦\\ud83d¦\\ude42¦\
\\ud83d\\ude42¦\\¦1¦-1e9¦true¦null¦\n¦ ";

/// Well-formed files of a format, of which pieces may be taken.
fn whole(format: Format) -> &'static str {
    match format {
        Format::Html => "<html lang=fr><body><article><h1>A</h1><p>¦</p><ul><li>¦</ul></article></body></html>",
        Format::Markdown => "---\nlang: fr\n---\n# A\n\n¦\n\n- ¦\n- b\n\n> ¦\n",
        Format::Xliff => {
            "<xliff version='1.2'><file source-language='en' target-language='fr'><body><trans-unit id='1'><source>¦</source>\
             <target>¦</target></trans-unit></body></file></xliff>"
        }
        Format::Tmx => {
            "<tmx version='1.4'><header srclang='en'/><body><tu><tuv xml:lang='en'><seg>¦</seg></tuv><tuv xml:lang='fr'><seg>¦\
             </seg></tuv></tu></body></tmx>"
        }
        Format::Po => "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\nmsgid \"¦\"\nmsgstr \"¦\"\n",
        Format::Tsv => "source\ttarget\n¦\t¦\n",
        Format::Csv => "source,target\n\"¦\",\"¦\"\n",
        Format::Jsonl => "{\"source\": \"¦\", \"target\": \"¦\"}\n{\"target\": \"¦\"}\n",
        _ => "{\"to\": \"fr\", \"a\": [{\"source\": \"¦\", \"target\": \"¦\"}, {\"target\": \"¦\"}]}",
    }
}

/// Files of a format out of its own signs, whole and broken.
fn files(format: Format) -> BoxedStrategy<String> {
    let signs = match format {
        Format::Html => HTML,
        Format::Markdown => MARKDOWN,
        Format::Xliff => XLIFF,
        Format::Tmx => TMX,
        Format::Po => PO,
        Format::Tsv | Format::Csv => TABLE,
        _ => JSON,
    };
    let signs: Vec<&str> = signs.split('¦').collect();
    let short = || pieces().prop_map(|text| text.chars().take(40).collect::<String>());
    let sign = prop::sample::select(signs).prop_map(str::to_owned);
    let piece = || prop_oneof![4 => sign.clone(), 2 => short(), 1 => ".{0,12}"];
    let loose = prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat());
    // A good file with texts in its places, some of which break it.
    let filled = prop::collection::vec(prop_oneof![3 => short(), 1 => piece()], 4).prop_map(move |texts| {
        let mut texts = texts.into_iter();
        whole(format).split('¦').map(|part| part.to_owned() + &texts.next().unwrap_or_default()).collect()
    });
    prop_oneof![loose, filled].boxed()
}

fn assert_places(document: &Document) {
    let mut last = 0;
    for block in &document.blocks {
        assert!(document.text.get(block.span.range()).is_some() && block.span.start >= last, "{block:?}");
        assert!(document.raw().get(document.place(block.span).range()).is_some(), "{block:?}");
        last = block.span.end;
    }
    for (at, c) in document.text.char_indices() {
        assert!(document.raw().get(document.place(Span::new(at, at + c.len_utf8())).range()).is_some(), "{at}");
    }
    if let Some(paired) = &document.paired {
        let (mut source, mut target) = (0, 0);
        for (left, right) in &paired.units {
            assert!(left.start == source && right.start == target, "{:?}", paired.units);
            (source, target) = (left.end, right.end);
        }
        assert_eq!((source, target), (paired.source.blocks.len(), document.blocks.len()));
        assert_places(&paired.source);
    }
}

/// Checks a text and looks at every place of the report.
fn assert_checked(target: &Document, source: Option<&Document>, from: Option<&str>, to: Option<&str>) {
    let report = checker().check(&Check { target: Some(target), source, brief: None, from, to }).unwrap();
    let source = source.or(target.own_source());
    for one in &report.diagnostics {
        assert!(target.text.get(one.span.range()).is_some(), "{} at {:?}", one.rule, one.span);
        assert!(target.raw().get(target.place(one.span).range()).is_some(), "{} in the file", one.rule);
        if let Some(span) = one.source {
            assert!(source.is_some_and(|source| source.text.get(span.range()).is_some()), "{} in the source", one.rule);
        }
    }
    assert!((0.0..=100.0).contains(&report.score));
    assert!(report.aligned.is_none_or(|aligned| (0.0..=1.0).contains(&aligned)));
    for bead in &report.beads {
        assert!((0.0..=1.0).contains(&bead.confidence), "{bead:?}");
    }
}

fn assert_read(format: Format, text: String) {
    let wish = Wish { format: Some(format), ..Wish::default() };
    if let Ok(document) = parse_as(text, &wish) {
        assert_places(&document);
        assert_checked(&document, None, None, Some("fr"));
    }
}

fn assert_segmented(text: &str, tag: &str) {
    let language = &corpus().knowledge(tag).unwrap().language;
    for span in
        [Span::new(0, text.len())].into_iter().chain(parse(text.to_owned(), Format::Plain).blocks.iter().map(|block| block.span))
    {
        let mut at = span.start;
        for segment in segments(text, span, language) {
            assert!(segment.start == at && !segment.is_empty() && text.get(segment.range()).is_some(), "{segment:?} after {at}");
            at = segment.end;
        }
        assert_eq!(at, span.end);
    }
}

fn document(segments: &[String]) -> Document {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for segment in segments {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(text.len(), text.len() + segment.len()) });
        text.push_str(segment);
        text.push('\n');
    }
    Document::plain(text, blocks)
}

fn assert_aligned(source: &[String], target: &[String], (from, to): (&str, &str)) {
    let (one, other) = (document(source), document(target));
    let analysis = |document, tag| Analysis::new(document, tag, corpus(), Cut::Blocks).unwrap();
    let alignment = align(&analysis(&one, from), &analysis(&other, to), corpus());
    // Beads come in the order of the target; in the source those that moved stand apart, the others in their order.
    let (mut met, mut left, mut right) = (vec![0; source.len()], 0, 0);
    for bead in &alignment.beads {
        assert_eq!(bead.target.start, right, "{bead:?} in {:?}", alignment.beads);
        assert!(bead.source.len() + bead.target.len() > 0 && (0.0..=1.0).contains(&bead.confidence), "{bead:?}");
        right = bead.target.end;
        if !bead.moved && !bead.source.is_empty() {
            assert!(bead.source.start >= left, "{bead:?} after {left} in {:?}", alignment.beads);
            left = bead.source.end;
        }
        bead.source.clone().for_each(|segment| met[segment] += 1);
    }
    assert!(right == target.len() && met.iter().all(|times| *times == 1), "{met:?} {right} in {:?}", alignment.beads);
    assert!((0.0..=1.0).contains(&alignment.quality) && (0.0..=1.0).contains(&alignment.related), "{alignment:?}");
}

/// Numbers, dates and quotations of a text lie in it, in order, and have values.
fn assert_extracted(text: &str, tag: &str) {
    let document = parse(text.to_owned(), Format::Plain);
    let analysis = Analysis::new(&document, tag, corpus(), Cut::Sentences).unwrap();
    let mut done = 0;
    for number in &analysis.numbers {
        assert!(document.text.get(number.span.range()).is_some() && number.span.start >= done, "{:?}", analysis.numbers);
        assert!(number.value.is_finite() && number.upper.is_none_or(f64::is_finite), "{number:?}");
        assert!(number.unit_span.is_none_or(|span| document.text.get(span.range()).is_some()), "{number:?}");
        done = number.span.end;
    }
    for date in &analysis.dates {
        assert!(document.text.get(date.span.range()).is_some(), "{date:?}");
        assert!(
            date.month.is_none_or(|month| (1..=12).contains(&month)) && date.day.is_none_or(|day| (1..=31).contains(&day)),
            "{date:?}"
        );
    }
    for quotation in &analysis.quotations.all {
        assert!(
            document.text.get(quotation.inner.range()).is_some() && quotation.span.contains(quotation.inner),
            "{quotation:?}"
        );
    }
}

/// One answer for each line that is not empty, with its id or an error.
fn assert_answered(name: &str, lines: &[String]) {
    let input = lines.join("\n");
    let ran = Folder::new(name).run_with(&["batch"], &input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{input}");
    let wanted = input.split('\n').filter(|line| line.bytes().any(|byte| !byte.is_ascii_whitespace())).count();
    let answers: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(answers.len(), wanted, "{input}");
    assert!(answers.iter().all(|answer| answer.get("error").is_some() || answer["diagnostics"].is_array()), "{answers:?}");
}

fn batch_line() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec!["id", "target", "source", "expect", "from", "to", "other"]);
    let value = prop_oneof![
        6 => pieces().prop_map(serde_json::Value::from),
        1 => prop::sample::select(LANGUAGES.as_slice()).prop_map(serde_json::Value::from),
        1 => any::<f64>().prop_map(|number| serde_json::json!([number, null])),
        1 => pieces().prop_map(|text| serde_json::json!({"brief": 1, "lang": "en", "fact": [{"says": text, "names": [text], "quantities": ["> 600 %"]}]})),
    ];
    let object = prop::collection::vec((field, value), 0..5).prop_map(|fields| {
        let mut object: serde_json::Map<String, serde_json::Value> =
            fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        object.entry("target").or_insert("Le maire.".into());
        serde_json::Value::Object(object).to_string()
    });
    let broken = (pieces(), 0..2_usize).prop_map(|(text, cut)| {
        let line = serde_json::json!({"id": 7, "target": text}).to_string();
        line.chars().skip(cut).take(line.len() / 2 * (cut + 1)).collect::<String>()
    });
    prop_oneof![5 => object, 1 => broken, 1 => files(Format::Json).prop_map(|text| text.replace('\n', " "))]
}

macro_rules! readers {
    ($($name:ident: $format:expr;)*) => {
        proptest! {
            #![proptest_config(cases(60))]
            $(#[test] fn $name(text in files($format)) { assert_read($format, text); })*
        }
    };
}

readers! {
    html_is_read: Format::Html;
    markdown_is_read: Format::Markdown;
    xliff_is_read: Format::Xliff;
    tmx_is_read: Format::Tmx;
    po_is_read: Format::Po;
    tsv_is_read: Format::Tsv;
    csv_is_read: Format::Csv;
    jsonl_is_read: Format::Jsonl;
    json_is_read: Format::Json;
}

#[test]
fn what_was_found_stays_mended() {
    // The dateline's mark closes the paragraph, and a date opens the next one.
    assert_read(Format::Markdown, "« Le 》\n\n12 mars 2024 ".to_owned());
    assert_read(Format::Markdown, "# a said « IA said Le a Le\n« Le Le 》\n\n12 mars 2024 ".to_owned());
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn plain_text_is_checked(target in any_text(), source in prop::option::of(any_text()), from in prop::sample::select(LANGUAGES.as_slice()), to in prop::sample::select(LANGUAGES.as_slice()), told: bool) {
        let (target, source) = (parse(target, Format::Plain), source.map(|source| parse(source, Format::Plain)));
        let tag = |tag| (told && tag != "und").then_some(tag);
        assert_checked(&target, source.as_ref(), tag(from), tag(to));
    }

    #[test]
    fn bytes_are_decoded(mark in prop::sample::select(vec![&b""[..], &[0xEF, 0xBB, 0xBF], &[0xFF, 0xFE], &[0xFE, 0xFF]]), bytes in prop::collection::vec(any::<u8>(), 0..300), text in pieces()) {
        for bytes in [[mark, bytes.as_slice()].concat(), [mark, text.as_bytes(), bytes.as_slice()].concat()] {
            if let Some(decoded) = decode(&bytes) {
                assert_places(&parse(decoded.text, Format::Markdown));
            }
        }
    }

    #[test]
    fn segments_make_up_the_block(text in any_text(), tag in prop::sample::select(LANGUAGES.as_slice())) {
        assert_segmented(&text, tag);
    }

    #[test]
    fn numbers_lie_in_their_text(text in any_text(), tag in prop::sample::select(LANGUAGES.as_slice())) {
        assert_extracted(&text, tag);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn every_segment_is_aligned_once(
        source in prop::collection::vec(any_text(), 0..40),
        target in prop::collection::vec(any_text(), 0..40),
        shared in prop::collection::vec((any_text(), 0..40_usize, 0..40_usize), 0..20),
        tags in (prop::sample::select(LANGUAGES.as_slice()), prop::sample::select(LANGUAGES.as_slice())),
    ) {
        let (mut source, mut target) = (source, target);
        for (text, here, there) in shared {
            source.insert(here.min(source.len()), text.clone());
            target.insert(there.min(target.len()), text);
        }
        assert_aligned(&source, &target, tags);
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn every_line_is_answered(lines in prop::collection::vec(batch_line(), 0..60)) {
        assert_answered("fuzzed-batch", &lines);
    }
}
