//! Calm (平安): whether silence means peace. "Nothing unhandled" may be said only while every source is fresh, somebody
//! collects, the ledger can be read and written and the desk is at work; else there are doubts, and they are named.
//!
//! The one place that judges it. Screens, footer, window title, bell, lists, JSON and documents call [`judge`] and
//! show what it says.

use crate::domain::alarm::AlarmState;
use crate::domain::feed::{Feed, FeedState};
use crate::domain::id::SourceId;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::needs::{Lost, Needs};
use crate::domain::state::State;
use crate::domain::time::Moment;
use imbl::OrdMap;

/// What there is to judge by.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The sources with their health.
    pub feeds: &'a OrdMap<SourceId, Feed>,
    /// Whether somebody collects: this process, or one whose lease runs.
    pub collected: bool,
    /// Whether the ledger can be written and read; else what it said.
    pub ledger: Result<(), &'a LedgerFault>,
    /// Since when the desk has not looked at its clocks, where that is longer than it may be.
    pub stuck: Option<Moment>,
    /// What is in hand.
    pub state: &'a State,
    /// How many of its cases are late.
    pub late: usize,
    /// Those of its cases whose loop or stage is not configured.
    pub lost: Option<Lost<'a>>,
}

/// A source that cannot be trusted to have told everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap<'a> {
    /// Which.
    pub feed: &'a Feed,
    /// How it stands: never fresh.
    pub state: FeedState,
    /// Since when nothing good, or nothing new, has come; `None` if it never has.
    pub since: Option<Moment>,
}

/// Why silence proves nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt<'a> {
    /// The ledger cannot be written or read: what it said.
    Ledger(&'a LedgerFault),
    /// The desk has not looked at its clocks since then: its disk does not answer, or it hangs.
    Stuck(Moment),
    /// No source is configured.
    NoSources,
    /// No process polls the sources: since the last poll of any of them; `None` if there was none.
    NobodyCollects(Option<Moment>),
    /// Open cases whose loop or stage is not configured: they are never late.
    Lost(Lost<'a>),
    /// A source is not fresh.
    Source(Gap<'a>),
}

impl Doubt<'_> {
    /// The key in JSON: that of the source's state, or its own.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Ledger(_) => "ledger",
            Self::Stuck(_) => "stuck",
            Self::NoSources => "no_sources",
            Self::NobodyCollects(_) => "nobody_collects",
            Self::Lost(_) => "lost_cases",
            Self::Source(gap) => gap.state.key(),
        }
    }

    /// The source it is about.
    pub fn source(&self) -> Option<&SourceId> {
        match self {
            Self::Source(gap) => Some(&gap.feed.id),
            Self::Ledger(_) | Self::Stuck(_) | Self::NoSources | Self::NobodyCollects(_) | Self::Lost(_) => {
                None
            }
        }
    }

    /// Since when.
    pub fn since(&self) -> Option<Moment> {
        match self {
            Self::Source(gap) => gap.since,
            Self::Stuck(since) => Some(*since),
            Self::NobodyCollects(since) => *since,
            Self::Ledger(_) | Self::NoSources | Self::Lost(_) => None,
        }
    }

    /// What the other side said.
    pub fn trouble(&self) -> Option<String> {
        match self {
            Self::Source(gap) => gap.feed.said(),
            Self::Ledger(why) => Some(why.to_string()),
            Self::Lost(lost) => Some(lost.first.id.to_string()),
            Self::Stuck(_) | Self::NoSources | Self::NobodyCollects(_) => None,
        }
    }

    /// Whether no alarm can speak for it, because nothing is judged or recorded: then the bell does.
    pub fn is_deaf(&self) -> bool {
        matches!(self, Self::Ledger(_) | Self::Stuck(_) | Self::NobodyCollects(_))
    }
}

/// What calm covers, in matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Alarms that nobody has seen.
    pub unhandled: usize,
    /// Orders that have not arrived and that a person must see to.
    pub undelivered: usize,
    /// Cases past their time.
    pub late: usize,
    /// Cases without a loop that knows their time.
    pub lost: usize,
    /// What somebody has taken up and is in time: open cases, and alarms that were seen, last, and stand in no open case.
    pub in_hand: usize,
    /// Alarms that are held back: shelved, suppressed, out of service.
    pub hidden: usize,
}

