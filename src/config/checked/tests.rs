use super::*;
use crate::config::check::tests::Given;

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
        let read = config.datums.get("robot").map(|own| own.key());
        assert_eq!(read, Some(datum));
    }
    let said = faults(&channel("gps"), &given);
    assert_eq!(said.len(), 1, "{said:?}");
}
