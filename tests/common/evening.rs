//! What has happened this evening: alarms, cases and orders, in the order in which they came.

use super::{Writer, ago, cause, matter, moved, now, order};
use lookout::domain::fact::alarm::{AlarmFact, Cause, Hold};
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, OperatorId, PointId, SourceId, StageId, TaskId, TownshipId};
use lookout::domain::place::Place;
use lookout::domain::signal::Severity;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};

fn fire(title: &str, township: &str, (lat, lon): (f64, f64), began: Moment) -> Cause {
    Cause {
        detail: "热成像识别，置信度 0.93，风向东北 2.1 m/s".into(),
        source: Some(SourceId::new("fires")),
        place: Place::new(lat, lon),
        township: Some(TownshipId::new(township)),
        ..cause("STRAW-FIRE", Severity::Red, title, began)
    }
}

/// What has happened this evening.
pub(crate) fn story() -> Writer {
    let mut w = Writer::default();
    let raise = |w: &mut Writer, id: &str, at: Moment, cause: Cause| {
        w.alarm(id, at, AlarmFact::raised(cause));
    };
    raise(
        &mut w,
        "fires/CAM-07-1931",
        ago(10),
        fire(
            "马渚镇 斗门村 北侧农田 疑似秸秆焚烧",
            "mazhu",
            (30.118, 121.062),
            ago(11),
        ),
    );
    raise(
        &mut w,
        "fires/CAM-12-1938",
        ago(3),
        fire("临山镇 邵家丘村 田间明火", "linshan", (30.142, 120.981), ago(4)),
    );
    raise(
        &mut w,
        "fires/CAM-03-1822",
        ago(79),
        fire("泗门镇 湖北村 秸秆焚烧", "simen", (30.176, 121.035), ago(80)),
    );
    let station = |cause: Cause, point: &str| Cause {
        point: Some(PointId::new(point)),
        source: Some(SourceId::new("ningbo-air")),
        ..cause
    };
    raise(
        &mut w,
        "rule/YY03/pm25",
        ago(41),
        station(
            cause(
                "AIR-JUMP",
                Severity::Orange,
                "PM2.5 一小时上升 58 µg/m³（泗门）",
                ago(42),
            ),
            "YY03",
        ),
    );
    raise(
        &mut w,
        "rule/YY02/aqi",
        ago(102),
        station(
            cause(
                "AIR-AQI",
                Severity::Yellow,
                "空气质量指数 118，轻度污染（食品公司）",
                ago(102),
            ),
            "YY02",
        ),
    );
    raise(
        &mut w,
        "warnings/nb-20261123-2",
        ago(150),
        cause(
            "WEATHER",
            Severity::Blue,
            "宁波市气象台发布大雾蓝色预警",
            ago(151),
        ),
    );
    raise(
        &mut w,
        "alerts/disk-duty-1",
        ago(200),
        cause("ALERT", Severity::Yellow, "duty-1 磁盘剩余 11%", ago(201)),
    );
    raise(
        &mut w,
        "rule/sys/firms",
        ago(26),
        Cause {
            source: Some(SourceId::new("firms")),
            ..cause(
                "SYS-SRC",
                Severity::Orange,
                "数据源 firms 连续 5 次轮询失败",
                ago(26),
            )
        },
    );
    raise(
        &mut w,
        "rule/XJ-11/tp",
        ago(400),
        cause(
            "WTR-TP",
            Severity::Yellow,
            "姚江 三江口断面 总磷 0.26 mg/L",
            ago(401),
        ),
    );
    w.alarm("rule/XJ-11/tp", ago(30), AlarmFact::Returned);
    w.handled(
        "rule/YY02/aqi",
        ago(95),
        AlarmFact::Acknowledged {
            comment: "已通知各镇加密巡查".into(),
            until: Some(now() + Span::mins(140)),
        },
    );
    w.handled(
        "alerts/disk-duty-1",
        ago(190),
        AlarmFact::Held(Hold::Shelved {
            by: OperatorId::new("zhiban-1"),
            reason: "已报修，次日更换".into(),
            until: now() + Span::hours(5),
        }),
    );
    cases(&mut w);
    w
}

fn cases(w: &mut Writer) {
    let (f1, f2, f3) = ("F20261123-0001", "F20261123-0002", "F20261123-0003");
    w.case(
        f1,
        ago(79),
        matter(
            "泗门镇 湖北村 秸秆焚烧",
            "simen",
            Some("fires/CAM-03-1822"),
            ago(80),
            (30.176, 121.035),
        ),
    );
    w.handled(
        "fires/CAM-03-1822",
        ago(79),
        AlarmFact::Joined {
            case: CaseId::new(f1),
        },
    );
    w.handled(
        "fires/CAM-03-1822",
        ago(78),
        AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        },
    );
    w.case(f1, ago(77), moved("confirm", "found", "confirmed", "u-simen"));
    w.case(
        f1,
        ago(76),
        moved("dispatch", "confirmed", "dispatched", "u-simen"),
    );
    w.task(
        &format!("{f1}.1"),
        ago(76),
        order(
            f1,
            "u-simen",
            "湖北村秸秆焚烧，请 30 分钟内到场处置并反馈。",
            ago(46),
        ),
    );
    w.case(
        f1,
        ago(76),
        CaseFact::Ordered {
            task: TaskId::new(&format!("{f1}.1")),
        },
    );
    w.task(
        &format!("{f1}.1"),
        ago(75),
        TaskFact::Delivered {
            receipt: "200 ok".into(),
        },
    );
    w.task(
        &format!("{f1}.1"),
        ago(60),
        TaskFact::Answered {
            kind: "on_scene".into(),
            text: "已到场，明火已扑灭，正在清理余烬".into(),
            at: None,
            photo: None,
        },
    );
    w.case(
        f1,
        ago(46),
        CaseFact::Late {
            stage: StageId::new("dispatched"),
            due: ago(46),
        },
    );
    w.case(
        f2,
        ago(9),
        matter(
            "马渚镇 斗门村 北侧农田 疑似秸秆焚烧",
            "mazhu",
            Some("fires/CAM-07-1931"),
            ago(11),
            (30.118, 121.062),
        ),
    );
    w.handled(
        "fires/CAM-07-1931",
        ago(9),
        AlarmFact::Joined {
            case: CaseId::new(f2),
        },
    );
    w.case(
        f3,
        ago(300),
        matter(
            "低塘街道 洋山村 垃圾焚烧",
            "ditang",
            None,
            ago(301),
            (30.128, 121.170),
        ),
    );
    w.case(f3, ago(290), moved("confirm", "found", "confirmed", "u-ditang"));
    w.case(f3, ago(200), moved("close", "confirmed", "closed", "u-ditang"));
}
