//! Alarms of rules and their cases: a condition that begins is taken in by the case it belongs to, or opens one; what
//! a case waits for of its alarms and of time is made by the desk itself.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::case::Case;
use crate::domain::case::clock::lateness;
use crate::domain::decide::opening::Opening;
use crate::domain::decide::{engine, opening};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::CaseFact;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Playbook, Trigger};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

impl Desk {
    /// A condition began: its case takes it in, or one is opened on it where a playbook wants that.
    pub(super) fn take_up(&self, id: &AlarmId, cause: &Cause, batch: &mut Batch) {
        let code = &cause.code;
        if let Some((case, playbook)) = self.waiting_for(id, cause) {
            self.join(case, playbook, (id, code), batch);
            return;
        }
        let playbooks = &self.board.room.playbooks;
        let Some(playbook) = playbooks.iter().find(|p| p.opens_on_alarm.contains(code)) else {
            return;
        };
        let state = &self.board.state;
        let there = cause
            .point
            .as_ref()
            .and_then(|point| opening::open_at(state, playbook, point));
        if let Some(case) = there {
            self.join(case, playbook, (id, code), batch);
        } else if let Some(case) = batch.opening(&playbook.id, cause.point.as_ref()) {
            let joined = Fact::Case(CaseFact::Joined { alarm: id.clone() });
            batch.push(state, Stream::Case(case.clone()), joined);
            self.push_alarm(batch, id, AlarmFact::Joined { case });
        } else {
            self.push_opening(playbook, Opening::of_alarm(id, cause), batch);
        }
    }

    /// The open case that had this alarm before, or whose present stage waits for such an alarm at its point or enterprise.
    fn waiting_for(&self, id: &AlarmId, cause: &Cause) -> Option<(&Case, &Playbook)> {
        let state = &self.board.state;
        let before = state
            .alarms
            .get(id)
            .and_then(|alarm| state.cases.get(alarm.case.as_ref()?));
        if let Some(case) = before.filter(|case| case.is_open()) {
            return Some((case, self.playbook(&case.matter.playbook)?));
        }
        let trigger = Trigger::Alarm(cause.code.clone());
        let waits = |playbook: &&Playbook| {
            playbook
                .moves
                .iter()
                .any(|step| step.by_itself.contains(&trigger))
        };
        let loops: Vec<&Playbook> = self.board.room.playbooks.iter().filter(waits).collect();
        let open = state.cases.values().filter(|case| case.is_open());
        open.filter(|case| self.is_about(case, cause)).find_map(|case| {
            let playbook = loops
                .iter()
                .find(|playbook| playbook.id == case.matter.playbook)?;
            let waits = playbook
                .moves_from(case.stage_in(playbook))
                .any(|step| step.by_itself.contains(&trigger));
            waits.then_some((case, *playbook))
        })
    }

    fn is_about(&self, case: &Case, cause: &Cause) -> bool {
        let Some(point) = &cause.point else { return false };
        let owner = || {
            self.board
                .points
                .get(point)
                .and_then(|known| known.owner.as_ref())
        };
        case.matter.point.as_ref() == Some(point)
            || (case.matter.enterprise.is_some() && case.matter.enterprise.as_ref() == owner())
    }

    fn join(&self, case: &Case, playbook: &Playbook, (id, code): (&AlarmId, &Clean), batch: &mut Batch) {
        let trigger = Trigger::Alarm(code.clone());
        let step = engine::by_alarm(case, playbook, &trigger, Clean::new(id.as_str()));
        let step = step.filter(|_| !batch.touches(&Stream::Case(case.id.clone())));
        self.push_case(batch, case, CaseFact::Joined { alarm: id.clone() });
        if let Some(step) = step {
            self.push_case(batch, case, step);
        }
        self.push_alarm(
            batch,
            id,
            AlarmFact::Joined {
                case: case.id.clone(),
            },
        );
    }

    /// What time and returned alarms bring to cases: limits that pass, look-backs that are due, steps that waited.
    pub(super) fn pass_cases(&self, at: Moment, batch: &mut Batch) {
        let state = &self.board.state;
        for case in state.cases.values().filter(|case| case.is_open()) {
            let Some(playbook) = self.playbook(&case.matter.playbook) else {
                continue;
            };
            let fact = self
                .returned(case, playbook)
                .or_else(|| self.with_parent(case, playbook))
                .or_else(|| engine::timed(case, playbook, at))
                .or_else(|| lateness(case, playbook, at));
            if let Some(fact) = fact.filter(|_| !batch.touches(&Stream::Case(case.id.clone()))) {
                self.push_case(batch, case, fact);
            }
        }
        for (_, id) in state.waking.iter().take_while(|(when, _)| *when <= at) {
            let stream = Stream::Case(id.clone());
            let case = state.cases.get(id).filter(|case| !case.is_open());
            let fact = case.and_then(|case| engine::timed(case, self.playbook(&case.matter.playbook)?, at));
            if let Some(fact) = fact.filter(|_| !batch.touches(&stream)) {
                batch.push(state, stream, Fact::Case(fact));
            }
        }
    }

    /// The step that a case makes with the one above it: measures end with their episode.
    fn with_parent(&self, case: &Case, playbook: &Playbook) -> Option<CaseFact> {
        let parent = self.board.state.cases.get(case.matter.parent.as_ref()?)?;
        engine::with_parent(case, playbook, parent)
    }

    /// The step that waits until the last alarm of a code has returned to normal, once that is so.
    fn returned(&self, case: &Case, playbook: &Playbook) -> Option<CaseFact> {
        let alarms = &self.board.state.alarms;
        playbook.moves_from(case.stage_in(playbook)).find_map(|step| {
            step.by_itself.iter().find_map(|trigger| {
                let Trigger::Return(code) = trigger else {
                    return None;
                };
                let of_code = |id: &&AlarmId| is_of(id, code);
                let mut own = case.alarms.iter().filter(of_code).peekable();
                own.peek()?;
                let lasts = own.any(|id| alarms.get(id).is_some_and(|alarm| alarm.active));
                (!lasts).then(|| engine::by_alarm(case, playbook, trigger, code.clone()))?
            })
        })
    }
}

/// Rules' alarms are named `code/point…`.
fn is_of(id: &AlarmId, code: &Clean) -> bool {
    id.as_str()
        .strip_prefix(code.as_str())
        .is_some_and(|rest| rest.starts_with('/'))
}
