//! What a state is made of, as a snapshot keeps it: the rest of a state follows from these.

use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::declared::Declared;
use crate::domain::fact::forecast::Forecast;
use crate::domain::id::CaseId;
use crate::domain::id::ChannelId;
use crate::domain::ledger::AlarmRank;
use crate::domain::ledger::Block;
use crate::domain::ledger::Issued;
use crate::domain::ledger::Past;
use crate::domain::ledger::ReportKey;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::ledger::Tip;
use crate::domain::ledger::rank_of;
use crate::domain::ledger::tally::Counted;
use crate::domain::notice::Notice;
use crate::domain::shift::Shift;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;

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
    pub blocks: Vec<(ChannelId, Block)>,
    /// Shifts in hand.
    pub shifts: Vec<Shift>,
    /// Reports issued.
    pub reports: Vec<(ReportKey, Issued)>,
    /// What is no longer in hand.
    pub past: Past,
}

impl State {
    /// The state that is made of these things, as a snapshot kept them.
    pub fn of(parts: Parts) -> Self {
        let mut state = Self {
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
            ..Self::default()
        };
        // In their order: a tree grows fastest at its end.
        let mut ranks: Vec<AlarmRank> = parts.alarms.iter().map(rank_of).collect();
        ranks.sort_unstable();
        for rank in ranks {
            state.rank(rank);
        }
        for alarm in parts.alarms {
            state.tally_alarm(&Counted::of(&alarm), true);
            state.alarms.insert(alarm.id.clone(), alarm);
        }
        for case in parts.cases {
            state.list(&case.id, (case.again, case.closed), true);
            state.belong(&case);
            state.tally_case(&case, true);
            state.cases.insert(case.id.clone(), case);
        }
        for (like, at, id) in parts.likes {
            state.likes.insert(like, (at, id));
        }
        for task in parts.tasks {
            if task.is_leaving() {
                state.outbox.insert(task.id.clone());
            }
            let id = task.id.clone();
            state.tasks.insert(id.clone(), task);
            state.tally_task(&id);
        }
        for notice in parts.notices {
            let stream = Stream::Notice(notice.id.clone());
            state.notices.insert(notice.id.clone(), notice);
            state.tally_notices(&stream);
        }
        for shift in parts.shifts {
            state.shifts.insert(shift.id.clone(), shift);
        }
        state
    }
}
