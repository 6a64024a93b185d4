//! Whole alarms, cases, tasks, shifts and issued reports as a snapshot keeps them: one line of JSON each, a case and a
//! shift followed by their timelines in lines that begin with a blank.
//!
//! Disposable, so without versions: a line that cannot be read throws the snapshot away.

mod issued;
mod task;

use crate::domain::alarm::{Ack, Alarm};
use crate::domain::case::{Case, CaseLine};
use crate::domain::declared::Declared;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{Cause, Hold};
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::declared::Declaration;
use crate::domain::fact::forecast::Forecast;
use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::fact::shift::ShiftFact;
use crate::domain::id::{AlarmId, CaseId, ChannelId, OperatorId, ShiftId};
use crate::domain::person::Actor;
use crate::domain::shift;
use crate::domain::shift::Shift;
use crate::domain::state::WayBlock;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub(in crate::store) use issued::{read_issued, write_issued};
pub(in crate::store) use task::{read_task, write_task};

#[derive(Debug, Serialize, Deserialize)]
struct AlarmRow {
    id: AlarmId,
    cause: Arc<Cause>,
    active: bool,
    unacked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<Hold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ack: Option<AckRow>,
    first_seen: Moment,
    raised: Moment,
    stepped: Span,
    #[serde(skip_serializing_if = "Option::is_none")]
    returned: Option<Moment>,
    occurrences: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseId>,
    version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct AckRow {
    by: OperatorId,
    at: Moment,
    comment: Clean,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Moment>,
}

/// Writes an alarm as one line.
pub(in crate::store) fn write_alarm(alarm: &Alarm, out: &mut Vec<u8>) {
    let alarm = alarm.clone();
    let row = AlarmRow {
        id: alarm.id,
        cause: alarm.cause,
        active: alarm.active,
        unacked: alarm.unacked,
        hold: alarm.hold,
        ack: alarm.ack.map(|ack| AckRow {
            by: ack.by,
            at: ack.at,
            comment: ack.comment,
            until: ack.until,
        }),
        first_seen: alarm.first_seen,
        raised: alarm.raised,
        stepped: alarm.stepped,
        returned: alarm.returned,
        occurrences: alarm.occurrences,
        case: alarm.case,
        version: alarm.version,
    };
    write(&row, out);
}

/// Reads an alarm back from its line.
pub(in crate::store) fn read_alarm(line: &str, pool: &mut Pool) -> Result<Alarm, String> {
    let mut row: AlarmRow = read(line)?;
    Arc::make_mut(&mut row.cause).share(pool);
    row.hold.share(pool);
    Ok(Alarm {
        id: row.id,
        cause: row.cause,
        active: row.active,
        unacked: row.unacked,
        hold: row.hold,
        ack: row.ack.map(|mut ack| {
            ack.by.share(pool);
            ack.comment.share(pool);
            Ack {
                by: ack.by,
                at: ack.at,
                comment: ack.comment,
                until: ack.until,
            }
        }),
        first_seen: row.first_seen,
        raised: row.raised,
        stepped: row.stepped,
        returned: row.returned,
        occurrences: row.occurrences,
        case: row.case,
        version: row.version,
    })
}

/// A case or a shift is its timeline: it is folded again from that.
#[derive(Debug, Serialize, Deserialize)]
struct StoryRow<T> {
    id: T,
    version: u32,
    /// How many lines of timeline follow.
    timeline: usize,
    /// After how many of them the clock was set, and by how much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<(usize, Span)>,
}

/// What stands before the fact in a line of a timeline: when, by whom, the fact's kind and version.
type LineHead<'a> = (Moment, Option<OperatorId>, &'a str, u32);

/// Writes a case as one line, and two for each thing that happened to it.
pub(in crate::store) fn write_case(case: &Case, out: &mut Vec<u8>) {
    let row = StoryRow {
        id: &case.id,
        version: case.version,
        timeline: case.timeline.len(),
        steps: case.steps.clone(),
    };
    write(&row, out);
    for line in case.timeline.iter() {
        write_line(line.at, &line.by, &Fact::Case(line.fact.clone()), out);
    }
}

fn write_line(at: Moment, by: &Actor, fact: &Fact, out: &mut Vec<u8>) {
    let stored = fact.stored();
    let head: LineHead<'_> = (at, name_of(by), &stored.kind, stored.version);
    out.push(b' ');
    write(&head, out);
    out.push(b' ');
    out.extend_from_slice(stored.json.as_bytes());
    out.push(b'\n');
}

/// Reads a case back from its lines.
pub(in crate::store) fn read_case(lines: &str, pool: &mut Pool) -> Result<Case, String> {
    let lines = &mut lines.lines();
    let row: StoryRow<CaseId> = read(lines.next().ok_or("no case")?)?;
    let first = read_line(lines, pool)?;
    let CaseFact::Opened(matter) = first.fact else {
        return Err("a case begins with its opening".to_owned());
    };
    let mut case = Case::opened(row.id, *matter, first.by, first.at, row.version);
    let mut steps = row.steps.into_iter().peekable();
    for _ in 1..row.timeline {
        while let Some((_, by)) = steps.next_if(|step| step.0 == case.timeline.len()) {
            case.step(by);
        }
        let line = read_line(lines, pool)?;
        case.apply(&line.fact, &line.by, line.at, row.version);
    }
    steps.for_each(|(_, by)| case.step(by));
    Ok(case)
}

