//! Alignment as people meet it: passages that were moved, and vectors of a model of their own.

mod common;

use common::Folder;
use serde_json::{Value, json};

const SOURCE: [&str; 6] = [
    "The tram line between Harwell and the port will open on 14 September. It cost the city 380 million euros.",
    "The first tests began in May. Drivers from Lyon trained 45 colleagues for three months.",
    "Shopkeepers on Mill Street are less happy. Their sales fell by 22 percent during the works, and 9 shops closed for good.",
    "The mayor, Ellen Brandt, promised them 1.5 million euros in aid. The money will be paid before the winter.",
    "The line has 17 stops and runs every six minutes. A ticket costs 2 euros and is valid for one hour.",
    "A second line to the university is planned for 2031. The council votes on it in December.",
];

const TARGET: [&str; 6] = [
    "La ligne de tramway entre Harwell et le port ouvrira le 14 septembre. Elle a coûté 380 millions d'euros à la ville.",
    "Les premiers essais ont commencé en mai. Des conducteurs de Lyon ont formé 45 collègues pendant trois mois.",
    "Les commerçants de Mill Street sont moins contents. Leurs ventes ont baissé de 22 % pendant les travaux, et 9 magasins ont fermé pour de bon.",
    "La maire, Ellen Brandt, leur a promis une aide de 1,5 million d'euros. L'argent sera versé avant l'hiver.",
    "La ligne compte 17 arrêts, avec un passage toutes les six minutes. Un billet coûte 2 euros et reste valable une heure.",
    "Une deuxième ligne vers l'université est prévue pour 2031. Le conseil vote à ce sujet en décembre.",
];

/// The translation with its paragraphs in another order.
fn ordered(order: [usize; 6]) -> Vec<&'static str> {
    order.into_iter().map(|paragraph| TARGET[paragraph]).collect()
}

/// What `batch` says of a translation whose paragraphs stand in this order.
fn checked(folder: &Folder, order: [usize; 6]) -> (String, Vec<Value>) {
    let (source, target) = (SOURCE.join("\n"), ordered(order).join("\n"));
    let line = json!({"id": 1, "from": "en", "to": "fr", "source": source, "target": target}).to_string();
    let ran = folder.run_with(&["batch"], &line);
    let answer: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
    (target, answer["diagnostics"].as_array().unwrap().clone())
}

/// The rules that concern what stands where, with what they mark.
fn marked<'t>(text: &'t str, diagnostics: &[Value]) -> Vec<(String, &'t str)> {
    let placed = |one: &&Value| one["rule"].as_str().is_some_and(|rule| rule.starts_with("struct") || rule.starts_with("compl"));
    let marked = diagnostics.iter().filter(placed).map(|one| {
        let place = |field: &str| one[field].as_u64().unwrap() as usize;
        (one["rule"].as_str().unwrap().to_owned(), &text[place("start")..place("end")])
    });
    marked.collect()
}

#[test]
fn a_moved_paragraph_is_neither_missing_nor_added() {
    let folder = Folder::new("moved");
    let (text, diagnostics) = checked(&folder, [0, 1, 3, 4, 5, 2]);
    assert_eq!(marked(&text, &diagnostics), [("structure/block-moved".to_owned(), TARGET[2])], "{diagnostics:#?}");
    let moved = diagnostics.iter().find(|one| one["rule"] == "structure/block-moved").unwrap();
    let source = SOURCE.join("\n");
    let place = |field: &str| moved["source"][field].as_u64().unwrap() as usize;
    assert_eq!(&source[place("start")..place("end")], SOURCE[2]);
    assert_eq!(moved["tier"], "advice");
    let message = moved["message"].as_str().unwrap();
    assert!(message.contains("Le conseil vote") && message.contains("Drivers from Lyon"), "both places: {message}");
}

