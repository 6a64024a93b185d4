use super::*;
use crate::bench::check::tests::Given;

fn faults(text: &str, given: &Given) -> Vec<String> {
    let faults = read(Path::new("room/lookout.toml"), text, given).err();
    faults
        .unwrap_or_default()
        .iter()
        .map(|f| {
            let near = f.near.as_deref().map(|n| format!(" ~{n}")).unwrap_or_default();
            format!("{} {}: {}{near}", f.place(), f.key, f.words(Lang::En))
        })
        .collect()
}

#[test]
fn an_empty_file_is_a_room_with_defaults() {
    let config = read(Path::new("x.toml"), "", &Given::default()).expect("nothing is wrong");
    assert_eq!(config.language, Lang::Zh);
    assert_eq!(config.zone, crate::domain::time::CHINA);
    assert!(config.channels.is_empty());
}

#[test]
fn a_room_names_the_standard_of_its_air_or_learns_which_there_are() {
    let norm = |text: &str| read(Path::new("x.toml"), text, &Given::default()).map(|config| config.standard);
    assert_eq!(norm("").ok(), Some(Norm::Hj633));
    for (key, named) in ROOM_NORMS {
        assert_eq!(
            norm(&format!("room.standard = \"{key}\"")).ok(),
            Some(named),
            "{key}"
        );
    }
    insta::assert_snapshot!(faults("room.standard = \"EAQ\"", &Given::default()).join("\n"), @r#"room/lookout.toml:1:17 room.standard: “EAQ” is not known ~EAQI"#);
}

#[test]
fn every_fault_is_reported_at_once_with_its_line_and_what_was_meant() {
    let text = r#"
[room]
nmae = "余姚"
language = "zn"
zone = 8

[store]
keep_readings = "a year"

[[channel]]
id = "two"
kind = "webhok"

[[channel]]
id = "two"
kind = "dingtalk"
menton = true

[[operator]]
id = "wang"
role = "operater"

[[unit]]
id = "u"
name = "单位"
channel = "robbot"

[[channel]]
id = "robot"
kind = "webhook"
url = "http://x"
secret_env = "GONE"
"#;
    insta::assert_snapshot!(faults(text, &Given::default()).join("\n"), @r#"
    room/lookout.toml:3:1 room.nmae: no such key is known here ~name
    room/lookout.toml:4:12 room.language: “zn” is not known ~zh
    room/lookout.toml:5:8 room.zone: must be text, is a whole number
    room/lookout.toml:8:17 store.keep_readings: “a year” is not a length of time
    room/lookout.toml:12:8 channel[1].kind: “webhok” is not known ~webhook
    room/lookout.toml:14:1 channel[2].token: this key is needed here
    room/lookout.toml:15:6 channel[2].id: “two” stands already on line 11
    room/lookout.toml:17:1 channel[2].menton: no such key is known here ~mention
    room/lookout.toml:21:8 operator[1].role: “operater” is not known ~operator
    room/lookout.toml:26:11 unit[1].channel: nothing named “robbot” is configured ~robot
    room/lookout.toml:32:14 channel[3].secret_env: the environment variable GONE is not set
    "#);
}

#[test]
fn files_beside_the_configuration_are_checked_line_by_line() {
    let text = "[directory]\ntownships_file = \"towns.csv\"\npoints_file = \"gone.csv\"\n";
    let given = Given {
        files: vec![(
            "room/towns.csv",
            "id,name,lat,lon,unit\nt1,泗门镇,30.1,121.0,\nt1,马渚镇,95,121.1,\nt3,临山镇,x,121.1,nobody\n",
        )],
        ..Given::default()
    };
    insta::assert_snapshot!(faults(text, &given).join("\n"), @r#"
    room/lookout.toml:3:15 directory.points_file: the file cannot be read: room/gone.csv: no such file
    room/towns.csv:3 id: “t1” stands already on line 2
    room/towns.csv:3 lat: not a position on the globe
    room/towns.csv:4 lat: not well-formed: invalid float literal
    "#);
}

#[test]
fn a_broken_line_does_not_hide_another() {
    insta::assert_snapshot!(faults("[room]\nname = \nzone = \"+09\n", &Given::default()).join("\n"), @r#"
    room/lookout.toml:2:8 : not well-formed: string values must be quoted, expected literal string
    room/lookout.toml:3:12 : not well-formed: invalid basic string, expected `"`
    "#);
}

#[test]
fn a_directory_keeps_positions_on_the_datum_it_names() {
    let text = "[directory]\ndatum = \"gcj02\"\n[[township]]\nid = \"t\"\nname = \"泗门镇\"\nlat = 30.1\nlon = 121.0\n";
    let config = read(Path::new("x.toml"), text, &Given::default()).expect("nothing is wrong");
    let centre = config.directory.townships[0].centre.expect("a position");
    assert!((centre.lon() - 121.0).abs() > 0.003);
}

#[test]
fn a_forecast_is_asked_of_a_models_air_and_for_no_more_days_than_it_reaches() {
    let said = |keys: &str| {
        let point = "points = [{ id = \"a\", lat = 30.0, lon = 121.0 }]";
        let text = format!("[[source]]\nid = \"m\"\n[source.open-meteo]\n{point}\n{keys}\n");
        faults(&text, &Given::default())
    };
    assert_eq!(said("forecast_days = 5"), [""; 0]);
    for wrong in [
        "forecast_days = 6",
        "forecast_days = 0",
        "quantities = [\"temperature\"]\nforecast_days = 2",
    ] {
        let faults = said(wrong);
        assert!(
            faults.len() == 1 && faults[0].contains("forecast_days"),
            "{faults:?}"
        );
    }
}

/// A unit and an enterprise name their ways alike, one or several in order; each must be there.
#[test]
fn the_ways_of_a_unit_or_an_enterprise_are_named_in_order_and_an_unknown_one_is_refused_with_its_place() {
    let room = |table: &str, ways: &str| {
        format!(
            "[[channel]]\nid = \"robot\"\nkind = \"dingtalk\"\ntoken = \"t\"\n[[channel]]\nid = \"phone\"\nkind = \"telephone\"\n\
             [[{table}]]\nid = \"u\"\nname = \"单位\"\n{ways}\n"
        )
    };
    for table in ["unit", "enterprise"] {
        let said = |ways: &str| faults(&room(table, ways), &Given::default());
        assert_eq!(said("channels = [\"robot\", \"phone\"]"), [""; 0], "{table}");
        let line = "room/lookout.toml:11";
        assert_eq!(
            said("channels = [\"robot\", \"hoook\"]"),
            [format!(
                "{line}:12 {table}[1].channels: nothing named “hoook” is configured"
            )]
        );
        assert_eq!(said("channel = \"robott\"").len(), 1);
        let both = said("channels = [\"phone\"]\nchannel = \"robot\"");
        assert_eq!(both.len(), 1, "{both:?}");
    }
}

#[test]
fn a_link_to_a_map_and_a_channels_datum_name_what_is_known_and_nothing_else() {
    let given = Given::default();
    let room = |map: &str| format!("[room]\nmap = \"https://m.example/?p={map}\"");
    assert_eq!(faults(&room("{gcj02_lat},{gcj02_lon}"), &given), [""; 0]);
    let said = faults(&room("{lat},{lng}"), &given);
    let place = "room/lookout.toml:2:7 room.map: nothing named “lng” is configured";
    assert!(
        said.len() == 1 && said.iter().all(|one| one.starts_with(place)),
        "{said:?}"
    );
    let open = faults(&room("{lat"), &given);
    let place = "room/lookout.toml:2:7 room.map: nothing named “{lat” is configured";
    assert!(
        open.len() == 1 && open.iter().all(|one| one.starts_with(place)),
        "{open:?}"
    );
    let channel = |datum: &str| {
        let own = "[[channel]]\nid = \"robot\"\nkind = \"dingtalk\"\ntoken = \"t\"\n";
        format!("{own}datum = \"{datum}\"\n")
    };
    for datum in ["wgs84", "gcj02", "bd09"] {
        let config = read(Path::new("x.toml"), &channel(datum), &given).expect("it is known");
        let read = config.channels[0].datum.map(crate::domain::place::Datum::key);
        assert_eq!(read, Some(datum));
    }
    let said = faults(&channel("gps"), &given);
    assert_eq!(said.len(), 1, "{said:?}");
}

/// A source of each needed shape, with one line of its own.
fn mapped(line: &str) -> String {
    format!(
        "[[source]]\nid = 'a'\nkind = 'mapped'\nurl = 'http://127.0.0.1/'\nformat = 'json'\n{line}\n\
         time = {{ from = ['t'], form = 'unix' }}\nsignal = {{ kind = 'fire', id = ['id'], title = 'x' }}\n"
    )
}

#[test]
fn what_would_never_do_what_it_says_is_refused_in_its_line() {
    let level = "[[rule]]\ncode = 'AIR-AQI'\n[rule.level]\nhours = 2\nred = 100\norange = 200\n";
    let shifts = "[[shift]]\nid = 'day'\nname = { zh = '白', en = 'day' }\nbegins = '08:00'\nlasts = '13h'\n\
                  [[shift]]\nid = 'night'\nname = { zh = '夜', en = 'night' }\nbegins = '20:00'\nlasts = '12h'\n";
    let url = |url: &str| format!("[[source]]\nid = 'a'\nkind = 'answers'\nurl = 'http://127.0.0.1/{url}'\n");
    for (text, line, key) in [
        (
            "[[rule]]\ncode = 'AIR-AQX'\noff = true\n".to_owned(),
            2,
            "rule[1].code",
        ),
        (level.to_owned(), 5, "rule[1].level.red"),
        (shifts.to_owned(), 5, "shift[1].lasts"),
        (url("{pge}"), 4, "source[1].url"),
        (url("{time:%Q}"), 4, "source[1].url"),
        (mapped("body = '{time:%Q}'"), 6, "source[1].body"),
        (mapped("body = 'page={page}'"), 1, "source[1].page_size"),
        (mapped("page_size = 50"), 6, "source[1].page_size"),
        (
            "[directory]\nboundary = [[30, 121], [31, 122]]\n".to_owned(),
            2,
            "directory.boundary",
        ),
        (
            mapped("headers = { 'X Bad' = '1' }"),
            6,
            "source[1].headers.X Bad",
        ),
        (mapped("key_header = 'X:'"), 6, "source[1].key_header"),
    ] {
        let faults = read(Path::new("x.toml"), &text, &Given::default()).expect_err("a fault");
        let places: Vec<(u32, &str)> = faults.iter().map(|own| (own.line, own.key.as_str())).collect();
        assert_eq!(places, [(line, key)], "{text}");
    }
}

#[test]
fn what_is_odd_or_of_an_older_form_is_used_and_said() {
    for (text, line, key) in [
        (
            "[[source]]\nid = 'a'\n[source.nws]\nareas = ['CA']\n",
            3,
            "source[1].nws",
        ),
        (
            "[[source]]\nid = 'a'\nkind = 'nws'\nareas = ['CA']\nevery = '1s'\n",
            5,
            "source[1].every",
        ),
        (
            "[[rule]]\ncode = 'AIR-AQX'\n[rule.surge]\npercent = 200\n",
            2,
            "rule[1].code",
        ),
    ] {
        let config = read(Path::new("x.toml"), text, &Given::default()).expect("it is used");
        let places: Vec<(u32, &str)> = config
            .hints
            .iter()
            .map(|own| (own.line, own.key.as_str()))
            .collect();
        assert_eq!(places, [(line, key)], "{text}");
    }
}

#[test]
fn a_source_names_its_kind_as_a_channel_does_and_both_forms_mean_the_same() {
    let own = "areas = ['CA']\n";
    let now = format!("[[source]]\nid = 'a'\nkind = 'nws'\n{own}");
    let older = format!("[[source]]\nid = 'a'\n[source.nws]\n{own}");
    let of = |text: &str| read(Path::new("x.toml"), text, &Given::default()).expect("it is good");
    assert_eq!(of(&now).sources, of(&older).sources);
    assert_eq!(of(&now).hints, []);
    let said = |text: &str| faults(text, &Given::default()).join("\n");
    insta::assert_snapshot!(said("[[source]]\nid = 'a'\nkind = 'nsw'\nareas = ['CA']\n[[source]]\nid = 'b'\nkind = 'nws'\narea = ['CA']\n\
                                  [[source]]\nid = 'c'\n[[source]]\nid = 'd'\n[source.nwss]\n"), @r"
    room/lookout.toml:3:8 source[1].kind: “nsw” is not known ~nws
    room/lookout.toml:5:1 source[2].areas: this key is needed here
    room/lookout.toml:8:1 source[2].area: no such key is known here ~areas
    room/lookout.toml:9:1 source[3].kind: this key is needed here
    room/lookout.toml:13:9 source[4].nwss: no such key is known here ~nws
    ");
}

#[test]
fn what_is_wrong_in_every_section_is_said_at_once() {
    let text = "[room]\nlanguage = 'zn'\n[[rule]]\ncode = 'X'\n[rule.flat]\nof = 'pm52'\nhours = 99\n[[source]]\nid = 'a'\nkind = 'cnemc'\n\
                form = 'x'\nevery = 'x'\n[[channel]]\nid = 'c'\nkind = 'webhook'\nurl = 'x'\nsecret = 'x'\n[[operator]]\nid = ''\nrole = 'x'\n";
    let faults = read(Path::new("x.toml"), text, &Given::default()).expect_err("faults");
    let lines: Vec<u32> = faults.iter().map(|own| own.line).collect();
    assert_eq!(lines, [2, 6, 7, 11, 12, 16, 17, 19, 20]);
}
