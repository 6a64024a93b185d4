//! Air in words: classes, health effects and advice of each level, sensitive groups, why an index is missing.
//!
//! Chinese as the standards print it (HJ 633-2012, table 3; HJ 633-2026, tables 1, 2 and A.1); the English is ours, they
//! have none. What the indices of abroad say stands in `abroad`.

mod abroad;

use crate::domain::air::good::DayCount;
use crate::domain::air::{Absence, Level, Pollutant, Pollutants, Standard};
use crate::domain::quantity::Value;
use crate::lang::Lang;
use crate::lang::air::abroad::Publisher;

/// A level's class (类别), by the standard it was computed by.
pub fn class(lang: Lang, standard: Standard, level: Level) -> &'static str {
    match standard {
        Standard::Hj633_2012 | Standard::Hj633_2026 => match level {
            Level::One => lang.pick("优", "Excellent"),
            Level::Two => lang.pick("良", "Good"),
            Level::Three => lang.pick("轻度污染", "Lightly polluted"),
            Level::Four => lang.pick("中度污染", "Moderately polluted"),
            Level::Five => lang.pick("重度污染", "Heavily polluted"),
            Level::Six => lang.pick("严重污染", "Severely polluted"),
        },
        Standard::Epa2024 => match level {
            Level::One => lang.pick("好", "Good"),
            Level::Two => lang.pick("中等", "Moderate"),
            Level::Three => lang.pick("对敏感人群不健康", "Unhealthy for sensitive groups"),
            Level::Four => lang.pick("不健康", "Unhealthy"),
            Level::Five => lang.pick("非常不健康", "Very unhealthy"),
            Level::Six => lang.pick("危险", "Hazardous"),
        },
        Standard::Eaqi => match level {
            Level::One => lang.pick("好", "Good"),
            Level::Two => lang.pick("尚好", "Fair"),
            Level::Three => lang.pick("中等", "Moderate"),
            Level::Four => lang.pick("差", "Poor"),
            Level::Five => lang.pick("很差", "Very poor"),
            Level::Six => lang.pick("极差", "Extremely poor"),
        },
    }
}

/// A level's number as reports write it, 一级 / level 1; `None` where the standard does not number its classes.
pub fn level(lang: Lang, standard: Standard, level: Level) -> Option<&'static str> {
    if matches!(standard, Standard::Epa2024 | Standard::Eaqi) {
        return None;
    }
    Some(match level {
        Level::One => lang.pick("一级", "level 1"),
        Level::Two => lang.pick("二级", "level 2"),
        Level::Three => lang.pick("三级", "level 3"),
        Level::Four => lang.pick("四级", "level 4"),
        Level::Five => lang.pick("五级", "level 5"),
        Level::Six => lang.pick("六级", "level 6"),
    })
}

/// The name of a level's colour; HJ 633 and the US index share theirs.
pub fn colour(lang: Lang, standard: Standard, level: Level) -> &'static str {
    let (zh, en) = match standard {
        Standard::Hj633_2012 | Standard::Hj633_2026 | Standard::Epa2024 => (
            ["绿色", "黄色", "橙色", "红色", "紫色", "褐红色"],
            ["green", "yellow", "orange", "red", "purple", "maroon"],
        ),
        Standard::Eaqi => (
            ["青色", "绿色", "黄色", "红色", "暗红色", "紫色"],
            ["turquoise", "green", "yellow", "red", "dark red", "purple"],
        ),
    };
    level.pick(lang.pick(&zh, &en))
}

/// The document, tables and clauses that an index is computed by.
pub fn citation(lang: Lang, standard: Standard) -> &'static str {
    match standard {
        Standard::Hj633_2012 => lang.pick(
            "HJ 633-2012 表1、表3、4.4、6.2",
            "HJ 633-2012, tables 1, 3; 4.4, 6.2",
        ),
        Standard::Hj633_2026 => lang.pick(
            "HJ 633-2026 表1、表3、4.2、4.3、5.3",
            "HJ 633-2026 tables 1, 3; 4.2 4.3 5.3",
        ),
        Standard::Epa2024 => lang.pick(
            "EPA-454/B-24-002 表6、14–17页",
            "EPA-454/B-24-002 table 6, pp. 14–17",
        ),
        Standard::Eaqi => lang.pick("EAQI，ETC HE 2024/17 分级", "EAQI, bands of ETC HE 2024/17"),
    }
}

