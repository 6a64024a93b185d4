//! Words of the Cases screen and of a case's timeline.

use crate::domain::fact::case::CaseFact;
use crate::domain::person::Role;
use crate::domain::playbook::{Origin, Playbook};
use crate::lang::domain::role;
use crate::lang::refusal::stage_words;
use crate::lang::screens::fires::verdict;
use crate::lang::{Lang, fill};
use crate::texts;

texts! {
    /// Texts of the Cases screen.
    Cases {
        Number: "编号", "number";
        Open: "未办结", "open";
        Late: "超时", "late";
        NoLoop: "流程缺失", "no loop";
        Closed: "已办结", "closed";
        NoCases: "没有未办结事件", "no open cases";
        LateMark: "应报{role}", "for {role}";
        DueTo: "超时应报", "if late";
    }
}

/// Whom a late case is due to, as a mark before a title.
pub fn due_to(lang: Lang, due: Role) -> String {
    fill(Cases::LateMark.text(lang), &[("role", &role(lang, due))])
}

/// A line of a timeline in words.
pub fn fact(lang: Lang, fact: &CaseFact, playbooks: &[Playbook], own: Option<&Playbook>) -> String {
    let stage = |id| {
        let known = own.and_then(|playbook| playbook.stage(id));
        known.map_or_else(
            || stage_words(lang, id, playbooks),
            |stage| lang.of(&stage.words).to_owned(),
        )
    };
    match fact {
        CaseFact::Opened(matter) => fill(lang.pick("登记：{t}", "opened: {t}"), &[("t", &matter.title)]),
        CaseFact::Moved {
            step,
            to,
            verdict: v,
            given,
            ..
        } => {
            let name = own
                .and_then(|p| p.step(step))
                .map(|m| lang.of(&m.words).to_owned());
            let name = name.unwrap_or_else(|| step.to_string());
            let mut out = format!("{name} → {}", stage(to));
            if let Some(v) = v {
                out.extend([" · ", verdict(lang, v.as_str())]);
            }
            for more in given
                .reason
                .iter()
                .chain(Some(&given.comment))
                .filter(|t| !t.is_empty())
            {
                out.extend([" · ", more.as_str()]);
            }
            out
        }
        CaseFact::Reverted { to, .. } => fill(
            lang.pick("撤回，回到 {s}", "taken back to {s}"),
            &[("s", &stage(to))],
        ),
        CaseFact::Late { stage: s, .. } => fill(lang.pick("{s} 超时", "{s} is late"), &[("s", &stage(s))]),
        CaseFact::Joined { alarm } => fill(lang.pick("并入告警 {a}", "alarm {a} joined"), &[("a", alarm)]),
        CaseFact::Ordered { task } => fill(lang.pick("派单 {t}", "order {t}"), &[("t", task)]),
        CaseFact::Noted { words } => words.to_string(),
    }
}

/// Where a limit comes from.
pub fn origin(lang: Lang, origin: Origin) -> &'static str {
    match origin {
        Origin::Law => lang.pick("法规", "law"),
        Origin::Local => lang.pick("本地规定", "local rule"),
        Origin::Default => lang.pick("默认", "default"),
    }
}
