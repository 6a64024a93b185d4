//! Opens the dialog of a purpose: names what it is about, takes the versions along, proposes what goes in.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::id::{AlarmId, CaseId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Need;
use crate::domain::time::Span;
use crate::lang::tui::Tui;
use crate::lang::{fill, trouble};
use crate::tui::form::field::{choice, choices, text, until};
use crate::tui::form::name::{alarm_words, short};
use crate::tui::form::{
    Choice, Desk, Field, Form, Here, Purpose, Slot, Value, asked, bulk, duty, intake, order, orders, plan,
    room, sent, undo,
};

/// So many alarms are named one by one.
const NAMED: usize = 4;

/// The ends that are offered for an acknowledgement beside the room's own.
const ACK_ENDS: &[Span] = &[Span::hours(1), Span::hours(4), Span::hours(12), Span::hours(24)];

/// The ends that are offered for a shelving, where the room allows them.
const SHELF_ENDS: &[Span] = &[
    Span::mins(30),
    Span::hours(1),
    Span::hours(2),
    Span::hours(4),
    Span::hours(8),
];

/// The dialog; `None` where what it is about is no more.
pub fn form(purpose: &Purpose, desk: &Desk<'_>) -> Option<Form> {
    let mut form = Form {
        title: String::new(),
        about: Vec::new(),
        verb: String::new(),
        fields: Vec::new(),
        here: Here::Do,
        seen: Vec::new(),
        appeared: desk.hand,
        opener: None,
        note: None,
        kept: Vec::new(),
        flaw: None,
        opened: desk.now,
        purpose: purpose.clone(),
    };
    match purpose {
        Purpose::Acknowledge(ids) => {
            alarms(&mut form, desk, ids, Tui::Acknowledge)?;
            form.fields
                .push(text(Slot::Comment, Tui::Comment.text(desk.lang), "", false));
            form.fields.push(choices(
                Slot::Until,
                Tui::Expires.text(desk.lang),
                ack_ends(desk),
                "",
            ));
        }
        Purpose::Unacknowledge(ids) => alarms(&mut form, desk, ids, Tui::Unacknowledge)?,
        Purpose::Release(ids) => alarms(&mut form, desk, ids, Tui::Release)?,
        Purpose::Shelve(ids) => {
            alarms(&mut form, desk, ids, Tui::Shelve)?;
            form.fields
                .push(text(Slot::Comment, Tui::Reason.text(desk.lang), "", true));
            form.fields.push(choices(
                Slot::Until,
                Tui::Until.text(desk.lang),
                shelf_ends(desk),
                "",
            ));
        }
        Purpose::OutOfService(ids) => {
            alarms(&mut form, desk, ids, Tui::OutOfService)?;
            form.fields
                .push(text(Slot::Comment, Tui::Reason.text(desk.lang), "", true));
        }
        Purpose::Open { alarm, playbook, .. } => {
            let words = &desk
                .board
                .room
                .playbooks
                .iter()
                .find(|p| p.id == *playbook)?
                .words;
            alarms(&mut form, desk, std::slice::from_ref(alarm), Tui::OpenCase)?;
            form.title = fill(Tui::OpenTitle.text(desk.lang), &[("what", &desk.lang.of(words))]);
            let title = desk.board.state.alarms.get(alarm)?.cause.title.clone();
            form.fields.push(text(
                Slot::Title,
                Tui::CaseTitle.text(desk.lang),
                title.as_str(),
                true,
            ));
        }
        Purpose::Intake { playbook, parent } => intake::form(&mut form, desk, playbook, parent.as_ref())?,
        Purpose::Draw => room::draw(&mut form, desk),
        Purpose::Declare => room::declare(&mut form, desk, until_ends(desk)),
        Purpose::EndDeclaration(id) => room::end_declaration(&mut form, desk, *id)?,
        Purpose::Deploy { episode, plan } => plan::form(&mut form, desk, episode, *plan)?,
        Purpose::Steps { cases, step } => bulk::form(&mut form, desk, cases, step)?,
        Purpose::Step { case, step } => step_form(&mut form, desk, case, step)?,
        Purpose::Dispatch(id) => {
            let case = case(&mut form, desk, id, Tui::Dispatch)?;
            form.fields = order::fields(desk.board, case, desk.lang, desk.now);
            order::on_site(&mut form, desk, case);
        }
        Purpose::Orders(all) => orders::form(&mut form, desk, all)?,
        Purpose::Note(ids) => {
            bulk::named(&mut form, desk, ids, Tui::Note.text(desk.lang))?;
            form.fields
                .push(text(Slot::Comment, Tui::Words.text(desk.lang), "", true));
        }
        Purpose::Withdraw(ids) => sent::named(&mut form, desk, ids, Tui::Withdraw).map(drop)?,
        Purpose::Resend(ids) => sent::resend(&mut form, desk, ids)?,
        Purpose::Called(ids) => sent::called(&mut form, desk, ids)?,
        Purpose::Answered(ids) => sent::answered(&mut form, desk, ids)?,
        Purpose::Duty(act) => duty::form(&mut form, desk, *act)?,
        Purpose::Undo(streams) => undo::form(&mut form, desk, streams)?,
    }
    // Enter presses the button at once where nothing has to be written first.
    let first = form.fields.iter().position(|field| field.needed && empty(field));
    form.here = first.map_or(Here::Do, Here::Field);
    form.title = capital(&form.title);
    form.verb = capital(&form.verb);
    Some(form)
}

