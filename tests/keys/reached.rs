//! Whom a notice reaches: told anew when an order is sent anew and fails anew, when who stands for a role or sits in it
//! changes, and not told again where an older ledger has told it.

use super::floor::{Floor, Person, first, has, straw};
use lookout::config::playbook;
use lookout::desk::board::Room;
use lookout::desk::{Effect, Event};
use lookout::domain::case::clock::StageClock;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::directory::Enterprise;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::notice::{About, NoticeFact};
use lookout::domain::fact::task::{Order, TaskFact};
use lookout::domain::id::{ChannelId, EnterpriseId, OperatorId, TaskId, UnitId};
use lookout::domain::ledger::Stream;
use lookout::domain::notice::Notice;
use lookout::domain::person::{Actor, ROLES, Role};
use lookout::domain::task::outcome::Outcome;
use lookout::domain::text::Clean;
use lookout::domain::time::Span;
use lookout::lang::Lang;

/// The unit that stands for the leader, with a channel.
const DEPUTY: &str = "u-simen";

fn stands(room: &mut Room) {
    room.notices.to = vec![(Role::Leader, UnitId::new(DEPUTY))];
}

fn sends_by(way: &str) -> Fact {
    let way = ChannelId::new(way);
    Fact::Task(TaskFact::Routed { way })
}

fn waiting(floor: &Floor, role: Role) -> usize {
    floor.desk.board().state.waiting_count(role)
}

fn see_all(person: &mut Person, floor: &mut Floor) {
    for request in person.keys("E", floor) {
        floor.act(request);
    }
}

#[test]
fn an_order_that_a_person_sends_again_and_that_fails_again_is_told_again() {
    let mut floor = Floor::new();
    let case = floor.open(&straw());
    let task = TaskId::new("F20261127-0001.1");
    floor.order(&case, &task);
    floor.refuse(&task);
    floor.pass(Span::secs(1));
    let mut operator = Person::new(Role::Operator, Lang::Zh, (80, 24));
    assert!(operator.hears(&floor));
    see_all(&mut operator, &mut floor);
    assert_eq!(waiting(&floor, Role::Operator), 0);

    // By the next way of itself: the same sending, and nothing new to be told.
    floor.fact(Stream::Task(task.clone()), sends_by("hook"));
    floor.refuse(&task);
    floor.pass(Span::secs(1));
    assert_eq!(waiting(&floor, Role::Operator), 0);

    let person = || Actor::Person(OperatorId::new("operator"));
    floor.fact_by(person(), Stream::Task(task.clone()), sends_by("work-group"));
    floor.pass(Span::secs(1));
    assert_eq!(waiting(&floor, Role::Operator), 0, "it is on its way");
    floor.refuse(&task);
    floor.pass(Span::secs(1));
    assert_eq!(waiting(&floor, Role::Operator), 1, "it failed again");
    operator.hears(&floor);
    let screen = operator.screen(&floor);
    assert!(has(&screen, &["值守员须知", "请电话", "泗门镇"]), "{screen}");
    floor.pass(Span::mins(3));
    assert_eq!(waiting(&floor, Role::Leader), 1, "and then the leader's");
}

#[test]
fn what_the_one_who_stood_for_a_role_was_not_sent_is_the_operators_to_pass_on() {
    for (lang, passes_on) in [(Lang::Zh, "请转告带班"), (Lang::En, "pass on to shift leader")] {
        let mut floor = Floor::of(|room| {
            room.notices.seated = vec![Role::Operator];
            stands(room);
        });
        let mut operator = Person::new(Role::Operator, lang, (160, 40));
        floor.open(&straw());
        floor.pass(Span::mins(30));
        operator.hears(&floor);
        see_all(&mut operator, &mut floor);
        assert_eq!(waiting(&floor, Role::Operator), 0, "the leader's is to be sent");
        floor.furnish(|room| room.notices.to.clear());
        floor.pass(Span::secs(1));
        assert!(operator.hears(&floor));
        let screen = operator.screen(&floor);
        assert!(has(&screen, &[passes_on]), "{screen}");
        let log = floor.log(lang);
        assert!(log.iter().any(|line| line.contains(passes_on)), "{log:?}");
    }
}

