mod console;
mod encoding;
mod lines;
mod schema;

use super::*;
use crate::bench::check::Outside;
use crate::bench::check::tests::Given;
use crate::lang::help::HELP;

/// Runs a command line on a world of its own; gives the exit, what was written and what was said.
pub(super) fn ran(line: &str, world: &dyn Outside) -> (Exit, String, String) {
    let arguments: Vec<OsString> = std::iter::once("lookout")
        .chain(line.split_whitespace())
        .map(OsString::from)
        .collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut stage = Io {
        lang: language(&arguments, world),
        out: &mut out,
        err: &mut err,
        outside: world,
    };
    let exit = run(parse(arguments, &mut stage), &mut stage);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(out), text(err))
}

/// Every command and flag under its name in the table of words.
fn names(command: &clap::Command, path: &str, names: &mut Vec<String>) {
    names.push(path.to_owned());
    for arg in command.get_arguments() {
        names.push(help::flag_name(path, arg));
    }
    for child in command.get_subcommands() {
        let path = format!("{path} {}", child.get_name());
        self::names(child, path.trim_start(), names);
    }
}

#[test]
fn every_command_and_flag_has_words_in_both_languages_and_every_row_of_words_its_flag() {
    let mut there = Vec::new();
    let mut command = <Cli as clap::CommandFactory>::command();
    command.build();
    names(&command, "", &mut there);
    there.sort();
    there.dedup();
    let mut rows: Vec<&str> = HELP.iter().map(|row| row.0).collect();
    rows.sort_unstable();
    assert_eq!(there, rows);
    for (name, zh, en) in HELP {
        assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{name}");
    }
}

#[test]
fn the_commands_agree_with_each_other() {
    help::command(Lang::En).debug_assert();
    help::command(Lang::Zh).debug_assert();
}

#[test]
fn help_speaks_the_language_asked_for() {
    let world = Given {
        variables: vec![("LANG", "zh_CN.UTF-8")],
        ..Given::default()
    };
    let (exit, zh, _) = ran("--help", &world);
    assert_eq!(exit, Exit::Good);
    assert!(
        zh.contains("用法：") && zh.contains("退出码：") && !zh.contains("Usage"),
        "{zh}"
    );
    let (_, en, _) = ran("--lang en check --help", &world);
    assert!(
        en.contains("Usage: lookout check") && en.contains("write JSON"),
        "{en}"
    );
}

#[test]
fn a_wrong_command_line_is_said_in_one_sentence_with_what_was_meant() {
    let (exit, out, err) = ran("chek", &Given::default());
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    assert_eq!(
        err,
        "no such command: “chek”\n  did you mean “check”?\n  see lookout --help\n"
    );
    let (exit, _, err) = ran("--lang zh check --jsno", &Given::default());
    assert_eq!(exit, Exit::Usage);
    assert_eq!(
        err,
        "没有「--jsno」这个选项\n  是否应为「--json」？\n  用法见 lookout --help\n"
    );
    let (_, _, err) = ran("--speed 0", &Given::default());
    assert!(err.starts_with("--speed <N> does not take “0”"), "{err}");
    let (_, _, err) = ran("config", &Given::default());
    assert!(err.contains("see lookout --help"), "{err}");
}

#[test]
fn check_names_every_fault_and_ends_with_the_code_of_a_bad_configuration() {
    let world = Given {
        files: vec![(
            "room.toml",
            "[room]\nnmae = \"x\"\nzone = 8\n[store]\nkeep_readings = \"1y\"\n",
        )],
        ..Given::default()
    };
    let (exit, out, err) = ran("check --offline --config room.toml", &world);
    assert_eq!((exit, err.as_str()), (Exit::Usage, ""));
    insta::assert_snapshot!(out, @r#"
    room.toml:2:1 room.nmae: no such key is known here — did you mean “name”?
      |
    2 | nmae = …
      | ^^^^
    room.toml:3:8 room.zone: must be text, is a whole number — write it in the shape asked for
      |
    3 | zone = 8
      |        ^
    room.toml:5:17 store.keep_readings: “1y” is not a length of time — write it like 90s, 15m, 4h or 30d
      |
    5 | keep_readings = "1y"
      |                 ^^^^
    faults: 3
    "#);
    let (exit, out, _) = ran("check --json --config room.toml", &world);
    let rows: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((exit, rows["faults"][0]["line"].as_u64()), (Exit::Usage, Some(2)));
}

#[test]
fn a_configuration_that_is_not_there_is_named_with_the_way_to_begin_one() {
    let (exit, _, err) = ran("check --config gone.toml", &Given::default());
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("gone.toml") && err.contains("config init"), "{err}");
}

