//! Acts on orders that went out, one or several at once: withdrawn, sent again, a call or an answer recorded.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::id::{ChannelId, TaskId};
use crate::domain::ledger::Stream;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::lang::screens::fires;
use crate::lang::tui::Tui;
use crate::lang::{fill, letter, trouble};
use crate::tui::form::field::{choice, text};
use crate::tui::form::{Desk, Field, Form, Slot, Value, bulk, field, order, said};
use std::collections::BTreeSet;
use std::fmt::Display;

/// So many orders are named one by one.
const NAMED: usize = 4;

/// The key of the choice that each order leaves by the way it has.
const OWN: &str = "=";

/// The kinds of a unit's answer, with their words.
const ANSWERS: &[(&str, Tui)] = &[
    ("received", Tui::AnswerReceived),
    ("on_scene", Tui::AnswerOnScene),
    ("done", Tui::AnswerDone),
    ("returned", Tui::AnswerReturned),
];

/// Names the orders and takes their versions along; of several also how many are of which unit, and by which way. `None`
/// where none is there. Gives them.
pub(super) fn named<'a>(
    form: &mut Form,
    desk: &Desk<'a>,
    ids: &[TaskId],
    verb: Tui,
) -> Option<Vec<&'a Task>> {
    let tasks = ids.iter().filter_map(|id| desk.board.state.tasks.get(id));
    let tasks: Vec<&Task> = tasks.collect();
    let first = tasks.first()?;
    let version = |task: &&Task| (Stream::Task(task.id.clone()), task.version);
    form.seen.extend(tasks.iter().map(version));
    let verb = verb.text(desk.lang);
    verb.clone_into(&mut form.title);
    if let [one] = &tasks[..] {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &one.id)];
        form.verb = fill(Tui::DoOne.text(desk.lang), &given);
    } else {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &tasks.len())];
        form.verb = fill(Tui::DoMany.text(desk.lang), &given);
        form.about = said::sent(desk.lang, verb, &tasks);
    }
    if tasks.len() == 1 {
        let words = letter::body(&first.order, desk.board.room.letters.lang);
        let line = format!("{}  {}  {words}", first.id, first.order.unit_name);
        form.about.push(line);
    } else {
        let short = |task: &&Task| {
            let case = desk.board.state.cases.get(&task.order.case);
            let title = case.map_or("", |case| case.matter.title.as_str());
            format!("{}  {}  {title}", task.id, task.order.unit_name)
        };
        form.about.extend(tasks.iter().take(NAMED).map(short));
    }
    let more = tasks.len().saturating_sub(NAMED);
    form.about
        .extend((more > 0).then(|| fill(Tui::AndMore.text(desk.lang), &[("n", &more)])));
    Some(tasks)
}

/// What its ways said, and by which of them it leaves now: the one it had, unless another is chosen. Of several with
/// different ways a person chooses one for all, or that each keeps its own.
pub(super) fn resend(form: &mut Form, desk: &Desk<'_>, ids: &[TaskId]) -> Option<()> {
    let tasks = named(form, desk, ids, Tui::Resend)?;
    if let [task] = &tasks[..] {
        let said = task.said.iter().rev().take(NAMED);
        form.about.extend(said.map(|said| {
            let words = trouble::of_code(desk.lang, said.words.as_str());
            format!("{}  {words}", said.way)
        }));
    }
    let ways: BTreeSet<&ChannelId> = tasks.iter().map(|task| &task.way).collect();
    let one = ways.first().copied().filter(|_| ways.len() == 1);
    let mut way = order::way(desk.board, desk.lang, one);
    if let (None, Value::Choice(all, _)) = (one, &mut way.value) {
        all.push(choice(OWN, Tui::OwnWays.text(desk.lang)));
    }
    form.fields.push(way);
    Some(())
}

/// What was said on the telephone.
pub(super) fn called(form: &mut Form, desk: &Desk<'_>, ids: &[TaskId]) -> Option<()> {
    let tasks = named(form, desk, ids, Tui::Called)?;
    let field = text(Slot::Comment, Tui::CallWords.text(desk.lang), "", true);
    form.fields.push(of_all(field, desk, tasks.len()));
    Some(())
}

/// What the unit answered.
pub(super) fn answered(form: &mut Form, desk: &Desk<'_>, ids: &[TaskId]) -> Option<()> {
    let tasks = named(form, desk, ids, Tui::Answered)?;
    let kinds = ANSWERS.iter().map(|row| choice(row.0, row.1.text(desk.lang)));
    let label = Tui::AnswerKind.text(desk.lang);
    let kind = field::asked(Slot::Kind, label, kinds.collect(), "", desk.lang);
    form.fields.push(of_all(kind, desk, tasks.len()));
    let words = text(Slot::Comment, Tui::Words.text(desk.lang), "", false);
    form.fields.push(of_all(words, desk, tasks.len()));
    Some(())
}

/// A field whose value is the evidence of several orders together says so.
fn of_all(field: Field, desk: &Desk<'_>, many: usize) -> Field {
    if many < 2 {
        return field;
    }
    Field {
        label: fires::shared(desk.lang, &field.label, many),
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

/// Each is sent by the way that was chosen, or by the one it has.
pub(super) fn again(board: &Board, tasks: Vec<TaskId>, chosen: &str) -> Deed {
    let own = |task: &TaskId| {
        let task = board.state.tasks.get(task).filter(|_| chosen == OWN);
        task.map_or_else(|| ChannelId::new(chosen), |task| task.way.clone())
    };
    let one = |task: TaskId| Deed::Resend {
        way: own(&task),
        task,
    };
    bulk::all(tasks.into_iter().map(one))
}
