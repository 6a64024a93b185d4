//! What is said to the person: acts on their way, answers of the desk, hints. Nothing shows as done before it is stored.

use crate::desk::board::Board;
use crate::desk::{Command, Done, Reply, Request};
use crate::domain::decide::refusal::Refusal;
use crate::domain::ledger::Stream;
use crate::domain::time::Span;
use crate::lang::tui::Tui;
use crate::lang::{fill, refusal};
use crate::tui::act::Purpose;
use crate::tui::seat::ask::Asking;
use crate::tui::seat::{Now, Out, Seat, drafts};
use std::sync::Arc;

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
    /// The dialog it comes from, if one.
    pub purpose: Option<Purpose>,
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
    pub(super) fn send(&mut self, open: Asking, command: Command, now: Now) -> Out {
        let form = open.form;
        let pending = Pending {
            purpose: Some(open.purpose),
            streams: form.seen.iter().map(|seen| seen.0.clone()).collect(),
            draft: drafts::draft(&form),
            words: form.verb,
        };
        self.ask_desk(pending, (form.seen, command), now)
    }

    /// Sends what needs no dialog to the desk.
    pub(super) fn send_plain(&mut self, words: &str, command: Command, now: Now) -> Out {
        let pending = Pending {
            purpose: None,
            words: words.to_owned(),
            streams: Vec::new(),
            draft: Vec::new(),
        };
        self.ask_desk(pending, (Vec::new(), command), now)
    }

    fn ask_desk(
        &mut self,
        pending: Pending,
        (seen, command): (Vec<(Stream, u32)>, Command),
        now: Now,
    ) -> Out {
        let words = fill(Tui::Recording.text(self.lang), &[("what", &pending.words)]);
        self.say(&words, false, now);
        self.ticket += 1;
        self.pending.insert(self.ticket, pending);
        Out::Request(Box::new(Request {
            by: self.who.clone(),
            seat: self.id.clone(),
            ticket: self.ticket,
            at: now.room,
            seen,
            command,
        }))
    }

    /// The desk has answered.
    pub fn told(&mut self, reply: &Reply, live: &Board, now: Now) {
        let Some(pending) = self.pending.remove(&reply.ticket) else {
            return;
        };
        match &reply.answer {
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
        let Some(purpose) = &pending.purpose else { return };
        self.drafts.remove(&purpose.key());
        if pending.streams.len() > 1 {
            self.mark_none();
        }
        let after = purpose.after(pending.streams, done.case.as_ref());
        for done in &mut self.done {
            done.retain(|done| !after.taken_back.contains(done));
        }
        self.done.push(after.undoable);
        self.done.retain(|done| !done.is_empty());
        self.follow = after.dispatch;
    }

    fn was_refused(&mut self, pending: Pending, why: &Refusal, live: &Board, now: Now) {
        let room = &live.room;
        let words = refusal::words(self.lang, why, room.zone, &room.playbooks);
        self.say(&words, true, now);
        if let Some(purpose) = pending.purpose.filter(|_| !pending.draft.is_empty()) {
            self.drafts.insert(purpose.key(), pending.draft);
        }
    }

    /// When something said is over, or a long list may be counted anew, in the hand's time.
    pub fn hand_wakes(&self, live: &Board) -> Option<i64> {
        let toast = self.toast.as_ref().map(|toast| toast.until.ms());
        [toast, self.recount_at(live)].into_iter().flatten().min()
    }

    /// The hand's time has come: what was said is over, a long list is counted.
    pub fn woken(&mut self, live: &Arc<Board>, now: Now) {
        self.toast.take_if(|toast| toast.until <= now.hand);
        if self.recount_at(live).is_some_and(|at| at <= now.hand.ms()) {
            self.sees(live, now);
        }
    }
}
