//! What people want of a shift and of reports: take, note, hand over, issue.

use crate::desk::Request;
use crate::desk::board::JOURNAL;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide;
use crate::domain::decide::blockers::blockers;
use crate::domain::decide::refusal::Refusal;
use crate::domain::decide::shift::Wish;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::id::ShiftId;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::shift::DutyRefusal;
use crate::domain::state::ReportKey;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

impl Desk {
    /// A wish about a shift. Whoever takes a shift over takes the next one.
    pub(super) fn on_shift(
        &self,
        request: &Request,
        id: &ShiftId,
        wish: &Wish,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let state = &self.board.state;
        let shift = state.shifts.get(id);
        let facts = match (wish, shift) {
            (Wish::Take, _) => {
                let roster = &self.board.room.roster;
                let free = roster.free(&state.shifts, request.at, self.zone());
                let free = free.filter(|(own, _)| own == id).map(|(_, duty)| duty);
                let unknown = || Refusal::Unknown(Clean::new(id.as_str()));
                let duty = free
                    .or_else(|| roster.duty(id, self.zone()))
                    .ok_or_else(unknown)?;
                vec![decide::shift::take(shift, duty, request.at)?]
            }
            (_, None) => return Err(DutyRefusal::NotTaken(id.clone()).into()),
            (_, Some(shift)) => {
                let blockers = blockers(state, &self.board.room.playbooks, shift);
                decide::shift::decide(shift, wish, &request.by, &blockers)?
            }
        };
        let closes = facts.contains(&ShiftFact::Closed);
        for fact in facts {
            batch.push(state, Stream::Shift(id.clone()), Fact::Shift(fact));
        }
        if closes {
            self.take_next(request, id, batch);
        }
        Ok(())
    }

    /// The shift that runs now or begins soon, or what is left of the one that was just handed over: somebody is on duty.
    fn take_next(&self, request: &Request, over: &ShiftId, batch: &mut Batch) {
        let (state, roster) = (&self.board.state, &self.board.room.roster);
        let mut shifts = state.shifts.clone();
        if let Some(shift) = shifts.get_mut(over) {
            shift.closed = Some(request.at);
        }
        let soon = request.at + decide::shift::EARLY;
        let next = || roster.next(soon, self.zone());
        let free = roster.free(&shifts, request.at, self.zone()).or_else(next);
        let Some((id, duty)) = free.filter(|(id, _)| !state.shifts.contains_key(id)) else {
            return;
        };
        if let Ok(fact) = decide::shift::take(None, duty, request.at) {
            batch.push(state, Stream::Shift(id), Fact::Shift(fact));
        }
    }

    /// A report goes out, the first for its time or a correction of it; never before that time is over.
    pub(super) fn issue(
        &self,
        (report, digest): (&ReportKey, &Clean),
        at: Moment,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        report.is_over(at).map_err(Refusal::NotOver)?;
        let fact = RoomFact::Reported {
            kind: report.kind.clone(),
            from: report.from,
            until: report.until,
            digest: digest.clone(),
            correction: self.board.state.correction(report),
        };
        batch.push(&self.board.state, Stream::Room, Fact::Room(fact));
        Ok(())
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
