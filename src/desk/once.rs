//! One act, decided and stored without a running desk: what a command does goes through the same decisions.

use crate::desk::board::Room;
use crate::desk::update::Desk;
use crate::desk::{Effect, Event, Request, start};
use crate::domain::decide::refusal::Refusal;
use crate::domain::ledger::Draft;
use crate::domain::text::Clean;
use crate::store::{Store, StoreError, Under};

/// How often an act is decided again when another process wrote between reading and appending.
const MOST_TRIES: u32 = 8;

/// Why an act was not done.
#[derive(Debug)]
pub enum Undone {
    /// It may not be done.
    Refused(Refusal),
    /// It could not be stored.
    Store(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Decides the act over the ledger as it is now, and stores what follows.
///
/// # Errors
/// It is refused, the store cannot be read or written, or others write all the time.
pub fn act(room: &Room, store: &mut dyn Store, request: &Request) -> Result<(), Undone> {
    for _ in 0..MOST_TRIES {
        let board = start::bare(room.clone(), store, &[], request.at)?;
        let mut desk = Desk::new(board, Vec::new());
        let effects = desk.update(Event::Request(Box::new(request.clone())));
        match store.append(&drafts(effects)?, Under::Anyone) {
            Err(StoreError::Conflict { .. }) => {}
            other => return Ok(other.map(drop)?),
        }
    }
    Err(StoreError::Busy {
        operation: "act",
        by: Clean::default(),
    }
    .into())
}

/// The facts that follow, or the refusal.
fn drafts(effects: Vec<Effect>) -> Result<Vec<Draft>, Undone> {
    let mut all = Vec::new();
    for effect in effects {
        match effect {
            Effect::Append { drafts, .. } => all.extend(drafts),
            Effect::Reply(reply) => drop(reply.answer.map_err(Undone::Refused)?),
            Effect::Keep(_) | Effect::Reread(_) | Effect::Sight(_) | Effect::Publish | Effect::Deliver => {}
        }
    }
    Ok(all)
}
