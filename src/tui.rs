//! The terminal front-end: one seat for one person, the same over a local terminal and over SSH.
//!
//! Bytes come in, are read (`input`), become keys, are looked up (`keys`) and become an [`action::Action`]; the
//! [`seat`] decides what it means there and may send an act to the desk; the screen is drawn from the newest board
//! (`frame`, `panel`, `part`, `look`) and written with as few bytes as possible (`backend`). `session` is all of that
//! for one terminal, `run` the loop of the local one, `terminal` its tty. Not here: what is true (the desk's board),
//! words (`lang`).
//!
//! Reading order: action, keys, input, look, part, panel, form, seat, frame, backend, session, terminal, run.

pub mod act;
pub mod action;
pub mod backend;
pub mod call;
pub mod edit;
pub mod find;
pub mod form;
pub mod frame;
pub mod input;
pub mod keys;
pub mod look;
pub mod panel;
pub mod part;
pub mod pick;
pub mod ring;
pub mod run;
pub mod seat;
pub mod session;
pub mod terminal;
pub mod view;
