//! The engine that runs every loop: opening, steps, clocks, taking back. Pure; the playbook says what is allowed.

use crate::domain::alarm::Cause;
use crate::domain::case::Case;
use crate::domain::case::CaseFact;
use crate::domain::case::Given;
use crate::domain::case::Matter;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::MoveId;
use crate::domain::id::StageId;
use crate::domain::id::TownshipId;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::person::Actor;
use crate::domain::person::Operator;
use crate::domain::person::Role;
use crate::domain::place::Place;
use crate::domain::playbook::Move;
use crate::domain::playbook::Need;
use crate::domain::playbook::Playbook;
use crate::domain::playbook::Provenance;
use crate::domain::playbook::Since;
use crate::domain::refusal::Refusal;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Zone;

/// What a case is opened with.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// One line.
    pub title: Clean,
    /// Where, if known.
    pub place: Option<Place>,
    /// The township, if found.
    pub township: Option<TownshipId>,
    /// The alarm, if it is opened on one.
    pub alarm: Option<AlarmId>,
    /// When the matter was detected.
    pub detected: Moment,
}

impl Opening {
    /// On an alarm, with all it says.
    pub fn of_alarm(id: &AlarmId, cause: &Cause) -> Self {
        Self {
            title: cause.title.clone(),
            place: cause.place,
            township: cause.township.clone(),
            alarm: Some(id.clone()),
            detected: cause.began,
        }
    }

    /// By hand.
    pub fn by_hand(title: Clean, detected: Moment) -> Self {
        Self {
            title,
            place: None,
            township: None,
            alarm: None,
            detected,
        }
    }
}

/// The number and matter of a new case. `already` counts cases that the same decision opened before it.
pub fn open(
    state: &State,
    playbook: &Playbook,
    opening: Opening,
    (at, zone): (Moment, Zone),
    already: u32,
) -> (CaseId, Matter) {
    let id = number(state, playbook.letter, at, zone, already);
    let rekindles = rekindled(state, playbook, opening.place, at);
    let matter = Matter {
        playbook: playbook.id.clone(),
        playbook_version: playbook.version,
        stage: playbook
            .stages
            .first()
            .map(|stage| stage.id.clone())
            .unwrap_or_default(),
        title: opening.title,
        place: opening.place,
        township: opening.township,
        alarm: opening.alarm,
        // Clocks never count from before the room could have known: an upstream's old news starts them now.
        detected: opening.detected.min(at),
        rekindles,
    };
    (id, matter)
}

/// The next free number of the local day: letter, date, four digits or more.
fn number(state: &State, letter: char, at: Moment, zone: Zone, already: u32) -> CaseId {
    let day = at.date(zone).format("%Y%m%d");
    let name = |n: u32| CaseId::new(&format!("{letter}{day}-{n:04}"));
    let taken = |n: u32| state.version(&Stream::Case(name(n))) > 0;
    // Numbers of a day have no gaps, so the first free one is found by doubling and halving.
    let mut high = 1;
    while taken(high) {
        high *= 2;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low.midpoint(high);
        if taken(middle) {
            low = middle
        } else {
            high = middle
        }
    }
    name(high.saturating_add(already))
}

/// The closed case of the same loop that a new one at `place` is again.
fn rekindled(state: &State, playbook: &Playbook, place: Option<Place>, at: Moment) -> Option<CaseId> {
    let (rule, place) = (playbook.rekindle?, place?);
    let near = state.cases.values().filter(|case| {
        case.matter.playbook == playbook.id
            && case.closed.is_some_and(|closed| at.age_of(closed) <= rule.within)
            && case
                .matter
                .place
                .is_some_and(|p| p.distance_m(place) <= rule.metres)
    });
    near.max_by_key(|case| case.closed).map(|case| case.id.clone())
}

/// The moves that `role` may make now, in the playbook's order.
pub fn offered<'a>(case: &'a Case, playbook: &'a Playbook, role: Role) -> impl Iterator<Item = &'a Move> {
    playbook
        .moves_from(&case.stage)
        .filter(move |step| step.roles.contains(&role))
}

