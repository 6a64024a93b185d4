//! Feeds: every source's health, the channels that take nothing for now, the orders that are not delivered, the ledger,
//! the log.

pub mod card;

use crate::domain::chain::Checked;
use crate::domain::feed::Feed;
use crate::domain::task::{Delivery, Task};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::ways;
use crate::domain::ways::Blocked;
use crate::lang::screens::Screen;
use crate::lang::screens::feeds::Feeds;
use crate::lang::tui::Tui;
use crate::lang::{chain as link, fill, ledger as said, trouble, when};
use crate::tui::action::Action;
use crate::tui::find::Words;
use crate::tui::look::Meaning;
use crate::tui::panel::Panel;
use crate::tui::part;
use crate::tui::part::card::line;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{case, feed, fields, outside, pane, table};
use crate::tui::view::{Ctx, RowId, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The row of [`super::PANELS`].
pub const PANEL: Panel = Panel {
    action: Action::Feeds,
    title: |lang| Tui::Feeds.text(lang),
    rows,
    words,
    fields: fields::FIELDS,
    outside,
    draw,
    actions: &[Action::Open, Action::AskNow, Action::Filter, Action::Copy],
    act: |_, _, _| false,
    wakes,
};

const COLUMNS: &[Column] = &[
    Column::left(|lang| Screen::State.text(lang), 15, 0, 0),
    Column::left(|lang| Feeds::Name.text(lang), 12, 1, 0),
    Column::right(|lang| Feeds::Newest.text(lang), 9, 0, 0),
    Column::right(|lang| Feeds::LastGood.text(lang), 9, 0, 1),
    Column::right(|lang| Feeds::Next.text(lang), 9, 0, 4),
    Column::right(|lang| Feeds::Rows.text(lang), 6, 0, 5),
    Column::right(|lang| Feeds::Flaws.text(lang), 5, 0, 3),
    Column::left(|lang| Feeds::Trouble.text(lang), 16, 4, 2),
];

fn rows(ctx: &Ctx<'_>, _: &View) -> Vec<RowId> {
    let board = ctx.board;
    let sources = board.feeds.values();
    let orders = board.state.undelivered();
    let sources = sources.map(|feed| RowId::Source(feed.id.clone()));
    let ways = ways::told(&board.state, ctx.now).into_iter();
    sources
        .chain(ways.map(|one| RowId::Other(Clean::from(one.way.clone()))))
        .chain(orders.map(|task| RowId::Task(task.id.clone())))
        .collect()
}

fn words(ctx: &Ctx<'_>, id: &RowId, words: &mut Words) {
    words.add(id.text());
    match id {
        RowId::Source(id) => words.add(ctx.board.feeds.get(id).map_or("", |feed| feed.kind.as_str())),
        RowId::Task(id) => {
            let task = ctx.board.state.tasks.get(id);
            words.add(task.map_or("", |task| task.order.unit_name.as_str()));
        }
        RowId::Other(_) => words.add(Feeds::Blocked.text(ctx.lang)),
        RowId::Alarm(_) | RowId::Case(_) | RowId::Point(_) | RowId::Group(_) => {}
    }
}

fn outside(ctx: &Ctx<'_>, view: &View, shown: &[RowId]) -> usize {
    outside::beside(&rows(ctx, view), shown, |row| outside::matters(ctx, row))
}

fn draw(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    let (head, rest) = pane::top(area, u16::from(area.height >= 4));
    ledger(ctx, head, buf);
    let (head, rest) = pane::top(rest, u16::from(rest.height >= 6));
    chain(ctx, head, buf);
    let log = if rest.height >= 16 && !(view.open && rest.height < 28) {
        (rest.height / 4).clamp(5, 16)
    } else {
        0
    };
    let (rest, log) = pane::top(rest, rest.height - log);
    draw_log(ctx, log, buf);
    let split = pane::split(rest, view.open);
    if let Some(area) = split.card {
        draw_card(ctx, view, area, buf);
    }
    let list = split.list;
    if ctx.board.feeds.is_empty() && view.list.ids.is_empty() {
        let style = ctx.look.style(Meaning::Stale);
        part::put(buf, list, (2, 1), Feeds::NoFeeds.text(ctx.lang), style);
        return list.height;
    }
    table::draw(ctx, view, (list, buf), COLUMNS, &|id| cells(ctx, id))
}

fn draw_card(ctx: &Ctx<'_>, view: &View, area: Rect, buf: &mut Buffer) {
    match pane::current(view) {
        Some(RowId::Source(id)) => {
            if let Some(feed) = ctx.board.feeds.get(id) {
                card::draw(ctx, view, feed, (area, buf));
            }
        }
        Some(RowId::Task(id)) => {
            if let Some(task) = ctx.board.state.tasks.get(id) {
                card::draw_order(ctx, view, task, (area, buf));
            }
        }
        Some(RowId::Other(id)) => {
            if let Some(way) = blocked(ctx, id) {
                card::draw_way(ctx, view, &way, (area, buf));
            }
        }
        Some(RowId::Alarm(_) | RowId::Case(_) | RowId::Point(_) | RowId::Group(_)) | None => {}
    }
}

/// The line about the ledger, the collector and the outbox.
fn ledger(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let (lang, board) = (ctx.lang, ctx.board);
    let glyphs = ctx.look.glyphs;
    let state = match (&board.writable, board.ledger()) {
        (Ok(()), Err(why)) => (
            format!("{} {}", glyphs.cross, said::what(lang, why)),
            Meaning::Bad,
        ),
        (Ok(()), Ok(())) => (
            format!("{} {}", glyphs.check, Feeds::Writable.text(lang)),
            Meaning::Good,
        ),
        (Err(why), _) => (
            format!(
                "{} {}",
                glyphs.cross,
                fill(Screen::ReadOnly.text(lang), &[("why", &said::what(lang, why))])
            ),
            Meaning::Bad,
        ),
    };
    let seq = fill(Feeds::Seq.text(lang), &[("n", &board.state.seq)]);
    let who = match (board.collects, board.collector.is_empty()) {
        (true, _) => Feeds::Us.text(lang).to_owned(),
        (false, true) => Feeds::Nobody.text(lang).to_owned(),
        (false, false) => board.collector.to_string(),
    };
    let nobody = !board.collects && board.collector.is_empty();
    let waiting = board.state.outbox.len();
    let outbox = format!("{} {waiting}", Feeds::Outbox.text(lang));
    let lost = fill(Feeds::Unrecorded.text(lang), &[("n", &board.unrecorded)]);
    let mut pieces = vec![
        ("  ", Meaning::Text),
        (Feeds::Ledger.text(lang), Meaning::Label),
        (" ", Meaning::Text),
        (&state.0, state.1),
        ("  ", Meaning::Text),
        (&seq, Meaning::Text),
        ("   ", Meaning::Text),
        (Feeds::Collector.text(lang), Meaning::Label),
        (" ", Meaning::Text),
        (&who, if nobody { Meaning::Bad } else { Meaning::Text }),
        ("   ", Meaning::Text),
        (&outbox, if waiting > 0 { Meaning::Warn } else { Meaning::Dim }),
    ];
    if board.unrecorded > 0 {
        pieces.extend([("   ", Meaning::Text), (lost.as_str(), Meaning::Bad)]);
    }
    part::put_line(buf, area, (0, 0), &line(ctx, &pieces));
}

/// The line about the ledger's chain: when it was last found whole, and whether the kept state could be trusted.
fn chain(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    let (chain, zone) = (&ctx.board.chain, ctx.board.room.zone);
    let checked = link::checked(ctx.lang, chain, (ctx.now, zone));
    let meaning = match chain.checked {
        Checked::Broken { .. } => Meaning::Bad,
        Checked::Never | Checked::Running | Checked::Whole { .. } => Meaning::Dim,
    };
    let distrust = link::distrust(ctx.lang, chain);
    let days = link::days(ctx.lang, &chain.days, zone);
    let of_days = if chain.days.differ.is_empty() {
        Meaning::Dim
    } else {
        Meaning::Bad
    };
    let pieces = [
        ("  ", Meaning::Text),
        (checked.as_str(), meaning),
        ("   ", Meaning::Text),
        (distrust, Meaning::Warn),
        (if distrust.is_empty() { "" } else { "   " }, Meaning::Text),
        (days.as_str(), of_days),
    ];
    part::put_line(buf, area, (0, 0), &line(ctx, &pieces));
}

/// The newest lines of the program's log, newest last.
fn draw_log(ctx: &Ctx<'_>, area: Rect, buf: &mut Buffer) {
    if area.height < 2 {
        return;
    }
    let body = pane::titled(ctx, area, buf, Feeds::Log.text(ctx.lang), "");
    let log = &ctx.board.log;
    let skip = log.len().saturating_sub(usize::from(body.height));
    for (y, entry) in log.iter().skip(skip).enumerate() {
        let meaning = match entry.level {
            "error" => Meaning::Bad,
            "warn" => Meaning::Warn,
            _ => Meaning::Dim,
        };
        let at = when::stamp(entry.at, ctx.now, ctx.board.room.zone);
        let level = part::fit(entry.level, 6, "");
        let pieces = [
            (at.as_str(), Meaning::Dim),
            ("  ", Meaning::Dim),
            (level.as_str(), meaning),
            (entry.text.as_str(), Meaning::Text),
        ];
        part::put_line(buf, body, (0, y as u16), &line(ctx, &pieces));
    }
}

fn cells(ctx: &Ctx<'_>, id: &RowId) -> Option<Vec<Cell>> {
    match id {
        RowId::Source(id) => ctx.board.feeds.get(id).map(|feed| feed_cells(ctx, feed)),
        RowId::Task(id) => ctx.board.state.tasks.get(id).map(|task| task_cells(ctx, task)),
        RowId::Other(id) => blocked(ctx, id).map(|way| way_cells(ctx, &way)),
        RowId::Alarm(_) | RowId::Case(_) | RowId::Point(_) | RowId::Group(_) => None,
    }
}

/// The blocked channel of that name.
fn blocked<'a>(ctx: &Ctx<'a>, id: &Clean) -> Option<Blocked<'a>> {
    let mut all = ways::told(&ctx.board.state, ctx.now).into_iter();
    all.find(|one| one.way.as_str() == id.as_str())
}

