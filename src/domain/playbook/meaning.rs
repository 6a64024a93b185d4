//! What the stages, moves and fields of a loop mean to the program, whatever a room's own file calls them: reports, the
//! view of an episode and the year ask for meanings, never for a file's keys.
//!
//! A stage or a move means what its key says, or what its `means` says. The ledger keeps the meaning beside the key, so
//! that a file may be changed and what happened stays what it was. A room's own loop that lacks what is asked for here is
//! refused when it is read.

mod loops;

use crate::domain::id::{MoveId, StageId};
use crate::domain::playbook::{Move, Playbook, Stage};

pub use loops::{
    cruise, curtailment, emergency, episode, hot_grid, inspection, measure, patch, petition, problem,
    section, straw_fire,
};

/// What a stage means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageMeaning(&'static str);

/// What a move means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveMeaning(&'static str);

impl StageMeaning {
    /// Any other word.
    #[cfg(test)]
    pub(crate) const fn called(word: &'static str) -> Self {
        Self(word)
    }

    /// Its word in files and in the ledger.
    pub fn word(self) -> &'static str {
        self.0
    }

    /// Whether that is what is meant.
    pub fn is(self, meant: &StageId) -> bool {
        meant.as_str() == self.0
    }
}

impl MoveMeaning {
    /// Any other word.
    #[cfg(test)]
    pub(crate) const fn called(word: &'static str) -> Self {
        Self(word)
    }

    /// Its word in files and in the ledger.
    pub fn word(self) -> &'static str {
        self.0
    }

    /// Whether that is what is meant.
    pub fn is(self, meant: &MoveId) -> bool {
        meant.as_str() == self.0
    }
}

/// What is asked of one loop.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    /// The loop's key.
    pub of: &'static str,
    /// Stages that are asked for; the loop has one of each.
    pub stages: &'static [StageMeaning],
    /// The other words for its stages, where each of them must have one: a matter is counted by the stage it is in.
    pub further: &'static [&'static str],
    /// Moves that are asked for; the loop has one of each.
    pub moves: &'static [MoveMeaning],
    /// Fields that are asked for, by their keys.
    pub fields: &'static [&'static str],
    /// Codes of choice fields that are asked for: which field, which code.
    pub codes: &'static [(&'static str, &'static str)],
}

impl Vocabulary {
    /// That of a loop; `None` where nothing is asked of it.
    pub fn of(playbook: &str) -> Option<&'static Self> {
        VOCABULARIES.iter().find(|own| own.of == playbook)
    }

    /// Every word for a stage; none where it may be called anything.
    pub fn words(&self) -> Vec<&'static str> {
        let asked = self.stages.iter().map(|stage| stage.0);
        asked.chain(self.further.iter().copied()).collect()
    }
}

impl Stage {
    /// What it means to the program.
    pub fn meaning(&self) -> &StageId {
        self.means.as_ref().unwrap_or(&self.id)
    }
}

impl Move {
    /// What it means to the program.
    pub fn meaning(&self) -> &MoveId {
        self.means.as_ref().unwrap_or(&self.id)
    }
}

impl Playbook {
    /// The first stage of that meaning.
    pub fn meaning(&self, what: StageMeaning) -> Option<&Stage> {
        self.stages.iter().find(|stage| what.is(stage.meaning()))
    }
}

/// One row a loop of which something is asked.
pub const VOCABULARIES: &[Vocabulary] = &[
    episode::VOCABULARY,
    measure::VOCABULARY,
    curtailment::VOCABULARY,
    cruise::VOCABULARY,
    problem::VOCABULARY,
    petition::VOCABULARY,
    section::VOCABULARY,
    inspection::VOCABULARY,
    emergency::VOCABULARY,
    straw_fire::VOCABULARY,
    hot_grid::VOCABULARY,
    patch::VOCABULARY,
];
