//! What a role may see: a board without the matters that a playbook keeps to some roles (`sees`), such as a suspicion
//! of falsified data. Whoever may see everything is given the board itself.
//!
//! The one place where anything is left out: a seat, a list or a report that is given such a board cannot show or
//! count what is not on it. Only how many unhandled matters were left out is told ([`Board::withheld`]), so that their
//! absence never reads as calm.

use crate::desk::board::Board;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::needs;
use crate::domain::person::Role;
use crate::domain::playbook::Playbook;
use crate::domain::target::live::Sight;
use crate::domain::target::plan::Around;
use crate::domain::time::Moment;
use std::sync::Arc;

impl Board {
    /// What the goals of the year are seen by at `now`.
    pub fn goals(&self, now: Moment) -> Around<'_> {
        Around {
            targets: &self.room.targets,
            year: self.year.as_deref(),
            sight: Sight {
                points: &self.points,
                latest: &self.latest,
                now,
            },
        }
    }
}

/// The board as `role` may see it.
pub fn seen_by(board: Arc<Board>, role: Role) -> Arc<Board> {
    let all = board
        .room
        .playbooks
        .iter()
        .all(|playbook| playbook.is_seen_by(role));
    if all {
        return board;
    }
    let journal = board
        .journal
        .iter()
        .filter(|entry| is_stream_seen_by(&entry.stream, &board.room.playbooks, role));
    let state = state_seen_by(&board.state, &board.room.playbooks, role);
    let unhandled = |state| needs::count(state, &board.room.playbooks, board.at);
    Arc::new(Board {
        journal: journal.cloned().collect(),
        withheld: unhandled(&board.state).saturating_sub(unhandled(&state)),
        state,
        ..(*board).clone()
    })
}

/// Whether `role` may read what was recorded in a stream.
pub fn is_stream_seen_by(stream: &Stream, playbooks: &[Playbook], role: Role) -> bool {
    let mut hidden = playbooks.iter().filter(|playbook| !playbook.is_seen_by(role));
    !hidden.any(|playbook| is_of(playbook, stream))
}

/// Whether a stream is of a loop, by its name alone: what is no longer in hand is left out too.
fn is_of(playbook: &Playbook, stream: &Stream) -> bool {
    match stream {
        Stream::Alarm(id) => {
            let code = id.as_str().split_once('/').map_or("", |(code, _)| code);
            playbook.opens_on_alarm.iter().any(|own| own.as_str() == code)
        }
        Stream::Case(id) => id.as_str().starts_with(playbook.letter),
        Stream::Task(id) => id.as_str().starts_with(playbook.letter),
        Stream::Shift(_) | Stream::Room => false,
    }
}

/// The state as `role` may see it. Costs what is left out.
pub fn state_seen_by(state: &State, playbooks: &[Playbook], role: Role) -> State {
    let mut seen = state.clone();
    for playbook in playbooks.iter().filter(|playbook| !playbook.is_seen_by(role)) {
        for id in alarms_of(state, playbook) {
            seen.leave_out_alarm(&id);
        }
        let own = state
            .cases
            .values()
            .filter(|case| case.matter.playbook == playbook.id);
        let own: Vec<CaseId> = own.map(|case| case.id.clone()).collect();
        for id in own {
            seen.leave_out_case(&id);
        }
    }
    seen
}

/// The alarms that a playbook opens on: rules' alarms are named by their code, signals' are looked through.
fn alarms_of(state: &State, playbook: &Playbook) -> Vec<AlarmId> {
    let mut found = Vec::new();
    for code in &playbook.opens_on_alarm {
        let from = AlarmId::new(&format!("{code}/"));
        let own = state.alarms.range(from.clone()..);
        let own = own.take_while(|(id, _)| id.as_str().starts_with(from.as_str()));
        found.extend(own.map(|(id, _)| id.clone()));
    }
    if !playbook.opens_on.is_empty() {
        let of_kind = |code: &str| playbook.opens_on.iter().any(|kind| kind.code() == code);
        let own = state
            .alarms
            .values()
            .filter(|alarm| of_kind(alarm.cause.code.as_str()));
        found.extend(own.map(|alarm| alarm.id.clone()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::AlarmState;
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::AlarmFact;
    use crate::domain::fact::alarm::Cause;
    use crate::domain::fact::case::CaseFact;
    use crate::domain::fact::case::Matter;
    use crate::domain::id::PlaybookId;
    use crate::domain::ledger::Entry;
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
            put(
                &mut state,
                stream,
                Fact::Alarm(AlarmFact::Raised(Box::new(cause))),
            );
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
        let seen = state_seen_by(&state(), &playbooks(), Role::Operator);
        let alarms: Vec<&str> = seen.alarms.keys().map(AlarmId::as_str).collect();
        assert_eq!(alarms, ["SRC-FAKED/outlet-7", "SRC-H/outlet-7"]);
        assert_eq!((seen.count(AlarmState::Unacknowledged), seen.ranks.len()), (2, 2));
        assert_eq!(seen.cases.keys().map(CaseId::as_str).collect::<Vec<_>>(), ["S1"]);
    }

    #[test]
    fn who_may_see_everything_is_given_the_state_as_it_is() {
        assert_eq!(state_seen_by(&state(), &playbooks(), Role::Leader), state());
    }
}
