//! Words of the Feeds screen.

use crate::texts;

texts! {
    /// Texts of the Feeds screen.
    Feeds {
        Name: "名称", "name";
        LastGood: "上次成功", "last good";
        Newest: "最新数据", "newest";
        Next: "下次", "next";
        Rows: "行", "rows";
        Flaws: "缺陷", "flaws";
        Trouble: "问题", "trouble";
        Every: "每", "every";
        Kind: "类型", "kind";
        LateAfter: "滞后线", "late after";
        Failures: "连续失败", "failures in a row";
        FailingSince: "故障始于", "failing since";
        DegradedSince: "缺损始于", "degraded since";
        FloodsSince: "泛滥始于", "floods since";
        WhileFlooding: "重的先报，其余待报；核实后请上游止住，或调大此源的 most_alarms", "the gravest are raised first, the rest wait; have the upstream stopped, or raise this source's most_alarms";
        Blank: "所有读数都没有可用的值", "not one reading has a value that can be used";
        Remedy: "处理", "remedy";
        FlawSamples: "缺陷样例", "flaw samples";
        Outbox: "待发", "outbox";
        Ledger: "台账", "ledger";
        Writable: "可写", "writable";
        Unrecorded: "未记入 {n}", "{n} not recorded";
        Seq: "第 {n} 条", "entry {n}";
        Collector: "采集", "collector";
        Us: "本机", "this process";
        Nobody: "无人采集", "nobody collects";
        Blocked: "限流中", "blocked";
        TakesNothing: "渠道 {channel} 限流至 {until}，待发 {n}：{why}", "channel {channel} takes nothing until {until}, {n} waiting: {why}";
        BlockedSince: "不收始于", "takes nothing since";
        BlockedUntil: "至", "until";
        WaitingFor: "待发 {n}", "{n} waiting";
        WhileBlocked: "派单到时自动续发；急的先电话通知并登记通话", "orders go on by themselves then; telephone what is urgent and record the call";
        Log: "日志", "Log";
        NoFeeds: "未配置数据源", "no sources configured";
        Never: "从未", "never";
        Due: "到点", "due";
        AskNow: "立即询问 {source}", "ask {source} now";
        ChooseSource: "先在“数据源”屏选中一个数据源", "choose a source on the Sources screen first";
    }
}
