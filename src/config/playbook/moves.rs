//! `[[move]]`: one permitted step, who may make it, what it asks, and what makes it without a person.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::playbook::fields;
use crate::config::playbook::parts::{RawReason, RawWords, by_key, each, reasons, roles_known};
use crate::domain::id::{MoveId, PlaybookId, StageId};
use crate::domain::person::Role;
use crate::domain::playbook::{ANSWERS, Move, NEEDS, Need, Trigger, WHENS};
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[[move]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "one key of the file each")]
pub(super) struct RawMove {
    /// Its key.
    pub id: String,
    /// What it means to the program, where its key does not say so.
    pub means: Option<String>,
    /// What people read on the action.
    pub name: RawWords,
    /// The stages it leaves.
    pub from: Vec<String>,
    /// The stage it enters; a mere mark where absent.
    pub to: Option<String>,
    /// Who may make it; nobody where the desk alone does.
    #[serde(default)]
    pub roles: Vec<String>,
    /// What must be given: `reason`, `comment`, `unit`, `case`, `photo`.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Reasons to pick from.
    #[serde(default)]
    pub reasons: Vec<RawReason>,
    /// The verdict on the matter that it states: `true`, `false`, `duplicate` …
    pub verdict: Option<String>,
    /// Whether it sends an order to the unit.
    #[serde(default)]
    pub dispatches: bool,
    /// Whether what it sends is a notice to the enterprise that the case is about, not an order to a unit.
    #[serde(default)]
    pub to_enterprise: bool,
    /// The desk makes it when an order of the case has arrived: delivered, telephoned or answered.
    #[serde(default)]
    pub on_delivery: bool,
    /// The desk makes it when the last order that stood of those the case was sent out with is withdrawn.
    #[serde(default)]
    pub on_withdrawal: bool,
    /// The kind of a unit's answer that makes this step by itself: `received`, `on_scene`, `done`, `returned`.
    pub answer: Option<String>,
    /// Fields that are given with it.
    #[serde(default)]
    pub asks: Vec<String>,
    /// The desk makes it once the case has been in the stage that long.
    pub after: Option<String>,
    /// The desk makes it when an alarm of that code joins the case.
    pub on_alarm: Option<String>,
    /// The desk makes it when the last alarm of that code has returned to normal.
    pub on_return: Option<String>,
    /// The desk makes it once the case that it was opened under is in a stage of its own loop that means one of these.
    #[serde(default)]
    pub on_parent: Vec<String>,
    /// Offered only then: `late`, `returned` or `settled`.
    pub when: Option<String>,
    /// How often it may be made in the life of a case.
    pub most: Option<u32>,
    /// How much later the running limit ends by it; a mere mark.
    pub extends: Option<String>,
    /// Not by whoever made that step last.
    pub not_by: Option<String>,
    /// The loop of the case that it opens under this one; its title is the comment.
    pub opens: Option<String>,
}

/// Every `[[move]]`, its stages known.
pub(super) fn moves(check: &mut Check<'_>) -> Vec<Move> {
    let rows: Vec<(At, RawMove)> = check.list("move");
    check.unique("id", check.ids("move"));
    let stages: Vec<&str> = check.ids("stage").into_iter().map(|(_, id)| id).collect();
    rows.iter()
        .map(|(at, row)| step(check, at, row, &stages))
        .collect()
}

