//! The loops that ship, driven by the engine: every scenario of `fixtures/desk`, every transition, and random walks.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

use lookout::config::playbook::embedded;
use lookout::domain::case::Case;
use lookout::domain::case::CaseFact;
use lookout::domain::case::Given;
use lookout::domain::case::Matter;
use lookout::domain::case::engine;
use lookout::domain::case::engine::Around;
use lookout::domain::id::CaseId;
use lookout::domain::id::MoveId;
use lookout::domain::id::OperatorId;
use lookout::domain::id::TaskId;
use lookout::domain::id::UnitId;
use lookout::domain::ledger::Entry;
use lookout::domain::ledger::Fact;
use lookout::domain::ledger::State;
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::person::Operator;
use lookout::domain::person::ROLES;
use lookout::domain::person::Role;
use lookout::domain::playbook::Need;
use lookout::domain::playbook::Playbook;
use lookout::domain::refusal::Refusal;
use lookout::domain::text::Clean;
use lookout::domain::time::Moment;
use lookout::domain::time::Span;
use rand::RngExt;
use rand::SeedableRng;
use rand::rngs::StdRng;

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// 2026-11-23 09:30 in China: when every matter here is detected.
const DETECTED: Moment = Moment::from_ms(1_795_397_400_000);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    steps: Vec<String>,
}

/// A ledger in the test's hand with one earlier case and the one that is walked.
struct Walk<'a> {
    playbook: &'a Playbook,
    state: State,
    entries: Vec<Entry>,
    id: CaseId,
    /// (move, from) of every step made.
    made: BTreeSet<(String, String)>,
}

impl<'a> Walk<'a> {
    fn new(playbook: &'a Playbook) -> Self {
        let number = |n: u32| CaseId::new(&format!("{}20261123-{n:04}", playbook.letter));
        let mut walk = Self {
            playbook,
            state: State::default(),
            entries: Vec::new(),
            id: number(1),
            made: BTreeSet::new(),
        };
        for n in 1..=2 {
            walk.id = number(n);
            let matter = Matter {
                playbook: playbook.id.clone(),
                playbook_version: playbook.version,
                stage: playbook.stages[0].id.clone(),
                title: Clean::new("matter"),
                detected: DETECTED,
                ..Matter::default()
            };
            walk.append(CaseFact::Opened(Box::new(matter)), Actor::Desk, DETECTED);
        }
        walk
    }

    fn append(&mut self, fact: CaseFact, by: Actor, at: Moment) {
        if let CaseFact::Moved { step, from, .. } = &fact {
            self.made.insert((step.to_string(), from.to_string()));
        }
        let stream = Stream::Case(self.id.clone());
        let entry = Entry {
            seq: self.state.seq + 1,
            nth: self.state.version(&stream) + 1,
            stream,
            at,
            by,
            seat: None,
            fact: Fact::Case(fact),
            hash: [0; 32],
        };
        self.state.apply(&entry);
        self.entries.push(entry);
    }

    fn around(&self) -> Around {
        Around::of(&self.state, self.case())
    }

    fn case(&self) -> &Case {
        self.state.cases.get(&self.id).expect("it was opened")
    }

    /// The clocks ring as they would on every beat until `at`.
    fn pass(&mut self, at: Moment) {
        while let Some(late) = engine::lateness(self.case(), self.playbook, at) {
            self.append(late, Actor::Desk, at);
        }
    }

    fn make(&mut self, by: Role, step: &str, given: &Given, at: Moment) -> Result<(), Refusal> {
        let who = person(by);
        let id = MoveId::new(step);
        let fact = engine::step(self.case(), self.playbook, &who, (&id, given), self.around())?;
        if let Some(into) = &given.case {
            engine::may_merge(&self.state, self.case(), into)?;
        }
        self.append(fact, Actor::Person(who.id.clone()), at);
        if self.playbook.step(&id).is_some_and(|m| m.dispatches) {
            let task = TaskId::new(&format!("{}.{}", self.id, self.case().tasks.len() + 1));
            self.append(CaseFact::Ordered(task), Actor::Person(who.id), at);
        }
        Ok(())
    }

    fn undo(&mut self, by: Role, at: Moment) -> Result<(), Refusal> {
        let fact = engine::undo(self.case(), &person(by))?;
        self.append(fact, Actor::Person(person(by).id), at);
        Ok(())
    }

    fn answer(&mut self, kind: &str, at: Moment) {
        let fact = engine::answered(self.case(), self.playbook, &Clean::new(kind), Clean::new("words"));
        let fact = fact.unwrap_or_else(|| panic!("no step waits for {kind} in {}", self.case().stage));
        self.append(fact, Actor::Person(OperatorId::new("unit")), at);
    }

    /// What must be true after every step.
    fn is_sound(&self) {
        let case = self.case();
        let stage = self.playbook.stage(&case.stage).expect("a stage of its loop");
        assert_eq!(case.closed.is_some(), stage.closed, "closed in {}", stage.id);
        let clock = engine::clock(case, self.playbook);
        assert_eq!(
            clock.is_some(),
            stage.limit.is_some(),
            "the clock of {}",
            stage.id
        );
        assert!(clock.is_none_or(|clock| clock.stage == case.stage));
        assert_eq!(State::fold(&self.entries), self.state, "replay is state");
    }
}

