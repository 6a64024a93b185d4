//! Units that orders go to, the people in them, and what the emergency plan asks of each.

use crate::domain::directory::register::Keyed;
use crate::domain::id::{ChannelId, UnitId};
use crate::domain::playbook::Words;
use crate::domain::text::Clean;

/// A unit with the person to call.
#[derive(Clone, Debug, PartialEq)]
pub struct Responder {
    /// Its key.
    pub id: UnitId,
    /// Its name.
    pub name: Clean,
    /// The person to call.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The ways an order goes out by, each when the one before it failed; none is the telephone.
    pub channels: Vec<ChannelId>,
}

impl Keyed for Responder {
    type Key = UnitId;

    fn key(&self) -> &UnitId {
        &self.id
    }
}

/// One more person of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// The unit.
    pub unit: UnitId,
    /// What they are there (网格长, 值班 …).
    pub role: Clean,
    /// Their name.
    pub name: Clean,
    /// Their number.
    pub phone: Clean,
    /// Reached at any hour.
    pub on_call: bool,
}

/// One measure of the emergency plan (应急减排清单): which unit does what at which levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Who.
    pub unit: UnitId,
    /// What.
    pub item: Words,
    /// The levels of an episode at which it is done, as the plan writes them.
    pub levels: Vec<Clean>,
}
