//! For how long what stands upstream may be unknown here.

use crate::journal::JOURNAL;
use crate::store::locked;
use crate::upstream::Upstream;
use crate::world::{SLOWEST, World};
use lookout::domain::id::AlarmId;
use lookout::domain::person::Actor;
use lookout::domain::time::Span;

/// What stands so long upstream is known wherever no doubt is named: three intervals, the slowest answer, the longest
/// pause under which a term lasts, and two steps.
const KNOWN: Span = Span::secs(15 + 6 + 12 + 10);
/// What a person ended and still stands is there again after a poll that whoever collects makes once it knows of that.
const GRACE: Span = Span::secs(25);
/// Who only follows learns of a source's health a beat after it learns of the entries.
const BEAT: Span = Span::secs(10);

/// What stands so long upstream is known.
pub(crate) fn known(upstream: &Upstream) -> Span {
    let pages = i64::try_from(upstream.standing.len() / 2 + 2).unwrap_or(2);
    // Each page may be under way that long, and is asked for a step after the one before.
    let paged = Span::from_ms(pages * (SLOWEST.ms() + 5_000));
    match upstream.name {
        "pages" => KNOWN + Span::secs(45) + paged,
        JOURNAL => KNOWN + paged,
        _ => KNOWN,
    }
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
