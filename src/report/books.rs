//! The books that a report is made from: what the ledger came to, the room, and the time it covers. Pure.

use crate::desk::board::deadlines::Deadlines;
use crate::desk::board::{Board, Room};
use crate::domain::case::Case;
use crate::domain::case::walk::Walked;
use crate::domain::feed::Feed;
use crate::domain::id::{CaseId, FieldId, SourceId, TownshipId};
use crate::domain::ledger::{Entry, Stream, Tip};
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::Actor;
use crate::domain::playbook::meaning::StageMeaning;
use crate::domain::playbook::{FieldKind, Limit, Playbook, Since};
use crate::domain::reading::Reading;
use crate::domain::state::State;
use crate::domain::time::{Moment, Span};
use crate::lang::Lang;
use crate::lang::report::Rep;
use chrono::NaiveDate;
use imbl::{OrdMap, Vector};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The time a report covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Its beginning.
    pub from: Moment,
    /// Its end, not covered any more.
    pub until: Moment,
}

impl Covered {
    /// Whether `at` lies in it.
    pub fn has(&self, at: Moment) -> bool {
        self.from <= at && at < self.until
    }

    /// Its last moment.
    pub fn last(&self) -> Moment {
        self.until - Span::from_ms(1)
    }

    /// The moment that a document of it tells of when it is made at `now`: as it stood at its end, or now where it runs.
    pub fn told_at(&self, now: Moment) -> Moment {
        now.min(self.last())
    }
}

/// The entries of a period; they are shared, not copied, where they follow each other.
fn within(journal: &Vector<Entry>, period: Covered) -> Vector<Entry> {
    let outside = |entry: &&Entry| !period.has(entry.at);
    let before = journal.iter().take_while(outside).count();
    let after = journal.iter().rev().take_while(outside).count();
    let mut own = journal.skip(before);
    own.truncate(own.len().saturating_sub(after));
    if own.iter().any(|entry| !period.has(entry.at)) {
        own.retain(|entry| period.has(entry.at));
    }
    own
}

/// Everything a report may be made from.
#[derive(Clone, Debug)]
pub struct Books {
    /// The room.
    pub room: Arc<Room>,
    /// Folded from the ledger up to `now` without forgetting; on a board, as far as that remembers.
    pub state: State,
    /// The last entry that went into the state.
    pub tip: Tip,
    /// Its open cases by their deadlines, where a board keeps them; read by [`Books::deadlines`].
    pub deadlines: Deadlines,
    /// Entries of the period up to `now`, oldest first.
    pub entries: Vector<Entry>,
    /// Sources with their health, as whoever collects left it.
    pub feeds: OrdMap<SourceId, Feed>,
    /// Whether anybody collects.
    pub collected: bool,
    /// Whether the ledger could be written and read; else what it said.
    pub ledger: Result<(), LedgerFault>,
    /// Since when the desk has not looked at its clocks, where that is longer than it may be.
    pub stuck: Option<Moment>,
    /// Kinds of the sources by name: what a fire was found by.
    pub kinds: BTreeMap<SourceId, String>,
    /// Hourly readings of the period that the report asked for.
    pub readings: Vec<Reading>,
    /// The time it covers.
    pub period: Covered,
    /// The moment that it tells of ([`Covered::told_at`]): nothing later is in it.
    pub now: Moment,
    /// Who makes it; `None` for a preview.
    pub by: Option<Actor>,
    /// The case it is about, where one is named.
    pub about: Option<CaseId>,
    /// How many rows of a long table are wanted; a screen shows no more than it has lines.
    pub most: usize,
}

impl Books {
    /// From what a board shows, for a preview.
    pub fn of_board(board: &Board, period: Covered, now: Moment) -> Self {
        let kinds = board
            .feeds
            .values()
            .map(|feed| (feed.id.clone(), feed.kind.to_string()));
        Self {
            room: Arc::clone(&board.room),
            state: board.state.clone(),
            tip: board.state.tip(),
            deadlines: board.deadlines.clone(),
            entries: within(&board.journal, period),
            feeds: board.feeds.clone(),
            collected: board.collects || !board.collector.is_empty(),
            ledger: board.ledger().map_err(LedgerFault::clone),
            stuck: board.stuck,
            kinds: kinds.collect(),
            readings: Vec::new(),
            period,
            now: period.told_at(now),
            by: None,
            about: None,
            most: usize::MAX,
        }
    }

