//! Rows that stand for many alarms: which there are, what they say, the members of one that is opened.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::alarm::group;
use crate::domain::alarm::group::GroupKey;
use crate::domain::ledger::AlarmRank;
use crate::lang::fill;
use crate::lang::screens::alarms::Alarms;
use crate::lang::when;
use crate::tui::look::Meaning;
use crate::tui::panel::Ctx;
use crate::tui::panel::RowId;
use crate::tui::panel::View;
use crate::tui::part::alarm;
use crate::tui::part::table::Cell;
use std::collections::BTreeSet;

/// The rows of these states: alike ones gathered where they are many, the members of an opened row below it.
pub(super) fn rows(ctx: &Ctx<'_>, view: &View, states: &[AlarmState]) -> Vec<RowId> {
    let state = &ctx.board.state;
    let ranks: Vec<&AlarmRank> = states
        .iter()
        .flat_map(|state| alarm::in_state(ctx, *state))
        .collect();
    let flood = ctx.board.figures.flood().is_some();
    let groupings = &ctx.board.room.groupings;
    let least = groupings.iter().map(|grouping| grouping.threshold).min();
    let least = if flood {
        Some(group::FLOOD_THRESHOLD)
    } else {
        least
    };
    if least.is_none_or(|least| ranks.len() < least) {
        return ranks.into_iter().map(own).collect();
    }
    let alarms = || ranks.iter().filter_map(|rank| state.alarms.get(&rank.3));
    let keys = group::gathered(alarms(), groupings, ctx.now, flood);
    if keys.is_empty() {
        return ranks.into_iter().map(own).collect();
    }
    let mut shown: BTreeSet<&GroupKey> = BTreeSet::new();
    let mut rows = Vec::new();
    for rank in &ranks {
        let alarm = state.alarms.get(&rank.3);
        let key = alarm.and_then(|alarm| keys.iter().find(|key| key.holds(alarm)));
        let Some(key) = key else {
            rows.push(own(rank));
            continue;
        };
        if shown.insert(key) {
            let row = RowId::Group(key.clone());
            let opened = view.expanded.contains(&row);
            rows.push(row);
            if opened {
                let members = alarms().filter(|alarm| key.holds(alarm));
                rows.extend(members.map(|alarm| RowId::Alarm(alarm.id.clone())));
            }
        }
    }
    rows
}

fn own(rank: &AlarmRank) -> RowId {
    RowId::Alarm(rank.3.clone())
}

/// The alarms of a row, the worst and newest first.
pub(super) fn members<'a>(ctx: &Ctx<'a>, key: &GroupKey) -> Vec<&'a Alarm> {
    let all = ctx.board.state.alarms.values();
    let mut own: Vec<&Alarm> = all.filter(|alarm| key.holds(alarm)).collect();
    own.sort_by_key(|alarm| std::cmp::Reverse((alarm.cause.severity, alarm.raised)));
    own
}

/// The cells of a row: the worst severity, the newest time, how many within which time.
pub(super) fn cells(ctx: &Ctx<'_>, view: &View, key: &GroupKey) -> Option<Vec<Cell>> {
    let own = members(ctx, key);
    let worst = own.first()?;
    let (newest, oldest) = (
        own.iter().map(|a| a.raised).max()?,
        own.iter().map(|a| a.raised).min()?,
    );
    let opened = view.expanded.contains(&RowId::Group(key.clone()));
    let glyph = if opened {
        ctx.look.glyphs.expanded
    } else {
        ctx.look.glyphs.collapsed
    };
    let place = alarm::place(ctx, worst);
    let said = fill(
        Alarms::Many.text(ctx.lang),
        &[
            ("n", &own.len()),
            ("span", &when::age(ctx.lang, ctx.now - oldest)),
            ("what", &worst.cause.title),
        ],
    );
    Some(vec![
        alarm::state(ctx.look, worst),
        alarm::severity(ctx.look, ctx.lang, worst),
        Cell::new(when::age(ctx.lang, ctx.now - newest), Meaning::Dim),
        Cell::new(format!("{glyph} {said}"), Meaning::Strong),
        Cell::new(format!("×{}", own.len()), Meaning::Text),
        Cell::text(place),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
    ])
}