fn read_line<'a>(lines: &mut impl Iterator<Item = &'a str>, pool: &mut Pool) -> Result<CaseLine, String> {
    let (at, by, fact) = read_fact(lines, pool)?;
    match fact {
        Fact::Case(fact) => Ok(CaseLine { at, by, fact }),
        Fact::Alarm(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Shift(_) | Fact::Room(_) => {
            Err("a foreign fact in a case".to_owned())
        }
    }
}

fn read_fact<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    pool: &mut Pool,
) -> Result<(Moment, Actor, Fact), String> {
    let head = lines.next().ok_or("no line of a timeline")?;
    let fact = lines.next().ok_or("no fact in a timeline")?;
    let (at, by, kind, version): LineHead<'_> = serde_json::from_str(head).map_err(|e| e.to_string())?;
    let fact = Fact::read(kind, version, fact, pool)?;
    Ok((at, actor(by, pool), fact))
}

/// Writes a shift as one line, and two for each thing that happened to it.
pub(in crate::store) fn write_shift(shift: &Shift, out: &mut Vec<u8>) {
    let row = StoryRow {
        id: &shift.id,
        version: shift.version,
        timeline: shift.timeline.len(),
        steps: shift.steps.clone(),
    };
    write(&row, out);
    for line in &shift.timeline {
        write_line(line.at, &line.by, &Fact::Shift(line.fact.clone()), out);
    }
}

/// Writes the last matter of a likeness as one line.
pub(in crate::store) fn write_like(like: &Clean, at: Moment, case: &CaseId, out: &mut Vec<u8>) {
    write(&(like, at, case), out);
}

/// Reads it back.
pub(in crate::store) fn read_like(line: &str) -> Result<(Clean, Moment, CaseId), String> {
    read(line)
}

/// Writes what a way out last said of taking nothing as one line.
pub(in crate::store) fn write_block(way: &ChannelId, block: &WayBlock, out: &mut Vec<u8>) {
    write(&(way, block.since, block.until, &block.words), out);
}

/// Reads it back.
pub(in crate::store) fn read_block(line: &str) -> Result<(ChannelId, WayBlock), String> {
    let (way, since, until, words) = read(line)?;
    Ok((way, WayBlock { since, until, words }))
}

/// Reads a shift back from its lines.
pub(in crate::store) fn read_shift(lines: &str, pool: &mut Pool) -> Result<Shift, String> {
    let lines = &mut lines.lines();
    let row: StoryRow<ShiftId> = read(lines.next().ok_or("no shift")?)?;
    let first = read_shift_line(lines, pool)?;
    let ShiftFact::Opened(duty) = first.fact else {
        return Err("a shift begins with its opening".to_owned());
    };
    let mut shift = Shift::opened(row.id, *duty, &first.by, first.at, row.version);
    let mut steps = row.steps.into_iter().peekable();
    for _ in 1..row.timeline {
        while let Some((_, by)) = steps.next_if(|step| step.0 == shift.timeline.len()) {
            shift.step(by);
        }
        let line = read_shift_line(lines, pool)?;
        shift.apply(&line.fact, &line.by, line.at, row.version);
    }
    steps.for_each(|(_, by)| shift.step(by));
    Ok(shift)
}

fn read_shift_line<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    pool: &mut Pool,
) -> Result<shift::ShiftLine, String> {
    let (at, by, fact) = read_fact(lines, pool)?;
    match fact {
        Fact::Shift(fact) => Ok(shift::ShiftLine { at, by, fact }),
        Fact::Alarm(_) | Fact::Task(_) | Fact::Notice(_) | Fact::Case(_) | Fact::Room(_) => {
            Err("a foreign fact in a shift".to_owned())
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct DeclaredRow {
    id: u32,
    what: Declaration,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<OperatorId>,
}

/// Writes a declared state as one line.
pub(in crate::store) fn write_declared(declared: &Declared, out: &mut Vec<u8>) {
    let row = DeclaredRow {
        id: declared.id,
        what: declared.what.clone(),
        by: name_of(&declared.by),
    };
    write(&row, out);
}

/// Reads it back.
pub(in crate::store) fn read_declared(line: &str, pool: &mut Pool) -> Result<Declared, String> {
    let row: DeclaredRow = read(line)?;
    Ok(Declared {
        id: row.id,
        what: row.what,
        by: actor(row.by, pool),
    })
}

/// Writes a forecast as one line.
pub(in crate::store) fn write_forecast(forecast: &Forecast, out: &mut Vec<u8>) {
    write(forecast, out);
}

/// Reads it back.
pub(in crate::store) fn read_forecast(line: &str) -> Result<Forecast, String> {
    read(line)
}

fn name_of(actor: &Actor) -> Option<OperatorId> {
    match actor {
        Actor::Person(id) => Some(id.clone()),
        Actor::Desk => None,
    }
}

fn actor(by: Option<OperatorId>, pool: &mut Pool) -> Actor {
    by.map_or(Actor::Desk, |mut by| {
        by.share(pool);
        Actor::Person(by)
    })
}

pub(super) fn read<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|e| e.to_string())
}

pub(super) fn write<T: Serialize>(row: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, row).expect("a row has text keys and plain values only");
    out.push(b'\n');
}
