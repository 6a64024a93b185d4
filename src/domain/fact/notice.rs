//! What happens to a notice (告知): that a matter was put before a role, whether a channel carried it, who has seen it.

use crate::domain::fact::pool::{Pool, Pooled, share};
use crate::domain::fact::role::Role;
use crate::domain::id::{AlarmId, CaseId, ChannelId, StageId, TaskId, UnitId};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// What a role is told of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum About {
    /// A case is late in a stage: a rung of its ladder was reached.
    Late {
        /// The one whose limit ran.
        case: CaseId,
        /// Where it waited when the rung was reached.
        stage: StageId,
        /// Since when it is in it.
        entered: Moment,
        /// The limit's end.
        due: Moment,
        /// The rung that an earlier version's ledger told in the place of that end, where it did.
        #[serde(skip_serializing_if = "Option::is_none")]
        rung: Option<Moment>,
    },
    /// A case entered a stage whose loop wants that told at once: an emergency came in, an episode was issued.
    Entered {
        /// Whose loop says so.
        case: CaseId,
        /// The one whose `tells` names the role.
        stage: StageId,
        /// By the entry that moved it.
        at: Moment,
    },
    /// A red alarm stays unacknowledged.
    Unseen {
        /// Still unacknowledged when this was told.
        alarm: AlarmId,
        /// When this occurrence was raised.
        raised: Moment,
    },
    /// An order does not arrive: somebody has to telephone.
    Undelivered {
        /// The order that no way has taken.
        task: TaskId,
        /// Since when it is being sent: one that a person sends again is told of anew. Absent with notices of before there
        /// was this; such a one is of every sending.
        #[serde(skip_serializing_if = "Option::is_none")]
        sent: Option<Moment>,
    },
}

/// The person who stands for a role and may sit at no console.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deputy {
    /// The unit of the directory that they are listed under.
    pub unit: UnitId,
    /// Their name.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The first channel it is sent by; the telephone alone where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
}

/// What is told, to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    /// The matter, as one of the few that are told at all.
    pub about: About,
    /// The role; the consoles of its people say so until one of them has seen it.
    pub role: Role,
    /// The matter's title then.
    pub title: Clean,
    /// Whether the matter is a drill (演练).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drill: bool,
    /// To whom it is sent too, if somebody is configured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Deputy>,
    /// Nobody sits in that role: where it cannot be sent either, the duty operator has to pass it on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unseated: bool,
}

/// What happened to a notice, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum NoticeFact {
    /// It was put before the role.
    Told(Box<Telling>),
    /// A channel took it.
    Sent {
        /// Of those that the unit in the role's place has, the one that took it.
        channel: ChannelId,
        /// What it answered.
        receipt: Clean,
    },
    /// A channel did not take it this time.
    Unsent {
        /// The next of them is tried.
        channel: ChannelId,
        /// What it said, in its own words.
        why: Clean,
        /// Until when it takes nothing from anyone, where that is why.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
    },
    /// With the configuration it changed who it reaches.
    Readdressed {
        /// To whom it is sent now, if somebody is configured.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Box<Deputy>>,
        /// Nobody sits in its role now.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unseated: bool,
    },
    /// A person of the role has seen it.
    Seen,
}

share!(Deputy: unit, contact, phone, channel);

impl Pooled for NoticeFact {
    fn share(&mut self, pool: &mut Pool) {
        match self {
            Self::Told(telling) => telling.to.share(pool),
            Self::Sent { channel, .. } => channel.share(pool),
            Self::Readdressed { to, .. } => {
                if let Some(to) = to {
                    to.share(pool);
                }
            }
            Self::Unsent { channel, why, .. } => {
                channel.share(pool);
                why.share(pool);
            }
            Self::Seen => {}
        }
    }
}
