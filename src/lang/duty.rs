//! Words of the duty: shifts, notes, signatures, and what stands in the way of a hand-over.

use crate::domain::fact::shift::{Blocker, NoteKind, Side};
use crate::domain::shift::{DutyRefusal, Override};
use crate::domain::time::Zone;
use crate::lang::when::clock;
use crate::lang::{Lang, fill};

/// A kind of note.
pub fn note_kind(lang: Lang, kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Instruction => lang.pick("领导指示", "instruction"),
        NoteKind::Call => lang.pick("通话", "call"),
        NoteKind::Weather => lang.pick("天气", "weather"),
        NoteKind::Other => lang.pick("记事", "note"),
    }
}

/// A side of the hand-over.
pub fn side(lang: Lang, side: Side) -> &'static str {
    match side {
        Side::Out => lang.pick("交班", "out"),
        Side::In => lang.pick("接班", "in"),
    }
}

/// What stands in the way, with its name.
pub fn blocker(lang: Lang, blocker: &Blocker) -> String {
    let text = match blocker {
        Blocker::Alarm(_) => lang.pick("告警 {it} 未确认", "alarm {it} is unacknowledged"),
        Blocker::Episode(_) => lang.pick("管控 {it} 本班无记录", "episode {it} has no note of this shift"),
        Blocker::Report(_) => lang.pick(
            "突发事件 {it} 信息报告未完成",
            "emergency {it} still owes its report",
        ),
    };
    fill(text, &[("it", &blocker.name())])
}

/// Several of them in one line.
pub fn blockers(lang: Lang, list: &[Blocker]) -> String {
    let words: Vec<String> = list.iter().map(|b| blocker(lang, b)).collect();
    words.join(lang.pick("；", "; "))
}

/// What a leader let pass and still stands: how much of what, who let it pass when, and why.
pub fn passed(lang: Lang, pass: &Override, still: &[Blocker], zone: Zone) -> String {
    let many = |text: &str, is: fn(&Blocker) -> bool| {
        let n = still.iter().filter(|blocker| is(blocker)).count();
        (n > 0).then(|| fill(text, &[("n", &n)]))
    };
    let what = [
        many(lang.pick("{n} 条未确认", "{n} unacknowledged"), |b| {
            matches!(b, Blocker::Alarm(_))
        }),
        many(
            lang.pick(
                "{n} 件管控本班无记录",
                "{n} episodes without a note of this shift",
            ),
            |b| matches!(b, Blocker::Episode(_)),
        ),
        many(
            lang.pick("{n} 件信息报告未完成", "{n} reports of emergencies owed"),
            |b| matches!(b, Blocker::Report(_)),
        ),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let what = what.join(lang.pick("、", ", "));
    let text = lang.pick(
        "{what}，带班 {who} {at} 放行：{why}",
        "{what}; let pass by the leader {who} at {at}: {why}",
    );
    let at = clock(pass.mark.at, zone);
    fill(
        text,
        &[
            ("what", &what),
            ("who", &pass.mark.by),
            ("at", &at),
            ("why", &pass.reason),
        ],
    )
}

/// Why a wish about a shift was refused, with what to do.
pub fn refusal(lang: Lang, why: &DutyRefusal, zone: Zone) -> String {
    match why {
        DutyRefusal::Early(at) => fill(
            lang.pick(
                "还太早；{at} 起可接。",
                "It is too early; it may be taken from {at}.",
            ),
            &[("at", &clock(*at, zone))],
        ),
        DutyRefusal::Taken(mark) => fill(
            lang.pick("{who} 已于 {at} 接班。", "{who} took it at {at}."),
            &[("who", &mark.by), ("at", &clock(mark.at, zone))],
        ),
        DutyRefusal::NotTaken(id) => fill(
            lang.pick(
                "班次 {it} 无人接；先接班。",
                "Nobody has taken shift {it}; take it first.",
            ),
            &[("it", id)],
        ),
        DutyRefusal::HandedOver(id) => fill(
            lang.pick(
                "班次 {it} 已交接；请记在本班。",
                "Shift {it} was handed over; use the one that runs.",
            ),
            &[("it", id)],
        ),
        DutyRefusal::NotPrepared => lang
            .pick(
                "交班尚未准备；先准备交班。",
                "The hand-over is not ready; prepare it first.",
            )
            .to_owned(),
        DutyRefusal::NotRead => lang
            .pick(
                "接班人尚未阅读交班内容；先阅读。",
                "Whoever comes must read the hand-over first.",
            )
            .to_owned(),
        DutyRefusal::OutFirst => lang
            .pick("交班人先签。", "Whoever leaves signs first.")
            .to_owned(),
        DutyRefusal::Signed(mark) => fill(
            lang.pick("{who} 已于 {at} 签字。", "{who} signed it at {at}."),
            &[("who", &mark.by), ("at", &clock(mark.at, zone))],
        ),
        DutyRefusal::SameHand(mark) => fill(
            lang.pick(
                "交接双方须为两人；{who} 已在另一方。",
                "Two people must sign; {who} is on the other side already.",
            ),
            &[("who", &mark.by)],
        ),
        DutyRefusal::Blocked(list) => fill(
            lang.pick(
                "不能签：{list}。请处理，或由带班说明理由放行。",
                "It cannot be signed: {list}. Handle them, or let a leader give a reason.",
            ),
            &[("list", &blockers(lang, list))],
        ),
        DutyRefusal::NothingToOverride => lang
            .pick("没有需要放行的事项。", "Nothing stands in the way.")
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{AlarmId, CaseId};
    use crate::domain::time::CHINA;

    #[test]
    fn a_refusal_names_all_that_stands_in_the_way() {
        let list = vec![
            Blocker::Alarm(AlarmId::new("camera/7")),
            Blocker::Report(CaseId::new("U20261123-0001")),
        ];
        let words = refusal(Lang::En, &DutyRefusal::Blocked(list), CHINA);
        assert!(
            words.contains("camera/7") && words.contains("U20261123-0001"),
            "{words}"
        );
    }
}
