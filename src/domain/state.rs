//! What is so now, folded from the entries of the ledger. It changes only by [`State::apply`].

mod alike;
mod apply;
mod duty;
mod fold;
mod gathered;
mod notices;
mod parts;
mod past;
mod stepped;
mod tally;
mod ways;

use crate::domain::alarm::{Alarm, AlarmState, UNSEEN};
use crate::domain::case::{Case, drill};
use crate::domain::declared::Declared;
use crate::domain::fact::forecast::Forecast;
use crate::domain::id::{AlarmId, CaseId, ChannelId, NoticeId, ShiftId, SourceId, TaskId};
use crate::domain::ledger::{Hash, Stream, Tip};
use crate::domain::notice::Notice;
use crate::domain::shift::Shift;
use crate::domain::signal::{SEVERITIES, Severity};
use crate::domain::state::tally::Tally;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use imbl::{OrdMap, OrdSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

pub use alike::Alike;
pub use duty::{Issued, ReportKey};
pub use fold::Fold;
pub use parts::Parts;
pub use past::{Bygone, Bygones, StreamKey};
pub use ways::WayBlock;

/// Cases stand under one another no deeper than this.
const DEEPEST: usize = 8;

/// Where an alarm stands in the list that people read: what needs them first, then worst, then newest by the clock as it
/// goes now.
pub type AlarmRank = (AlarmState, Reverse<Severity>, Reverse<Moment>, AlarmId);

/// Everything that is true now, folded from the entries. Cloning costs nothing to speak of.
///
/// What is over leaves by the entries alone, never by a clock, so that every process that has folded the same entries
/// has the same state: an alarm when it is normal, a closed case with its tasks at the first entry made more than
/// [`State::stay`] after its closing. Of all that left, [`Bygones`] remembers the number of its last entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// How long closed cases stay in hand; for ever where `None`. Fixed for the life of a state.
    pub stay: Option<Span>,
    /// The last entry taken in.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// The hash of the first entry, by which this ledger is told from every other; zeros before it.
    pub genesis: Hash,
    /// Alarms that are not normal.
    pub alarms: OrdMap<AlarmId, Alarm>,
    /// The same in the order people read them.
    pub ranks: OrdSet<AlarmRank>,
    /// How many alarms are in each state; a state without alarms has no row.
    pub counts: OrdMap<AlarmState, usize>,
    /// Cases: the open ones, and closed ones for as long as they stay, for looking back and for what flares up again.
    pub cases: OrdMap<CaseId, Case>,
    /// Tasks of those cases.
    pub tasks: OrdMap<TaskId, Task>,
    /// Tasks that are leaving: what the outbox works from.
    pub outbox: OrdSet<TaskId>,
    /// Closed cases that leave by themselves, longest closed first; those that are taken up again wait in `waking`.
    pub closed: OrdSet<(Moment, CaseId)>,
    /// Cases that the desk takes up again by itself, with when.
    pub waking: OrdSet<(Moment, CaseId)>,
    /// Cases under a case, by the upper one.
    pub children: OrdMap<CaseId, OrdSet<CaseId>>,
    /// The last matter of each likeness, with when it was opened: what a repeat is found by.
    pub likes: OrdMap<Clean, (Moment, CaseId)>,
    /// Declared states that last or ended lately, by the number of the room's entry that declared them.
    pub declared: OrdMap<u32, Declared>,
    /// The newest forecast of each source.
    pub forecasts: OrdMap<SourceId, Forecast>,
    /// Notices about what is in hand.
    pub notices: OrdMap<NoticeId, Notice>,
    /// What each way out last said of taking nothing from anyone, over or not.
    pub blocks: OrdMap<ChannelId, WayBlock>,
    /// Shifts that were taken; those handed over stay as long as closed cases do.
    pub shifts: OrdMap<ShiftId, Shift>,
    /// Every report that was issued; a period issued again has its newest.
    pub reports: OrdMap<ReportKey, Issued>,
    /// Number of the room's last entry.
    pub room: u32,
    /// What is no longer in hand.
    pub past: Bygones,
    tally: Tally,
}

impl State {
    /// Number of the last entry of `stream`; 0 if there is none.
    pub fn version(&self, stream: &Stream) -> u32 {
        let in_hand = match stream {
            Stream::Alarm(id) => self.alarms.get(id).map(|alarm| alarm.version),
            Stream::Case(id) => self.cases.get(id).map(|case| case.version),
            Stream::Task(id) => self.tasks.get(id).map(|task| task.version),
            Stream::Notice(id) => self.notices.get(id).map(|notice| notice.version),
            Stream::Shift(id) => self.shifts.get(id).map(|shift| shift.version),
            Stream::Room => Some(self.room),
        };
        let gone = || self.past.get(stream).map(|bygone| bygone.version);
        in_hand.or_else(gone).unwrap_or(0)
    }

