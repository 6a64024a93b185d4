//! The published vectors, every table row's ends and neighbours, and the rules that the editions differ in.

use super::*;
use crate::domain::air::breakpoints::INDICES;
use crate::domain::air::index::{Absence, Peaks, Sliding};
use crate::domain::air::pollutant::Pollutants;
use proptest::prelude::*;

/// Item, concentration, sub-index of 2012 and of 2026 (empty: another mean decides).
const SINGLE: &str = include_str!("single.csv");
/// Full reports: means, sub-indices, highest, published by 2026, primary by 2026, index by 2012.
const REPORTS: &str = include_str!("reports.csv");

fn column<'a>(table: &'a Table, item: &str) -> (Pollutant, &'a Column) {
    match item {
        "PM25" => (Pollutant::Pm25, &table.pm25_24h),
        "PM10" => (Pollutant::Pm10, &table.pm10_24h),
        "SO2_24h" => (Pollutant::So2, &table.so2_24h),
        "SO2_1h" => (Pollutant::So2, &table.so2_1h),
        "NO2_24h" => (Pollutant::No2, &table.no2_24h),
        "NO2_1h" => (Pollutant::No2, &table.no2_1h),
        "CO_24h" => (Pollutant::Co, &table.co_24h),
        "CO_1h" => (Pollutant::Co, &table.co_1h),
        "O3_8h" => (Pollutant::O3, &table.o3_8h),
        "O3_1h" => (Pollutant::O3, &table.o3_1h),
        other => panic!("no such column: {other}"),
    }
}

const ITEMS: [&str; 10] = [
    "PM25", "PM10", "SO2_24h", "SO2_1h", "NO2_24h", "NO2_1h", "CO_24h", "CO_1h", "O3_8h", "O3_1h",
];

fn sub(table: &Table, item: &str, concentration: Value) -> Option<u16> {
    column(table, item).1.index(concentration).ok()
}

fn rows(csv: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect())
}

fn value(text: &str) -> Option<Value> {
    Value::parse(text)
}

fn six(cells: &[&str]) -> [Option<Value>; 6] {
    let mut out = [None; 6];
    for (cell, text) in out.iter_mut().zip(cells) {
        *cell = value(text);
    }
    out
}

#[test]
fn every_published_vector_of_a_single_pollutant_comes_out() {
    let mut count = 0;
    for row in rows(SINGLE) {
        let c = value(row[1]).expect("a concentration");
        assert_eq!(sub(&TABLE_2012, row[0], c), row[2].parse().ok(), "2012 {row:?}");
        assert_eq!(sub(&TABLE_2026, row[0], c), row[3].parse().ok(), "2026 {row:?}");
        count += 1;
    }
    assert_eq!(count, 65);
}

/// What is withheld, the index of the others, and what it is at least.
fn withheld(index: &AirIndex) -> (String, Option<u16>, Option<u16>) {
    (index.withheld.to_string(), index.aqi, index.least())
}

#[test]
fn every_published_full_report_comes_out_by_both_editions() {
    let mut count = 0;
    for row in rows(REPORTS) {
        let means = six(&row[2..8]);
        let of = |edition: &Hj633| match row[1] {
            "daily" => edition.daily(&Day::of(means)),
            _ => edition.hourly(&Hour::of(means)),
        };
        let new = of(&HJ633_2026);
        let subs: Vec<Option<u16>> = row[8..14].iter().map(|text| text.parse().ok()).collect();
        assert_eq!(new.sub.to_vec(), subs, "{}", row[0]);
        assert_eq!(new.highest(), row[14].parse().ok(), "{}", row[0]);
        assert_eq!(new.aqi, row[15].parse().ok(), "{}", row[0]);
        let primary = match new.aqi {
            Some(_) => new.primary.to_string().replace('.', ""),
            None => "NA".to_owned(),
        };
        assert_eq!(primary, row[16], "{}", row[0]);
        match row[0] {
            // The item above its table is withheld (notes 2 and 3), the index is that of the others.
            "A9" => assert_eq!(
                withheld(&of(&HJ633_2012)),
                ("SO2".to_owned(), Some(55), Some(200))
            ),
            "A12" => assert_eq!(withheld(&of(&HJ633_2012)), ("O3".to_owned(), Some(55), Some(300))),
            "A13" => {}
            id => assert_eq!(of(&HJ633_2012).aqi, row[17].parse().ok(), "2012 {id}"),
        }
        count += 1;
    }
    assert_eq!(count, 14);
}

