//! The sample board with a control episode in force, the year's goals and the year's days.

use super::Writer;
use super::board_with;
use super::now;
use super::story;
use lookout::config::check::World;
use lookout::config::checked::read;
use lookout::config::playbook;
use lookout::desk::board::Board;
use lookout::domain::air::Day;
use lookout::domain::air::year::Year;
use lookout::domain::case::CaseFact;
use lookout::domain::case::Given;
use lookout::domain::case::Matter;
use lookout::domain::directory::Enterprise;
use lookout::domain::directory::Measure;
use lookout::domain::directory::Point;
use lookout::domain::directory::PointKind;
use lookout::domain::directory::Unit;
use lookout::domain::id::CaseId;
use lookout::domain::id::EnterpriseId;
use lookout::domain::id::FieldId;
use lookout::domain::id::MoveId;
use lookout::domain::id::PlaybookId;
use lookout::domain::id::PointId;
use lookout::domain::id::StageId;
use lookout::domain::id::UnitId;
use lookout::domain::playbook::Words;
use lookout::domain::quantity::Quantity;
use lookout::domain::quantity::Value;
use lookout::domain::reading::Flag;
use lookout::domain::reading::Period;
use lookout::domain::reading::Reading;
use lookout::domain::target::plan::Target;
use lookout::domain::text::Clean;
use lookout::domain::time::Span;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Units of the episode: key and name.
const UNITS: [(&str, &str); 6] = [
    ("housing", "市住建局"),
    ("traffic", "市交通运输局"),
    ("enforce", "市综合执法局"),
    ("police", "市公安局"),
    ("agri", "市农业农村局"),
    ("eco", "生态环境分局"),
];

/// Measures of the plan: name in both languages, and which units have them.
const MEASURES: [(&str, &str, &[usize]); 6] = [
    ("工地停止土方作业", "no earthworks at sites", &[0, 1]),
    ("道路洒水保洁加密", "more road washing", &[1, 2]),
    ("渣土车停运", "no muck trucks", &[0, 1, 2, 3]),
    ("露天烧烤、焚烧巡查", "patrols against open burning", &[2, 4]),
    ("高排放车辆限行", "no high-emission vehicles", &[1, 3]),
    ("涉气企业巡查", "patrols at enterprises", &[5]),
];

/// How far each measure has come, in the order they are opened.
const STAGES: [&str; 13] = [
    "in_place",
    "in_place",
    "running",
    "running",
    "in_place",
    "checking",
    "signed",
    "rectifying",
    "to_sign",
    "in_place",
    "in_place",
    "signed",
    "running",
];

/// Curtailed enterprises: name, limit in kW, present draw (`None`: no meter), stages it went through.
const ENTERPRISES: [(&str, &str, Option<i64>, &[&str]); 7] = [
    ("宏远铸造", "1200", Some(860), &["confirmed", "in_force"]),
    (
        "江南印染",
        "640",
        Some(910),
        &["confirmed", "in_force", "exceeding"],
    ),
    ("恒达水泥", "2000", Some(1975), &["confirmed", "in_force"]),
    (
        "兴业橡塑",
        "300",
        Some(120),
        &["in_force", "exceeding", "explained"],
    ),
    ("四明砖瓦", "", None, &["confirmed", "in_force"]),
    ("舜江热电", "", Some(5200), &["exempt"]),
    ("城北化工", "450", None, &[]),
];

/// The board: the story's, with an episode of level yellow on its second day of four.
pub(crate) fn board() -> Board {
    let mut ledger = story();
    episode(&mut ledger);
    dressed(board_with(ledger))
}

/// The same without an episode.
pub(crate) fn calm() -> Board {
    dressed(board_with(story()))
}

fn dressed(mut board: Board) -> Board {
    let room = Arc::make_mut(&mut board.room);
    room.playbooks = playbook::embedded();
    room.targets = targets();
    let mut units: Vec<Unit> = room.directory.units.iter().cloned().collect();
    units.extend(UNITS.map(|(id, name)| Unit {
        id: UnitId::new(id),
        name: name.into(),
        contact: "值班电话".into(),
        phone: "0574-0000-0200".into(),
        channel: None,
    }));
    room.directory.units = units.into();
    let enterprises = ENTERPRISES.map(|(name, limit, ..)| Enterprise {
        id: EnterpriseId::new(name),
        name: name.into(),
        tags: (name == "舜江热电")
            .then(|| "guaranteed".into())
            .into_iter()
            .collect(),
        rated_kw: Value::parse(limit).or(Some(Value::whole(900))),
        curtail: vec![("yellow".into(), 50)],
        ..Enterprise::default()
    });
    room.directory.enterprises = enterprises.into_iter().collect();
    room.directory.measures = plan();
    for (name, _, draw, _) in ENTERPRISES {
        if let Some(kw) = draw {
            meter(&mut board, name, kw);
        }
    }
    board.year = Some(Arc::new(year()));
    board
}

fn plan() -> Vec<Measure> {
    let rows = MEASURES.iter().flat_map(|(zh, en, units)| {
        units.iter().map(|nth| Measure {
            unit: UnitId::new(UNITS[*nth].0),
            item: Words {
                zh: (*zh).into(),
                en: (*en).into(),
            },
            levels: vec!["yellow".into(), "orange".into()],
        })
    });
    rows.collect()
}

