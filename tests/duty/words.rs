//! What an order says, from what the source told to the bytes that its receiver got, in both languages.

use crate::receiver::{Manner, Receiver};
use crate::room::Room;
use crate::seat::Person;
use lookout::bench::check::World;
use lookout::config::checked;
use lookout::config::playbook::{PLAYBOOKS, embedded};
use lookout::domain::feed::PollResult;
use lookout::domain::time::{Moment, Span};
use lookout::lang::order::parts;
use lookout::lang::{LANGS, Lang};
use lookout::net::Response;
use lookout::sources::Cursor;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// The room; its language and the address of its channel follow.
const ROOM: &str = r#"
[store]
path = "room.db"
[directory]
county = "测试县"
[[operator]]
id = "zhiban"
role = "operator"
[[operator]]
id = "daiban"
role = "leader"
[[township]]
id = "T1"
name = "泗门镇"
lat = 30.10
lon = 121.05
unit = "U1"
[[unit]]
id = "U1"
name = "泗门镇政府"
contact = "值班员"
phone = "0574-0000-0001"
channel = "hook"
[[point]]
id = "CAM-1"
name = "湖北村塔"
kind = "camera"
lat = 30.12
lon = 121.05
[[channel]]
id = "hook"
kind = "webhook"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
"#;

/// The tower's platform, by a map.
const TOWER: &str = r#"
[room]
name = "值班室"
[[source]]
id = "tower"
url = "http://10.0.0.5/events"
[source.mapped]
format = "json"
rows = "$[*]"
time = { from = ["at"], form = "%Y-%m-%dT%H:%M:%S%:z" }
place = { lat = "lat", lon = "lon" }
[source.mapped.signal]
kind = "fire"
id = ["id"]
title = "{title}"
area = "town"
point = "camera"
bearing = "bearing"
picture = "picture"
"#;

const NOW: &str = "2025-06-11T20:30:00+08:00";
const PICTURE: &str = "https://tower.example/1931.jpg?w=640";

fn now() -> Moment {
    Moment::parse_rfc3339(NOW).expect("a fixed text")
}

/// A room that writes in `lang`, and collects; the language of whoever sits there is their own.
fn room(lang: Lang, hook: &Receiver, more: &str, beside: &[(&str, &str)]) -> Room {
    let (key, url) = (lang.pick("zh", "en"), hook.url());
    let text = format!("[room]\nname = \"值班室\"\nlanguage = \"{key}\"\n{ROOM}url = \"{url}\"\n{more}");
    let mut room = Room::new(&text, beside, now());
    room.collects();
    room
}

/// What the tower says of one fire, as its source reads it.
fn seen(title: &str) -> PollResult {
    let config = checked::read(Path::new("tower.toml"), TOWER, &World);
    let config = config.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let source = config.sources.first().expect("the tower");
    let source = lookout::sources::build(source, &Arc::new(config.directory.clone()));
    let body = format!(
        r#"[{{"id":"1931","at":"{NOW}","lat":30.11,"lon":121.06,"title":"{title}","town":"泗门镇",
            "camera":"CAM-1","bearing":139.4,"picture":"{PICTURE}"}}]"#
    );
    let reply = Response {
        status: 200,
        headers: Vec::new(),
        body: body.into(),
        at: now(),
        ..Response::default()
    };
    let read = source
        .read(&Cursor::Null, &reply, now())
        .expect("it is understood");
    assert_eq!(read.take.flaws, [], "{:?}", read.take.flaws);
    read.take
}

/// The order that arrived first.
fn arrived(hook: &Receiver, count: usize) -> Value {
    hook.wait(count);
    let letters = hook.letters();
    let letter = letters.get(count - 1).expect("it was waited for");
    let body: Value = serde_json::from_str(&letter.body).expect("JSON");
    body.get("data").cloned().expect("an order")
}

