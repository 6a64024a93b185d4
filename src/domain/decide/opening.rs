//! How a case begins: its number, its matter, and which earlier case it is again. Pure; called by the desk.

use crate::domain::case::Case;
use crate::domain::decide::fields;
use crate::domain::fact::alarm::Cause;
use crate::domain::fact::case::Matter;
use crate::domain::fact::task::Order;
use crate::domain::id::{AlarmId, CaseId, EnterpriseId, FieldId, PointId, TownshipId, UnitId};
use crate::domain::ledger::Stream;
use crate::domain::place::Place;
use crate::domain::playbook::{Nearness, Playbook};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span, Zone};

/// What a case is opened with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// One line.
    pub title: Clean,
    /// Where, if known.
    pub place: Option<Place>,
    /// The township, if found.
    pub township: Option<TownshipId>,
    /// The township or area in the upstream's own words, where the directory does not know them; else empty.
    pub area: Clean,
    /// The alarm, if it is opened on one.
    pub alarm: Option<AlarmId>,
    /// When the matter was detected.
    pub detected: Moment,
    /// The case it belongs under.
    pub parent: Option<CaseId>,
    /// What saw it, or is measured there.
    pub point: Option<PointId>,
    /// The enterprise it is about.
    pub enterprise: Option<EnterpriseId>,
    /// The unit it is given to from the beginning.
    pub unit: Option<UnitId>,
    /// What is written down about it.
    pub fields: Vec<(FieldId, Clean)>,
    /// The order that goes out with it, by the step of its first stage that dispatches; its case is not known yet.
    pub order: Option<Box<Order>>,
}

impl Opening {
    /// On an alarm, with all it says.
    pub fn of_alarm(id: &AlarmId, cause: &Cause) -> Self {
        Self {
            title: cause.title.clone(),
            place: cause.place,
            township: cause.township.clone(),
            area: cause.area.clone(),
            alarm: Some(id.clone()),
            detected: cause.began,
            point: cause.point.clone(),
            ..Self::default()
        }
    }

    /// By hand.
    pub fn by_hand(title: Clean, detected: Moment) -> Self {
        Self {
            title,
            detected,
            ..Self::default()
        }
    }

    /// Whether it is only written down: no alarm stands behind it, and no order goes out with it.
    pub fn is_written_down(&self) -> bool {
        self.alarm.is_none() && self.order.is_none()
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
    let likeness = fields::likeness(playbook, &opening.fields);
    let repeats = likeness
        .as_ref()
        .and_then(|like| repeated(state, playbook, like, at));
    let first = playbook.stages.first();
    let matter = Matter {
        playbook: playbook.id.clone(),
        playbook_version: playbook.version,
        stage: first.map(|stage| stage.id.clone()).unwrap_or_default(),
        means: first.and_then(|stage| stage.means.clone()),
        title: opening.title,
        place: opening.place,
        township: opening.township,
        area: opening.area,
        alarm: opening.alarm,
        // Clocks never count from before the room could have known: an upstream's old news starts them now.
        detected: opening.detected.min(at),
        rekindles,
        parent: opening.parent,
        point: opening.point,
        enterprise: opening.enterprise,
        unit: opening.unit,
        fields: opening.fields,
        likeness,
        repeats,
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
            low = middle;
        } else {
            high = middle;
        }
    }
    name(high.saturating_add(already))
}

/// The last matter of that likeness, if it is recent enough to be repeated (重复).
pub fn repeated(state: &State, playbook: &Playbook, like: &Clean, at: Moment) -> Option<CaseId> {
    let within = playbook.repeat.as_ref()?.within;
    let (opened, case) = state.likes.get(like)?;
    (at.age_of(*opened) <= within).then(|| case.clone())
}

/// The open case of the same loop about the same point: what a further alarm there belongs to.
pub fn open_at<'a>(state: &'a State, playbook: &Playbook, point: &PointId) -> Option<&'a Case> {
    let mut open = state.open_of(&playbook.id);
    open.find(|case| case.matter.point.as_ref() == Some(point))
}

/// The closed case of the same loop that a new one at `place` is again; the one closed last.
fn rekindled(state: &State, playbook: &Playbook, place: Option<Place>, at: Moment) -> Option<CaseId> {
    let (near, place) = (playbook.rekindle?, place?);
    let again = |case: &&Case| {
        let recent = case
            .state
            .closed
            .is_some_and(|closed| at.age_of(closed) <= near.within);
        recent && lies_near(case, place, near)
    };
    let found = state.cases_of(&playbook.id).filter(again);
    found
        .max_by_key(|case| case.state.closed)
        .map(|case| case.id.clone())
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
        let open = state.open_of(&playbook.id);
        open.filter(move |case| {
            let apart = (detected - case.matter.detected).ms().abs();
            Span::from_ms(apart) <= near.within && lies_near(case, place, near)
        })
    })
}

