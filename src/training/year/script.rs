//! Short ways to write a course down.

use crate::domain::fact::case::MoveInput;
use crate::domain::id::{FieldId, MoveId, UnitId};
use crate::domain::person::Role;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::training::year::{ScriptStep, What};

/// A step by a person, with nothing given.
pub(super) fn act(at: Moment, by: Role, step: &str) -> ScriptStep {
    let (step, given, orders) = (MoveId::new(step), Box::default(), false);
    ScriptStep {
        at,
        what: What::Move {
            by,
            step,
            given,
            orders,
        },
    }
}

/// The unit's answer to the last order.
pub(super) fn answer(at: Moment, kind: &str, words: &str) -> ScriptStep {
    let (kind, words) = (Clean::new(kind), Clean::new(words));
    ScriptStep {
        at,
        what: What::Answer { kind, words },
    }
}

/// Fields as a course gives them.
pub(super) fn fields(rows: &[(&str, &str)]) -> Vec<(FieldId, Clean)> {
    let row = |(id, text): &(&str, &str)| (FieldId::new(id), Clean::new(text));
    rows.iter().map(row).collect()
}

impl ScriptStep {
    fn give(mut self, change: impl FnOnce(&mut MoveInput)) -> Self {
        match &mut self.what {
            What::Move { given, .. } => change(given),
            What::Answer { .. } => {}
        }
        self
    }

    /// With words.
    pub(super) fn saying(self, words: &str) -> Self {
        self.give(|given| given.comment = Clean::new(words))
    }

    /// With a reason.
    pub(super) fn because(self, code: &str) -> Self {
        self.give(|given| given.reason = Some(Clean::new(code)))
    }

    /// With a photo.
    pub(super) fn showing(self, photo: &str) -> Self {
        self.give(|given| given.photo = Some(Clean::new(photo)))
    }

    /// With fields.
    pub(super) fn filling(self, rows: &[(&str, &str)]) -> Self {
        self.give(|given| given.fields = fields(rows))
    }

    /// With an order to the unit: to `unit`, or to the one that answers for the township.
    pub(super) fn ordering(mut self, unit: Option<UnitId>) -> Self {
        if let What::Move { orders, .. } = &mut self.what {
            *orders = true;
        }
        self.give(|given| given.unit = unit)
    }
}
