//! Units' answers to orders, as a list: the counterpart of the `webhook` channel on the way back.
//!
//! A JSON array (or `{"answers": […]}`) of `{"task", "unit", "kind", "text", "at", "photo"}`: `task` is the order's number as
//! the letter carried it, `unit` the unit's key in the directory (not needed where the source is one unit's), `kind` one of
//! `received`, `on_scene`, `done`, `returned`, `at` the unit's own time in RFC 3339, `photo` an address, if there is one.
//! Whatever is listed again is known already; the platform may list as far back as it likes. Our own form, so no upstream's
//! document.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::domain::directory::Directory;
use crate::domain::feed::{FlawKind, PollError, SIGNAL_WEIGHT, TaskAnswer};
use crate::domain::id::{TaskId, UnitId};
use crate::domain::playbook::ANSWERS;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::{Ask, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::upstream::Upstream;
use crate::sources::{Cursor, Kind, Need, Options, Read, Source, SourceSetting, answer, field};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "answers",
    says: "Units' answers to orders.",
    needs: &[Need::Url],
    shape: |generator| generator.subschema_for::<AnswersRaw>(),
    read: |check, given| {
        given.read(check, |raw: &AnswersRaw, check, at| {
            Some(raw.check(check, at, given.directory))
        })
    },
};

struct Letters {
    upstream: Upstream,
    /// The unit whose answers these are.
    unit: Option<UnitId>,
}

/// `[source.answers]`: units' answers to orders, in this program's own form.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
struct AnswersRaw {
    /// The unit whose answers these are; where absent, each row says its own.
    unit: Option<String>,
}

/// Units' answers to orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answers {
    /// The unit whose answers these are.
    unit: Option<UnitId>,
}

impl AnswersRaw {
    fn check(&self, check: &mut Check<'_>, at: &At, directory: &Directory) -> Answers {
        let unit = self.unit.as_deref();
        let unit = unit.map(|unit| check.words(&at.key("unit"), unit));
        let unit = unit.map(UnitId::from);
        if let Some(unit) = unit.as_ref().filter(|unit| directory.unit(unit).is_none()) {
            let there: Vec<&str> = directory.units.iter().map(|unit| unit.id.as_str()).collect();
            check.nothing(&at.key("unit"), unit.as_str(), &there);
        }
        Answers { unit }
    }
}

impl Options for Answers {
    fn source(&self, setting: &SourceSetting, _: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Letters {
            upstream: Upstream::new(setting),
            unit: self.unit.clone(),
        })
    }
}

impl Source for Letters {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        let mut ask = self.upstream.get(self.upstream.url().unwrap_or("").to_owned());
        if let Some(key) = self.upstream.key() {
            ask.headers
                .push(("Authorization".to_owned(), format!("Bearer {key}")));
        }
        ask
    }

    fn read(&self, _: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now);
        let body = answer::json(reply, &mut gather)?;
        let rows = body
            .as_array()
            .or_else(|| body.get("answers").and_then(Value::as_array));
        let rows = rows.ok_or_else(|| PollError::Foreign(answer::head(&body.to_string())))?;
        let read = |(n, row)| read_answer((n + 1, row), self.unit.as_ref(), &mut gather);
        let answers = rows.iter().enumerate().filter_map(read).collect();
        let mut take = gather.finish(false);
        take.answers = answers;
        Ok(Read {
            take,
            ..Read::default()
        })
    }

    fn every(&self) -> Span {
        Span::secs(30)
    }

    fn late_after(&self) -> Option<Span> {
        None
    }
}

fn read_answer(
    (n, row): (usize, &Value),
    bound: Option<&UnitId>,
    gather: &mut Gather<'_>,
) -> Option<TaskAnswer> {
    let (task, kind, at) = (
        field::text(row, "task"),
        field::text(row, "kind"),
        field::text(row, "at"),
    );
    if task.is_empty() || !ANSWERS.contains(&&*kind) {
        gather.lose(Spot(n, "task, kind"), &row.to_string(), FlawKind::Missing);
        return None;
    }
    let unit = unit((n, row), bound, gather)?;
    let Some(at) = Moment::parse_rfc3339(&at) else {
        gather.lose(Spot(n, "at"), &at, FlawKind::NotATime);
        return None;
    };
    if !gather.pays(n, SIGNAL_WEIGHT) {
        return None;
    }
    gather.understood(n);
    let text = Clean::new(&field::text(row, "text"));
    Some(TaskAnswer {
        task: TaskId::new(&task),
        unit,
        kind: Clean::new(&kind),
        text,
        at,
        photo: photo((n, row), gather),
    })
}

/// The unit that answers: as the row says, which must be the source's own where that is one unit's.
fn unit((n, row): (usize, &Value), bound: Option<&UnitId>, gather: &mut Gather<'_>) -> Option<UnitId> {
    let said = field::text(row, "unit");
    match (bound, said.is_empty()) {
        (None, false) => Some(UnitId::new(&said)),
        (Some(own), true) => Some(own.clone()),
        (Some(own), false) if own.as_str() == said => Some(own.clone()),
        (Some(_), false) => {
            gather.lose(Spot(n, "unit"), &said, FlawKind::OtherUnit);
            None
        }
        (None, true) => {
            gather.lose(Spot(n, "unit"), &row.to_string(), FlawKind::Missing);
            None
        }
    }
}

/// The photo's address; what is no address is no photo.
fn photo((n, row): (usize, &Value), gather: &mut Gather<'_>) -> Option<Clean> {
    let said = field::text(row, "photo");
    if said.is_empty() {
        return None;
    }
    let address = field::address(&said);
    if address.is_none() {
        gather.lose(Spot(n, "photo"), &said, FlawKind::Shape);
    }
    address
}
