//! Stories of a clock that is set: whatever runs has as long to run as before, and nothing is due by it.

use super::common::{Writer, board_with, cause, now, story};
use super::floor::{Floor, Person};
use lookout::config::playbook;
use lookout::desk::Event;
use lookout::desk::board::Board;
use lookout::domain::case::clock;
use lookout::domain::case::clock::StageClock;
use lookout::domain::decide;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause, Hold};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::notice::NoticeFact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, ChannelId, MoveId, NoticeId, OperatorId, StageId, TaskId};
use lookout::domain::ledger::Stream;
use lookout::domain::notice::Policy;
use lookout::domain::person::{Actor, ROLES, Role};
use lookout::domain::playbook::Playbook;
use lookout::domain::signal::Severity;
use lookout::domain::state::State;
use lookout::domain::task::Delivery;
use lookout::domain::telling::Grounds;
use lookout::domain::time::{Moment, Span};
use lookout::lang::LANGS;
use std::collections::{BTreeMap, BTreeSet};

/// By how much the clock is set.
fn steps() -> [Span; 6] {
    [
        Span::hours(-1),
        Span::hours(1),
        Span::mins(-10),
        Span::days(730),
        Moment::default() - now(),
        Span::secs(6),
    ]
}

/// A room in which everything runs that can: by every stage of every loop a case that is not late and one that is.
struct Running {
    ledger: Writer,
    board: Board,
    playbooks: Vec<Playbook>,
    policy: Policy,
}

impl Running {
    fn new() -> Self {
        let mut room = Self {
            ledger: story(),
            board: board_with(Writer::default()),
            playbooks: playbook::embedded(),
            policy: Policy {
                seated: ROLES.iter().map(|row| row.0).collect(),
                ..Policy::default()
            },
        };
        for playbook in playbook::embedded() {
            for stage in playbook.stages.iter().filter(|stage| stage.limit.is_some()) {
                for (name, ago) in [("new", Span::secs(10)), ("late", Span::days(400))] {
                    room.open(&playbook, stage.id.as_str(), name, now() - ago);
                }
            }
        }
        let red = |ends| Cause {
            ends,
            ..cause("FIRE", Severity::Red, "火情", now())
        };
        let ends = Some(now() + Span::mins(20));
        let own = Cause {
            own_end: true,
            ..red(ends)
        };
        let ledger = &mut room.ledger;
        ledger.alarm("fires/ends", now(), AlarmFact::raised(own));
        ledger.alarm("fires/red", now() - Span::mins(2), AlarmFact::raised(red(None)));
        let shelved = Hold::Shelved {
            by: OperatorId::new("leader"),
            reason: "检修".into(),
            until: now() + Span::hours(1),
        };
        ledger.alarm("fires/shelved", now(), AlarmFact::raised(red(None)));
        ledger.handled("fires/shelved", now(), AlarmFact::Held(shelved));
        ledger.alarm("fires/seen", now(), AlarmFact::raised(red(None)));
        let seen = AlarmFact::Acknowledged {
            comment: "看到".into(),
            until: Some(now() + Span::hours(4)),
        };
        ledger.handled("fires/seen", now(), seen);
        room.order();
        room.tell();
        room
    }

    /// A case that was opened where its loop begins, and put into a stage.
    fn open(&mut self, playbook: &Playbook, stage: &str, name: &str, at: Moment) {
        let id = format!("{}-{stage}-{name}", playbook.id);
        let first = playbook.stages.first().expect("a stage").id.clone();
        let opened = CaseFact::Opened(Box::new(Matter {
            playbook: playbook.id.clone(),
            stage: first.clone(),
            title: stage.into(),
            detected: at,
            ..Matter::default()
        }));
        self.ledger.case(&id, at, opened);
        let moved = CaseFact::Moved {
            step: MoveId::new("put"),
            from: first,
            to: StageId::new(stage),
            closes: false,
            verdict: None,
            given: Box::default(),
            again: Some(Span::days(3)),
            extends: None,
            means: None,
        };
        self.ledger.case(&id, at, moved);
        let case = self.ledger.state.cases.get(id.as_str()).expect("opened");
        if let Some(late) = clock::lateness(case, playbook, now()) {
            self.ledger.case(&id, now(), late);
        }
    }