/// One step along the playbook.
///
/// # Errors
/// The stage, the role, or what is given does not allow it.
pub fn step(
    case: &Case,
    playbook: &Playbook,
    by: &Operator,
    id: &MoveId,
    given: &Given,
) -> Result<CaseFact, Refusal> {
    let step = playbook
        .step(id)
        .ok_or_else(|| Refusal::Unknown(Clean::new(id.as_str())))?;
    if !step.from.contains(&case.stage) {
        return Err(Refusal::WrongStage(case.stage.clone()));
    }
    if !step.roles.contains(&by.role) {
        return Err(Refusal::Role(by.role));
    }
    for need in &step.needs {
        check_need(step, *need, given)?;
    }
    Ok(CaseFact::Moved {
        step: step.id.clone(),
        from: case.stage.clone(),
        to: step.to.clone(),
        closes: playbook.stage(&step.to).is_some_and(|stage| stage.closed),
        verdict: step.verdict.clone(),
        given: Box::new(given.clone()),
    })
}

fn check_need(step: &Move, need: Need, given: &Given) -> Result<(), Refusal> {
    let there = match need {
        Need::Reason => {
            let code = given.reason.as_ref().ok_or(Refusal::Needs(Need::Reason))?;
            if !step.reasons.iter().any(|reason| reason.code == *code) {
                return Err(Refusal::UnknownReason(code.clone()));
            }
            true
        }
        Need::Comment => !given.comment.is_empty(),
        Need::Unit => given.unit.is_some(),
        Need::Case => given.case.is_some(),
        Need::Photo => given.photo.as_ref().is_some_and(|photo| !photo.is_empty()),
    };
    if there { Ok(()) } else { Err(Refusal::Needs(need)) }
}

/// The clock that runs on a case in its present stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// By when the stage must be left.
    pub due: Moment,
    /// The stage.
    pub stage: StageId,
    /// Who says so.
    pub provenance: Provenance,
    /// Who is told when it is missed.
    pub escalate: Option<Role>,
}

/// The clock of the present stage; `None` where there is no limit or the case is closed.
pub fn clock(case: &Case, playbook: &Playbook) -> Option<Clock> {
    if case.closed.is_some() {
        return None;
    }
    let limit = playbook.stage(&case.stage)?.limit.as_ref()?;
    let from = match limit.since {
        Since::Detected => case.matter.detected,
        Since::Entered => case.entered,
    };
    Some(Clock {
        due: from + limit.span,
        stage: case.stage.clone(),
        provenance: limit.provenance.clone(),
        escalate: limit.escalate,
    })
}

/// The fact that the present stage's limit has passed; once a stage.
pub fn lateness(case: &Case, playbook: &Playbook, now: Moment) -> Option<CaseFact> {
    let clock = clock(case, playbook)?;
    let told = case.late.as_ref() == Some(&case.stage);
    (!told && clock.due <= now).then_some(CaseFact::Late {
        stage: clock.stage,
        due: clock.due,
    })
}

/// Takes the last step back. Only its maker or a leader may; not one that sent an order, which is withdrawn instead.
///
/// # Errors
/// Nothing was done, it was somebody else's, or an order went out with it.
pub fn undo(case: &Case, playbook: &Playbook, by: &Operator) -> Result<CaseFact, Refusal> {
    let last = case
        .timeline
        .iter()
        .rev()
        .find(|line| !matches!(line.fact, CaseFact::Late { .. }));
    let Some(line) = last else {
        return Err(Refusal::NothingToUndo);
    };
    let CaseFact::Moved { step, from, to, .. } = &line.fact else {
        return Err(Refusal::NothingToUndo);
    };
    let own = line.by == Actor::Person(by.id.clone());
    if !own && by.role != Role::Leader {
        return Err(Refusal::Role(by.role));
    }
    if playbook.step(step).is_some_and(|step| step.dispatches) {
        return Err(Refusal::NothingToUndo);
    }
    Ok(CaseFact::Reverted {
        from: to.clone(),
        to: from.clone(),
    })
}