#[test]
fn two_paragraphs_that_changed_places_are_told() {
    let folder = Folder::new("changed-places");
    let (text, diagnostics) = checked(&folder, [0, 2, 1, 3, 4, 5]);
    let marked = marked(&text, &diagnostics);
    let rules: Vec<&str> = marked.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["structure/block-moved"], "{diagnostics:#?}");
    assert!([TARGET[1], TARGET[2]].contains(&marked[0].1));
    let (text, diagnostics) = checked(&folder, [0, 1, 2, 3, 4, 5]);
    assert!(self::marked(&text, &diagnostics).is_empty(), "{diagnostics:#?}");
}

#[test]
fn moved_beads_stand_where_their_target_does() {
    let folder = Folder::new("moved-beads");
    let order = [0, 1, 3, 4, 5, 2];
    let line = json!({"id": 1, "from": "en", "to": "fr", "source": SOURCE, "target": ordered(order)}).to_string();
    let ran = folder.run_with(&["align", "--jsonl"], &line);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let expected: Vec<Value> = order.iter().enumerate().map(|(target, source)| json!([[source], [target]])).collect();
    assert_eq!(answer["beads"], Value::Array(expected));
    // With a gap beside it: every index stands exactly once, and the targets in order.
    let kept: Vec<&str> = [0, 1, 3, 4, 5].iter().map(|paragraph| SOURCE[*paragraph]).chain([SOURCE[2]]).collect();
    let line = json!({"id": 1, "from": "en", "to": "fr", "source": &kept[1..], "target": TARGET}).to_string();
    let answer: Value = serde_json::from_str(&folder.run_with(&["align", "--jsonl"], &line).out).unwrap();
    assert_eq!(answer["beads"].to_string(), "[[[],[0]],[[0],[1]],[[4],[2]],[[1],[3]],[[2],[4]],[[3],[5]]]");
}

#[test]
fn the_page_shows_a_moved_paragraph_beside_its_source() {
    let folder = Folder::new("moved-page");
    folder.write("a.en.txt", &SOURCE.join("\n\n")).write("a.fr.txt", &ordered([0, 1, 3, 4, 5, 2]).join("\n\n"));
    let ran = folder.run(&["check", "a.fr.txt", "--source", "a.en.txt", "--from", "en", "--to", "fr", "--format", "html"]);
    assert!(ran.out.contains("Shopkeepers on Mill Street") && ran.out.contains("Les commerçants de Mill Street"), "{}", ran.err);
}

#[cfg(feature = "vectors")]
mod vectors {
    use super::*;
    use std::fs;

    /// Words of two made-up languages: those of a line share a vector.
    const WORDS: [&[&str]; 8] = [
        &["plimmed", "tirbait"],
        &["quosk", "mosnard"],
        &["dratted", "crivelle"],
        &["wumble", "foltaine"],
        &["gribbed", "jambrait"],
        &["fentle", "choudin"],
        &["bouvrait"],
        &["pelcin"],
    ];

