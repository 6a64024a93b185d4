//! The line of a file below a fault of it, with the mark under what is meant.

use super::ran;
use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;

/// What `lookout` says of a configuration, and of a file of its beside it.
fn said(command: &str, room: &'static str) -> (Exit, String) {
    let world = Given {
        files: vec![("room.toml", room), ("u.csv", "id,name\nstreets,城管\nwater\n")],
        ..Given::default()
    };
    let (exit, out, err) = ran(&format!("{command} --config room.toml"), &world);
    (exit, out + &err)
}

#[test]
fn the_mark_stands_under_what_is_meant_behind_chinese_and_in_a_row_of_a_table() {
    let room = "room.holidays = [\"2026-10-01\", \"国庆节\", \"soon\"]\ndirectory.units_file = \"u.csv\"\n";
    let (exit, words) = said("check --offline --lang zh", room);
    assert_eq!(exit, Exit::Usage);
    insta::assert_snapshot!(words, @r#"
    room.toml:1:32 room.holidays[2]：「国庆节」无法理解：2026-10-01。按文档改写
      |
    1 | room.holidays = ["2026-10-01", "国庆节", "soon"]
      |                                ^^^^^^^^
    room.toml:1:39 room.holidays[3]：「soon」无法理解：2026-10-01。按文档改写
      |
    1 | room.holidays = ["2026-10-01", "国庆节", "soon"]
      |                                          ^^^^^^
    u.csv:3：语法错误：写法不合规定。检查引号、括号与等号
      |
    3 | water
      | ^^^^^
    u.csv：1 行有错误
    3 处错误
    "#);
}

#[test]
fn a_long_line_is_cut_around_what_is_meant() {
    let room = "room = { name = \"余姚市生态环境局应急值班室余姚市生态环境局应急值班室余姚市生态环境局\", zone = 8, holidays = [\"2026-10-01\", \"2026-10-02\", \"2026-10-03\"] }\n";
    let (_, words) = said("check --offline", room);
    let lines: Vec<&str> = words.lines().skip(1).take(3).collect();
    let width = |line: &str| unicode_width::UnicodeWidthStr::width(line);
    assert!(lines.iter().all(|line| width(line) <= 80), "{words}");
    let [_, line, mark] = lines[..] else {
        panic!("{words}");
    };
    let before = line.split("8, holidays").next().map(width);
    assert_eq!(before, mark.split('^').next().map(width), "{words}");
}

#[test]
fn a_start_that_refuses_a_configuration_shows_its_lines_too() {
    let (exit, words) = said("cases", "[room]\nzone = 8\n");
    assert_eq!(exit, Exit::Usage);
    assert!(words.ends_with("\n  |\n2 | zone = 8\n  |        ^\n"), "{words}");
}

#[test]
fn a_secret_beside_its_key_reaches_neither_the_person_nor_a_reader_of_json() {
    let room = "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntokne = \"hunter2\"\nsecret = [\"hunter2\"]\n";
    for command in [
        "check --offline",
        "check --offline --json",
        "cases",
        "config show",
    ] {
        let (exit, words) = said(command, room);
        assert_eq!(exit, Exit::Usage);
        assert!(
            words.contains("tokne") && !words.contains("hunter2"),
            "{command}: {words}"
        );
    }
}
