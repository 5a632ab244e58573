//! Names that were changed, and quotations that lost their marks: what is told, and what is let pass.

use contresens::input::{Format, parse};
use contresens::mqm::Tier;
use contresens::{Check, Checker, Corpus};

/// What the rules of two families find: rule and words.
fn found(checker: &Checker, langs: &str, source: &str, target: &str) -> Vec<(&'static str, String)> {
    let (from, to) = langs.split_once('>').unwrap();
    let (target, source) = (parse(target.to_owned(), Format::Plain), parse(source.to_owned(), Format::Plain));
    let check = Check { target: Some(&target), source: Some(&source), brief: None, from: Some(from), to: Some(to) };
    let report = checker.check(&check).unwrap_or_else(|error| panic!("{error}"));
    let own = report.diagnostics.iter().filter(|one| one.rule.starts_with("names/") || one.rule.starts_with("quotations/"));
    own.map(|one| (one.rule, one.span.of(&target.text).to_owned())).collect()
}

/// Languages, source, translation, and what is found: the rule and the words.
type Case<'c> = (&'c str, &'c str, &'c str, &'c [(&'c str, &'c str)]);

fn check_all(cases: &[Case]) {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    for (langs, source, target, wanted) in cases {
        let got = found(&checker, langs, source, target);
        let got: Vec<(&str, &str)> = got.iter().map(|(rule, words)| (*rule, words.as_str())).collect();
        assert_eq!(got, *wanted, "{target}");
    }
}

#[test]
fn a_name_that_nothing_answers_to_is_told() {
    const CHANGED: &str = "names/name-changed";
    check_all(&[
        // Somebody for a place.
        (
            "en>fr",
            "The accident happened in Ashgrove Lane on Thursday at 7 pm.",
            "L'accident s'est produit à Bernard Keller jeudi à 19 heures.",
            &[(CHANGED, "Bernard Keller")],
        ),
        // A known place for somebody.
        (
            "de>fr",
            "Der Anwalt Martin Feldkamp wohnt seit 2012 neben dem Bahnhof.",
            "L'avocat Las Vegas habite depuis 2012 à côté de la gare.",
            &[(CHANGED, "Las Vegas")],
        ),
        // English that the English source does not have.
        (
            "en>fr",
            "The talks failed on Monday, the Harbour Gazette wrote in its 12 pages.",
            "Les discussions ont échoué lundi, a écrit le Western Railway Workers dans ses 12 pages.",
            &[(CHANGED, "Western Railway Workers")],
        ),
        // A name in Latin letters that only this sentence has lost.
        (
            "zh>fr",
            "警方星期五逮捕了Peter Hallgren，他今年20岁。\nPeter Hallgren住在里昂。",
            "La police a arrêté vendredi Thomas Whitfield, âgé de 20 ans.\nPeter Hallgren vit à Lyon.",
            &[(CHANGED, "Thomas Whitfield")],
        ),
        (
            "zh>en",
            "市长周五在里昂会见了设计师卡瓦利，谈了20分钟。",
            "On Friday the mayor met Heather Billings in Lyon for 20 minutes.",
            &[(CHANGED, "Heather Billings")],
        ),
    ]);
}

#[test]
fn a_name_written_otherwise_is_let_pass() {
    check_all(&[
        // By its sound, though one character is read otherwise elsewhere.
        (
            "zh>en",
            "市长周五在里昂会见了设计师卡瓦利，谈了20分钟。",
            "On Friday the mayor met Roberto Cavalli in Lyon for 20 minutes.",
            &[],
        ),
        ("zh>fr", "周日，伍兹在里昂赢得了第20场比赛。", "Dimanche, Woods a remporté son 20e match à Lyon.", &[]),
        // By its initials.
        ("en>es", "The GC meets in Madrid on 12 May.", "El Comité General se reúne en Madrid el 12 de mayo.", &[]),
        // A known name within a longer one.
        (
            "en>es",
            "The talks of US President Donald Trump in Singapore lasted 20 minutes.",
            "Las conversaciones del presidente de Estados Unidos Donald Trump en Singapur duraron 20 minutos.",
            &[],
        ),
        ("en>de", "He is a judge on the D.C. court since 2006.", "Er ist seit 2006 Richter am Gericht in Washington D.C.", &[]),
    ]);
}

