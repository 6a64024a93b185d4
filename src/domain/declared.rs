//! Declared states (申报): a stop, a maintenance or a calibration that somebody announced for a point or for all points
//! of an enterprise. Declared by a person, or by an upstream's maintenance flag for that hour.
//!
//! They explain alarms ([`explains`]) and contradict readings; rules see them, the desk holds alarms back by them. What
//! an operator does to an alarm itself (shelving, out of service) is `alarm`'s matter.

use crate::domain::directory::Point;
use crate::domain::fact::declared::{Declaration, DeclaredKind, Mark, Subject};
use crate::domain::id::{EnterpriseId, PointId};
use crate::domain::person::Actor;
use crate::domain::time::{Moment, Span};
use imbl::OrdMap;

/// Declared states stay in hand this long after their end: as long as the trends that they are drawn over.
pub const STAY: Span = Span::hours(48);

/// One row a code of alarm that a declared state explains: by which kinds. Maintenance of a treatment facility does not
/// excuse that production runs without it.
const EXPLAINED: &[(&str, &[DeclaredKind])] = &[
    ("MTR-TREAT-OFF", &[DeclaredKind::Stop]),
    ("SRC-OFF", ANY),
    ("SRC-H", ANY),
    ("SRC-D", ANY),
];
const ANY: &[DeclaredKind] = &[
    DeclaredKind::Stop,
    DeclaredKind::Maintenance,
    DeclaredKind::Calibration,
];

/// A declared state in hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Number of the room's entry that declared it.
    pub id: u32,
    /// What was declared; its end is the earlier one where it was ended early.
    pub what: Declaration,
    /// Who recorded it.
    pub by: Actor,
}

impl Declaration {
    /// Whether it is about `point`, itself or as one of its owner's.
    pub fn covers(&self, point: &Point) -> bool {
        match &self.of {
            Subject::Point(id) => *id == point.id,
            Subject::Enterprise(id) => point.owner.as_ref() == Some(id),
        }
    }

    /// Whether it holds at `at`.
    pub fn holds(&self, at: Moment) -> bool {
        self.from <= at && at < self.until
    }

    /// As a mark.
    pub fn mark(&self) -> Mark {
        Mark {
            kind: self.kind,
            from: self.from,
            until: self.until,
        }
    }
}

/// The declared states not yet over at `now` that hold for `point`, those announced for later included.
pub fn at_point<'a>(
    all: &'a OrdMap<u32, Declared>,
    point: &'a Point,
    now: Moment,
) -> impl Iterator<Item = &'a Declared> {
    all.values()
        .filter(move |d| d.what.until > now && d.what.covers(point))
}

/// The declared states not yet over at `now` of an enterprise: its own, and those of its points.
pub fn of_enterprise<'a>(
    all: &'a OrdMap<u32, Declared>,
    enterprise: &'a EnterpriseId,
    points: &'a OrdMap<PointId, Point>,
    now: Moment,
) -> impl Iterator<Item = &'a Declared> {
    let own = move |d: &&Declared| match &d.what.of {
        Subject::Enterprise(id) => id == enterprise,
        Subject::Point(id) => points
            .get(id)
            .is_some_and(|point| point.owner.as_ref() == Some(enterprise)),
    };
    all.values().filter(move |d| d.what.until > now).filter(own)
}

/// The declared state that explains an alarm of `code` at `point` now, the one that lasts longest.
pub fn explains<'a>(
    all: &'a OrdMap<u32, Declared>,
    code: &str,
    point: &Point,
    now: Moment,
) -> Option<&'a Declared> {
    let (_, kinds) = EXPLAINED.iter().find(|row| row.0 == code)?;
    let what = |d: &&Declared| d.what.holds(now) && kinds.contains(&d.what.kind) && d.what.covers(point);
    all.values().filter(what).max_by_key(|d| d.what.until)
}

/// Everything declared of `point` that touches the time from `from` to `until`, in the order it was declared.
pub fn marks(all: &OrdMap<u32, Declared>, point: &Point, (from, until): (Moment, Moment)) -> Vec<Mark> {
    let touches = |d: &&Declared| d.what.from < until && from < d.what.until && d.what.covers(point);
    all.values().filter(touches).map(|d| d.what.mark()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::PointKind;
    use crate::domain::text::Clean;

    const NOW: Moment = Moment::from_ms(1_790_000_000_000);

    fn stop(of: Subject) -> Declaration {
        Declaration {
            of,
            kind: DeclaredKind::Stop,
            from: NOW - Span::hours(1),
            until: NOW + Span::hours(1),
            words: Clean::new("停产检修"),
        }
    }

    fn in_hand(what: Declaration) -> OrdMap<u32, Declared> {
        let by = Actor::Desk;
        [(7_u32, Declared { id: 7, what, by })].into_iter().collect()
    }

    fn meter() -> Point {
        let mut point = Point::new(PointId::new("m"), Clean::default(), PointKind::Production);
        point.owner = Some(EnterpriseId::new("e"));
        point
    }

    #[test]
    fn a_stop_of_the_enterprise_explains_what_its_points_say_while_it_lasts() {
        let all = in_hand(stop(Subject::Enterprise(EnterpriseId::new("e"))));
        let explained = |code, at| explains(&all, code, &meter(), at).map(|d| d.id);
        assert_eq!(explained("MTR-TREAT-OFF", NOW), Some(7));
        assert_eq!(explained("SRC-OFF", NOW), Some(7));
        assert_eq!(explained("MTR-CURTAIL", NOW), None, "a stop curtails nothing");
        assert_eq!(explained("MTR-TREAT-OFF", NOW + Span::hours(1)), None);
        let other = in_hand(stop(Subject::Point(PointId::new("n"))));
        assert_eq!(explains(&other, "SRC-OFF", &meter(), NOW), None);
    }

    #[test]
    fn maintenance_of_a_treatment_facility_excuses_no_production_without_it() {
        let mut what = stop(Subject::Point(PointId::new("m")));
        what.kind = DeclaredKind::Maintenance;
        let all = in_hand(what);
        assert_eq!(explains(&all, "MTR-TREAT-OFF", &meter(), NOW), None);
        assert!(explains(&all, "SRC-H", &meter(), NOW).is_some());
    }
}
