//! Texts that were made to break a program, and files that are not what they seem: each is checked or refused with a reason,
//! and none keeps the program busy for ever. `scripts/hostile.sh` has the same at full size.

mod common;

use common::{Folder, Ran};
use serde_json::{Value, json};
use std::fs;

/// Bytes of a hostile text: several of the longest sentences. What grows with the square of a text shows at full size only.
const SIZE: usize = 8_000;

fn many(text: &str) -> String {
    text.repeat(SIZE / text.len())
}

/// The answers of `batch` to targets with their sources.
fn answers(folder: &Folder, pairs: &[(&str, String, Option<String>)]) -> Vec<Value> {
    let line = |(id, target, source): &(&str, String, Option<String>)| {
        json!({"id": id, "to": "fr", "from": "en", "target": target, "source": source}).to_string() + "\n"
    };
    let ran = folder.run_with(&["batch", "--time-limit", "0"], &pairs.iter().map(line).collect::<String>());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), pairs.len());
    answers
}

fn assert_checked(name: &str, pairs: &[(&str, String, Option<String>)]) {
    for (answer, (id, target, _)) in answers(&Folder::new(name), pairs).iter().zip(pairs) {
        assert_eq!(answer["id"], *id);
        assert_eq!(answer["error"], Value::Null, "{id}");
        for one in answer["diagnostics"].as_array().unwrap() {
            let (start, end) = (one["start"].as_u64().unwrap() as usize, one["end"].as_u64().unwrap() as usize);
            assert!(target.get(start..end).is_some(), "{id}: {one}");
        }
    }
}

#[test]
fn one_sign_again_and_again_is_checked() {
    let signs = [
        "a",
        "A",
        "é",
        "la",
        "7",
        "7 ",
        "7,",
        "777.",
        "7/",
        "7-",
        "07 ",
        "$7 ",
        "一",
        "三万",
        "中",
        "不如",
        "カ",
        "ก",
        "رئيس ",
        "\"",
        "\"a ",
        "« ",
        "» ",
        "« a » ",
        "“",
        "'",
        "l'",
        "(",
        ")",
        "(a ",
        "()",
        "[",
        ".",
        ". ",
        "…",
        "?",
        "a?",
        "a,",
        "a, ",
        "a: ",
        "-",
        "a-",
        "a/",
        "&",
        "&a",
        "<",
        "<a ",
        "\\",
        "M. ",
        "A.",
        "a. ",
        "mot.Mot",
        "• ",
        "- a\n",
        "1. a\n",
        "a) ",
        "\n",
        "a\n",
        " ",
        "\u{a0}",
        "\u{200b}",
        "\u{202e}",
        "\u{fffd}",
        "Ã©",
        "Ã",
        "🙂",
        "👩\u{200d}",
        "a中б",
        "aа ",
    ];
    let texts: Vec<(&str, String, Option<String>)> = signs.iter().map(|sign| (*sign, many(sign), None)).collect();
    assert_checked("signs", &texts);
}

#[test]
fn one_word_or_sentence_again_and_again_is_checked() {
    let words = [
        "mot ",
        "le ",
        "ha hi ",
        "cent ",
        "deux mille ",
        "milliards de ",
        "12 mars 2024 ",
        "du 12 au ",
        "lundi ",
        "ne pas ",
        "plus que ",
        "hausse baisse ",
        "Marie Dupont ",
        "mot (mot) ",
        "OM (",
        "Oui. ",
        "the minister of ",
        "si ",
        "je ",
        "a-t-il dit, ",
        "mieux vaut a que b, ",
        "« Oui », dit-il. ",
        "bête mangeuse d'or ",
        "Le ministre a présenté mardi un plan de 12 millions d'euros. ",
    ];
    let mut texts: Vec<(&str, String, Option<String>)> = words.iter().map(|word| (*word, many(word), None)).collect();
    texts.extend(words.iter().map(|word| (*word, many(word), Some(many("The minister presented a plan. ")))));
    assert_checked("words", &texts);
}

