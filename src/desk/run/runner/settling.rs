//! What was sent to the ledger while its disk failed: it may stand there or not. Nothing is said of it until that is known.

use crate::desk::run::runner::Runner;
use crate::desk::run::runner::appending::done;
use crate::desk::{Effect, Event, Request};
use crate::domain::ledger::Draft;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::time::Moment;
use crate::store::{StoreError, Under};

/// An append whose outcome is not known.
pub(super) struct Open {
    drafts: Vec<Draft>,
    /// Whose act it is; the seat waits for its answer.
    request: Option<Box<Request>>,
}

impl Runner {
    /// It is not known whether this was stored: whoever asked is answered once it is.
    pub(super) fn leave_open(&mut self, error: &StoreError, drafts: &[Draft], request: Option<Box<Request>>) {
        tracing::error!(%error, "outcome not known");
        self.open = Some(Open {
            drafts: drafts.to_vec(),
            request,
        });
        self.take(Event::Writable(Err(error.fault())));
    }

    /// Looks what became of it.
    pub(super) fn settle(&mut self) {
        let Some(open) = self.open.take() else { return };
        match self.store.settle() {
            Ok(Some(entries)) => {
                self.take(Event::Writable(Ok(())));
                self.stored(entries);
                if let Some(request) = open.request {
                    self.show();
                    self.answer(*request, Ok(done(&open.drafts)));
                }
            }
            Ok(None) => {
                let why = self.desk.board().writable.clone().err();
                let error = StoreError::ReadOnly {
                    operation: "append to the ledger",
                    why: why.map_or_else(|| "the disk failed".into(), LedgerFault::cause),
                };
                self.refuse(&error, &open.drafts, open.request);
            }
            Err(_) => self.open = Some(open),
        }
    }

    /// While nothing can be recorded, tries with a fact that is worth having: that it was so.
    pub(super) fn try_again(&mut self, now: Moment) {
        let board = self.desk.board();
        if board.readable.is_err() || matches!(board.writable, Err(LedgerFault::Damaged(_))) {
            return;
        }
        for effect in self.desk.update(Event::TryAgain(now)) {
            let Effect::Append { drafts, .. } = effect else {
                continue;
            };
            match self.store.append(&drafts, Under::Anyone) {
                Ok(entries) => {
                    self.take(Event::Writable(Ok(())));
                    self.stored(entries);
                }
                Err(StoreError::Conflict { .. }) => self.catch_up(),
                Err(error @ StoreError::Unknown { .. }) => self.leave_open(&error, &drafts, None),
                Err(_) => {}
            }
        }
    }
}
