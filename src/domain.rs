//! The duty room's matters as pure values: no I/O, no clock, no words for people, no async.
//!
//! On floors, of which each names only those below it: plain words (ids, places, quantities, time), [`fact`] (what can
//! happen), the things that it happens to (an alarm, a case, a task), [`state`] (what is so, folded from the entries of the
//! [`ledger`]), [`decide`] (what may be done). Beside the last two stand the views that lists, notices and papers are made
//! from.
//!
//! Everything here is called with the time as an argument and answers with values; the desk decides with it, the store
//! keeps its facts, the seats draw it.

pub mod address;
pub mod age;
pub mod air;
pub mod alarm;
pub mod anchor;
pub mod calendar;
pub mod calm;
pub mod case;
pub mod chain;
pub mod days;
pub mod decide;
pub mod declared;
pub mod directory;
pub mod draw;
pub mod emergency;
pub mod episode;
pub mod fact;
pub mod feed;
pub mod id;
pub mod language;
pub mod ledger;
pub mod ledger_fault;
pub mod merkle;
pub mod needs;
pub mod notice;
pub mod person;
pub mod place;
pub mod playbook;
pub mod quantity;
pub mod query;
pub mod reading;
pub mod rule;
pub mod scene;
pub mod secret;
pub mod section;
pub mod shift;
pub mod sighting;
pub mod signal;
pub mod signature;
pub mod state;
pub mod steps;
pub mod target;
pub mod task;
pub mod telling;
pub mod template;
pub mod text;
pub mod threshold;
pub mod time;
pub mod water;
pub mod ways;
