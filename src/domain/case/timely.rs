//! Whether a case came somewhere in time, such as a unit to a fire: one that never came is late as soon as its limit is
//! over, and one whose limit still runs is neither.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::StageMeaning;
use crate::domain::playbook::{Playbook, Since};
use crate::domain::time::{Moment, Span};

/// How a case stands to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timely {
    /// It came in time: how long it took.
    InTime(Span),
    /// It came too late: how long it took.
    Late(Span),
    /// It has not come, and its limit is over.
    Never,
    /// It has not come, and its limit still runs.
    Due,
}

/// By which stage's limit it is due, and the stages in any of which it has come.
pub type Milestone<'a> = (StageMeaning, &'a [StageMeaning]);

/// How a case stands to a goal at `now`, all by the clock as it went when it was opened; `None` where the loop sets no limit for it, or none that runs.
pub fn timely(
    case: &Case,
    playbook: &Playbook,
    (stage, reached): Milestone<'_>,
    now: Moment,
) -> Option<Timely> {
    let walk = case.walk();
    let begins = case.counted_at_first();
    let there = walk
        .steps()
        .iter()
        .filter(|step| reached.iter().any(|stage| step.entered(*stage)));
    let came = there.map(|step| step.done() - case.set_until(step.line)).min();
    let limit = playbook.meaning(stage)?.limit.as_ref()?;
    let from = match limit.since {
        Since::Detected => begins,
        Since::Entered => {
            let (at, line) = walk.first_line_in(stage)?;
            at - case.set_until(line)
        }
    };
    let now = now - case.set_until(case.timeline.len());
    let due = limit.end(from, &case.state.fields, &playbook.calendar);
    Some(match came {
        Some(at) if at <= due => Timely::InTime(at.age_of(begins)),
        Some(at) => Timely::Late(at.age_of(begins)),
        None if now > due => Timely::Never,
        None => Timely::Due,
    })
}

impl Timely {
    /// Whether it is too late.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late(_) | Self::Never)
    }

    /// Whether it counts for a share: it came, or should have.
    pub fn is_settled(self) -> bool {
        self != Self::Due
    }

    /// How long it took, where it came.
    pub fn took(self) -> Option<Span> {
        match self {
            Self::InTime(took) | Self::Late(took) => Some(took),
            Self::Never | Self::Due => None,
        }
    }
}
