use super::*;
use crate::domain::fact::forecast::ForecastDay;

fn built_in(name: &str) -> Ladder {
    let row = BUILT_IN.iter().find(|row| row.0 == name).expect("built in");
    read(Path::new(name), row.1).expect("sound")
}

#[test]
fn every_built_in_table_is_sound() {
    assert_eq!(super::built_in().len(), BUILT_IN.len());
}

#[test]
fn a_rooms_own_table_takes_the_place_of_a_built_in_one() {
    use crate::bench::check::tests::Given;
    use crate::config::checked;
    let own = "key = \"linkage\"\nzh = \"甲\"\nen = \"a\"\norigin = \"local\"\nprovenance = \"x\"\n[[step]]\nkey = \"A\"\n\
               zh = \"甲\"\nen = \"a\"\nany = [[{ metric = \"pm25\", above = 55, days = 1 }]]\n";
    let world = Given {
        variables: Vec::new(),
        files: vec![("own.toml", own)],
    };
    let text = "[room]\nname = \"x\"\n[emergency]\ntables = [\"own.toml\"]\n";
    let config = checked::read(Path::new("room.toml"), text, &world).expect("sound");
    assert_eq!(config.ladders.len(), BUILT_IN.len());
    let linkage = config.ladders.iter().find(|l| l.key == "linkage").expect("there");
    assert_eq!(linkage.provenance.origin, Origin::Local);
    let missing = text.replace("own", "gone");
    let faults = checked::read(Path::new("room.toml"), &missing, &world).expect_err("a fault");
    assert_eq!(faults[0].key, "emergency.tables[1]");
}

fn forecast(aqi: &[u16], cause: PollutionCause) -> Vec<ForecastDay> {
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date");
    let days = first.iter_days().zip(aqi);
    days.map(|(date, &aqi)| ForecastDay {
        date,
        aqi: Some(aqi),
        o3_8h: None,
        pm25: None,
        cause,
        words: Clean::default(),
    })
    .collect()
}

fn step<'a>(ladder: &'a Ladder, aqi: &[u16]) -> &'a str {
    ladder
        .judge(&forecast(aqi, PollutionCause::Pm25))
        .step
        .map_or("none", |step| step.key.as_str())
}

#[test]
fn the_worked_forecasts_reach_their_warning() {
    let ladder = built_in("warning-2024.toml");
    for (aqi, expected) in [
        (&[120, 160, 140][..], "none"),
        (&[120, 155, 165, 130], "yellow"),
        (&[90, 205, 110], "yellow"),
        (&[155, 160, 170], "orange"),
        (&[180, 210, 230, 150], "orange"),
        (&[210, 220, 250], "orange"),
        (&[210, 310, 260], "red"),
        (&[150, 150, 150], "none"),
        (&[], "none"),
    ] {
        assert_eq!(step(&ladder, aqi), expected, "{aqi:?}");
    }
}

#[test]
fn before_2024_a_warning_took_a_day_longer() {
    let ladder = built_in("warning-2017.toml");
    assert_eq!(step(&ladder, &[205]), "none");
    assert_eq!(step(&ladder, &[205, 205]), "yellow");
    assert_eq!(step(&ladder, &[205, 205, 205]), "orange");
    assert_eq!(step(&ladder, &[205, 305, 305, 205]), "red");
    assert_eq!(step(&ladder, &[500]), "red");
}

#[test]
fn a_warning_says_by_which_days_it_is_reached() {
    let ladder = built_in("warning-2024.toml");
    let days = forecast(&[120, 155, 165, 130], PollutionCause::Pm25);
    let verdict = ladder.judge(&days);
    let because = verdict.because.first().expect("a run");
    assert_eq!(
        (because.first, because.last, because.run.days),
        (days[1].date, days[2].date, 2)
    );
}

#[test]
fn ozone_and_dust_take_another_way_and_are_named() {
    let ladder = built_in("warning-2024.toml");
    let verdict = ladder.judge(&forecast(&[210, 220], PollutionCause::O3)).elsewhere;
    assert_eq!(verdict.len(), 2);
    assert_eq!(verdict[0].2, Way::Supervision);
    let dust = forecast(&[400], PollutionCause::Dust);
    assert_eq!(ladder.judge(&dust).step, None);
    assert_eq!(ladder.judge(&dust).elsewhere[0].2, Way::Notice);
    assert!(
        ladder
            .judge(&forecast(&[400], PollutionCause::Other))
            .step
            .is_some()
    );
}

#[test]
fn a_day_without_forecast_breaks_the_run_and_is_named() {
    let ladder = built_in("warning-2024.toml");
    let mut days = forecast(&[155, 160, 170], PollutionCause::Pm25);
    days[1].aqi = None;
    let verdict = ladder.judge(&days);
    assert_eq!((verdict.step, verdict.unknown), (None, vec![days[1].date]));
    days.remove(1);
    assert_eq!(ladder.judge(&days).unknown.len(), 1);
    days.reverse();
    assert_eq!(ladder.judge(&days).unknown.len(), 1);
}

#[test]
fn the_linkage_begins_below_the_warnings() {
    let ladder = built_in("linkage.toml");
    assert_eq!(step(&ladder, &[100]), "none");
    assert_eq!(step(&ladder, &[101, 90]), "L1");
    assert_eq!(step(&ladder, &[101, 102]), "L2");
    assert_eq!(step(&ladder, &[151]), "L2");
    let mut ozone = forecast(&[90], PollutionCause::O3);
    ozone[0].o3_8h = Some(Value::whole(161));
    assert_eq!(
        ladder.judge(&ozone).step.map(|step| step.key.as_str()),
        Some("L1")
    );
    assert_eq!(ladder.provenance.origin, Origin::Default);
}

#[test]
fn every_fault_of_a_rooms_own_table_is_named_with_its_line() {
    let text = "key = \"x\"\nzh = \"x\"\nen = \"x\"\norigin = \"rumour\"\nprovenance = \"x\"\n[ways]\no3 = \"wait\"\n\
                [[step]]\nkey = \"a\"\nzh = \"a\"\nen = \"a\"\nany = [[{ metric = \"smell\", above = 1, days = 0 }]]\n";
    let faults = read(Path::new("own.toml"), text).expect_err("faults");
    let lines: Vec<u32> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 7, 12, 12]);
    let shape = read(Path::new("own.toml"), "key = 3\n").expect_err("a fault");
    assert_eq!(shape[0].line, 1);
}