    /// Writes a model of these words; its table has `rows` rows.
    fn model(folder: &Folder, name: &str, rows: usize) {
        let (mut vocabulary, mut numbers) = (serde_json::Map::new(), vec![0.0f32; WORDS.len()]);
        vocabulary.insert("[UNK]".to_owned(), json!(0));
        for (meaning, words) in WORDS.iter().enumerate() {
            for word in *words {
                vocabulary.insert((*word).to_owned(), json!(vocabulary.len()));
                numbers.extend((0..WORDS.len()).map(|part| f32::from(u8::from(part == meaning))));
            }
        }
        numbers.truncate(rows * WORDS.len());
        let tokenizer = json!({"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
            "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
            "decoder": null, "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"}});
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let shape = [numbers.len() / WORDS.len(), WORDS.len()];
        let header = json!({"embeddings": {"dtype": "F32", "shape": shape, "data_offsets": [0, bytes.len()]}}).to_string();
        let tensors = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &bytes].concat();
        folder.write(&format!("{name}/tokenizer.json"), &tokenizer.to_string());
        folder.write(&format!("{name}/config.json"), r#"{"normalize": true}"#);
        fs::write(folder.path.join(name).join("model.safetensors"), tensors).unwrap();
    }

    const ALL: usize = 15;

    #[test]
    fn vectors_pair_what_nothing_else_does() {
        let folder = Folder::new("vectors");
        model(&folder, "model", ALL);
        let source = ["Zorba plimmed the quosk.", "Vexil dratted the wumble.", "Naddo gribbed the fentle."];
        let target = [
            "Ghila tirbait le mosnard.",
            "Sarta bouvrait le pelcin.",
            "Oupin crivelle la foltaine.",
            "Huyle jambrait le choudin.",
        ];
        let line = json!({"id": 1, "from": "en", "to": "fr", "source": source, "target": target}).to_string();
        let beads = |arguments: &[&str]| {
            let ran = folder.run_with(&[&["align", "--jsonl"], arguments].concat(), &line);
            serde_json::from_str::<Value>(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))["beads"].to_string()
        };
        let expected = "[[[0],[0]],[[],[1]],[[1],[2]],[[2],[3]]]";
        assert_eq!(beads(&["--vectors", "model"]), expected);
        assert_ne!(beads(&[]), expected);
        // The checks use the same alignment.
        let line =
            json!({"id": 1, "from": "en", "to": "fr", "source": source.join("\n"), "target": target.join("\n")}).to_string();
        let aligned = |arguments: &[&str]| {
            let ran = folder.run_with(&[&["batch"], arguments].concat(), &line);
            serde_json::from_str::<Value>(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))["aligned"].as_f64().unwrap()
        };
        assert!(aligned(&["--vectors", "model"]) > aligned(&[]) + 0.1);
        folder.write("a.en.txt", &source.join("\n")).write("a.fr.txt", &target.join("\n"));
        let check = ["check", "a.fr.txt", "--source", "a.en.txt", "--to", "fr", "--format", "json", "--vectors", "model"];
        let ran = folder.run(&check);
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
        assert!(report["documents"][0]["aligned"].as_f64().unwrap() > 0.5, "{report}");
    }

    #[test]
    fn a_folder_that_holds_no_model_is_told_with_its_file() {
        let folder = Folder::new("no-vectors");
        folder.write("a.txt", "Le président a parlé.\n");
        for name in ["config", "tokenizer", "tensors", "named", "short"] {
            model(&folder, name, if name == "short" { ALL - 1 } else { ALL });
        }
        folder
            .write("config/config.json", "{")
            .write("tokenizer/tokenizer.json", "{}")
            .write("tensors/model.safetensors", "tensors");
        let header = r#"{"weights":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#;
        let tensors = [&(header.len() as u64).to_le_bytes(), header.as_bytes()].concat();
        fs::write(folder.path.join("named/model.safetensors"), tensors).unwrap();
        folder.write("partial/tokenizer.json", "{}");
        let cases = [
            ("nowhere", "nowhere/tokenizer.json: cannot be read"),
            ("partial", "partial/model.safetensors: cannot be read"),
            ("config", "config/config.json: expected JSON"),
            ("tokenizer", "tokenizer/tokenizer.json: expected a tokenizer"),
            ("tensors", "tensors/model.safetensors: expected tensors"),
            ("named", "named/model.safetensors: expected a tensor \"embeddings\""),
            ("short", "short/model.safetensors: expected 15 rows, one for each token of tokenizer.json"),
        ];
        for (name, expected) in cases {
            for command in [&["check", "a.txt"][..], &["batch"], &["align", "a.txt", "a.txt"]] {
                let ran = folder.run(&[command, &["--vectors", name]].concat());
                assert_eq!(ran.code, 2, "{command:?} {name}");
                assert!(ran.err.contains(expected), "{command:?} says {:?}", ran.err);
            }
        }
    }
}

#[cfg(not(feature = "vectors"))]
#[test]
fn without_the_feature_there_is_no_flag() {
    let ran = Folder::new("no-flag").run(&["batch", "--vectors", "model"]);
    assert!(ran.code == 2 && ran.err.contains("unexpected argument '--vectors'"), "{ran:?}");
}
