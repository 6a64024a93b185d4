//! What enters the desk.

use crate::desk::Request;
use crate::desk::board::{LogLine, Room};
use crate::desk::poll::held::RoomHeld;
use crate::domain::air::year::Year;
use crate::domain::chain::Checked;
use crate::domain::days::Days;
use crate::domain::directory::Point;
use crate::domain::fact::readings::DayRoot;
use crate::domain::feed::{Feed, PollError, PollResult};
use crate::domain::id::{AlarmId, ChannelId, NoticeId, PointId, SourceId, TaskId};
use crate::domain::ledger::Entry;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::notice::Unsent;
use crate::domain::quantity::Quantity;
use crate::domain::reading::Revision;
use crate::domain::rule::RuleSetting;
use crate::domain::task::outcome::Outcome;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// What enters the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A poll came back with something to read, perhaps nothing.
    Read {
        /// Which source.
        source: SourceId,
        /// What it gave.
        take: Box<PollResult>,
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
        why: PollError,
        /// When the poll ended.
        at: Moment,
        /// When the next one is due.
        next: Moment,
    },
    /// What came of a poll, and under which term it was asked: taken in only while that one runs.
    Polled {
        /// The term.
        term: u64,
        /// [`Event::Read`] or [`Event::Silent`].
        came: Box<Event>,
        /// From where to ask on, as text that only polls read, once what came is stored; `None` where nothing came.
        on: Option<String>,
        /// Until it is taken in, or dropped, the source is not asked again.
        held: RoomHeld,
    },
    /// A person wants something done.
    Request(Box<Request>),
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
    /// So many things could not be recorded.
    Unrecorded {
        /// How many since the ledger could last be written.
        count: u64,
        /// What stands in the way.
        why: LedgerFault,
    },
    /// While nothing can be recorded: to be tried again now.
    TryAgain(Moment),
    /// The ledger can be read on, or why not: then the board stands still.
    Readable(Result<(), LedgerFault>),
    /// What a verification of the ledger's chain found.
    Verified(Checked),
    /// What it found of the readings of the days that are over.
    Looked(Days),
    /// A day of receiving readings is over: to be written down.
    DayOver {
        /// What was received.
        root: Box<DayRoot>,
        /// When it was looked at.
        at: Moment,
    },
    /// What is kept beside the ledger (readings, polling's notes) is kept, or why not.
    Beside(Result<(), LedgerFault>),
    /// The end of the ledger was written down, or could not be.
    Anchored(Result<(), LedgerFault>),
    /// How often each alarm's signal has been seen.
    SignalsCounted(Vec<(AlarmId, u64)>),
    /// The configuration was read again: what the room knows now, what holds, and what does not yet.
    Reconfigured {
        /// What the room knows.
        room: Box<Room>,
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
    ConfigRejected(Clean),
    /// The days of this year were read.
    Year(Arc<Year>),
    /// Older values of hourly air readings, series by series, as the store has them: all of two days.
    Revised(Vec<((PointId, Quantity), Vec<Revision>)>),
    /// A line for the log pane.
    Logged(LogLine),
    /// The machine's clock was set: the collector writes that down.
    ClockSet {
        /// By how much.
        by: Span,
        /// The time that would be had nobody set it.
        at: Moment,
    },
    /// The room's clock has followed that step: the ages of sources stay as they are.
    Stepped(Span),
    /// For some minutes nobody set it.
    Steady,
    /// Another process may have written: the runner reads what is newer. Sent by the watcher of the store's file.
    StoreChanged,
    /// The process ends: the runner gives the lease back and leaves its loop.
    Stop,
}

impl Event {
    /// What is taken in: of a poll, what came of it.
    #[must_use]
    pub fn taken(self) -> Self {
        if let Self::Polled { came, .. } = self {
            *came
        } else {
            self
        }
    }

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
            Self::Polled { .. }
            | Self::Request(_)
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
            | Self::Verified(_)
            | Self::Looked(_)
            | Self::DayOver { .. }
            | Self::Beside(_)
            | Self::Anchored(_)
            | Self::SignalsCounted(_)
            | Self::Year(_)
            | Self::Reconfigured { .. }
            | Self::ConfigRejected(_)
            | Self::Revised(_)
            | Self::Logged(_)
            | Self::ClockSet { .. }
            | Self::Stepped(_)
            | Self::Steady
            | Self::StoreChanged
            | Self::Stop => None,
        }
    }
}