#[test]
fn a_picture_goes_from_the_source_to_the_alarm_the_case_the_cards_and_the_order() {
    for (lang, key, _) in LANGS {
        let hook = Receiver::start(|_| Manner::Says(200, "ok"));
        let mut room = room(*lang, &hook, "", &[]);
        room.poll("tower", seen("湖北村 秸秆焚烧"));
        let list = room.says("zhiban", &["alarms", "--json", "--lang", key]);
        assert!(list.contains(&format!("\"picture\": \"{PICTURE}\"")), "{list}");
        let mut person = Person::sits(&mut room, "zhiban", *lang);
        let label = lang.pick("图像", "picture");
        for screen in ["6", "5"] {
            let card = person
                .keys(&mut room, screen)
                .keys(&mut room, "g Enter")
                .screen(&room);
            assert!(card.contains(label) && card.contains(PICTURE), "{screen}: {card}");
            person.keys(&mut room, "Esc");
        }
        person.keys(&mut room, "5 g d");
        person.does(&mut room);
        let order = arrived(&hook, 1);
        let picture = order.pointer("/seen/picture").and_then(Value::as_str);
        assert_eq!(picture, Some(PICTURE), "{order}");
        let text = order.pointer("/text").and_then(Value::as_str).unwrap_or_default();
        assert!(text.contains(PICTURE), "{text}");
        room.pass(Span::mins(1));
    }
}

/// A text with every part that an order of the loop may name, each by its own name.
fn with_every_part() -> String {
    let (_, file) = PLAYBOOKS
        .iter()
        .find(|own| own.0 == "straw-fire.toml")
        .expect("the loop");
    let loops = embedded();
    let fire = loops.iter().find(|own| own.id.as_str() == "straw-fire");
    let names = parts::known(fire.expect("the loop"));
    let lines = names.iter().map(|name| format!("<{name} = {{{name}}}>\n"));
    let lines: String = lines.collect();
    let (head, rest) = file.split_once("[order]").expect("its text");
    let (_, tail) = rest.split_once("# ---- stages").expect("its stages");
    format!(
        "{head}[order]\ntext.zh = \"\"\"\n{lines}\"\"\"\ntext.en = \"\"\"\nEN\n{lines}\"\"\"\n# ---- stages{tail}"
    )
}

/// What a dialog says, without the frame around it and what else is on the screen, and without blanks: it is wrapped.
fn in_the_dialog(screen: &str) -> String {
    let inside = |line: &str| {
        let (_, rest) = line.split_once('│')?;
        rest.rsplit_once('│').map(|(inner, _)| squeezed(inner))
    };
    screen.lines().filter_map(inside).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_dialog_shows_the_very_text_that_the_receiver_gets_also_of_a_drill() {
    let own = with_every_part();
    for (lang, ..) in LANGS {
        for title in ["湖北村 秸秆焚烧", "【演练】湖北村 秸秆焚烧"] {
            for text in [None, Some(own.as_str())] {
                let hook = Receiver::start(|_| Manner::Says(200, "ok"));
                let beside: Vec<(&str, &str)> =
                    text.map(|own| ("loops/fire.toml", own)).into_iter().collect();
                let more = if text.is_some() {
                    "[playbooks]\nfolder = \"loops\"\n"
                } else {
                    ""
                };
                let mut room = room(*lang, &hook, more, &beside);
                room.poll("tower", seen(title));
                let mut person = Person::sits(&mut room, "zhiban", Lang::Zh);
                let screen = person.keys(&mut room, "5 g d").screen(&room);
                person.does(&mut room);
                let order = arrived(&hook, 1);
                let said = order.pointer("/text").and_then(Value::as_str).unwrap_or_default();
                assert!(
                    in_the_dialog(&screen).contains(&squeezed(said)),
                    "{said}\n{screen}"
                );
                let is_drill = title.starts_with('【');
                assert_eq!(
                    said.starts_with(lang.pick("【演练】", "DRILL: ")),
                    is_drill,
                    "{said}"
                );
                assert_eq!(order.pointer("/drill").and_then(Value::as_bool), Some(is_drill));
                let is_own = said.contains("number = F20250611-0001.1");
                assert_eq!(is_own, text.is_some(), "{said}");
            }
        }
    }
}
