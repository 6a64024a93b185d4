//! The object of an act: the marked rows, else the group under the cursor, else the row under the cursor. Of many the act
//! is done to those it can be done to, by the same judgements as the desk's; the rest is named with the reason.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::alarm::decide;
use crate::domain::case::Case;
use crate::domain::case::engine;
use crate::domain::case::engine::Around;
use crate::domain::case::opening::Opening;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::MoveId;
use crate::domain::playbook::Move;
use crate::domain::playbook::Need;
use crate::domain::playbook::Playbook;
use crate::domain::refusal::Refusal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::domain as say;
use crate::lang::fill;
use crate::lang::refusal;
use crate::lang::tui::Tui;
use crate::tui::form::Desk;
use crate::tui::form::Purpose;
use crate::tui::form::order;
use crate::tui::form::orders;
use crate::tui::form::purpose::Sending;
use crate::tui::panel::RowId;
use crate::tui::seat::Now;
use crate::tui::seat::Seat;
use std::collections::BTreeSet;

/// One thing that an act is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    /// A case: the row's own, or that of its alarm or order.
    Case(CaseId),
    /// An alarm that has no case.
    Alarm(AlarmId),
}

impl Object {
    fn text(&self) -> &str {
        match self {
            Self::Case(id) => id.as_str(),
            Self::Alarm(id) => id.as_str(),
        }
    }
}

/// Whether something can be done to an alarm, whatever is given with it.
pub(super) type Judge = fn(&Alarm, Moment) -> Result<(), Refusal>;

pub(super) const ACKNOWLEDGE: Judge =
    |alarm, now| decide::acknowledge(alarm, Clean::default(), None, now).map(drop);
pub(super) const UNACKNOWLEDGE: Judge = |alarm, _| decide::unacknowledge(alarm).map(drop);
pub(super) const HOLD: Judge = |alarm, _| decide::may_hold(alarm);
pub(super) const RELEASE: Judge = |alarm, _| decide::release(alarm).map(drop);

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

impl Seat {
    /// What is left out of a dialog over many: which of its objects, and why.
    pub(super) fn left_out(&self, board: &Board, purpose: &Purpose, now: Now) -> Vec<(String, String)> {
        let rows = self.view().targets();
        if let Some((ids, judge)) = judged(purpose) {
            let rest = alarms_of(board, &rows).into_iter().filter(|id| !ids.contains(id));
            let why = |id: AlarmId| {
                let alarm = board.state.alarms.get(&id)?;
                let why = judge(alarm, now.room).err()?;
                Some((id.to_string(), self.why(board, &why)))
            };
            return rest.filter_map(why).collect();
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
        let own = playbook_of(board, case).and_then(|playbook| playbook.step(step.1));
        let Some(own) = own else {
            return Some(Tui::OtherLoop.text(self.lang).to_owned());
        };
        let around = Around::of(&board.state, case);
        let why = engine::may(case, own, &self.who, around).err()?;
        Some(self.why(board, &why))
    }

    /// A refusal in the words of a list.
    pub(super) fn why(&self, board: &Board, why: &Refusal) -> String {
        let room = &board.room;
        if let Refusal::WrongStage(stage) = why {
            let stage = refusal::stage_words(self.lang, stage, &room.playbooks);
            return fill(Tui::StandsAt.text(self.lang), &[("stage", &stage)]);
        }
        refusal::words(self.lang, why, room.zone, &room.playbooks)
    }

    /// That this role may not.
    pub(super) fn may_not(&self) -> String {
        let role = say::role(self.lang, self.who.role);
        fill(Tui::RoleMayNot.text(self.lang), &[("role", &role)])
    }

    /// How one of several gets its order: by the step that dispatches, as a further one, or with a case of its own; or
    /// why it gets none.
    pub(super) fn sending(&self, board: &Board, object: &Object, now: Now) -> Result<Sending, String> {
        let sending = match object {
            Object::Case(id) => self.sending_of_case(board, id)?,
            Object::Alarm(id) => self.sending_of_alarm(board, id, now)?,
        };
        let desk = Desk {
            board,
            lang: self.lang,
            now: now.room,
            hand: now.hand,
        };
        let unknown = || Tui::NoUnit.text(self.lang).to_owned();
        orders::order(&desk, &sending)
            .map(|_| sending)
            .ok_or_else(unknown)
    }

    fn sending_of_case(&self, board: &Board, id: &CaseId) -> Result<Sending, String> {
        let gone = || fill(Tui::NotHere.text(self.lang), &[("what", &"")]);
        let case = board.state.cases.get(id).ok_or_else(gone)?;
        if let Some(step) = self.dispatching(board, case) {
            return if asks_only(step, &[Need::Unit, Need::Comment]) {
                Ok(Sending::Step(id.clone(), step.id.clone()))
            } else {
                Err(Tui::OneByOne.text(self.lang).to_owned())
            };
        }
        let mut tasks = case.tasks.iter().filter_map(|task| board.state.tasks.get(task));
        if let Some(task) = tasks
            .find(|task| task.is_outstanding())
            .filter(|_| case.is_open())
        {
            return Err(fill(
                Tui::OrderIsOut.text(self.lang),
                &[("unit", &task.order.unit_name)],
            ));
        }
        self.may_order(board, case)?;
        Ok(Sending::Further(id.clone()))
    }

    fn sending_of_alarm(&self, board: &Board, id: &AlarmId, now: Now) -> Result<Sending, String> {
        let gone = || fill(Tui::NotHere.text(self.lang), &[("what", &"")]);
        let alarm = board.state.alarms.get(id).ok_or_else(gone)?;
        if !self.who.role.may_act() {
            return Err(self.may_not());
        }
        let none = || Tui::OneByOne.text(self.lang).to_owned();
        let playbook = playbooks_for(board, alarm).next().ok_or_else(none)?;
        let opening = Opening::of_alarm(id, &alarm.cause);
        let case = order::to_be(board, playbook, &opening, now.room);
        let step = self.dispatching_by(board, &case, playbook);
        let step = step.filter(|step| asks_only(step, &[Need::Unit]));
        step.map(|_| Sending::Open(id.clone(), playbook.id.clone()))
            .ok_or_else(none)
    }

    /// Whether a further order may go out for a case.
    pub(super) fn may_order(&self, board: &Board, case: &Case) -> Result<(), String> {
        if !self.who.role.may_act() {
            return Err(self.may_not());
        }
        engine::may_order(case).map_err(|why| self.why(board, &why))
    }

    /// The step that dispatches, where the playbook offers one now.
    pub(super) fn dispatching<'a>(&'a self, board: &'a Board, case: &'a Case) -> Option<&'a Move> {
        self.dispatching_by(board, case, playbook_of(board, case)?)
    }

    fn dispatching_by<'a>(&'a self, board: &Board, case: &'a Case, own: &'a Playbook) -> Option<&'a Move> {
        let around = Around::of(&board.state, case);
        let mut steps = engine::offered(case, own, &self.who, around);
        steps.find(|step| step.dispatches)
    }
}

