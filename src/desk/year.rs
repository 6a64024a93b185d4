//! The year's days on the board: read from the store's hours beside the loop, at the start, at each new day and every
//! few hours, because upstreams deliver late. The loop and the frames never wait for it.

use crate::clock::Clock;
use crate::desk::Event;
use crate::desk::board::Board;
use crate::domain::air::year::{StationHours, Year, first_day};
use crate::domain::air::{Norm, Pollutant};
use crate::domain::id::PointId;
use crate::domain::reading::Period;
use crate::domain::time::{Moment, Span, Zone};
use crate::store::{Store, StoreError};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tokio::sync::watch;

/// How often it looks whether a day has begun.
const LOOK: Duration = Duration::from_secs(60);
/// The first look; by then the start has painted and the first polls are in.
const FIRST: Duration = Duration::from_secs(3);
/// What upstreams correct or deliver late is taken in after this time.
const AGAIN: Span = Span::hours(6);

/// What was read, and when: up to which day, of how many stations, by what they are judged, in which zone.
type Made = ((NaiveDate, usize, Norm, Zone), Moment);

/// Until nobody listens any more.
pub(super) async fn run(
    mut reader: Box<dyn Store>,
    board: watch::Receiver<Arc<Board>>,
    clock: Clock,
    events: Sender<Event>,
) {
    let mut made: Option<Made> = None;
    let mut wait = FIRST;
    loop {
        tokio::time::sleep(wait).await;
        wait = LOOK;
        let (norm, zone, stations) = stations(&board.borrow());
        let now = clock.now();
        let Some(until) = now.date(zone).pred_opt() else {
            continue;
        };
        let of = (until, stations.len(), norm, zone);
        let known = made.is_some_and(|(before, at)| before == of && now.age_of(at) < AGAIN);
        if known || stations.is_empty() {
            continue;
        }
        made = Some((of, now));
        let work = tokio::task::spawn_blocking(move || {
            let year = read(reader.as_ref(), &stations, norm, (until, zone));
            (reader, year)
        });
        let Ok((back, year)) = work.await else { return };
        reader = back;
        match year {
            Ok(year) => {
                if events.send(Event::Year(Arc::new(year))).is_err() {
                    return;
                }
            }
            Err(error) => tracing::warn!(%error, "the year's days could not be read"),
        }
    }
}

/// The stations whose hours make the county's days, and whether each is a background site: those that should speak, heard
/// or not, and whatever else that nobody describes has measured. Models are left out.
fn stations(board: &Board) -> (Norm, Zone, Vec<(PointId, bool)>) {
    let due = board.stations.iter();
    let mut stations: BTreeMap<PointId, bool> = due
        .map(|station| (station.id.clone(), station.background))
        .collect();
    let unnamed = |id: &PointId| !board.points.contains_key(id);
    for (id, _) in board.air.iter().filter(|(id, now)| !now.modelled && unnamed(id)) {
        stations.entry(id.clone()).or_insert(false);
    }
    (
        board.room.standard,
        board.room.zone,
        stations.into_iter().collect(),
    )
}

/// One year of hours of these stations as days.
fn read(
    store: &dyn Store,
    stations: &[(PointId, bool)],
    norm: Norm,
    (until, zone): (NaiveDate, Zone),
) -> Result<Year, StoreError> {
    let first = first_day(until).and_hms_opt(0, 0, 0);
    let first = first.and_then(|local| Moment::from_local(local, zone));
    let from = first.unwrap_or_default() - Span::hours(8);
    let end = until.succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0));
    let end = end
        .and_then(|local| Moment::from_local(local, zone))
        .unwrap_or(from);
    let mut hours: Vec<(StationHours, bool)> = Vec::with_capacity(stations.len());
    for (id, background) in stations {
        let mut six = StationHours::default();
        for (p, series) in Pollutant::ALL.into_iter().zip(&mut six) {
            let readings = store.series((id, p.quantity(), Period::Hour), from, end)?;
            *series = readings
                .iter()
                .filter_map(|r| Some((r.at, r.usable()?)))
                .collect();
        }
        hours.push((six, *background));
    }
    Ok(Year::of_hours(norm, (until, zone), &hours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{revised, start};
    use crate::domain::directory::{Point, PointKind};
    use crate::domain::id::SourceId;
    use crate::domain::quantity::Value;
    use crate::domain::reading::{Flag, Reading};
    use crate::domain::text::Clean;
    use crate::domain::time::CHINA;
    use crate::store::{OpenMode, Readings, Sqlite};

    #[test]
    fn the_stores_hours_become_the_years_days_and_the_last_hour_of_a_day_is_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
        let midnight = Moment::parse_rfc3339("2026-01-01T00:00:00+08:00").expect("a fixed text");
        let station = PointId::new("S1");
        // Days of 10, 20 and 30 µg/m³; the third is not over yet.
        let readings: Vec<Reading> = (1..=72)
            .map(|hour| Reading {
                source: SourceId::new("air"),
                point: station.clone(),
                quantity: Pollutant::Pm25.quantity(),
                period: Period::Hour,
                at: midnight + Span::hours(hour),
                value: Some(Value::whole(10 * (1 + (hour - 1) / 24))),
                flag: Flag::Valid,
            })
            .collect();
        store
            .keep(&readings, midnight + Span::days(4))
            .expect("the store keeps");
        let until = NaiveDate::from_ymd_opt(2026, 1, 2).expect("a date");
        let year = read(&store, &[(station, false)], Norm::Hj633, (until, CHINA)).expect("the store reads");
        let pm25 = |day: &crate::domain::air::Day| day.values.last().copied().flatten();
        let days: Vec<_> = year.days.values().filter_map(pm25).collect();
        assert_eq!(days, [Value::whole(10), Value::whole(20)]);
    }

    #[test]
    fn a_day_counts_the_stations_that_never_spoke() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
        let midnight = Moment::parse_rfc3339("2026-01-01T00:00:00+08:00").expect("a fixed text");
        let reading = |hour| Reading {
            source: SourceId::new("air"),
            point: PointId::new("S1"),
            quantity: Pollutant::Pm25.quantity(),
            period: Period::Hour,
            at: midnight + Span::hours(hour),
            value: Some(Value::whole(20)),
            flag: Flag::Valid,
        };
        let now = midnight + Span::hours(25);
        let readings: Vec<Reading> = (1..=24).map(reading).collect();
        store.keep(&readings, now).expect("the store keeps");
        let until = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
        let days = |named: &[&str]| {
            let mut room = revised::tests::room();
            let points = named
                .iter()
                .map(|id| Point::new(PointId::new(id), Clean::default(), PointKind::Air));
            room.directory.points = points.collect();
            let board = start::board(room, &store, &[], now).expect("the store reads");
            let (norm, zone, stations) = stations(&board);
            let year = read(&store, &stations, norm, (until, zone)).expect("the store reads");
            (stations.len(), year.days.len())
        };
        assert_eq!(days(&["S1", "S2"]), (2, 1));
        assert_eq!(
            days(&["S1", "S2", "S3", "S4"]),
            (4, 0),
            "one of four is no county"
        );
    }
}
