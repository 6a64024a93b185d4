//! Words of the Targets screen.

use crate::domain::target::Sense;
use crate::lang::Lang;
use crate::texts;

texts! {
    /// Texts of the Targets screen.
    Targets {
        Name: "目标", "target";
        Now: "今年", "this year";
        Goal: "目标值", "required";
        LastYear: "上年", "last year";
        Rest: "剩余／所需", "left / needed";
        Gauge: "{goal} 目标  {last} 上年  {now} 今年", "{goal} target  {last} last year  {now} this year";
        Marks: "刻度", "Marks";
        Change: "同比", "change";
        Why: "判定", "judged";
        Unknown: "无数据", "no figure";
        Days: "有效 {days} / 已过 {gone} 天", "{days} of {gone} days gone";
        TooFew: "有效天数不足，不作判定（需 {need} 天）", "too few days to claim it ({need} wanted)";
        SoFar: "现有数据", "of these days";
        ByHand: "人工填报", "given by hand";
        Computed: "按日均值计算", "computed from the days";
        From: "数据", "figure";
        SetBy: "依据", "set by";
        BudgetLeft: "允许超标 {n} 天", "{n} more may exceed";
        BudgetOver: "已超 {n} 天", "{n} days over";
        Budget: "剩余天数", "days left";
        BudgetWords: "全年允许超标 {allowed} 天，已超标 {used} 天；按此进度全年 {pace} 天", "{allowed} days may exceed in the year, {used} did; {pace} at this pace";
        Even: "均匀使用到今天为 {even} 天", "{even} by today if spread evenly";
        Needed: "剩余时段均值 {value}", "rest of year {value}";
        NeededWords: "今年余下 {n} 天的均值须{sense} {value}", "the remaining {n} days must average {sense} {value}";
        NeededMonths: "今年余下 {n} 个月的均值须{sense} {value}", "the remaining {n} months must average {sense} {value}";
        GoodNeeded: "还须优良 {n} 天", "{n} good days are still needed";
        Unverified: "未核实", "unverified";
        Contradicted: "与实时不符", "disputed";
        Live: "实时数据", "live data";
        LiveShare: "实时 {n}/{of} 达标", "live: {n} of {of}";
        LiveValue: "实时 {value} {unit}", "live: {value} {unit}";
        LiveNone: "{n} 个点都没有实时数据", "none of {n} points answers";
        Silent: "，{n} 个无数据", ", {n} silent";
        StillNeeded: "还须 {n} 个达标", "{n} more must reach it";
        Spare: "允许 {n} 个不达标", "{n} may miss it";
        FromLive: "实时数据统计", "counted of the live data";
        ByRules: "按规则赋分", "points by rules";
        ContradictedWords: "填报数与实时数据不符，未核实：不判达标", "the typed figure is not what the live data say: not verified, no claim is made";
        UnverifiedWords: "填报数没有实时数据核实（配置 live）：不判达标", "no live data verify the typed figure (live in the configuration): no claim is made";
        TooFewAnswer: "有数据的太少，不能核实填报数：不判达标", "too few answer to verify the typed figure: no claim is made";
        UnverifiedPoints: "所用的数有未核实的：不判达标", "some of its figures are not verified: no claim is made";
        NothingLive: "没有实时数据可核实", "nothing measures it: as typed";
        Back: "反推", "Reckoned back";
        BackAlone: "其余不变，单独降到目标须（括号内为现值）", "alone, the others as they are (now in brackets)";
        PointsRow: "{value} 得 {points} 分", "{value} gives {points}";
        MustBecome: "  反推 {value}", "  reckoned back {value}";
        PointsMissing: "有数缺失，不合计", "a figure is missing: no sum";
        Head: "{n} 项目标", "{n} targets";
        Until: "统计至 {day}，有数据 {days} / {gone} 天", "until {day}, data of {days} of {gone} days";
        NotRead: "今年日均值尚未读入", "this year's days are not read yet";
        None: "未配置年度目标：在配置中写 [[target]]", "no targets configured: write [[target]] in the configuration";
        AtRisk: "目标有风险 {n}", "{n} targets at risk";
        Rising: "上升 {value}", "up {value}";
        Falling: "下降 {value}", "down {value}";
        Level: "持平", "level";
    }
}

/// Which side of a goal is wanted, as a sign.
pub fn sign(sense: Sense) -> &'static str {
    match sense {
        Sense::AtLeast => "≥",
        Sense::Above => ">",
        Sense::AtMost => "≤",
        Sense::Below => "<",
    }
}

/// The same in words.
pub fn side(lang: Lang, sense: Sense) -> &'static str {
    match sense {
        Sense::AtLeast => lang.pick("不低于", "at least"),
        Sense::Above => lang.pick("高于", "above"),
        Sense::AtMost => lang.pick("不高于", "at most"),
        Sense::Below => lang.pick("低于", "below"),
    }
}
