//! The drill's way into a running desk: what polls and seats send goes in, what a seat sees comes back.

use crate::clock::Clock;
use crate::desk::board::{Board, LogLine};
use crate::desk::run::{Running, Setup};
use crate::desk::{Command, Done, Event, Request, run};
use crate::domain::decide::refusal::Refusal;
use crate::domain::feed::PollResult;
use crate::domain::id::{OperatorId, SeatId, SourceId};
use crate::domain::ledger::Stream;
use crate::domain::person::{Operator, Role};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::drill::DrillError;
use std::sync::Arc;

/// A running desk, as the drill has it.
pub(super) struct Room {
    running: Running,
    clock: Clock,
    /// Counts acts, and lines of the log.
    count: u64,
}

impl Room {
    /// Starts the desk, and waits until it collects.
    pub(super) async fn open(setup: Setup) -> Result<Self, DrillError> {
        let clock = setup.clock.clone();
        let running = run::start(setup)?;
        let mut room = Self {
            running,
            clock,
            count: 0,
        };
        room.until(|board| board.collects).await?;
        Ok(room)
    }

    /// It is `at`; clocks are looked at.
    pub(super) fn tick(&self, at: Moment) -> Result<(), DrillError> {
        self.clock.set(at);
        self.send(Event::Tick(at))
    }

    /// Moves the clock alone.
    pub(super) fn set(&self, at: Moment) {
        self.clock.set(at);
    }

    /// A poll of `source` brings `take`.
    pub(super) fn poll(&self, source: SourceId, take: PollResult, at: Moment) -> Result<(), DrillError> {
        self.send(Event::Read {
            source,
            take: Box::new(take),
            at,
            next: at + Span::mins(5),
        })
    }

    /// The board once everything sent so far is on it. A line of the log is the mark: events are taken in their order.
    pub(super) async fn see(&mut self) -> Result<Arc<Board>, DrillError> {
        self.count += 1;
        let mark = Clean::new(&format!("drill {}", self.count));
        self.send(Event::Logged(LogLine {
            at: self.clock.now(),
            level: "debug",
            text: mark.clone(),
        }))?;
        self.until(|board| board.log.last().is_some_and(|line| line.text == mark))
            .await
    }

    /// The board once every order on it has been delivered, or refused for good.
    pub(super) async fn delivered(&mut self) -> Result<Arc<Board>, DrillError> {
        self.until(|board| board.state.outbox.is_empty()).await
    }

    /// Somebody in `role` does something, having seen these versions.
    pub(super) async fn act(
        &mut self,
        role: Role,
        command: Command,
        seen: Vec<(Stream, u32)>,
    ) -> Result<Result<Done, Refusal>, DrillError> {
        self.count += 1;
        let ticket = self.count;
        let name = format!("{}-1", role.key());
        let seat = SeatId::new(&format!("drill-{}", role.key()));
        let mut answers = self.running.answers.of(&seat);
        self.send(Event::Request(Box::new(Request {
            by: Operator {
                id: OperatorId::new(&name),
                role,
            },
            seat,
            ticket,
            at: self.clock.now(),
            seen,
            command,
        })))?;
        loop {
            let tell = answers.recv().await.ok_or(DrillError::Desk)?;
            if tell.ticket == ticket {
                return Ok(tell.answer);
            }
        }
    }

    /// Ends the desk; the state it had.
    pub(super) async fn close(mut self) -> Result<State, DrillError> {
        let state = self.see().await?.state.clone();
        self.running.stop();
        Ok(state)
    }

    fn send(&self, event: Event) -> Result<(), DrillError> {
        self.running.events.send(event).map_err(|_| DrillError::Desk)
    }

    async fn until(&mut self, is_so: impl Fn(&Board) -> bool) -> Result<Arc<Board>, DrillError> {
        let seen = self.running.board.wait_for(|board| is_so(board)).await;
        seen.map(|board| Arc::clone(&board)).map_err(|_| DrillError::Desk)
    }
}
