use crate::bench::check::tests::Given;
use crate::config::checked::read;
use crate::domain::id::{OperatorId, ShiftId};
use crate::domain::time::CHINA;
use crate::lang::Lang;
use std::path::Path;

const TEXT: &str = r#"
[room]
roster_file = "roster.csv"

[[operator]]
id = "chen"
role = "operator"

[[operator]]
id = "wang"
role = "leader"
"#;

fn faults(text: &str, roster: &'static str) -> Vec<String> {
    let given = Given {
        variables: Vec::new(),
        files: vec![("room/roster.csv", roster)],
    };
    let faults = read(Path::new("room/lookout.toml"), text, &given).err();
    let line = |f: &crate::bench::fault::Fault| {
        let near = f.near.as_deref().map(|n| format!(" ~{n}")).unwrap_or_default();
        format!("{} {}: {}{near}", f.place(), f.key, f.words(Lang::En))
    };
    faults.unwrap_or_default().iter().map(line).collect()
}

#[test]
fn who_is_due_is_read_from_a_file_beside_the_configuration() {
    let given = Given {
        variables: Vec::new(),
        files: vec![(
            "room/roster.csv",
            "day,shift,operators,leader\n2026-11-23,night,chen; wang,wang\n",
        )],
    };
    let config = read(Path::new("room/lookout.toml"), TEXT, &given).expect("nothing is wrong");
    let duty = config.roster.duty(&ShiftId::new("20261123-night"), CHINA);
    let duty = duty.expect("in the roster");
    assert_eq!(duty.operators, [OperatorId::new("chen"), OperatorId::new("wang")]);
    assert_eq!(duty.leader, Some(OperatorId::new("wang")));
}

#[test]
fn every_bad_row_of_a_roster_is_reported_with_its_line_and_what_was_meant() {
    let roster = "day,shift,operators,leader\n2026-11-31,day,chen,wang\n2026-11-23,nigth,chen,wang\n2026-11-23,day,chem,\n2026-11-24,day,,wang\n2026-11-25,day,chen,\n2026-11-25,day,wang,\n";
    insta::assert_snapshot!(faults(TEXT, roster).join("\n"), @r#"
    room/roster.csv:2 day: “2026-11-31” cannot be understood: YYYY-MM-DD
    room/roster.csv:3 shift: nothing named “nigth” is configured ~night
    room/roster.csv:4 operators: nothing named “chem” is configured ~chen
    room/roster.csv:5 operators: must not be empty
    room/roster.csv:7 day: “2026-11-25 day” stands already on line 6
    "#);
}

#[test]
fn shifts_that_cannot_be_are_reported() {
    let text =
        "[[shift]]\nid = \"a-b\"\nname = { zh = \"甲\", en = \"a\" }\nbegins = \"8\"\nlasts = \"30h\"\n";
    insta::assert_snapshot!(faults(text, "").join("\n"), @r#"
    room/lookout.toml:2:6 shift[1].id: “a-b” cannot be understood: a-z, 0-9, _
    room/lookout.toml:4:10 shift[1].begins: “8” cannot be understood: HH:MM
    room/lookout.toml:5:9 shift[1].lasts: 30h lies outside 1m to 24h
    "#);
}
