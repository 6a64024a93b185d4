//! Drills: a part of the year through the real engine, store and outbox; the whole year where it is asked for.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::store::{Ledger, OpenMode, Sqlite};

fn ran(args: &[&str]) -> (u8, String, String) {
    use lookout::bench::check::World;
    use lookout::cli::Io;
    use lookout::lang::Lang;
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("lookout").chain(args.iter().copied());
    let arguments = arguments.map(std::ffi::OsString::from).collect();
    let mut stage = Io {
        lang: Lang::En,
        out: &mut out,
        err: &mut err,
        outside: &World,
    };
    let exit = lookout::cli::run(lookout::cli::parse(arguments, &mut stage), &mut stage);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit.code(), text(out), text(err))
}

/// Every figure as expected, chain and fold good.
fn is_all_equal(args: &[&str]) {
    let (code, out, err) = ran(args);
    assert_eq!(code, 0, "{out}\n{err}");
    let said: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&said["chain"], &said["fold"]), (&"ok".into(), &"ok".into()));
    let figures = said["figures"].as_object().expect("an object");
    for (id, figure) in figures {
        assert_eq!(figure["expected"], figure["actual"], "{id}");
    }
    assert!(figures.len() >= 20, "{}", figures.len());
}

#[test]
fn twelve_days_of_the_year_run_every_loop_and_give_their_share_of_every_figure() {
    is_all_equal(&["drill", "year-2023", "--speed", "max", "--days", "12", "--json"]);
}

#[test]
fn what_a_drill_issues_keeps_its_text_and_is_marked_as_a_drill() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("drill.db");
    let name = file.to_str().expect("text");
    let (code, _, err) = ran(&[
        "drill",
        "year-2023",
        "--speed",
        "max",
        "--days",
        "12",
        "--store",
        name,
    ]);
    assert!(code <= 1, "{err}");
    let store = Sqlite::open(&file, OpenMode::ReadOnly).expect("its ledger");
    let entries = store.entries(0, usize::MAX).expect("its entries");
    let issued = entries.iter().filter_map(|entry| match &entry.fact {
        Fact::Room(RoomFact::Reported { digest, .. }) => Some(digest),
        Fact::Room(_) | Fact::Alarm(_) | Fact::Case(_) | Fact::Task(_) | Fact::Shift(_) | Fact::Notice(_) => {
            None
        }
    });
    let kept: Vec<Option<String>> = issued
        .map(|digest| Some(store.filed(digest.as_str()).expect("the store")?.text))
        .collect();
    assert!(kept.len() >= 2, "{} dailies", kept.len());
    for text in kept {
        let text = text.expect("what was issued is kept");
        assert!(text.contains("演练"), "{text}");
    }
}

#[test]
#[ignore = "a whole year: a minute or more"]
fn the_whole_year_gives_the_figures_of_the_yearly_report() {
    is_all_equal(&["drill", "year-2023", "--speed", "max", "--json"]);
}

#[test]
fn a_drill_never_writes_over_a_ledger_that_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("there.db");
    std::fs::write(&file, b"").expect("a file");
    let file = file.to_str().expect("text");
    let (code, _, err) = ran(&["drill", "year-2023", "--store", file]);
    assert_ne!(code, 0);
    assert!(err.contains("there.db"), "{err}");
}
