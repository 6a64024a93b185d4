//! What is taken back: of each alarm that it was seen or is held, of each case its last step, by name.

use crate::domain::case::Case;
use crate::domain::ledger::Stream;
use crate::lang::tui::Tui;
use crate::lang::{fill, trouble};
use crate::tui::form::{Desk, Form, name};
use std::fmt::Display;

/// So many are named one by one.
const NAMED: usize = 4;

/// One of them: what it is, how it is called on a button, and its version.
struct Row {
    line: String,
    short: String,
    seen: (Stream, u32),
}

/// Names them and takes their versions along; `None` where none is there any more.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, streams: &[Stream]) -> Option<()> {
    let rows: Vec<Row> = streams.iter().filter_map(|stream| row(desk, stream)).collect();
    let first = rows.first()?;
    let verb = Tui::Undo.text(desk.lang);
    verb.clone_into(&mut form.title);
    form.verb = if rows.len() == 1 {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &first.short)];
        fill(Tui::DoOne.text(desk.lang), &given)
    } else {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &rows.len())];
        fill(Tui::DoMany.text(desk.lang), &given)
    };
    let more = rows.len().saturating_sub(NAMED);
    form.about = rows.iter().take(NAMED).map(|row| row.line.clone()).collect();
    form.about
        .extend((more > 0).then(|| fill(Tui::AndMore.text(desk.lang), &[("n", &more)])));
    form.seen = rows.into_iter().map(|row| row.seen).collect();
    Some(())
}

fn row(desk: &Desk<'_>, stream: &Stream) -> Option<Row> {
    let state = &desk.board.state;
    match stream {
        Stream::Alarm(id) => {
            let alarm = state.alarms.get(id)?;
            Some(Row {
                line: name::alarm_words(desk.lang, alarm, desk.now),
                short: name::short(&trouble::title(desk.lang, &alarm.cause)),
                seen: (stream.clone(), alarm.version),
            })
        }
        Stream::Case(id) => {
            let case = state.cases.get(id)?;
            Some(Row {
                line: format!("{id}  {}  {}", case.matter.title, step(desk, case)),
                short: id.to_string(),
                seen: (stream.clone(), case.version),
            })
        }
        Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => None,
    }
}

/// The words of the step that is taken back.
fn step<'a>(desk: &Desk<'a>, case: &Case) -> &'a str {
    let mut loops = desk.board.room.playbooks.iter();
    let own = loops.find(|own| own.id == case.matter.playbook);
    let walk = case.walk();
    let step = walk.steps().last().and_then(|last| own?.step(last.step));
    step.map_or("", |step| desk.lang.of(&step.words))
}
