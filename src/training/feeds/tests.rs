//! Feeds as bytes: the same for the same seed and moment, others for another; what each shows agrees with the others.

mod fakes;

use super::*;
use crate::domain::place::{Datum, Place};
use crate::domain::sighting::{BEARING_ERROR_DEG, CameraRay, cross};
use crate::domain::time::Span;
use serde_json::Value;

/// Noon of a day in the rice harvest.
fn noon() -> Moment {
    Moment::parse_rfc3339("2026-11-23T12:00:00+08:00").expect("a fixed text")
}

fn json(feed: &Feed, world: &World, at: Moment) -> Value {
    serde_json::from_str(&(feed.body)(world, at)).expect("JSON")
}

#[test]
fn the_same_seed_and_moment_give_the_same_bytes_and_another_seed_others() {
    for feed in FEEDS {
        let body = |seed, at| (feed.body)(&World::new(seed), at);
        let hours = |seed| (0..30).map(move |hour| body(seed, noon() + Span::hours(8 * hour)));
        assert_eq!(body(7, noon()), body(7, noon()), "{}", feed.name);
        assert!(hours(7).ne(hours(8)), "{}", feed.name);
    }
}

#[test]
fn every_feed_is_found_by_its_path_and_by_no_other() {
    for feed in FEEDS {
        let found = by_path(feed.path).map(|found| found.name);
        assert_eq!(found, Some(feed.name));
    }
    assert!(by_path("/orders").is_none());
}

#[test]
fn the_archive_and_the_current_hour_agree() {
    let world = World::new(1);
    let at = noon() + Span::mins(30);
    let archive = (archive::FEED.body)(&world, at);
    let lines: Vec<&str> = archive.lines().collect();
    assert_eq!(lines.len(), 1 + 48 * 7);
    let newest = lines
        .iter()
        .find(|line| line.starts_with("20261123,12,PM2.5,"))
        .expect("the newest hour");
    let cells: Vec<&str> = newest.split(',').skip(3).collect();
    let rows = json(&stations::FEED, &world, at);
    let live: Vec<&str> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["PM2_5"].as_str())
        .collect();
    let live: Vec<&str> = live
        .into_iter()
        .map(|text| if text == "—" { "" } else { text })
        .collect();
    assert_eq!(cells, live);
    assert_eq!(rows[0]["TimePoint"], "2026-11-23T12:00:00");
}

#[test]
fn an_hour_is_published_some_minutes_after_its_end() {
    let world = World::new(1);
    let shown = |minutes| json(&stations::FEED, &world, noon() + Span::mins(minutes))[0]["TimePoint"].clone();
    assert_eq!(
        (shown(5), shown(9)),
        ("2026-11-23T11:00:00".into(), "2026-11-23T12:00:00".into())
    );
}

#[test]
fn a_station_that_is_offline_has_its_alert_and_no_values() {
    let world = World::new(1);
    let count = world.county.stations.len();
    let hours = (0..100).map(|hour| noon() + Span::hours(hour));
    let outage = hours.into_iter().find_map(|at| {
        let nth = (0..count).find(|&nth| world.upkeep.outage(nth, count, at).is_some())?;
        Some((at, nth))
    });
    let (at, nth) = outage.expect("an outage within days");
    let station = &world.county.stations[nth];
    let alerts = json(&alerts::FEED, &world, at);
    let offline = |alert: &Value| {
        alert["labels"]["alertname"] == "StationOffline" && alert["labels"]["instance"] == station.id.as_str()
    };
    assert!(alerts.as_array().expect("alerts").iter().any(offline));
    let hour = world.hours(at, at);
    assert_eq!(hour[0].stations[nth], None);
}

#[test]
fn a_camera_that_is_offline_sees_nothing() {
    let world = World::new(1);
    let minutes = (0..4000).map(|n| noon() + Span::mins(5 * n));
    let mut looks = 0;
    for at in minutes {
        for (nth, camera) in world.county.cameras.iter().enumerate() {
            let Some(trouble) = world.upkeep.camera(nth, at) else {
                continue;
            };
            let rows = json(&tower::FEED, &world, trouble.until);
            let rows = rows["data"]["list"].as_array().expect("rows").clone();
            let since = trouble
                .since
                .local(crate::domain::time::CHINA)
                .format("%Y-%m-%d %H:%M:%S")
                .to_string();
            let mut seen = rows.iter().filter(|row| row["towerCode"] == camera.id.as_str());
            assert!(!seen.any(|row| row["eventTime"].as_str() >= Some(since.as_str())));
            looks += 1;
        }
        if looks > 20 {
            return;
        }
    }
    panic!("no camera was ever offline");
}