/// Whether a step asks nothing else of whoever makes it.
fn asks_only(step: &Move, needs: &[Need]) -> bool {
    step.asks.is_empty() && step.needs.iter().all(|need| needs.contains(need))
}

/// What the rows are about, each once: their cases, and their alarms that have none.
pub(super) fn objects(board: &Board, rows: &[RowId]) -> Vec<Object> {
    let of_alarm = |id: &AlarmId| {
        let alarm = board.state.alarms.get(id)?;
        Some(
            alarm
                .case
                .clone()
                .map_or_else(|| Object::Alarm(id.clone()), Object::Case),
        )
    };
    let of = |row: &RowId| -> Vec<Object> {
        match row {
            RowId::Alarm(id) => of_alarm(id).into_iter().collect(),
            RowId::Group(_) => {
                let own = alarms_of(board, std::slice::from_ref(row));
                own.iter().filter_map(of_alarm).collect()
            }
            RowId::Case(_) | RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {
                case_of(board, row).map(Object::Case).into_iter().collect()
            }
        }
    };
    let mut known = BTreeSet::new();
    let all = rows.iter().flat_map(of);
    all.filter(|object| known.insert(object.clone())).collect()
}

/// The cases among them.
pub(super) fn cases(objects: &[Object]) -> Vec<CaseId> {
    let case = |object: &Object| match object {
        Object::Case(id) => Some(id.clone()),
        Object::Alarm(_) => None,
    };
    objects.iter().filter_map(case).collect()
}

/// The alarms that rows are about: themselves, or those of a case.
pub(super) fn alarms_of(board: &Board, rows: &[RowId]) -> Vec<AlarmId> {
    let mut out = Vec::new();
    let mut known = BTreeSet::new();
    for row in rows {
        match row {
            RowId::Alarm(id) => out.push(id.clone()),
            RowId::Case(id) => out.extend(
                board
                    .state
                    .cases
                    .get(id)
                    .into_iter()
                    .flat_map(|c| c.alarms.clone()),
            ),
            RowId::Group(key) => {
                out.extend(board.state.alike(key).map(|rank| rank.3.clone()));
            }
            RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {}
        }
    }
    // A group, a case and an alarm in it may all be marked: each alarm once.
    out.retain(|id| known.insert(id.clone()));
    out
}

/// Those of the alarms that something can be done to; `None` where there is none.
pub(super) fn able(board: &Board, ids: &[AlarmId], judge: Judge, now: Now) -> Option<Vec<AlarmId>> {
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

/// The case that a row is, or belongs to.
pub(super) fn case_of(board: &Board, row: &RowId) -> Option<CaseId> {
    match row {
        RowId::Case(id) => Some(id.clone()),
        RowId::Alarm(id) => board.state.alarms.get(id)?.case.clone(),
        RowId::Task(id) => board.state.tasks.get(id).map(|task| task.order.case.clone()),
        RowId::Point(_) | RowId::Source(_) | RowId::Group(_) | RowId::Other(_) => None,
    }
}

pub(super) fn playbook_of<'a>(board: &'a Board, case: &Case) -> Option<&'a Playbook> {
    board.room.playbooks.iter().find(|p| p.id == case.matter.playbook)
}

/// The playbooks a case on this alarm may run by: those that open on its kind first.
pub(super) fn playbooks_for<'a>(board: &'a Board, alarm: &Alarm) -> impl Iterator<Item = &'a Playbook> {
    let code = alarm.cause.code.clone();
    let all = board.room.playbooks.iter();
    let (first, rest): (Vec<&Playbook>, Vec<&Playbook>) = all
        .filter(|playbook| playbook.by_hand && playbook.under.is_none())
        .partition(|playbook| playbook.takes(code.as_str()));
    first.into_iter().chain(rest)
}
