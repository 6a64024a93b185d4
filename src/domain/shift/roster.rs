//! The roster (排班): which shifts a day has, and who is due in each.

use crate::domain::fact::shift::Duty;
use crate::domain::id::{OperatorId, ShiftId};
use crate::domain::playbook::Words;
use crate::domain::shift::Shift;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use chrono::{NaiveDate, NaiveTime};
use imbl::OrdMap;
use std::collections::BTreeMap;

/// How long before its beginning a shift may be taken (default of this program; rooms ask the next person to come 10 to 15
/// minutes early).
pub const EARLY: Span = Span::mins(30);

/// One of the shifts that every day has.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Its key, such as `day`.
    pub key: Clean,
    /// What people read.
    pub words: Words,
    /// The local time it begins at.
    pub begins: NaiveTime,
    /// How long it lasts.
    pub lasts: Span,
}

/// Who is due for one turn of one day, as the roster's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Those on duty.
    pub operators: Vec<OperatorId>,
    /// The leader on call (带班).
    pub leader: Option<OperatorId>,
}

/// Every turn of a day, and who is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// In the order of their beginnings; never empty.
    pub turns: Vec<Turn>,
    /// By day and turn; a turn without a row is taken by whoever comes.
    pub due: BTreeMap<(NaiveDate, Clean), Due>,
}

impl Default for Roster {
    /// Day and night, twelve hours each from 08:00 (default of this program).
    fn default() -> Self {
        let turn = |key: &str, zh: &str, en: &str, hour: i64| Turn {
            key: Clean::new(key),
            words: Words {
                zh: Clean::new(zh),
                en: Clean::new(en),
            },
            begins: NaiveTime::MIN + chrono::Duration::hours(hour),
            lasts: Span::hours(12),
        };
        Self {
            turns: vec![turn("day", "白班", "day", 8), turn("night", "夜班", "night", 20)],
            due: BTreeMap::new(),
        }
    }
}

impl Roster {
    /// A turn by its key.
    pub fn turn(&self, key: &str) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.key.as_str() == key)
    }

    /// The shift that runs at `at`; `None` in a gap between turns.
    pub fn at(&self, at: Moment, zone: Zone) -> Option<(ShiftId, Duty)> {
        let runs = |(_, duty): &(ShiftId, Duty)| duty.from <= at && at < duty.until;
        self.around(at, zone).into_iter().rfind(runs)
    }

    /// The first shift that begins at or after `at`.
    pub fn next(&self, at: Moment, zone: Zone) -> Option<(ShiftId, Duty)> {
        self.around(at, zone)
            .into_iter()
            .find(|(_, duty)| duty.from >= at)
    }

    /// The shift that may be taken at `at`, after those that were: the one that runs, the one that begins soon, or else
    /// what is left of one that was handed over before its end (中途交接).
    pub fn free(&self, shifts: &OrdMap<ShiftId, Shift>, at: Moment, zone: Zone) -> Option<(ShiftId, Duty)> {
        let new = |(id, _): &(ShiftId, Duty)| !shifts.contains_key(id);
        let running = self.at(at, zone);
        let left = || left(shifts, running.clone()?);
        let soon = || self.at(at + EARLY, zone).filter(new);
        running.clone().filter(new).or_else(soon).or_else(left)
    }

    /// The shift of that name; `None` where the roster has no such turn or day.
    pub fn duty(&self, id: &ShiftId, zone: Zone) -> Option<Duty> {
        let (day, key) = id.as_str().split_once('-')?;
        let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
        Some(self.of(day, self.turn(key)?, zone)?.1)
    }

    /// Every shift from the day before `at` to the day after, by beginning.
    fn around(&self, at: Moment, zone: Zone) -> Vec<(ShiftId, Duty)> {
        let today = at.date(zone);
        let days = [today.pred_opt(), Some(today), today.succ_opt()];
        let mut all: Vec<(ShiftId, Duty)> = days
            .into_iter()
            .flatten()
            .flat_map(|day| self.turns.iter().filter_map(move |turn| self.of(day, turn, zone)))
            .collect();
        all.sort_by_key(|(_, duty)| duty.from);
        all
    }

    fn of(&self, day: NaiveDate, turn: &Turn, zone: Zone) -> Option<(ShiftId, Duty)> {
        let from = Moment::from_local(day.and_time(turn.begins), zone)?;
        let due = self
            .due
            .get(&(day, turn.key.clone()))
            .cloned()
            .unwrap_or_default();
        let id = ShiftId::new(&format!("{}-{}", day.format("%Y%m%d"), turn.key));
        let duty = Duty {
            turn: turn.key.clone(),
            operators: due.operators,
            leader: due.leader,
            from,
            until: from + turn.lasts,
        };
        Some((id, duty))
    }
}

/// The rest of a shift that was handed over before its end: a shift of its own, `20261126-night-2`, for whoever takes it.
fn left(shifts: &OrdMap<ShiftId, Shift>, (id, duty): (ShiftId, Duty)) -> Option<(ShiftId, Duty)> {
    let part = |n: u32| match n {
        1 => id.clone(),
        n => ShiftId::new(&format!("{id}-{n}")),
    };
    let parts = (1..).map_while(|n| shifts.get(&part(n)));
    let (n, closed) = parts.zip(2..).last().map(|(last, n)| (n, last.closed))?;
    let from = closed.filter(|at| *at < duty.until)?;
    let operators = Vec::new();
    Some((
        part(n),
        Duty {
            operators,
            from,
            ..duty
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::CHINA;

    fn at(text: &str) -> Moment {
        Moment::parse_rfc3339(text).expect("a fixed text")
    }

    #[test]
    fn a_night_belongs_to_the_day_it_began_on() {
        let roster = Roster::default();
        let name = |text| roster.at(at(text), CHINA).map(|(id, _)| id.to_string());
        assert_eq!(name("2026-11-23T09:00:00+08:00").as_deref(), Some("20261123-day"));
        assert_eq!(
            name("2026-11-23T20:00:00+08:00").as_deref(),
            Some("20261123-night")
        );
        assert_eq!(
            name("2026-11-24T07:59:59+08:00").as_deref(),
            Some("20261123-night")
        );
        assert_eq!(name("2026-11-24T08:00:00+08:00").as_deref(), Some("20261124-day"));
    }

    #[test]
    fn a_shift_is_found_by_its_name_with_those_who_are_due() {
        let mut roster = Roster::default();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let due = Due {
            operators: vec![OperatorId::new("chen")],
            leader: Some(OperatorId::new("wang")),
        };
        roster.due.insert((day, Clean::new("night")), due);
        let duty = roster
            .duty(&ShiftId::new("20261123-night"), CHINA)
            .expect("in the roster");
        assert_eq!(duty.operators, [OperatorId::new("chen")]);
        assert_eq!(duty.until, at("2026-11-24T08:00:00+08:00"));
        assert_eq!(roster.duty(&ShiftId::new("20261123-dusk"), CHINA), None);
        let next = roster.next(duty.until, CHINA).map(|(id, _)| id.to_string());
        assert_eq!(next.as_deref(), Some("20261124-day"));
    }
}
