//! Secrets: an upstream that sends back everything it was asked puts none of them on a screen or on the disk.

use crate::Room;
use crate::upstream::Answer;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::task::TaskFact;
use std::path::Path;
use std::process::Command;

/// Every secret of [`config`], one a place: keys, a password and a session in headers, a body's, an address's, a robot's.
const SECRETS: &[&str] = &[
    "k3y/of+Platform=",
    "k3yOfOpenAq",
    "k3yOfF1rms",
    "pw0fTheH3ader",
    "s3ss1onOfTheCookie",
    "pw0fTheB0dy",
    "t0kenOfTheAddr3ss",
    "t0kenOfTheH00k",
    "t0kenOfTheR0bot",
    "SECsecre7OfTheRobot",
];

/// The ways in which a text may write a secret out.
fn ways(secret: &str) -> Vec<String> {
    let percent = percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC);
    vec![
        secret.to_owned(),
        percent.to_string(),
        secret.replace('/', "\\/"),
        STANDARD.encode(secret),
        hex(secret),
        hex(secret).to_uppercase(),
        STANDARD.encode(format!("ops:{secret}")),
        STANDARD.encode(format!("Bearer {secret}")),
    ]
}

fn hex(secret: &str) -> String {
    lookout::domain::text::hex(secret.as_bytes())
}

/// What `bytes` hold of the secrets.
fn held(bytes: &[u8]) -> Vec<String> {
    let ways = SECRETS.iter().flat_map(|secret| ways(secret));
    let holds = |way: &String| bytes.windows(way.len()).any(|window| window == way.as_bytes());
    ways.filter(holds).collect()
}

#[track_caller]
fn assert_silent(where_: &str, bytes: &[u8]) {
    assert_eq!(held(bytes), Vec::<String>::new(), "secrets in {where_}");
}

/// A room whose upstreams and channels all send back what they were asked; its orders go out by `channel`.
fn room(channel: &str) -> Room {
    let room = Room::new();
    for path in ["/echo", "/echo/alerts", "/echo/locations/1", "/echo/k3yOfF1rms"] {
        room.upstream.set(path, Answer::Echo(500));
    }
    room.upstream.set("/rows", Answer::Echo(200));
    room.upstream.set("/hook", Answer::Echo(500));
    room.upstream.set("/robot", Answer::Echo(200));
    let [echo, rows, robot] = ["/echo", "/rows", "/robot"].map(|path| room.upstream.url(path));
    for (name, secret) in [
        ("session", "s3ss1onOfTheCookie"),
        ("openaq.secret", "k3yOfOpenAq"),
        ("robot.secret", "t0kenOfTheR0bot"),
        ("sign.secret", "SECsecre7OfTheRobot"),
    ] {
        std::fs::write(room.home.path().join(name), format!("{secret}\n")).expect("written");
    }
    let basic = STANDARD.encode("ops:pw0fTheH3ader");
    room.configure(|config| {
        let config = config.replace("channel = \"hook\"", &format!("channel = \"{channel}\""));
        let config = config.replace("/hook\"", "/hook?token=t0kenOfTheH00k\"");
        let plain = ["[source.nws]\nareas = [\"CA\"]", "[source.answers]", "[source.cnemc]\ncity = \"x\"", "[source.alertmanager]", "[source.open-meteo]\npoints = [{ id = \"p\", lat = 30.0, lon = 121.0 }]"];
        let plain = plain.iter().enumerate().map(|(n, kind)| {
            let url = if kind.contains("alertmanager") { format!("{echo}/alerts") } else { echo.clone() };
            format!("[[source]]\nid = \"plain{n}\"\nevery = \"1s\"\nurl = \"{url}?token=t0kenOfTheAddr3ss\"\n{kind}\n")
        });
        let plain: String = plain.collect();
        format!(
            r#"{config}
{plain}
[[source]]
id = "openaq"
every = "1s"
url = "{echo}"
key_file = "openaq.secret"
[source.openaq]
locations = [1]

[[source]]
id = "firms"
every = "1s"
url = "{echo}/{{key}}"
key = "k3yOfF1rms"
[source.firms]
area = [120.0, 29.0, 122.0, 31.0]

[[source]]
id = "rows"
every = "1s"
url = "{rows}?token=t0kenOfTheAddr3ss"
key = "k3y/of+Platform="
secrets = {{ session_file = "session", other = "t0kenOfTheH00k" }}
[source.mapped]
format = "json"
rows = "$.rows[*]"
method = "POST"
body = '{{"user":"ops","password":"pw0fTheB0dy"}}'
key_header = "X-Key"
headers = {{ Authorization = "Basic {basic}", Cookie = "SESSION={{secret:session}}" }}
time = {{ from = ["time"], form = "unix_ms" }}
[source.mapped.signal]
kind = "alert"
id = ["id"]
title = "{{title}}"

[[channel]]
id = "robot"
kind = "dingtalk"
url = "{robot}"
token_file = "robot.secret"
secret_file = "sign.secret"
"#
        )
    });
    let config = std::fs::read_to_string(room.home.path().join("room.toml")).expect("it was written");
    for kind in lookout::sources::SOURCES {
        assert!(
            config.contains(&format!("[source.{}]", kind.key)),
            "{} is not tried",
            kind.key
        );
    }
    for kind in lookout::channels::CHANNELS
        .iter()
        .filter(|kind| kind.key != "telephone")
    {
        assert!(
            config.contains(&format!("kind = \"{}\"", kind.key)),
            "{} is not tried",
            kind.key
        );
    }
    room
}

