//! Ways out (渠道): which of them take nothing from anyone for now, as what they said to any order or notice tells.

use crate::domain::id::{ChannelId, TaskId};
use crate::domain::state::{State, WayBlock};
use crate::domain::time::Moment;

/// The way after `way` among those of a unit or an enterprise; the first for a way that is not one of them.
pub fn after<'a>(own: &'a [ChannelId], way: &ChannelId) -> Option<&'a ChannelId> {
    let place = own.iter().position(|one| one == way);
    own.get(place.map_or(0, |place| place + 1))
}

/// How a way stands that takes nothing, by its key.
pub const BLOCKED: &str = "blocked";

/// A way that takes nothing from anyone for now.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked<'a> {
    /// Which.
    pub way: &'a ChannelId,
    /// Since when and until when, and what it said.
    pub block: &'a WayBlock,
    /// How many orders wait for it.
    pub waiting: usize,
}

/// The blocked ways as people are told of them, in the order of their names.
pub fn told(state: &State, now: Moment) -> Vec<Blocked<'_>> {
    let waiting = |way: &ChannelId| {
        let waits = |id: &&TaskId| state.tasks.get(*id).is_some_and(|task| task.way == *way);
        state.outbox.iter().filter(waits).count()
    };
    let lasting = state.blocks.iter().filter(|(_, block)| block.until > now);
    let told = lasting.map(|(way, block)| Blocked {
        way,
        block,
        waiting: waiting(way),
    });
    told.collect()
}
