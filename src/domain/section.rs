//! The water of a section or reservoir now (断面水质): judged by its newest readings, as far as they are current and
//! together. The rule on classes judges rounds by itself; this is what screens, goals and lists show.

use crate::domain::directory::{Point, PointKind};
use crate::domain::id::PointId;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Period, Reading};
use crate::domain::time::{Moment, Span};
use crate::domain::water::{Assessment, Body, Class, Item, assess, averaged};
use imbl::OrdMap;

/// A reading older than this is no water of now: three rounds of a station that samples every four hours.
pub const CURRENT: Span = Span::hours(12);

/// From so many sections on a river is told by their shares, below by their mean (环办〔2011〕22号).
pub const BY_SHARES: usize = 5;

/// The newest reading of each point, quantity and period.
pub type Latest = OrdMap<(PointId, Quantity, Period), Reading>;

/// A section, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionJudged {
    /// The items of now.
    pub sample: Vec<(Item, Value)>,
    /// What they come to.
    pub assessment: Assessment,
    /// Items that it delivers at other times and not now: the class may be worse than it seems.
    pub missing: Vec<Item>,
    /// When the oldest of its items was measured.
    pub at: Moment,
}

impl SectionJudged {
    /// Its class, where no item is missing.
    pub fn class(&self) -> Option<Class> {
        self.assessment.class.filter(|_| self.missing.is_empty())
    }
}

/// The body of water that a point stands in.
pub fn body(kind: PointKind) -> Body {
    if kind == PointKind::Reservoir {
        Body::Lake
    } else {
        Body::River
    }
}

/// Judges a section at `now`; `None` where nothing of it is current, and for points whose water has no class (what an
/// outlet lets out is held against its permit).
pub fn judged(point: &Point, latest: &Latest, now: Moment) -> Option<SectionJudged> {
    if !matches!(point.kind, PointKind::Water | PointKind::Reservoir) {
        return None;
    }
    let mut newest: Vec<(Item, &Reading)> = Vec::new();
    let first = (point.id.clone(), Quantity::So2, Period::Instant);
    let own = latest.range(first..).take_while(|((id, ..), _)| *id == point.id);
    for (item, reading) in own.filter_map(|(_, reading)| Some((Item::of(reading.quantity)?, reading))) {
        match newest.iter_mut().find(|known| known.0 == item) {
            Some(known) if known.1.at < reading.at => known.1 = reading,
            Some(_) => {}
            None => newest.push((item, reading)),
        }
    }
    let current = |reading: &Reading| reading.at <= now && now.age_of(reading.at) <= CURRENT;
    let usable = |&(item, reading): &(Item, &Reading)| {
        let value = reading.usable().filter(|value| item.plausible(*value))?;
        current(reading).then_some((item, value))
    };
    let sample: Vec<(Item, Value)> = newest.iter().filter_map(usable).collect();
    let missing = newest.iter().filter(|row| usable(row).is_none());
    let missing = missing.map(|row| row.0).collect();
    let at = newest.iter().filter(|row| usable(row).is_some());
    let at = at.map(|row| row.1.at).min()?;
    Some(SectionJudged {
        assessment: assess(body(point.kind), &sample),
        sample,
        missing,
        at,
    })
}

/// A river's reach, judged as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many sections it has.
    pub sections: usize,
    /// Those that have a class now.
    pub judged: usize,
    /// Those of class Ⅲ or better.
    pub good: usize,
    /// The class of the mean of all sections; only below [`BY_SHARES`], and where all of them are there.
    pub mean: Option<Class>,
}

/// Judges the sections of one river together; `None` for one alone.
pub fn reach(sections: &[&Point], latest: &Latest, now: Moment) -> Option<Reach> {
    if sections.len() < 2 {
        return None;
    }
    let all: Vec<SectionJudged> = sections
        .iter()
        .filter_map(|point| judged(point, latest, now))
        .filter(|judged| judged.class().is_some())
        .collect();
    let samples: Vec<&[(Item, Value)]> = all.iter().map(|judged| judged.sample.as_slice()).collect();
    let whole = all.len() == sections.len() && sections.len() < BY_SHARES;
    let mean = whole.then(|| assess(Body::River, &averaged(&samples)).class);
    Some(Reach {
        sections: sections.len(),
        judged: all.len(),
        good: all
            .iter()
            .filter_map(SectionJudged::class)
            .filter(|class| class.is_good())
            .count(),
        mean: mean.flatten(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::SourceId;
    use crate::domain::reading::Flag;
    use crate::domain::text::Clean;
    use crate::domain::water::Quality;

    const NOW: Moment = Moment::from_ms(1_790_000_000_000);

    fn point(id: &str) -> Point {
        Point::new(PointId::new(id), Clean::new(id), PointKind::Water)
    }

    fn put(latest: &mut Latest, id: &str, quantity: Quantity, value: &str, at: Moment) {
        let reading = Reading {
            point: PointId::new(id),
            quantity,
            period: Period::FourHours,
            at,
            value: Value::parse(value),
            flag: Flag::Valid,
            source: SourceId::new("sections"),
        };
        latest.insert((PointId::new(id), quantity, Period::FourHours), reading);
    }

    #[test]
    fn a_section_is_judged_by_what_is_current_and_claims_no_class_of_half_a_sample() {
        let mut latest = Latest::new();
        put(&mut latest, "W1", Quantity::TotalPhosphorus, "0.35", NOW);
        put(&mut latest, "W1", Quantity::Ammonia, "0.4", NOW - Span::hours(4));
        let found = judged(&point("W1"), &latest, NOW).expect("two items");
        assert_eq!(found.class(), Some(Class::Five));
        assert_eq!(found.class().map(Class::quality), Some(Quality::Moderate));
        let main = found.assessment.main();
        assert_eq!(
            main.iter().map(|f| f.item).collect::<Vec<_>>(),
            [Item::TotalPhosphorus]
        );
        assert_eq!(main.first().and_then(|f| f.exceedance), Value::parse("0.75"));
        let later = judged(&point("W1"), &latest, NOW + Span::hours(10)).expect("one is left");
        assert_eq!((later.class(), later.missing), (None, vec![Item::Ammonia]));
        assert_eq!(judged(&point("W1"), &latest, NOW + Span::hours(13)), None);
        assert_eq!(
            judged(&point("W1"), &latest, NOW - Span::hours(5)),
            None,
            "nothing from the future"
        );
    }

    #[test]
    fn a_reach_is_its_mean_where_all_are_there_and_counts_the_silent() {
        let mut latest = Latest::new();
        put(&mut latest, "W1", Quantity::TotalPhosphorus, "0.35", NOW);
        put(&mut latest, "W2", Quantity::TotalPhosphorus, "0.05", NOW);
        let points = [point("W1"), point("W2"), point("W3")];
        let all: Vec<&Point> = points.iter().collect();
        let two = reach(&all[..2], &latest, NOW).expect("two");
        assert_eq!(
            (two.judged, two.good, two.mean),
            (2, 1, Some(Class::Three)),
            "0.20 on average"
        );
        let three = reach(&all, &latest, NOW).expect("three");
        assert_eq!(
            (three.sections, three.judged, three.mean),
            (3, 2, None),
            "one is silent"
        );
        assert_eq!(reach(&all[..1], &latest, NOW), None);
    }
}