fn meter(board: &mut Board, name: &str, kw: i64) {
    let id = PointId::new(&format!("meter-{name}"));
    let point = Point {
        owner: Some(EnterpriseId::new(name)),
        ..Point::new(id.clone(), name.into(), PointKind::Production)
    };
    board.points.insert(id.clone(), point);
    let reading = Reading {
        source: lookout::domain::id::SourceId::new("meters"),
        point: id.clone(),
        quantity: Quantity::Power,
        period: Period::FiveMinutes,
        at: now() - Span::mins(3),
        value: Some(Value::whole(kw)),
        flag: Flag::Valid,
    };
    board
        .latest
        .insert((id, Quantity::Power, Period::FiveMinutes), reading);
}

fn opened(playbook: &str, parent: Option<&str>, title: &str, stage: &str) -> Matter {
    Matter {
        playbook: PlaybookId::new(playbook),
        playbook_version: 1,
        stage: StageId::new(stage),
        title: title.into(),
        parent: parent.map(CaseId::new),
        detected: now() - Span::hours(30),
        ..Matter::default()
    }
}

fn go(w: &mut Writer, id: &str, to: &str, mins: i64) {
    let from = w.state.cases.get(id).map(|case| case.stage.clone());
    let closes = ["in_place", "exempt", "ended", "closed"].contains(&to);
    let fact = CaseFact::Moved {
        step: MoveId::new(to),
        from: from.unwrap_or_default(),
        to: StageId::new(to),
        closes,
        verdict: None,
        given: Box::new(Given::default()),
        again: None,
        extends: None,
    };
    w.case(id, now() - Span::mins(mins), fact);
}

fn open(w: &mut Writer, id: &str, matter: Matter, mins: i64) {
    w.case(id, now() - Span::mins(mins), CaseFact::Opened(Box::new(matter)));
}

fn field(id: &str, text: &str) -> (FieldId, Clean) {
    (FieldId::new(id), Clean::new(text))
}

fn episode(w: &mut Writer) {
    let id = "E20261122-0001";
    let mut matter = opened("episode", None, "PM2.5 污染过程应急管控", "consulting");
    matter.fields = vec![
        field("level", "yellow"),
        field("cause", "PM2.5 静稳累积"),
        field("order_no", "余大气办〔2026〕17 号"),
        field("ends", "2026-11-25"),
    ];
    open(w, id, matter, 1800);
    for (stage, mins) in [("proposed", 1750), ("issued", 1700), ("in_force", 1680)] {
        go(w, id, stage, mins);
    }
    for (nth, (measure, stage)) in plan().iter().zip(STAGES).enumerate() {
        let own = format!("M20261122-{:04}", nth + 1);
        let mut matter = opened("measure", Some(id), measure.item.zh.as_str(), "to_sign");
        matter.unit = Some(measure.unit.clone());
        open(w, &own, matter, 1690);
        if stage != "to_sign" {
            go(w, &own, stage, 600 - 10 * nth as i64);
        }
    }
    for (nth, (name, limit, draw, stages)) in ENTERPRISES.iter().enumerate() {
        let own = format!("C20261122-{:04}", nth + 1);
        let mut matter = opened("curtailment", Some(id), name, "notified");
        matter.enterprise = Some(EnterpriseId::new(name));
        let watch = if draw.is_some() { "meter" } else { "manual" };
        matter.fields = vec![field("limit_kw", limit), field("watch", watch)];
        open(w, &own, matter, 1690);
        for (step, stage) in stages.iter().enumerate() {
            go(w, &own, stage, 120 - 30 * step as i64);
        }
    }
    let cruise = "R20261123-0001";
    open(
        w,
        cruise,
        opened("cruise", Some(id), "泗门—小曹娥走航", "planned"),
        400,
    );
    go(w, cruise, "running", 380);
    for (nth, title) in ["工业园区 VOCs 高值", "工地裸土未覆盖"].iter().enumerate() {
        let own = format!("P20261123-{:04}", nth + 1);
        open(w, &own, opened("problem", Some(cruise), title, "registered"), 200);
    }
    go(w, "P20261123-0002", "closed", 60);
}

/// The goals of the training city.
pub(crate) fn targets() -> Vec<Target> {
    let city = include_str!("../../src/training/city.toml");
    let (_, goals) = city.split_at(city.find("[[target]]").expect("goals"));
    let config = read(Path::new("goals.toml"), goals, &World).expect("good goals");
    config.targets
}

/// This year's days until yesterday: 300 of 326 have data, 21 are bad.
fn year() -> Year {
    let until = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    let of = |v: i64| Some(Value::whole(v));
    let days: BTreeMap<chrono::NaiveDate, Day> = first
        .iter_days()
        .take(300)
        .enumerate()
        .map(|(n, date)| {
            let n = n as i64;
            let pm25 = if n % 14 == 3 { 88 } else { 18 + n * 7 % 19 };
            let co = Some(Value::from_micro(600_000 + n % 5 * 50_000));
            let o3 = 80 + n * 11 % 74;
            (
                date,
                Day::of([of(6), of(24 + n % 9), co, of(o3), of(48 + n % 7), of(pm25)]),
            )
        })
        .collect();
    Year::of(until, days)
}
