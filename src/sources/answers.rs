//! Units' answers to orders, as a list: the counterpart of the `webhook` channel on the way back.
//!
//! A JSON array (or `{"answers": […]}`) of `{"task", "kind", "text", "at"}`: `task` is the order's id as the letter
//! carried it, `kind` one of `received`, `on_scene`, `done`, `returned`, `at` RFC 3339. Whatever is listed again is
//! known already; the platform may list as far back as it likes. Our own form, so no upstream's document.

use crate::config::source::SourceOptions;
use crate::config::source::SourceSetting;
use crate::domain::directory::Directory;
use crate::domain::feed::FlawKind;
use crate::domain::feed::TaskAnswer;
use crate::domain::feed::Trouble;
use crate::domain::id::TaskId;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::Ask;
use crate::net::Reply;
use crate::sources::Cursor;
use crate::sources::Kind;
use crate::sources::Read;
use crate::sources::Source;
use crate::sources::answer;
use crate::sources::field;
use crate::sources::gather::Gather;
use crate::sources::gather::Spot;
use crate::sources::upstream::Upstream;
use serde_json::Value;
use std::sync::Arc;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "answers",
    build,
};

/// The kinds of answers there are.
const KINDS: &[&str] = &["received", "on_scene", "done", "returned"];

struct Answers {
    upstream: Upstream,
}

fn build(setting: &SourceSetting, _: &Arc<Directory>) -> Option<Box<dyn Source>> {
    let SourceOptions::Answers = &setting.options else {
        return None;
    };
    Some(Box::new(Answers {
        upstream: Upstream::new(setting),
    }))
}

impl Source for Answers {
    fn ask(&self, _: &Cursor, _: Moment) -> Ask {
        let mut ask = self.upstream.get(self.upstream.url().unwrap_or("").to_owned());
        if let Some(key) = self.upstream.key() {
            ask.headers
                .push(("Authorization".to_owned(), format!("Bearer {key}")));
        }
        ask
    }

    fn read(&self, _: &Cursor, reply: &Reply, now: Moment) -> Result<Read, Trouble> {
        let mut gather = Gather::new(&self.upstream.id, now);
        let body = answer::json(reply, &mut gather)?;
        let rows = body
            .as_array()
            .or_else(|| body.get("answers").and_then(Value::as_array));
        let rows = rows.ok_or_else(|| Trouble::Foreign(answer::head(&body.to_string())))?;
        let read = |(n, row)| read_answer(n + 1, row, &mut gather);
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

fn read_answer(n: usize, row: &Value, gather: &mut Gather<'_>) -> Option<TaskAnswer> {
    let (task, kind, at) = (
        field::text(row, "task"),
        field::text(row, "kind"),
        field::text(row, "at"),
    );
    if task.is_empty() || !KINDS.contains(&&*kind) {
        gather.lose(Spot(n, "task, kind"), &row.to_string(), FlawKind::Missing);
        return None;
    }
    let Some(at) = Moment::parse_rfc3339(&at) else {
        gather.lose(Spot(n, "at"), &at, FlawKind::NotATime);
        return None;
    };
    gather.understood(n);
    let text = Clean::new(&field::text(row, "text"));
    Some(TaskAnswer {
        task: TaskId::new(&task),
        kind: Clean::new(&kind),
        text,
        at,
    })
}
