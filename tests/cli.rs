//! The program as people and scripts call it: exit codes, bad input, and the JSON that outside tools rely on.

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_contresens"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_exit_code_follows_the_gate() {
    let folder = folder("gate");
    let clean = file(&folder, "clean.txt", "Le président a parlé jeudi devant les députés.\n".as_bytes());
    let minor = file(&folder, "minor.txt", "Les prix ont baissé.Les clients reviennent dans les magasins.\n".as_bytes());
    let major = file(&folder, "major.txt", "Le prÃ©sident a parlé jeudi devant les députés.\n".as_bytes());
    assert_eq!(code(&run(&["check", &clean, "--to", "fr"], b"")), 0);
    assert_eq!(code(&run(&["check", &minor, "--to", "fr"], b"")), 0, "minor findings pass by default");
    assert_eq!(code(&run(&["check", &minor, "--to", "fr", "--fail-on", "minor"], b"")), 1);
    assert_eq!(code(&run(&["check", &major, "--to", "fr"], b"")), 1);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--fail-on", "critical"], b"")), 0);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--fail-on", "never"], b"")), 0);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--max-major", "1"], b"")), 0);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--max-major", "0"], b"")), 1);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--fail-on", "never", "--min-score", "90"], b"")), 1);
    assert_eq!(code(&run(&["check", &major, "--to", "fr", "--rule", "encoding/mojibake=advice"], b"")), 0);
    let failed = run(&["check", &major, "--to", "fr"], b"");
    assert!(text(&failed.stdout).contains("Failed: 1 major gate findings"), "{}", text(&failed.stdout));
}

#[test]
fn what_cannot_be_done_is_told_and_exits_with_2() {
    let folder = folder("broken");
    let article = file(&folder, "a.txt", "Le président a parlé.\n".as_bytes());
    let binary = file(&folder, "b.bin", b"\x7fELF\x00\x01\x02\x00\x00");
    let empty_folder = folder.join("empty");
    fs::create_dir(&empty_folder).unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["check", "no/such/file.txt"], "no/such/file.txt: cannot be read"),
        (&["check", &binary], "is not a text file"),
        (&["check", empty_folder.to_str().unwrap()], "no file in this folder that can be read"),
        (&["check", &article, "--to", "klingon"], "unknown language \"klingon\": expected a tag such as"),
        (&["check", &article, "--rule", "numbers/value-chnged=off"], "did you mean \"numbers/value-changed\"?"),
        (&["check", &article, "--rule", "numbers/value-changed=loud"], "expected off, advice or gate"),
        (&["check", &article, "--source", "no/such/source.txt"], "no/such/source.txt: cannot be read"),
        (&["check", &article, "--expect", "no/such/brief.toml"], "no/such/brief.toml: cannot be read"),
        (&["check", &article, "--corpus", "no/such/folder"], "expected a folder laid out like the corpus"),
        (&["explain", "numbers/none"], "no rule \"numbers/none\""),
        (&["check"], "required arguments were not provided"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments, b"");
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{arguments:?} says {:?}", text(&output.stderr));
    }
}

#[test]
fn a_broken_house_table_is_told_with_its_line() {
    let folder = folder("house");
    let article = file(&folder, "a.txt", "Le président a parlé.\n".as_bytes());
    let pair = folder.join("corpus/pairs/en-fr");
    fs::create_dir_all(&pair).unwrap();
    fs::write(pair.join("idioms.tsv"), "source\tliteral\tevidence\tseverity\nunder fire\tsous le feu\tsometimes\tminor\n")
        .unwrap();
    let output = run(&["check", &article, "--corpus", folder.join("corpus").to_str().unwrap()], b"");
    assert_eq!(code(&output), 2);
    let said = text(&output.stderr);
    assert!(said.contains("idioms.tsv:2: expected alone, source or domain=NAME instead of \"sometimes\""), "{said}");
}

