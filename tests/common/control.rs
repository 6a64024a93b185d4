//! The sample room in an episode of control: units with their measures, curtailed enterprises with meters, a cruise, problems.

use super::{Writer, board_with, now, story};
use lookout::config::playbook::embedded;
use lookout::desk::board::Board;
use lookout::domain::directory::{Enterprise, Measure, Point, PointKind};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::id::{
    CaseId, EnterpriseId, FieldId, MoveId, PlaybookId, PointId, SourceId, StageId, UnitId,
};
use lookout::domain::playbook::Words;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use std::sync::Arc;

/// The episode's number.
pub(crate) const EPISODE: &str = "E20261122-0001";

const UNITS: &[&str] = &[
    "u-mazhu",
    "u-simen",
    "u-linshan",
    "u-ditang",
    "u-langxia",
    "u-agri",
];
const ITEMS: &[(&str, &str)] = &[
    ("工地停止土方", "earthwork stops"),
    ("道路增加冲洗", "roads are washed more"),
    ("禁烧巡查加密", "patrols against burning"),
];
const FIRMS: &[(&str, &str, &str, i64)] = &[
    ("铸造一厂", "in_force", "600", 412),
    ("印染公司", "exceeding", "300", 386),
    ("电镀园七号", "in_force", "150", 149),
    ("水泥粉磨站", "notified", "800", 0),
    ("热电厂", "exempt", "", 0),
    ("塑料加工点", "in_force", "", 0),
];

fn ago(hours: i64) -> Moment {
    now() - Span::hours(hours)
}

fn fields(rows: &[(&str, &str)]) -> Vec<(FieldId, Clean)> {
    let rows = rows.iter().filter(|row| !row.1.is_empty());
    rows.map(|(id, value)| (FieldId::new(id), Clean::new(value)))
        .collect()
}

fn open(ledger: &mut Writer, id: &str, playbook: &str, stage: &str, matter: Matter) {
    let matter = Matter {
        playbook: PlaybookId::new(playbook),
        stage: StageId::new(stage),
        detected: ago(20),
        ..matter
    };
    ledger.case(id, ago(20), CaseFact::Opened(Box::new(matter)));
}

fn go(ledger: &mut Writer, id: &str, to: &str, at: Moment) {
    let from = ledger
        .state
        .cases
        .get(&CaseId::new(id))
        .map(|case| case.state.stage.clone());
    let fact = CaseFact::Moved {
        step: MoveId::new("step"),
        from: from.unwrap_or_default(),
        to: StageId::new(to),
        closes: ["in_place", "exempt", "closed"].contains(&to),
        verdict: None,
        given: Box::<MoveInput>::default(),
        again: None,
        extends: None,
        means: None,
    };
    ledger.case(id, at, fact);
}

/// The board of that room.
pub(crate) fn board() -> Board {
    let mut ledger = story();
    let matter = Matter {
        title: "PM2.5 污染过程应急管控".into(),
        fields: fields(&[
            ("level", "yellow"),
            ("cause", "静稳天气，PM2.5 累积"),
            ("order_no", "甬气指〔2026〕4号"),
            ("ends", "2026-11-25"),
        ]),
        ..Matter::default()
    };
    open(&mut ledger, EPISODE, "episode", "consulting", matter);
    for (stage, hours) in [("proposed", 19), ("issued", 18), ("in_force", 17)] {
        go(&mut ledger, EPISODE, stage, ago(hours));
    }
    measures(&mut ledger);
    firms(&mut ledger);
    finds(&mut ledger);
    let mut board = board_with(ledger);
    furnish(&mut board);
    board
}

fn under(matter: Matter) -> Matter {
    Matter {
        parent: Some(CaseId::new(EPISODE)),
        ..matter
    }
}

