//! Why an action was refused, in words, with what to do instead. Called by seats and the command line.

use crate::domain::case::Case;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::{FieldId, StageId};
use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::Actor;
use crate::domain::playbook::{Need, Playbook, When};
use crate::domain::time::Zone;
use crate::lang::when::clock;
use crate::lang::{Lang, domain as say, duty, fill, ledger};

/// The refusal in one line: what is so, and what to do.
pub fn words(lang: Lang, refusal: &Refusal, zone: Zone, playbooks: &[Playbook]) -> String {
    match refusal {
        Refusal::Changed { stream, by, at } => {
            changed(lang, stream, by.as_ref(), at.map(|at| clock(at, zone)))
        }
        Refusal::Gone(stream) => fill(
            lang.pick("{it} 已不在，未执行。", "{it} is gone; nothing was done."),
            &[("it", &thing(lang, stream))],
        ),
        Refusal::Acknowledged { by, at } => fill(
            lang.pick("{who} 已于 {at} 确认。", "{who} acknowledged it at {at}."),
            &[("who", by), ("at", &clock(*at, zone))],
        ),
        Refusal::NotNow(state) => fill(
            lang.pick(
                "告警现为“{state}”，不能这样做。",
                "The alarm is {state}; that cannot be done now.",
            ),
            &[("state", &say::alarm_state(lang, *state))],
        ),
        Refusal::WrongStage(stage) => fill(
            lang.pick(
                "事件现处“{stage}”，不能走这一步；x 看可走的。",
                "The case is at “{stage}”; that step does not leave it. Press x for those that do.",
            ),
            &[("stage", &stage_words(lang, stage, playbooks))],
        ),
        Refusal::Role(role) => fill(
            lang.pick(
                "“{role}”无此权限；请由有权的人办理。",
                "A {role} may not do this; ask someone who may.",
            ),
            &[("role", &say::role(lang, *role))],
        ),
        Refusal::Needs(need) => fill(
            lang.pick(
                "还缺{need}，补上再试。",
                "{need} is needed; give it and try again.",
            ),
            &[("need", &need_words(lang, *need))],
        ),
        Refusal::UnknownReason(reason) => fill(
            lang.pick(
                "原因“{it}”不在列表中；请从列表选。",
                "“{it}” is not one of the reasons; choose one from the list.",
            ),
            &[("it", reason)],
        ),
        Refusal::Unknown(name) => fill(
            lang.pick(
                "没有“{it}”；请查配置。",
                "There is no “{it}”; check the configuration.",
            ),
            &[("it", name)],
        ),
        Refusal::Until(latest) => fill(
            lang.pick(
                "时间已过或太晚；最晚 {at}。",
                "That time is past or too late; the latest is {at}.",
            ),
            &[("at", &clock(*latest, zone))],
        ),
        Refusal::NotOver(until) => fill(
            lang.pick(
                "时段未结束，不能发布；{at} 后再发布。",
                "Its time is not over; it can be issued from {at} on.",
            ),
            &[("at", &until.local(zone).format("%Y-%m-%d %H:%M"))],
        ),
        Refusal::AlreadyIn(case) => fill(
            lang.pick("已属于事件 {it}。", "It belongs to case {it} already."),
            &[("it", case)],
        ),
        Refusal::NothingToUndo => lang
            .pick("这里没有可撤销的操作。", "There is nothing to undo here.")
            .to_owned(),
        Refusal::NotYours(by) => fill(
            lang.pick(
                "这一步是 {who} 做的；由其本人或带班撤销。",
                "{who} did that; only they or a leader may take it back.",
            ),
            &[("who", &say::actor(lang, by))],
        ),
        Refusal::OrderOut(task) => fill(
            lang.pick(
                "这一步已派单 {it}，不能撤销；请收回改派。",
                "Order {it} was made by it and cannot be undone; recall it instead.",
            ),
            &[("it", task)],
        ),
        Refusal::OnTheWay(task) => fill(
            lang.pick(
                "派单 {it} 正在发送或已送达，不再发送。",
                "Order {it} is on its way or has arrived; it is not sent again.",
            ),
            &[("it", task)],
        ),
        Refusal::Withdrawn(task) => fill(
            lang.pick(
                "派单 {it} 已撤回；如需请重新派单。",
                "Order {it} was withdrawn; send a new one if needed.",
            ),
            &[("it", task)],
        ),
        Refusal::SameAnswer(task) => fill(
            lang.pick(
                "派单 {it} 已有同样的反馈。",
                "Order {it} has that answer already.",
            ),
            &[("it", task)],
        ),
        Refusal::Answered { kind, at } => fill(
            lang.pick(
                "单位已于 {at} 答复（{it}），不能撤回；请电话联系。",
                "The unit answered at {at} ({it}); telephone instead.",
            ),
            &[("it", kind), ("at", &clock(*at, zone))],
        ),
        Refusal::NotYet(when) => not_yet(lang, *when).to_owned(),
        Refusal::Often(step) => fill(
            lang.pick(
                "这一步（{it}）已用完允许的次数；请报带班。",
                "That step ({it}) was made as often as it may be; ask the leader.",
            ),
            &[("it", step)],
        ),
        Refusal::SameHand(who) => fill(
            lang.pick(
                "前一步是 {who} 做的，须由另一人办理。",
                "{who} made the step before; another person must do this.",
            ),
            &[("who", who)],
        ),
        Refusal::NeedsField(field) => fill(
            lang.pick(
                "还缺“{it}”，补上再试。",
                "“{it}” must be filled in; give it and try again.",
            ),
            &[("it", &field_words(lang, field, playbooks))],
        ),
        Refusal::BadField(field, found) => fill(
            lang.pick(
                "“{it}”里的“{found}”不合要求，请改正。",
                "“{found}” does not fit “{it}”; correct it.",
            ),
            &[("it", &field_words(lang, field, playbooks)), ("found", found)],
        ),
        Refusal::NobodyCollects => lang
            .pick(
                "现在无人轮询，问不了；请运行 lookout serve，或打开可轮询的控制台。",
                "Nobody polls now, so nobody can ask; start lookout serve, or a console that may poll.",
            )
            .to_owned(),
        Refusal::AskedLately(at) => fill(
            lang.pick(
                "该数据源 {at} 刚问过；过几秒再试。",
                "The source was asked just now, at {at}; try again in some seconds.",
            ),
            &[("at", &at.local(zone).format("%H:%M:%S"))],
        ),
        Refusal::Duty(why) => duty::refusal(lang, why, zone),
        Refusal::ReadOnly(why) => fill(
            if matches!(why, LedgerFault::Broken { .. }) {
                lang.pick(
                    "台账的链断了（{it}）：未执行。{remedy}",
                    "The ledger's chain is broken ({it}): nothing was done. {remedy}",
                )
            } else {
                lang.pick(
                    "写不进台账（{it}）：未执行。{remedy}",
                    "The ledger cannot be written ({it}): nothing was done. {remedy}",
                )
            },
            &[
                ("it", &ledger::what(lang, why)),
                ("remedy", &ledger::remedy(lang, why)),
            ],
        ),
    }
}

