//! The bench on which a file that a person writes is checked: its text with places, its shape, its faults, its secrets.
//!
//! Knows no section and no kind. Whoever reads a part of the configuration stands at it: `config` with the room's own
//! sections, each source and each channel with its own options. What is wrong is said all at once, each with its place.

pub mod check;
pub mod document;
pub mod excerpt;
pub mod fault;
pub mod known;
pub mod secret;
mod section;
pub mod shape;
pub mod text;