fn measures(ledger: &mut Writer) {
    let stages = [
        "in_place",
        "running",
        "to_send",
        "in_place",
        "checking",
        "signed",
        "rectifying",
        "in_place",
        "running",
        "to_sign",
        "in_place",
        "checking",
        "signed",
    ];
    for (u, unit) in UNITS.iter().enumerate() {
        for (i, item) in ITEMS.iter().enumerate() {
            let id = format!("M20261122-{:04}", u * ITEMS.len() + i + 1);
            let matter = under(Matter {
                title: item.0.into(),
                unit: Some(UnitId::new(unit)),
                ..Matter::default()
            });
            open(ledger, &id, "measure", "to_send", matter);
            let stage = stages
                .get((u * 2 + i) % stages.len())
                .copied()
                .unwrap_or("to_send");
            if stage != "to_send" {
                go(ledger, &id, stage, ago(3));
            }
        }
    }
}

fn firms(ledger: &mut Writer) {
    for (n, (name, stage, limit, _)) in FIRMS.iter().enumerate() {
        let id = format!("C20261122-{:04}", n + 1);
        let matter = under(Matter {
            title: (*name).into(),
            enterprise: Some(EnterpriseId::new(name)),
            fields: fields(&[("limit_kw", limit)]),
            ..Matter::default()
        });
        open(ledger, &id, "curtailment", "notified", matter);
        if *stage != "notified" {
            go(ledger, &id, stage, ago(16));
        }
    }
}

fn finds(ledger: &mut Writer) {
    let cruise = under(Matter {
        title: "泗门—临山走航".into(),
        ..Matter::default()
    });
    open(ledger, "R20261122-0001", "cruise", "planned", cruise);
    go(ledger, "R20261122-0001", "running", ago(5));
    for (n, (title, closed)) in [("裸土未覆盖", false), ("渣土车未密闭", true)].iter().enumerate()
    {
        let id = format!("P20261122-{:04}", n + 1);
        let matter = Matter {
            title: (*title).into(),
            parent: Some(CaseId::new("R20261122-0001")),
            ..Matter::default()
        };
        open(ledger, &id, "problem", "registered", matter);
        if *closed {
            go(ledger, &id, "closed", ago(1));
        }
    }
}

/// Every loop, the enterprises with their meters, and what they draw.
fn furnish(board: &mut Board) {
    let mut room = (*board.room).clone();
    room.playbooks = embedded();
    let enterprise = |row: &(&str, &str, &str, i64)| Enterprise {
        id: EnterpriseId::new(row.0),
        name: row.0.into(),
        rated_kw: Some(Value::whole(1000)),
        curtail: vec![("yellow".into(), 60)],
        ..Enterprise::default()
    };
    room.directory.enterprises = FIRMS.iter().map(enterprise).collect();
    let measures = UNITS.iter().take(2).map(|unit| Measure {
        unit: UnitId::new(unit),
        item: Words {
            zh: "喷涂工序错峰".into(),
            en: "spraying is put off".into(),
        },
        levels: vec!["yellow".into()],
    });
    room.directory.measures = measures.collect();
    let mut points: Vec<Point> = room.directory.points.iter().cloned().collect();
    for (name, _, _, kw) in FIRMS.iter().filter(|row| row.3 > 0) {
        let mut meter = Point::new(
            PointId::new(&format!("m-{name}")),
            (*name).into(),
            PointKind::Production,
        );
        meter.owner = Some(EnterpriseId::new(name));
        let reading = Reading {
            point: meter.id.clone(),
            quantity: Quantity::Power,
            period: Period::Instant,
            at: now() - Span::mins(4),
            value: Some(Value::whole(*kw)),
            flag: Flag::Valid,
            source: SourceId::new("meters"),
        };
        board
            .latest
            .insert((meter.id.clone(), Quantity::Power, Period::Instant), reading);
        board.points.insert(meter.id.clone(), meter.clone());
        points.push(meter);
    }
    room.directory.points = points.into_iter().collect();
    board.room = Arc::new(room);
}
