//! The loops that ship are sound; each mistake in a file is named with its place.

mod meant;
mod rich;

use super::*;
use crate::bench::check::tests::Given;
use crate::lang::Lang;

const GOOD: &str = r#"
id = "loop"
version = 1
letter = "L"
name = { zh = "环", en = "loop" }
opens_on = ["fire"]

[[stage]]
id = "found"
name = { zh = "发现", en = "found" }
[stage.limit]
span = "3m"
since = "detected"
origin = "default"
text = { zh = "默认", en = "default" }

[[stage]]
id = "closed"
name = { zh = "办结", en = "closed" }
closed = true

[[move]]
id = "close"
name = { zh = "办结", en = "close" }
from = ["found"]
to = "closed"
roles = ["operator"]
"#;

/// Line, key, kind and near match of every fault in `GOOD` with `old` replaced by `new`.
fn faults(old: &str, new: &str) -> Vec<(u32, String, FaultKind, Option<String>)> {
    assert!(GOOD.contains(old), "{old} is not there");
    let text = GOOD.replacen(old, new, 1);
    match read(Path::new("x.toml"), &text, &World) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .into_iter()
            .map(|f| (f.line, f.key, f.kind, f.near))
            .collect(),
    }
}

fn kinds(old: &str, new: &str) -> Vec<(u32, FaultKind)> {
    faults(old, new)
        .into_iter()
        .map(|(line, _, kind, _)| (line, kind))
        .collect()
}

#[test]
fn every_loop_that_ships_is_sound_and_told_apart_by_key_letter_and_signal() {
    for (name, text) in PLAYBOOKS {
        let faults = read(Path::new(name), text, &World).err().unwrap_or_default();
        assert_eq!(faults, Vec::new(), "{name}");
    }
    let all = embedded();
    let count = |n: usize, what: &str| assert_eq!(n, PLAYBOOKS.len(), "{what}");
    let set = |texts: Vec<String>| texts.into_iter().collect::<std::collections::BTreeSet<_>>().len();
    count(set(all.iter().map(|p| p.id.to_string()).collect()), "ids");
    count(set(all.iter().map(|p| p.letter.to_string()).collect()), "letters");
    let opens: Vec<String> = all
        .iter()
        .flat_map(|p| p.opens_on.iter().map(|k| k.code().to_owned()))
        .collect();
    assert_eq!(set(opens.clone()), opens.len(), "one loop a kind of signal");
    let codes: Vec<String> = all
        .iter()
        .flat_map(|p| p.opens_on_alarm.iter().map(Clean::to_string))
        .collect();
    assert_eq!(set(codes.clone()), codes.len(), "one loop a code of alarms");
}

#[test]
fn a_good_file_is_read() {
    let playbook = read(Path::new("x.toml"), GOOD, &World).expect("nothing is wrong");
    assert_eq!(
        (playbook.letter, playbook.stages.len(), playbook.moves.len()),
        ('L', 2, 1)
    );
}

#[test]
fn an_unknown_stage_is_named_with_its_near_match() {
    assert_eq!(
        faults("to = \"closed\"", "to = \"closd\""),
        [(
            26,
            "move[1].to".to_owned(),
            FaultKind::Unknown("closd".to_owned(), vec!["found".to_owned(), "closed".to_owned()]),
            Some("closed".to_owned())
        )]
    );
}

#[test]
fn a_misspelt_key_and_a_missing_provenance_are_told_together() {
    let found = faults(
        "origin = \"default\"\ntext = { zh = \"默认\", en = \"default\" }",
        "orgin = \"default\"",
    );
    let keys: Vec<(u32, &str)> = found.iter().map(|f| (f.0, f.1.as_str())).collect();
    assert_eq!(
        keys,
        [
            (11, "stage[1].limit.origin"),
            (11, "stage[1].limit.text"),
            (14, "stage[1].limit.orgin"),
        ],
        "{found:?}"
    );
    assert_eq!(found[2].3, Some("origin".to_owned()));
}

#[test]
fn empty_words_and_a_missing_role_are_faults() {
    assert_eq!(kinds("en = \"loop\"", "en = \" \""), [(5, FaultKind::Empty)]);
    assert_eq!(kinds("[\"operator\"]", "[]"), [(27, FaultKind::Empty)]);
    let boss = kinds("[\"operator\"]", "[\"operater\"]");
    assert!(
        matches!(boss.as_slice(), [(27, FaultKind::Unknown(..))]),
        "{boss:?}"
    );
}

#[test]
fn a_stage_nobody_reaches_and_one_nobody_leaves_are_faults() {
    let lost = "[[stage]]\nid = \"lost\"\nname = { zh = \"x\", en = \"x\" }\n\n[[move]]";
    assert_eq!(
        kinds("[[move]]", lost),
        [(23, FaultKind::Lost("lost".to_owned())), (23, FaultKind::DeadEnd)]
    );
    assert_eq!(kinds("to = \"closed\"\n", "").len(), 2, "no way to the end");
}

