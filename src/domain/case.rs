//! Cases (事件): one matter in a closed loop, moved along its playbook. The engine that moves them
//! is in [`crate::domain::decide::engine`].

pub mod ahead;
pub mod clock;
pub mod counted;
pub mod drill;
pub mod photo;
pub mod timely;
pub mod walk;

use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::id::{AlarmId, CaseId, StageId, TaskId, UnitId};
use crate::domain::person::Actor;
use crate::domain::playbook::{Fields, Limit, Playbook, Since};
use crate::domain::steps;
use crate::domain::steps::Steps;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use std::sync::Arc;

/// A matter that was detected so long before the room learned of it is old news.
const OLD_NEWS: Span = Span::mins(30);

/// A matter in its loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its number.
    pub id: CaseId,
    /// What it is about.
    pub matter: Matter,
    /// How it stands.
    pub state: CaseState,
    /// Alarms that belong to it.
    pub alarms: Vec<AlarmId>,
    /// Orders sent for it.
    pub tasks: Vec<TaskId>,
    /// The last step with what was true before it, while it may still be taken back.
    pub undoable: Option<Box<Undoable>>,
    /// What happened, oldest first.
    /// Shared by every clone; a plain list, because a tree takes room for dozens of lines at once.
    pub timeline: Arc<Vec<CaseLine>>,
    /// When the clock was set: after how many lines of the timeline, and by how much.
    pub steps: Steps,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

/// How a case stands: what a step changes, and what comes back where it is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseState {
    /// The stage it is in.
    pub stage: StageId,
    /// What that stage means ([`crate::domain::playbook::meaning`]).
    pub means: StageId,
    /// Since when.
    pub entered: Moment,
    /// From when limits since detection count: detection, or the last reopening. News that came hours late, such as a
    /// satellite's, counts from when the room learned of it: nobody can meet a limit that had passed before.
    pub counts_from: Moment,
    /// How much later than its limit says the stage ends (延期).
    pub extended: Span,
    /// By how much the clock was set since it entered the stage: its limit goes with it.
    pub stepped: Span,
    /// When the desk takes it up again by itself (回头看), if it does.
    pub again: Option<Moment>,
    /// The unit it was given to.
    pub unit: Option<UnitId>,
    /// What is written down about it now.
    pub fields: Fields,
    /// The verdict, once stated.
    pub verdict: Option<Clean>,
    /// The reason of the verdict.
    pub reason: Option<Clean>,
    /// The stage whose limit was missed, if the present one's was.
    pub late: Option<StageId>,
    /// The end of that stage's limit that was told, as it was before any step of the clock in that stage; ledgers of earlier versions told the rungs of its ladder here too.
    pub told: Option<Moment>,
    /// When it was closed, if it is.
    pub closed: Option<Moment>,
}

impl CaseState {
    fn step(&mut self, by: Span) {
        (self.stepped, self.again) = (self.stepped + by, self.again.map(|again| again + by));
    }
}

/// The last step, and how the case stood before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Undoable {
    /// Who made the step.
    pub by: Actor,
    /// The order that went out with or after it; such a step stays.
    pub order: Option<TaskId>,
    /// How it stood.
    pub before: CaseState,
}

/// One line of a case's timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLine {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// What.
    pub fact: CaseFact,
}

/// From when limits count: detection, or the opening where the news of it was old.
fn first_counted(detected: Moment, opened: Moment) -> Moment {
    if opened.age_of(detected) > OLD_NEWS {
        opened
    } else {
        detected
    }
}

impl Case {
    /// The key by which `playbook` has the stage it is in: its own, or where the file calls it otherwise by now, that of a
    /// stage of the same meaning.
    pub fn stage_in<'a>(&'a self, playbook: &'a Playbook) -> &'a StageId {
        let (own, means) = (&self.state.stage, &self.state.means);
        let same = || playbook.stages.iter().find(|stage| stage.meaning() == means);
        match playbook.stage(own) {
            Some(stage) if stage.meaning() == means => own,
            Some(_) | None => same().map_or(own, |stage| &stage.id),
        }
    }

