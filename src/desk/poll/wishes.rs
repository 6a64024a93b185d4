//! Sources that people want to be asked at once, on their way from the ledger to the polls: each by the entry that says so.

use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::id::SourceId;
use crate::domain::ledger::Entry;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;

/// The newest entry that wants each source asked.
pub type Wished = BTreeMap<SourceId, u64>;

/// What `entries` want asked.
pub fn of(entries: &[Entry]) -> Wished {
    let wish = |entry: &Entry| match &entry.fact {
        Fact::Room(RoomFact::Asked { source }) => Some((source.clone(), entry.seq)),
        Fact::Room(_) | Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) => {
            None
        }
    };
    entries.iter().filter_map(wish).collect()
}

/// One poll's ear for them.
#[derive(Clone)]
pub struct Wishes {
    said: watch::Receiver<Wished>,
    /// What was heard of them.
    heard: u64,
}

impl Wishes {
    /// What is said there.
    pub fn new(said: watch::Receiver<Wished>) -> Self {
        Self { said, heard: 0 }
    }

    /// Waits for so long, or until somebody wants the source asked.
    pub async fn or_after(&mut self, wait: Duration, source: &SourceId) {
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            entry = wish(&mut self.said, source, self.heard) => self.heard = entry,
        }
    }
}

/// The next entry after `heard` that wants the source asked.
async fn wish(said: &mut watch::Receiver<Wished>, source: &SourceId, heard: u64) -> u64 {
    let is_new = |all: &Wished| all.get(source).is_some_and(|entry| *entry > heard);
    let entry = said.wait_for(is_new).await.ok();
    match entry.and_then(|all| all.get(source).copied()) {
        Some(entry) => entry,
        // Nobody can say anything any more.
        None => std::future::pending().await,
    }
}
