//! What the manual's filters and the screens' fields find on each list.

use super::*;
use crate::domain::id::MoveId;
use crate::store::Under;

/// The filters that the manual shows, and the fields that it names.
fn manual() -> (Vec<&'static str>, Vec<&'static str>) {
    let text = include_str!("../../../../README.md");
    let (_, text) = text
        .split_once("`/` filters a list as you type")
        .expect("the paragraph");
    let (shown, text) = text.split_once("The fields are").expect("the fields");
    let quoted = |text: &'static str| text.split('`').skip(1).step_by(2);
    let fields = quoted(text).next().expect("names");
    (quoted(shown).collect(), fields.split_whitespace().collect())
}

impl Room {
    /// A straw fire in 泗门 with its alarm, an hour past its limit, and a point there with a reading of three hours ago.
    fn burning() -> Self {
        let room = Self::calm();
        let (mut store, town) = (room.store(), TownshipId::new("simen"));
        let began = room.now - Span::hours(3);
        let alarm = AlarmId::new("towers/17");
        let cause = Cause {
            code: "fire".into(),
            severity: Severity::Orange,
            title: "疑似火点".into(),
            township: Some(town.clone()),
            point: Some(PointId::new("S1")),
            source: Some(SourceId::new("towers")),
            began,
            ..Cause::default()
        };
        let matter = Matter {
            playbook: PlaybookId::new("straw-fire"),
            stage: StageId::new("found"),
            title: "疑似火点".into(),
            township: Some(town.clone()),
            alarm: Some(alarm.clone()),
            detected: began,
            ..Matter::default()
        };
        let draft = |stream, fact| Draft {
            stream,
            expect: 0,
            at: began,
            by: Actor::Desk,
            seat: None,
            fact,
        };
        let case = CaseId::new("F1");
        let mut joined = draft(
            Stream::Alarm(alarm.clone()),
            Fact::Alarm(AlarmFact::Joined { case: case.clone() }),
        );
        joined.expect = 1;
        let facts = [
            draft(Stream::Alarm(alarm), Fact::Alarm(AlarmFact::raised(cause))),
            joined,
            draft(Stream::Case(case), Fact::Case(CaseFact::Opened(Box::new(matter)))),
        ];
        store.append(&facts, Under::Anyone).expect("stored");
        let mut point = Point::new(PointId::new("S1"), Clean::new("火情哨"), PointKind::Air);
        point.township = Some(town);
        crate::desk::share::Described::default().leave(&mut store, &SourceId::new("towers"), vec![point]);
        store.keep(&[reading(began)], room.now).expect("kept");
        room
    }

    /// What a list finds by a filter: how many rows; `None` where the filter is a fault, with what was said.
    fn finds(&self, list: &str, filter: &str) -> Result<usize, String> {
        let (exit, out, err) = self.hears([list, "--json", "--lang", "en", "--filter", filter]);
        if exit == Exit::Usage {
            return Err(err);
        }
        let json: Json = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{list}: {out}{err}"));
        Ok(json["rows"].as_array().expect("rows").len())
    }
}

#[test]
fn the_manuals_filters_find_on_every_list_what_they_find_on_a_screen() {
    let (shown, fields) = manual();
    assert_eq!(
        fields,
        crate::tui::part::fields::FIELDS,
        "the manual names them all"
    );
    assert!(shown.len() >= 5, "{shown:?}");
    let room = Room::burning();
    for list in ["alarms", "cases", "points"] {
        for filter in &shown {
            let found = room.finds(list, filter);
            match found {
                Ok(rows) => assert_eq!(rows, 1, "{list} --filter {filter}"),
                Err(said) => {
                    let place = said.contains("the filter knows no field “late” (character 1)");
                    assert!(
                        list == "points" && place && said.contains("known: "),
                        "{list} {filter}: {said}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_field_of_the_screens_is_asked_on_every_list_or_is_a_fault_that_names_those_it_has() {
    let room = Room::burning();
    let never = [
        ("points", vec!["case", "late"]),
        ("feeds", vec!["title", "town", "case", "unit", "by", "late"]),
    ];
    for list in LISTS {
        for field in crate::tui::part::fields::FIELDS {
            let lacks = never
                .iter()
                .any(|(of, fields)| of == list && fields.contains(field));
            let fit = match *field {
                "severity" => "red",
                "age" => "2h",
                "late" => "yes",
                _ => "x",
            };
            match room.finds(list, &format!("火 {field}:{fit}")) {
                Ok(_) => assert!(!lacks, "{list} takes {field}"),
                Err(said) => {
                    let known = said.split_once("known: ").expect("the fields it has").1;
                    assert!(lacks && said.contains("(character 3)"), "{list}: {said}");
                    assert!(!known.split(", ").any(|one| one.trim() == *field), "{said}");
                }
            }
        }
    }
    for (filter, place) in [
        ("late:nowhere", "“late” is never “nowhere” (character 1)"),
        ("火 severity:purple", "“severity” is never “purple” (character 3)"),
        ("age>long", "“age” is never “long” (character 1)"),
    ] {
        for list in ["alarms", "cases"] {
            let said = room.finds(list, filter).expect_err(filter);
            assert!(said.contains(place), "{list} {filter}: {said}");
        }
    }
    let said = room.finds("points", "current:maybe").expect_err("yes or no");
    assert!(said.contains("“current” is never “maybe”"), "{said}");
    for (filter, rows) in [("late:found", 1), ("late:发现", 1), ("late:verified", 0)] {
        let found = ["alarms", "cases"].map(|list| room.finds(list, filter));
        assert_eq!(found, [Ok(rows), Ok(rows)], "{filter}");
    }
    for (filter, alarms, cases, points) in [
        ("town:sm", 1, 1, 1),
        ("town:simen,马渚", 1, 1, 1),
        ("town:mazhu", 0, 0, 0),
        ("severity>=orange", 1, 1, 1),
        ("severity:red", 0, 0, 0),
        ("state:unacknowledged", 1, 0, 1),
        ("state:open", 0, 1, 0),
        ("kind:fire", 1, 1, 1),
        ("age>2h", 1, 1, 1),
        ("age>4h", 0, 0, 0),
        ("source:towers", 1, 1, 1),
        ("title:疑似火点", 1, 1, 0),
        ("title:火情哨", 0, 0, 1),
    ] {
        let found = ["alarms", "cases", "points"].map(|list| room.finds(list, filter));
        assert_eq!(found, [Ok(alarms), Ok(cases), Ok(points)], "{filter}");
    }
    assert_eq!(
        room.finds("points", "unit:µg"),
        Ok(1),
        "a reading's unit is its measure"
    );
}

#[test]
fn a_late_case_names_the_role_that_it_is_due_to_in_json_and_in_both_tables() {
    let room = Room::burning();
    let (_, json) = room.json("cases --lang en");
    let row = &json["rows"][0];
    assert_eq!(
        [&row["late"], &row["due_to"], &row["due_to_name"]],
        ["found", "leader", "shift leader"]
    );
    let since = row["due_to_since"].as_str().and_then(Moment::parse_rfc3339);
    // Three minutes to judge it, and three more until the leader's rung.
    let after = since.map(|since| since - (room.now - Span::hours(3)));
    let whole = after.map(|after| after.ms() / 1000);
    assert!(matches!(whole, Some(359..=360)), "{json:#}");
    for (lang, head, role) in [("zh", "应报", "带班"), ("en", "due to", "shift leader")] {
        let (_, out, _) = room.says(&format!("cases --lang {lang}"));
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].contains(head) && lines[1].contains(role), "{out}");
    }
    let mut store = room.store();
    let closed = CaseFact::Moved {
        step: MoveId::new("false"),
        from: StageId::new("found"),
        to: StageId::new("closed"),
        verdict: None,
        given: Box::default(),
        closes: true,
        again: None,
        extends: None,
        means: None,
    };
    let draft = Draft {
        stream: Stream::Case(CaseId::new("F1")),
        expect: 1,
        at: room.now,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Case(closed),
    };
    store.append(&[draft], Under::Anyone).expect("stored");
    let (_, json) = room.json("cases");
    let row = &json["rows"][0];
    assert_eq!(
        [&row["late"], &row["due_to"]],
        [&Json::Null, &Json::Null],
        "it is closed"
    );
}