#[test]
fn house_knowledge_is_laid_over_the_corpus() {
    let folder = folder("overlay");
    let article = file(&folder, "a.txt", "Le ministre a mangé son chapeau vert devant tous.\n".as_bytes());
    let pair = folder.join("corpus/pairs/en-fr");
    fs::create_dir_all(&pair).unwrap();
    let row = "source\tliteral\tpreferred\twhy\tevidence\tseverity\neat one's green hat\tmanger son chapeau vert\tse dédire\tIt means to recant.\talone\tmajor\n";
    fs::write(pair.join("idioms.tsv"), row).unwrap();
    let output =
        run(&["check", &article, "--to", "fr", "--format", "jsonl", "--corpus", folder.join("corpus").to_str().unwrap()], b"");
    assert!(text(&output.stdout).contains("idioms/literal-idiom"), "{}", text(&output.stdout));
}

#[test]
fn strange_articles_have_a_clear_outcome() {
    let folder = folder("strange");
    let emoji = "🙂🙃😀".repeat(50);
    let long = "Le président a parlé jeudi de la réforme. ".repeat(10 * 1024 * 1024 / 42);
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.txt", b"", "the article is empty"),
        ("spaces.txt", b" \n \n", "the article is empty"),
        ("emoji.txt", emoji.as_bytes(), "the language could not be told"),
        ("latin1.txt", b"L'\xe9t\xe9 a \xe9t\xe9 tr\xe8s agr\xe9able \xe0 la pr\xe9fecture.\n", "read as windows-1252"),
        ("invalid.txt", "Les négociations ont été agitées à l'Élysée \u{E000}".as_bytes(), "Passed"),
        ("long.txt", long.as_bytes(), "1 article"),
    ];
    for (name, bytes, expected) in cases {
        let path = file(&folder, name, bytes);
        let output = run(&["check", &path, "--fail-on", "never", "--time-limit", "0"], b"");
        assert_eq!(code(&output), 0, "{name}: {}", text(&output.stderr));
        assert!(
            text(&output.stdout).contains(expected),
            "{name} says {:?}",
            text(&output.stdout).chars().take(300).collect::<String>()
        );
    }
}

#[test]
fn a_source_that_is_none_is_told() {
    let folder = folder("sources");
    let french = "Le président a parlé jeudi devant les députés, qui ont voté la loi.\n";
    let article = file(&folder, "a.txt", french.as_bytes());
    let other = file(&folder, "b.txt", "La ministre a reçu vendredi les représentants des syndicats.\n".as_bytes());
    let same = run(&["check", &article, "--source", &article, "--fail-on", "never"], b"");
    assert!(text(&same.stdout).contains("source and translation are the same text"), "{}", text(&same.stdout));
    let language = run(&["check", &article, "--source", &other, "--fail-on", "never"], b"");
    assert!(text(&language.stdout).contains("source and translation are in the same language"), "{}", text(&language.stdout));
}

#[test]
fn batch_answers_every_line_in_order() {
    let lines = [
        r#"{"id": 1, "to": "fr", "target": "Les prix ont baissé.Les clients reviennent."}"#,
        "",
        r#"{"id": "two", "to": "fr"}"#,
        "not json",
        r#"{"id": 4, "to": "klingon", "target": "x"}"#,
        r#"{"id": 5, "from": "en", "to": "fr", "source": "He paid $5.", "target": "Il a payé 5 dollars.", "expect": {"brief": 1, "fact": [{"quantities": ["5 USD"]}]}}"#,
        r#"{"id": 6, "to": "fr", "target": "x", "expect": {"brief": 7}}"#,
    ];
    let output = run(&["batch"], lines.join("\n").as_bytes());
    assert_eq!(code(&output), 0);
    let answers: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!("two"), &Value::Null, &json!(4), &json!(5), &json!(6)]);
    assert!(answers[1]["error"].as_str().unwrap().contains("missing field `target`"));
    assert!(answers[2].get("id").is_none() && answers[2]["error"].is_string());
    assert!(answers[3]["error"].as_str().unwrap().contains("unknown language \"klingon\""));
    assert!(answers[5]["error"].as_str().unwrap().contains("`brief = 1`"));
    let first = &answers[0];
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "from", "to", "words", "segments", "aligned", "score", "diagnostics"]);
    let found = &first["diagnostics"][0];
    assert_eq!(found["rule"], "typography/sentences-glued");
    assert_eq!(
        (&found["start"], &found["end"], &found["line"], &found["column"]),
        (&json!(13), &json!(24), &json!(1), &json!(14))
    );
    assert_eq!(
        (&found["severity"], &found["tier"], &found["category"]),
        (&json!("minor"), &json!("gate"), &json!("punctuation"))
    );
    assert_eq!(found["suggestion"], "baissé. Les");
    assert_eq!(answers[4]["facts"][0]["verdict"], "kept", "{}", answers[4]);
    assert!(answers[4]["aligned"].is_number());
}

