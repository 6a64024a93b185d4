//! Drafts, readings and signals to tell stories with.

use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::id::{AlarmId, OperatorId, PointId, SeatId, SourceId};
use lookout::domain::ledger::{Draft, Stream};
use lookout::domain::person::Actor;
use lookout::domain::place::Place;
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::{Flag, Period, Reading};
use lookout::domain::signal::{Severity, Signal, SignalKind};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};

/// Noon of the first day of the story.
pub(crate) fn noon() -> Moment {
    Moment::parse_rfc3339("2026-11-23T12:00:00+08:00").expect("a fixed text")
}

pub(crate) fn alarm(id: &str) -> Stream {
    Stream::Alarm(AlarmId::new(id))
}

pub(crate) fn raised(title: &str) -> Fact {
    Fact::Alarm(AlarmFact::raised(Cause {
        code: Clean::new("STRAW-FIRE"),
        severity: Severity::Orange,
        title: Clean::new(title),
        detail: Clean::new("热点 / hot spot"),
        source: Some(SourceId::new("firms")),
        place: Place::new(30.0371, 121.1549),
        began: noon(),
        ..Cause::default()
    }))
}

pub(crate) fn acknowledged(comment: &str) -> Fact {
    Fact::Alarm(AlarmFact::Acknowledged {
        comment: Clean::new(comment),
        until: Some(noon() + Span::hours(8)),
    })
}

pub(crate) fn desk(stream: Stream, expect: u32, fact: Fact) -> Draft {
    Draft {
        stream,
        expect,
        at: noon(),
        by: Actor::Desk,
        seat: None,
        fact,
    }
}

pub(crate) fn person(stream: Stream, expect: u32, fact: Fact) -> Draft {
    Draft {
        by: Actor::Person(OperatorId::new("duty1")),
        seat: Some(SeatId::new("seat-1")),
        ..desk(stream, expect, fact)
    }
}

pub(crate) fn reading(point: &str, hour: i64, value: i64) -> Reading {
    Reading {
        point: PointId::new(point),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: noon() + Span::hours(hour),
        value: Some(Value::whole(value)),
        flag: Flag::Valid,
        source: SourceId::new("cnemc"),
    }
}

pub(crate) fn signal(id: &str) -> Signal {
    Signal {
        source: SourceId::new("firms"),
        id: Clean::new(id),
        kind: SignalKind::Fire,
        severity: Severity::Orange,
        severity_words: Clean::default(),
        active: true,
        bearing: None,
        picture: Clean::default(),
        title: Clean::new("hot spot"),
        detail: Clean::default(),
        place: None,
        area: Clean::default(),
        point: None,
        at: noon(),
        ends: None,
        fields: Vec::new(),
    }
}
