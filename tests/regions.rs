//! One language, several countries: a region tag is read as its language, and figures as another country writes them raise no
//! alarm.

use contresens::input::{Format, parse};
use contresens::{Check, Checker, Corpus};

const FRENCH: &str = "L'économie a progressé de 3,5 % en 2023, a annoncé mardi l'institut. Les exportations ont atteint 1 250,75 millions \
    de dollars, et 12 500 emplois ont été créés. Le programme a coûté 2,5 milliards de dollars.";
const ENGLISH: &str = "The economy grew by 3.5 percent in 2023, the institute said on Tuesday. Exports reached 1,250.75 million dollars, \
    and 12,500 jobs were created. The programme cost 2.5 billion dollars.";

/// The gate findings on a translation, as `numbers/value-changed: message`.
fn alarms(from: &str, to: &str, source: &str, target: &str) -> Vec<String> {
    let corpus = Corpus::load(None).unwrap();
    let checker = Checker::new(&corpus).unwrap();
    let (source, target) = (parse(source.to_owned(), Format::Plain), parse(target.to_owned(), Format::Plain));
    let check = Check { target: Some(&target), source: Some(&source), brief: None, from: Some(from), to: Some(to) };
    let report = checker.check(&check).unwrap_or_else(|error| panic!("{from} > {to}: {error}"));
    assert_eq!((report.from.as_deref(), report.to.as_deref()), (from.split('-').next(), to.split('-').next()));
    report.diagnostics.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect()
}

#[test]
fn figures_of_every_country_are_read() {
    let cases = [
        (
            "es-ES",
            "La economía creció un 3,5 % en 2023, informó el martes el instituto. Las exportaciones llegaron a 1.250,75 millones de dólares y se crearon 12.500 empleos. El programa costó 2.500 millones de dólares.",
        ),
        (
            "es-MX",
            "La economía creció 3.5 por ciento en 2023, informó el martes el instituto. Las exportaciones llegaron a 1,250.75 millones de dólares y se crearon 12,500 empleos. El programa costó 2,500 millones de dólares.",
        ),
        (
            "pt-BR",
            "A economia cresceu 3,5% em 2023, informou o instituto na terça-feira. As exportações chegaram a 1.250,75 milhões de dólares, e 12.500 empregos foram criados. O programa custou 2,5 bilhões de dólares.",
        ),
        (
            "pt-PT",
            "A economia cresceu 3,5% em 2023, informou o instituto na terça-feira. As exportações atingiram 1250,75 milhões de dólares e foram criados 12 500 empregos. O programa custou 2,5 mil milhões de dólares.",
        ),
        (
            "de-CH",
            "Die Wirtschaft wuchs 2023 um 3,5 Prozent, wie das Institut am Dienstag mitteilte. Die Exporte erreichten 1'250.75 Millionen Dollar, und 12'500 Arbeitsplätze wurden geschaffen. Das Programm kostete 2,5 Milliarden Dollar.",
        ),
        (
            "de-AT",
            "Die Wirtschaft wuchs 2023 um 3,5 Prozent, wie das Institut am Dienstag mitteilte. Die Exporte erreichten 1.250,75 Millionen Dollar, und 12.500 Arbeitsplätze wurden geschaffen. Das Programm kostete 2,5 Milliarden Dollar.",
        ),
        (
            "fr-CA",
            "L'économie a progressé de 3,5 % en 2023, a annoncé mardi l'institut. Les exportations ont atteint 1 250,75 millions de dollars, et 12 500 emplois ont été créés. Le programme a coûté 2,5 milliards de dollars.",
        ),
        (
            "fr-CH",
            "L'économie a progressé de 3,5% en 2023, a annoncé mardi l'institut. Les exportations ont atteint 1'250,75 millions de dollars, et 12’500 emplois ont été créés. Le programme a coûté 2,5 milliards de dollars.",
        ),
        (
            "it-CH",
            "L'economia è cresciuta del 3,5% nel 2023, ha annunciato martedì l'istituto. Le esportazioni hanno raggiunto 1'250,75 milioni di dollari e sono stati creati 12’500 posti di lavoro. Il programma è costato 2,5 miliardi di dollari.",
        ),
        ("zh-Hant", "研究所週二表示,2023年經濟成長3.5%。出口達12億5075萬美元,創造了1萬2500個工作機會。該計畫耗資25億美元。"),
        ("zh-Hans", "研究所周二表示,2023年经济增长3.5%。出口达12.5075亿美元,创造了1.25万个工作岗位。该计划耗资25亿美元。"),
    ];
    for (to, target) in cases {
        assert_eq!(alarms("en", to, ENGLISH, target), [] as [&str; 0], "en > {to}");
        if !to.starts_with("fr") {
            assert_eq!(alarms(to, "fr", target, FRENCH), [] as [&str; 0], "{to} > fr");
        }
    }
    let british = "The economy grew by 3.5 per cent in 2023, the institute said on Tuesday. Exports reached 1,250.75m dollars, and 12,500 jobs were created. The programme cost 2.5bn dollars.";
    assert_eq!(alarms("fr", "en-GB", FRENCH, british), [] as [&str; 0]);
    assert_eq!(alarms("fr", "en-US", FRENCH, ENGLISH), [] as [&str; 0]);
}

#[test]
fn a_value_that_is_wrong_in_every_country_is_told() {
    let wrong = "La economía creció 3.5 por ciento en 2023, informó el martes el instituto. Las exportaciones llegaron a 1,250.75 millones de dólares y se crearon 13,500 empleos. El programa costó 2,500 millones de dólares.";
    let told = alarms("en", "es-MX", ENGLISH, wrong);
    assert!(told.len() == 1 && told[0].contains("12 500"), "{told:?}");
}
