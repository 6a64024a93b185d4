use super::*;
use crate::domain::air::Pollutant;
use crate::domain::id::{PointId, SourceId};
use crate::domain::quantity::Value;
use crate::domain::reading;
use crate::domain::reading::{Flag, Reading};
use crate::domain::time::{Moment, Span};
use crate::store::{OpenMode, Readings, Sqlite};
use std::fmt::Write as _;

fn args(options: &[&str]) -> Args {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }
    let line = std::iter::once(&"stats").chain(options);
    <Line as clap::Parser>::try_parse_from(line)
        .expect("options")
        .args
}

fn ran(options: &[&str], input: &str) -> (String, String, Outcome) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let outcome = run(
        &args(options),
        Lang::En,
        &mut input.as_bytes(),
        &mut out,
        &mut errors,
    )
    .expect("runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(out), text(errors), outcome)
}

fn has(out: &str, line: &str) {
    assert!(out.lines().any(|l| l == line), "no line {line} in\n{out}");
}

/// The seed year: 333 good days and 32 bad ones.
fn year() -> String {
    let mut text = String::from("time,so2,no2,co,o3_8h,pm10,pm25\n");
    let first = NaiveDate::from_ymd_opt(2023, 1, 1).expect("a date");
    for (n, date) in (0..365).zip(first.iter_days()) {
        let pm25 = if n < 32 { 80 } else { 24 };
        writeln!(text, "{date},7,28,0.9,153,50,{pm25}").expect("text");
    }
    text
}

#[test]
fn the_seed_year_has_its_ratio_and_its_composite_index() {
    let (out, errors, outcome) = ran(&["--period", "day"], &year());
    assert_eq!((errors.as_str(), outcome), ("", Outcome::Whole));
    has(&out, ",good_days,,333");
    has(&out, ",good_day_ratio_percent,,91.2");
    has(&out, ",composite_formula,,2012");
    has(&out, ",composite_index,,3.54");
    has(&out, ",composite_main,,O3");
    has(&out, ",mean,pm25,28.9");
    has(&out, ",percentile_90,o3,153.0");
    has(&out, ",days_over_limit,pm25,32");
}

#[test]
fn an_older_year_can_be_judged_by_the_new_standard_and_limits() {
    let input = year().replace(",24\n", ",61\n");
    let (out, ..) = ran(&["--period", "day"], &input);
    has(&out, ",good_days,,333");
    let options = [
        "--period",
        "day",
        "--standard",
        "hj633-2026",
        "--formula",
        "2026-transition",
    ];
    let (out, ..) = ran(&options, &input);
    has(&out, ",good_days,,0");
    has(&out, ",composite_formula,,2026-transition");
}

fn hours(stations: &[(&str, i64)], count: u32) -> String {
    let mut text = String::from("station,time,so2,no2,co,o3,pm10,pm25\n");
    for (station, pm25) in stations {
        for hour in 1..=count {
            writeln!(text, "{station},2026-06-01 {hour:02}:00,5,20,0.5,90,50,{pm25}").expect("text");
        }
    }
    text
}

#[test]
fn hours_become_days_and_stations_a_unit_without_its_background() {
    let input = hours(&[("a", 30), ("b", 50), ("hill", 5)], 24);
    let (out, ..) = ran(&["--background", "hill"], &input);
    has(&out, ",valid_days,,1");
    has(&out, ",mean,pm25,40.0");
    has(&out, ",from,,2026-06-01");
    has(&out, ",to,,2026-06-01");
    let (out, ..) = ran(&["--by", "station"], &input);
    has(&out, "hill,mean,pm25,5.0");
    has(&out, "b,mean,pm25,50.0");
}

#[test]
fn a_day_of_nineteen_hours_does_not_count() {
    let (out, ..) = ran(&[], &hours(&[("a", 30)], 19));
    has(&out, ",valid_days,,0");
    has(&out, ",mean,pm25,NA");
    has(&out, ",composite_index,,NA");
}

#[expect(clippy::format_collect, reason = "a line after another is clearest")]
#[test]
fn a_whole_month_with_too_few_days_says_so() {
    let input: String = year().lines().take(32).map(|line| format!("{line}\n")).collect();
    let (out, ..) = ran(&["--period", "day"], &input);
    assert!(!out.contains("too_few"), "{out}");
    let holes = input.replacen("80\n", "\n", 6);
    let (out, ..) = ran(&["--period", "day"], &holes);
    has(&out, ",too_few_days_01,pm25,25/27");
}

#[test]
fn rows_that_say_nothing_are_named_and_the_later_of_two_counts() {
    let input = "time,pm25\n2026-06-01 01:00,5\n2026-06-01 01:00,9\nsoon,5\n2026-06-01,5\n";
    let (_, errors, outcome) = ran(&[], input);
    assert_eq!(outcome, Outcome::Flawed(3));
    let lines: Vec<&str> = errors.lines().collect();
    assert!(lines[0].starts_with("line 3: the same station"), "{}", lines[0]);
    assert!(lines[1].starts_with("line 4: the time “soon”"), "{}", lines[1]);
    assert!(lines[2].starts_with("line 5: no hour"), "{}", lines[2]);
}