/// What a step still waits for.
fn not_yet(lang: Lang, when: When) -> &'static str {
    match when {
        When::Always => lang.pick("现在不能这样做。", "That cannot be done now."),
        When::Late => lang.pick(
            "尚未超时；到时限后才能这样做。",
            "It is not late; this waits until the limit has passed.",
        ),
        When::Returned => lang.pick(
            "告警尚未恢复正常；恢复后才能这样做。",
            "Its alarms last; this waits until they have cleared.",
        ),
        When::Settled => lang.pick(
            "子事项尚未全部办结；办结后才能这样做。",
            "Sub-cases are open; this waits until all are closed.",
        ),
    }
}

/// A field in the words of the first playbook that has it.
fn field_words(lang: Lang, field: &FieldId, playbooks: &[Playbook]) -> String {
    let found = playbooks.iter().find_map(|p| p.field(field));
    found.map_or_else(|| field.to_string(), |f| lang.of(&f.words).to_owned())
}

/// What a move asks for.
pub fn need_words(lang: Lang, need: Need) -> &'static str {
    match need {
        Need::Reason => lang.pick("原因", "A reason"),
        Need::Comment => lang.pick("说明", "A comment"),
        Need::Unit => lang.pick("单位", "A unit"),
        Need::Case => lang.pick("另一事件", "Another case"),
        Need::Photo => lang.pick("照片", "A photo"),
    }
}

/// The stage of a case in the words of its playbook; its key where the playbook is unknown.
pub fn stage_of(lang: Lang, case: &Case, playbooks: &[Playbook]) -> String {
    let playbook = playbooks.iter().find(|p| p.id == case.matter.playbook);
    let stage = playbook.and_then(|own| own.stage(case.stage_in(own)));
    stage.map_or_else(|| case.state.stage.to_string(), |s| lang.of(&s.words).to_owned())
}