fn empty(field: &Field) -> bool {
    match &field.value {
        Value::Text(edit) => edit.text().trim().is_empty(),
        Value::Choice(choices, at) => choices.get(*at).is_none_or(|choice| choice.key.is_empty()),
    }
}

/// Names the alarms and takes their versions along; those that are no more are left out.
fn alarms(form: &mut Form, desk: &Desk<'_>, ids: &[AlarmId], verb: Tui) -> Option<()> {
    let found: Vec<&Alarm> = ids
        .iter()
        .filter_map(|id| desk.board.state.alarms.get(id))
        .collect();
    let first = found.first()?;
    for alarm in &found {
        form.seen.push((Stream::Alarm(alarm.id.clone()), alarm.version));
    }
    form.about = found
        .iter()
        .take(NAMED)
        .map(|a| alarm_words(desk.lang, a, desk.now))
        .collect();
    if found.len() > NAMED {
        form.about.push(fill(
            Tui::AndMore.text(desk.lang),
            &[("n", &(found.len() - NAMED))],
        ));
    }
    let verb = verb.text(desk.lang);
    verb.clone_into(&mut form.title);
    form.verb = if found.len() == 1 {
        fill(
            Tui::DoOne.text(desk.lang),
            &[
                ("verb", &verb),
                ("what", &short(&trouble::title(desk.lang, &first.cause))),
            ],
        )
    } else {
        fill(
            Tui::DoMany.text(desk.lang),
            &[("verb", &verb), ("n", &found.len())],
        )
    };
    Some(())
}

fn case<'a>(form: &mut Form, desk: &Desk<'a>, id: &CaseId, verb: Tui) -> Option<&'a Case> {
    let case = desk.board.state.cases.get(id)?;
    form.seen.push((Stream::Case(id.clone()), case.version));
    form.about.push(format!("{id}  {}", case.matter.title));
    let verb = verb.text(desk.lang);
    verb.clone_into(&mut form.title);
    form.verb = fill(Tui::DoOne.text(desk.lang), &[("verb", &verb), ("what", id)]);
    Some(case)
}

fn step_form(form: &mut Form, desk: &Desk<'_>, id: &CaseId, step: &crate::domain::id::MoveId) -> Option<()> {
    let case = case(form, desk, id, Tui::Dispatch)?;
    let playbook = desk
        .board
        .room
        .playbooks
        .iter()
        .find(|p| p.id == case.matter.playbook)?;
    let step = playbook.step(step)?;
    let verb = desk.lang.of(&step.words);
    verb.clone_into(&mut form.title);
    form.verb = fill(Tui::DoOne.text(desk.lang), &[("verb", &verb), ("what", id)]);
    form.fields = asked::fields(desk, case, playbook, step);
    if step.dispatches {
        form.fields
            .extend(order::fields(desk.board, case, desk.lang, desk.now));
        order::on_site(form, desk, case);
    }
    if !step.needs.contains(&Need::Comment) && !step.dispatches {
        form.fields
            .push(text(Slot::Comment, Tui::Comment.text(desk.lang), "", false));
    }
    Some(())
}

fn ack_ends(desk: &Desk<'_>) -> Vec<Choice> {
    let own = desk.board.room.ack_expires;
    let spans = std::iter::once(own).chain(ACK_ENDS.iter().copied().filter(|span| *span != own));
    let mut all = ends(desk, spans);
    all.push(choice("", Tui::NoEnd.text(desk.lang)));
    all
}

fn shelf_ends(desk: &Desk<'_>) -> Vec<Choice> {
    let most = desk.board.room.longest_shelf;
    let within = SHELF_ENDS.iter().copied().filter(|span| *span < most);
    ends(desk, within.chain(std::iter::once(most)))
}

/// The ends that are offered for a declared state.
fn until_ends(desk: &Desk<'_>) -> Vec<Choice> {
    let days = [1, 3, 7, 15, 30].map(Span::days);
    ends(desk, [Span::hours(4), Span::hours(12)].into_iter().chain(days))
}

fn ends(desk: &Desk<'_>, spans: impl Iterator<Item = Span>) -> Vec<Choice> {
    let zone = desk.board.room.zone;
    spans
        .map(|span| until(desk.lang, desk.now + span, desk.now, zone))
        .collect()
}

/// With a capital first letter, as titles and buttons have.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