/// Words of letters drawn by a small generator: no two texts of names, numbers and quotations need be alike.
fn words(count: usize, mut seed: u64) -> Vec<String> {
    let letter = |seed: &mut u64| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        b"aeioubcdfglmnprst"[(*seed >> 33) as usize % 17] as char
    };
    (0..count).map(|_| (0..7).map(|_| letter(&mut seed)).collect()).collect()
}

#[test]
fn no_two_words_alike_are_checked() {
    let capital = |word: &String| word[..1].to_uppercase() + &word[1..];
    let form = |seed: u64, form: &dyn Fn(&str, &str) -> String| -> String {
        let (a, b) = (words(SIZE / 40, seed), words(SIZE / 40, seed + 1));
        a.iter().zip(&b).map(|(a, b)| form(&capital(a), &capital(b))).collect()
    };
    let numbered = |what: &str| (0..SIZE / 12).map(|n| format!("{n} {what}, ")).collect::<Vec<_>>().concat();
    let names = |seed| form(seed, &|a, b| format!("Le ministre {a} {b} a parlé. "));
    let english = |seed| form(seed, &|a, b| format!("The minister {a} {b} has spoken. "));
    let texts = [
        ("names", names(1), None),
        ("names of both sides", names(1), Some(english(1))),
        ("names of one side", names(1), Some(english(7))),
        ("acronyms", form(3, &|a, b| format!("{} ({}), ", a.to_uppercase(), b.to_uppercase())), None),
        ("hyphens", form(3, &|a, b| format!("le {a}-{b} ")), None),
        ("quotations", form(3, &|a, b| format!("« {a} {b} » ")), Some(form(3, &|a, b| format!("\"{a} {b}\" ")))),
        ("one word", words(SIZE / 7, 5).concat(), None),
        ("numbers", numbered("villes"), Some(numbered("towns"))),
        ("a sentence for a text", "Oui.".to_owned(), Some(english(7))),
        ("a text for a sentence", names(1), Some("Yes.".to_owned())),
    ];
    assert_checked("different", &texts);
}

#[test]
fn marks_pile_up_on_one_letter() {
    let pile = |letter: &str| letter.to_owned() + &"\u{301}\u{316}".repeat(SIZE / 4);
    let texts = [
        ("one letter", pile("e"), None),
        ("each letter", many("e\u{301}\u{302}\u{316} "), None),
        ("both sides", format!("Le pr{}sident parle.", pile("e")), Some(format!("The pr{}sident speaks.", pile("e")))),
    ];
    assert_checked("marks", &texts);
}

fn check(folder: &Folder, file: &str, bytes: &[u8]) -> Ran {
    fs::write(folder.path.join(file), bytes).unwrap();
    folder.run(&["check", file, "--to", "fr", "--fail-on", "never", "--format", "json", "--time-limit", "0"])
}

#[test]
fn deep_markup_is_read_or_refused() {
    let folder = Folder::new("deep");
    let nested = |open: &str, close: &str| format!("{}Le mot.{}", open.repeat(100_000), close.repeat(100_000));
    assert_eq!(check(&folder, "a.html", nested("<div>", "</div>").as_bytes()).code, 0);
    assert_eq!(check(&folder, "b.html", nested("<ul><li>", "").as_bytes()).code, 0);
    assert_eq!(check(&folder, "c.html", nested("<span>", "</span>").as_bytes()).code, 0);
    assert_eq!(check(&folder, "a.md", nested("> ", "").as_bytes()).code, 0);
    assert_eq!(check(&folder, "b.md", ("[".repeat(10_000) + "mot" + &"](a)".repeat(10_000)).as_bytes()).code, 0);
    let target = |inside: &str| {
        format!(
            "<xliff version='1.2'><file source-language='en' target-language='fr'><body><trans-unit><source>A</source><target>{inside}</target></trans-unit></body></file></xliff>"
        )
    };
    assert_eq!(check(&folder, "a.xlf", target(&nested("<g>", "</g>")).as_bytes()).code, 0);
    let json = check(&folder, "a.json", nested("[", "]").replace("Le mot.", "\"Le mot.\"").as_bytes());
    assert_eq!(json.code, 2);
    assert!(json.err.contains("a.json:1: expected at most 64"), "{}", json.err);
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert_eq!(check(&folder, "b.json", objects.as_bytes()).code, 2);
}

