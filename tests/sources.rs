//! A source that cannot be compared: no report and no build passes over it without a word.

mod common;

use common::Folder;
use serde_json::Value;

const FRENCH: &str = "La banque centrale relève ses taux de 0,25 point. Les marchés avaient prévu cette décision depuis mars 2023. \
    L'euro gagne 1,3 % face au yen et au franc suisse.\n";
const OTHER: &str = "The striker scored twice in the first half. The crowd sang until midnight. Nobody had expected such a match \
    from a team that had lost 5 games in a row since October 2018.\n";

#[test]
fn the_wrong_source_is_seen_in_every_report() {
    let folder = Folder::new("sources-wrong");
    folder.write("a.fr.txt", FRENCH).write("b.en.txt", OTHER);
    let article = ["check", "a.fr.txt", "--source", "b.en.txt", "--from", "en", "--to", "fr"];
    let text = folder.run(&article);
    assert_eq!(text.code, 0, "{text:?}");
    assert!(
        text.out.contains("completeness/source-unrelated") && text.out.contains("; 1 not compared with its source"),
        "{text:?}"
    );
    for format in ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "html"] {
        let ran = folder.run(&[&article[..], &["--format", format]].concat());
        assert!(ran.out.contains("completeness/source-unrelated"), "{format}: {}", ran.out);
        assert!(ran.err.contains("1 not compared with its source"), "{format}: {}", ran.err);
    }
    let off = folder.run(&[&article[..], &["--rule", "completeness=off", "--format", "json"]].concat());
    assert!(off.out.contains("no sentence could be paired with the source"), "{off:?}");
    assert!(off.err.contains("1 not compared with its source"), "{off:?}");
}

#[test]
fn a_source_that_is_compared_needs_no_word() {
    let folder = Folder::new("sources-right");
    folder.write("a.fr.txt", "Le maire de Lisbonne a démissionné le 3 mars.\n");
    folder.write("a.en.txt", "The mayor of Lisbon resigned on 3 March.\n");
    let ran = folder.run(&["check", "a.fr.txt", "--source", "a.en.txt", "--from", "en", "--to", "fr", "--format", "json"]);
    assert_eq!(ran.err, "", "{ran:?}");
}

#[test]
fn an_empty_article_has_no_score_and_does_not_go_unsaid() {
    let folder = Folder::new("sources-empty");
    folder.write("a.fr.txt", " \n").write("b.fr.txt", "Le maire de Lisbonne a démissionné.\n");
    let lone = folder.run(&["check", "a.fr.txt"]);
    assert!(lone.out.contains("the article is empty") && lone.out.ends_with("of advice; 1 empty. Passed\n"), "{lone:?}");
    let both = folder.run(&["check", "a.fr.txt", "b.fr.txt", "--format", "json"]);
    assert!(both.code == 0 && both.err.contains("2 articles") && both.err.contains("; 1 empty"), "{both:?}");
}

#[test]
fn batch_says_what_was_not_compared() {
    let folder = Folder::new("sources-batch");
    let romanian = "Prețul a crescut cu 40 la sută în martie. Nu este adevărat.";
    let line = |source: &str, target: &str, to: &str| {
        serde_json::json!({"id": 1, "from": "en", "to": to, "source": source, "target": target}).to_string() + "\n"
    };
    let lines = [
        line("The price rose by 30 percent in May. It is true.", romanian, "ro"),
        line("The mayor of Lisbon resigned on 3 March.", "Le maire de Lisbonne a démissionné le 3 mars.", "fr"),
        line("", "Le maire de Lisbonne a démissionné le 3 mars.", "fr"),
        line("The mayor of Lisbon resigned.", "", "fr"),
    ];
    let ran = folder.run_with(&["batch"], &lines.concat());
    let notes: Vec<String> =
        ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["notes"].to_string()).collect();
    assert!(notes[0].contains("numbers were not compared: there is no table of them for Romanian"), "{notes:?}");
    assert_eq!(notes[1], "null");
    assert!(notes[2].contains("the source is empty"), "{notes:?}");
    assert!(notes[3].contains("the article is empty"), "{notes:?}");
}
