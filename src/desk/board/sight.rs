//! What a role may see: a board without the matters that a playbook keeps to some roles (`sees`), such as a suspicion
//! of falsified data. Whoever may see everything is given the board itself.
//!
//! The one place where anything is left out: a seat, a list or a report that is given such a board cannot show or
//! count what is not on it. Only how many unhandled matters were left out is told ([`Board::withheld`]), so that their
//! absence never reads as calm.

use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::shift::{Blocker, ShiftFact};
use crate::domain::id::AlarmId;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Role;
use crate::domain::playbook::Playbook;
use crate::domain::shift::{Override, Shift, ShiftLine};
use crate::domain::state::State;
use crate::domain::target::live::LiveData;
use crate::domain::target::plan::PlanBasis;
use crate::domain::time::Moment;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Board {
    /// What the goals of the year are seen by at `now`.
    pub fn goals(&self, now: Moment) -> PlanBasis<'_> {
        PlanBasis {
            targets: &self.room.targets,
            year: self.year.as_deref(),
            sight: LiveData {
                points: &self.points,
                latest: &self.latest,
                now,
            },
        }
    }
}

/// The board as `role` may see it.
pub fn seen_by(board: Arc<Board>, role: Role) -> Arc<Board> {
    let mut kept = Restricted::from(&board.room.playbooks, role);
    if kept.is_empty() {
        return board;
    }
    board.journal.iter().for_each(|entry| kept.learn(entry));
    let journal = board.journal.iter().filter_map(|entry| kept.entry(entry));
    let journal = journal.collect();
    let state = kept.state(&board.state);
    let mut deadlines = board.deadlines.clone();
    deadlines.follow(&board.room, &state.cases, board.at);
    let mut seen = Board {
        journal,
        figures: board
            .figures
            .without(|id| kept.has(&Stream::Alarm(id.clone())), board.at),
        state,
        deadlines,
        ..(*board).clone()
    };
    let unhandled = |board: &Board| board.needs(board.at).total();
    seen.withheld = unhandled(&board).saturating_sub(unhandled(&seen));
    Arc::new(seen)
}

/// What is kept from a role: the loops it may not see, with the alarms that they open on.
#[derive(Clone, Debug)]
pub struct Restricted<'a> {
    loops: Vec<&'a Playbook>,
    /// Alarms of signals: their names do not tell of what kind they are, as those of rules do.
    alarms: BTreeSet<AlarmId>,
}

impl<'a> Restricted<'a> {
    /// What `role` may not see.
    pub fn from(playbooks: &'a [Playbook], role: Role) -> Self {
        Self {
            loops: playbooks.iter().filter(|own| !own.is_seen_by(role)).collect(),
            alarms: BTreeSet::new(),
        }
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.loops.is_empty()
    }

