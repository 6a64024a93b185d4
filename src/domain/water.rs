//! Surface water by GB 3838-2002 (地表水环境质量标准): the class of a section by its worst item.
//!
//! Exact values in mg/L (pH without unit, faecal coliforms a litre). The table is in [`table`]. Not here: which upstream
//! delivers which item, and any word for people. Called by the desk, the reports and the targets.
//!
//! ```
//! use lookout::domain::quantity::Value;
//! use lookout::domain::water::{Body, Class, Item, assess};
//!
//! let mg = |text| Value::parse(text).expect("a number");
//! let sample = [
//!     (Item::DissolvedOxygen, mg("7.9")),
//!     (Item::Permanganate, mg("3.4")),
//!     (Item::Ammonia, mg("0.2")),
//!     (Item::TotalPhosphorus, mg("0.06")),
//! ];
//! // The worst item decides. 0.06 mg/L of total phosphorus is class Ⅱ in a river; still water may have 0.05 in class Ⅲ.
//! assert_eq!(assess(Body::River, &sample).class, Some(Class::Two));
//! let lake = assess(Body::Lake, &sample);
//! assert_eq!(lake.class, Some(Class::Four));
//!
//! // How many times over class Ⅲ: (0.06 − 0.05) / 0.05.
//! let over = lake.findings.iter().find_map(|finding| finding.exceedance);
//! assert_eq!(over, Some(mg("0.2")));
//! ```

pub mod table;

use crate::domain::air::mean::mean;
use crate::domain::quantity::Value;
use std::collections::BTreeMap;

use table::TABLE;
pub use table::{Item, Limit, SOURCE_WATER};

/// A class of water (水质类别), best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Ⅰ类.
    One,
    /// Ⅱ类.
    Two,
    /// Ⅲ类.
    Three,
    /// Ⅳ类.
    Four,
    /// Ⅴ类.
    Five,
    /// 劣Ⅴ类: beyond every class.
    Beyond,
}

/// What a class is called as quality (水质状况): 环办〔2011〕22号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// 优: Ⅰ and Ⅱ.
    Excellent,
    /// 良好: Ⅲ.
    Good,
    /// 轻度污染: Ⅳ.
    Light,
    /// 中度污染: Ⅴ.
    Moderate,
    /// 重度污染: 劣Ⅴ.
    Heavy,
}

/// The kind of water body; total phosphorus has other limits in still water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    /// A river (河流).
    River,
    /// A lake or reservoir (湖、库).
    Lake,
}

/// One item of a section, judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which item.
    pub item: Item,
    /// What was measured.
    pub value: Value,
    /// Its class; `None` for what has no classes in this body of water (total nitrogen in a river).
    pub class: Option<Class>,
    /// Whether it takes part in the section's class. 环办〔2011〕22号: total nitrogen and faecal coliforms do not.
    pub takes_part: bool,
    /// How many times over the limit of class Ⅲ, (C − S) / S to six decimals; `None` within it, and for pH and
    /// dissolved oxygen, which have none.
    pub exceedance: Option<Value>,
}

/// A section, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The worst class of what takes part; `None` where nothing usable does.
    pub class: Option<Class>,
    /// Every usable item, in the order of the table.
    pub findings: Vec<Finding>,
    /// Items given that cannot be a measurement (negative, pH above 14), or given again: the first counts.
    pub invalid: Vec<Item>,
}

impl Class {
    /// All, best first.
    pub const ALL: [Self; 6] = [
        Self::One,
        Self::Two,
        Self::Three,
        Self::Four,
        Self::Five,
        Self::Beyond,
    ];

    /// Key in configuration, CSV and JSON: `I` … `V`, `V-`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::One => "I",
            Self::Two => "II",
            Self::Three => "III",
            Self::Four => "IV",
            Self::Five => "V",
            Self::Beyond => "V-",
        }
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }

    /// What it is called as quality.
    pub const fn quality(self) -> Quality {
        match self {
            Self::One | Self::Two => Quality::Excellent,
            Self::Three => Quality::Good,
            Self::Four => Quality::Light,
            Self::Five => Quality::Moderate,
            Self::Beyond => Quality::Heavy,
        }
    }

    /// 优良: class Ⅲ or better.
    pub fn is_good(self) -> bool {
        self <= Self::Three
    }
}

