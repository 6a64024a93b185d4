//! What makes a step of a loop by itself: time, an alarm, a unit, the case above.

use crate::domain::id::StageId;
use crate::domain::text::Clean;
use crate::domain::time::Span;

/// What makes a step without a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The case has been in the stage that long (回头看).
    After(Span),
    /// An alarm of this code joined the case.
    Alarm(Clean),
    /// The last alarm of this code of the case has returned to normal.
    Return(Clean),
    /// A unit answered in this way: `received`, `on_scene`, `done`, `returned`.
    Answer(Clean),
    /// An order of the case has arrived: its channel took it, a call was recorded, or it was answered.
    Delivery,
    /// The last order that stood of those it was sent out with is withdrawn.
    Withdrawal,
    /// The case that it was opened under is in that stage.
    Parent(StageId),
}

impl Trigger {
    /// The stage of the case above that it waits for, if it waits for one.
    pub fn parent(&self) -> Option<&StageId> {
        match self {
            Self::Parent(stage) => Some(stage),
            Self::After(_)
            | Self::Alarm(_)
            | Self::Return(_)
            | Self::Answer(_)
            | Self::Delivery
            | Self::Withdrawal => None,
        }
    }
}