/// A channel that takes nothing: since when it does not, when it is tried again, what it said, how many orders wait.
fn way_cells(ctx: &Ctx<'_>, way: &Blocked<'_>) -> Vec<Cell> {
    let state = format!("{} {}", ctx.look.glyphs.cross, Feeds::Blocked.text(ctx.lang));
    vec![
        Cell::new(state, Meaning::Bad),
        Cell::text(way.way.as_str()),
        Cell::new(when::age(ctx.lang, ctx.now.age_of(way.block.since)), Meaning::Bad),
        Cell::text(""),
        Cell::new(next(ctx, Some(way.block.until)), Meaning::Dim),
        Cell::text(""),
        Cell::text(""),
        Cell::text(card::of_way(ctx, way)),
    ]
}

fn feed_cells(ctx: &Ctx<'_>, feed: &Feed) -> Vec<Cell> {
    let lang = ctx.lang;
    let never = || Feeds::Never.text(lang).to_owned();
    let age = |at: Option<Moment>| at.map_or_else(never, |at| when::age(lang, ctx.now - at));
    let state = feed::state(ctx, feed);
    let stale = if state.fresh { Meaning::Dim } else { state.meaning };
    let flaws = if feed.flaws > 0 {
        Meaning::Warn
    } else {
        Meaning::Dim
    };
    let trouble = trouble::of(lang, feed, ctx.board.room.zone);
    vec![
        Cell::new(state.text, state.meaning),
        Cell::text(feed.id.as_str()),
        Cell::new(age(feed.newest), stale),
        Cell::new(age(feed.last_good), stale),
        Cell::new(next(ctx, feed.next), Meaning::Dim),
        Cell::new(feed.rows.to_string(), Meaning::Dim),
        Cell::new(feed.flaws.to_string(), flaws),
        Cell::text(trouble),
    ]
}