#[test]
fn a_day_of_the_old_standard_wants_all_six_or_an_index_above_100() {
    let (out, ..) = ran(&["--period", "day"], "time,so2\n2025-06-01,5\n2025-06-02,9\n");
    has(&out, ",valid_days,,0");
    has(&out, ",days_without_index,,2");
    has(&out, ",good_days,,0");
    has(&out, ",good_day_ratio_percent,,NA");
    let (out, ..) = ran(&["--period", "day"], "time,pm25\n2025-06-01,80\n2025-06-02,9\n");
    has(&out, ",valid_days,,1");
    has(&out, ",good_days,,0");
    let six = "time,so2,no2,co,o3_8h,pm10,pm25\n2025-06-01,5,20,0.6,90,50,30\n2025-06-02,5,/,0.6,90,50,30\n";
    let (out, ..) = ran(&["--period", "day"], six);
    has(&out, ",good_days,,2");
}

#[test]
fn headings_with_units_give_the_same_figures() {
    let headed = year().replace(
        "time,so2,no2,co,o3_8h,pm10,pm25",
        "日期,SO2(µg/m³),NO2(µg/m³),CO(mg/m3),O3_8h(µg/m³),PM10(µg/m³),PM2.5(µg/m³)",
    );
    assert_eq!(
        ran(&["--period", "day"], &headed),
        ran(&["--period", "day"], &year())
    );
    let (_, errors, _) = ran(&["--period", "day"], &year().replace("pm10", "PM10 mean"));
    assert_eq!(errors, "column “PM10 mean” is not known here; it is not judged\n");
}

#[test]
fn two_years_are_compared_under_one_standard() {
    let mut input = String::from("time,so2,no2,co,o3_8h,pm10,pm25\n");
    for (year, pm25) in [(2025, 70), (2026, 50)] {
        let first = NaiveDate::from_ymd_opt(year, 6, 1).expect("a date");
        for (n, date) in (0..10).zip(first.iter_days()) {
            let pm25 = if n < 4 { pm25 } else { 30 };
            writeln!(input, "{date},7,28,0.9,100,50,{pm25}").expect("text");
        }
    }
    let (out, ..) = ran(&["--period", "day", "--year-on-year"], &input);
    has(&out, ",from,,2026-06-01");
    has(&out, ",good_days,,10");
    has(&out, ",year_on_year_standard,,hj633-2026");
    has(&out, ",year_on_year_recomputed,,true");
    has(&out, ",year_on_year_last_from,,2025-06-01");
    has(&out, ",year_on_year_last_to,,2025-06-10");
    // By the standard of their own date all ten were good.
    has(&out, ",year_on_year_last_good_days,,6");
    has(&out, ",year_on_year_last_good_day_ratio_percent,,60.0");
    has(&out, ",year_on_year_change_percentage_points,,40.0");
    let options = [
        "--period",
        "day",
        "--year-on-year",
        "--from",
        "2026-06-03",
        "--json",
        "--standard",
        "hj633-2012",
    ];
    let (out, ..) = ran(&options, &input);
    let object: serde_json::Value = serde_json::from_str(&out).expect("an object");
    assert_eq!(object["year_on_year_recomputed"], false);
    assert_eq!(object["year_on_year_last_from"], "2025-06-03");
    assert!(
        out.contains("\"year_on_year_change_percentage_points\":0.0"),
        "{out}"
    );
}

#[test]
fn json_has_the_numbers_of_the_table_digit_for_digit_and_each_key_one_type() {
    let clean = year().replace(",153,50,", ",112,72,");
    let (table, ..) = ran(&["--period", "day"], &clean);
    has(&table, ",composite_index,,3.60");
    let (json, ..) = ran(&["--period", "day", "--json"], &clean);
    assert!(json.contains("\"composite_index\":3.60,"), "{json}");
    for formula in ["2012", "2026-transition", "2026-final"] {
        let (json, ..) = ran(&["--period", "day", "--json", "--formula", formula], &clean);
        assert!(
            json.contains(&format!("\"composite_formula\":\"{formula}\"")),
            "{json}"
        );
    }
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = cells[3].parse::<f64>().is_ok() && cells[1] != "composite_formula";
        let as_number = format!("\"{}\":{}", cells[1], cells[3]);
        assert!(!number || json.contains(&as_number), "{as_number} not in {json}");
    }
}

#[test]
fn json_has_an_object_a_station_with_an_object_a_pollutant() {
    let (out, ..) = ran(&["--period", "day", "--json"], &year());
    let object: serde_json::Value = serde_json::from_str(&out).expect("an object");
    assert_eq!(object["good_days"], 333);
    assert_eq!(object["pm25"]["mean"].to_string(), "28.9");
    assert_eq!(object["composite_main"], "O3");
}

#[test]
fn the_readings_of_a_ledger_give_the_same_figures_as_their_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    let begin = Moment::parse_rfc3339("2026-06-01T00:00:00+08:00").expect("a time");
    let cells = [5_000_000, 20_000_000, 500_000, 90_000_000, 50_000_000, 30_000_000];
    let readings: Vec<Reading> = (1..=24)
        .flat_map(|hour| {
            Pollutant::ALL
                .into_iter()
                .zip(cells)
                .map(move |(p, micro)| Reading {
                    point: PointId::new("a"),
                    quantity: p.quantity(),
                    period: reading::Period::Hour,
                    at: begin + Span::hours(hour),
                    value: Some(Value::from_micro(micro)),
                    flag: Flag::Valid,
                    source: SourceId::new("s"),
                })
        })
        .collect();
    store.keep(&readings, begin).expect("kept");
    let options = args(&["--point", "a", "--from", "2026-06-01", "--to", "2026-06-01"]);
    let mut out = Vec::new();
    write(&options, &gather(&options, &store).expect("read"), &mut out).expect("written");
    let (rows, ..) = ran(&[], &hours(&[("a", 30)], 24));
    assert_eq!(String::from_utf8(out).expect("text"), rows);
}
