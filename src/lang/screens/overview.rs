//! Words of the Overview.

use crate::texts;

texts! {
    /// Texts of the Overview.
    Overview {
        Unhandled: "未确认 {n}", "{n} unseen";
        Returned: "已恢复 {n}", "{n} cleared";
        Late: "超时 {n}", "{n} late";
        Lost: "流程缺失 {n}", "{n} without loop";
        Fires: "火情 {n}", "{n} fires";
        Cases: "事件 {n}", "{n} cases";
        Withheld: "角色外 {n}", "{n} not for this role";
        Failed: "送达失败 {n}", "{n} undelivered";
        Air: "空气质量", "Air";
        NoIndex: "无指数", "no index";
        Primary: "首要", "primary";
        Stations: "{n} 站", "{n} stations";
        SomeSilent: "{all} 站中 {n} 站无数据", "{n} of {all} silent";
        TooFew: "站数不足，不评价", "too few: no index";
        Missing: "缺 {what}", "without {what}";
        Feeds: "数据源", "Sources";
        Map: "态势图", "Map";
        Wind: "风", "wind";
        MapKey: "{station} 站点  {fire} 火情", "{station} station  {fire} fire";
        NoMap: "未配置边界与点位坐标", "no boundary or positions configured";
        What: "事项", "matter";
        OpenCases: "未办结事件", "Open cases";
        Clock: "时钟", "clock";
        More: "另有 {n} 站", "{n} more stations";
    }
}
