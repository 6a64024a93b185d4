//! Each doubt alone ends every list with 4 and stands in every paper; without any a list ends well.

use super::*;
const PAPERS: &[&str] = &["handover", "shift", "daily"];

/// What may be wrong, alone: the key in JSON, and how the store comes to look so.
type Doubtful = (&'static str, fn(&Room));

/// The case that has no loop, as it is named.
const LOST: &str = "smoke watched S1";

const DOUBTS: &[Doubtful] = &[
    ("never", |room| {
        room.feed(|_, _| {});
        room.collected();
    }),
    ("error", |room| {
        room.feed(|feed, now| feed.bad(PollError::Status(502, Clean::new("gateway")), now));
        room.collected();
    }),
    ("late", |room| {
        room.feed(|feed, now| feed.good(&PollResult::default(), now - Span::mins(16)));
        room.collected();
    }),
    ("degraded", |room| {
        let rows = Rows {
            there: 9,
            lost: 3,
            gave: 6,
        };
        room.feed(|feed, now| {
            let take = PollResult {
                rows,
                ..PollResult::default()
            };
            feed.good(&take, now);
        });
        room.collected();
    }),
    ("degraded", |room| {
        room.feed(|feed, now| {
            feed.good(&PollResult::default(), now);
            feed.hold(Some(flood(now)), now);
        });
        room.collected();
    }),
    ("lost_cases", |room| {
        room.feed(|feed, now| feed.good(&PollResult::default(), now));
        room.collected();
        room.opened("smoke", "watched");
    }),
    ("nobody_collects", |room| {
        room.feed(|feed, now| feed.good(&PollResult::default(), now));
    }),
];

#[test]
fn a_list_of_a_room_in_which_everything_is_heard_ends_well_and_says_by_whom() {
    let room = Room::calm();
    for list in LISTS {
        let (exit, json) = room.json(list);
        assert_eq!(
            (exit, &json["fresh"]),
            (Exit::Good, &Json::Bool(true)),
            "{list}: {json}"
        );
        assert_eq!(
            (&json["collector"], &json["gaps"]),
            (&"duty-1".into(), &Json::Array(Vec::new()))
        );
    }
    let (exit, out, err) = room.says("handover --lang en");
    assert!(
        exit != Exit::Good && out.is_empty() && !err.is_empty(),
        "no such command"
    );
    for paper in PAPERS {
        let (_, out, _) = room.says(&format!("report {paper} --lang en"));
        assert!(out.contains("all 1 sources fresh"), "{out}");
    }
}

#[test]
fn each_doubt_alone_ends_every_list_with_four_and_stands_in_every_paper() {
    for (key, cause) in DOUBTS {
        let room = Room {
            folder: tempfile::tempdir().expect("a folder"),
            now: Clock::Wall.now(),
        };
        cause(&room);
        for list in LISTS {
            let (exit, json) = room.json(list);
            let states: Vec<&Json> = json["gaps"]
                .as_array()
                .expect("gaps")
                .iter()
                .map(|gap| &gap["state"])
                .collect();
            assert_eq!(
                (exit.code(), &json["fresh"], states),
                (4, &Json::Bool(false), vec![&Json::from(*key)]),
                "{list}"
            );
            for (lang, word) in [("zh", "没有告警不等于平安"), ("en", "silence proves nothing")] {
                let (exit, _, err) = room.says(&format!("{list} --lang {lang}"));
                assert!(exit.code() == 4 && err.contains(word), "{list} of {key}: {err}");
                let named = *key == "nobody_collects" || err.contains("towers") || err.contains(LOST);
                assert!(named, "{list} of {key}: {err}");
            }
        }
        for paper in PAPERS {
            for (lang, fresh, nobody) in [
                ("zh", "个数据源均正常", "无人采集"),
                ("en", "sources fresh", "nobody collects"),
            ] {
                let (exit, out, err) = room.says(&format!("report {paper} --lang {lang}"));
                let named = out.contains("| towers ") || out.contains(nobody) || out.contains(LOST);
                assert!(
                    exit == Exit::Good && !out.contains(fresh) && named,
                    "{paper} of {key}: {out}{err}"
                );
            }
        }
    }
}

/// A source of which 3,000 wait to be raised.
fn flood(since: Moment) -> HeldBack {
    HeldBack {
        since,
        waiting: 3000,
        gone: 9000,
        most: 1000,
    }
}

#[test]
fn the_list_of_alarms_says_what_of_a_source_that_floods_is_not_raised() {
    let room = Room {
        folder: tempfile::tempdir().expect("a folder"),
        now: Clock::Wall.now(),
    };
    room.feed(|feed, now| {
        feed.good(&PollResult::default(), now);
        feed.hold(Some(flood(now)), now);
    });
    room.collected();
    let (_, json) = room.json("alarms");
    assert_eq!(
        json["gaps"][0]["trouble"],
        "source floods: 3000 waiting, 9000 gone unraised, most_alarms 1000"
    );
    for (lang, words) in [
        ("zh", "来源泛滥：3000 条待报，9000 条未报已去，most_alarms 1000"),
        (
            "en",
            "source floods: 3000 waiting, 9000 gone unraised, most_alarms 1000",
        ),
    ] {
        let (exit, _, err) = room.says(&format!("alarms --lang {lang}"));
        assert!(exit == Exit::Outside && err.contains(words), "{err}");
    }
}

/// A channel said to an order that it takes nothing for an hour.
fn blocks(room: &Room) {
    let task = Stream::Task(TaskId::new("F1.1"));
    let order = TaskFact::Ordered(Box::new(Order {
        case: CaseId::new("F1"),
        channel: ChannelId::new("robot"),
        ..Order::default()
    }));
    let failed = TaskFact::Failed {
        why: Clean::new("errcode 130101 send too fast"),
        next: room.now + Span::hours(1),
        blocks: true,
    };
    let draft = |(expect, fact)| Draft {
        stream: task.clone(),
        expect,
        at: room.now,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Task(fact),
    };
    let facts = [(0, order), (1, failed)].map(draft);
    room.store().append(&facts, Under::Anyone).expect("stored");
}

#[test]
fn feeds_of_a_room_whose_channel_takes_nothing_end_with_four_and_say_which_until_when_and_why() {
    let room = Room::calm();
    blocks(&room);
    let (exit, json) = room.json("feeds");
    assert_eq!(
        (exit, &json["fresh"]),
        (Exit::Outside, &Json::Bool(true)),
        "{json}"
    );
    let rows = json["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["source"] == "robot").expect("its row");
    assert_eq!(
        (&row["kind"], &row["standing"], &row["waiting"]),
        (&"channel".into(), &"blocked".into(), &1.into())
    );
    for (lang, words) in [
        ("zh", "渠道 robot 限流至"),
        ("en", "channel robot takes nothing until"),
    ] {
        let (exit, out, err) = room.says(&format!("feeds --lang {lang}"));
        let said = err.contains(words) && err.contains("130101");
        assert!(
            exit == Exit::Outside && said && out.contains("robot"),
            "{out}{err}"
        );
    }
    // The other lists are whole all the same.
    for list in LISTS.iter().filter(|list| **list != "feeds") {
        assert_eq!(room.json(list).0, Exit::Good, "{list}");
    }
}

#[test]
fn a_check_and_the_list_of_cases_name_the_case_that_the_configuration_has_no_loop_for() {
    for (playbook, stage) in [("smoke", "watched"), ("straw-fire", "watched")] {
        let room = Room::calm();
        room.opened(playbook, stage);
        let named = format!("{playbook} {stage} S1");
        for (lang, todo) in [("zh", "请在配置中恢复"), ("en", "restore it in the config")] {
            let (exit, out, err) = room.says(&format!("cases --lang {lang}"));
            assert!(err.contains(&named) && err.contains(todo), "{err}");
            assert!(exit == Exit::Outside && out.contains(stage), "{out}");
            let (exit, out, _) = room.says(&format!("check --offline --lang {lang}"));
            assert!(out.contains(&named) && out.contains(todo), "{out}");
            assert_eq!(exit, Exit::Findings);
        }
        let (_, json) = room.json("cases");
        assert_eq!(json["rows"][0]["lost"], Json::Bool(true));
        assert_eq!(json["rows"][0]["stage_name"], stage);
        assert_eq!(json["gaps"][0]["trouble"], "S1");
    }
    let room = Room::calm();
    room.opened("straw-fire", "found");
    let (exit, json) = room.json("check --offline");
    assert_eq!((exit, &json["lost_cases"]), (Exit::Good, &Json::Null));
}