    /// The last entry taken in, by number and hash: from there the ledger is followed.
    pub fn tip(&self) -> Tip {
        Tip {
            seq: self.seq,
            hash: self.hash,
        }
    }

    /// How many alarms are in `state`.
    pub fn count(&self, state: AlarmState) -> usize {
        self.counts.get(&state).copied().unwrap_or(0)
    }

    /// The alarms that nobody has seen, worst first.
    pub fn unseen(&self) -> impl Iterator<Item = &AlarmRank> {
        self.ranks.iter().take_while(|rank| rank.0.needs_person())
    }

    /// Those among them of at least that severity. Costs no more than they are.
    pub fn unseen_from(&self, least: Severity) -> impl Iterator<Item = &AlarmRank> {
        let seen_from =
            move |state: &AlarmState| self.in_state(*state).take_while(move |rank| rank.1.0 >= least);
        UNSEEN.iter().flat_map(seen_from)
    }

    /// The alarms of one state in the order people read them. Costs no more than they are.
    pub fn in_state(&self, state: AlarmState) -> impl Iterator<Item = &AlarmRank> {
        let first = first(state, Severity::Red);
        self.ranks.range(first..).take_while(move |rank| rank.0 == state)
    }

    /// The alarms of one state that were raised before `before`. Costs no more than they are.
    pub fn raised_before(&self, state: AlarmState, before: Moment) -> impl Iterator<Item = &AlarmRank> {
        let older = move |severity: Severity| {
            let newest = (state, Reverse(severity), Reverse(before), AlarmId::default());
            let own = self.ranks.range(newest..);
            let own = own.take_while(move |rank| rank.0 == state && rank.1.0 == severity);
            own.filter(move |rank| rank.2.0 < before)
        };
        SEVERITIES.iter().flat_map(move |row| older(row.0))
    }

    /// The newest alarm of a state and a severity.
    pub fn newest(&self, state: AlarmState, severity: Severity) -> Option<&Alarm> {
        let rank = self.ranks.range(first(state, severity)..).next()?;
        let is_own = rank.0 == state && rank.1.0 == severity;
        is_own.then(|| self.alarms.get(&rank.3)).flatten()
    }

    /// How many alarms nobody has seen.
    pub fn unseen_count(&self) -> usize {
        UNSEEN.iter().map(|one| self.count(*one)).sum()
    }

    /// Nothing yet; closed cases will stay this long, for ever where `None`.
    pub fn staying(stay: Option<Span>) -> Self {
        Self {
            stay,
            ..Self::default()
        }
    }

    /// Whether a matter is a drill: by its own title, or that of a case it belongs under.
    pub fn is_drill(&self, case: &Case) -> bool {
        let above = |case: &&Case| self.cases.get(case.matter.parent.as_ref()?);
        let mut cases = std::iter::successors(Some(case), above).take(DEEPEST);
        cases.any(|case| drill::is_marked(case.matter.title.as_str()))
    }

    /// The cases that were opened under a case.
    pub fn under(&self, id: &CaseId) -> impl Iterator<Item = &Case> {
        let children = self.children.get(id).into_iter().flatten();
        children.filter_map(|id| self.cases.get(id))
    }

    /// The cases that were opened under a case, each followed by those under it; each once.
    pub fn below(&self, id: &CaseId) -> Vec<&Case> {
        let mut seen = BTreeSet::from([id]);
        let mut found = Vec::new();
        let mut next: Vec<&Case> = self.under(id).collect();
        next.reverse();
        while let Some(case) = next.pop() {
            if seen.insert(&case.id) {
                found.push(case);
                let own: Vec<&Case> = self.under(&case.id).collect();
                next.extend(own.into_iter().rev());
            }
        }
        found
    }
}

/// Where an alarm stands in the list.
pub fn rank_of(alarm: &Alarm) -> AlarmRank {
    (
        alarm.state(),
        Reverse(alarm.cause.severity),
        Reverse(alarm.since()),
        alarm.id.clone(),
    )
}

/// The least rank that an alarm of this state and severity can have: the newest such alarm follows it.
fn first(state: AlarmState, severity: Severity) -> AlarmRank {
    let newest = Reverse(Moment::from_ms(i64::MAX));
    (state, Reverse(severity), newest, AlarmId::default())
}