/// A stage by its key alone, in the words of the first playbook that has it.
pub fn stage_words(lang: Lang, stage: &StageId, playbooks: &[Playbook]) -> String {
    let found = playbooks.iter().find_map(|p| p.stage(stage));
    found.map_or_else(|| stage.to_string(), |s| lang.of(&s.words).to_owned())
}

fn changed(lang: Lang, stream: &Stream, by: Option<&Actor>, at: Option<String>) -> String {
    let it = thing(lang, stream);
    let who = by.map(|by| say::actor(lang, by));
    match (who, at) {
        (Some(who), Some(at)) => fill(
            lang.pick(
                "{who} 已于 {at} 动过{it}：未执行，请看新状态。",
                "{who} was first at {at} ({it}): nothing was done; look again.",
            ),
            &[("who", &who), ("at", &at), ("it", &it)],
        ),
        (Some(_) | None, _) => fill(
            lang.pick(
                "{it} 已变：未执行，请看新状态。",
                "{it} has changed: nothing was done; look again.",
            ),
            &[("it", &it)],
        ),
    }
}

fn thing(lang: Lang, stream: &Stream) -> String {
    match stream {
        Stream::Alarm(id) => format!("{} {id}", lang.pick("告警", "alarm")),
        Stream::Case(id) => format!("{} {id}", lang.pick("事件", "case")),
        Stream::Task(id) => format!("{} {id}", lang.pick("派单", "order")),
        Stream::Notice(_) => lang.pick("须知", "the notice").to_owned(),
        Stream::Shift(id) => format!("{} {id}", lang.pick("班次", "shift")),
        Stream::Room => lang.pick("值班室", "the room").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alarm::AlarmState;
    use crate::domain::id::{AlarmId, CaseId, MoveId, OperatorId, TaskId};
    use crate::domain::person::Role;
    use crate::domain::shift::DutyRefusal;
    use crate::domain::text::Clean;
    use crate::domain::time::{CHINA, Moment};
    use crate::lang::LANGS;

    #[test]
    fn every_refusal_has_words_in_both_languages() {
        let alarm = || Stream::Alarm(AlarmId::new("fire/7"));
        let all = [
            Refusal::Changed {
                stream: alarm(),
                by: None,
                at: None,
            },
            Refusal::Gone(alarm()),
            Refusal::NotNow(AlarmState::Shelved),
            Refusal::WrongStage(StageId::new("found")),
            Refusal::Role(Role::Viewer),
            Refusal::Needs(Need::Photo),
            Refusal::UnknownReason(Clean::new("x")),
            Refusal::Unknown(Clean::new("x")),
            Refusal::Until(Moment::from_ms(0)),
            Refusal::AlreadyIn(CaseId::new("F20261123-0007")),
            Refusal::NothingToUndo,
            Refusal::NotYours(Actor::Desk),
            Refusal::OrderOut(TaskId::new("F20261123-0007.1")),
            Refusal::OnTheWay(TaskId::new("F20261123-0007.1")),
            Refusal::Withdrawn(TaskId::new("F20261123-0007.1")),
            Refusal::SameAnswer(TaskId::new("F20261123-0007.1")),
            Refusal::Answered {
                kind: Clean::new("done"),
                at: Moment::from_ms(0),
            },
            Refusal::NotYet(When::Late),
            Refusal::NotYet(When::Returned),
            Refusal::NotYet(When::Settled),
            Refusal::Often(MoveId::new("extend")),
            Refusal::SameHand(OperatorId::new("duty2")),
            Refusal::NeedsField(FieldId::new("level")),
            Refusal::BadField(FieldId::new("level"), Clean::new("x")),
            Refusal::Duty(Box::new(DutyRefusal::NotPrepared)),
            Refusal::ReadOnly("disk full".into()),
        ];
        for (lang, ..) in LANGS {
            for refusal in &all {
                let words = words(*lang, refusal, CHINA, &[]);
                assert!(!words.is_empty() && !words.contains('{'), "{words}");
            }
        }
    }

    #[test]
    fn the_one_who_was_first_is_named_with_the_time() {
        let refusal = Refusal::Changed {
            stream: Stream::Alarm(AlarmId::new("fire/7")),
            by: Some(Actor::Person(OperatorId::new("duty2"))),
            at: Some(Moment::from_ms(0)),
        };
        assert_eq!(
            words(Lang::En, &refusal, CHINA, &[]),
            "duty2 was first at 08:00 (alarm fire/7): nothing was done; look again."
        );
    }
}
