//! One task a source: waits, asks, reads, hands the desk what came of it. The same for every upstream.
//!
//! Politeness lives here: only the collector polls, never more often than configured, later after failures
//! (with jitter, `Retry-After` honoured), conditional requests where the upstream offers them.

use crate::clock::Clock;
use crate::desk::Event;
use crate::desk::luck::Luck;
use crate::desk::poll::held::held;
use crate::desk::poll::wishes::Wishes;
use crate::domain::feed::bounds::{Bound, Bounds, Passed};
use crate::domain::feed::{Feed, MORE_THAN_ASKS, MORE_THAN_ROOM, PollError, PollResult, Volume};
use crate::domain::id::SourceId;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::client::Client;
use crate::net::conditional::Remembered;
use crate::net::retry;
use crate::sources::{Cursor, Read, Source};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::watch;

pub mod held;
pub mod many;
#[cfg(test)]
mod tests;
pub mod wishes;

/// Most requests one poll may make: paging and joins end here.
const MOST_ASKS: usize = 50;
/// A source that fails is tried at least this often, also one whose interval is shorter.
const SLOWEST: Span = Span::mins(5);

/// A configured source, ready to be polled.
pub struct Wired {
    /// Its configured name.
    pub id: SourceId,
    /// The kind of upstream: a key of `SOURCES`.
    pub kind: Clean,
    /// How it asks and reads.
    pub source: Box<dyn Source>,
    /// How often.
    pub every: Span,
    /// The age from which its newest data are late.
    pub late_after: Option<Span>,
    /// How much of it is taken.
    pub bounds: Bounds,
    /// Bytes of memory that what one poll gave may take.
    pub most: u64,
    /// How much it must at least say.
    pub volume: Option<Volume>,
}

impl Wired {
    /// Its health before it was ever polled.
    pub fn feed(&self) -> Feed {
        let feed = Feed::new(self.id.clone(), self.kind.clone(), self.every, self.late_after);
        Feed {
            bounds: self.bounds,
            volume: self.volume.clone(),
            ..feed
        }
    }
}

/// From where each source is asked on: what its last poll whose rows were stored said.
pub type Cursors = BTreeMap<SourceId, String>;

/// What a poll needs besides its source.
#[derive(Clone)]
pub struct PollIo {
    /// The HTTP client all sources share.
    pub client: Client,
    /// The room's clock.
    pub clock: Clock,
    /// Where events go.
    pub events: Sender<Event>,
    /// Under which term this process polls, while it does.
    pub term: watch::Receiver<Option<u64>>,
    /// From where sources are asked on.
    pub cursors: watch::Receiver<Cursors>,
    /// Which sources people want to be asked at once.
    pub wishes: Wishes,
    /// What spreads its waits.
    pub luck: Luck,
}

/// Polls one source once, without a desk: what it gives now.
///
/// # Errors
/// The poll gave nothing usable.
pub async fn trial(wired: Wired, client: &Client, clock: &Clock) -> Result<PollResult, PollError> {
    let polled = Poll::new(wired).once(Cursor::Null, client, clock).await;
    polled.map(|(take, _)| take)
}

/// Polls one source until the desk is gone, the first time after `wait`; sooner where a person wants it.
pub async fn run(wired: Wired, mut line: PollIo, wait: Span) {
    let mut poll = Poll::new(wired);
    let id = poll.wired.id.clone();
    line.wishes.serve();
    line.wishes.or_after(in_real_time(wait, &line.clock), &id).await;
    // Sources that start together do not all ask in the same instant.
    tokio::time::sleep(Duration::from_millis(line.luck.bits() % 128)).await;
    loop {
        let term = match line.term.wait_for(Option::is_some).await {
            Ok(term) => term.unwrap_or_default(),
            Err(_) => return,
        };
        let from = poll.from(&line.cursors.borrow());
        let result = poll.once(from, &line.client, &line.clock).await;
        let at = line.clock.now();
        let (result, cursor) = result.map_or_else(|why| (Err(why), None), |(take, on)| (Ok(take), Some(on)));
        let (came, pause) = poll.conclude(result, at, line.luck.unit());
        let (held, taken) = held();
        let polled = Event::Polled {
            term,
            came: Box::new(came),
            on: cursor.map(|cursor| poll.marked(cursor)),
            held,
        };
        if line.events.send(polled).is_err() {
            return;
        }
        line.wishes.serve();
        let next = line.wishes.or_after(in_real_time(pause, &line.clock), &id);
        tokio::join!(next, taken.wait());
    }
}

/// A span of the room's clock as it passes outside.
fn in_real_time(span: Span, clock: &Clock) -> Duration {
    let ms = u64::try_from(span.ms()).unwrap_or(0);
    Duration::from_millis(ms / u64::from(clock.speed()))
}

struct Poll {
    wired: Wired,
    /// What tells this upstream, as it is configured, from every other: a cursor of another one is none.
    mark: String,
    remembered: Remembered,
    failures: u32,
}