/// The verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Calm<'a> {
    /// How many sources there are.
    pub sources: usize,
    /// Why silence proves nothing, the gravest first; none where everything is heard.
    pub doubts: Vec<Doubt<'a>>,
    /// What waits for a person.
    pub needs: Needs,
    state: &'a State,
}

/// Whether silence means peace at `now`.
pub fn judge(heard: Heard<'_>, now: Moment) -> Calm<'_> {
    let mut doubts = Vec::new();
    // What is polled while nothing can be recorded is no record: one cause, one doubt.
    match heard.ledger {
        Err(why) => doubts.push(Doubt::Ledger(why)),
        Ok(()) if !heard.collected => {
            let polls = heard.feeds.values().filter_map(|feed| feed.last_poll);
            doubts.push(Doubt::NobodyCollects(polls.max()));
        }
        Ok(()) => {}
    }
    doubts.extend(heard.stuck.map(Doubt::Stuck));
    if heard.feeds.is_empty() {
        doubts.push(Doubt::NoSources);
    }
    doubts.extend(heard.lost.map(Doubt::Lost));
    doubts.extend(gaps(heard.feeds, now).map(Doubt::Source));
    Calm {
        sources: heard.feeds.len(),
        doubts,
        needs: Needs::of(heard.state, heard.late, heard.lost.map_or(0, |lost| lost.count)),
        state: heard.state,
    }
}

/// The sources that are not fresh at `now`, in the order of their names.
fn gaps(feeds: &OrdMap<SourceId, Feed>, now: Moment) -> impl Iterator<Item = Gap<'_>> {
    feeds.values().filter_map(move |feed| {
        let state = feed.state_at(now);
        let since = since(feed, state);
        (!state.is_fresh()).then_some(Gap { feed, state, since })
    })
}

/// Since when a source has told nothing good, or nothing new.
fn since(feed: &Feed, state: FeedState) -> Option<Moment> {
    match (state, feed.late_after, feed.newest) {
        (FeedState::Late, Some(_), Some(newest)) => feed.last_good.map(|good| good.min(newest)),
        (FeedState::Degraded, _, _) => feed.degraded_since,
        (_, _, _) => feed.last_good.or(feed.failing_since),
    }
}

impl<'a> Calm<'a> {
    /// Whether whatever there is would have been heard: no doubt at all.
    pub fn hears_all(&self) -> bool {
        self.doubts.is_empty()
    }

    /// The sources among the doubts.
    pub fn gaps(&self) -> impl Iterator<Item = Gap<'a>> {
        self.doubts.iter().filter_map(|doubt| match doubt {
            Doubt::Source(gap) => Some(*gap),
            Doubt::Ledger(_)
            | Doubt::Stuck(_)
            | Doubt::NoSources
            | Doubt::NobodyCollects(_)
            | Doubt::Lost(_) => None,
        })
    }

    /// The cases among the doubts.
    pub fn lost(&self) -> Option<Lost<'a>> {
        self.doubts.iter().find_map(|doubt| match doubt {
            Doubt::Lost(lost) => Some(*lost),
            Doubt::Ledger(_)
            | Doubt::Stuck(_)
            | Doubt::NoSources
            | Doubt::NobodyCollects(_)
            | Doubt::Source(_) => None,
        })
    }

    /// Whether it may be called calm: everything is heard, and nothing waits for a person.
    pub fn holds(&self) -> bool {
        self.hears_all() && self.needs.total() == 0
    }

    /// What it covers.
    pub fn cover(&self) -> Cover {
        let Self { needs, state, .. } = self;
        let held = [
            AlarmState::Shelved,
            AlarmState::Suppressed,
            AlarmState::OutOfService,
        ];
        Cover {
            unhandled: needs.alarms,
            undelivered: needs.orders,
            late: needs.late,
            lost: needs.lost,
            in_hand: state.open_count().saturating_sub(needs.late + needs.lost) + state.seen_alone(),
            hidden: held.into_iter().map(|held| state.count(held)).sum(),
        }
    }
}

#[cfg(test)]
mod tests;
