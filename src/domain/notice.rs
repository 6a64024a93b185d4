//! Notices (告知): what was put before a role, whether a channel carried it, and who has seen it. A limit that passed, a
//! red alarm that nobody acknowledges, an order that does not arrive and an emergency each reach the people of a role.
//!
//! What is to be told to whom is decided in `telling`. A notice is repeated until a person of the role has seen it, a
//! bounded number of times: that follows from the facts and is none itself.

use crate::domain::fact::notice::{Deputy, NoticeFact, Telling};
use crate::domain::id::{ChannelId, NoticeId, OperatorId, UnitId};
use crate::domain::person::{Actor, Role};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// How a room tells its people.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// A notice that nobody has seen is repeated so often.
    pub every: Span,
    /// At most so many times after the first.
    pub most: u32,
    /// A red alarm may stay unacknowledged so long.
    pub red_after: Span,
    /// Whom it is brought to then.
    pub red_to: Role,
    /// An order that the operators were told of and that still has not arrived is the leader's after this time.
    pub undelivered_after: Span,
    /// The units of the directory that stand for a role.
    pub to: Vec<(Role, UnitId)>,
    /// The roles that somebody sits in, by the configuration.
    pub seated: Vec<Role>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            every: Span::mins(5),
            most: 6,
            red_after: Span::mins(3),
            red_to: Role::Leader,
            undelivered_after: Span::mins(3),
            to: Vec::new(),
            seated: vec![Role::Operator],
        }
    }
}

/// An attempt to send a notice by a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// When it ended.
    pub at: Moment,
    /// By which channel.
    pub channel: ChannelId,
    /// What the channel answered where it took it; else why not.
    pub came: Result<Clean, Unsent>,
}

/// Why a channel did not take a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsent {
    /// The words.
    pub why: Clean,
    /// Until when it takes nothing from anyone, where that is why.
    pub until: Option<Moment>,
}

/// A notice as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What it is about and whom it is for: one notice each.
    pub id: NoticeId,
    /// What was told, to whom.
    pub telling: Telling,
    /// When it was first told.
    pub told: Moment,
    /// Since when it is told to whom it reaches now; repeating counts from then.
    pub since: Moment,
    /// By how much the clock was set since it was first told.
    pub stepped: Span,
    /// The last attempt to send it.
    pub tried: Option<Tried>,
    /// Who has seen it first, and when.
    pub seen: Option<(OperatorId, Moment)>,
    /// Number of its last entry.
    pub version: u32,
}

impl Notice {
    /// The notice that a `Told` makes.
    pub fn told(id: NoticeId, telling: Telling, at: Moment, version: u32) -> Self {
        Self {
            id,
            telling,
            told: at,
            since: at,
            stepped: Span::ZERO,
            tried: None,
            seen: None,
            version,
        }
    }

    /// Takes one fact in. The only way a notice changes.
    pub fn apply(&mut self, fact: &NoticeFact, by: &Actor, at: Moment, version: u32) {
        self.version = version;
        let tried = |channel: &ChannelId, came| {
            let channel = channel.clone();
            Some(Tried { at, channel, came })
        };
        match (fact, by) {
            (NoticeFact::Sent { channel, receipt }, _) => self.tried = tried(channel, Ok(receipt.clone())),
            (NoticeFact::Unsent { channel, why, until }, _) => {
                let (why, until) = (why.clone(), *until);
                self.tried = tried(channel, Err(Unsent { why, until }));
            }
            (NoticeFact::Readdressed { to, unseated }, _) => {
                self.readdress(to.as_deref().cloned(), *unseated, at);
            }
            (NoticeFact::Seen, Actor::Person(who)) => {
                self.seen.get_or_insert_with(|| (who.clone(), at));
            }
            (NoticeFact::Told(_), _) | (NoticeFact::Seen, Actor::Desk) => {}
        }
    }

    /// The clock was set by so much: when it is told again, and when a way takes letters again, go with it.
    pub fn step(&mut self, by: Span) {
        (self.since, self.stepped) = (self.since + by, self.stepped + by);
        if let Some(tried) = &mut self.tried {
            tried.at = tried.at + by;
            if let Err(Unsent {
                until: Some(until), ..
            }) = &mut tried.came
            {
                *until = *until + by;
            }
        }
    }

    /// Whom it reaches now has been told nothing yet.
    fn readdress(&mut self, to: Option<Deputy>, unseated: bool, at: Moment) {
        if self.telling.to != to {
            self.tried = None;
        }
        (self.telling.to, self.telling.unseated, self.since) = (to, unseated, at);
    }

    /// Whether it is for people of `role`.
    pub fn is_for(&self, role: Role) -> bool {
        self.telling.role == role || (role == Role::Operator && self.is_to_pass_on())
    }

    /// Whether the duty operator has to pass it on: nobody sits in its role, and no channel has carried it there.
    pub fn is_to_pass_on(&self) -> bool {
        let carried = match &self.tried {
            Some(tried) => tried.came.is_ok(),
            // The first attempt is under way.
            None => self.telling.to.as_ref().is_some_and(|to| to.channel.is_some()),
        };
        self.telling.unseated && !carried
    }

    /// How often it has been told by `now`: once, and again until it was seen, a bounded number of times.
    pub fn times(&self, policy: &Policy, now: Moment) -> u32 {
        let until = self.seen.as_ref().map_or(now, |(_, at)| now.min(*at));
        let again = (until - self.since).ms().max(0) / policy.every.ms().max(1);
        1 + u32::try_from(again).unwrap_or(u32::MAX).min(policy.most)
    }

    /// When it was last told.
    pub fn last(&self, policy: &Policy, now: Moment) -> Moment {
        let again = i64::from(self.times(policy, now) - 1);
        self.since + Span::from_ms(policy.every.ms().saturating_mul(again))
    }

    /// When it is told again, if it will be.
    pub fn next(&self, policy: &Policy, now: Moment) -> Option<Moment> {
        let times = self.times(policy, now);
        let more = self.seen.is_none() && times <= policy.most;
        more.then(|| self.since + Span::from_ms(policy.every.ms().saturating_mul(i64::from(times))))
    }

    /// The channel among `ways` that is to carry it now: the next one where one failed; from the first again, or by the one
    /// that took it before, where it was told again since. `None` where none is due.
    pub fn way_due<'a>(&self, ways: &'a [ChannelId], policy: &Policy, now: Moment) -> Option<&'a ChannelId> {
        if self.seen.is_some() || self.telling.to.is_none() {
            return None;
        }
        let Some(tried) = &self.tried else {
            return ways.first();
        };
        let again = self.times(policy, tried.at) < self.times(policy, now);
        let place = ways.iter().position(|way| *way == tried.channel);
        match (&tried.came, place) {
            (Err(_), Some(place)) if !again => ways.get(place + 1),
            _ if !again => None,
            (Ok(_), Some(place)) => ways.get(place),
            (Ok(_) | Err(_), _) => ways.first(),
        }
    }
}
