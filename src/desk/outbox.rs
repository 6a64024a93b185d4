//! The outbox: orders that are in the ledger and not yet delivered, sent by the collector alone.
//!
//! An order is a fact before it is sent and carries the same idempotency key in every attempt, so a restart or a
//! second process may repeat an attempt but never an order.

use crate::channels::Channel;
use crate::channels::Letter;
use crate::channels::Receipt;
use crate::clock::Clock;
use crate::desk::Event;
use crate::desk::Outcome;
use crate::domain::id::ChannelId;
use crate::domain::id::TaskId;
use crate::domain::ledger::State;
use crate::domain::task::Delivery;
use crate::domain::task::Task;
use crate::domain::task::decide;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::client::Client;
use std::collections::HashMap;
use std::collections::HashSet;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use tokio::sync::watch;

/// Ways out by their names.
pub(super) type Ways = HashMap<ChannelId, Arc<dyn Channel>>;

/// What is being sent, and when each channel last sent.
pub(super) struct Outbox {
    /// The channels, which a changed configuration replaces.
    ways: watch::Receiver<Ways>,
    flying: HashSet<TaskId>,
    sent: HashMap<ChannelId, VecDeque<Moment>>,
    client: Client,
    clock: Clock,
    events: Sender<Event>,
    runtime: tokio::runtime::Handle,
}

impl Outbox {
    /// An outbox over the configured channels.
    pub(super) fn new(
        ways: watch::Receiver<Ways>,
        client: Client,
        clock: Clock,
        events: Sender<Event>,
        runtime: tokio::runtime::Handle,
    ) -> Self {
        Self {
            ways,
            flying: HashSet::new(),
            sent: HashMap::new(),
            client,
            clock,
            events,
            runtime,
        }
    }

    /// An attempt ended: the task may be tried again.
    pub(super) fn landed(&mut self, task: &TaskId) {
        self.flying.remove(task);
    }

    /// Starts every attempt that is due. Returns when to look again, if something waits.
    pub(super) fn deliver(&mut self, state: &State, now: Moment) -> Option<Moment> {
        let mut again: Option<Moment> = None;
        for id in &state.outbox {
            let Some(task) = state.tasks.get(id) else { continue };
            let Delivery::Pending { next, .. } = task.delivery else {
                continue;
            };
            if self.flying.contains(id) {
                continue;
            }
            let when = next.max(self.pace(&task.order.channel, now));
            if when > now {
                again = Some(again.map_or(when, |a| a.min(when)));
            } else {
                self.start(task, now);
            }
        }
        again
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

    fn start(&mut self, task: &Task, now: Moment) {
        let Some(channel) = self.way(&task.order.channel) else {
            let why = Clean::new(&format!("no channel {}", task.order.channel));
            self.report(task.id.clone(), Outcome::Refused(why), now);
            return;
        };
        let Letter::Send(ask) = channel.letter(task, now) else {
            return;
        };
        self.flying.insert(task.id.clone());
        self.sent
            .entry(task.order.channel.clone())
            .or_default()
            .push_back(now);
        let (client, clock, events, task) = (
            self.client.clone(),
            self.clock.clone(),
            self.events.clone(),
            task.clone(),
        );
        self.runtime.spawn(async move {
            let receipt = match client.send(&ask).await {
                Ok(reply) => channel.receipt(&reply),
                Err(trouble) => Receipt::Retry(Clean::new(&trouble.code()), None),
            };
            let at = clock.now();
            let outcome = outcome(&task, receipt, at);
            tracing::info!(task = %task.id, ?outcome, "delivery attempt");
            if events
                .send(Event::Sent {
                    task: task.id,
                    outcome,
                    at,
                })
                .is_err()
            {
                tracing::warn!("the desk is gone; the attempt will be repeated with the same key");
            }
        });
    }

    fn report(&self, task: TaskId, outcome: Outcome, at: Moment) {
        if self.events.send(Event::Sent { task, outcome, at }).is_err() {
            tracing::warn!("the desk is gone");
        }
    }
}

fn outcome(task: &Task, receipt: Receipt, at: Moment) -> Outcome {
    match receipt {
        Receipt::Delivered(words) => Outcome::Delivered(words),
        Receipt::Refused(why) => Outcome::Refused(why),
        Receipt::Retry(why, least) => {
            let attempts = match &task.delivery {
                Delivery::Pending { attempts, .. } => *attempts,
                Delivery::Delivered { .. } | Delivery::Refused { .. } | Delivery::Withdrawn { .. } => 0,
            };
            let pause = decide::pause(attempts, rand::random()).max(least.unwrap_or(Span::ZERO));
            Outcome::Again(why, at + pause)
        }
    }
}