#[test]
fn a_quotation_without_marks_is_told() {
    const UNMARKED: &str = "quotations/speech-unmarked";
    const LOST: &str = "quotations/quotation-lost";
    let scarred = "Nous avons besoin de 20 jours  , a déclaré lundi le maire de Lille.";
    let personal = "J'ai vendu ma maison à Lyon en 2019, a dit Paul.";
    let reported = "Le porte-parole n'a pas voulu commenter les 20 plaintes.";
    let closing = "Personne ne nous a aidés pendant deux ans.";
    let speech = format!("« Nous avons ouvert l'école le 3 mars.\n{closing}\nLe maire de Lille est parti à 12 h 30.");
    check_all(&[
        ("en>fr", "\"We need 20 days,\" the mayor of Lille said on Monday.", scarred, &[(UNMARKED, scarred)]),
        ("en>fr", "\"I sold my house in Lyon in 2019,\" said Paul.", personal, &[(UNMARKED, personal)]),
        ("en>fr", "\"We will not comment on the 20 complaints,\" said the spokesman.", reported, &[(LOST, reported)]),
        (
            "en>fr",
            "\"We opened the school on 3 March.\nNobody helped us for two years.\"\nThe mayor of Lille left at 12:30.",
            &speech,
            &[("quotations/quotation-unclosed", "« Nous"), (UNMARKED, closing)],
        ),
        (
            "en>fr",
            "Lyon 'would always regret' the 20 trams.",
            "Lyon  regretterait toujours  les 20 trams.",
            &[(UNMARKED, "Lyon  regretterait toujours  les 20 trams.")],
        ),
    ]);
}

#[test]
fn a_quotation_with_its_marks_is_let_pass() {
    check_all(&[
        ("en>fr", "Lyon 'would always regret' the 20 trams.", "Lyon « regretterait toujours » les 20 trams.", &[]),
        ("zh>fr", "他说:\"我们需要20天的时间来完成工作。\"", "Il a dit : « Il nous faut 20 jours pour finir le travail. »", &[]),
    ]);
}

/// Sentences in which somebody of `tests/names/zh.tsv` stands, in Chinese and in two languages.
const SAID: [(&str, &str, &str); 2] = [
    ("en", "{}昨天抵达里斯本，并会见了当地居民。", "{} arrived in Lisbon yesterday and met local residents."),
    (
        "fr",
        "法新社报道，{}周二在记者会上说，谈判仍在继续。",
        "Selon l'AFP, {} a déclaré mardi devant la presse que les négociations se poursuivaient.",
    ),
];

#[test]
fn people_of_the_news_are_known_by_their_sound() {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let rows: Vec<(&str, &str)> = include_str!("names/zh.tsv").lines().skip(2).filter_map(|row| row.split_once('\t')).collect();
    assert!(rows.len() > 100);
    let mut wrong = Vec::new();
    for ((to, source, target), (han, latin)) in rows.iter().flat_map(|row| SAID.iter().map(move |said| (*said, *row))) {
        let (source, target) = (source.replace("{}", han), target.replace("{}", latin));
        let (source, target) = (parse(source, Format::Plain), parse(target, Format::Plain));
        let check = Check { target: Some(&target), source: Some(&source), brief: None, from: Some("zh"), to: Some(to) };
        let report = checker.check(&check).unwrap();
        let alarms = report.diagnostics.iter().filter(|found| found.rule.starts_with("names/") && found.tier == Tier::Gate);
        wrong.extend(alarms.map(|found| format!("{han}: {}", found.message)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