fn lies_near(case: &Case, place: Place, near: Nearness) -> bool {
    let there = case.matter.place;
    there.is_some_and(|p| p.distance_m(place) <= near.metres)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use crate::domain::fact::case::CaseFact;
    use crate::domain::ledger::Entry;
    use crate::domain::person::Actor;
    use crate::domain::playbook::Stage;
    use crate::domain::time::CHINA;

    /// 2026-11-23 23:59 in China.
    const LATE: Moment = Moment::from_ms(1_795_449_540_000);

    fn playbook() -> Playbook {
        let stage = |id: &str, closed| Stage {
            id: crate::domain::id::StageId::new(id),
            closed,
            ..Stage::default()
        };
        let near = |metres, within| Some(Nearness { metres, within });
        Playbook {
            id: crate::domain::id::PlaybookId::new("loop"),
            version: 1,
            letter: 'L',
            stages: vec![stage("found", false), stage("closed", true)],
            rekindle: near(300.0, Span::hours(24)),
            duplicate: near(500.0, Span::mins(60)),
            ..Playbook::default()
        }
    }

    fn opening(lat: f64, detected: Moment) -> Opening {
        Opening {
            place: Place::new(lat, 121.1),
            ..Opening::by_hand(Clean::new("smoke"), detected)
        }
    }

    fn opened(state: &mut State, lat: f64, at: Moment) -> CaseId {
        let (id, matter) = open(state, &playbook(), opening(lat, at), (at, CHINA), 0);
        apply(state, &id, CaseFact::Opened(Box::new(matter)), at);
        id
    }

    fn apply(state: &mut State, id: &CaseId, fact: CaseFact, at: Moment) {
        let stream = Stream::Case(id.clone());
        let entry = Entry {
            seq: state.seq + 1,
            nth: state.version(&stream) + 1,
            stream,
            at,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Case(fact),
            hash: [0; 32],
        };
        state.apply(&entry);
    }

    #[test]
    fn numbers_count_within_the_local_day() {
        let mut state = State::default();
        let mut ids: Vec<String> = (0..5)
            .map(|_| opened(&mut state, 30.0, LATE).to_string())
            .collect();
        ids.push(opened(&mut state, 30.0, LATE + Span::mins(1)).to_string());
        assert_eq!(ids[0], "L20261123-0001");
        assert_eq!(ids[4], "L20261123-0005");
        assert_eq!(ids[5], "L20261124-0001");
        let (next, _) = open(&state, &playbook(), opening(30.0, LATE), (LATE, CHINA), 2);
        assert_eq!(next.as_str(), "L20261123-0008", "after two of the same decision");
    }

    #[test]
    fn a_fire_near_a_closed_one_is_that_one_again() {
        let mut state = State::default();
        let first = opened(&mut state, 30.0, LATE);
        let closed = CaseFact::Moved {
            step: crate::domain::id::MoveId::new("close"),
            from: crate::domain::id::StageId::new("found"),
            to: crate::domain::id::StageId::new("closed"),
            closes: true,
            verdict: None,
            given: Box::default(),
            again: None,
            extends: None,
            means: None,
        };
        apply(&mut state, &first, closed, LATE);
        let again = |lat, after| {
            let at = LATE + after;
            open(&state, &playbook(), opening(lat, at), (at, CHINA), 0)
                .1
                .rekindles
        };
        assert_eq!(again(30.002, Span::hours(20)), Some(first));
        assert_eq!(again(30.004, Span::hours(20)), None, "too far");
        assert_eq!(again(30.002, Span::hours(25)), None, "too late");
    }

    #[test]
    fn an_open_one_near_in_place_and_time_is_probably_the_same() {
        let mut state = State::default();
        let first = opened(&mut state, 30.0, LATE);
        let same = |lat, detected| {
            let place = Place::new(lat, 121.1).expect("on the globe");
            let book = playbook();
            let found = duplicates(&state, &book, place, detected);
            found.map(|case| case.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(same(30.003, LATE - Span::mins(50)), [first]);
        assert_eq!(same(30.006, LATE), Vec::new());
        assert_eq!(same(30.003, LATE + Span::mins(61)), Vec::new());
    }

    #[test]
    fn old_news_of_an_upstream_does_not_open_a_case_in_the_future() {
        let ahead = opening(30.0, LATE + Span::hours(1));
        let (_, matter) = open(&State::default(), &playbook(), ahead, (LATE, CHINA), 0);
        assert_eq!(matter.detected, LATE);
    }
}
