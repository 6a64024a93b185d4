//! What happens to a task (任务): an order and its way out.

use crate::domain::fact::pool::{Pool, Pooled, share};
use crate::domain::id::{CaseId, ChannelId, UnitId};
use crate::domain::place::{Datum, Place};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// What is ordered; a fact before anything is sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The case it is for.
    pub case: CaseId,
    /// The unit it goes to.
    pub unit: UnitId,
    /// The unit's name at that time.
    pub unit_name: Clean,
    /// The person to call.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The channel it goes out by.
    pub channel: ChannelId,
    /// What is to be done, where: the words that go out.
    pub text: Clean,
    /// By when it must be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
    /// Its number in the world, which no other order of any ledger has: the key on the wire. Empty with orders of before
    /// there was one; those went out under their number in the room.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub key: Clean,
    /// What the matter is.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub title: Clean,
    /// How much it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Where, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where in words, such as 回龙村北 1.2 km.
    #[serde(default, rename = "where", skip_serializing_if = "Clean::is_empty")]
    pub whereabouts: Clean,
    /// The datum that its receiver's maps use, where it is not WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datum: Option<Datum>,
    /// A map of the place: an address.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub map: Clean,
    /// What was seen of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Box<Sighted>>,
    /// The episode whose measure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode: Option<Box<OfEpisode>>,
    /// Whether the matter is a drill (演练).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drill: bool,
    /// By when what must be done, by the names of the playbook, soonest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<(Clean, Moment)>,
}

/// What was seen of a matter, as it is told to the unit that goes there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighted {
    /// The camera or point that saw it, by its name.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub by: Clean,
    /// In which direction from there, in degrees clockwise from north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bearing: Option<u16>,
    /// How far from there, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metres: Option<u32>,
    /// The wind there, in words.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub wind: Clean,
    /// A picture of it: an address.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub picture: Clean,
}

/// The episode that a measure or a curtailment belongs to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfEpisode {
    /// The level in force, in words.
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub level: Clean,
    /// The number of the order that put it in force (文号).
    #[serde(default, skip_serializing_if = "Clean::is_empty")]
    pub number: Clean,
}

/// What happened to a task, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TaskFact {
    /// It was ordered.
    Ordered(Box<Order>),
    /// An attempt failed; it will be tried again.
    Failed {
        /// What the way said of it, in its own words.
        why: Clean,
        /// Not before this moment.
        next: Moment,
        /// Whether the way itself takes nothing from anyone until then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        blocks: bool,
    },
    /// An attempt begins by a way on which a repeated letter is a second one: without an end, it is in doubt.
    Trying,
    /// Its way takes nothing from anyone; it waits without an attempt.
    Waiting {
        /// What the way said.
        why: Clean,
        /// Not before this moment.
        next: Moment,
    },
    /// It leaves by this way from now on: the next of its unit's, or as a person chose, perhaps the same again.
    Routed {
        /// The way that it goes by from now on.
        way: ChannelId,
    },
    /// The letter left and nobody knows whether it was taken; only a person may send it again.
    Doubted {
        /// What is known.
        why: Clean,
    },
    /// It is for a person to telephone through.
    Call,
    /// The channel took it.
    Delivered {
        /// What the channel answered.
        receipt: Clean,
    },
    /// The channel refused it for good.
    Refused {
        /// What the way said; it is not asked again.
        why: Clean,
    },
    /// It was withdrawn.
    Withdrawn,
    /// The unit answered, or a call was recorded.
    Answered {
        /// What it said, as the steps of a loop listen for it: `received`, `done`.
        kind: Clean,
        /// The words.
        text: Clean,
        /// When, by the unit's own clock; the entry's time is when it was heard.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<Moment>,
        /// A photo: an address.
        #[serde(skip_serializing_if = "Option::is_none")]
        photo: Option<Clean>,
    },
}

share!(Order: unit, unit_name, contact, phone, channel);

impl Pooled for TaskFact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Ordered(order) => order.share(pool),
            Self::Failed { why, .. }
            | Self::Waiting { why, .. }
            | Self::Doubted { why }
            | Self::Refused { why } => why.share(pool),
            Self::Routed { way } => way.share(pool),
            Self::Answered { kind, .. } => kind.share(pool),
            Self::Delivered { .. } | Self::Trying | Self::Call | Self::Withdrawn => {}
        }
    }
}
