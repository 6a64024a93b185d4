//! Cases (事件): one matter in a closed loop, moved along its playbook. The engine that moves them
//! is in [`crate::domain::decide::engine`].

pub mod ahead;
pub mod clock;
pub mod counted;
pub mod drill;
pub mod photo;
pub mod timely;
pub mod walk;

use crate::domain::fact::case::CaseFact;
use crate::domain::fact::case::Matter;
use crate::domain::id::AlarmId;
use crate::domain::id::CaseId;
use crate::domain::id::StageId;
use crate::domain::id::TaskId;
use crate::domain::id::UnitId;
use crate::domain::person::Actor;
use crate::domain::playbook::Fields;
use crate::domain::playbook::Limit;
use crate::domain::playbook::Playbook;
use crate::domain::playbook::Since;
use crate::domain::steps;
use crate::domain::steps::Steps;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
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
    /// Alarms that belong to it.
    pub alarms: Vec<AlarmId>,
    /// Orders sent for it.
    pub tasks: Vec<TaskId>,
    /// The stage whose limit was missed, if the present one's was.
    pub late: Option<StageId>,
    /// The end of that stage's limit that was told, as it was before any step of the clock in that stage; ledgers of earlier versions told the rungs of its ladder here too.
    pub told: Option<Moment>,
    /// The last step with what was true before it, while it may still be taken back.
    pub undoable: Option<Box<Undoable>>,
    /// When it was closed, if it is.
    pub closed: Option<Moment>,
    /// What happened, oldest first.
    /// Shared by every clone; a plain list, because a tree takes room for dozens of lines at once.
    pub timeline: Arc<Vec<Line>>,
    /// When the clock was set: after how many lines of the timeline, and by how much.
    pub steps: Steps,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

/// The last step, and what it changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Undoable {
    /// Who made the step.
    pub by: Actor,
    /// The order that went out with or after it; such a step stays.
    pub order: Option<TaskId>,
    /// The stage before.
    pub stage: StageId,
    /// What it meant.
    pub means: StageId,
    /// Since when, and so how long its clock had run.
    pub entered: Moment,
    /// From when limits since detection counted.
    pub counts_from: Moment,
    /// How much later the stage ended.
    pub extended: Span,
    /// By how much the clock was set since it entered the stage.
    pub stepped: Span,
    /// When the desk would have taken it up again.
    pub again: Option<Moment>,
    /// What was written down.
    pub fields: Fields,
    /// The unit before.
    pub unit: Option<UnitId>,
    /// The verdict before.
    pub verdict: Option<Clean>,
    /// Its reason.
    pub reason: Option<Clean>,
    /// What was late before.
    pub late: Option<StageId>,
    /// What was told of it.
    pub told: Option<Moment>,
    /// When it had been closed.
    pub closed: Option<Moment>,
}