#[test]
fn a_breakpoint_has_its_own_index_and_its_neighbours_stay_on_their_side() {
    for table in [TABLE_2012, TABLE_2026] {
        for item in ITEMS {
            let (p, column) = column(&table, item);
            let step = 10_i64.pow(6 - p.decimals());
            for (&point, &index) in column.points.iter().zip(&INDICES) {
                let at = |micro| column.index(Value::from_micro(micro));
                let here = point * Value::ONE;
                assert_eq!(at(here), Ok(index), "{item} {point}");
                if index > 0 {
                    assert!(at(here - step).expect("below") <= index, "{item} {point}");
                }
                match (index == 500, at(here + step)) {
                    (true, above) => assert_eq!(above, Ok(500), "{item}"),
                    (false, Ok(above)) => assert!(above > index || column.points.last() == Some(&point)),
                    (false, Err(beyond)) => assert_eq!(beyond.0, index, "{item}"),
                }
            }
        }
    }
}

#[test]
fn the_editions_differ_in_two_cells_and_two_caps_alone() {
    let mut moved = Vec::new();
    for item in ITEMS {
        let ((_, old), (_, new)) = (column(&TABLE_2012, item), column(&TABLE_2026, item));
        for ((&index, &before), &after) in INDICES.iter().zip(old.points).zip(new.points) {
            if before != after {
                moved.push((item, index, before, after));
            }
        }
    }
    assert_eq!(moved, [("PM25", 100, 75, 60), ("PM10", 100, 150, 120)]);
}

#[test]
fn a_dead_particle_monitor_makes_no_good_hour_by_the_new_edition() {
    let mut means = six(&["9", "35", "0.8", "120", "", "50"]);
    let index = HJ633_2026.hourly(&Hour::of(means));
    assert_eq!((index.aqi, index.why), (None, Some(Absence::Incomplete)));
    assert_eq!((index.level, index.primary), (None, Pollutants::NONE));
    assert!(HJ633_2012.hourly(&Hour::of(means)).aqi.is_some());
    means[5] = Some(Value::whole(61));
    let index = HJ633_2026.hourly(&Hour::of(means));
    assert_eq!((index.aqi, index.level), (Some(101), Some(Level::Three)));
}

#[test]
fn a_pollutant_not_monitored_by_plan_does_not_hold_the_index_back() {
    let mut hour = Hour::of(six(&["9", "35", "", "120", "50", "30"]));
    assert_eq!(HJ633_2026.hourly(&hour).why, Some(Absence::Incomplete));
    hour.exempt = Pollutants::NONE.with(Pollutant::Co);
    let index = HJ633_2026.hourly(&hour);
    assert_eq!((index.aqi, index.missing), (Some(50), Pollutants::NONE));
    assert_eq!(index.exempt, hour.exempt);
}

#[test]
fn negative_and_absurd_values_are_named_and_never_a_silent_zero() {
    let index = HJ633_2026.hourly(&Hour::of(six(&["-1", "35", "700", "120", "50", "30"])));
    assert_eq!(index.invalid.to_string(), "SO2+CO");
    assert_eq!(index.missing.to_string(), "SO2+CO");
    assert_eq!((index.of(Pollutant::So2), index.aqi), (None, None));
}

#[test]
fn nothing_at_all_is_no_data_and_the_cleanest_air_is_one_by_the_new_edition() {
    assert_eq!(HJ633_2026.daily(&Day::default()).why, Some(Absence::NoData));
    let zero = Hour::of([Some(Value::whole(0)); 6]);
    assert_eq!(HJ633_2026.hourly(&zero).aqi, Some(1));
    assert_eq!(HJ633_2012.hourly(&zero).aqi, Some(0));
    assert_eq!(HJ633_2026.hourly(&zero).level, Some(Level::One));
}

