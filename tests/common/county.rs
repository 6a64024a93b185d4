//! The county of the sample: its outline, townships, units and points.

use super::watched;
use lookout::domain::directory::{Directory, Point, PointKind, Responder, Township};
use lookout::domain::id::{ChannelId, PointId, TownshipId, UnitId};
use lookout::domain::place::{Place, Ring};

/// The county's outline, to two decimals of a degree.
const BOUNDARY: &[(f64, f64)] = &[
    (29.95, 121.39),
    (29.90, 121.36),
    (29.92, 121.31),
    (29.90, 121.26),
    (29.85, 121.22),
    (29.83, 121.18),
    (29.79, 121.17),
    (29.79, 121.14),
    (29.74, 121.15),
    (29.73, 121.19),
    (29.68, 121.11),
    (29.70, 121.06),
    (29.67, 121.02),
    (29.68, 120.99),
    (29.72, 121.03),
    (29.74, 121.01),
    (29.75, 121.03),
    (29.77, 121.02),
    (29.76, 121.05),
    (29.81, 121.10),
    (29.84, 121.10),
    (29.88, 121.02),
    (29.90, 121.01),
    (29.96, 121.04),
    (29.99, 121.09),
    (30.03, 120.99),
    (30.09, 120.96),
    (30.12, 120.93),
    (30.17, 120.92),
    (30.27, 120.86),
    (30.33, 121.01),
    (30.36, 121.04),
    (30.27, 121.10),
    (30.24, 121.05),
    (30.25, 121.09),
    (30.17, 121.10),
    (30.18, 121.21),
    (30.16, 121.23),
    (30.12, 121.17),
    (30.08, 121.19),
    (30.07, 121.25),
    (30.07, 121.41),
    (30.05, 121.40),
    (30.04, 121.42),
    (29.96, 121.36),
];

/// The county.
pub(super) fn directory() -> Directory {
    let township = |id: &str, name: &str, lat: f64, lon: f64| Township {
        id: TownshipId::new(id),
        name: name.into(),
        centre: Place::new(lat, lon),
        unit: Some(UnitId::new(&format!("u-{id}"))),
    };
    let townships = vec![
        township("mazhu", "马渚镇", 30.104, 121.074),
        township("simen", "泗门镇", 30.168, 121.047),
        township("linshan", "临山镇", 30.142, 120.989),
        township("ditang", "低塘街道", 30.125, 121.167),
        township("langxia", "朗霞街道", 30.098, 121.130),
        township("zhangting", "丈亭镇", 30.030, 121.283),
        township("liangnong", "梁弄镇", 29.890, 121.083),
        township("siming", "四明山镇", 29.741, 121.083),
    ];
    let unit = |t: &Township, n: usize| Responder {
        id: t.unit.clone().unwrap_or_default(),
        name: format!("{}政府", t.name.as_str().trim_end_matches("街道"))
            .as_str()
            .into(),
        contact: "值班电话".into(),
        phone: format!("0574-0000-{n:04}").as_str().into(),
        channels: vec![ChannelId::new("work-group")],
    };
    let mut units: Vec<Responder> = townships
        .iter()
        .enumerate()
        .map(|(n, t)| unit(t, n + 1))
        .collect();
    units.push(Responder {
        id: UnitId::new("u-agri"),
        name: "市农业农村局".into(),
        contact: "值班电话".into(),
        phone: "0574-0000-0100".into(),
        channels: Vec::new(),
    });
    let mut directory = Directory {
        county: "余姚".into(),
        boundary: Ring(
            BOUNDARY
                .iter()
                .filter_map(|&(lat, lon)| Place::new(lat, lon))
                .collect(),
        ),
        townships: townships.into(),
        units: units.into(),
        points: points().into(),
        ..Directory::default()
    };
    watched::add(&mut directory);
    directory
}

fn points() -> Vec<Point> {
    let point = |id: &str, name: &str, kind, lat, lon| Point {
        place: Place::new(lat, lon),
        ..Point::new(PointId::new(id), name.into(), kind)
    };
    vec![
        point("YY01", "市环保大楼", PointKind::Air, 30.050, 121.150),
        point("YY02", "食品公司", PointKind::Air, 30.037, 121.160),
        point("YY03", "泗门", PointKind::Air, 30.170, 121.040),
        point("YY04", "丈亭", PointKind::Air, 30.030, 121.280),
        Point {
            background: true,
            ..point("YY05", "四明山", PointKind::Air, 29.740, 121.090)
        },
        point("CAMS-1", "模式格点 30.0N 121.2E", PointKind::Model, 30.0, 121.2),
        point("CAM-07", "马渚塔 7 号", PointKind::Camera, 30.110, 121.070),
    ]
}
