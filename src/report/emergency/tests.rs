use super::*;
use crate::domain::fact::case::{Matter, MoveInput};
use crate::domain::id::CaseId;
use crate::domain::text::Clean;
use crate::report::hand::{Hand, fields};

fn given(words: &str, rows: &[(&str, &str)]) -> MoveInput {
    MoveInput {
        comment: Clean::new(words),
        fields: fields(rows),
        ..MoveInput::default()
    }
}

/// Known at nine, larger, reported by telephone.
fn phoned(id: &str) -> Hand {
    let mut hand = Hand::new();
    let matter = Matter {
        fields: fields(&[("channel", "plant")]),
        ..Matter::default()
    };
    hand.open(id, EMERGENCY, ("23 09:00", matter));
    hand.give(id, "verify", ("23 09:05", given("acid in the ditch", &[])));
    let known = [("level", "larger"), ("pollutant", "acid, 2 t")];
    hand.give(id, "grade", ("23 09:15", given("", &known)));
    hand.give(id, "phone", ("23 09:25", given("told the city", &[])));
    hand
}

fn value(paper: &ReportDocument, key: &str) -> String {
    let cells = paper.row(key).map(|row| row.cells.clone());
    cells.unwrap_or_default().pop().unwrap_or_default()
}

#[test]
fn the_first_report_is_due_by_the_level_and_says_what_nobody_has_written_down() {
    let books = phoned("U1").books((Rhythm::Day, 23), "23 10:00");
    let paper = make(&books, Lang::En);
    let text = paper.markdown();
    let due = "report due: Emergency: first report · 2026-11-23 13:00 · ";
    assert!(text.contains(due) && text.contains("Decree 17"), "{text}");
    assert_eq!(value(&paper, "U1.first.reported"), "not reported yet");
    assert_eq!(value(&paper, "U1.first.source"), "the plant's own report");
    assert_eq!(value(&paper, "U1.first.pollutant"), "acid, 2 t");
    assert_eq!(value(&paper, "U1.first.hurt"), "not filled in");
    assert!(paper.row("U1.final.time").is_none(), "{text}");
}

#[test]
fn a_report_that_was_made_stays_as_it_was_and_a_follow_up_tells_what_came_after_it() {
    let mut hand = phoned("U1");
    let first = given("sent in writing", &[("trend", "spreading")]);
    hand.give("U1", "first_report", ("23 10:30", first));
    let follow = given("dammed", &[("trend", "held")]);
    hand.give("U1", "follow_up", ("23 13:00", follow));
    let books = hand.books((Rhythm::Day, 23), "23 14:00");
    let paper = make(&books, Lang::En);
    assert_eq!(value(&paper, "U1.first.trend"), "spreading");
    assert_eq!(value(&paper, "U1.first.reported"), "2026-11-23 10:30");
    assert_eq!(value(&paper, "U1.follow1.trend"), "held");
    assert_eq!(
        value(&paper, "U1.follow1.course"),
        "11-23 13:00 follow-up report: dammed"
    );
    assert_eq!(value(&paper, "U1.follow2.course"), "not filled in");
    // Four hours from the first report, and four more by the follow-up.
    let text = paper.markdown();
    assert!(text.contains("follow-up · 2026-11-23 18:30 · "), "{text}");
}

#[test]
fn a_closed_emergency_is_written_only_when_it_is_named() {
    let mut hand = phoned("U1");
    hand.give("U1", "first_report", ("23 10:30", given("sent", &[])));
    hand.give("U1", "resolve", ("23 18:00", given("cleaned", &[])));
    hand.give("U1", "final_report", ("23 20:00", given("all of it", &[])));
    hand.give("U1", "file", ("24 09:00", given("filed", &[])));
    let mut books = hand.books((Rhythm::Day, 24), "24 10:00");
    assert_eq!(make(&books, Lang::En).rows().count(), 0);
    books.about = Some(CaseId::new("U1"));
    let paper = make(&books, Lang::En);
    assert_eq!(value(&paper, "U1.final.reported"), "2026-11-23 20:00");
    assert!(value(&paper, "U1.final.course").contains("acid in the ditch"));
    assert!(paper.markdown().contains("report due: none"));
}

#[test]
fn a_report_says_which_items_of_the_rule_are_missing_and_prints_no_checklist() {
    let mut hand = phoned("U1");
    let first = [
        ("monitoring", "pH 2.1 at the ditch"),
        ("plan", "lime, dam"),
        ("contact", "the duty room, 0574-1"),
    ];
    hand.give(
        "U1",
        "first_report",
        ("23 10:30", given("sent in writing", &first)),
    );
    hand.give("U1", "resolve", ("23 18:00", given("cleaned", &[])));
    let paper = make(&hand.books((Rhythm::Day, 23), "23 19:00"), Lang::Zh);
    assert_eq!(value(&paper, "U1.first.monitoring"), "pH 2.1 at the ditch");
    assert_eq!(value(&paper, "U1.first.plan"), "lime, dam");
    assert_eq!(value(&paper, "U1.first.contact"), "the duty room, 0574-1");
    assert_eq!(value(&paper, "U1.final.remains"), "未填");
    let text = paper.markdown();
    for missing in [
        "缺项: 地点、起因和性质、处置情况、人员受害、敏感点、发展趋势、下一步工作建议、敏感点分布示意图\n",
        "损失和潜在危害、社会影响、遗留问题、责任追究",
    ] {
        assert!(text.contains(missing), "{missing} in {text}");
    }
    let playbooks = crate::config::playbook::embedded();
    let own = playbooks.iter().find(|own| own.id.as_str() == EMERGENCY);
    let lists = own
        .into_iter()
        .flat_map(|own| &own.stages)
        .flat_map(|stage| &stage.checklist);
    for words in lists {
        assert!(!text.contains(words.zh.as_str()), "{} in {text}", words.zh);
    }
}

#[test]
fn the_final_report_is_due_at_once_and_an_article_nobody_could_read_is_said_to_be_unverified() {
    let mut hand = phoned("U1");
    hand.give("U1", "first_report", ("23 10:30", given("sent in writing", &[])));
    hand.give("U1", "resolve", ("23 18:00", given("cleaned", &[])));
    let text = make(&hand.books((Rhythm::Day, 23), "23 18:10"), Lang::Zh).markdown();
    assert!(text.contains("处理结果报告 · 2026-11-23 19:00 · "), "{text}");
    assert!(text.contains("立即上报") && text.contains("条文未核对"), "{text}");
    // The one article whose text is at hand is the law; every other that a limit names is marked.
    for own in crate::config::playbook::embedded()
        .iter()
        .filter(|own| own.id.as_str() == EMERGENCY)
    {
        for limit in own.stages.iter().filter_map(|stage| stage.limit.as_ref()) {
            let text = limit.provenance.text.zh.as_str();
            let others = ["第四条", "第十二条", "第十三条", "第十四条"];
            let named = others.iter().any(|article| text.contains(article));
            assert!(!named || text.contains("条文未核对"), "{text}");
        }
    }
}
