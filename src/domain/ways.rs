//! Ways out (渠道): which of them take nothing from anyone for now, as what they said to any order tells.

use crate::domain::id::ChannelId;
use crate::domain::ledger::State;
use crate::domain::task::Said;
use crate::domain::time::Moment;
use std::collections::BTreeMap;

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
