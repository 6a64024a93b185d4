//! The desk (值班台): the one core loop of a process.
//!
//! [`Event`] is all that enters, [`Effect`] all that leaves; `update` decides between them and is pure;
//! `run` performs the effects. Seats read the [`board::Board`] and send [`Event::Request`].

use crate::domain::decide::opening::Opening;
use crate::domain::decide::refusal::Refusal;
use crate::domain::decide::shift::Wish;
use crate::domain::fact::case::MoveInput;
use crate::domain::fact::declared::Declaration;
use crate::domain::fact::task::Order;
use crate::domain::id::{
    AlarmId, CaseId, ChannelId, MoveId, NoticeId, PlaybookId, PointId, SeatId, ShiftId, SourceId, TaskId,
};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Operator;
use crate::domain::quantity::Quantity;
use crate::domain::state::ReportKey;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

pub mod board;
mod event;
mod follow;
mod lease;
pub mod luck;
pub mod once;
mod outbox;
pub mod picture;
pub mod poll;
mod revised;
pub mod run;
pub mod share;
mod start;
pub mod update;
mod verify;
mod year;

pub use event::Event;

/// An answer to a seat's act, as the runner hands it on.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Which seat.
    pub seat: SeatId,
    /// Its number for the act.
    pub ticket: u64,
    /// Done and stored, or why not.
    pub answer: Result<Done, Refusal>,
}

/// Something a person wants done, with what they were looking at.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who, in which role.
    pub by: Operator,
    /// At which seat.
    pub seat: SeatId,
    /// The seat's own number for it; the answer carries it.
    pub ticket: u64,
    /// When it was decided.
    pub at: Moment,
    /// The versions of everything it touches, as they were on the screen.
    pub seen: Vec<(Stream, u32)>,
    /// What.
    pub command: Command,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a person does one thing at a time; a box would be in everybody's way"
)]
pub enum Command {
    /// Acknowledge alarms with one comment, until the expiry.
    Acknowledge {
        /// Which.
        alarms: Vec<AlarmId>,
        /// Words; may be empty.
        comment: Clean,
        /// When it expires.
        until: Option<Moment>,
    },
    /// Take acknowledgements back.
    Unacknowledge(Vec<AlarmId>),
    /// Shelve alarms.
    Shelve {
        /// Which.
        alarms: Vec<AlarmId>,
        /// Why; must not be empty.
        reason: Clean,
        /// Until when.
        until: Moment,
    },
    /// Take alarms out of service for maintenance.
    OutOfService {
        /// Which.
        alarms: Vec<AlarmId>,
        /// Why; must not be empty.
        reason: Clean,
    },
    /// End a shelving, or bring back into service.
    Release(Vec<AlarmId>),
    /// Open a case on an alarm, or by hand.
    Open {
        /// By which playbook.
        playbook: PlaybookId,
        /// With what; what an alarm says completes it. When it was detected is the desk's to say.
        opening: Box<Opening>,
    },
    /// Make a step of a case's playbook. A step that dispatches also orders.
    Move {
        /// Which case.
        case: CaseId,
        /// Which step.
        step: MoveId,
        /// What is given with it.
        given: MoveInput,
        /// The order that goes out with it, where the step dispatches.
        order: Option<Order>,
    },
    /// Send a further order for a case.
    Dispatch(Box<Order>),
    /// Withdraw an order that has not been answered.
    Withdraw(TaskId),
    /// Send an order by this way: again, or by another one than before.
    Resend {
        /// Which order.
        task: TaskId,
        /// By which way.
        way: ChannelId,
    },
    /// Record a telephone call that delivered an order.
    Called {
        /// Which order.
        task: TaskId,
        /// What was said.
        words: Clean,
    },
    /// Record what a unit answered.
    Answered {
        /// Which order.
        task: TaskId,
        /// `received`, `on_scene`, `done`, `returned`.
        kind: Clean,
        /// The words.
        words: Clean,
    },
    /// Add words to a case.
    Note {
        /// Which case.
        case: CaseId,
        /// The words.
        words: Clean,
    },
    /// Say that notices were seen.
    See(Vec<NoticeId>),
    /// Something about a shift: take it, note in it, hand it over.
    Shift {
        /// Which.
        shift: ShiftId,
        /// What.
        wish: Wish,
    },
    /// Issue a report.
    Report {
        /// Which, and for which time.
        report: ReportKey,
        /// SHA-256 of its text in Markdown, in hexadecimal.
        digest: Clean,
    },
    /// Take back the last thing this person did there, where that is possible; a new fact.
    Undo(Stream),
    /// Record that a stop, a maintenance or a calibration was declared.
    Declare(Box<Declaration>),
    /// Draw stations for inspection, by a seed that nobody chooses.
    Draw {
        /// How many.
        count: u32,
        /// Which are left out, and why.
        excluded: Vec<(PointId, Clean)>,
    },
    /// End a declared state before its time.
    EndDeclaration(u32),
    /// Ask a source at once, also one that is not due or said later.
    Ask(SourceId),
    /// Several things as one: all of them are stored, or none.
    All(Vec<Command>),
}

/// What leaves the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append these facts together; on conflict, read what is newer and put `retry` in again.
    Append {
        /// The facts.
        drafts: Vec<Draft>,
        /// The act they come from, to be decided again on conflict and answered when stored.
        request: Option<Box<Request>>,
    },
    /// Keep the readings of this poll.
    Keep(Vec<crate::domain::reading::Reading>),
    /// Read back what was corrected in these hourly series.
    Reread(Vec<(PointId, Quantity)>),
    /// Count the signals of this poll; accepted means kept.
    Sight(Vec<crate::domain::signal::Signal>),
    /// The board changed.
    Publish,
    /// Answer a seat.
    Reply(Reply),
    /// Look at the outbox.
    Deliver,
}

/// What was done and stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// How many things changed.
    pub count: usize,
    /// The case that was opened, if one was.
    pub case: Option<CaseId>,
    /// The order that was made, if one was.
    pub task: Option<TaskId>,
}
