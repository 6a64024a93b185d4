//! Words of reports. Those of the yearly figures stand in `year`.

pub mod year;

use crate::lang::{Lang, fill};
use crate::texts;

/// The reports by their keys in the ledger.
pub const NAMES: &[(&str, Rep)] = &[
    ("daily", Rep::StrawDaily),
    ("shift", Rep::ShiftLog),
    ("handover", Rep::HandOver),
    ("episode", Rep::EpisodeDaily),
    ("hot-grid", Rep::HotGrid),
    ("problems", Rep::Problems),
    ("inspection", Rep::Inspections),
    ("petitions", Rep::Petitions),
    ("water", Rep::Water),
    ("emergency", Rep::Emergency),
    ("year", Rep::YearFigures),
];

/// What a report is called, with the case it is about after a colon in its key; the key where there is no such report.
pub fn name(lang: Lang, key: &str) -> String {
    let (kind, case) = key.split_once(':').unwrap_or((key, ""));
    let known = NAMES.iter().find(|row| row.0 == kind);
    let name = known.map_or(kind, |row| row.1.text(lang));
    [name, case].join(" ").trim_end().to_owned()
}

/// Which correction it is.
pub fn correction(lang: Lang, nth: u32) -> String {
    fill(lang.pick("更正第 {n} 号", "correction {n}"), &[("n", &nth)])
}

