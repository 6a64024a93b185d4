//! What is appended to the ledger, on whose behalf, and what is said where it was not.

use crate::desk::run::runner::Runner;
use crate::desk::{Done, Event, Reply, Request};
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::Fact;
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::task::TaskFact;
use crate::domain::ledger::{Draft, Entry, Stream};
use crate::domain::ledger_fault::LedgerFault;
use crate::store::{StoreError, Under};

/// How often an act is decided again when somebody else was first, before the person is told to look.
const MOST_RETRIES: u32 = 5;

impl Runner {
    /// Appends on that behalf, where there is one.
    pub(super) fn append(
        &mut self,
        drafts: &[Draft],
        (request, under): (Option<Box<Request>>, Option<Under>),
        retries: u32,
    ) {
        let on = self.ask_on.take();
        let Some(under) = under else {
            (self.unkept, self.refused) = (true, true);
            return tracing::debug!("decided without a term; whoever collects decides it again");
        };
        let stored = self.send(drafts, under, on);
        self.unkept |= stored.is_err();
        if stored.is_err() {
            self.refused = true;
            // Whatever stands there now, this process has not written it: no letter leaves on the strength of it.
            self.outbox.written();
            // What came of an attempt may be among it: the outbox looks again.
            self.deliver_at = Some(self.clock.now());
        }
        self.collided |= matches!(stored, Err(StoreError::Conflict { .. }));
        match stored {
            Ok(entries) => {
                self.stored(entries);
                if let Some(request) = request {
                    self.show();
                    self.answer(*request, Ok(done(drafts)));
                }
            }
            Err(StoreError::Conflict { stream, .. }) => {
                self.catch_up();
                match request {
                    Some(request) if retries < MOST_RETRIES => {
                        for effect in self.desk.update(Event::Request(request)) {
                            self.perform(effect, Some(Under::Anyone), retries + 1);
                        }
                    }
                    Some(request) => {
                        let refusal = Refusal::Changed {
                            stream,
                            by: None,
                            at: None,
                        };
                        self.answer(*request, Err(refusal));
                    }
                    // The desk's own facts are decided again by the next poll or beat.
                    None => {}
                }
            }
            Err(StoreError::Fenced { had, now }) => self.fenced(had, now),
            Err(error @ StoreError::Unknown { .. }) => self.leave_open(&error, drafts, request),
            Err(error) => {
                // A ledger that went back is named before anything is said of it.
                if matches!(error, StoreError::Forked { .. }) {
                    self.catch_up();
                }
                self.refuse(&error, drafts, request);
            }
        }
    }

    /// On whose behalf what follows from an event is appended: a person's act is anyone's, and so is what came of a letter
    /// that this process sent; all else is the collector's. `None` for who does not collect, or decided by a board that
    /// stands still.
    pub(super) fn under(&self, event: &Event) -> Option<Under> {
        if matches!(event, Event::Request(_)) {
            return Some(Under::Anyone);
        }
        if self.desk.board().readable.is_err() {
            return None;
        }
        if matches!(event, Event::Sent { .. } | Event::Carried { .. }) {
            return Some(Under::Anyone);
        }
        self.holder.polls(self.hand()).map(Under::Term)
    }

    /// What is kept beside the ledger could be kept or read, or not: named, and no act is refused for it. Damage does not
    /// heal: it stays named, and nothing waits for it.
    pub(super) fn beside(&mut self, kept: Result<(), StoreError>) {
        let kept = kept.map_err(|error| error.fault());
        let is_damage = |kept: &Result<(), LedgerFault>| matches!(kept, Err(LedgerFault::Damaged(_)));
        self.unkept |= kept.is_err() && !is_damage(&kept);
        let known = &self.desk.board().beside;
        if *known == kept || (is_damage(known) && !is_damage(&kept)) {
            return;
        }
        if let Err(error) = &kept {
            tracing::error!(%error, "not kept or read beside the ledger");
        }
        self.take(Event::Beside(kept));
    }

    /// Nothing was stored.
    pub(super) fn refuse(&mut self, error: &StoreError, drafts: &[Draft], request: Option<Box<Request>>) {
        self.not_recorded(error, drafts);
        if let Some(request) = request {
            self.answer(*request, Err(Refusal::ReadOnly(error.fault())));
        }
    }

    /// Another process collects by now; what it wrote is read, and decided upon by it.
    pub(super) fn fenced(&mut self, had: u64, now: u64) {
        tracing::warn!(had, now, "another process collects");
        let lost = self.holder.lose();
        self.say_term();
        if let Some(lost) = lost {
            self.take(lost);
        }
        self.catch_up();
    }

    /// Takes in what was just stored; where another process wrote in between, all that is newer, in order. Where an older
    /// copy was put in the ledger's place it may stand behind another entry of the same number than the board's last.
    pub(super) fn stored(&mut self, entries: Vec<Entry>) {
        let ours = self.desk.board().state.tip();
        let is_next = entries.first().is_none_or(|entry| entry.seq == ours.seq + 1);
        if !is_next || self.store.since(&ours, 0).is_err() {
            return self.catch_up();
        }
        self.count_in(entries.len());
        self.take(Event::Stored(entries));
    }

    pub(super) fn answer(&self, request: Request, answer: Result<Done, Refusal>) {
        self.outlets.answers.give(Reply {
            seat: request.seat,
            ticket: request.ticket,
            answer,
        });
    }

    /// The same thing that could not be recorded again counts once.
    pub(super) fn not_recorded(&mut self, error: &StoreError, drafts: &[Draft]) {
        tracing::error!(%error, count = drafts.len(), "not recorded");
        if self.desk.board().writable.is_ok() {
            self.lost.clear();
        }
        self.lost.extend(drafts.iter().map(|draft| draft.stream.clone()));
        let (why, count) = (error.fault(), self.lost.len() as u64);
        self.take(Event::Unrecorded { count, why });
    }
}

/// What was done, told by the drafts that were stored.
pub(super) fn done(drafts: &[Draft]) -> Done {
    let mut done = Done {
        count: drafts.len(),
        ..Done::default()
    };
    for draft in drafts {
        match (&draft.stream, &draft.fact) {
            (Stream::Case(id), Fact::Case(CaseFact::Opened(_))) => done.case = Some(id.clone()),
            (Stream::Task(id), Fact::Task(TaskFact::Ordered(_))) => done.task = Some(id.clone()),
            _ => {}
        }
    }
    done
}
