//! What loops may say beyond stages and moves: fields, limits by them, steps that time, alarms and other loops make.

use super::*;

/// `GOOD` with what came later: fields, a limit by them, and steps that time, alarms and other loops make.
const RICH: &str = r#"
id = "loop"
version = 1
letter = "A"
name = { zh = "环", en = "loop" }
opens_on_alarm = ["WQ-TN"]
sees = ["leader"]
repeat = { same = ["kind"], within = "365d" }

[[field]]
id = "kind"
name = { zh = "类", en = "kind" }
kind = "choice"
choices = [{ code = "air", zh = "气", en = "air" }, { code = "water", zh = "水", en = "water" }]
intake = true
needed = true

[[field]]
id = "task"
name = { zh = "任务", en = "task" }
kind = "choice"
choices = [{ code = "air.1", zh = "一", en = "one" }]
within = "kind"

[[field]]
id = "deadline"
name = { zh = "时限", en = "deadline" }
kind = "day"

[[stage]]
id = "found"
name = { zh = "发现", en = "found" }
[stage.limit]
working_days = 2
by = { field = "kind", spans = { air = "3d", water = "5wd" } }
until = "deadline"
since = "entered"
origin = "default"
text = { zh = "默认", en = "default" }

[[stage]]
id = "closed"
name = { zh = "办结", en = "closed" }
closed = true

[[move]]
id = "extend"
name = { zh = "延期", en = "extend" }
from = ["found"]
roles = ["leader"]
most = 1
extends = "15d"

[[move]]
id = "close"
name = { zh = "办结", en = "close" }
from = ["found"]
to = "closed"
roles = ["leader"]
asks = ["task", "deadline"]
not_by = "extend"
when = "returned"

[[move]]
id = "again"
name = { zh = "回头看", en = "again" }
from = ["closed"]
to = "found"
after = "30d"

[[move]]
id = "find"
name = { zh = "登记", en = "find" }
from = ["found"]
roles = ["leader"]
needs = ["comment"]
opens = "problem"
"#;

/// Key, kind and near match of every fault in `RICH` with `old` replaced by `new`.
fn wrong(old: &str, new: &str) -> Vec<(String, FaultKind, Option<String>)> {
    assert!(RICH.contains(old), "{old} is not there");
    let read = read(Path::new("x.toml"), &RICH.replacen(old, new, 1), &World);
    let faults = read.err().unwrap_or_default().into_iter();
    faults.map(|f| (f.key, f.kind, f.near)).collect()
}

/// The keys of those faults.
fn keys(old: &str, new: &str) -> Vec<String> {
    wrong(old, new).into_iter().map(|row| row.0).collect()
}

#[test]
fn what_came_later_is_read() {
    assert_eq!(wrong("\"30d\"", "\"30d\""), Vec::new());
    let playbook = read(Path::new("x.toml"), RICH, &World).expect("nothing is wrong");
    assert_eq!((playbook.fields.len(), playbook.moves.len()), (3, 4));
    assert!(playbook.by_hand && playbook.repeat.is_some());
}

#[test]
fn a_field_that_is_not_declared_is_named_with_its_near_match() {
    for (old, new, key) in [
        ("same = [\"kind\"]", "same = [\"kin\"]", "repeat.same[1]"),
        (
            "by = { field = \"kind\"",
            "by = { field = \"kin\"",
            "stage[1].limit.by.field",
        ),
        ("within = \"kind\"", "within = \"kin\"", "field[2].within"),
        ("asks = [\"task\"", "asks = [\"kin\"", "move[2].asks[1]"),
    ] {
        let found = wrong(old, new);
        let first = found.iter().find(|row| row.0 == key);
        let near = first.and_then(|row| row.2.clone());
        assert_eq!(near.as_deref(), Some("kind"), "{new}: {found:?}");
    }
    assert_eq!(
        keys("until = \"deadline\"", "until = \"dead\""),
        ["stage[1].limit.until"]
    );
}

#[test]
fn a_field_must_be_of_the_kind_that_its_use_wants() {
    assert_eq!(
        keys("until = \"deadline\"", "until = \"kind\""),
        ["stage[1].limit.until"]
    );
    assert_eq!(
        keys("kind = \"day\"", "kind = \"date\""),
        ["field[3].kind", "stage[1].limit.until"]
    );
    assert_eq!(
        keys("\nintake = true", ""),
        ["repeat.same[1]"],
        "known at its opening"
    );
    assert_eq!(
        keys("kind = \"day\"", "kind = \"day\"\nwithin = \"kind\""),
        ["field[3].within"]
    );
    assert_eq!(
        keys(
            "kind = \"day\"",
            "kind = \"day\"\nchoices = [{ code = \"a\", zh = \"a\", en = \"a\" }]"
        ),
        ["field[3].choices"]
    );
    assert_eq!(
        keys("code = \"air.1\"", "code = \"ar.1\""),
        ["field[2].choices[1].code"]
    );
    assert_eq!(
        keys("air = \"3d\"", "ar = \"3d\""),
        ["stage[1].limit.by.spans.ar"]
    );
    assert_eq!(keys("\"5wd\"", "\"5 wards\""), ["stage[1].limit.by.spans.water"]);
}

#[test]
fn a_limit_is_said_in_one_way() {
    assert_eq!(
        keys("working_days = 2", "working_days = 2\nspan = \"2d\""),
        ["stage[1].limit.working_days"]
    );
    assert_eq!(keys("working_days = 2\n", ""), ["stage[1].limit.span"]);
    assert_eq!(
        keys("working_days = 2", "working_days = 0"),
        ["stage[1].limit.working_days"]
    );
}

