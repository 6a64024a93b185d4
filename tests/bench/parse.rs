//! Reading each upstream's body: readings a second from dense bodies, megabytes a second from bodies of text.
//!
//! Bodies of about 4 MB are generated in memory.

use super::Report;
use lookout::bench::check::{Outside, World};
use lookout::config::checked::read;
use lookout::domain::time::Moment;
use lookout::net::Response;
use lookout::sources::{Cursor, Source, build};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// About how large a body is.
const SIZE: usize = 4 << 20;

const ARCHIVE_MAP: &str = include_str!("../fixtures/upstreams/mapped/archive.map.toml");
const CNEMC_MAP: &str = include_str!("../fixtures/upstreams/mapped/cnemc.map.toml");
const FIRMS_MAP: &str = include_str!("../fixtures/upstreams/mapped/firms.map.toml");

/// What dense bodies are measured by.
const DENSE: &str = "≥ 4 M readings/s";
/// What bodies of text are measured by.
const TEXT: &str = "≥ 100 MB/s";

/// One row a body: its name, the source's configuration, its text, what its reading is measured by.
type Body = (&'static str, &'static str, fn() -> String, &'static str);

const BODIES: &[Body] = &[
    (
        "cnemc JSON",
        "[source.cnemc]\ncity = \"宁波市\"\n",
        stations,
        DENSE,
    ),
    ("cnemc JSON by map", CNEMC_MAP, stations, DENSE),
    (
        "cnemc archive CSV",
        "[source.cnemc]\nform = \"archive\"\n",
        archive,
        DENSE,
    ),
    ("cnemc archive CSV by map", ARCHIVE_MAP, archive, DENSE),
    (
        "firms CSV",
        "url = \"http://x/\"\n[source.firms]\narea = [120.8, 29.6, 121.5, 30.4]\n",
        fires,
        "–",
    ),
    ("firms CSV by map", FIRMS_MAP, fires, "–"),
    (
        "open-meteo JSON",
        "[source.open-meteo]\npoints = [{ id = \"a\", lat = 30.0, lon = 121.0 }]\n",
        model,
        DENSE,
    ),
    (
        "openaq locations JSON",
        "key = \"k\"\n[source.openaq]\nnear = { lat = 30.0, lon = 121.0, radius_m = 9000 }\n",
        locations,
        "–",
    ),
    ("nws JSON", "[source.nws]\nareas = [\"CA\"]\n", warnings, TEXT),
    (
        "alertmanager JSON",
        "url = \"http://x\"\n[source.alertmanager]\n",
        alerts,
        TEXT,
    ),
];

/// A world whose only file lists 5,803 enterprises.
struct County(String);

impl Outside for County {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn file(&self, _: &Path) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }

    fn files(&self, _: &Path) -> Result<Vec<PathBuf>, String> {
        Ok(Vec::new())
    }
}

