//! Whole alarms, cases, tasks, shifts and issued reports as a snapshot keeps them: one line of JSON each, a case and a
//! shift followed by their timelines.
//!
//! Disposable, so without versions: a line that cannot be read throws the snapshot away.

use crate::domain::alarm::Ack;
use crate::domain::alarm::Alarm;
use crate::domain::case::Case;
use crate::domain::case::CaseFact;
use crate::domain::case::Line;
use crate::domain::declared::Declared;
use crate::domain::emergency::forecast::Forecast;
use crate::domain::id::CaseId;
use crate::domain::ledger::Fact;
use crate::domain::ledger::Issued;
use crate::domain::ledger::ReportKey;
use crate::domain::person::Actor;
use crate::domain::shift;
use crate::domain::shift::Shift;
use crate::domain::shift::ShiftFact;
use crate::domain::task::Answer;
use crate::domain::task::Delivery;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::rows;
use crate::store::rows::alarm::CauseRow;
use crate::store::rows::alarm::HoldRow;
use crate::store::rows::form::Pool;
use crate::store::rows::form::Text;
use crate::store::rows::form::back;
use crate::store::rows::form::read;
use crate::store::rows::room::DeclarationRow;
use crate::store::rows::room::ForecastRow;
use crate::store::rows::task::OrderRow;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Serialize, Deserialize)]
struct AlarmRow {
    id: Text,
    cause: CauseRow,
    active: bool,
    unacked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hold: Option<HoldRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ack: Option<AckRow>,
    first_seen: i64,
    raised: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    returned: Option<i64>,
    occurrences: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    case: Option<Text>,
    version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct AckRow {
    by: Text,
    at: i64,
    comment: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

/// Writes an alarm as one line.
pub(in crate::store) fn write_alarm(alarm: &Alarm, out: &mut Vec<u8>) {
    let row = AlarmRow {
        id: Text::of(&alarm.id),
        cause: CauseRow::of(&alarm.cause),
        active: alarm.active,
        unacked: alarm.unacked,
        hold: alarm.hold.as_ref().map(HoldRow::of),
        ack: alarm.ack.as_ref().map(|ack| AckRow {
            by: Text::of(&ack.by),
            at: ack.at.ms(),
            comment: Text::of(&ack.comment),
            until: ack.until.map(Moment::ms),
        }),
        first_seen: alarm.first_seen.ms(),
        raised: alarm.raised.ms(),
        returned: alarm.returned.map(Moment::ms),
        occurrences: alarm.occurrences,
        case: Text::maybe(alarm.case.as_ref()),
        version: alarm.version,
    };
    write(&row, out);
}

/// Reads an alarm back from its line.
pub(in crate::store) fn read_alarm(line: &str, pool: &mut Pool) -> Result<Alarm, String> {
    let row: AlarmRow = read(line)?;
    Ok(Alarm {
        id: row.id.back(),
        cause: row.cause.back(pool),
        active: row.active,
        unacked: row.unacked,
        hold: row.hold.map(|hold| hold.back(pool)),
        ack: row.ack.map(|ack| Ack {
            by: pool.share(ack.by).into(),
            at: Moment::from_ms(ack.at),
            comment: pool.share(ack.comment),
            until: ack.until.map(Moment::from_ms),
        }),
        first_seen: Moment::from_ms(row.first_seen),
        raised: Moment::from_ms(row.raised),
        returned: row.returned.map(Moment::from_ms),
        occurrences: row.occurrences,
        case: back(row.case),
        version: row.version,
    })
}

/// A case or a shift is its timeline: it is folded again from that.
#[derive(Debug, Serialize, Deserialize)]
struct StoryRow {
    id: Text,
    version: u32,
    /// How many lines of timeline follow.
    timeline: usize,
}

/// What stands before the fact in a line of a timeline: when, by whom, the fact's kind and version.
type LineHead<'a> = (i64, Option<Text>, &'a str, u32);

/// Writes a case as one line, and two for each thing that happened to it.
pub(in crate::store) fn write_case(case: &Case, out: &mut Vec<u8>) {
    let row = StoryRow {
        id: Text::of(&case.id),
        version: case.version,
        timeline: case.timeline.len(),
    };
    write(&row, out);
    for line in case.timeline.iter() {
        write_line(line.at, &line.by, &Fact::Case(line.fact.clone()), out);
    }
}

fn write_line(at: Moment, by: &Actor, fact: &Fact, out: &mut Vec<u8>) {
    let by = match by {
        Actor::Person(id) => Some(Text::of(id)),
        Actor::Desk => None,
    };
    let stored = rows::encode(fact);
    let head: LineHead<'_> = (at.ms(), by, stored.kind, stored.version);
    write(&head, out);
    out.extend_from_slice(stored.json.as_bytes());
    out.push(b'\n');
}

/// Reads a case back from its lines.
pub(in crate::store) fn read_case<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    pool: &mut Pool,
) -> Result<Case, String> {
    let row: StoryRow = read(lines.next().ok_or("no case")?)?;
    let first = read_line(lines, pool)?;
    let CaseFact::Opened(matter) = first.fact else {
        return Err("a case begins with its opening".to_owned());
    };
    let mut case = Case::opened(row.id.back(), *matter, first.by, first.at, row.version);
    for _ in 1..row.timeline {
        let line = read_line(lines, pool)?;
        case.apply(&line.fact, &line.by, line.at, row.version);
    }
    Ok(case)
}