#[test]
fn what_a_step_waits_for_and_does_must_be_possible() {
    assert_eq!(
        keys("when = \"returned\"", "when = \"retuned\""),
        ["move[2].when"]
    );
    assert_eq!(
        keys("not_by = \"extend\"", "not_by = \"extent\""),
        ["move[2].not_by"]
    );
    assert_eq!(keys("most = 1", "most = 0"), ["move[1].most"]);
    assert_eq!(
        keys("extends = \"15d\"", "extends = \"15d\"\nto = \"closed\""),
        ["move[1].extends"]
    );
    assert_eq!(
        keys("extends = \"15d\"", "extends = \"soon\""),
        ["move[1].extends"]
    );
    assert_eq!(
        keys("needs = [\"comment\"]\n", ""),
        ["move[4].opens"],
        "its title"
    );
    assert_eq!(keys("sees = [\"leader\"]", "sees = [\"leder\"]"), ["sees[1]"]);
    let free = "extends = \"15d\"\n\n[[move]]\nid = \"more\"\nname = { zh = \"x\", en = \"x\" }\n\
                from = [\"closed\"]\nroles = [\"leader\"]\nextends = \"1d\"";
    assert_eq!(
        keys("extends = \"15d\"", free),
        ["move[2].extends"],
        "no limit there"
    );
}

#[test]
fn what_time_or_a_return_makes_must_leave_its_stage() {
    assert_eq!(
        keys("to = \"found\"\nafter", "after"),
        ["move[3].after"],
        "for ever"
    );
    assert_eq!(
        keys("to = \"found\"\nafter", "to = \"closed\"\nafter"),
        ["move[3].after"]
    );
    assert_eq!(
        keys("to = \"found\"\nafter = \"30d\"", "on_return = \"WQ-TN\""),
        ["move[3].on_return"]
    );
    assert_eq!(
        keys("roles = [\"leader\"]\nasks", "roles = []\nasks"),
        ["move[2].roles"],
        "nobody, nothing"
    );
}

/// What is wrong with a room's own loop, read beside the embedded ones.
fn faults_of(own: String) -> Vec<Fault> {
    let given = Given {
        variables: Vec::new(),
        files: vec![("own/a.toml", Box::leak(own.into_boxed_str()))],
    };
    let (document, _) = Document::parse(Path::new("lookout.toml"), "");
    let mut check = Check::new(&document, &given);
    all(&mut check, &At::root().key("playbooks"), Some(Path::new("own")));
    check.into_faults()
}

#[test]
fn a_loop_that_another_names_is_there_and_belongs_under_it() {
    let refused = |old: &str, new: &str| {
        let faults = faults_of(RICH.replacen(old, new, 1)).into_iter();
        faults.map(|f| (f.kind, f.near)).collect::<Vec<_>>()
    };
    assert_eq!(refused("\"problem\"", "\"problem\""), Vec::new());
    let found = refused("\"problem\"", "\"problm\"");
    assert!(
        matches!(found.as_slice(), [(FaultKind::Nothing(named, _), Some(near))] if named == "problm" && near == "problem"),
        "{found:?}"
    );
    let found = refused("sees =", "under = \"epsode\"\nsees =");
    assert!(
        matches!(found.as_slice(), [(FaultKind::Nothing(..), Some(near))] if near == "episode"),
        "{found:?}"
    );
    let found = refused("\"problem\"", "\"measure\"");
    assert!(
        matches!(found.as_slice(), [(FaultKind::Clash(_), _)]),
        "a measure belongs under an episode: {found:?}"
    );
}

#[test]
fn a_step_made_with_the_case_above_names_a_stage_of_the_loop_above() {
    let faults = |under: &str, stages: &str| {
        let own = RICH.replacen("sees =", &format!("{under}\nsees ="), 1);
        let own = own.replacen("after = \"30d\"", &format!("on_parent = {stages}"), 1);
        let faults = faults_of(own).into_iter();
        faults.map(|f| (f.key, f.kind, f.near)).collect::<Vec<_>>()
    };
    let under = "under = \"episode\"";
    assert_eq!(faults(under, "[\"lifted\", \"evaluated\"]"), Vec::new());
    let found = faults(under, "[\"lifted\", \"evaluatd\"]");
    assert!(
        matches!(
            found.as_slice(),
            [(key, FaultKind::Nothing(named, _), Some(near))]
                if key == "playbooks.loop.move[3].on_parent[2]" && named == "evaluatd"
                    && near == "evaluated"
        ),
        "{found:?}"
    );
    let found = faults("", "[\"lifted\"]");
    assert!(
        matches!(found.as_slice(), [(_, FaultKind::Nothing(..), _)]),
        "no loop is above it: {found:?}"
    );
}

#[test]
fn every_loop_of_the_program_names_stages_that_are_there() {
    let (document, _) = Document::parse(Path::new("lookout.toml"), "");
    let mut check = Check::new(&document, &World);
    let own = all(&mut check, &At::root().key("playbooks"), None);
    assert_eq!(check.into_faults(), Vec::new());
    let follows = |own: &&Playbook| {
        let mut steps = own.moves.iter();
        steps.any(|step| step.by_itself.iter().any(|by| by.parent().is_some()))
    };
    let follow: Vec<&str> = own.iter().filter(follows).map(|own| own.id.as_str()).collect();
    assert_eq!(follow, ["measure", "curtailment"]);
}
