//! What an order says, from what the source told to the bytes that its receiver got, in both languages.

use crate::receiver::Manner;
use crate::receiver::Receiver;
use crate::room::Room;
use crate::seat::Person;
use lookout::config::check::World;
use lookout::config::checked;
use lookout::domain::feed::Take;
use lookout::domain::time::Moment;
use lookout::domain::time::Span;
use lookout::lang::LANGS;
use lookout::lang::Lang;
use lookout::net::Reply;
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
fn seen(title: &str) -> Take {
    let config = checked::read(Path::new("tower.toml"), TOWER, &World);
    let config = config.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let source = config.sources.first().expect("the tower");
    let source = lookout::sources::build(source, &Arc::new(config.directory.clone()));
    let body = format!(
        r#"[{{"id":"1931","at":"{NOW}","lat":30.11,"lon":121.06,"title":"{title}","town":"泗门镇",
            "camera":"CAM-1","bearing":139.4,"picture":"{PICTURE}"}}]"#
    );
    let reply = Reply {
        status: 200,
        headers: Vec::new(),
        body: body.into(),
        at: now(),
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