texts! {
    /// Texts of reports.
    Rep {
        StrawDaily: "秸秆管控日报", "Straw daily";
        YearFigures: "年度总结数据", "Figures of the year";
        ShiftLog: "值班日志", "Shift log";
        HandOver: "交接班记录", "Hand-over";
        EpisodeDaily: "应急管控日报", "Episode daily";
        EpisodeSummary: "应急管控总结评估", "Episode summary";
        HotGrid: "热点网格报告", "Hot-grid report";
        Problems: "问题整改周报", "Weekly rectification report";
        Water: "水质月通报", "Monthly water report";
        Petitions: "信访月报", "Monthly petitions report";
        Inspections: "自动站巡查月报", "Station inspections";
        Emergency: "突发环境事件报告", "Reports of an emergency";
        Anchor: "台账锚点（核对：lookout audit verify --against）", "anchor of the ledger (lookout audit verify --against)";
        UpToEntry: "所据至第几条", "up to entry";
        AnchorTyped: "锚点", "anchor";
        Rehearsal: "【演练】训练或演练所作，非实际情况", "DRILL: made in a training city or a drill, nothing of it happened";
        ReportDue: "应报", "report due";
        ReportedAt: "报出时间", "reported at";
        NotSentYet: "未报", "not reported yet";
        NotWritten: "未填", "not filled in";
        HappenedAt: "发生时间", "time";
        Place: "地点", "place";
        NewsFrom: "信息来源", "source of the news";
        CauseNature: "起因和性质", "cause and nature";
        Course: "基本过程", "course";
        Pollutant: "污染物及数量", "pollutant and amount";
        Hurt: "人员受害", "people hurt";
        Sensitive: "敏感点", "sensitive places";
        Trend: "发展趋势", "trend";
        Monitoring: "监测数据", "monitoring data";
        Planned: "拟采取的措施", "measures planned";
        Sketch: "敏感点分布示意图", "sketch of the sensitive places";
        Losses: "损失和潜在危害", "losses and what may still follow";
        SocialEffect: "社会影响", "effect on the public";
        Remains: "遗留问题", "what remains";
        Accountability: "责任追究", "who was held to account";
        Contact: "联系人及联系方式", "contact";
        ItemsMissing: "缺项", "items missing";
        Action: "处置情况", "action taken";
        NextSteps: "下一步工作建议", "advice for the next steps";
        ReportingUnit: "报告单位", "reporting unit";
        EmergencyFirst: "突发环境事件初报", "Emergency: first report";
        EmergencyFollow: "突发环境事件续报", "Emergency: follow-up";
        EmergencyFinal: "突发环境事件处理结果报告", "Emergency: final report";
        Period: "统计时段", "period";
        What: "项目", "item";
        Value: "数值", "value";
        Figures: "数据", "Figures";
        Figure: "编号", "figure";
        Unit: "单位", "unit";
        Definition: "口径", "definition";
        MissingDays: "缺报日期", "days without a report";
        None: "无", "none";
        Signed: "签发", "signed by";
        ByHand: "巡查、来电", "patrol or call";
        ByCamera: "高空瞭望", "camera";
        BySatellite: "卫星", "satellite";
        Found: "发现", "found";
        Verified: "属实", "true";
        False: "误报", "false";
        Merged: "合并", "merged";
        Dispatched: "派单", "dispatched";
        FalseShare: "误报率", "false share";
        ArrivedOnTime: "到场及时率", "arrived on time";
        OutOnTime: "扑灭及时率", "out on time";
        ArrivalMinutes: "平均到场（分钟）", "mean minutes to arrive";
        OutMinutes: "平均扑灭（分钟）", "mean minutes until out";
        NeverCame: "逾期未到场", "never came";
        UnitsTimes: "到场、扑灭以单位自报时间计，未自报的以台账记录时间计；属实或已派单的计入分母，逾期未到、未扑灭的计为不及时", "Arrival and out are by the units' own clocks, and as the ledger recorded them where a unit gave no time; the shares are of the true and the dispatched; who never came, and what was never out, is late";
        ThisYear: "今年累计处置", "handled this year";
        Unknown: "未定", "unknown";
        Late: "超时", "late";
        Rank: "名次", "rank";
        Township: "属地", "township";
        ByTownship: "各属地", "By township";
        Camera: "摄像头", "camera";
        ByCameraTable: "各摄像头误报", "False alarms by camera";
        Case: "事件", "case";
        Stage: "阶段", "stage";
        Again: "复燃", "Rekindled";
        StillOpen: "在办", "Still open";
        Mean: "平均", "mean";
        Most: "最高", "highest";
        Weather: "气象与空气", "Weather and air";
        NoReadings: "无读数", "no readings";
        OnDuty: "值班", "on duty";
        Leader: "带班", "leader";
        Taken: "接班", "taken";
        NotTaken: "无人接班", "taken by nobody";
        AlarmsRaised: "告警", "alarms raised";
        AlarmsSeen: "确认告警", "alarms acknowledged";
        CasesOpened: "新登记事件", "cases opened";
        CasesClosed: "办结事件", "cases closed";
        CasesOpen: "在办事件", "cases open";
        OrdersSent: "派单", "orders";
        Log: "日志", "Log";
        At: "时间", "at";
        Who: "人员", "who";
        IssuedKept: "已于 {at} 由 {who} 发布，以下为留存件 {nth}", "issued at {at} by {who}; this is what was kept {nth}";
        IssuedUnkept: "已于 {at} 由 {who} 发布，未留存全文，以下为重新生成 {nth}", "issued at {at} by {who}, but its text was not kept; made anew {nth}";
        IssuedChanged: "已于 {at} 由 {who} 发布，但留存件与台账中的校验值不符；用 --draft 重新生成 {nth}", "issued at {at} by {who}, but what was kept does not have the sum in the ledger; --draft makes it anew {nth}";
        InPlaceOf: "代替发布件", "in place of what was issued";
        Holder: "承办", "held by";
        TheRoom: "值班室", "the room";
        Awaited: "待办", "awaited";
        Due: "时限", "due";
        Shelved: "搁置告警", "Shelved alarms";
        Reason: "原因", "reason";
        Until: "至", "until";
        Alarm: "告警", "alarm";
        Episodes: "应急管控", "Episodes";
        Level: "级别", "level";
        OrderNo: "文号", "directive number";
        Promises: "承诺与交办", "Promises";
        Faults: "数据源现状", "Sources that are not fresh";
        SourceAlarms: "时段内数据源故障", "Source faults in this time";
        NoSourceAlarm: "台账无数据源告警；无人采集时亦无告警", "no alarm of a source in the ledger; nor would there be one while nobody collects";
        SourceLost: "中断", "lost";
        SourceBack: "恢复", "back";
        SourceFloods: "泛滥，有告警未报", "floods, alarms held back";
        SourceRaises: "泛滥已止", "floods no more";
        AlarmsUnseen: "未确认告警", "Alarms nobody has seen";
        State: "状态", "state";
        Undelivered: "未送达派单", "Orders not delivered";
        Order: "派单", "order";
        Blockers: "不能交接的事项", "In the way of the hand-over";
        Signatures: "签字", "Signatures";
        Side: "一方", "side";
        NotSigned: "未签", "not signed";
        ReadingTime: "阅读用时（分钟）", "minutes read";
        New: "新增", "new";
        Closed: "销号", "closed";
        Open: "未销号", "open";
        Overdue: "超期", "overdue";
        Rebound: "反弹", "rebound";
        Field: "领域", "field";
        Aging: "在办时长", "Age of the open ones";
        Days: "天", "days";
        Propose: "建议约谈的单位", "Proposed for a summons";
        Medium: "要素", "medium";
        Channel: "渠道", "channel";
        Count: "件数", "count";
        AcceptedOnTime: "按时受理率", "accepted on time";
        ClosedOnTime: "按时办结率", "closed on time";
        Repeats: "重复件", "repeats";
        WaterCases: "水质异常事件", "water cases";
        SectionCases: "断面异常", "river sections";
        DrinkingCases: "饮用水水源地异常", "drinking-water sources";
        NitrogenCases: "总氮异常", "total nitrogen";
        Section: "断面", "section";
        BySection: "各断面", "By section";
        Recovered: "已恢复", "recovered";
        InstrumentFault: "仪器故障", "instrument fault";
        OpenAtEnd: "在办", "open";
        TrueNew: "本期新增属实", "new and true";
        OpenLate: "超期未恢复", "open and late";
        WaterRules: "口径：本期新增和期初在办的事件；在办按期末；约谈建议：本期新增属实 2 件及以上，或有超期未恢复的（默认）；断面与总氮同时告警的事件在两处都列", "How it is counted: cases of the period and those open when it began; open is at its end; a summons is proposed from 2 new and true cases, or one open and late (our default); a case with both alarms, class and total nitrogen, stands in both";
        Registered: "登记件数", "registered";
        Refused: "不予受理", "not accepted";
        Counted: "计入件数", "counted";
        AcceptedLate: "受理超期", "accepted late";
        ClosedLate: "办结超期", "closed late";
        Of: "分母", "of";
        ByMedium: "各要素", "By medium";
        ByChannel: "各渠道", "By channel";
        PetitionRules: "口径：计入件数不含不予受理和并案；按时受理率以本期作出受理决定或到期的件为分母，按时办结率以本期办结或到期的件为分母（30 天，延期后顺延，参照福建，默认）；重复率以计入件数为分母", "How it is counted: without those not accepted or merged; accepted on time, of those decided or due in the period; closed on time, of those closed or due in it (30 days and what they were extended by; after Fujian, our default); repeats, of those counted";
        RepeatShare: "重复率", "share of repeats";
        Campaign: "另有绿剑专项企业检查（不计入自动站）", "enterprises of the Green Sword campaign, not among the stations";
        About: "对象", "about";
        Drawn: "抽取", "drawn";
        Done: "已检查", "inspected";
        WithProblems: "有问题", "with problems";
        Rechecked: "已复核", "rechecked";
        Passed: "通过率", "passed";
        OnSite: "到场率", "on site";
        Reported: "反馈率", "reported back";
        Enterprises: "排查企业", "enterprises checked";
        Measures: "措施落实", "Measures";
        InPlace: "到位", "in place";
        Cruises: "走航", "cruises";
        Day: "第几天", "day";
        OfTheDay: "当日", "on the day";
        KnownAt: "处理情况截至", "handled as known at";
        ByUnit: "各单位", "By unit";
        ControlDays: "管控天数", "days of control";
        NotInPlace: "不到位", "not in place";
        Told: "通知企业", "enterprises notified";
        Complied: "合规企业", "enterprises that complied";
        Exempt: "豁免企业", "enterprises exempt";
        Violated: "违规企业", "enterprises in violation";
        Undecided: "超限待核企业", "enterprises over their limit, not decided";
        Unseen: "应人工核查而未核查企业", "enterprises to be checked by hand and not checked";
        Prosecuted: "立案企业", "enterprises prosecuted";
        Enterprise: "企业", "enterprise";
        CruiseKm: "走航里程（公里）", "kilometres cruised";
        Finds: "走航发现", "finds of cruises";
        ProblemsFound: "发现问题", "problems found";
        ProblemsClosed: "销号问题", "problems closed";
        Evaluation: "总结评估", "Evaluation";
        NotEvaluated: "尚未评估", "not evaluated yet";
        Warnings: "热点网格预警", "warnings";
        NothingFound: "未发现问题原因", "Why nothing was found";
        NotReported: "未反馈上级", "Not reported up yet";
        ByArea: "各领域", "By field";
        DaysOverdue: "超期（天）", "days overdue";
        LeftOut: "不检", "left out";
        Draw: "抽取批次", "draw";
        ByDraw: "各批次", "By draw";
    }
}
