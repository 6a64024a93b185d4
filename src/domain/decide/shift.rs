//! Who may do what to a shift: wishes become facts, or a refusal that says why. Pure; the desk calls it.

use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::shift::{Duty, NoteKind, ShiftFact, Side};
use crate::domain::person::{Operator, Role};
use crate::domain::playbook::Need;
pub use crate::domain::shift::roster::EARLY;
use crate::domain::shift::{DutyRefusal, Obstacle, Shift};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// What a person wants done to a shift.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Take it.
    Take,
    /// Write into its log.
    Note {
        /// What about.
        kind: NoteKind,
        /// The words; must not be empty.
        words: Clean,
    },
    /// Make its hand-over ready to be read.
    Prepare,
    /// Begin to read it.
    Read,
    /// Let the hand-over go on in spite of what stands in the way now.
    Override {
        /// Why; must not be empty.
        reason: Clean,
    },
    /// Sign as the one who leaves, or as the one who comes.
    Sign(Side),
}

/// Takes a shift of the roster.
///
/// # Errors
/// It was taken, or it begins too late for that.
pub fn take(shift: Option<&Shift>, duty: Duty, now: Moment) -> Result<ShiftFact, Refusal> {
    if let Some(shift) = shift {
        return Err(DutyRefusal::Taken(shift.taken.clone()).into());
    }
    let earliest = duty.from - EARLY;
    if now < earliest {
        return Err(DutyRefusal::Early(earliest).into());
    }
    Ok(ShiftFact::Opened(Box::new(duty)))
}

/// Everything else: the facts, in order. `blockers` is what stands in the way now.
///
/// # Errors
/// The shift's state, the role or what stands in the way does not allow it.
pub fn decide(
    shift: &Shift,
    wish: &Wish,
    by: &Operator,
    blockers: &[Obstacle],
) -> Result<Vec<ShiftFact>, Refusal> {
    if shift.closed.is_some() {
        return Err(DutyRefusal::HandedOver(shift.id.clone()).into());
    }
    match wish {
        Wish::Take => Err(DutyRefusal::Taken(shift.taken.clone()).into()),
        Wish::Note { words, .. } if words.is_empty() => Err(Refusal::Needs(Need::Comment)),
        Wish::Note { kind, words } => Ok(vec![ShiftFact::Noted {
            kind: *kind,
            words: words.clone(),
        }]),
        Wish::Prepare => Ok(vec![ShiftFact::Prepared]),
        Wish::Read if shift.prepared.is_none() => Err(DutyRefusal::NotPrepared.into()),
        Wish::Read => Ok(vec![ShiftFact::Read]),
        Wish::Override { reason } => override_with(shift, reason, by, blockers),
        Wish::Sign(Side::Out) => sign_out(shift, by, blockers),
        Wish::Sign(Side::In) => sign_in(shift, by, blockers),
    }
}

fn override_with(
    shift: &Shift,
    reason: &Clean,
    by: &Operator,
    blockers: &[Obstacle],
) -> Result<Vec<ShiftFact>, Refusal> {
    if !matches!(by.role, Role::Leader | Role::Admin) {
        return Err(Refusal::Role(by.role));
    }
    if reason.is_empty() {
        return Err(Refusal::Needs(Need::Comment));
    }
    let open = shift.standing(blockers);
    if open.is_empty() {
        return Err(DutyRefusal::NothingToOverride.into());
    }
    Ok(vec![ShiftFact::Overridden {
        blockers: open,
        reason: reason.clone(),
    }])
}

fn sign_out(shift: &Shift, by: &Operator, blockers: &[Obstacle]) -> Result<Vec<ShiftFact>, Refusal> {
    if let Some(mark) = &shift.out {
        return Err(DutyRefusal::Signed(mark.clone()).into());
    }
    if shift.prepared.is_none() {
        return Err(DutyRefusal::NotPrepared.into());
    }
    if let Some(read) = shift.read.as_ref().filter(|read| read.by == by.id) {
        return Err(DutyRefusal::SameHand(read.clone()).into());
    }
    Ok(vec![signed(shift, Side::Out, blockers)?])
}

/// The second signature closes the shift.
fn sign_in(shift: &Shift, by: &Operator, blockers: &[Obstacle]) -> Result<Vec<ShiftFact>, Refusal> {
    let out = shift.out.as_ref().ok_or(DutyRefusal::OutFirst)?;
    if out.by == by.id {
        return Err(DutyRefusal::SameHand(out.clone()).into());
    }
    if shift.read.as_ref().is_none_or(|read| read.by != by.id) {
        return Err(DutyRefusal::NotRead.into());
    }
    Ok(vec![signed(shift, Side::In, blockers)?, ShiftFact::Closed])
}

fn signed(shift: &Shift, side: Side, blockers: &[Obstacle]) -> Result<ShiftFact, Refusal> {
    let open = shift.standing(blockers);
    if !open.is_empty() {
        return Err(DutyRefusal::Blocked(open).into());
    }
    let despite = blockers.iter().map(|one| one.what.clone()).collect();
    Ok(ShiftFact::Signed { side, despite })
}

#[cfg(test)]
mod tests;