    /// By when its stage must be left, with whose word that is; `None` where the stage has no limit or it is closed.
    pub fn due<'a>(&self, playbook: &'a Playbook) -> Option<(Moment, &'a Limit)> {
        let limit = playbook.stage(self.stage_in(playbook))?.limit.as_ref()?;
        self.is_open().then(|| (self.end(limit, playbook), limit))
    }

    /// When `limit`, that of its stage, is over.
    pub fn end(&self, limit: &Limit, playbook: &Playbook) -> Moment {
        let end = limit.end(self.counted(limit), &self.state.fields, &playbook.calendar);
        end + self.state.extended + self.state.stepped
    }

    /// From when `limit` counts for it, by the clock as it goes now.
    pub fn since(&self, limit: &Limit) -> Moment {
        self.counted(limit) + self.state.stepped
    }

    /// The same as it was written down.
    fn counted(&self, limit: &Limit) -> Moment {
        match limit.since {
            Since::Detected => self.state.counts_from,
            Since::Entered => self.state.entered,
        }
    }

    /// By how much the clock was set between the opening and that line of its timeline.
    pub fn set_until(&self, line: usize) -> Span {
        steps::until(&self.steps, line)
    }

    /// What is written down in a field; empty where nothing is.
    pub fn field(&self, id: &str) -> &str {
        self.state.fields.get(id).map_or("", Clean::as_str)
    }

    /// The case that an `Opened` makes.
    pub fn opened(id: CaseId, matter: Matter, by: Actor, at: Moment, version: u32) -> Self {
        let line = CaseLine {
            at,
            by,
            fact: CaseFact::Opened(Box::new(matter.clone())),
        };
        Self {
            id,
            state: CaseState {
                stage: matter.stage.clone(),
                means: matter.means.as_ref().unwrap_or(&matter.stage).clone(),
                entered: at,
                counts_from: first_counted(matter.detected, at),
                extended: Span::ZERO,
                stepped: Span::ZERO,
                again: None,
                unit: matter.unit.clone(),
                fields: matter.fields.iter().cloned().collect(),
                verdict: None,
                reason: None,
                late: None,
                told: None,
                closed: None,
            },
            alarms: matter.alarm.iter().cloned().collect(),
            tasks: Vec::new(),
            undoable: None,
            timeline: Arc::new(vec![line]),
            steps: Vec::new(),
            matter,
            version,
        }
    }

    /// From when its limits counted at first, before any reopening.
    pub fn counted_at_first(&self) -> Moment {
        let opened = self.timeline.first().map_or(self.matter.detected, |line| line.at);
        first_counted(self.matter.detected, opened)
    }

    /// Takes one fact in. The only way a case changes.
    pub fn apply(&mut self, fact: &CaseFact, by: &Actor, at: Moment, version: u32) {
        self.version = version;
        Arc::make_mut(&mut self.timeline).push(CaseLine {
            at,
            by: by.clone(),
            fact: fact.clone(),
        });
        match fact {
            CaseFact::Opened(_) | CaseFact::Noted { .. } => {}
            CaseFact::Moved { .. } => self.moved(fact, by, at),
            CaseFact::Reverted { to, .. } => {
                if let Some(step) = self.undoable.take() {
                    // Its clock goes on as if the step had not been made.
                    self.state = step.before;
                } else {
                    (self.state.stage, self.state.entered, self.state.closed) = (to.clone(), at, None);
                    self.state.means = self.walk().meaning().unwrap_or(to).clone();
                    self.state.counts_from = self.state.counts_from + std::mem::take(&mut self.state.stepped);
                }
            }
            CaseFact::Late { stage, due } => {
                (self.state.late, self.state.told) = (Some(stage.clone()), Some(*due - self.state.stepped));
            }
            CaseFact::Joined { alarm } if self.alarms.contains(alarm) => {}
            CaseFact::Joined { alarm } => self.alarms.push(alarm.clone()),
            CaseFact::Ordered { task } => {
                if let Some(step) = &mut self.undoable {
                    step.order = Some(task.clone());
                }
                self.tasks.push(task.clone());
            }
        }
    }

    /// A step was made: what stood before it is kept, so that it can be taken back.
    fn moved(&mut self, fact: &CaseFact, by: &Actor, at: Moment) {
        let CaseFact::Moved {
            to,
            closes,
            verdict,
            given,
            again,
            extends,
            means,
            ..
        } = fact
        else {
            return;
        };
        self.undoable = Some(Box::new(Undoable {
            by: by.clone(),
            order: None,
            before: self.state.clone(),
        }));
        let state = &mut self.state;
        let means = means.as_ref().map_or(to, |means| &means.to);
        // A mere mark leads nowhere; another stage may be called by now as this one was.
        if *to != state.stage || *means != state.means {
            (state.stage, state.entered) = (to.clone(), at);
            state.means = means.clone();
            (state.late, state.told, state.extended) = (None, None, Span::ZERO);
            state.counts_from = state.counts_from + std::mem::take(&mut state.stepped);
            state.again = again.map(|span| at + span);
            if state.closed.is_some() {
                state.counts_from = at;
            }
            state.closed = closes.then_some(at);
        }
        if let Some(verdict) = verdict {
            (state.verdict, state.reason) = (Some(verdict.clone()), given.reason.clone());
        }
        if given.unit.is_some() {
            state.unit.clone_from(&given.unit);
        }
        state.fields.extend(given.fields.iter().cloned());
        if let Some(span) = extends {
            state.extended = Span::from_ms(state.extended.ms().saturating_add(span.ms()));
        }
        // The limit may lie elsewhere now; where it is past still, the next beat says so again.
        if extends.is_some() || !given.fields.is_empty() {
            (state.late, state.told) = (None, None);
        }
    }

    /// The clock was set by so much: what waits for a time goes with it, what happened stays where it was written down.
    pub fn step(&mut self, by: Span) {
        steps::note(&mut self.steps, self.timeline.len(), by);
        self.state.step(by);
        if let Some(step) = &mut self.undoable {
            step.before.step(by);
        }
    }

    /// When it is taken up again, and from when it has been closed by the clock as it goes now.
    pub fn rests(&self) -> (Option<Moment>, Option<Moment>) {
        (
            self.state.again,
            self.state.closed.map(|closed| closed + self.state.stepped),
        )
    }
}
