//! What a poll brought is held until the desk has taken it in, and until then its source is not asked again: while a disk
//! hangs or the desk is behind, nothing piles up.

use std::convert::Infallible;
use tokio::sync::mpsc;

/// Goes with what a poll brought, and ends with it.
#[derive(Clone, Debug)]
pub struct RoomHeld {
    _until: mpsc::Sender<Infallible>,
}

impl PartialEq for RoomHeld {
    /// It says nothing.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The other end.
pub struct Taken(mpsc::Receiver<Infallible>);

impl Taken {
    /// Waits until whatever was held is gone.
    pub async fn wait(mut self) {
        let never = self.0.recv().await;
        debug_assert!(never.is_none(), "nothing can be said");
    }
}

/// Both ends.
pub fn held() -> (RoomHeld, Taken) {
    let (held, taken) = mpsc::channel(1);
    (RoomHeld { _until: held }, Taken(taken))
}