/// The effect on health (对健康影响情况); `None` where who publishes the index says nothing of it.
pub fn effect(lang: Lang, standard: Standard, level: Level) -> Option<&'static str> {
    if let Some(publisher) = publisher(standard) {
        return publisher.effect(lang, level);
    }
    edition(standard).map(|new| match level {
        Level::One => lang.pick(
            "空气质量令人满意，基本无空气污染",
            "Air quality is satisfactory; there is practically no pollution",
        ),
        Level::Two => lang.pick(
            "空气质量可接受，但某些污染物可能对极少数异常敏感人群健康有较弱影响",
            "Air quality is acceptable; some pollutants may slightly affect the very few who are unusually sensitive",
        ),
        Level::Three => lang.pick(
            new.pick(
                "敏感人群症状有轻度加剧，健康人群出现刺激症状",
                "易感人群症状有轻度加剧，健康人群出现刺激症状",
            ),
            "Symptoms of sensitive groups grow slightly; healthy people feel irritation",
        ),
        Level::Four => lang.pick(
            new.pick(
                "进一步加剧敏感人群症状，可能对健康人群心血管系统、呼吸系统有影响",
                "进一步加剧易感人群症状，可能对健康人群心脏、呼吸系统有影响",
            ),
            new.pick(
                "Symptoms of sensitive groups grow further; heart, vessels and breathing of healthy people may be affected",
                "Symptoms of sensitive groups grow further; heart and breathing of healthy people may be affected",
            ),
        ),
        Level::Five => lang.pick(
            new.pick(
                "心血管系统和呼吸系统患者症状显著加剧，运动耐受力降低，健康人群普遍出现症状",
                "心脏病和肺病患者症状显著加剧，运动耐受力降低，健康人群普遍出现症状",
            ),
            new.pick(
                "Symptoms of people with heart, vessel or breathing disease grow markedly and they tolerate less exercise; \
                 healthy people commonly have symptoms",
                "Symptoms of people with heart or lung disease grow markedly and they tolerate less exercise; healthy \
                 people commonly have symptoms",
            ),
        ),
        Level::Six => lang.pick(
            "健康人群运动耐受力降低，有明显强烈症状，提前出现某些疾病",
            "Healthy people tolerate less exercise and have strong symptoms; some diseases appear early",
        ),
    })
}

/// What to do (建议采取的措施).
pub fn advice(lang: Lang, standard: Standard, level: Level) -> Option<&'static str> {
    if let Some(publisher) = publisher(standard) {
        return Some(publisher.advice(lang, level));
    }
    edition(standard).map(|new| match level {
        Level::One => lang.pick("各类人群可正常活动", "Everybody may be active as usual"),
        Level::Two => lang.pick(
            "极少数异常敏感人群应减少户外活动",
            "The very few who are unusually sensitive should be outdoors less",
        ),
        Level::Three => lang.pick(
            new.pick(
                "青少年儿童、老年人及心血管系统疾病、呼吸系统疾病患者应减少长时间、高强度的户外锻炼",
                "儿童、老年人及心脏病、呼吸系统疾病患者应减少长时间、高强度的户外锻炼",
            ),
            new.pick(
                "Children and teenagers, the elderly and people with heart, vessel or breathing disease should reduce long \
                 or hard exercise outdoors",
                "Children, the elderly and people with heart or breathing disease should reduce long or hard exercise \
                 outdoors",
            ),
        ),
        Level::Four => lang.pick(
            new.pick(
                "青少年儿童、老年人及心血管系统疾病、呼吸系统疾病患者避免长时间、高强度的户外锻炼，一般人群适量减少户外运动",
                "儿童、老年人及心脏病、呼吸系统疾病患者避免长时间、高强度的户外锻炼，一般人群适量减少户外运动",
            ),
            new.pick(
                "Children and teenagers, the elderly and people with heart, vessel or breathing disease should avoid long \
                 or hard exercise outdoors; everybody else should do somewhat less",
                "Children, the elderly and people with heart or breathing disease should avoid long or hard exercise \
                 outdoors; everybody else should do somewhat less",
            ),
        ),
        Level::Five => lang.pick(
            new.pick(
                "青少年儿童、老年人和心血管系统疾病、呼吸系统疾病患者应停留在室内，停止户外运动，一般人群减少户外运动",
                "儿童、老年人和心脏病、肺病患者应停留在室内，停止户外运动，一般人群减少户外运动",
            ),
            new.pick(
                "Children and teenagers, the elderly and people with heart, vessel or breathing disease should stay indoors \
                 and stop exercise outdoors; everybody else should reduce it",
                "Children, the elderly and people with heart or lung disease should stay indoors and stop exercise \
                 outdoors; everybody else should reduce it",
            ),
        ),
        Level::Six => lang.pick(
            new.pick(
                "青少年儿童、老年人和病人应当留在室内，避免体力消耗，一般人群应避免户外活动",
                "儿童、老年人和病人应当留在室内，避免体力消耗，一般人群应避免户外活动",
            ),
            new.pick(
                "Children and teenagers, the elderly and the sick should stay indoors and spare their strength; everybody \
                 else should avoid the outdoors",
                "Children, the elderly and the sick should stay indoors and spare their strength; everybody else should \
                 avoid the outdoors",
            ),
        ),
    })
}