#[test]
fn batch_keeps_the_order_of_many_lines() {
    let line = |id: usize| json!({"id": id, "to": "fr", "target": "Un mot. ".repeat(id % 7 * 20)}).to_string();
    let lines = (0..500).map(line).collect::<Vec<_>>().join("\n");
    let output = run(&["batch", "--jobs", "4"], lines.as_bytes());
    let ids: Vec<u64> =
        text(&output.stdout).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..500).collect::<Vec<u64>>());
}

#[test]
fn check_writes_the_json_of_the_contract() {
    let folder = folder("json");
    let target = file(&folder, "a.md", "# Un titre\n\nLes prix ont **baissé.Les** clients reviennent.\n".as_bytes());
    let output = run(&["check", &target, "--to", "fr", "--format", "json"], b"");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], "contresens/1");
    let document = &report["documents"][0];
    assert_eq!(document["path"], json!(target));
    let found = &document["diagnostics"][0];
    let raw = fs::read_to_string(&target).unwrap();
    let span = found["start"].as_u64().unwrap() as usize..found["end"].as_u64().unwrap() as usize;
    assert_eq!(&raw[span], "baissé.Les");
    assert_eq!((&found["line"], &found["column"]), (&json!(3), &json!(16)));
}

#[test]
fn the_small_commands_answer() {
    let folder = folder("small");
    let zh = file(&folder, "a.zh.txt", "特斯拉的股价昨天上涨了5%。微软的股价在盘中下跌。\n".as_bytes());
    let fr = file(
        &folder,
        "a.fr.txt",
        "Le cours de Tesla a grimpé hier de 5 %. Celui de Microsoft a reculé pendant la séance.\n".as_bytes(),
    );
    let detected = text(&run(&["detect", &zh, &fr], b"").stdout);
    let tags: Vec<&str> = detected.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(tags, ["zh", "fr"]);
    let lines = text(&run(&["detect", "--lines"], "The president spoke on Thursday\n\nЭто новость дня\n".as_bytes()).stdout);
    let tags: Vec<&str> = lines.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(tags, ["en", "und", "ru"]);
    let cut = text(&run(&["segment", &fr], b"").stdout);
    assert_eq!(cut, "0\t40\tLe cours de Tesla a grimpé hier de 5 %.\n41\t89\tCelui de Microsoft a reculé pendant la séance.\n");
    let beads = text(&run(&["align", &zh, &fr], b"").stdout);
    assert_eq!(beads.lines().count(), 2, "{beads}");
    assert!(beads.starts_with("1-1\t"), "{beads}");
    let line = r#"{"id": 7, "from": "en", "to": "fr", "source": ["One.", "Two."], "target": ["Un.", "", "Deux."]}"#;
    let answer: Value = serde_json::from_slice(&run(&["align", "--jsonl"], line.as_bytes()).stdout).unwrap();
    let beads = answer["beads"].as_array().unwrap();
    let side = |number: usize| {
        beads
            .iter()
            .flat_map(|bead| bead[number].as_array().unwrap().clone())
            .filter_map(|index| index.as_u64())
            .collect::<Vec<_>>()
    };
    assert_eq!((side(0), side(1)), (vec![0, 1], vec![0, 1, 2]), "every index once, in order");
    let explained = text(&run(&["explain", "idioms/literal-idiom"], b"").stdout);
    assert!(explained.contains("bad     ") && explained.contains("word for word"));
    assert!(text(&run(&["rules"], b"").stdout).lines().count() >= 40);
    assert!(
        serde_json::from_slice::<Value>(&run(&["rules", "--format", "json"], b"").stdout).unwrap().as_array().unwrap().len()
            >= 40
    );
}

