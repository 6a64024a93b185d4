//! Key stories of notices: what waits for a role is said at its consoles until a person of it has seen that.

use super::floor::{Floor, Person, first, has, straw};
use lookout::config::playbook;
use lookout::desk::{Effect, Event};
use lookout::domain::alarm::AlarmState;
use lookout::domain::case::clock::StageClock;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::notice::About;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::TaskId;
use lookout::domain::ledger::Stream;
use lookout::domain::notice::Notice;
use lookout::domain::person::{ROLES, Role};
use lookout::domain::playbook::Playbook;
use lookout::domain::text::Clean;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};

#[test]
fn a_late_fire_reaches_the_leaders_console_and_the_operator_reads_who_has_seen_it() {
    for (lang, banner, unseen, seen) in [
        (
            Lang::Zh,
            ["带班须知：F20261127-0001", "马渚镇 秸秆焚烧", "超时"],
            ["带班须知", "未看"],
            ["带班须知", "leader", "已看"],
        ),
        (
            Lang::En,
            ["to shift leader: F20261127-0001", "马渚镇 秸秆焚烧", "late 2"],
            ["to shift leader", "not seen"],
            ["to shift leader", "late 2", "seen by leader"],
        ),
    ] {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        let mut operator = Person::new(Role::Operator, lang, (200, 57));
        floor.open(&straw());
        floor.pass(Span::mins(1));
        leader.hears(&floor);
        assert!(
            !has(&leader.screen(&floor), &banner[..1]),
            "{}",
            leader.screen(&floor)
        );
        floor.pass(Span::mins(30));
        assert!(leader.hears(&floor), "the bell rings for the leader");
        let screen = leader.screen(&floor);
        assert!(has(&screen, &banner), "{screen}");
        assert!(!leader.hears(&floor), "once a telling");

        // The operator has a notice of their own; the card says how it stands with the leader's.
        operator.hears(&floor);
        operator.keys("5j\r", &floor);
        let card = operator.screen(&floor);
        assert!(has(&card, &unseen), "{card}");

        let acts = leader.keys("e", &floor);
        let [request] = &acts[..] else { panic!("{acts:?}") };
        assert!(
            leader.screen(&floor).contains("F20261127-0001"),
            "the matter is shown"
        );
        floor.act(request.clone());
        leader.hears(&floor);
        let screen = leader.screen(&floor);
        assert!(!has(&screen, &banner[..1]), "{screen}");
        operator.hears(&floor);
        let card = operator.screen(&floor);
        assert!(has(&card, &seen), "{card}");
        let refused = floor.desk.update(Event::Request(Box::new(request.clone())));
        assert!(
            matches!(&refused[..], [Effect::Reply(reply)] if reply.answer.is_err()),
            "it is seen once: {refused:?}"
        );
    }
}

#[test]
fn a_notice_rings_again_until_it_is_seen_and_no_more_often_than_the_room_says() {
    let mut floor = Floor::new();
    let mut leader = Person::new(Role::Leader, Lang::Zh, (80, 24));
    floor.open(&straw());
    floor.pass(Span::mins(30));
    let policy = floor.desk.board().room.notices.clone();
    let mut rings = 0;
    for _ in 0..120 {
        rings += u32::from(leader.hears(&floor));
        floor.pass(Span::mins(1));
    }
    assert_eq!(rings, 1 + policy.most);
    assert!(leader.screen(&floor).contains("带班须知"), "the banner stays");
}

