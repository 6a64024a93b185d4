//! Time limits of stages: how long, from when, who says so, and whom a missed one is brought to.

use crate::domain::calendar::Calendar;
use crate::domain::id::FieldId;
use crate::domain::person::Role;
use crate::domain::playbook::{Fields, Provenance};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// From when a stage's time limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From detection of the matter, or from its reopening.
    Detected,
    /// From entering the stage.
    Entered,
}

/// One row a beginning: its key in files.
pub const SINCES: &[(Since, &str)] = &[(Since::Detected, "detected"), (Since::Entered, "entered")];

/// How long a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// By the clock.
    Span(Span),
    /// To the end of the n-th working day after the day it counts from (工作日).
    WorkingDays(u32),
}

/// A time limit of a stage: by when it must have been left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How long, where the matter's fields say nothing else.
    pub length: Length,
    /// How long by the value of a choice field (立行立改、一般、重点 …).
    pub by: Option<(FieldId, Vec<(Clean, Length)>)>,
    /// The field that names the last day, where it is filled in: due at that day's end.
    pub until: Option<FieldId>,
    /// Counted from when.
    pub since: Since,
    /// Who says so.
    pub provenance: Provenance,
    /// Whom a missed limit is brought to, soonest first; empty only marks it late.
    pub escalate: Vec<Rung>,
}

impl Limit {
    /// How long for a matter with these fields.
    pub fn length_for(&self, fields: &Fields) -> Length {
        let by = self.by.as_ref().and_then(|(field, rows)| {
            let value = fields.get(field)?;
            rows.iter().find(|(code, _)| code == value).map(|row| row.1)
        });
        by.unwrap_or(self.length)
    }

    /// When it ends, counted from `from`, for a matter with these fields.
    pub fn end(&self, from: Moment, fields: &Fields, calendar: &Calendar) -> Moment {
        let named = self.until.as_ref().and_then(|field| fields.get(field));
        if let Some(day) = named.and_then(|text| text.as_str().parse().ok()) {
            return calendar.end_of(day);
        }
        match self.length_for(fields) {
            Length::Span(span) => from + span,
            Length::WorkingDays(days) => calendar.after(from, days),
        }
    }
}

/// One rung of the ladder (督办) that a missed limit climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Whom it is brought to.
    pub role: Role,
    /// How long after the limit; not negative.
    pub after: Span,
}
