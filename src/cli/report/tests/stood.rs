//! Every report tells of its time alone: made before and after later facts were written, it is the same.

use crate::cli::exit::Exit;
use crate::cli::report::tests::{at, ran};
use crate::config::playbook::embedded;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::{CaseFact, Matter, MoveInput};
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::{Duty, NoteKind, ShiftFact};
use crate::domain::fact::task::{Order, TaskFact};
use crate::domain::id::{AlarmId, CaseId, OperatorId, ShiftId, TaskId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Actor;
use crate::domain::playbook::Playbook;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::report::{REPORTS, Report, ReportDocument};
use crate::store::{Ledger, OpenMode, Sqlite, Under};
use std::path::Path;

/// Within the time of every report asked for.
const THEN: &str = "2025-11-24T09:00:00+08:00";
/// After the end of each, the year's included.
const LATER: &str = "2026-01-05T10:00:00+08:00";
/// The shift that runs then.
const SHIFT: &str = "20251124-day";

/// What is to be written: when, of what, and what happened.
type Fresh = Vec<(&'static str, (Stream, Fact))>;

/// Writes all of it at once.
fn put(folder: &Path, fresh: Fresh) {
    let mut store = Sqlite::open(&folder.join("room.db"), OpenMode::ReadWrite).expect("a ledger");
    let state = store.state(None).expect("a state");
    let draft = |(when, (stream, fact)): (&str, (Stream, Fact))| Draft {
        expect: state.version(&stream),
        stream,
        at: at(when),
        by: Actor::Person(OperatorId::new("chen")),
        seat: None,
        fact,
    };
    let drafts: Vec<Draft> = fresh.into_iter().map(draft).collect();
    store.append(&drafts, Under::Anyone).expect("append");
}

fn alarm(id: &str, fact: AlarmFact) -> (Stream, Fact) {
    (Stream::Alarm(AlarmId::new(id)), Fact::Alarm(fact))
}

fn case(id: &str, fact: CaseFact) -> (Stream, Fact) {
    (Stream::Case(CaseId::new(id)), Fact::Case(fact))
}

fn task(id: &str, fact: TaskFact) -> (Stream, Fact) {
    (Stream::Task(TaskId::new(id)), Fact::Task(fact))
}

fn shift(fact: ShiftFact) -> (Stream, Fact) {
    (Stream::Shift(ShiftId::new(SHIFT)), Fact::Shift(fact))
}

fn raised(title: &str) -> AlarmFact {
    AlarmFact::raised(Cause {
        code: Clean::new("SYS-SRC"),
        severity: Severity::Red,
        title: Clean::new(title),
        began: at(THEN),
        ..Cause::default()
    })
}

/// A case that was found then, whenever it is written down.
fn opened(playbook: &Playbook) -> CaseFact {
    CaseFact::Opened(Box::new(Matter {
        playbook: playbook.id.clone(),
        stage: playbook.stages.first().expect("a stage").id.clone(),
        title: Clean::new("what it is about"),
        detected: at(THEN),
        ..Matter::default()
    }))
}

/// The first step of the loop that leads on.
fn moved(playbook: &Playbook) -> CaseFact {
    let first = playbook.stages.first().expect("a stage").id.clone();
    let step = playbook.moves_from(&first).find(|step| step.to.is_some());
    let step = step.expect("a step that leads on");
    let to = step.to.clone().expect("a stage that it leads to");
    CaseFact::Moved {
        step: step.id.clone(),
        from: first.clone(),
        closes: playbook.stage(&to).is_some_and(|stage| stage.closed),
        to,
        verdict: step.verdict.clone(),
        given: Box::new(MoveInput {
            comment: Clean::new("later words"),
            ..MoveInput::default()
        }),
        again: None,
        extends: None,
        means: None,
    }
}

fn order(id: &str) -> TaskFact {
    TaskFact::Ordered(Box::new(Order {
        case: CaseId::new(id),
        unit_name: Clean::new("the fire team"),
        text: Clean::new("go there"),
        deadline: Some(at("2027-12-31T09:00:00+08:00")),
        ..order_of_nobody()
    }))
}

fn order_of_nobody() -> Order {
    Order {
        case: CaseId::default(),
        unit: crate::domain::id::UnitId::default(),
        unit_name: Clean::default(),
        contact: Clean::default(),
        phone: Clean::default(),
        channel: crate::domain::id::ChannelId::default(),
        text: Clean::default(),
        deadline: None,
        ..Order::default()
    }
}

/// An open case of every loop with an order each, two alarms, a shift that was taken.
fn then() -> Fresh {
    let duty = Duty {
        turn: Clean::new("day"),
        operators: vec![OperatorId::new("chen")],
        leader: None,
        from: at("2025-11-24T08:00:00+08:00"),
        until: at("2025-11-24T20:00:00+08:00"),
    };
    let mut all = vec![(THEN, shift(ShiftFact::Opened(Box::new(duty))))];
    for id in ["SYS-SRC/a", "SYS-SRC/b"] {
        all.push((THEN, alarm(id, raised("lost"))));
    }
    for playbook in embedded() {
        let id = format!("{}20251124-0001", playbook.letter);
        all.push((THEN, case(&id, opened(&playbook))));
        all.push((THEN, task(&format!("{id}.1"), order(&id))));
        all.push((
            THEN,
            case(
                &id,
                CaseFact::Ordered {
                    task: TaskId::new(&format!("{id}.1")),
                },
            ),
        ));
    }
    all
}

/// Every kind of thing that a report could let in: what is over, seen, answered, issued, and what is new.
fn later() -> Fresh {
    let seen = AlarmFact::Acknowledged {
        comment: Clean::new("later words"),
        until: None,
    };
    let mut all = vec![
        (LATER, alarm("SYS-SRC/a", seen)),
        (LATER, alarm("SYS-SRC/b", AlarmFact::Returned)),
        (LATER, alarm("SYS-SRC/c", raised("later words"))),
    ];
    for playbook in embedded() {
        let id = format!("{}20251124-0001", playbook.letter);
        all.push((LATER, case(&id, moved(&playbook))));
        all.push((
            LATER,
            case(
                &id,
                CaseFact::Noted {
                    words: Clean::new("later words"),
                },
            ),
        ));
        let answer = TaskFact::Answered {
            kind: Clean::new("done"),
            text: Clean::new("later words"),
            at: None,
            photo: None,
        };
        all.push((LATER, task(&format!("{id}.1"), answer)));
        let id = format!("{}20260105-0002", playbook.letter);
        all.push((LATER, case(&id, opened(&playbook))));
        all.push((LATER, task(&format!("{id}.1"), order(&id))));
    }
    for report in REPORTS {
        let fact = RoomFact::Reported {
            kind: Clean::new(report.key),
            from: at("2025-11-22T17:00:00+08:00"),
            until: at("2025-11-23T17:00:00+08:00"),
            digest: Clean::new("00"),
            correction: 0,
        };
        all.push((LATER, (Stream::Room, Fact::Room(fact))));
    }
    let words = ShiftFact::Noted {
        kind: NoteKind::Instruction,
        words: Clean::new("later words"),
    };
    for fact in [words, ShiftFact::Prepared, ShiftFact::Read, ShiftFact::Closed] {
        all.push((LATER, shift(fact)));
    }
    all
}

#[test]
fn a_report_is_the_same_before_and_after_later_facts_were_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("room.db").display().to_string();
    put(folder.path(), then());
    let made = || -> Vec<String> {
        let of = |key: &str| {
            let (exit, out, err) = ran(&format!("{key} --date 2025-11-24"), &db);
            assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{key}");
            out
        };
        REPORTS.iter().map(|report| of(report.key)).collect()
    };
    let before = made();
    put(folder.path(), later());
    let changed: Vec<&str> = REPORTS
        .iter()
        .zip(before.iter().zip(made()))
        .filter(|(_, (before, after))| *before != after)
        .map(|(report, _)| report.key)
        .collect();
    assert_eq!(changed, Vec::<&str>::new());
    // What it tells of is there at all: the open cases and the alarms that nobody had seen then.
    let handover = REPORTS.iter().position(|report| report.key == "handover");
    let handover = handover.map_or("", |nth| before[nth].as_str());
    for word in ["U20251124-0001", "F20251124-0001", "| lost |"] {
        assert!(handover.contains(word), "{word} in {handover}");
    }
}

#[test]
fn the_hand_over_of_a_past_shift_lists_what_nobody_had_seen_when_it_was_signed() {
    const SIGNED: &str = "2025-11-24T19:55:00+08:00";
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("room.db").display().to_string();
    put(folder.path(), then());
    put(folder.path(), vec![(SIGNED, shift(ShiftFact::Closed))]);
    let others = |(_, (stream, _)): &(&str, (Stream, Fact))| !matches!(stream, Stream::Shift(_));
    put(folder.path(), later().into_iter().filter(others).collect());
    let line = format!("handover --shift {SHIFT}");
    let (exit, out, err) = ran(&line, &db);
    assert_eq!((exit, err.as_str()), (Exit::Good, ""));
    assert!(out.contains("period: 11-24 08:00 — 11-24 19:55"), "{out}");
    let unseen = out
        .split("## ")
        .find(|part| part.starts_with("Alarms nobody has seen"));
    assert_eq!(
        unseen.map(|part| part.matches("| lost |").count()),
        Some(2),
        "{out}"
    );
    assert!(!out.contains("later words"), "{out}");
    let (exit, issued, _) = ran(&format!("{line} --issue"), &db);
    assert_eq!(exit, Exit::Good, "a shift that was handed over is over");
    assert_eq!(ran(&line, &db).1, issued);
    let (exit, _, err) = ran("handover --shift nonsense", &db);
    assert!(
        exit == Exit::Usage && err.contains("--shift 20261123-night"),
        "{err}"
    );
}

/// Digest and number of every report of the ledger, by its key.
fn reported(db: &str) -> Vec<(String, String, u32)> {
    let store = Sqlite::open(Path::new(db), OpenMode::ReadOnly).expect("a ledger");
    let entries = store.entries(0, usize::MAX).expect("entries");
    let reports = entries.into_iter().filter_map(|entry| match entry.fact {
        Fact::Room(RoomFact::Reported {
            kind,
            digest,
            correction,
            ..
        }) => Some((kind.to_string(), digest.to_string(), correction)),
        Fact::Room(_) | Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) => {
            None
        }
    });
    reports.collect()
}

