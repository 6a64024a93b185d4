//! What may forbid a hand-over, by kind and name; what does is judged in [`crate::domain::blockers`].

use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::shift::Shift;

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blocker {
    /// A red or orange alarm that nobody has acknowledged.
    Alarm(AlarmId),
    /// An episode in force on which nobody noted anything during this shift.
    Episode(CaseId),
    /// An emergency whose report is due: its clock runs.
    Report(CaseId),
}

impl Blocker {
    /// The key of its kind in the ledger.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Alarm(_) => "alarm",
            Self::Episode(_) => "episode",
            Self::Report(_) => "report",
        }
    }

    /// What stands in the way, by its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Alarm(id) => id.as_str(),
            Self::Episode(id) | Self::Report(id) => id.as_str(),
        }
    }

    /// By kind and name.
    pub fn of(kind: &str, name: &str) -> Option<Self> {
        match kind {
            "alarm" => Some(Self::Alarm(AlarmId::new(name))),
            "episode" => Some(Self::Episode(CaseId::new(name))),
            "report" => Some(Self::Report(CaseId::new(name))),
            _ => None,
        }
    }
}

/// What stands in the way and was not let pass.
pub(in crate::domain) fn standing(shift: &Shift, blockers: &[Blocker]) -> Vec<Blocker> {
    let stands = |blocker: &&Blocker| !shift.overrides(blocker);
    blockers.iter().filter(stands).cloned().collect()
}
