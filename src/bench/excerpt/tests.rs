use super::*;
use crate::bench::check::tests::Given;
use crate::config::checked;
use crate::config::raw::schema;
use crate::lang::LANGS;
use serde_json::Value;

/// Every fault of a configuration, with the line that is shown of it.
fn shown(text: &str) -> Vec<(Fault, Option<Excerpt>)> {
    let file = Path::new("room.toml");
    let faults = checked::read(file, text, &Given::default()).expect_err("something is wrong");
    let page = Page::new(file, text.to_owned());
    let excerpts: Vec<_> = faults.iter().map(|fault| page.excerpt(fault)).collect();
    faults.iter().cloned().zip(excerpts).collect()
}

/// The line of the first fault, what is meant in brackets.
fn first(text: &str) -> String {
    let all = shown(text);
    let Some((_, Some(excerpt))) = all.first() else {
        return String::new();
    };
    let mut line = excerpt.text.clone();
    line.insert(excerpt.meant.end, '»');
    line.insert(excerpt.meant.start, '«');
    line
}

#[test]
fn the_line_and_what_is_meant_in_it_are_those_of_the_fault() {
    let mut wrong = Vec::new();
    for (what, text, line) in [
        ("a type", "[room]\nzone = 8", "zone = «8»"),
        ("a key", "[room]\nzome = \"Z\"", "«zome» = …"),
        ("a quoted key", "[room]\n\"zome\" = \"Z\"", "«\"zome\"» = …"),
        ("a dotted key", "[screen]\ntheme.x = 1", "«theme».x = …"),
        (
            "a bad value",
            "[room]\nzone = \"east\" # ours",
            "zone = «\"east\"» # ours",
        ),
        (
            "an item",
            "[room]\nholidays = [\"2026-10-01\", \"soon\"]",
            "holidays = [\"2026-10-01\", «\"soon\"»]",
        ),
        (
            "a table within",
            "[[source]]\nid = \"a\"\nnws = { areas = [\"CA\"], zones = 3 }",
            "nws = { areas = …, zones = «3» }",
        ),
        ("a table", "[[operator]]\nid = \"a\"", "«[[operator]]»"),
        (
            "Chinese before it",
            "[room]\nname = \"余姚\"\nstandard = \"国标\"",
            "standard = «\"国标\"»",
        ),
        ("tabs and blanks", "[room]\n\t\tzone\t=  8", "  zone =  «8»"),
        (
            "the last line without an end",
            "[room]\r\nzone = 8\r\n",
            "zone = «8»",
        ),
        (
            "what speaks to a terminal",
            "[room]\n# \u{202e}\nzone = \"a\u{200b}b\"",
            "zone = «\"ab\"»",
        ),
        ("no TOML", "[room]\nzone = +08:00", "zone = «+08:00»"),
        ("what is not there", "rule = [{}]", "rule = [«{}»]"),
    ] {
        if first(text) != line {
            wrong.push((what, first(text), shown(text)));
        }
    }
    assert_eq!(wrong, Vec::new());
}

/// What nobody may read, in every place where somebody may have written it by a wrong key, in a wrong form or beside a fault.
const SECRET: &str = "hunter2";

