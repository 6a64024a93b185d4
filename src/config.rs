//! Configuration: what the file says (`raw`) and what it means ([`Config`]), with every fault at once and its place.
//!
//! One file, TOML, read once at the start; a process never changes it. Sections are checked each by its own module,
//! all of them even where one is wrong. Called by `cli`; everybody else gets values.

pub mod channel;
pub mod check;
pub mod document;
pub mod fault;
pub mod secret;
pub mod source;
