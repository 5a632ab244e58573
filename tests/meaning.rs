//! What a sentence says against what its source says: negation and opposites, in sentences written for this.

use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus};

/// The rules on meaning that a pair of texts raises, with the words they mark.
fn raised(langs: &str, source: &str, target: &str) -> Vec<(&'static str, String)> {
    let (from, to) = langs.split_once('>').expect("two languages");
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let (source, text) = (parse(source.to_owned(), Format::Plain), parse(target.to_owned(), Format::Plain));
    let check = Check { target: Some(&text), source: Some(&source), brief: None, from: Some(from), to: Some(to) };
    let report = checker.check(&check).unwrap_or_else(|error| panic!("{error}"));
    let meaning = report.diagnostics.iter().filter(|one| one.rule.starts_with("meaning/"));
    meaning.map(|one| (one.rule, target[one.span.start..one.span.end].to_owned())).collect()
}

fn assert_silent(pairs: &[(&str, &str, &str)]) {
    for (langs, source, target) in pairs {
        assert_eq!(raised(langs, source, target), [], "{langs}: {source:?} and {target:?}");
    }
}

#[test]
fn one_denial_of_two_that_is_lost_is_found() {
    let source = "The mayor of Lisbon did not resign, and the police did not arrest him.";
    let lost = raised("en>fr", source, "Le maire de Lisbonne n'a pas démissionné, et la police l'a arrêté.");
    assert_eq!(lost.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), ["meaning/statement-affirmed"]);
}

#[test]
fn words_that_deny_by_their_meaning_answer_a_denial() {
    assert_silent(&[
        ("en>fr", "The president of Portugal is unfit for the job.", "Le président du Portugal n'est pas apte à ce travail."),
        ("en>fr", "The police do not know the name of the driver.", "La police ignore le nom du conducteur."),
        ("en>es", "The plan of the Portuguese government is unworkable.", "El plan del gobierno portugués no es viable."),
        (
            "en>de",
            "Portugal has warned its citizens not to travel to Lisbon in May.",
            "Portugal hat seine Bürger davor gewarnt, im Mai nach Lissabon zu reisen.",
        ),
        ("de>fr", "Der Plan der portugiesischen Regierung ist unklar.", "Le plan du gouvernement portugais n'est pas clair."),
    ]);
}

#[test]
fn negations_that_agree_are_one() {
    assert_silent(&[
        ("en>es", "The mayor of Lisbon said nothing on Monday.", "El alcalde de Lisboa no dijo nada el lunes."),
        ("en>it", "The mayor of Lisbon never speaks on Monday.", "Il sindaco di Lisbona non parla mai di lunedì."),
        (
            "en>pt",
            "The mayor of Lisbon met nobody on Monday.",
            "O presidente da câmara de Lisboa não viu ninguém na segunda-feira.",
        ),
    ]);
}

/// The rules that tell of an opposite, without doubt or with.
const REVERSED: [&str; 2] = ["meaning/opposite-stated", "meaning/direction-reversed"];

#[test]
fn small_words_turned_round_are_found() {
    for (langs, source, target, word) in [
        (
            "en>fr",
            "The museum of Lisbon was closed after the fire.",
            "Le musée de Lisbonne était fermé avant l'incendie.",
            "avant",
        ),
        (
            "en>fr",
            "The mayor of Lisbon spoke in front of the museum.",
            "Le maire de Lisbonne a parlé derrière le musée.",
            "derrière",
        ),
        (
            "en>es",
            "The museum of Lisbon has more visitors in summer.",
            "El museo de Lisboa tiene menos visitantes en verano.",
            "menos",
        ),
        (
            "en>de",
            "The mayor of Lisbon was born 70 years ago.",
            "Der Bürgermeister von Lissabon wurde nach 70 Jahren geboren.",
            "nach",
        ),
        ("en>fr", "The mayor of Lisbon voted for the museum.", "Le maire de Lisbonne a voté contre le musée.", "contre"),
    ] {
        let found = raised(langs, source, target);
        assert!(found.iter().any(|(rule, span)| REVERSED.contains(rule) && span.contains(word)), "{target:?}: {found:?}");
    }
}

#[test]
fn what_a_good_translation_may_say_instead_is_no_opposite() {
    assert_silent(&[
        ("en>fr", "Lisbon won its match over Porto.", "Lisbonne a gagné son match contre Porto."),
        (
            "zh>fr",
            "市长参观了里斯本博物馆，随后离开了里斯本。",
            "Le maire a visité le musée de Lisbonne avant de quitter Lisbonne.",
        ),
        ("en>fr", "The mayor of Lisbon spoke before the court.", "Le maire de Lisbonne a parlé devant le tribunal."),
    ]);
}