/// Two small articles in which two sentences became one.
fn mayor(folder: &Path) -> (String, String) {
    let source = "The mayor resigned on Monday. Nobody was hurt in the fire. Schools stay shut.\n";
    let target = "Le maire a démissionné lundi. Personne n'a été blessé, et les écoles restent fermées.\n";
    (file(folder, "a.en.txt", source.as_bytes()), file(folder, "a.fr.txt", target.as_bytes()))
}

#[test]
fn the_example_of_align_is_what_it_prints() {
    let (source, target) = mayor(&folder("align-example"));
    let help = text(&run(&["align", "--help"], b"").stdout);
    let printed = text(&run(&["align", &source, &target, "--format", "text"], b"").stdout);
    assert!(printed.lines().count() >= 4, "{printed}");
    // Confidences move a little with what the corpus learns.
    for line in printed.lines().filter(|line| !line.is_empty()) {
        let columns = &line[6..];
        assert!(help.contains(columns), "{columns:?} is not in {help}");
    }
}

#[test]
fn beads_are_written_in_every_format() {
    let folder = folder("align-formats");
    let (source, target) = mayor(&folder);
    let align = |arguments: &[&str]| {
        let output = run(&[&["align", &source, &target, "--from", "en", "--to", "fr"], arguments].concat(), b"");
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let rows: Vec<Vec<String>> = align(&[]).lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>()).collect();
    assert_eq!(rows.iter().map(|row| (row.len(), row[0].as_str())).collect::<Vec<_>>(), [(4, "1-1"), (4, "2-1")]);
    assert_eq!(rows[1][2], "Nobody was hurt in the fire. Schools stay shut.");
    let json: Value = serde_json::from_str(&align(&["--format", "json"])).unwrap();
    assert_eq!((&json["from"], &json["beads"][1][0], &json["beads"][1][1]), (&json!("en"), &json!([1, 2]), &json!([1])));
    assert_eq!(json["source"].as_array().unwrap().len(), 3);
    let written = folder.join("a.tmx").display().to_string();
    align(&["--format", "tmx", "--output", &written]);
    let memory = fs::read_to_string(&written).unwrap();
    assert_eq!(memory.matches("<tu>").count(), 2, "{memory}");
    assert!(memory.contains("<tuv xml:lang=\"en\"><seg>The mayor resigned on Monday.</seg></tuv>"), "{memory}");
}

#[test]
fn markup_is_escaped_in_a_memory_and_gaps_are_left_out() {
    let folder = folder("align-tmx");
    let source = file(&folder, "a.md", "# Prices & wages\n\nShares of **AT&T** fell by 12% on Monday.\n".as_bytes());
    let target = file(
        &folder,
        "b.md",
        "# Prix & salaires\n\nL'action d'**AT&T** a perdu 12 % lundi.\n\nAbonnez-vous à notre lettre <b>gratuite</b>.\n"
            .as_bytes(),
    );
    let memory = text(&run(&["align", &source, &target, "--from", "en", "--to", "fr", "--format", "tmx"], b"").stdout);
    assert!(memory.contains("<seg>L'action d'AT&amp;T a perdu 12 % lundi.</seg>"), "{memory}");
    assert!(!memory.contains("gratuite"), "{memory}");
}

#[test]
fn segmented_texts_keep_their_lines() {
    let folder = folder("align-segmented");
    let source = file(&folder, "a.txt", "The mayor resigned. He was tired.\n\nSchools stay shut.\n".as_bytes());
    let target = file(&folder, "b.txt", "Le maire a démissionné. Il était fatigué.\nLes écoles restent fermées.\n".as_bytes());
    let beads = text(&run(&["align", &source, &target, "--from", "en", "--to", "fr", "--segmented"], b"").stdout);
    let kinds: Vec<&str> = beads.lines().filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(kinds, ["1-1", "1-1"], "{beads}");
    assert!(beads.contains("The mayor resigned. He was tired.\tLe maire a démissionné. Il était fatigué."), "{beads}");
}

