//! The fires of the night on duty, as a tower would report them.

use lookout::domain::feed::PollResult;
use lookout::domain::id::SourceId;
use lookout::domain::place::Place;
use lookout::domain::signal::{Severity, Signal, SignalKind};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};

/// How many fires each township has, the last one's orders refused by its channel.
const FIRES: &[(&str, &str, f64, f64, usize)] = &[
    ("泗门镇", "u-simen", 30.17, 121.04, 30),
    ("马渚镇", "u-mazhu", 30.10, 121.07, 27),
    ("临山镇", "u-linshan", 30.14, 120.99, 3),
];

/// What the tower brings of that evening: sixty fires in three townships.
pub(crate) fn fires(now: Moment) -> PollResult {
    let rows = FIRES.iter().flat_map(|row| (0..row.4).map(move |nth| (row, nth)));
    let fires = rows.map(|((area, unit, lat, lon, _), nth)| Signal {
        source: SourceId::new("tower"),
        id: Clean::new(&format!("{unit}-{nth}")),
        kind: SignalKind::Fire,
        severity: Severity::Red,
        severity_words: Clean::default(),
        active: true,
        title: Clean::new(&format!("{area} 秸秆焚烧")),
        detail: Clean::new("热成像识别"),
        place: Place::new(lat + 0.006 * (nth % 6) as f64, lon + 0.006 * (nth / 6) as f64),
        area: Clean::new(area),
        point: None,
        bearing: None,
        picture: Clean::default(),
        at: now - Span::secs(40),
        ends: None,
        fields: Vec::new(),
    });
    PollResult {
        signals: fires.collect(),
        ..PollResult::default()
    }
}
