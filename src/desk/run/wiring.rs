//! How a running desk is wired to the world outside: what polls its sources and by what its orders leave. Wired anew when
//! the configuration was read again.

use crate::channels::Channel;
use crate::desk::outbox::Ways;
use crate::desk::poll::Wired;
use crate::desk::poll::many::Polls;
use crate::domain::id::{ChannelId, SourceId};
use crate::domain::time::Span;
use std::sync::Arc;
use tokio::sync::watch;

/// The wires of a running desk.
pub struct Wiring {
    polls: Polls,
    ways: watch::Sender<Ways>,
}

impl Wiring {
    pub(super) fn new(polls: Polls, ways: watch::Sender<Ways>) -> Self {
        Self { polls, ways }
    }

    /// Polls a source no longer.
    pub fn end(&mut self, id: &SourceId) {
        self.polls.end(id);
    }

    /// Polls a source from now on, the first time after `wait`.
    pub fn begin(&mut self, wired: Wired, wait: Span) {
        self.polls.begin(wired, wait);
    }

    /// From now on letters leave by these channels.
    pub fn send_by(&self, channels: Vec<(ChannelId, Arc<dyn Channel>)>) {
        self.ways.send_replace(channels.into_iter().collect());
    }
}