    /// Takes note of an alarm that is raised on a signal of such a loop.
    pub fn learn(&mut self, entry: &Entry) {
        if let (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(cause))) = (&entry.stream, &entry.fact) {
            self.know(id, cause.code.as_str());
        }
    }

    fn know(&mut self, id: &AlarmId, code: &str) {
        if self.loops.iter().any(|own| own.takes(code)) {
            self.alarms.insert(id.clone());
        }
    }

    /// Whether what was recorded in a stream is kept: by its name, so that what is no longer in hand is kept too.
    pub fn has(&self, stream: &Stream) -> bool {
        match stream {
            Stream::Alarm(id) => {
                let code = id.as_str().split_once('/').map_or("", |(code, _)| code);
                let of_rule = |own: &&Playbook| own.opens_on_alarm.iter().any(|own| own.as_str() == code);
                self.alarms.contains(id) || self.loops.iter().any(of_rule)
            }
            Stream::Case(id) => self.has_letter(id.as_str()),
            Stream::Task(id) => self.has_letter(id.as_str()),
            Stream::Notice(id) => Stream::told_in(id).is_some_and(|of| self.has(&of)),
            Stream::Shift(_) | Stream::Room => false,
        }
    }

    fn has_letter(&self, id: &str) -> bool {
        self.loops.iter().any(|own| id.starts_with(own.letter))
    }

    /// Of what stood in the way of a hand-over, what may be named.
    fn open(&self, blockers: &[Blocker]) -> Vec<Blocker> {
        let stream = |blocker: &Blocker| match blocker {
            Blocker::Alarm(id) => Stream::Alarm(id.clone()),
            Blocker::Episode(id) | Blocker::Report(id) => Stream::Case(id.clone()),
        };
        let open = blockers.iter().filter(|blocker| !self.has(&stream(blocker)));
        open.cloned().collect()
    }

    /// An entry as it may be read; `None` where it may not.
    pub fn entry(&self, entry: &Entry) -> Option<Entry> {
        if self.has(&entry.stream) {
            return None;
        }
        let fact = match &entry.fact {
            Fact::Shift(fact) => Fact::Shift(self.duty(fact)?),
            other @ (Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Room(_)) => {
                other.clone()
            }
        };
        Some(Entry {
            fact,
            ..entry.clone()
        })
    }

    /// A leader's pass over nothing that may be named is not told of at all.
    fn duty(&self, fact: &ShiftFact) -> Option<ShiftFact> {
        let mut fact = fact.clone();
        match &mut fact {
            ShiftFact::Overridden { blockers, .. } => {
                *blockers = self.open(blockers);
                (!blockers.is_empty()).then_some(fact)
            }
            ShiftFact::Signed { despite, .. } => {
                *despite = self.open(despite);
                Some(fact)
            }
            ShiftFact::Opened(_)
            | ShiftFact::Noted { .. }
            | ShiftFact::Prepared
            | ShiftFact::Read
            | ShiftFact::Closed => Some(fact),
        }
    }

    fn shift(&self, shift: &Shift) -> Shift {
        let passes = shift.overrides.iter().map(|pass| Override {
            blockers: self.open(&pass.blockers),
            ..pass.clone()
        });
        let lines = shift.timeline.iter().filter_map(|line| {
            let fact = self.duty(&line.fact)?;
            Some(ShiftLine { fact, ..line.clone() })
        });
        Shift {
            overrides: passes.filter(|pass| !pass.blockers.is_empty()).collect(),
            timeline: lines.collect(),
            ..shift.clone()
        }
    }

    /// The state as it may be seen. Costs what is left out.
    pub fn state(&mut self, state: &State) -> State {
        let mut seen = state.clone();
        for alarm in state.alarms.values() {
            self.know(&alarm.id, alarm.cause.code.as_str());
        }
        let alarms = state
            .alarms
            .keys()
            .filter(|id| self.has(&Stream::Alarm((*id).clone())));
        alarms.for_each(|id| seen.leave_out_alarm(id));
        let is_of = |case: &Case| self.loops.iter().any(|own| own.id == case.matter.playbook);
        let cases = state.cases.values().filter(|case| is_of(case));
        cases.for_each(|case| seen.leave_out_case(&case.id));
        if !self.is_empty() {
            let shifts = state.shifts.iter();
            seen.shifts = shifts
                .map(|(id, shift)| (id.clone(), self.shift(shift)))
                .collect();
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::AlarmState;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::fact::case::{CaseFact, Matter};
    use crate::domain::id::{CaseId, PlaybookId};
    use crate::domain::person::Actor;
    use crate::domain::signal::Severity;
    use crate::domain::text::Clean;
    use crate::domain::time::Moment;

    fn playbooks() -> Vec<Playbook> {
        let own = |id: &str, code: &str, sees: Vec<Role>| Playbook {
            id: PlaybookId::new(id),
            opens_on_alarm: vec![Clean::new(code)],
            sees,
            ..Playbook::default()
        };
        vec![
            own("falsification", "SRC-FAKE", vec![Role::Leader]),
            own("emission", "SRC-H", Vec::new()),
        ]
    }

    fn put(state: &mut State, stream: Stream, fact: Fact) {
        let entry = Entry {
            seq: state.seq + 1,
            nth: state.version(&stream) + 1,
            stream,
            at: Moment::from_ms(0),
            by: Actor::Desk,
            seat: None,
            fact,
            hash: [0; 32],
        };
        state.apply(&entry);
    }

    fn state() -> State {
        let mut state = State::default();
        for code in ["SRC-FAKE", "SRC-FAKED", "SRC-H"] {
            let cause = Cause {
                code: Clean::new(code),
                severity: Severity::Red,
                ..Cause::default()
            };
            let stream = Stream::Alarm(AlarmId::new(&format!("{code}/outlet-7")));
            put(&mut state, stream, Fact::Alarm(AlarmFact::raised(cause)));
        }
        for (id, playbook) in [("Z1", "falsification"), ("S1", "emission")] {
            let matter = Matter {
                playbook: PlaybookId::new(playbook),
                ..Matter::default()
            };
            let stream = Stream::Case(CaseId::new(id));
            put(&mut state, stream, Fact::Case(CaseFact::Opened(Box::new(matter))));
        }
        state
    }

    #[test]
    fn a_suspicion_is_neither_shown_nor_counted_to_who_may_not_see_it() {
        let seen = Restricted::from(&playbooks(), Role::Operator).state(&state());
        let alarms: Vec<&str> = seen.alarms.keys().map(AlarmId::as_str).collect();
        assert_eq!(alarms, ["SRC-FAKED/outlet-7", "SRC-H/outlet-7"]);
        assert_eq!((seen.count(AlarmState::Unacknowledged), seen.ranks.len()), (2, 2));
        assert_eq!(seen.cases.keys().map(CaseId::as_str).collect::<Vec<_>>(), ["S1"]);
    }

    #[test]
    fn who_may_see_everything_is_given_the_state_as_it_is() {
        let loops = playbooks();
        let mut kept = Restricted::from(&loops, Role::Leader);
        assert!(kept.is_empty());
        assert_eq!(kept.state(&state()), state());
    }
}
