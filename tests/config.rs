//! The configuration, and what else the program says of itself: completions, manual pages.

mod common;

use common::Folder;

#[test]
fn completions_and_manual_pages_name_every_command() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("fail-on") && ran.out.contains("segment"), "{shell}: {}", ran.err);
    }
    assert!(folder.run(&["man"]).out.contains(".TH contresens 1"));
    assert_eq!(folder.run(&["man", "--dir", "man"]).code, 0);
    assert!(folder.read("man/contresens.1").contains("contresens\\-check(1)"));
    assert!(folder.read("man/contresens-check.1").contains("fail\\-on"));
}

const GLUED: &str = "Les prix ont baissé.Les clients reviennent dans les magasins.\n";
const RULE: &str = "typography/sentences-glued";

#[test]
fn the_nearest_configuration_holds() {
    let folder = Folder::new("config-nearest");
    folder.write("contresens.toml", "to = \"fr\"\n[gate]\nfail-on = \"minor\"\n").write("a.txt", GLUED);
    folder.write("sports/.contresens.toml", "to = \"fr\"\n").write("sports/b.txt", GLUED);
    assert_eq!(folder.run(&["check", "a.txt"]).code, 1, "a minor finding fails");
    assert_eq!(folder.run(&["check", "sports/b.txt"]).code, 0, "the folder's own configuration says nothing of the gate");
    assert_eq!(folder.run(&["check", "sports/b.txt", "a.txt"]).code, 1, "each file under its own");
    assert_eq!(folder.run(&["check", "a.txt", "--fail-on", "major"]).code, 0, "the command line wins");
    assert_eq!(folder.run(&["check", "a.txt", "--no-config"]).code, 0);
    assert_eq!(folder.run(&["check", "sports/b.txt", "--config", "contresens.toml"]).code, 1);
    folder.write("outer/.git/HEAD", "").write("outer/c.txt", GLUED);
    assert_eq!(folder.run(&["check", "outer/c.txt"]).code, 0, "another project is not ours");
}

#[test]
fn rules_are_switched_by_family_rule_and_file() {
    let folder = Folder::new("config-rules");
    let config = "to = \"fr\"\n[rules]\ntypography = \"off\"\n\"typography/sentences-glued\" = { tier = \"gate\", severity = \"critical\" }\n\
        [[overrides]]\nfiles = [\"old/\", \"*.draft.txt\"]\nrules = { typography = \"off\" }\n";
    folder.write("contresens.toml", config);
    for name in ["a.txt", "old/b.txt", "c.draft.txt"] {
        folder.write(name, GLUED);
    }
    let found = folder.found(&["a.txt", "old/b.txt", "c.draft.txt"]);
    let rules: Vec<&[String]> = found.iter().map(|(_, rules)| rules.as_slice()).collect();
    assert_eq!(rules, [&[RULE.to_owned()][..], &[], &[]]);
    let report: serde_json::Value = serde_json::from_str(&folder.run(&["check", "a.txt", "--format", "json"]).out).unwrap();
    assert_eq!(report["documents"][0]["diagnostics"][0]["severity"], "critical");
    assert_eq!(folder.run(&["check", "a.txt"]).code, 1);
    assert_eq!(folder.run(&["check", "a.txt", "--rule", "typography=advice"]).code, 0, "the command line wins");
}

