use super::under::{Curtailing, MeasureStanding, Ratio, in_place};
use super::*;
use crate::domain::fact::Fact;
use crate::domain::fact::case::{CaseFact, Matter, MoveInput};
use crate::domain::id::{FieldId, MoveId, PlaybookId, UnitId};
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Actor;
use crate::domain::playbook::meaning::Vocabulary;
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Span};

/// 2026-11-23 20:00 in China.
const EVENING: Moment = Moment::from_ms(1_795_435_200_000);

/// A room in which cases are opened and moved.
#[derive(Default)]
struct Room {
    state: State,
}

impl Room {
    fn tell(&mut self, id: &CaseId, fact: CaseFact, at: Moment) {
        let stream = Stream::Case(id.clone());
        let entry = Entry {
            seq: self.state.seq + 1,
            nth: self.state.version(&stream) + 1,
            stream,
            at,
            by: Actor::Desk,
            seat: None,
            fact: Fact::Case(fact),
            hash: [0; 32],
        };
        self.state.apply(&entry);
    }

    fn open(&mut self, id: &str, playbook: &str, stage: &str, matter: Matter) -> CaseId {
        let id = CaseId::new(id);
        let matter = Matter {
            playbook: PlaybookId::new(playbook),
            stage: StageId::new(stage),
            ..matter
        };
        self.tell(&id, CaseFact::Opened(Box::new(matter)), EVENING);
        id
    }

    fn go(&mut self, id: &CaseId, to: &str, at: Moment) {
        let closes = ["in_place", "closed", "exempt", "filed", "ended", "withdrawn"].contains(&to);
        let from = self.state.cases.get(id).map(|case| case.state.stage.clone());
        let fact = CaseFact::Moved {
            step: MoveId::new(to),
            from: from.unwrap_or_default(),
            to: StageId::new(to),
            closes,
            verdict: None,
            given: Box::<MoveInput>::default(),
            again: None,
            extends: None,
            means: None,
        };
        self.tell(id, fact, at);
    }

    fn episode(&mut self, id: &str, ends: &str) -> CaseId {
        let fields = [(ENDS, ends), (LEVEL, "yellow")].map(field).to_vec();
        self.open(
            id,
            EPISODE,
            "consulting",
            Matter {
                fields,
                ..Matter::default()
            },
        )
    }

    fn curtailed(&mut self, id: &str, parent: &CaseId, (enterprise, kw): (&str, &str)) -> CaseId {
        let matter = Matter {
            parent: Some(parent.clone()),
            enterprise: Some(EnterpriseId::new(enterprise)),
            fields: vec![field((LIMIT_KW, kw))],
            ..Matter::default()
        };
        self.open(id, CURTAILMENT, "notified", matter)
    }

    fn measure(&mut self, id: &str, parent: &CaseId, unit: &str) -> CaseId {
        let matter = Matter {
            parent: Some(parent.clone()),
            unit: Some(UnitId::new(unit)),
            ..Matter::default()
        };
        self.open(id, MEASURE, "to_sign", matter)
    }

    fn child(&mut self, id: &str, playbook: &str, (parent, stage): (&CaseId, &str)) -> CaseId {
        let parent = Some(parent.clone());
        self.open(
            id,
            playbook,
            stage,
            Matter {
                parent,
                ..Matter::default()
            },
        )
    }

    fn limits(&self) -> Vec<(String, String)> {
        let limits = curtailed(&self.state);
        let rows = limits.iter();
        let each = rows.flat_map(|(id, all)| all.iter().map(move |one| (id, one)));
        each.map(|(id, one)| (id.to_string(), one.limit.fixed(0)))
            .collect()
    }
}

fn field((id, text): (&str, &str)) -> (FieldId, Clean) {
    (FieldId::new(id), Clean::new(text))
}

#[test]
fn days_are_local_days_from_the_start_to_the_lifting() {
    let mut room = Room::default();
    let id = room.episode("E1", "2026-11-25");
    let see = |room: &Room, at| {
        let episode = Episode::of(&room.state, &id).expect("it is an episode");
        episode.day(at, CHINA).map(|day| (day.nth, day.of))
    };
    assert_eq!(see(&room, EVENING), None, "a consultation is no day of control");
    room.go(&id, "in_force", EVENING);
    assert_eq!(see(&room, EVENING), Some((1, Some(3))));
    assert_eq!(
        see(&room, EVENING + Span::hours(5)),
        Some((2, Some(3))),
        "after midnight"
    );
    room.go(&id, "lifting", EVENING + Span::hours(30));
    room.go(&id, "lifted", EVENING + Span::hours(31));
    assert_eq!(
        see(&room, EVENING + Span::days(9)),
        Some((3, Some(3))),
        "it stays what it was"
    );
}

