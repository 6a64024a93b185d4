//! The object of an act: the marked rows, else the group under the cursor, else the row under the cursor. Of many the act
//! is done to those it can be done to, by the same judgements as the desk's; the rest is named with the reason.

use crate::desk::board::Board;
use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::id::{AlarmId, CaseId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::domain::task::Task;
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
use crate::tui::act::ActCtx;
use crate::tui::form::{Form, FormCtx};
use crate::tui::view::RowId;
use std::collections::BTreeSet;
use std::fmt::Display;

/// So many cases are named one by one.
const NAMED: usize = 4;

/// One thing that an act is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    /// A case: the row's own, or that of its alarm or order.
    Case(CaseId),
    /// An alarm that has no case.
    Alarm(AlarmId),
}

impl Object {
    /// Its number.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Case(id) => id.as_str(),
            Self::Alarm(id) => id.as_str(),
        }
    }
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

/// The orders that rows are about, each once: themselves, or those of their cases that are still to be answered; or what
/// has none, and why.
pub(super) fn orders_of(board: &Board, rows: &[RowId]) -> Vec<Result<TaskId, (String, Tui)>> {
    let of_case = |id: &CaseId| {
        let case = board.state.cases.get(id);
        let tasks = case.into_iter().flat_map(|case| &case.tasks);
        let stands = |id: &&TaskId| board.state.tasks.get(*id).is_some_and(Task::is_outstanding);
        let own: Vec<_> = tasks.filter(stands).cloned().map(Ok).collect();
        if own.is_empty() {
            vec![Err((id.to_string(), Tui::NoOrder))]
        } else {
            own
        }
    };
    let of = |row: &RowId| match row {
        RowId::Task(id) => vec![Ok(id.clone())],
        RowId::Alarm(_)
        | RowId::Case(_)
        | RowId::Group(_)
        | RowId::Point(_)
        | RowId::Source(_)
        | RowId::Other(_) => {
            let about = objects(board, std::slice::from_ref(row));
            let of_object = |object: Object| match object {
                Object::Case(id) => of_case(&id),
                Object::Alarm(id) => vec![Err((id.to_string(), Tui::NoCase))],
            };
            about.into_iter().flat_map(of_object).collect()
        }
    };
    let mut known = BTreeSet::new();
    let all = rows.iter().flat_map(of);
    all.filter(|one| {
        let key = match one {
            Ok(id) => id.to_string(),
            Err((of, _)) => of.clone(),
        };
        known.insert(key)
    })
    .collect()
}

/// Names the cases and takes their versions along; `None` where none of them is there. Gives them.
pub(super) fn named<'a>(
    form: &mut Form,
    ctx: &FormCtx<'a>,
    ids: &[CaseId],
    verb: &str,
) -> Option<Vec<&'a Case>> {
    let cases = ids.iter().filter_map(|id| ctx.board.state.cases.get(id));
    let cases: Vec<&Case> = cases.collect();
    cases.first()?;
    let one = |case: &&Case| format!("{}  {}", case.id, case.matter.title);
    form.about = cases.iter().take(NAMED).map(one).collect();
    if cases.len() > NAMED {
        let more = Tui::AndMore.text(ctx.lang);
        form.about.push(fill(more, &[("n", &(cases.len() - NAMED))]));
    }
    let version = |case: &&Case| (Stream::Case(case.id.clone()), case.version);
    form.seen.extend(cases.iter().map(version));
    verb.clone_into(&mut form.title);
    form.verb = if let [case] = &cases[..] {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &case.id)];
        fill(Tui::DoOne.text(ctx.lang), &given)
    } else {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &cases.len())];
        fill(Control::BulkStep.text(ctx.lang), &given)
    };
    Some(cases)
}

/// What is left out of an act on cases because it has none, with the reason.
pub(super) fn without_case(ctx: &ActCtx<'_>, object: &Object) -> Option<(String, String)> {
    let none = || (object.text().to_owned(), Tui::NoCase.text(ctx.lang).to_owned());
    matches!(object, Object::Alarm(_)).then(none)
}
