//! Targets and emergencies in words: states, the rules that decide them, causes and ways.

use crate::domain::emergency::Way;
use crate::domain::fact::forecast::PollutionCause;
use crate::domain::target::{TargetReason, TargetStanding};
use crate::lang::Lang;

/// A target's state.
pub fn standing(lang: Lang, standing: TargetStanding) -> &'static str {
    match standing {
        TargetStanding::Met => lang.pick("达标", "met"),
        TargetStanding::Unsteady => lang.pick("不稳定", "unsteady"),
        TargetStanding::AtRisk => lang.pick("有风险", "at risk"),
        TargetStanding::Missed => lang.pick("不达标", "missed"),
    }
}

/// The rule that decides a state.
pub fn reason(lang: Lang, reason: TargetReason) -> &'static str {
    match reason {
        TargetReason::Secured => lang.pick("已锁定", "secured whatever comes"),
        TargetReason::Clear => lang.pick("达标且有余量", "met with room"),
        TargetReason::Close => lang.pick("达标但余量不足", "met, close to the target"),
        TargetReason::Tight => lang.pick(
            "按此进度允许超标天数将近用尽",
            "the allowed days are nearly used up at this pace",
        ),
        TargetReason::OverPace => lang.pick(
            "按此进度将超出允许超标天数",
            "the allowed days will be exceeded at this pace",
        ),
        TargetReason::Behind => lang.pick("目前未达标，仍可追回", "not met now, still within reach"),
        TargetReason::OutOfReach => lang.pick("已无法达到", "out of reach"),
        TargetReason::Over => lang.pick("年度结束未达标", "the year is over and it was not met"),
        TargetReason::Unverified => lang.pick("填报数未经核实", "typed, not verified"),
        TargetReason::Contradicted => {
            lang.pick("填报数与实时数据不符", "typed, and the live data say otherwise")
        }
        TargetReason::NoFigure => lang.pick("无数据", "no figure"),
    }
}

/// What makes the air bad.
pub fn cause(lang: Lang, cause: PollutionCause) -> &'static str {
    match cause {
        PollutionCause::Pm25 => "PM2.5",
        PollutionCause::O3 => lang.pick("臭氧", "ozone"),
        PollutionCause::Dust => lang.pick("沙尘", "sand and dust"),
        PollutionCause::Fire => lang.pick("山火", "wildfire"),
        PollutionCause::Other => lang.pick("其他", "other"),
    }
}

/// The way that is taken for a cause.
pub fn way(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Plan => lang.pick("启动预案", "the plan"),
        Way::Supervision => lang.pick(
            "健康提示，强化VOCs与NOx日常监管",
            "health notice, stronger supervision of VOCs and NOx",
        ),
        Way::Notice => lang.pick("健康提示，视情控尘", "health notice, dust control where needed"),
    }
}
