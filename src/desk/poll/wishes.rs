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

    /// Whatever is wanted by now is served: the source was just asked, or is about to be.
    pub fn serve(&mut self) {
        self.heard = self.said.borrow().values().copied().max().unwrap_or(0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const LONG: Duration = Duration::from_secs(3600);

    #[tokio::test(start_paused = true)]
    async fn a_wish_is_served_once_and_one_made_while_the_source_is_asked_is_served_by_that() {
        let source = SourceId::new("host");
        let wished = |entry: u64| Wished::from([(source.clone(), entry)]);
        let (say, said) = watch::channel(wished(3));
        let mut wishes = Wishes::new(said);
        let begun = tokio::time::Instant::now();
        // Whoever begins to ask asks anyway.
        wishes.serve();
        wishes.or_after(LONG, &source).await;
        assert_eq!(begun.elapsed(), LONG, "an old wish");
        say.send_replace(wished(4));
        wishes.or_after(LONG, &source).await;
        assert_eq!(begun.elapsed(), LONG, "a new one");
        say.send_replace(wished(5));
        wishes.serve();
        wishes.or_after(LONG, &source).await;
        assert_eq!(begun.elapsed(), 2 * LONG, "while it was asked");
    }
}
