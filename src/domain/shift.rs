//! Shifts (班次): who is on duty, what they noted, and the hand-over that two people sign.
//!
//! What a shift is and what a fact does to it stands here; who is due stands in `roster`, what may be done in
//! [`crate::domain::decide::shift`], what forbids a hand-over in [`crate::domain::decide::blockers`].

mod refused;
pub mod roster;

use crate::domain::fact::shift::{Blocker, Duty, NoteKind, ShiftFact, Side};
use crate::domain::id::{OperatorId, ShiftId};
use crate::domain::person::Actor;
use crate::domain::steps;
use crate::domain::steps::Steps;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

pub use refused::DutyRefusal;
pub use roster::{Roster, Turn};

/// One line of a shift: what happened, when and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct ShiftLine {
    /// By the room's clock as it went then.
    pub at: Moment,
    /// A person, or the desk.
    pub by: Actor,
    /// Word for word as the ledger has it.
    pub fact: ShiftFact,
}

/// A person's mark with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Whose hand it is: nobody signs for another.
    pub by: OperatorId,
    /// By the room's clock as it went then.
    pub at: Moment,
}

/// What a leader let pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The leader, with the time: what came later is not covered.
    pub mark: Signature,
    /// All that stood in the way and was let pass, by name.
    pub blockers: Vec<Blocker>,
    /// Why.
    pub reason: Clean,
    /// By how much the clock was set since then.
    pub stepped: Span,
}

/// Something that stands in the way of a hand-over, and since when it stands: an alarm since it was raised, or rose in
/// severity; a case since it entered its stage. By the clock as it goes now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// By name, so that what was let pass is known again.
    pub what: Blocker,
    /// What stood later than it was let pass is in the way again.
    pub since: Moment,
}

impl Override {
    /// Whether it let this pass: it is named, and stood already when the leader signed. What came anew under the same
    /// name was never let pass.
    pub fn covers(&self, obstacle: &Obstacle) -> bool {
        obstacle.since <= self.mark.at + self.stepped && self.blockers.contains(&obstacle.what)
    }
}

/// A shift that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its name.
    pub id: ShiftId,
    /// Who was due, from when until when.
    pub duty: Duty,
    /// Who took it.
    pub taken: Signature,
    /// Since when its hand-over may be read.
    pub prepared: Option<Signature>,
    /// Since when whoever comes reads it.
    pub read: Option<Signature>,
    /// What a leader let pass, oldest first.
    pub overrides: Vec<Override>,
    /// The signature of whoever left.
    pub out: Option<Signature>,
    /// The signature of whoever came.
    pub into: Option<Signature>,
    /// When both had signed.
    pub closed: Option<Moment>,
    /// What happened, oldest first.
    pub timeline: imbl::Vector<ShiftLine>,
    /// When the clock was set: after how many lines of the timeline, and by how much.
    pub steps: Steps,
    /// Number of its last entry; actions carry it.
    pub version: u32,
}

impl Shift {
    /// The shift that an `Opened` makes.
    pub fn opened(id: ShiftId, duty: Duty, by: &Actor, at: Moment, version: u32) -> Self {
        let line = ShiftLine {
            at,
            by: by.clone(),
            fact: ShiftFact::Opened(Box::new(duty.clone())),
        };
        Self {
            id,
            duty,
            taken: mark(by, at),
            prepared: None,
            read: None,
            overrides: Vec::new(),
            out: None,
            into: None,
            closed: None,
            timeline: imbl::Vector::unit(line),
            steps: Vec::new(),
            version,
        }
    }

    /// Takes one fact in. The only way a shift changes.
    pub fn apply(&mut self, fact: &ShiftFact, by: &Actor, at: Moment, version: u32) {
        self.version = version;
        self.timeline.push_back(ShiftLine {
            at,
            by: by.clone(),
            fact: fact.clone(),
        });
        match fact {
            ShiftFact::Opened(_) | ShiftFact::Noted { .. } => {}
            ShiftFact::Prepared => self.prepared = Some(mark(by, at)),
            ShiftFact::Read => self.read = Some(mark(by, at)),
            ShiftFact::Overridden { blockers, reason } => self.overrides.push(Override {
                mark: mark(by, at),
                blockers: blockers.clone(),
                reason: reason.clone(),
                stepped: Span::ZERO,
            }),
            ShiftFact::Signed { side: Side::Out, .. } => self.out = Some(mark(by, at)),
            ShiftFact::Signed { side: Side::In, .. } => self.into = Some(mark(by, at)),
            ShiftFact::Closed => self.closed = Some(at),
        }
    }

    /// The clock was set by so much: what was let pass is let pass still.
    pub fn step(&mut self, by: Span) {
        steps::note(&mut self.steps, self.timeline.len(), by);
        for pass in &mut self.overrides {
            pass.stepped = pass.stepped + by;
        }
    }

    /// When it was handed over, by the clock as it goes now; nothing comes after that.
    pub fn rests(&self) -> Option<Moment> {
        let last = self.timeline.len();
        let set = self.steps.last().filter(|step| step.0 == last);
        Some(self.closed? + set.map_or(Span::ZERO, |step| step.1))
    }

    /// Its notes, oldest first.
    pub fn notes(&self) -> impl Iterator<Item = (&ShiftLine, NoteKind, &Clean)> {
        self.timeline.iter().filter_map(|line| match &line.fact {
            ShiftFact::Noted { kind, words } => Some((line, *kind, words)),
            ShiftFact::Opened(_)
            | ShiftFact::Prepared
            | ShiftFact::Read
            | ShiftFact::Overridden { .. }
            | ShiftFact::Signed { .. }
            | ShiftFact::Closed => None,
        })
    }

    /// Who is on duty: those of the roster, and who took it.
    pub fn on_duty(&self) -> Vec<&OperatorId> {
        let due = self.duty.operators.iter();
        let taken = Some(&self.taken.by).filter(|by| !self.duty.operators.contains(by));
        due.chain(taken).collect()
    }

    /// What of these stands in the way and was not let pass.
    pub fn standing(&self, obstacles: &[Obstacle]) -> Vec<Blocker> {
        let passed = |one: &Obstacle| self.overrides.iter().any(|pass| pass.covers(one));
        let open = obstacles.iter().filter(|one| !passed(one));
        open.map(|one| one.what.clone()).collect()
    }

    /// How long whoever came read before signing.
    pub fn reading_time(&self) -> Option<Span> {
        let (read, signed) = (self.read.as_ref()?, self.into.as_ref()?);
        Some(signed.at.age_of(read.at))
    }
}

fn mark(by: &Actor, at: Moment) -> Signature {
    let by = match by {
        Actor::Person(id) => id.clone(),
        Actor::Desk => OperatorId::default(),
    };
    Signature { by, at }
}