#[test]
fn who_joins_for_a_role_is_told_what_is_still_outstanding_and_so_is_who_comes_after_them() {
    let mut floor = Floor::new();
    let case = floor.open(&straw());
    floor.pass(Span::mins(30));
    let way = |floor: &Floor| {
        let board = floor.desk.board();
        let mut own = board.state.notices_of(&Stream::Case(case.clone()));
        let notice = own
            .find(|notice| notice.telling.role == Role::Leader)
            .expect("a notice");
        let to = notice.telling.to.as_ref().map(|to| to.unit.to_string());
        let ways = [ChannelId::new("work-group")];
        let due = notice.way_due(&ways, &board.room.notices, floor.at).is_some();
        (to, due)
    };
    assert_eq!(way(&floor), (None, false));
    floor.furnish(stands);
    floor.pass(Span::secs(1));
    assert_eq!(
        way(&floor),
        (Some(DEPUTY.to_owned()), true),
        "who joined is sent it"
    );
    let log = floor.log(Lang::En);
    assert!(log.iter().any(|line| line.contains("now to reach")), "{log:?}");

    let leader = {
        let state = &floor.desk.board().state;
        let mut own = state.notices_of(&Stream::Case(case.clone()));
        let is_leaders = |notice: &&Notice| notice.telling.role == Role::Leader;
        own.find(is_leaders)
            .map(|notice| notice.id.clone())
            .expect("a notice")
    };
    let (channel, receipt) = (ChannelId::new("work-group"), Clean::new("ok"));
    let sent = Fact::Notice(NoticeFact::Sent { channel, receipt });
    floor.fact(Stream::Notice(leader), sent);
    assert!(!way(&floor).1, "it was taken");
    floor.furnish(|room| room.notices.to = vec![(Role::Leader, UnitId::new("u-mazhu"))]);
    floor.pass(Span::secs(1));
    assert_eq!(way(&floor), (Some("u-mazhu".to_owned()), true), "another person");
}

/// Each role in turn loses the last person that sat in it.
#[test]
fn what_waits_for_a_role_that_nobody_sits_in_any_more_still_reaches_somebody() {
    for (role, _) in ROLES.iter().filter(|row| row.0 != Role::Operator) {
        let mut floor = Floor::of(|room| {
            for own in room.playbooks.iter_mut().filter(|own| own.id == straw().id) {
                own.stages[0].tells = vec![*role];
            }
        });
        floor.open(&straw());
        floor.pass(Span::secs(1));
        assert_eq!(
            (waiting(&floor, *role), waiting(&floor, Role::Operator)),
            (1, 0),
            "{role:?}"
        );
        floor.furnish(|room| room.notices.seated.retain(|seated| seated != role));
        floor.pass(Span::secs(1));
        assert_eq!(waiting(&floor, Role::Operator), 1, "{role:?}");
        floor.furnish(|room| room.notices.seated.push(*role));
        floor.pass(Span::secs(1));
        assert_eq!(
            (waiting(&floor, *role), waiting(&floor, Role::Operator)),
            (1, 0),
            "{role:?}"
        );
    }
}

