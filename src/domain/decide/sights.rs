//! What cameras saw of a matter: where two bearings cross, whether a further sighting is of the same matter, and how often
//! a camera was wrong. Pure; called by the desk, the cards and the reports.

use crate::domain::case::Case;
use crate::domain::case::counted::FALSE;
use crate::domain::decide::opening;
use crate::domain::directory::Point;
use crate::domain::fact::alarm::Cause;
use crate::domain::id::PointId;
use crate::domain::place::Place;
use crate::domain::playbook::Playbook;
use crate::domain::sighting;
use crate::domain::sighting::{CameraRay, Crossing};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use imbl::OrdMap;
use std::collections::HashSet;

/// The points of a board, by code.
type Points = OrdMap<PointId, Point>;

/// The sight of a cause: from where its camera stands, in the direction that it said.
pub fn sight(cause: &Cause, points: &Points) -> Option<CameraRay> {
    let from = points.get(cause.point.as_ref()?)?.place?;
    let bearing = cause.bearing?;
    Some(CameraRay { from, bearing })
}

/// The pictures of what a case's alarms saw, each once: addresses on the web.
pub fn pictures<'a>(case: &'a Case, state: &'a State) -> impl Iterator<Item = &'a Clean> {
    let alarms = case.alarms.iter().filter_map(|id| state.alarms.get(id));
    let all = alarms.map(|alarm| &alarm.cause.picture);
    let mut shown = HashSet::new();
    all.filter(move |picture| !picture.is_empty() && shown.insert(*picture))
}

/// Where the bearings of a case's sightings cross best: the two with the least error. `None` with fewer than two cameras.
pub fn crossed(case: &Case, state: &State, points: &Points) -> Option<Crossing> {
    let alarms = case.alarms.iter().filter_map(|id| state.alarms.get(id));
    let sights: Vec<(&PointId, CameraRay)> = alarms
        .filter_map(|alarm| Some((alarm.cause.point.as_ref()?, sight(&alarm.cause, points)?)))
        .collect();
    let mut best: Option<Crossing> = None;
    for (n, (camera, a)) in sights.iter().enumerate() {
        for (_, b) in sights.iter().skip(n + 1).filter(|(other, _)| other != camera) {
            let found = sighting::cross(*a, *b, sighting::BEARING_ERROR_DEG.0);
            let better = |found: &Crossing| best.is_none_or(|best| found.error_m < best.error_m);
            best = found.filter(better).or(best);
        }
    }
    best
}

/// The open case that `cause` saw from another camera: of the same loop, near in place and time, and both bearings cross
/// near both positions. One camera that sees two fires sees two.
pub fn same<'a>(
    state: &'a State,
    playbook: &'a Playbook,
    cause: &Cause,
    points: &Points,
) -> Option<&'a Case> {
    let mut open = opening::duplicates(state, playbook, cause.place?, cause.began);
    open.find(|case| {
        let mut alarms = case.alarms.iter().filter_map(|id| state.alarms.get(id));
        alarms.any(|alarm| meet(&alarm.cause, cause, playbook, points))
    })
}

/// Whether two cameras saw one matter: near in time, and their bearings cross near where each of them put it.
pub fn meet(a: &Cause, b: &Cause, playbook: &Playbook, points: &Points) -> bool {
    let Some(near) = playbook.duplicate.filter(|_| a.point != b.point) else {
        return false;
    };
    let met = sight(a, points).zip(sight(b, points));
    let met = met.and_then(|(a, b)| sighting::cross(a, b, sighting::BEARING_ERROR_DEG.0));
    let within = |met: &Crossing, at: Place| met.place.distance_m(at) <= near.metres + met.error_m;
    let apart = Span::from_ms((a.began - b.began).ms().abs());
    let placed = a.place.zip(b.place);
    met.zip(placed)
        .is_some_and(|(met, (a, b))| apart <= near.within && within(&met, a) && within(&met, b))
}

/// How often what a camera saw was judged, and how often it was nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FalseRate {
    /// Matters with a verdict.
    pub judged: usize,
    /// Those that were false.
    pub wrong: usize,
}

