//! Curtailed enterprises: where each stands, what it may draw and what it draws now.

use crate::domain::case::Case;
use crate::domain::directory::PointKind;
use crate::domain::episode::Episode;
use crate::domain::episode::under::{Curtailed, Curtailing};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{PERIODS, Period, Reading};
use crate::domain::time::Span;
use crate::lang::screens::control::Control;
use crate::lang::{fill, when};
use crate::tui::look::Meaning;
use crate::tui::part;
use crate::tui::part::table::{Cell, Column};
use crate::tui::part::{case, pane};
use crate::tui::view::Ctx;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Cells of the bar that shows a draw against its limit.
const BAR: usize = 10;

pub(super) const COLUMNS: &[Column] = &[
    Column::right(|lang| Control::Due.text(lang), 12, 0, 0),
    Column::left(|lang| Control::Stage.text(lang), 10, 0, 0),
    Column::left(|lang| Control::Enterprise.text(lang), 20, 3, 0),
    Column::right(|lang| Control::NowKw.text(lang), 8, 0, 0),
    Column::right(|lang| Control::LimitKw.text(lang), 8, 0, 0),
    Column::left(|lang| Control::Draw.text(lang), 11, 0, 1),
    Column::right(|lang| Control::Age.text(lang), 9, 0, 3),
    Column::left(|lang| Control::Number.text(lang), 14, 0, 2),
];

/// The curtailments, those that need a person first.
pub(super) fn cases<'a>(episode: &Episode<'a>) -> Vec<&'a Case> {
    let mut all: Vec<Curtailed<'a>> = episode.curtailments().collect();
    all.sort_by_key(|curtailed| (pressing(curtailed.at()), curtailed.case.id.clone()));
    all.into_iter().map(|curtailed| curtailed.case).collect()
}

fn pressing(at: Curtailing) -> u8 {
    match at {
        Curtailing::Exceeding => 0,
        Curtailing::OnSite | Curtailing::Explained => 1,
        Curtailing::ToTell | Curtailing::Telling => 2,
        Curtailing::Notified => 3,
        Curtailing::Confirmed => 4,
        Curtailing::InForce => 5,
        Curtailing::Closed | Curtailing::Exempt | Curtailing::Filed => 6,
    }
}

/// The enterprise's name; empty for what is about none.
pub(super) fn name(ctx: &Ctx<'_>, case: &Case) -> String {
    let id = case.matter.enterprise.as_ref();
    let known = id.and_then(|id| ctx.board.room.directory.enterprise(id));
    known.map_or_else(String::new, |enterprise| enterprise.name.to_string())
}

/// What an enterprise's production lines draw now, in kW, with the oldest of the readings; `None` without a meter.
fn drawn<'a>(ctx: &Ctx<'a>, case: &Case) -> Option<(Value, &'a Reading)> {
    let owner = case.matter.enterprise.as_ref()?;
    let lines = ctx.board.room.directory.points_of(owner);
    let lines = lines.filter(|point| point.kind == PointKind::Production);
    let newest = lines.filter_map(|point| {
        let power = |row: &(Period, &str, Span)| {
            let key = (point.id.clone(), Quantity::Power, row.0);
            ctx.board.latest.get(&key)
        };
        PERIODS.iter().filter_map(power).max_by_key(|reading| reading.at)
    });
    let readings: Vec<&Reading> = newest.collect();
    let oldest = readings.iter().min_by_key(|reading| reading.at)?;
    let sum = readings.iter().filter_map(|reading| reading.usable());
    let sum = sum.fold(0_i64, |sum, value| sum.saturating_add(value.micro()));
    Some((Value::from_micro(sum), oldest))
}

/// A curtailment as a row; the episode's own row has no figures.
pub(super) fn cells(ctx: &Ctx<'_>, case: &Case) -> Vec<Cell> {
    let curtailed = Curtailed { case };
    let limit = curtailed.limit_kw();
    let drawn = drawn(ctx, case);
    let over = drawn.zip(limit).is_some_and(|((now, _), limit)| now > limit);
    let held = curtailed.holds() && over;
    let own = case.matter.enterprise.is_none();
    let title = if own {
        case.matter.title.to_string()
    } else {
        name(ctx, case)
    };
    let meaning = if held { Meaning::Bad } else { Meaning::Text };
    let kw = |value: Option<Value>| value.map_or_else(String::new, |value| value.fixed(0));
    let manual = !own && drawn.is_none();
    let bar = match (drawn, limit) {
        (Some((now, _)), Some(limit)) => bar(ctx, now, limit),
        _ if manual => Control::Manual.text(ctx.lang).to_owned(),
        _ => String::new(),
    };
    let age = drawn.map(|(_, reading)| when::age(ctx.lang, ctx.now - reading.at));
    vec![
        case::clock(ctx, case),
        case::stage(ctx, case),
        Cell::new(title, if own { Meaning::Title } else { Meaning::Strong }),
        Cell::new(kw(drawn.map(|row| row.0)), meaning),
        Cell::text(kw(limit)),
        Cell::new(bar, meaning),
        Cell::new(age.unwrap_or_default(), Meaning::Dim),
        Cell::new(case.id.as_str(), Meaning::Dim),
    ]
}

/// The draw as a bar whose whole length is the limit; more than that ends in a mark.
fn bar(ctx: &Ctx<'_>, now: Value, limit: Value) -> String {
    let [full, empty] = ctx.look.glyphs.bar;
    let share = if limit.micro() > 0 {
        now.to_f64() / limit.to_f64()
    } else {
        2.0
    };
    let cells = ((share * BAR as f64).round() as usize).min(BAR);
    let over = if share > 1.0 { "!" } else { "" };
    format!("{}{}{over}", full.repeat(cells), empty.repeat(BAR - cells))
}

/// One line of counts; gives what is left for the list.
pub(super) fn summary(ctx: &Ctx<'_>, episode: &Episode<'_>, area: Rect, buf: &mut Buffer) -> Rect {
    let (head, list) = pane::top(area, u16::from(area.height >= 6));
    let count = |which: &[Curtailing]| episode.curtailments().filter(|c| which.contains(&c.at())).count();
    // Once over the points, not once for each enterprise: there are hundreds of both.
    let points = ctx.board.room.directory.points.iter();
    let meters = points.filter(|point| point.kind == PointKind::Production);
    let owners: BTreeSet<_> = meters.filter_map(|point| point.owner.as_ref()).collect();
    let metered = episode.curtailments().filter_map(Curtailed::enterprise);
    let metered = metered.filter(|id| owners.contains(id)).count();
    let words = fill(
        Control::FirmCounts.text(ctx.lang),
        &[
            ("untold", &count(&[Curtailing::ToTell, Curtailing::Telling])),
            ("notified", &count(&[Curtailing::Notified])),
            ("confirmed", &count(&[Curtailing::Confirmed])),
            ("held", &count(&[Curtailing::InForce])),
            ("over", &count(&[Curtailing::Exceeding])),
            ("exempt", &count(&[Curtailing::Exempt])),
            ("metered", &metered),
        ],
    );
    let words = part::cut(
        &words,
        usize::from(head.width.saturating_sub(2)),
        ctx.look.glyphs.cut,
    );
    part::put(buf, head, (1, 0), &words, ctx.look.style(Meaning::Dim));
    list
}
