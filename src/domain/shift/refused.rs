//! Why a wish about a shift is refused. Words for it are in `lang`.

use crate::domain::fact::shift::Blocker;
use crate::domain::id::ShiftId;
use crate::domain::shift::Signature;
use crate::domain::time::Moment;

/// Why a wish about a shift is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum DutyRefusal {
    /// It may not be taken before that moment.
    Early(Moment),
    /// Somebody took it already.
    Taken(Signature),
    /// Nobody has taken it.
    NotTaken(ShiftId),
    /// It was handed over.
    HandedOver(ShiftId),
    /// Its hand-over must be made ready first.
    NotPrepared,
    /// The one who comes must read it first.
    NotRead,
    /// The one who leaves signs first.
    OutFirst,
    /// That side has signed already.
    Signed(Signature),
    /// The other signature is by the same person; two are needed.
    SameHand(Signature),
    /// These stand in the way.
    Blocked(Vec<Blocker>),
    /// Nothing stands in the way.
    NothingToOverride,
}