fn read_line<'a>(lines: &mut impl Iterator<Item = &'a str>, pool: &mut Pool) -> Result<Line, String> {
    let (at, by, fact) = read_fact(lines, pool)?;
    match fact {
        Fact::Case(fact) => Ok(Line { at, by, fact }),
        Fact::Alarm(_) | Fact::Task(_) | Fact::Shift(_) | Fact::Room(_) => {
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
    let fact = rows::decode(kind, version, fact, pool)?;
    let by = by.map_or(Actor::Desk, |by| Actor::Person(pool.share(by).into()));
    Ok((Moment::from_ms(at), by, fact))
}

/// Writes a shift as one line, and two for each thing that happened to it.
pub(in crate::store) fn write_shift(shift: &Shift, out: &mut Vec<u8>) {
    let row = StoryRow {
        id: Text::of(&shift.id),
        version: shift.version,
        timeline: shift.timeline.len(),
    };
    write(&row, out);
    for line in &shift.timeline {
        write_line(line.at, &line.by, &Fact::Shift(line.fact.clone()), out);
    }
}

/// Writes the last matter of a likeness as one line.
pub(in crate::store) fn write_like(like: &Clean, at: Moment, case: &CaseId, out: &mut Vec<u8>) {
    write(&(Text::of(like), at.ms(), Text::of(case)), out);
}

/// Reads it back.
pub(in crate::store) fn read_like(line: &str) -> Result<(Clean, Moment, CaseId), String> {
    let (like, at, case): (Text, i64, Text) = read(line)?;
    Ok((like.back(), Moment::from_ms(at), case.back()))
}

/// Reads a shift back from its lines.
pub(in crate::store) fn read_shift<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    pool: &mut Pool,
) -> Result<Shift, String> {
    let row: StoryRow = read(lines.next().ok_or("no shift")?)?;
    let first = read_shift_line(lines, pool)?;
    let ShiftFact::Opened(duty) = first.fact else {
        return Err("a shift begins with its opening".to_owned());
    };
    let mut shift = Shift::opened(row.id.back(), *duty, &first.by, first.at, row.version);
    for _ in 1..row.timeline {
        let line = read_shift_line(lines, pool)?;
        shift.apply(&line.fact, &line.by, line.at, row.version);
    }
    Ok(shift)
}

fn read_shift_line<'a>(
    lines: &mut impl Iterator<Item = &'a str>,
    pool: &mut Pool,
) -> Result<shift::Line, String> {
    let (at, by, fact) = read_fact(lines, pool)?;
    match fact {
        Fact::Shift(fact) => Ok(shift::Line { at, by, fact }),
        Fact::Alarm(_) | Fact::Task(_) | Fact::Case(_) | Fact::Room(_) => {
            Err("a foreign fact in a shift".to_owned())
        }
    }
}

/// An issued report: kind, from, until, when, by whom, digest.
type IssuedRow = (Text, i64, i64, i64, Option<Text>, Text);

/// Writes an issued report as one line.
pub(in crate::store) fn write_issued(key: &ReportKey, issued: &Issued, out: &mut Vec<u8>) {
    let by = match &issued.by {
        Actor::Person(id) => Some(Text::of(id)),
        Actor::Desk => None,
    };
    let row: IssuedRow = (
        Text::of(&key.kind),
        key.from.ms(),
        key.until.ms(),
        issued.at.ms(),
        by,
        Text::of(&issued.digest),
    );
    write(&row, out);
}