#[test]
fn a_word_list_tells_what_the_corpus_does_not_know() {
    let folder = folder("lexicon");
    // Made-up words, so that nothing but the list can pair them.
    let line = json!({"id": 1, "from": "en", "to": "fr",
        "source": ["Zorba plimmed the quosk.", "Vexil dratted a wumble."],
        "target": ["Il faut que tout cela cesse maintenant.", "Ghila tirbait le mosnard.", "Oupin crivelle une foltaine."]})
    .to_string();
    let words =
        "# house words\nen\tfr\nplim\ttirber; tirbait\nplimmed\ttirbait\nquosk\tmosnard\ndratted\tcrivelle\nwumble\tfoltaine\n";
    let list = file(&folder, "list.tsv", words.as_bytes());
    let beads = |arguments: &[&str]| {
        let answer: Value =
            serde_json::from_slice(&run(&[&["align", "--jsonl"], arguments].concat(), line.as_bytes()).stdout).unwrap();
        answer["beads"].to_string()
    };
    assert_eq!(beads(&["--lexicon", &list]), "[[[],[0]],[[0],[1]],[[1],[2]]]");
    assert_ne!(beads(&[]), beads(&["--lexicon", &list]));
    // A list of another pair of languages changes nothing.
    let other = file(&folder, "en-de.tsv", b"quosk\tcela\n");
    assert_eq!(beads(&["--lexicon", &other]), beads(&[]));
    // The layout of CC-CEDICT, with and without tabs.
    let cedict = file(&folder, "c.u8", "市長 市长 [shi4 zhang3] /mayor/\n區長\t区长\tqu1 zhang3\tdistrict head\n".as_bytes());
    assert_eq!(code(&run(&["align", "--jsonl", "--lexicon", &cedict, "--lexicon", &list], line.as_bytes())), 0);
}

#[test]
fn a_broken_word_list_is_told_with_its_line() {
    let folder = folder("broken-lexicon");
    let article = file(&folder, "a.txt", "Le président a parlé.\n".as_bytes());
    let cases: &[(&str, &[u8], &str)] = &[
        ("a.tsv", b"mayor\tmaire\nschool ecole\n", "a.tsv:2: expected two cells divided by a tab, or a row of CC-CEDICT"),
        ("b.tsv", b"# words\nmayor\t\n", "b.tsv:2: expected an expression in both columns"),
        ("c.tsv", b"mayor\tmaire\n\nschool\t\xe9cole\n", "c.tsv:3: expected text in UTF-8"),
    ];
    for (name, bytes, expected) in cases {
        let list = file(&folder, name, bytes);
        for command in [&["check", article.as_str()][..], &["batch"], &["align", article.as_str(), article.as_str()]] {
            let output = run(&[command, &["--lexicon", &list]].concat(), b"");
            assert_eq!(code(&output), 2, "{command:?} {name}");
            assert!(text(&output.stderr).contains(expected), "{command:?} says {:?}", text(&output.stderr));
        }
    }
    let missing = run(&["batch", "--lexicon", "no/such/list.tsv"], b"");
    assert!(text(&missing.stderr).contains("no/such/list.tsv: cannot be read"));
}

#[test]
fn what_cannot_be_compared_in_a_language_is_said() {
    let folder = folder("uncompared");
    let target = file(&folder, "ro.txt", "Prețul a crescut cu 40 la sută în martie. Nu este adevărat.".as_bytes());
    let source = file(&folder, "en.txt", b"The price rose by 30 percent in May. It is true.");
    let output = run(&["check", &target, "--source", &source, "--from", "en", "--to", "ro"], b"");
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("numbers were not compared: there is no table of them for Romanian"), "{said}");
    assert!(said.contains("denials were not compared"), "{said}");
    assert!(!said.contains("English"), "{said}");
}
