//! A case that is walked along its loop, with the ledger in the test's hand: people's steps, units' answers, and what
//! the desk does of its own.

use lookout::domain::case::Case;
use lookout::domain::case::clock::{StageClock, lateness};
use lookout::domain::decide::engine::CaseContext;
use lookout::domain::decide::opening::Opening;
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::decide::{engine, opening, withdrawal};
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::feed::TaskAnswer;
use lookout::domain::id::{
    AlarmId, CaseId, FieldId, MoveId, OperatorId, PlaybookId, StageId, TaskId, UnitId,
};
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::person::{Actor, Operator, Role};
use lookout::domain::playbook::{Playbook, Trigger};
use lookout::domain::signal::Severity;
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment};
use std::collections::BTreeSet;

/// 2026-11-23 09:30 in China, a Monday: when every matter here is detected.
pub(crate) const DETECTED: Moment = Moment::from_ms(1_795_397_400_000);

/// A ledger in the test's hand with one earlier case and the one that is walked.
pub(crate) struct Walk<'a> {
    pub(crate) playbook: &'a Playbook,
    pub(crate) state: State,
    entries: Vec<Entry>,
    id: CaseId,
    /// Whether the newest order was answered: then it is not withdrawn.
    answered: bool,
    /// (move, from) of every step made.
    pub(crate) made: BTreeSet<(String, String)>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(playbook: &'a Playbook, fields: &[(FieldId, Clean)]) -> Self {
        let mut walk = Self {
            playbook,
            state: State::default(),
            entries: Vec::new(),
            id: CaseId::default(),
            answered: false,
            made: BTreeSet::new(),
        };
        for _ in 1..=2 {
            let opening = Opening {
                parent: playbook.under.as_ref().map(|_| CaseId::new("E20261123-0001")),
                fields: fields.to_vec(),
                ..Opening::by_hand(Clean::new("matter"), DETECTED)
            };
            let when = (DETECTED, CHINA);
            let (id, matter) = opening::open(&walk.state, playbook, opening, when, 0);
            walk.id = id;
            walk.append(CaseFact::Opened(Box::new(matter)), Actor::Desk, DETECTED);
        }
        walk
    }

    pub(crate) fn case(&self) -> &Case {
        self.state.cases.get(&self.id).expect("it was opened")
    }

    pub(crate) fn context(&self) -> CaseContext {
        CaseContext::of(&self.state, self.case())
    }

    fn push(&mut self, stream: Stream, fact: Fact, by: Actor, at: Moment) {
        let entry = Entry {
            seq: self.state.seq + 1,
            nth: self.state.version(&stream) + 1,
            stream,
            at,
            by,
            seat: None,
            fact,
            hash: [0; 32],
        };
        self.state.apply(&entry);
        self.entries.push(entry);
    }

    fn append(&mut self, fact: CaseFact, by: Actor, at: Moment) {
        if let CaseFact::Moved { step, from, .. } = &fact {
            self.made.insert((step.to_string(), from.to_string()));
        }
        self.push(Stream::Case(self.id.clone()), Fact::Case(fact), by, at);
    }

    /// What time brings on every beat until `at`: steps that are due, clocks that ring.
    pub(crate) fn pass(&mut self, at: Moment) {
        let due = |walk: &Self| {
            let (case, playbook) = (walk.case(), walk.playbook);
            engine::timed(case, playbook, at).or_else(|| lateness(case, playbook, at))
        };
        while let Some(fact) = due(self) {
            self.append(fact, Actor::Desk, at);
        }
    }

    /// A person makes a step.
    pub(crate) fn make(
        &mut self,
        by: Role,
        step: &str,
        given: &MoveInput,
        at: Moment,
    ) -> Result<(), Refusal> {
        let who = person(by);
        let id = MoveId::new(step);
        let fact = engine::step(self.case(), self.playbook, &who, (&id, given), self.context())?;
        if let Some(into) = &given.case {
            engine::may_merge(&self.state, self.case(), into)?;
        }
        self.append(fact, Actor::Person(who.id.clone()), at);
        let step = self.playbook.step(&id).expect("it was made");
        if step.dispatches {
            let task = TaskId::new(&format!("{}.{}", self.id, self.case().tasks.len() + 1));
            self.append(CaseFact::Ordered { task }, Actor::Person(who.id), at);
            self.answered = false;
        }
        if let Some(opens) = &step.opens {
            self.open_under(opens, &given.comment, at);
        }
        Ok(())
    }

    fn open_under(&mut self, opens: &PlaybookId, title: &Clean, at: Moment) {
        let matter = Matter {
            playbook: opens.clone(),
            stage: StageId::new("first"),
            title: title.clone(),
            detected: at,
            parent: Some(self.id.clone()),
            ..Matter::default()
        };
        let id = CaseId::new(&format!("X20261123-{:04}", self.state.cases.len()));
        let opened = Fact::Case(CaseFact::Opened(Box::new(matter)));
        self.push(Stream::Case(id), opened, Actor::Desk, at);
    }

    /// Every case under this one is closed.
    pub(crate) fn settle(&mut self, at: Moment) {
        let open = self
            .state
            .under(&self.id)
            .filter(|child| child.state.closed.is_none());
        let open: Vec<(CaseId, StageId)> = open.map(|c| (c.id.clone(), c.state.stage.clone())).collect();
        for (id, from) in open {
            let fact = CaseFact::Moved {
                step: MoveId::new("close"),
                from,
                to: StageId::new("closed"),
                closes: true,
                verdict: None,
                given: Box::default(),
                again: None,
                extends: None,
                means: None,
            };
            self.push(Stream::Case(id), Fact::Case(fact), Actor::Desk, at);
        }
    }

    pub(crate) fn undo(&mut self, by: Role, at: Moment) -> Result<(), Refusal> {
        let fact = engine::undo(self.case(), self.playbook, &person(by))?;
        self.append(fact, Actor::Person(person(by).id), at);
        Ok(())
    }

    /// An order of the case has arrived.
    pub(crate) fn delivered(&mut self, at: Moment) {
        let order = TaskId::new("order");
        if let Some(fact) = engine::delivered(self.case(), self.playbook, &order) {
            self.append(fact, Actor::Desk, at);
        }
    }

    /// The newest order of the case is withdrawn unless it was answered, and none stands beside it.
    pub(crate) fn withdrawn(&mut self, at: Moment) {
        let order = self.case().tasks.last().filter(|_| !self.answered);
        let Some(order) = order.cloned() else {
            return;
        };
        if let Some(fact) = withdrawal::withdrawn(self.case(), self.playbook, &order, |_| false) {
            self.append(fact, Actor::Desk, at);
        }
    }

    /// A unit answers, and so has its order; false where no step waits for that.
    pub(crate) fn answer(&mut self, kind: &str, at: Moment) -> bool {
        self.delivered(at);
        self.answered = true;
        let answer = TaskAnswer {
            task: TaskId::default(),
            unit: UnitId::new("unit"),
            kind: Clean::new(kind),
            text: Clean::new("words"),
            at,
            photo: Some(Clean::new("https://photo.example/1.jpg")),
        };
        let fact = engine::answered(self.case(), self.playbook, &answer);
        let waited = fact.is_some();
        if let Some(fact) = fact {
            self.append(fact, Actor::Person(OperatorId::new("unit")), at);
        }
        waited
    }

    /// An alarm of this code joins the case.
    pub(crate) fn alarm(&mut self, code: &str, at: Moment) {
        let id = AlarmId::new(&format!("{code}/point"));
        let raised = AlarmFact::raised(cause(code, at));
        for fact in [
            raised,
            AlarmFact::Joined {
                case: self.id.clone(),
            },
        ] {
            self.push(Stream::Alarm(id.clone()), Fact::Alarm(fact), Actor::Desk, at);
        }
        let step = engine::by_alarm(
            self.case(),
            self.playbook,
            &Trigger::Alarm(Clean::new(code)),
            Clean::default(),
        );
        self.append(CaseFact::Joined { alarm: id }, Actor::Desk, at);
        if let Some(step) = step {
            self.append(step, Actor::Desk, at);
        }
    }

    /// The alarm of this code has returned to normal.
    pub(crate) fn returns(&mut self, code: &str, at: Moment) {
        let id = AlarmId::new(&format!("{code}/point"));
        if self.state.alarms.get(&id).is_none_or(|alarm| !alarm.active) {
            return;
        }
        self.push(
            Stream::Alarm(id),
            Fact::Alarm(AlarmFact::Returned),
            Actor::Desk,
            at,
        );
        let waits = Trigger::Return(Clean::new(code));
        let step = engine::by_alarm(self.case(), self.playbook, &waits, Clean::default());
        if let Some(step) = step {
            self.append(step, Actor::Desk, at);
        }
    }

    /// The case above is in that stage of its own loop.
    pub(crate) fn above(&mut self, stage: &str, at: Moment) {
        let matter = Matter {
            stage: StageId::new(stage),
            ..Matter::default()
        };
        let above = Case::opened(CaseId::new("E1"), matter, Actor::Desk, at, 1);
        if let Some(step) = engine::with_parent(self.case(), self.playbook, &above) {
            self.append(step, Actor::Desk, at);
        }
    }

    /// What must be true after every step.
    pub(crate) fn is_sound(&self) {
        let case = self.case();
        let stage = self
            .playbook
            .stage(&case.state.stage)
            .expect("a stage of its loop");
        assert_eq!(
            case.state.closed.is_some(),
            stage.closed,
            "closed in {}",
            stage.id
        );
        let clock = StageClock::of(case, self.playbook);
        assert_eq!(
            clock.is_some(),
            stage.limit.is_some(),
            "the clock of {}",
            stage.id
        );
        assert!(clock.is_none_or(|clock| clock.stage == case.state.stage));
        let by_time = |trigger: &Trigger| matches!(trigger, Trigger::After(_));
        let mut moves = self.playbook.moves_from(&case.state.stage);
        let wakes = moves.any(|step| step.by_itself.iter().any(by_time));
        assert_eq!(
            case.state.again.is_some(),
            wakes,
            "the waking of {} {case:?}",
            stage.id
        );
    }

    /// The entries alone give the state.
    pub(crate) fn replays(&self) {
        let mut folded = State::default();
        for entry in &self.entries {
            folded.apply(entry);
        }
        assert_eq!(folded, self.state, "replay is state");
    }
}

fn cause(code: &str, at: Moment) -> Cause {
    Cause {
        code: Clean::new(code),
        severity: Severity::Orange,
        title: Clean::new(code),
        began: at,
        ..Cause::default()
    }
}

pub(crate) fn person(role: Role) -> Operator {
    Operator {
        id: OperatorId::new(role.key()),
        role,
    }
}
