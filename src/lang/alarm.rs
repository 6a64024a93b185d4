//! Titles of alarms: the figures and names of the ledger, as a sentence of the person's language that says what is wrong.
//!
//! A title is stored as figures and names, the same for every language. Here the signs between them become words: which
//! words, the code of the rule and the shape of the title say. What an upstream named itself stays as it named it, and so
//! does the title of a rule that the room called otherwise.

use crate::domain::fact::alarm::Cause;
use crate::lang::{Lang, fill, trouble};
use std::borrow::Cow;

/// What a title of a rule says: a sign between two parts, and the words for it.
struct Form {
    /// The codes of the rules.
    codes: &'static [&'static str],
    /// Takes the title apart; `None` where it is of another shape.
    parts: fn(&str) -> Option<(&str, &str)>,
    /// The words around both parts: Chinese and English.
    words: (&'static str, &'static str),
}

/// Figures that reported nothing for so many hours: `name > 2 h`.
fn silent(title: &str) -> Option<(&str, &str)> {
    title.strip_suffix(" h")?.rsplit_once(" > ")
}

/// A mean or an index over its limit: `name NO₂ 95 > 80`.
fn over(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(" > ")
}

/// The same value for hours: `name NO₂ = 20 × 4 h`.
fn flat(title: &str) -> Option<(&str, &str)> {
    title.strip_suffix(" h")?.rsplit_once(" × ")
}

/// The same value so many times: `name NOx = 61.5 × 12`.
fn constant(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(" × ")
}

/// Above the others: `name PM10 168 ↑ 90`.
fn above(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(" ↑ ")
}

/// At the end of its range: `name NOx ≥ 95`.
fn clipped(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(" ≥ ")
}

/// Production that runs and the treatment that does not: `line 41.0 kW · filter 0.0 kW`.
fn paired(title: &str) -> Option<(&str, &str)> {
    title.split_once(" · ")
}

/// Hardly moved for hours: `name NOx 61.2–61.9, 8 h`.
fn rippled(title: &str) -> Option<(&str, &str)> {
    title.strip_suffix(" h")?.rsplit_once(", ")
}

/// So many hours just below the limit: `name NOx 78–80 20/24`.
fn near(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(' ').filter(|(_, share)| share.contains('/'))
}

/// There and back at once: `name NOx 60 → 20 → 60`.
fn spiked(title: &str) -> Option<(&str, &str)> {
    let (before, after) = title.split_once(" → ")?;
    after.contains(" → ").then_some((before, after))
}

/// Values of what is declared to stand still: `name NOx 12`.
fn running(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once(' ')
}

/// From one value to another: `name NH3-N 0.29 → 0.58 mg/L`.
fn risen(title: &str) -> Option<(&str, &str)> {
    let (before, after) = title.rsplit_once(" → ")?;
    (!before.contains(" → ")).then_some((before, after))
}

const FORMS: &[Form] = &[
    Form {
        codes: &["AIR-STALE", "WQ-STALE", "SRC-OFF", "DUST-OFF"],
        parts: silent,
        words: (
            "{a} 数据中断超过 {b} 小时",
            "{a}: no data for more than {b} hours",
        ),
    },
    Form {
        codes: &["AIR-FLAT"],
        parts: flat,
        words: ("{a}，{b} 小时不变", "{a}, unchanged for {b} hours"),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: constant,
        words: ("{a}，连续 {b} 次不变", "{a}, unchanged {b} times"),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: clipped,
        words: ("{a} 顶满量程，达到 {b}", "{a} stays at the end of its range, {b}"),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: spiked,
        words: ("{a} 突变后即复原：{b}", "{a} jumps and is back at once: {b}"),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: rippled,
        words: ("{a}，{b} 小时几乎不变", "{a}, hardly moved for {b} hours"),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: near,
        words: (
            "{a}，{b} 个小时贴近限值",
            "{a}, just below its limit in {b} hours",
        ),
    },
    Form {
        codes: &["SRC-FAKE"],
        parts: running,
        words: ("{a} {b}，申报停产期间仍有读数", "{a} {b} while declared stopped"),
    },
    Form {
        codes: &["MTR-TREAT-OFF"],
        parts: paired,
        words: ("{a} 在生产，{b} 治污未运行", "{a} runs while {b} does not treat"),
    },
    Form {
        codes: &["WQ-CLASS", "WQ-DRINK"],
        parts: over,
        words: ("{a} 类，劣于目标 {b}", "{a}, worse than its target {b}"),
    },
    Form {
        codes: &["AIR-JUMP"],
        parts: above,
        words: ("{a} 高于各站中位值 {b}", "{a}, far above the median {b}"),
    },
    Form {
        codes: &["WQ-JUMP"],
        parts: risen,
        words: ("{a} 突升至 {b}", "{a} rose to {b}"),
    },
    Form {
        codes: &["MTR-NIGHT"],
        parts: over,
        words: ("{a} 夜间负荷超过 {b}", "{a} by night, above {b}"),
    },
    Form {
        codes: &[
            "AIR-AQI",
            "WQ-TN",
            "SRC-H",
            "SRC-D",
            "OUT-EX",
            "DUST-EX",
            "MTR-CURTAIL",
        ],
        parts: over,
        words: ("{a} 超过限值 {b}", "{a} exceeds its limit {b}"),
    },
];

