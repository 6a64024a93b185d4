//! The board without a desk of one's own: for lists and documents of the command line.

use crate::clock::Clock;
use crate::desk::board::{Board, Room};
use crate::desk::poll::Wired;
use crate::desk::share::{CLOCK, follow, left};
use crate::desk::start;
use crate::desk::update::Desk;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::{Store, StoreError};

/// The board as the store tells it, for who runs no desk: what is in hand, and all that a collector left beside it.
///
/// # Errors
/// The store cannot be read.
pub fn picture(room: Room, store: &dyn Store, sources: &[Wired]) -> Result<Board, StoreError> {
    let wall = Clock::Wall.now();
    let collector = store.collector()?;
    let now = if room.training {
        room_now(store, wall, collector.is_some())?
    } else {
        wall
    };
    let mut desk = Desk::new(start::bare(room, store, sources, now)?, Vec::new());
    let beside = follow(store, &mut desk, now).map_err(|error| error.fault());
    let board = desk.board();
    Ok(Board {
        beside,
        collector: collector.map(|name| Clean::new(&name)).unwrap_or_default(),
        ..board.clone()
    })
}

/// The training city's hour: its collector's, or where nobody collects, that of the last entry.
fn room_now(store: &dyn Store, wall: Moment, collected: bool) -> Result<Moment, StoreError> {
    let clock: Option<(i64, i64, u32)> = left(store, CLOCK).filter(|_| collected);
    if let Some((room, at, speed)) = clock {
        let passed = wall.ms().saturating_sub(at).saturating_mul(i64::from(speed));
        return Ok(Moment::from_ms(room.saturating_add(passed)));
    }
    let last = store.entries(store.head()?.seq.saturating_sub(1), 1)?;
    Ok(last.last().map_or(wall, |entry| entry.at.max(wall)))
}
