//! What `lookout aqi` and `lookout stats` say of a table and its rows.

use crate::texts;

texts! {
    /// Texts about tables of concentrations.
    PipeText {
        Line: "第 {line} 行：", "line {line}: ";
        NoNumber: "{name}「{text}」不是数字，按缺测处理", "{name} “{text}” is no number; taken as missing";
        Negative: "{name}「{text}」为负值，按无效处理", "{name} “{text}” is negative; taken as invalid";
        Absurd: "{name}「{text}」超出可能的浓度（单位应为 µg/m³，CO 为 mg/m³），按无效处理",
            "{name} “{text}” is beyond any measurement (µg/m³, CO mg/m³); taken as invalid";
        Fields: "应有 {wanted} 列，实有 {found} 列，已略过", "{found} fields instead of {wanted}; left out";
        BadTime: "时间「{text}」无法理解", "the time “{text}” cannot be understood";
        NoDate: "没有日期，无法选定标准", "no date to choose the standard by";
        NoHour: "没有小时，无法计算滑动平均", "no hour to form sliding means with";
        OutOfOrder: "时间重复或乱序，无法计算滑动平均", "duplicate or not in sequence: no sliding means";
        Duplicate: "同一站点同一时间重复，以后者为准", "the same station and time again; the later row counts";
        NoObject: "「{text}」不是 JSON 对象，已略过", "“{text}” is no JSON object; left out";
        Io: "标准输入输出出错：{why}", "standard input or output: {why}";
        NoPollutant: "表头中没有任何污染物列", "the header names no pollutant";
        NoTime: "缺少时间列（time、时间）；请用 --standard 指定标准", "no column “time”; name a standard with --standard";
        Unknown: "列「{name}」未识别，不参与计算", "column “{name}” is not known here; it is not judged";
        Unit: "列「{name}」的单位无法用于该污染物", "column “{name}”: its unit is none of this pollutant";
        Twice: "列「{name}」出现两次", "column “{name}” is there twice";
        NoDailyForm: "欧洲指数没有日指数", "the European index has no daily form";
    }
}