    /// The open cases, the most pressing first.
    pub fn deadlines(&self) -> Cow<'_, Deadlines> {
        self.deadlines.of(&self.room, &self.state.cases, self.now)
    }

    /// The loop of that key.
    pub fn playbook(&self, id: &str) -> Option<&Playbook> {
        self.room.playbooks.iter().find(|p| p.id.as_str() == id)
    }

    /// Cases of a loop, by number.
    pub fn all<'a>(&'a self, playbook: &'a str) -> impl Iterator<Item = &'a Case> {
        let cases = self.state.cases.values();
        cases.filter(move |case| case.matter.playbook.as_str() == playbook)
    }

    /// Cases of a loop whose matter was detected in the period.
    pub fn found<'a>(&'a self, playbook: &'a str) -> impl Iterator<Item = &'a Case> {
        self.all(playbook)
            .filter(|case| self.period.has(case.matter.detected))
    }

    /// Whether its time is not over: only then does it tell how things are while it is made.
    pub fn runs(&self) -> bool {
        self.now < self.period.last()
    }

    /// The cases of the steps of the period that stand, one a step, oldest case first.
    pub fn steps(&self, is: impl Fn(&Walked<'_>) -> bool) -> Vec<String> {
        let touched = self.entries.iter().filter_map(|entry| match &entry.stream {
            Stream::Case(id) => Some(id),
            Stream::Alarm(_) | Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => None,
        });
        let touched: BTreeSet<&CaseId> = touched.collect();
        let cases = touched.into_iter().filter_map(|id| self.state.cases.get(id));
        let mut records = Vec::new();
        for case in cases {
            let walk = case.walk();
            let made = walk
                .steps()
                .iter()
                .filter(|step| self.period.has(step.at) && is(step));
            records.extend(made.map(|_| case.id.to_string()));
        }
        records
    }

    /// A code of a choice field in the words of its loop; the code where that does not know it.
    pub fn choice(&self, playbook: &str, (field, code): (&str, &str), lang: Lang) -> String {
        let field = self
            .playbook(playbook)
            .and_then(|p| p.field(&FieldId::new(field)));
        let known = field.and_then(|field| match &field.kind {
            FieldKind::Choice(all) => all.iter().find(|choice| choice.code.as_str() == code),
            FieldKind::Text | FieldKind::Number | FieldKind::Day => None,
        });
        known.map_or_else(|| code.to_owned(), |choice| lang.of(&choice.words).to_owned())
    }

    /// The local date.
    pub fn day(&self, at: Moment) -> NaiveDate {
        at.date(self.room.zone)
    }

    /// The days that it covers, and until when what became of them is known: the first line of a periodic report.
    pub fn period_known(&self, lang: Lang) -> String {
        let (from, last) = (self.period.from, self.period.until - Span::secs(1));
        format!(
            "{}: {} — {} · {} {}",
            Rep::Period.text(lang),
            self.day(from),
            self.day(last),
            Rep::KnownAt.text(lang),
            self.stamp(self.now),
        )
    }

    /// The local clock, with its date.
    pub fn stamp(&self, at: Moment) -> String {
        at.local(self.room.zone).format("%m-%d %H:%M").to_string()
    }

    /// When the stage of that meaning must have been left, with whose word that is; `None` where the loop in force sets no limit.
    pub fn limit<'a>(&'a self, case: &Case, of: StageMeaning) -> Option<(Moment, &'a Limit)> {
        let playbook = self.playbook(case.matter.playbook.as_str())?;
        if case.is_in(of) {
            let here = playbook.stage(case.stage_in(playbook))?.limit.as_ref()?;
            return Some((case.end(here, playbook), here));
        }
        let limit = playbook.meaning(of)?.limit.as_ref()?;
        let from = match limit.since {
            Since::Detected => case.state.counts_from - case.set_until(case.walk().moved()),
            Since::Entered => {
                let (at, line) = case.walk().first_line_in(of)?;
                at - case.set_until(line)
            }
        };
        let end = limit.end(from, &case.state.fields, &playbook.calendar);
        let left = case.walk().left(of).unwrap_or_default();
        Some((end + case.set_until(left), limit))
    }

    /// A township's name; its key where the directory does not know it.
    pub fn township(&self, id: &TownshipId) -> String {
        let found = self.room.directory.township_by_id(id);
        found.map_or_else(|| id.to_string(), |township| township.name.to_string())
    }
}

/// `n` of `of` in percent with one decimal; a dash of nothing.
pub fn percent(n: usize, of: usize) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    let tenths = (n * 2000 + of) / (of * 2);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// The numbers of cases.
pub fn ids<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Vec<String> {
    cases.into_iter().map(|case| case.id.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_a_tenth_and_nothing_has_none() {
        assert_eq!(percent(1438, 1511), "95.2 %");
        assert_eq!(percent(1, 3), "33.3 %");
        assert_eq!(percent(3, 3), "100.0 %");
        assert_eq!(percent(0, 0), "—");
    }
}
