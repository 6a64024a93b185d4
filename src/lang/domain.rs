//! The domain's values in words: severities, alarm and feed states, signal kinds, roles, quantities.

use crate::domain::age::Age;
use crate::domain::alarm::AlarmState;
use crate::domain::fact::declared::DeclaredKind;
use crate::domain::feed::FeedState;
use crate::domain::person::{Actor, Role};
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Flag, Period};
use crate::domain::signal::Severity;
use crate::lang::Lang;

/// A severity: 红 / red.
pub fn severity(lang: Lang, severity: Severity) -> &'static str {
    match severity {
        Severity::Red => lang.pick("红", "red"),
        Severity::Orange => lang.pick("橙", "orange"),
        Severity::Yellow => lang.pick("黄", "yellow"),
        Severity::Blue => lang.pick("蓝", "blue"),
    }
}

/// An alarm's state.
pub fn alarm_state(lang: Lang, state: AlarmState) -> &'static str {
    match state {
        AlarmState::Unacknowledged => lang.pick("未确认", "unacknowledged"),
        AlarmState::Returned => lang.pick("已恢复未确认", "cleared, unseen"),
        AlarmState::Acknowledged => lang.pick("已确认", "acknowledged"),
        AlarmState::Shelved => lang.pick("已搁置", "shelved"),
        AlarmState::Suppressed => lang.pick("已抑制", "suppressed"),
        AlarmState::OutOfService => lang.pick("停用", "out of service"),
        AlarmState::Normal => lang.pick("正常", "normal"),
    }
}

/// A source's state.
pub fn feed_state(lang: Lang, state: FeedState) -> &'static str {
    match state {
        FeedState::Never => lang.pick("未轮询", "never polled"),
        FeedState::Ok => lang.pick("正常", "ok"),
        FeedState::Empty => lang.pick("正常·无数据", "ok, empty"),
        FeedState::Degraded => lang.pick("缺损", "degraded"),
        FeedState::Late => lang.pick("滞后", "late"),
        FeedState::Error => lang.pick("故障", "error"),
    }
}

/// Who made a fact.
pub fn actor(lang: Lang, actor: &Actor) -> String {
    match actor {
        Actor::Person(id) => id.to_string(),
        Actor::Desk => lang.pick("系统", "the desk").to_owned(),
    }
}

/// A role.
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Viewer => lang.pick("观察员", "viewer"),
        Role::Operator => lang.pick("值守员", "operator"),
        Role::Leader => lang.pick("带班", "shift leader"),
        Role::Section => lang.pick("科室", "section"),
        Role::Township => lang.pick("属地", "township"),
        Role::Member => lang.pick("成员单位", "member unit"),
        Role::Enforcement => lang.pick("执法", "enforcement"),
        Role::Maintenance => lang.pick("运维", "maintenance"),
        Role::Admin => lang.pick("管理员", "administrator"),
    }
}

/// A quantity.
pub fn quantity(lang: Lang, quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::So2 => "SO₂",
        Quantity::No2 => "NO₂",
        Quantity::Co => "CO",
        Quantity::O3 => "O₃",
        Quantity::Pm10 => "PM10",
        Quantity::Pm25 => "PM2.5",
        Quantity::PublishedIndex => lang.pick("发布指数", "published index"),
        Quantity::Temperature => lang.pick("温度", "temperature"),
        Quantity::Humidity => lang.pick("湿度", "humidity"),
        Quantity::WindSpeed => lang.pick("风速", "wind speed"),
        Quantity::WindFrom => lang.pick("风向", "wind from"),
        Quantity::Pressure => lang.pick("气压", "pressure"),
        Quantity::Rain => lang.pick("降水", "rain"),
        Quantity::Ph => "pH",
        Quantity::DissolvedOxygen => lang.pick("溶解氧", "dissolved oxygen"),
        Quantity::Permanganate => lang.pick("高锰酸盐指数", "permanganate index"),
        Quantity::Ammonia => lang.pick("氨氮", "ammonia nitrogen"),
        Quantity::TotalPhosphorus => lang.pick("总磷", "total phosphorus"),
        Quantity::TotalNitrogen => lang.pick("总氮", "total nitrogen"),
        Quantity::Power => lang.pick("功率", "power"),
        Quantity::Tsp => "TSP",
        Quantity::Noise => lang.pick("噪声", "noise"),
        Quantity::Cod => "COD",
        Quantity::Sulphate => lang.pick("硫酸盐", "sulphate"),
        Quantity::Chloride => lang.pick("氯化物", "chloride"),
        Quantity::Nitrate => lang.pick("硝酸盐氮", "nitrate"),
        Quantity::Iron => lang.pick("铁", "iron"),
        Quantity::Manganese => lang.pick("锰", "manganese"),
        Quantity::Flow => lang.pick("流量", "flow"),
        Quantity::StackNox => lang.pick("氮氧化物", "NOx"),
        Quantity::StackSo2 => lang.pick("二氧化硫", "SO₂"),
        Quantity::StackDust => lang.pick("烟尘", "dust"),
    }
}

/// Over which time a value is.
pub fn period(lang: Lang, period: Period) -> &'static str {
    match period {
        Period::Instant => lang.pick("瞬时", "instant"),
        Period::Minute => lang.pick("1 分钟", "1 min"),
        Period::FiveMinutes => lang.pick("5 分钟", "5 min"),
        Period::QuarterHour => lang.pick("15 分钟", "15 min"),
        Period::Hour => lang.pick("小时", "hour"),
        Period::FourHours => lang.pick("4 小时", "4 h"),
        Period::EightHours => lang.pick("8 小时", "8 h"),
        Period::Day => lang.pick("日", "day"),
    }
}

/// What is said of a value's quality.
pub fn flag(lang: Lang, flag: Flag) -> &'static str {
    match flag {
        Flag::Valid => lang.pick("有效", "valid"),
        Flag::Modelled => lang.pick("模式", "modelled"),
        Flag::Maintenance => lang.pick("维护", "maintenance"),
        Flag::Invalid => lang.pick("无效", "invalid"),
        Flag::Suspect => lang.pick("存疑", "suspect"),
    }
}

/// How an observation stands to the clock.
pub fn age(lang: Lang, age: Age) -> &'static str {
    match age {
        Age::Current => lang.pick("当前", "current"),
        Age::Stale => lang.pick("过期", "stale"),
        Age::Ahead => lang.pick("时间超前", "ahead of the clock"),
    }
}

/// What is declared.
pub fn declared_kind(lang: Lang, kind: DeclaredKind) -> &'static str {
    match kind {
        DeclaredKind::Stop => lang.pick("停产停运", "stop"),
        DeclaredKind::Maintenance => lang.pick("检修运维", "maintenance"),
        DeclaredKind::Calibration => lang.pick("校准", "calibration"),
    }
}
