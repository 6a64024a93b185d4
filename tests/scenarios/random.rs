//! Random walks: whatever people, units, alarms and time do in whatever order, a case stays in its loop, keeps its
//! clock, and is what its entries say.

use crate::walk::{DETECTED, Walk, person};
use lookout::domain::decide::engine;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::case::MoveInput;
use lookout::domain::id::{CaseId, FieldId, MoveId, UnitId};
use lookout::domain::person::{ROLES, Role};
use lookout::domain::playbook::{ANSWERS, CaseField, FieldKind, Need, Playbook, Trigger};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

/// Steps of one walk.
pub(crate) const LENGTH: usize = 60;

/// Every (move, from) that one walk of a loop from `seed` made.
pub(crate) fn walk(playbook: &Playbook, seed: u64) -> BTreeSet<(String, String)> {
    let mut chance = StdRng::seed_from_u64(seed);
    let mut walk = Walk::new(playbook, &[]);
    let codes = codes(playbook);
    let mut at = DETECTED;
    for _ in 0..LENGTH {
        at = at + wait(&mut chance);
        walk.pass(at);
        walk.is_sound();
        match chance.random_range(0..12) {
            0 => {
                // Refused or done: both must leave everything sound.
                let _: Result<(), Refusal> = walk.undo(any_role(&mut chance), at);
            }
            1 => {
                let _: bool = walk.answer(ANSWERS[chance.random_range(0..ANSWERS.len())], at);
            }
            2 if !codes.is_empty() => walk.alarm(&codes[chance.random_range(0..codes.len())], at),
            3 => codes.iter().for_each(|code| walk.returns(code, at)),
            4 if chance.random_ratio(1, 2) => walk.withdrawn(at),
            4 => walk.settle(at),
            5 => walk.delivered(at),
            _ => step(&mut walk, at, &mut chance),
        }
        walk.is_sound();
    }
    walk.replays();
    walk.made
}

/// Minutes mostly, often days.
fn wait(chance: &mut StdRng) -> Span {
    if chance.random_ratio(1, 3) {
        Span::days(chance.random_range(1..70))
    } else {
        Span::mins(chance.random_range(0..40))
    }
}

fn any_role(chance: &mut StdRng) -> Role {
    ROLES[chance.random_range(0..ROLES.len())].0
}

/// The codes of alarms that a loop has to do with.
fn codes(playbook: &Playbook) -> Vec<String> {
    let waits = playbook.moves.iter().flat_map(|step| &step.by_itself);
    let waits = waits.filter_map(|trigger| match trigger {
        Trigger::Alarm(code) | Trigger::Return(code) => Some(code),
        Trigger::After(_)
        | Trigger::Answer(_)
        | Trigger::Delivery
        | Trigger::Withdrawal
        | Trigger::Parent(_) => None,
    });
    let codes = playbook.opens_on_alarm.iter().chain(waits);
    codes.map(Clean::to_string).collect()
}

/// One of the steps that are offered to somebody; what is offered is never refused.
fn step(walk: &mut Walk<'_>, at: Moment, chance: &mut StdRng) {
    let mut offered: BTreeMap<MoveId, Role> = BTreeMap::new();
    let context = walk.context();
    let first = chance.random_range(0..ROLES.len());
    for (role, _) in ROLES.iter().cycle().skip(first).take(ROLES.len()) {
        let who = person(*role);
        let steps = engine::offered(walk.case(), walk.playbook, &who, context);
        offered.extend(steps.map(|step| (step.id.clone(), *role)));
    }
    if offered.is_empty() {
        return;
    }
    let nth = chance.random_range(0..offered.len());
    let (step, role) = offered.iter().nth(nth).expect("it is one of them");
    // Most walks go on for long: what closes a case is passed over three times of four.
    let to = walk.playbook.step(step).and_then(|step| step.to.as_ref());
    let closes = to
        .and_then(|to| walk.playbook.stage(to))
        .is_some_and(|to| to.closed);
    if closes && chance.random_ratio(3, 4) {
        return;
    }
    let given = everything(walk, step, chance);
    walk.make(*role, step.as_str(), &given, at)
        .unwrap_or_else(|refusal| panic!("offered, then refused: {step} {given:?} {refusal:?}"));
}

/// Everything a move can ask, any of its reasons.
fn everything(walk: &Walk<'_>, step: &MoveId, chance: &mut StdRng) -> MoveInput {
    let playbook = walk.playbook;
    let step = playbook.step(step).expect("it was offered");
    let reason = (!step.reasons.is_empty()).then(|| {
        step.reasons[chance.random_range(0..step.reasons.len())]
            .code
            .clone()
    });
    let joins = step.needs.contains(&Need::Case);
    let other = CaseId::new(&format!("{}20261123-0001", playbook.letter));
    let mut fields: Vec<(FieldId, Clean)> = Vec::new();
    for field in step.asks.iter().filter_map(|id| playbook.field(id)) {
        let area = field.within.as_ref();
        let area = area.and_then(|area| fields.iter().find(|(id, _)| id == area));
        let value = value(field, area.map(|row| &row.1), chance);
        fields.push((field.id.clone(), value));
    }
    MoveInput {
        reason,
        comment: Clean::new("words"),
        unit: Some(UnitId::new("u")),
        case: joins.then_some(other),
        photo: Some(Clean::new("p.jpg")),
        shared_by: None,
        fields,
        at: None,
    }
}

/// Anything that fits a field; now and then nothing where nothing is needed.
fn value(field: &CaseField, area: Option<&Clean>, chance: &mut StdRng) -> Clean {
    if !field.needed && chance.random_ratio(1, 4) {
        return Clean::default();
    }
    match &field.kind {
        FieldKind::Text => Clean::new("words"),
        FieldKind::Number => Clean::new("12.5"),
        FieldKind::Day => Clean::new(&format!("2027-01-{:02}", chance.random_range(1..29))),
        FieldKind::Choice(all) => {
            let begins = |code: &str| area.is_none_or(|area| code.split('.').next() == Some(area.as_str()));
            let codes: Vec<&Clean> = all.iter().map(|choice| &choice.code).collect();
            let codes: Vec<&Clean> = codes.into_iter().filter(|code| begins(code.as_str())).collect();
            codes[chance.random_range(0..codes.len())].clone()
        }
    }
}
