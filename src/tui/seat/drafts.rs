//! Drafts: what was written in dialogs and not sent, under keys that stand on disk and never change.
//!
//! They are one person's: the file keeps them apart by operator, and a seat is given its own person's alone.

use crate::domain::id::{AlarmId, CaseId, TaskId};
use crate::tui::form::purpose::Sending;
use crate::tui::form::{Form, Purpose, Slot};
use crate::tui::seat::Drafts;

/// Keeps what was written in a dialog that is left; whether there was something.
pub(super) fn keep(drafts: &mut Drafts, form: &Form) -> bool {
    let draft = draft(form);
    if draft.is_empty() {
        return false;
    }
    drafts.insert(key(&form.purpose), draft);
    true
}

/// What a person has written in a dialog, each field by its key.
pub(super) fn draft(form: &Form) -> Vec<(String, String)> {
    let named = form.draft().into_iter();
    named.map(|(slot, text)| (slot.key(), text)).collect()
}

/// A dialog's name among the drafts: what it is for and what it is about.
pub(super) fn key(purpose: &Purpose) -> String {
    let (what, about): (&str, Vec<&str>) = match purpose {
        Purpose::Acknowledge(ids) => ("acknowledge", ids.iter().map(AlarmId::as_str).collect()),
        Purpose::Unacknowledge(ids) => ("unacknowledge", ids.iter().map(AlarmId::as_str).collect()),
        Purpose::Shelve(ids) => ("shelve", ids.iter().map(AlarmId::as_str).collect()),
        Purpose::OutOfService(ids) => ("out-of-service", ids.iter().map(AlarmId::as_str).collect()),
        Purpose::Release(ids) => ("release", ids.iter().map(AlarmId::as_str).collect()),
        Purpose::Open { alarm, playbook, .. } => ("open", vec![alarm.as_str(), playbook.as_str()]),
        Purpose::Intake { playbook, parent } => {
            let parent = parent.as_ref().map_or("", |parent| parent.as_str());
            ("intake", vec![playbook.as_str(), parent])
        }
        Purpose::Deploy { episode, plan } => ("deploy", vec![episode.as_str(), plan.key()]),
        Purpose::Steps { cases, step } => {
            let cases = cases.iter().map(CaseId::as_str);
            ("steps", std::iter::once(step.as_str()).chain(cases).collect())
        }
        Purpose::Draw => ("draw", Vec::new()),
        Purpose::Declare => ("declare", Vec::new()),
        Purpose::EndDeclaration(id) => return format!("end-declaration {id}"),
        Purpose::Duty(act) => ("duty", vec![act.key()]),
        Purpose::Step { case, step } => ("step", vec![case.as_str(), step.as_str()]),
        Purpose::Dispatch(case) => ("dispatch", vec![case.as_str()]),
        Purpose::Withdraw(tasks) => ("withdraw", tasks.iter().map(TaskId::as_str).collect()),
        Purpose::Resend(tasks) => ("resend", tasks.iter().map(TaskId::as_str).collect()),
        Purpose::Called(tasks) => ("called", tasks.iter().map(TaskId::as_str).collect()),
        Purpose::Answered(tasks) => ("answered", tasks.iter().map(TaskId::as_str).collect()),
        Purpose::Orders(all) => ("orders", all.iter().map(Sending::text).collect()),
        Purpose::Note(cases) => ("note", cases.iter().map(CaseId::as_str).collect()),
        Purpose::Undo(streams) => {
            let streams: Vec<String> = streams.iter().map(ToString::to_string).collect();
            return format!("undo {}", streams.join(" "));
        }
    };
    format!("{what} {}", about.join(" "))
}

/// A draft as the fields of `form` that are still there.
pub(super) fn slots(form: &Form, draft: &[(String, String)]) -> Vec<(Slot, String)> {
    let known = draft
        .iter()
        .filter_map(|(key, text)| Some((Slot::by_key(key)?, text.clone())));
    known.filter(|(slot, _)| form.field(slot).is_some()).collect()
}

#[cfg(test)]
mod tests;
