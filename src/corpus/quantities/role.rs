//! What number words do: the kinds of `numbers.tsv`.

/// What a number word does to the number it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Adds its value: `three`, `twenty`.
    Unit,
    /// A `unit` that is an everyday word too (French `neuf`): it counts only where a number is expected.
    UncertainUnit,
    /// Multiplies one digit before it: 十.
    Ten,
    /// Multiplies a number below 100 before it.
    Hundred,
    /// Multiplies all that is smaller before it.
    Scale,
    /// Connector inside a number.
    And,
    /// 1 before a scale, a hundred, a fraction or a rough number.
    Article,
    /// The spoken decimal sign.
    Point,
    Percent,
    PercentBefore,
    Tenths,
    Fraction,
    /// Stands between denominator and numerator: 分之.
    FractionOf,
    Multiple,
    /// A noun for a rough number.
    About,
    Ordinal,
    /// Makes the number after it an ordinal: 第.
    OrdinalBefore,
    Century,
    Decade,
    ApproxBefore,
    ApproxAfter,
    OverBefore,
    OverAfter,
    UnderBefore,
    LeastBefore,
    MostBefore,
    /// Between the two ends of a range.
    Range,
    /// Before the two ends of a range that `and` joins.
    Between,
    /// Between a scale or a rough number and its unit: `milliards de dollars`.
    Of,
    /// Counts things one by one and is no unit: 个.
    Measure,
    /// After the number of an hour: `p.m.`
    Clock,
    /// Holds a number word and is no number.
    Nothing,
}

impl Role {
    const TABLE: &[(Role, &str)] = &[
        (Role::Unit, "unit"),
        (Role::UncertainUnit, "unit ?"),
        (Role::Ten, "ten"),
        (Role::Hundred, "hundred"),
        (Role::Scale, "scale"),
        (Role::And, "and"),
        (Role::Article, "article"),
        (Role::Point, "point"),
        (Role::Percent, "percent"),
        (Role::PercentBefore, "percent-before"),
        (Role::Tenths, "tenths"),
        (Role::Fraction, "fraction"),
        (Role::FractionOf, "fraction-of"),
        (Role::Multiple, "multiple"),
        (Role::About, "about"),
        (Role::Ordinal, "ordinal"),
        (Role::OrdinalBefore, "ordinal-before"),
        (Role::Century, "century"),
        (Role::Decade, "decade"),
        (Role::ApproxBefore, "approx-before"),
        (Role::ApproxAfter, "approx-after"),
        (Role::OverBefore, "over-before"),
        (Role::OverAfter, "over-after"),
        (Role::UnderBefore, "under-before"),
        (Role::LeastBefore, "least-before"),
        (Role::MostBefore, "most-before"),
        (Role::Range, "range"),
        (Role::Between, "between"),
        (Role::Of, "of"),
        (Role::Measure, "measure"),
        (Role::Clock, "clock"),
        (Role::Nothing, "none"),
    ];

    pub fn from_name(name: &str) -> Option<Role> {
        Self::TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// The rows of this role carry a value.
    pub(super) fn has_value(self) -> bool {
        use Role::{About, Article, Fraction, Hundred, Multiple, Ordinal, Percent, PercentBefore, Scale, Ten, Tenths};
        matches!(
            self,
            Role::Unit
                | Role::UncertainUnit
                | Ten
                | Hundred
                | Scale
                | Article
                | Percent
                | PercentBefore
                | Tenths
                | Fraction
                | Multiple
                | About
                | Ordinal
        )
    }
}
