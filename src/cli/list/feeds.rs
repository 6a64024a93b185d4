//! `lookout sources`: every source with how it stands, what its last poll gave, what is wrong, and when it is polled next; and
//! every channel that takes no orders for now, with its words and how many orders wait.

use crate::cli::Io;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::list::{List, ListRow, Told};
use crate::domain::chain::Checked;
use crate::domain::feed::Feed;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::domain::ways;
use crate::domain::ways::{BLOCKED, Blocked};
use crate::lang::cli::CliText;
use crate::lang::screens::feeds::Feeds;
use crate::lang::{chain as link, fill, trouble};
use crate::tui::view::RowId;
use serde_json::json;
use std::fmt::Display;

/// The fields of a row. Ages and spans are whole seconds.
const FIELDS: &[&str] = &[
    "source",
    "kind",
    "standing",
    "trouble",
    "error",
    "rows",
    "there",
    "lost",
    "flaws",
    "age_s",
    "newest",
    "last_good",
    "last_poll",
    "failing_since",
    "failures",
    "next",
    "every_s",
    "late_after_s",
    "waiting",
];

/// The fields of the screens' filters that a row has too.
const ASKS: &[&str] = &["id", "severity", "state", "source", "kind", "age"];

/// The list.
pub(super) fn list(told: Told<'_>) -> List {
    let column = |field, text: CliText| (field, text.text(told.lang));
    List {
        fields: FIELDS,
        asks: ASKS,
        columns: vec![
            column("standing", CliText::ColumnState),
            column("source", CliText::ColumnSource),
            column("kind", CliText::ColumnKind),
            column("rows", CliText::ColumnRows),
            column("flaws", CliText::ColumnFlaws),
            column("newest", CliText::ColumnNewest),
            column("last_good", CliText::ColumnLastGood),
            column("next", CliText::ColumnNext),
            column("waiting", CliText::ColumnWaiting),
            column("trouble", CliText::ColumnTrouble),
        ],
        rows: rows(told),
    }
}

fn rows(told: Told<'_>) -> Vec<ListRow> {
    let blocked = ways::told(&told.board.state, told.board.at);
    let sources = told.board.feeds.values().map(|feed| row(feed, told));
    sources
        .chain(blocked.iter().map(|way| channel(way, told)))
        .collect()
}

/// How the command ends, where otherwise it ends as `heard`: with an exit of its own, and each of them said, where a channel
/// takes nothing.
pub(super) fn delivers(told: Told<'_>, heard: Exit, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let chain = &told.board.chain;
    if chain.checked != Checked::Never {
        let words = link::checked(told.lang, chain, (told.board.at, told.board.room.zone));
        writeln!(stage.err, "{words}")?;
    }
    let days = link::days(told.lang, &chain.days, told.board.room.zone);
    if !days.is_empty() {
        writeln!(stage.err, "{days}")?;
    }
    if chain.distrust.is_some() {
        writeln!(stage.err, "{}", link::distrust(told.lang, chain))?;
    }
    let blocked = ways::told(&told.board.state, told.board.at);
    for way in &blocked {
        let values: [(&str, &dyn Display); 4] = [
            ("channel", &way.way),
            ("until", &told.time(way.block.until)),
            ("n", &way.waiting),
            ("why", &trouble::of_code(told.lang, way.block.words.as_str())),
        ];
        writeln!(
            stage.err,
            "{}",
            fill(Feeds::TakesNothing.text(told.lang), &values)
        )?;
    }
    Ok(if blocked.is_empty() { heard } else { Exit::Outside })
}

/// A blocked channel: what a source has and it has not is left empty.
fn channel(way: &Blocked<'_>, told: Told<'_>) -> ListRow {
    let value = |field: &&str| match *field {
        "source" => json!(way.way.as_str()),
        "kind" => json!("channel"),
        "standing" => json!(BLOCKED),
        "trouble" => json!(trouble::of_code(told.lang, way.block.words.as_str())),
        "error" => json!(way.block.words.as_str()),
        "failing_since" => json!(told.time(way.block.since)),
        "next" => json!(told.time(way.block.until)),
        "waiting" => json!(way.waiting),
        _ => json!(null),
    };
    ListRow {
        of: RowId::Other(Clean::from(way.way.clone())),
        since: Some(way.block.since),
        values: FIELDS.iter().map(value).collect(),
    }
}

fn row(feed: &Feed, told: Told<'_>) -> ListRow {
    let now = told.board.at;
    let time = |at: Option<_>| at.map(|at| told.time(at));
    let values = vec![
        json!(feed.id.as_str()),
        json!(feed.kind.as_str()),
        json!(feed.state_at(now).key()),
        json!(trouble::of(told.lang, feed, told.board.room.zone)),
        json!(feed.trouble.as_ref().map(crate::domain::feed::PollError::code)),
        json!(feed.rows),
        json!(feed.read.there),
        json!(feed.read.lost),
        json!(feed.flaws),
        json!(feed.newest.map(|at| now.age_of(at).as_secs())),
        json!(time(feed.newest)),
        json!(time(feed.last_good)),
        json!(time(feed.last_poll)),
        json!(time(feed.failing_since)),
        json!(feed.failures),
        json!(time(feed.next)),
        json!(feed.every.as_secs()),
        json!(feed.late_after.map(Span::as_secs)),
        json!(null),
    ];
    ListRow {
        of: RowId::Source(feed.id.clone()),
        since: None,
        values,
    }
}
