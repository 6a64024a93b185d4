//! Fires of the board: those that wait for a case, those that are handled, and both as marks of the map.

use crate::domain::alarm::AlarmState;
use crate::domain::case::Case;
use crate::domain::id::AlarmId;
use crate::domain::place::Place;
use crate::domain::signal::SignalKind;
use crate::tui::panel::Ctx;
use crate::tui::panel::RowId;
use crate::tui::part;
use crate::tui::part::alarm;
use crate::tui::part::case;
use crate::tui::part::ground::Fire;

/// More marks than this are not told apart on any map.
const MOST_MARKS: usize = 500;

/// Whether a case is a fire's: its loop opens on fires.
pub fn is_fire(ctx: &Ctx<'_>, case: &Case) -> bool {
    case::playbook(ctx, case).is_some_and(|p| p.opens_on.contains(&SignalKind::Fire))
}

/// Fires that wait for a case: open, not held.
pub fn unopened<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a AlarmId> + use<'a> {
    let alarms = &ctx.board.state.alarms;
    let states = [
        AlarmState::Unacknowledged,
        AlarmState::Returned,
        AlarmState::Acknowledged,
    ];
    let ranks = states.map(|state| alarm::in_state(ctx, state));
    let fires = ranks.into_iter().flatten().filter(|rank| {
        let alarm = alarms.get(&rank.3);
        alarm.is_some_and(|a| a.case.is_none() && a.cause.code.as_str() == SignalKind::Fire.code())
    });
    fires.map(|rank| &rank.3)
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
    let alarms = &ctx.board.state.alarms;
    let seen = unopened(ctx).take(MOST_MARKS).filter_map(|id| {
        let cause = &alarms.get(id)?.cause;
        mark(RowId::Alarm(id.clone()), cause.place, cause.title.as_str())
    });
    let cases = ctx.board.state.cases.values();
    let open = cases.filter(|case| case.closed.is_none() && is_fire(ctx, case));
    let open = open.filter_map(|case| {
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
