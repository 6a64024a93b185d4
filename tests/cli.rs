//! The real binary from outside: exit codes, streams, and that a bad configuration is named whole.

use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::Actor;
use lookout::domain::time::Moment;
use lookout::store::{Ledger, OpenMode, Sqlite, Under};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `lookout` in `folder` with an environment of its own.
fn lookout(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .output()
        .expect("the binary starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn a_bad_configuration_ends_with_2_and_every_fault_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = "[room]\nlangauge = \"en\"\nzone = \"Mars\"\n\n[[source]]\nid = \"a\"\n[source.cnmec]\n\n[[channel]]\nid = \"c\"\nkind = \"fax\"\n";
    fs::write(folder.path().join("room.toml"), config).expect("written");
    let ran = lookout(folder.path(), &["check", "--config", "room.toml"]);
    assert_eq!(ran.status.code(), Some(2));
    insta::assert_snapshot!(text(&ran.stdout), @r#"
    room.toml:2:1 room.langauge: no such key is known here — did you mean “language”?
      |
    2 | langauge = …
      | ^^^^^^^^
    room.toml:3:8 room.zone: “Mars” is not known — known: +08:00, +00:00, -05:00
      |
    3 | zone = "Mars"
      |        ^^^^^^
    room.toml:7:9 source[1].cnmec: no such key is known here — did you mean “cnemc”?
      |
    7 | [source.cnmec]
      |         ^^^^^
    room.toml:11:8 channel[1].kind: “fax” is not known — known: webhook, dingtalk, telephone
       |
    11 | kind = "fax"
       |        ^^^^^
    faults: 4
    "#);
    assert_eq!(text(&ran.stderr), "");
}

#[test]
fn a_device_and_a_pipe_are_refused_by_name_and_never_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new("mkfifo").arg(folder.path().join("pipe")).status();
    assert!(made.expect("mkfifo runs").success());
    for file in ["/dev/zero", "pipe"] {
        let config = format!(
            "[[source]]\nid = 'a'\nurl = 'http://127.0.0.1:1'\nkey_file = '{file}'\n[source.alertmanager]\n"
        );
        fs::write(folder.path().join("room.toml"), config).expect("written");
        let named = lookout(folder.path(), &["check", "--config", "room.toml"]);
        let itself = lookout(folder.path(), &["check", "--config", file]);
        for ran in [named, itself] {
            let said = text(&ran.stdout) + &text(&ran.stderr);
            assert_eq!(ran.status.code(), Some(2), "{file}: {said}");
            assert!(said.contains("a device, and no file"), "{said}");
        }
    }
}

#[test]
fn a_good_configuration_without_sources_ends_with_0() {
    let folder = tempfile::tempdir().expect("a folder");
    let begun = lookout(folder.path(), &["config", "init", "a/room.toml"]);
    assert_eq!(begun.status.code(), Some(0), "{}", text(&begun.stderr));
    let again = lookout(folder.path(), &["config", "init", "a/room.toml"]);
    assert_eq!(again.status.code(), Some(2), "an existing file is left as it is");
    let ran = lookout(folder.path(), &["check", "--config", "a/room.toml"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stdout));
}

#[test]
fn a_source_that_does_not_answer_ends_with_1_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let config =
        format!("[[source]]\nid = \"alerts\"\nurl = \"http://127.0.0.1:{port}\"\n[source.alertmanager]\n");
    fs::write(folder.path().join("room.toml"), config).expect("written");
    let ran = lookout(folder.path(), &["check", "--config", "room.toml"]);
    let out = text(&ran.stdout);
    assert_eq!(ran.status.code(), Some(1), "{out}{}", text(&ran.stderr));
    assert!(
        out.contains("alerts") && out.contains("cannot be reached"),
        "{out}"
    );
}

#[test]
fn wrong_words_end_with_2_and_a_missing_ledger_with_3() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(lookout(folder.path(), &["wacht"]).status.code(), Some(2));
    assert_eq!(
        lookout(folder.path(), &["cases", "--db", "gone.db"])
            .status
            .code(),
        Some(3)
    );
    assert_eq!(lookout(folder.path(), &["--version"]).status.code(), Some(0));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let binary = env!("CARGO_BIN_EXE_lookout");
    let piped = format!("'{binary}' config schema | head -n 1; exit ${{PIPESTATUS[0]}}");
    let ran = Command::new("bash")
        .args(["-c", &piped])
        .current_dir(folder.path())
        .output();
    let ran = ran.expect("a shell");
    assert_eq!((ran.status.code(), text(&ran.stderr)), (Some(0), String::new()));
}

