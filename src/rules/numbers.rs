//! Quantities that the translation changed. Values are compared, never strings; only the source's own digits are binding.

use super::quantity::{changes, unit_changed, value_missing};
use super::{Example, Rule};
use crate::mqm::{Category, Severity, Tier};

pub const RULES: &[Rule] = &[MAGNITUDE_SLIPPED, VALUE_CHANGED, VALUE_MISSING, UNIT_CHANGED];

const MAGNITUDE_SLIPPED: Rule = Rule {
    id: "numbers/magnitude-slipped",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number is ten, a thousand or a million times too big or too small",
    why: "Scales differ between languages: 亿 is a hundred million, English billion is French milliard, French billion is a million millions.",
    examples: &[Example {
        langs: "zh>fr",
        source: "投资将超过1万亿美元。",
        bad: "Les investissements dépasseront [[un milliard]] de dollars.",
        good: "Les investissements dépasseront mille milliards de dollars.",
    }],
    check: |context| changes(context, |difference| difference.is_slip()),
};

const VALUE_CHANGED: Rule = Rule {
    id: "numbers/value-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number has another value than in the source",
    why: "A wrong figure is the error readers forgive least. Write the figure of the source.",
    examples: &[Example {
        langs: "en>fr",
        source: "The group employs 4,300 people in Portugal.",
        bad: "Le groupe emploie [[4 800]] personnes au Portugal.",
        good: "Le groupe emploie 4 300 personnes au Portugal.",
    }],
    check: |context| changes(context, |difference| !difference.is_slip()),
};

const VALUE_MISSING: Rule = Rule {
    id: "numbers/value-missing",
    category: Category::Omission,
    severity: Severity::Major,
    tier: Tier::Advice,
    summary: "A number of the source is not in the translation",
    why: "The figure was dropped, or stands in another sentence.",
    examples: &[Example {
        langs: "en>fr",
        source: "The group employs 4,300 people in Portugal, and 700 in Spain.",
        bad: "[[Le groupe emploie 4 300 personnes au Portugal, et d'autres en Espagne.]]",
        good: "Le groupe emploie 4 300 personnes au Portugal, et 700 en Espagne.",
    }],
    check: value_missing,
};

const UNIT_CHANGED: Rule = Rule {
    id: "numbers/unit-changed",
    category: Category::Mistranslation,
    severity: Severity::Critical,
    tier: Tier::Gate,
    summary: "A number keeps its value and changes its unit",
    why: "Five dollars are not five euros. Convert the figure, or keep the unit.",
    examples: &[Example {
        langs: "en>fr",
        source: "The repairs will cost $40 million.",
        bad: "Les réparations coûteront 40 millions d'[[euros]].",
        good: "Les réparations coûteront 40 millions de dollars.",
    }],
    check: unit_changed,
};
