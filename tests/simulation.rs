//! The deterministic simulation: several desks, as they run in the program, over one simulated disk, clock, network and
//! field, driven by a seed through crashes, pauses, lost answers, unknown outcomes, set clocks and hostile upstreams. After
//! each step a witness who knows what really is says whether what must be true at every moment is.
//!
//! `LOOKOUT_SEED=… cargo test --test simulation room_days` goes through one day again, step by step as it was;
//! `LOOKOUT_DAYS` says how many days are gone through.

#![expect(clippy::expect_used, reason = "a test says why by failing")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test looks at what it is about")]
#![expect(clippy::panic, reason = "a test says why by failing")]

#[path = "simulation/day.rs"]
mod day;
#[path = "simulation/disk.rs"]
mod disk;
#[path = "simulation/draw.rs"]
mod draw;
#[path = "simulation/entries.rs"]
mod entries;
#[path = "simulation/field.rs"]
mod field;
#[path = "simulation/finds.rs"]
mod finds;
#[path = "simulation/found.rs"]
mod found;
#[path = "simulation/journal.rs"]
mod journal;
#[path = "simulation/known.rs"]
mod known;
#[path = "simulation/net.rs"]
mod net;
#[path = "simulation/people.rs"]
mod people;
#[path = "simulation/planted.rs"]
mod planted;
#[path = "simulation/process.rs"]
mod process;
#[path = "simulation/receipts.rs"]
mod receipts;
#[path = "simulation/room.rs"]
mod room;
#[path = "simulation/runs.rs"]
mod runs;
#[path = "simulation/store.rs"]
mod store;
#[path = "simulation/told.rs"]
mod told;
#[path = "simulation/upstream.rs"]
mod upstream;
#[path = "simulation/what.rs"]
mod what;
#[path = "simulation/witness.rs"]
mod witness;
#[path = "simulation/world.rs"]
mod world;
