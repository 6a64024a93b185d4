//! What happens to an alarm (告警).

use crate::domain::fact::evidence::Evidence;
use crate::domain::fact::pool::{Pool, Pooled, share};
use crate::domain::id::{CaseId, OperatorId, PointId, SourceId, TownshipId};
use crate::domain::place::Place;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What raised an alarm; everything about it that does not change by handling.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Its code in the catalogue: `STRAW-FIRE`, `AIR-AQI`, `SYS-SRC` …
    pub code: Clean,
    /// How much it matters now.
    pub severity: Severity,
    /// One line, in the upstream's or the room's language.
    pub title: Clean,
    /// The rest.
    pub detail: Clean,
    /// The source it came from; `None` for the desk's own rules over several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The point it is about, if one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<PointId>,
    /// Where, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The direction in which the camera at the point saw it, degrees clockwise from north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearing: Option<f64>,
    /// A picture of what was seen: an address on the web; else empty.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub picture: Clean,
    /// The township, if found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<TownshipId>,
    /// Whether the township is only the nearest one.
    #[serde(rename = "guessed", default, skip_serializing_if = "std::ops::Not::not")]
    pub township_guessed: bool,
    /// The township or area in the upstream's own words, where the directory does not know them; else empty.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub area: Clean,
    /// The severity in the upstream's own words, where no table knows them; else empty.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub severity_words: Clean,
    /// When the upstream, or the reading, says it began.
    pub began: Moment,
    /// When it ends by itself, if told: the desk then lets it return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Moment>,
    /// Whether the desk set that end itself, because nobody told one: it goes with a clock that is set.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_end: bool,
    /// What it was judged by; `None` for what no series speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Arc<Evidence>>,
}

impl Cause {
    /// That something is wrong with a source itself: an orange alarm that lasts until the source is well again.
    pub fn of_source(code: Clean, source: SourceId, title: Clean, began: Moment) -> Self {
        Self {
            code,
            severity: Severity::Orange,
            title,
            source: Some(source),
            began,
            ..Self::default()
        }
    }
}

/// Why an alarm is held back from the list of those that need a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Hold {
    /// By an operator, for a time (搁置).
    Shelved {
        /// Who shelved it: named beside it while it lasts.
        by: OperatorId,
        /// Why; never empty.
        reason: Clean,
        /// The end, at most the end of the shift.
        until: Moment,
    },
    /// By the room's logic, such as a declared stop (设计抑制).
    Suppressed {
        /// The rule that says so.
        why: Clean,
    },
    /// For maintenance, by permit (停用).
    OutOfService {
        /// Who answers for its being silent.
        by: OperatorId,
        /// Why; never empty.
        reason: Clean,
    },
}

/// Why an alarm became unacknowledged again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopened {
    /// Its acknowledgement expired.
    Expired,
    /// An operator took it back.
    Undone,
}

/// What happened to an alarm, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AlarmFact {
    /// The condition began, or began again. Shared with the alarm that it raises.
    Raised(Arc<Cause>),
    /// It is worse or milder than before. Worse is a re-alarm: unacknowledged again.
    Regraded {
        /// The new severity.
        severity: Severity,
        /// The words that go with it.
        title: Clean,
    },
    /// The condition ended.
    Returned,
    /// A person has seen it.
    Acknowledged {
        /// Their words.
        comment: Clean,
        /// When it expires.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
    },
    /// Unacknowledged again.
    Unacknowledged {
        /// What brings it back before people.
        why: Reopened,
    },
    /// Held back by a person, the logic or a permit.
    Held(Hold),
    /// The hold ended, by time, by a person or by the logic.
    Released,
    /// A case was opened on it, or it joined one.
    Joined {
        /// The case that takes care of it.
        case: CaseId,
    },
}

share!(Cause: code, detail, source, point, township);

impl Pooled for Hold {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Shelved { by, reason, .. } | Self::OutOfService { by, reason } => {
                by.share(pool);
                reason.share(pool);
            }
            Self::Suppressed { why } => why.share(pool),
        }
    }
}

impl AlarmFact {
    /// The condition began, for that reason.
    pub fn raised(cause: Cause) -> Self {
        Self::Raised(Arc::new(cause))
    }
}

impl Pooled for AlarmFact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Raised(cause) => Arc::make_mut(cause).share(pool),
            Self::Acknowledged { comment, .. } => comment.share(pool),
            Self::Held(hold) => hold.share(pool),
            Self::Regraded { .. }
            | Self::Returned
            | Self::Unacknowledged { .. }
            | Self::Released
            | Self::Joined { .. } => {}
        }
    }
}
