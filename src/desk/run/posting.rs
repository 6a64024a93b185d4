//! Posts the end of the ledger to a webhook, as configured, by the same rules as it is written into a file: whoever collects
//! does it, beside the loop; trouble is named, tried again, and refuses no act.

use crate::channels::{Channel, Receipt};
use crate::clock::Clock;
use crate::config::anchor::Anchoring;
use crate::desk::outbox::Ways;
use crate::desk::run::anchoring::{AGAIN, Signer, is_paper};
use crate::domain::anchor::Anchor;
use crate::domain::id::ChannelId;
use crate::domain::ledger::Entry;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::client::Client;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Nobody puts the room off for longer.
const LONGEST: Span = Span::hours(1);

/// The number of the entry that arrived; else what stands in the way, and how long to wait where that was told.
type Posted = Result<u64, (LedgerFault, Option<Span>)>;

/// The one who posts it.
pub(super) struct Posting {
    to: Option<ChannelId>,
    every: Span,
    signer: Signer,
    ways: watch::Receiver<Ways>,
    by: (Client, Clock, Handle),
    ended: (Sender<Posted>, Receiver<Posted>),
    /// Whether one is on its way.
    busy: bool,
    /// When the last one was begun, by the hand, and how long the next one waits from then on.
    begun: Option<Span>,
    wait: Span,
    /// The last one that arrived.
    arrived: u64,
    /// What is known of the file's anchors and of those that are posted.
    known: [Result<(), LedgerFault>; 2],
}

impl Posting {
    /// Nothing has arrived yet.
    pub(super) fn new(
        how: &Anchoring,
        ledger: Option<&Path>,
        ways: watch::Receiver<Ways>,
        by: (Client, Clock, Handle),
    ) -> Self {
        Self {
            to: how.channel.clone(),
            every: how.every,
            signer: Signer::new(how, ledger),
            ways,
            by,
            ended: channel(),
            busy: false,
            begun: None,
            wait: Span::ZERO,
            arrived: 0,
            known: [Ok(()), Ok(())],
        }
    }

    /// After a hand-over that is signed or a report that is issued it is posted at once.
    pub(super) fn heed(&mut self, entries: &[Entry]) {
        if entries.iter().any(is_paper) {
            self.begun = None;
        }
    }

    /// Posts it where that is due and there is something new.
    pub(super) fn beat(&mut self, state: &State, (now, hand): (Moment, Span)) {
        let Some(to) = &self.to else { return };
        let waits = self.begun.is_some_and(|begun| hand - begun < self.wait);
        if self.busy || waits || state.seq <= self.arrived {
            return;
        }
        (self.busy, self.begun, self.wait) = (true, Some(hand), self.every);
        let way = self.ways.borrow().get(to).map(Arc::clone);
        let (to, anchor) = (to.clone(), Anchor::of(&state.tip(), state.genesis, now));
        let (signer, ended) = (self.signer.clone(), self.ended.0.clone());
        let (client, clock, runtime) = self.by.clone();
        runtime.spawn(async move {
            let came = match sealed(signer, anchor).await {
                Ok(anchor) => post(&to, way.as_deref(), &anchor, (&client, &clock)).await,
                Err(why) => Err((why, None)),
            };
            // Where the desk is gone nobody need know.
            ended.send(came).ok();
        });
    }

    /// What is known by now of those in the file, where that is anything new, and of those that are posted: one word for
    /// both, that of the file first.
    pub(super) fn came(&mut self, filed: Option<Result<(), LedgerFault>>) -> Option<Result<(), LedgerFault>> {
        let posted = self.ended.1.try_recv().ok();
        if filed.is_none() && posted.is_none() {
            return None;
        }
        let [of_file, of_channel] = &mut self.known;
        if let Some(filed) = filed {
            *of_file = filed;
        }
        match posted {
            Some(Ok(seq)) => {
                (self.busy, self.arrived, *of_channel) = (false, seq, Ok(()));
            }
            Some(Err((why, told))) => {
                let wait = told.map_or(self.wait.min(AGAIN), |told| told.clamp(AGAIN, LONGEST));
                (self.busy, self.wait, *of_channel) = (false, wait, Err(why));
            }
            None => {}
        }
        Some(of_file.clone().and(of_channel.clone()))
    }
}

async fn sealed(signer: Signer, mut anchor: Anchor) -> Result<Anchor, LedgerFault> {
    let signs = move || signer.seal(&mut anchor).map(|()| anchor);
    let ended = tokio::task::spawn_blocking(signs).await;
    ended.unwrap_or_else(|error| Err(error.to_string().as_str().into()))
}

async fn post(to: &ChannelId, way: Option<&dyn Channel>, anchor: &Anchor, by: (&Client, &Clock)) -> Posted {
    let (client, clock) = by;
    let fault = |why: &str| LedgerFault::NotPosted {
        channel: to.clone(),
        why: Clean::new(why),
    };
    let ask = way.and_then(|way| Some((way, way.anchor(anchor, clock.now())?)));
    let Some((way, ask)) = ask else {
        return Err((fault(&format!("no channel: {to}")), None));
    };
    let reply = client.send(&ask).await;
    let reply = reply.map_err(|trouble| (fault(&trouble.code()), None))?;
    match way.receipt(&reply) {
        Receipt::Delivered(_) => Ok(anchor.seq),
        Receipt::Retry(why, wait) => Err((fault(why.as_str()), wait)),
        Receipt::Blocked(why, wait) => Err((fault(why.as_str()), Some(wait))),
        Receipt::Doubtful(why) | Receipt::Unknown(why) | Receipt::Refused(why) => {
            Err((fault(why.as_str()), None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::client::Manners;

    #[tokio::test]
    async fn a_channel_that_says_when_is_left_alone_until_then_but_for_no_more_than_an_hour() {
        let how = Anchoring {
            channel: Some(ChannelId::new("hook")),
            every: Span::mins(5),
            ..Anchoring::default()
        };
        let (_ways, ways) = watch::channel(Ways::default());
        let by = (
            Client::new(Manners::default(), Moment::default),
            Clock::Wall,
            Handle::current(),
        );
        let mut posting = Posting::new(&how, None, ways, by);
        let mut state = State::default();
        state.seq = 3;
        for (told, waits) in [
            (None, AGAIN),
            (Some(Span::secs(1)), AGAIN),
            (Some(Span::mins(40)), Span::mins(40)),
            (Some(Span::days(9)), LONGEST),
        ] {
            posting.begun = None;
            posting.beat(&state, (Moment::default(), Span::ZERO));
            assert!(posting.busy);
            posting
                .ended
                .0
                .send(Err(("busy".into(), told)))
                .expect("it listens");
            posting.came(None);
            posting.beat(&state, (Moment::default(), waits - Span::secs(1)));
            assert!(!posting.busy, "{told:?}: sooner");
            posting.beat(&state, (Moment::default(), waits));
            assert!(posting.busy, "{told:?}: not at all");
            posting
                .ended
                .0
                .send(Err(("busy".into(), None)))
                .expect("it listens");
            posting.came(None);
        }
    }
}
