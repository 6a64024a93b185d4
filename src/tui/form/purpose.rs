//! What a dialog is for, and which case it is about.

use crate::domain::id::{AlarmId, CaseId, MoveId, PlaybookId, TaskId};
use crate::domain::ledger::Stream;

/// A part of the emergency plan (应急减排清单).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plan {
    /// What units do.
    Measures,
    /// What enterprises may still draw.
    Enterprises,
}

impl Plan {
    /// Its key in drafts on disk.
    pub fn key(self) -> &'static str {
        match self {
            Self::Measures => "measures",
            Self::Enterprises => "enterprises",
        }
    }
}

/// What is done to a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyAct {
    /// Take it.
    Take,
    /// Write into its log.
    Note,
    /// Make its hand-over ready.
    Prepare,
    /// Begin to read it.
    Read,
    /// Let it pass in spite of what stands in the way.
    Pass,
    /// Sign as the one who leaves.
    SignOut,
    /// Sign as the one who comes.
    SignIn,
}

impl DutyAct {
    /// Its key in drafts on disk.
    pub fn key(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Note => "note",
            Self::Prepare => "prepare",
            Self::Read => "read",
            Self::Pass => "pass",
            Self::SignOut => "sign_out",
            Self::SignIn => "sign_in",
        }
    }
}

/// Every act, in the order they are offered.
pub const DUTY_ACTS: &[DutyAct] = &[
    DutyAct::Take,
    DutyAct::Note,
    DutyAct::Prepare,
    DutyAct::Read,
    DutyAct::SignOut,
    DutyAct::SignIn,
    DutyAct::Pass,
];

/// How one of several gets its order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sending {
    /// By a step of its loop.
    Step(CaseId, MoveId),
    /// As a further order.
    Further(CaseId),
    /// With a case of that loop which is opened on the alarm.
    Open(AlarmId, PlaybookId),
}

impl Sending {
    /// What it is about.
    pub fn text(&self) -> &str {
        match self {
            Self::Step(case, _) | Self::Further(case) => case.as_str(),
            Self::Open(alarm, _) => alarm.as_str(),
        }
    }
}

/// What a dialog is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Acknowledge alarms.
    Acknowledge(Vec<AlarmId>),
    /// Take acknowledgements back.
    Unacknowledge(Vec<AlarmId>),
    /// Shelve alarms.
    Shelve(Vec<AlarmId>),
    /// Take alarms out of service.
    OutOfService(Vec<AlarmId>),
    /// End a shelving.
    Release(Vec<AlarmId>),
    /// Open a case on an alarm.
    Open {
        /// On which.
        alarm: AlarmId,
        /// By which playbook.
        playbook: PlaybookId,
        /// Whether the order's dialog follows.
        then_dispatch: bool,
    },
    /// Open a case by hand (登记).
    Intake {
        /// By which playbook.
        playbook: PlaybookId,
        /// Under which case, where it belongs under one.
        parent: Option<CaseId>,
    },
    /// Open what the plan asks for under an episode.
    Deploy {
        /// Which episode.
        episode: CaseId,
        /// Measures or enterprises.
        plan: Plan,
    },
    /// Send one order for each of these.
    Orders(Vec<Sending>),
    /// Make one step for several cases of one loop.
    Steps {
        /// Which cases.
        cases: Vec<CaseId>,
        /// Which step.
        step: MoveId,
    },
    /// Draw stations for inspection.
    Draw,
    /// Declare a stop, a maintenance or a calibration.
    Declare,
    /// End a declared state before its time; the number of the entry that declared it.
    EndDeclaration(u32),
    /// Make a step of a case's playbook.
    Step {
        /// Which case.
        case: CaseId,
        /// Which step.
        step: MoveId,
    },
    /// Send a further order for a case.
    Dispatch(CaseId),
    /// Withdraw orders.
    Withdraw(Vec<TaskId>),
    /// Send orders again, or by another way.
    Resend(Vec<TaskId>),
    /// Record a call that delivered orders.
    Called(Vec<TaskId>),
    /// Record what a unit answered to orders.
    Answered(Vec<TaskId>),
    /// Add words to cases.
    Note(Vec<CaseId>),
    /// Something about the shift.
    Duty(DutyAct),
    /// Take the last thing back, of each of these.
    Undo(Vec<Stream>),
}

impl Purpose {
    /// Whether it takes all marked rows at once.
    pub fn takes_many(&self) -> bool {
        match self {
            Self::Acknowledge(_)
            | Self::Unacknowledge(_)
            | Self::Shelve(_)
            | Self::OutOfService(_)
            | Self::Release(_)
            | Self::Orders(_)
            | Self::Note(_)
            | Self::Withdraw(_)
            | Self::Resend(_)
            | Self::Called(_)
            | Self::Answered(_)
            | Self::Undo(_)
            | Self::Steps { .. } => true,
            Self::Open { .. }
            | Self::Intake { .. }
            | Self::Deploy { .. }
            | Self::Draw
            | Self::Declare
            | Self::EndDeclaration(_)
            | Self::Step { .. }
            | Self::Dispatch(_)
            | Self::Duty(_) => false,
        }
    }

    /// Whether it is about something that is there already; a matter that is written down anew may be another one each
    /// time.
    pub fn is_bound(&self) -> bool {
        !matches!(self, Self::Intake { .. } | Self::Declare | Self::Draw)
    }

    /// The case it is about, if it is about one.
    pub fn case(&self) -> Option<&CaseId> {
        match self {
            Self::Step { case, .. } | Self::Dispatch(case) => Some(case),
            Self::Acknowledge(_)
            | Self::Unacknowledge(_)
            | Self::Shelve(_)
            | Self::OutOfService(_)
            | Self::Release(_)
            | Self::Open { .. }
            | Self::Intake { .. }
            | Self::Deploy { .. }
            | Self::Orders(_)
            | Self::Steps { .. }
            | Self::Draw
            | Self::Declare
            | Self::EndDeclaration(_)
            | Self::Note(_)
            | Self::Duty(_)
            | Self::Withdraw(_)
            | Self::Resend(_)
            | Self::Called(_)
            | Self::Answered(_)
            | Self::Undo(_) => None,
        }
    }

    /// Whether undo (撤回) takes back what is done by it: an order that went out, a call that was recorded, or words that
    /// were written down stay.
    pub fn can_be_undone(&self) -> bool {
        match self {
            Self::Acknowledge(_)
            | Self::Shelve(_)
            | Self::OutOfService(_)
            | Self::Open { .. }
            | Self::Intake { .. }
            | Self::Orders(_)
            | Self::Steps { .. }
            | Self::Step { .. } => true,
            Self::Unacknowledge(_)
            | Self::Release(_)
            | Self::Deploy { .. }
            | Self::Draw
            | Self::Declare
            | Self::EndDeclaration(_)
            | Self::Dispatch(_)
            | Self::Withdraw(_)
            | Self::Resend(_)
            | Self::Called(_)
            | Self::Answered(_)
            | Self::Note(_)
            | Self::Duty(_)
            | Self::Undo(_) => false,
        }
    }
}
