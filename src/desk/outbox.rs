//! The outbox: orders that are in the ledger and not yet delivered, sent by the collector alone.
//!
//! An order is a fact before it is sent. Where its way has a key every attempt carries the same one, so a restart or a
//! second process may repeat an attempt but never an order. Where it has none, that an attempt begins is a fact as well,
//! stored before the letter leaves: one without an end, such as that of a process that was killed, is in doubt.

mod notices;

use crate::channels::{Channel, Letter, Receipt};
use crate::clock::Clock;
use crate::desk::Event;
use crate::desk::luck::Luck;
use crate::domain::decide;
use crate::domain::feed::PollError;
use crate::domain::id::{ChannelId, NoticeId, TaskId};
use crate::domain::state::State;
use crate::domain::task::outcome::Outcome;
use crate::domain::task::{CUT_OFF, Delivery, Task};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::Ask;
use crate::net::client::Client;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use tokio::sync::watch;

/// Ways out by their names.
pub(super) type Ways = HashMap<ChannelId, Arc<dyn Channel>>;

/// What is to be done at the outbox.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// When to look again, if something waits.
    pub(super) again: Option<Moment>,
    /// Attempts that must be written down before they begin.
    pub(super) begin: Vec<TaskId>,
}

/// What is being sent, and when each channel last sent.
pub(super) struct Outbox {
    /// The channels, which a changed configuration replaces.
    ways: watch::Receiver<Ways>,
    flying: HashSet<TaskId>,
    /// Notices on their way.
    told: HashSet<NoticeId>,
    /// Attempts that this process is about to write down: it alone may begin them.
    begun: HashSet<TaskId>,
    sent: HashMap<ChannelId, VecDeque<Moment>>,
    client: Client,
    clock: Clock,
    events: Sender<Event>,
    runtime: tokio::runtime::Handle,
    /// What spreads its pauses.
    luck: Luck,
}

impl Outbox {
    /// An outbox over the configured channels.
    pub(super) fn new(
        ways: watch::Receiver<Ways>,
        client: Client,
        clock: Clock,
        events: Sender<Event>,
        (runtime, luck): (tokio::runtime::Handle, Luck),
    ) -> Self {
        Self {
            ways,
            flying: HashSet::new(),
            told: HashSet::new(),
            begun: HashSet::new(),
            sent: HashMap::new(),
            client,
            clock,
            events,
            runtime,
            luck,
        }
    }

    /// The clock was set by so much: each channel's pace stays as it is.
    pub(super) fn step(&mut self, by: Span) {
        for at in self.sent.values_mut().flatten() {
            *at = *at + by;
        }
    }

    /// An attempt ended: the task may be tried again.
    pub(super) fn landed(&mut self, task: &TaskId) {
        self.flying.remove(task);
    }

    /// What was to be written down has been, or could not be: nothing further is begun on the strength of it.
    pub(super) fn written(&mut self) {
        self.begun.clear();
    }

    /// Starts every attempt that is due, or names it where it must be written down first.
    pub(super) fn deliver(&mut self, state: &State, now: Moment) -> Due {
        let mut due = Due::default();
        if state.outbox.is_empty() {
            return due;
        }
        for id in &state.outbox {
            let Some(task) = state.tasks.get(id) else { continue };
            if self.flying.contains(id) {
                continue;
            }
            let Delivery::Pending { next, .. } = task.delivery else {
                self.begin(task, now);
                continue;
            };
            if let Some(block) = state.block(&task.way, now).filter(|_| next <= now) {
                self.report(task, Outcome::Waits(block.words.clone(), block.until), now);
                continue;
            }
            let when = next.max(self.pace(&task.way, now));
            if when > now {
                due.again = Some(due.again.map_or(when, |at| at.min(when)));
            } else {
                due.begin.extend(self.start(task, now));
            }
        }
        due
    }

    /// An attempt stands in the ledger: it is ours to make, or it was another process's and nobody knows how it ended.
    fn begin(&mut self, task: &Task, now: Moment) {
        let letter = self.way(&task.way).map(|way| way.letter(task, now));
        match letter {
            Some(Letter::Send(ask)) if self.begun.remove(&task.id) => self.send(task, *ask),
            _ => self.report(task, Outcome::InDoubt(Clean::new(CUT_OFF)), now),
        }
    }

