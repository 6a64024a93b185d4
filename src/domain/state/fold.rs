//! A state while it is read from the store: what was kept of it and the entries after that. What follows from its things
//! alone (ranks, running figures) is drawn up once, at the end, instead of being kept in step with every entry.

use crate::domain::ledger::{Entry, Stream, Tip};
use crate::domain::state::State;
use crate::domain::state::alike::Alikes;
use crate::domain::state::parts::Parts;
use crate::domain::state::tally::Counted;
use crate::domain::time::Span;

/// A state that is being read. Nobody looks at it before [`Fold::done`].
#[derive(Debug)]
pub struct Fold(State);

impl Fold {
    /// From the first entry on; closed cases will stay this long, for ever where `None`.
    pub fn staying(stay: Option<Span>) -> Self {
        Self::before_figures(State::staying(stay))
    }

    /// From what a snapshot kept on.
    pub fn of(parts: Parts) -> Self {
        let mut fold = Self::before_figures(State::default());
        fold.0.put(parts);
        fold
    }

    fn before_figures(mut state: State) -> Self {
        state.tally.later = true;
        Self(state)
    }

    /// The last entry taken in.
    pub fn tip(&self) -> Tip {
        self.0.tip()
    }

    /// Takes the next entry in, as [`State::apply`] does.
    pub fn take(&mut self, entry: &Entry) {
        self.0.apply(entry);
    }

    /// The state, with its figures.
    pub fn done(self) -> State {
        let mut state = self.0;
        state.tally.later = false;
        state.draw_up();
        state
    }
}

impl State {
    /// Draws up all that follows from the things in hand, where nothing of it stands yet.
    fn draw_up(&mut self) {
        for case in self.cases.clone().values() {
            self.tally_case(case, true);
        }
        let mut counted: Vec<Counted> = self.alarms.values().map(Counted::of).collect();
        // In their order: a tree grows fastest at its end.
        counted.sort_unstable_by(|a, b| a.rank.cmp(&b.rank));
        for alarm in &counted {
            self.tally_seen(alarm, true);
            *self.counts.entry(alarm.rank.0).or_insert(0) += 1;
        }
        let alike = counted.iter();
        self.tally.alikes = Alikes::of(alike.filter_map(|alarm| Some((alarm.key.as_ref()?, &alarm.rank))));
        self.ranks = counted.into_iter().map(|alarm| alarm.rank).collect();
        for id in self.tasks.clone().keys() {
            self.tally_task(id);
        }
        for notice in self.notices.clone().values() {
            self.tally_notices(&Stream::Notice(notice.id.clone()));
        }
    }
}
