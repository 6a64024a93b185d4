//! Rows that stand for many alarms: which there are, what they say, the members of one that is opened.

use crate::domain::alarm::group::GroupKey;
use crate::domain::alarm::{Alarm, AlarmState, group};
use crate::domain::id::AlarmId;
use crate::domain::state::{AlarmRank, Alike};
use crate::lang::screens::alarms::Alarms;
use crate::lang::{fill, when};
use crate::tui::look::Meaning;
use crate::tui::part::alarm;
use crate::tui::part::table::Cell;
use crate::tui::view::{Ctx, Many, RowId, View};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The rows of these states: alike ones gathered where they are many, the members of an opened row below it.
pub(super) fn rows(ctx: &Ctx<'_>, view: &View, states: &[AlarmState]) -> Vec<RowId> {
    let state = &ctx.board.state;
    let listed = || states.iter().flat_map(|one| state.in_state(*one));
    let flood = ctx.board.figures.flood().is_some();
    let keys = state.gathered(states, &ctx.board.room.groupings, ctx.now, flood);
    if keys.is_empty() {
        return listed().map(own).collect();
    }
    let of_key = |key| state.alike(key).map(move |rank| (&rank.3, key));
    let gathered: HashMap<&AlarmId, &GroupKey> = keys.iter().flat_map(of_key).collect();
    let mut shown: BTreeSet<&GroupKey> = BTreeSet::new();
    let mut rows = Vec::new();
    for rank in listed() {
        let Some(key) = gathered.get(&rank.3) else {
            rows.push(own(rank));
            continue;
        };
        if shown.insert(key) {
            let row = RowId::Group((*key).clone());
            let opened = view.expanded.contains(&row);
            rows.push(row);
            if opened {
                let members = state.alike(key).filter(|rank| states.contains(&rank.0));
                rows.extend(members.map(own));
            }
        }
    }
    rows
}

fn own(rank: &AlarmRank) -> RowId {
    RowId::Alarm(rank.3.clone())
}

/// The alarms of a row, in the order people read them.
pub(super) fn members<'a>(ctx: &Ctx<'a>, key: &GroupKey) -> impl Iterator<Item = &'a Alarm> + use<'a> {
    let state = &ctx.board.state;
    state.alike(key).filter_map(|rank| state.alarms.get(&rank.3))
}

/// How many unseen alarms these rows stand for: in a row of their own, or in one for many; each once.
pub(super) fn unseen(ctx: &Ctx<'_>, rows: &[RowId]) -> usize {
    let state = &ctx.board.state;
    let mut own: HashSet<&AlarmId> = HashSet::new();
    let mut many: HashSet<&GroupKey> = HashSet::new();
    for row in rows {
        match row {
            RowId::Alarm(id) => drop(own.insert(id)),
            RowId::Group(key) => drop(many.insert(key)),
            RowId::Case(_) | RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {}
        }
    }
    let key = |id| state.alarms.get(id).and_then(GroupKey::of);
    let within = |id| !many.is_empty() && key(id).is_some_and(|key| many.contains(&key));
    let alone = state
        .unseen()
        .filter(|rank| own.contains(&rank.3) && !within(&rank.3));
    let gathered = many.iter().map(|key| state.alike_count(key).unseen);
    alone.count() + gathered.sum::<usize>()
}

/// What the members of a row have in common; `None` where there are none.
pub fn many(ctx: &Ctx<'_>, key: &GroupKey) -> Option<Many> {
    let raised = || members(ctx, key).map(Alarm::since);
    let causes = || members(ctx, key).map(|alarm| &alarm.cause);
    let places = causes().map(|cause| match &cause.township {
        Some(township) => (Some(township), cause.township_guessed, None, None),
        None if cause.area.is_empty() => (None, false, None, cause.point.as_ref()),
        None => (None, false, Some(&cause.area), None),
    });
    Some(Many {
        title: group::shared_title(causes().map(|cause| cause.title.as_str())),
        raised: (raised().max()?, raised().min()?),
        places: places.collect::<HashSet<_>>().len(),
    })
}

/// The cells of a row: the state that most needs a person, the newest time, how many within which time, how many of
/// them nobody has seen, and what they share.
pub(super) fn cells(ctx: &Ctx<'_>, view: &View, key: &GroupKey) -> Option<Vec<Cell>> {
    let most = members(ctx, key).next()?;
    let Alike { all, unseen } = ctx.board.state.alike_count(key);
    let known = view.list.many.get(key).map(Cow::Borrowed);
    let Many {
        title,
        raised: (newest, oldest),
        places,
    } = &*known.or_else(|| many(ctx, key).map(Cow::Owned))?;
    let opened = view.expanded.contains(&RowId::Group(key.clone()));
    let glyph = if opened {
        ctx.look.glyphs.expanded
    } else {
        ctx.look.glyphs.collapsed
    };
    let what = title.as_deref().unwrap_or(key.code.as_str());
    // That some were seen and others not is said; else the state says it for all.
    let mixed = unseen > 0 && unseen < all;
    let text = if mixed { Alarms::ManyUnseen } else { Alarms::Many };
    let said = fill(
        text.text(ctx.lang),
        &[
            ("unseen", &unseen),
            ("n", &all),
            ("span", &when::age(ctx.lang, ctx.now - *oldest)),
            ("what", &what),
        ],
    );
    let meaning = if unseen > 0 {
        Meaning::Strong
    } else {
        Meaning::AlarmSeen
    };
    // Where all members are; how many places where they are not at one.
    let place = if *places > 1 {
        fill(Alarms::Places.text(ctx.lang), &[("n", places)])
    } else {
        alarm::place(ctx, most).into_owned()
    };
    Some(vec![
        alarm::state(ctx.look, most),
        alarm::severity(ctx.look, ctx.lang, most),
        Cell::new(when::age(ctx.lang, ctx.now - *newest), Meaning::Dim),
        Cell::new(format!("{glyph} {said}"), meaning),
        Cell::new(format!("×{all}"), Meaning::Text),
        Cell::text(place),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
    ])
}
