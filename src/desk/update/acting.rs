//! What people want: each command becomes facts, or a refusal that says why.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::desk::{Command, Effect, Reply, Request};
use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::decide;
use crate::domain::decide::engine;
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::task::{Order, TaskFact};
use crate::domain::id::{AlarmId, CaseId, ChannelId, PlaybookId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::person::Role;
use crate::domain::playbook::{Need, Playbook};
use crate::domain::task::{Task, number};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Zone};

impl Desk {
    /// A person wants something done.
    pub(super) fn act(&mut self, request: Box<Request>) -> Vec<Effect> {
        let mut batch = Batch::of_person(&request);
        match self.decide(&request, &mut batch) {
            Ok(()) => batch.into_effects(Some(request)),
            Err(refusal) => {
                vec![Effect::Reply(Reply {
                    seat: request.seat,
                    ticket: request.ticket,
                    answer: Err(refusal),
                })]
            }
        }
    }

    fn decide(&self, request: &Request, batch: &mut Batch) -> Result<(), Refusal> {
        if let Err(why) = self.board.ledger() {
            return Err(Refusal::ReadOnly(why.clone()));
        }
        self.unchanged(request)?;
        self.decide_one(request, &request.command, batch)
    }

    fn decide_one(&self, request: &Request, command: &Command, batch: &mut Batch) -> Result<(), Refusal> {
        let role = request.by.role;
        if !role.may_act() && !self.names_roles(command, role) {
            return Err(Refusal::Role(role));
        }
        match command {
            Command::Acknowledge {
                alarms,
                comment,
                until,
            } => self.each(alarms, batch, |alarm| {
                decide::alarm::acknowledge(alarm, comment.clone(), *until, request.at)
            }),
            Command::Unacknowledge(alarms) => self.each(alarms, batch, decide::alarm::unacknowledge),
            Command::Shelve {
                alarms,
                reason,
                until,
            } => self.shelve(request, alarms, (reason, *until), batch),
            Command::OutOfService { alarms, reason } => self.each(alarms, batch, |alarm| {
                decide::alarm::out_of_service(alarm, request.by.id.clone(), reason.clone())
            }),
            Command::Release(alarms) => self.each(alarms, batch, decide::alarm::release),
            Command::Open { playbook, opening } => self.open(request, playbook, opening, batch),
            Command::Move {
                case,
                step,
                given,
                order,
            } => self.step(request, (case, step), (given, order.as_ref()), batch),
            Command::Dispatch(order) => self.order(self.case(&order.case)?, order, batch),
            Command::Withdraw(id) => self.on_task(id, batch, decide::task::withdraw),
            Command::Resend { task, way } => {
                self.is_configured(way)?;
                self.on_task(task, batch, |t| decide::task::routed(t, way.clone()))
            }
            Command::Called { task, words } => {
                self.on_task(task, batch, |t| decide::task::called(t, words.clone()))
            }
            Command::Answered { task, kind, words } => self.on_task(task, batch, |t| {
                decide::task::answered(t, kind.clone(), words.clone())
            }),
            Command::Note { case, words } => self.note(case, words, batch),
            Command::See(ids) => self.see(request, ids, batch),
            Command::Shift { shift, wish } => self.on_shift(request, shift, wish, batch),
            Command::Report { report, digest } => self.issue((report, digest), request.at, batch),
            Command::Undo(stream) => self.undo(request, stream, batch),
            Command::Draw { count, excluded } => self.draw((*count, excluded), batch),
            Command::Declare(what) => self.declare(request, what, batch),
            Command::EndDeclaration(id) => self.end_declaration(request, *id, batch),
            Command::Ask(source) => self.ask(source, request.at, batch),
            Command::All(commands) => commands
                .iter()
                .try_for_each(|command| self.decide_one(request, command, batch)),
        }
    }

    /// No longer than the room allows.
    fn shelve(
        &self,
        request: &Request,
        alarms: &[AlarmId],
        (reason, until): (&Clean, Moment),
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let latest = request.at + self.board.room.longest_shelf;
        let wish = decide::alarm::Shelving {
            by: request.by.id.clone(),
            reason: reason.clone(),
            until,
        };
        self.each(alarms, batch, |alarm| {
            decide::alarm::shelve(alarm, wish.clone(), request.at, latest)
        })
    }

    /// Everything the act touches is as the person saw it.
    fn unchanged(&self, request: &Request) -> Result<(), Refusal> {
        for (stream, seen) in &request.seen {
            if !self.is_as_seen(stream, *seen) {
                let hand = self.hands.get(stream);
                return Err(Refusal::Changed {
                    stream: stream.clone(),
                    by: hand.map(|(by, _)| by.clone()),
                    at: hand.map(|(_, at)| *at),
                });
            }
        }
        Ok(())
    }

    /// Whether nothing that a person decides by has changed: that a limit passed is told by the clock they look at.
    fn is_as_seen(&self, stream: &Stream, seen: u32) -> bool {
        if self.board.state.version(stream) == seen {
            return true;
        }
        let Stream::Case(id) = stream else { return false };
        let since = |case: &Case| {
            let mut newer = case.timeline.iter().skip(seen as usize);
            seen > 0 && newer.all(|line| matches!(line.fact, CaseFact::Late { .. }))
        };
        self.board.state.cases.get(id).is_some_and(since)
    }

