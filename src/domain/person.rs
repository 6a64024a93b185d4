//! People: who acts, and what their role may do.

use crate::domain::id::OperatorId;

pub use crate::domain::fact::role::{ROLES, Role};

impl Role {
    /// Whether this role may handle alarms and record what units answer on their behalf.
    pub fn may_act(self) -> bool {
        matches!(self, Self::Operator | Self::Leader | Self::Admin)
    }
}

/// A person who acts, with the role they act in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The log-in name.
    pub id: OperatorId,
    /// The role they act in.
    pub role: Role,
}

/// Who made a fact: a person at a seat, or a part of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    Person(OperatorId),
    /// The desk itself: rules, clocks, sources, the outbox.
    Desk,
}
