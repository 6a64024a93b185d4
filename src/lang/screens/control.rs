//! Words of the Control screen.

use crate::texts;

texts! {
    /// Texts of the Control screen.
    Control {
        Measures: "措施", "measures";
        Enterprises: "限产企业", "enterprises";
        Finds: "走航与问题", "cruises, finds";
        Evaluation: "曲线与评估", "evaluation";
        Due: "时限", "due";
        Stage: "状态", "state";
        Unit: "单位", "unit";
        Measure: "措施", "measure";
        Order: "派单", "order";
        Number: "编号", "number";
        Enterprise: "企业", "enterprise";
        NowKw: "现用kW", "now kW";
        LimitKw: "限值kW", "limit kW";
        Draw: "用电/限值", "draw/limit";
        Age: "时长", "age";
        Manual: "人工核查", "by hand";
        Day: "第 {n} 天", "day {n}";
        DayOf: "第 {n} 天 / 共 {of} 天", "day {n} of {of}";
        Last: "（上一次管控）", "(the last episode)";
        Cause: "成因", "cause";
        OrderNo: "指令", "directive";
        Since: "启动", "since";
        Ends: "预计解除", "expected end";
        NoEpisode: "没有管控", "No episode";
        HowToBegin: "i 登记“应急管控”开始会商；预报达到下列级别时自动起草，由人决定", "i registers an episode and begins its consultation; a forecast that reaches a level below drafts one, and people decide";
        Forecast: "预报", "forecast";
        Issued: "{source}，{at} 发布", "{source}, issued {at}";
        NoForecast: "没有预报，不判级别", "no forecast, no level is judged";
        HowToForecast: "预报由数据源给出：配置 [source.mapped.forecast]", "a source gives it: [source.mapped.forecast] in the configuration";
        ForecastOver: "{source} {at} 发布的预报已过期，不判级别", "the forecast of {source}, issued {at}, is over: no level is judged";
        LevelReached: "已达 {step}：{rule}", "reaches {step}: {rule}";
        NotReached: "未达任何级别", "reaches no level";
        NextLevel: "距 {step}：{how}", "next, {step}: {how}";
        HighestLevel: "已是此表最高级别", "the highest level of this table";
        Rule: "{metric} > {above} 连续 {days} 天", "{metric} > {above}, {days} d in a row";
        Below: "最接近 {value}，低于门槛 {below}", "nearest {value}, {below} below the mark";
        TooShort: "没有连续 {days} 天有数值的预报", "no {days} d in a row with a figure";
        RunMet: "已满足", "there";
        OtherWay: "{day} 成因为{cause}：{way}", "{day}, caused by {cause}: {way}";
        NoIndex: "{days} 没有指数，未计入", "{days}: no index, not judged";
        UnknownCause: "成因“{words}”未识别，按预案一般情形判", "cause “{words}” is not known: judged by the plan";
        MoreUnits: "另 {n} 单位未列", "{n} more units";
        InPlace: "到位 {n}/{of}", "in place {n}/{of}";
        ToSend: "待下达", "to send";
        Sending: "未送达", "to deliver";
        ToSign: "待签收", "to sign";
        Signed: "已签收", "signed";
        Running: "执行中", "under way";
        Checking: "核查", "checking";
        Placed: "到位", "in place";
        Failed: "不到位", "not in place";
        FirmCounts: "未通知 {untold}  已通知 {notified}  已确认 {confirmed}  限产中 {held}  超限 {over}  豁免 {exempt}  有电表 {metered}", "not notified {untold}  notified {notified}  confirmed {confirmed}  in force {held}  exceeding {over}  exempt {exempt}  metered {metered}";
        Curve: "空气质量指数 48 小时（各站浓度均值；线：100 150 200 300）", "air index of 48 hours (of mean concentrations; lines: 100 150 200 300)";
        NoAir: "没有空气数据", "no air data";
        EvalDays: "管控 {n} 天", "{n} days of control";
        EvalMeasures: "措施到位 {share}", "measures in place {share}";
        EvalFirms: "限产企业 {told} 家，豁免 {exempt}；合规 {share}；违规 {breached}，待核 {undecided}，未核查 {unseen}；立案 {filed}", "notified {told}, exempt {exempt}; complied {share}; breach {breached}, undecided {undecided}, unseen {unseen}; prosecuted {filed}";
        EvalCruises: "走航 {n} 次，{days} 天，{km} 公里", "{n} cruises on {days} days, {km} km";
        EvalProblems: "发现问题办结 {share}", "problems closed {share}";
        DeployMeasures: "下达预案全部措施：{n} 项", "send all measures of the plan: {n}";
        DeployFirms: "通知预案全部限产企业：{n} 家", "notify all enterprises to curtail: {n}";
        Guaranteed: "保障类 {n} 家：通知后请核定豁免", "{n} on the guaranteed list: exempt them after this";
        BulkStep: "{verb}：{n} 件", "{verb}: {n} cases";
    }
}