    /// The earliest moment the channel's pace allows another letter.
    fn pace(&mut self, id: &ChannelId, now: Moment) -> Moment {
        let Some(most) = self.way(id).and_then(|way| way.per_minute()) else {
            return now;
        };
        let sent = self.sent.entry(id.clone()).or_default();
        while sent.front().is_some_and(|at| now.age_of(*at) >= Span::mins(1)) {
            sent.pop_front();
        }
        match sent.front() {
            Some(first) if sent.len() >= most as usize => *first + Span::mins(1),
            Some(_) | None => now,
        }
    }

    fn way(&self, id: &ChannelId) -> Option<Arc<dyn Channel>> {
        self.ways.borrow().get(id).cloned()
    }

    /// Starts an attempt; gives the order back where that must be written down first.
    fn start(&mut self, task: &Task, now: Moment) -> Option<TaskId> {
        let Some(channel) = self.way(&task.way) else {
            let why = Clean::new(&format!("no channel {}", task.way));
            self.report(task, Outcome::Refused(why), now);
            return None;
        };
        let Letter::Send(ask) = channel.letter(task, now) else {
            self.report(task, Outcome::Call, now);
            return None;
        };
        self.sent.entry(task.way.clone()).or_default().push_back(now);
        if channel.has_key() {
            self.send(task, *ask);
            return None;
        }
        self.begun.insert(task.id.clone());
        Some(task.id.clone())
    }

    fn send(&mut self, task: &Task, ask: Ask) {
        let Some(channel) = self.way(&task.way) else {
            return;
        };
        self.flying.insert(task.id.clone());
        let (client, clock, events, luck, task) = (
            self.client.clone(),
            self.clock.clone(),
            self.events.clone(),
            self.luck.clone(),
            task.clone(),
        );
        self.runtime.spawn(async move {
            let receipt = match client.send(&ask).await {
                Ok(reply) => channel.receipt(&reply),
                Err(trouble) => unanswered(&trouble, channel.has_key()),
            };
            let at = clock.now();
            let outcome = outcome(&task, receipt, at, luck.unit());
            tracing::info!(task = %task.id, way = %task.way, ?outcome, "delivery attempt");
            if events.send(sent(&task, outcome, at)).is_err() {
                tracing::warn!("the desk is gone; what came of the attempt is not recorded");
            }
        });
    }

    /// What is known without an attempt.
    fn report(&mut self, task: &Task, outcome: Outcome, at: Moment) {
        self.flying.insert(task.id.clone());
        if self.events.send(sent(task, outcome, at)).is_err() {
            tracing::warn!("the desk is gone");
        }
    }
}

fn sent(task: &Task, outcome: Outcome, at: Moment) -> Event {
    Event::Sent {
        task: task.id.clone(),
        way: task.way.clone(),
        outcome,
        at,
    }
}

/// No answer came: it may have arrived all the same, unless no connection was made.
fn unanswered(trouble: &PollError, has_key: bool) -> Receipt {
    let why = Clean::new(&trouble.code());
    if matches!(trouble, PollError::Redirect(_) | PollError::Certificate(_)) {
        Receipt::Doubtful(why)
    } else if !has_key && trouble.may_have_arrived() {
        Receipt::Unknown(why)
    } else {
        Receipt::Retry(why, None)
    }
}

fn outcome(task: &Task, receipt: Receipt, at: Moment, luck: f64) -> Outcome {
    let attempts = task.attempts().unwrap_or(0);
    match receipt {
        Receipt::Delivered(words) => Outcome::Delivered(words),
        Receipt::Refused(why) => Outcome::Refused(why),
        Receipt::Unknown(why) => Outcome::InDoubt(why),
        Receipt::Blocked(why, span) => Outcome::Blocked(why, at + span),
        Receipt::Retry(why, least) => {
            let pause = decide::task::pause(attempts, luck).max(least.unwrap_or(Span::ZERO));
            Outcome::Again(why, at + pause)
        }
        Receipt::Doubtful(why) => match decide::task::bounded_pause(attempts, luck) {
            Some(pause) => Outcome::Again(why, at + pause),
            None => Outcome::Refused(why),
        },
    }
}