fn ran(room: &Room, arguments: &[&str]) -> Vec<u8> {
    let config = room.home.path().join("room.toml");
    let config = config.to_str().expect("UTF-8");
    let ran = Command::new(env!("CARGO_BIN_EXE_lookout"))
        .args(arguments)
        .args(["--config", config])
        .env_clear()
        .env("HOME", room.home.path())
        .output()
        .expect("it starts");
    assert!(!ran.stdout.is_empty(), "{}", String::from_utf8_lossy(&ran.stderr));
    [ran.stdout, ran.stderr].concat()
}

fn is_secret(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "secret")
}

/// Every file that the program wrote.
fn each_file(folder: &Path, look: &mut dyn FnMut(&Path, &[u8])) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            each_file(&path, look);
        } else if !path.ends_with("room.toml") && !path.ends_with("session") && !is_secret(&path) {
            look(&path, &std::fs::read(&path).expect("it can be read"));
        }
    }
}

#[test]
fn the_configuration_is_shown_without_any_of_its_secrets() {
    let room = room("hook");
    assert_silent("config show", &ran(&room, &["config", "show"]));
}

#[test]
fn a_trial_poll_of_upstreams_that_send_everything_back_shows_no_secret() {
    let room = room("hook");
    assert_silent("check", &ran(&room, &["check"]));
    assert_silent("check --json", &ran(&room, &["check", "--json"]));
}

#[test]
fn no_screen_log_or_ledger_holds_what_upstreams_and_channels_send_back() {
    for channel in ["hook", "robot"] {
        let room = room(channel);
        let mut console = room.console();
        let mut screens = String::new();
        console.press("0");
        screens += &console.wait("that sources fail", |text| text.matches("error").count() >= 3);
        for _ in 0..12 {
            console.press("j");
            console.becomes(std::time::Duration::from_millis(200), &|_: &str| false);
            screens += &console.text();
        }
        console.press("6");
        console.wait("the row's alarm", |_| {
            let raised = |fact: &Fact| matches!(fact, Fact::Alarm(AlarmFact::Raised(cause)) if cause.code.as_str() == "ALERT");
            room.entries().iter().any(|entry| raised(&entry.fact))
        });
        screens += &console.text();
        console.press("3");
        console.wait_for("Simen");
        crate::dispatch(&mut console);
        console.wait("what the channel answered", |_| {
            room.tasks(|fact| matches!(fact, TaskFact::Failed { .. } | TaskFact::Refused { .. })) > 0
        });
        screens += &console.text();
        console.press("q");
        console.end();
        assert_silent("the screens", screens.as_bytes());
        let mut files = 0;
        each_file(room.home.path(), &mut |path, bytes| {
            files += 1;
            assert_silent(&path.display().to_string(), bytes);
        });
        assert!(files >= 2, "a ledger and a log");
    }
}
