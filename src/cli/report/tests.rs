mod anchored;
mod issued;
mod sight;
mod stood;

use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;
use crate::cli::{Io, parse, run};
use crate::domain::fact::Fact;
use crate::domain::fact::case::{CaseFact, Matter, MoveInput as With};
use crate::domain::fact::room::RoomFact;
use crate::domain::id::{CaseId, PlaybookId, StageId};
use crate::domain::ledger::{Draft, Stream};
use crate::domain::person::Actor;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::lang::Lang;
use crate::store::{Ledger, OpenMode, Sqlite, Under};
use std::path::Path;

fn at(text: &str) -> Moment {
    Moment::parse_rfc3339(text).expect("a fixed text")
}

fn put(store: &mut Sqlite, id: &str, order: (u32, &str), fact: CaseFact) {
    write(store, Stream::Case(CaseId::new(id)), order, Fact::Case(fact));
}

fn write(store: &mut Sqlite, stream: Stream, (nth, when): (u32, &str), fact: Fact) {
    let draft = Draft {
        stream,
        expect: nth,
        at: at(when),
        by: Actor::Desk,
        seat: None,
        fact,
    };
    store.append(&[draft], Under::Anyone).expect("append");
}

fn opened(when: &str) -> CaseFact {
    CaseFact::Opened(Box::new(Matter {
        playbook: PlaybookId::new("straw-fire"),
        stage: StageId::new("found"),
        title: Clean::new("smoke"),
        detected: at(when),
        ..Matter::default()
    }))
}

fn moved(step: &str, to: &str, verdict: Option<&str>) -> CaseFact {
    CaseFact::Moved {
        step: crate::domain::id::MoveId::new(step),
        from: StageId::new("found"),
        to: StageId::new(to),
        closes: to == "false_alarm",
        verdict: verdict.map(Clean::new),
        given: Box::new(With::default()),
        again: None,
        extends: None,
        means: None,
    }
}

fn day(clock: &str) -> String {
    format!("2026-11-23T{clock}:00+08:00")
}

/// Three fires of one day, the second false, the third in the evening after closing time.
fn ledger(folder: &Path) -> String {
    let path = folder.join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a ledger");
    put(
        &mut store,
        "F20261123-0001",
        (0, &day("09:00")),
        opened(&day("09:00")),
    );
    put(
        &mut store,
        "F20261123-0001",
        (1, &day("09:02")),
        moved("verify", "verified", Some("true")),
    );
    put(
        &mut store,
        "F20261123-0001",
        (2, &day("09:12")),
        moved("arrive", "on_scene", None),
    );
    put(
        &mut store,
        "F20261123-0001",
        (3, &day("09:44")),
        moved("extinguish", "out", None),
    );
    put(
        &mut store,
        "F20261123-0002",
        (0, &day("10:00")),
        opened(&day("10:00")),
    );
    put(
        &mut store,
        "F20261123-0002",
        (1, &day("10:01")),
        moved("false", "false_alarm", Some("false")),
    );
    put(
        &mut store,
        "F20261123-0003",
        (0, &day("18:00")),
        opened(&day("18:00")),
    );
    path.display().to_string()
}

fn ran(line: &str, db: &str) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let world = Given {
        files: vec![("room.toml", "[room]\nname = \"余姚\"\n")],
        ..Given::default()
    };
    let mut stage = Io {
        lang: Lang::En,
        out: &mut out,
        err: &mut err,
        outside: &world,
    };
    let line = format!("lookout report --config room.toml --lang en --db {db} {line}");
    let exit = run(
        parse(line.split_whitespace().map(Into::into).collect(), &mut stage),
        &mut stage,
    );
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(out), text(err))
}

#[test]
fn the_daily_counts_the_fires_between_five_and_five_and_names_the_records_behind_a_figure() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let (exit, out, err) = ran("daily --date 2026-11-23 --csv", &db);
    assert_eq!((exit, err.as_str()), (Exit::Good, ""));
    for row in [
        "found,found,2",
        "verified,true,1",
        "false_share,false share,50.0 %",
        "arrived_on_time,arrived on time,100.0 %",
        "out_on_time,out on time,0.0 %",
        "out_minutes,mean minutes until out,44",
        "year,handled this year,1",
    ] {
        assert!(out.contains(row), "{row} in {out}");
    }
    let (_, out, _) = ran("daily --date 2026-11-23 --records false", &db);
    assert_eq!(out, "F20261123-0002\n");
    let (exit, _, err) = ran("daily --date 2026-11-23 --records fales", &db);
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("“fales”") && err.contains("false_share"), "{err}");
}

#[test]
fn a_day_without_its_daily_is_missing_until_it_is_issued() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let mut store = Sqlite::open(Path::new(&db), OpenMode::ReadWrite).expect("a ledger");
    for (nth, (before, day)) in [("2026-11-19", "2026-11-20"), ("2026-11-21", "2026-11-22")]
        .into_iter()
        .enumerate()
    {
        let five = |day: &str| at(&format!("{day}T17:00:00+08:00"));
        let fact = RoomFact::Reported {
            kind: Clean::new("daily"),
            from: five(before),
            until: five(day),
            digest: Clean::new("00"),
            correction: 0,
        };
        let order = (u32::try_from(nth).expect("few"), format!("{day}T17:05:00+08:00"));
        write(&mut store, Stream::Room, (order.0, &order.1), Fact::Room(fact));
    }
    let (_, out, _) = ran("daily --date 2026-11-23", &db);
    assert!(out.contains("days without a report: 2026-11-21\n"), "{out}");
    let (_, out, _) = ran("year --year 2026 --csv", &db);
    assert!(
        out.contains("fires,fires,straw fires found and handled,2,"),
        "{out}"
    );
    assert!(
        out.contains("fire_reports,fire_reports,straw daily reports issued,2,"),
        "{out}"
    );
    assert!(
        out.contains("petitions_last_year,petitions_last_year,petitions of the year before,—,"),
        "{out}"
    );
    let (_, out, _) = ran("year --year 2026 --records fire_reports", &db);
    assert_eq!(out, "2026-11-20\n2026-11-22\n");
}

#[test]
fn every_report_can_be_made_of_a_ledger_that_knows_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    for report in crate::report::REPORTS {
        let (exit, out, err) = ran(&format!("{} --date 2026-11-23", report.key), &db);
        assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{}", report.key);
        assert!(out.starts_with("# 余姚 "), "{}: {out}", report.key);
    }
}

#[test]
fn a_time_that_cannot_be_is_refused_with_what_to_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let (exit, _, err) = ran("daily --month 2026-13", &db);
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("--month 2026-11"), "{err}");
    let (exit, _, err) = ran("daily --from 2026-11-23 --to 2026-11-20", &db);
    assert_eq!(exit, Exit::Usage, "{err}");
}

#[test]
fn a_case_that_is_named_must_be_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = ledger(folder.path());
    let (exit, out, err) = ran("emergency --case F20261123-0001", &db);
    assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{out}");
    assert!(
        out.contains("open: none") || out.contains("Still open: none"),
        "{out}"
    );
    let (exit, _, err) = ran("emergency --case U20261123-0009", &db);
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("“U20261123-0009”"), "{err}");
}
