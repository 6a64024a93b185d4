//! Answers to acts, each to the seat that asked and to no other; none is lost while the seat listens.

use crate::desk::Reply;
use crate::domain::id::SeatId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The seats that listen, each with its own queue.
#[derive(Clone, Debug, Default)]
pub struct Answers(Arc<Mutex<HashMap<SeatId, UnboundedSender<Reply>>>>);

impl Answers {
    /// What is answered to that seat from now on; who listened there before hears no more.
    pub fn of(&self, seat: &SeatId) -> UnboundedReceiver<Reply> {
        let (give, take) = unbounded_channel();
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seats.insert(seat.clone(), give);
        take
    }

    /// Answers the seat that asked. One that has gone needs no answer.
    pub(super) fn give(&self, reply: Reply) {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seat = reply.seat.clone();
        let is_gone = seats.get(&seat).is_some_and(|queue| queue.send(reply).is_err());
        if is_gone {
            seats.remove(&seat);
        }
    }
}