#[test]
fn the_example_is_a_good_configuration() {
    let (exit, out, _) = ran("config init", &Given::default());
    assert_eq!((exit, out.as_str()), (Exit::Good, config::EXAMPLE));
    let world = Given {
        files: vec![("room.toml", config::EXAMPLE)],
        ..Given::default()
    };
    let (exit, out, _) = ran("check --offline --config room.toml", &world);
    assert_eq!(exit, Exit::Good, "{out}");
}

#[expect(clippy::format_collect, reason = "a line after another is clearest")]
#[test]
fn the_example_is_good_with_every_line_of_it_in_force() {
    let text: String = config::EXAMPLE
        .lines()
        .map(|line| {
            let code = line.strip_prefix("# ").unwrap_or(line);
            let is_code =
                code.starts_with('[') || code.split_once(" = ").is_some_and(|(key, _)| key.is_ascii());
            let line = if is_code { code } else { line };
            format!("{line}\n")
        })
        .collect();
    let world = Given {
        variables: vec![
            ("DINGTALK_TOKEN", "t"),
            ("DINGTALK_SECRET", "SEC"),
            ("PLATFORM_APP", "a"),
        ],
        files: vec![
            ("roster.csv", "day,shift,operators\n"),
            ("townships.csv", "id,name\n"),
            ("units.csv", "id,name\n"),
            ("points.csv", "id,name,kind\n"),
            ("communities.csv", "id,name,township\n"),
            ("contacts.csv", "unit,name,phone\n"),
            ("enterprises.csv", "id,name\n"),
            ("measures.csv", "unit,zh,levels\n"),
            ("boundary.csv", "lat,lon\n"),
        ],
    };
    let faults = crate::config::checked::read(std::path::Path::new("room.toml"), &text, &world).err();
    assert_eq!(faults, None);
}

#[test]
fn show_lays_the_command_line_over_the_file() {
    let world = Given {
        files: vec![("room.toml", "[room]\nname = \"余姚\"\n")],
        ..Given::default()
    };
    let (exit, out, _) = ran("config show --config room.toml --db x.db --lang en", &world);
    assert_eq!(exit, Exit::Good);
    assert!(out.contains("room.name = \"余姚\"  # line 2\n"), "{out}");
    assert!(
        out.contains("store.path = \"x.db\"  # command line --db\n"),
        "{out}"
    );
    assert!(out.contains("screen.theme = \"dark\"  # default\n"), "{out}");
}

#[test]
fn the_parts_of_an_orders_text_are_listed_in_the_language_asked_for() {
    for (lang, words) in [
        ("zh", "{place}  地点和坐标"),
        ("en", "{place}  where, in words with its position"),
    ] {
        let (exit, out, _) = ran(&format!("config parts --lang {lang}"), &Given::default());
        assert_eq!(exit, Exit::Good);
        assert!(out.contains(words), "{out}");
    }
}

#[test]
fn the_words_of_the_field_are_listed_in_the_language_asked_for() {
    for (lang, words) in [
        ("zh", "派单（order）：要一个单位办一件事"),
        (
            "en",
            "order (派单): what a unit is to do, with a number; not directive",
        ),
    ] {
        let (exit, out, _) = ran(&format!("words --lang {lang}"), &Given::default());
        assert_eq!(exit, Exit::Good);
        assert!(out.contains(words), "{out}");
    }
}

#[test]
fn exit_codes_are_all_different() {
    let mut codes: Vec<u8> = exit::EXITS.iter().map(|row| row.1).collect();
    codes.dedup();
    assert_eq!(codes.len(), exit::EXITS.len());
}

