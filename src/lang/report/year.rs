//! Words and definitions of the yearly figures.

use crate::texts;

texts! {
    /// What a figure of the year is counted in.
    FigureUnit {
        Matters: "件", "count";
        Enterprises: "家", "enterprises";
        EnterpriseTimes: "家次", "enterprise-times";
        Points: "个", "points";
        Days: "天", "days";
        Percent: "%", "%";
    }
}

texts! {
    /// Texts of the yearly figures.
    YearText {
        Composite: "环境空气综合指数", "composite air index";
        GoodDays: "优良天数比率（%）", "good-day ratio, %";
        GoodDaysBefore: "上年优良天数比率（%）", "good-day ratio of the year before, %";
        Ozone: "臭氧（日最大8小时第90百分位）", "ozone, 90th percentile of the daily highest 8 hours";
        Tributaries: "一级支流优良率（%）", "tributary sections of good class, %";
        Fires: "发现处置秸秆火情", "straw fires found and handled";
        FiresDef: "本年发现的秸秆火情事件，不含误报和合并", "straw-fire cases detected in the year, without false and merged ones";
        FireReports: "发布秸秆管控日报", "straw daily reports issued";
        FireReportsDef: "本年已发布日报的天数，同日重发计一份", "days of the year whose daily was issued; issued twice counts once";
        HotGrid: "处置热点网格预警", "hot-grid warnings handled";
        HotGridDef: "本年收到的热点网格事件", "hot-grid cases of the year";
        HotGridFirms: "排查指导企业", "enterprises checked for hot grids";
        HotGridFirmsDef: "上述事件所填排查企业家数之和", "sum of the enterprises registered in those cases";
        ControlDays: "应急管控天数", "days of emergency control";
        ControlDaysDef: "管控生效至解除所跨的本地日数，重叠只计一次", "local days from the start of an episode to its lifting; overlaps count once";
        CruiseDays: "走航天数", "days of mobile cruising";
        CruiseDaysDef: "本年实际开展的走航（每车每天一次）", "cruises that ran in the year (one a vehicle and day)";
        ControlProblems: "管控期间闭环处置问题", "problems closed under control";
        ControlProblemsDef: "归属某次管控并已销号的问题", "closed problems that belong under an episode";
        Curtailments: "错峰生产企业（家次）", "enterprise curtailments under control";
        CurtailmentsDef: "错峰措施生效的企业家次", "curtailment cases that came into force";
        Supervised: "大气面源督办问题", "area-source problems supervised";
        SourceDef: "本年登记、来源为该项的问题，不含不予立项", "problems of the year with that source tag, dropped ones left out";
        ProblemsFound: "排查问题", "problems found";
        ProblemsFoundDef: "本年登记的问题，不含不予立项", "problems of the year, dropped ones left out";
        ProblemsClosed: "完成整改", "problems closed";
        ProblemsClosedDef: "其中已销号且未反弹", "of these, accepted and not rebounded";
        ProblemsOpen: "正在整改", "problems still open";
        ProblemsOpenDef: "其中未销号", "of these, not accepted yet";
        SwordPoints: "绿剑专项现场检查", "points checked in the Green Sword campaign";
        SwordPointsDef: "抽取批次以「绿剑」开头、已现场检查的检查事件", "inspections of the year whose draw begins with 绿剑 and that were carried out";
        GreenSword: "绿剑专项问题", "Green Sword problems";
        Petitions: "受理信访", "petitions accepted";
        PetitionsDef: "本年登记，不含不予受理和合并", "petitions of the year, refused and merged ones left out";
        PetitionsBefore: "上年受理信访", "petitions of the year before";
        NoiseRepeats: "噪声重复投诉", "repeated noise complaints";
        NoiseRepeatsDef: "要素为声，12 个月内同类同对象再次投诉", "noise petitions that repeat the same matter within 12 months";
        NoiseShare: "噪声重复投诉率", "share of repeated noise complaints";
        NoiseShareDef: "噪声重复投诉 ÷ 噪声投诉（自有分母）", "repeated noise complaints over all noise complaints, their own base";
        Metered: "联网用电监控企业", "enterprises with networked power meters";
        MeteredDef: "目录中装有电表的企业", "owners of meters in the directory";
        EmissionPoints: "联网重点排污监控点位", "networked key emission points";
        PointsDef: "目录中该类点位", "points of that kind in the directory";
        Coded: "领码企业", "enterprises with a code";
        CodedDef: "目录中有码的企业", "enterprises of the directory that have a code";
        PositiveList: "正面清单企业", "enterprises on the positive list";
        PositiveListDef: "目录中列入正面清单的企业", "enterprises of the directory on the positive list";
        Sites: "联网施工工地", "construction sites with dust or video monitoring";
        WaterSource: "饮用水水源地问题", "problems at drinking-water sources";
        Mines: "矿山问题", "problems at mines";
        Inspections: "督察问题", "problems of central and provincial inspections";
        Patches: "核查卫星图斑", "satellite patches checked";
        PatchesDef: "本年收到并完成现场核查的图斑", "patches of the year that were checked on site";
    }
}
