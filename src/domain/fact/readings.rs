//! What a room received on one day, under one hash.

use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// The root of the Merkle tree over every value that was received on one day, in the order of the readings' key: series,
/// end of the period, revision. A correction that comes later is received on its own day and leaves the value that it
/// corrects where it was, so that a root stays true.
///
/// It vouches for this: what was stored when the day was over is still what is stored. Not for what a source sent, nor for
/// the day that is not over yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRoot {
    /// Under which number its values are stored: 0, 1, 2 …, whatever the clock says.
    pub lot: u32,
    /// When it began, by the room's clock.
    pub from: Moment,
    /// When it was over.
    pub until: Moment,
    /// How many values.
    pub count: u64,
    /// The root, SHA-256, in hexadecimal.
    pub root: Clean,
    /// The earliest end of a period among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Moment>,
    /// From now on nothing is kept whose period ended before that; nothing such stands under the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Moment>,
}
