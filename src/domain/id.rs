//! Names of things: one newtype a noun, cheap to clone, cleaned like all text from outside.

use crate::domain::text::Clean;
use std::borrow::Borrow;
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Clean);

        impl $name {
            /// Cleans and wraps `raw`.
            pub fn new(raw: &str) -> Self {
                Self(Clean::new(raw))
            }
            /// The text of the name.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl From<Clean> for $name {
            fn from(text: Clean) -> Self {
                Self(text)
            }
        }

        impl From<$name> for Clean {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

ids! {
    /// A configured source (数据源), unique in a room.
    SourceId,
    /// A point (点位): the upstream's own station or device code.
    PointId,
    /// An alarm (告警): its dedupe key, `source/upstream-id` or `rule/point/quantity`.
    AlarmId,
    /// A case (事件): kind letter, local date, number, such as `F20261123-0007`.
    CaseId,
    /// A task (任务): its case and a number, such as `F20261123-0007.1`; the idempotency key on the wire.
    TaskId,
    /// A notice (告知): what it is about, which occurrence, and the role, such as `task/F20261123-0007.1/undelivered/leader`.
    NoticeId,
    /// A unit (单位) in the directory.
    UnitId,
    /// A township or street (乡镇街道) in the directory.
    TownshipId,
    /// A community or village (社区、村) in the directory.
    CommunityId,
    /// A playbook (流程), such as `straw-fire`.
    PlaybookId,
    /// A stage of a playbook.
    StageId,
    /// A move of a playbook: one permitted step between stages.
    MoveId,
    /// A field of a matter that a playbook declares, such as `level`.
    FieldId,
    /// An enterprise (企业) in the directory.
    EnterpriseId,
    /// A shift (班次): the local date it begins on and its key, such as `20261123-day`.
    ShiftId,
    /// A yearly goal (目标) of the configuration.
    TargetId,
    /// A configured channel: one way an order goes out.
    ChannelId,
    /// An operator (值守员): the log-in name.
    OperatorId,
    /// A seat (席位): one person's terminal, unique for the life of a process.
    SeatId,
}

/// Clean never changes by borrowing, so ordering and hashing agree with `str`.
impl Borrow<str> for Clean {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
