//! What a state is made of, as a snapshot keeps it: the rest of a state follows from these.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::declared::Declared;
use crate::domain::fact::forecast::Forecast;
use crate::domain::id::{CaseId, ChannelId};
use crate::domain::ledger::Tip;
use crate::domain::notice::Notice;
use crate::domain::shift::Shift;
use crate::domain::state::{Bygones, Issued, ReportKey, State, WayBlock};
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// The things a state is made of; everything else in it follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// How long closed cases stay in hand.
    pub stay: Option<Span>,
    /// The last entry taken in.
    pub tip: Tip,
    /// The hash of the first entry.
    pub genesis: [u8; 32],
    /// Number of the room's last entry.
    pub room: u32,
    /// Alarms that are not normal.
    pub alarms: Vec<Alarm>,
    /// Cases in hand.
    pub cases: Vec<Case>,
    /// Tasks in hand.
    pub tasks: Vec<Task>,
    /// The last matter of each likeness.
    pub likes: Vec<(Clean, Moment, CaseId)>,
    /// Declared states in hand.
    pub declared: Vec<Declared>,
    /// The newest forecast of each source.
    pub forecasts: Vec<Forecast>,
    /// Notices about what is in hand.
    pub notices: Vec<Notice>,
    /// What each way out last said of taking nothing.
    pub blocks: Vec<(ChannelId, WayBlock)>,
    /// Shifts in hand.
    pub shifts: Vec<Shift>,
    /// Reports issued.
    pub reports: Vec<(ReportKey, Issued)>,
    /// What is no longer in hand.
    pub past: Bygones,
}

impl State {
    /// Puts in hand what a snapshot kept.
    pub(super) fn put(&mut self, parts: Parts) {
        *self = Self {
            stay: parts.stay,
            seq: parts.tip.seq,
            hash: parts.tip.hash,
            genesis: parts.genesis,
            room: parts.room,
            declared: parts.declared.into_iter().map(|d| (d.id, d)).collect(),
            forecasts: parts
                .forecasts
                .into_iter()
                .map(|f| (f.source.clone(), f))
                .collect(),
            past: parts.past,
            blocks: parts.blocks.into_iter().collect(),
            reports: parts.reports.into_iter().collect(),
            alarms: parts.alarms.into_iter().map(|a| (a.id.clone(), a)).collect(),
            likes: parts
                .likes
                .into_iter()
                .map(|(like, at, id)| (like, (at, id)))
                .collect(),
            notices: parts.notices.into_iter().map(|n| (n.id.clone(), n)).collect(),
            shifts: parts.shifts.into_iter().map(|s| (s.id.clone(), s)).collect(),
            tally: std::mem::take(&mut self.tally),
            ..Self::default()
        };
        for case in parts.cases {
            self.list(&case.id, case.rests(), true);
            self.belong(&case);
            self.cases.insert(case.id.clone(), case);
        }
        for task in parts.tasks {
            if task.is_leaving() {
                self.outbox.insert(task.id.clone());
            }
            self.tasks.insert(task.id.clone(), task);
        }
    }
}
