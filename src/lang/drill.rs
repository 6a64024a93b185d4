//! Words of drills: the table of figures and where the time went.

use crate::lang::Lang;
use crate::texts;

texts! {
    /// Texts of `lookout drill`.
    DrillText {
        Figure: "指标", "figure";
        Expected: "应为", "expected";
        Counted: "台账", "ledger";
        Met: "相符", "equal";
        Missed: "不符", "differs";
        ChainGood: "哈希链完好：{count} 条", "the chain holds: {count} entries";
        ChainBroken: "哈希链第 {seq} 条不符：{why}", "the chain breaks at entry {seq}: {why}";
        FoldGood: "从头折叠与运行时状态一致", "folded from nothing, the state is the one the desk had";
        FoldBad: "从头折叠与运行时状态不一致", "folded from nothing, the state is another than the desk had";
        Spent: "用时 {whole} 秒：编排 {generate}，决策 {decide}，存储 {store}（{commits} 次提交），投递 {outbox}，核算 {figures}", "{whole} s: script {generate}, decide {decide}, store {store} ({commits} commits), outbox {outbox}, figures {figures}";
        Peak: "内存峰值 {mb} MB", "peak memory {mb} MB";
        Kept: "台账留在 {path}", "the ledger stays at {path}";
        NoTemporary: "无法使用临时目录：{why}", "the temporary folder cannot be used: {why}";
    }
}

/// One row a figure of the yearly report: its id, Chinese, English.
pub const FIGURES: &[(&str, &str, &str)] = &[
    (
        "fires",
        "秸秆火情 发现处置（起）",
        "straw fires found and handled",
    ),
    ("fire_reports", "秸秆管控日报（份）", "straw daily reports issued"),
    (
        "hot_grid_warnings",
        "热点网格预警（起）",
        "hot-grid warnings handled",
    ),
    (
        "hot_grid_enterprises",
        "排查指导企业（家）",
        "enterprises checked for hot grids",
    ),
    ("control_days", "应急管控（天）", "days of emergency control"),
    ("cruise_days", "走航（天）", "days of mobile cruising"),
    (
        "control_problems",
        "管控期间闭环问题（个）",
        "problems closed under control",
    ),
    ("curtailments", "错峰生产（家次）", "enterprise curtailments"),
    (
        "supervised",
        "面源督办问题（个）",
        "area-source problems supervised",
    ),
    ("problems_found", "排查问题（个）", "problems found"),
    ("problems_closed", "完成整改（个）", "problems closed"),
    ("problems_open", "正在整改（个）", "problems still open"),
    (
        "green_sword_points",
        "绿剑 现场检查（点位）",
        "Green Sword points checked",
    ),
    (
        "green_sword_problems",
        "绿剑 销号闭环（个）",
        "Green Sword problems closed",
    ),
    ("petitions", "受理信访（件）", "petitions accepted"),
    ("noise_repeats", "噪声重复投诉（件）", "repeated noise complaints"),
    (
        "noise_repeat_share",
        "噪声重复投诉占比（%）",
        "share of repeats in their own base, %",
    ),
    (
        "source_water_problems",
        "水源地问题（个）",
        "problems at drinking-water sources",
    ),
    ("mine_problems", "矿山问题（个）", "problems at mines"),
    ("inspection_problems", "督察问题（个）", "problems of inspections"),
    ("satellite_patches", "卫星图斑（个）", "satellite patches checked"),
    (
        "metered",
        "联网用电监控企业（家）",
        "enterprises with power meters",
    ),
    ("emission_points", "重点排污监控点位（个）", "key emission points"),
    ("coded", "赋码企业（家）", "enterprises with a code"),
    (
        "positive_list",
        "正面清单企业（家）",
        "enterprises on the positive list",
    ),
    ("sites", "联网工地（个）", "networked construction sites"),
    ("composite_index", "综合指数", "composite air index"),
    ("good_day_ratio", "优良天数比率（%）", "good-day ratio, %"),
    (
        "good_day_ratio_last_year",
        "上年优良天数比率（%）",
        "good-day ratio of the year before, %",
    ),
    ("o3", "臭氧（微克/立方米）", "ozone, µg/m³"),
    (
        "tributaries_good",
        "一级支流优良率（%）",
        "tributaries of good class, %",
    ),
];

/// A figure's words; its id where it has none.
pub fn figure(id: &'static str, lang: Lang) -> &'static str {
    let row = FIGURES.iter().find(|row| row.0 == id);
    row.map_or(id, |row| lang.pick(row.1, row.2))
}
