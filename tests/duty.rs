//! A room on duty: a real desk over a real ledger on disk, its orders sent by HTTP to real receivers, people at seats who
//! press keys. Only the clock is set by the test, and what sources would bring goes in where polls send it.

#![expect(clippy::expect_used, reason = "a test says why by failing")]

#[path = "duty/anchors.rs"]
mod anchors;
#[path = "duty/days.rs"]
mod days;
#[path = "duty/done.rs"]
mod done;
#[path = "duty/effects.rs"]
mod effects;
#[path = "duty/fires.rs"]
mod fires;
#[path = "duty/holder.rs"]
mod holder;
#[path = "duty/night.rs"]
mod night;
#[path = "duty/papers.rs"]
mod papers;
#[path = "duty/reading.rs"]
mod reading;
#[expect(dead_code, reason = "each test binary uses a part of it")]
#[path = "delivery/receiver.rs"]
mod receiver;
#[path = "duty/room.rs"]
mod room;
#[path = "duty/said.rs"]
mod said;
#[path = "duty/seat.rs"]
mod seat;
#[path = "duty/stepped.rs"]
mod stepped;
#[path = "duty/unsaid.rs"]
mod unsaid;
#[path = "duty/words.rs"]
mod words;