#[test]
fn mistakes_are_told_with_their_place_and_a_hint() {
    let folder = Folder::new("config-mistakes");
    folder.write("a.txt", GLUED);
    for (config, told) in [
        ("to = \"fr\"\nkeep-name = []\n", "contresens.toml:2:1: unknown field `keep-name`"),
        ("to = \"fr\"\nkeep-name = []\n", "did you mean `keep-names`?"),
        ("[gate]\nfail-on = \"majr\"\n", "contresens.toml:2:11: unknown variant `majr`"),
        (
            "[rules]\n\"typography/sentence-glued\" = \"off\"\n",
            "contresens.toml:2:1: no rule \"typography/sentence-glued\"; did you mean \"typography/sentences-glued\"?",
        ),
        ("[rules]\ntypografy = \"off\"\n", "did you mean \"typography\"?"),
        (
            "[rules]\ntypography = \"loud\"\n",
            "contresens.toml:2:14: invalid value: string \"loud\", expected \"off\", \"advice\", \"gate\" or a table",
        ),
        ("[[overrides]]\nfiles = [\"*\"]\nrules = { \"a/b\" = \"off\" }\n", "contresens.toml:3:11: no rule \"a/b\""),
        ("ignore = [\"a{\"]\n", "contresens.toml:1:11: \"a{\" is no glob"),
        ("to = \"xx\"\n", "contresens.toml:1:6: unknown language \"xx\""),
        ("corpus = \"none\"\n", "contresens.toml:1:10: "),
        ("[pairing]\nsource = \"en\"\ntarget = \"{lang}/{path}\"\n", "contresens.toml:2:10: expected {path} once"),
        ("to = \n", "contresens.toml:1:"),
    ] {
        folder.write("contresens.toml", config);
        let ran = folder.run(&["check", "a.txt"]);
        assert!(ran.code == 2 && ran.err.contains(told), "{config:?} says {:?} instead of {told:?}", ran.err);
    }
    assert_eq!(folder.run(&["check", "a.txt", "--config", "none.toml"]).code, 2);
}

