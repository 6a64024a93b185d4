//! The roster: the shifts of a day (`[[shift]]`), and who is due in each, from a CSV file beside the configuration.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::{Fault, FaultKind, nearest};
use crate::config::beside::{Line, table};
use crate::config::playbook::parts::RawWords;
use crate::domain::id::OperatorId;
use crate::domain::person::Operator;
use crate::domain::shift::roster::Due;
use crate::domain::shift::{Roster, Turn};
use crate::domain::text::Clean;
use crate::domain::time::Span;
use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// `[[shift]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawShift {
    /// Its key, such as `day`; no `-` in it.
    pub id: String,
    /// What people read.
    pub name: RawWords,
    /// The local time it begins at, such as `08:00`.
    pub begins: String,
    /// How long it lasts, at most a day.
    pub lasts: String,
}

/// A row of the roster's file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawDue {
    /// The day the shift begins on: `2026-11-23`.
    day: String,
    /// The shift's key.
    shift: String,
    /// Log-in names, `;` between them.
    operators: String,
    /// The leader on call.
    #[serde(default)]
    leader: String,
}

/// Checks the shifts and the roster's file against each other and against the operators.
pub(super) fn check(check: &mut Check<'_>, file: Option<&Path>, operators: &[Operator]) -> Roster {
    let turns = turns(check);
    let mut roster = Roster::default();
    if !turns.is_empty() {
        roster.turns = turns;
    }
    let Some(file) = file else { return roster };
    let at = At::root().key("room").key("roster_file");
    let rows: Vec<(Line, RawDue)> = table(check, &at, "duty", file);
    let people: Vec<&str> = operators.iter().map(|operator| operator.id.as_str()).collect();
    let mut lines = BTreeMap::new();
    for (line, row) in &rows {
        let bench = &mut Row { check, line };
        let Some((key, due)) = bench.read(row, &roster.turns, &people) else {
            continue;
        };
        if let Some(other) = lines.insert(key.clone(), line.number) {
            bench.fault("day", FaultKind::Twice(format!("{} {}", key.0, key.1), other));
        }
        roster.due.insert(key, due);
    }
    roster
}

fn turns(check: &mut Check<'_>) -> Vec<Turn> {
    let rows: Vec<(At, RawShift)> = check.list("shift");
    check.unique("id", check.ids("shift"));
    let mut turns: Vec<Turn> = Vec::new();
    for (at, row) in &rows {
        let words = row.name.check(check, &at.key("name"));
        if row.id.contains('-') || Clean::new(&row.id).is_empty() {
            let why = "a-z, 0-9, _".to_owned();
            check.fault(&at.key("id"), FaultKind::Expression(row.id.clone(), why));
        }
        let begins = NaiveTime::parse_from_str(&row.begins, "%H:%M").ok();
        if begins.is_none() {
            let why = "HH:MM".to_owned();
            check.fault(&at.key("begins"), FaultKind::Expression(row.begins.clone(), why));
        }
        let lasts = check.span(&at.key("lasts"), &row.lasts);
        if lasts.is_some_and(|lasts| lasts > Span::hours(24)) {
            let range = FaultKind::Range(row.lasts.clone(), "1m".to_owned(), "24h".to_owned());
            check.fault(&at.key("lasts"), range);
        }
        if let (Some(begins), Some(lasts)) = (begins, lasts) {
            turns.push(Turn {
                key: Clean::new(&row.id),
                words,
                begins,
                lasts,
            });
        }
    }
    turns.sort_by_key(|turn| turn.begins);
    for (turn, until) in overlapping(&turns) {
        let found = rows.iter().find(|(_, row)| Clean::new(&row.id) == turn.key);
        if let Some((at, row)) = found {
            let most = format!("{}m", until.as_mins());
            check.fault(
                &at.key("lasts"),
                FaultKind::Range(row.lasts.clone(), "1m".to_owned(), most),
            );
        }
    }
    turns
}

/// The shifts that still last when the next one begins, each with the time until then: two would be on duty at once.
fn overlapping(turns: &[Turn]) -> Vec<(&Turn, Span)> {
    let next = turns.iter().cycle().skip(1);
    let pairs = turns.iter().zip(next).map(|(turn, next)| {
        let until = (next.begins - turn.begins).num_minutes().rem_euclid(24 * 60);
        // The next one of a shift that is alone is itself, a day later.
        (turn, Span::mins(if until == 0 { 24 * 60 } else { until }))
    });
    pairs.filter(|(turn, until)| turn.lasts > *until).collect()
}

/// A row of the file under check.
struct Row<'c, 'a> {
    check: &'c mut Check<'a>,
    line: &'c Line,
}

impl Row<'_, '_> {
    fn read(&mut self, row: &RawDue, turns: &[Turn], people: &[&str]) -> Option<((NaiveDate, Clean), Due)> {
        let day = NaiveDate::parse_from_str(&row.day, "%Y-%m-%d").ok();
        if day.is_none() {
            self.fault(
                "day",
                FaultKind::Expression(row.day.clone(), "YYYY-MM-DD".to_owned()),
            );
        }
        let known: Vec<&str> = turns.iter().map(|turn| turn.key.as_str()).collect();
        let turn = turns.iter().find(|turn| turn.key.as_str() == row.shift);
        if turn.is_none() {
            self.nothing("shift", &row.shift, &known);
        }
        let names = row
            .operators
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let operators: Vec<OperatorId> = names.map(|name| self.person("operators", name, people)).collect();
        if operators.is_empty() {
            self.fault("operators", FaultKind::Empty);
        }
        let leader = Some(row.leader.trim()).filter(|name| !name.is_empty());
        let leader = leader.map(|name| self.person("leader", name, people));
        Some(((day?, turn?.key.clone()), Due { operators, leader }))
    }

    /// A log-in name; it must be configured where operators are.
    fn person(&mut self, key: &str, name: &str, people: &[&str]) -> OperatorId {
        if !people.is_empty() && !people.contains(&name) {
            self.nothing(key, name, people);
        }
        OperatorId::new(name)
    }

    fn nothing(&mut self, key: &str, found: &str, there: &[&str]) {
        let list = there.iter().map(|&t| t.to_owned()).collect();
        self.fault(key, FaultKind::Nothing(found.to_owned(), list));
    }

    fn fault(&mut self, key: &str, kind: FaultKind) {
        let near = if let FaultKind::Nothing(found, there) = &kind {
            nearest(found, there.iter().map(String::as_str))
        } else {
            None
        };
        let fault = self.line.fault(key, kind);
        self.check.push(Fault { near, ..fault });
    }
}

#[cfg(test)]
mod tests;
