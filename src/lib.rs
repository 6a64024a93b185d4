//! Lookout (瞭望): the duty room's console for environmental supervision.

pub mod clock;
pub mod domain;

pub mod config;
pub mod lang;

pub mod store;

pub mod net;
pub mod sources;

pub mod channels;

pub mod desk;

pub mod tui;

pub mod cli;
pub mod training;