/// A ledger with one alarm, in a folder of its own.
fn ledger() -> (tempfile::TempDir, String) {
    use crate::domain::fact::Fact;
    use crate::domain::fact::alarm::{AlarmFact, Cause};
    use crate::domain::id::AlarmId;
    use crate::domain::ledger::{Draft, Stream};
    use crate::domain::person::Actor;
    use crate::domain::signal::Severity;
    use crate::domain::time::Moment;
    use crate::store::{Ledger, Under};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store =
        crate::store::Sqlite::open(&path, crate::store::OpenMode::ReadWrite).expect("a new ledger");
    let cause = Cause {
        code: "STRAW-FIRE".into(),
        severity: Severity::Orange,
        title: "泗门镇 烟火".into(),
        detail: "".into(),
        source: None,
        point: None,
        bearing: None,
        picture: "".into(),
        place: None,
        township: None,
        township_guessed: false,
        area: "".into(),
        severity_words: "".into(),
        began: Moment::from_ms(0),
        ends: None,
        own_end: false,
        evidence: None,
    };
    let draft = Draft {
        stream: Stream::Alarm(AlarmId::new("towers/17")),
        expect: 0,
        at: Moment::from_ms(0),
        by: Actor::Desk,
        seat: None,
        fact: Fact::Alarm(AlarmFact::raised(cause)),
    };
    store.append(&[draft], Under::Anyone).expect("stored");
    let path = path.display().to_string();
    (folder, path)
}

#[test]
fn alarms_are_listed_as_a_table_and_as_json_under_the_same_filter() {
    let (_folder, db) = ledger();
    let (exit, out, err) = ran(&format!("alarms --db {db} --lang en"), &Given::default());
    assert_eq!(exit, Exit::Outside, "nobody collects, and it has no sources");
    assert_eq!(
        err,
        "nobody collects, no sources configured: silence proves nothing\n"
    );
    insta::assert_snapshot!(out, @"
    severity  state           raised                     code        township  title        case
    orange    unacknowledged  1970-01-01T08:00:00+08:00  STRAW-FIRE            泗门镇 烟火
    ");
    let (_, out, _) = ran(
        &format!("alarms --db {db} --json --filter severity:orange"),
        &Given::default(),
    );
    let rows: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(rows["rows"][0]["id"], "towers/17");
    let (_, out, _) = ran(
        &format!("alarms --db {db} --json --filter -smz"),
        &Given::default(),
    );
    let envelope: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        envelope,
        serde_json::json!({
            "fresh": false,
            "collector": null,
            "gaps": [
                {"source": null, "state": "nobody_collects", "since": null, "trouble": null},
                {"source": null, "state": "no_sources", "since": null, "trouble": null},
            ],
            "rows": [],
        })
    );
    let (exit, _, err) = ran(
        &format!("alarms --db {db} --filter sevrity:red"),
        &Given::default(),
    );
    assert_eq!(exit, Exit::Usage);
    assert!(err.starts_with("the filter knows no field “sevrity”"), "{err}");
}

#[test]
fn audit_says_that_the_chain_is_whole_or_which_entry_does_not_fit() {
    let (_folder, db) = ledger();
    let (exit, out, _) = ran(&format!("audit verify --db {db}"), &Given::default());
    assert!(
        exit == Exit::Good && out.starts_with("whole: 1 entries, head "),
        "{out}"
    );
    let bytes = std::fs::read(&db).expect("a file");
    let wal = format!("{db}-wal");
    let in_wal = std::fs::read(&wal)
        .ok()
        .filter(|wal| find(wal, b"STRAW-FIRE").is_some());
    let (file, mut bytes) = in_wal.map_or((db.clone(), bytes), |bytes| (wal, bytes));
    let at = find(&bytes, b"STRAW-FIRE").expect("the fact is stored");
    if let Some(byte) = bytes.get_mut(at) {
        *byte = b'X';
    }
    std::fs::write(file, bytes).expect("written");
    let (exit, out, err) = ran(&format!("audit verify --db {db}"), &Given::default());
    assert!(exit != Exit::Good, "{out}{err}");
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

#[test]
fn a_ledger_that_is_not_there_is_said_and_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("gone.db");
    let (exit, _, err) = ran(&format!("cases --db {}", db.display()), &Given::default());
    assert_eq!(exit, Exit::Store);
    assert!(err.contains("gone.db") && !db.exists(), "{err}");
}
