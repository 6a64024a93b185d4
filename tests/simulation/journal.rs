//! A source that lists each event once, behind the last one that it was asked for: what is not recorded with it is lost.

use crate::room::EVERY;
use lookout::desk::poll::Wired;
use lookout::domain::feed::bounds::Bounds;
use lookout::domain::feed::{PollError, PollResult, Rows};
use lookout::domain::id::SourceId;
use lookout::domain::signal::{Severity, Signal, SignalKind};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::net::{Ask, Response};
use lookout::sources::{Cursor, Read, Source};
use serde_json::Value;

/// The name of the source.
pub(crate) const JOURNAL: &str = "journal";

/// The source, ready to be polled.
pub(crate) fn wired() -> Wired {
    Wired {
        id: SourceId::new(JOURNAL),
        kind: Clean::new(JOURNAL),
        source: Box::new(Journal),
        every: EVERY,
        late_after: None,
        bounds: Bounds::default(),
        most: 1 << 20,
        volume: None,
    }
}

struct Journal;

impl Source for Journal {
    fn ask(&self, cursor: &Cursor, _: Moment) -> Ask {
        Ask::get(format!(
            "http://{JOURNAL}.example/?after={}",
            cursor.as_u64().unwrap_or(0)
        ))
    }

    fn read(&self, cursor: &Cursor, reply: &Response, _: Moment) -> Result<Read, PollError> {
        let body = serde_json::from_slice::<Value>(&reply.body).ok();
        let list = body.as_ref().and_then(|body| body.get("list")?.as_array());
        let list = list.filter(|_| reply.status == 200).ok_or(PollError::Truncated)?;
        let signals: Vec<Signal> = list.iter().filter_map(signal).collect();
        let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let last = list.last().and_then(|row| row.get("n")?.as_u64());
        Ok(Read {
            take: PollResult {
                signals,
                rows: Rows {
                    there: count,
                    lost: 0,
                    gave: count,
                },
                ..PollResult::default()
            },
            cursor: last.map_or_else(|| cursor.clone(), Cursor::from),
            more: body.as_ref().and_then(|body| body.get("more")?.as_bool()) == Some(true),
        })
    }

    fn every(&self) -> Span {
        EVERY
    }

    fn late_after(&self) -> Option<Span> {
        None
    }

    fn resumes(&self) -> bool {
        true
    }
}

fn signal(row: &Value) -> Option<Signal> {
    Some(Signal {
        source: SourceId::new(JOURNAL),
        id: Clean::new(&format!("{JOURNAL}-{}", row.get("n")?.as_u64()?)),
        kind: SignalKind::Alert,
        severity: Severity::Yellow,
        severity_words: Clean::default(),
        active: true,
        title: Clean::new("an event"),
        detail: Clean::default(),
        place: None,
        area: Clean::default(),
        point: None,
        bearing: None,
        picture: Clean::default(),
        at: Moment::from_ms(row.get("t")?.as_i64()?),
        ends: None,
        fields: Vec::new(),
    })
}