#[test]
fn not_only_and_only_are_told_apart() {
    for (langs, source, target) in [
        (
            "en>fr",
            "The reform affects not only the mayors of Portugal but also the teachers.",
            "La réforme touche seulement les maires du Portugal et les professeurs.",
        ),
        ("zh>en", "葡萄牙政府不仅提高了税收。", "The Portuguese government only raised taxes."),
        (
            "ja>en",
            "改革はポルトガルの市長だけでなく、教師にも影響する。",
            "The reform affects only the mayors of Portugal and also teachers.",
        ),
        (
            "ru>fr",
            "Реформа касается не только мэров Португалии, но и учителей.",
            "La réforme concerne seulement les maires du Portugal et les enseignants.",
        ),
        (
            "en>de",
            "The reform affects only the mayors of Portugal.",
            "Die Reform betrifft nicht nur die Bürgermeister Portugals.",
        ),
    ] {
        let found = raised(langs, source, target);
        assert!(found.iter().any(|(rule, _)| *rule == "meaning/restriction-reversed"), "{target:?}: {found:?}");
    }
    assert_silent(&[
        (
            "en>fr",
            "The reform affects not only the mayors of Portugal but also the teachers.",
            "La réforme touche les maires du Portugal ainsi que les professeurs.",
        ),
        ("en>fr", "It was not only the mayor who resigned in Lisbon.", "Le maire n'a pas été le seul à démissionner à Lisbonne."),
        (
            "zh>en",
            "葡萄牙政府不仅提高了税收，还削减了养老金。",
            "Besides raising taxes, the Portuguese government also cut pensions.",
        ),
    ]);
}

#[test]
fn two_denials_that_affirm_are_not_answered_by_one() {
    for (langs, source, target) in [
        ("zh>en", "葡萄牙政府不得不提高税收。", "The Portuguese government did not raise taxes."),
        ("zh>fr", "里斯本居民无不支持市长。", "Les habitants de Lisbonne ne soutiennent pas le maire."),
        ("en>fr", "The mayor of Lisbon cannot but accept the plan.", "Le maire de Lisbonne ne peut pas accepter le plan."),
        ("ru>fr", "Мэр Лиссабона не мог не принять план.", "Le maire de Lisbonne ne pouvait pas accepter le plan."),
    ] {
        let found = raised(langs, source, target);
        assert_eq!(found.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), ["meaning/negation-added"], "{target:?}");
    }
    assert_silent(&[
        ("zh>en", "葡萄牙政府不得不提高税收。", "The Portuguese government had no choice but to raise taxes."),
        ("zh>fr", "市长不能不承认里斯本的问题。", "Le maire ne peut pas ne pas reconnaître les problèmes de Lisbonne."),
        ("es>en", "El alcalde de Lisboa no puede dejar de aceptar el plan.", "The mayor of Lisbon has to accept the plan."),
    ]);
}

#[test]
fn a_denial_until_then_is_an_affirmation_from_then_on() {
    let source = "The mayor of Lisbon will not resign until the vote in May.";
    let lost = raised("en>fr", source, "Le maire de Lisbonne démissionnera jusqu'au vote de mai.");
    assert_eq!(lost.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), ["meaning/negation-lost"]);
    assert_silent(&[
        ("en>fr", source, "Le maire de Lisbonne ne démissionnera qu'après le vote de mai."),
        ("en>fr", source, "Le maire de Lisbonne démissionnera seulement après le vote de mai."),
        ("en>de", source, "Der Bürgermeister von Lissabon tritt erst nach der Abstimmung im Mai zurück."),
        ("zh>en", "市长直到五月投票后才辞职。", "The mayor did not resign until after the vote in May."),
    ]);
}

#[test]
fn what_cannot_be_done_is_denied_in_chinese_and_what_only_looks_so_is_not() {
    for (source, target) in [
        ("里斯本银行撑不过五月。", "The bank of Lisbon will survive May."),
        ("里斯本的老人熬不过冬天。", "The elderly of Lisbon will survive the winter."),
        ("里斯本医院容不下这些病人。", "The hospital of Lisbon can hold these patients."),
        ("里斯本市长说不出理由。", "The mayor of Lisbon gave a reason."),
    ] {
        assert!(!raised("zh>en", source, target).is_empty(), "{source:?}");
    }
    assert_silent(&[
        ("zh>en", "不过，里斯本市长辞职了。", "However, the mayor of Lisbon resigned."),
        ("zh>en", "里斯本市长忍不住哭了。", "The mayor of Lisbon burst into tears."),
        ("zh>en", "里斯本市长只不过支持这项计划。", "The mayor of Lisbon merely supports the plan."),
        ("zh>en", "里斯本骑虎难下。", "Lisbon is stuck and cannot go back."),
    ]);
}

#[test]
fn an_opposite_is_found_among_words_of_one_expression() {
    for (langs, source, target) in [
        ("en>fr", "Shares of Nokia rose 3 percent on Monday.", "Les actions de Nokia ont chuté de 3 % lundi."),
        ("en>de", "The mayor accepted the offer of Lisbon.", "Der Bürgermeister lehnte das Angebot Lissabons ab."),
        (
            "en>es",
            "The mayor of Lisbon resigned before the election in May.",
            "El alcalde de Lisboa dimitió después de las elecciones de mayo.",
        ),
        ("zh>en", "45年前，里斯本博物馆开馆。", "The museum of Lisbon opened 45 years later."),
    ] {
        let found = raised(langs, source, target);
        assert!(found.iter().any(|(rule, _)| REVERSED.contains(rule)), "{target:?}: {found:?}");
    }
}

#[test]
fn a_denial_behind_its_verb_is_certain_too() {
    let (affirmed, denied) =
        ("The Portuguese government raises taxes in May.", "Die portugiesische Regierung erhöht im Mai die Steuern nicht.");
    let rules = |found: Vec<(&'static str, String)>| found.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert_eq!(rules(raised("de>en", denied, affirmed)), ["meaning/statement-affirmed"]);
    assert_eq!(rules(raised("en>de", affirmed, denied)), ["meaning/statement-denied"]);
    assert_silent(&[("de>en", denied, "The Portuguese government does not raise taxes in May.")]);
}
