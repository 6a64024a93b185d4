//! Words of the Air screen: classes, flags, the detail of a station.

use crate::domain::air::{Absence, Level, Standard};
use crate::domain::reading::Flag;
use crate::lang::Lang;
use crate::texts;

texts! {
    /// Texts of the Air screen.
    AirText {
        Station: "站点", "station";
        Index: "AQI", "AQI";
        Class: "类别", "class";
        Primary: "首要", "primary";
        Trend: "近24小时", "last 24 h";
        Age: "数据", "age";
        Flag: "标记", "flag";
        Published: "发布", "publ.";
        Model: "模式", "model";
        ModelNote: "模式格点：计算值，不是监测值", "model cell: computed, not measured";
        Background: "对照", "backgr.";
        Pollutant: "污染物", "pollutant";
        Value: "浓度", "value";
        Sub: "分指数", "sub-index";
        PublishedIndex: "发布指数", "published";
        Differs: "与发布相差 {n}", "differs by {n}";
        NotCompared: "不作比较，本室用 {standard}", "not compared: ours is {standard}";
        Same: "与发布一致", "same as published";
        NotPublished: "上游未发布", "not published";
        Chart: "{what} · 24 小时", "{what} · 24 hours";
        ChartHint: "h l 换要素", "h l other pollutant";
        NoData: "无数据", "no data";
        LastAt: "最后数据 {at}", "last data {at}";
        NeverSpoke: "从未收到数据", "nothing was ever received";
        Today: "今日", "Today";
        DayTitle: "{day} 至{hour}时", "{day} to {hour}:00";
        EndedNow: "若此刻结束", "if it ended";
        NextLevel: "升级", "next level";
        TipsBy: "{what} 现 {value} {unit}，如持续，{hour}时 升入{class}", "{what} {value} {unit} now; if it lasts, {class} by {hour}:00";
        NeverTips: "{what} 现 {value} {unit}，如持续，今日不升级", "{what} {value} {unit} now; if it lasts, no higher level today";
        TipsFrom: "{what} 保持 {value} {unit} 以上到 24时，升入{class}", "{what} at {value} {unit} or more until 24:00 makes it {class}";
        GoodDay: "优良天", "good day";
        CanStayGood: "仍有可能", "still possible";
        CannotStayGood: "已无可能", "no longer possible";
        FewHours: "有效小时不足，按规定不评价", "too few valid hours: not judged";
        Effect: "健康影响", "health";
        Advice: "建议措施", "advice";
        Sensitive: "敏感人群", "sensitive";
        Revised: "订正", "corrected";
        Revision: "{hour} {what} {before} → {after}（原值 {kept} 收）", "{hour} {what} {before} → {after} (first value came {kept})";
        DayShort: "{day}至{hour}时 {index} {class}", "{day} to {hour}h {index} {class}";
        TipShort: "{hour}时升{class}", "{class} by {hour}h";
        StaysShort: "现浓度持续则不升级", "stays if unchanged";
        FewShort: "今日有效小时不足", "too few hours today";
        NoStations: "尚无空气站数据", "no data of any station yet";
    }
}

/// A level's class in one word, by the standard it was computed by: 优, 良, 轻度 …
pub fn class(lang: Lang, standard: Standard, level: Level) -> &'static str {
    let (zh, en) = match standard {
        Standard::Hj633_2012 | Standard::Hj633_2026 => (
            ["优", "良", "轻度", "中度", "重度", "严重"],
            ["excellent", "good", "light", "moderate", "heavy", "severe"],
        ),
        Standard::Epa2024 => (
            ["好", "中等", "敏感", "不健康", "很不健康", "危险"],
            [
                "good",
                "moderate",
                "sensitive",
                "unhealthy",
                "very unh.",
                "hazardous",
            ],
        ),
        Standard::Eaqi => (
            ["好", "尚好", "中等", "差", "很差", "极差"],
            ["good", "fair", "moderate", "poor", "very poor", "extreme"],
        ),
    };
    level.pick(lang.pick(&zh, &en))
}

/// Why there is no index.
pub fn absence(lang: Lang, why: Absence) -> &'static str {
    match why {
        Absence::NoData => lang.pick("无数据", "no data"),
        Absence::Incomplete => lang.pick("不全", "partial"),
        Absence::Beyond => lang.pick("超表", "beyond"),
        Absence::Undefined => lang.pick("未定义", "undefined"),
    }
}

/// A reading's flag; nothing for a valid one.
pub fn flag(lang: Lang, flag: Flag) -> &'static str {
    match flag {
        Flag::Valid => "",
        Flag::Modelled => lang.pick("模式", "model"),
        Flag::Maintenance => lang.pick("维护", "maint."),
        Flag::Invalid => lang.pick("无效", "invalid"),
        Flag::Suspect => lang.pick("存疑", "suspect"),
    }
}
