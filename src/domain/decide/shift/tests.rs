use super::*;
use crate::domain::fact::shift::Blocker;
use crate::domain::id::{AlarmId, OperatorId, ShiftId};
use crate::domain::person::Actor;
use crate::domain::shift::Roster;
use crate::domain::time::{CHINA, Span};

fn at(minutes: i64) -> Moment {
    let morning = Moment::parse_rfc3339("2026-11-23T08:00:00+08:00").expect("a fixed text");
    morning + Span::mins(minutes)
}

fn person(id: &str, role: Role) -> Operator {
    Operator {
        id: OperatorId::new(id),
        role,
    }
}

fn duty() -> (ShiftId, Duty) {
    Roster::default().at(at(0), CHINA).expect("a day has shifts")
}

fn taken() -> Shift {
    let (id, duty) = duty();
    let by = Actor::Person(OperatorId::new("chen"));
    Shift::opened(id, duty, &by, at(0), 1)
}

/// Does it, or panics with the refusal.
fn done(shift: &mut Shift, wish: &Wish, by: &Operator, blockers: &[Obstacle]) {
    let facts = decide(shift, wish, by, blockers).expect("allowed");
    for fact in facts {
        let version = shift.version + 1;
        shift.apply(&fact, &Actor::Person(by.id.clone()), at(700), version);
    }
}

fn refused(shift: &Shift, wish: &Wish, by: &Operator, blockers: &[Obstacle]) -> Refusal {
    decide(shift, wish, by, blockers).expect_err("refused")
}

#[test]
fn a_hand_over_is_prepared_read_and_signed_by_two_people() {
    let (chen, wang) = (person("chen", Role::Operator), person("wang", Role::Operator));
    let mut shift = taken();
    assert_eq!(
        refused(&shift, &Wish::Sign(Side::Out), &chen, &[]),
        DutyRefusal::NotPrepared.into()
    );
    done(&mut shift, &Wish::Prepare, &chen, &[]);
    assert_eq!(
        refused(&shift, &Wish::Sign(Side::In), &wang, &[]),
        DutyRefusal::OutFirst.into()
    );
    done(&mut shift, &Wish::Sign(Side::Out), &chen, &[]);
    assert!(matches!(
        refused(&shift, &Wish::Sign(Side::In), &chen, &[]),
        Refusal::Duty(why) if matches!(*why, DutyRefusal::SameHand(_))
    ));
    assert_eq!(
        refused(&shift, &Wish::Sign(Side::In), &wang, &[]),
        DutyRefusal::NotRead.into()
    );
    done(&mut shift, &Wish::Read, &wang, &[]);
    done(&mut shift, &Wish::Sign(Side::In), &wang, &[]);
    assert_eq!(shift.closed, Some(at(700)));
    assert_eq!(shift.reading_time(), Some(Span::ZERO));
    assert!(matches!(
        refused(&shift, &Wish::Prepare, &chen, &[]),
        Refusal::Duty(why) if matches!(*why, DutyRefusal::HandedOver(_))
    ));
}

#[test]
fn what_stands_in_the_way_is_named_and_only_a_leader_lets_it_pass() {
    let (chen, leader) = (person("chen", Role::Operator), person("li", Role::Leader));
    let stood = |id: &str, minutes| Obstacle {
        what: Blocker::Alarm(AlarmId::new(id)),
        since: at(minutes),
    };
    let red = stood("camera/7", 600);
    let mut shift = taken();
    done(&mut shift, &Wish::Prepare, &chen, &[]);
    let blocked = refused(&shift, &Wish::Sign(Side::Out), &chen, std::slice::from_ref(&red));
    assert_eq!(blocked, DutyRefusal::Blocked(vec![red.what.clone()]).into());
    let pass = Wish::Override {
        reason: Clean::new("119 has it"),
    };
    assert_eq!(
        refused(&shift, &pass, &chen, std::slice::from_ref(&red)),
        Refusal::Role(Role::Operator)
    );
    let silent = Wish::Override {
        reason: Clean::default(),
    };
    assert_eq!(
        refused(&shift, &silent, &leader, std::slice::from_ref(&red)),
        Refusal::Needs(Need::Comment)
    );
    assert_eq!(
        refused(&shift, &pass, &leader, &[]),
        DutyRefusal::NothingToOverride.into()
    );
    done(&mut shift, &pass, &leader, std::slice::from_ref(&red));
    done(
        &mut shift,
        &Wish::Sign(Side::Out),
        &chen,
        std::slice::from_ref(&red),
    );
    let newer = [red, stood("camera/8", 600)];
    done(&mut shift, &Wish::Read, &leader, &newer);
    assert_eq!(
        refused(&shift, &Wish::Sign(Side::In), &leader, &newer),
        DutyRefusal::Blocked(vec![Blocker::Alarm(AlarmId::new("camera/8"))]).into()
    );
}

#[test]
fn a_shift_is_taken_once_and_not_hours_ahead() {
    let (_, due) = duty();
    assert_eq!(
        take(None, due.clone(), at(-31)),
        Err(DutyRefusal::Early(at(-30)).into())
    );
    assert!(matches!(
        take(None, due.clone(), at(-30)),
        Ok(ShiftFact::Opened(_))
    ));
    let shift = taken();
    assert_eq!(
        take(Some(&shift), due, at(5)),
        Err(DutyRefusal::Taken(shift.taken.clone()).into())
    );
}

#[test]
fn a_note_without_words_is_none() {
    let wish = Wish::Note {
        kind: NoteKind::Call,
        words: Clean::default(),
    };
    let refusal = refused(&taken(), &wish, &person("chen", Role::Operator), &[]);
    assert_eq!(refusal, Refusal::Needs(Need::Comment));
}