    /// An order that failed once, by a way that takes nothing for some minutes.
    fn order(&mut self) {
        let ordered = super::common::order("F20261123-0001", "u-simen", "请处置", now() + Span::mins(40));
        self.ledger.task("F20261123-0001.9", now(), ordered);
        let failed = TaskFact::Failed {
            why: "500".into(),
            next: now() + Span::mins(7),
            blocks: true,
        };
        self.ledger.task("F20261123-0001.9", now(), failed);
    }

    /// All that is due is told, and of one notice an attempt failed.
    fn tell(&mut self) {
        for _ in 0..2 {
            for (id, fact) in self.due(now()) {
                self.ledger
                    .fact(Stream::Notice(id), now(), Actor::Desk, Fact::Notice(fact));
            }
        }
        let id = self.ledger.state.notices.keys().next().expect("a notice").clone();
        let unsent = NoticeFact::Unsent {
            channel: ChannelId::new("hook"),
            why: "later".into(),
            until: Some(now() + Span::mins(3)),
        };
        let stream = Stream::Notice(id);
        self.ledger.fact(stream, now(), Actor::Desk, Fact::Notice(unsent));
    }

    fn state(&self) -> &State {
        &self.ledger.state
    }

    fn due(&self, at: Moment) -> Vec<(NoticeId, NoticeFact)> {
        let grounds = Grounds {
            state: self.state(),
            playbooks: &self.playbooks,
            policy: &self.policy,
            directory: &self.board.room.directory,
        };
        grounds.due(at)
    }

    /// The limits that are to be written down as missed by `at`.
    fn late(&self, at: Moment) -> BTreeSet<CaseId> {
        let late = self.state().cases.values().filter(|case| {
            let own = self.playbooks.iter().find(|own| own.id == case.matter.playbook);
            own.is_some_and(|own| clock::lateness(case, own, at).is_some())
        });
        late.map(|case| case.id.clone()).collect()
    }

    /// What alarms do by time alone by `at`.
    fn over(&self, at: Moment) -> Vec<(String, AlarmFact)> {
        let alarms = self.state().alarms.values();
        let over = alarms.filter_map(|alarm| Some((alarm.id.to_string(), decide::alarm::due(alarm, at)?)));
        over.collect()
    }

    /// Every clock that runs, by its name, with how long it has still to run.
    fn clocks(&self, at: Moment) -> BTreeMap<String, Span> {
        let (state, mut all) = (self.state(), BTreeMap::new());
        let mut runs = |kind: &str, name: &str, end: Option<Moment>| {
            let end = end.map(|end| all.insert(format!("{kind} {name}"), end - at));
            assert!(end.flatten().is_none(), "{kind} {name} twice");
        };
        for alarm in state.alarms.values() {
            runs("alarm", alarm.id.as_str(), decide::alarm::next_due(alarm));
        }
        for case in state.cases.values() {
            let own = self.playbooks.iter().find(|own| own.id == case.matter.playbook);
            let limit = own.and_then(|own| StageClock::of(case, own));
            let id = case.id.as_str();
            runs("limit", id, limit.as_ref().map(|limit| limit.due));
            runs("presses", id, limit.as_ref().and_then(|limit| limit.presses(at)));
            runs("rung", id, limit.as_ref().and_then(|limit| limit.due_next(at)));
            runs("again", id, case.rests().0);
            runs("leaves", id, case.rests().1);
        }
        for task in state.tasks.values() {
            runs("arrives", task.id.as_str(), task.limit());
            if let Delivery::Pending { next, .. } = task.delivery {
                runs("attempt", task.id.as_str(), Some(next));
            }
        }
        for notice in state.notices.values() {
            runs("told again", notice.id.as_str(), notice.next(&self.policy, at));
        }
        for (way, block) in &state.blocks {
            runs("block", way.as_str(), Some(block.until));
        }
        all
    }

    fn step(&mut self, by: Span, at: Moment) {
        let fact = Fact::Room(RoomFact::ClockStepped { by: by.ms() });
        self.ledger.fact(Stream::Room, at, Actor::Desk, fact);
    }
}

