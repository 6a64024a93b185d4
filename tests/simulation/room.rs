//! The room of the simulation: two sources, two units with a way each, one loop; and the adapters in which a fault may be
//! planted.

use crate::journal;
use crate::planted::Planted;
use lookout::bench::check::World;
use lookout::channels::{Channel, Hand, Letter, Receipt, Reminder};
use lookout::cli::furnish;
use lookout::config::{Config, checked, playbook};
use lookout::desk::board::Room;
use lookout::desk::poll::Wired;
use lookout::domain::anchor::Anchor;
use lookout::domain::feed::{PollError, PollResult};
use lookout::domain::id::ChannelId;
use lookout::domain::rule::RuleSetting;
use lookout::domain::task::Task;
use lookout::domain::time::{Moment, Span};
use lookout::net::{Ask, Response};
use lookout::sources::{Cursor, Read, Source};
use std::path::Path;
use std::sync::Arc;

/// How often each source is polled.
pub(crate) const EVERY: Span = Span::secs(5);

const ROOM: &str = r#"
[room]
name = "Simulated room"
[directory]
county = "Test county"
[[operator]]
id = "one"
role = "operator"
[[unit]]
id = "u-hook"
name = "Unit with a key"
channel = "hook"
[[unit]]
id = "u-robot"
name = "Unit without"
channel = "robot"
[[channel]]
id = "hook"
kind = "webhook"
url = "http://hook.example/"
secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
[[channel]]
id = "robot"
kind = "dingtalk"
url = "http://robot.example/"
token = "a-token"
[[source]]
id = "alerts"
every = "5s"
url = "http://alerts.example"
[source.alertmanager]
expect = ["Watchdog"]
[[source]]
id = "tower"
every = "5s"
url = "http://tower.example/fires"
[source.mapped]
format = "json"
rows = "$.list[*]"
heartbeat = { from = "$.beat", within = "15s" }
time = { from = ["t"], form = "%Y-%m-%d %H:%M:%S" }
[source.mapped.signal]
kind = "fire"
id = ["id"]
title = "fire"
complete = true
[[source]]
id = "pages"
every = "20s"
url = "http://pages.example/list?page={page}"
[source.mapped]
format = "json"
rows = "$.list[*]"
page_size = 2
total = "$.total"
heartbeat = { from = "$.beat", within = "15s" }
time = { from = ["t"], form = "%Y-%m-%d %H:%M:%S" }
[source.mapped.signal]
kind = "outlet"
id = ["id"]
title = "outlet"
complete = true
[[source]]
id = "meter"
every = "5s"
url = "http://meter.example/values"
[source.mapped]
format = "json"
rows = "$.list[*]"
point = { id = ["id"] }
time = { from = ["t"], form = "%Y-%m-%d %H:%M:%S" }
[[source.mapped.reading]]
from = "v"
quantity = "pm25"
unit = "µg/m³"
"#;

const LOOP: &str = r#"
id = "fire"
version = 1
letter = "F"
name = { zh = "火情", en = "fire" }
opens_on = ["fire"]
[[stage]]
id = "found"
name = { zh = "发现", en = "found" }
[stage.limit]
span = "10m"
since = "entered"
origin = "default"
text = { zh = "10 分钟", en = "10 minutes" }
[[stage]]
id = "closed"
name = { zh = "办结", en = "closed" }
closed = true
[[move]]
id = "close"
name = { zh = "办结", en = "close" }
from = ["found"]
to = "closed"
roles = ["operator"]
"#;

/// What rooms are furnished with; read once.
pub(crate) struct Furniture {
    config: Config,
    room: Room,
}

impl Furniture {
    pub(crate) fn new() -> Self {
        let read = checked::read(Path::new("room.toml"), ROOM, &World);
        let config = read.unwrap_or_else(|faults| panic!("{faults:#?}"));
        let own = playbook::read(Path::new("loop.toml"), LOOP, &World);
        let mut room = furnish::room(&config, false);
        room.playbooks = vec![own.unwrap_or_else(|faults| panic!("{faults:#?}"))];
        Self { config, room }
    }

    pub(crate) fn room(&self) -> Room {
        self.room.clone()
    }

    pub(crate) fn rules(&self) -> Vec<RuleSetting> {
        self.config.rules.clone()
    }

    pub(crate) fn sources(&self, planted: Option<Planted>) -> Vec<Wired> {
        let mut sources = furnish::wired(&self.config);
        for wired in &mut sources {
            let inner = std::mem::replace(&mut wired.source, Box::new(Nothing));
            wired.source = Box::new(Adapter { inner, planted });
        }
        sources.push(journal::wired());
        sources
    }

    pub(crate) fn channels(&self, planted: Option<Planted>) -> Vec<(ChannelId, Arc<dyn Channel>)> {
        let channels = furnish::channels(&self.config).into_iter();
        if planted != Some(Planted::ClaimsKey) {
            return channels.collect();
        }
        let claims = |(id, inner)| (id, Arc::new(Claims(inner)) as Arc<dyn Channel>);
        channels.map(claims).collect()
    }
}

/// Stands in while an adapter is put around a source.
struct Nothing;

impl Source for Nothing {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        Ask::default()
    }

    fn read(&self, _: &Cursor, _: &Response, _: Moment) -> Result<Read, PollError> {
        Err(PollError::Nothing)
    }

    fn every(&self) -> Span {
        EVERY
    }

    fn late_after(&self) -> Option<Span> {
        None
    }
}

/// A source as it is, or with what was planted.
struct Adapter {
    inner: Box<dyn Source>,
    planted: Option<Planted>,
}

impl Source for Adapter {
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask {
        self.inner.ask(cursor, now)
    }

    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let read = self.inner.read(cursor, reply, now);
        let nothing = || Read {
            take: PollResult {
                complete: true,
                ..PollResult::default()
            },
            ..Read::default()
        };
        match (self.planted, read) {
            (Some(Planted::AllFlawedIsEmpty), Ok(read)) if read.take.rows.lost > 0 => Ok(nothing()),
            (Some(Planted::FailedIsEmpty), Err(_)) => Ok(nothing()),
            (Some(Planted::FirstPage), Ok(read)) => Ok(Read { more: false, ..read }),
            (_, read) => read,
        }
    }

    fn every(&self) -> Span {
        self.inner.every()
    }

    fn late_after(&self) -> Option<Span> {
        self.inner.late_after()
    }

    fn resumes(&self) -> bool {
        self.inner.resumes()
    }
}

/// A way that says of itself that it has a key.
struct Claims(Arc<dyn Channel>);

impl Channel for Claims {
    fn letter(&self, task: &Task, now: Moment) -> Letter {
        self.0.letter(task, now)
    }

    fn reminder(&self, reminder: &Reminder<'_>, hand: Hand<'_>, now: Moment) -> Letter {
        self.0.reminder(reminder, hand, now)
    }

    fn anchor(&self, anchor: &Anchor, now: Moment) -> Option<Ask> {
        self.0.anchor(anchor, now)
    }

    fn receipt(&self, reply: &Response) -> Receipt {
        self.0.receipt(reply)
    }

    fn has_key(&self) -> bool {
        true
    }

    fn per_minute(&self) -> Option<u32> {
        self.0.per_minute()
    }
}
