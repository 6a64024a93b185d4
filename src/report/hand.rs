//! Books made by hand, for the tests of reports: cases opened and moved, in a room with the program's own loops.

mod renamed;

use crate::config::playbook::embedded;
use crate::desk::board::Room;
use crate::desk::board::deadlines::Deadlines;
use crate::domain::directory::Directory;
use crate::domain::fact::Fact;
use crate::domain::fact::case::{CaseFact, Matter, MoveInput};
use crate::domain::id::{CaseId, FieldId, MoveId, OperatorId, PlaybookId, StageId};
use crate::domain::ledger::{Entry, Stream, Tip};
use crate::domain::person::Actor;
use crate::domain::playbook::Playbook;
use crate::domain::shift::Roster;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::time::{CHINA, Moment, Span};
use crate::lang::Lang;
use crate::report::{Books, REPORTS, ReportDocument, Rhythm};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A clock of November 2026 in China, `23 09:00`, or of another month, `10-23 09:00`.
pub(super) fn at(text: &str) -> Moment {
    let (day, clock) = text.split_once(' ').expect("a day and a clock");
    let day = if day.contains('-') {
        day.to_owned()
    } else {
        format!("11-{day}")
    };
    Moment::parse_rfc3339(&format!("2026-{day}T{clock}:00+08:00")).expect("a fixed text")
}

/// Fields with their values.
pub(super) fn fields(rows: &[(&str, &str)]) -> Vec<(FieldId, Clean)> {
    let row = |(id, value): &(&str, &str)| (FieldId::new(id), Clean::new(value));
    rows.iter().map(row).collect()
}

/// A ledger that is written by hand.
pub(super) struct Hand {
    entries: Vec<Entry>,
    state: State,
    loops: Vec<Playbook>,
}

impl Hand {
    /// Nothing written yet.
    pub(super) fn new() -> Self {
        Self {
            entries: Vec::new(),
            state: State::default(),
            loops: embedded(),
        }
    }

    /// Writes a fact of a case.
    pub(super) fn tell(&mut self, id: &str, fact: CaseFact, when: &str) {
        self.write(Stream::Case(CaseId::new(id)), Fact::Case(fact), when);
    }

    /// Writes a fact that the desk made.
    pub(super) fn write(&mut self, stream: Stream, fact: Fact, when: &str) {
        self.put(Actor::Desk, stream, fact, when);
    }

    /// Writes a fact that a person made.
    pub(super) fn write_by(&mut self, who: &str, stream: Stream, fact: Fact, when: &str) {
        self.put(Actor::Person(OperatorId::new(who)), stream, fact, when);
    }

    fn put(&mut self, by: Actor, stream: Stream, fact: Fact, when: &str) {
        let entry = Entry {
            seq: self.state.seq + 1,
            nth: self.state.version(&stream) + 1,
            stream,
            at: at(when),
            by,
            seat: None,
            fact,
            hash: [0; 32],
        };
        self.state.apply(&entry);
        self.entries.push(entry);
    }

    /// Opens a case of a loop in that loop's first stage.
    pub(super) fn open(&mut self, id: &str, playbook: &str, (when, matter): (&str, Matter)) {
        let of = self.loops.iter().find(|p| p.id.as_str() == playbook);
        let first = of.and_then(|p| p.stages.first().map(|stage| stage.id.clone()));
        let matter = Matter {
            playbook: PlaybookId::new(playbook),
            stage: first.expect("a loop of the program"),
            detected: at(when),
            ..matter
        };
        self.tell(id, CaseFact::Opened(Box::new(matter)), when);
    }

    /// Opens a case under another.
    pub(super) fn under(&mut self, parent: &str, (id, playbook): (&str, &str), when: &str) {
        let parent = Some(CaseId::new(parent));
        let matter = Matter {
            parent,
            ..Matter::default()
        };
        self.open(id, playbook, (when, matter));
    }

