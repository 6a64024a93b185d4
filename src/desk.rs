//! The desk (值班台): the one core loop of a process.
//!
//! [`Event`] is all that enters, [`Effect`] all that leaves; `update` decides between them and is pure;
//! `run` performs the effects. Seats read the [`board::Board`] and send [`Event::Act`].

use crate::domain::case::opening::Opening;
use crate::domain::directory::Point;
use crate::domain::fact::case::Given;
use crate::domain::fact::declared::Declaration;
use crate::domain::fact::task::Order;
use crate::domain::feed::Feed;
use crate::domain::feed::Take;
use crate::domain::feed::Trouble;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::ChannelId;
use crate::domain::id::MoveId;
use crate::domain::id::NoticeId;
use crate::domain::id::PlaybookId;
use crate::domain::id::PointId;
use crate::domain::id::SeatId;
use crate::domain::id::ShiftId;
use crate::domain::id::SourceId;
use crate::domain::id::TaskId;
use crate::domain::ledger::Draft;
use crate::domain::ledger::Entry;
use crate::domain::ledger::ReportKey;
use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::notice::Unsent;
use crate::domain::person::Operator;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Revision;
use crate::domain::refusal::Refusal;
use crate::domain::rule::RuleSetting;
use crate::domain::shift::decide::Wish;
use crate::domain::task::outcome::Outcome;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;

pub mod board;
mod follow;
mod lease;
pub mod once;
mod outbox;
pub mod picture;
pub mod poll;
mod revised;
pub mod run;
pub mod share;
mod start;
pub mod update;
mod year;

/// What enters the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A poll came back with something to read, perhaps nothing.
    Read {
        /// Which source.
        source: SourceId,
        /// What it gave.
        take: Box<Take>,
        /// When the poll ended.
        at: Moment,
        /// When the next one is due.
        next: Moment,
    },
    /// A poll gave nothing usable. Never the same as an empty one.
    Silent {
        /// Which source.
        source: SourceId,
        /// Why.
        why: Trouble,
        /// When the poll ended.
        at: Moment,
        /// When the next one is due.
        next: Moment,
    },
    /// A person wants something done.
    Act(Box<Act>),
    /// Entries were stored, by us or by another process.
    Stored(Vec<Entry>),
    /// An attempt to deliver an order ended.
    Sent {
        /// Which order.
        task: TaskId,
        /// By which way.
        way: ChannelId,
        /// What came of it.
        outcome: Outcome,
        /// When.
        at: Moment,
    },
    /// An attempt to send a notice ended.
    Carried {
        /// Which notice.
        notice: NoticeId,
        /// By which channel.
        channel: ChannelId,
        /// What the channel answered where it took it; else why not.
        came: Result<Clean, Unsent>,
        /// When.
        at: Moment,
    },
    /// Attempts to deliver these orders begin, by ways without a key: to be written down first.
    Begins {
        /// Which orders.
        tasks: Vec<TaskId>,
        /// When.
        at: Moment,
    },
    /// Time has passed: clocks, expiries, late sources are looked at.
    Tick(Moment),
    /// Whether this process collects, and who does.
    Collects {
        /// Whether it is us.
        us: bool,
        /// The holder's name.
        holder: Clean,
    },
    /// The store can be written, or why not.
    Writable(Result<(), LedgerFault>),
    /// So many facts or readings could not be recorded.
    Unrecorded {
        /// How many.
        count: u64,
        /// What stands in the way.
        why: LedgerFault,
    },
    /// While nothing can be recorded: to be tried again now.
    TryAgain(Moment),
    /// The ledger can be read on, or why not: then the board stands still.
    Readable(Result<(), LedgerFault>),
    /// How often each alarm's signal has been seen.
    Sighted(Vec<(AlarmId, u64)>),
    /// The configuration was read again: what the room knows now, what holds, and what does not yet.
    Furnished {
        /// What the room knows.
        room: Box<board::Room>,
        /// The rules.
        rules: Vec<RuleSetting>,
        /// The sources, as they are before they are polled.
        feeds: Vec<Feed>,
        /// How long readings are kept.
        keep_readings: Span,
        /// Keys whose change waits for the next start.
        waits: Vec<Clean>,
    },
    /// The configuration was changed and something is wrong with it: what, with its place. The last good one stays.
    Misread(Clean),
    /// The days of this year were read.
    Year(std::sync::Arc<crate::domain::air::year::Year>),
    /// Older values of hourly air readings, series by series, as the store has them: all of two days.
    Revised(Vec<((PointId, Quantity), Vec<Revision>)>),
    /// A line for the log pane.
    Logged(board::LogLine),
    /// Another process may have written: the runner reads what is newer. Sent by the watcher of the store's file.
    Look,
    /// The process ends: the runner gives the lease back and leaves its loop.
    Stop,
}

impl Event {
    /// The points that a poll described.
    pub fn points(&self) -> &[Point] {
        if let Self::Read { take, .. } = self {
            &take.points
        } else {
            &[]
        }
    }

    /// The source whose poll this is the outcome of.
    pub fn polled(&self) -> Option<&SourceId> {
        match self {
            Self::Read { source, .. } | Self::Silent { source, .. } => Some(source),
            Self::Act(_)
            | Self::Stored(_)
            | Self::Sent { .. }
            | Self::Carried { .. }
            | Self::Begins { .. }
            | Self::Tick(_)
            | Self::Collects { .. }
            | Self::Writable(_)
            | Self::Unrecorded { .. }
            | Self::TryAgain(_)
            | Self::Readable(_)
            | Self::Sighted(_)
            | Self::Year(_)
            | Self::Furnished { .. }
            | Self::Misread(_)
            | Self::Revised(_)
            | Self::Logged(_)
            | Self::Look
            | Self::Stop => None,
        }
    }
}

/// An answer to a seat's act, as the runner hands it on.
#[derive(Clone, Debug, PartialEq)]
pub struct Tell {
    /// Which seat.
    pub seat: SeatId,
    /// Its number for the act.
    pub ticket: u64,
    /// Done and stored, or why not.
    pub answer: Result<Done, Refusal>,
}

/// Something a person wants done, with what they were looking at.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
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
    pub deed: Deed,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a person does one thing at a time; a box would be in everybody's way"
)]
pub enum Deed {
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
        given: Given,
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
    /// Several things as one: all of them are stored, or none.
    All(Vec<Deed>),
}

/// What leaves the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append these facts together; on conflict, read what is newer and put `retry` in again.
    Append {
        /// The facts.
        drafts: Vec<Draft>,
        /// The act they come from, to be decided again on conflict and answered when stored.
        act: Option<Box<Act>>,
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
    Tell(Tell),
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
