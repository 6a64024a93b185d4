//! Lookout (瞭望): the duty room's console for environmental supervision.

pub mod domain;
