//! For how long what stands upstream may be unknown here.

use crate::journal::JOURNAL;
use crate::store::locked;
use crate::upstream::{PAGE, Upstream};
use crate::world::{SLOWEST, World};
use lookout::domain::id::AlarmId;
use lookout::domain::person::Actor;
use lookout::domain::time::Span;
use serde_json::Value;

/// What stands so long upstream is known wherever no doubt is named: three intervals, the slowest answer, the longest
/// pause under which a term lasts, and two steps.
const KNOWN: Span = Span::secs(15 + 6 + 12 + 10);
/// What a person ended and still stands is there again after a poll that whoever collects makes once it knows of that.
const GRACE: Span = Span::secs(25);
/// Who only follows learns of a source's health a beat after it learns of the entries.
const BEAT: Span = Span::secs(10);

/// A page may be under way that long, and is asked for a step after the one before.
const A_PAGE: Span = Span::from_ms(SLOWEST.ms() + 5_000);

/// What stands so long upstream is known.
pub(crate) fn known(world: &World<'_>, upstream: &Upstream) -> Span {
    let paged = |pages: usize| Span::from_ms(A_PAGE.ms() * i64::try_from(pages + 2).unwrap_or(2));
    match upstream.name {
        "pages" => KNOWN + Span::secs(45) + paged(upstream.standing.len() / PAGE),
        JOURNAL => KNOWN + paged(left(world)),
        _ => KNOWN,
    }
}

/// How many pages of the journal are still to be read, from where it is asked on.
pub(crate) fn left(world: &World<'_>) -> usize {
    let note = locked(&world.ground.disk).note("cursor/journal");
    let cursor: Option<Value> = note.and_then(|note| serde_json::from_str(note.as_str()?).ok());
    let read = cursor.and_then(|cursor| cursor.get(1)?.as_u64()).unwrap_or(0);
    let own = world.upstreams.iter().find(|own| own.name == JOURNAL);
    let written = own.map_or(0, |own| own.standing.len());
    written.saturating_sub(usize::try_from(read).unwrap_or(0)) / PAGE
}

/// Whether it is of what a journal told.
pub(crate) fn is_journal(alarm: &AlarmId) -> bool {
    alarm.as_str().starts_with(JOURNAL)
}

/// For how long what stands upstream may be on no board.
pub(crate) fn grace(world: &World<'_>, alarm: &AlarmId) -> Span {
    let disk = locked(&world.ground.disk);
    let stream = format!("alarm/{alarm}");
    let rows = disk.rows.iter().rev().filter(|row| row.stream == stream);
    let mut lately = rows.take_while(|row| world.awake_since(row.entry.at) <= GRACE);
    let by_hand = lately.any(|row| row.entry.by != Actor::Desk && row.stored.kind == "alarm.returned");
    if by_hand { GRACE } else { BEAT }
}
