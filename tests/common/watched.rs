//! What the sample room watches besides its air: two enterprises with their meters and outlet, three sections of a river.

use super::now;
use lookout::desk::board::Board;
use lookout::domain::directory::{CodeGrade, Directory, Enterprise, Point, PointKind, Scope};
use lookout::domain::id::{EnterpriseId, PointId, SourceId, TownshipId};
use lookout::domain::place::Place;
use lookout::domain::playbook::Words;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::time::Span;
use lookout::domain::water::Class;

/// Adds them to a directory.
pub(super) fn add(directory: &mut Directory) {
    let grade = |key: &str, zh: &str, meaning: &str| CodeGrade {
        key: key.into(),
        name: Words {
            zh: zh.into(),
            en: key.into(),
        },
        meaning: meaning.into(),
    };
    directory.codes = [
        grade("green", "绿码", "以非现场监管为主"),
        grade("yellow", "黄码", "提醒帮扶"),
        grade("red", "红码", "重点监管"),
    ]
    .into_iter()
    .collect();
    let firm = |id: &str, name: &str, code: &str| Enterprise {
        id: EnterpriseId::new(id),
        name: name.into(),
        township: Some(TownshipId::new("simen")),
        place: Place::new(30.165, 121.045),
        sector: "电镀".into(),
        code: code.into(),
        contact: "陈经理".into(),
        phone: "0574-0000-2001".into(),
        ..Enterprise::default()
    };
    directory.enterprises = [
        Enterprise {
            positive_list: true,
            tags: vec!["soil".into(), "park".into()],
            rated_kw: Some(Value::whole(400)),
            curtail: vec![("yellow".into(), 70), ("orange".into(), 50)],
            ..firm("E1", "泗门恒达电镀有限公司", "green")
        },
        firm("E2", "泗门永盛五金厂", "red"),
    ]
    .into_iter()
    .collect();
    directory.scopes = vec![Scope {
        name: "电镀园区".into(),
        filter: "tag:park".into(),
    }];
    let all = directory.points.iter().cloned().chain(points());
    directory.points = all.collect();
}

fn points() -> Vec<Point> {
    let point = |id: &str, name: &str, kind| Point {
        township: Some(TownshipId::new("simen")),
        owner: Some(EnterpriseId::new("E1")),
        place: Place::new(30.165, 121.045),
        ..Point::new(PointId::new(id), name.into(), kind)
    };
    let section = |id: &str, name: &str, lon, upstream: &[&str]| Point {
        place: Place::new(30.050, lon),
        class: Some(Class::Three),
        upstream: upstream.iter().map(|id| PointId::new(id)).collect(),
        ..Point::new(PointId::new(id), name.into(), PointKind::Water)
    };
    vec![
        Point {
            pair: Some(PointId::new("M1T")),
            ranges: vec![(Quantity::Power, Value::whole(600))],
            ..point("M1P", "生产用电", PointKind::Production)
        },
        Point {
            pair: Some(PointId::new("M1P")),
            ..point("M1T", "治污用电", PointKind::Treatment)
        },
        Point {
            limits: vec![(Quantity::Cod, Value::whole(50))],
            ranges: vec![(Quantity::Cod, Value::whole(200))],
            ..point("S1", "恒达废水排口", PointKind::Emission)
        },
        section("B1", "候青江", 121.140, &[]),
        section("W1", "蜀山", 121.110, &[]),
        section("W2", "城区", 121.160, &["W1", "B1"]),
    ]
}

/// What they measured: the treatment of a running line stands still, and the lower section is worse than it may be.
pub(super) fn measure(board: &mut Board) {
    let mut put = |point: &str, quantity, period: Period, micro: i64| {
        let at =
            now().floor(Span::hours(4)) - Span::mins(if period == Period::FiveMinutes { -55 } else { 0 });
        let reading = Reading {
            point: PointId::new(point),
            quantity,
            period,
            at,
            value: Some(Value::from_micro(micro)),
            flag: Flag::Valid,
            source: SourceId::new("platform"),
        };
        let key = (reading.point.clone(), quantity, period);
        let before = (0..12).rev().map(|n| {
            let past = Value::from_micro(micro * (80 + (n * 7) % 30) / 100);
            (
                at - Span::hours(n),
                if n == 0 { Value::from_micro(micro) } else { past },
            )
        });
        board.trends.insert(key.clone(), before.collect());
        board.latest.insert(key, reading);
    };
    put("M1P", Quantity::Power, Period::FiveMinutes, 231_400_000);
    put("M1T", Quantity::Power, Period::FiveMinutes, 400_000);
    put("S1", Quantity::Cod, Period::Hour, 61_200_000);
    for (section, phosphorus) in [("B1", 150_000), ("W1", 90_000), ("W2", 260_000)] {
        put(section, Quantity::TotalPhosphorus, Period::FourHours, phosphorus);
        put(section, Quantity::Ammonia, Period::FourHours, 620_000);
    }
}