/// One line of a case's timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
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
    /// By when its stage must be left, with whose word that is; `None` where the stage has no limit or it is closed.
    pub fn due<'a>(&self, playbook: &'a Playbook) -> Option<(Moment, &'a Limit)> {
        let limit = playbook.stage(&self.stage)?.limit.as_ref()?;
        self.is_open().then(|| (self.end(limit, playbook), limit))
    }

    /// When `limit`, that of its stage, is over.
    pub fn end(&self, limit: &Limit, playbook: &Playbook) -> Moment {
        let end = limit.end(self.counted(limit), &self.fields, &playbook.calendar);
        end + self.extended + self.stepped
    }

    /// From when `limit` counts for it, by the clock as it goes now.
    pub fn since(&self, limit: &Limit) -> Moment {
        self.counted(limit) + self.stepped
    }

    /// The same as it was written down.
    fn counted(&self, limit: &Limit) -> Moment {
        match limit.since {
            Since::Detected => self.counts_from,
            Since::Entered => self.entered,
        }
    }

    /// By how much the clock was set between the opening and that line of its timeline.
    pub fn set_until(&self, line: usize) -> Span {
        steps::until(&self.steps, line)
    }

    /// What is written down in a field; empty where nothing is.
    pub fn field(&self, id: &str) -> &str {
        self.fields.get(id).map_or("", Clean::as_str)
    }

    /// The case that an `Opened` makes.
    pub fn opened(id: CaseId, matter: Matter, by: Actor, at: Moment, version: u32) -> Self {
        let line = Line {
            at,
            by,
            fact: CaseFact::Opened(Box::new(matter.clone())),
        };
        Self {
            id,
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
            alarms: matter.alarm.iter().cloned().collect(),
            tasks: Vec::new(),
            late: None,
            told: None,
            undoable: None,
            closed: None,
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
        Arc::make_mut(&mut self.timeline).push(Line {
            at,
            by: by.clone(),
            fact: fact.clone(),
        });
        match fact {
            CaseFact::Opened(_) | CaseFact::Noted { .. } => {}
            CaseFact::Moved {
                to,
                closes,
                verdict,
                given,
                again,
                extends,
                means,
                ..
            } => {
                self.undoable = Some(Box::new(self.before(by)));
                if *to != self.stage {
                    (self.stage, self.entered) = (to.clone(), at);
                    self.means = means.as_ref().map_or(to, |means| &means.to).clone();
                    (self.late, self.told, self.extended) = (None, None, Span::ZERO);
                    self.counts_from = self.counts_from + std::mem::take(&mut self.stepped);
                    self.again = again.map(|span| at + span);
                    if self.closed.is_some() {
                        self.counts_from = at;
                    }
                    self.closed = closes.then_some(at);
                }
                if let Some(verdict) = verdict {
                    (self.verdict, self.reason) = (Some(verdict.clone()), given.reason.clone());
                }
                if given.unit.is_some() {
                    self.unit.clone_from(&given.unit);
                }
                self.fields.extend(given.fields.iter().cloned());
                if let Some(span) = extends {
                    self.extended = Span::from_ms(self.extended.ms().saturating_add(span.ms()));
                }
                // The limit may lie elsewhere now; where it is past still, the next beat says so again.
                if extends.is_some() || !given.fields.is_empty() {
                    (self.late, self.told) = (None, None);
                }
            }
            CaseFact::Reverted { to, .. } => {
                if let Some(before) = self.undoable.take() {
                    self.restore(*before);
                } else {
                    (self.stage, self.entered, self.closed) = (to.clone(), at, None);
                    self.means = self.walk().meaning().unwrap_or(to).clone();
                    self.counts_from = self.counts_from + std::mem::take(&mut self.stepped);
                }
            }
            CaseFact::Late { stage, due } => {
                (self.late, self.told) = (Some(stage.clone()), Some(*due - self.stepped));
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

    /// The clock was set by so much: what waits for a time goes with it, what happened stays where it was written down.
    pub fn step(&mut self, by: Span) {
        steps::note(&mut self.steps, self.timeline.len(), by);
        (self.stepped, self.again) = (self.stepped + by, self.again.map(|again| again + by));
        if let Some(before) = &mut self.undoable {
            before.stepped = before.stepped + by;
            before.again = before.again.map(|again| again + by);
        }
    }

    /// When it is taken up again, and from when it has been closed by the clock as it goes now.
    pub fn rests(&self) -> (Option<Moment>, Option<Moment>) {
        (self.again, self.closed.map(|closed| closed + self.stepped))
    }

    /// What a step by `by` is about to change.
    fn before(&self, by: &Actor) -> Undoable {
        Undoable {
            by: by.clone(),
            order: None,
            stage: self.stage.clone(),
            means: self.means.clone(),
            entered: self.entered,
            counts_from: self.counts_from,
            extended: self.extended,
            stepped: self.stepped,
            again: self.again,
            fields: self.fields.clone(),
            unit: self.unit.clone(),
            verdict: self.verdict.clone(),
            reason: self.reason.clone(),
            late: self.late.clone(),
            told: self.told,
            closed: self.closed,
        }
    }

    /// As it was before the last step: its clock goes on as if the step had not been made.
    fn restore(&mut self, before: Undoable) {
        (self.stage, self.entered, self.closed) = (before.stage, before.entered, before.closed);
        self.means = before.means;
        (self.counts_from, self.extended, self.again) = (before.counts_from, before.extended, before.again);
        self.stepped = before.stepped;
        self.fields = before.fields;
        (self.unit, self.verdict, self.reason) = (before.unit, before.verdict, before.reason);
        (self.late, self.told) = (before.late, before.told);
    }
}
