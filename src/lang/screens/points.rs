//! Words of the Points screen.

use crate::domain::directory::PointKind;
use crate::domain::fact::declared::DeclaredKind;
use crate::domain::water::{Class, Quality};
use crate::lang::Lang;
use crate::texts;

texts! {
    /// Texts of the Points screen.
    Points {
        Enterprises: "企业", "enterprises";
        Meters: "电表", "meters";
        Emissions: "排污", "emissions";
        Sites: "工地", "sites";
        Sections: "断面", "sections";
        Sources: "水源", "intakes";
        Outlets: "排口", "outlets";
        Cameras: "瞭望", "cameras";
        Scope: "范围", "scope";
        Everything: "全部", "all";
        ScopeHint: "o 换范围", "o next scope";
        Enterprise: "企业", "enterprise";
        Point: "点位", "point";
        Sector: "行业", "sector";
        Grade: "赋码", "code";
        Tags: "标签", "tags";
        Load: "负荷 kW", "load kW";
        Value: "数值", "value";
        Limit: "限值", "limit";
        Target: "目标", "target";
        Trend: "趋势", "trend";
        Alarm: "告警", "alarm";
        Declared: "申报", "declared";
        Positive: "正面清单", "positive list";
        PositiveShort: "正面", "pos";
        PositiveNote: "先远程核实；派人到现场前须说明理由", "verify remotely first; say why before anyone is sent on site";
        Community: "社区村", "community";
        Rated: "额定", "rated";
        Curtail: "应急限产", "in episodes";
        Contact: "联系人", "contact";
        OnCall: "属地值班", "on call";
        Code: "编号", "id";
        Kind: "类别", "kind";
        Range: "量程", "full scale";
        Reach: "视距", "reach";
        Radius: "半径", "radius";
        Drinking: "饮用水水源", "drinking water";
        Upstream: "上游", "upstream";
        Downstream: "下游", "downstream";
        Watched: "监控点", "Points";
        Readings: "读数", "Readings";
        Open: "告警与事件", "Alarms and cases";
        Near: "周边 1.5 km", "Within 1.5 km";
        Nothing: "无", "none";
        NoneOfKind: "没有此类点位", "no points of this kind";
        Water: "水质", "water";
        MainItems: "主要污染", "polluted by";
        ItemsMissing: "缺 {items}，不判类别", "{items} missing: no class";
        NoClass: "数据不全，不判类别", "not all items are there: no class";
        ReachesTarget: "达到目标 {class}", "reaches its target {class}";
        MissesTarget: "未达目标 {class}", "misses its target {class}";
        TimesOver: "{item} 超Ⅲ类 {times} 倍", "{item} {times} times over class III";
        River: "河段", "reach";
        ReachMean: "{n} 个断面均值 {class} {quality}", "mean of {n} sections: {class}, {quality}";
        ReachShare: "Ⅲ类及以上 {good}/{n}，无数据 {silent}", "class III or better {good}/{n}, silent {silent}";
        Chart: "{what} · 近 24 小时", "{what} · last 24 h";
    }
}

/// What a point is.
pub fn kind(lang: Lang, kind: PointKind) -> &'static str {
    match kind {
        PointKind::Air => lang.pick("空气站", "air station"),
        PointKind::Model => lang.pick("模式格点", "model cell"),
        PointKind::Water => lang.pick("断面", "river section"),
        PointKind::Camera => lang.pick("高空瞭望", "camera"),
        PointKind::Production => lang.pick("生产电表", "production meter"),
        PointKind::Treatment => lang.pick("治污电表", "treatment meter"),
        PointKind::Emission => lang.pick("排污监控点", "emission point"),
        PointKind::Site => lang.pick("工地", "site"),
        PointKind::Fence => lang.pick("围栏界桩", "fence"),
        PointKind::Outlet => lang.pick("排口", "outlet"),
        PointKind::Reservoir => lang.pick("水库水源地", "reservoir"),
        PointKind::Other => lang.pick("其他", "other"),
    }
}

/// A class of water.
pub fn class(lang: Lang, class: Class) -> &'static str {
    match class {
        Class::One => lang.pick("Ⅰ类", "I"),
        Class::Two => lang.pick("Ⅱ类", "II"),
        Class::Three => lang.pick("Ⅲ类", "III"),
        Class::Four => lang.pick("Ⅳ类", "IV"),
        Class::Five => lang.pick("Ⅴ类", "V"),
        Class::Beyond => lang.pick("劣Ⅴ类", "V-"),
    }
}

/// What a class is called as quality.
pub fn quality(lang: Lang, quality: Quality) -> &'static str {
    match quality {
        Quality::Excellent => lang.pick("优", "excellent"),
        Quality::Good => lang.pick("良好", "good"),
        Quality::Light => lang.pick("轻度污染", "lightly polluted"),
        Quality::Moderate => lang.pick("中度污染", "moderately polluted"),
        Quality::Heavy => lang.pick("重度污染", "heavily polluted"),
    }
}

/// What is declared of a point.
pub fn declared(lang: Lang, kind: DeclaredKind) -> &'static str {
    match kind {
        DeclaredKind::Stop => lang.pick("停产停运", "stopped"),
        DeclaredKind::Maintenance => lang.pick("检修", "maintenance"),
        DeclaredKind::Calibration => lang.pick("校准", "calibration"),
    }
}

/// A tag of an enterprise; one of the room's own stands as it is.
pub fn tag(lang: Lang, tag: &str) -> &str {
    match tag {
        "ldar" => "LDAR",
        "radiation" => lang.pick("辐射", "radiation"),
        "soil" => lang.pick("土壤", "soil"),
        "key" => lang.pick("重点", "key"),
        "guaranteed" => lang.pick("保障", "guaranteed"),
        "park" => lang.pick("园区", "park"),
        other => other,
    }
}