#[test]
fn every_clock_that_runs_has_as_long_to_run_after_a_step_as_before_and_nothing_is_due_by_it() {
    let before = Running::new();
    let clocks = before.clocks(now());
    for kind in [
        "alarm",
        "limit",
        "presses",
        "rung",
        "again",
        "leaves",
        "arrives",
        "attempt",
        "told again",
        "block",
    ] {
        let some = clocks.keys().any(|name| name.starts_with(kind));
        assert!(some, "nothing runs by {kind}: {:?}", clocks.keys());
    }
    assert_eq!(before.due(now()), [], "all is told");
    for by in steps() {
        let mut after = Running::new();
        after.step(by, now());
        assert_eq!(after.clocks(now() + by), clocks, "{by:?}");
        for passed in [0, 4, 21, 90, 60 * 30, 60 * 24 * 365] {
            let (then, now) = (now() + Span::mins(passed), now() + by + Span::mins(passed));
            assert_eq!(after.due(now), before.due(then), "told {passed} min after {by:?}");
            assert_eq!(
                after.late(now),
                before.late(then),
                "late {passed} min after {by:?}"
            );
            assert_eq!(
                after.over(now),
                before.over(then),
                "over {passed} min after {by:?}"
            );
        }
        after.step(Span::ZERO - by, now() + by);
        assert_eq!(after.clocks(now()), clocks, "and back by {by:?}");
    }
}

#[test]
fn a_step_that_is_taken_back_and_a_stage_that_is_left_after_a_clock_was_set_keep_their_limits() {
    let playbook = playbook::embedded().remove(0);
    let [first, second] = [0, 1].map(|nth| playbook.stages[nth].id.clone());
    for by in steps() {
        let mut ledger = Writer::default();
        let opened = CaseFact::Opened(Box::new(Matter {
            playbook: playbook.id.clone(),
            stage: first.clone(),
            detected: now(),
            ..Matter::default()
        }));
        ledger.case("F1", now(), opened);
        let due = |ledger: &Writer, at: Moment| {
            let case = ledger.state.cases.get("F1").expect("the case");
            StageClock::of(case, &playbook).map(|clock| clock.due - at)
        };
        let whole = due(&ledger, now());
        let moved = CaseFact::Moved {
            step: MoveId::new("put"),
            from: first.clone(),
            to: second.clone(),
            closes: false,
            verdict: None,
            given: Box::new(MoveInput::default()),
            again: None,
            extends: None,
            means: None,
        };
        ledger.case("F1", now(), moved);
        let fact = Fact::Room(RoomFact::ClockStepped { by: by.ms() });
        let later = due(&ledger, now());
        ledger.fact(Stream::Room, now(), Actor::Desk, fact);
        assert_eq!(due(&ledger, now() + by), later, "{by:?}");
        let back = CaseFact::Reverted {
            from: second.clone(),
            to: first.clone(),
        };
        ledger.case("F1", now() + by, back);
        assert_eq!(due(&ledger, now() + by), whole, "{by:?}");
        let task = TaskId::new("F1.1");
        ledger.case("F1", now() + by, CaseFact::Ordered { task });
        assert_eq!(due(&ledger, now() + by), whole, "{by:?}");
    }
}

#[test]
fn a_clock_that_was_set_is_said_on_every_screen_in_both_languages() {
    for (lang, key, _) in LANGS {
        let mut floor = Floor::new();
        let mut person = Person::new(Role::Operator, *lang, (120, 30));
        person.hears(&floor);
        let before = person.screen(&floor);
        let mut said = Vec::new();
        for by in [Span::hours(1), Span::secs(-17), Span::days(730)] {
            floor.desk.update(Event::Stepped(by));
            person.hears(&floor);
            let screen = person.screen(&floor);
            let new = screen.lines().find(|line| !before.contains(line.trim()));
            let banner = new.expect("a banner").trim().to_owned();
            for panel in "1234567890".chars() {
                person.keys(&panel.to_string(), &floor);
                assert!(person.screen(&floor).contains(&banner), "{panel}");
            }
            person.keys("1", &floor);
            said.push(banner);
        }
        insta::assert_snapshot!(format!("clock-set-{key}"), said.join("\n"));
        floor.desk.update(Event::Steady);
        person.hears(&floor);
        assert!(!person.screen(&floor).contains(said.last().expect("said")));
    }
}