/// A ledger of an earlier version wrote each rung of a ladder as a lateness: over every rung of every stage of every loop.
#[test]
fn a_rung_that_an_older_ledger_has_told_is_not_told_again_and_the_next_ones_are() {
    let mut count = 0;
    for playbook in playbook::embedded() {
        for stage in playbook.stages.iter().filter(|stage| !stage.closed) {
            let Some(limit) = &stage.limit else { continue };
            for told in limit.escalate.iter().filter(|rung| rung.after > Span::ZERO) {
                let mut floor = Floor::new();
                let case = floor.open(&playbook);
                if stage.id != first(&playbook) {
                    floor.enter(&case, &stage.id, false);
                }
                let found = &floor.desk.board().state.cases[&case];
                let clock = StageClock::of(found, &playbook).expect("the stage has a limit");
                let (due, stage) = (clock.due + told.after, stage.id.clone());
                floor.at = due;
                let late = CaseFact::Late {
                    stage: stage.clone(),
                    due,
                };
                floor.fact(Stream::Case(case.clone()), Fact::Case(late));
                let last = limit.escalate.iter().map(|rung| rung.after).max();
                floor.pass(last.unwrap_or_default());
                let state = &floor.desk.board().state;
                let here = format!("{} {stage} after {:?}", playbook.id, told.after);
                let now = &state.cases[&case];
                if now.state.stage != stage {
                    continue;
                }
                let lates = now
                    .timeline
                    .iter()
                    .filter(|line| matches!(line.fact, CaseFact::Late { .. }));
                assert_eq!(lates.count(), 1, "{here}");
                let own = state.notices_of(&Stream::Case(case.clone()));
                let late = |notice: &&Notice| matches!(notice.telling.about, About::Late { .. });
                let mut roles: Vec<Role> = own.filter(late).map(|notice| notice.telling.role).collect();
                let rungs = limit.escalate.iter().filter(|rung| rung.after > told.after);
                let mut rungs: Vec<Role> = rungs.map(|rung| rung.role).collect();
                roles.sort();
                rungs.sort();
                assert_eq!(roles, rungs, "{here}");
                assert!(rungs.iter().all(|role| waiting(&floor, *role) > 0), "{here}");
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count} rungs");
}

#[test]
fn an_order_that_is_overdue_and_has_not_failed_rings_at_once() {
    for overdue in [false, true] {
        let mut floor = Floor::new();
        let case = floor.open(&straw());
        let order = Order {
            case: case.clone(),
            unit_name: Clean::new("泗门镇"),
            channel: ChannelId::new("work-group"),
            deadline: Some(floor.at + if overdue { Span::mins(1) } else { Span::hours(9) }),
            ..Order::default()
        };
        let task = Stream::Task(TaskId::new("F20261127-0001.1"));
        floor.fact(task, Fact::Task(TaskFact::Ordered(Box::new(order))));
        floor.pass(Span::secs(50));
        let mut operator = Person::new(Role::Operator, Lang::Zh, (160, 40));
        operator.hears(&floor);
        see_all(&mut operator, &mut floor);
        floor.pass(Span::secs(10));
        assert_eq!(floor.desk.board().state.failing().count(), 0);
        assert_eq!(operator.hears(&floor), overdue);
        assert_eq!(has(&operator.screen(&floor), &["泗门镇", "请电话"]), overdue);
    }
}

#[test]
fn what_is_said_seen_and_is_gone_by_then_is_refused_alone_and_passed_over_among_others() {
    for others in [false, true] {
        let mut floor = Floor::new();
        let mut leader = Person::new(Role::Leader, Lang::Zh, (80, 24));
        let alarm = floor.alarm("AIR-AQI");
        if others {
            floor.alarm("WATER-CLASS");
        }
        floor.pass(Span::mins(3));
        let acts = leader.keys("E", &floor);
        let [request] = &acts[..] else { panic!("{acts:?}") };
        let seen = AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        };
        for fact in [seen, AlarmFact::Returned] {
            floor.fact(alarm.clone(), Fact::Alarm(fact));
        }
        assert_eq!(
            floor.desk.board().state.notices_of(&alarm).count(),
            0,
            "it is gone"
        );
        let effects = floor.desk.update(Event::Request(Box::new(request.clone())));
        let refused =
            matches!(&effects[..], [Effect::Reply(reply)] if matches!(reply.answer, Err(Refusal::Gone(_))));
        assert_eq!(refused, !others, "{effects:?}");
        floor.take(effects);
        assert_eq!(waiting(&floor, Role::Leader), 0);
    }
}

#[test]
fn an_order_to_an_enterprise_turns_to_its_next_way_where_one_refuses_it() {
    let ways = ["robot", "hook"].map(ChannelId::new);
    let mut floor = Floor::of(|room| {
        let mill = Enterprise {
            id: EnterpriseId::new("mill"),
            channels: ways.to_vec(),
            ..Enterprise::default()
        };
        room.directory.enterprises = vec![mill].into();
    });
    let case = floor.open(&straw());
    let task = TaskId::new("F20261127-0001.1");
    let order = Order {
        case,
        unit: UnitId::new("mill"),
        channel: ways[0].clone(),
        ..Order::default()
    };
    let stream = Stream::Task(task.clone());
    floor.fact(stream, Fact::Task(TaskFact::Ordered(Box::new(order))));
    for way in &ways {
        assert_eq!(floor.desk.board().state.tasks[&task].way, *way);
        let effects = floor.desk.update(Event::Sent {
            task: task.clone(),
            way: way.clone(),
            outcome: Outcome::Refused(Clean::new("404")),
            at: floor.at,
        });
        floor.take(effects);
    }
    let last = &floor.desk.board().state.tasks[&task];
    assert_eq!((last.way.as_str(), last.needs_person()), ("hook", true));
}
