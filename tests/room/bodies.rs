//! Bodies of upstreams, written by hand, dated relative to the moment a test runs.

use chrono::FixedOffset;
use lookout::clock::Clock;
use lookout::domain::time::{CHINA, Moment, Span};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;

/// The full hour before now.
pub(crate) fn hour() -> Moment {
    Clock::Wall.now().floor(Span::hours(1))
}

/// Two stations as the national platform writes them; by HJ 633-2026 their indices are 78 (O₃) and 46 (PM10).
pub(crate) fn air() -> Arc<[u8]> {
    let station = |code: &str, name: &str, [pm25, pm10, o3]: [&str; 3], aqi: &str| {
        json!({
            "StationCode": code, "PositionName": name, "Area": "宁波市", "CityCode": "330200",
            "Latitude": "30.05", "Longitude": "121.15", "AQI": aqi, "Quality": "良",
            "PrimaryPollutant": "臭氧1小时", "TimePoint": local(hour(), "%Y-%m-%dT%H:%M:%S"),
            "PM2_5": pm25, "PM10": pm10, "SO2": "8", "NO2": "21", "O3": o3, "CO": "0.6",
            "PM2_5_24h": "20", "PM10_24h": "41", "O3_8h": "88", "IsPublish": "true",
        })
    };
    let body = json!([
        station("1234A", "测试东", ["21", "40", "182"], "78"),
        station("1235A", "测试西", ["18", "46", "90"], "46"),
    ]);
    bytes(&body)
}

/// The columns of a list of FIRMS.
const FIRES: &str = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,version,bright_ti5,frp,daynight";

/// A list without any fire.
pub(crate) fn no_fires() -> Arc<[u8]> {
    format!("{FIRES}\n").into_bytes().into()
}

/// One fire as FIRMS writes it, at the full hour.
pub(crate) fn fires() -> Arc<[u8]> {
    fires_at(hour())
}

/// The same at this minute.
pub(crate) fn fires_at(seen: Moment) -> Arc<[u8]> {
    let at = seen.local(FixedOffset::east_opt(0).expect("UTC"));
    let row = format!(
        "30.10000,121.05000,334.9,0.41,0.45,{},{},N,nominal,2.0NRT,288.6,2.74,D",
        at.format("%Y-%m-%d"),
        at.format("%H%M")
    );
    format!("{FIRES}\n{row}\n").into_bytes().into()
}

/// Alerts as Alertmanager writes them, `count` of them.
pub(crate) fn alerts(count: usize) -> Arc<[u8]> {
    alerts_of(0..count)
}

/// The same with these numbers.
pub(crate) fn alerts_of(numbers: Range<usize>) -> Arc<[u8]> {
    let began = hour().rfc3339(CHINA);
    let alert = |n: usize| {
        json!({
            "annotations": { "summary": format!("Disk of host {n} is full") },
            "endsAt": (hour() + Span::days(1)).rfc3339(CHINA), "startsAt": began, "updatedAt": began,
            "fingerprint": format!("{n:016x}"), "receivers": [{ "name": "duty" }],
            "status": { "inhibitedBy": [], "silencedBy": [], "state": "active" },
            "generatorURL": "http://localhost/prometheus",
            "labels": { "alertname": "DiskFull", "instance": format!("host{n}"), "severity": "warning" },
        })
    };
    bytes(&numbers.map(alert).collect::<Vec<Value>>().into())
}

fn local(at: Moment, format: &str) -> String {
    at.local(CHINA).format(format).to_string()
}

fn bytes(body: &Value) -> Arc<[u8]> {
    body.to_string().into_bytes().into()
}
