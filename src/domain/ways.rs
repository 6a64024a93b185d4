//! Ways out (渠道): which of them take nothing from anyone for now, as what they said to any order tells.

use crate::domain::id::ChannelId;
use crate::domain::id::TaskId;
use crate::domain::ledger::State;
use crate::domain::task::Said;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use std::collections::BTreeMap;

/// The way after `way` among those of a unit or an enterprise; the first for a way that is not one of them.
pub fn after<'a>(own: &'a [ChannelId], way: &ChannelId) -> Option<&'a ChannelId> {
    let place = own.iter().position(|one| one == way);
    own.get(place.map_or(0, |place| place + 1))
}

/// How a way stands that takes nothing, by its key.
pub const BLOCKED: &str = "blocked";

/// The blocked ways, each with the words that say so; the longest block counts. Costs what is in hand.
pub fn blocked(state: &State, now: Moment) -> BTreeMap<&ChannelId, &Said> {
    let mut found: BTreeMap<&ChannelId, &Said> = BTreeMap::new();
    let said = state.tasks.values().flat_map(|task| &task.said);
    for one in said.filter(|one| one.blocked.is_some_and(|until| until > now)) {
        let longest = found.entry(&one.way).or_insert(one);
        if longest.blocked < one.blocked {
            *longest = one;
        }
    }
    found
}

/// A way that takes nothing from anyone for now.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocked<'a> {
    /// Which.
    pub way: &'a ChannelId,
    /// When it first said so, of what still holds.
    pub since: Moment,
    /// Until when.
    pub until: Moment,
    /// What it said.
    pub words: &'a Clean,
    /// How many orders wait for it.
    pub waiting: usize,
}

/// The blocked ways as people are told of them, in the order of their names.
pub fn told(state: &State, now: Moment) -> Vec<Blocked<'_>> {
    let row = |(way, said): (&'_ ChannelId, &'_ Said)| {
        let words = state.tasks.values().flat_map(|task| &task.said);
        let holding = words.filter(|one| one.way == *way && one.blocked.is_some_and(|until| until > now));
        let waits = |id: &&TaskId| state.tasks.get(*id).is_some_and(|task| task.way == *way);
        (
            holding.map(|one| one.at).min().unwrap_or(said.at),
            state.outbox.iter().filter(waits).count(),
        )
    };
    let all = blocked(state, now).into_iter();
    all.map(|(way, said)| {
        let (since, waiting) = row((way, said));
        Blocked {
            way,
            since,
            until: said.blocked.unwrap_or(now),
            words: &said.words,
            waiting,
        }
    })
    .collect()
}