#[test]
fn above_its_table_the_old_edition_turns_to_the_other_mean_or_says_that_it_cannot() {
    let mut hour = Hour::of(six(&["950", "60", "1", "50", "60", "30"]));
    let index = HJ633_2012.hourly(&hour);
    assert_eq!(withheld(&index), ("SO2".to_owned(), Some(55), Some(200)));
    assert_eq!(
        (index.level, index.why, index.of(Pollutant::So2)),
        (Some(Level::Two), None, None)
    );
    hour.sliding.so2_24h = value("475");
    assert_eq!(HJ633_2012.hourly(&hour).aqi, Some(150));
    let mut day = Day::of(six(&["9", "35", "0.8", "820", "60", "30"]));
    day.peaks.o3_1h = value("1000");
    assert_eq!(HJ633_2012.daily(&day).aqi, Some(400));
    assert_eq!(HJ633_2026.daily(&day).aqi, Some(300));
    hour.sliding.so2_24h = None;
    hour.values[5] = value("300");
    assert_eq!(
        withheld(&HJ633_2012.hourly(&hour)),
        ("SO2".to_owned(), Some(350), None)
    );
}

#[test]
fn the_caps_of_the_old_edition_withhold_the_item_and_never_the_index() {
    // SO2 1 h, SO2 24 h, CO 1 h: what is withheld, the index, what it is at least.
    for (one, day, co, expected) in [
        ("800", "", "1", ("-", Some(200), None)),
        ("801", "", "1", ("SO2", Some(55), Some(200))),
        ("801", "", "50", ("SO2", Some(180), Some(200))),
        ("801", "", "70", ("SO2", Some(234), None)),
        ("801", "475", "1", ("-", Some(150), None)),
    ] {
        let mut hour = Hour::of(six(&[one, "60", co, "50", "60", "30"]));
        hour.sliding.so2_24h = value(day);
        let (item, aqi, least) = withheld(&HJ633_2012.hourly(&hour));
        assert_eq!((item.as_str(), aqi, least), expected, "{one} {day} {co}");
        assert_eq!(HJ633_2012.hourly(&hour).why, None);
    }
    // O3 8 h, O3 1 h, NO2 24 h.
    for (eight, one, no2, expected) in [
        ("800", "", "35", ("-", Some(300), None)),
        ("801", "", "35", ("O3", Some(55), Some(300))),
        ("801", "", "517", ("O3", Some(284), Some(300))),
        ("801", "", "750", ("O3", Some(400), None)),
        ("801", "900", "35", ("-", Some(350), None)),
    ] {
        let mut day = Day::of(six(&["9", no2, "0.8", eight, "60", "30"]));
        day.peaks.o3_1h = value(one);
        let (item, aqi, least) = withheld(&HJ633_2012.daily(&day));
        assert_eq!((item.as_str(), aqi, least), expected, "{eight} {one} {no2}");
    }
    let alone = HJ633_2012.hourly(&Hour::of(six(&["950", "", "", "", "", ""])));
    assert_eq!((alone.aqi, alone.why), (None, Some(Absence::Beyond)));
}

#[test]
fn a_day_of_the_old_edition_that_lacks_a_pollutant_has_an_index_and_no_level_up_to_100() {
    let whole = ["9", "35", "0.8", "120", "50", "50"];
    assert_eq!(HJ633_2012.daily(&Day::of(six(&whole))).level, Some(Level::Two));
    for p in Pollutant::ALL {
        let mut day = Day::of(six(&whole));
        day.values[p.index()] = None;
        let index = HJ633_2012.daily(&day);
        assert!(index.aqi.is_some_and(|aqi| aqi <= 100), "{p:?}");
        assert_eq!(
            (index.level, index.why),
            (None, Some(Absence::Incomplete)),
            "{p:?}"
        );
        day.exempt = Pollutants::NONE.with(p);
        assert_eq!(HJ633_2012.daily(&day).why, None, "{p:?} is not monitored by plan");
    }
    let bad = HJ633_2012.daily(&Day::of(six(&["", "", "", "", "", "80"])));
    assert_eq!((bad.aqi, bad.level), (Some(107), Some(Level::Three)));
    let hour = HJ633_2012.hourly(&Hour::of(six(&["5", "", "", "", "", ""])));
    assert_eq!(
        hour.level,
        Some(Level::One),
        "the hour's report has NA in the missing cell alone"
    );
}

