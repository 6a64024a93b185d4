use super::*;

struct Ran {
    out: String,
    errors: String,
    outcome: Result<Outcome, PipeError>,
}

fn pipe(options: &[&str], lang: Lang, input: &str) -> Ran {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }
    let line = std::iter::once(&"aqi").chain(options);
    let args = <Line as clap::Parser>::try_parse_from(line)
        .expect("options")
        .args;
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let outcome = run(&args, lang, &mut input.as_bytes(), &mut out, &mut errors);
    Ran {
        out: String::from_utf8(out).expect("text"),
        errors: String::from_utf8(errors).expect("text"),
        outcome,
    }
}

fn rows(options: &[&str], input: &str) -> Vec<String> {
    let ran = pipe(options, Lang::En, input);
    assert!(ran.outcome.is_ok(), "{:?}", ran.outcome);
    ran.out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_same_rows_come_out_with_their_index_by_the_standard_of_their_date() {
    let input = "station,time,remark,pm25,pm10,o3,no2,so2,co\n\
                 a,2026-02-28 08:00,\"x,y\",75,60,50,20,5,0.6\n\
                 a,2026-03-01 08:00,z,75,60,50,20,5,0.6\n";
    let ran = pipe(&[], Lang::Zh, input);
    assert_eq!(ran.outcome.expect("runs"), Outcome::Whole);
    assert_eq!(
        ran.out,
        "station,time,remark,pm25,pm10,o3,no2,so2,co,aqi,level,class,primary,iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,\
         iaqi_pm10,iaqi_pm25,standard\n\
         a,2026-02-28 08:00,\"x,y\",75,60,50,20,5,0.6,100,2,良,PM2.5,2,10,6,16,55,100,hj633-2012\n\
         a,2026-03-01 08:00,z,75,60,50,20,5,0.6,114,3,轻度污染,PM2.5,2,10,6,16,58,114,hj633-2026\n"
    );
    assert_eq!(ran.errors, "列「remark」未识别，不参与计算\n");
}

#[test]
fn headings_with_units_and_in_chinese_are_read_and_what_is_not_understood_is_said() {
    let plain = "time,so2,no2,co,o3,pm10,pm25\n2026-03-01 08:00,5,20,0.6,50,60,75\n";
    let headed = "时间,SO₂(µg/m³),NO2（ug/m3）,CO(µg/m3),臭氧(μg/m³),PM10 [µg/m³],PM2.5(µg/m³)\n\
                  2026-03-01 08:00,5,20,600,50,60,75\n";
    let added = |input: &str| {
        let ran = pipe(&[], Lang::Zh, input);
        assert_eq!(
            (ran.outcome.expect("runs"), ran.errors.as_str()),
            (Outcome::Whole, "")
        );
        let row = ran.out.lines().nth(1).expect("a row").to_owned();
        row.split(',').skip(7).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(added(headed), added(plain));
    assert_eq!(added(plain)[0], "114");
    for (lang, words) in [
        (Lang::Zh, "列「PM2.5浓度」未识别，不参与计算\n"),
        (
            Lang::En,
            "column “PM2.5浓度” is not known here; it is not judged\n",
        ),
    ] {
        let ran = pipe(&[], lang, "time,PM10,PM2.5浓度\n2026-03-01 08:00,60,75\n");
        assert_eq!(
            (ran.outcome.expect("runs"), ran.errors.as_str()),
            (Outcome::Whole, words)
        );
        let lines = "{\"time\":\"2026-03-01 08:00\",\"pm10\":60,\"PM2.5浓度\":75}\n".repeat(2);
        assert_eq!(pipe(&["--json"], lang, &lines).errors, words, "once a table");
    }
    let ran = pipe(&[], Lang::Zh, "time,PM2.5(ppb)\n2026-03-01 08:00,60\n");
    let fault = ran.outcome.expect_err("refused");
    assert_eq!(fault.words(Lang::Zh), "列「PM2.5(ppb)」的单位无法用于该污染物");
}

#[test]
fn the_us_index_has_no_upper_end() {
    let options = ["--standard", "epa-2024", "--period", "day"];
    let out = rows(&options, "pm25\n325.4\n400\n999.9\n");
    assert!(out[0].starts_with("325.4,500,6,Hazardous,PM2.5,"), "{}", out[0]);
    assert!(out[1].starts_with("400,649,6,Hazardous,PM2.5,"), "{}", out[1]);
    assert!(out[1].ends_with(",649,epa-2024"), "{}", out[1]);
    assert!(out[2].starts_with("999.9,1844,6,Hazardous,PM2.5,"), "{}", out[2]);
}

#[test]
fn what_lies_above_its_table_is_named_and_the_others_make_the_index() {
    let input = "time,so2,no2,co,o3,pm10,pm25\n2019-06-01 08:00,950,60,50,50,60,30\n";
    let out = rows(&[], input);
    assert!(
        out[0].ends_with(",180,4,Moderately polluted,CO,≥200,30,180,16,55,43,hj633-2012"),
        "{}",
        out[0]
    );
    let ran = pipe(
        &["--json"],
        Lang::En,
        "{\"time\":\"2019-06-01 08:00\",\"so2\":950,\"co\":50}\n{\"time\":\"2019-06-01 09:00\",\"so2\":950}\n",
    );
    let out: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|l| serde_json::from_str(l).expect("an object"))
        .collect();
    assert_eq!(
        (out[0]["aqi"].as_u64(), &out[0]["withheld"]["so2"]),
        (Some(180), &200.into())
    );
    assert_eq!(
        (&out[1]["aqi"], &out[1]["why"]),
        (&serde_json::Value::Null, &"beyond-table".into())
    );
}

#[test]
fn what_is_wrong_with_a_row_is_said_with_its_line_and_the_row_still_goes_out() {
    let input = "time,so2,no2,co,o3,pm10,pm25\n\
                 2026-03-01,5,20,900,50,60,30\n\
                 2026-03-01,5,20\n\
                 someday,5,20,1,50,60,30\n\
                 2026-03-01,-5,x,1,50,60,30\n\
                 2026-03-01,5,20,1,50,60,30\n";
    let ran = pipe(&[], Lang::En, input);
    assert_eq!(ran.outcome.expect("runs"), Outcome::Flawed(4));
    let out: Vec<&str> = ran.out.lines().collect();
    assert_eq!(out.len(), 5);
    assert!(
        out[1].ends_with(",NA,NA,NA,NA,2,10,NA,16,58,43,hj633-2026"),
        "{}",
        out[1]
    );
    assert!(
        out[2].ends_with(",NA,NA,NA,NA,NA,NA,NA,NA,NA,NA,NA"),
        "{}",
        out[2]
    );
    assert!(
        out[4].ends_with(",58,2,Good,PM10,2,10,10,16,58,43,hj633-2026"),
        "{}",
        out[4]
    );
    let said: Vec<&str> = ran.errors.lines().collect();
    assert!(said[0].starts_with("line 2: co “900”"), "{}", said[0]);
    assert_eq!(said[1], "line 3: 3 fields instead of 7; left out");
    assert!(said[2].starts_with("line 4: the time “someday”"), "{}", said[2]);
    assert!(said[4].starts_with("line 5: so2 “-5” is negative"), "{}", said[4]);
}

#[test]
fn a_terminal_sequence_in_a_cell_reaches_no_terminal() {
    let ran = pipe(&["--standard", "eaqi"], Lang::En, "pm25\n\u{1b}[2Jx\n");
    assert!(!ran.errors.contains('\u{1b}'), "{:?}", ran.errors);
}

#[test]
fn missing_is_na_and_what_is_not_monitored_is_a_stroke() {
    let input = "time,so2,no2,co,o3,pm10,pm25\n2026-03-01,,NA,—,90,45,30\n2026-03-01,/,/,/,90,45,30\n";
    let out = rows(&[], input);
    assert!(
        out[0].ends_with(",NA,NA,NA,NA,NA,NA,NA,29,45,43,hj633-2026"),
        "{}",
        out[0]
    );
    assert!(
        out[1].ends_with(",45,1,Excellent,-,/,/,/,29,45,43,hj633-2026"),
        "{}",
        out[1]
    );
}

#[test]
fn a_table_that_cannot_be_judged_is_refused_before_its_first_row() {
    let refused =
        |options: &[&str], input: &str| pipe(options, Lang::En, input).outcome.expect_err("refused");
    assert!(matches!(refused(&[], ""), PipeError::NoPollutant));
    assert!(matches!(refused(&[], "time,remark\n"), PipeError::NoPollutant));
    assert!(matches!(refused(&[], "pm25\n30\n"), PipeError::NoTime));
    assert!(matches!(refused(&[], "time,pm25,PM2.5\n"), PipeError::Twice(name) if name == "PM2.5"));
    assert!(matches!(
        refused(&["--standard", "eaqi", "--period", "day"], "pm25\n"),
        PipeError::NoDailyForm
    ));
}

#[test]
fn a_day_is_judged_by_its_means_and_its_highest_eight_hours_of_ozone() {
    let input = "time,so2,no2,co,o3,o3_8h,pm10,pm25\n2025-07-01,7,22,0.6,260,178,58,31\n2026-07-01,7,22,0.6,260,178,58,31\n";
    let out = rows(&["--period", "day"], input);
    assert!(out[0].contains(",130,3,Lightly polluted,O3,"), "{}", out[0]);
    assert!(out[1].contains(",117,3,Lightly polluted,O3,"), "{}", out[1]);
}

#[test]
fn as_written_the_old_standard_slides_over_the_rows_before() {
    use std::fmt::Write as _;
    let mut input = String::from("time,station,so2,no2,co,o3,pm10,pm25\n");
    for hour in 0..24 {
        let pm25 = if hour == 23 { 240 } else { 0 };
        writeln!(input, "2019-06-01 {hour:02}:00,a,5,20,0.5,80,40,{pm25}").expect("text");
    }
    let out = rows(&["--realtime", "text"], &input);
    assert!(
        out[23].ends_with(",40,1,Excellent,-,2,10,5,40,40,15,hj633-2012"),
        "{}",
        out[23]
    );
    assert!(
        out[18].ends_with(",40,1,Excellent,-,2,10,5,40,NA,NA,hj633-2012"),
        "{}",
        out[18]
    );
    let published = rows(&[], &input);
    assert!(published[23].contains(",290,5,"), "{}", published[23]);
}

#[test]
fn a_duplicate_hour_has_no_sliding_means_and_says_so() {
    let input = "time,pm25\n2019-06-01 01:00,5\n2019-06-01 01:00,5\n";
    let ran = pipe(&["--realtime", "text"], Lang::En, input);
    assert_eq!(ran.outcome.expect("runs"), Outcome::Flawed(1));
    assert!(ran.errors.starts_with("line 3: duplicate"), "{}", ran.errors);
}

#[test]
fn the_us_index_of_an_hour_uses_the_nowcast_of_its_station() {
    let mut input = String::from("time,station,pm25\n");
    for (hour, pm25) in [15, 16, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50]
        .iter()
        .enumerate()
    {
        use std::fmt::Write as _;
        writeln!(input, "2026-01-01 {hour:02}:00,a,{pm25}").expect("text");
    }
    let out = rows(&["--standard", "epa-2024"], &input);
    // NowCast 45.1729, cut to 45.1.
    assert!(
        out[11].contains(",125,3,Unhealthy for sensitive groups,PM2.5,"),
        "{}",
        out[11]
    );
    assert!(out[0].contains(",NA,NA,NA,NA,"), "{}", out[0]);
}

#[test]
fn lines_of_json_come_out_as_lines_of_json() {
    let input = "{\"time\":\"2026-03-01T08:00:00+08:00\",\"so2\":5,\"no2\":20,\"co\":\"0.6\",\"o3\":50,\"pm10\":60,\"pm25\":75}\n\
                 [1]\n\n{\"time\":\"2026-03-01\",\"pm25\":null}\n";
    let ran = pipe(&["--json"], Lang::En, input);
    assert_eq!(ran.outcome.expect("runs"), Outcome::Flawed(1));
    let out: Vec<&str> = ran.out.lines().collect();
    assert!(
        out[0].ends_with(
            "\"pm25\":75,\"aqi\":114,\"level\":3,\"class\":\"Lightly polluted\",\"primary\":[\"PM2.5\"],\"iaqi_so2\":2,\
             \"iaqi_no2\":10,\"iaqi_co\":6,\"iaqi_o3\":16,\"iaqi_pm10\":58,\"iaqi_pm25\":114,\"standard\":\"hj633-2026\"}"
        ),
        "{}",
        out[0]
    );
    assert!(out[1].contains("\"aqi\":null"), "{}", out[1]);
    assert!(ran.errors.starts_with("line 2: "), "{}", ran.errors);
}

#[test]
fn the_order_and_the_chunking_of_rows_change_nothing() {
    use std::fmt::Write as _;
    let header = "time,so2,no2,co,o3,pm10,pm25\n";
    let lines: Vec<String> = (0..200)
        .map(|n| {
            let mut line = String::new();
            write!(
                line,
                "2026-0{}-01 05:00,{n},{},{}.5,{n},{},{}",
                1 + n % 6,
                n * 2,
                n % 9,
                n * 3,
                n
            )
            .expect("text");
            line
        })
        .collect();
    let all = rows(&[], &(header.to_owned() + &lines.join("\n")));
    let reversed: Vec<String> = lines.iter().rev().cloned().collect();
    let mut back = rows(&[], &(header.to_owned() + &reversed.join("\n")));
    back.reverse();
    assert_eq!(all, back);
    let chunks: Vec<String> = lines
        .chunks(7)
        .flat_map(|chunk| rows(&[], &(header.to_owned() + &chunk.join("\n"))))
        .collect();
    assert_eq!(all, chunks);
}