/// A room's enterprises, from the text of their file to the directory.
fn directory(report: &mut Report) {
    let mut text =
        "id,name,township,lat,lon,sector,code,positive_list,tags,rated_kw,curtail,contact,phone\n".to_owned();
    for n in 0..5_803 {
        writeln!(
            text,
            "91330281MA2{n:06}X,第{n}号电镀有限公司,泗门镇,30.1{n},121.1{n},电镀,green,{},ldar;soil,{n},Ⅲ=70;Ⅱ=50,联系人,0574-0000-{n:04}",
            n % 64 == 0
        )
        .expect("into memory");
    }
    let county = County(text);
    let room = "[directory]\nenterprises_file = \"e.csv\"\n[[township]]\nid = \"simen\"\nname = \"泗门镇\"\n";
    let mut seconds: Vec<f64> = (0..5)
        .map(|_| {
            let started = Instant::now();
            let config = read(Path::new("room.toml"), black_box(room), &county).expect("a good room");
            assert_eq!(config.directory.enterprises.len(), 5_803);
            started.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let measured = format!("{:.0} ms", seconds[2] * 1e3);
    report.add("directory of 5,803 enterprises, from CSV", "–", measured);
}

/// Adds the figures of this part.
pub(crate) fn run(report: &mut Report) {
    directory(report);
    let now = Moment::parse_rfc3339("2026-11-23T12:00:00Z").expect("a fixed text");
    for (name, config, body, target) in BODIES {
        let source = source(config);
        let reply = Response {
            status: 200,
            headers: Vec::new(),
            body: body().into_bytes(),
            at: now,
            ..Response::default()
        };
        let taken = source.read(&Cursor::Null, &reply, now).expect("a good body").take;
        let mut seconds: Vec<f64> = (0..5)
            .map(|_| {
                let started = Instant::now();
                black_box(source.read(&Cursor::Null, black_box(&reply), now)).expect("a good body");
                started.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let bytes = reply.body.len() as f64 / 1e6 / seconds[2];
        let readings = taken.readings.len() as f64 / 1e6 / seconds[2];
        let measured = if taken.readings.is_empty() {
            format!("{bytes:.0} MB/s")
        } else {
            format!("{readings:.1} M readings/s, {bytes:.0} MB/s")
        };
        report.add(&format!("parse {name}"), target, measured);
    }
}

fn source(config: &str) -> Box<dyn Source> {
    let text = format!("[room]\nname = \"b\"\n[[source]]\nid = \"b\"\n{config}");
    let config = read(Path::new("bench.toml"), &text, &World).unwrap_or_else(|faults| panic!("{faults:?}"));
    build(&config.sources[0], &Arc::new(config.directory))
}

/// Repeats a row until the body is large enough.
fn fill(start: &str, end: &str, between: &str, mut row: impl FnMut(usize, &mut String)) -> String {
    let mut out = start.to_owned();
    let mut n = 0;
    while out.len() < SIZE {
        if n > 0 {
            out.push_str(between);
        }
        row(n, &mut out);
        n += 1;
    }
    out + end
}

fn stations() -> String {
    fill("[", "]", ",", |n, out| {
        write!(
            out,
            "{{\"StationCode\":\"{n}A\",\"PositionName\":\"站点{n}\",\"Area\":\"宁波市\",\"CityCode\":\"330200\",\
             \"Latitude\":\"29.9110\",\"Longitude\":\"121.8358\",\"TimePoint\":\"2026-11-23T19:00:00\",\"AQI\":\"62\",\
             \"Quality\":\"良\",\"PrimaryPollutant\":\"颗粒物(PM10)\",\"PM2_5\":\"31\",\"PM2_5_24h\":\"28\",\"PM10\":\"73\",\
             \"PM10_24h\":\"66\",\"SO2\":\"6\",\"SO2_24h\":\"7\",\"NO2\":\"41\",\"NO2_24h\":\"38\",\"O3\":\"—\",\"O3_24h\":\"98\",\
             \"O3_8h\":\"55\",\"O3_8h_24h\":\"80\",\"CO\":\"0.7\",\"CO_24h\":\"0.6\",\"IsPublish\":\"true\",\
             \"Measure\":\"极少数异常敏感人群应减少户外活动\"}}"
        )
        .expect("into memory");
    })
}

/// A few days of 1,500 stations, as the national file has them.
fn archive() -> String {
    let types = [
        "AQI",
        "PM2.5",
        "PM2.5_24h",
        "PM10",
        "PM10_24h",
        "SO2",
        "NO2",
        "O3",
        "O3_8h",
        "CO",
    ];
    let mut head = "date,hour,type".to_owned();
    for n in 0..1500 {
        write!(head, ",{}A", 1000 + n).expect("into memory");
    }
    head.push('\n');
    fill(&head, "\n", "\n", |n, out| {
        let hour = n / types.len();
        let (day, hour) = (1 + hour / 24, hour % 24);
        write!(out, "202611{day:02},{hour},{}", types[n % types.len()]).expect("into memory");
        for station in 0..1500 {
            write!(out, ",{}", (station * 7 + n) % 160).expect("into memory");
        }
    })
}

fn fires() -> String {
    let head = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,version,bright_ti5,frp,daynight\n";
    fill(head, "\n", "\n", |n, out| {
        let (lat, lon) = (18 + n % 36, 97 + n % 38);
        write!(
            out,
            "{lat}.{:05},{lon}.{:05},331.63,0.4,0.37,2026-11-23,0{}:{:02},N,nominal,2.0NRT,292.99,4.83,D",
            n % 99_999,
            n * 7 % 99_999,
            n % 9,
            n % 60
        )
        .expect("into memory");
    })
}

fn model() -> String {
    let names = [
        "pm10",
        "pm2_5",
        "carbon_monoxide",
        "nitrogen_dioxide",
        "sulphur_dioxide",
        "ozone",
    ];
    let hours = SIZE / (11 + names.len() * 6);
    let list = |of: &dyn Fn(usize) -> String| (0..hours).map(of).collect::<Vec<_>>().join(",");
    let times = list(&|n| (1_795_000_000 - n * 3600).to_string());
    let mut units = String::new();
    let mut values = String::new();
    for name in names {
        write!(units, ",\"{name}\":\"μg/m³\"").expect("into memory");
        let numbers = list(&|n| format!("{}.{}", 10 + n % 90, n % 10));
        write!(values, ",\"{name}\":[{numbers}]").expect("into memory");
    }
    format!(
        "{{\"utc_offset_seconds\":0,\"hourly_units\":{{\"time\":\"unixtime\"{units}}},\"hourly\":{{\"time\":[{times}]{values}}}}}"
    )
}

fn locations() -> String {
    fill(
        "{\"meta\":{\"found\":\">1000\"},\"results\":[",
        "]}",
        ",",
        |n, out| {
            write!(
            out,
            "{{\"id\":{n},\"name\":\"site {n}\",\"timezone\":\"Asia/Shanghai\",\"country\":{{\"id\":10,\"code\":\"CN\"}},\
             \"isMobile\":false,\"isMonitor\":true,\"coordinates\":{{\"latitude\":30.0{n},\"longitude\":121.0{n}}},\
             \"sensors\":[{{\"id\":{n},\"name\":\"pm25 µg/m³\",\"parameter\":{{\"id\":2,\"name\":\"pm25\",\"units\":\"µg/m³\"}}}}]}}"
        )
        .expect("into memory");
        },
    )
}

fn warnings() -> String {
    let words = "Wind gusts as high as 50 mph will be possible in areas of higher elevation. ".repeat(12);
    fill("{\"features\":[", "]}", ",", |n, out| {
        write!(
            out,
            "{{\"type\":\"Feature\",\"geometry\":null,\"properties\":{{\"id\":\"urn:oid:2.49.0.1.840.0.{n}\",\
             \"areaDesc\":\"Stewart; Montgomery; Robertson\",\"references\":[],\"sent\":\"2026-11-23T03:00:00-06:00\",\
             \"expires\":\"2026-11-24T03:00:00-06:00\",\"ends\":null,\"status\":\"Actual\",\"messageType\":\"Alert\",\
             \"severity\":\"Moderate\",\"certainty\":\"Likely\",\"urgency\":\"Expected\",\"event\":\"Wind Advisory\",\
             \"headline\":\"Wind Advisory issued\",\"description\":\"{words}\",\"instruction\":null}}}}"
        )
        .expect("into memory");
    })
}

fn alerts() -> String {
    fill("[", "]", ",", |n, out| {
        write!(
            out,
            "{{\"annotations\":{{\"summary\":\"Dust monitor silent\"}},\"endsAt\":\"2026-11-23T12:04:00Z\",\
             \"fingerprint\":\"{n:016x}\",\"receivers\":[{{\"name\":\"duty\"}}],\"startsAt\":\"2026-11-23T10:45:50.528Z\",\
             \"status\":{{\"inhibitedBy\":[],\"silencedBy\":[],\"state\":\"active\"}},\"updatedAt\":\"2026-11-23T11:46:30Z\",\
             \"labels\":{{\"alertname\":\"DustSilent\",\"instance\":\"dust-{n}\",\"severity\":\"warning\"}}}}"
        )
        .expect("into memory");
    })
}