#[test]
fn a_start_that_was_taken_back_began_nothing() {
    let mut room = Room::default();
    let id = room.episode("E1", "");
    room.go(&id, "issued", EVENING);
    room.go(&id, "in_force", EVENING);
    let back = CaseFact::Reverted {
        from: StageId::new("in_force"),
        to: StageId::new("issued"),
    };
    room.tell(&id, back, EVENING);
    let episode = Episode::now(&room.state).expect("it is open");
    assert_eq!((episode.began(), episode.phase()), (None, Phase::Issued));
    assert_eq!(control_days(&room.state, EVENING, CHINA).len(), 0);
}

#[test]
fn two_episodes_on_one_day_make_one_day_of_control() {
    let mut room = Room::default();
    for id in ["E1", "E2"] {
        let id = room.episode(id, "");
        room.go(&id, "in_force", EVENING);
        room.go(&id, "lifted", EVENING + Span::hours(1));
    }
    assert_eq!(control_days(&room.state, EVENING + Span::days(9), CHINA).len(), 1);
    assert!(Episode::now(&room.state).is_none());
    assert!(Episode::last(&room.state).is_some());
}

#[test]
fn the_one_in_force_comes_before_one_that_is_only_talked_about() {
    let mut room = Room::default();
    let first = room.episode("E1", "");
    room.episode("E2", "");
    room.go(&first, "in_force", EVENING);
    assert_eq!(Episode::now(&room.state).map(|e| e.case.id.clone()), Some(first));
}

#[test]
fn a_limit_holds_from_its_effect_until_its_end_also_while_it_is_explained() {
    let mut room = Room::default();
    let episode = room.episode("E1", "");
    let case = room.curtailed("C1", &episode, ("mill", "120"));
    room.go(&episode, "in_force", EVENING);
    assert_eq!(room.limits(), []);
    for stage in ["in_force", "exceeding", "explained", "on_site"] {
        room.go(&case, stage, EVENING);
        assert_eq!(room.limits(), [("mill".to_owned(), "120".to_owned())], "{stage}");
    }
    room.go(&case, "closed", EVENING);
    assert_eq!(room.limits(), []);
}

#[test]
fn the_lifting_of_an_episode_ends_every_limit_under_it() {
    let mut room = Room::default();
    let (first, second) = (room.episode("E1", ""), room.episode("E2", ""));
    for (id, parent, kw) in [("C1", &first, "120"), ("C2", &second, "80")] {
        let case = room.curtailed(id, parent, ("mill", kw));
        room.go(&case, "in_force", EVENING);
    }
    room.go(&first, "in_force", EVENING);
    room.go(&second, "in_force", EVENING);
    let both = ["120", "80"].map(|kw| ("mill".to_owned(), kw.to_owned()));
    assert_eq!(room.limits(), both, "it stands under both");
    room.go(&second, "lifted", EVENING);
    assert_eq!(room.limits(), [("mill".to_owned(), "120".to_owned())]);
    room.go(&first, "lifted", EVENING);
    assert_eq!(room.limits(), []);
}

#[test]
fn figures_count_what_is_under_the_episode_and_under_its_cruises() {
    let mut room = Room::default();
    let episode = room.episode("E1", "");
    room.go(&episode, "in_force", EVENING);
    for (id, stage) in [("M1", "in_place"), ("M2", "withdrawn"), ("M3", "signed")] {
        let case = room.measure(id, &episode, "roads");
        room.go(&case, stage, EVENING);
    }
    for (id, stages) in [
        ("C1", &["in_force"][..]),
        ("C2", &["in_force", "exceeding", "on_site", "in_force"]),
        ("C3", &["exempt"]),
    ] {
        let case = room.curtailed(id, &episode, (id, "10"));
        for stage in stages {
            room.go(&case, stage, EVENING);
        }
    }
    let cruise = room.child("R1", CRUISE, (&episode, "planned"));
    room.go(&cruise, "running", EVENING);
    room.child("R2", CRUISE, (&episode, "planned"));
    room.child("P1", PROBLEM, (&cruise, "registered"));
    let closed = room.child("P2", PROBLEM, (&episode, "registered"));
    room.go(&closed, "closed", EVENING);

    let episode = Episode::now(&room.state).expect("it is in force");
    let figures = episode.figures(EVENING, CHINA);
    let share = |there, of| Ratio { there, of };
    assert_eq!(figures.measures, share(1, 2), "a withdrawn one counts nowhere");
    assert_eq!((figures.told, figures.exempt), (3, 1));
    assert_eq!(figures.complied, share(1, 2), "found on site is not kept");
    assert_eq!(
        (figures.cruises, figures.cruise_days),
        (1, 1),
        "a planned one has not run"
    );
    assert_eq!(figures.problems, share(1, 2));
    assert_eq!(share(1, 3).permille(), Some(333));
    assert_eq!(share(0, 0).permille(), None);

    let units = episode.by_unit();
    let rows: Vec<_> = units
        .values()
        .map(|cases| in_place(cases.iter().copied()))
        .collect();
    assert_eq!(rows, [share(1, 2)]);
    let standing: Vec<MeasureStanding> = episode.measures().map(MeasureStanding::of).collect();
    assert_eq!(
        standing,
        [
            MeasureStanding::InPlace,
            MeasureStanding::Withdrawn,
            MeasureStanding::Signed
        ]
    );
    let exempt = episode.curtailments().filter(|c| c.at() == Curtailing::Exempt);
    assert_eq!(exempt.count(), 1);
}