    /// Makes a step of the case's loop.
    pub(super) fn go(&mut self, id: &str, step: &str, when: &str) {
        self.give(id, step, (when, MoveInput::default()));
    }

    /// Makes a step with what it needs.
    pub(super) fn give(&mut self, id: &str, step: &str, (when, given): (&str, MoveInput)) {
        let case = self.state.cases.get(id).expect("an open case");
        let playbook = self.loops.iter().find(|p| p.id == case.matter.playbook);
        let playbook = playbook.expect("a loop of the program");
        let step = playbook.step(&MoveId::new(step)).expect("a step of the loop");
        let from = case.state.stage.clone();
        assert!(step.from.contains(&from), "{id}: {} from {from}", step.id);
        let to = step.to.clone().unwrap_or_else(|| from.clone());
        let fact = CaseFact::Moved {
            step: step.id.clone(),
            from,
            closes: playbook.stage(&to).is_some_and(|stage| stage.closed),
            to,
            verdict: step.verdict.clone(),
            given: Box::new(given),
            again: None,
            extends: step.extends,
            means: None,
        };
        self.tell(id, fact, when);
    }

    /// Takes the last step back.
    pub(super) fn back(&mut self, id: &str, to: &str, when: &str) {
        let from = self.state.cases.get(id).map(|case| case.state.stage.clone());
        let fact = CaseFact::Reverted {
            from: from.expect("an open case"),
            to: StageId::new(to),
        };
        self.tell(id, fact, when);
    }

    /// The books of the period that the day lies in, made at `now`. Every report of them reads the same where the room calls
    /// its stages and moves otherwise.
    pub(super) fn books(self, of: (Rhythm, u32), now: &str) -> Books {
        let renamed = self.renamed().written(of, now);
        let books = self.written(of, now);
        for report in REPORTS {
            let [paper, other] = [&books, &renamed].map(|books| report.paper(books, Lang::En));
            assert_eq!(paper.markdown(), other.markdown(), "{}, renamed", report.key);
        }
        books
    }

    fn written(self, (rhythm, day): (Rhythm, u32), now: &str) -> Books {
        let room = Room {
            name: Clean::new("余姚"),
            training: false,
            zone: CHINA,
            standard: crate::domain::air::Norm::Hj633,
            directory: Directory::default(),
            playbooks: self.loops,
            channels: Vec::new(),
            telephones: Vec::new(),
            ack_expires: Span::ZERO,
            keep_closed: Span::ZERO,
            letters: crate::desk::board::Letters::default(),
            longest_shelf: Span::ZERO,
            notices: crate::domain::notice::Policy::default(),
            groupings: Vec::new(),
            roster: Roster::default(),
            ladders: Vec::new(),
            targets: Vec::new(),
        };
        let day = NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November");
        let period = rhythm.on(day, &room).expect("a time of the calendar");
        let now = period.told_at(at(now));
        let (mut state, mut tip) = (State::default(), Tip::default());
        for entry in &self.entries {
            if state.apply_until(entry, now) {
                tip = entry.tip();
            }
        }
        let within = |entry: &Entry| period.has(entry.at) && entry.at <= now;
        Books {
            room: Arc::new(room),
            state,
            tip,
            deadlines: Deadlines::default(),
            entries: self.entries.into_iter().filter(within).collect(),
            feeds: imbl::OrdMap::new(),
            collected: true,
            ledger: Ok(()),
            stuck: None,
            kinds: BTreeMap::new(),
            readings: Vec::new(),
            period,
            now,
            by: None,
            about: None,
            most: usize::MAX,
        }
    }
}

/// The last cells of the rows of these keys, with how many records stand behind each; a dash for a row that is not there.
pub(super) fn told(paper: &ReportDocument, keys: &[&str]) -> Vec<String> {
    let of = |key: &&str| {
        paper.row(key).map_or_else(
            || format!("{key} —"),
            |row| format!("{key} {} ({})", row.cells[1..].join(" "), row.records.len()),
        )
    };
    keys.iter().map(of).collect()
}