/// The title of an alarm in the person's language.
pub fn title(lang: Lang, cause: &Cause) -> Cow<'_, str> {
    let title = cause.title.as_str();
    if cause.point.is_some() {
        return of_rule(lang, cause.code.as_str(), title).map_or(Cow::Borrowed(title), Cow::Owned);
    }
    let source = cause.source.as_ref().filter(|_| cause.evidence.is_none());
    match source.and_then(|source| title.strip_prefix(source.as_str())) {
        Some("") if cause.code.as_str() == "SYS-SRC" => {
            let words = lang.pick("数据源 {name} 故障", "source {name} fails");
            fill(words, &[("name", &title)]).into()
        }
        Some(rest) if rest.starts_with(": ") => {
            let words = lang.pick("数据源 {what}", "source {what}");
            fill(words, &[("what", &trouble::reasons(lang, title))]).into()
        }
        Some(_) | None => title.into(),
    }
}

fn of_rule(lang: Lang, code: &str, title: &str) -> Option<String> {
    let mut forms = FORMS.iter().filter(|form| form.codes.contains(&code));
    forms.find_map(|form| {
        let (a, b) = (form.parts)(title)?;
        Some(fill(
            lang.pick(form.words.0, form.words.1),
            &[("a", &a), ("b", &b)],
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{PointId, SourceId};
    use crate::domain::text::Clean;

    fn said(code: &str, words: &str, lang: Lang) -> String {
        let cause = Cause {
            code: Clean::new(code),
            title: Clean::new(words),
            point: Some(PointId::new("p")),
            ..Cause::default()
        };
        title(lang, &cause).into_owned()
    }

    #[test]
    fn a_title_says_with_a_verb_what_is_wrong() {
        for (code, stored, zh, en) in [
            (
                "AIR-STALE",
                "一号站 > 2 h",
                "一号站 数据中断超过 2 小时",
                "一号站: no data for more than 2 hours",
            ),
            (
                "AIR-FLAT",
                "一号站 NO₂ = 20 × 4 h",
                "一号站 NO₂ = 20，4 小时不变",
                "一号站 NO₂ = 20, unchanged for 4 hours",
            ),
            (
                "SRC-FAKE",
                "1号 NOx = 61.5 × 12",
                "1号 NOx = 61.5，连续 12 次不变",
                "1号 NOx = 61.5, unchanged 12 times",
            ),
            (
                "SRC-H",
                "1号 NOx 95 > 80 mg/m³",
                "1号 NOx 95 超过限值 80 mg/m³",
                "1号 NOx 95 exceeds its limit 80 mg/m³",
            ),
            (
                "WQ-JUMP",
                "断面 COD 2 → 4 mg/L",
                "断面 COD 2 突升至 4 mg/L",
                "断面 COD 2 rose to 4 mg/L",
            ),
            (
                "SRC-FAKE",
                "1号 NOx 60 → 20 → 60",
                "1号 NOx 60 突变后即复原：20 → 60",
                "1号 NOx 60 jumps and is back at once: 20 → 60",
            ),
            (
                "SRC-FAKE",
                "1号 NOx 61–62, 8 h",
                "1号 NOx 61–62，8 小时几乎不变",
                "1号 NOx 61–62, hardly moved for 8 hours",
            ),
            (
                "SRC-FAKE",
                "1号 NOx 78–80 20/24",
                "1号 NOx 78–80，20/24 个小时贴近限值",
                "1号 NOx 78–80, just below its limit in 20/24 hours",
            ),
            (
                "SRC-FAKE",
                "1号 NOx 12",
                "1号 NOx 12，申报停产期间仍有读数",
                "1号 NOx 12 while declared stopped",
            ),
            (
                "STRAW-FIRE",
                "村 A > B 秸秆焚烧",
                "村 A > B 秸秆焚烧",
                "村 A > B 秸秆焚烧",
            ),
        ] {
            assert_eq!(said(code, stored, Lang::Zh), zh);
            assert_eq!(said(code, stored, Lang::En), en);
        }
    }

    #[test]
    fn a_failing_source_is_called_one() {
        let mut cause = Cause {
            code: Clean::new("SYS-SRC"),
            title: Clean::new("answers"),
            source: Some(SourceId::new("answers")),
            ..Cause::default()
        };
        assert_eq!(title(Lang::Zh, &cause), "数据源 answers 故障");
        assert_eq!(title(Lang::En, &cause), "source answers fails");
        cause.title = Clean::new("answers: no answer in time");
        assert_eq!(title(Lang::Zh, &cause), "数据源 answers：超时无应答");
        assert_eq!(title(Lang::En, &cause), "source answers: no answer in time");
    }

    #[test]
    fn both_languages_say_both_parts() {
        for form in FORMS {
            for words in [form.words.0, form.words.1] {
                assert!(words.contains("{a}") && words.contains("{b}"), "{words}");
            }
        }
    }
}
