//! The vocabulary of error types and severities. Uses MQM categories (<https://themqm.org>) with the weights 1, 5 and 25.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a defect harms the reader. Order: worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Minor,
    Major,
    Critical,
}

impl Severity {
    const TABLE: &[(Severity, &str, u32)] =
        &[(Severity::Minor, "minor", 1), (Severity::Major, "major", 5), (Severity::Critical, "critical", 25)];

    pub fn name(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// Penalty points; the score takes them per hundred words.
    pub fn penalty(self) -> u32 {
        Self::TABLE[self as usize].2
    }

    pub fn from_name(name: &str) -> Option<Severity> {
        Self::TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// What a rule may do: a gate rule may fail a build, an advice rule never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    Gate,
    Advice,
}

impl Tier {
    pub fn name(self) -> &'static str {
        match self {
            Tier::Gate => "gate",
            Tier::Advice => "advice",
        }
    }
}

/// An error type, grouped under its MQM dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    Mistranslation,
    Omission,
    Addition,
    Untranslated,
    Terminology,
    Inconsistency,
    Grammar,
    Punctuation,
    Spelling,
    Encoding,
    Duplication,
    Unidiomatic,
    NumberFormat,
    LocaleConvention,
    Markup,
}

impl Category {
    const TABLE: &[(Category, &str, &str)] = &[
        (Category::Mistranslation, "mistranslation", "accuracy"),
        (Category::Omission, "omission", "accuracy"),
        (Category::Addition, "addition", "accuracy"),
        (Category::Untranslated, "untranslated", "accuracy"),
        (Category::Terminology, "terminology", "terminology"),
        (Category::Inconsistency, "inconsistency", "terminology"),
        (Category::Grammar, "grammar", "linguistic-conventions"),
        (Category::Punctuation, "punctuation", "linguistic-conventions"),
        (Category::Spelling, "spelling", "linguistic-conventions"),
        (Category::Encoding, "encoding", "linguistic-conventions"),
        (Category::Duplication, "duplication", "linguistic-conventions"),
        (Category::Unidiomatic, "unidiomatic", "style"),
        (Category::NumberFormat, "number-format", "locale-conventions"),
        (Category::LocaleConvention, "locale-convention", "locale-conventions"),
        (Category::Markup, "markup", "design-and-markup"),
    ];

    pub fn name(self) -> &'static str {
        Self::TABLE[self as usize].1
    }

    /// The MQM dimension the category belongs to.
    pub fn dimension(self) -> &'static str {
        Self::TABLE[self as usize].2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_the_order_of_their_variants() {
        for (index, row) in Severity::TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index, "{}", row.1);
            assert_eq!(Severity::from_name(row.1), Some(row.0));
        }
        for (index, row) in Category::TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, index, "{}", row.1);
        }
    }
}
