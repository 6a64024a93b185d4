//! Keys and themes in the configuration: everything wrong with them, each at its place.

use super::ran;
use crate::bench::check::tests::Given;
use crate::cli::exit::Exit;

#[test]
fn keys_and_themes_that_cannot_be_are_faults_of_the_configuration() {
    let text =
        "[room]\nzone = 8\n[screen]\ntheme = \"drak\"\n[keys]\nacknowlege = [\"a\"]\ndispatch = [\"F77\"]\n";
    let world = Given {
        files: vec![("room.toml", text)],
        ..Given::default()
    };
    let (exit, out, _) = ran("check --offline --config room.toml", &world);
    assert_eq!(exit, Exit::Usage);
    insta::assert_snapshot!(out, @r#"
    room.toml:2:8 room.zone: must be text, is a whole number — write it in the shape asked for
      |
    2 | zone = 8
      |        ^
    room.toml:4:9 screen.theme: “drak” is not known — did you mean “dark”?
      |
    4 | theme = "drak"
      |         ^^^^^^
    room.toml:6:1 keys.acknowlege: no such key is known here — did you mean “acknowledge”?
      |
    6 | acknowlege = …
      | ^^^^^^^^^^
    room.toml:7:13 keys.dispatch[1]: “F77” is not the name of a key — write it like a, F2, Ctrl-P or PgUp
      |
    7 | dispatch = ["F77"]
      |             ^^^^^
    faults: 4
    "#);
}

#[test]
fn a_theme_that_the_command_line_asks_for_is_checked_as_one_in_the_file_is() {
    let world = Given {
        files: vec![
            ("room.toml", ""),
            ("bad.toml", "inherits = \"dusk\"\n"),
            ("mine.toml", "inherits = \"light\"\n"),
        ],
        ..Given::default()
    };
    let said = |theme: &str| {
        let (exit, out, err) = ran(
            &format!("check --offline --config room.toml --theme {theme}"),
            &world,
        );
        (exit, out + &err)
    };
    assert_eq!(said("mine.toml").0, Exit::Good);
    let (exit, unknown) = said("drak");
    assert_eq!(exit, Exit::Usage);
    assert!(
        unknown.starts_with("--theme: “drak” is not known — did you mean “dark”?\n"),
        "{unknown}"
    );
    for (theme, place, why) in [
        ("gone.toml", "--theme: ", "gone.toml: no such file"),
        ("bad.toml", "bad.toml:1:12 inherits: ", "dusk"),
    ] {
        let (exit, words) = said(theme);
        assert!(
            exit == Exit::Usage && words.starts_with(place) && words.contains(why),
            "{words}"
        );
    }
}

#[test]
fn everything_wrong_with_a_theme_and_with_every_binding_is_said_at_once() {
    let world = Given {
        files: vec![
            (
                "room.toml",
                "[room]\nzone = 8\n[screen]\ntheme = \"mine.toml\"\n[keys]\nacknowledge = [\"b\", \"F99\"]\nshelve = [\"b\"]\nnote = []\n",
            ),
            (
                "mine.toml",
                "inherits = \"lihgt\"\ncursor = { fg = \"#12\", bold = 1 }\nkursor = {}\ntext = { bg16 = \"blew\", ink = 1 }\n",
            ),
        ],
        ..Given::default()
    };
    let (exit, out, _) = ran("check --offline --config room.toml", &world);
    let places: Vec<&str> = out
        .lines()
        .filter(|line| line.contains(".toml:"))
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(exit, Exit::Usage);
    assert_eq!(
        places,
        [
            "room.toml:2:8 room.zone",
            "room.toml:6:21 keys.acknowledge[2]",
            "room.toml:7:11 keys.shelve[1]",
            "room.toml:8:8 keys.note",
            "mine.toml:1:12 inherits",
            "mine.toml:2:17 cursor.fg",
            "mine.toml:2:31 cursor.bold",
            "mine.toml:3:1 kursor",
            "mine.toml:4:17 text.bg16",
            "mine.toml:4:25 text.ink",
        ],
        "{out}"
    );
    assert!(
        out.contains("did you mean “light”?") && out.contains("did you mean “cursor”?"),
        "{out}"
    );
}