/// Who is sensitive to a pollutant whose sub-index is above 100 (HJ 633-2026, table 2).
pub fn sensitive(lang: Lang, pollutant: Pollutant) -> &'static str {
    match pollutant {
        Pollutant::So2 => lang.pick(
            "患有哮喘的人、青少年儿童以及老年人",
            "people with asthma, children and teenagers, the elderly",
        ),
        Pollutant::No2 => lang.pick(
            "患有呼吸系统疾病（如哮喘）的人、青少年儿童以及老年人",
            "people with breathing disease such as asthma, children and teenagers, the elderly",
        ),
        Pollutant::Co => lang.pick(
            "患有心血管系统疾病的人",
            "people with disease of heart or vessels",
        ),
        Pollutant::O3 => lang.pick(
            "患有呼吸系统疾病（如哮喘）的人、青少年儿童、户外活动频繁的人以及老年人",
            "people with breathing disease such as asthma, children and teenagers, people often outdoors, the elderly",
        ),
        Pollutant::Pm10 | Pollutant::Pm25 => lang.pick(
            "患有心血管系统疾病或呼吸系统疾病（如哮喘）的人、青少年儿童、户外活动频繁的人以及老年人",
            "people with disease of heart or vessels or breathing disease such as asthma, children and teenagers, people \
             often outdoors, the elderly",
        ),
    }
}

/// Why an index is `NA`.
pub fn absence(lang: Lang, why: Absence) -> &'static str {
    match why {
        Absence::NoData => lang.pick("无数据", "no data"),
        Absence::Incomplete => lang.pick(
            "缺项且其余不超过100，按规定不发布",
            "a pollutant is missing and the rest gives no more than 100: not published",
        ),
        Absence::Beyond => lang.pick(
            "浓度超出分级表，缺少替代的平均时间数据",
            "beyond the table, and the mean that should decide is missing",
        ),
        Absence::Undefined => lang.pick("该标准未规定", "not defined by this standard"),
    }
}

/// Over good days beside those of the year before.
pub fn year_on_year(lang: Lang, standard: Standard) -> String {
    lang.pick(
        format!("优良天数同比（均按 {}）", standard.version()),
        format!("Good days, year on year (both by {})", standard.version()),
    )
}

/// A year's good days of its days with a verdict.
pub fn good_days(lang: Lang, days: DayCount) -> String {
    let ratio = days
        .ratio()
        .map_or_else(|| "—".to_owned(), |ratio| ratio.fixed(1));
    let (good, valid) = (days.good(), days.valid());
    lang.pick(
        format!("优良 {good} 天／有效 {valid} 天，{ratio} %"),
        format!("{good} good of {valid} days, {ratio} %"),
    )
}

