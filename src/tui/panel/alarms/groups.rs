//! Rows that stand for many alarms: which there are, what they say, the members of one that is opened.

use crate::domain::alarm::Alarm;
use crate::domain::alarm::AlarmState;
use crate::domain::alarm::group;
use crate::domain::alarm::group::GroupKey;
use crate::domain::alarm::group::Sum;
use crate::domain::id::AlarmId;
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
use std::collections::HashSet;

/// The rows of these states: alike ones gathered where they are many, the members of an opened row below it.
pub(super) fn rows(ctx: &Ctx<'_>, view: &View, states: &[AlarmState]) -> Vec<RowId> {
    let state = &ctx.board.state;
    let ranks: Vec<&AlarmRank> = states
        .iter()
        .flat_map(|state| ctx.board.state.in_state(*state))
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

/// The alarms of a row, in no order.
pub(super) fn members<'a>(ctx: &Ctx<'a>, key: &GroupKey) -> impl Iterator<Item = &'a Alarm> {
    let all = ctx.board.state.alarms.values();
    all.filter(|alarm| key.holds(alarm))
}

/// How many unseen alarms these rows stand for: in a row of their own, or in one for many; each once.
pub(super) fn unseen(ctx: &Ctx<'_>, rows: &[RowId]) -> usize {
    let mut own: HashSet<&AlarmId> = HashSet::new();
    let mut many: Vec<&GroupKey> = Vec::new();
    for row in rows {
        match row {
            RowId::Alarm(id) => drop(own.insert(id)),
            RowId::Group(key) => many.push(key),
            RowId::Case(_) | RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {}
        }
    }
    let state = &ctx.board.state;
    let within = |id| {
        let alarm = state.alarms.get(id);
        alarm.is_some_and(|alarm| many.iter().any(|key| key.holds(alarm)))
    };
    let stands = state
        .unseen()
        .filter(|rank| own.contains(&rank.3) || within(&rank.3));
    stands.count()
}

/// The cells of a row: the state that most needs a person, the newest time, how many within which time, how many of
/// them nobody has seen, and what they share.
pub(super) fn cells(ctx: &Ctx<'_>, view: &View, key: &GroupKey) -> Option<Vec<Cell>> {
    let sum = Sum::of(members(ctx, key))?;
    let most = *sum.members.first()?;
    let raised = || sum.members.iter().map(|alarm| alarm.raised);
    let (newest, oldest) = (raised().max()?, raised().min()?);
    let opened = view.expanded.contains(&RowId::Group(key.clone()));
    let glyph = if opened {
        ctx.look.glyphs.expanded
    } else {
        ctx.look.glyphs.collapsed
    };
    let what = sum.title.as_deref().unwrap_or(key.code.as_str());
    // That some were seen and others not is said; else the state says it for all.
    let mixed = sum.unseen > 0 && sum.unseen < sum.members.len();
    let text = if mixed { Alarms::ManyUnseen } else { Alarms::Many };
    let said = fill(
        text.text(ctx.lang),
        &[
            ("unseen", &sum.unseen),
            ("n", &sum.members.len()),
            ("span", &when::age(ctx.lang, ctx.now - oldest)),
            ("what", &what),
        ],
    );
    let meaning = if sum.unseen > 0 {
        Meaning::Strong
    } else {
        Meaning::AlarmSeen
    };
    Some(vec![
        alarm::state(ctx.look, most),
        alarm::severity(ctx.look, ctx.lang, most),
        Cell::new(when::age(ctx.lang, ctx.now - newest), Meaning::Dim),
        Cell::new(format!("{glyph} {said}"), meaning),
        Cell::new(format!("×{}", sum.members.len()), Meaning::Text),
        Cell::text(place(ctx, &sum)),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
    ])
}

/// Where all members are; how many places where they are not at one.
fn place(ctx: &Ctx<'_>, sum: &Sum<'_>) -> String {
    sum.one(|alarm| alarm::place(ctx, alarm)).unwrap_or_else(|| {
        let places = sum.members.iter().map(|alarm| alarm::place(ctx, alarm));
        let places: BTreeSet<String> = places.collect();
        fill(Alarms::Places.text(ctx.lang), &[("n", &places.len())])
    })
}
