//! How a case begins: its number, its matter, and which earlier case it is again. Pure; called by the desk.

use crate::domain::alarm::Cause;
use crate::domain::case::Case;
use crate::domain::case::Matter;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::TownshipId;
use crate::domain::ledger::State;
use crate::domain::ledger::Stream;
use crate::domain::place::Place;
use crate::domain::playbook::Near;
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
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

/// The closed case of the same loop that a new one at `place` is again; the one closed last.
fn rekindled(state: &State, playbook: &Playbook, place: Option<Place>, at: Moment) -> Option<CaseId> {
    let (near, place) = (playbook.rekindle?, place?);
    let again = |case: &&Case| {
        let recent = case.closed.is_some_and(|closed| at.age_of(closed) <= near.within);
        recent && lies_near(case, playbook, place, near)
    };
    let found = state.cases.values().filter(again);
    found.max_by_key(|case| case.closed).map(|case| case.id.clone())
}

/// The open cases of the same loop that a matter at `place`, detected at `detected`, probably is; oldest first.
/// A proposal for a person, or the desk's own ground to join them.
pub fn duplicates<'a>(
    state: &'a State,
    playbook: &'a Playbook,
    place: Place,
    detected: Moment,
) -> impl Iterator<Item = &'a Case> {
    let near = playbook.duplicate.into_iter();
    near.flat_map(move |near| {
        let open = state.cases.values().filter(|case| case.closed.is_none());
        open.filter(move |case| {
            let apart = (detected - case.matter.detected).ms().abs();
            Span::from_ms(apart) <= near.within && lies_near(case, playbook, place, near)
        })
    })
}

fn lies_near(case: &Case, playbook: &Playbook, place: Place, near: Near) -> bool {
    let there = case.matter.place;
    case.matter.playbook == playbook.id && there.is_some_and(|p| p.distance_m(place) <= near.metres)
}
