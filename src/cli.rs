//! The command line: one subcommand a file.

pub mod aqi;
pub mod columns;
pub mod flaw;
pub mod stamp;
