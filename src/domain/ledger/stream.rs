//! Streams: what an entry is about, and the name it is stored under.

use crate::domain::id::{AlarmId, CaseId, NoticeId, ShiftId, TaskId};
use std::fmt;

/// What an entry is about. Entries of one stream are numbered 1, 2, 3 … and appended with the number expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// One alarm.
    Alarm(AlarmId),
    /// One case.
    Case(CaseId),
    /// One task.
    Task(TaskId),
    /// One notice.
    Notice(NoticeId),
    /// One shift.
    Shift(ShiftId),
    /// The room itself.
    Room,
}

impl Stream {
    /// By the text [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some(("alarm", id)) => Some(Self::Alarm(AlarmId::new(id))),
            Some(("case", id)) => Some(Self::Case(CaseId::new(id))),
            Some(("task", id)) => Some(Self::Task(TaskId::new(id))),
            Some(("notice", id)) => Some(Self::Notice(NoticeId::new(id))),
            Some(("shift", id)) => Some(Self::Shift(ShiftId::new(id))),
            Some(_) => None,
            None => (text == "room").then_some(Self::Room),
        }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alarm(id) => write!(f, "alarm/{id}"),
            Self::Case(id) => write!(f, "case/{id}"),
            Self::Task(id) => write!(f, "task/{id}"),
            Self::Notice(id) => write!(f, "notice/{id}"),
            Self::Shift(id) => write!(f, "shift/{id}"),
            Self::Room => f.write_str("room"),
        }
    }
}
