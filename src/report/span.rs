//! Which time a report covers: the rhythm it comes in, from a day to the period.

use crate::desk::board::Room;
use crate::domain::time::{Moment, Span};
use crate::report::Covered;
use chrono::{Datelike, NaiveDate, NaiveTime};

/// The rhythm a report comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// From 17:00 of the day before to 17:00 (日报的口径).
    FireDay,
    /// A calendar day.
    Day,
    /// The shift that runs.
    Shift,
    /// A day as far as it has come: what tells of an event is due at once.
    Event,
    /// From Monday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// The hour at which a straw daily is closed (default of this program; the reports of the model room name none).
const CLOSING_HOUR: i64 = 17;

impl Rhythm {
    /// The period that a day lies in; `None` outside the calendar.
    pub fn on(self, day: NaiveDate, room: &Room) -> Option<Covered> {
        let (first, next) = match self {
            Self::FireDay | Self::Day | Self::Shift | Self::Event => (day, day.succ_opt()?),
            Self::Week => {
                let monday = day.week(chrono::Weekday::Mon).first_day();
                (monday, monday.checked_add_days(chrono::Days::new(7))?)
            }
            Self::Month => {
                let first = day.with_day(1)?;
                (first, first.checked_add_months(chrono::Months::new(1))?)
            }
            Self::Year => (
                NaiveDate::from_ymd_opt(day.year(), 1, 1)?,
                NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)?,
            ),
        };
        let begin = |day: NaiveDate| Moment::from_local(day.and_time(NaiveTime::MIN), room.zone);
        let back = match self {
            Self::FireDay => Span::hours(24 - CLOSING_HOUR),
            Self::Day | Self::Shift | Self::Event | Self::Week | Self::Month | Self::Year => Span::ZERO,
        };
        Some(Covered {
            from: begin(first)? - back,
            until: begin(next)? - back,
        })
    }

    /// The period of this rhythm that `at` lies in.
    pub fn at(self, at: Moment, room: &Room) -> Option<Covered> {
        match self {
            Self::Shift => {
                let (_, duty) = room.roster.at(at, room.zone)?;
                Some(Covered {
                    from: duty.from,
                    until: duty.until,
                })
            }
            Self::FireDay => self.on((at + Span::hours(24 - CLOSING_HOUR)).date(room.zone), room),
            Self::Day | Self::Event | Self::Week | Self::Month | Self::Year => {
                self.on(at.date(room.zone), room)
            }
        }
    }
}
