//! What a rule wants to know, as data: each threshold with its kind of value, its bounds and whether it is needed.
//!
//! A rule lists its [`Threshold`]s beside its test and makes the test from the [`Amounts`] given. Whoever reads a
//! configuration needs nothing else: names, bounds, defaults and the words for people stand in the list.

use crate::domain::directory::PointKind;
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::Period;
use crate::domain::signal::{SEVERITIES, Severity};
use crate::domain::time::Span;
use std::collections::BTreeMap;

/// One threshold of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its key in the configuration.
    pub name: &'static str,
    /// What it is, for people who write a configuration.
    pub says: &'static str,
    /// What kind of value it takes.
    pub what: ValueKind,
    /// Whether it may be left out.
    pub need: Omission,
}

/// The kinds of values a threshold takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// True or false.
    Flag,
    /// A whole number within two bounds, both allowed.
    Count(i64, i64),
    /// A value in the quantity's canonical unit.
    Value,
    /// A length of time, at most so long.
    Span(Span),
    /// How severe.
    Severity,
    /// The time that a mean stands for.
    Period,
    /// One quantity.
    Quantity,
    /// Quantities, one at least.
    Quantities,
    /// Kinds of points, one at least.
    Kinds,
    /// Points by their ids.
    Points,
    /// A value for each of some quantities, in its canonical unit.
    Limits,
}

/// Whether a threshold may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omission {
    /// Never.
    Needed,
    /// It may; the rule says what that means.
    Optional,
    /// It may, and is so much then.
    Or(i64),
}

/// What was given for one threshold.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Count(i64),
    /// A value in the quantity's canonical unit.
    Value(Value),
    /// A length of time.
    Span(Span),
    /// How severe.
    Severity(Severity),
    /// The time that a mean stands for.
    Period(Period),
    /// Quantities; one where one is asked for.
    Quantities(Vec<Quantity>),
    /// Kinds of points.
    Kinds(Vec<PointKind>),
    /// Points by their ids.
    Points(Vec<PointId>),
    /// A value for each of some quantities.
    Limits(Vec<(Quantity, Value)>),
}

/// Why no rule can be made of what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// This threshold is missing.
    Missing(&'static str),
    /// The first must be above the second: as it was written, and what it must be above.
    Order(&'static str, String, String),
    /// This threshold speaks of a quantity that the rule does not look at.
    Foreign(&'static str, Quantity),
}

/// What was given for the thresholds of one rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Amounts(BTreeMap<&'static str, Amount>);

impl Threshold {
    /// One that cannot be left out.
    pub const fn needed(name: &'static str, what: ValueKind, says: &'static str) -> Self {
        let need = Omission::Needed;
        Self {
            name,
            says,
            what,
            need,
        }
    }

    /// One that may be left out.
    pub const fn optional(name: &'static str, what: ValueKind, says: &'static str) -> Self {
        let need = Omission::Optional;
        Self {
            name,
            says,
            what,
            need,
        }
    }

    /// A number that is `usual` where it is left out.
    pub const fn usual(name: &'static str, what: ValueKind, usual: i64, says: &'static str) -> Self {
        let need = Omission::Or(usual);
        Self {
            name,
            says,
            what,
            need,
        }
    }
}

/// The thresholds of a rule, a line each: `needed`, `optional` or `usual(so much)`, its key, its kind of value, its words.
macro_rules! thresholds {
    ($($need:ident $(($usual:expr))? $name:ident: $what:expr, $says:literal;)*) => {
        &[$($crate::domain::threshold::Threshold::$need(stringify!($name), $what, $($usual,)? $says)),*]
    };
}
pub(crate) use thresholds;

impl ValueKind {
    /// A length of time without an end that matters.
    pub const SPAN: Self = Self::Span(Span::days(36_500));
    /// A length of time within the trends of two days that rules read.
    pub const TWO_DAYS: Self = Self::Span(Span::hours(48));
}

/// What was given of each kind of value, by the threshold's name.
macro_rules! given {
    ($($(#[$doc:meta])* $name:ident: $variant:ident, $type:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(&self, name: &'static str) -> Result<$type, Wrong> {
            match self.0.get(name) {
                Some(Amount::$variant(given)) => Ok(given.clone()),
                Some(_) | None => Err(Wrong::Missing(name)),
            }
        }
    )*};
}

impl Amounts {
    /// Takes in what was given for the threshold `name`.
    pub fn put(&mut self, name: &'static str, amount: Amount) {
        self.0.insert(name, amount);
    }

    given! {
        /// A value in its canonical unit.
        value: Value, Value;
        /// A length of time.
        span: Span, Span;
        /// How severe.
        severity: Severity, Severity;
        /// The time that a mean stands for.
        period: Period, Period;
        /// Quantities.
        quantities: Quantities, Vec<Quantity>;
        /// Kinds of points.
        kinds: Kinds, Vec<PointKind>;
        /// Points by their ids.
        points: Points, Vec<PointId>;
    }

    /// Whether a flag was given and is true.
    pub fn flag(&self, name: &'static str) -> bool {
        self.0.get(name) == Some(&Amount::Flag(true))
    }

    /// A whole number.
    pub fn count<T: TryFrom<i64>>(&self, name: &'static str) -> Result<T, Wrong> {
        let Some(Amount::Count(count)) = self.0.get(name) else {
            return Err(Wrong::Missing(name));
        };
        T::try_from(*count).map_err(|_| Wrong::Missing(name))
    }

    /// The one quantity.
    pub fn quantity(&self, name: &'static str) -> Result<Quantity, Wrong> {
        let first = self.quantities(name)?.first().copied();
        first.ok_or(Wrong::Missing(name))
    }

    /// A value for each of some quantities, all of them `among` those that the rule looks at; none where nothing was given.
    pub fn limits(&self, name: &'static str, among: &[Quantity]) -> Result<Vec<(Quantity, Value)>, Wrong> {
        let Some(Amount::Limits(limits)) = self.0.get(name) else {
            return Ok(Vec::new());
        };
        match limits.iter().find(|row| !among.contains(&row.0)) {
            Some((foreign, _)) => Err(Wrong::Foreign(name, *foreign)),
            None => Ok(limits.clone()),
        }
    }

    /// The steps that are given by the names of the severities, most severe first: one at least, and the more severe
    /// above the less severe, for a step below one that is milder would never be the one that counts.
    pub fn steps<T: PartialOrd + Copy>(
        &self,
        of: impl Fn(&Self, &'static str) -> Result<T, Wrong>,
        said: impl Fn(T) -> String,
    ) -> Result<Vec<(T, Severity)>, Wrong> {
        let all = SEVERITIES.iter();
        let steps: Vec<(T, Severity)> = all
            .filter_map(|row| Some((of(self, row.1).ok()?, row.0)))
            .collect();
        let Some(first) = steps.first() else {
            return Err(Wrong::Missing(Severity::Red.key()));
        };
        let mut above = *first;
        for step in steps.iter().skip(1) {
            if above.0 <= step.0 {
                return Err(Wrong::Order(above.1.key(), said(above.0), said(step.0)));
            }
            above = *step;
        }
        Ok(steps)
    }
}
