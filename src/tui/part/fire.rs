//! Fires of the board: those that wait for a case, those that are handled, and both as marks of the map.

use crate::domain::alarm::{Alarm, AlarmState};
use crate::domain::case::Case;
use crate::domain::id::AlarmId;
use crate::domain::place::Place;
use crate::domain::playbook::Playbook;
use crate::domain::signal::SignalKind;
use crate::domain::state::rank_of;
use crate::tui::part;
use crate::tui::part::ground::Fire;
use crate::tui::view::{Ctx, RowId};

/// More marks than this are not told apart on any map.
const MOST_MARKS: usize = 200;

/// The loops of fires: those that open on them.
pub fn loops<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a Playbook> + use<'a> {
    let loops = ctx.board.room.playbooks.iter();
    loops.filter(|own| own.opens_on.contains(&SignalKind::Fire))
}

/// The open cases of fires.
pub fn open<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a Case> + use<'a> {
    let state = &ctx.board.state;
    loops(ctx).flat_map(|own| state.open_of(&own.id))
}

/// Fires that wait for a case, most urgent first: open, not held. Looks at every alarm; for lists, not for frames.
pub fn unopened<'a>(ctx: &Ctx<'a>) -> Vec<&'a AlarmId> {
    let mut fires: Vec<&Alarm> = ctx.board.state.alarms.values().collect();
    fires.retain(|alarm| alarm.hold.is_none() && waits(alarm));
    fires.sort_by_cached_key(|alarm| rank_of(alarm));
    fires.into_iter().map(|alarm| &alarm.id).collect()
}

fn waits(alarm: &Alarm) -> bool {
    alarm.case.is_none() && alarm.cause.code.as_str() == SignalKind::Fire.code()
}

/// The same for a frame: only among the most urgent alarms of each state, so that a flood costs nothing.
fn foremost<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a Alarm> + use<'a> {
    let alarms = &ctx.board.state.alarms;
    let states = [
        AlarmState::Unacknowledged,
        AlarmState::Returned,
        AlarmState::Acknowledged,
    ];
    let ranks = states.map(|state| ctx.board.state.in_state(state).take(MOST_MARKS));
    let found = ranks.into_iter().flatten().filter_map(|rank| alarms.get(&rank.3));
    found.filter(|alarm| waits(alarm))
}

/// Every open fire with a position; the one under the cursor is named.
pub fn marks(ctx: &Ctx<'_>, here: Option<&RowId>) -> Vec<Fire> {
    let mark = |id: RowId, place: Option<Place>, title: &str| {
        let chosen = here == Some(&id);
        let label = if chosen {
            part::head(title, 24).to_owned()
        } else {
            String::new()
        };
        place.map(|place| Fire {
            place,
            label,
            here: chosen,
        })
    };
    let seen = foremost(ctx).filter_map(|alarm| {
        let (id, cause) = (alarm.id.clone(), &alarm.cause);
        mark(RowId::Alarm(id), cause.place, cause.title.as_str())
    });
    let open = open(ctx).filter_map(|case| {
        mark(
            RowId::Case(case.id.clone()),
            case.matter.place,
            case.matter.title.as_str(),
        )
    });
    let mut all: Vec<Fire> = seen.chain(open).collect();
    all.sort_by_key(|fire| !fire.here);
    all
}
