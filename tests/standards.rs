//! The air standards against what the national platform really published: the recorded months of the folder that
//! `LOOKOUT_REAL` names. Skipped with a message where it is unset.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says why by failing"
)]

use chrono::NaiveDate;
use clap::Parser;
use lookout::cli::{aqi, stats};
use lookout::domain::air::natural_day::{Label, place, place_of};
use lookout::domain::air::period::OZONE_RULE;
use lookout::domain::air::series::PointHours;
use lookout::domain::air::{AirIndex, Hour, Level, Norm, Pollutant, Standard, hourly};
use lookout::domain::quantity::Value;
use lookout::domain::time::{CHINA, Moment};
use lookout::lang::Lang;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One station's hour: what was measured, and what was published.
#[derive(Default)]
struct Row {
    values: [Option<Value>; 6],
    published: Option<u16>,
    /// The platform's own mean of the 24 hours that end here.
    pm25_24h: Option<Value>,
    /// The platform's own highest 8-hour mean of the day so far.
    highest_o3_8h: Option<Value>,
}

type Rows = BTreeMap<(String, NaiveDate, u8), Row>;

fn recorded() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("LOOKOUT_REAL") else {
        println!("skipped: LOOKOUT_REAL names no folder of recordings");
        return None;
    };
    Some(Path::new(&folder).join("quotsoft_hourly"))
}

/// The archive's form: one line an hour and quantity, one column a station.
fn read(file: &Path, rows: &mut Rows) {
    let mut reader = csv::Reader::from_path(file).expect("a recording");
    let stations: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .skip(3)
        .map(str::to_owned)
        .collect();
    for record in reader.records() {
        let record = record.expect("a line");
        let kind = record[2].replace('.', "").to_lowercase();
        for (station, cell) in stations.iter().zip(record.iter().skip(3)) {
            let key = (
                station.clone(),
                NaiveDate::parse_from_str(&record[0], "%Y%m%d").expect("a date"),
                record[1].parse().expect("an hour"),
            );
            let row = rows.entry(key).or_default();
            if kind == "aqi" {
                row.published = cell.parse().ok();
            } else if kind == "pm25_24h" {
                row.pm25_24h = Value::parse(cell);
            } else if kind == "o3_8h_24h" {
                row.highest_o3_8h = Value::parse(cell);
            } else if let Some(p) = Pollutant::ALL.into_iter().find(|p| p.key() == kind) {
                row.values[p.index()] = Value::parse(cell);
            }
        }
    }
}

fn months() -> Option<Rows> {
    let folder = recorded()?;
    let mut rows = Rows::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("ningbo_"))
        })
        .collect();
    files.sort();
    for file in &files {
        read(file, &mut rows);
    }
    assert!(!rows.is_empty(), "no recorded month in the folder");
    Some(rows)
}

#[test]
fn the_published_index_of_every_recorded_hour_with_six_pollutants_comes_out() {
    let Some(rows) = months() else { return };
    let (mut compared, mut equal, mut partial) = (0_u32, 0_u32, 0_u32);
    let mut differing = Vec::new();
    for ((station, date, hour), row) in &rows {
        let Some(published) = row.published else { continue };
        if row.values.iter().any(Option::is_none) {
            partial += 1;
            continue;
        }
        let ours = hourly(Standard::Hj633_2012, &Hour::of(row.values));
        compared += 1;
        if ours.aqi == Some(published) {
            equal += 1;
        } else {
            differing.push(format!(
                "{station} {date} {hour}时: published {published}, ours {:?}",
                ours.aqi
            ));
        }
    }
    println!("compared {compared}, equal {equal}, published with a pollutant missing {partial}");
    for line in &differing {
        println!("differs: {line}");
    }
    assert!(compared > 10_000, "compared only {compared}");
    assert_eq!(differing, Vec::<String>::new());
}

#[test]
fn a_published_hour_with_a_pollutant_missing_differs_only_where_the_missing_one_may_have_decided() {
    let Some(rows) = months() else { return };
    let (mut compared, mut equal) = (0_u32, 0_u32);
    for ((station, date, hour), row) in &rows {
        let (Some(published), true) = (row.published, row.values.iter().any(Option::is_none)) else {
            continue;
        };
        let ours = hourly(Standard::Hj633_2012, &Hour::of(row.values));
        compared += 1;
        if ours.aqi == Some(published) {
            equal += 1;
        } else {
            println!(
                "differs: {station} {date} {hour}时: published {published}, ours {:?}, missing {}",
                ours.aqi, ours.missing
            );
            assert!(ours.aqi < Some(published), "{station} {date} {hour}");
        }
    }
    println!("with a pollutant missing: compared {compared}, equal {equal}");
}

#[test]
fn the_new_edition_moves_recorded_hours_from_good_to_lightly_polluted_and_no_others() {
    let Some(rows) = months() else { return };
    let (mut hours, mut moved, mut withheld) = (0_u32, 0_u32, 0_u32);
    for row in rows.values() {
        let [old, new]: [AirIndex; 2] =
            [Standard::Hj633_2012, Standard::Hj633_2026].map(|s| hourly(s, &Hour::of(row.values)));
        let (Some(before), after) = (old.level, new.level) else {
            continue;
        };
        hours += 1;
        match after {
            None => {
                withheld += 1;
                assert!(!new.missing.is_empty() && new.highest() <= Some(100));
            }
            Some(after) if after != before => {
                moved += 1;
                assert_eq!((before, after), (Level::Two, Level::Three));
            }
            Some(_) => {}
        }
    }
    println!("{hours} hours: {moved} move from level 2 to level 3, {withheld} are withheld by 5.3.1");
    assert!(moved > 0 && withheld > 0);
}

