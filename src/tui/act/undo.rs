//! Undo (撤回): of each alarm that it was seen or is held, of each case its last step, by name. What is meant are the marked
//! rows; where none is marked, all that this person's last act did, or else the row under the cursor.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide;
use crate::domain::decide::engine;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;
use crate::lang::tui::Tui;
use crate::lang::{alarm, fill};
use crate::tui::act::object::{alarms_of, playbook_of};
use crate::tui::act::{Act, ActCtx, After, Dialog, LeftOut, Place, Purpose, all};
use crate::tui::action::Action;
use crate::tui::form::{Flaw, Form, FormCtx, name, said};
use crate::tui::view::RowId;
use std::collections::BTreeSet;
use std::fmt::Display;

/// So many are named one by one.
const NAMED: usize = 4;

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: Some((Action::Undo, ask)),
    offered: |ctx| {
        let (able, _) = undoing(ctx);
        if !ctx.marked || able.is_empty() {
            return Vec::new();
        }
        let given: [(&str, &dyn Display); 2] = [("verb", &Tui::Undo.text(ctx.lang)), ("n", &able.len())];
        let words = fill(Tui::DoMany.text(ctx.lang), &given);
        let hint = ctx.keymap.hint(Action::Undo);
        vec![ctx.offer(&words, &hint, Purpose::new(Undo(able)))]
    },
};

fn ask(ctx: &ActCtx<'_>) -> Result<Purpose, String> {
    let (able, out) = undoing(ctx);
    if !able.is_empty() {
        return Ok(Purpose::new(Undo(able)));
    }
    let nothing = || Tui::NothingToUndo.text(ctx.lang).to_owned();
    Err(said::left_out(ctx.lang, &out).unwrap_or_else(nothing))
}

/// What it is about where rows are meant: alarms by themselves, those of a group, and cases.
fn meant(board: &Board, rows: &[RowId]) -> Vec<Stream> {
    let of = |row: &RowId| match row {
        RowId::Case(id) => vec![Stream::Case(id.clone())],
        RowId::Alarm(_) | RowId::Group(_) => {
            let own = alarms_of(board, std::slice::from_ref(row));
            own.into_iter().map(Stream::Alarm).collect()
        }
        RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => Vec::new(),
    };
    let mut known = BTreeSet::new();
    let all = rows.iter().flat_map(of);
    all.filter(|stream| known.insert(stream.to_string())).collect()
}

/// What it takes back, and what is left out.
fn undoing(ctx: &ActCtx<'_>) -> (Vec<Stream>, LeftOut) {
    let all = if ctx.marked || ctx.last.is_empty() {
        meant(ctx.board, ctx.rows)
    } else {
        ctx.last.to_vec()
    };
    let (mut able, mut out) = (Vec::new(), LeftOut::new());
    for stream in all {
        match may(ctx, &stream) {
            Ok(()) => able.push(stream),
            Err(why) => out.push((about(&stream), ctx.why(&why))),
        }
    }
    (able, out)
}

fn may(ctx: &ActCtx<'_>, stream: &Stream) -> Result<(), Refusal> {
    let gone = || Refusal::Gone(stream.clone());
    let state = &ctx.board.state;
    match stream {
        Stream::Alarm(id) => decide::alarm::undo(state.alarms.get(id).ok_or_else(gone)?).map(drop),
        Stream::Case(id) => {
            let case = state.cases.get(id).ok_or_else(gone)?;
            let playbook = playbook_of(ctx.board, case).ok_or_else(gone)?;
            engine::undo(case, playbook, ctx.who).map(drop)
        }
        Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => Err(Refusal::NothingToUndo),
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

/// Take the last thing back, of each of these.
#[derive(Debug)]
pub struct Undo(pub Vec<Stream>);

impl Dialog for Undo {
    fn key(&self) -> String {
        let streams: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        format!("undo {}", streams.join(" "))
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let rows: Vec<Row> = self.0.iter().filter_map(|stream| row(ctx, stream)).collect();
        let first = rows.first()?;
        let verb = Tui::Undo.text(ctx.lang);
        verb.clone_into(&mut form.title);
        form.verb = if rows.len() == 1 {
            let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &first.short)];
            fill(Tui::DoOne.text(ctx.lang), &given)
        } else {
            let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &rows.len())];
            fill(Tui::DoMany.text(ctx.lang), &given)
        };
        let more = rows.len().saturating_sub(NAMED);
        form.about = rows.iter().take(NAMED).map(|row| row.line.clone()).collect();
        form.about
            .extend((more > 0).then(|| fill(Tui::AndMore.text(ctx.lang), &[("n", &more)])));
        form.seen = rows.into_iter().map(|row| row.seen).collect();
        Some(())
    }

    fn command(&self, _form: &Form, _ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        Ok(all(self.0.iter().cloned().map(Command::Undo)))
    }

    /// A step of a loop is taken back by whoever may make it.
    fn may(&self, ctx: &ActCtx<'_>) -> bool {
        let is_step = |stream: &Stream| matches!(stream, Stream::Case(_));
        ctx.who.role.may_act() || self.0.iter().all(is_step)
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(undoing(ctx).1)
    }

    fn after(&self, _touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After {
            taken_back: self.0.clone(),
            ..After::default()
        }
    }
}

/// One of them: what it is, how it is called on a button, and its version.
struct Row {
    line: String,
    short: String,
    seen: (Stream, u32),
}

fn row(ctx: &FormCtx<'_>, stream: &Stream) -> Option<Row> {
    let state = &ctx.board.state;
    match stream {
        Stream::Alarm(id) => {
            let alarm = state.alarms.get(id)?;
            Some(Row {
                line: name::alarm_words(ctx.lang, alarm, ctx.now),
                short: name::short(&alarm::title(ctx.lang, &alarm.cause)),
                seen: (stream.clone(), alarm.version),
            })
        }
        Stream::Case(id) => {
            let case = state.cases.get(id)?;
            Some(Row {
                line: format!("{id}  {}  {}", case.matter.title, step(ctx, case)),
                short: id.to_string(),
                seen: (stream.clone(), case.version),
            })
        }
        Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => None,
    }
}

/// The words of the step that is taken back.
fn step<'a>(ctx: &FormCtx<'a>, case: &Case) -> &'a str {
    let own = playbook_of(ctx.board, case);
    let walk = case.walk();
    let step = walk.steps().last().and_then(|last| own?.step(last.step));
    step.map_or("", |step| ctx.lang.of(&step.words))
}
