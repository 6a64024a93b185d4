//! What takes long or needs a clock: real processes over minutes. Left out of every change but for what is quick; `.ci/long`
//! runs them and prints a line for each.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says why by failing"
)]

#[path = "room/bodies.rs"]
mod bodies;
#[path = "room/collector.rs"]
#[expect(dead_code, reason = "each test binary uses a part of it")]
mod collector;
#[path = "room/console.rs"]
#[expect(dead_code, reason = "each test binary uses a part of it")]
mod console;
#[path = "long/disk.rs"]
mod disk;
#[path = "long/floods.rs"]
mod floods;
#[path = "long/memory.rs"]
mod memory;
#[path = "room/premises.rs"]
#[expect(dead_code, reason = "each test binary uses a part of it")]
mod premises;
#[path = "long/process.rs"]
mod process;
#[path = "long/set_clock.rs"]
mod set_clock;
#[path = "long/shim.rs"]
mod shim;
#[path = "long/soak.rs"]
mod soak;
#[path = "room/upstream.rs"]
#[expect(dead_code, reason = "each test binary uses a part of it")]
mod upstream;

use premises::{Room, SIZE, dispatch};

/// A count or a time that the environment may set.
fn given(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}