/// Every station's series with hours read by `label`.
fn series(rows: &Rows, label: Label) -> BTreeMap<String, PointHours> {
    let mut all: BTreeMap<String, PointHours> = BTreeMap::new();
    for ((station, date, hour), row) in rows {
        let at = place(*date, *hour, label).expect("an hour");
        for p in Pollutant::ALL {
            if let Some(value) = row.values[p.index()] {
                all.entry(station.clone()).or_default().put(at, p, value);
            }
        }
    }
    all
}

/// How many whole days the platform's own daily figures can be compared with, and how many agree within 1 µg/m³: PM2.5,
/// then ozone.
fn days_that_agree(rows: &Rows, label: Label) -> [(u32, u32); 2] {
    let mut counts = [(0, 0); 2];
    for (station, series) in series(rows, label) {
        for (date, made) in series.made(OZONE_RULE) {
            if series.hours(date).iter().flatten().any(Option::is_none) {
                continue;
            }
            // The platform's figure of a whole day stands at the label 00 of the next.
            let key = (station.clone(), date.succ_opt().expect("a day"), 0);
            let Some(row) = rows.get(&key) else { continue };
            let pairs = [
                (row.pm25_24h, made.day.values[5]),
                (row.highest_o3_8h, made.day.values[3]),
            ];
            for ((compared, equal), (theirs, ours)) in counts.iter_mut().zip(pairs) {
                if let (Some(theirs), Some(ours)) = (theirs, ours) {
                    *compared += 1;
                    *equal += u32::from((theirs.micro() - ours.micro()).abs() <= Value::ONE);
                }
            }
        }
    }
    counts
}

#[test]
fn whole_days_come_out_as_the_platform_has_them_when_hours_are_labelled_by_their_end() {
    let Some(rows) = months() else { return };
    let by_end = days_that_agree(&rows, Label::End);
    let by_start = days_that_agree(&rows, Label::Start);
    for (what, end, start) in [("PM2.5", by_end[0], by_start[0]), ("O3", by_end[1], by_start[1])] {
        println!(
            "{what}: by end {} of {} days agree, by start {} of {}",
            end.1, end.0, start.1, start.0
        );
        assert!(end.0 > 100 && end.1 * 100 >= end.0 * 95, "{what}: {end:?}");
        assert!(
            u64::from(end.1) * u64::from(start.0) > u64::from(start.1) * u64::from(end.0),
            "{what}"
        );
    }
}

/// `lookout aqi` or `lookout stats` over one table; what it wrote.
#[derive(Parser)]
enum Pipe {
    Aqi(Box<aqi::Args>),
    Stats(Box<stats::Args>),
}

fn piped(line: &[&str], input: &str) -> String {
    let mut out = Vec::new();
    let pipe = Pipe::try_parse_from(std::iter::once(&"lookout").chain(line)).expect("options");
    let (input, errors) = (&mut input.as_bytes(), &mut Vec::new());
    match pipe {
        Pipe::Aqi(args) => aqi::run(&args, Lang::En, input, &mut out, errors),
        Pipe::Stats(args) => stats::run(&args, Lang::En, input, &mut out, errors),
    }
    .expect("runs");
    String::from_utf8(out).expect("text")
}

#[test]
fn an_hour_at_the_change_of_standard_belongs_to_its_day_everywhere() {
    for (label, moment, day) in [
        ("2026-02-28 23:00", "2026-02-28T23:00:00+08:00", "2026-02-28"),
        ("2026-02-28 24:00", "2026-03-01T00:00:00+08:00", "2026-02-28"),
        ("2026-03-01 00:00", "2026-03-01T00:00:00+08:00", "2026-02-28"),
        ("20260301 0", "2026-03-01T00:00:00+08:00", "2026-02-28"),
        ("2026-02-28T16:00:00Z", "2026-02-28T16:00:00Z", "2026-02-28"),
        ("2026-03-01T00:00:00+08:00", "2026-02-28T16:00:00Z", "2026-02-28"),
        ("2026-03-01 01:00", "2026-03-01T01:00:00+08:00", "2026-03-01"),
        ("2026-02-28T17:00:00Z", "2026-03-01T01:00:00+08:00", "2026-03-01"),
        ("2026-03-02 00:00", "2026-03-02T00:00:00+08:00", "2026-03-01"),
    ] {
        let standard = match day {
            "2026-02-28" => Standard::Hj633_2012,
            _ => Standard::Hj633_2026,
        };
        // PM2.5 75: 100 by the old edition, 114 by the new.
        let row = format!("time,so2,no2,co,o3,pm10,pm25\n{label},5,20,0.6,50,60,75\n");
        let out = piped(&["aqi"], &row);
        assert!(out.trim_end().ends_with(standard.key()), "{label}: {out}");
        let object = format!("{{\"time\":\"{label}\",\"pm25\":150}}\n");
        let out = piped(&["aqi", "--json"], &object);
        assert!(
            out.contains(&format!("\"standard\":\"{}\"", standard.key())),
            "{label}: {out}"
        );
        let out = piped(&["stats"], &row);
        assert!(out.contains(&format!(",from,,{day}\n")), "{label}: {out}");
        // The live screens go by the moment of the reading, in the room's zone.
        let end = Moment::parse_rfc3339(moment).expect("a time");
        assert_eq!(Norm::Hj633.at(end, CHINA), standard, "{label}");
        assert_eq!(place_of(end, CHINA).0.to_string(), day, "{label}");
    }
}
