//! The training city (训练城): a simulated county.

mod air;
mod chance;
mod county;
mod fires;
mod script;
mod upkeep;
mod weather;
mod world;
