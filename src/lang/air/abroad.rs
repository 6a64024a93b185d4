//! What the level of an index of abroad does to people and what they should do, after the texts of those who publish it.
//!
//! After the words that go with the United States' index (EPA-454/B-18-007, Technical Assistance Document for the Reporting
//! of Daily Air Quality, table 4, the cautionary statements of particles; AirNow's levels of concern), and the health
//! messages of the European index for the general population and for sensitive people (EEA, help centre, what the values of
//! the index mean). Both languages give their sense, marked with whose it is; the Chinese is a translation, they have none.
//! The EEA says what to do only.

use crate::domain::air::Level;
use crate::lang::Lang;

/// Of one level, Chinese and English: its effect on health, and what to do.
type Row = (Option<[&'static str; 2]>, [&'static str; 2]);

fn epa(level: Level) -> Row {
    let (effect, advice) = match level {
        Level::One => (
            [
                "空气质量令人满意，风险很小或没有（EPA，译）",
                "Air is satisfactory, with little risk or none (after EPA)",
            ],
            [
                "适宜户外活动（EPA，译）",
                "A good day to be active outdoors (after EPA)",
            ],
        ),
        Level::Two => (
            [
                "空气质量可接受；对极少数异常敏感的人可能有影响（EPA，译）",
                "Air is acceptable; a few who are unusually sensitive may be affected (after EPA)",
            ],
            [
                "异常敏感的人宜考虑减少长时间或高强度活动（EPA，译）",
                "Whoever is unusually sensitive should consider less long or heavy exertion (after EPA)",
            ],
        ),
        Level::Three => (
            [
                "敏感人群健康可能受影响；一般公众受影响可能较小（EPA，译）",
                "Sensitive groups may feel effects on their health; the public at large is less likely to (after EPA)",
            ],
            [
                "敏感人群应减少长时间或高强度活动（EPA，译）",
                "Sensitive groups should reduce long or heavy exertion (after EPA)",
            ],
        ),
        Level::Four => (
            [
                "一般公众健康可能受影响；敏感人群影响可能更严重（EPA，译）",
                "The public at large may feel effects; those on sensitive groups may be more serious (after EPA)",
            ],
            [
                "敏感人群应避免长时间或高强度活动；其他人应减少（EPA，译）",
                "Sensitive groups should avoid long or heavy exertion; everyone else should reduce it (after EPA)",
            ],
        ),
        Level::Five => (
            [
                "健康警报：所有人受影响的风险都升高（EPA，译）",
                "Health alert: the risk of effects is higher for everyone (after EPA)",
            ],
            [
                "敏感人群应避免一切户外体力活动；其他人应避免长时间或高强度活动（EPA，译）",
                "Sensitive groups should avoid all physical activity outdoors; everyone else should avoid long or heavy \
                 exertion (after EPA)",
            ],
        ),
        Level::Six => (
            [
                "紧急状态健康警告：所有人都更可能受影响（EPA，译）",
                "Warning of an emergency: everyone is more likely to be affected (after EPA)",
            ],
            [
                "所有人应避免一切户外体力活动；敏感人群应留在室内、少活动（EPA，译）",
                "Everyone should avoid all physical activity outdoors; sensitive groups should stay indoors and do little \
                 (after EPA)",
            ],
        ),
    };
    (Some(effect), advice)
}

fn eaqi(level: Level) -> Row {
    let advice = match level {
        Level::One => [
            "空气质量好，各类人群可照常户外活动（EEA，译）",
            "The air is good: everyone may be active outdoors as usual (after EEA)",
        ],
        Level::Two => [
            "各类人群可照常户外活动（EEA，译）",
            "Everyone may be active outdoors as usual (after EEA)",
        ],
        Level::Three => [
            "一般人群可照常户外活动；敏感人群如有症状，宜考虑减少高强度户外活动（EEA，译）",
            "Everyone may be active outdoors as usual; sensitive people with symptoms should consider less intense activity \
             outdoors (after EEA)",
        ],
        Level::Four => [
            "如有眼痛、咳嗽、咽痛等症状，宜考虑减少高强度户外活动；敏感人群宜考虑减少体力活动，尤其在户外和有症状时（EEA，译）",
            "With symptoms such as sore eyes, cough or sore throat, consider less intense activity outdoors; sensitive people \
             should consider less physical activity, above all outdoors and with symptoms (after EEA)",
        ],
        Level::Five => [
            "如有眼痛、咳嗽、咽痛等症状，宜考虑减少高强度户外活动；敏感人群应减少体力活动，尤其在户外和有症状时（EEA，译）",
            "With symptoms such as sore eyes, cough or sore throat, consider less intense activity outdoors; sensitive people \
             should reduce physical activity, above all outdoors and with symptoms (after EEA)",
        ],
        Level::Six => [
            "减少户外体力活动；敏感人群应避免户外体力活动（EEA，译）",
            "Reduce physical activity outdoors; sensitive people should avoid it (after EEA)",
        ],
    };
    (None, advice)
}

/// Whose words go with an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Publisher {
    /// The Environmental Protection Agency of the United States.
    Epa,
    /// The European Environment Agency.
    Eea,
}

impl Publisher {
    fn row(self, level: Level) -> Row {
        match self {
            Self::Epa => epa(level),
            Self::Eea => eaqi(level),
        }
    }

    /// The effect on health; `None` where the publisher says nothing of it.
    pub(super) fn effect(self, lang: Lang, level: Level) -> Option<&'static str> {
        self.row(level).0.map(|[zh, en]| lang.pick(zh, en))
    }

    /// What to do.
    pub(super) fn advice(self, lang: Lang, level: Level) -> &'static str {
        let [zh, en] = self.row(level).1;
        lang.pick(zh, en)
    }
}