#[test]
fn each_rung_of_each_stage_of_each_loop_is_one_notice_to_its_role_and_ends_when_the_matter_moves_on() {
    let (mut count, mut loops) = (0, 0);
    for playbook in playbook::embedded() {
        loops += 1;
        for stage in playbook.stages.iter().filter(|stage| !stage.closed) {
            let Some(limit) = &stage.limit else { continue };
            let mut floor = Floor::new();
            let case = floor.open(&playbook);
            if stage.id != first(&playbook) {
                floor.enter(&case, &stage.id, false);
            }
            let found = &floor.desk.board().state.cases[&case];
            let clock = StageClock::of(found, &playbook).expect("the stage has a limit");
            let wait = clock.due - floor.at;
            floor.pass(wait);
            let last = limit.escalate.iter().map(|rung| rung.after).max();
            floor.pass(last.unwrap_or_default());
            if floor.desk.board().state.cases[&case].state.stage != stage.id {
                // The desk itself has led it on: nobody need be told.
                continue;
            }
            let here = format!("{} {}", playbook.id, stage.id);
            let state = &floor.desk.board().state;
            let told = state.notices_of(&Stream::Case(case.clone()));
            let late = told.filter(
                |notice| matches!(&notice.telling.about, About::Late { stage: own, .. } if own == &stage.id),
            );
            let mut roles: Vec<Role> = late.map(|notice| notice.telling.role).collect();
            let mut rungs: Vec<Role> = limit.escalate.iter().map(|rung| rung.role).collect();
            roles.sort();
            rungs.sort();
            assert_eq!(roles, rungs, "{here}");
            count += rungs.len();
            let closed = playbook
                .stages
                .iter()
                .find(|other| other.closed)
                .expect("a last stage");
            floor.enter(&case, &closed.id.clone(), true);
            for (role, _) in ROLES {
                let board = floor.board();
                assert_eq!(board.state.waiting_count(*role), 0, "{here}");
            }
        }
    }
    assert_eq!(loops, 21);
    assert!(count > 150, "{count} rungs");
}

#[test]
fn a_red_alarm_that_nobody_acknowledges_is_told_to_the_leader_until_somebody_does() {
    for (lang, words) in [
        (Lang::Zh, ["带班须知", "红色告警", "无人确认"]),
        (Lang::En, ["to shift leader", "red alarm", "unacknowledged"]),
    ] {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        let alarm = floor.alarm("AIR-AQI");
        floor.pass(Span::mins(2));
        assert!(!has(&leader.screen(&floor), &words[..1]));
        floor.pass(Span::mins(1));
        assert!(leader.hears(&floor));
        assert!(has(&leader.screen(&floor), &words), "{}", leader.screen(&floor));
        let seen = AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        };
        floor.fact(alarm, Fact::Alarm(seen));
        assert_eq!(floor.desk.board().state.count(AlarmState::Acknowledged), 1);
        assert!(
            !has(&leader.screen(&floor), &words[..1]),
            "what is settled ends it"
        );
    }
}

#[test]
fn an_order_that_does_not_arrive_is_the_operators_and_then_the_leaders() {
    let mut floor = Floor::new();
    let case = floor.open(&straw());
    let task = TaskId::new("F20261127-0001.1");
    floor.order(&case, &task);
    let undelivered = |floor: &Floor| {
        let state = &floor.desk.board().state;
        let told = state.notices_of(&Stream::Task(task.clone()));
        let mut roles: Vec<Role> = told.map(|notice| notice.telling.role).collect();
        roles.sort();
        roles
    };
    floor.pass(Span::secs(10));
    assert_eq!(undelivered(&floor), []);
    floor.refuse(&task);
    floor.pass(Span::secs(1));
    assert_eq!(undelivered(&floor), [Role::Operator]);
    let mut operator = Person::new(Role::Operator, Lang::Zh, (80, 24));
    assert!(operator.hears(&floor));
    let screen = operator.screen(&floor);
    assert!(has(&screen, &["值守员须知", "请电话", "泗门镇"]), "{screen}");
    floor.pass(Span::mins(3));
    assert_eq!(undelivered(&floor), [Role::Operator, Role::Leader]);
    let called = TaskFact::Delivered {
        receipt: Clean::new("电话"),
    };
    floor.fact(Stream::Task(task.clone()), Fact::Task(called));
    let screen = operator.screen(&floor);
    assert!(!screen.contains("请电话"), "{screen}");
}