/// The class of one item; `None` where the table has no limits for it in this body of water.
///
/// A limit belongs to the better class. Values are compared as they are (全数值比较法): the standard asks for no rounding.
pub fn class_of(body: Body, item: Item, value: Value) -> Option<Class> {
    let row = TABLE.iter().find(|row| row.item == item && row.holds_in(body))?;
    let met = Class::ALL
        .into_iter()
        .zip(row.limits)
        .find(|&(_, limit)| row.compare.meets(value, limit));
    Some(met.map_or(Class::Beyond, |(class, _)| class))
}

/// How many times `value` is over the limit of `class`, (C − S) / S to six decimals; `None` within it and for items
/// that have no multiple (pH, dissolved oxygen).
pub fn exceedance(body: Body, item: Item, value: Value, class: Class) -> Option<Value> {
    let limit = limit(body, item, class)?;
    let over = value
        .micro()
        .checked_sub(limit.micro())
        .filter(|&over| over > 0)?;
    Value::from_micro(over).scale(Value::ONE, limit.micro())
}

/// The upper limit of an item in a class; `None` for pH and dissolved oxygen, for 劣Ⅴ, and for what has no limits here.
pub fn limit(body: Body, item: Item, class: Class) -> Option<Value> {
    let row = TABLE.iter().find(|row| row.item == item && row.holds_in(body))?;
    let nth = Class::ALL.iter().position(|&c| c == class)?;
    matches!(row.compare, Limit::AtMost)
        .then(|| row.limits.get(nth).copied())
        .flatten()
}

/// Judges a section by the single-factor method (单因子评价法): the class of its worst item.
pub fn assess(body: Body, sample: &[(Item, Value)]) -> Assessment {
    let mut findings = Vec::new();
    let mut invalid = Vec::new();
    for (nth, &(item, value)) in sample.iter().enumerate() {
        let twice = sample.iter().take(nth).any(|(before, _)| *before == item);
        if twice || !item.plausible(value) {
            invalid.push(item);
            continue;
        }
        findings.push(Finding {
            item,
            value,
            class: class_of(body, item, value),
            takes_part: item.takes_part(),
            exceedance: exceedance(body, item, value, Class::Three),
        });
    }
    findings.sort_by_key(|finding| finding.item);
    let class = findings
        .iter()
        .filter(|finding| finding.takes_part)
        .filter_map(|finding| finding.class)
        .max();
    Assessment {
        class,
        findings,
        invalid,
    }
}

/// The mean of each item over several samples: a day of a station's four-hourly rounds, or a river reach with fewer than
/// five sections (环办〔2011〕22号: concentrations are averaged first). In the order of the table; values that cannot be
/// measured are left out.
pub fn averaged(samples: &[&[(Item, Value)]]) -> Vec<(Item, Value)> {
    let mut items: BTreeMap<Item, Vec<Value>> = BTreeMap::new();
    for (item, value) in samples.iter().copied().flatten() {
        if item.plausible(*value) {
            items.entry(*item).or_default().push(*value);
        }
    }
    items
        .into_iter()
        .filter_map(|(item, values)| Some((item, mean(values)?)))
        .collect()
}

impl Assessment {
    /// The items that decide: those of the section's own class, unless that is Ⅰ.
    pub fn deciding(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|f| f.takes_part && f.class == self.class && f.class > Some(Class::One))
    }

    /// The main pollution items (主要污染指标): worse than class Ⅲ, by class and then by multiple, at most three.
    pub fn main(&self) -> Vec<&Finding> {
        let mut worse: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|f| f.takes_part && f.class > Some(Class::Three))
            .collect();
        worse.sort_by_key(|f| std::cmp::Reverse((f.class, f.exceedance)));
        worse.truncate(3);
        worse
    }

    /// Whether the section reaches `wanted`; `None` without a class.
    pub fn reaches(&self, wanted: Class) -> Option<bool> {
        self.class.map(|class| class <= wanted)
    }
}

/// Which sections are good, and which reach their own wanted class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Sections with a class.
    pub judged: u32,
    /// Of class Ⅲ or better (优良).
    pub good: u32,
    /// With a wanted class.
    pub bound: u32,
    /// Of those, reaching it (达标).
    pub reaching: u32,
}

impl Shares {
    /// Counts sections: the class of each, if it has one, and the class wanted of it, if one is.
    pub fn of(sections: impl IntoIterator<Item = (Option<Class>, Option<Class>)>) -> Self {
        let mut shares = Self::default();
        for (class, wanted) in sections {
            let Some(class) = class else { continue };
            shares.judged += 1;
            shares.good += u32::from(class.is_good());
            if let Some(wanted) = wanted {
                shares.bound += 1;
                shares.reaching += u32::from(class <= wanted);
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests;