#[test]
fn the_highest_hour_of_ozone_belongs_to_the_daily_report_of_2012_alone() {
    let mut day = Day::of(six(&["9", "35", "0.8", "150", "40", "30"]));
    day.peaks = Peaks {
        o3_1h: value("260"),
        ..Peaks::default()
    };
    assert_eq!(HJ633_2012.daily(&day).aqi, Some(130));
    assert_eq!(HJ633_2026.daily(&day).aqi, Some(92));
}

#[test]
fn as_written_the_old_edition_reads_particles_over_24_hours_and_ozone_over_8() {
    let mut hour = Hour::of(six(&["9", "35", "0.8", "120", "400", "400"]));
    hour.sliding = Sliding {
        o3_8h: value("170"),
        pm10_24h: value("60"),
        pm25_24h: value("42"),
        ..Sliding::default()
    };
    let index = hourly_by_text(&hour);
    assert_eq!((index.aqi, index.of(Pollutant::Pm25)), (Some(110), Some(59)));
    assert_eq!(index.primary.to_string(), "O3");
    assert_eq!(HJ633_2012.hourly(&hour).primary.to_string(), "PM2.5");
}

fn mean_of(top: i64) -> impl Strategy<Value = Option<Value>> {
    proptest::option::weighted(
        0.9,
        (0..top * 10).prop_map(|tenths| Value::from_micro(tenths * 100_000)),
    )
}

fn hours() -> impl Strategy<Value = Hour> {
    let (gas, co, pm) = (|| mean_of(1400), || mean_of(160), || mean_of(700));
    (gas(), gas(), co(), gas(), pm(), pm()).prop_map(|(a, b, c, d, e, f)| Hour::of([a, b, c, d, e, f]))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_of_a_pollutant_never_lowers_its_sub_index(item in 0_usize..10, a in 0_i64..30_000, more in 0_i64..30_000) {
        for table in [TABLE_2012, TABLE_2026] {
            let of = |tenths: i64| sub(&table, ITEMS[item], Value::from_micro(tenths * 100_000));
            if let (Some(low), Some(high)) = (of(a), of(a + more)) {
                prop_assert!(low <= high);
            }
        }
    }

    #[test]
    fn outside_the_two_moved_rows_and_the_listed_rules_the_editions_agree(hour in hours()) {
        let (old, new) = (HJ633_2012.hourly(&hour), HJ633_2026.hourly(&hour));
        for p in Pollutant::ALL {
            let (a, b) = (old.of(p), new.of(p));
            let moved = matches!(p, Pollutant::Pm10 | Pollutant::Pm25)
                && b.is_some_and(|index| index > 50 && index <= 150);
            let capped = p == Pollutant::So2 && a.is_none() && b == Some(200);
            prop_assert!(a == b || moved || capped, "{p:?} {a:?} {b:?}");
        }
    }

    #[test]
    fn the_index_is_the_highest_sub_index_and_the_primary_pollutants_hold_it(hour in hours()) {
        let index = HJ633_2026.hourly(&hour);
        if let Some(aqi) = index.aqi {
            prop_assert_eq!(Some(aqi), index.highest().map(|highest| highest.max(1)));
            prop_assert_eq!(index.primary.is_empty(), aqi <= 50);
            prop_assert!(index.primary.iter().all(|p| index.of(p) == Some(aqi)));
            prop_assert_eq!(index.level, Some(Level::of(aqi)));
        } else {
            prop_assert!(!index.missing.is_empty());
        }
    }
}
