//! Every loop's order says what, where, by when and under which number, in both languages.

use super::*;
use crate::config::playbook::embedded;
use crate::domain::case::{Case, ahead};
use crate::domain::fact::case::Matter;
use crate::domain::fact::task::OfEpisode;
use crate::domain::id::{CaseId, FieldId};
use crate::domain::person::Actor;
use crate::domain::playbook::Playbook;
use crate::domain::signal::Severity;
use crate::domain::template::{OrderTemplate, Wording};
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Span};
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

fn saying<'a>(order: &'a Order, case: &'a Case, playbook: Option<&'a Playbook>) -> Saying<'a> {
    Saying {
        order,
        what: "马渚镇 秸秆焚烧",
        asked: "马渚镇 秸秆焚烧。",
        case,
        playbook,
        room: "值班室",
        made: MADE,
    }
}

#[test]
fn every_loops_order_says_what_where_by_when_and_its_number_in_both_languages() {
    let loops = embedded();
    assert_eq!(loops.len(), 21);
    for playbook in &loops {
        for (lang, ..) in LANGS {
            let order = order(playbook, *lang);
            let case = Case {
                matter: Matter {
                    title: Clean::new("马渚镇 秸秆焚烧"),
                    ..case(playbook).matter
                },
                ..case(playbook)
            };
            let text = text(&saying(&order, &case, Some(playbook)), *lang);
            let place = lang.pick("回龙村北 1.2 km", "1.2 km N of 回龙村");
            let mut needed = vec![
                "马渚镇 秸秆焚烧".to_owned(),
                place.to_owned(),
                MADE.number.to_owned(),
            ];
            // A measure is ordered of a unit, not of a spot.
            if playbook.id.as_str() != "measure" {
                needed.push("30.07800, 121.04700 WGS-84".to_owned());
            }
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
    let case = Case {
        matter: Matter::default(),
        ..case(fire)
    };
    let said = text(
        &Saying {
            asked: "露天堆场",
            ..saying(&later, &case, None)
        },
        Lang::Zh,
    );
    let expected = "露天堆场。地点：不明，请先核实。请于 12-01 02:40 前办结并反馈。单号 F20261127-0001.1。";
    assert_eq!(said, expected);
}

/// Every part is written where it is known, and leaves nothing behind where it is not.
#[test]
fn a_text_with_every_part_says_each_of_them_and_leaves_no_label_of_what_is_not_known() {
    let loops = embedded();
    let mut all = loops.into_iter();
    let mut playbook = all
        .find(|own| own.id.as_str() == "curtailment")
        .expect("the loop");
    let names = parts::known(&playbook);
    let lines = names.iter().map(|name| format!("<{name} = {{{name}}}>"));
    let template = OrderTemplate::parse(&lines.collect::<Vec<_>>().join("\n")).expect("it can be read");
    playbook.order = Some(Wording {
        zh: template.clone(),
        en: template,
    });
    for (lang, ..) in LANGS {
        let none = Case {
            matter: Matter::default(),
            ..case(&playbook)
        };
        let empty = Order::default();
        let said = text(&saying(&empty, &none, Some(&playbook)), *lang);
        let known: Vec<&str> = said.split(lang.pick("。", ". ")).collect();
        let labels = known.iter().filter_map(|line| line.split_once(" = "));
        let labels: Vec<&str> = labels.map(|(name, _)| name).collect();
        assert_eq!(labels, ["what", "place", "number", "case", "room"], "{said}");

        let mut full = case(&playbook);
        full.matter.title = Clean::new("【演练】铸造厂");
        for (field, value) in [("cut", "停产"), ("watch", "meter"), ("limit_kw", "600")] {
            full.state.fields.insert(FieldId::new(field), Clean::new(value));
        }
        let order = Order {
            map: Clean::new("https://map.example/1"),
            unit_name: Clean::new("铸造厂"),
            contact: Clean::new("王"),
            phone: Clean::new("0574"),
            datum: Some(Datum::Gcj02),
            seen: Some(Box::new(Sighted {
                by: Clean::new("G01"),
                bearing: Some(347),
                metres: Some(2_300),
                wind: Clean::new("NW"),
                picture: Clean::new("https://tower.example/1.jpg"),
            })),
            episode: Some(Box::new(OfEpisode {
                level: Clean::new("II"),
                number: Clean::new("YU-7"),
            })),
            clocks: vec![(Clean::new("x"), NOW + Span::mins(5))],
            ..order(&playbook, *lang)
        };
        let said = text(&saying(&order, &full, Some(&playbook)), *lang);
        for name in &names {
            assert!(said.contains(&format!("{name} = ")), "{name}: {said}");
        }
        for words in [
            "title = 铸造厂",
            "bearing = 347°",
            "distance = 2.3 km",
            "level = II",
            "command = YU-7",
            lang.pick("field.watch = 联网电表", "field.watch = its meter"),
            "field.limit_kw = 600",
            "number = F20261127-0001.1",
            "picture = https://tower.example/1.jpg",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains('{') && !said.contains('<'), "{said}");
    }
}

/// A clock by the name of its step.
#[test]
fn a_text_names_one_clock_by_its_step() {
    let loops = embedded();
    let mut all = loops.into_iter();
    let mut fire = all.find(|own| own.id.as_str() == "straw-fire").expect("the loop");
    let step = parts::known(&fire)
        .into_iter()
        .find(|name| name.starts_with("clock."));
    let step = step.expect("a clock");
    let template = OrderTemplate::parse(&format!("<by {{{step}}}>")).expect("it can be read");
    fire.order = Some(Wording {
        zh: template.clone(),
        en: template,
    });
    for (lang, ..) in LANGS {
        let (case, order) = (case(&fire), order(&fire, *lang));
        let said = text(&saying(&order, &case, Some(&fire)), *lang);
        let at = when::dated(NOW + Span::mins(5), NOW, CHINA);
        assert!(said.starts_with(&format!("by {at}")), "{step}: {said}");
    }
}
