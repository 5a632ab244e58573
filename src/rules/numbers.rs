//! Quantities that the translation changed. Values are compared, never strings; only the source's own digits are binding.

use super::quantity::{Change, bounds_reversed, changes, unit_changed, value_missing};
use super::{Example, Rule};
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[MAGNITUDE_SLIPPED, VALUE_CHANGED, COUNT_CHANGED, VALUE_MISSING, UNIT_CHANGED, BOUND_REVERSED];

const MAGNITUDE_SLIPPED: Rule = Rule {
    id: "numbers/magnitude-slipped",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number is ten, a thousand or a million times too big or too small",
    why: "Scales differ between languages: 亿 is a hundred million, English billion is French milliard, French billion is a million millions.",
    examples: &[
        Example {
            langs: "zh>fr",
            source: "投资将超过1万亿美元。",
            bad: "Les investissements dépasseront [[un milliard]] de dollars.",
            good: "Les investissements dépasseront mille milliards de dollars.",
        },
        Example {
            langs: "en>fr",
            source: "Millions of birds died in the oil spill.",
            bad: "Des [[milliards]] d'oiseaux sont morts dans la marée noire.",
            good: "Des millions d'oiseaux sont morts dans la marée noire.",
        },
        Example {
            langs: "en>fr",
            source: "Another six million people live in the suburbs.",
            bad: "[[Six autres milliards]] de personnes vivent en banlieue.",
            good: "Six autres millions de personnes vivent en banlieue.",
        },
        Example {
            langs: "fr>en",
            source: "La ville compte 40 000 logements vides.",
            bad: "The city has [[4,000]] empty homes.",
            good: "The city has 40,000 empty homes.",
        },
        Example {
            langs: "en>de",
            source: "The bridge cost 3.4 billion euros.",
            bad: "Die Brücke kostete [[3,4 Millionen]] Euro.",
            good: "Die Brücke kostete 3,4 Milliarden Euro.",
        },
        Example {
            langs: "en>es",
            source: "The fund lost 1.2 billion dollars.",
            bad: "El fondo perdió [[1200]] dólares.",
            good: "El fondo perdió 1200 millones de dólares.",
        },
        Example {
            langs: "en>de",
            source: "The road runs for 25 miles along the coast.",
            bad: "Die Straße führt [[400]] Kilometer an der Küste entlang.",
            good: "Die Straße führt 40 Kilometer an der Küste entlang.",
        },
    ],
    check: |context| changes(context, Change::Magnitude),
};

const VALUE_CHANGED: Rule = Rule {
    id: "numbers/value-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number has another value than in the source",
    why: "A wrong figure is the error readers forgive least. Write the figure of the source.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The group employs 4,300 people in Portugal.",
            bad: "Le groupe emploie [[4 800]] personnes au Portugal.",
            good: "Le groupe emploie 4 300 personnes au Portugal.",
        },
        Example {
            langs: "zh>fr",
            source: "调查显示，45%的受访者支持这项计划。",
            bad: "Selon l'enquête, [[65]] % des personnes interrogées soutiennent ce projet.",
            good: "Selon l'enquête, 45 % des personnes interrogées soutiennent ce projet.",
        },
        Example {
            langs: "fr>en",
            source: "La réunion commencera à 13 h 30.",
            bad: "The meeting will begin at [[1:50]] p.m.",
            good: "The meeting will begin at 1:30 p.m.",
        },
        Example {
            langs: "en>de",
            source: "The goal came in the 29th minute.",
            bad: "Das Tor fiel in der [[69]]. Minute.",
            good: "Das Tor fiel in der 29. Minute.",
        },
        Example {
            langs: "en>es",
            source: "The home side won the final 31-27.",
            bad: "El equipo local ganó la final por [[51-27]].",
            good: "El equipo local ganó la final por 31-27.",
        },
        Example {
            langs: "en>fr",
            source: "The cable lies 10 miles off the coast.",
            bad: "Le câble se trouve à [[36]] km (10 miles) de la côte.",
            good: "Le câble se trouve à 16 km (10 miles) de la côte.",
        },
        Example {
            langs: "zh>en",
            source: "暂停期为两个月。",
            bad: "The suspension lasts [[90]] days.",
            good: "The suspension lasts 60 days.",
        },
        Example {
            langs: "en>es",
            source: "Rain of 1 to 2 inches is expected.",
            bad: "Se esperan lluvias de [[9]] centímetros.",
            good: "Se esperan lluvias de entre 2 y 5 centímetros.",
        },
    ],
    check: |context| changes(context, Change::Value),
};

