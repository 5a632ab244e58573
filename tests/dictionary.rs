//! Spelling dictionaries that a user brings.

mod common;

use common::Folder;

const ARTICLE: &str = "Le ministère a annoncé un élargissement du réseau. Les élvèes du quartier iront à pied à l'école.\n";

/// A folder with an article and a dictionary of its words in ISO 8859-1.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let words = "ministère annoncé élargissement réseau élèves quartier iront pied école";
    let list = format!("9\n{}\n", words.replace(' ', "\n"));
    let latin: Vec<u8> = list.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    folder.write("a.fr.txt", ARTICLE).write("fr_FR.aff", "SET ISO8859-1\n").write("fr_FR.dic", &latin);
    folder
}

#[test]
fn a_word_that_is_in_no_dictionary_is_told_with_its_neighbour() {
    let folder = folder("dictionary");
    let ran = folder.run(&["check", "--to", "fr", "--dictionary", "fr_FR.dic", "a.fr.txt"]);
    assert!(
        ran.out.contains("garble/unknown-word") && ran.out.contains("\"élvèes\" is in no dictionary"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(ran.out.contains("write: élèves") && ran.out.matches("unknown-word").count() == 1, "{}", ran.out);
    assert_eq!(ran.code, 0, "advice fails nothing");
    assert!(!folder.run(&["check", "--to", "fr", "a.fr.txt"]).out.contains("unknown-word"), "nothing without a dictionary");
}

#[test]
fn a_configuration_names_dictionaries_from_its_folder() {
    let folder = folder("dictionary-config");
    folder.write("contresens.toml", "to = \"fr\"\ndictionaries = [\"fr_FR.dic\"]\n");
    assert!(folder.run(&["check", "a.fr.txt"]).out.contains("unknown-word"));
}

#[test]
fn what_is_no_dictionary_is_told() {
    let folder = folder("dictionary-broken");
    folder.write("words.dic", "1\nmot\n").write("words.aff", "").write("de.dic", "1\nWort\n");
    for (name, expected) in [
        ("words.dic", "words.dic: its name says no language that is known; expected a dictionary of hunspell"),
        ("de.dic", "de.aff: cannot be read"),
        ("it.dic", "cannot be read"),
    ] {
        let ran = folder.run(&["check", "--to", "fr", "--dictionary", name, "a.fr.txt"]);
        assert!(ran.code == 2 && ran.err.contains(expected), "{name}: {}", ran.err);
    }
}

/// Words in the layout of the French dictionary of Dicollecte: each says what it is, and so do the endings.
const RULES: &str = "SET UTF-8\nFLAG long\nNEEDAFFIX ()\nSFX S. Y 2\nSFX S. 0 0 [^sxz] is:sg\nSFX S. 0 s [^sxz] is:pl\n\
    SFX a0 Y 1\nSFX a0 er e er po:ipre po:3sg\n";
const WORDS: &str = "4\nchaudière/S.() po:nom is:fem\nradiateur/S.() po:nom is:mas\nfuite/S.() po:nom is:fem\nfuiter/a0 po:v1\n";

#[test]
fn a_dictionary_that_says_what_its_words_are_tells_which_do_not_agree() {
    let folder = Folder::new("dictionary-agreement");
    folder
        .write("fr.aff", RULES)
        .write("fr.dic", WORDS)
        .write("a.fr.txt", "Il répare le chaudière et les radiateur. Elle le fuite.\n");
    let ran = folder.run(&["check", "--to", "fr", "--dictionary", "fr.dic", "a.fr.txt"]);
    assert!(ran.out.contains("\"le\" is masculine singular, \"chaudière\" is feminine singular"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("write: la chaudière") && ran.out.contains("write: les radiateurs"), "{}", ran.out);
    assert_eq!(ran.out.matches("determiner-mismatched").count(), 2, "a pronoun before its verb: {}", ran.out);
    assert!(!folder.run(&["check", "--to", "fr", "a.fr.txt"]).out.contains("chaudière"), "nothing without a dictionary");
}