#[test]
fn nothing_hidden_in_a_file_or_an_argument_reaches_whoever_reads_the_output() {
    const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}x\u{200b}";
    let folder = tempfile::tempdir().expect("a folder");
    let escaped: Vec<String> = HOSTILE
        .chars()
        .map(|c| format!("\\u{:04x}", u32::from(c)))
        .collect();
    let escaped = escaped.concat();
    let room = |rest: &str| {
        format!(
            "[room]\nname = \"A{escaped}\"\n[store]\npath = \"room.db\"\n[directory]\ncounty = \"B{escaped}\"\n{rest}"
        )
    };
    let table = format!("id,name,lat,lon\n1{HOSTILE},C{HOSTILE},{HOSTILE},2\n");
    fs::write(folder.path().join("e.csv"), table).expect("written");
    fs::write(folder.path().join("room.toml"), room("")).expect("written");
    let bad = room(&format!(
        "enterprises_file = \"e.csv\"\n[[source]]\nid = \"s{escaped}\"\nkey_{escaped} = 1\n"
    ));
    fs::write(folder.path().join("bad.toml"), bad).expect("written");
    let commands: [&[&str]; 12] = [
        &["check", "--offline"],
        &["check", "--offline", "--json"],
        &["config", "show"],
        &["alarms"],
        &["cases", "--json"],
        &["points", "--filter", HOSTILE],
        &["feeds", "--lang", HOSTILE],
        &["report", "handover"],
        &["report", HOSTILE],
        &["audit", "verify"],
        &["backup", HOSTILE],
        &[HOSTILE],
    ];
    let mut said = 0;
    for config in ["room.toml", "bad.toml", HOSTILE] {
        for command in commands {
            let ran = lookout(folder.path(), &[command, &["--config", config]].concat());
            let output = text(&ran.stdout) + &text(&ran.stderr);
            let found = output
                .chars()
                .find(|c| HOSTILE.contains(*c) && !c.is_ascii_graphic());
            assert_eq!(found, None, "{command:?} with {config:?}: {output:?}");
            said += usize::from(output.contains("owned"));
        }
    }
    assert!(said > 10, "the words themselves are there: {said}");
}

#[test]
fn only_a_console_ends_with_the_one_who_holds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let held = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookout"));
        let command = command.args(arguments).env_clear().env("HOME", folder.path());
        command
            .env("LOOKOUT_HELD_BY", "1")
            .output()
            .expect("the binary starts")
    };
    for arguments in [&["--version"][..], &["--help"], &["completions", "bash"]] {
        let ran = held(arguments);
        assert_eq!(ran.status.code(), Some(0), "{arguments:?}");
        assert!(!ran.stdout.is_empty(), "{arguments:?}");
    }
    for arguments in [&[][..], &["watch"]] {
        assert_eq!(held(arguments).status.code(), Some(143), "{arguments:?}");
    }
}

/// A ledger of five entries.
fn ledger(path: &Path) {
    let mut store = Sqlite::open(path, OpenMode::ReadWrite).expect("a new ledger");
    for nth in 0..5 {
        let draft = Draft {
            stream: Stream::Room,
            expect: nth,
            at: Moment::from_ms(1_790_000_000_000),
            by: Actor::Desk,
            seat: None,
            fact: Fact::Room(RoomFact::Noted {
                words: "a word".into(),
            }),
        };
        store.append(&[draft], Under::Anyone).expect("stored");
    }
}

/// Whether English words follow one another, outside of what is quoted in brackets.
fn is_english(text: &str) -> bool {
    let own: String = text
        .split('（')
        .map(|part| part.rsplit('）').next().unwrap_or_default())
        .collect();
    let mut runs = own.split(|c: char| !c.is_ascii_alphabetic() && c != ' ');
    runs.any(|run| run.split_whitespace().count() > 1)
}

#[test]
fn why_an_entry_does_not_hold_is_said_in_the_persons_language() {
    let reasons = [
        ("DELETE FROM entry WHERE seq = 3", "其后是第 4 条"),
        ("DELETE FROM entry WHERE seq > 3", "台账原有 5 条"),
        ("UPDATE entry SET seat = 'x' WHERE seq = 4", "哈希与其内容"),
        ("UPDATE head SET hash = randomblob(32)", "链被改写"),
        (
            "UPDATE entry SET actor = CAST(x'FFFE' AS TEXT) WHERE seq = 5",
            "读不出（",
        ),
    ];
    for (tamper, words) in reasons {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.db");
        ledger(&path);
        let conn = Connection::open(&path).expect("the file opens");
        conn.execute_batch(tamper).expect(tamper);
        drop(conn);
        let (db, other) = ("--db=room.db", "--db=other.db");
        for arguments in [&["audit", "verify", db][..], &["restore", "room.db", other]] {
            let ran = lookout(folder.path(), &[arguments, &["--lang=zh"]].concat());
            let said = text(&ran.stdout) + &text(&ran.stderr);
            assert!(!is_english(&said), "{said}");
            assert!(said.contains(words), "{said}");
        }
    }
}
