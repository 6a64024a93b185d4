//! A task as a snapshot keeps it: with its way, what its ways said, and how far it has come.

use crate::domain::fact::pool::{Pool, Pooled};
use crate::domain::fact::task::Order;
use crate::domain::id::{ChannelId, TaskId};
use crate::domain::task::{Answer, Delivery, Said, Task};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::store::rows::whole::{read, write};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct TaskRow {
    id: TaskId,
    order: Order,
    ordered: Moment,
    sent: Moment,
    way: ChannelId,
    said: Vec<SaidRow>,
    delivery: DeliveryRow,
    stepped: Span,
    tried: Option<Moment>,
    answers: Vec<(Moment, Moment, Clean, Clean, Option<Clean>)>,
    version: u32,
}

type SaidRow = (ChannelId, Moment, Clean);

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeliveryRow {
    Pending(u32, Clean, Moment),
    Trying(Moment, u32),
    InDoubt(Moment, Clean),
    Call(Moment),
    Delivered(Moment, Clean),
    Refused(Moment, Clean),
    Withdrawn(Moment),
}

/// Writes a task as one line.
pub(in crate::store) fn write_task(task: &Task, out: &mut Vec<u8>) {
    let answer = |answer: &Answer| {
        let Answer {
            kind, text, photo, ..
        } = answer.clone();
        (answer.at, answer.heard, kind, text, photo)
    };
    let said = |one: &Said| (one.way.clone(), one.at, one.words.clone());
    let row = TaskRow {
        id: task.id.clone(),
        order: task.order.clone(),
        ordered: task.ordered,
        sent: task.sent,
        way: task.way.clone(),
        said: task.said.iter().map(said).collect(),
        delivery: match task.delivery.clone() {
            Delivery::Pending { attempts, why, next } => DeliveryRow::Pending(attempts, why, next),
            Delivery::Trying { at, attempts } => DeliveryRow::Trying(at, attempts),
            Delivery::InDoubt { at, why } => DeliveryRow::InDoubt(at, why),
            Delivery::Call { at } => DeliveryRow::Call(at),
            Delivery::Delivered { at, receipt } => DeliveryRow::Delivered(at, receipt),
            Delivery::Refused { at, why } => DeliveryRow::Refused(at, why),
            Delivery::Withdrawn { at } => DeliveryRow::Withdrawn(at),
        },
        stepped: task.stepped,
        tried: task.tried,
        answers: task.answers.iter().map(answer).collect(),
        version: task.version,
    };
    write(&row, out);
}

/// Reads a task back from its line.
pub(in crate::store) fn read_task(line: &str, pool: &mut Pool) -> Result<Task, String> {
    let mut row: TaskRow = read(line)?;
    row.order.share(pool);
    let answer = |(at, heard, kind, text, photo)| Answer {
        at,
        heard,
        kind,
        text,
        photo,
    };
    let said = |(mut way, at, mut words): SaidRow| {
        ChannelId::share(&mut way, pool);
        Clean::share(&mut words, pool);
        Said { way, at, words }
    };
    Ok(Task {
        id: row.id,
        order: row.order,
        ordered: row.ordered,
        sent: row.sent,
        way: row.way,
        said: row.said.into_iter().map(said).collect(),
        delivery: match row.delivery {
            DeliveryRow::Pending(attempts, mut why, next) => {
                why.share(pool);
                Delivery::Pending { attempts, why, next }
            }
            DeliveryRow::Trying(at, attempts) => Delivery::Trying { at, attempts },
            DeliveryRow::InDoubt(at, why) => Delivery::InDoubt { at, why },
            DeliveryRow::Call(at) => Delivery::Call { at },
            DeliveryRow::Delivered(at, receipt) => Delivery::Delivered { at, receipt },
            DeliveryRow::Refused(at, why) => Delivery::Refused { at, why },
            DeliveryRow::Withdrawn(at) => Delivery::Withdrawn { at },
        },
        stepped: row.stepped,
        tried: row.tried,
        answers: row.answers.into_iter().map(answer).collect(),
        version: row.version,
    })
}
