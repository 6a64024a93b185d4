//! Sources (数据源): upstreams as pure ask/read pairs. One upstream a file, one row in [`SOURCES`].
//!
//! A source never sends and never waits: it says what to ask and reads the reply. Scheduling, back-off, conditional
//! requests and size limits are the desk's and `net`'s work, the same for all.

use crate::domain::feed::Take;
use crate::domain::feed::Trouble;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::Ask;
use crate::net::Reply;

/// What a source remembers between polls of one process: a page, a join table, the newest time seen. Disposable.
pub type Cursor = serde_json::Value;

/// What reading one reply gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// What could be read.
    pub take: Take,
    /// What to remember.
    pub cursor: Cursor,
    /// Whether to ask again at once for the rest of this poll (paging, joins); at most 50 asks a poll.
    pub more: bool,
}

/// One configured upstream. Object-safe and without async, so that tests need neither server nor runtime.
pub trait Source: Send + Sync {
    /// What to ask now.
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask;

    /// Reads a reply; statuses other than 2xx come here too, for the upstream's own words.
    ///
    /// # Errors
    /// The poll as a whole gave nothing usable.
    fn read(&self, cursor: &Cursor, reply: &Reply, now: Moment) -> Result<Read, Trouble>;

    /// How often to ask where the configuration does not say.
    fn every(&self) -> Span;

    /// The age from which its newest data are late; `None` for upstreams that only speak when something happens.
    fn late_after(&self) -> Option<Span>;
}
