//! What a step of the machine's clock does to what waits: it goes with the clock, so that nothing comes sooner or later
//! for it, no limit is missed by it, and no case or shift that is over leaves the state for it.
//!
//! Moved is what the desk waits for. What happened keeps the time at which it was written down, by which it is also known
//! again, with by how much the clock was set since; what others state in the calendar, such as a declared stop or the end
//! of an upstream's warning, stays there.

use crate::domain::state::State;
use crate::domain::time::Span;
use imbl::OrdMap;

impl State {
    /// The clock by which all this is judged was set by so much.
    pub(super) fn step(&mut self, by: Span) {
        let alarms: Vec<_> = self.alarms.keys().cloned().collect();
        for id in alarms {
            self.change_alarm(&id, |alarm| alarm.step(by));
        }
        each(&mut self.notices, |notice| notice.step(by));
        each(&mut self.tasks, |task| task.step(by));
        each(&mut self.shifts, |shift| shift.step(by));
        each(&mut self.blocks, |block| {
            (block.since, block.until) = (block.since + by, block.until + by);
        });
        let ids: Vec<_> = self.cases.keys().cloned().collect();
        for id in ids {
            let Some(case) = self.cases.get_mut(&id) else {
                continue;
            };
            let before = case.rests();
            case.step(by);
            let after = case.rests();
            self.list(&id, before, false);
            self.list(&id, after, true);
        }
    }
}

fn each<K: Ord + Clone, V: Clone>(all: &mut OrdMap<K, V>, change: impl Fn(&mut V)) {
    let keys: Vec<K> = all.keys().cloned().collect();
    for key in keys {
        if let Some(one) = all.get_mut(&key) {
            change(one);
        }
    }
}
