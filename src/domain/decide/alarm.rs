//! Decisions on one alarm: from what it is and what is wished to the fact that follows, or why not. Pure.
//!
//! Called by the desk alone. Conditions come in by [`raise`] and by time through [`due`]; people through the rest.

use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::alarm::{AlarmFact, Cause, Hold, Reopened};
use crate::domain::feed::reason;
use crate::domain::id::OperatorId;
use crate::domain::playbook::Need;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// The condition lasts, as `cause` describes it now. `None` where that is known already.
pub fn raise(alarm: Option<&Alarm>, cause: Cause) -> Option<AlarmFact> {
    match alarm {
        Some(alarm) if alarm.active => {
            let same = alarm.cause.severity == cause.severity;
            (!same).then_some(AlarmFact::Regraded {
                severity: cause.severity,
                title: cause.title,
            })
        }
        Some(_) | None => Some(AlarmFact::raised(cause)),
    }
}

/// The condition lasts for another reason than those told before: a source that failed in one way and now fails in another.
pub fn another_reason(alarm: &Alarm, cause: &Cause) -> Option<AlarmFact> {
    let is_of_source = cause.source.is_some() && cause.point.is_none() && cause.code == alarm.cause.code;
    if !alarm.active || !is_of_source {
        return None;
    }
    let title = reason::added(alarm.cause.title.as_str(), cause.title.as_str())?;
    Some(AlarmFact::Regraded {
        severity: cause.severity,
        title,
    })
}

/// The condition ended. `None` where that is known already.
pub fn end(alarm: &Alarm) -> Option<AlarmFact> {
    alarm.active.then_some(AlarmFact::Returned)
}

/// The room's logic holds it back (设计抑制), such as for a declared stop. `None` while anything holds it.
pub fn suppress(alarm: &Alarm, why: Clean) -> Option<AlarmFact> {
    alarm.hold.is_none().then(|| suppressed(why))
}

/// The fact that holds back, by the room's logic, an alarm raised in the same decision.
pub fn suppressed(why: Clean) -> AlarmFact {
    AlarmFact::Held(Hold::Suppressed { why })
}

/// The room's logic lets it go again. `None` where the logic does not hold it.
pub fn unsuppress(alarm: &Alarm) -> Option<AlarmFact> {
    matches!(alarm.hold, Some(Hold::Suppressed { .. })).then_some(AlarmFact::Released)
}

/// A person has seen it. Refused where someone was first, naming them.
pub fn acknowledge(
    alarm: &Alarm,
    comment: Clean,
    until: Option<Moment>,
    at: Moment,
) -> Result<AlarmFact, Refusal> {
    if let Some(until) = until.filter(|until| *until <= at) {
        return Err(Refusal::Until(until));
    }
    match (alarm.state(), &alarm.ack) {
        (AlarmState::Unacknowledged | AlarmState::Returned, _) => {
            Ok(AlarmFact::Acknowledged { comment, until })
        }
        (AlarmState::Acknowledged, Some(ack)) => Err(Refusal::Acknowledged {
            by: ack.by.clone(),
            at: ack.at,
        }),
        (state, _) => Err(Refusal::NotNow(state)),
    }
}

/// The acknowledgement is taken back.
pub fn unacknowledge(alarm: &Alarm) -> Result<AlarmFact, Refusal> {
    let state = alarm.state();
    if state == AlarmState::Acknowledged {
        Ok(AlarmFact::Unacknowledged {
            why: Reopened::Undone,
        })
    } else {
        Err(Refusal::NotNow(state))
    }
}

/// The last thing that a person did to it is taken back: that it was seen, or that it is held.
pub fn undo(alarm: &Alarm) -> Result<AlarmFact, Refusal> {
    match alarm.state() {
        AlarmState::Acknowledged => unacknowledge(alarm),
        AlarmState::Shelved | AlarmState::OutOfService => release(alarm),
        AlarmState::Unacknowledged | AlarmState::Returned | AlarmState::Suppressed | AlarmState::Normal => {
            Err(Refusal::NothingToUndo)
        }
    }
}

/// What a person gives to shelve an alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelving {
    /// Who.
    pub by: OperatorId,
    /// Why; must not be empty.
    pub reason: Clean,
    /// Until when.
    pub until: Moment,
}

/// It is set aside for a time; `latest` is the longest the room allows.
pub fn shelve(alarm: &Alarm, wish: Shelving, at: Moment, latest: Moment) -> Result<AlarmFact, Refusal> {
    if wish.reason.is_empty() {
        return Err(Refusal::Needs(Need::Reason));
    }
    if wish.until <= at || wish.until > latest {
        return Err(Refusal::Until(latest));
    }
    let Shelving { by, reason, until } = wish;
    hold(alarm, Hold::Shelved { by, reason, until })
}

/// It is taken out of service for maintenance.
pub fn out_of_service(alarm: &Alarm, by: OperatorId, reason: Clean) -> Result<AlarmFact, Refusal> {
    if reason.is_empty() {
        return Err(Refusal::Needs(Need::Reason));
    }
    hold(alarm, Hold::OutOfService { by, reason })
}

fn hold(alarm: &Alarm, hold: Hold) -> Result<AlarmFact, Refusal> {
    may_hold(alarm).map(|()| AlarmFact::Held(hold))
}

/// Whether it may be set aside, for a time or for maintenance: while nothing holds it.
pub fn may_hold(alarm: &Alarm) -> Result<(), Refusal> {
    match alarm.hold {
        None => Ok(()),
        Some(_) => Err(Refusal::NotNow(alarm.state())),
    }
}

/// A person ends a shelving, or brings it back into service. What the room's logic holds, only the logic releases.
pub fn release(alarm: &Alarm) -> Result<AlarmFact, Refusal> {
    match alarm.hold {
        Some(Hold::Shelved { .. } | Hold::OutOfService { .. }) => Ok(AlarmFact::Released),
        Some(Hold::Suppressed { .. }) | None => Err(Refusal::NotNow(alarm.state())),
    }
}

/// What time alone does to it at `now`: a shelving ends, a condition ends, an acknowledgement expires.
pub fn due(alarm: &Alarm, now: Moment) -> Option<AlarmFact> {
    if shelf_end(alarm).is_some_and(|end| end <= now) {
        Some(AlarmFact::Released)
    } else if condition_end(alarm).is_some_and(|end| end <= now) {
        Some(AlarmFact::Returned)
    } else if ack_end(alarm).is_some_and(|end| end <= now) {
        Some(AlarmFact::Unacknowledged {
            why: Reopened::Expired,
        })
    } else {
        None
    }
}

/// When [`due`] next has something to say.
pub fn next_due(alarm: &Alarm) -> Option<Moment> {
    [shelf_end(alarm), condition_end(alarm), ack_end(alarm)]
        .into_iter()
        .flatten()
        .min()
}

fn shelf_end(alarm: &Alarm) -> Option<Moment> {
    match alarm.hold {
        Some(Hold::Shelved { until, .. }) => Some(until),
        Some(Hold::Suppressed { .. } | Hold::OutOfService { .. }) | None => None,
    }
}

fn condition_end(alarm: &Alarm) -> Option<Moment> {
    alarm.cause.ends.filter(|_| alarm.active)
}

fn ack_end(alarm: &Alarm) -> Option<Moment> {
    alarm
        .ack
        .as_ref()
        .filter(|_| alarm.active && !alarm.unacked)
        .and_then(|ack| ack.until)
}

#[cfg(test)]
mod tests;