#[test]
fn entities_of_xml_neither_expand_nor_fetch() {
    let folder = Folder::new("entities");
    folder.write("secret.txt", "le secret");
    let lol: Vec<String> = (1..30).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    let lol = lol.concat();
    let file = |types: &str, entity: &str| {
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE xliff [{types}]><xliff version='1.2'><file source-language='en' target-language='fr'><body>\n<trans-unit><source>A</source><target>Un mot &{entity};.</target></trans-unit></body></file></xliff>"
        )
    };
    for (name, text, entity) in [
        ("bomb.xlf", file(&format!("<!ENTITY l0 \"lol\">{lol}"), "l29"), "l29"),
        ("outside.xlf", file("<!ENTITY x SYSTEM \"secret.txt\">", "x"), "x"),
        ("parameter.xlf", file("<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;", "q"), "q"),
    ] {
        let ran = check(&folder, name, text.as_bytes());
        assert_eq!(ran.code, 2, "{name}: {}", ran.out);
        assert!(ran.err.contains(name) && ran.err.contains(entity) && !ran.err.contains("le secret"), "{}", ran.err);
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let folder = Folder::new("bytes");
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let found = |ran: &Ran| -> Vec<String> {
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let all = report["documents"][0]["diagnostics"].as_array().unwrap().clone();
        all.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
    };
    // Half of a pair, and half of a unit.
    let broken = [&[0xFF, 0xFE][..], &utf16("Le mot "), &[0x3D, 0xD8], &utf16(" est perdu."), &[0x41]].concat();
    let ran = check(&folder, "utf16.txt", &broken);
    assert!(found(&ran).contains(&"encoding/replacement-character".to_owned()), "{}", ran.out);
    assert!(ran.out.contains("read as UTF-16LE, with bytes that it does not know"), "{}", ran.out);
    // The first mark is the file's, a second one stands in the text.
    let doubled = check(&folder, "doubled.txt", "\u{FEFF}\u{FEFF}Le maire a parlé jeudi.".as_bytes());
    assert_eq!(found(&doubled), ["encoding/invisible-character"], "{}", doubled.out);
    let other = [&[0xEF, 0xBB, 0xBF, 0xFF, 0xFE][..], b"Le maire a parle jeudi."].concat();
    assert!(found(&check(&folder, "other.txt", &other)).contains(&"encoding/replacement-character".to_owned()));
    for (name, bytes) in
        [("only.txt", &[0xEF, 0xBB, 0xBF][..]), ("empty16.txt", &[0xFF, 0xFE]), ("half.txt", &[0xFE, 0xFF, 0x00])]
    {
        assert_eq!(check(&folder, name, bytes).code, 0, "{name}");
    }
    assert_eq!(check(&folder, "utf32.txt", &[0x00, 0x00, 0xFE, 0xFF, 0x00, 0x00, 0x00, 0x41]).code, 2);
}

#[test]
fn controls_that_turn_the_text_round_fail_the_gate() {
    let folder = Folder::new("bidi");
    folder.write("a.txt", "La facture de Paul est de \u{202E}0001\u{202C} euros.\n");
    folder.write("b.txt", "قال الوزير \u{202B}إن\u{202C} الخطة جاهزة اليوم.\n");
    assert_eq!(folder.run(&["check", "a.txt", "--to", "fr"]).code, 1);
    assert_eq!(folder.run(&["check", "b.txt", "--to", "ar"]).code, 0);
    let found = folder.found(&["a.txt", "--to", "fr"]);
    assert_eq!(found[0].1, ["encoding/bidi-override", "encoding/invisible-character"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_in_a_folder_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    folder.write("texts/a.txt", "Le maire a parlé jeudi devant les députés.\n");
    symlink("..", folder.path.join("texts/up")).unwrap();
    symlink("self.txt", folder.path.join("texts/self.txt")).unwrap();
    symlink("nowhere.txt", folder.path.join("texts/dangling.txt")).unwrap();
    assert_eq!(folder.found(&["texts", "--to", "fr"]).len(), 1);
    let named = folder.run(&["check", "texts/self.txt"]);
    assert_eq!(named.code, 2);
    assert!(named.err.contains("texts/self.txt: cannot be read"), "{}", named.err);
}
