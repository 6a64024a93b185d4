//! The network: every ask of every process lies here until it is answered, in an order that no thread decides.

use crate::planted::Planted;
use crate::store::locked;
use lookout::clock::Clock;
use lookout::domain::feed::PollError;
use lookout::domain::time::Moment;
use lookout::net::client::{Exchange, Wire};
use lookout::net::{Ask, Response};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::sync::oneshot;

/// What came of an ask.
pub(crate) type Came = Result<Response, PollError>;

/// What tells one ask from every other, and orders them: the process, the address, how many there were before it.
pub(crate) type Key = (usize, String, u64);

/// An ask under way.
pub(crate) struct Call {
    pub(crate) key: Key,
    pub(crate) ask: Ask,
    back: oneshot::Sender<Came>,
}

/// An answer on its way back.
struct Due {
    at: Moment,
    key: Key,
    came: Came,
    back: oneshot::Sender<Came>,
}

/// The network between all processes and all upstreams and receivers.
#[derive(Default)]
pub(crate) struct Net {
    asked: Vec<Call>,
    due: Vec<Due>,
    /// Asks that nobody answers.
    mute: Vec<oneshot::Sender<Came>>,
    counts: BTreeMap<(usize, String), u64>,
    pub(crate) planted: Option<Planted>,
}

impl Net {
    /// The asks that nobody has looked at yet, in the order of their keys.
    pub(crate) fn asked(&mut self) -> Vec<Call> {
        let mut asked = std::mem::take(&mut self.asked);
        asked.sort_by(|one, other| one.key.cmp(&other.key));
        asked
    }

    /// An ask was answered; the answer arrives then. Without one nobody ever does.
    pub(crate) fn answer(&mut self, call: Call, came: Option<Came>, at: Moment) {
        let Call { key, back, .. } = call;
        match came {
            Some(came) => self.due.push(Due { at, key, came, back }),
            None => self.mute.push(back),
        }
    }

    /// Hands back the next answer that has arrived by now; to which process.
    pub(crate) fn arrive(&mut self, now: Moment) -> Option<usize> {
        let ready = self.due.iter().enumerate().filter(|(_, due)| due.at <= now);
        let first = ready.min_by(|one, other| (one.1.at, &one.1.key).cmp(&(other.1.at, &other.1.key)));
        let nth = first.map(|(nth, _)| nth)?;
        let due = self.due.swap_remove(nth);
        // Who does not wait any more has given up, or is gone.
        due.back.send(due.came).ok();
        Some(due.key.0)
    }

    /// Whatever nobody waits for any more is forgotten.
    pub(crate) fn forget(&mut self) {
        self.mute.retain(|back| !back.is_closed());
        self.due.retain(|due| !due.back.is_closed());
    }
}

/// One process's way to the network.
pub(crate) struct Line {
    pub(crate) net: Arc<Mutex<Net>>,
    pub(crate) by: usize,
    /// By which it says when an answer came.
    pub(crate) clock: Clock,
}

impl Wire for Line {
    fn exchange<'a>(&'a self, ask: &'a Ask) -> Exchange<'a> {
        Box::pin(async move {
            let came = {
                let mut net = locked(&self.net);
                let address = ask.url.split('?').next().unwrap_or_default().to_owned();
                let count = net.counts.entry((self.by, address.clone())).or_default();
                *count += 1;
                let key = (self.by, address, *count);
                let mut ask = ask.clone();
                if net.planted == Some(Planted::ForgetsKey) {
                    let of_id = ask.headers.iter_mut().filter(|(name, _)| name == "webhook-id");
                    of_id.for_each(|(_, id)| *id = format!("{id}-{}", key.2));
                }
                let (back, came) = oneshot::channel();
                net.asked.push(Call { key, ask, back });
                came
            };
            let came = came.await.unwrap_or(Err(PollError::Truncated));
            came.map(|reply| Response {
                at: self.clock.now(),
                ..reply
            })
        })
    }
}
