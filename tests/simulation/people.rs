//! People at seats: they acknowledge, order, close, send again what is in doubt, and remember what they were told.

use crate::draw::Draw;
use crate::planted::Planted;
use crate::process::Process;
use lookout::desk::board::Board;
use lookout::desk::{Command, Done, Event, Reply, Request};
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::case::MoveInput;
use lookout::domain::fact::task::Order;
use lookout::domain::id::{ChannelId, MoveId, OperatorId, SeatId, TaskId, UnitId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::{Operator, Role};
use lookout::domain::task::Delivery;
use lookout::domain::text::Clean;
use std::collections::BTreeMap;
use tokio::sync::mpsc::UnboundedReceiver;

/// What was answered to an act, told by the seat that was made for it alone.
pub(crate) type Answered = (SeatId, Result<Done, Refusal>);

/// An act under way: at which process, which order it sends again, if it does.
struct Asked {
    by: usize,
    answers: UnboundedReceiver<Reply>,
}

/// Everybody in the room.
#[derive(Default)]
pub(crate) struct People {
    count: u64,
    asked: BTreeMap<SeatId, Asked>,
    /// How often a person had each order sent again.
    pub(crate) again: BTreeMap<TaskId, u32>,
    planted: Option<Planted>,
}

impl People {
    pub(crate) fn new(planted: Option<Planted>) -> Self {
        Self {
            planted,
            ..Self::default()
        }
    }

    /// Somebody who sees the process's board does something; what they take for done already.
    pub(crate) fn act(&mut self, process: &Process, draw: &Draw) -> Option<Answered> {
        let wanted = command(&process.board(), draw, self.count)?;
        self.does(process, wanted)
    }

    /// Somebody at that process does this.
    pub(crate) fn does(&mut self, process: &Process, (command, seen): Wanted) -> Option<Answered> {
        if let Command::Resend { task, .. } = &command {
            *self.again.entry(task.clone()).or_default() += 1;
        }
        self.count += 1;
        let seat = SeatId::new(&format!("seat-{}", self.count));
        let answers = process.made.answers.of(&seat);
        let request = Request {
            by: Operator {
                id: OperatorId::new("one"),
                role: Role::Operator,
            },
            seat: seat.clone(),
            ticket: self.count,
            at: process.now(),
            seen,
            command,
        };
        process.made.events.send(Event::Request(Box::new(request))).ok()?;
        let by = process.id;
        self.asked.insert(seat.clone(), Asked { by, answers });
        (self.planted == Some(Planted::PaintsEarly)).then(|| (seat, Ok(Done::default())))
    }

    /// What was answered since.
    pub(crate) fn hear(&mut self) -> Vec<Answered> {
        let mut heard = Vec::new();
        self.asked.retain(|seat, asked| match asked.answers.try_recv() {
            Ok(reply) => {
                heard.push((seat.clone(), reply.answer));
                false
            }
            Err(_) => true,
        });
        heard
    }

    /// Who sat at a process that is gone hears nothing more, and takes nothing for done.
    pub(crate) fn leave(&mut self, process: usize) {
        self.asked.retain(|_, asked| asked.by != process);
    }

    /// How many wait for an answer.
    pub(crate) fn waiting(&self) -> usize {
        self.asked.len()
    }
}

/// What is wanted, with what was seen.
pub(crate) type Wanted = (Command, Vec<(Stream, u32)>);

/// An order for the newest open case that has none, to the unit that is reached by this way.
pub(crate) fn command_of(board: &Board, way: &str) -> Option<Wanted> {
    let state = &board.state;
    let ordered = |case| state.tasks.values().any(|task| &task.order.case == case);
    let open = state.cases.values().filter(|case| case.state.closed.is_none());
    let case = open.rev().find(|case| !ordered(&case.id))?;
    let order = Order {
        case: case.id.clone(),
        unit: UnitId::new(&format!("u-{way}")),
        unit_name: Clean::new(way),
        channel: ChannelId::new(way),
        text: Clean::new("put it out"),
        ..Order::default()
    };
    let seen = vec![(Stream::Case(case.id.clone()), case.version)];
    Some((Command::Dispatch(Box::new(order)), seen))
}

/// Something to do on this board, with what was seen.
fn command(board: &Board, draw: &Draw, count: u64) -> Option<Wanted> {
    let state = &board.state;
    match draw.below(10) {
        0..4 => {
            let most = usize::try_from(1 + draw.below(6)).unwrap_or(1);
            let alarms: Vec<_> = state.unseen().take(most).map(|rank| rank.3.clone()).collect();
            let version = |id| {
                let stream = Stream::Alarm(id);
                let seen = state.version(&stream);
                (stream, seen)
            };
            let seen = alarms.iter().cloned().map(version).collect();
            let comment = Clean::new(&format!("seen {count}"));
            let command = Command::Acknowledge {
                alarms,
                comment,
                until: None,
            };
            (!state.unseen().next()?.3.as_str().is_empty()).then_some((command, seen))
        }
        4..8 => {
            let unit = if draw.happens(500) { "hook" } else { "robot" };
            command_of(board, unit)
        }
        8 => {
            let doubted =
                |delivery: &Delivery| matches!(delivery, Delivery::InDoubt { .. } | Delivery::Refused { .. });
            let task = state.tasks.values().find(|task| doubted(&task.delivery))?;
            let seen = vec![(Stream::Task(task.id.clone()), task.version)];
            let (task, way) = (task.id.clone(), task.way.clone());
            Some((Command::Resend { task, way }, seen))
        }
        _ => {
            let arrived = |case| {
                let own = state.tasks.values().filter(|task| &task.order.case == case);
                let mut own = own.map(|task| !task.is_undelivered()).peekable();
                own.peek().is_some() && own.all(|is| is)
            };
            let mut open = state.cases.values().filter(|case| case.state.closed.is_none());
            let case = open.find(|case| arrived(&case.id))?;
            let seen = vec![(Stream::Case(case.id.clone()), case.version)];
            let command = Command::Move {
                case: case.id.clone(),
                step: MoveId::new("close"),
                given: MoveInput::default(),
                order: None,
            };
            Some((command, seen))
        }
    }
}