fn person(role: Role) -> Operator {
    Operator {
        id: OperatorId::new(role.key()),
        role,
    }
}

fn given(words: &[&str]) -> Given {
    let mut given = Given::default();
    for word in words {
        let (key, value) = word.split_once('=').expect("key=value");
        match key {
            "reason" => given.reason = Some(Clean::new(value)),
            "comment" => given.comment = Clean::new(value),
            "unit" => given.unit = Some(UnitId::new(value)),
            "case" => given.case = Some(CaseId::new(value)),
            "photo" => given.photo = Some(Clean::new(value)),
            other => panic!("nothing is given as {other}"),
        }
    }
    given
}

/// One line of a scenario.
fn perform(walk: &mut Walk<'_>, line: &str) {
    let (deed, refused) = match line.split_once(" ! ") {
        Some((deed, refusal)) => (deed, Some(refusal)),
        None => (line, None),
    };
    let (deed, stage) = match deed.split_once(" -> ") {
        Some((deed, stage)) => (deed, Some(stage)),
        None => (deed, None),
    };
    let words: Vec<&str> = deed.split_whitespace().collect();
    let [mins, who, what, with @ ..] = words.as_slice() else {
        panic!("too few words: {line}")
    };
    let at = DETECTED + Span::mins(mins.parse().expect("minutes"));
    walk.pass(at);
    let done = match (*who, *what) {
        ("unit", kind) => {
            walk.answer(kind, at);
            Ok(())
        }
        (role, what) => {
            let role = Role::by_key(role).unwrap_or_else(|| panic!("no role {role}: {line}"));
            match what {
                "undo" => walk.undo(role, at),
                step => walk.make(role, step, &given(with), at),
            }
        }
    };
    let said = done.err().map(|refusal| format!("{refusal:?}"));
    assert_eq!(said.as_deref(), refused, "{line}");
    if let Some(stage) = stage {
        assert_eq!(walk.case().stage.as_str(), stage, "{line}");
    }
    walk.is_sound();
}

fn scenarios(playbook: &Playbook) -> Vec<Scenario> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/desk");
    let file = folder.join(format!("{}.toml", playbook.id));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let file: File = toml::from_str(&text).expect("a scenario file");
    file.scenario
}

#[test]
fn every_scenario_goes_as_written_and_every_transition_is_in_one() {
    let mut missing = Vec::new();
    for playbook in embedded() {
        let mut made = BTreeSet::new();
        for scenario in scenarios(&playbook) {
            let mut walk = Walk::new(&playbook);
            for line in &scenario.steps {
                eprintln!("{}: {}: {line}", playbook.id, scenario.name);
                perform(&mut walk, line);
            }
            made.extend(walk.made);
        }
        let all = playbook.moves.iter().flat_map(|m| {
            m.from
                .iter()
                .map(move |from| (m.id.to_string(), from.to_string()))
        });
        missing.extend(
            all.filter(|way| !made.contains(way))
                .map(|way| (playbook.id.clone(), way)),
        );
    }
    assert_eq!(missing, Vec::new(), "transitions in no scenario");
}

/// Everything a move can ask, any of its reasons.
fn everything(playbook: &Playbook, step: &MoveId, chance: &mut StdRng) -> Given {
    let step = playbook.step(step).expect("it was offered");
    let reason = (!step.reasons.is_empty()).then(|| {
        step.reasons[chance.random_range(0..step.reasons.len())]
            .code
            .clone()
    });
    let joins = step.needs.contains(&Need::Case);
    let other = CaseId::new(&format!("{}20261123-0001", playbook.letter));
    Given {
        reason,
        comment: Clean::new("words"),
        unit: Some(UnitId::new("u")),
        case: joins.then_some(other),
        photo: Some(Clean::new("p")),
        fields: Vec::new(),
    }
}

#[test]
fn no_random_walk_leaves_its_loop_or_loses_a_clock() {
    for playbook in embedded() {
        for seed in 0..40 {
            let mut chance = StdRng::seed_from_u64(seed);
            let mut walk = Walk::new(&playbook);
            let mut at = DETECTED;
            for _ in 0..60 {
                at = at + Span::mins(chance.random_range(0..40));
                walk.pass(at);
                let role = ROLES[chance.random_range(0..ROLES.len())].0;
                let offered: Vec<MoveId> =
                    engine::offered(walk.case(), &playbook, &person(role), walk.around())
                        .map(|step| step.id.clone())
                        .collect();
                if chance.random_ratio(1, 6) {
                    // Refused or done: both must leave everything sound.
                    let _: Result<(), Refusal> = walk.undo(role, at);
                } else if !offered.is_empty() {
                    let step = &offered[chance.random_range(0..offered.len())];
                    let given = everything(&playbook, step, &mut chance);
                    walk.make(role, step.as_str(), &given, at)
                        .unwrap_or_else(|refusal| panic!("offered, then refused: {step} {refusal:?}"));
                }
            }
            walk.is_sound();
        }
    }
}
