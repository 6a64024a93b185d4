//! Words of the screens, one file a screen, and those that several screens share.

pub mod air;
pub mod alarms;
pub mod cases;
pub mod control;
pub mod feeds;
pub mod fires;
pub mod overview;
pub mod points;
pub mod shift;
pub mod targets;

use crate::texts;

texts! {
    /// Texts that several screens share.
    Screen {
        Age: "时长", "age";
        All: "全部", "all";
        By: "由", "by";
        Case: "事件", "case";
        Count: "次数", "count";
        EmptyList: "此列表为空", "this list is empty";
        Due: "时限", "due";
        Kind: "类别", "kind";
        Nothing: "没有符合条件的行", "no row fits";
        Order: "派单", "order";
        Place: "位置", "place";
        Severity: "级别", "severity";
        Source: "来源", "source";
        Stage: "阶段", "stage";
        State: "状态", "state";
        Title: "内容", "what";
        Township: "属地", "township";
        Unit: "单位", "unit";
        Where: "位置", "Where";
        Times: "时间", "Times";
        Handling: "处置", "Handling";
        NotListed: "{area}（名录外）", "{area} (not listed)";
        NoPlace: "未告知位置", "no place given";
        SeverityUnknown: "级别未识别「{words}」{title}", "severity not known “{words}” {title}";
        Near: "（邻近推定）", " (nearest, a guess)";
        ReadOnly: "只读：{why}", "read-only: {why}";
    }
}
