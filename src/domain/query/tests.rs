//! The language, sentence by sentence, and that nothing typed makes it stumble.

use super::*;
use proptest::prelude::*;

struct Fire;

const SEVERITIES: &[&str] = &["blue", "yellow", "orange", "red"];

impl Filterable for Fire {
    fn field(&self, key: &str) -> Option<FieldValue<'_>> {
        match key {
            "severity" => Some(FieldValue::Ranked("orange", SEVERITIES)),
            "age" => Some(FieldValue::Span(Span::mins(90))),
            "aqi" => Some(FieldValue::Number(104.5)),
            "town" => Some(FieldValue::Text("泗门镇".into())),
            "raised" => Some(FieldValue::Text("2026-11-23T09:31:00+08:00".into())),
            "late" => Some(FieldValue::Flag(true, vec!["verified".into(), "已核实".into()])),
            _ => None,
        }
    }

    fn haystack(&self) -> Cow<'_, str> {
        haystack(["Smoke at 10:30 NW of the dyke", "泗门镇 海塘"]).into()
    }
}

fn holds(typed: &str) -> bool {
    Query::parse(typed)
        .unwrap_or_else(|fault| panic!("{typed}: {fault}"))
        .holds(&Fire)
}

fn fault_of(typed: &str) -> (usize, QueryFaultKind) {
    let fault = Query::parse(typed).expect_err("it cannot be understood");
    (fault.at, fault.why)
}

#[test]
fn words_are_found_by_case_width_and_initials() {
    for yes in [
        "",
        "  ",
        "smoke",
        "SMOKE dyke",
        "ＳＭＯＫＥ",
        "泗门",
        "smz",
        "SMZ ht",
        "10:30",
        "\"nw of\"",
    ] {
        assert!(holds(yes), "{yes}");
    }
    for no in ["fire", "smoke fire", "马渚", "xz", "\"of nw\"", "\"and\""] {
        assert!(!holds(no), "{no}");
    }
}

#[test]
fn fields_are_asked_by_part_whole_and_order() {
    for yes in [
        "town:泗门",
        "town:sm",
        "town:马渚,泗门",
        "town=泗门镇",
        "town!=泗门",
        "severity:orange",
        "severity>=orange",
        "severity<red",
        "severity:red,orange",
        "age>1h",
        "age<=90m",
        "aqi>100",
        "aqi=104.5",
        "raised>=2026-11-23",
        "late:yes",
        "late=true",
        "late:verified",
        "late:核实",
        "late=已核实",
        "late:found,verified",
        "late!=found",
        "nothing!=x",
        "town：泗门",
        "aqi＞100",
    ] {
        assert!(holds(yes), "{yes}");
    }
    for no in [
        "town:马渚",
        "town=泗门",
        "severity>orange",
        "severity:oran",
        "age>2h",
        "aqi<100",
        "aqi>many",
        "late:no",
        "late:found",
        "late=核实",
        "nothing:x",
        "severity>=purple",
        "raised<2026-11-23",
    ] {
        assert!(!holds(no), "{no}");
    }
}

#[test]
fn not_binds_before_and_and_and_before_or() {
    for yes in [
        "smoke or fire",
        "fire or smoke and dyke",
        "not fire",
        "!fire",
        "-fire",
        "not not smoke",
        "smoke -town:马渚",
        "(fire or smoke) (town:泗门)",
        "not (fire and smoke)",
        "!(fire)",
        "（smoke）",
        "smoke and not age>2h",
    ] {
        assert!(holds(yes), "{yes}");
    }
    for no in [
        "smoke and fire",
        "fire or smoke -dyke",
        "(smoke or fire) fire",
        "-smoke",
        "not smoke or fire",
    ] {
        assert!(!holds(no), "{no}");
    }
}

#[test]
fn what_cannot_be_understood_is_named_with_its_place() {
    assert_eq!(fault_of("泗门 \"x"), (4, QueryFaultKind::OpenQuote));
    assert_eq!(fault_of("a (b or c"), (3, QueryFaultKind::OpenParenthesis));
    assert_eq!(fault_of("a b)"), (4, QueryFaultKind::StrayParenthesis));
    assert_eq!(fault_of(")"), (1, QueryFaultKind::StrayParenthesis));
    assert_eq!(fault_of("a and"), (6, QueryFaultKind::NothingThere));
    assert_eq!(fault_of("a and or b"), (7, QueryFaultKind::NothingThere));
    assert_eq!(fault_of("or a"), (1, QueryFaultKind::NothingThere));
    assert_eq!(fault_of("a ()"), (4, QueryFaultKind::NothingThere));
    assert_eq!(
        fault_of("a town:"),
        (3, QueryFaultKind::NoValue("town".to_owned()))
    );
    assert_eq!(fault_of(&"(".repeat(100_000)).1, QueryFaultKind::TooDeep);
}

#[test]
fn a_field_that_no_row_has_is_refused_by_the_list() {
    let fault = Query::of_fields("smoke -(tow:x)", &["town"], |_| None).expect_err("there is no such field");
    assert_eq!(
        (fault.at, fault.why),
        (9, QueryFaultKind::NoField("tow".to_owned()))
    );
    assert!(Query::of_fields("town:x http://a/b 10:30", &["town"], |_| None).is_ok());
}

#[test]
fn a_value_that_a_field_never_has_is_refused_by_the_list_and_finds_never_nothing() {
    let reach = |key: &str| match key {
        // What the row has, and a stage that it is not late in.
        "late" => Some(FieldValue::Flag(true, vec!["verified".into(), "found".into()])),
        "severity" | "age" | "aqi" => Fire.field(key),
        _ => None,
    };
    let fields = ["town", "late", "severity", "age", "aqi"];
    for (typed, at, field, value) in [
        ("smoke late:verifed", 7, "late", "verifed"),
        ("late:yes,Maybe", 1, "late", "maybe"),
        ("late=verif", 1, "late", "verif"),
        ("late>found", 1, "late", "found"),
        ("not (late!=x)", 6, "late", "x"),
        ("severity:purple", 1, "severity", "purple"),
        ("severity>=oran", 1, "severity", "oran"),
        ("age>many", 1, "age", "many"),
        ("aqi:high", 1, "aqi", "high"),
    ] {
        let fault = Query::of_fields(typed, &fields, reach).expect_err(typed);
        let why = QueryFaultKind::NeverSo(field.to_owned(), value.to_owned());
        assert_eq!((fault.at, fault.why), (at, why), "{typed}");
    }
    for typed in [
        "late:no",
        "late:found",
        "late:ver",
        "late!=found",
        "severity<red",
        "age>2h",
        "aqi=1",
        "town:x",
    ] {
        assert!(Query::of_fields(typed, &fields, reach).is_ok(), "{typed}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_stumble(typed in "[ ()!\"a-z:=<>,0-9火（）：-]{0,40}") {
        if let Ok(query) = Query::parse(&typed) {
            let _: bool = query.holds(&Fire);
        }
    }
}