/// By how much the ratio changed; `None`: too few days to say.
pub fn change(lang: Lang, points: Option<Value>) -> String {
    let Some(points) = points else {
        let zh = "有效天数不足，不作比较".to_owned();
        return lang.pick(zh, "too few days to compare".to_owned());
    };
    let size = Value::from_micro(points.micro().abs()).fixed(1);
    match points.micro() {
        0 => lang.pick("持平".to_owned(), "unchanged".to_owned()),
        1.. => lang.pick(
            format!("上升 {size} 个百分点"),
            format!("up {size} percentage points"),
        ),
        _ => lang.pick(
            format!("下降 {size} 个百分点"),
            format!("down {size} percentage points"),
        ),
    }
}

/// That last year's given figure is by another edition than this year's.
pub fn mixed(lang: Lang, this: Standard, last: Standard) -> String {
    let (this, last) = (this.version(), last.version());
    lang.pick(
        format!("上年值按 {last} 统计，今年按 {this}，不可直接比较"),
        format!("last year's figure is by {last}, this year's by {this}: not comparable"),
    )
}

/// That days were judged by another edition than that of their date.
pub fn recomputed(lang: Lang) -> &'static str {
    lang.pick(
        "其中按旧版标准发布的日子已重新计算",
        "days published by an older edition were judged again",
    )
}

/// That the index is at least so much, because items above their table are not in it.
pub fn at_least(lang: Lang, least: u16, withheld: Pollutants) -> String {
    lang.pick(
        format!("不低于 {least}：{withheld} 超表未计入"),
        format!("at least {least}: {withheld} above the table, not in it"),
    )
}

/// Which of the two Chinese editions' wording.
#[derive(Clone, Copy)]
enum Edition {
    Old,
    New,
}

impl Edition {
    fn pick(self, new: &'static str, old: &'static str) -> &'static str {
        match self {
            Self::New => new,
            Self::Old => old,
        }
    }
}

/// Who publishes an index of abroad.
fn publisher(standard: Standard) -> Option<Publisher> {
    match standard {
        Standard::Epa2024 => Some(Publisher::Epa),
        Standard::Eaqi => Some(Publisher::Eea),
        Standard::Hj633_2012 | Standard::Hj633_2026 => None,
    }
}

fn edition(standard: Standard) -> Option<Edition> {
    match standard {
        Standard::Hj633_2012 => Some(Edition::Old),
        Standard::Hj633_2026 => Some(Edition::New),
        Standard::Epa2024 | Standard::Eaqi => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editions_name_the_sensitive_in_their_own_words() {
        let at = |standard| effect(Lang::Zh, standard, Level::Three).expect("a Chinese edition");
        assert!(at(Standard::Hj633_2012).starts_with("易感人群"));
        assert!(at(Standard::Hj633_2026).starts_with("敏感人群"));
    }

    #[test]
    fn every_level_of_every_standard_says_what_to_do_and_whose_words_of_abroad_they_are() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for standard in Standard::ALL {
            let (mark_zh, mark_en) = match standard {
                Standard::Epa2024 => ("（EPA，译）", "(after EPA)"),
                Standard::Eaqi => ("（EEA，译）", "(after EEA)"),
                Standard::Hj633_2012 | Standard::Hj633_2026 => ("", ""),
            };
            for level in Level::ALL {
                let said = |lang| [effect(lang, standard, level), advice(lang, standard, level)];
                let (zh, en) = (said(Lang::Zh), said(Lang::En));
                assert!(zh[1].is_some() && en[1].is_some(), "{standard:?} {level:?}");
                assert_eq!(
                    zh[0].is_none(),
                    standard == Standard::Eaqi,
                    "it says what to do only"
                );
                assert_eq!(zh.map(|text| text.is_some()), en.map(|text| text.is_some()));
                let marked = |text: &str, mark: &str| text.ends_with(mark);
                assert!(
                    zh.iter().flatten().all(|text| han(text) && marked(text, mark_zh)),
                    "{zh:?}"
                );
                assert!(
                    en.iter()
                        .flatten()
                        .all(|text| !han(text) && marked(text, mark_en)),
                    "{en:?}"
                );
            }
        }
    }

    #[test]
    fn every_level_of_every_standard_has_its_own_class_in_both_languages() {
        for standard in Standard::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let mut classes: Vec<_> = Level::ALL.map(|l| class(lang, standard, l)).to_vec();
                classes.dedup();
                assert_eq!(classes.len(), 6, "{standard:?}");
            }
        }
    }
}
