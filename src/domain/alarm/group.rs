//! Rows that stand for many alarms (汇并): the same kind at the same point again and again is one line, with one action for
//! all. Only how a list is read: every alarm stays its own in the ledger.

use crate::domain::alarm::Alarm;
use crate::domain::id::{PointId, SourceId, TownshipId};
use crate::domain::playbook::{Origin, Provenance};
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// When alarms of one kind at one point become one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// Of this code; of any where `None`.
    pub code: Option<Clean>,
    /// At this point; at any where `None`.
    pub point: Option<PointId>,
    /// Counting those raised within this time before now, rolling.
    pub within: Span,
    /// From this many on.
    pub threshold: usize,
    /// Who says so.
    pub provenance: Provenance,
}

/// In a flood, rows are gathered from this many on: the list must be read at a glance.
pub const FLOOD_THRESHOLD: usize = 3;

/// Where the alarms of one row are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whereabouts {
    /// At a point.
    Point(PointId),
    /// In a township, at no point.
    Township(TownshipId),
    /// Wherever a source tells of.
    Source(SourceId),
}

impl Whereabouts {
    fn of(alarm: &Alarm) -> Option<Self> {
        let cause = &alarm.cause;
        let point = || cause.point.clone().map(Self::Point);
        let township = || cause.township.clone().map(Self::Township);
        let source = || cause.source.clone().map(Self::Source);
        point().or_else(township).or_else(source)
    }

    /// Its number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Point(id) => id.as_str(),
            Self::Township(id) => id.as_str(),
            Self::Source(id) => id.as_str(),
        }
    }
}

/// What the alarms of one row share: the point, else the township, else the source; and the code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKey {
    /// Where.
    pub place: Whereabouts,
    /// The code.
    pub code: Clean,
}

/// What holds where the configuration says nothing else: 20 in 24 hours, of any kind, anywhere.
pub fn standard() -> Vec<Grouping> {
    vec![Grouping {
        code: None,
        point: None,
        within: Span::hours(24),
        threshold: 20,
        provenance: Provenance {
            origin: Origin::Default,
            text: "20 / 24 h".into(),
        },
    }]
}

impl GroupKey {
    /// The key of an alarm. A kind alone is no ground: what is nowhere in particular has none and stays apart.
    pub fn of(alarm: &Alarm) -> Option<Self> {
        Some(Self {
            place: Whereabouts::of(alarm)?,
            code: alarm.cause.code.clone(),
        })
    }
}

impl Grouping {
    /// Whether it is about alarms of that key.
    pub fn fits(&self, key: &GroupKey) -> bool {
        let at = |point: &PointId| matches!(&key.place, Whereabouts::Point(own) if own == point);
        self.code.as_ref().is_none_or(|code| *code == key.code) && self.point.as_ref().is_none_or(at)
    }
}

/// The words of the first title that stand in all others too, in order; the whole title where all are alike, `None` where
/// they share none.
pub fn shared_title<'a>(mut titles: impl Iterator<Item = &'a str>) -> Option<String> {
    let first = titles.next()?;
    let mut words: Vec<&str> = first.split_whitespace().collect();
    for title in titles.filter(|title| *title != first) {
        words.retain(|word| title.split_whitespace().any(|other| other == *word));
        if words.is_empty() {
            return None;
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_one_is_not_in_the_words_of_all() {
        let shared = |titles: &[&str]| shared_title(titles.iter().copied());
        let both = ["泗门镇 秸秆焚烧", "低塘街道 秸秆焚烧"];
        assert_eq!(shared(&both).as_deref(), Some("秸秆焚烧"));
        assert_eq!(shared(&[both[0], both[0]]).as_deref(), Some(both[0]));
        assert_eq!(shared(&["一", "二", "一"]), None);
        assert_eq!(shared(&[]), None);
    }
}
