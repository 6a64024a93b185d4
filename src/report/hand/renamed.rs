//! The same matters in a room that calls every stage and every move of its loops otherwise: by the word of another one, so
//! that whoever asks for a key instead of its meaning is misled.

use super::*;
use crate::domain::fact::case::Means;
use std::collections::BTreeMap;

/// Each key with the one that stands after it in its loop.
fn next<'a>(keys: impl Iterator<Item = &'a str> + Clone) -> BTreeMap<&'a str, &'a str> {
    keys.clone().zip(keys.cycle().skip(1)).collect()
}

/// The names in one loop: of stages, of moves.
struct Names<'a>(BTreeMap<&'a str, &'a str>, BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    fn of(playbook: &'a Playbook) -> Self {
        Self(
            next(playbook.stages.iter().map(|stage| stage.id.as_str())),
            next(playbook.moves.iter().map(|step| step.id.as_str())),
        )
    }

    fn stage(&self, id: &StageId) -> StageId {
        self.0
            .get(id.as_str())
            .map_or_else(|| id.clone(), |own| StageId::new(own))
    }

    fn step(&self, id: &MoveId) -> MoveId {
        self.1
            .get(id.as_str())
            .map_or_else(|| id.clone(), |own| MoveId::new(own))
    }

    fn playbook(&self, mut playbook: Playbook) -> Playbook {
        for stage in &mut playbook.stages {
            stage.means = Some(stage.id.clone());
            stage.id = self.stage(&stage.id);
        }
        for step in &mut playbook.moves {
            step.means = Some(step.id.clone());
            step.id = self.step(&step.id);
            step.not_by = step.not_by.as_ref().map(|id| self.step(id));
            step.from = step.from.iter().map(|id| self.stage(id)).collect();
            step.to = step.to.as_ref().map(|id| self.stage(id));
        }
        playbook
    }

    fn fact(&self, fact: &mut CaseFact) {
        match fact {
            CaseFact::Opened(matter) => {
                matter.means = Some(matter.stage.clone());
                matter.stage = self.stage(&matter.stage);
            }
            CaseFact::Moved {
                step,
                from,
                to,
                means,
                ..
            } => {
                *means = Some(Box::new(Means {
                    step: step.clone(),
                    to: to.clone(),
                }));
                (*step, *from, *to) = (self.step(step), self.stage(from), self.stage(to));
            }
            CaseFact::Reverted { from, to } => (*from, *to) = (self.stage(from), self.stage(to)),
            CaseFact::Late { stage, .. } => *stage = self.stage(stage),
            CaseFact::Joined { .. } | CaseFact::Ordered { .. } | CaseFact::Noted { .. } => {}
        }
    }
}

impl Hand {
    /// The same, so named.
    pub(super) fn renamed(&self) -> Self {
        let names = self.loops.iter().map(|own| (&own.id, Names::of(own)));
        let names: BTreeMap<&PlaybookId, Names<'_>> = names.collect();
        let mut loops: BTreeMap<CaseId, PlaybookId> = BTreeMap::new();
        let mut entries = self.entries.clone();
        for entry in &mut entries {
            if let (Stream::Case(id), Fact::Case(fact)) = (&entry.stream, &mut entry.fact) {
                if let CaseFact::Opened(matter) = fact {
                    loops.insert(id.clone(), matter.playbook.clone());
                }
                if let Some(names) = loops.get(id).and_then(|own| names.get(own)) {
                    names.fact(fact);
                }
            }
        }
        let loops = self.loops.iter().map(|own| Names::of(own).playbook(own.clone()));
        Self {
            entries,
            state: State::default(),
            loops: loops.collect(),
        }
    }
}