#[test]
fn what_holds_is_shown_with_where_it_comes_from() {
    let folder = Folder::new("config-show");
    let config = "from = \"en\"\nto = \"de\"\nkeep-names = [\"Stability AI\"]\n[pairing]\nsource = \"en/{path}\"\ntarget = \"{lang}/{path}\"\n\
        [[overrides]]\nfiles = [\"fr/b.txt\"]\nfrom = \"zh\"\nrules = { \"typography/sentences-glued\" = \"advice\" }\n";
    folder.write("contresens.toml", config).write("fr/a.txt", GLUED).write("fr/b.txt", GLUED).write("en/a.txt", "Prices fell.\n");
    let shown = |arguments: &[&str]| {
        let ran = folder.run(&[&["check", "--show-config"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<String>>()
    };
    let first = shown(&["fr/a.txt", "--min-score", "90"]);
    for line in [
        "# fr/a.txt",
        "# configuration: contresens.toml",
        "from = \"en\" # contresens.toml:1",
        "to = \"fr\" # contresens.toml:6",
        "source = \"en/a.txt\" # contresens.toml:5",
        "keep-names = [\"Stability AI\"] # contresens.toml:3",
        "gate.fail-on = \"major\" # default",
        "gate.min-score = 90 # --min-score",
    ] {
        assert!(first.contains(&line.to_owned()), "{line:?} is not in {first:#?}");
    }
    let second = shown(&["fr/b.txt"]);
    assert!(second.contains(&"from = \"zh\" # contresens.toml:9".to_owned()), "{second:#?}");
    assert!(second.contains(&"rules.\"typography/sentences-glued\" = \"advice\" # contresens.toml:10".to_owned()), "{second:#?}");
}

#[test]
fn init_writes_files_that_can_be_read_and_overwrites_none() {
    let folder = Folder::new("config-init");
    folder.write("a.txt", GLUED);
    assert_eq!(folder.run(&["init"]).code, 0);
    assert_eq!(folder.run(&["init", "--brief"]).code, 0);
    let ran = folder.run(&["init"]);
    assert!(ran.code == 2 && ran.err.contains("contresens.toml: is there already"), "{}", ran.err);
    assert_eq!(folder.run(&["init", "--force"]).code, 0);
    let ran = folder.run(&["check", "a.txt", "--to", "fr", "--expect", "brief.toml", "--fail-on", "never"]);
    assert!(ran.code == 0 && ran.out.contains("fact plant-cost: missing"), "{ran:?}");
    // What is commented out is right as well.
    let strip = |text: &str| {
        let code = |line: &&str| line.trim_start_matches("# ").starts_with('[') || line.contains(" = ");
        text.lines().filter(code).map(|line| line.trim_start_matches("# ")).collect::<Vec<_>>().join("\n")
    };
    let all = strip(&folder.read("contresens.toml")).replace("corpus = \"house\"\n", "").replace("terms = [\"terms.tsv\"]\n", "");
    folder.write("all/contresens.toml", &all.replace("lexicons = [\"en-fr.tsv\"]\n", "")).write("all/a.txt", GLUED);
    let ran = folder.run(&["check", "all/a.txt", "--show-config"]);
    assert!(ran.code == 0 && ran.out.contains("gate.max-major = 0"), "{ran:?}\n{all}");
}

#[test]
fn folders_are_paired_by_patterns() {
    let folder = Folder::new("config-pairs");
    let config = "ignore = [\"drafts/\"]\n[pairing]\nsource = \"{path}.md\"\ntarget = \"{path}.{lang}.md\"\n";
    let source = "The bank lost 5 million dollars on Monday. Nobody was hurt in the fire.\n";
    let target = "La banque a perdu 6 millions de dollars lundi. Personne n'a été blessé dans l'incendie.\n";
    folder.write("contresens.toml", config).write("news/a.md", source).write("news/a.fr.md", target);
    folder.write("news/b.fr.md", target).write("drafts/c.fr.md", target);
    let ran = folder.run(&["check", ".", "--format", "json", "--fail-on", "never"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let documents = report["documents"].as_array().unwrap();
    let paths: Vec<&str> = documents.iter().map(|document| document["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["./news/a.fr.md", "./news/b.fr.md"], "sources and what is ignored are left out");
    assert_eq!(documents[0]["diagnostics"][0]["rule"], "numbers/value-changed", "{report:#}");
    assert!(documents[0]["aligned"].is_number() && documents[1]["aligned"].is_null());
    let note = documents[1]["notes"][0].as_str().unwrap();
    assert!(note.starts_with("no source: news/b.md is not there (contresens.toml:3"), "{note}");
}

#[test]
fn an_article_may_name_its_source() {
    let folder = Folder::new("config-front-matter");
    let body = "La banque a perdu 6 millions de dollars lundi.\n";
    folder.write("en/a.md", "The bank lost 5 million dollars on Monday.\n");
    folder.write("fr/a.md", &format!("---\nlang: fr\nsource: ../en/a.md\n---\n{body}"));
    folder.write("fr/b.md", &format!("---\nlang: fr\nsource: Reuters\n---\n{body}"));
    let found = folder.found(&["fr/a.md", "fr/b.md"]);
    assert!(found[0].1.contains(&"numbers/value-changed".to_owned()) && found[1].1.is_empty(), "{found:?}");
}

#[test]
fn a_manifest_says_what_belongs_together() {
    let folder = Folder::new("config-manifest");
    folder.write("in/en.txt", "The bank lost 5 million dollars on Monday.\n");
    folder
        .write("in/fr.txt", "La banque a perdu 6 millions de dollars lundi.\n")
        .write("in/b.txt", GLUED)
        .write("out.txt", GLUED);
    folder.write("in/brief.toml", "brief = 1\n[[fact]]\nnames = [\"BYD\"]\n");
    folder.write("in/list.tsv", "# ours\ntarget\tsource\tfrom\tto\tbrief\nfr.txt\ten.txt\ten\tfr\nb.txt\t\t\tfr\tbrief.toml\n");
    folder.write("in/list.jsonl", "{\"target\": \"fr.txt\", \"source\": \"en.txt\"}\n{\"target\": \"b.txt\", \"to\": \"fr\"}\n");
    // The table names a brief for the second.
    for (list, missing) in [("in/list.tsv", Some("brief/fact-missing")), ("in/list.jsonl", None)] {
        let found = folder.found(&["--manifest", list]);
        assert_eq!(found[0].1, ["numbers/value-changed"], "{list}");
        let expected: Vec<String> = missing.into_iter().chain([RULE]).map(str::to_owned).collect();
        assert_eq!((found[1].0.as_str(), &found[1].1), ("in/b.txt", &expected), "{list}");
    }
    assert!(folder.run(&["check", "--manifest", "in/list.tsv"]).out.contains("fact 1: missing"));
    for (list, told) in [
        ("fr.txt\n../out.txt\n", "list.tsv:2: expected a path below the folder of the manifest"),
        ("none.txt\n", "list.tsv:1: expected a file instead of \"none.txt\""),
        ("target\tsorce\n", "list.tsv:1: expected columns among target, source"),
        ("fr.txt\ta\tb\tc\td\te\n", "list.tsv:1: expected at most 5 columns"),
        ("\ten.txt\n", "list.tsv:1: expected a target"),
        ("fr.txt\t\t\t\txx\n", "list.tsv:1:1: unknown language \"xx\""),
    ] {
        let ran = folder.write("in/list.tsv", list).run(&["check", "--manifest", "in/list.tsv"]);
        assert!(ran.code == 2 && ran.err.contains(told), "{list:?} says {:?}", ran.err);
    }
    let out = folder.path.join("out.txt").display().to_string();
    assert_eq!(folder.write("in/list.tsv", &out).found(&["--manifest", "in/list.tsv", "--to", "fr"])[0].1, [RULE]);
}

#[test]
fn only_what_git_says_has_changed_is_checked() {
    let folder = Folder::new("config-git");
    std::fs::remove_dir_all(folder.path.join(".git")).unwrap();
    folder.write("contresens.toml", "to = \"fr\"\n[pairing]\nsource = \"en/{path}\"\ntarget = \"fr/{path}\"\n");
    for name in ["fr/old.txt", "fr/été.txt", "fr/gone.txt", "fr/followed.txt"] {
        folder.write(name, GLUED);
    }
    folder.write("en/followed.txt", "Prices fell. Customers come back to the shops.\n");
    let git = |arguments: &[&str]| {
        let own = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let ran = std::process::Command::new("git").args(own).args(arguments).current_dir(&folder.path).output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "a"]);
    let paths = |arguments: &[&str]| {
        let all = folder.found(&[&["--changed-since", "HEAD"], arguments].concat());
        all.into_iter().map(|(path, _)| path).collect::<Vec<_>>()
    };
    assert!(paths(&["."]).is_empty());
    assert_eq!(folder.run(&["check", ".", "--changed-since", "HEAD"]).code, 0);
    folder.write("fr/été.txt", &GLUED.repeat(2)).write("fr/new.txt", GLUED).write("en/followed.txt", "Prices rose.\n");
    std::fs::remove_file(folder.path.join("fr/gone.txt")).unwrap();
    assert_eq!(paths(&["."]), ["./fr/followed.txt", "./fr/new.txt", "./fr/été.txt"]);
    assert_eq!(paths(&["fr/new.txt", "fr/old.txt"]), ["fr/new.txt"]);
    for revision in ["nowhere", "--output=x"] {
        let ran = folder.run(&["check", ".", &format!("--changed-since={revision}")]);
        assert!(ran.code == 2 && ran.err.contains(&format!("--changed-since {revision}")), "{}", ran.err);
    }
    assert!(!folder.path.join("x").exists());
}

#[test]
fn standard_input_may_have_a_name() {
    let folder = Folder::new("config-stdin");
    folder.write("fr/contresens.toml", "to = \"fr\"\n[gate]\nfail-on = \"minor\"\n");
    let ran =
        folder.run_with(&["check", "-", "--stdin-filename", "fr/a.md"], "Les prix ont **baissé.Les** clients reviennent.\n");
    assert!(ran.code == 1 && ran.out.contains("fr/a.md:1:16"), "{ran:?}");
    assert_eq!(folder.run_with(&["check", "-"], GLUED).code, 0);
}

#[test]
fn many_files_are_written_in_their_order() {
    let folder = Folder::new("config-order");
    for number in 0..150 {
        let text = format!("Le maire a parlé {number} fois.{}\n", " Il a plu.".repeat(number % 7 * 10));
        folder.write(&format!("fr/{number:03}.txt"), &text);
    }
    let ran = folder.run(&["check", "fr", "--to", "fr", "--format", "jsonl", "--format", "json=all.json"]);
    let path = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].as_str().unwrap().to_owned();
    let expected: Vec<String> = (0..150).map(|number| format!("fr/{number:03}.txt")).collect();
    assert_eq!(ran.out.lines().map(path).collect::<Vec<_>>(), expected);
    let all: serde_json::Value = serde_json::from_str(&folder.read("all.json")).unwrap();
    assert_eq!(all["documents"].as_array().unwrap().len(), 150);
}

#[test]
fn batch_reads_the_configuration_that_it_is_given_and_no_other() {
    let folder = Folder::new("config-batch");
    let config = "from = \"en\"\nto = \"fr\"\nkeep-names = [\"Stability AI\"]\ncorpus = \"house\"\n[rules]\ntypography = \"off\"\n[gate]\nfail-on = \"minor\"\n";
    folder.write("contresens.toml", "no = \"configuration\"\n").write("ours/contresens.toml", config);
    let row = "source\tliteral\tpreferred\twhy\tevidence\tseverity\neat one's hat\tmanger son chapeau vert\tse dédire\tTo recant.\talone\tmajor\n";
    folder.write("ours/house/pairs/en-fr/idioms.tsv", row);
    let line = serde_json::json!({"id": 1, "target": "Le maire a mangé son chapeau vert.Il est parti."}).to_string() + "\n";
    let answer = |arguments: &[&str], line: &str| {
        let ran = folder.run_with(&[&["batch"], arguments].concat(), line);
        assert_eq!(ran.code, 0, "{ran:?}");
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()
    };
    let rules = |answer: &serde_json::Value| {
        let found = answer["diagnostics"].as_array().unwrap();
        found.iter().map(|found| found["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let alone = answer(&[], &line);
    assert!(rules(&alone).contains(&RULE.to_owned()), "{alone}");
    let configured = answer(&["--config", "ours/contresens.toml"], &line);
    assert_eq!((rules(&configured), configured["to"].as_str()), (vec!["idioms/literal-idiom".to_owned()], Some("fr")));
    let said = answer(&["--config", "ours/contresens.toml"], &line.replace("\"id\"", "\"to\":\"de\",\"id\""));
    assert_eq!(said["to"], "de", "what a line says wins");
    let broken = folder.run_with(&["batch", "--config", "contresens.toml"], &line);
    assert!(broken.code == 2 && broken.err.contains("contresens.toml:1:1"), "{broken:?}");
}

#[test]
fn small_commands_take_house_knowledge() {
    let folder = Folder::new("config-small");
    folder.write("house/languages/fr/abbreviations.txt", "brgm.\n");
    folder.write("a.txt", "Le brgm. Il est parti.\n");
    let cut = |arguments: &[&str]| folder.run(&[&["segment", "a.txt", "--lang", "fr"], arguments].concat()).out.lines().count();
    assert_eq!((cut(&[]), cut(&["--corpus", "house"])), (2, 1));
    for command in [&["detect", "a.txt"][..], &["align", "a.txt", "a.txt"]] {
        assert_eq!(folder.run(&[command, &["--corpus", "house"]].concat()).code, 0, "{command:?}");
        let missing = folder.run(&[command, &["--corpus", "nowhere"]].concat());
        assert!(missing.code == 2 && missing.err.contains("--corpus nowhere: expected a folder"), "{missing:?}");
    }
}
