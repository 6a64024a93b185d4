//! Every loop's order says what, where, by when and under which number, in both languages.

use super::*;
use crate::config::playbook::embedded;
use crate::domain::case::Case;
use crate::domain::case::ahead;
use crate::domain::fact::case::Matter;
use crate::domain::id::CaseId;
use crate::domain::person::Actor;
use crate::domain::playbook::Playbook;
use crate::domain::signal::Severity;
use crate::domain::text::Clean;
use crate::domain::time::CHINA;
use crate::domain::time::Span;
use crate::lang::LANGS;

/// 2026-11-27 02:40 in China.
const NOW: Moment = Moment::from_ms(1_795_718_400_000);

/// A case of a loop where an order goes out of it.
fn case(playbook: &Playbook) -> Case {
    let step = playbook.moves.iter().find(|step| step.dispatches);
    let from = step.and_then(|step| step.from.first());
    let stage = from.or_else(|| playbook.stages.first().map(|stage| &stage.id));
    let matter = Matter {
        playbook: playbook.id.clone(),
        stage: stage.cloned().unwrap_or_default(),
        detected: NOW - Span::mins(1),
        ..Matter::default()
    };
    Case::opened(CaseId::new("F20261127-0001"), matter, Actor::Desk, NOW, 1)
}

fn order(playbook: &Playbook, lang: Lang) -> Order {
    let case = case(playbook);
    let clocks = ahead::clocks(&case, playbook, NOW);
    let clocks: Vec<_> = clocks
        .into_iter()
        .map(|(name, at)| (Clean::new(lang.of(name)), at))
        .collect();
    Order {
        severity: Some(Severity::Orange),
        place: Place::new(30.078, 121.047),
        whereabouts: Clean::from(whereabouts("回龙村", 0, 1_230.0, lang)),
        deadline: clocks.last().map(|(_, at)| *at).or(Some(NOW + Span::days(4))),
        clocks,
        ..Order::default()
    }
}

const MADE: Made<'_> = Made {
    number: "F20261127-0001.1",
    now: NOW,
    zone: CHINA,
};

#[test]
fn every_loops_order_says_what_where_by_when_and_its_number_in_both_languages() {
    let loops = embedded();
    assert_eq!(loops.len(), 21);
    for playbook in &loops {
        for (lang, ..) in LANGS {
            let order = order(playbook, *lang);
            let text = text(&order, "马渚镇 秸秆焚烧。", MADE, *lang);
            let place = lang.pick("回龙村北 1.2 km", "1.2 km N of 回龙村");
            let mut needed = vec![
                "马渚镇 秸秆焚烧".to_owned(),
                place.to_owned(),
                MADE.number.to_owned(),
            ];
            needed.push("30.07800, 121.04700 WGS-84".to_owned());
            needed.extend(order.deadline.map(|at| when::dated(at, NOW, CHINA)));
            for (name, at) in &order.clocks {
                needed.push(name.to_string());
                needed.push(when::dated(*at, NOW, CHINA));
            }
            for words in needed {
                assert!(text.contains(&words), "{} {words}: {text}", playbook.id);
            }
        }
    }
}

#[test]
fn a_fire_is_signed_for_reached_and_put_out_by_three_clocks_and_another_day_has_its_date() {
    let loops = embedded();
    let fire = loops
        .iter()
        .find(|own| own.id.as_str() == "straw-fire")
        .expect("the loop");
    let clocks = order(fire, Lang::Zh).clocks;
    let clocks: Vec<(&str, i64)> = clocks
        .iter()
        .map(|(name, at)| (name.as_str(), (*at - NOW).as_secs() / 60))
        .collect();
    assert_eq!(clocks, [("签收", 5), ("到场", 14), ("扑灭", 29)]);
    let later = Order {
        deadline: Some(NOW + Span::days(4)),
        ..Order::default()
    };
    let said = text(&later, "露天堆场", MADE, Lang::Zh);
    let expected = "露天堆场。地点：不明，请先核实。请于 12-01 02:40 前办结并反馈。单号 F20261127-0001.1。";
    assert_eq!(said, expected);
}
