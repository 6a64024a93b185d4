//! What takes long or needs a clock: real processes over minutes. Left out of every change; `.ci/long` runs them and prints
//! a line for each.

#![expect(clippy::expect_used, reason = "a test says why by failing")]

#[path = "long/floods.rs"]
mod floods;
#[path = "long/memory.rs"]
mod memory;
#[path = "long/process.rs"]
mod process;
#[path = "long/soak.rs"]
mod soak;

/// A count or a time that the environment may set.
fn given(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}
