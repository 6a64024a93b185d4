//! What may be done: every decision on what is so, a pure function that gives facts or says why not. Called by the desk and
//! by whoever shows what may be done; nothing else makes a fact.

pub mod alarm;
pub mod answering;
pub mod blockers;
pub mod declared;
pub mod engine;
pub mod fields;
pub mod opening;
pub mod refusal;
pub mod shift;
pub mod sights;
pub mod task;
pub mod withdrawal;