impl FalseRate {
    /// Over these cases.
    pub fn of<'a>(cases: impl Iterator<Item = &'a Case>) -> Self {
        let mut rate = Self::default();
        for verdict in cases.filter_map(|case| case.state.verdict.as_ref()) {
            rate.judged += 1;
            rate.wrong += usize::from(verdict.as_str() == FALSE);
        }
        rate
    }

    /// Of one camera, over the cases in hand.
    pub fn of_camera(state: &State, camera: &PointId) -> Self {
        let cases = state.cases.values();
        Self::of(cases.filter(|case| case.matter.point.as_ref() == Some(camera)))
    }

    /// In whole per cent, rounded; `None` where nothing was judged.
    pub fn percent(self) -> Option<usize> {
        (self.judged > 0).then(|| (self.wrong * 200 + self.judged) / (self.judged * 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::PointKind;
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::AlarmFact;
    use crate::domain::fact::case::{CaseFact, Matter};
    use crate::domain::id::{AlarmId, CaseId, PlaybookId};
    use crate::domain::ledger::{Entry, Stream};
    use crate::domain::person::Actor;
    use crate::domain::playbook::Nearness;
    use crate::domain::text::Clean;
    use crate::domain::time::Moment;

    const NOON: Moment = Moment::from_ms(1_790_000_000_000);

    fn place(lat: f64, lon: f64) -> Place {
        Place::new(lat, lon).expect("on the globe")
    }

    /// Two cameras 0.02° apart on the equator; a fire north of the middle is seen at 45° and 315°.
    fn points() -> Points {
        let camera = |id: &str, lon| {
            let mut point = Point::new(PointId::new(id), Clean::new(id), PointKind::Camera);
            point.place = Some(place(0.0, lon));
            (PointId::new(id), point)
        };
        [camera("a", 0.0), camera("b", 0.02)].into_iter().collect()
    }

    fn cause(camera: &str, bearing: f64) -> Cause {
        Cause {
            code: Clean::new("STRAW-FIRE"),
            point: Some(PointId::new(camera)),
            place: Some(place(0.01, 0.01)),
            bearing: Some(bearing),
            began: NOON,
            ..Cause::default()
        }
    }

    fn playbook() -> Playbook {
        Playbook {
            id: PlaybookId::new("straw-fire"),
            duplicate: Some(Nearness {
                metres: 500.0,
                within: Span::mins(60),
            }),
            ..Playbook::default()
        }
    }

    fn put(state: &mut State, stream: Stream, fact: Fact) {
        let entry = Entry {
            seq: state.seq + 1,
            nth: state.version(&stream) + 1,
            stream,
            at: NOON,
            by: Actor::Desk,
            seat: None,
            fact,
            hash: [0; 32],
        };
        state.apply(&entry);
    }

    fn state() -> State {
        let mut state = State::default();
        let alarm = AlarmId::new("tower/1");
        let raised = AlarmFact::raised(cause("a", 45.0));
        put(&mut state, Stream::Alarm(alarm.clone()), Fact::Alarm(raised));
        let matter = Matter {
            playbook: PlaybookId::new("straw-fire"),
            place: Some(place(0.01, 0.01)),
            alarm: Some(alarm),
            point: Some(PointId::new("a")),
            detected: NOON,
            ..Matter::default()
        };
        let opened = CaseFact::Opened(Box::new(matter));
        put(&mut state, Stream::Case(CaseId::new("F1")), Fact::Case(opened));
        state
    }

    #[test]
    fn another_camera_that_sees_the_same_fire_sees_the_same_case() {
        let (state, book) = (state(), playbook());
        let seen = |camera, bearing| {
            let found = same(&state, &book, &cause(camera, bearing), &points());
            found.map(|case| case.id.to_string())
        };
        assert_eq!(seen("b", 315.0).as_deref(), Some("F1"));
        assert_eq!(seen("b", 350.0), None, "its bearing crosses elsewhere");
        assert_eq!(seen("a", 45.0), None, "one camera that sees two fires sees two");
    }

    #[test]
    fn two_sightings_of_a_case_give_its_position_with_an_error() {
        let mut state = state();
        let case = |state: &State| {
            state
                .cases
                .get(&CaseId::new("F1"))
                .cloned()
                .expect("it was opened")
        };
        assert_eq!(crossed(&case(&state), &state, &points()), None);
        let second = AlarmId::new("tower/2");
        let raised = AlarmFact::raised(cause("b", 315.0));
        put(&mut state, Stream::Alarm(second.clone()), Fact::Alarm(raised));
        let joined = CaseFact::Joined { alarm: second };
        put(&mut state, Stream::Case(CaseId::new("F1")), Fact::Case(joined));
        let found = crossed(&case(&state), &state, &points()).expect("two cameras");
        assert!(found.place.distance_m(place(0.01, 0.01)) < 5.0);
        assert!((5.0..50.0).contains(&found.error_m), "{}", found.error_m);
    }

    #[test]
    fn a_rate_is_of_what_was_judged() {
        assert_eq!(FalseRate::of_camera(&state(), &PointId::new("a")).percent(), None);
        let rate = FalseRate { judged: 8, wrong: 1 };
        assert_eq!(rate.percent(), Some(13));
    }
}
