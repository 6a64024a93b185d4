//! What somebody declares of a point or an enterprise (申报), and the stretch of time it makes.

use crate::domain::id::{EnterpriseId, PointId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclaredKind {
    /// It does not run (停产、停运).
    Stop,
    /// It is being maintained (检修、运维).
    Maintenance,
    /// Its instrument is being calibrated (校准).
    Calibration,
}

/// One row a kind: its key in JSON and the store.
pub const DECLARED_KINDS: &[(DeclaredKind, &str)] = &[
    (DeclaredKind::Stop, "stop"),
    (DeclaredKind::Maintenance, "maintenance"),
    (DeclaredKind::Calibration, "calibration"),
];

/// Of what it is declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A meter, a stack or a station by itself.
    Point(PointId),
    /// Every point of an enterprise.
    Enterprise(EnterpriseId),
}

/// What somebody declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Said", into = "Said")]
pub struct Declaration {
    /// Whose readings are meant.
    pub of: Subject,
    /// Whether it stands still, is repaired or is calibrated.
    pub kind: DeclaredKind,
    /// May lie behind the entry: people tell it late.
    pub from: Moment,
    /// Until when; always given, so that no alarm is held back for ever.
    pub until: Moment,
    /// Who told the room, and why.
    pub words: Clean,
}

/// A stretch of time with a declared state, as it is shown over readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    from = "(DeclaredKind, Moment, Moment)",
    into = "(DeclaredKind, Moment, Moment)"
)]
pub struct Mark {
    /// By which it is marked in a chart.
    pub kind: DeclaredKind,
    /// Where the marked stretch begins.
    pub from: Moment,
    /// Where it ends: as declared, or as it was ended before.
    pub until: Moment,
}

impl DeclaredKind {
    /// The key in JSON and the store.
    pub fn key(self) -> &'static str {
        DECLARED_KINDS
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        DECLARED_KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }
}

/// A declaration as stored: its subject under the name of its kind.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<PointId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enterprise: Option<EnterpriseId>,
    kind: DeclaredKind,
    from: Moment,
    until: Moment,
    words: Clean,
}

impl From<Declaration> for Said {
    fn from(what: Declaration) -> Self {
        let (point, enterprise) = match what.of {
            Subject::Point(id) => (Some(id), None),
            Subject::Enterprise(id) => (None, Some(id)),
        };
        Self {
            point,
            enterprise,
            kind: what.kind,
            from: what.from,
            until: what.until,
            words: what.words,
        }
    }
}

impl TryFrom<Said> for Declaration {
    type Error = &'static str;

    fn try_from(said: Said) -> Result<Self, &'static str> {
        let of = match (said.point, said.enterprise) {
            (Some(id), None) => Subject::Point(id),
            (None, Some(id)) => Subject::Enterprise(id),
            (Some(_), Some(_)) | (None, None) => {
                return Err("declared of one point or of one enterprise");
            }
        };
        Ok(Self {
            of,
            kind: said.kind,
            from: said.from,
            until: said.until,
            words: said.words,
        })
    }
}

impl From<Mark> for (DeclaredKind, Moment, Moment) {
    fn from(mark: Mark) -> Self {
        (mark.kind, mark.from, mark.until)
    }
}

impl From<(DeclaredKind, Moment, Moment)> for Mark {
    fn from((kind, from, until): (DeclaredKind, Moment, Moment)) -> Self {
        Self { kind, from, until }
    }
}
