use super::*;
use crate::config::playbook::embedded;
use crate::domain::fact::alarm::Cause;
use crate::domain::fact::case::Matter;
use crate::domain::fact::shift::{Duty, ShiftFact};
use crate::domain::fact::task::Order;
use crate::domain::id::{AlarmId, CaseId, ChannelId, ShiftId, TaskId, UnitId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::report::Block;
use crate::report::hand::{Hand, at};

fn handover(hand: Hand, now: &str) -> ReportDocument {
    make(&hand.books((Rhythm::Day, 23), now), Lang::Zh)
}

fn order(hand: &mut Hand, (id, unit): (&str, &str), deadline: &str) {
    let task = TaskId::new(&format!("{id}.{unit}"));
    let order = Order {
        case: CaseId::new(id),
        unit: UnitId::new(unit),
        unit_name: Clean::new(unit),
        channel: ChannelId::new("call"),
        text: Clean::new("到场处置"),
        deadline: Some(at(deadline)),
        ..Order::default()
    };
    let ordered = Fact::Task(TaskFact::Ordered(Box::new(order)));
    hand.write(Stream::Task(task.clone()), ordered, "23 09:00");
    hand.tell(id, CaseFact::Ordered { task }, "23 09:00");
}

fn answer(hand: &mut Hand, task: &str, kind: &str) {
    let fact = Fact::Task(TaskFact::Answered {
        kind: Clean::new(kind),
        text: Clean::default(),
        at: None,
        photo: None,
    });
    hand.write(Stream::Task(TaskId::new(task)), fact, "23 09:30");
}

#[test]
fn every_open_stage_of_every_loop_is_told_by_its_own_words_and_never_by_a_step() {
    for playbook in embedded() {
        for stage in playbook.stages.iter().filter(|stage| !stage.closed) {
            let mut hand = Hand::new();
            let matter = Matter {
                playbook: playbook.id.clone(),
                stage: stage.id.clone(),
                title: Clean::new("事由"),
                detected: at("23 09:00"),
                ..Matter::default()
            };
            hand.tell("X1", CaseFact::Opened(Box::new(matter)), "23 09:00");
            let paper = handover(hand, "23 10:00");
            let cells = paper.row("X1").map(|row| row.cells.clone()).unwrap_or_default();
            let of = format!("{} {}: {cells:?}", playbook.id, stage.id);
            assert_eq!(
                cells.get(2).map(String::as_str),
                Some(stage.words.zh.as_str()),
                "{of}"
            );
            for awaited in &stage.checklist {
                assert!(
                    cells.iter().any(|cell| cell.contains(awaited.zh.as_str())),
                    "{of}"
                );
            }
            if let Some(limit) = &stage.limit {
                let text = limit.provenance.text.zh.as_str();
                assert!(cells.last().is_some_and(|due| due.contains(text)), "{of}");
            }
            for step in playbook.moves_from(&stage.id) {
                let said = cells.iter().skip(3).any(|cell| cell == step.words.zh.as_str());
                assert!(!said, "{} in {of}", step.words.zh);
            }
            assert!(cells.get(3).is_some_and(|holder| !holder.is_empty()), "{of}");
        }
    }
}

#[test]
fn a_matter_is_held_by_the_unit_that_has_not_answered_and_else_by_the_room() {
    let mut hand = Hand::new();
    for id in ["F1", "F2"] {
        hand.open(id, "straw-fire", ("23 08:50", Matter::default()));
        order(&mut hand, (id, "泗门镇"), "23 09:30");
    }
    answer(&mut hand, "F2.泗门镇", "done");
    let paper = handover(hand, "23 10:00");
    let holder = |id: &str| paper.row(id).map(|row| row.cells[3].clone());
    assert_eq!(holder("F1").as_deref(), Some("泗门镇"));
    assert_eq!(holder("F2").as_deref(), Some("值班室"));
}

#[test]
fn an_order_is_a_promise_until_it_is_done_also_when_it_is_late() {
    let mut hand = Hand::new();
    hand.open("F1", "straw-fire", ("23 08:50", Matter::default()));
    for unit in ["late", "ahead", "done", "returned", "withdrawn", "there"] {
        order(
            &mut hand,
            ("F1", unit),
            if unit == "late" { "23 09:10" } else { "23 12:00" },
        );
    }
    answer(&mut hand, "F1.done", "done");
    answer(&mut hand, "F1.returned", "returned");
    answer(&mut hand, "F1.there", "on_scene");
    let withdrawn = Fact::Task(TaskFact::Withdrawn);
    hand.write(Stream::Task(TaskId::new("F1.withdrawn")), withdrawn, "23 09:31");
    let paper = handover(hand, "23 10:00");
    let promised = |block: &Block| match block {
        Block::Table(table) if table.title == Rep::Promises.text(Lang::Zh) => Some(
            table
                .rows
                .iter()
                .map(|row| row.cells[0].clone())
                .collect::<Vec<_>>(),
        ),
        Block::Table(_) | Block::Words(_) => None,
    };
    let promised = paper.blocks.iter().find_map(promised);
    assert_eq!(promised.unwrap_or_default(), ["ahead", "late", "there"]);
}

#[test]
fn who_took_a_shift_is_on_duty_where_the_roster_names_nobody() {
    let mut hand = Hand::new();
    let duty = Duty {
        turn: Clean::new("day"),
        operators: Vec::new(),
        leader: None,
        from: at("23 08:00"),
        until: at("23 20:00"),
    };
    let taken = Fact::Shift(ShiftFact::Opened(Box::new(duty)));
    hand.write_by(
        "chen",
        Stream::Shift(ShiftId::new("20261123-day")),
        taken,
        "23 08:00",
    );
    let text = handover(hand, "23 10:00").markdown();
    assert!(text.contains("值班: chen · "), "{text}");
}

#[test]
fn every_line_of_the_log_says_what_it_is_about() {
    let mut hand = Hand::new();
    let cause = Cause {
        title: Clean::new("fire"),
        began: at("23 09:00"),
        ..Cause::default()
    };
    let stream = Stream::Alarm(AlarmId::new("cameras/7"));
    let raised = Fact::Alarm(AlarmFact::raised(cause));
    hand.write(stream.clone(), raised, "23 09:00");
    hand.write(stream, Fact::Alarm(AlarmFact::Returned), "23 09:30");
    let text = log(&hand.books((Rhythm::Day, 23), "23 10:00"), Lang::Zh).markdown();
    assert!(text.contains("| 告警恢复 | cameras/7 |"), "{text}");
}