#[test]
fn a_key_that_stands_twice_names_the_first_line() {
    let twice = kinds("id = \"closed\"", "id = \"found\"");
    assert!(
        twice.contains(&(18, FaultKind::Twice("found".to_owned(), 9))),
        "{twice:?}"
    );
}

#[test]
fn what_a_move_does_and_asks_must_go_together() {
    let with = |more: &str| kinds("to = \"closed\"", &format!("to = \"closed\"\n{more}"));
    assert!(matches!(
        with("dispatches = true").as_slice(),
        [(27, FaultKind::Wants(_))]
    ));
    assert!(matches!(
        with("needs = [\"reason\"]").as_slice(),
        [(_, FaultKind::Missing)]
    ));
    assert!(matches!(
        with("verdict = \"duplicate\"").as_slice(),
        [(27, FaultKind::Wants(_))]
    ));
    assert_eq!(
        with("on_withdrawal = true"),
        [(27, FaultKind::Clash("roles".to_owned()))],
        "nobody makes what a withdrawal makes"
    );
    let nowhere = kinds("to = \"closed\"\nroles = [\"operator\"]", "on_withdrawal = true");
    assert!(
        nowhere.contains(&(26, FaultKind::Wants("to".to_owned()))),
        "{nowhere:?}"
    );
    assert_eq!(
        kinds("roles = [\"operator\"]", "on_withdrawal = true"),
        Vec::new()
    );
    assert_eq!(with("when = \"late\""), Vec::new(), "its stage has a limit");
    let answer = with("answer = \"recieved\"");
    assert!(
        matches!(answer.as_slice(), [(27, FaultKind::Unknown(..))]),
        "{answer:?}"
    );
}

#[test]
fn a_closed_stage_has_no_clock_and_a_letter_is_a_capital() {
    let clock = "closed = true\nlimit = { span = \"3m\", since = \"entered\", origin = \"law\", \
                 text = { zh = \"x\", en = \"x\" } }";
    assert_eq!(
        kinds("closed = true", clock),
        [(21, FaultKind::Clash("closed".to_owned()))]
    );
    assert_eq!(kinds("letter = \"L\"", "letter = \"l\"").len(), 1);
}

#[test]
fn a_rooms_own_file_takes_the_place_of_ours_and_a_bad_one_does_not() {
    let text =
        GOOD.replacen("id = \"loop\"", "id = \"dust\"", 1)
            .replacen("letter = \"L\"", "letter = \"D\"", 1);
    let own: &'static str = Box::leak(text.into_boxed_str());
    let run = |files: Vec<(&'static str, &'static str)>| {
        let given = Given {
            variables: Vec::new(),
            files,
        };
        let (document, _) = Document::parse(Path::new("lookout.toml"), "");
        let mut check = Check::new(&document, &given);
        let all = all(&mut check, &At::root(), Some(Path::new("own")));
        let own = all.iter().find(|p| p.id.as_str() == "dust");
        (own.map(|p| p.stages.len()), check.into_faults())
    };
    assert_eq!(run(vec![("own/a.toml", own)]), (Some(2), Vec::new()));
    let (stages, faults) = run(vec![("own/a.toml", "id = 1")]);
    assert!(stages.is_some_and(|n| n > 2) && !faults.is_empty());
    assert!(faults.iter().all(|f| f.file == Path::new("own/a.toml")));
    let (_, faults) = run(vec![("own/a.toml", GOOD), ("own/b.toml", GOOD)]);
    assert_eq!(faults.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["id"]);
    assert!(!faults[0].words(Lang::Zh).is_empty());
}

#[test]
fn a_text_of_orders_names_its_unknown_parts_and_its_open_brackets_with_their_place() {
    let with = |zh: &str, en: &str| {
        let own = format!(
            "\n[order]\ntext.zh = \"\"\"\n{zh}\n\"\"\"\ntext.en = \"{en}\"\n\n[[stage]]\nid = \"found\""
        );
        faults("\n[[stage]]\nid = \"found\"", &own)
    };
    assert_eq!(with("{title}< {map}>\n{clocks}", "{title}"), []);
    let found = with("{title}\n地点：{plase}", "{field.none} <{title}");
    let found: Vec<_> = found
        .into_iter()
        .map(|(line, key, kind, near)| {
            if let FaultKind::Unknown(part, _) = kind {
                return (line, key, part, near);
            }
            let FaultKind::Expression(text, mark) = kind else {
                panic!("{kind:?}");
            };
            (line, key, text, Some(mark))
        })
        .collect();
    let (zh, en) = ("order.text.zh".to_owned(), "order.text.en".to_owned());
    assert_eq!(
        found,
        [
            (9, zh, "plase".to_owned(), Some("place".to_owned())),
            (13, en, "{field.none} <{title}".to_owned(), Some("<".to_owned())),
        ]
    );
}