const COUNT_CHANGED: Rule = Rule {
    id: "numbers/count-changed",
    category: Category::Mistranslation,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A small number in words is another than in the source",
    why: "Two dead are not five. A small number may also be told otherwise, so look before you change it.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The flood destroyed nine bridges.",
            bad: "L'inondation a détruit [[six]] ponts.",
            good: "L'inondation a détruit neuf ponts.",
        },
        Example {
            langs: "fr>en",
            source: "L'accident a tué deux policiers.",
            bad: "The accident killed [[five]] police officers.",
            good: "The accident killed two police officers.",
        },
        Example {
            langs: "zh>fr",
            source: "洪水冲毁了九座桥梁。",
            bad: "Les crues ont détruit [[six]] ponts.",
            good: "Les crues ont détruit neuf ponts.",
        },
        Example {
            langs: "en>de",
            source: "The flood destroyed nine bridges.",
            bad: "Die Flut zerstörte [[sechs]] Brücken.",
            good: "Die Flut zerstörte neun Brücken.",
        },
        Example {
            langs: "en>es",
            source: "The flood destroyed nine bridges.",
            bad: "La inundación destruyó [[seis]] puentes.",
            good: "La inundación destruyó nueve puentes.",
        },
    ],
    check: |context| changes(context, Change::Count),
};

const VALUE_MISSING: Rule = Rule {
    id: "numbers/value-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A number of the source is not in the translation",
    why: "The figure was dropped, or stands in another sentence.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The group employs 4,300 people in Portugal, and 700 in Spain.",
            bad: "[[Le groupe emploie 4 300 personnes au Portugal, et d'autres en Espagne.]]",
            good: "Le groupe emploie 4 300 personnes au Portugal, et 700 en Espagne.",
        },
        Example {
            langs: "fr>en",
            source: "La commune a planté 350 tilleuls le long du canal.",
            bad: "[[The town has planted lime trees along the canal.]]",
            good: "The town has planted 350 lime trees along the canal.",
        },
        Example {
            langs: "zh>fr",
            source: "图书馆新增了260个座位。",
            bad: "[[La bibliothèque a ajouté des places assises.]]",
            good: "La bibliothèque a ajouté 260 places assises.",
        },
        Example {
            langs: "en>de",
            source: "The ferry carried 85 passengers to the island.",
            bad: "[[Die Fähre brachte die Passagiere auf die Insel.]]",
            good: "Die Fähre brachte 85 Passagiere auf die Insel.",
        },
        Example {
            langs: "en>es",
            source: "The ferry carried 85 passengers to the island.",
            bad: "[[El transbordador llevó a los pasajeros a la isla.]]",
            good: "El transbordador llevó a 85 pasajeros a la isla.",
        },
    ],
    check: value_missing,
};

const UNIT_CHANGED: Rule = Rule {
    id: "numbers/unit-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number keeps its value and changes its unit",
    why: "Five dollars are not five euros. Convert the figure, or keep the unit.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The repairs will cost $40 million.",
            bad: "Les réparations coûteront 40 millions d'[[euros]].",
            good: "Les réparations coûteront 40 millions de dollars.",
        },
        Example {
            langs: "zh>fr",
            source: "该工程历时3个月。",
            bad: "Les travaux ont duré 3 [[ans]].",
            good: "Les travaux ont duré 3 mois.",
        },
        Example {
            langs: "fr>en",
            source: "La digue mesure 8 mètres de haut.",
            bad: "The dyke is 8 [[kilometres]] high.",
            good: "The dyke is 8 metres high.",
        },
        Example {
            langs: "en>de",
            source: "The storm lasted a few days.",
            bad: "Der Sturm dauerte einige [[Stunden]].",
            good: "Der Sturm dauerte einige Tage.",
        },
        Example {
            langs: "en>es",
            source: "The singer, 31, lives in Madrid.",
            bad: "La cantante, de 31 [[meses]], vive en Madrid.",
            good: "La cantante, de 31 años, vive en Madrid.",
        },
        Example {
            langs: "en>fr",
            source: "The wine gave me a headache.",
            bad: "Le vin [[km]]'a donné mal à la tête.",
            good: "Le vin m'a donné mal à la tête.",
        },
        Example {
            langs: "en>fr",
            source: "The net stood 30 yards away.",
            bad: "Le but était à 30 [[km]].",
            good: "Le but était à 30 mètres.",
        },
    ],
    check: unit_changed,
};

const BOUND_REVERSED: Rule = Rule {
    id: "numbers/bound-reversed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "More than became less than, or the reverse",
    why: "The figure is right and the claim about it is the opposite.",
    examples: &[
        Example {
            langs: "en>fr",
            source: "The quake killed more than 500 people on the island.",
            bad: "Le séisme a tué moins de [[500]] personnes sur l'île.",
            good: "Le séisme a tué plus de 500 personnes sur l'île.",
        },
        Example {
            langs: "zh>fr",
            source: "岛上的地震造成500多人死亡。",
            bad: "Le séisme a fait moins de [[500]] morts sur l'île.",
            good: "Le séisme a fait plus de 500 morts sur l'île.",
        },
        Example {
            langs: "en>de",
            source: "The bridge cost less than 30 million euros.",
            bad: "Die Brücke kostete mehr als [[30 Millionen]] Euro.",
            good: "Die Brücke kostete weniger als 30 Millionen Euro.",
        },
        Example {
            langs: "en>es",
            source: "At least 40 houses burned down in the valley.",
            bad: "Ardieron menos de [[40]] casas en el valle.",
            good: "Ardieron al menos 40 casas en el valle.",
        },
    ],
    check: bounds_reversed,
};
