//! What a loop keeps to some roles is in no report of any other, whatever the duty recorded about it.

use crate::bench::check::tests::Given as World;
use crate::cli::report::tests::at;
use crate::cli::{Io, parse, run};
use crate::config::playbook::embedded;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::fact::shift::{Blocker, Duty, ShiftFact, Side};
use crate::domain::id::{AlarmId, CaseId, OperatorId, PlaybookId, ShiftId, StageId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::{Actor, ROLES, Role};
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::lang::Lang;
use crate::report::REPORTS;
use crate::store::{Ledger, OpenMode, Sqlite, Under};
use std::path::Path;

/// In every text of the suspicion and of what was said of it.
const SECRET: &str = "SECRET";

fn facts() -> Vec<(Stream, Fact)> {
    let alarm = AlarmId::new("SRC-FAKE/SECRET-7");
    let case = CaseId::new("Z20251124-0001");
    let shift = Stream::Shift(ShiftId::new("20251124-day"));
    let cause = Cause {
        code: Clean::new("SRC-FAKE"),
        severity: Severity::Red,
        title: Clean::new(SECRET),
        began: at("2025-11-24T09:00:00+08:00"),
        ..Cause::default()
    };
    let matter = Matter {
        playbook: PlaybookId::new("falsification"),
        stage: StageId::new("suspected"),
        title: Clean::new(SECRET),
        alarm: Some(alarm.clone()),
        detected: at("2025-11-24T09:00:00+08:00"),
        ..Matter::default()
    };
    let duty = Duty {
        turn: Clean::new("day"),
        operators: Vec::new(),
        leader: None,
        from: at("2025-11-24T08:00:00+08:00"),
        until: at("2025-11-24T20:00:00+08:00"),
    };
    let blockers = vec![Blocker::Alarm(alarm.clone())];
    let pass = ShiftFact::Overridden {
        blockers: blockers.clone(),
        reason: Clean::new(SECRET),
    };
    let signed = ShiftFact::Signed {
        side: Side::Out,
        despite: blockers,
    };
    let words = Clean::new(SECRET);
    vec![
        (shift.clone(), Fact::Shift(ShiftFact::Opened(Box::new(duty)))),
        (Stream::Alarm(alarm), Fact::Alarm(AlarmFact::raised(cause))),
        (
            Stream::Case(case.clone()),
            Fact::Case(CaseFact::Opened(Box::new(matter))),
        ),
        (Stream::Case(case), Fact::Case(CaseFact::Noted { words })),
        (shift.clone(), Fact::Shift(pass)),
        (shift.clone(), Fact::Shift(ShiftFact::Prepared)),
        (shift, Fact::Shift(signed)),
    ]
}

fn ledger(folder: &Path) -> String {
    let path = folder.join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a ledger");
    let draft = |(stream, fact)| Draft {
        stream,
        expect: 0,
        at: at("2025-11-24T09:00:00+08:00"),
        by: Actor::Person(OperatorId::new("leader")),
        seat: None,
        fact,
    };
    let drafts: Vec<Draft> = facts().into_iter().map(draft).collect();
    store.append(&drafts, Under::Anyone).expect("append");
    path.display().to_string()
}

/// A room with a person of every role, named by it.
fn said(line: &str, (db, who): (&str, &'static str)) -> String {
    let people = ROLES
        .iter()
        .map(|(_, key)| format!("[[operator]]\nid = \"{key}\"\nrole = \"{key}\"\n"));
    let room = format!("[room]\nname = \"余姚\"\n{}", people.collect::<String>());
    let world = World {
        variables: vec![("LOOKOUT_OPERATOR", who)],
        files: vec![("room.toml", Box::leak(room.into_boxed_str()))],
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut stage = Io {
        lang: Lang::En,
        out: &mut out,
        err: &mut err,
        outside: &world,
    };
    let line = format!("lookout {line} --config room.toml --lang en --db {db}");
    run(
        parse(line.split_whitespace().map(Into::into).collect(), &mut stage),
        &mut stage,
    );
    String::from_utf8([out, err].concat()).expect("text")
}

#[test]
fn a_restricted_matter_is_in_no_paper_of_who_may_not_see_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let loops = embedded();
    let kept = loops.iter().find(|own| own.id.as_str() == "falsification");
    let kept = kept.expect("a restricted loop");
    let mut told = 0;
    let people = ROLES.iter().copied().chain([(Role::Viewer, "stranger")]);
    for (role, who) in people {
        for report in REPORTS {
            for form in ["", "--csv"] {
                let line = format!("report {} --date 2025-11-24 {form}", report.key);
                let out = said(&line, (&db, who));
                let names = [SECRET, "SRC-FAKE", "Z20251124"]
                    .iter()
                    .any(|word| out.contains(word));
                assert!(!names || kept.is_seen_by(role), "{who}: {line}\n{out}");
                told += usize::from(names);
            }
        }
    }
    assert!(told > 0, "whoever may see it is told of it");
}
