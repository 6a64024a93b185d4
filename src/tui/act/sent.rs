//! What acts on orders that went out have in common: which of them one can be done to, how a dialog names them, what is said
//! of several at once.

use crate::desk::board::Board;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::{CaseId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::task::{Delivery, Task};
use crate::domain::text::Clean;
use crate::lang::screens::fires;
use crate::lang::tui::Tui;
use crate::lang::{fill, letter};
use crate::tui::act::object::{Object, objects, orders_of};
use crate::tui::act::{ActCtx, LeftOut, Offer, Purpose};
use crate::tui::form::{Field, Form, FormCtx, said};
use crate::tui::view::RowId;
use std::fmt::Display;

/// So many orders are named one by one.
const NAMED: usize = 4;

/// An act on orders that went out.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnOrders {
    /// Its name.
    pub verb: Tui,
    /// Whether it can be done to an order, whatever is given with it: the desk's own judgement.
    pub judge: fn(&Task) -> Result<(), Refusal>,
    /// Its dialog.
    pub purpose: fn(Vec<TaskId>) -> Purpose,
}

impl OnOrders {
    /// One entry for each order of the one case that the rows are about, or one for all orders of several.
    pub(super) fn offered(&self, ctx: &ActCtx<'_>) -> Vec<Offer> {
        let about = objects(ctx.board, ctx.rows);
        let mut all = Vec::new();
        if let ([row], [Object::Case(case)]) = (ctx.rows, &about[..]) {
            all.extend(self.one_by_one(ctx, row, case));
        }
        if ctx.rows.len() > 1 || about.len() > 1 {
            all.extend(self.together(ctx));
        }
        all
    }

    /// The row's one order, or each order of its case.
    fn one_by_one(&self, ctx: &ActCtx<'_>, row: &RowId, case: &CaseId) -> Vec<Offer> {
        let state = &ctx.board.state;
        let case = state.cases.get(case);
        let tasks: Vec<&TaskId> = match row {
            RowId::Task(id) => vec![id],
            RowId::Alarm(_)
            | RowId::Case(_)
            | RowId::Group(_)
            | RowId::Point(_)
            | RowId::Source(_)
            | RowId::Other(_) => case.into_iter().flat_map(|case| &case.tasks).collect(),
        };
        let tasks = tasks.into_iter().filter_map(|id| state.tasks.get(id));
        let words = self.verb.text(ctx.lang);
        tasks
            .filter(|task| !matches!(task.delivery, Delivery::Withdrawn { .. }))
            .map(|task| {
                let name = task.order.unit_name.as_str();
                match (self.judge)(task) {
                    Ok(()) => ctx.offer(words, name, (self.purpose)(vec![task.id.clone()])),
                    Err(why) => Offer::new(words, "", Err(format!("{name}: {}", ctx.why(&why)))),
                }
            })
            .collect()
    }

    /// All orders of the rows, with how many it is done to.
    fn together(&self, ctx: &ActCtx<'_>) -> Option<Offer> {
        let any = orders_of(ctx.board, ctx.rows).iter().any(Result::is_ok);
        let (able, out) = self.able(ctx);
        let verb = self.verb.text(ctx.lang);
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &able.len())];
        any.then(|| {
            if able.is_empty() {
                Offer::new(verb, "", Err(said::left_out(ctx.lang, &out).unwrap_or_default()))
            } else {
                let words = fill(Tui::DoMany.text(ctx.lang), &given);
                ctx.offer(&words, "", (self.purpose)(able))
            }
        })
    }

    /// The orders of the rows that it can be done to, and what is left out.
    fn able(&self, ctx: &ActCtx<'_>) -> (Vec<TaskId>, LeftOut) {
        let (mut able, mut out) = (Vec::new(), LeftOut::new());
        for one in orders_of(ctx.board, ctx.rows) {
            let id = match one {
                Ok(id) => id,
                Err((of, why)) => {
                    out.push((of, why.text(ctx.lang).to_owned()));
                    continue;
                }
            };
            let Some(task) = ctx.board.state.tasks.get(&id) else {
                continue;
            };
            match (self.judge)(task) {
                Ok(()) => able.push(id),
                Err(why) => out.push((id.to_string(), ctx.why(&why))),
            }
        }
        (able, out)
    }

    /// What is left out where it is done to `ids`; one that was chosen by name leaves nothing out.
    pub(super) fn left_out(&self, ctx: &ActCtx<'_>, ids: &[TaskId]) -> LeftOut {
        let (able, out) = self.able(ctx);
        if able == ids { out } else { LeftOut::new() }
    }

    /// Names the orders and takes their versions along; of several also how many are of which unit, and by which way.
    /// `None` where none is there. Gives them.
    pub(super) fn named<'a>(
        &self,
        form: &mut Form,
        ctx: &FormCtx<'a>,
        ids: &[TaskId],
    ) -> Option<Vec<&'a Task>> {
        let tasks = ids.iter().filter_map(|id| ctx.board.state.tasks.get(id));
        let tasks: Vec<&Task> = tasks.collect();
        let first = tasks.first()?;
        let version = |task: &&Task| (Stream::Task(task.id.clone()), task.version);
        form.seen.extend(tasks.iter().map(version));
        let verb = self.verb.text(ctx.lang);
        verb.clone_into(&mut form.title);
        if let [one] = &tasks[..] {
            let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &one.id)];
            form.verb = fill(Tui::DoOne.text(ctx.lang), &given);
            let words = letter::body(&first.order, ctx.board.room.letters.lang);
            let line = format!("{}  {}  {words}", first.id, first.order.unit_name);
            form.about.push(line);
        } else {
            let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &tasks.len())];
            form.verb = fill(Tui::DoMany.text(ctx.lang), &given);
            form.about = said::sent(ctx.lang, verb, &tasks);
            let short = |task: &&Task| {
                let case = ctx.board.state.cases.get(&task.order.case);
                let title = case.map_or("", |case| case.matter.title.as_str());
                format!("{}  {}  {title}", task.id, task.order.unit_name)
            };
            form.about.extend(tasks.iter().take(NAMED).map(short));
        }
        let more = tasks.len().saturating_sub(NAMED);
        form.about
            .extend((more > 0).then(|| fill(Tui::AndMore.text(ctx.lang), &[("n", &more)])));
        Some(tasks)
    }
}

/// A field whose value is the evidence of several orders together says so.
pub(super) fn of_all(field: Field, ctx: &FormCtx<'_>, many: usize) -> Field {
    if many < 2 {
        return field;
    }
    Field {
        label: fires::shared(ctx.lang, &field.label, many),
        ..field
    }
}

/// Words that are the evidence of several orders together, marked as theirs in the language that the room writes in.
pub(super) fn shared(board: &Board, words: Clean, many: usize) -> Clean {
    if many < 2 {
        return words;
    }
    Clean::from(fires::shared(board.room.letters.lang, words.as_str(), many))
}

/// The key of a dialog over orders.
pub(super) fn key(what: &str, ids: &[TaskId]) -> String {
    super::key(what, ids.iter().map(TaskId::as_str))
}
