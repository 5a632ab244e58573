//! House knowledge: what is wrong with a folder is told with its file and line, and nothing in it is passed over in silence.

mod common;

use common::Folder;

const IDIOMS: &str = "source\tliteral\tpreferred\twhy\tevidence\tseverity\tunless\n";
const PATTERNS: &str = "kind\tpattern\tright\tunless\twhy\n";

/// What is said of a house folder of one file; nothing where it is taken.
fn said(name: &str, path: &str, text: &str) -> String {
    let folder = Folder::new(&format!("knowledge-{name}"));
    folder.write("a.txt", "Le président a parlé jeudi.\n").write(&format!("house/{path}"), text);
    let ran = folder.run(&["check", "a.txt", "--to", "fr", "--corpus", "house"]);
    assert!(ran.code == 0 && ran.err.is_empty() || ran.code == 2, "{ran:?}");
    ran.err
}

#[test]
fn misspelt_names_are_told() {
    for (name, path, expected) in [
        ("folder", "languges/fr/patterns.tsv", "such a file is not read; did you mean languages/fr/patterns.tsv?"),
        ("file", "pairs/en-fr/idoms.tsv", "such a file is not read; did you mean pairs/en-fr/idioms.tsv?"),
        ("place", "languages/fr/idioms.tsv", "such a file is not read; did you mean pairs/fr/idioms.tsv?"),
        ("level", "en-fr/notes.tsv", "nothing in this folder is read; expected languages/"),
        ("pair", "pairs/enfr/idioms.tsv", "expected a folder pairs/SOURCE-TARGET"),
        ("tag", "pairs/eng-fr/idioms.tsv", "no language has the tag \"eng\"; did you mean \"en\"?"),
        ("language", "languages/qz/patterns.tsv", "no language has the tag \"qz\"; a row in codes.tsv of the house folder"),
    ] {
        let told = said(name, path, "kind\tpattern\tright\tunless\twhy\n");
        assert!(told.contains(&format!("{path}: {expected}")), "{path} says {told:?}");
    }
    let told = said("column", "pairs/en-fr/idioms.tsv", "source\tliteral\tprefered\twhy\tevidence\tseverity\n");
    assert!(told.contains("idioms.tsv:1: expected a column \"preferred\" instead of \"prefered\""), "{told:?}");
}

#[test]
fn other_files_beside_the_tables_are_left_alone() {
    let folder = Folder::new("knowledge-beside");
    folder.write("a.txt", "Le président a parlé jeudi.\n").write("house/pairs/en-fr/idioms.tsv", IDIOMS);
    for name in
        ["README.md", "pairs/en-fr/idioms.tsv.orig", "pairs/en-fr/idioms-2019.tsv", "articles/one/expected.tsv", "todo.txt"]
    {
        folder.write(&format!("house/{name}"), "nothing of ours\n");
    }
    let ran = folder.run(&["check", "a.txt", "--to", "fr", "--corpus", "house"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_language_with_a_code_of_the_house_is_known() {
    let folder = Folder::new("knowledge-code");
    folder.write("a.txt", "Le président a parlé jeudi.\n");
    folder.write("house/codes.tsv", "tag\tiso639-3\tname\tscript\tnative\nqz\tqzz\tHousish\tLatin\t\n");
    folder.write("house/languages/qz/function-words.txt", "zel\n");
    let ran = folder.run(&["check", "a.txt", "--to", "qz", "--corpus", "house", "--rule", "language=off"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn rows_that_can_never_fire_are_told() {
    let cases = [
        (
            "unless",
            "eat one's hat\tmanger son chapeau\tse dédire\tTo recant.\talone\tmajor\tchapeau",
            "is excused by its own column",
        ),
        (
            "domain",
            "eat one's hat\tmanger son chapeau\tse dédire\tTo recant.\tdomain=millinery\tmajor\t",
            "expected a domain of domains.tsv",
        ),
        ("source", "\tmanger son chapeau\tse dédire\tTo recant.\tsource\tmajor\t", "expected something in column \"source\""),
        (
            "preferred",
            "eat one's hat\tmanger son chapeau\tmanger son chapeau en public\tTo recant.\talone\tmajor\t",
            "contains the literal rendering",
        ),
    ];
    for (name, row, expected) in cases {
        let told = said(&format!("idle-{name}"), "pairs/en-fr/idioms.tsv", &format!("{IDIOMS}{row}\n"));
        assert!(told.contains("idioms.tsv:2: ") && told.contains(expected), "{row:?} says {told:?}");
    }
    assert_eq!(said("live", "pairs/en-fr/idioms.tsv", &format!("{IDIOMS}{}\n", cases[0].1.trim_end_matches("chapeau"))), "");
}

#[test]
fn patterns_that_say_less_than_they_seem_to_are_told() {
    for (name, row, expected) in [
        ("bracket", "order\t[ de le\tdu\t\tA slip.", "expected one `[` and one `]`"),
        ("slot", "order\tde le\tdu $9\t\tA slip.", "expected $1 to $2 instead of $9"),
        ("why", "order\tde le\tdu\t\t", "expected something in column \"why\""),
        ("words", "order\tde l'homme\tdu\t\tA slip.", "expected items of one word each instead of \"l'homme\""),
    ] {
        let told = said(&format!("pattern-{name}"), "languages/fr/patterns.tsv", &format!("{PATTERNS}{row}\n"));
        assert!(told.contains("patterns.tsv:2: ") && told.contains(expected), "{row:?} says {told:?}");
    }
}
