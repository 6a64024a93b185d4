//! The clock of a case's stage: by when it must be left, how pressing that is, and whom a missed limit is due to.
//!
//! Pure. The desk records what passed; lists, cards and reports show what is said here.

use crate::domain::case::Case;
use crate::domain::fact::case::CaseFact;
use crate::domain::id::StageId;
use crate::domain::person::Role;
use crate::domain::playbook::{Playbook, Provenance, Rung};
use crate::domain::time::{Moment, Span};

/// The clock that runs on a case in its present stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageClock {
    /// By when the stage must be left.
    pub due: Moment,
    /// From when it counts.
    pub since: Moment,
    /// The stage.
    pub stage: StageId,
    /// Who says so.
    pub provenance: Provenance,
    /// Whom it is due to when it is missed, soonest first.
    pub escalate: Vec<Rung>,
    /// By how much it has moved with steps of the machine's clock.
    pub stepped: Span,
}

/// How pressing a clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pressure {
    /// Less than four fifths of the time are gone.
    Running,
    /// Four fifths are gone (临期).
    Near,
    /// It has passed (超时).
    Past,
}

/// Whom a missed limit is due to, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalated {
    /// The role.
    pub role: Role,
    /// Since when.
    pub since: Moment,
}

impl StageClock {
    /// The clock of the present stage; `None` where there is no limit or the case is closed.
    pub fn of(case: &Case, playbook: &Playbook) -> Option<Self> {
        let (due, limit) = case.due(playbook)?;
        Some(Self {
            due,
            since: case.since(limit),
            stage: case.state.stage.clone(),
            provenance: limit.provenance.clone(),
            escalate: limit.escalate.clone(),
            stepped: case.state.stepped,
        })
    }

    /// Its end as it was before any step of the machine's clock: by that what was told of it is known again.
    pub fn named(&self) -> Moment {
        self.due - self.stepped
    }

    /// How pressing it is at `now`.
    pub fn pressure(&self, now: Moment) -> Pressure {
        let (gone, whole) = ((now - self.since).ms(), (self.due - self.since).ms());
        if now >= self.due {
            Pressure::Past
        } else if gone.saturating_mul(5) >= whole.saturating_mul(4) {
            Pressure::Near
        } else {
            Pressure::Running
        }
    }

    /// When it presses more than at `now`, if it will.
    pub fn presses(&self, now: Moment) -> Option<Moment> {
        let whole = (self.due - self.since).ms();
        // The first whole millisecond at which four fifths are gone.
        let near = Moment::from_ms(self.due.ms() - whole.max(0) / 5);
        match self.pressure(now) {
            Pressure::Running => Some(near),
            Pressure::Near => Some(self.due),
            Pressure::Past => None,
        }
    }

    /// When it is next due to a role, if it will be.
    pub fn due_next(&self, now: Moment) -> Option<Moment> {
        let rungs = self.escalate.iter().map(|rung| self.due + rung.after);
        rungs.filter(|when| *when > now).min()
    }

    /// Up to which rung its ladder was told by the ledger of an earlier version, which wrote down each rung as the limit's
    /// end; `None` where that end itself was told, or nothing was.
    pub fn rung_told(&self, case: &Case) -> Option<Moment> {
        let told = case
            .state
            .told
            .filter(|_| case.state.late.as_ref() == Some(&self.stage))?;
        let is_told = |rung: &Rung| told > self.named() && self.named() + rung.after == told;
        self.escalate.iter().any(is_told).then_some(told)
    }

    /// The roles that it is due to by `now`, soonest first; nobody while it is not missed.
    pub fn escalated(&self, now: Moment) -> impl Iterator<Item = Escalated> {
        let rungs = self.escalate.iter().map(|rung| Escalated {
            role: rung.role,
            since: self.due + rung.after,
        });
        rungs.filter(move |rung| rung.since <= now)
    }
}

/// Whether an open case stands where its loop has no stage, or runs by a loop that there is not: then nobody knows its
/// limit, so a person must see to it. It is that and not late, whatever the ledger has told.
pub fn is_lost(case: &Case, playbook: Option<&Playbook>) -> bool {
    case.is_open() && playbook.is_none_or(|own| own.stage(case.stage_in(own)).is_none())
}

/// Since when an open case is late, or will be: from its limit on, or ever where the ledger has told it; `None` where it
/// has no limit, or none that is known.
pub fn late_from(case: &Case, playbook: Option<&Playbook>) -> Option<Moment> {
    let told = case.state.late.as_ref().map(|_| Moment::from_ms(i64::MIN));
    let due = || case.due(playbook?).map(|due| due.0);
    told.or_else(due)
        .filter(|_| case.is_open() && !is_lost(case, playbook))
}

/// Whether an open case's limit has passed: told by the ledger, or already by the clock.
pub fn is_late(case: &Case, playbook: Option<&Playbook>, now: Moment) -> bool {
    late_stage(case, playbook, now).is_some()
}

/// Whether an open case needs a person: it is late, or nobody knows when it will be.
pub fn needs_person(case: &Case, playbook: Option<&Playbook>, now: Moment) -> bool {
    is_lost(case, playbook) || is_late(case, playbook, now)
}

/// The stage whose limit an open case has missed: the present one where its limit has passed by `now`, or what the
/// ledger has told; `None` where it is not late.
pub fn late_stage<'a>(case: &'a Case, playbook: Option<&Playbook>, now: Moment) -> Option<&'a StageId> {
    let due = playbook.and_then(|own| case.due(own)).map(|due| due.0);
    let present = due.filter(|due| *due <= now).map(|_| &case.state.stage);
    present
        .or(case.state.late.as_ref())
        .filter(|_| case.is_open() && !is_lost(case, playbook))
}

/// The role that a late case is due to by `now`: the highest rung of its ladder that was reached.
pub fn due_to(case: &Case, playbook: &Playbook, now: Moment) -> Option<Escalated> {
    StageClock::of(case, playbook)?.escalated(now).last()
}

/// The fact that the present stage's limit has passed; once. Whom that is brought to, rung by rung, is told by notices.
pub fn lateness(case: &Case, playbook: &Playbook, now: Moment) -> Option<CaseFact> {
    let clock = StageClock::of(case, playbook)?;
    let told = case.state.late.as_ref() == Some(&case.state.stage) && case.state.told == Some(clock.named());
    let told = told || clock.rung_told(case).is_some();
    (clock.due <= now && !told).then_some(CaseFact::Late {
        stage: clock.stage,
        due: clock.due,
    })
}