impl Poll {
    fn new(wired: Wired) -> Self {
        Self {
            mark: mark(wired.source.as_ref()),
            wired,
            remembered: Remembered::default(),
            failures: 0,
        }
    }

    /// From where it asks on.
    fn from(&self, cursors: &Cursors) -> Cursor {
        let kept = cursors.get(&self.wired.id).and_then(|text| text.parse().ok());
        let own = kept.filter(|kept: &Cursor| kept.get(0).and_then(Cursor::as_str) == Some(&self.mark));
        own.and_then(|own| own.get(1).cloned()).unwrap_or_default()
    }

    /// A cursor as it is kept.
    fn marked(&self, cursor: Cursor) -> String {
        Cursor::Array(vec![Cursor::String(self.mark.clone()), cursor]).to_string()
    }

    /// Asks from there on until the source has no more to ask, gathering what was read; from where to ask on.
    async fn once(
        &mut self,
        from: Cursor,
        client: &Client,
        clock: &Clock,
    ) -> Result<(PollResult, Cursor), PollError> {
        let mut whole = PollResult::begun();
        let mut cursor = from.clone();
        let mut is_whole = false;
        for nth in 1..=MOST_ASKS {
            let read = match self.step(&cursor, client, clock).await {
                Ok(read) => read,
                // What earlier pages gave is worth having; that the rest is missing is said, and ends nothing.
                Err(why) if whole.rows.gave > 0 && told(&why, clock.now()) == Span::ZERO => {
                    whole.break_off(why);
                    break;
                }
                Err(why) => return Err(why),
            };
            whole.add(read.take);
            cursor = read.cursor;
            is_whole = !read.more;
            if is_whole {
                break;
            }
            let rows = u64::from(whole.rows.there);
            if let Some(passed) = Passed::over(Bound::Rows, rows, self.wired.bounds.most.rows) {
                whole.pass(passed);
            }
            if whole.passed.is_some() || whole.weight() > self.wired.most {
                if whole.passed.is_none() {
                    whole.cut_at(&format!("page {nth}"), MORE_THAN_ROOM);
                }
                break;
            }
            if nth == MOST_ASKS {
                whole.cut_at(&format!("page {nth}"), MORE_THAN_ASKS);
            }
        }
        // Where it did not come to the end, the next poll goes on, or begins with the first page.
        let on = if is_whole || self.wired.source.resumes() {
            cursor
        } else {
            from
        };
        Ok((whole.settle()?, on))
    }

    /// One ask and its reply.
    async fn step(&mut self, cursor: &Cursor, client: &Client, clock: &Clock) -> Result<Read, PollError> {
        let mut ask = self.wired.source.ask(cursor, clock.now());
        self.remembered.prepare(&mut ask);
        let reply = client.send(&ask).await?;
        let reply = self.remembered.settle(&ask, reply).into_reply();
        let read = self.wired.source.read(cursor, &reply, reply.at);
        read.inspect_err(|_| self.remembered.forget(&ask))
    }

    /// The event for the desk, and how long to wait before the next poll.
    fn conclude(&mut self, result: Result<PollResult, PollError>, at: Moment, luck: f64) -> (Event, Span) {
        let source = self.wired.id.clone();
        let every = self.wired.every;
        match result {
            Ok(take) => {
                if self.failures > 0 {
                    tracing::info!(source = %source, failures = self.failures, "poll succeeds again");
                }
                self.failures = 0;
                let pause = spread(every, luck);
                (
                    Event::Read {
                        source,
                        take: Box::new(take),
                        at,
                        next: at + pause,
                    },
                    pause,
                )
            }
            Err(why) => {
                self.failures = self.failures.saturating_add(1);
                tracing::warn!(source = %source, trouble = why.code(), failures = self.failures, "poll failed");
                // Never sooner than the upstream allows, unless that is later than we wait for anybody; and in the end as
                // seldom as in good times, or every five minutes.
                let later = told(&why, at).min(self.wired.bounds.later);
                let pause = retry::back_off(self.failures, every.max(SLOWEST), luck).max(later);
                (
                    Event::Silent {
                        source,
                        why,
                        at,
                        next: at + pause,
                    },
                    pause,
                )
            }
        }
    }
}

/// What tells an upstream as it is configured from every other: a digest of how it is asked from the beginning.
fn mark(source: &dyn Source) -> String {
    let ask = source.ask(&Cursor::Null, Moment::default());
    let digest = Sha256::new()
        .chain_update(ask.url)
        .chain_update(ask.body.unwrap_or_default())
        .finalize();
    let first = digest.iter().take(8);
    format!("{:016x}", first.fold(0, |all, byte| all << 8 | u64::from(*byte)))
}

/// How long the upstream asked us to wait.
fn told(why: &PollError, at: Moment) -> Span {
    if let PollError::TooOften(Some(until)) = why {
        *until - at
    } else {
        Span::ZERO
    }
}

/// The interval, or up to a twentieth more.
fn spread(every: Span, luck: f64) -> Span {
    Span::from_ms(every.ms() + (every.ms() as f64 * luck / 20.0) as i64)
}