/// Until the next poll; minutes only, so that an idle screen stays idle.
fn next(ctx: &Ctx<'_>, next: Option<Moment>) -> String {
    match next {
        Some(at) if at > ctx.now => when::age(ctx.lang, at - ctx.now),
        Some(_) => Feeds::Due.text(ctx.lang).to_owned(),
        None => ctx.look.glyphs.none.to_owned(),
    }
}

fn task_cells(ctx: &Ctx<'_>, task: &Task) -> Vec<Cell> {
    let state = case::delivery(ctx, Some(task));
    let (attempts, at) = match &task.delivery {
        Delivery::Pending { attempts, next, .. } => (attempts.to_string(), Some(*next)),
        Delivery::Trying { .. }
        | Delivery::InDoubt { .. }
        | Delivery::Call { .. }
        | Delivery::Delivered { .. }
        | Delivery::Refused { .. }
        | Delivery::Withdrawn { .. } => (String::new(), None),
    };
    let why = trouble::of_code(ctx.lang, task.why());
    vec![
        state,
        Cell::new(task.id.as_str(), Meaning::Text),
        Cell::new(when::age(ctx.lang, ctx.now - task.ordered), Meaning::Dim),
        Cell::text(""),
        Cell::new(next(ctx, at), Meaning::Dim),
        Cell::new(attempts, Meaning::Dim),
        Cell::text(""),
        Cell::text(format!("{} {} {why}", task.order.unit_name, ctx.look.glyphs.dot)),
    ]
}

fn wakes(ctx: &Ctx<'_>, _: &View) -> Option<Moment> {
    let feeds = ctx.board.feeds.values();
    let times = feeds.flat_map(|f| [f.newest, f.last_good]).flatten();
    times.map(|at| when::next_age(at, ctx.now)).min()
}
