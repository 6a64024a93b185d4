//! Targets and emergencies in words: states, the rules that decide them, causes and ways.

use crate::domain::emergency::Way;
use crate::domain::fact::forecast::Cause;
use crate::domain::target::{Reason, Standing};
use crate::lang::Lang;

/// A target's state.
pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Met => lang.pick("达标", "met"),
        Standing::Unsteady => lang.pick("不稳定", "unsteady"),
        Standing::AtRisk => lang.pick("有风险", "at risk"),
        Standing::Missed => lang.pick("不达标", "missed"),
    }
}

/// The rule that decides a state.
pub fn reason(lang: Lang, reason: Reason) -> &'static str {
    match reason {
        Reason::Secured => lang.pick("已锁定", "secured whatever comes"),
        Reason::Clear => lang.pick("达标且有余量", "met with room"),
        Reason::Close => lang.pick("达标但余量不足", "met, close to the goal"),
        Reason::Tight => lang.pick(
            "按此进度余额将近用尽",
            "the budget is nearly used up at this pace",
        ),
        Reason::OverPace => lang.pick("按此进度将超出余额", "the budget is overdrawn at this pace"),
        Reason::Behind => lang.pick("目前未达标，仍可追回", "not met now, still within reach"),
        Reason::OutOfReach => lang.pick("已无法达到", "out of reach"),
        Reason::Over => lang.pick("年度结束未达标", "the year is over and it was not met"),
        Reason::Unverified => lang.pick("填报数未经核实", "typed, not verified"),
        Reason::Contradicted => lang.pick("填报数与实时数据不符", "typed, and the live data say otherwise"),
        Reason::NoFigure => lang.pick("无数据", "no figure"),
    }
}

/// What makes the air bad.
pub fn cause(lang: Lang, cause: Cause) -> &'static str {
    match cause {
        Cause::Pm25 => "PM2.5",
        Cause::O3 => lang.pick("臭氧", "ozone"),
        Cause::Dust => lang.pick("沙尘", "sand and dust"),
        Cause::Fire => lang.pick("山火", "wildfire"),
        Cause::Other => lang.pick("其他", "other"),
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
