//! A whole year of the room, by seed (训练年): what came in, and what people did with each matter until it ended, in the
//! volumes of the room's yearly report. Scripts only: nothing here is decided, stored or sent.
//!
//! Each loop is a file; a day's matters are a pure function of the plan and the day. Called by `drill`, which plays them.

use crate::domain::decide::opening::Opening;
use crate::domain::fact::case::MoveInput;
use crate::domain::id::{MoveId, PlaybookId};
use crate::domain::person::Role;
use crate::domain::signal::Signal;
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::chance::Chance;
use chrono::{NaiveDate, NaiveTime};
use std::ops::Range;

pub mod days;
mod episodes;
mod fires;
mod grids;
mod inspections;
mod petitions;
mod problems;
mod scene;
mod script;
pub mod volume;

/// The days of a whole year.
pub const WHOLE: u32 = 365;

/// Which year is played: by which seed, from which day, how much of it.
#[derive(Clone, Copy, Debug)]
pub struct YearPlan {
    /// The seed of all draws.
    pub seed: u64,
    /// The first day.
    pub first: NaiveDate,
    /// How many days; volumes shrink with them.
    pub days: u32,
}

/// One matter: how it comes in and what is done with it.
#[derive(Clone, Debug)]
pub struct ScriptMatter {
    /// Its name in the script.
    pub key: Clean,
    /// When it comes in.
    pub at: Moment,
    /// How.
    pub begins: Begins,
    /// What is done, soonest first.
    pub course: Vec<ScriptStep>,
}

/// How a matter comes in.
#[derive(Clone, Debug)]
pub enum Begins {
    /// A source says so.
    Signal(Box<Signal>),
    /// A person writes it down.
    Hand {
        /// By which loop.
        playbook: PlaybookId,
        /// With what; its title is its own within the day.
        opening: Box<Opening>,
        /// The matter of the script that it belongs under.
        under: Option<Clean>,
    },
}

/// One scripted step.
#[derive(Clone, Debug)]
pub struct ScriptStep {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// What is done with a matter.
#[derive(Clone, Debug)]
pub enum What {
    /// A person makes a step.
    Move {
        /// In which role.
        by: Role,
        /// Which step.
        step: MoveId,
        /// What is given with it.
        given: Box<MoveInput>,
        /// Whether an order goes out with it.
        orders: bool,
    },
    /// The unit answers the last order.
    Answer {
        /// `received`, `on_scene`, `done`, `returned`.
        kind: Clean,
        /// Its words.
        words: Clean,
    },
}

/// One row a loop: everything of it that comes in on a day.
const LOOPS: &[fn(&YearPlan, i64) -> Vec<ScriptMatter>] = &[
    fires::of,
    grids::of,
    episodes::of,
    inspections::of,
    petitions::of,
    problems::of,
];

impl YearPlan {
    /// The number of the first day on which something comes in: the one before the year, with what is taken over.
    pub const BEFORE: i64 = -1;

    /// Every matter that comes in on the day of that number.
    pub fn matters(&self, day: i64) -> Vec<ScriptMatter> {
        LOOPS.iter().flat_map(|of| of(self, day)).collect()
    }

    /// Whether the straw daily of that day goes out.
    pub fn has_daily(&self, day: i64) -> bool {
        day >= 0 && evenly(day, self.volume(volume::DAYS_WITHOUT_DAILY), self.until(0)).is_empty()
    }

    /// Whether matters of the script belong under one of that loop.
    pub fn has_under(&self, playbook: &PlaybookId) -> bool {
        playbook.as_str() == "episode"
    }

    /// The moment the day of that number begins.
    pub fn midnight(&self, day: i64) -> Moment {
        let first = Moment::from_local(self.first.and_time(NaiveTime::MIN), CHINA);
        first.unwrap_or_default() + Span::days(day)
    }

    /// The moment after the last day.
    pub fn end(&self) -> Moment {
        self.midnight(i64::from(self.days))
    }

    /// A year's volume, for the days that are played; at least one of what there is.
    pub fn volume(&self, whole: u32) -> u32 {
        let share = (u64::from(whole) * u64::from(self.days)).div_ceil(u64::from(WHOLE));
        u32::try_from(share).unwrap_or(u32::MAX)
    }

    fn chance(&self, name: &str) -> Chance {
        Chance::new(self.seed).of("year").of(name)
    }

    /// The days from the first to the one so many before the end; at least the first.
    fn until(&self, before_end: i64) -> Range<i64> {
        0..(i64::from(self.days) - before_end).max(1)
    }
}

/// Which numbers of `total` fall on `day`, when they are dealt out over the days `within` by weight.
fn dealt(day: i64, total: u32, within: Range<i64>, weight: impl Fn(i64) -> u64) -> Range<u32> {
    if !within.contains(&day) {
        return 0..0;
    }
    let sum = |days: Range<i64>| days.map(&weight).sum::<u64>();
    let whole = sum(within.clone()).max(1);
    let upto = |end: i64| {
        let dealt = u64::from(total) * sum(within.start..end) / whole;
        u32::try_from(dealt).unwrap_or(u32::MAX)
    };
    upto(day)..upto(day + 1)
}

/// The same, evenly.
fn evenly(day: i64, total: u32, within: Range<i64>) -> Range<u32> {
    dealt(day, total, within, |_| 1)
}

#[cfg(test)]
mod tests;
