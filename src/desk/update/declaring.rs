//! Declared states at the desk: people declare and end them; the alarms that they explain are held back while they
//! last, and come back when they end.

use crate::desk::Request;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause, Hold};
use crate::domain::fact::declared::{Declaration, Subject};
use crate::domain::fact::room::RoomFact;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::{decide, declared};

impl Desk {
    pub(super) fn declare(
        &self,
        request: &Request,
        wish: &Declaration,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let known = match &wish.of {
            Subject::Point(id) => self.board.points.contains_key(id),
            Subject::Enterprise(id) => self.board.room.directory.enterprise(id).is_some(),
        };
        if !known {
            return Err(Refusal::Unknown(match &wish.of {
                Subject::Point(id) => id.clone().into(),
                Subject::Enterprise(id) => id.clone().into(),
            }));
        }
        let what = decide::declared::declare(wish.clone(), request.at)?;
        self.push_room(batch, RoomFact::Declared(Box::new(what)));
        Ok(())
    }

    pub(super) fn end_declaration(
        &self,
        request: &Request,
        id: u32,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let id = decide::declared::end(self.board.state.declared.get(&id), request.at)?;
        self.push_room(batch, RoomFact::DeclarationEnded { id });
        Ok(())
    }

    fn push_room(&self, batch: &mut Batch, fact: RoomFact) {
        batch.push(&self.board.state, Stream::Room, Fact::Room(fact));
    }

    /// The words of the declared state that explains `cause` now.
    pub(super) fn declared_for(&self, cause: &Cause, at: Moment) -> Option<Clean> {
        let state = &self.board.state;
        let point = self.board.points.get(cause.point.as_ref()?)?;
        let declared = declared::explains(&state.declared, cause.code.as_str(), point, at)?;
        Some(declared.what.words.clone())
    }

    /// Holds back an alarm that is, or was just, raised.
    pub(super) fn hold_declared(&self, id: &AlarmId, why: Clean, batch: &mut Batch) {
        let fact = match self.board.state.alarms.get(id) {
            Some(alarm) => decide::alarm::suppress(alarm, why),
            None => Some(decide::alarm::suppressed(why)),
        };
        if let Some(fact) = fact {
            self.push_alarm(batch, id, fact);
        }
    }

    /// Lets go what no declared state explains any more. What ended meanwhile needs nobody; what lasts begins now.
    pub(super) fn release_declared(&self, at: Moment, batch: &mut Batch) {
        for (.., id) in self.board.state.in_state(AlarmState::Suppressed) {
            if let Some(alarm) = self.board.state.alarms.get(id) {
                self.release_one(alarm, at, batch);
            }
        }
    }

    fn release_one(&self, alarm: &Alarm, at: Moment, batch: &mut Batch) {
        if batch.touches(&Stream::Alarm(alarm.id.clone())) {
            return;
        }
        let lasts = alarm.active && self.declared_for(&alarm.cause, at).is_some();
        let (false, Some(released)) = (lasts, decide::alarm::unsuppress(alarm)) else {
            return;
        };
        self.push_alarm(batch, &alarm.id, released);
        if alarm.active && alarm.case.is_none() {
            self.take_up(&alarm.id, &alarm.cause, batch);
        } else if !alarm.active && alarm.unacked {
            let comment = match &alarm.hold {
                Some(Hold::Suppressed { why }) => why.clone(),
                Some(_) | None => Clean::default(),
            };
            let until = None;
            self.push_alarm(batch, &alarm.id, AlarmFact::Acknowledged { comment, until });
        }
    }
}