#[test]
fn every_report_is_issued_kept_word_for_word_with_its_digest_and_its_correction_is_numbered() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("room.db").display().to_string();
    put(folder.path(), then());
    let line = |report: &Report| format!("{} --date 2025-11-24", report.key);
    let issue = |report: &Report| {
        let (exit, out, err) = ran(&format!("{} --issue", line(report)), &db);
        assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{}", report.key);
        out
    };
    let issued: Vec<String> = REPORTS.iter().map(issue).collect();
    assert_eq!(issued.len(), 11);
    put(
        folder.path(),
        later()
            .into_iter()
            .filter(|row| row.1.0 != Stream::Room)
            .collect(),
    );
    for (report, issued) in REPORTS.iter().zip(&issued) {
        let (exit, shown, err) = ran(&line(report), &db);
        assert_eq!((exit, &shown), (Exit::Good, issued), "{}", report.key);
        assert!(err.contains("this is what was kept"), "{}: {err}", report.key);
    }
    for (report, issued) in REPORTS.iter().zip(&issued) {
        let corrected = issue(report);
        assert!(
            corrected.contains("correction 1 · in place of what was issued"),
            "{}: {corrected}",
            report.key
        );
        assert_ne!(corrected, *issued, "{}", report.key);
        assert_eq!(ran(&line(report), &db).1, corrected, "{}", report.key);
    }
    let store = Sqlite::open(Path::new(&db), OpenMode::ReadOnly).expect("a ledger");
    let all = reported(&db);
    assert_eq!(all.len(), 2 * REPORTS.len());
    for (nth, (kind, digest, correction)) in all.into_iter().enumerate() {
        let (round, report) = (nth / REPORTS.len(), &REPORTS[nth % REPORTS.len()]);
        assert_eq!((kind.as_str(), correction as usize), (report.key, round));
        let kept = store
            .filed(&digest)
            .expect("it can be read")
            .expect("it was kept");
        assert_eq!(ReportDocument::digest(&kept.text), digest, "{kind}");
        if round == 0 {
            assert_eq!(kept.text, issued[nth], "{kind}");
        }
    }
}