/// Reads an issued report back from its line.
pub(in crate::store) fn read_issued(line: &str, pool: &mut Pool) -> Result<(ReportKey, Issued), String> {
    let (kind, from, until, at, by, digest): IssuedRow = read(line)?;
    let key = ReportKey {
        kind: pool.share(kind),
        from: Moment::from_ms(from),
        until: Moment::from_ms(until),
    };
    let issued = Issued {
        at: Moment::from_ms(at),
        by: by.map_or(Actor::Desk, |by| Actor::Person(pool.share(by).into())),
        digest: digest.back(),
    };
    Ok((key, issued))
}

#[derive(Debug, Serialize, Deserialize)]
struct TaskRow {
    id: Text,
    order: OrderRow,
    ordered: i64,
    delivery: DeliveryRow,
    answers: Vec<(i64, Text, Text)>,
    version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeliveryRow {
    Pending(u32, Text, i64),
    Delivered(i64, Text),
    Refused(i64, Text),
    Withdrawn(i64),
}

/// Writes a task as one line.
pub(in crate::store) fn write_task(task: &Task, out: &mut Vec<u8>) {
    let answer = |answer: &Answer| (answer.at.ms(), Text::of(&answer.kind), Text::of(&answer.text));
    let row = TaskRow {
        id: Text::of(&task.id),
        order: OrderRow::of(&task.order),
        ordered: task.ordered.ms(),
        delivery: match &task.delivery {
            Delivery::Pending { attempts, why, next } => {
                DeliveryRow::Pending(*attempts, Text::of(why), next.ms())
            }
            Delivery::Delivered { at, receipt } => DeliveryRow::Delivered(at.ms(), Text::of(receipt)),
            Delivery::Refused { at, why } => DeliveryRow::Refused(at.ms(), Text::of(why)),
            Delivery::Withdrawn { at } => DeliveryRow::Withdrawn(at.ms()),
        },
        answers: task.answers.iter().map(answer).collect(),
        version: task.version,
    };
    write(&row, out);
}

/// Reads a task back from its line.
pub(in crate::store) fn read_task(line: &str, pool: &mut Pool) -> Result<Task, String> {
    let row: TaskRow = read(line)?;
    let answer = |(at, kind, text): (i64, Text, Text)| Answer {
        at: Moment::from_ms(at),
        kind: kind.back::<Clean>(),
        text: text.back(),
    };
    Ok(Task {
        id: row.id.back(),
        order: row.order.back(pool),
        ordered: Moment::from_ms(row.ordered),
        delivery: match row.delivery {
            DeliveryRow::Pending(attempts, why, next) => Delivery::Pending {
                attempts,
                why: pool.share(why),
                next: Moment::from_ms(next),
            },
            DeliveryRow::Delivered(at, receipt) => Delivery::Delivered {
                at: Moment::from_ms(at),
                receipt: receipt.back(),
            },
            DeliveryRow::Refused(at, why) => Delivery::Refused {
                at: Moment::from_ms(at),
                why: pool.share(why),
            },
            DeliveryRow::Withdrawn(at) => Delivery::Withdrawn {
                at: Moment::from_ms(at),
            },
        },
        answers: row.answers.into_iter().map(answer).collect(),
        version: row.version,
    })
}

#[derive(Debug, Serialize, Deserialize)]
struct DeclaredRow {
    id: u32,
    what: DeclarationRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Text>,
}

/// Writes a declared state as one line.
pub(in crate::store) fn write_declared(declared: &Declared, out: &mut Vec<u8>) {
    let row = DeclaredRow {
        id: declared.id,
        what: DeclarationRow::of(&declared.what),
        by: match &declared.by {
            Actor::Person(id) => Some(Text::of(id)),
            Actor::Desk => None,
        },
    };
    write(&row, out);
}

pub(in crate::store) fn read_declared(line: &str) -> Result<Declared, String> {
    let row: DeclaredRow = read(line)?;
    Ok(Declared {
        id: row.id,
        what: row.what.back()?,
        by: row.by.map_or(Actor::Desk, |by| Actor::Person(by.back())),
    })
}

pub(in crate::store) fn write_forecast(forecast: &Forecast, out: &mut Vec<u8>) {
    write(&ForecastRow::of(forecast), out);
}

pub(in crate::store) fn read_forecast(line: &str) -> Result<Forecast, String> {
    read::<ForecastRow>(line)?.back()
}

fn write<T: Serialize>(row: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, row).expect("a row has text keys and plain values only");
    out.push(b'\n');
}
