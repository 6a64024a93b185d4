//! Words of the Alarms screen.

use crate::texts;

texts! {
    /// Texts of the Alarms screen.
    Alarms {
        Needs: "待处置", "needs a person";
        Returned: "已恢复", "cleared";
        Held: "搁置·抑制", "held";
        All: "全部", "all";
        Raised: "新增 10分钟 {ten}  1小时 {hour}  24小时 {day}", "raised 10m {ten}  1h {hour}  24h {day}";
        Stale: "滞留 {n}", "stale {n}";
        HeldCount: "搁置 {n}", "held {n}";
        RaisedSince: "新增 10分钟 {ten}  1小时 {hour}  自{since} {day}", "raised 10m {ten}  1h {hour}  since {since} {day}";
        FloodSince: "报警泛滥 {since} 起，首出 {first}", "FLOOD since {since}, first out {first}";
        FloodNow: "报警泛滥 {n}/10分钟", "FLOOD {n}/10m";
        FirstOut: "首出", "first out";
        Chatters: "抖动", "chatters";
        StaleMark: "滞留", "stale";
        Many: "{n}条/{span} {what}", "{n} in {span}: {what}";
        ManyUnseen: "{unseen}/{n}条待处置/{span} {what}", "{unseen} of {n} unseen in {span}: {what}";
        Places: "{n} 处", "{n} places";
        ChatterCount: "抖动 {n}", "chattering {n}";
        Sources: "源 {ok}/{all}", "sources {ok}/{all}";
        State: "状态", "st";
        Seen: "确认人", "seen by";
        Expires: "确认到期", "expires";
        Comment: "说明", "comment";
        Reason: "原因", "reason";
        Until: "至", "until";
        First: "首次", "first seen";
        RaisedAt: "本次", "raised";
        ReturnedAt: "恢复", "cleared";
        Began: "起始", "began";
        Point: "点位", "point";
        Times: "{n} 次发生，{m} 次上报", "raised ×{n}, reported ×{m}";
        Evidence: "判据", "judged by";
        Line: "限值 {n}", "limit {n}";
        Declared: "申报", "declared";
        Alarm: "告警", "alarm";
        Rule: "规则", "rule";
        Id: "标识", "id";
    }
}
