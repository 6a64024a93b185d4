//! What a field of a dialog holds, with the key that a draft on disk names it by.

use crate::domain::id::FieldId;

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Words.
    Comment,
    /// An end.
    Until,
    /// A reason's code.
    Reason,
    /// A unit.
    Unit,
    /// The person to call.
    Contact,
    /// Their number.
    Phone,
    /// A channel.
    Channel,
    /// By when an answer is due.
    Deadline,
    /// An order's text.
    Text,
    /// Another case.
    Case,
    /// A photo's path, address or number.
    Photo,
    /// A title.
    Title,
    /// The kind of an answer.
    Kind,
    /// A township.
    Township,
    /// A position.
    Place,
    /// An enterprise.
    Enterprise,
    /// A point, or several with a reason each.
    Point,
    /// A number.
    Count,
    /// A field of the playbook, by its name: its place among them may change under an open dialog or a draft.
    Own(FieldId),
}

/// One row a kind of field: its key on disk, which never changes. A field of the playbook has its name behind [`OWN`].
const SLOTS: &[(Slot, &str)] = &[
    (Slot::Comment, "comment"),
    (Slot::Until, "until"),
    (Slot::Reason, "reason"),
    (Slot::Unit, "unit"),
    (Slot::Contact, "contact"),
    (Slot::Phone, "phone"),
    (Slot::Channel, "channel"),
    (Slot::Deadline, "deadline"),
    (Slot::Text, "text"),
    (Slot::Case, "case"),
    (Slot::Photo, "photo"),
    (Slot::Title, "title"),
    (Slot::Kind, "kind"),
    (Slot::Township, "township"),
    (Slot::Place, "place"),
    (Slot::Enterprise, "enterprise"),
    (Slot::Point, "point"),
    (Slot::Count, "count"),
];

/// What the key of a field of the playbook begins with.
const OWN: &str = "own.";

impl Slot {
    /// Its key on disk.
    pub fn key(&self) -> String {
        match (self, SLOTS.iter().find(|row| row.0 == *self)) {
            (Self::Own(id), _) => format!("{OWN}{id}"),
            (_, row) => row.map_or("", |row| row.1).to_owned(),
        }
    }

    /// By its key.
    pub fn by_key(key: &str) -> Option<Self> {
        if let Some(id) = key.strip_prefix(OWN) {
            return Some(Self::Own(FieldId::new(id)));
        }
        SLOTS.iter().find(|row| row.1 == key).map(|row| row.0.clone())
    }
}
