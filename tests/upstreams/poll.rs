//! One poll of one source without server or runtime: replies in, what was taken in out, as lines that people can read.

use lookout::bench::check::World;
use lookout::config::Config;
use lookout::config::checked::read;
use lookout::domain::directory::Point;
use lookout::domain::fact::forecast::Forecast;
use lookout::domain::feed::{BadRow, PollError, PollResult};
use lookout::domain::reading::Reading;
use lookout::domain::signal::{SIGNAL_KINDS, Signal};
use lookout::domain::time::{CHINA, Moment};
use lookout::net::Response;
use lookout::sources::{Cursor, Source, build};
use std::path::Path;
use std::sync::Arc;

/// The configuration of one source: `text` is what follows its `id`.
pub(crate) fn config(text: &str) -> Config {
    let whole = format!("[room]\nname = \"测\"\n[[source]]\nid = \"s\"\n{text}");
    read(Path::new("lookout.toml"), &whole, &World).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The source of such a configuration.
pub(crate) fn source(text: &str) -> Box<dyn Source> {
    let config = config(text);
    build(&config.sources[0], &Arc::new(config.directory))
}

/// A reply of success.
pub(crate) fn ok(body: impl Into<Vec<u8>>, at: Moment) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: body.into(),
        at,
        ..Response::default()
    }
}

/// A poll: each reply in turn, as long as the source asks for more. Also the addresses that were asked.
pub(crate) fn poll(
    source: &dyn Source,
    cursor: &mut Cursor,
    replies: &[Response],
) -> (Vec<String>, Result<PollResult, PollError>) {
    let mut whole = PollResult::begun();
    let mut asked = Vec::new();
    for reply in replies {
        asked.push(format!("{:?}", source.ask(cursor, reply.at)));
        let read = match source.read(cursor, reply, reply.at) {
            Ok(read) => read,
            Err(trouble) => return (asked, Err(trouble)),
        };
        whole.add(read.take);
        *cursor = read.cursor;
        if !read.more {
            break;
        }
    }
    assert_eq!(asked.len(), replies.len(), "asks that were made: {asked:?}");
    (asked, whole.settle())
}

/// One poll that must be good.
pub(crate) fn take(source: &dyn Source, replies: &[Response]) -> PollResult {
    let (_, result) = poll(source, &mut Cursor::Null, replies);
    result.unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse_rfc3339(text).unwrap_or_else(|| panic!("{text} is no moment"))
}

pub(crate) fn point_line(point: &Point) -> String {
    let place = point
        .place
        .map_or("nowhere".to_owned(), |p| format!("{:.4},{:.4}", p.lat(), p.lon()));
    let town = point
        .township
        .as_ref()
        .map_or(String::new(), |t| format!(" in {t}"));
    let background = if point.background { " background" } else { "" };
    let kind = point.kind.key();
    format!("{} {kind} {} {place}{town}{background}", point.id, point.name)
}

pub(crate) fn reading_line(reading: &Reading) -> String {
    let value = reading.value.map_or("none".to_owned(), |value| value.to_string());
    let (quantity, period) = (reading.quantity.key(), reading.period.key());
    let at = reading.at.local(CHINA).format("%Y-%m-%d %H:%M");
    let flag = format!("{:?}", reading.flag).to_lowercase();
    let flag = if flag == "valid" {
        String::new()
    } else {
        format!(" {flag}")
    };
    format!("{} {at} {period} {quantity} {value}{flag}", reading.point)
}

pub(crate) fn signal_line(signal: &Signal) -> String {
    let place = signal
        .place
        .map_or(String::new(), |p| format!(" @{:.4},{:.4}", p.lat(), p.lon()));
    let at = signal.at.local(CHINA).format("%Y-%m-%d %H:%M");
    let state = if signal.active { "active" } else { "ended" };
    let kind = SIGNAL_KINDS.iter().find(|row| row.0 == signal.kind);
    let (kind, severity) = (kind.map_or("", |row| row.1), signal.severity.key());
    let picture = Some(&signal.picture).filter(|picture| !picture.is_empty());
    let picture = picture.map_or_else(String::new, |picture| format!(" [{picture}]"));
    format!(
        "{} {kind} {severity} {state} {at}{place} {}{picture}",
        signal.id, signal.title
    )
}

pub(crate) fn flaw_line(flaw: &BadRow) -> String {
    format!("{:?} at {}: {}", flaw.why, flaw.place, flaw.found)
}

pub(crate) fn forecast_line(forecast: &Forecast) -> String {
    let days = forecast.days.iter().map(|day| {
        let index = day.aqi.map_or_else(|| "none".to_owned(), |aqi| aqi.to_string());
        let ozone = day
            .o3_8h
            .map_or_else(String::new, |value| format!(" O3-8h {value}"));
        format!("{} {index}{ozone} {} {}", day.date, day.cause.key(), day.words)
    });
    let days = days.collect::<Vec<_>>().join("; ");
    format!(
        "{}: {days}",
        forecast.issued.local(CHINA).format("%Y-%m-%d %H:%M")
    )
}