    fn each(
        &self,
        ids: &[AlarmId],
        batch: &mut Batch,
        fact: impl Fn(&Alarm) -> Result<AlarmFact, Refusal>,
    ) -> Result<(), Refusal> {
        for id in ids {
            self.push_alarm(batch, id, fact(self.alarm(id)?)?);
        }
        Ok(())
    }

    /// Drafts an order for `case`, which may be opened by the same decision.
    pub(super) fn order(&self, case: &Case, order: &Order, batch: &mut Batch) -> Result<(), Refusal> {
        engine::may_order(case)?;
        self.is_configured(&order.channel)?;
        let id = TaskId::new(&format!("{}.{}", case.id, case.tasks.len() + 1));
        let state = &self.board.state;
        let key = number::of(&state.genesis, &id, order, batch.at());
        let order = Order {
            key,
            case: case.id.clone(),
            drill: state.is_drill(case),
            ..order.clone()
        };
        batch.push(
            state,
            Stream::Task(id.clone()),
            Fact::Task(TaskFact::Ordered(Box::new(order))),
        );
        batch.push(
            state,
            Stream::Case(case.id.clone()),
            Fact::Case(CaseFact::Ordered { task: id }),
        );
        Ok(())
    }

    fn is_configured(&self, way: &ChannelId) -> Result<(), Refusal> {
        let is_there = self.board.room.channels.contains(way);
        let unknown = || Refusal::Unknown(Clean::new(way.as_str()));
        is_there.then_some(()).ok_or_else(unknown)
    }

    fn on_task(
        &self,
        id: &TaskId,
        batch: &mut Batch,
        fact: impl Fn(&Task) -> Result<TaskFact, Refusal>,
    ) -> Result<(), Refusal> {
        let gone = || Refusal::Gone(Stream::Task(id.clone()));
        let task = self.board.state.tasks.get(id).ok_or_else(gone)?;
        let fact = fact(task)?;
        let arrives = matches!(fact, TaskFact::Delivered { .. } | TaskFact::Answered { .. });
        // Of several orders of one case that are recorded at once, the first leads it on.
        if arrives && !batch.touches(&Stream::Case(task.order.case.clone())) {
            self.arrived(task, &batch.by(), batch);
        }
        if fact == TaskFact::Withdrawn {
            self.recalled(task, batch);
        }
        batch.push(&self.board.state, Stream::Task(id.clone()), Fact::Task(fact));
        Ok(())
    }

    fn note(&self, case: &CaseId, words: &Clean, batch: &mut Batch) -> Result<(), Refusal> {
        let case = self.case(case)?;
        if words.is_empty() {
            return Err(Refusal::Needs(Need::Comment));
        }
        batch.push(
            &self.board.state,
            Stream::Case(case.id.clone()),
            Fact::Case(CaseFact::Noted { words: words.clone() }),
        );
        Ok(())
    }

    /// What playbooks and notices name roles for is theirs; all else is the duty room's.
    fn names_roles(&self, command: &Command, role: Role) -> bool {
        if let Command::Open { playbook, opening } = command {
            let may = |playbook: &Playbook| playbook.may_register(role);
            return opening.is_written_down() && self.playbook(playbook).is_some_and(may);
        }
        matches!(
            command,
            Command::Move { .. } | Command::Undo(Stream::Case(_)) | Command::See(_) | Command::All(_)
        )
    }

    fn undo(&self, request: &Request, stream: &Stream, batch: &mut Batch) -> Result<(), Refusal> {
        match stream {
            Stream::Alarm(id) => {
                let fact = decide::alarm::undo(self.alarm(id)?)?;
                self.push_alarm(batch, id, fact);
            }
            Stream::Case(id) => {
                let case = self.case(id)?;
                let fact = engine::undo(case, self.playbook_of(case)?, &request.by)?;
                batch.push(&self.board.state, stream.clone(), Fact::Case(fact));
            }
            Stream::Task(id) => self.on_task(id, batch, decide::task::withdraw)?,
            Stream::Notice(_) | Stream::Shift(_) | Stream::Room => return Err(Refusal::NothingToUndo),
        }
        Ok(())
    }

    pub(super) fn alarm(&self, id: &AlarmId) -> Result<&Alarm, Refusal> {
        self.board
            .state
            .alarms
            .get(id)
            .ok_or_else(|| Refusal::Gone(Stream::Alarm(id.clone())))
    }

    pub(super) fn case(&self, id: &CaseId) -> Result<&Case, Refusal> {
        self.board
            .state
            .cases
            .get(id)
            .ok_or_else(|| Refusal::Gone(Stream::Case(id.clone())))
    }

    pub(super) fn playbook(&self, id: &PlaybookId) -> Option<&Playbook> {
        self.board.room.playbooks.iter().find(|p| p.id == *id)
    }

    pub(super) fn playbook_of(&self, case: &Case) -> Result<&Playbook, Refusal> {
        let id = &case.matter.playbook;
        self.playbook(id)
            .ok_or_else(|| Refusal::Unknown(Clean::new(id.as_str())))
    }

    pub(super) fn zone(&self) -> Zone {
        self.board.room.zone
    }
}
