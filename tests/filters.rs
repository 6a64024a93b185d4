//! What is typed after `/`: the same language on every list, and an error with its place where it is not understood.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

use common::story::Sitting;
use lookout::lang::Lang;
use lookout::tui::seat::Mode;

fn filtered(screen: &str, typed: &str) -> (Vec<String>, String) {
    let mut story = Sitting::at(common::board());
    story.keys(screen).keys("/").types(typed).keys("Enter");
    let view = story.seat.view();
    assert_eq!(view.fault, None, "{typed}");
    let ids = view.list.ids.iter().map(|id| id.text().to_owned()).collect();
    (ids, story.screen())
}

#[test]
fn fields_words_initials_and_not_are_understood_on_screens() {
    for (screen, typed, some, none) in [
        ("6", "severity:yellow", "rule/XJ-11/tp", "fires/CAM-12-1938"),
        ("6", "severity>=orange", "fires/CAM-12-1938", "rule/YY02/aqi"),
        ("6", "town:临山,马渚", "fires/CAM-12-1938", "rule/YY02/aqi"),
        ("6", "town:ls", "fires/CAM-12-1938", "fires/CAM-07-1931"),
        ("6", "town=linshan", "fires/CAM-12-1938", "fires/CAM-07-1931"),
        ("6", "not source:fires", "rule/XJ-11/tp", "fires/CAM-12-1938"),
        ("6", "-fires", "rule/XJ-11/tp", "fires/CAM-12-1938"),
        ("6", "age>1h", "rule/XJ-11/tp", "fires/CAM-12-1938"),
        ("6", "CAM-12", "fires/CAM-12-1938", "fires/CAM-07-1931"),
        (
            "6",
            "火 severity>=orange town:临山,马渚 and not state:shelved",
            "fires/CAM-12-1938",
            "rule/YY02/aqi",
        ),
        ("1", "severity:yellow", "rule/XJ-11/tp", "fires/CAM-12-1938"),
        ("1", "late:yes", "F20261123-0001", "rule/YY02/aqi"),
        ("3", "source:fires", "fires/CAM-12-1938", "nothing"),
        ("5", "late:yes", "F20261123-0001", "F20261123-0002"),
        ("1", "late:dispatched", "F20261123-0001", "rule/YY02/aqi"),
        ("5", "late:dispatched", "F20261123-0001", "F20261123-0002"),
        ("5", "late:处置", "F20261123-0001", "F20261123-0002"),
        ("5", "not late:dispatched", "F20261123-0002", "F20261123-0001"),
        ("5", "late:no", "F20261123-0002", "F20261123-0001"),
        ("5", "state:late", "F20261123-0001", "F20261123-0002"),
        ("5", "town:马渚", "F20261123-0002", "F20261123-0001"),
        ("5", "秸秆 severity:red", "F20261123-0001", "nothing"),
        ("5", "已到场", "F20261123-0001", "F20261123-0002"),
        ("0", "state:error,late", "firms", "fires"),
    ] {
        let (ids, shown) = filtered(screen, typed);
        assert!(
            ids.iter().any(|id| id == some),
            "{screen} /{typed}: {ids:?}\n{shown}"
        );
        assert!(
            !ids.iter().any(|id| id == none),
            "{screen} /{typed}: {ids:?}\n{shown}"
        );
    }
}

#[test]
fn the_kind_of_a_case_is_found_as_it_is_shown() {
    let board = common::board();
    let playbook = &board.room.playbooks[0];
    let (ids, shown) = filtered("5", Lang::Zh.of(&playbook.words));
    assert!(!ids.is_empty(), "{shown}");
}

#[test]
fn a_filter_that_is_not_understood_is_an_error_with_its_place_and_hides_nothing() {
    for (lang, typed, words) in [
        (Lang::Zh, "泗门 tow:x", "第 4 字：筛选中没有字段「tow」"),
        (
            Lang::En,
            "泗门 tow:x",
            "the filter knows no field “tow” (character 4)",
        ),
        (Lang::Zh, "severity:", "第 1 字：「severity」后缺少值"),
        (
            Lang::Zh,
            "火 late:verfy",
            "第 3 字：字段「late」没有「verfy」这个值",
        ),
        (Lang::En, "火 late:verfy", "“late” is never “verfy” (character 3)"),
        (
            Lang::Zh,
            "severity:紫",
            "第 1 字：字段「severity」没有「紫」这个值",
        ),
        (
            Lang::En,
            "fire (town:x",
            "the parenthesis is not closed (character 6)",
        ),
    ] {
        let mut story = Sitting::in_tongue(common::board(), lang);
        let all = story.keys("6").seat.view().list.ids.len();
        let screen = story.keys("/").types(typed).screen();
        assert!(screen.contains(words), "{typed}\n{screen}");
        assert_eq!(story.seat.view().list.ids.len(), all, "nothing is hidden by it");
        assert!(
            story
                .draw(60, 14)
                .contains(words.split('（').next().unwrap_or_default())
        );
        story.keys("Enter");
        assert!(matches!(story.seat.mode, Mode::Filter(_)), "it is not kept");
        story.keys("Esc");
        assert_eq!(
            (story.seat.view().filter.as_str(), story.seat.view().fault),
            ("", None)
        );
    }
}

#[test]
fn the_log_of_the_shift_is_found_by_words_and_says_so() {
    let mut story = Sitting::at(common::board());
    let screen = story.keys("9 /").types("town:x").screen();
    assert!(screen.contains("筛选中没有字段「town」"), "{screen}");
}
