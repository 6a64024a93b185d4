//! The books of a report: the one place where the ledger is folded up to a moment. Nothing written later is in them.

use crate::config::Config;
use crate::desk::board::Board;
use crate::desk::board::deadlines::Deadlines;
use crate::desk::board::sight::Restricted;
use crate::domain::ledger::{Entry, Tip};
use crate::domain::person::Role;
use crate::domain::quantity::Quantity;
use crate::domain::reading::{Period as Over, Reading};
use crate::domain::state::State;
use crate::report::{Books, Covered};
use crate::sources::SourceSetting;
use crate::store::{Store, StoreError};
use imbl::Vector;
use std::sync::Arc;

/// How many entries are read at a time.
const PAGE: usize = 10_000;

/// What is asked for.
pub(super) struct Asking {
    /// The time it covers.
    pub(super) period: Covered,
    /// Which correction it is; 0 for none.
    pub(super) correction: u32,
    /// Who reads it.
    pub(super) readers: Vec<Role>,
}

/// What all of the readers may know of the period: how the ledger stood at its end, or now where it runs. A correction
/// tells what is known now.
///
/// # Errors
/// The store cannot be read.
pub(super) fn of(
    (config, store): (&Config, &dyn Store),
    heard: &Board,
    asking: &Asking,
) -> Result<Books, StoreError> {
    let (period, room) = (asking.period, Arc::clone(&heard.room));
    let now = match asking.correction {
        0 => period.told_at(heard.at),
        _ => heard.at,
    };
    let restricted = |role: &Role| Restricted::from(&config.playbooks, *role);
    let mut kept: Vec<Restricted<'_>> = asking.readers.iter().map(restricted).collect();
    let (mut state, mut entries, mut tip) = (State::default(), Vector::new(), Tip::default());
    loop {
        let page = store.since(&state.tip(), PAGE)?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            if state.apply_until(entry, now) {
                tip = entry.tip();
            }
            for kept in &mut *kept {
                kept.learn(entry);
            }
        }
        entries.extend(
            page.into_iter()
                .filter(|entry: &Entry| period.has(entry.at) && entry.at <= now),
        );
    }
    for kept in &mut kept {
        entries = entries.iter().filter_map(|entry| kept.entry(entry)).collect();
        state = kept.state(&state);
    }
    let kind = |source: &SourceSetting| (source.id.clone(), source.kind.to_owned());
    Ok(Books {
        room,
        state,
        tip,
        deadlines: Deadlines::default(),
        entries,
        feeds: heard.feeds.clone(),
        collected: !heard.collector.is_empty(),
        ledger: heard.writable.clone(),
        stuck: None,
        kinds: config.sources.iter().map(kind).collect(),
        readings: Vec::new(),
        period,
        now,
        by: None,
        about: None,
        most: usize::MAX,
    })
}

/// The hourly readings of these quantities in the period, of every point that has any.
///
/// # Errors
/// The store cannot be read.
pub(super) fn readings(
    books: &Books,
    of: &[Quantity],
    store: &dyn Store,
) -> Result<Vec<Reading>, StoreError> {
    let mut all = Vec::new();
    if of.is_empty() {
        return Ok(all);
    }
    for newest in store.latest()? {
        if newest.period == Over::Hour && of.contains(&newest.quantity) {
            let key = (&newest.point, newest.quantity, newest.period);
            let (from, until) = (books.period.from, books.period.last());
            all.extend(store.series(key, from, until)?);
        }
    }
    Ok(all)
}