#[test]
fn a_fire_that_two_cameras_see_is_where_their_bearings_cross() {
    let world = World::new(1);
    let days = (0..4).map(|day| json(&tower::FEED, &world, noon() + Span::days(day)));
    let rows: Vec<Value> = days
        .flat_map(|day| day["data"]["list"].as_array().expect("rows").clone())
        .collect();
    let sight = |row: &Value| {
        let camera = world
            .county
            .cameras
            .iter()
            .find(|camera| row["towerCode"] == camera.id.as_str());
        CameraRay {
            from: camera.expect("a camera").place,
            bearing: row["bearing"].as_f64().expect("a number"),
        }
    };
    let mut crossed = 0;
    for second in rows
        .iter()
        .filter(|row| row["eventId"].as_str().is_some_and(|id| id.ends_with("-2")))
    {
        let id = second["eventId"].as_str().expect("text").trim_end_matches("-2");
        let first = rows
            .iter()
            .find(|row| row["eventId"] == id)
            .expect("the nearer camera's");
        assert_ne!(first["towerCode"], second["towerCode"]);
        let (lat, lon) = (second["lat"].as_f64(), second["lng"].as_f64());
        let place =
            Place::on(Datum::Gcj02, lat.expect("a number"), lon.expect("a number")).expect("in range");
        let Some(found) = cross(sight(first), sight(second), BEARING_ERROR_DEG.0) else {
            continue;
        };
        assert!(
            found.place.distance_m(place) < 4.0 * found.error_m,
            "{second} {found:?}"
        );
        crossed += 1;
    }
    assert!(crossed >= 3, "{crossed} of {}", rows.len());
}

#[test]
fn a_harvest_noon_shows_fires_and_the_satellite_saw_some_of_the_week() {
    let world = World::new(1);
    let rows = json(&tower::FEED, &world, noon())["data"]["list"]
        .as_array()
        .expect("rows")
        .len();
    assert!((3..30).contains(&rows), "{rows}");
    let days = (0..7).map(|day| {
        (firms::FEED.body)(&world, noon() + Span::days(day))
            .lines()
            .count()
            - 1
    });
    let seen: usize = days.sum();
    assert!((3..120).contains(&seen), "{seen}");
}

#[test]
fn warnings_come_and_go_within_a_year() {
    let world = World::new(1);
    let counts: Vec<usize> = (0..365)
        .map(|day| {
            json(
                &warnings::FEED,
                &world,
                noon() + Span::days(day) + Span::hours(day % 24),
            )
        })
        .map(|body| body["data"].as_array().expect("rows").len())
        .collect();
    assert!(counts.contains(&0) && counts.contains(&1), "{counts:?}");
    let calm = counts.iter().filter(|&&count| count == 0).count();
    assert!((120..330).contains(&calm), "{calm}");
}

#[test]
fn the_forecast_is_of_three_days_ahead_and_reaches_the_linkage_often_enough_to_be_seen() {
    let mut reached = 0;
    for day in 0..120 {
        let at = noon() + Span::days(day);
        let rows = json(&outlook::FEED, &World::new(1), at);
        let rows = rows["data"].as_array().expect("rows");
        let dates: Vec<&str> = rows.iter().filter_map(|row| row["date"].as_str()).collect();
        let first = (at - Span::hours(17)).date(CHINA).succ_opt().expect("a day");
        let ahead: Vec<String> = first.iter_days().take(3).map(|day| day.to_string()).collect();
        assert_eq!(dates, ahead);
        let over = |row: &Value| {
            let range = row["aqi"].as_str().and_then(|range| range.split('~').next_back());
            range
                .and_then(|upper| upper.parse::<u16>().ok())
                .is_some_and(|upper| upper > 100)
        };
        reached += u32::from(rows.iter().any(over));
    }
    assert!((20..110).contains(&reached), "{reached} of 120 days");
}