#[test]
fn a_verdict_counts_what_was_decided_and_not_what_was_once_suspected() {
    use super::under::Verdict;
    let came = |stages: &[&str]| {
        let mut room = Room::default();
        let episode = room.episode("E1", "");
        room.go(&episode, "in_force", EVENING);
        let case = room.curtailed("C1", &episode, ("mill", "10"));
        for stage in stages {
            if *stage == "back" {
                let case_now = room.state.cases.get(&case).expect("open").state.stage.clone();
                let to = StageId::new("in_force");
                room.tell(&case, CaseFact::Reverted { from: case_now, to }, EVENING);
            } else {
                room.go(&case, stage, EVENING);
            }
        }
        let episode = Episode::now(&room.state).expect("in force");
        episode
            .curtailments()
            .next()
            .map(super::under::Curtailed::verdict)
    };
    let table: [(&[&str], Verdict); 9] = [
        (&[], Verdict::Free),
        (&["exempt"], Verdict::Free),
        (&["in_force"], Verdict::Kept),
        (&["in_force", "exceeding"], Verdict::Undecided),
        (&["in_force", "exceeding", "explained"], Verdict::Undecided),
        (
            &["in_force", "exceeding", "explained", "in_force", "closed"],
            Verdict::Kept,
        ),
        (&["in_force", "exceeding", "back"], Verdict::Kept),
        (
            &["in_force", "exceeding", "explained", "on_site", "in_force"],
            Verdict::Breached,
        ),
        (&["in_force", "exceeding", "on_site", "filed"], Verdict::Breached),
    ];
    for (stages, verdict) in table {
        assert_eq!(came(stages), Some(verdict), "{stages:?}");
    }
}

#[test]
fn a_limit_counts_from_its_coming_into_force_and_not_at_all_once_that_was_taken_back() {
    let mut room = Room::default();
    let episode = room.episode("E1", "");
    room.go(&episode, "in_force", EVENING);
    let case = room.curtailed("C1", &episode, ("mill", "120"));
    let later = EVENING + Span::hours(2);
    room.go(&case, "in_force", later);
    let since = |room: &Room| {
        let limits = curtailed(&room.state);
        limits.values().flatten().map(|one| one.since).collect::<Vec<_>>()
    };
    assert_eq!(
        since(&room),
        [later],
        "not from when it was told, nor from the episode's start"
    );
    room.go(&case, "exceeding", later + Span::hours(1));
    room.go(&case, "explained", later + Span::hours(1));
    room.go(&case, "in_force", later + Span::hours(2));
    assert_eq!(since(&room), [later], "an explanation makes no new limit");
    room.go(&episode, "lifted", later + Span::hours(3));
    assert_eq!(since(&room), [], "it ends with the episode");
}

#[test]
fn how_far_each_stage_is_is_told_for_every_meaning_that_is_asked_of_the_loops() {
    let told = [
        (EPISODE, PHASES.iter().map(|row| row.0).collect::<BTreeSet<_>>()),
        (MEASURE, under::STANDINGS.iter().map(|row| row.1).collect()),
        (CURTAILMENT, under::CURTAILINGS.iter().map(|row| row.1).collect()),
    ];
    for (of, told) in told {
        let asked = Vocabulary::of(of).expect("something is asked of it").words();
        assert_eq!(told, asked.into_iter().collect(), "{of}");
    }
}
