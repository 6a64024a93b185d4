//! The sample board with the year's goals and the days that they are judged by.

use lookout::bench::check::World;
use lookout::config::checked::read;
use lookout::desk::board::Board;
use lookout::domain::air::Day;
use lookout::domain::air::year::Year;
use lookout::domain::quantity::Value;
use lookout::domain::target::plan::Target;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The sample board with the goals of the training city and a year of days.
pub(crate) fn board() -> Board {
    let mut board = super::board();
    Arc::make_mut(&mut board.room).targets = targets();
    board.year = Some(Arc::new(year()));
    board
}

/// The goals of the training city.
fn targets() -> Vec<Target> {
    let city = include_str!("../../src/training/city.toml");
    let (_, goals) = city.split_at(city.find("[[target]]").expect("goals"));
    let config = read(Path::new("goals.toml"), goals, &World).expect("good goals");
    config.targets
}

/// This year's days until yesterday: 300 of 326 have data, 21 are bad.
fn year() -> Year {
    let until = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    let of = |v: i64| Some(Value::whole(v));
    let days: BTreeMap<chrono::NaiveDate, Day> = first
        .iter_days()
        .take(300)
        .enumerate()
        .map(|(n, date)| {
            let n = n as i64;
            let pm25 = if n % 14 == 3 { 88 } else { 18 + n * 7 % 19 };
            let co = Some(Value::from_micro(600_000 + n % 5 * 50_000));
            let o3 = 80 + n * 11 % 74;
            (
                date,
                Day::of([of(6), of(24 + n % 9), co, of(o3), of(48 + n % 7), of(pm25)]),
            )
        })
        .collect();
    Year::of(lookout::domain::air::Norm::Hj633, until, &days)
}