#[test]
fn no_line_that_is_shown_holds_a_secret() {
    for text in [
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken = [\"hunter2\"]",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntokn = \"hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ngeheim = \"hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken_env = \"hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken_file = \"hunter2\"",
        "channel = [{ id = \"a\", kind = \"dingtalk\", mention = 3, token = \"hunter2\" }]",
        "channel = [{ id = \"a\", kind = \"dingtalk\", tokn = \"hunter2\", mention = 3 }]",
        "channel = [{ id = \"a\", kind = \"dingtalk\", mention = 3, tokn = \"hunter2\" }]",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken = \"\"\"\nhunter2\"\"\"\nsecret = 3",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken = hunter2",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntokn = hunter2",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken = \"hunter2",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken = \"\"\"\nhunter2\n",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\ntoken =\nhunter2\n",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\nhook.tokn = \"hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"webhook\"\nsecret_env = \"X\"\nurl = \"https://ops:hunter2@gateway/\"",
        "[[channel]]\nid = \"a\"\nkind = \"webhook\"\nsecret_env = \"X\"\nurl = \"ftp://gateway/?token=hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"webhook\"\nsecret_env = \"X\"\nurl = \"ftp://gateway/send/0b3c-hunter2-11aa22bb33\"",
        "[[source]]\nid = 1\nkey = \"hunter2\"\nnws = 3",
        "[[source]]\nid = \"a\"\n[source.secrets]\ngateway = \"hunter2\"\ngateway_env = 3",
        "[[source]]\nid = \"a\"\nsecrets = { gateway = 3, other = \"hunter2\" }",
        "[[source]]\nid = \"a\"\n[source.secrets]\ngateway = hunter2",
        "source = [{ id = 1, secrets = { gateway = \"hunter2\" } }]",
        "source = [{ id = 1, headers = { Cookie = \"A=hunter2\" } }]",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\n密码 = \"hunter2\"",
        "[[channel]]\nid = \"a\"\nkind = \"dingtalk\"\n登录令牌 = hunter2",
        "channel = [{ id = \"a\", kind = \"dingtal\", tokn = \"hunter2\" }]",
        "channel = [{ tokn = \"hunter2\", id = \"a\" }]",
        "channel = [{ id = \"a\", kind = \"dingtalk\", tokn = \"\"\"\nhunter2\"\"\", mention = 3 }]",
        "source = [{ id = 1, body = '{\"password\":\"hunter2\"}' }]",
    ] {
        let all = shown(text);
        assert!(!all.is_empty(), "{text}");
        for (fault, excerpt) in &all {
            let line = excerpt.as_ref().map_or("", |excerpt| &excerpt.text);
            assert!(!line.contains(SECRET), "{text}\n{fault:?}: {line}");
            for (lang, ..) in LANGS {
                let words = fault.words(*lang);
                assert!(!words.contains(SECRET), "{text}\n{words}");
            }
        }
    }
}

#[test]
fn a_fault_beside_a_secret_is_shown_where_it_is_not_on_its_lines() {
    let all =
        shown("[[source]]\nid = \"a\"\nkey = \"hunter2\"\nevery = 5\n[source.openaq]\nlocations = []\n");
    let line = all
        .iter()
        .find_map(|(fault, excerpt)| (fault.line == 4).then_some(excerpt.as_ref()?));
    assert_eq!(line.map(|line| line.text.as_str()), Some("every = 5"));
}

/// The keys of a schema whose value is a secret, with the key of the table that they stand in.
fn passwords<'s>(schema: &'s Value, (above, key): (&'s str, &'s str), found: &mut Vec<(&'s str, &'s str)>) {
    let is_reference = schema.get("$ref").and_then(Value::as_str) == Some("#/$defs/RawSecret");
    if is_reference || schema.get("format").and_then(Value::as_str) == Some("password") {
        found.push((above, key));
    }
    match schema {
        Value::Object(map) => map.iter().for_each(|(name, own)| {
            let is_name = !matches!(
                name.as_str(),
                "properties" | "anyOf" | "oneOf" | "allOf" | "items" | "additionalProperties"
            );
            let path = if is_name {
                (key, name.as_str())
            } else {
                (above, key)
            };
            passwords(own, path, found);
        }),
        Value::Array(list) => list.iter().for_each(|own| passwords(own, (above, key), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_key_that_takes_a_secret_is_known_as_one_by_its_name() {
    let schema = schema();
    let mut found = Vec::new();
    passwords(&schema, ("", ""), &mut found);
    found.retain(|(_, key)| *key != "RawSecret");
    assert!(found.len() >= 4, "{found:?}");
    for (above, key) in found {
        assert!(
            secret::is_taken_by(key) || secret::is_taken_by(above),
            "{above}.{key}"
        );
    }
}

#[test]
fn of_a_row_the_whole_line_is_meant_and_a_file_that_is_shorter_now_shows_none() {
    let faults = [2, 7].map(|line| Fault {
        file: "u.csv".into(),
        line,
        column: 0,
        key: "name".to_owned(),
        kind: FaultKind::Empty,
        near: None,
    });
    let page = Page::new(Path::new("u.csv"), "id,name\n  a,\n".to_owned());
    let excerpts: Vec<_> = faults.iter().map(|fault| page.excerpt(fault)).collect();
    let whole = Excerpt {
        number: 2,
        text: "  a,".to_owned(),
        meant: 2..4,
    };
    assert_eq!(excerpts, [Some(whole), None]);
}