#[test]
fn an_emergency_is_told_to_the_leader_at_once_and_a_role_that_nobody_sits_in_is_passed_on() {
    let mut floor = Floor::new();
    let mut all = playbook::embedded().into_iter();
    let emergency = all
        .find(|own| own.id.as_str() == "emergency")
        .expect("it is there");
    floor.open(&emergency);
    floor.pass(Span::secs(1));
    assert_eq!(floor.told(), [(Role::Leader, false)]);

    for (lang, words) in [(Lang::Zh, "请转告带班"), (Lang::En, "pass on to shift leader")] {
        let mut floor = Floor::of(|room| room.notices.seated = vec![Role::Operator]);
        floor.open(&emergency);
        floor.pass(Span::secs(1));
        let mut operator = Person::new(Role::Operator, lang, (80, 24));
        assert!(operator.hears(&floor));
        assert!(
            operator.screen(&floor).contains(words),
            "{}",
            operator.screen(&floor)
        );
    }
}

#[test]
fn all_that_waits_is_said_seen_by_one_key_and_with_nothing_there_that_is_said() {
    for (lang, _, _) in LANGS.iter().copied() {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, lang, (80, 24));
        assert_eq!(leader.keys("E", &floor), []);
        for loops in ["straw-fire", "intrusion"] {
            let mut all = playbook::embedded().into_iter();
            floor.open(&all.find(|own| own.id.as_str() == loops).expect("it is there"));
        }
        floor.pass(Span::hours(2));
        let acts = leader.keys("E", &floor);
        floor.act(acts[0].clone());
        let waits: Vec<_> = floor
            .told()
            .into_iter()
            .filter(|told| *told == (Role::Leader, false))
            .collect();
        assert_eq!(waits, []);
        assert!(
            floor.told().contains(&(Role::Operator, false)),
            "the operators' are theirs"
        );
    }
}

/// Whoever is told of it, sits in the room or stands for a role elsewhere: it is told to those alone who may know of it.
#[test]
fn what_a_loop_keeps_to_some_roles_is_told_to_none_of_the_others_and_still_to_somebody() {
    let kept = playbook::embedded();
    let kept: Vec<&Playbook> = kept.iter().filter(|own| !own.sees.is_empty()).collect();
    assert!(!kept.is_empty());
    let all = || ROLES.iter().map(|row| row.0);
    for playbook in kept {
        for seated in [all().collect(), vec![Role::Operator], Vec::new()] {
            for role in all() {
                let mut floor = Floor::of(|room| {
                    room.notices.seated.clone_from(&seated);
                    room.notices.red_to = role;
                    for own in room.playbooks.iter_mut().filter(|own| own.id == playbook.id) {
                        own.stages[0].tells = vec![role];
                    }
                });
                let case = floor.open(playbook);
                let task = TaskId::new(&format!("{case}.1"));
                floor.order(&case, &task);
                floor.refuse(&task);
                let code = playbook.opens_on_alarm.first().expect("it opens on an alarm");
                let alarm = floor.alarm(code.as_str());
                for _ in 0..40 {
                    floor.pass(Span::mins(15));
                }
                let state = &floor.desk.board().state;
                let here = format!("{} {role:?} of {seated:?}", playbook.id);
                for notice in state.notices.values() {
                    let others = all().filter(|other| !playbook.is_seen_by(*other));
                    let told: Vec<Role> = others.filter(|other| notice.is_for(*other)).collect();
                    assert_eq!(told, [], "{here}: {}", notice.id);
                }
                for of in [Stream::Case(case), Stream::Task(task), alarm] {
                    let leader = |notice: &Notice| notice.is_for(Role::Leader);
                    let told: Vec<&Notice> = state.notices_of(&of).collect();
                    let sits = |notice: &&Notice| seated.iter().any(|role| notice.is_for(*role));
                    let is_told = told.iter().copied().any(leader) || told.iter().any(sits);
                    assert!(is_told, "{here}: {of}: {told:?}");
                }
            }
        }
    }
}
