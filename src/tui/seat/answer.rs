//! What is said to the person: acts on their way, answers of the desk, hints. Nothing shows as done before it is stored.

use crate::desk::Act;
use crate::desk::Deed;
use crate::desk::Done;
use crate::desk::Tell;
use crate::desk::board::Board;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;
use crate::domain::refusal::Refusal;
use crate::domain::time::Span;
use crate::lang::fill;
use crate::lang::refusal;
use crate::lang::tui::Tui;
use crate::tui::form::Form;
use crate::tui::form::Purpose;
use crate::tui::seat::Drafts;
use crate::tui::seat::Now;
use crate::tui::seat::Out;
use crate::tui::seat::Seat;

/// How long a hint or a good answer stays.
const SHORT: Span = Span::secs(6);

/// How long a refusal stays.
const LONG: Span = Span::secs(20);

/// Something said to the person, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// The words.
    pub words: String,
    /// Whether something was not done.
    pub bad: bool,
    /// Until when, in the hand's time.
    pub until: Span,
}

/// An act that the desk has not answered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// What it is for.
    pub purpose: Purpose,
    /// The button's words.
    pub words: String,
    /// What it touches.
    pub streams: Vec<Stream>,
    /// What was written, to be offered again if it is refused.
    pub draft: Vec<(String, String)>,
}

impl Seat {
    /// Says something for a while.
    pub(super) fn say(&mut self, words: &str, bad: bool, now: Now) {
        let stays = if bad { LONG } else { SHORT };
        self.toast = Some(Toast {
            words: words.to_owned(),
            bad,
            until: Span::from_ms(now.hand.ms() + stays.ms()),
        });
    }

    /// Sends what was filled in to the desk.
    pub(super) fn send(&mut self, form: &Form, deed: Deed, now: Now) -> Out {
        self.ticket += 1;
        let pending = Pending {
            purpose: form.purpose.clone(),
            words: form.verb.clone(),
            streams: form.seen.iter().map(|seen| seen.0.clone()).collect(),
            draft: draft(form),
        };
        self.say(
            &fill(Tui::Recording.text(self.lang), &[("what", &form.verb)]),
            false,
            now,
        );
        self.pending.insert(self.ticket, pending);
        Out::Act(Box::new(Act {
            by: self.who.clone(),
            seat: self.id.clone(),
            ticket: self.ticket,
            at: now.room,
            seen: form.seen.clone(),
            deed,
        }))
    }

    /// The desk has answered.
    pub fn told(&mut self, tell: &Tell, live: &Board, now: Now) {
        let Some(pending) = self.pending.remove(&tell.ticket) else {
            return;
        };
        match &tell.answer {
            Ok(done) => self.was_done(pending, done, now),
            Err(why) => self.was_refused(pending, why, live, now),
        }
    }

    fn was_done(&mut self, pending: Pending, done: &Done, now: Now) {
        let text = if done.count > 1 {
            Tui::DoneMany
        } else {
            Tui::DoneOne
        };
        let words = fill(
            text.text(self.lang),
            &[("what", &pending.words), ("n", &done.count)],
        );
        self.say(&words, false, now);
        self.drafts.remove(&key(&pending.purpose));
        if pending.streams.len() > 1 {
            self.mark_none();
        }
        match (&pending.purpose, &done.case) {
            (Purpose::Undo(stream), _) => self.done.retain(|done| done != stream),
            (Purpose::Open { then_dispatch, .. }, Some(case)) => {
                self.done.push(Stream::Case(case.clone()));
                self.follow = then_dispatch.then(|| case.clone());
            }
            (Purpose::Intake { .. }, Some(case)) => self.done.push(Stream::Case(case.clone())),
            _ => self.done.extend(pending.streams),
        }
    }

    fn was_refused(&mut self, pending: Pending, why: &Refusal, live: &Board, now: Now) {
        let room = &live.room;
        let words = refusal::words(self.lang, why, room.zone, &room.playbooks);
        self.say(&words, true, now);
        if !pending.draft.is_empty() {
            self.drafts.insert(key(&pending.purpose), pending.draft);
        }
    }
}

/// Keeps what was written in a dialog that is left; whether there was something.
pub fn keep(drafts: &mut Drafts, form: &Form) -> bool {
    let draft = draft(form);
    if draft.is_empty() {
        return false;
    }
    drafts.insert(key(&form.purpose), draft);
    true
}

fn draft(form: &Form) -> Vec<(String, String)> {
    let named = form.draft().into_iter();
    named.map(|(slot, text)| (format!("{slot:?}"), text)).collect()
}

/// A dialog's name among the drafts: what it is for and what it is about.
pub fn key(purpose: &Purpose) -> String {
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
        Purpose::Deploy { episode, plan } => return format!("deploy {episode} {plan:?}"),
        Purpose::Steps { cases, step } => {
            let cases = cases.iter().map(CaseId::as_str);
            ("steps", std::iter::once(step.as_str()).chain(cases).collect())
        }
        Purpose::Draw => ("draw", Vec::new()),
        Purpose::Declare => ("declare", Vec::new()),
        Purpose::EndDeclaration(id) => return format!("end-declaration {id}"),
        Purpose::Duty(act) => return format!("duty {act:?}").to_lowercase(),
        Purpose::Step { case, step } => ("step", vec![case.as_str(), step.as_str()]),
        Purpose::Dispatch(case) => ("dispatch", vec![case.as_str()]),
        Purpose::Withdraw(task) => ("withdraw", vec![task.as_str()]),
        Purpose::Called(task) => ("called", vec![task.as_str()]),
        Purpose::Answered(task) => ("answered", vec![task.as_str()]),
        Purpose::Note(case) => ("note", vec![case.as_str()]),
        Purpose::Undo(stream) => return format!("undo {stream}"),
    };
    format!("{what} {}", about.join(" "))
}
