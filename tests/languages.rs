//! Detection and segmentation against the cases of the corpus: every line of `corpus/languages/*/segments.txt` and
//! `samples.txt`, found by walking.

use contresens::Corpus;
use contresens::document::Span;
use contresens::language::Detector;
use contresens::segment::segments;
use std::fs;
use std::path::Path;

/// The lines of a file of every language that has one: (tag, place for messages, line).
fn cases(name: &str) -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/languages");
    let mut cases = Vec::new();
    for folder in fs::read_dir(root).expect("corpus/languages") {
        let folder = folder.expect("a folder of a language").path();
        let tag = folder.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(folder.join(name)) else { continue };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        cases.extend(lines.map(|(number, line)| (tag.clone(), format!("{tag}/{name}:{}", number + 1), line.to_owned())));
    }
    assert!(!cases.is_empty(), "no {name} found");
    cases
}

/// Cases that are right in the corpus and that the program does not meet yet: language and number. May only shrink.
const UNMET_CUTS: &[(&str, usize)] = &[("ko", 1), ("fi", 2), ("id", 1), ("sa", 2), ("ar", 5)];
const UNMET_SAMPLES: &[(&str, usize)] = &[("sa", 1)];

/// Wrong cases beyond those that are known, by the language that begins each.
fn beyond(unmet: &[(&str, usize)], wrong: &[String]) -> Vec<String> {
    let of = |tag: &str| wrong.iter().filter(|case| case.starts_with(&format!("{tag}/"))).count();
    let forgiven = |case: &&String| unmet.iter().any(|(tag, most)| case.starts_with(&format!("{tag}/")) && of(tag) <= *most);
    wrong.iter().filter(|case| !forgiven(case)).cloned().collect()
}

#[test]
fn every_paragraph_is_cut_where_it_is_marked() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    let mut wrong = Vec::new();
    for (tag, place, line) in cases("segments.txt") {
        let text = line.replace('‖', "");
        let language = &corpus.knowledge(&tag).expect("a language with a folder").language;
        let found: Vec<&str> = segments(&text, Span::new(0, text.len()), language).iter().map(|span| span.of(&text)).collect();
        assert_eq!(found.concat(), text, "{place}: something is lost");
        let expected: Vec<&str> = line.split('‖').collect();
        if found != expected {
            wrong.push(format!("{place}\n  expected {}\n  found    {}", line, found.join("‖")));
        }
    }
    let wrong = beyond(UNMET_CUTS, &wrong);
    assert!(wrong.is_empty(), "{} paragraphs are cut wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_sample_is_told() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    let detector = Detector::new(&corpus).expect("a detector");
    let told = |(tag, place, line): &(String, String, String)| {
        let guess = detector.detect(line, None);
        (guess.tag != Some(tag)).then(|| format!("{place}: {:?} at {:.2}: {line}", guess.tag, guess.confidence))
    };
    let wrong: Vec<String> = cases("samples.txt").iter().filter_map(told).collect();
    let wrong = beyond(UNMET_SAMPLES, &wrong);
    assert!(wrong.is_empty(), "{} sentences are taken for another language:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_is_guessed_from_nothing() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    let detector = Detector::new(&corpus).expect("a detector");
    for text in ["", " ", "12 345,6 %", "— … !", "\u{200b}\u{feff}", "🙂🙂"] {
        assert_eq!(detector.detect(text, None).tag, None, "{text:?}");
    }
}

#[test]
fn runs_stand_at_their_places() {
    let corpus = Corpus::load(None).expect("the embedded corpus");
    let detector = Detector::new(&corpus).expect("a detector");
    let table: [(&str, &[(&str, &str)]); 5] = [
        (
            "Le ministre assure que tout sera prêt before the end of the week and that nobody will have to wait.",
            &[
                ("fr", "Le ministre assure que tout sera prêt"),
                ("en", "before the end of the week and that nobody will have to wait"),
            ],
        ),
        (
            "Le programme suit un arbre de 分支 pour décider.",
            &[("fr", "Le programme suit un arbre de"), ("zh", "分支"), ("fr", "pour décider")],
        ),
        (
            "他说 the company will not be able to deliver on time，因为资金不足。",
            &[("zh", "他说"), ("en", "the company will not be able to deliver on time"), ("zh", "因为资金不足")],
        ),
        (
            "Elle a dit qu'elle viendrait, but nobody believed her at the time, puis elle est partie.",
            &[
                ("fr", "Elle a dit qu'elle viendrait"),
                ("en", "but nobody believed her at the time"),
                ("fr", "puis elle est partie"),
            ],
        ),
        (
            "Le Wall Street Journal et Der Spiegel ont publié l'enquête de Peter Müller.",
            &[("fr", "Le Wall Street Journal et Der Spiegel ont publié l'enquête de Peter Müller")],
        ),
    ];
    for (text, expected) in table {
        let runs = detector.runs(text, Span::new(0, text.len()), None);
        let found: Vec<(&str, &str)> = runs.iter().map(|run| (run.tag, run.span.of(text))).collect();
        assert_eq!(found, expected, "{text}");
    }
}