fn step(check: &mut Check<'_>, at: &At, row: &RawMove, stages: &[&str]) -> Move {
    check.words(&at.key("id"), &row.id);
    let stage = |check: &mut Check<'_>, at: &At, text: &str| {
        if !stages.contains(&text) {
            check.unknown(at, text, stages);
        }
        StageId::new(text)
    };
    let from = each(check, &at.key("from"), &row.from, stage);
    let to = row.to.as_ref().map(|to| stage(check, &at.key("to"), to));
    let role =
        |check: &mut Check<'_>, at: &At, text: &str| check.one_of(at, text, &roles_known(), Role::by_key);
    let roles = each(check, &at.key("roles"), &row.roles, role);
    let by_itself = triggers(check, at, row);
    let nobody = row.roles.is_empty() && by_itself.is_empty();
    for (key, empty) in [("from", row.from.is_empty()), ("roles", nobody)] {
        if empty {
            check.fault(&at.key(key), FaultKind::Empty);
        }
    }
    let need = |check: &mut Check<'_>, at: &At, text: &str| by_key(check, at, text, NEEDS);
    let needs: Vec<Need> = each(check, &at.key("needs"), &row.needs, need)
        .into_iter()
        .flatten()
        .collect();
    check_needs(check, at, row, &needs);
    Move {
        id: MoveId::new(&row.id),
        means: row.means.as_deref().map(MoveId::new),
        words: row.name.check(check, &at.key("name")),
        from,
        to,
        roles: roles.into_iter().flatten().collect(),
        needs,
        reasons: reasons(check, &at.key("reasons"), &row.reasons),
        verdict: row
            .verdict
            .as_ref()
            .map(|text| check.words(&at.key("verdict"), text)),
        dispatches: row.dispatches,
        to_enterprise: row.to_enterprise,
        asks: each(check, &at.key("asks"), &row.asks, fields::known),
        by_itself,
        when: row
            .when
            .as_deref()
            .and_then(|when| by_key(check, &at.key("when"), when, WHENS))
            .unwrap_or_default(),
        most: row.most.map(|most| check.within(&at.key("most"), most, 1, 1000)),
        extends: row
            .extends
            .as_ref()
            .and_then(|span| check.span(&at.key("extends"), span)),
        not_by: row
            .not_by
            .as_ref()
            .map(|other| other_move(check, &at.key("not_by"), other)),
        opens: row
            .opens
            .as_ref()
            .map(|loops| PlaybookId::new(check.words(&at.key("opens"), loops).as_str())),
    }
}

/// What a move does and what it asks go together.
fn check_needs(check: &mut Check<'_>, at: &At, row: &RawMove, needs: &[Need]) {
    if row.to_enterprise && !row.dispatches {
        let wants = FaultKind::Wants("dispatches = true".to_owned());
        check.fault(&at.key("to_enterprise"), wants);
    }
    if row.dispatches && !row.to_enterprise && !needs.contains(&Need::Unit) {
        check.fault(
            &at.key("dispatches"),
            FaultKind::Wants("needs = [\"unit\"]".to_owned()),
        );
    }
    // What a withdrawal makes is nobody's to make or to take back by itself.
    if row.on_withdrawal && !row.roles.is_empty() {
        check.fault(&at.key("on_withdrawal"), FaultKind::Clash("roles".to_owned()));
    }
    if row.on_withdrawal && row.to.is_none() {
        check.fault(&at.key("on_withdrawal"), FaultKind::Wants("to".to_owned()));
    }
    if row.extends.is_some() && row.to.is_some() {
        check.fault(&at.key("extends"), FaultKind::Clash("to".to_owned()));
    }
    if row.opens.is_some() && !needs.contains(&Need::Comment) {
        check.fault(
            &at.key("opens"),
            FaultKind::Wants("needs = [\"comment\"]".to_owned()),
        );
    }
    if needs.contains(&Need::Reason) && row.reasons.is_empty() {
        check.fault(&at.key("reasons"), FaultKind::Missing);
    }
    if !row.reasons.is_empty() && !needs.contains(&Need::Reason) {
        check.fault(
            &at.key("reasons"),
            FaultKind::Wants("needs = [\"reason\"]".to_owned()),
        );
    }
}

/// What makes it without a person.
fn triggers(check: &mut Check<'_>, at: &At, row: &RawMove) -> Vec<Trigger> {
    let known = |text: &str| ANSWERS.contains(&text).then(|| Clean::new(text));
    let answer = row.answer.as_deref();
    let answer = answer.and_then(|text| check.one_of(&at.key("answer"), text, ANSWERS, known));
    let after = row.after.as_ref();
    let after = after.and_then(|span| check.span(&at.key("after"), span));
    let code = |check: &mut Check<'_>, key: &str, text: &Option<String>| {
        text.as_ref().map(|text| check.words(&at.key(key), text))
    };
    let joined = code(check, "on_alarm", &row.on_alarm);
    let returned = code(check, "on_return", &row.on_return);
    let all = [
        answer.map(Trigger::Answer),
        after.map(Trigger::After),
        joined.map(Trigger::Alarm),
        returned.map(Trigger::Return),
        row.on_delivery.then_some(Trigger::Delivery),
        row.on_withdrawal.then_some(Trigger::Withdrawal),
    ];
    let above = each(check, &at.key("on_parent"), &row.on_parent, |check, at, text| {
        check.words(at, text);
        Trigger::Parent(StageId::new(text))
    });
    all.into_iter().flatten().chain(above).collect()
}

fn other_move(check: &mut Check<'_>, at: &At, text: &str) -> MoveId {
    let there: Vec<&str> = check.ids("move").into_iter().map(|(_, id)| id).collect();
    if !there.contains(&text) {
        check.nothing(at, text, &there);
    }
    MoveId::new(text)
}
