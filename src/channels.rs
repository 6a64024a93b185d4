//! Channels: ways out for an order, as pure letter/receipt pairs. One way a file, one row in [`CHANNELS`].
//!
//! A channel never sends and never waits: it writes the letter and reads the receipt. Storing before sending, back-off,
//! and the pace of [`Channel::per_minute`] are the outbox's work, the same for all.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::anchor::Anchor;
use crate::domain::notice::{Notice, Policy};
use crate::domain::playbook::Playbook;
use crate::domain::state::State;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};
use crate::lang::{Lang, notice};
use crate::net::{Ask, Response, retry};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fmt::Debug;
use std::sync::Arc;
use toml::Table;

mod dingtalk;
mod setting;
mod telephone;
mod webhook;

pub use setting::{ChannelRaw, ChannelSetting};

/// How an order leaves by a channel.
#[derive(Clone, Debug, PartialEq)]
pub enum Letter {
    /// By HTTP.
    Send(Box<Ask>),
    /// By a person: the operator telephones and records the call.
    Call,
}

/// What came of a letter.
#[derive(Clone, Debug, PartialEq)]
pub enum Receipt {
    /// The channel took it; what it answered.
    Delivered(Clean),
    /// Not now: why, and how long to wait at least, if told.
    Retry(Clean, Option<Span>),
    /// Nothing is taken from anyone for so long: why.
    Blocked(Clean, Span),
    /// Perhaps never: why. Tried a few times over some minutes.
    Doubtful(Clean),
    /// Whether it was taken is not known: why. Only on a way without a key.
    Unknown(Clean),
    /// Never: why.
    Refused(Clean),
}

/// What the words of a notice are made from: what is in hand, and the loops.
pub type Hand<'a> = (&'a State, &'a [Playbook]);

/// One telling of a notice. The same telling always carries the same key and the same words.
#[derive(Clone, Debug)]
pub struct Reminder<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// Which telling it is, from 1.
    pub nth: u32,
    /// When it is told.
    pub at: Moment,
    /// Its key, which no other telling of any ledger has.
    pub key: String,
}

impl<'a> Reminder<'a> {
    /// The telling of a notice that is due at `now`, in the ledger that begins with `genesis`.
    pub fn of(notice: &'a Notice, genesis: [u8; 32], policy: &Policy, now: Moment) -> Self {
        let nth = notice.times(policy, now);
        let mut hash = Sha256::new();
        hash.update(genesis);
        hash.update(notice.id.as_str());
        if notice.since != notice.told {
            // Somebody else is told now: no repetition of what another was.
            hash.update(notice.since.ms().to_be_bytes());
        }
        let digest = URL_SAFE_NO_PAD.encode(hash.finalize());
        Self {
            notice,
            nth,
            at: notice.last(policy, now),
            key: format!("notice_{digest}_{nth}"),
        }
    }

    /// What is said: the notice as it was at its telling, and which one that is where it is not the first.
    fn words(&self, lang: Lang, (state, playbooks): Hand<'_>) -> String {
        let known = notice::NoticeBasis {
            state,
            playbooks,
            now: self.at,
        };
        notice::reminder(lang, self.notice, self.nth, known)
    }
}

/// One configured way out. Object-safe and without async.
pub trait Channel: Send + Sync {
    /// The letter for `task`, signed for `now`. The same task always carries the same idempotency key.
    fn letter(&self, task: &Task, now: Moment) -> Letter;

    /// The letter that puts a notice before who stands for its role, signed for `now`; the words need what is in hand.
    fn reminder(&self, reminder: &Reminder<'_>, hand: Hand<'_>, now: Moment) -> Letter;

    /// The letter that takes the end of the ledger out of its owner's reach, signed for `now`; `None` by a way that carries
    /// words for people alone.
    fn anchor(&self, anchor: &Anchor, now: Moment) -> Option<Ask>;

    /// Reads what came back.
    fn receipt(&self, reply: &Response) -> Receipt;

    /// Whether a letter carries a key by which its receiver knows a repeated one. Where it does not, a letter that may
    /// have arrived is not repeated.
    fn has_key(&self) -> bool;

    /// Most letters a minute; `None` where there is no limit.
    fn per_minute(&self) -> Option<u32>;
}

/// What a channel takes from the room it is in.
#[derive(Clone, Copy, Debug)]
pub struct LetterHead {
    /// The language of its letters.
    pub lang: Lang,
    /// The zone of the times in them.
    pub zone: Zone,
}

/// A kind of channel.
#[derive(Debug)]
pub struct Kind {
    /// Its name: `kind = "…"` in a `[[channel]]` table.
    pub key: &'static str,
    /// What it is, for people who write a configuration.
    pub says: &'static str,
    /// Whether a person calls.
    pub is_call: bool,
    /// Whether it takes the end of the ledger.
    pub takes_anchors: bool,
    /// The schema of its options.
    shape: fn(&mut SchemaGenerator) -> Schema,
    /// What its options mean; `None` where something needed is wrong, and everything wrong is reported.
    read: fn(&mut Check<'_>, &At, &Table) -> Option<Arc<dyn Options>>,
}

/// What a kind wants to know, checked.
pub trait Options: Debug + Send + Sync {
    /// Makes the channel that has these options.
    fn channel(&self, room: LetterHead) -> Box<dyn Channel>;
}

/// Every kind of channel.
pub const CHANNELS: &[Kind] = &[webhook::KIND, dingtalk::KIND, telephone::KIND];

/// What `of` makes of a kind's own keys.
fn read<R: DeserializeOwned, O: Options + 'static>(
    check: &mut Check<'_>,
    at: &At,
    own: &Table,
    of: impl FnOnce(&R, &mut Check<'_>, &At) -> Option<O>,
) -> Option<Arc<dyn Options>> {
    let raw: R = check.own(at, own)?;
    Some(Arc::new(of(&raw, check, at)?))
}

/// What a reply says of itself: its status and the beginning of its body, without the secrets it may echo.
fn saying(reply: &Response) -> Clean {
    const MOST: usize = 200;
    let body = Clean::new(&String::from_utf8_lossy(&reply.body));
    let start: String = body.as_str().chars().take(MOST).collect();
    Clean::new(&format!("HTTP {} {start}", reply.status))
}

/// How long a way that was asked too often is left alone, where it does not say.
const BLOCKED: Span = Span::mins(1);

/// The longest that a way may ask to be left alone, or an order to wait.
const LONGEST_BLOCK: Span = Span::hours(1);

/// What a status other than success means. 429 is about the way, not about one order; 408, 425 and 5xx pass; what is wrong
/// with the letter itself stays; all else (a key under change, a moved address, a log-in page) is tried for a while.
fn by_status(reply: &Response) -> Receipt {
    match reply.status {
        429 => Receipt::Blocked(saying(reply), wait(reply).unwrap_or(BLOCKED)),
        408 | 425 | 500..=599 => Receipt::Retry(saying(reply), wait(reply)),
        400 | 410 | 411 | 413..=415 | 422 => Receipt::Refused(saying(reply)),
        _ => Receipt::Doubtful(saying(reply)),
    }
}

/// How long the other side asks us to wait, at most so long that an order is not forgotten over it.
fn wait(reply: &Response) -> Option<Span> {
    retry::allowed_at(reply, reply.at).map(|at| (at - reply.at).min(LONGEST_BLOCK))
}

#[cfg(test)]
mod tests;
