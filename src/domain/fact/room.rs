//! What happens to the room itself.

use crate::domain::fact::declared::Declaration;
use crate::domain::fact::forecast::Forecast;
use crate::domain::fact::readings::DayRoot;
use crate::domain::id::{PointId, SourceId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// A draw with all that is needed to draw it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The seed.
    pub seed: Clean,
    /// Among which points, in the order of their codes.
    pub among: Vec<PointId>,
    /// Which of them were left out, and why; a reason is never empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<(PointId, Clean)>,
    /// How many were wanted.
    pub count: u32,
    /// Which were drawn, in the order of the draw.
    pub drawn: Vec<PointId>,
}

/// What happened to the room itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RoomFact {
    /// A process began to collect with this version of the program.
    Collecting {
        /// The program's version.
        version: Clean,
    },
    /// The clock of the collector's machine was set while it ran: what waits goes with it.
    ClockStepped {
        /// By how many milliseconds, back where negative.
        by: i64,
    },
    /// A snapshot of the state was kept in the same transaction: it is taken for true only as these bytes.
    Snapshot {
        /// Up to which entry it goes.
        entry: u64,
        /// SHA-256 of its bytes, in hexadecimal.
        digest: Clean,
    },
    /// A day of receiving readings was over.
    Readings(Box<DayRoot>),
    /// Words for the log.
    Noted {
        /// As they were written.
        words: Clean,
    },
    /// A stop, a maintenance or a calibration was declared.
    Declared(Box<Declaration>),
    /// A declared state ended before its time.
    DeclarationEnded {
        /// Number of the room's entry that declared it.
        id: u32,
    },
    /// A person wants a source to be asked at once, whatever it said of later: whoever collects asks it.
    Asked {
        /// Whoever collects asks it at once.
        source: SourceId,
    },
    /// Stations were drawn for inspection.
    Drawn(Box<Draw>),
    /// A forecast was issued, or one that was issued was corrected.
    Forecast(Box<Forecast>),
    /// A report was issued.
    Reported {
        /// Which: a key of the registry of reports.
        kind: Clean,
        /// The beginning of the time it covers.
        from: Moment,
        /// The end of that time, not covered any more.
        until: Moment,
        /// SHA-256 of its text in Markdown, in hexadecimal.
        digest: Clean,
        /// Which correction (更正) of what was issued for that time it is; 0 for the first that goes out.
        #[serde(default, skip_serializing_if = "is_first")]
        correction: u32,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_first(correction: &u32) -> bool {
    *correction == 0
}
