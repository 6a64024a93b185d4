//! The kinds of sources, a row each: how one is configured, and a good body of its upstream at a moment.

use lookout::domain::time::{CHINA, Moment, Span, UTC};
use serde_json::{Value, json};

/// A kind of source.
pub(crate) struct Kind {
    pub(crate) id: &'static str,
    /// Its `[[source]]`, at the server's base.
    pub(crate) config: fn(&str) -> String,
    /// A good body for a path.
    pub(crate) body: fn(&str, Moment) -> String,
    /// Whether the body is JSON; else a table.
    pub(crate) json: bool,
    /// Whether the upstream always has readings to give.
    pub(crate) speaks: bool,
    /// Members or columns of times, of keys, of values.
    pub(crate) times: &'static [&'static str],
    pub(crate) keys: &'static [&'static str],
    pub(crate) values: &'static [&'static str],
    /// The member that holds the list; the body itself where empty.
    pub(crate) list: &'static str,
}

pub(crate) fn by_id(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// Begins a `[[source]]`.
fn source(id: &str, base: &str, rest: &str) -> String {
    format!("[[source]]\nid = \"{id}\"\nurl = \"{base}/{id}\"\ntimeout = \"2s\"\n{rest}\n")
}

fn china(at: Moment) -> String {
    at.local(CHINA).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn utc(at: Moment, form: &str) -> String {
    at.local(UTC).format(form).to_string()
}

fn hour(at: Moment) -> Moment {
    at.floor(Span::hours(1))
}

const FIRES: &str =
    "[source.mapped.signal]\nkind = \"fire\"\nid = [\"id\"]\ntitle = \"烟火\"\ncomplete = true\n";
const TIME: &str = "time = { from = [\"t\"], form = \"%Y-%m-%d %H:%M:%S\" }\n";

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        id: "alertmanager",
        config: |base| {
            source(
                "alertmanager",
                base,
                "[source.alertmanager]\nexpect = [\"Watchdog\"]",
            )
        },
        body: |_, now| {
            let alert = |id: &str, name: &str| {
                json!({"fingerprint": id, "startsAt": now.rfc3339(UTC), "status": {"state": "active"},
                       "labels": {"alertname": name, "severity": "warning"}, "annotations": {}})
            };
            json!([alert("w", "Watchdog"), alert("a", "Dust"), alert("b", "Noise")]).to_string()
        },
        json: true,
        speaks: false,
        times: &["startsAt"],
        keys: &["fingerprint"],
        values: &[],
        list: "",
    },
    Kind {
        id: "nws",
        config: |base| source("nws", base, "[source.nws]\nareas = [\"CA\"]"),
        body: |_, now| {
            let alert = |id: &str| {
                json!({"properties": {"id": id, "sent": now.rfc3339(UTC), "messageType": "Alert",
                       "severity": "Severe", "event": "Wind", "ends": null}})
            };
            json!({"features": [alert("a"), alert("b")]}).to_string()
        },
        json: true,
        speaks: false,
        times: &["sent"],
        keys: &["id"],
        values: &[],
        list: "features",
    },
    Kind {
        id: "cnemc",
        config: |base| source("cnemc", base, "[source.cnemc]\ncity = \"宁波市\""),
        body: |_, now| {
            let at = hour(now).local(CHINA).format("%Y-%m-%dT%H:%M:%S").to_string();
            let station = |code: &str, value: &str| json!({"StationCode": code, "PositionName": code, "TimePoint": at, "PM2_5": value, "PM10": "60"});
            json!([station("1234A", "35"), station("1235A", "36")]).to_string()
        },
        json: true,
        speaks: true,
        times: &["TimePoint"],
        keys: &["StationCode"],
        values: &["PM2_5", "PM10"],
        list: "",
    },
    Kind {
        id: "archive",
        config: |base| source("archive", base, "[source.cnemc]\nform = \"archive\""),
        body: |_, now| {
            let at = hour(now).local(CHINA).format("%Y%m%d,%H").to_string();
            format!("date,hour,type,1234A,1235A\n{at},PM2.5,35,36\n{at},PM10,60,61\n")
        },
        json: false,
        speaks: true,
        times: &["date"],
        keys: &["type"],
        values: &["35", "36", "60", "61"],
        list: "",
    },
    Kind {
        id: "model",
        config: |base| {
            let points =
                "points = [{ id = \"yuyao\", lat = 30.05, lon = 121.15 }]\nquantities = [\"pm25\", \"o3\"]";
            source("model", base, &format!("[source.open-meteo]\n{points}"))
        },
        body: |_, now| {
            let at = [hour(now) - Span::hours(1), hour(now)].map(|at| at.ms() / 1000);
            let units = json!({"pm2_5": "μg/m³", "ozone": "μg/m³"});
            json!({"utc_offset_seconds": 0, "hourly_units": units,
                   "hourly": {"time": at, "pm2_5": [35.0, 36.0], "ozone": [60.0, 61.0]}})
            .to_string()
        },
        json: true,
        speaks: true,
        times: &["time"],
        keys: &["hourly"],
        values: &["pm2_5", "ozone"],
        list: "hourly",
    },
    Kind {
        id: "openaq",
        config: |base| source("openaq", base, "key = \"k\"\n[source.openaq]\nlocations = [7]"),
        body: |path, now| {
            let results = if path.contains("/latest") {
                json!([{"sensorsId": 70, "value": 35, "datetime": {"utc": hour(now).rfc3339(UTC)}}])
            } else {
                let sensor = json!({"id": 70, "parameter": {"name": "pm25", "units": "µg/m³"}});
                json!([{"id": 7, "name": "x", "sensors": [sensor]}])
            };
            json!({"results": results}).to_string()
        },
        json: true,
        speaks: true,
        times: &["datetime"],
        keys: &["id", "sensorsId"],
        values: &["value"],
        list: "results",
    },
    Kind {
        id: "firms",
        config: |base| source("firms", base, "[source.firms]\narea = [120.8, 29.6, 121.5, 30.4]"),
        body: |_, now| {
            let at = utc(now, "%Y-%m-%d,%H%M");
            let head = "latitude,longitude,acq_date,acq_time,satellite,confidence,frp,daynight";
            format!("{head}\n30.05,121.15,{at},N,n,4,D\n30.15,121.25,{at},N,n,4,D\n")
        },
        json: false,
        speaks: false,
        times: &["acq_date"],
        keys: &["latitude"],
        values: &[],
        list: "",
    },
    Kind {
        id: "towers",
        config: |base| {
            let map = "[source.mapped]\nformat = \"json\"\nrows = \"$.data.list[*]\"\n\
                       heartbeat = { from = \"$.data.updateTime\", within = \"30m\" }\n";
            source("towers", base, &format!("{map}{TIME}{FIRES}"))
        },
        body: |_, now| {
            let row = |id: u32| json!({"id": id, "t": china(now)});
            json!({"code": 0, "data": {"updateTime": china(now), "list": [row(1), row(2)]}}).to_string()
        },
        json: true,
        speaks: false,
        times: &["t"],
        keys: &["id"],
        values: &[],
        list: "list",
    },
    Kind {
        id: "hours",
        config: |base| {
            let map =
                "[source.mapped]\nformat = \"json\"\nrows = \"$.data[*]\"\npoint = { id = [\"code\"] }\n";
            let values = "[[source.mapped.reading]]\nfrom = \"pm25\"\nquantity = \"pm25\"\n";
            source("hours", base, &format!("{map}{TIME}{values}"))
        },
        body: |_, now| {
            let row = |code: &str| json!({"code": code, "t": china(hour(now)), "pm25": 35});
            json!({"data": [row("A"), row("B")]}).to_string()
        },
        json: true,
        speaks: true,
        times: &["t"],
        keys: &["code"],
        values: &["pm25"],
        list: "data",
    },
    Kind {
        id: "table",
        config: |base| {
            source(
                "table",
                base,
                &format!("[source.mapped]\nformat = \"csv\"\n{TIME}{FIRES}"),
            )
        },
        body: |_, now| format!("id,t\n1,{at}\n2,{at}\n", at = china(now)),
        json: false,
        speaks: false,
        times: &["t"],
        keys: &["id"],
        values: &[],
        list: "",
    },
    Kind {
        id: "wide",
        config: |base| {
            let map = "[source.mapped]\nformat = \"wide\"\nquantity_column = \"kind\"\n";
            let values = "[[source.mapped.reading]]\nfrom = \"PM2.5\"\nquantity = \"pm25\"\n";
            source("wide", base, &format!("{map}{TIME}{values}"))
        },
        body: |_, now| format!("t,kind,A,B\n{},PM2.5,35,36\n", china(hour(now))),
        json: false,
        speaks: true,
        times: &["t"],
        keys: &["kind"],
        values: &["35", "36"],
        list: "",
    },
    Kind {
        id: "answers",
        config: |base| source("answers", base, "[source.answers]"),
        body: |_, now| {
            let answer = |task: &str| json!({"task": task, "unit": "u1", "kind": "done", "text": "", "at": now.rfc3339(UTC)});
            json!([answer("F1"), answer("F2")]).to_string()
        },
        json: true,
        speaks: false,
        times: &["at"],
        keys: &["task"],
        values: &[],
        list: "",
    },
];

impl Kind {
    /// A good body as JSON.
    pub(crate) fn value(&self, path: &str, now: Moment) -> Value {
        serde_json::from_str(&(self.body)(path, now)).expect("a good body")
    }
}
