//! Whether an act can be done to each thing that it is about, by the desk's own judgements; what is left out is named, with
//! the reason.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::decide;
use crate::domain::decide::engine;
use crate::domain::decide::engine::Around;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::{AlarmId, CaseId, MoveId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::tui::Tui;
use crate::lang::{domain as say, fill, refusal};
use crate::tui::form::Purpose;
use crate::tui::seat::object::{Object, alarms_of, objects, orders_of, playbook_of, undoable};
use crate::tui::seat::{Now, Seat};
use crate::tui::view::RowId;

/// Whether something can be done to an alarm, whatever is given with it.
pub(in crate::tui::seat) type Judge = fn(&Alarm, Moment) -> Result<(), Refusal>;

pub(in crate::tui::seat) const ACKNOWLEDGE: Judge =
    |alarm, now| decide::alarm::acknowledge(alarm, Clean::default(), None, now).map(drop);
pub(in crate::tui::seat) const UNACKNOWLEDGE: Judge =
    |alarm, _| decide::alarm::unacknowledge(alarm).map(drop);
pub(in crate::tui::seat) const HOLD: Judge = |alarm, _| decide::alarm::may_hold(alarm);
pub(in crate::tui::seat) const RELEASE: Judge = |alarm, _| decide::alarm::release(alarm).map(drop);

/// What is left out of an act: which, and why.
pub(in crate::tui::seat) type LeftOut = Vec<(String, String)>;

/// The judgement of an act on alarms, and those it is done to.
fn judged(purpose: &Purpose) -> Option<(&[AlarmId], Judge)> {
    match purpose {
        Purpose::Acknowledge(ids) => Some((ids, ACKNOWLEDGE)),
        Purpose::Unacknowledge(ids) => Some((ids, UNACKNOWLEDGE)),
        Purpose::Shelve(ids) | Purpose::OutOfService(ids) => Some((ids, HOLD)),
        Purpose::Release(ids) => Some((ids, RELEASE)),
        Purpose::Open { .. }
        | Purpose::Intake { .. }
        | Purpose::Deploy { .. }
        | Purpose::Orders(_)
        | Purpose::Steps { .. }
        | Purpose::Draw
        | Purpose::Declare
        | Purpose::EndDeclaration(_)
        | Purpose::Step { .. }
        | Purpose::Dispatch(_)
        | Purpose::Withdraw(_)
        | Purpose::Resend(_)
        | Purpose::Called(_)
        | Purpose::Answered(_)
        | Purpose::Note(_)
        | Purpose::Duty(_)
        | Purpose::Undo(_) => None,
    }
}

/// An act on orders that went out.
#[derive(Clone, Copy, Debug)]
pub(in crate::tui::seat) struct OrderAct {
    /// Its name.
    pub text: Tui,
    /// Whether it can be done to an order, whatever is given with it.
    pub judge: fn(&Task) -> Result<(), Refusal>,
    /// Its dialog.
    pub purpose: fn(Vec<TaskId>) -> Purpose,
}

/// Every act on orders, in the order they are offered.
pub(in crate::tui::seat) const ORDER_ACTS: &[OrderAct] = &[
    OrderAct {
        text: Tui::Resend,
        judge: |task| decide::task::routed(task, task.way.clone()).map(drop),
        purpose: Purpose::Resend,
    },
    OrderAct {
        text: Tui::Answered,
        judge: decide::task::may_answer,
        purpose: Purpose::Answered,
    },
    OrderAct {
        text: Tui::Called,
        judge: |task| decide::task::called(task, Clean::default()).map(drop),
        purpose: Purpose::Called,
    },
    OrderAct {
        text: Tui::Withdraw,
        judge: |task| decide::task::withdraw(task).map(drop),
        purpose: Purpose::Withdraw,
    },
];

/// Those of the alarms that something can be done to; `None` where there is none.
pub(in crate::tui::seat) fn able(
    board: &Board,
    ids: &[AlarmId],
    judge: Judge,
    now: Now,
) -> Option<Vec<AlarmId>> {
    let alarm = |id: &&AlarmId| {
        board
            .state
            .alarms
            .get(*id)
            .is_some_and(|alarm| judge(alarm, now.room).is_ok())
    };
    let kept: Vec<AlarmId> = ids.iter().filter(alarm).cloned().collect();
    (!kept.is_empty()).then_some(kept)
}

/// Whether a row is no alarm and has none that is in hand.
fn is_bare(board: &Board, row: &RowId) -> bool {
    let own = alarms_of(board, std::slice::from_ref(row));
    !own.iter().any(|id| board.state.alarms.contains_key(id))
}

impl Seat {
    /// What is left out of a dialog over many: which of its objects, and why.
    pub(in crate::tui::seat) fn left_out(&self, board: &Board, purpose: &Purpose, now: Now) -> LeftOut {
        let rows = self.view().targets();
        if let Some((ids, judge)) = judged(purpose) {
            let rest = alarms_of(board, &rows).into_iter().filter(|id| !ids.contains(id));
            let why = |id: AlarmId| {
                let alarm = board.state.alarms.get(&id)?;
                let why = judge(alarm, now.room).err()?;
                Some((id.to_string(), self.why(board, &why)))
            };
            let bare = rows.iter().filter(|row| is_bare(board, row));
            let bare = bare.map(|row| (row.text().to_owned(), Tui::NoAlarm.text(self.lang).to_owned()));
            return rest.filter_map(why).chain(bare).collect();
        }
        if let Purpose::Undo(_) = purpose {
            return self.undoing(board, &rows).1;
        }
        let act = ORDER_ACTS.iter().find(|act| {
            std::mem::discriminant(&(act.purpose)(Vec::new())) == std::mem::discriminant(purpose)
        });
        if let Some(act) = act {
            // One that was chosen by name leaves nothing out.
            let chosen = self.orders_for(board, &rows, act);
            return if (act.purpose)(chosen.0) == *purpose {
                chosen.1
            } else {
                Vec::new()
            };
        }
        let all = objects(board, &rows).into_iter();
        let out = |object: Object| {
            let why = if let Purpose::Orders(sent) = purpose {
                match self.sending(board, &object, now) {
                    Ok(own) => (!sent.contains(&own)).then(|| Tui::OtherLoop.text(self.lang).to_owned()),
                    Err(why) => Some(why),
                }
            } else if let Purpose::Steps { cases, step } = purpose {
                self.out_of_step(board, (cases, step), &object)
            } else {
                self.without_case(&object)
            };
            Some((object.text().to_owned(), why?))
        };
        if purpose.takes_many() {
            all.filter_map(out).collect()
        } else {
            Vec::new()
        }
    }

    /// The orders that the rows are about to which an act can be done, and what is left out.
    pub(in crate::tui::seat) fn orders_for(
        &self,
        board: &Board,
        rows: &[RowId],
        act: &OrderAct,
    ) -> (Vec<TaskId>, LeftOut) {
        let (mut able, mut out) = (Vec::new(), LeftOut::new());
        for one in orders_of(board, rows) {
            let id = match one {
                Ok(id) => id,
                Err((of, why)) => {
                    out.push((of, why.text(self.lang).to_owned()));
                    continue;
                }
            };
            let Some(task) = board.state.tasks.get(&id) else {
                continue;
            };
            match (act.judge)(task) {
                Ok(()) => able.push(id),
                Err(why) => out.push((id.to_string(), self.why(board, &why))),
            }
        }
        (able, out)
    }

    /// What undo takes back, and what is left out: of the marked rows; where none is marked, all that this person's last act
    /// did, or else of the row under the cursor.
    pub(in crate::tui::seat) fn undoing(&self, board: &Board, rows: &[RowId]) -> (Vec<Stream>, LeftOut) {
        let last = self.done.last().filter(|_| self.view().marks.is_empty());
        let all = last.cloned().unwrap_or_else(|| undoable(board, rows));
        let (mut able, mut out) = (Vec::new(), LeftOut::new());
        for stream in all {
            match self.may_undo(board, &stream) {
                Ok(()) => able.push(stream),
                Err(why) => out.push((about(&stream), self.why(board, &why))),
            }
        }
        (able, out)
    }

    fn may_undo(&self, board: &Board, stream: &Stream) -> Result<(), Refusal> {
        let gone = || Refusal::Gone(stream.clone());
        match stream {
            Stream::Alarm(id) => decide::alarm::undo(board.state.alarms.get(id).ok_or_else(gone)?).map(drop),
            Stream::Case(id) => {
                let case = board.state.cases.get(id).ok_or_else(gone)?;
                let playbook = playbook_of(board, case).ok_or_else(gone)?;
                engine::undo(case, playbook, &self.who).map(drop)
            }
            Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => {
                Err(Refusal::NothingToUndo)
            }
        }
    }

    fn without_case(&self, object: &Object) -> Option<String> {
        let none = || Tui::NoCase.text(self.lang).to_owned();
        matches!(object, Object::Alarm(_)).then(none)
    }

    /// Why a step for all is not made for this one.
    fn out_of_step(&self, board: &Board, step: (&[CaseId], &MoveId), object: &Object) -> Option<String> {
        let Object::Case(id) = object else {
            return self.without_case(object);
        };
        let case = board.state.cases.get(id).filter(|_| !step.0.contains(id))?;
        let playbook = playbook_of(board, case);
        let own = playbook.and_then(|playbook| Some((playbook, playbook.step(step.1)?)));
        let Some((playbook, own)) = own else {
            return Some(Tui::OtherLoop.text(self.lang).to_owned());
        };
        let around = Around::of(&board.state, case);
        let why = engine::may((case, playbook), own, &self.who, around).err()?;
        Some(self.why(board, &why))
    }

    /// A refusal in the words of a list.
    pub(in crate::tui::seat) fn why(&self, board: &Board, why: &Refusal) -> String {
        let room = &board.room;
        if let Refusal::WrongStage(stage) = why {
            let stage = refusal::stage_words(self.lang, stage, &room.playbooks);
            return fill(Tui::StandsAt.text(self.lang), &[("stage", &stage)]);
        }
        refusal::words(self.lang, why, room.zone, &room.playbooks)
    }

    /// That this role may not.
    pub(in crate::tui::seat) fn may_not(&self) -> String {
        let role = say::role(self.lang, self.who.role);
        fill(Tui::RoleMayNot.text(self.lang), &[("role", &role)])
    }
}

/// What a stream is about, in a list.
fn about(stream: &Stream) -> String {
    match stream {
        Stream::Alarm(id) => id.to_string(),
        Stream::Case(id) => id.to_string(),
        Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => stream.to_string(),
    }
}
