//! What people want of a shift and of reports: take, note, hand over, issue.

use crate::desk::Act;
use crate::desk::board::JOURNAL;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::blockers::blockers;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::id::ShiftId;
use crate::domain::ledger::Entry;
use crate::domain::ledger::ReportKey;
use crate::domain::ledger::Stream;
use crate::domain::refusal::Refusal;
use crate::domain::shift::DutyRefusal;
use crate::domain::shift::decide;
use crate::domain::shift::decide::Wish;
use crate::domain::text::Clean;

impl Desk {
    /// A wish about a shift. Whoever takes a shift over takes the next one.
    pub(super) fn on_shift(
        &self,
        act: &Act,
        id: &ShiftId,
        wish: &Wish,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let state = &self.board.state;
        let shift = state.shifts.get(id);
        let facts = match (wish, shift) {
            (Wish::Take, _) => {
                let unknown = || Refusal::Unknown(Clean::new(id.as_str()));
                let duty = self.board.room.roster.duty(id, self.zone()).ok_or_else(unknown)?;
                vec![decide::take(shift, duty, act.at)?]
            }
            (_, None) => return Err(DutyRefusal::NotTaken(id.clone()).into()),
            (_, Some(shift)) => {
                let blockers = blockers(state, &self.board.room.playbooks, shift);
                decide::decide(shift, wish, &act.by, &blockers)?
            }
        };
        let closes = facts.contains(&ShiftFact::Closed);
        for fact in facts {
            batch.push(state, Stream::Shift(id.clone()), Fact::Shift(fact));
        }
        if closes {
            self.take_next(act, batch);
        }
        Ok(())
    }

    /// The shift that runs now, or begins next, where nobody has taken it.
    fn take_next(&self, act: &Act, batch: &mut Batch) {
        let (state, roster) = (&self.board.state, &self.board.room.roster);
        let soon = act.at + decide::EARLY;
        let next = roster
            .at(soon, self.zone())
            .or_else(|| roster.next(soon, self.zone()));
        let Some((id, duty)) = next.filter(|(id, _)| !state.shifts.contains_key(id)) else {
            return;
        };
        if let Ok(fact) = decide::take(None, duty, act.at) {
            batch.push(state, Stream::Shift(id), Fact::Shift(fact));
        }
    }

    /// A report went out.
    pub(super) fn issue(&self, report: &ReportKey, digest: &Clean, batch: &mut Batch) {
        let fact = RoomFact::Reported {
            kind: report.kind.clone(),
            from: report.from,
            until: report.until,
            digest: digest.clone(),
        };
        batch.push(&self.board.state, Stream::Room, Fact::Room(fact));
    }

    /// The log that writes itself.
    pub(super) fn write_journal(&mut self, entry: &Entry) {
        let journal = &mut self.board.journal;
        if journal.last().is_none_or(|last| last.seq < entry.seq) {
            journal.push_back(entry.clone());
        }
        while journal.len() > JOURNAL {
            journal.pop_front();
        }
    }
}
