//! Scenario files: one way through a loop a scenario, a line a step.
//!
//! A line is when, who, what, what is given, then `-> stage` (with `@ when` its clock ends) or `! refusal`. When is
//! minutes since detection, or a span such as `4h` or `30d`. Who is a role; `unit` for a unit's answer; or `desk` for
//! what comes of itself: `time` passes, an `alarm` joins, an alarm `returns` (with its `code=`), cases under it are
//! all closed (`settles`), its order is `withdrawn`. What is a move, an answer, or `undo`. A field is given as `f.level=major`.

use crate::walk::{DETECTED, Walk};
use lookout::domain::case::clock::StageClock;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::fact::case::MoveInput;
use lookout::domain::id::{CaseId, FieldId, UnitId};
use lookout::domain::person::Role;
use lookout::domain::playbook::Playbook;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// What is written down at the opening of both cases.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    /// Whether the second case repeats the first.
    #[serde(default)]
    repeats: bool,
    pub(crate) steps: Vec<String>,
}

impl Scenario {
    /// A case of the loop, as the scenario begins.
    pub(crate) fn begin<'a>(&self, playbook: &'a Playbook) -> Walk<'a> {
        let fields = self.fields.iter();
        let fields: Vec<(FieldId, Clean)> = fields
            .map(|(id, value)| (FieldId::new(id), Clean::new(value)))
            .collect();
        for (id, _) in &fields {
            assert!(playbook.field(id).is_some(), "{}: no field {id}", self.name);
        }
        let walk = Walk::new(playbook, &fields);
        assert_eq!(
            walk.case().matter.repeats.is_some(),
            self.repeats,
            "{}",
            self.name
        );
        walk
    }
}

/// The scenarios of a loop.
pub(crate) fn scenarios(playbook: &Playbook) -> Vec<Scenario> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/desk");
    let file = folder.join(format!("{}.toml", playbook.id));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    file.scenario
}

/// One line of a scenario.
pub(crate) fn perform(walk: &mut Walk<'_>, line: &str) {
    let (command, refused) = cut(line, " ! ");
    let (command, stage) = cut(command, " -> ");
    let words: Vec<&str> = command.split_whitespace().collect();
    let [when, who, what, with @ ..] = words.as_slice() else {
        panic!("too few words: {line}")
    };
    let at = moment(when);
    walk.pass(at);
    let done = act(walk, (who, what), with, at);
    let said = done.err().map(|refusal| format!("{refusal:?}"));
    assert_eq!(said.as_deref(), refused, "{line}");
    if let Some(expected) = stage {
        let (stage, due) = cut(expected, " @ ");
        assert_eq!(walk.case().state.stage.as_str(), stage, "{line}");
        if let Some(due) = due {
            let clock = StageClock::of(walk.case(), walk.playbook).expect("a clock");
            let after = Span::from_ms((clock.due - DETECTED).ms());
            assert_eq!(
                clock.due,
                moment(due),
                "{line}: ends {} min after",
                after.as_mins()
            );
        }
    }
    walk.is_sound();
}

fn act(walk: &mut Walk<'_>, (who, what): (&str, &str), with: &[&str], at: Moment) -> Result<(), Refusal> {
    match (who, what) {
        ("desk", what) => {
            beat(walk, what, with, at);
            Ok(())
        }
        ("unit", kind) => {
            let stage = walk.case().state.stage.clone();
            assert!(walk.answer(kind, at), "no step waits for {kind} in {stage}");
            Ok(())
        }
        (role, what) => {
            let role = Role::by_key(role).unwrap_or_else(|| panic!("no role {role}"));
            match what {
                "undo" => walk.undo(role, at),
                step => walk.make(role, step, &given(with), at),
            }
        }
    }
}

/// What the desk does of itself.
fn beat(walk: &mut Walk<'_>, what: &str, with: &[&str], at: Moment) {
    let code = with.first().and_then(|word| word.strip_prefix("code="));
    let stage = with.first().and_then(|word| word.strip_prefix("stage="));
    if let ("above", Some(stage)) = (what, stage) {
        return walk.above(stage, at);
    }
    match (what, code) {
        ("time", None) => {}
        ("settles", None) => walk.settle(at),
        ("delivered", None) => walk.delivered(at),
        ("withdrawn", None) => walk.withdrawn(at),
        ("alarm", Some(code)) => walk.alarm(code, at),
        ("returns", Some(code)) => walk.returns(code, at),
        (other, _) => panic!("the desk does not do {other} {with:?}"),
    }
}

fn cut<'a>(text: &'a str, mark: &str) -> (&'a str, Option<&'a str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// `90` minutes, or `4h`, after detection.
fn moment(text: &str) -> Moment {
    let span = match text.parse() {
        Ok(mins) => Span::mins(mins),
        Err(_) => Span::parse(text).unwrap_or_else(|| panic!("no time: {text}")),
    };
    DETECTED + span
}

fn given(words: &[&str]) -> MoveInput {
    let mut given = MoveInput::default();
    for word in words {
        let (key, value) = word.split_once('=').expect("key=value");
        match key {
            "reason" => given.reason = Some(Clean::new(value)),
            "comment" => given.comment = Clean::new(value),
            "unit" => given.unit = Some(UnitId::new(value)),
            "case" => given.case = Some(CaseId::new(value)),
            "photo" => given.photo = Some(Clean::new(value)),
            other => {
                let field = other
                    .strip_prefix("f.")
                    .unwrap_or_else(|| panic!("nothing is given as {other}"));
                given.fields.push((FieldId::new(field), Clean::new(value)));
            }
        }
    }
    given
}
