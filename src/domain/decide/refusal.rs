//! Refusals: why an action was not taken, with who did what and when. Words for it are in `lang`.

use crate::domain::alarm::AlarmState;
use crate::domain::id::{CaseId, FieldId, MoveId, OperatorId, StageId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::{Actor, Role};
use crate::domain::playbook::{Need, When};
use crate::domain::shift::DutyRefusal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// Why an action was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It changed since it was looked at; who changed it last and when, if known.
    Changed {
        /// What changed.
        stream: Stream,
        /// Who made the newest entry.
        by: Option<Actor>,
        /// When.
        at: Option<Moment>,
    },
    /// There is no such thing any more.
    Gone(Stream),
    /// Someone acknowledged it first.
    Acknowledged {
        /// Who.
        by: OperatorId,
        /// When.
        at: Moment,
    },
    /// The alarm is not in a state that allows it.
    NotNow(AlarmState),
    /// The case's stage does not allow it.
    WrongStage(StageId),
    /// The role may not do it.
    Role(Role),
    /// Something must be given with it.
    Needs(Need),
    /// The reason is not one of those offered.
    UnknownReason(Clean),
    /// Not one of the playbook's moves, playbooks, units, channels …: what was named.
    Unknown(Clean),
    /// The end lies in the past, or later than allowed; the latest that is allowed.
    Until(Moment),
    /// It belongs to that case already.
    AlreadyIn(CaseId),
    /// Nothing can be taken back here.
    NothingToUndo,
    /// Only whoever did it, or a leader, may take it back.
    NotYours(Actor),
    /// An order is out for it; it can be recalled or withdrawn, not taken back.
    OrderOut(TaskId),
    /// The order was withdrawn already.
    Withdrawn(TaskId),
    /// The same answer to that order is there already.
    SameAnswer(TaskId),
    /// The order is on the wire or has arrived: it is not sent again.
    OnTheWay(TaskId),
    /// The order was answered already: how and when.
    Answered {
        /// The kind of the answer.
        kind: Clean,
        /// When.
        at: Moment,
    },
    /// The step waits for something that is not so yet.
    NotYet(When),
    /// The step was made as often as it may be.
    Often(MoveId),
    /// It must be another person than who made the step before: who that was.
    SameHand(OperatorId),
    /// A field must be filled in.
    NeedsField(FieldId),
    /// What stands in a field is not of its kind: the field, and what stood there.
    BadField(FieldId, Clean),
    /// The shift does not allow it.
    Duty(Box<DutyRefusal>),
    /// The time it tells of is not over: when it is.
    NotOver(Moment),
    /// Nobody polls the sources now.
    NobodyCollects,
    /// The source was asked just before: when.
    AskedLately(Moment),
    /// Nothing can be stored now: what the store said.
    ReadOnly(LedgerFault),
}

impl From<DutyRefusal> for Refusal {
    fn from(why: DutyRefusal) -> Self {
        Self::Duty(Box::new(why))
    }
}
