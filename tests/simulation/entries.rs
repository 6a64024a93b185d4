//! What must be true of each entry when it is written: nothing that stands is raised again, and no limit is missed before its
//! time has passed by the clock that nobody sets.

use crate::witness::Verdict;
use crate::world::World;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::id::{AlarmId, CaseId};
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::state::State;
use lookout::domain::time::{Moment, Span};
use std::collections::BTreeMap;

/// The limit of the loop's first stage.
const LIMIT: Span = Span::mins(10);
/// An entry is seen so much after it is written at most.
const SEEN: Span = Span::secs(6);

/// What was seen of entries so far.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// When each case was opened, and by how much the clock was set then without its being written down.
    opened: BTreeMap<CaseId, (Moment, Span)>,
    /// By how much it was set as the ledger has it.
    written: Span,
}

impl Entries {
    /// The next entry, with the state before it.
    pub(crate) fn look(&mut self, entry: &Entry, before: &State, world: &World<'_>) -> Verdict {
        match (&entry.stream, &entry.fact) {
            (Stream::Alarm(id), Fact::Alarm(AlarmFact::Raised(_))) => is_new(id, before),
            (Stream::Case(id), Fact::Case(CaseFact::Opened(_))) => {
                // One that was decided long before it could be written, as before the machine slept, has waited since then.
                if world.now().age_of(entry.at) <= SEEN {
                    let owed = self.owed(world);
                    self.opened.insert(id.clone(), (world.steady(), owed));
                }
                Ok(())
            }
            (Stream::Case(id), Fact::Case(CaseFact::Late { .. })) => self.is_over(id, world),
            (Stream::Room, Fact::Room(RoomFact::ClockStepped { by })) => {
                self.written = self.written + Span::from_ms(*by);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// An older copy knows less of what the clock did: of the cases before it nobody can say when they are late.
    pub(crate) fn after_a_restore(self) -> Self {
        Self {
            opened: BTreeMap::new(),
            ..self
        }
    }

    /// By how much the clock was set without its being written down.
    fn owed(&self, world: &World<'_>) -> Span {
        let all: i64 = world.sets.iter().map(|set| set.1.ms()).sum();
        Span::from_ms(all) - self.written
    }

    /// A limit that is written down as missed has passed; who starts after the clock was set cannot know of that.
    fn is_over(&self, id: &CaseId, world: &World<'_>) -> Verdict {
        let Some((opened, owed)) = self.opened.get(id) else {
            return Ok(());
        };
        let set = world.sets.iter().find(|set| set.0 >= *opened);
        let is_strange = set.is_some_and(|set| world.started_at >= set.0);
        let is_known = *owed == Span::ZERO && (self.owed(world) == Span::ZERO || !is_strange);
        let ran = world.steady() - *opened;
        if is_known && ran + SEEN < LIMIT {
            let secs = ran.ms() / 1000;
            return Err(format!("{id} is late {secs} s after it was opened"));
        }
        Ok(())
    }
}

/// What stands is raised once.
fn is_new(id: &AlarmId, before: &State) -> Verdict {
    let stands = before.alarms.get(id).is_some_and(|alarm| alarm.active);
    if stands {
        return Err(format!("{id} stands and is raised again"));
    }
    Ok(())
}
